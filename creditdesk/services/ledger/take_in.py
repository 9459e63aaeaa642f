"""Writes a compared draft as one batch that can be taken back."""

from collections.abc import Mapping

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.errors import Problem
from creditdesk.i18n import Message
from creditdesk.models import ImportBatch, ImportChange, Invoice, Payment
from creditdesk.services.ledger import matching, sources
from creditdesk.services.ledger.comparing import Plan
from creditdesk.services.ledger.holdings import Changes, Row, document_key
from creditdesk.services.ledger.values import BatchId


def write(
    session: Session, client_id: int, made: Plan, content: bytes | None
) -> BatchId:
    """Write the plan as one batch, with the bytes of its file where there is one."""
    database: Database = session.info["database"]
    batch = _batch(client_id, made, database)
    if content is not None:
        kept = sources.keep(session, client_id, made.draft.source, content)
        batch.document_id = kept.id
    session.add(batch)
    session.flush()  # every row below carries its number
    real = matching.write(session, client_id, made.buyers, batch.id)
    _write_invoices(session, client_id, made, real, batch.id)
    _write_payments(session, client_id, made, real, batch.id)
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
        rejected=[_kept(problem) for problem in made.draft.rejected],
        skipped=[_kept(problem) for problem in made.draft.skipped],
        notes=[_kept(problem) for problem in made.draft.notes],
        format=made.draft.source.format,
        file_totals={
            field: f"{amount:f}" for field, amount in made.draft.file_totals.items()
        },
    )


def _kept(problem: Problem) -> dict[str, object]:
    places = {
        name: value.text if isinstance(value, Message) else str(value)
        for name, value in problem.reason.places
    }
    return {
        "row": problem.row, "column": problem.column, "value": problem.value,
        "reason": problem.reason.text, "places": places,
    }  # fmt: skip


def _write_invoices(
    session: Session, client_id: int, made: Plan, real: Mapping[int, int], batch_id: int
) -> None:
    added = [
        {
            **row,
            "client_id": client_id,
            "buyer_id": real.get(row["buyer_id"], row["buyer_id"]),
            "open_fine": made.open[document_key(row)].fine,
            "batch_id": batch_id,
        }
        for row in made.invoices.added
    ]
    if added:
        session.execute(insert(Invoice), added)
    for row, _ in made.invoices.changed:
        row["open_fine"] = made.open[document_key(row)].fine
    _change(session, Invoice, made.invoices, batch_id)
    moved = {row["id"] for row, _ in made.invoices.changed}
    reopened = [row for row in made.reopened if row["id"] not in moved]
    if reopened:
        session.execute(update(Invoice), reopened)


def _write_payments(
    session: Session, client_id: int, made: Plan, real: Mapping[int, int], batch_id: int
) -> None:
    added = [
        {
            **row,
            "client_id": client_id,
            "buyer_id": real.get(row["buyer_id"], row["buyer_id"]),
            "batch_id": batch_id,
        }
        for row in made.payments.added
    ]
    if added:
        session.execute(insert(Payment), added)
    _change(session, Payment, made.payments, batch_id)


def _change(
    session: Session, table: type[Invoice | Payment], changes: Changes, batch_id: int
) -> None:
    """Change records that were there, and keep what they were."""
    kept = [
        {
            "batch_id": batch_id,
            "kind": table.__tablename__,
            "record_id": row["id"],
            "before": _jsonable(before),
        }
        for row, before in changes.changed
    ]
    if not kept:
        return
    session.execute(insert(ImportChange), kept)
    names = tuple(changes.changed[0][1])
    fields = [*names, "open_fine"] if table is Invoice else names
    session.execute(
        update(table),
        [{name: row[name] for name in ("id", *fields)} for row, _ in changes.changed],
    )


def _jsonable(values: Row) -> Row:
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in values.items()
    }
