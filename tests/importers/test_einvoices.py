"""E-invoices of every syntax give one document, with what is owed by it and what was paid before."""

from decimal import Decimal
from pathlib import Path

import pytest

from creditdesk.domain.ledger.documents import BuyerRef, DocumentKind, DraftDocument
from creditdesk.i18n import words
from creditdesk.importers.structured import edifact
from creditdesk.importers.structured.document import Structured, draft_for
from creditdesk.intake import opening

SPACE = "urn:oasis:names:specification:ubl:schema:xsd:{}-2"
PARTY = (
    "<Party><PartyIdentification><ID schemeID='0088'>73</ID></PartyIdentification>"
    "<PartyIdentification><ID>K 7</ID></PartyIdentification><PartyName><Name>Trade</Name></PartyName>"
    "<PostalAddress><Country><IdentificationCode>de</IdentificationCode></Country></PostalAddress>"
    "<PartyTaxScheme><CompanyID>12/34</CompanyID><TaxScheme><ID>FC</ID></TaxScheme></PartyTaxScheme>"
    "<PartyTaxScheme><CompanyID>DE1</CompanyID><TaxScheme><ID>VAT</ID></TaxScheme></PartyTaxScheme>"
    "<PartyLegalEntity><RegistrationName>Kunde  AG</RegistrationName></PartyLegalEntity></Party>"
)
TOTALS = (
    "<TaxExclusiveAmount>100</TaxExclusiveAmount><TaxInclusiveAmount>119</TaxInclusiveAmount>"
    "<PayableAmount>119</PayableAmount>"
)


def ubl(totals: str = TOTALS, more: str = "", root: str = "Invoice") -> str:
    return (
        f'<{root} xmlns="{SPACE.format(root)}"><ID>R 1</ID><IssueDate>2025-01-15+01:00</IssueDate>{more}'
        f"<DocumentCurrencyCode>EUR</DocumentCurrencyCode><AccountingCustomerParty>{PARTY}"
        '</AccountingCustomerParty><TaxTotal><TaxAmount currencyID="SEK">1</TaxAmount></TaxTotal>'
        '<TaxTotal><TaxAmount currencyID="EUR">19</TaxAmount><TaxSubtotal><TaxCategory><Percent>19.00'
        f"</Percent></TaxCategory></TaxSubtotal></TaxTotal><LegalMonetaryTotal>{totals}</LegalMonetaryTotal>"
        f"</{root}>"
    )


def read(tmp_path: Path, content: str) -> Structured:
    path = tmp_path / "invoice.xml"
    path.write_text(content, encoding="utf-8")
    found = opening.read(path, None, None, None)
    assert isinstance(found, Structured)
    return found


def only(found: Structured) -> DraftDocument:
    (document,) = found.draft.documents
    return document


def reasons(found: Structured, which: str = "notes") -> list[str]:
    return [words("en").say(each.reason) for each in getattr(found.draft, which)]


def test_a_ubl_invoice_is_one_document_of_its_legal_customer(tmp_path: Path) -> None:
    found = read(tmp_path, ubl())
    document = only(found)
    assert (found.format, found.is_einvoice) == ("ubl", True)
    assert document.buyer == BuyerRef(code="K 7", name="Kunde AG", uscc="DE1", country="DE")  # fmt: skip
    assert (document.number, document.issued.isoformat()) == ("R 1", "2025-01-15")
    assert document.kind is DocumentKind.INVOICE
    assert str(document.amount) == "EUR 119.00"
    assert document.net is not None
    assert document.vat is not None
    assert (document.net.plain, document.vat.plain) == ("100.00", "19.00")
    assert document.vat_rate == 19
    assert not found.draft.notes


