"""Buyers who owe under a policy without any decision on a limit, and the annexes of large applications (D02, D03)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.counting import Anchor
from creditdesk.domain.base.money import Money
from creditdesk.domain.duties.duties import APPLY_FOR_LIMIT, LARGE_LIMIT
from creditdesk.models import DiscretionaryGround, LimitRequest
from creditdesk.readings.policies import limits_by_buyer, waiting_applications
from creditdesk.services.watch.debt import Debt, Unpaid
from creditdesk.services.watch.found import FoundDuty, Watched


def of_uninsured(
    session: Session, watched: Watched, debt: Debt, on: date
) -> Iterator[FoundDuty]:
    """One duty a currency for all buyers without a limit: a ledger may hold hundreds of them."""
    if not watched.runs(on):
        return
    decided = _decided(session, watched, on)
    without: dict[str, list[Unpaid]] = {}
    for row in debt.rows:
        shipped = debt.shipped.get(row.id) or row.issued
        uninsured = row.buyer not in decided and watched.runs(shipped)
        if uninsured and not _small(watched, debt, row):
            without.setdefault(row.open.currency, []).append(row)
    for currency, rows in without.items():
        first = min(debt.shipped.get(row.id) or row.issued for row in rows)
        total = Money.total((row.open for row in rows), currency)
        subject = f"buyers without a limit/{currency}"
        since = _Since(Anchor.SHIPMENT, first)
        yield from _found(watched, APPLY_FOR_LIMIT, subject, since, total)


def of_large(session: Session, watched: Watched, on: date) -> Iterator[FoundDuty]:
    """Applications above the amount from which the insurer wants annexes."""
    large = watched.duties.terms.large_limit
    if large is None or not watched.runs(on):
        return
    asked = select(LimitRequest).where(
        LimitRequest.policy_id == watched.policy.id,
        LimitRequest.currency == large.currency,
        LimitRequest.amount_minor > large.minor,
        LimitRequest.answered_on.is_(None),
        LimitRequest.sent_on <= on,
    )
    for row in session.scalars(asked):
        amount = Money.of_minor(row.amount_minor or 0, row.currency)
        subject = f"request {row.id}"
        since = _Since(Anchor.LIMIT_APPLIED, row.sent_on, row.buyer_id)
        yield from _found(watched, LARGE_LIMIT, subject, since, amount)


def _decided(session: Session, watched: Watched, on: date) -> set[int]:
    """Buyers with a decision, an application under way, or grounds for a limit of the insured's own."""
    policy = watched.policy.id
    asked = session.scalars(
        select(LimitRequest.buyer_id).where(LimitRequest.policy_id == policy)
    )
    grounds = session.scalars(
        select(DiscretionaryGround.buyer_id).where(
            DiscretionaryGround.policy_id == policy
        )
    )
    waiting = (each.buyer_id for each in waiting_applications(session, on, policy_id=policy))  # fmt: skip
    return {*limits_by_buyer(session, policy), *asked, *grounds, *waiting}


def _small(watched: Watched, debt: Debt, row: Unpaid) -> bool:
    """Within what the policy lets the insured decide by itself."""
    own = watched.duties.terms.dcl_amount
    return (
        own is not None
        and own.currency == row.open.currency
        and debt.open[row.buyer, row.open.currency].amount <= own.amount
    )


@dataclass(frozen=True, slots=True)
class _Since:
    """The fact a duty runs from, and the buyer it is about."""

    anchor: Anchor
    day: date
    buyer: int | None = None


def _found(
    watched: Watched, code: str, subject: str, since: _Since, amount: Money
) -> Iterator[FoundDuty]:
    rule = next((each for each in watched.duties.rules if each.code == code), None)
    facts = {since.anchor: since.day}
    deadline = watched.duties.deadline(rule, subject, facts) if rule else None
    if deadline is not None:
        yield FoundDuty(
            policy_id=watched.policy.id,
            version_id=watched.version_id,
            client_id=watched.policy.client_id,
            buyer_id=since.buyer,
            invoice_id=None,
            deadline=deadline,
            amount=amount,
            done_on=None,
        )
