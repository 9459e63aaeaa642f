"""The overdue notice to the insurer as a letter (可能损失通知书)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from creditdesk.catalog.claim_forms import facts
from creditdesk.domain.cover.deliveries import Deliveries
from creditdesk.domain.duties.notice import NoticeDraft, NoticeInvoice
from creditdesk.i18n import N_, Words
from creditdesk.paper.page import SMALL, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import style
from creditdesk.reports.letter import Content

_ASKED = (
    "buyer.address", "buyer.contact", "buyer.phone", "buyer.insurer_number", "buyer.industry",
    "client.contact", "client.phone", "client.email",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What insurers' forms ask beside the invoices. `known`: facts of client and buyer by key of the catalog.

    `deliveries` None: it can't be worked out whether they stopped. `term`: agreed with the buyer, in words or days.
    """

    deliveries: Deliveries | None = None
    known: Mapping[str, str] = field(default_factory=dict)
    term: str = ""


def content(draft: NoticeDraft, told: Told, words: Words) -> Content:
    """Parties, policy, what is overdue since when, what forms ask besides, and the table of invoices."""
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
            **delivery_places(told.deliveries),
        },
        draw=partial(_parts, draft=draft, told=told),
    )


def delivery_places(found: Deliveries | None) -> dict[str, str]:
    """Whether deliveries have stopped, will stop or go on: at most one of these places is filled."""
    names = ("stopped_on", "stops_on", "delivered_on", "no_stop_on")
    return {name: style.day(getattr(found, name)) if found else "" for name in names}


def _parts(document: Document, *, draft: NoticeDraft, told: Told) -> None:
    document.facts(tuple(_facts(draft, told, document.words)))
    document.space(8)
    _table(document, draft=draft)


def _facts(draft: NoticeDraft, told: Told, words: Words) -> Iterator[tuple[str, str]]:
    """What is known of what forms ask; what nobody entered is left out."""
    for key in _ASKED:
        text = told.known.get(key, "")
        if text:
            yield facts()[key].label.in_language(words.language), text
    if draft.buyer.country:
        yield words("Buyer's country"), draft.buyer.country
    limit = told.deliveries.limit if told.deliveries else None
    if limit is not None and told.deliveries is not None:
        number = told.deliveries.limit_no
        shown = style.money(limit)
        yield words("Limit in force"), f"{shown}  {number}".strip()
    if told.term:
        days = told.term.isdecimal()
        yield words("Payment term agreed"), words("{count} days", count=told.term) if days else told.term  # fmt: skip


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
