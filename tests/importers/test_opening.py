"""Whatever a client's program wrote is opened by its content, or refused by a sentence, and never followed."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from creditdesk.errors import UserError
from creditdesk.i18n import words
from creditdesk.importers.files import xmlfile
from creditdesk.importers.files.cells import Sheet
from creditdesk.importers.files.choice import WorkbookEmpty
from creditdesk.importers.files.pdffile import PdfBroken, PdfWithoutInvoice
from creditdesk.importers.files.sheet import FileTooLarge, KindRefused
from creditdesk.importers.files.webpage import PageWithoutTable
from creditdesk.importers.files.workbook import PasswordNeeded, PasswordWrong
from creditdesk.importers.structured.document import Structured
from creditdesk.intake import opening
from creditdesk.jobs import Progress

Writer = Callable[..., Path]
UBL = (
    '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">'
    "<ID>{number}</ID><IssueDate>2025-01-15</IssueDate><DocumentCurrencyCode>EUR</DocumentCurrencyCode>"
    "<AccountingCustomerParty><Party><PartyLegalEntity><RegistrationName>{buyer}</RegistrationName>"
    "</PartyLegalEntity></Party></AccountingCustomerParty>"
    "<LegalMonetaryTotal><TaxInclusiveAmount>113.00</TaxInclusiveAmount><PayableAmount>113.00</PayableAmount>"
    "</LegalMonetaryTotal></Invoice>"
)


def invoice(number: str = "R-1", buyer: str = "甲公司") -> str:
    return UBL.format(number=number, buyer=buyer)


def opened(path: Path, **how: str) -> Sheet | Structured:
    """Read in this process: the child is tested once, below."""
    return opening.read(path, None, how.get("encoding"), how.get("password"))


def taken(tmp_path: Path, content: bytes, **how: str) -> Structured:
    path = tmp_path / "file.dat"
    path.write_bytes(content)
    found = opened(path, **how)
    assert isinstance(found, Structured)
    return found


def buyer(found: Structured) -> str:
    (document,) = found.draft.documents
    return document.buyer.name


def pdf(tmp_path: Path, *files: tuple[str, bytes], password: str = "") -> Path:
    path = tmp_path / "invoice.pdf"
    with pikepdf.new() as made:
        made.add_blank_page()
        for name, content in files:
            made.attachments[name] = content
        locked = pikepdf.Encryption(owner=password, user=password)
        made.save(path, encryption=locked if password else False)
    return path


@pytest.mark.slow
def test_a_structured_file_is_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "invoice.csv"
    path.write_text(invoice(), encoding="utf-8")
    found = opening.open_file(path, Progress())
    assert isinstance(found, Structured)
    assert (found.format, found.draft.source.format) == ("ubl", "ubl")
    assert found.digest == found.draft.source.digest
    assert buyer(found) == "甲公司"


@pytest.mark.slow
def test_a_table_is_opened_as_before(xlsx: Writer) -> None:
    found = opening.open_file(xlsx([["客户", "金额"], ["甲", 12.5]]), Progress())
    assert isinstance(found, Sheet)
    assert found.rows == (("客户", "金额"), ("甲", 12.5))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"]
)
def test_the_declared_encoding_of_an_xml_file_is_followed(
    tmp_path: Path, encoding: str
) -> None:
    declared = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?>{invoice()}'
    assert buyer(taken(tmp_path, text.encode(encoding))) == "甲公司"


def test_an_encoding_that_is_declared_wrongly_is_found_and_told(
    tmp_path: Path,
) -> None:
    text = '<?xml version="1.0" encoding="UTF-8"?>' + invoice(
        buyer="青岛海澜贸易有限公司"
    )
    found = taken(tmp_path, text.encode("gb18030"))
    assert buyer(found) == "青岛海澜贸易有限公司"
    (note,) = found.draft.notes
    assert dict(note.reason.places) == {"declared": "UTF-8", "encoding": "gb18030"}


def test_the_person_may_choose_the_encoding(tmp_path: Path) -> None:
    content = invoice(buyer="Łódź").encode("cp1250")
    assert buyer(taken(tmp_path, content, encoding="cp1250")) == "Łódź"
    with pytest.raises(xmlfile.XmlEncodingWrong, match="utf-8"):
        taken(tmp_path, content, encoding="utf-8")


def test_blanks_before_the_declaration_do_no_harm(tmp_path: Path) -> None:
    content = b'\r\n <?xml version="1.0"?>' + invoice(buyer="A").encode()
    assert buyer(taken(tmp_path, content)) == "A"


BOMB = (
    '<?xml version="1.0"?><!-- a --><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;">]>'
)


@pytest.mark.parametrize(
    "start",
    [
        BOMB,
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/">%p;]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_definitions_in_an_xml_file_are_refused_unread(
    tmp_path: Path, start: str, encoding: str
) -> None:
    text = start + invoice(buyer="&e;")
    with pytest.raises(xmlfile.XmlWithDefinitions, match=r"file\.dat"):
        taken(tmp_path, text.encode(encoding))


def test_an_inclusion_of_another_file_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="secret.txt" parse="text"/>'
    found = taken(tmp_path, invoice(buyer=f"A{include}").encode())
    assert buyer(found) == "A"


@pytest.mark.parametrize(
    "content",
    [
        invoice()[:200],
        invoice()[:-5],
        invoice().replace("</ID>", ""),
        invoice(number="x" * 11_000_000),
        "<a>" * 500 + "</a>" * 500,
        "<a b='1' b='2'/>",
        '<?xml version="1.0" encoding="no-such"?><a>',
    ],
)
def test_a_damaged_xml_file_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(xmlfile.XmlBroken, match=r"file\.dat .* line \d+"):
        taken(tmp_path, content.encode())


def test_a_file_of_three_hundred_megabytes_of_nothing_is_refused_at_once(
    tmp_path: Path,
) -> None:
    path = tmp_path / "huge.xml"
    with path.open("wb") as file:
        file.write(b"<a>")
        file.truncate(300 * 1024 * 1024)
    with pytest.raises(FileTooLarge, match=r"huge\.xml"):
        opening.open_file(path, Progress())


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("<Order xmlns='urn:oasis:names:specification:ubl:schema:xsd:Order-2'/>", "is an order"),
        ("<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.02'/>", "is a bank statement"),
        ("<kml/>", "begins with “kml”"),
        ("<Invoice/>", "begins with “Invoice”"),
    ],
)  # fmt: skip
def test_other_xml_files_are_named_for_what_they_are(
    tmp_path: Path, content: str, says: str
) -> None:
    with pytest.raises(UserError) as refused:
        taken(tmp_path, content.encode())
    assert says in words("en").say(refused.value.said)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        ("<!DOCTYPE html><html><table/></html>", PageWithoutTable),
        ('<?xml version="1.0"?><html/>', PageWithoutTable),
        ('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', WorkbookEmpty),
    ],
)  # fmt: skip
def test_a_web_page_or_a_workbook_saved_as_xml_without_a_table_is_told_apart(
    tmp_path: Path, content: str, refusal: type[UserError]
) -> None:
    with pytest.raises(refusal):
        taken(tmp_path, content.encode())


def test_a_picture_is_still_refused_as_no_table(tmp_path: Path) -> None:
    with pytest.raises(KindRefused):
        taken(tmp_path, b"\x89PNG\r\n\x1a\n\0\0")


def test_an_invoice_in_its_envelope_is_found(tmp_path: Path) -> None:
    head = "<StandardBusinessDocument><StandardBusinessDocumentHeader/>"
    text = f"{head}{invoice(buyer='A')}</StandardBusinessDocument>"
    assert buyer(taken(tmp_path, text.encode())) == "A"


def test_the_invoice_inside_a_pdf_is_read(tmp_path: Path) -> None:
    path = pdf(
        tmp_path, ("readme.xml", b"<kml/>"), ("factur-x.xml", invoice().encode())
    )
    found = opened(path)
    assert isinstance(found, Structured)
    assert (found.attachment, found.is_einvoice) == ("factur-x.xml", True)
    assert buyer(found) == "甲公司"


def test_an_invoice_under_any_name_inside_a_pdf_is_read(tmp_path: Path) -> None:
    found = opened(pdf(tmp_path, ("Rechnung.XML", invoice().encode())))
    assert isinstance(found, Structured)


def test_a_protected_pdf_asks_for_its_password(tmp_path: Path) -> None:
    path = pdf(tmp_path, ("factur-x.xml", invoice().encode()), password="geheim")  # noqa: S106 - made here
    with pytest.raises(PasswordNeeded):
        opened(path)
    with pytest.raises(PasswordWrong):
        opened(path, password="falsch")  # noqa: S106 - made here
    assert isinstance(opened(path, password="geheim"), Structured)  # noqa: S106 - made here


def test_a_pdf_without_data_says_what_can_be_done(tmp_path: Path) -> None:
    with pytest.raises(PdfWithoutInvoice, match="attach the PDF"):
        opened(pdf(tmp_path))
    with pytest.raises(opening.XmlOther, match=r"invoice\.pdf \(order\.xml\)"):
        opened(pdf(tmp_path, ("order.xml", b"<Order/>")))


def test_a_damaged_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.7\n nothing")
    with pytest.raises(PdfBroken, match=r"broken\.pdf"):
        opened(path)


def test_the_attachment_of_a_pdf_is_as_little_trusted_as_a_file(tmp_path: Path) -> None:
    with pytest.raises(xmlfile.XmlWithDefinitions):
        opened(pdf(tmp_path, ("factur-x.xml", (BOMB + invoice()).encode())))


# Amounts as `pikepdf` and `grep GrandTotalAmount` give them from the attachments.
IN_PDFS = {
    "MustangBeispiel20221026.pdf": ("RE1001", "963.11", "Beispiel AG"),
    "invalidXMP.pdf": ("RE-20171118/506", "571.04", "Theodor Est"),
    "zugferd_invoice.pdf": ("2014-03", "1005.55", "Papierflieger-Vertriebs-GmbH"),
}


@pytest.mark.real_data
def test_of_the_real_pdfs_those_with_an_invoice_inside_are_read(data: Path) -> None:
    read = {}
    for path in sorted((data / "06_evidence_pdf").iterdir()):
        try:
            found = opened(path)
        except UserError:
            continue
        assert isinstance(found, Structured)
        (each,) = found.draft.documents
        read[path.name] = (each.number, each.amount.plain, each.buyer.name)
    assert read == IN_PDFS


def test_the_bytes_of_a_pdf_are_told_from_its_name(tmp_path: Path) -> None:
    holder = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(holder)
    with pytest.raises(PdfWithoutInvoice):
        taken(tmp_path, b"\n" + holder.getvalue())


def test_an_e_invoice_cut_off_anywhere_is_refused_by_a_sentence(
    tmp_path: Path,
) -> None:
    content = invoice().encode()
    for end in range(10, len(content), 7):
        with pytest.raises(UserError):
            taken(tmp_path, content[:end])


@pytest.mark.parametrize("word", ["twelve", "-5", "1e999", "NaN", "9" * 40, "1,5", ""])
def test_an_amount_that_is_none_is_told_and_never_a_crash(
    tmp_path: Path, word: str
) -> None:
    found = taken(tmp_path, invoice().replace("113.00", word).encode())
    told = (*found.draft.rejected, *found.draft.skipped, *found.draft.documents)
    assert told
