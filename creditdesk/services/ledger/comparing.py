"""Compares a draft with what the desk holds: new, changed, same; never doubles, never deletes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TypeVar

from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import (
    CreditKind,
    DocumentKind,
    DueBy,
    LedgerDraft,
)
from creditdesk.domain.ledger.rows import (
    DocumentRow,
    PaymentRow,
    document_rows,
    payment_rows,
)
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress
from creditdesk.readings.queries import DocumentKey
from creditdesk.services.ledger import (
    deposits,
    matching,
    openings,
    relisted,
    sizes,
)
from creditdesk.services.ledger.holdings import (
    Changes,
    HeldDocument,
    HeldPayment,
    Holdings,
    PaymentKey,
    holdings,
)
from creditdesk.services.ledger.numbering import Numbered, numbered
from creditdesk.services.ledger.opening import AnyDocument, Paced, open_fine
from creditdesk.services.ledger.values import BatchId, CurrencyTotals, TakenIn

_K = TypeVar("_K", bound=tuple[object, ...])
_Told = TypeVar("_Told", DocumentRow, PaymentRow)
_Held = TypeVar("_Held", HeldDocument, HeldPayment)
_COMPARING = N_("Comparing with the desk")
_AT_ONCE = 20_000
_DERIVED = ("paid:", "settled:")
_UNSAID = (
    "due", "shipped", "term", "net_fine", "vat_fine", "vat_rate", "invoice_no", "against", "contract", "memo",
    "accepted", "part_kind", "part", "doc_no",
)  # fmt: skip
"""What a file may leave out; an empty value takes away nothing that is known."""
_CREDIT_NOTE = DocumentKind.CREDIT_NOTE.value
_INVOICE = DocumentKind.INVOICE.value
_OPENING = DocumentKind.OPENING.value
_REFUND = DocumentKind.REFUND.value
_RECEIPT = CreditKind.RECEIPT.value
_TOLD_FROM = {DocumentRow: 4, PaymentRow: 5}
_HELD_FROM = {HeldDocument: 5, HeldPayment: 3}
"""Where in each row what may differ begins."""


@dataclass(slots=True)
class Plan:
    """Everything a take-in would do; nothing is written yet. Buyers may have negative stand-in numbers."""

    draft: LedgerDraft
    buyers: matching.Matched
    invoices: Changes[DocumentRow, HeldDocument]
    payments: Changes[PaymentRow, HeldPayment]
    open: Mapping[DocumentKey, int]
    reopened: list[dict[str, int]]
    totals: Mapping[str, CurrencyTotals]
    before: Mapping[str, CurrencyTotals]
    after: Mapping[str, CurrencyTotals]
    open_due_dates: int

    @property
    def is_empty(self) -> bool:
        """Whether the desk holds all this already."""
        changes = (
            self.invoices.added,
            self.invoices.changed,
            self.payments.added,
            self.payments.changed,
        )
        return not any(changes) and not self.buyers.writes

    @property
    def _openings(self) -> int:
        return sum(row.kind == _OPENING for _, row in self.invoices.added)

    @property
    def _adjustments(self) -> int:
        refunds = sum(row.kind == _REFUND for _, row in self.invoices.added)
        return refunds + sum(row.kind != _RECEIPT for _, row in self.payments.added)

    def told(self, batch: BatchId | None) -> TakenIn:
        """The plan as an answer."""
        return TakenIn(
            batch=batch,
            rows_read=self.draft.rows_read,
            invoices_added=sum(_is_document(row) for _, row in self.invoices.added),
            invoices_updated=sum(_is_document(row) for row, _ in self.invoices.changed),
            invoices_unchanged=self.invoices.same,
            payments_added=sum(row.kind == _RECEIPT for _, row in self.payments.added),
            payments_updated=len(self.payments.changed),
            payments_unchanged=self.payments.same,
            buyers_added=len(self.buyers.new),
            rejected=self.draft.rejected,
            skipped=self.draft.skipped,
            totals=self.totals,
            before=self.before,
            after=self.after,
            columns=self.draft.columns,
            joined=tuple(self.buyers.joined),
            asked=tuple(self.buyers.asked),
            notes=self.draft.notes,
            questions=self.draft.questions,
            unread_columns=self.draft.unread_columns,
            open_due_dates=self.open_due_dates,
            adjustments_added=self._adjustments,
            openings_added=self._openings,
        )


def plan(
    session: Session, client_id: int, draft: LedgerDraft, progress: Progress
) -> Plan:
    """Compare a draft with the desk. Raises `Cancelled` at any step."""
    step = partial(progress.step, Message(_COMPARING))
    each = partial(progress.each, what=_COMPARING, every=_AT_ONCE)
    step()
    draft = sizes.storable(draft)
    documents, payments = document_rows(draft.documents), payment_rows(draft.payments)
    step()
    refs = chain(
        (row.buyer for row in each(documents)), (row.buyer for row in each(payments))
    )
    buyers = matching.match(session, client_id, refs)
    there = holdings(session, client_id, step)
    placed = numbered(
        list(zip(buyers.of_each(documents), each(documents), strict=True)),
        list(zip(buyers.of_each(payments), each(payments), strict=True)),
        there,
        draft.answers,
    )
    openings.settle(placed, there, draft.answers)
    deposits.tie(placed, there)
    told, paid = placed.documents, placed.payments
    differing = told.keys() - _same(told, there.invoices, each)
    told |= _completed(told, differing, there, disputes="disputed" in draft.columns)
    if draft.columns.keys() & {"paid", "open", "settled_date"}:
        outdated = _outdated(told, there, paid)
        relisted.without_reopening(
            placed, there, outdated, draft.answers.get(relisted.OLDER, "")
        )
        paid |= outdated
        relisted.missing(session, client_id, draft, placed, there)
    differing = differing & told.keys()
    draft = _with_doubts(draft, placed)
    step()
    invoices = _compared(told, differing, there.invoices, each)
    differing_paid = paid.keys() - _same(paid, there.payments, each)
    receipts = _compared(paid, differing_paid, there.payments, each)
    if not (invoices.differ or receipts.differ or buyers.new):
        return _nothing_new(draft, buyers, told, there, len(paid), each)
    merged: dict[DocumentKey, AnyDocument] = {**there.invoices, **told}
    step()
    touched = {key[0] for keys in (told, paid) for key in keys}
    open_ = open_fine(merged, {**there.payments, **paid}, touched, each)
    step()
    open_before = {key: row.open_fine for key, row in there.invoices.items()}
    totals = _totals(told, open_, each)
    return Plan(
        draft=draft,
        buyers=buyers,
        invoices=invoices,
        payments=receipts,
        open=open_,
        reopened=_reopened(there, open_),
        totals=totals,
        before=_totals(there.invoices, open_before, each),
        after=_totals(merged, open_before | open_, each) if there.invoices else totals,
        open_due_dates=_without_due(told),
    )


def _is_document(row: DocumentRow) -> bool:
    """Whether the row counts as a document: of several parts only the first does."""
    return row.kind in {_INVOICE, _CREDIT_NOTE} and row.part <= 1


def _without_due(told: Mapping[DocumentKey, DocumentRow]) -> int:
    """How many of the file's invoices have no due date that anybody knows."""
    return sum(row.due is None and row.kind == _INVOICE for row in told.values())


