"""What is kept of buyers' credit, as the rules use it: statements, facts, broken promises, answers to warnings."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from creditdesk.domain.credit.answers import Answer, Answered
from creditdesk.domain.credit.contacts import Promise
from creditdesk.domain.credit.credit_rules import CreditRules, Level
from creditdesk.domain.credit.facts import Fact, FactKind
from creditdesk.domain.credit.observing import Told
from creditdesk.domain.credit.sheets import Scheme, Sheet, Standard
from creditdesk.domain.credit.warnings import Effect
from creditdesk.models import (
    BuyerFact,
    Contact,
    CreditPolicy,
    FinancialStatement,
    ScoreRecord,
    WarningAnswer,
)

_Row = TypeVar("_Row", FinancialStatement, BuyerFact, WarningAnswer)


def told_by_buyer(
    session: Session, client_id: int, buyers: Collection[int] | None = None
) -> dict[int, Told]:
    """What is kept of the buyers of a client, or of some of them; those of whom nothing is kept are left out."""
    found: dict[int, Told] = defaultdict(Told)
    for row in session.scalars(_of(FinancialStatement, client_id, buyers)):
        told = found[row.buyer_id]
        found[row.buyer_id] = replace(told, sheets=(*told.sheets, sheet_of(row)))
    for fact in session.scalars(_of(BuyerFact, client_id, buyers)):
        told = found[fact.buyer_id]
        found[fact.buyer_id] = replace(told, facts=(*told.facts, fact_of(fact)))
    broken = select(Contact.buyer_id, Contact.promised_on).where(
        Contact.client_id == client_id, Contact.outcome == Promise.BROKEN.value
    )
    if buyers is not None:
        broken = broken.where(Contact.buyer_id.in_(buyers))
    for buyer, day in session.execute(broken):
        if day is not None:
            found[buyer] = replace(found[buyer], broken=(*found[buyer].broken, day))
    return dict(found)


def answers_by_buyer(
    session: Session, client_id: int, buyers: Collection[int] | None = None
) -> dict[int, tuple[Answered, ...]]:
    """The answers to warnings that stand, by buyer, in the order they were given."""
    found: dict[int, list[Answered]] = defaultdict(list)
    for row in session.scalars(_of(WarningAnswer, client_id, buyers)):
        found[row.buyer_id].append(answered_of(row))
    return {buyer: tuple(answers) for buyer, answers in found.items()}


def sheet_of(row: FinancialStatement) -> Sheet:
    """A statement as the rules see it."""
    return Sheet(
        period_end=row.period_end,
        months=row.months,
        unit=row.unit,
        currency=row.currency,
        standard=Standard(row.standard),
        scheme=Scheme(row.scheme),
        company=row.company,
        values={key: Decimal(text) for key, text in row.figures.items()},
    )


def fact_of(row: BuyerFact) -> Fact:
    """A fact as the rules see it."""
    return Fact(
        kind=FactKind(row.kind),
        happened_on=row.happened_on,
        value=row.value,
        ended_on=row.ended_on,
    )


def answered_of(row: WarningAnswer) -> Answered:
    """An answer as the rules see it."""
    return Answered(
        id=row.id,
        code=row.code,
        effect=Effect(row.effect),
        answer=Answer(row.answer),
        on=row.answered_on,
        reason=row.reason,
        until=row.until,
        lifted_by=row.lifted_by,
        way=row.way,
        document_id=row.document_id,
        who=row.who,
    )


def stops_on(
    session: Session, client_id: int, on: date, buyers: Collection[int] | None = None
) -> Mapping[int, Answered]:
    """The buyers to whom the client itself stopped shipping, with the oldest stop that stands on a day."""
    found: dict[int, Answered] = {}
    for buyer, answers in answers_by_buyer(session, client_id, buyers).items():
        stops = [each for each in answers if each.answer is Answer.STOP and each.on <= on]  # fmt: skip
        if stops:
            found[buyer] = min(stops, key=lambda each: each.on)
    return found


def credit_rules_on(session: Session, client_id: int, on: date) -> CreditRules | None:
    """The client's own credit rules that hold on a day; None: it has none."""
    row = session.scalars(
        select(CreditPolicy)
        .where(CreditPolicy.client_id == client_id, CreditPolicy.since <= on)
        .order_by(CreditPolicy.since.desc(), CreditPolicy.id.desc())
        .limit(1)
    ).first()
    return None if row is None else rules_of(row)


def rules_of(row: CreditPolicy) -> CreditRules:
    """The rules a row keeps."""
    kept = row.rules
    return CreditRules(
        since=row.since,
        currency=row.currency,
        levels=tuple(
            Level(each["approver"], _decimal(each["amount"]), each["days"])
            for each in kept["levels"]
        ),
        report_from=_decimal(kept["report_from"]),
        report_months=kept["report_months"],
        review_months=kept["review_months"],
        statutory_days=kept["statutory_days"],
        note=kept["note"],
    )


def rules_kept(rules: CreditRules) -> dict[str, object]:
    """The rules as a row keeps them: amounts as plain figures."""
    return {
        "levels": [
            {"approver": each.approver.strip(), "amount": _plain(each.amount), "days": each.days}
            for each in rules.levels
        ],
        "report_from": _plain(rules.report_from),
        "report_months": rules.report_months,
        "review_months": dict(rules.review_months),
        "statutory_days": rules.statutory_days,
        "note": rules.note,
    }  # fmt: skip


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _plain(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"


def last_scores(
    session: Session, client_id: int, on: date, buyers: Collection[int] | None = None
) -> dict[int, tuple[date, str | None]]:
    """The day and grade of each buyer's newest kept score up to a day."""
    statement = (
        select(ScoreRecord.buyer_id, ScoreRecord.as_of, ScoreRecord.grade)
        .where(ScoreRecord.client_id == client_id, ScoreRecord.as_of <= on)
        .order_by(ScoreRecord.as_of, ScoreRecord.id)
    )
    if buyers is not None:
        statement = statement.where(ScoreRecord.buyer_id.in_(buyers))
    return {buyer: (as_of, grade) for buyer, as_of, grade in session.execute(statement)}


def _of(
    table: type[_Row], client_id: int, buyers: Collection[int] | None
) -> "Select[_Row]":
    statement = select(table).where(table.client_id == client_id).order_by(table.id)
    return statement if buyers is None else statement.where(table.buyer_id.in_(buyers))
