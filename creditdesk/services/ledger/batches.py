"""The imports of the desk: the list, everything about one, its file."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.models import (
    AgedBalance,
    Buyer,
    Client,
    Document,
    FileContent,
    ImportBatch,
)
from creditdesk.services.ledger import problems
from creditdesk.services.ledger.import_values import (
    BalanceLine,
    ImportFile,
    SourceNotKept,
)
from creditdesk.services.ledger.values import BatchId, BatchLine, BatchUnknown


def lines(session: Session, client_id: int | None) -> tuple[BatchLine, ...]:
    """The files taken in, newest first."""
    statement = _lines().order_by(ImportBatch.id.desc())
    if client_id is not None:
        statement = statement.where(ImportBatch.client_id == client_id)
    return tuple(BatchLine(*row) for row in session.execute(statement))


def file(session: Session, batch_id: BatchId) -> ImportFile:
    """Everything about one import. Raises `BatchUnknown`."""
    found = session.execute(_lines().where(ImportBatch.id == batch_id)).one_or_none()
    if found is None:
        raise BatchUnknown(batch=batch_id)
    batch = session.get_one(ImportBatch, batch_id)
    size = None
    if batch.document_id is not None:
        size = session.scalar(
            select(FileContent.size)
            .join(Document, Document.digest == FileContent.digest)
            .where(Document.id == batch.document_id)
        )
    return ImportFile(
        line=BatchLine(*found),
        digest=batch.digest,
        size=size,
        header_row=batch.header_row,
        columns=_texts(batch.columns),
        file_totals=_texts(batch.file_totals),
        refused=tuple(map(problems.from_json, batch.rejected)),
        skipped=tuple(map(problems.from_json, batch.skipped)),
        notes=tuple(map(problems.from_json, batch.notes)),
        as_of=session.scalar(
            select(func.max(AgedBalance.as_of)).where(AgedBalance.batch_id == batch_id)
        ),
    )


def content(session: Session, batch_id: BatchId) -> bytes:
    """The bytes of the file as it was read. Raises `BatchUnknown` and `SourceNotKept`."""
    batch = session.get(ImportBatch, batch_id)
    if batch is None:
        raise BatchUnknown(batch=batch_id)
    found = session.scalar(
        select(FileContent.content)
        .join(Document, Document.digest == FileContent.digest)
        .where(Document.id == batch.document_id)
    )
    if found is None:
        raise SourceNotKept(batch=batch_id, file=batch.file_name)
    return found


def balances(session: Session, batch_id: BatchId) -> tuple[BalanceLine, ...]:
    """What an aged summary brought, by its rows."""
    found = session.execute(
        select(AgedBalance, Buyer.name)
        .join(Buyer, Buyer.id == AgedBalance.buyer_id)
        .where(AgedBalance.batch_id == batch_id)
        .order_by(AgedBalance.row, AgedBalance.place)
    )
    return tuple(
        BalanceLine(
            each.buyer_id, buyer, each.header, Money.of_fine(each.amount_fine, each.currency), each.row, each.place,
        )
        for each, buyer in found
    )  # fmt: skip


def _lines() -> Select[*tuple[Any, ...]]:
    """The columns of `BatchLine`."""
    return select(
        ImportBatch.id, ImportBatch.client_id, Client.name, ImportBatch.file_name, ImportBatch.sheet,
        ImportBatch.taken_at, ImportBatch.who, ImportBatch.counts, ImportBatch.totals, ImportBatch.undone_at,
        ImportBatch.kind, ImportBatch.format, func.json_array_length(ImportBatch.rejected),
        func.json_array_length(ImportBatch.skipped), ImportBatch.document_id.is_not(None),
    ).join(Client)  # fmt: skip


def _texts(kept: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in kept.items()}