def _with_doubts(draft: LedgerDraft, placed: Numbered) -> LedgerDraft:
    """The draft with what the comparison leaves to a person."""
    return replace(
        draft,
        rejected=_in_order(draft.rejected, placed.rejected),
        skipped=_in_order(draft.skipped, placed.skipped),
        notes=(*draft.notes, *placed.notes),
        questions=(*draft.questions, *placed.questions),
    )


def _in_order(
    first: Iterable[Problem], further: Iterable[Problem]
) -> tuple[Problem, ...]:
    return tuple(sorted((*first, *further), key=lambda problem: problem.row or 0))


def _nothing_new(  # noqa: PLR0913, PLR0917 - a comparison and everything it is made of
    draft: LedgerDraft,
    buyers: matching.Matched,
    told: Mapping[DocumentKey, DocumentRow],
    there: Holdings,
    payments: int,
    each: Paced,
) -> Plan:
    """The desk holds every row as it is told: what is open is what the desk keeps, and no sum changes."""
    open_ = {key: row.open_fine for key, row in there.invoices.items()}
    before = _totals(there.invoices, open_, each)
    whole = len(told) == len(there.invoices)
    return Plan(
        draft=draft,
        buyers=buyers,
        invoices=Changes(same=len(told)),
        payments=Changes(same=payments),
        open=open_,
        reopened=[],
        totals=before if whole else _totals(told, open_, each),
        before=before,
        after=before,
        open_due_dates=_without_due(told),
    )


