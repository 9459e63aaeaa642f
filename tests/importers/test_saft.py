"""SAF-T files give their customers' invoices and payments, and agree with their own control totals."""

from decimal import Decimal
from pathlib import Path

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import BuyerRef, DocumentKind, DraftDocument
from creditdesk.i18n import words
from creditdesk.importers.structured import saft
from creditdesk.importers.structured.document import Structured
from creditdesk.intake import opening

PT = "urn:OECD:StandardAuditFile-Tax:PT_1.04_01"
CUSTOMER = (
    "<Customer><CustomerID>C1</CustomerID><CustomerTaxID>508650704</CustomerTaxID>"
    "<CompanyName>Gomes  Lda</CompanyName><BillingAddress><Country>PT</Country></BillingAddress></Customer>"
)


def audit(
    sales: str = "", payments: str = "", space: str = PT, customers: str = CUSTOMER
) -> str:
    paid = f"<Payments>{payments}</Payments>" if payments else ""
    return (
        f'<AuditFile xmlns="{space}"><Header><CompanyName>Nós</CompanyName>'
        "<TaxRegistrationNumber>599999993</TaxRegistrationNumber><CurrencyCode>EUR</CurrencyCode></Header>"
        f"<MasterFiles>{customers}</MasterFiles><SourceDocuments><SalesInvoices>{sales}</SalesInvoices>"
        f"{paid}</SourceDocuments></AuditFile>"
    )


def invoice(  # noqa: PLR0913 - the parts a test wants different
    number: str = "FT 1/1",
    kind: str = "FT",
    lines: str = "<Line><CreditAmount>100</CreditAmount></Line>",
    gross: str = "123.00",
    *,
    status: str = "N",
    more: str = "",
    totals: str = "",
) -> str:
    return (
        f"\n<Invoice><InvoiceNo>{number}</InvoiceNo><DocumentStatus><InvoiceStatus>{status}</InvoiceStatus>"
        f"</DocumentStatus><InvoiceDate>2025-03-10</InvoiceDate><InvoiceType>{kind}</InvoiceType>"
        f"<CustomerID>C1</CustomerID>{more}{lines}<DocumentTotals><GrossTotal>{gross}</GrossTotal>{totals}"
        "</DocumentTotals></Invoice>"
    )


def payment(lines: str, gross: str, *, status: str = "N", more: str = "") -> str:
    return (
        "\n<Payment><PaymentRefNo>RG 1/1</PaymentRefNo><TransactionDate>2025-04-02</TransactionDate>"
        f"<DocumentStatus><PaymentStatus>{status}</PaymentStatus></DocumentStatus>"
        f"<PaymentMethod><PaymentDate>2025-04-01</PaymentDate></PaymentMethod><CustomerID>C1</CustomerID>"
        f"{lines}<DocumentTotals><GrossTotal>{gross}</GrossTotal>{more}</DocumentTotals></Payment>"
    )


def settles(number: str, amount: str, rate: str = "0") -> str:
    return (
        f"<Line><SourceDocumentID><OriginatingON>{number}</OriginatingON></SourceDocumentID>"
        f"<CreditAmount>{amount}</CreditAmount><Tax><TaxPercentage>{rate}</TaxPercentage></Tax></Line>"
    )


def read(tmp_path: Path, content: str) -> Structured:
    path = tmp_path / "saft.xml"
    path.write_text(content, encoding="utf-8")
    found = opening.read(path, None, None, None)
    assert isinstance(found, Structured)
    return found


def only(found: Structured) -> DraftDocument:
    (document,) = found.draft.documents
    return document


def reasons(found: Structured, which: str = "notes") -> list[str]:
    return [words("en").say(each.reason) for each in getattr(found.draft, which)]