@pytest.mark.parametrize(
    ("more", "due"),
    [
        ("<DueDate>2025-02-14</DueDate>", "2025-02-14"),
        ("<PaymentMeans><PaymentDueDate>2025-02-14</PaymentDueDate></PaymentMeans>", "2025-02-14"),
        ("<PaymentTerms><Note>30 days net</Note></PaymentTerms>", "None"),
    ],
)  # fmt: skip
def test_a_due_date_is_taken_where_it_is_stated(
    tmp_path: Path, more: str, due: str
) -> None:
    assert str(only(read(tmp_path, ubl(more=more))).due) == due


def test_terms_delivery_contract_and_order_come_along(tmp_path: Path) -> None:
    more = (
        "<PaymentTerms><Note>30 days net</Note></PaymentTerms><OrderReference><ID>O1</ID></OrderReference>"
        "<ContractDocumentReference><ID>C1</ID></ContractDocumentReference>"
        "<Delivery><ActualDeliveryDate>2025-01-10</ActualDeliveryDate></Delivery>"
    )
    document = only(read(tmp_path, ubl(more=more)))
    assert (document.term, document.contract) == ("30 days net", "C1")
    assert str(document.shipped) == "2025-01-10"


def test_what_was_paid_before_is_a_payment_without_a_day(tmp_path: Path) -> None:
    totals = (
        "<TaxInclusiveAmount>119</TaxInclusiveAmount><PrepaidAmount>19.5</PrepaidAmount>"
        "<PayableRoundingAmount>0.50</PayableRoundingAmount><PayableAmount>100</PayableAmount>"
    )
    found = read(tmp_path, ubl(totals))
    (paid,) = found.draft.payments
    assert only(found).amount.plain == "119.50"
    assert (paid.key, paid.to, paid.amount.plain) == ("paid:R 1", "R 1", "19.50")
    assert not paid.dated
    assert not found.draft.notes


def test_a_credit_note_names_its_invoice_and_gives_what_is_left_of_it(
    tmp_path: Path,
) -> None:
    reference = "<BillingReference><InvoiceDocumentReference><ID>R 0</ID></InvoiceDocumentReference></BillingReference>"
    totals = (
        "<TaxInclusiveAmount>119</TaxInclusiveAmount><PrepaidAmount>19</PrepaidAmount>"
        "<PayableAmount>100</PayableAmount>"
    )
    found = read(tmp_path, ubl(totals, reference, "CreditNote"))
    document = only(found)
    assert (document.kind, document.against) == (DocumentKind.CREDIT_NOTE, "R 0")
    assert document.amount.plain == "100.00"
    assert not found.draft.payments
    assert "partly settled" in reasons(found)[0]


@pytest.mark.parametrize(
    ("root", "code", "sign", "kind"),
    [
        ("Invoice", "380", "", DocumentKind.INVOICE),
        ("Invoice", "381", "", DocumentKind.CREDIT_NOTE),
        ("Invoice", "380", "-", DocumentKind.CREDIT_NOTE),
        ("Invoice", "384", "-", DocumentKind.CREDIT_NOTE),
        ("Invoice", "384", "", DocumentKind.INVOICE),
        ("CreditNote", "381", "", DocumentKind.CREDIT_NOTE),
        ("CreditNote", "381", "-", DocumentKind.INVOICE),
    ],
)
def test_kind_and_sign_decide_together_what_a_document_does(
    tmp_path: Path, root: str, code: str, sign: str, kind: DocumentKind
) -> None:
    totals = f"<PayableAmount>{sign}50</PayableAmount>"
    found = read(tmp_path, ubl(totals, f"<{root}TypeCode>{code}</{root}TypeCode>", root))  # fmt: skip
    assert (only(found).kind, only(found).amount.plain) == (kind, "50.00")
    assert bool(found.draft.notes) is (code == "384" and not sign)


@pytest.mark.parametrize(
    ("client", "tax_id", "doubted"),
    [
        ("卖方", "", False),
        ("别的名字", "91330100799655058b", False),
        ("卖方", "914403001922038216", True),
        ("买方有限公司", "", True),
    ],
)
def test_an_invoice_of_another_firm_is_remarked_on(
    tmp_path: Path, client: str, tax_id: str, *, doubted: bool
) -> None:
    found = read(tmp_path, digital())
    notes = draft_for(found, client, tax_id).notes
    assert len(notes) == doubted
    assert all("卖方" in words("en").say(each.reason) for each in notes)


