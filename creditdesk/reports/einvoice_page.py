"""An e-invoice as a page one can read and bind; the file itself travels inside the PDF."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pikepdf

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import DocumentKind, DraftDocument
from creditdesk.i18n import N_, Language, Message
from creditdesk.jobs import Progress
from creditdesk.outputs import beside
from creditdesk.paper.pdf import Document
from creditdesk.reports import style
from creditdesk.reports.report import FileKind, Report

TITLES = {
    DocumentKind.INVOICE: N_("E-invoice"),
    DocumentKind.CREDIT_NOTE: N_("E-credit note"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EinvoicePage:
    """What is printed of an e-invoice. `seller` empty: the file doesn't name it."""

    seller: str
    document: DraftDocument
    file_name: str
    format: Message
    content: bytes


def write(
    page: EinvoicePage, path: Path, language: Language, progress: Progress
) -> None:
    """Write the page, with the file embedded."""
    progress.step(Message(N_("Printing the e-invoice")))
    invoice = page.document
    document = Document(language, f"{page.seller} / {invoice.number}")
    words = document.words
    document.page()
    document.letterhead(page.seller, style.day(invoice.issued))
    document.space(26)
    document.text(words(TITLES[invoice.kind]), size=18, bold=True)
    document.space(10)
    document.facts(_facts(page, document))
    document.figure(
        words("Total with tax"),
        style.money(invoice.amount),
        style.spelled(invoice.amount, words),
    )
    document.space(12)
    document.text(
        words(
            "Printed by CreditDesk from the e-invoice {name} ({format}, SHA-256 {digest}), which is the invoice itself "
            "and is embedded in this PDF.",
            name=page.file_name, format=page.format, digest=hashlib.sha256(page.content).hexdigest(),
        ),
        size=8.5,
        tone="quiet",
    )  # fmt: skip
    with beside(path) as new:
        document.save(new, f"{words(TITLES[invoice.kind])} {invoice.number}")
        _embed(new, page)


def _facts(page: EinvoicePage, document: Document) -> list[tuple[str, str]]:
    words, invoice = document.words, page.document
    buyer = " ".join(filter(None, (invoice.buyer.name, invoice.buyer.uscc)))
    facts = [
        (words("Number"), invoice.number),
        (words("Seller"), page.seller),
        (words("Buyer"), buyer),
        (words("Date"), style.day(invoice.issued)),
        (words("Due"), _day(invoice.due) or invoice.term),
        (words("Delivered"), _day(invoice.shipped)),
        (words("Net"), _money(invoice.net)),
        (words("VAT"), _money(invoice.vat)),
        (words("Order or contract"), invoice.contract),
        (words("Belongs to invoice"), invoice.against),
    ]
    return [(name, value) for name, value in facts if value]


def _day(day: date | None) -> str:
    return style.day(day) if day else ""


def _money(amount: Money | None) -> str:
    return style.money(amount) if amount is not None else ""


def _embed(path: Path, page: EinvoicePage) -> None:
    """Put the file into the PDF; a program of the insurer can read it there."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        attached = pikepdf.AttachedFileSpec(
            pdf,
            page.content,
            filename=page.file_name,
            description=page.document.number,
            mime_type="application/xml",
            creation_date="",
            mod_date="",
        )
        pdf.attachments[page.file_name] = attached
        pdf.save(path)


REPORT = Report("einvoice_page", N_("E-invoice"), (FileKind.PDF,))
