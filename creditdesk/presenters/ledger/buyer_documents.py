"""A buyer's documents as a list, each with the row of the file it came from; and its aging as a line."""

from collections.abc import Callable, Sequence
from datetime import date

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.limits import REASON_WORDS, Reason
from creditdesk.domain.ledger.aging import AgingFigures
from creditdesk.i18n import N_
from creditdesk.presenters.ledger.document_words import (
    document_kind,
    due_cell,
    number_cell,
    overdue_cell,
    signed,
)
from creditdesk.presenters.ledger.import_words import place_cell
from creditdesk.presenters.parts.table import Cell, Column, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import InvoiceLine
from creditdesk.services.policies import KeptCover

AGING_HEADS = (
    N_("Currency"), N_("Outstanding"), N_("Not due"), N_("1–30 days"), N_("31–60 days"), N_("61–90 days"),
    N_("> 90 days"), N_("Unapplied"),
)  # fmt: skip
_TONES = (Tone.PLAIN, Tone.PLAIN, Tone.PLAIN, Tone.WARNING, Tone.DANGER)


def aging_line(figures: AgingFigures, wording: Wording) -> Sequence[Cell]:
    """One currency's figures under `AGING_HEADS`; the columns add up to what is outstanding."""
    currency = figures.outstanding.currency
    return (
        Cell(wording.currency(currency)),
        Cell(wording.figure(figures.outstanding), bold=True),
        *(
            Cell(wording.cell(amount), tone)
            for amount, tone in zip(figures.columns, _TONES, strict=True)
        ),
        Cell(wording.cell(-figures.unapplied)),
    )


def document_columns(
    wording: Wording, today: date, cover_of: Callable[[int], KeptCover | None]
) -> list[Column[InvoiceLine]]:
    """Every document, by due date."""

    def source(row: InvoiceLine) -> Cell:
        return place_cell(row.file_name, row.sheet, row.row, wording)

    def cover(row: InvoiceLine) -> Cell:
        return cover_cell(cover_of(row.id), wording)

    def insured(row: InvoiceLine) -> Money | None:
        kept = cover_of(row.id)
        return kept.insured if kept else None

    return [
        Column(key="number", title=N_("Number"), cell=lambda row: number_cell(row, wording), order=lambda row: row.number, width=130),
        Column(key="kind", title=N_("Kind"), cell=lambda row: document_kind(row, wording), width=84),
        Column(key="issued", title=N_("Date"), cell=lambda row: wording.day(row.issued), order=lambda row: row.issued, value=lambda row: row.issued, width=108),
        Column(key="due", title=N_("Due"), cell=lambda row: due_cell(row, wording), order=lambda row: row.due, value=lambda row: row.due, width=108),
        Column(key="days", title=N_("Overdue"), cell=lambda row: overdue_cell(row, today, wording), width=84),
        Column(key="currency", title=N_("Currency"), cell=lambda row: row.amount.currency, width=82),
        Column(key="amount", title=N_("Amount"), cell=lambda row: wording.figure(signed(row, row.amount)), order=lambda row: row.amount.amount, value=lambda row: signed(row, row.amount), right=True, width=120),
        Column(key="open", title=N_("Open amount"), cell=lambda row: wording.cell(signed(row, row.open)), order=lambda row: row.open.amount, value=lambda row: signed(row, row.open), right=True, width=120),
        Column(key="disputed", title=N_("Disputed"), cell=lambda row: Cell(wording.cell(row.disputed), Tone.WARNING), order=lambda row: row.disputed.amount, value=lambda row: row.disputed, right=True, width=84),
        Column(key="cover", title=N_("Cover when shipped"), cell=cover, value=insured, width=150),
        Column(key="source", title=N_("Source"), cell=source, stretch=True),
    ]  # fmt: skip


_OTHERWISE = {
    False: N_("{insured} if the insurer refuses, else {otherwise}"),
    True: N_("{insured}, once declared {otherwise}"),
}
"""By whether a declaration is missing."""


def cover_cell(kept: KeptCover | None, wording: Wording) -> Cell:
    """What was insured on the day of shipment, or in words why nothing was; nothing where it isn't worked out."""
    if kept is None:
        return Cell("")
    reasons = tuple(wording(REASON_WORDS[reason]) for reason in kept.reasons)
    under = (kept.policy, kept.decision_no)
    hint = "\n".join((*reasons, " · ".join(part for part in under if part)))
    if kept.otherwise is not None:
        text = _OTHERWISE[Reason.NOT_DECLARED in kept.reasons]
        words = wording(text, insured=kept.insured, otherwise=kept.otherwise)
        return Cell(words, Tone.WARNING, f"{words}\n{hint.strip()}")
    if reasons:
        return Cell(wording.list(reasons), Tone.DANGER, hint)
    if not kept.insured:
        words = wording(N_("above the limit"))
        return Cell(words, Tone.WARNING, f"{words}\n{hint.strip()}")
    amount = wording.money(kept.insured)
    if kept.discretionary:
        return Cell(
            wording(N_("{amount}, own limit"), amount=amount), hint=hint.strip()
        )
    return Cell(amount, hint=hint.strip())
