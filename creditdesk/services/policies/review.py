"""The contract review: what was asked of a policy's terms, what was found, and what is still to be asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.catalog.contract_review import contract_review
from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.domain.policy.contract_review import (
    Answered,
    ReviewedItem,
    ReviewState,
    reviewed,
)
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.models import ReviewAnswer
from creditdesk.readings.policies import policy_on


class ReviewQuestionUnknown(UserError):
    """The checklist has no such question."""

    message = N_("The contract review has no question {code}.")


@dataclass(frozen=True, slots=True)
class ContractReview:
    """The review of the terms in force on a day. `waiting` counts what somebody has to look at."""

    policy_id: int
    on: date
    items: tuple[ReviewedItem, ...]

    @property
    def to_ask(self) -> tuple[ReviewedItem, ...]:
        """What the insurer has to be asked."""
        return tuple(each for each in self.items if each.state is ReviewState.ASK)


class PolicyReviews:
    """What the policies service does for the contract review."""

    _db: Database

    def contract_review(self, policy_id: int, on: date) -> ContractReview:
        """Every question as it stands on the terms in force on a day. Raises `RecordMissing`."""
        with self._db.read() as session:
            there, answers = policy_on(session, policy_id, on), _newest(session, policy_id)  # fmt: skip
            items = contract_review().items
            found = reviewed(items, there.texts, there.confirmed, answers)
            return ContractReview(policy_id, on, found)

    def answer_question(
        self,
        policy_id: int,
        code: str,
        state: ReviewState,
        today: date,
        *,
        remark: str = "",
    ) -> None:
        """Add an answer, given on the terms in force today; earlier ones stay. Raises `ReviewQuestionUnknown`."""
        item = contract_review().item(code)
        if item is None:
            raise ReviewQuestionUnknown(code=code)
        with self._db.write() as session:
            texts = policy_on(session, policy_id, today).texts
            seen = {key: texts.get(key, "") for key in item.fields}
            self._add(session, policy_id, code, Answered(state, remark, today, self._db.who, seen))  # fmt: skip

    def remark_question(
        self, policy_id: int, code: str, remark: str, today: date
    ) -> None:
        """Add a remark and leave the answer as it is, with the values it was given on."""
        if contract_review().item(code) is None:
            raise ReviewQuestionUnknown(code=code)
        with self._db.write() as session:
            before = _newest(session, policy_id).get(code)
            state = before.state if before else ReviewState.OPEN
            seen = before.seen if before else {}
            self._add(session, policy_id, code, Answered(state, remark, today, self._db.who, seen))  # fmt: skip

    def _add(
        self, session: Session, policy_id: int, code: str, answer: Answered
    ) -> None:
        there = policy_on(session, policy_id, answer.on)
        before = _newest(session, policy_id).get(code)
        session.add(
            ReviewAnswer(
                policy_id=policy_id, version_id=there.version_id, item=code, state=answer.state.value,
                remark=answer.remark.strip(), seen=dict(answer.seen), answered_on=answer.on,
                recorded_at=self._db.now(), who=answer.who,
            )
        )  # fmt: skip
        note(
            session, "reviewed", "policy", policy_id, client_id=there.policy.client_id,
            before=_told(code, before) if before else None, after=_told(code, answer),
        )  # fmt: skip


def _told(code: str, answer: Answered) -> dict[str, str]:
    return {"item": code, "state": answer.state.value, "remark": answer.remark.strip()}


def _newest(session: Session, policy_id: int) -> Mapping[str, Answered]:
    rows = session.scalars(
        select(ReviewAnswer)
        .where(ReviewAnswer.policy_id == policy_id)
        .order_by(ReviewAnswer.id)
    )
    return {
        row.item: Answered(
            ReviewState(row.state), row.remark, row.answered_on, row.who, row.seen
        )
        for row in rows
    }
