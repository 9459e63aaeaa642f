"""May we still ship? What is answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.limit_states import LimitStage
from creditdesk.domain.policy.fields import PolicyField
from creditdesk.i18n import N_, Message


class Verdict(StrEnum):
    """The answer in one word. `UNKNOWN`: something is missing, and nothing is guessed."""

    YES = "YES"
    PART = "PART"
    NO = "NO"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way: a code of rules.md 3.2 or one of our own, the facts, and what lifts it."""

    code: str
    said: Message
    lifted_by: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipAnswer:
    """The answer for a buyer and a day. Amounts in policy currency; None where no policy or no limit gives one.

    `limit` is what is in force, under a decision (`decision_id`) or the client's own grounds (`ground_id`). `room` may
    still be shipped under cover; `uncovered` is open and stands under none. After `until` something ends it, and
    `until_why` says what. Of `asked` this much would be `insured`. `conditions` are to be kept; `unconfirmed` are the
    policy's values nobody checked. `used_unless_refused`, `room_unless_refused`: as far as the insurer doesn't refuse
    what is shipped although the risk is known; `used_if_declared`: once everything is declared. None: no difference.
    `differences`: where contract, invoices and limit don't say the same, or other parties stand on the papers.
    """

    buyer_id: int
    on: date
    verdict: Verdict
    policy_id: int | None = None
    policy: str = ""
    currency: str = ""
    insurer: str = ""
    version_from: date | None = None
    decision_id: int | None = None
    decision_no: str = ""
    stage: LimitStage = LimitStage.NOT_ASKED
    ground_id: int | None = None
    basis: str = ""
    evidence_date: date | None = None
    limit: Money | None = None
    used: Money | None = None
    uncovered: Money | None = None
    room: Money | None = None
    until: date | None = None
    until_why: Message | None = None
    obstacles: tuple[Obstacle, ...] = ()
    conditions: tuple[Message, ...] = ()
    unconfirmed: tuple[PolicyField, ...] = ()
    asked: Money | None = None
    insured: Money | None = None
    asked_on: date | None = None
    used_unless_refused: Money | None = None
    room_unless_refused: Money | None = None
    used_if_declared: Money | None = None
    differences: tuple[Message, ...] = ()


def otherwise(answer: ShipAnswer) -> Iterator[Message]:
    """What the figures would be if the insurer doesn't refuse, or once everything is declared."""
    if answer.room_unless_refused is not None:
        text = N_(
            "If the insurer does not refuse it because of the known risk, {room} may leave under cover."
        )
        yield Message.of(text, room=answer.room_unless_refused)
    if answer.used_unless_refused is not None:
        text = N_(
            "Of what is open {used} is covered, or {other} if the insurer does not refuse "
            "what was shipped after the risk was known."
        )
        yield Message.of(text, used=answer.used, other=answer.used_unless_refused)
    if answer.used_if_declared is not None:
        text = N_("Of what is open {used} is covered, or {other} once everything is declared.")  # fmt: skip
        yield Message.of(text, used=answer.used, other=answer.used_if_declared)
