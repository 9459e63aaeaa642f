"""The overdue notice to the insurer as a letter (可能损失通知书)."""

from dataclasses import replace
from pathlib import Path

from creditdesk.catalog.letters import LetterText
from creditdesk.domain.duties.notice import NoticeDraft, NoticeInvoice
from creditdesk.i18n import N_, Language, Message, Words
from creditdesk.jobs import Progress
from creditdesk.reports import letter, style
from creditdesk.reports.page import Cell, Column, Row
from creditdesk.reports.pdf import Document
from creditdesk.reports.report import Kind, Report

_REASON = "{reason}"


def write(
    draft: NoticeDraft,
    text: LetterText,
    path: Path,
    language: Language,
    progress: Progress,
) -> int:
    """Write the letter; the answer is its pages. A paragraph about the reason is left out where none is known."""
    progress.step(Message(N_("Writing the letter")))
    document = Document(
        language, f"{draft.policy_no} · {draft.policyholder.name} / {draft.buyer.name}"
    )
    words = document.words
    sheet = letter.Sheet(
        _filled(draft, text, words),
        draft.policyholder.name,
        draft.on,
        draft.policy_no,
        words("Handled by"),
    )
    return letter.write(document, sheet, path, lambda: _table(document, draft))


def _filled(draft: NoticeDraft, text: LetterText, words: Words) -> LetterText:
    paragraphs = tuple(
        paragraph
        for paragraph in text.paragraphs
        if draft.reason or _REASON not in paragraph
    )
    oldest = draft.oldest_due
    places = {
        "insurer": draft.insurer.name,
        "policyholder": draft.policyholder.name,
        "buyer": draft.buyer.name,
        "buyer_code": draft.buyer.code or words("not known"),
        "policy_no": draft.policy_no,
        "policy_start": style.day(draft.policy_start),
        "policy_end": style.day(draft.policy_end),
        "count": str(len(draft.invoices)),
        "totals": style.joined(map(style.money, draft.totals), words),
        "oldest_due": style.day(oldest),
        "days": str((draft.on - oldest).days) if oldest else "0",
        "reason": draft.reason,
        "reference": draft.reference,
        "on": style.day(draft.on),
    }
    return replace(text, paragraphs=paragraphs).filled(places)


def _table(document: Document, draft: NoticeDraft) -> None:
    words = document.words
    columns = (
        Column(words("Invoice"), 2),
        Column(words("Issued"), 1),
        Column(words("Due"), 1),
        Column(words("Days overdue"), right=True),
        Column(words("Amount"), right=True),
        Column(words("Amount open"), right=True),
    )
    rows = [_row(invoice) for invoice in draft.invoices]
    rows.extend(
        Row(
            (
                Cell(words("Open ({currency})", currency=total.currency), bold=True),
                *(Cell(""),) * 4,
                Cell(style.figure(total), bold=True),
            ),
            strong=True,
            with_previous=True,
        )
        for total in draft.totals
    )
    document.table(columns, rows)


def _row(invoice: NoticeInvoice) -> Row:
    tax_number = invoice.invoice_no if invoice.invoice_no != invoice.number else ""
    return Row(
        (
            Cell(invoice.number, tax_number),
            Cell(style.day(invoice.issued)),
            Cell(style.day(invoice.due)),
            Cell(str(invoice.days_overdue)),
            Cell(style.figure(invoice.amount)),
            Cell(style.money(invoice.open)),
        )
    )


REPORT = Report("notice_letter", N_("Overdue notice to the insurer"), (Kind.PDF,))
