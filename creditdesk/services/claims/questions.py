"""What the insurer asks in the course of a claim, and what was answered (rules.md 5.2)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.errors import RecordMissing
from creditdesk.db.journal import note
from creditdesk.db.standing import WITH_VOIDED
from creditdesk.db.voids import standing_row, void, voided
from creditdesk.i18n import N_
from creditdesk.models import Claim, ClaimQuestion
from creditdesk.services.claims.values import (
    AnsweredBeforeAsked,
    AnswerEmpty,
    DueBeforeAsked,
    GivenAnswer,
    NewQuestion,
    QuestionEmpty,
    QuestionLine,
)


def ask(session: Session, claim: Claim, new: NewQuestion) -> int:
    """Keep a question of the insurer; the answer is its number. Raises `QuestionEmpty`, `DueBeforeAsked`."""
    database: Database = session.info["database"]
    if not new.text.strip():
        raise QuestionEmpty
    if new.due_on and new.due_on < new.asked_on:
        raise DueBeforeAsked(due=new.due_on, asked=new.asked_on)
    row = ClaimQuestion(
        claim_id=claim.id,
        asked_on=new.asked_on,
        text=new.text.strip(),
        item=new.item,
        due_on=new.due_on,
        recorded_at=database.now(),
        who=database.who,
    )
    session.add(row)
    session.flush()  # the journal needs its number
    after = {"question": row.text, "due": new.due_on.isoformat() if new.due_on else None}  # fmt: skip
    note(session, "asked", "claim", claim.id, client_id=claim.client_id, after=after)
    return row.id


def answer(session: Session, claim: Claim, question: int, given: GivenAnswer) -> None:
    """A question was answered, in words or with a paper. Raises `AnswerEmpty`, `AnsweredBeforeAsked`."""
    row = _the_question(session, claim, question)
    if not given.text.strip() and given.document is None:
        raise AnswerEmpty
    if given.on < row.asked_on:
        raise AnsweredBeforeAsked(on=given.on, asked=row.asked_on)
    before = {"answer": row.answer}
    row.answered_on, row.answer, row.document_id = given.on, given.text.strip(), given.document  # fmt: skip
    note(
        session, "answered", "claim", claim.id, client_id=claim.client_id,
        before=before, after={"question": row.text, "answer": row.answer, "on": given.on.isoformat()},
    )  # fmt: skip


def void_question(session: Session, claim: Claim, question: int, why: str) -> None:
    """A question was entered by mistake."""
    _the_question(session, claim, question)
    row = standing_row(session, ClaimQuestion, question, N_("Question {number}"))
    void(session, row, why, subject="claim", number=claim.id, client=claim.client_id)


def lines(session: Session, claim: Claim) -> tuple[QuestionLine, ...]:
    """The questions, the oldest first; those voided stand among them."""
    rows = session.scalars(
        select(ClaimQuestion)
        .where(ClaimQuestion.claim_id == claim.id)
        .order_by(ClaimQuestion.asked_on, ClaimQuestion.id),
        execution_options=WITH_VOIDED,
    )
    return tuple(
        QuestionLine(
            row.id, row.asked_on, row.text, row.item, row.due_on, row.answered_on, row.answer,
            row.document_id, voided(row),
        )
        for row in rows
    )  # fmt: skip


def _the_question(session: Session, claim: Claim, question: int) -> ClaimQuestion:
    row = session.get(ClaimQuestion, question, execution_options=WITH_VOIDED)
    if row is None or row.claim_id != claim.id:
        raise RecordMissing(what=f"question {question}")
    return row
