"""Opens whatever a client's program wrote, a structured file or a table; the content decides, never the ending."""

import hashlib
from pathlib import Path

from creditdesk import child, paths
from creditdesk.catalog.headings import headings
from creditdesk.domain.ledger.documents import LedgerSource
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.importers.files import sheet, xmlfile
from creditdesk.importers.files.cells import Sheet
from creditdesk.importers.files.xmltree import Node, local
from creditdesk.importers.formats import formats
from creditdesk.importers.structured import edifact, xmltable
from creditdesk.importers.structured.document import (
    ImportFormat,
    Structured,
    StructuredFound,
    XmlFormat,
)
from creditdesk.jobs import Progress

_HEAD = 4096
_WRAPPERS = frozenset({"StandardBusinessDocument", "AttachedDocument"})
_OTHERS = {
    "Order": N_("an order"),
    "OrderResponse": N_("an answer to an order"),
    "OrderResponseSimple": N_("an answer to an order"),
    "SCRDMCCBDACIOMessageStructure": N_("an order (Order-X)"),
    "DespatchAdvice": N_("a despatch advice"),
    "SCRDMCCBDACIDAMessageStructure": N_("a despatch advice"),
    "ReceiptAdvice": N_("a receipt advice"),
    "ApplicationResponse": N_("an answer of the receiver, not the invoice itself"),
    "Catalogue": N_("a catalogue"),
    "Quotation": N_("a quotation"),
    "Reminder": N_("a reminder"),
    "Statement": N_("a statement of account"),
}
_SPACES = {
    "iso:20022:tech:xsd:camt": N_("a bank statement (ISO 20022)"),
    "iso:20022:tech:xsd:pain": N_("a payment order (ISO 20022)"),
    "schemas.microsoft.com": N_("a part of an Office document"),
    "openxmlformats.org": N_("a part of an Office document"),
    "opendocument:xmlns": N_("an OpenDocument file saved as XML"),
    "w3.org/2000/svg": N_("a drawing"),
}


class XmlOther(UserError):
    """XML of a known kind that holds no invoice."""

    message = N_(
        "{name} is {what}. CreditDesk takes in e-invoices, audit files and tables of invoices; choose such a file."
    )


class XmlUnknown(UserError):
    """XML nobody here knows."""

    message = N_(
        "{name} is an XML file of a kind CreditDesk doesn't know: it begins with “{root}”. "
        "Export the invoices as .xlsx or .csv, or as SAF-T, UBL or Factur-X."
    )


def open_file(
    path: Path,
    progress: Progress,
    *,
    sheet_name: str | None = None,
    encoding: str | None = None,
    password: str | None = None,
) -> Sheet | Structured:
    """The file read whole where its structure says what it means, else its table.

    `sheet_name`, `encoding` and `password` as for `sheet.read`. Raises `UserError`s that say what is wrong with it.
    """
    return sheet.in_child(read, path, sheet_name, encoding, password, progress=progress)


def expect_files(count: int = 1) -> None:
    """Files are about to be opened: what reads the first of them starts now, and each other while one before is read.

    0: none is, any more.
    """
    if count:
        child.prepare(_load, count)
    else:
        child.dismiss()


def _load() -> None:
    """What reading a file takes, and no file has a part in."""
    headings()
    formats()


def read(
    path: Path, sheet_name: str | None, encoding: str | None, password: str | None
) -> Sheet | Structured:
    """The file, read here and now: what runs in the child."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if b"%PDF-" in head[:1024]:
        return _pdf(paths.named(path), path.read_bytes(), password)
    if xmlfile.is_xml(head):
        return _xml(paths.named(path), path.read_bytes(), encoding, sheet_name)
    if edifact.is_edifact(head):
        return _edifact(paths.named(path), path.read_bytes())
    return sheet.read(path, sheet_name, encoding, password)


def _xml(
    name: str, content: bytes, encoding: str | None, sheet_name: str | None
) -> Sheet | Structured:
    opened = xmlfile.parse(name, content, encoding)
    root = _unwrapped(opened.root)
    known = _format(root)
    if known is None:
        digest = hashlib.sha256(content).hexdigest()
        rows = xmltable.table(name, digest, root, opened.encoding, sheet_name)
        if rows is None:
            raise _unknown(name, root)
        return rows
    found = known.read(root, name)
    if opened.declared:
        text = N_("The file says it is written in {declared}, but it is {encoding}.")
        found.remark(None, text, declared=opened.declared, encoding=opened.encoding)
    return _structured(
        name,
        content,
        known,
        found,
        encoding=opened.encoding,
        is_einvoice=known.is_einvoice,
    )


def _unwrapped(root: Node) -> Node:
    """An envelope holds the document beside its own head."""
    if local(root) not in _WRAPPERS:
        return root
    return next((each for each in root if _format(each) is not None), root)


def _format(root: Node) -> XmlFormat | None:
    space = str(root.tag).rpartition("}")[0]
    for each in formats():
        if (
            isinstance(each, XmlFormat)
            and local(root) in each.roots
            and each.space in space
        ):
            return each
    return None


def _unknown(name: str, root: Node) -> UserError:
    space = str(root.tag).rpartition("}")[0]
    what = _OTHERS.get(local(root)) or next(
        (text for part, text in _SPACES.items() if part in space), None
    )
    if what is not None:
        return XmlOther(name=name, what=Message(what))
    return XmlUnknown(name=name, root=local(root)[:60])


def _pdf(name: str, content: bytes, password: str | None) -> Structured:
    from creditdesk.importers.files import pdffile  # noqa: PLC0415 - heavy, and only a PDF waits for it

    refusal: UserError = pdffile.PdfWithoutInvoice(name=name)
    for attached, inner in pdffile.attachments(name, content, password):
        opened = xmlfile.parse(attached, inner)
        known = _format(opened.root)
        if known is None:
            refusal = _unknown(f"{name} ({attached})", opened.root)
        elif known.is_einvoice:
            found = known.read(opened.root, name)
            return _structured(
                name, content, known, found, attachment=attached, is_einvoice=True
            )
    raise refusal


def _edifact(name: str, content: bytes) -> Structured:
    found = edifact.read(name, content)
    one = found.rows_read == 1
    return _structured(name, content, edifact.FORMAT, found, is_einvoice=one)


def _structured(  # noqa: PLR0913 - what is known of a file
    name: str,
    content: bytes,
    known: ImportFormat,
    found: StructuredFound,
    *,
    encoding: str = "",
    attachment: str = "",
    is_einvoice: bool,
) -> Structured:
    digest = hashlib.sha256(content).hexdigest()
    id_ = f"{known.id}-{found.variant}" if found.variant else known.id
    return Structured(
        file_name=name,
        digest=digest,
        format=id_,
        title=Message(known.title),
        draft=found.draft(
            LedgerSource(
                file_name=name, digest=digest, format=id_, is_einvoice=is_einvoice
            )
        ),
        controls=tuple(found.controls),
        customers=tuple(found.customers),
        issuer=found.issuer,
        encoding=encoding,
        attachment=attachment,
        is_einvoice=is_einvoice,
    )