def test_an_invoice_brings_its_customer_its_total_and_the_line_it_begins_in(
    tmp_path: Path,
) -> None:
    found = read(tmp_path, audit(invoice()))
    document = only(found)
    gomes = BuyerRef(code="C1", name="Gomes Lda", uscc="508650704", country="PT")
    assert found.format == "saft-pt"
    assert found.customers == (gomes,)
    assert found.issuer == BuyerRef(name="Nós", uscc="599999993")
    assert document.buyer == gomes
    assert (document.row, document.number) == (2, "FT 1/1")
    assert document.amount == Money(Decimal("123.00"), "EUR")
    assert document.due is None


def test_lines_of_four_decimals_are_rounded_once_an_invoice(tmp_path: Path) -> None:
    lines = (
        "<Line><CreditAmount>23.3938</CreditAmount><Tax><TaxPercentage>20</TaxPercentage></Tax></Line>"
        * 3
    )
    content = audit(invoice(lines=lines)).replace("<GrossTotal>123.00</GrossTotal>", "")
    assert only(read(tmp_path, content)).amount == Money(Decimal("84.22"), "EUR")


def test_the_number_of_nobody_is_no_tax_number(tmp_path: Path) -> None:
    nobody = CUSTOMER.replace("508650704", "999999990").replace(">PT<", ">Desconhecido<")  # fmt: skip
    assert only(read(tmp_path, audit(invoice(), customers=nobody))).buyer == BuyerRef(
        code="C1", name="Gomes Lda"
    )


def test_a_credit_note_names_its_invoice(tmp_path: Path) -> None:
    lines = (
        "<Line><References><Reference>FT 1/1</Reference></References>"
        "<DebitAmount>100</DebitAmount></Line>"
    )
    document = only(read(tmp_path, audit(invoice("NC 1/1", "NC", lines))))
    assert document.kind is DocumentKind.CREDIT_NOTE
    assert document.against == "FT 1/1"


def test_a_debit_note_is_an_invoice_and_a_negative_total_a_credit_note(
    tmp_path: Path,
) -> None:
    assert only(read(tmp_path, audit(invoice(kind="ND")))).kind is DocumentKind.INVOICE
    minus = "<Line><CreditAmount>-100</CreditAmount></Line>"
    document = only(
        read(tmp_path, audit(invoice(kind="380", lines=minus, gross="-123")))
    )
    assert (document.kind, document.amount.plain) == (
        DocumentKind.CREDIT_NOTE,
        "123.00",
    )


@pytest.mark.parametrize("status", ["A", "F"])
def test_what_is_cancelled_or_replaced_is_told_and_left_out_of_the_control_totals(
    tmp_path: Path, status: str
) -> None:
    stated = (
        "<NumberOfEntries>2</NumberOfEntries><TotalDebit>0</TotalDebit>"
        "<TotalCredit>100.0</TotalCredit>"
    )
    content = audit(stated + invoice() + invoice("FT 1/2", status=status))
    found = read(tmp_path, content)
    assert only(found).number == "FT 1/1"
    assert [each.value for each in found.draft.skipped] == ["FT 1/2"]
    assert [each.agrees for each in found.controls] == [True, True, True]
    assert found.draft.rows_read == 2


def test_a_control_total_that_differs_shows_both_figures(tmp_path: Path) -> None:
    found = read(tmp_path, audit("<TotalCredit>99</TotalCredit>" + invoice()))
    (control,) = found.controls
    assert [control.stated, control.read] == [99, 100]
    assert not control.agrees
    assert control.currency == "EUR"


def test_an_invoice_receipt_is_paid_by_what_it_says(tmp_path: Path) -> None:
    cash = "<Payment><PaymentAmount>{}</PaymentAmount><PaymentDate>2025-03-11</PaymentDate></Payment>"
    totals = cash.format("100") + cash.format("23")
    found = read(tmp_path, audit(invoice("FR 1", "FR", totals=totals)))
    paid = [
        (each.key, each.amount.plain, each.to, each.paid_on.isoformat())
        for each in found.draft.payments
    ]
    assert paid == [
        ("receipt:FR 1", "100.00", "FR 1", "2025-03-11"),
        ("receipt:FR 1#2", "23.00", "FR 1", "2025-03-11"),
    ]
    silent = read(tmp_path, audit(invoice("FR 1", "FR")))
    assert not silent.draft.payments
    assert "taken as open" in reasons(silent)[0]


