"""The overdue notice to the insurer as a letter (可能损失通知书)."""

from functools import partial

from creditdesk.domain.duties.notice import NoticeDraft, NoticeInvoice
from creditdesk.i18n import N_, Words
from creditdesk.paper.page import SMALL, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import style
from creditdesk.reports.letter import Content


def content(draft: NoticeDraft, words: Words) -> Content:
    """Parties, policy, what is overdue since when, and the table of invoices."""
    oldest = draft.oldest_due
    return Content(
        sender=draft.policyholder.name,
        on=draft.on,
        head=f"{draft.policy_no} · {draft.policyholder.name} / {draft.buyer.name}",
        reference=draft.policy_no,
        places={
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
            "on": style.day(draft.on),
        },
        draw=partial(_table, draft=draft),
    )


def _table(document: Document, *, draft: NoticeDraft) -> None:
    words = document.words
    columns = (
        Column(words("Invoice"), 2),
        Column(words("Issued"), 1),
        Column(words("Due"), 1),
        Column(words("Days overdue"), right=True),
        Column(words("Amount"), right=True),
        Column(words("Amount open"), right=True),
    )
    rows = [_row(invoice, words) for invoice in draft.invoices]
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
    if draft.due_open:
        document.space(4)
        amounts = style.joined(map(style.money, draft.due_open), words)
        text = N_("Besides, {amounts} is open whose due date isn't settled yet; it is not in this notice.")  # fmt: skip
        document.text(words(text, amounts=amounts), size=SMALL)


def _row(invoice: NoticeInvoice, words: Words) -> Row:
    tax_number = invoice.invoice_no if invoice.invoice_no != invoice.number else ""
    return Row(
        (
            Cell(words.name(invoice.name or invoice.number), tax_number),
            Cell(style.day(invoice.issued)),
            Cell(style.day(invoice.due)),
            Cell(str(invoice.days_overdue)),
            Cell(style.figure(invoice.amount)),
            Cell(style.money(invoice.open)),
        )
    )
