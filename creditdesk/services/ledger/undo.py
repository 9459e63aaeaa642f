"""Takes a whole import back, while nothing later depends on it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session

from creditdesk.db import search
from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.db.standing import WITH_VOIDED
from creditdesk.models import (
    AgedBalance,
    BankLine,
    Buyer,
    BuyerAlias,
    BuyerEvent,
    Claim,
    CreditLimit,
    DeclarationLine,
    DiscretionaryGround,
    ImportBatch,
    ImportChange,
    Invoice,
    LimitRequest,
    Notice,
    Payment,
)
from creditdesk.readings.recounting import portions, recount
from creditdesk.services.ledger import dependents, evidence, matching
from creditdesk.services.ledger.import_values import UndoPlan
from creditdesk.services.ledger.values import (
    BatchId,
    BatchInUse,
    BatchUndone,
    BatchUnknown,
)

_TABLES: Mapping[str, type[Invoice | Payment]] = {
    "invoice": Invoice,
    "payment": Payment,
}
_CHANGED: Mapping[str, type[Invoice | Payment | Buyer]] = {**_TABLES, "buyer": Buyer}


def plan(session: Session, batch_id: BatchId) -> UndoPlan:
    """What taking the batch back would do, and what rests on it; raises `BatchUnknown` and `BatchUndone`."""
    batch = _standing(session, batch_id)
    added = [
        session.scalar(
            select(func.count()).select_from(table).where(table.batch_id == batch_id)
        )
        or 0
        for table in (Invoice, Payment, AgedBalance, BankLine)
    ]
    documents, payments, balances, lines = added
    restored = select(func.count(func.distinct(ImportChange.record_id))).where(
        ImportChange.batch_id == batch_id, ImportChange.kind != Buyer.__tablename__
    )
    return UndoPlan(
        batch=batch_id,
        file_name=batch.file_name,
        documents=documents,
        payments=payments,
        balances=balances,
        lines=lines,
        buyers=len(_only_here(session, batch_id)),
        restored=session.scalar(restored) or 0,
        dependents=dependents.of_batch(session, batch_id, batch.client_id),
    )


def _standing(session: Session, batch_id: BatchId) -> ImportBatch:
    batch = session.get(ImportBatch, batch_id)
    if batch is None:
        raise BatchUnknown(batch=batch_id)
    if batch.undone_at is not None:
        raise BatchUndone(batch=batch_id, at=batch.undone_at.date())
    return batch


def take_back(session: Session, batch_id: BatchId) -> None:
    """Remove what the batch added and restore what it changed; raises `BatchInUse` with the reasons."""
    database: Database = session.info["database"]
    batch = _standing(session, batch_id)
    reasons = tuple(
        each.said
        for each in dependents.of_batch(session, batch_id, batch.client_id)
        if each.blocks
    )
    if reasons:
        raise BatchInUse(batch=batch_id, reasons=reasons)
    touched = _touched(session, batch_id)
    _restore(session, batch_id)
    evidence.forget(session, batch_id)
    for table in (Payment, Invoice, AgedBalance, BankLine):
        session.execute(delete(table).where(table.batch_id == batch_id))
    recount(session, touched)
    renamed = _renamed(session, batch_id)
    _forget_buyers(session, batch_id)
    matching.make_findable(session, batch.client_id, renamed)
    batch.undone_at = database.now()
    note(
        session,
        "taken back",
        "import_batch",
        batch_id,
        client_id=batch.client_id,
        before={"file": batch.file_name, **batch.counts},
    )


def _touched(session: Session, batch_id: int) -> set[int]:
    buyers: set[int] = set()
    for kind, table in _TABLES.items():
        changed = select(ImportChange.record_id).where(
            ImportChange.batch_id == batch_id, ImportChange.kind == kind
        )
        rows = select(table.buyer_id).where(
            (table.batch_id == batch_id) | table.id.in_(changed)
        )
        buyers.update(session.scalars(rows.distinct()))
    return buyers


def _renamed(session: Session, batch_id: int) -> set[int]:
    """Buyers to whom the batch gave a code or another name."""
    coded = select(ImportChange.record_id).where(
        ImportChange.batch_id == batch_id, ImportChange.kind == "buyer"
    )
    named = select(BuyerAlias.buyer_id).where(BuyerAlias.batch_id == batch_id)
    return {*session.scalars(coded), *session.scalars(named)}


def _restore(session: Session, batch_id: int) -> None:
    changes = session.scalars(
        select(ImportChange).where(ImportChange.batch_id == batch_id)
    ).all()
    for change in changes:
        table = _CHANGED[change.kind]
        values = {name: _typed(name, value) for name, value in change.before.items()}
        if table is Invoice:
            # The old amount may be smaller than what is open now; it is recounted below.
            values["open_fine"] = 0
        session.execute(
            update(table).where(table.id == change.record_id).values(**values)
        )


def _typed(name: str, value: Any) -> Any:  # noqa: ANN401 - a column's value as JSON keeps it
    if name in ("issued", "due", "shipped", "paid_on") and value is not None:
        return date.fromisoformat(value)
    return value


_USING = (
    Invoice,
    Payment,
    AgedBalance,
    CreditLimit,
    LimitRequest,
    DiscretionaryGround,
    BuyerEvent,
    Claim,
    Notice,
    DeclarationLine,
)
"""Where a buyer is named that an import brought: it stays then."""


def _forget_buyers(session: Session, batch_id: int) -> None:
    """Buyers this batch brought and nothing else uses go with it."""
    session.execute(delete(BuyerAlias).where(BuyerAlias.batch_id == batch_id))
    unused = _only_here(session, batch_id)
    for numbers in portions(unused):
        session.execute(delete(BuyerAlias).where(BuyerAlias.buyer_id.in_(numbers)))
        session.execute(delete(Buyer).where(Buyer.id.in_(numbers)))
    search.forget(session, "buyer", unused)


def _only_here(session: Session, batch_id: int) -> Sequence[int]:
    """The buyers this batch brought that nothing names but its own rows."""
    own = (Invoice, Payment, AgedBalance)
    used = [
        exists().where(
            table.buyer_id == Buyer.id,
            *((table.batch_id.is_distinct_from(batch_id),) if table in own else ()),
        )
        for table in _USING
    ]
    return session.scalars(
        select(Buyer.id).where(Buyer.batch_id == batch_id, *(~use for use in used)),
        execution_options=WITH_VOIDED,
    ).all()
