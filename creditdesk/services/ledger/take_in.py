"""Writes a compared draft as one batch that can be taken back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar, cast

from sqlalchemy import insert
from sqlalchemy.orm import Session

from creditdesk.db import bulk
from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.domain.ledger.documents import LedgerDraft
from creditdesk.domain.ledger.rows import DocumentRow, PaymentRow
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress
from creditdesk.models import Base, ImportBatch, ImportChange, Invoice, Payment
from creditdesk.services.ledger import (
    agreed,
    asking,
    banked,
    comparing,
    due_open,
    evidence,
    matching,
    problems,
    sources,
)
from creditdesk.services.ledger.comparing import Plan
from creditdesk.services.ledger.holdings import (
    DOCUMENT_FIELDS,
    PAYMENT_FIELDS,
    HeldDocument,
    HeldPayment,
)
from creditdesk.services.ledger.values import BatchId, TakenIn

_T = TypeVar("_T")
_AT_ONCE = 5_000
_Fixed = Mapping[str, int]
_Step = Callable[[int], None]


def take_in(
    session: Session,
    client_id: int,
    draft: LedgerDraft,
    content: bytes | None,
    progress: Progress,
) -> TakenIn:
    """Compare a draft and write what is new; what the desk holds already makes no batch.

    The plan ends with this function, so that nobody looks through its rows for cycles afterwards.
    """
    said = asking.keep(session, client_id, draft.answers)
    draft = banked.told_once(session, client_id, draft)
    made = comparing.plan(session, client_id, draft, progress)
    paper = content is not None and evidence.is_new(session, made)
    if made.is_empty and not paper:
        due_open.apply_answers(session, client_id, said)
        agreed.apply(session, client_id)
        return made.told(None)
    batch = write(session, client_id, made, content, progress)
    due_open.apply_answers(session, client_id, said)
    agreed.apply(session, client_id)
    evidence.link(session, made, batch)
    return replace(made.told(batch), papers=int(paper))


def write(
    session: Session,
    client_id: int,
    made: Plan,
    content: bytes | None,
    progress: Progress,
) -> BatchId:
    """Write the plan as one batch, with the bytes of its file where there is one. Raises `Cancelled` at any step."""
    database: Database = session.info["database"]
    batch = _batch(client_id, made, database)
    if content is not None:
        kept = sources.keep(session, client_id, made.draft.source, content)
        batch.document_id = kept.id
    session.add(batch)
    session.flush()  # every row below carries its number
    step = partial(progress.step, Message(N_("Writing the invoices")))
    step()
    real = matching.write(session, client_id, made.buyers, batch.id)
    fixed = {"client_id": client_id, "batch_id": batch.id}
    step = partial(
        progress.step,
        Message(N_("Writing the invoices")),
        total=len(made.invoices.added),
    )
    _write_invoices(session, made, real, fixed, step)
    step = partial(
        progress.step,
        Message(N_("Writing the payments")),
        total=len(made.payments.added),
    )
    _write_payments(session, made, real, fixed, step)
    note(
        session,
        "taken in",
        "import_batch",
        batch.id,
        client_id=client_id,
        after={"file": batch.file_name, **batch.counts},
    )
    return BatchId(batch.id)


def _batch(client_id: int, made: Plan, database: Database) -> ImportBatch:
    told = made.told(None)
    counts = (
        "rows_read",
        "invoices_added",
        "invoices_updated",
        "invoices_unchanged",
        "payments_added",
        "payments_updated",
        "payments_unchanged",
        "buyers_added",
    )
    return ImportBatch(
        client_id=client_id,
        file_name=made.draft.source.file_name,
        digest=made.draft.source.digest,
        sheet=made.draft.source.sheet,
        header_row=made.draft.source.header_row,
        taken_at=database.now(),
        who=database.who,
        columns=dict(made.draft.columns),
        counts={name: getattr(told, name) for name in counts},
        totals={
            currency: {
                "count": str(sums.count),
                "amount": sums.amount.plain,
                "open": sums.open.plain,
            }
            for currency, sums in made.totals.items()
        },
        rejected=[problems.to_json(problem) for problem in made.draft.rejected],
        skipped=[problems.to_json(problem) for problem in made.draft.skipped],
        notes=[
            problems.to_json(problem)
            for problem in (*made.draft.notes, *told.about_buyers)
        ],
        format=made.draft.source.format,
        file_totals={
            field: f"{amount:f}" for field, amount in made.draft.file_totals.items()
        },
    )


def _write_invoices(
    session: Session, made: Plan, real: Mapping[int, int], fixed: _Fixed, step: _Step
) -> None:
    for added in _portions(session, Invoice, made.invoices.added, step):
        columns = _columns([row for _, row in added], DOCUMENT_FIELDS, fixed)
        columns["number"] = [row.number for _, row in added]
        columns["kind"] = [row.kind for _, row in added]
        columns["buyer_id"] = [real.get(buyer, buyer) for buyer, _ in added]
        columns["open_fine"] = [
            made.open[buyer, row.number, row.kind] for buyer, row in added
        ]
        bulk.add(session, Invoice, columns)
    changed = made.invoices.changed
    _keep_before(session, Invoice, DOCUMENT_FIELDS, changed, fixed["batch_id"])
    moved = {known.id: made.open[known[:3]] for _, known in changed}
    moved |= {row["id"]: row["open_fine"] for row in made.reopened}
    # A new amount may be smaller than what was open, so that goes first.
    nothing = [(0, known.id) for _, known in changed]
    bulk.change(session, Invoice, ("open_fine",), nothing, step)
    bulk.change(
        session, Invoice, DOCUMENT_FIELDS, _values(changed, DOCUMENT_FIELDS), step
    )
    opened = [(fine, number) for number, fine in moved.items()]
    bulk.change(session, Invoice, ("open_fine",), opened, step)


def _write_payments(
    session: Session, made: Plan, real: Mapping[int, int], fixed: _Fixed, step: _Step
) -> None:
    for added in _portions(session, Payment, made.payments.added, step):
        columns = _columns([row for _, row in added], PAYMENT_FIELDS, fixed)
        columns["key"] = [row.key for _, row in added]
        columns["buyer_id"] = [real.get(buyer, buyer) for buyer, _ in added]
        bulk.add(session, Payment, columns)
    changed = made.payments.changed
    _keep_before(session, Payment, PAYMENT_FIELDS, changed, fixed["batch_id"])
    bulk.change(
        session, Payment, PAYMENT_FIELDS, _values(changed, PAYMENT_FIELDS), step
    )


def _portions(
    session: Session, table: type[Base], rows: Sequence[_T], step: _Step
) -> Iterator[Sequence[_T]]:
    """Some thousand rows at a time; the person is told, and may cancel, before each."""
    count = len(rows)
    with bulk.indexed_afterwards(session, table, count, partial(step, count)):
        for first in range(0, count, _AT_ONCE):
            step(first)
            yield rows[first : first + _AT_ONCE]


def _columns(
    rows: Sequence[DocumentRow | PaymentRow], names: Sequence[str], fixed: _Fixed
) -> dict[str, Sequence[bulk.Value]]:
    """The rows by columns: where each stands in its file, what may differ next time, and what is the same for all."""
    columns: dict[str, Sequence[bulk.Value]] = {"row": [row.row for row in rows]}
    differing = zip(*(row[-len(names) :] for row in rows), strict=True)
    columns |= cast(
        "dict[str, Sequence[bulk.Value]]", dict(zip(names, differing, strict=True))
    )  # no buyers behind
    return columns | {name: [value] * len(rows) for name, value in fixed.items()}


def _values(
    changed: Sequence[tuple[DocumentRow | PaymentRow, HeldDocument | HeldPayment]],
    names: Sequence[str],
) -> list[tuple[Any, ...]]:
    """The new values of records, then their numbers."""
    return [(*row[-len(names) :], known.id) for row, known in changed]


def _keep_before(
    session: Session,
    table: type[Invoice | Payment],
    names: Sequence[str],
    changed: Sequence[tuple[object, HeldDocument | HeldPayment]],
    batch_id: int,
) -> None:
    """Keep what records that were there have been."""
    kept = [
        {
            "batch_id": batch_id,
            "kind": table.__tablename__,
            "record_id": known.id,
            "before": dict(zip(names, known[-len(names) :], strict=True)),
        }
        for _, known in changed
    ]
    if kept:
        session.execute(insert(ImportChange), kept)
