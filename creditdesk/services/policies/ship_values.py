"""May we still ship? What is answered."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.limit_states import LimitStage
from creditdesk.domain.policy.fields import PolicyField
from creditdesk.i18n import Message


class Verdict(StrEnum):
    """The answer in one word. `UNKNOWN`: something is missing, and nothing is guessed."""

    YES = "YES"
    PART = "PART"
    NO = "NO"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way: a code of rules.md 3.2 (or FULL, NO_POLICY, NO_RATE), the facts, and what lifts it."""

    code: str
    said: Message
    lifted_by: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipAnswer:
    """The answer for a buyer and a day. Amounts in policy currency; None where no policy or no limit gives one.

    `limit` is what is in force, under a decision (`decision_id`) or the client's own grounds (`ground_id`). `room` may
    still be shipped under cover; `uncovered` is open and stands under none. After `until` something ends it, and
    `until_why` says what. Of `asked` this much would be `insured`. `conditions` are to be kept; `unconfirmed` are the
    policy's values nobody checked.
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