def test_a_pro_forma_invoice_is_no_debt(tmp_path: Path) -> None:
    found = read(tmp_path, ubl(more="<InvoiceTypeCode>325</InvoiceTypeCode>"))
    assert not found.draft.documents
    assert "pro forma" in reasons(found, "skipped")[0]


def test_totals_and_lines_that_do_not_agree_are_told_and_taken(tmp_path: Path) -> None:
    lines = "<InvoiceLine><LineExtensionAmount>90</LineExtensionAmount></InvoiceLine>"
    charge = (
        "<AllowanceCharge><ChargeIndicator>true</ChargeIndicator><Amount>5</Amount></AllowanceCharge>"
        "<AllowanceCharge><ChargeIndicator>false</ChargeIndicator><Amount>1</Amount></AllowanceCharge>"
    )
    totals = TOTALS.replace("<PayableAmount>119", "<PayableAmount>118")
    found = read(tmp_path, ubl(totals, lines + charge))
    assert only(found).amount.plain == "119.00"
    assert reasons(found) == [
        "The totals of R 1 leave EUR 119.00 to pay, but it asks for EUR 118.00.",
        "The lines of R 1 add up to EUR 94.00, not to its net total EUR 100.00.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("R 1", "", "ID"),
        ("2025-01-15", "yesterday", "IssueDate"),
        ("2025-01-15+01:00", "", "IssueDate"),
        (">119<", ">much<", "TaxInclusiveAmount"),
        (">EUR<", ">Euro<", "Currency"),
        ("RegistrationName", "Nothing", "Buyer"),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_element(
    tmp_path: Path, old: str, new: str, column: str
) -> None:
    content = ubl().replace("Trade", "").replace("K 7", "").replace(old, new)
    found = read(tmp_path, content)
    (problem,) = found.draft.rejected
    assert (problem.row, problem.column) == (1, column)
    assert not found.draft.documents


CII = """<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100">
<{doc}><ID>R 2</ID><TypeCode>380</TypeCode><IssueDateTime><DateTimeString format="102">20250115
</DateTimeString></IssueDateTime></{doc}><{trade}SupplyChainTradeTransaction><{head}TradeAgreement>
<BuyerTradeParty><Name>Kunde</Name><PostalTradeAddress><CountryID>FR</CountryID></PostalTradeAddress>
<SpecifiedTaxRegistration><ID schemeID="FC">9</ID></SpecifiedTaxRegistration><SpecifiedTaxRegistration>
<ID schemeID="VA">FR7</ID></SpecifiedTaxRegistration></BuyerTradeParty></{head}TradeAgreement>
<{head}TradeSettlement><InvoiceCurrencyCode>EUR</InvoiceCurrencyCode><SpecifiedTradePaymentTerms>
<DueDateDateTime><DateTimeString>20250214</DateTimeString></DueDateDateTime></SpecifiedTradePaymentTerms>
{more}<{sums}MonetarySummation><TaxBasisTotalAmount>100</TaxBasisTotalAmount><TaxTotalAmount
currencyID="USD">20</TaxTotalAmount><TaxTotalAmount currencyID="EUR">20</TaxTotalAmount>
<GrandTotalAmount>120</GrandTotalAmount><TotalPrepaidAmount>20</TotalPrepaidAmount>
<DuePayableAmount>100</DuePayableAmount></{sums}MonetarySummation></{head}TradeSettlement>
</{trade}SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"""


@pytest.mark.parametrize(
    ("doc", "trade", "head", "sums"),
    [
        ("ExchangedDocument", "", "ApplicableHeader", "SpecifiedTradeSettlementHeader"),
        ("HeaderExchangedDocument", "Specified", "ApplicableSupplyChain", "SpecifiedTradeSettlement"),
    ],
    ids=["Factur-X", "ZUGFeRD 1"],
)  # fmt: skip
def test_a_cii_invoice_is_read_under_its_old_names_and_its_new(
    tmp_path: Path, doc: str, trade: str, head: str, sums: str
) -> None:
    content = CII.format(doc=doc, trade=trade, head=head, sums=sums, more="")
    found = read(tmp_path, content)
    document = only(found)
    assert document.buyer == BuyerRef(name="Kunde", uscc="FR7", country="FR")
    assert (document.amount.plain, str(document.due)) == ("120.00", "2025-02-14")
    assert [each.amount.plain for each in found.draft.payments] == ["20.00"]


def test_payment_in_parts_has_no_single_due_date(tmp_path: Path) -> None:
    second = (
        "<SpecifiedTradePaymentTerms><DueDateDateTime><DateTimeString>20250314</DateTimeString>"
        "</DueDateDateTime></SpecifiedTradePaymentTerms>"
    )
    content = CII.format(doc="ExchangedDocument", trade="", head="ApplicableHeader",
                         sums="SpecifiedTradeSettlementHeader", more=second)  # fmt: skip
    assert only(read(tmp_path, content)).due is None


def digital(gross: str = "113.00", net: str = "100.00", red: str = "") -> str:
    return (
        "<EInvoice><Header><EIid>25332000000012345678</EIid></Header><EInvoiceData><SellerInformation>"
        "<SellerIdNum>91330100799655058B</SellerIdNum><SellerName>卖方</SellerName></SellerInformation>"
        "<BuyerInformation><BuyerIdNum>914403001922038216</BuyerIdNum><BuyerName>买方有限公司</BuyerName>"
        f"</BuyerInformation><BasicInformation><TotalAmWithoutTax>{net}</TotalAmWithoutTax>"
        f"<TotalTaxAm>{Decimal(gross) - Decimal(net)}</TotalTaxAm>"
        f"<TotalTax-includedAmount>{gross}</TotalTax-includedAmount></BasicInformation>"
        f"<IssuItemInformation><Amount>{net}</Amount><TaxRate>0.130000</TaxRate></IssuItemInformation>"
        f"<SpecificInformation>{red}</SpecificInformation></EInvoiceData><TaxSupervisionInfo>"
        "<InvoiceNumber>25332000000012345678</InvoiceNumber><IssueTime>2025-07-01 10:00:00</IssueTime>"
        "</TaxSupervisionInfo></EInvoice>"
    )


def test_a_fully_digital_invoice_keeps_all_digits_of_its_number(tmp_path: Path) -> None:
    document = only(read(tmp_path, digital()))
    assert document.number == "25332000000012345678"
    assert document.buyer == BuyerRef(
        name="买方有限公司", uscc="914403001922038216", country="CN"
    )
    assert document.amount.plain == "113.00"
    assert document.vat_rate == 13
    assert str(document.issued) == "2025-07-01"


def test_a_red_letter_invoice_is_a_credit_note_against_its_blue_one(
    tmp_path: Path,
) -> None:
    red = "<RedEInvoice><OriginalInvoiceNumber>25332000000000000001</OriginalInvoiceNumber></RedEInvoice>"
    document = only(read(tmp_path, digital("-113.00", "-100.00", red)))
    assert document.kind is DocumentKind.CREDIT_NOTE
    assert (document.amount.plain, document.against) == ("113.00", "25332000000000000001")  # fmt: skip


MESSAGE = (
    "UNH+1+{kind}:D:96A:UN'BGM+381+R?+3'DTM+137:202501151200:203'RFF+IV:R 0'NAD+BY+4 1::92++Kunde ?'K?'+X+Y++1+DE'"
    "RFF+VA:DE5'CUX+2:EUR:4'PAT+1'DTM+13:20250214:102'LIN+1'MOA+203:100'UNS+S'MOA+77:119'MOA+125:100'MOA+124:19'"
    "UNT+9+1'"
)


def test_an_edifact_invoice_is_read_with_its_escaped_signs(tmp_path: Path) -> None:
    found = read(tmp_path, "UNB+UNOC:3+A+B'" + MESSAGE.format(kind="INVOIC") + "UNZ'")
    document = only(found)
    assert found.format == "edifact"
    assert (document.number, document.against) == ("R+3", "R 0")
    assert document.kind is DocumentKind.CREDIT_NOTE
    assert document.buyer == BuyerRef(name="Kunde 'K'", uscc="DE5", country="DE")
    assert (document.amount.plain, str(document.due)) == ("119.00", "2025-02-14")
    assert str(document.issued) == "2025-01-15"


def test_other_edifact_messages_and_cut_ones_are_refused(tmp_path: Path) -> None:
    with pytest.raises(edifact.EdifactOther, match="DESADV"):
        read(tmp_path, "UNB+UNOC:3'" + MESSAGE.format(kind="DESADV"))
    with pytest.raises(edifact.EdifactBroken):
        read(tmp_path, "UNB+UNOC:3'" + MESSAGE.format(kind="INVOIC")[:120])


# truth.json; amounts and dates of what it leaves out read with grep.
REAL = {
    "BIS_Billing_30-Factoring.xml": ("7023708", "2017-08-29", "2017-09-29", "EUR 115,000.00", "Komponentlagret AB"),
    "CII_business_example_02.xml": ("INV000013", "2013-08-25", "2013-05-10", "EUR 11.90", "Buyercompany ltd"),
    "CII_example1.xml": ("12115118", "2015-01-09", "2015-01-09", "EUR 250.33", "ODIN 59"),
    "EDIFACT_EXAMPLE1.TXT": ("12115118", "2015-01-09", "2015-01-09", "EUR 250.33", "ODIN 59"),
    "Invoice-Max_content.xml": ("2018210", "2018-02-08", "2018-03-07", "SEK 12,500.00", "Project services AB"),
    "XRECHNUNG_Einfach.ubl.xml": ("471102", "2018-03-05", "None", "EUR 529.87", "Kunden AG Mitte"),
    "factur-x.xml": ("RE-20201121/508", "2020-11-21", "2020-12-12", "EUR 571.04", "Theodor Est"),
    "guide-example1.xml": ("12115118", "2015-01-09", "2015-01-09", "EUR 250.33", "ODIN 59"),
    "guide-example3.xml": ("TOSL108", "2013-04-10", "2013-05-10", "DKK 1,125.00", "Buyercompany ltd"),
    "sample-discount-price.xml": ("test decimal 1", "2018-02-05", "2018-02-28", "EUR 15.15", "HEP-OPERATOR"),
}  # fmt: skip


@pytest.mark.real_data
@pytest.mark.parametrize("name", REAL)
def test_the_real_e_invoices_are_read_rightly(data: Path, name: str) -> None:
    found = opening.read(data / "04d_einvoice" / name, None, None, None)
    assert isinstance(found, Structured)
    document = only(found)
    number, issued, due, amount, buyer = REAL[name]
    assert (document.number, str(document.issued)) == (number, issued)
    assert (str(document.due), str(document.amount)) == (due, amount)
    assert document.buyer.name.startswith(buyer)
    assert document.kind is DocumentKind.INVOICE
    assert document.net is not None
    assert not found.draft.notes
    assert not found.draft.rejected
    assert not found.draft.payments


@pytest.mark.real_data
def test_the_real_credit_note_gives_its_rounded_payable_amount(data: Path) -> None:
    name = "BIS_Billing_30-Kreditering_med_kreditnota.xml"
    found = opening.read(data / "04d_einvoice" / name, None, None, None)
    assert isinstance(found, Structured)
    document = only(found)
    # 10835 with tax, −0.10 rounding, 834.90 paid before: 10000 is to be paid.
    assert (document.number, str(document.amount)) == ("2018140", "SEK 10,000.00")
    assert (document.kind, document.against) == (DocumentKind.CREDIT_NOTE, "2018133")
    assert len(found.draft.notes) == 1
