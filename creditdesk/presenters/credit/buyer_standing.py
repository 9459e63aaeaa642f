"""The figures of a credit file on a day, read in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from creditdesk.domain.cover.trade_terms import TradeTerms
from creditdesk.domain.duties.duties import OVERDUE_NOTICE
from creditdesk.domain.ledger.aging import AgingFigures
from creditdesk.presenters.credit.credit_reading import CreditRead, read_credit
from creditdesk.services.buyers import BuyerId, Relative
from creditdesk.services.policies import (
    GroundLine,
    KeptCover,
    LimitLine,
    LimitNow,
    OwnLimit,
    PolicyId,
    RequestLine,
)
from creditdesk.services.watch import DutyLine, NoticeLine
from creditdesk.workspace import Desk


@dataclass(frozen=True, slots=True)
class BuyerStanding:
    """The figures of a credit file on a day. `late`: days the oldest debt is overdue, None where none is.

    `limit_history` and `notices` hold what was voided too. `relatives`: related buyers with what they owe, by currency.
    """

    figures: Mapping[str, AgingFigures] = field(default_factory=dict)
    late: int | None = None
    limit: LimitNow | None = None
    limits: tuple[LimitLine, ...] = ()
    limit_history: tuple[LimitLine, ...] = ()
    notice_days: int = 0
    duties: tuple[DutyLine, ...] = ()
    notices: tuple[NoticeLine, ...] = ()
    policy: int | None = None
    running: int | None = None
    own: OwnLimit | None = None
    covers: Mapping[int, KeptCover] = field(default_factory=dict)
    requests: tuple[RequestLine, ...] = ()
    grounds: tuple[GroundLine, ...] = ()
    credit: CreditRead | None = None
    terms: TradeTerms | None = None
    relatives: tuple[tuple[Relative, Mapping[str, AgingFigures]], ...] = ()


def read_standing(desk: Desk, buyer: BuyerId, client: int, on: date) -> BuyerStanding:
    """The figures of a credit file on a day."""
    report = desk.ledger.balances(on, client_id=client, buyer_id=buyer)
    limit = desk.policies.limits_now(on, client).get(buyer)
    history = desk.policies.limit_history(buyer_id=buyer)
    limits = tuple(each for each in history if each.voided is None)
    duties = desk.watch.duties_of(buyer_id=buyer)
    notice = [duty.policy_id for duty in duties if duty.code == OVERDUE_NOTICE]
    running = desk.policies.in_force(client, on)
    policy = next(iter((*notice, *([limit.policy_id] if limit else []), *running)), None)  # fmt: skip
    related = desk.buyers.relatives(buyer)
    return BuyerStanding(
        figures=report.aging.by_buyer.get(buyer, {}),
        late=report.late.get(buyer),
        limit=limit,
        limits=limits,
        limit_history=history,
        notice_days=_notice_days(desk, limits, on),
        duties=duties,
        notices=desk.watch.notice_history(buyer_id=buyer),
        policy=policy,
        running=running[0] if running else None,
        own=desk.policies.own_limits(on, client).get(buyer),
        covers=desk.policies.covers(buyer, on),
        requests=desk.policies.requests(buyer_id=buyer),
        grounds=desk.policies.grounds(buyer),
        credit=read_credit(desk, buyer, client, on),
        terms=desk.policies.trade_terms(buyer, on),
        relatives=tuple((each, _owed(desk, each.id, client, on)) for each in related),
    )


def _owed(desk: Desk, buyer: int, client: int, on: date) -> Mapping[str, AgingFigures]:
    """What a related buyer owes, by currency."""
    report = desk.ledger.balances(on, client_id=client, buyer_id=buyer)
    return report.aging.by_buyer.get(BuyerId(buyer), {})


def _notice_days(desk: Desk, limits: Sequence[LimitLine], on: date) -> int:
    """How long a cut waits under the newest decision's policy."""
    if not limits:
        return 0
    file = desk.policies.file(PolicyId(limits[0].policy_id), on)
    texts = {each.field.key: each.text for each in file.schedule}
    return int(texts["cancel_notice_days"] or 0)
