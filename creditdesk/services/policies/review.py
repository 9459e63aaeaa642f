"""The contract review: what was asked of a policy's terms, what was found, and what is still to be asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.catalog.contract_review import contract_review
from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.db.policies import policy_on
from creditdesk.domain.contract_review import (
    Answered,
    ReviewedItem,
    ReviewState,
    reviewed,
)
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.models import ReviewAnswer


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

    def answer_question(  # noqa: PLR0913 - an answer with its remark and days
        self,
        policy_id: int,
        code: str,
        state: ReviewState,
        today: date,
        *,
        remark: str = "",
        on: date | None = None,
    ) -> None:
        """Add an answer, given on the terms in force on a day (`on` None: today); earlier ones stay."""
        item = contract_review().item(code)
        if item is None:
            raise ReviewQuestionUnknown(code=code)
        with self._db.write() as session:
            there = policy_on(session, policy_id, on or today)
            before = _newest(session, policy_id).get(code)
            session.add(
                ReviewAnswer(
                    policy_id=policy_id, version_id=there.version_id, item=code, state=state.value,
                    remark=remark.strip(), seen={key: there.texts.get(key, "") for key in item.fields},
                    answered_on=today, recorded_at=self._db.now(), who=self._db.who,
                )
            )  # fmt: skip
            note(
                session, "reviewed", "policy", policy_id, client_id=there.policy.client_id,
                before={"item": code, "state": before.state.value, "remark": before.remark} if before else None,
                after={"item": code, "state": state.value, "remark": remark.strip()},
            )  # fmt: skip


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