def test_an_invoice_in_foreign_currency_is_owed_in_it(tmp_path: Path) -> None:
    dollars = "<Currency><CurrencyCode>USD</CurrencyCode><CurrencyAmount>150</CurrencyAmount></Currency>"
    content = audit(
        invoice(totals=dollars), payment(settles("FT 1/1", "61.5"), "61.50")
    )
    found = read(tmp_path, content)
    assert only(found).amount == Money(Decimal("150.00"), "USD")
    assert only(found).net is None
    (half,) = found.draft.payments
    assert half.amount == Money(Decimal("75.00"), "USD")
    assert "EUR 61.50" in reasons(found)[0]


def test_a_due_date_in_the_payment_terms_is_taken_and_words_stay_words(
    tmp_path: Path,
) -> None:
    stated = "<Settlement><PaymentTerms>{}</PaymentTerms></Settlement>"
    dated = only(read(tmp_path, audit(invoice(totals=stated.format("2025-05-10")))))
    assert str(dated.due) == "2025-05-10"
    words_ = only(read(tmp_path, audit(invoice(totals=stated.format("30 dias")))))
    assert (words_.due, words_.term) == (None, "30 dias")


def test_a_receipt_pays_the_invoices_it_names(tmp_path: Path) -> None:
    one = read(tmp_path, audit(payments=payment(settles("FT 1/1", "100"), "123")))
    (whole,) = one.draft.payments
    assert (whole.key, whole.to, whole.amount.plain) == ("receipt:RG 1/1", "FT 1/1", "123.00")  # fmt: skip
    assert whole.paid_on.isoformat() == "2025-04-01"
    lines = settles("FT 1/1", "100", "23") + settles("FT 1/2", "10", "23")
    both = read(tmp_path, audit(payments=payment(lines, "135.30")))
    assert [(each.key, each.to, each.amount.plain) for each in both.draft.payments] == [
        ("receipt:RG 1/1:FT 1/1", "FT 1/1", "123.00"),
        ("receipt:RG 1/1:FT 1/2", "FT 1/2", "12.30"),
    ]
    odd = read(tmp_path, audit(payments=payment(lines, "110.01")))
    assert [each.amount.plain for each in odd.draft.payments] == ["100.01", "10.00"]
    assert "in proportion" in reasons(odd)[0]


def test_a_receipt_that_is_cancelled_or_paid_out_is_no_payment(tmp_path: Path) -> None:
    content = audit(
        invoice(),
        payment(settles("FT 1/1", "1"), "1", status="A")
        + payment(settles("FT 1/1", "-1"), "-1")
        + payment("<Line/>", "1").replace("CustomerID", "SupplierID"),
    )
    found = read(tmp_path, content)
    assert not found.draft.payments
    assert [text.partition(" RG 1/1")[0] for text in reasons(found, "skipped")] == [
        "The file calls", "RG 1/1 brings no money in.", "RG 1/1 was paid to a supplier.",
    ]  # fmt: skip


def test_a_discount_for_early_payment_is_told(tmp_path: Path) -> None:
    more = "<Settlement><SettlementAmount>5</SettlementAmount></Settlement>"
    found = read(tmp_path, audit(payments=payment(settles("A", "10"), "10", more=more)))
    assert "EUR 5.00" in reasons(found)[0]


