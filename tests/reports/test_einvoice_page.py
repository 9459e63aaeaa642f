"""An e-invoice as a page: its figures can be read, and the file itself is inside."""

from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from creditdesk.i18n import Language
from creditdesk.jobs import Progress
from creditdesk.presenters.ledger.einvoices import printable

UBL = """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:c="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
 xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2">
 <c:ID>R-7</c:ID><c:IssueDate>2026-05-01</c:IssueDate><c:DueDate>2026-06-30</c:DueDate>
 <c:InvoiceTypeCode>380</c:InvoiceTypeCode><c:DocumentCurrencyCode>EUR</c:DocumentCurrencyCode>
 <a:AccountingSupplierParty><a:Party><a:PartyName><c:Name>Seller &lt;b&gt;AG</c:Name></a:PartyName></a:Party>
 </a:AccountingSupplierParty>
 <a:AccountingCustomerParty><a:Party><a:PartyName><c:Name>Łódź 贸易</c:Name></a:PartyName></a:Party>
 </a:AccountingCustomerParty>
 <a:TaxTotal><c:TaxAmount currencyID="EUR">19.00</c:TaxAmount></a:TaxTotal>
 <a:LegalMonetaryTotal><c:TaxExclusiveAmount currencyID="EUR">100.00</c:TaxExclusiveAmount>
 <c:TaxInclusiveAmount currencyID="EUR">119.00</c:TaxInclusiveAmount>
 <c:PayableAmount currencyID="EUR">119.00</c:PayableAmount></a:LegalMonetaryTotal>
</Invoice>
"""


@pytest.mark.parametrize(
    ("language", "title"), [("zh", "电子发票"), ("en", "E-invoice")]
)
def test_the_page_shows_the_invoice_and_carries_the_file(
    tmp_path: Path, language: Language, title: str
) -> None:
    path = tmp_path / "R-7.xml"
    path.write_text(UBL, encoding="utf-8")
    printed = printable(path, language, Progress())
    assert printed.name == "R-7.pdf"
    document = pypdfium2.PdfDocument(printed)
    try:
        (page,) = document
        shown = page.get_textpage().get_text_bounded()
    finally:
        document.close()
    for each in (
        title,
        "R-7",
        "Seller <b>AG",
        "Łódź 贸易",
        "2026-06-30",
        "119.00",
        "100.00",
        "19.00",
    ):
        assert each in shown
    with pikepdf.open(printed) as pdf:
        assert pdf.attachments["R-7.xml"].get_file().read_bytes() == path.read_bytes()


def test_a_pdf_is_bound_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "x.PDF"
    path.write_bytes(b"%PDF-")
    assert printable(path, "en", Progress()) == path
