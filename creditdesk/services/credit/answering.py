"""Answers to warnings, and the stop list that follows from them (rules.md 7)."""

from datetime import date

from sqlalchemy.orm import Session

from creditdesk.db.journal import note
from creditdesk.domain.credit.answers import Answer, Answered
from creditdesk.i18n import N_
from creditdesk.models import WarningAnswer
from creditdesk.readings.credit import answered_of
from creditdesk.services.credit import judging
from creditdesk.services.credit.records import (
    mistake,
    must_have_been,
    of_buyer,
    the_buyer,
    written,
)
from creditdesk.services.credit.values import (
    AnswerReasonMissing,
    NewAnswer,
    ToldHowMissing,
    WarningNotThere,
    WatchDayMissing,
)

_CALLED = N_("Answer {number}")


def answer(session: Session, new: NewAnswer, today: date) -> int:
    """Keep what is done about a warning that holds; the answer is its number."""
    must_have_been(new.on, today)
    _refuse(new)
    buyer = the_buyer(session, new.buyer_id)
    there = {
        each.warned.kind.code: each.warned
        for each in judging.warnings(session, buyer.client_id, new.on, buyer.id)
    }
    found = there.get(new.code)
    if found is None:
        raise WarningNotThere(buyer=buyer.name, code=new.code, on=new.on)
    at, who = written(session)
    row = WarningAnswer(
        client_id=buyer.client_id,
        buyer_id=buyer.id,
        code=new.code,
        effect=found.level.effect.value,
        answer=new.answer.value,
        answered_on=new.on,
        reason=new.reason.strip(),
        until=new.until if new.answer is Answer.WATCH else None,
        lifted_by=new.lifted_by.strip(),
        way=new.way.strip(),
        document_id=new.document,
        recorded_at=at,
        who=who,
    )
    session.add(row)
    session.flush()  # the journal names it
    note(
        session, "answered", "warning_answer", row.id, client_id=row.client_id,
        after={"code": row.code, "answer": row.answer, "reason": row.reason},
    )  # fmt: skip
    return row.id


def _refuse(new: NewAnswer) -> None:
    if new.answer in {Answer.IGNORE, Answer.STOP} and not new.reason.strip():
        raise AnswerReasonMissing
    if new.answer is Answer.WATCH and (new.until is None or new.until <= new.on):
        raise WatchDayMissing(on=new.on)
    if new.answer is Answer.TELL and not new.way.strip():
        raise ToldHowMissing


def take_back(session: Session, number: int, why: str) -> None:
    """An answer was a mistake, or a stop is lifted: `why` says what lifted it."""
    mistake(session, WarningAnswer, number, why, _CALLED)


def lines(session: Session, buyer_id: int) -> tuple[Answered, ...]:
    """The answers on a buyer that stand, the newest first."""
    rows = [each for each in of_buyer(session, WarningAnswer, buyer_id) if each.voided_at is None]  # fmt: skip
    found = [answered_of(row) for row in rows]
    return tuple(sorted(found, key=lambda each: (each.on, each.id), reverse=True))