def test_a_document_that_cannot_be_taken_is_told_by_line_element_and_value(
    tmp_path: Path,
) -> None:
    sales = (
        invoice(gross="twelve")
        + invoice().replace("2025-03-10", "10th of March")
        + invoice().replace("<CustomerID>C1</CustomerID>", "")
        + invoice().replace("<InvoiceNo>FT 1/1</InvoiceNo>", "")
        + invoice()
        + invoice(gross="5")
        + invoice("FT 2", gross="0")
    )
    found = read(tmp_path, audit(sales))
    told = [(each.row, each.column, each.value) for each in found.draft.rejected]
    assert told == [
        (2, "GrossTotal", "twelve"),
        (3, "InvoiceDate", "10th of March"),
        (4, "CustomerID", ""),
        (5, "InvoiceNo", ""),
        (7, "", "FT 1/1"),
    ]
    assert only(found).amount.plain == "123.00"
    assert reasons(found, "skipped") == ["FT 2 has no amount."]


OECD = """
<Invoice><InvoiceNo>7</InvoiceNo><CustomerInfo><CustomerID>C1</CustomerID></CustomerInfo>
<InvoiceDate>2025-03-10</InvoiceDate><InvoiceType>{kind}</InvoiceType><InvoiceLine>
<InvoiceLineAmount><Amount>100</Amount></InvoiceLineAmount><DebitCreditIndicator>{side}</DebitCreditIndicator>
</InvoiceLine><InvoiceDocumentTotals><TaxInformationTotals><TaxAmount><Amount>19</Amount></TaxAmount>
</TaxInformationTotals><NetTotal>100</NetTotal><GrossTotal>119</GrossTotal></InvoiceDocumentTotals></Invoice>
"""


@pytest.mark.parametrize(
    ("kind", "side", "expected"),
    [
        ("380", "C", DocumentKind.INVOICE),
        ("380", "D", DocumentKind.CREDIT_NOTE),
        ("381", "C", DocumentKind.CREDIT_NOTE),
    ],
)
def test_romania_writes_the_same_under_other_names(
    tmp_path: Path, kind: str, side: str, expected: DocumentKind
) -> None:
    customers = (
        "<Customers><Customer><CompanyStructure><RegistrationNumber>RO1</RegistrationNumber>"
        "<Name>Client SRL</Name><Address><Country>RO</Country></Address></CompanyStructure>"
        "<CustomerID>C1</CustomerID></Customer></Customers>"
    )
    content = audit(
        OECD.format(kind=kind, side=side),
        space="urn:StandardAuditFile-Taxation-Financial:RO",
        customers=customers,
    )
    found = read(tmp_path, content)
    document = only(found)
    assert found.format == "saft-ro"
    assert (document.kind, document.amount.plain) == (expected, "119.00")
    assert document.net is not None
    assert document.vat is not None
    assert (document.net.plain, document.vat.plain) == ("100.00", "19.00")
    assert document.buyer == BuyerRef(
        code="C1", name="Client SRL", uscc="RO1", country="RO"
    )


def test_lithuania_gives_a_total_for_each_tax_rate(tmp_path: Path) -> None:
    content = (
        '<iSAFFile xmlns="http://www.vmi.lt/cms/imas/isaf"><Header/><SourceDocuments><SalesInvoices><Invoice>'
        "<InvoiceNo>V1</InvoiceNo><CustomerInfo><CustomerID>9</CustomerID><Name>UAB X</Name></CustomerInfo>"
        "<InvoiceDate>2025-03-10</InvoiceDate><InvoiceType>SF</InvoiceType><DocumentTotals><DocumentTotal>"
        "<TaxableValue>100.00</TaxableValue><TaxPercentage>21</TaxPercentage><Amount>21.00</Amount>"
        "</DocumentTotal></DocumentTotals></Invoice></SalesInvoices></SourceDocuments></iSAFFile>"
    )
    document = only(read(tmp_path, content))
    assert document.amount == Money(Decimal("121.00"), "EUR")
    assert document.buyer == BuyerRef(code="9", name="UAB X")