def _same(told: Mapping[_K, _Told], there: Mapping[_K, _Held], each: Paced) -> set[_K]:
    """What the desk holds word for word."""
    same = set()
    for key, row in each(told.items()):
        known = there.get(key)
        if (
            known is not None
            and known[_HELD_FROM[type(known)] :] == row[_TOLD_FROM[type(row)] :]
        ):
            same.add(key)
    return same


def _completed(
    told: Mapping[DocumentKey, DocumentRow],
    differing: Collection[DocumentKey],
    there: Holdings,
    *,
    disputes: bool,
) -> dict[DocumentKey, DocumentRow]:
    """The rows that say less than the desk knows, with what it knows: a file without due dates takes none away.

    `disputes`: the file says what is disputed; else what was said before stands, as does what a person keeps.
    """
    completed = {}
    for key in there.invoices.keys() & differing:
        row, known = told[key], there.invoices[key]
        kept = {
            name: getattr(known, name)
            for name in _UNSAID
            if not getattr(row, name) and getattr(known, name)
        }
        if row.amount_fine != known.amount_fine:
            # A split belongs to its amount.
            kept = {name: kept[name] for name in kept.keys() - {"net_fine", "vat_fine"}}
        if known.due and known.due_by == DueBy.PERSON and row.due_by == DueBy.TERM:
            # What a person said goes before what a term is counted to; a date of the file's own goes before both.
            kept["due"] = known.due
        if "due" in kept:
            kept["due_by"] = known.due_by
        if key in there.contested or (not disputes and known.disputed_fine):
            kept["disputed_fine"] = min(known.disputed_fine, row.amount_fine)
        if kept:
            completed[key] = row._replace(**kept)
    return completed


def _compared(
    told: Mapping[_K, _Told],
    differing: Collection[_K],
    there: Mapping[_K, _Held],
    each: Paced,
) -> Changes[_Told, _Held]:
    """`differing`: what the desk does not hold word for word, before it was completed."""
    changes: Changes[_Told, _Held] = Changes(same=len(told) - len(differing))
    for key, row in each(told.items()) if differing else ():
        if key not in differing:
            continue
        known = there.get(key)
        if known is None:
            changes.added.append((key[0], row))  # type: ignore[arg-type]  # both keys begin with the buyer's number
        elif known[_HELD_FROM[type(known)] :] == row[_TOLD_FROM[type(row)] :]:
            changes.same += 1
        else:
            changes.changed.append((row, known))
    return changes


def _outdated(
    told: Mapping[DocumentKey, DocumentRow],
    there: Holdings,
    given: Mapping[PaymentKey, PaymentRow],
) -> dict[PaymentKey, PaymentRow]:
    """What an earlier file derived for an invoice and this one tells otherwise, set to nothing.

    A paid column last month and a settled date today are one payment, not two.
    """
    if not there.payments:
        return {}
    rows: dict[PaymentKey, PaymentRow] = {}
    for (buyer, number, _), row in told.items():
        for prefix in _DERIVED:
            key = (buyer, prefix + number)
            known = there.payments.get(key)
            if known is not None and key not in given and known.amount_fine:
                kept = known._replace(amount_fine=0)
                rows[key] = PaymentRow(
                    row.row, row.buyer, row.issued, row.part, key[1], *kept[3:]
                )
    return rows


def _reopened(
    there: Holdings, open_: Mapping[DocumentKey, int]
) -> list[dict[str, int]]:
    """Documents that were there and whose open amount moves."""
    return [
        {"id": known.id, "open_fine": open_[key]}
        for key, known in there.invoices.items()
        if key in open_ and known.open_fine != open_[key]
    ]


def _totals(
    invoices: Mapping[DocumentKey, AnyDocument],
    open_: Mapping[DocumentKey, int],
    each: Paced,
) -> dict[str, CurrencyTotals]:
    """Sums by currency."""
    sums: dict[str, list[int]] = {}
    for key, row in each(invoices.items()):
        part = sums.get(row.currency) or sums.setdefault(row.currency, [0, 0, 0])
        sign = -1 if row.kind == _CREDIT_NOTE else 1
        part[0] += row.part <= 1
        part[1] += sign * row.amount_fine
        part[2] += sign * open_[key]
    return {
        currency: CurrencyTotals(
            count, Money.of_fine(amount, currency), Money.of_fine(left, currency)
        )
        for currency, (count, amount, left) in sorted(sums.items())
    }
