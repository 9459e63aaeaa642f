"""What belongs to a buyer, table by table, and how it passes to another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select, true, update
from sqlalchemy.orm import Session

from creditdesk.db.standing import WITH_VOIDED
from creditdesk.models import (
    AgedBalance,
    BankLine,
    Base,
    Buyer,
    BuyerAlias,
    BuyerEvent,
    BuyerFact,
    BuyerGrade,
    Claim,
    Contact,
    CreditDecision,
    CreditLimit,
    DeclarationLine,
    DiscretionaryGround,
    Duty,
    FinancialStatement,
    Invoice,
    LimitRequest,
    Notice,
    Particular,
    PartyContact,
    Payment,
    ScoreRecord,
    Task,
    WarningAnswer,
)
from creditdesk.readings.recounting import portions

OWNED = (
    Invoice,
    Payment,
    AgedBalance,
    BankLine,
    CreditLimit,
    LimitRequest,
    DiscretionaryGround,
    BuyerEvent,
    Notice,
    DeclarationLine,
    Claim,
    Particular,
    Task,
    BuyerFact,
    BuyerGrade,
    Contact,
    PartyContact,
    CreditDecision,
    FinancialStatement,
    ScoreRecord,
    WarningAnswer,
)
"""All that names a buyer but duties and aliases. What cover was last worked out from is no history: it stays."""
ADOPTED = ("code", "uscc", "country", "address", "contact")
"""What the card that stays takes from the other where it has nothing itself."""


def owned(session: Session, buyer_id: int, keep_id: int) -> dict[str, list[int]]:
    """The records that name a buyer, by table; tables without any are left out.

    A particular that the buyer who stays has itself is not needed twice.
    """
    kept = select(Particular.key).where(Particular.buyer_id == keep_id)
    found = {
        table.__tablename__: list(
            session.scalars(
                select(table.id)
                .where(
                    table.buyer_id == buyer_id,
                    table.key.not_in(kept) if table is Particular else true(),
                )
                .order_by(table.id),
                execution_options=WITH_VOIDED,
            )
        )
        for table in OWNED
    }
    return {table: numbers for table, numbers in found.items() if numbers}


def pass_on(session: Session, records: Mapping[str, Sequence[int]], to: int) -> None:
    """Let these records name another buyer."""
    for table in OWNED:
        for numbers in portions(records.get(table.__tablename__, ())):
            session.execute(
                update(table)
                .where(table.id.in_(numbers))
                .values(buyer_id=to)
                .execution_options(synchronize_session=False)
            )


@dataclass(frozen=True, slots=True)
class MovedDuties:
    """Duties that changed hands; `superseded` would have stood twice, so the other buyer's counts."""

    moved: list[int]
    superseded: list[int]


def pass_duties_on(
    session: Session, mine: ColumnElement[bool], gone: int, keep: int, on: date
) -> MovedDuties:
    """Let duties name another buyer, also in the subject that tells them again tomorrow."""
    open_ = {
        (row.policy_id, row.code, row.subject): row.id
        for row in session.scalars(
            select(Duty).where(Duty.buyer_id == keep, Duty.state == "open")
        )
    }
    told = MovedDuties([], [])
    theirs = select(Duty).where(mine).order_by(Duty.id)
    for duty in session.scalars(theirs, execution_options=WITH_VOIDED).all():
        subject = _subject_of(duty.subject, gone, keep)
        key = (duty.policy_id, duty.code, subject)
        if duty.state == "open" and key in open_:
            duty.state, duty.closed_on = "superseded", on
            duty.superseded_by = open_[key]
            told.superseded.append(duty.id)
            session.flush()  # one open row a subject: the old one goes first
        duty.subject, duty.buyer_id = subject, keep
        told.moved.append(duty.id)
    session.flush()  # later statements look at the rows themselves
    return told


def _subject_of(subject: str, gone: int, keep: int) -> str:
    """A subject begins with the buyer's number where it is about the buyer; see `services/watch`."""
    head, slash, rest = subject.partition("/")
    return f"{keep}{slash}{rest}" if head == str(gone) else subject


def pass_names_on(session: Session, keep: Buyer, gone: Buyer) -> dict[str, list[int]]:
    """Let the names of one be aliases of the other; a name both have stays where it is."""
    there = set(
        session.scalars(select(BuyerAlias.name).where(BuyerAlias.buyer_id == keep.id))
    )
    mine = session.scalars(
        select(BuyerAlias).where(BuyerAlias.buyer_id == gone.id).order_by(BuyerAlias.id)
    ).all()
    moved = [alias for alias in mine if alias.name not in there]
    for alias in moved:
        alias.buyer_id = keep.id
    there.update(alias.name for alias in moved)
    added: list[int] = []
    if gone.name != keep.name and gone.name not in there:
        alias = BuyerAlias(buyer_id=keep.id, name=gone.name)
        session.add(alias)
        session.flush()  # the merge names it, so that undoing takes it away
        added = [alias.id]
    return {"buyer_alias": [alias.id for alias in moved], "added_alias": added}


def adopt(keep: Buyer, gone: Buyer) -> dict[str, str]:
    """Fill what the card that stays is missing from the other; the answer is what was filled."""
    filled = {
        name: getattr(gone, name)
        for name in ADOPTED
        if not getattr(keep, name) and getattr(gone, name)
    }
    for name, value in filled.items():
        setattr(keep, name, value)
    return filled


def newest(session: Session) -> dict[str, int]:
    """The last number of each table, by which later records are told from those there were at the merge."""
    tables: tuple[type[Base], ...] = (*OWNED, Duty)
    found: dict[str, int] = {}
    for table in tables:
        key = table.__table__.c.id
        last = session.scalar(select(key).order_by(key.desc()).limit(1))
        found[table.__tablename__] = last or 0
    return found