def test_a_general_ledger_alone_is_named_for_what_it_is(tmp_path: Path) -> None:
    entries = "<GeneralLedgerEntries><Journal><Transaction/><Transaction/></Journal></GeneralLedgerEntries>"
    content = f'<AuditFile xmlns="{PT}">{entries}</AuditFile>'
    with pytest.raises(saft.SaftWithoutInvoices) as refused:
        read(tmp_path, content)
    assert "a general ledger of 2 entries" in words("en").say(refused.value.said)


def test_amounts_without_a_currency_are_refused(tmp_path: Path) -> None:
    content = audit(invoice(), space="urn:x").replace("EUR", "")
    with pytest.raises(saft.SaftWithoutCurrency):
        read(tmp_path, content)


@pytest.fixture
def folder(data: Path) -> Path:
    return data / "04c_saft"


@pytest.mark.real_data
def test_the_portuguese_demo_company_agrees_with_its_own_totals(folder: Path) -> None:
    found = opening.read(folder / "saft_idemo599999999.xml", None, None, None)
    assert isinstance(found, Structured)
    stated = [(each.stated, each.agrees) for each in found.controls]
    assert stated == [
        (Decimal(24), True),
        (Decimal("2201.7838"), True),
        (Decimal("14918.709"), True),
        (Decimal(2), True),
        (Decimal("0.00"), True),
        (Decimal("6000.00"), True),
    ]
    assert len(found.customers) == 11
    assert not found.draft.rejected
    # grep of InvoiceStatus: 17 N, 1 R, 6 A; of the payments 1 N, 1 A.
    assert len(found.draft.documents) == 18
    assert len(found.draft.skipped) == 7
    # GrossTotal of the invoices in euro (N and R), added up by hand from grep: 28.07 × 5 + 679.61 + 1200 + 7000 × 2
    # + 36 + 120 + 1200; of the credit notes 235.15 + 2261.34 + 47.03 + 70.55 + 28.07. One invoice is in dollars.
    sums: dict[tuple[str, str], Decimal] = {}
    for each in found.draft.documents:
        key = (each.kind.value, each.amount.currency)
        sums[key] = sums.get(key, Decimal(0)) + each.amount.amount
    assert sums == {
        ("invoice", "EUR"): Decimal("17375.96"),
        ("invoice", "USD"): Decimal("317.45"),
        ("credit_note", "EUR"): Decimal("2642.14"),
    }
    paid = {each.key: (each.to, each.amount.plain) for each in found.draft.payments}
    assert paid == {
        "receipt:1TR R/1": ("1TR R/1", "100.00"),
        "receipt:1TR R/1#2": ("1TR R/1", "20.00"),
        "receipt:1TR R/2": ("1TR R/2", "1200.00"),
        "receipt:PGT 1T1/1": ("1T 1/6", "7000.00"),
    }
    names = {each.buyer.name for each in found.draft.documents}
    assert names == {"Manuel Feijão", "Gomes & Gomes, Lda.", "Ferreira & Ferreira, Lda"}
    assert all(each.due is None for each in found.draft.documents if each.number != "1T 1/3")  # fmt: skip


@pytest.mark.real_data
def test_the_norwegian_ledger_of_a_supplier_is_refused_with_what_it_holds(
    folder: Path,
) -> None:
    (path,) = folder.glob("ExampleFile*.xml")
    with pytest.raises(saft.SaftWithoutInvoices, match="sales invoices"):
        opening.read(path, None, None, None)


@pytest.mark.real_data
def test_random_nonsense_in_the_right_shape_is_refused_document_by_document(
    folder: Path,
) -> None:
    found = opening.read(folder / "generated_auditfile_formatted.xml", None, None, None)
    assert isinstance(found, Structured)
    assert found.format == "saft-no"
    assert not found.draft.documents
    assert reasons(found, "rejected") == ["It names no customer."]
    assert not any(each.agrees for each in found.controls)
