"""What every entry of a credit file shares: its buyer, its writer, and how it is voided."""

from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.errors import RecordMissing
from creditdesk.db.standing import WITH_VOIDED
from creditdesk.db.voids import standing_row, void
from creditdesk.models import (
    Buyer,
    BuyerFact,
    BuyerGrade,
    Contact,
    CreditDecision,
    FinancialStatement,
    ScoreRecord,
    WarningAnswer,
)
from creditdesk.services.credit.values import KeptInFuture

Row = TypeVar(
    "Row", FinancialStatement, BuyerGrade, BuyerFact, Contact, ScoreRecord, CreditDecision, WarningAnswer
)  # fmt: skip


def the_buyer(session: Session, buyer_id: int) -> Buyer:
    """The buyer. Raises `RecordMissing`."""
    buyer = session.get(Buyer, buyer_id)
    if buyer is None:
        raise RecordMissing(what=f"buyer {buyer_id}")
    return buyer


def written(session: Session) -> tuple[datetime, str]:
    """Now, and who writes."""
    database: Database = session.info["database"]
    return database.now(), database.who


def must_have_been(day: date, today: date) -> None:
    """Raises `KeptInFuture` for a day after today."""
    if day > today:
        raise KeptInFuture(on=day)


def of_buyer(session: Session, table: type[Row], buyer_id: int) -> list[Row]:
    """The entries of a buyer in the order they were made, those that were voided too."""
    rows = session.scalars(
        select(table).where(table.buyer_id == buyer_id).order_by(table.id),
        execution_options=WITH_VOIDED,
    )
    return list(rows)


def mistake(session: Session, table: type[Row], number: int, why: str, called: str) -> None:  # fmt: skip
    """Void an entry; it stays. Raises `RecordMissing`, `VoidAlready`, `VoidReasonMissing`."""
    row = standing_row(session, table, number, called)
    void(session, row, why, subject=table.__tablename__, number=number, client=row.client_id)  # fmt: skip
