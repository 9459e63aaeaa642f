"""Finds the duties there are on a day: each rule's condition has one finder, by the name in `duties.toml`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.catalog.policies import duty_rules
from creditdesk.db.touched import Scope
from creditdesk.domain.duties.duties import Finder
from creditdesk.models import Policy
from creditdesk.services.watch.debt import WatchGround, debt_of
from creditdesk.services.watch.declaring import (
    declares_anew,
    of_declarations,
    of_premium,
)
from creditdesk.services.watch.found import FoundDuty, watched
from creditdesk.services.watch.known import of_known
from creditdesk.services.watch.limit_clocks import (
    of_expiring,
    of_idle,
    of_large,
    of_waiting,
)
from creditdesk.services.watch.limitation import of_limitation
from creditdesk.services.watch.of_claims import of_claims
from creditdesk.services.watch.of_policies import of_policies
from creditdesk.services.watch.reviews import of_reviews
from creditdesk.services.watch.uninsured import of_uninsured
from creditdesk.services.watch.unpaid import of_unpaid


def _of_standing(_ground: WatchGround) -> Iterable[FoundDuty]:
    """What holds always has no day."""
    return ()


FINDERS: Mapping[Finder, Callable[[WatchGround], Iterable[FoundDuty]]] = {
    Finder.OVERDUE: of_unpaid,
    Finder.KNOWLEDGE: of_known,
    Finder.INSOLVENCY: of_known,
    Finder.EXTENSION_ASKED: of_known,
    Finder.INSURER_REQUEST: of_claims,
    Finder.CLAIM_DECISION: of_claims,
    Finder.MONEY_RECEIVED: of_claims,
    Finder.MONEY_TO_SHARE: of_claims,
    Finder.INCEPTION: of_policies,
    Finder.EXPIRY: of_policies,
    Finder.RENEWAL: of_policies,
    Finder.LIMIT_EXPIRY: of_expiring,
    Finder.DECLARATION: of_declarations,
    Finder.PREMIUM_NOTE: of_premium,
    Finder.LIMIT_WAITING: of_waiting,
    Finder.UNINSURED: of_uninsured,
    Finder.LARGE_LIMIT: of_large,
    Finder.LIMIT_IDLE: of_idle,
    Finder.LIMITATION_DEBT: of_limitation,
    Finder.LIMITATION_GUARANTEE: of_limitation,
    Finder.LIMITATION_INSURER: of_limitation,
    Finder.LIMITATION_BILL: of_limitation,
    Finder.LIMITATION_DRAWER: of_limitation,
    Finder.CREDIT_REVIEW: of_reviews,
    Finder.STANDING: _of_standing,
}


_OF_THE_WHOLE = {Finder.DECLARATION, Finder.PREMIUM_NOTE}
"""What concerns the client as a whole, and is not found for some buyers alone."""


def find(
    session: Session, scope: Scope, on: date, step: Callable[[], None]
) -> Iterator[FoundDuty]:
    """Every duty of a client on a day, as far as the scope reaches: of its buyers, and of the client as a whole."""
    policies = session.scalars(
        select(Policy)
        .where(Policy.client_id == scope.client_id)
        .order_by(Policy.period_start.desc())
    ).all()
    mine = tuple(watched(session, policy, on) for policy in policies)
    if not mine:
        return
    debt = debt_of(session, scope.client_id, on, scope.buyers, step)
    ground = WatchGround(session, scope, on, mine, debt)
    needed = {rule.finder for rule in duty_rules("")}
    for finder in dict.fromkeys(FINDERS[name] for name in FINDERS if name in needed):
        yield from finder(ground)


def is_looked_at(scope: Scope, code: str, buyer_id: int | None) -> bool:
    """Whether a duty there is lies within what `find` looks at: one it doesn't find there has lost its ground."""
    if buyer_id is not None:
        return scope.has(buyer_id)
    whole = (rule.code for rule in duty_rules("") if rule.finder in _OF_THE_WHOLE)
    return declares_anew(scope) or code not in whole
