"""The history of limit decisions: added to, never changed."""

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.errors import RecordMissing
from creditdesk.db.journal import note
from creditdesk.db.policies import APPLIED, the_policy
from creditdesk.domain.choices import LimitState
from creditdesk.domain.money import Money, is_currency
from creditdesk.models import Buyer, Client, CreditLimit, Policy
from creditdesk.services.policies.values import (
    LimitAmountWrong,
    LimitCurrencyOdd,
    LimitDatesWrong,
    LimitDecision,
    LimitLine,
)

_MOST = Decimal(10) ** 15
"""More than any insurer approves, and still a number the desk can keep."""
_WITH_AMOUNT = {LimitState.APPROVED, LimitState.INCREASED, LimitState.REDUCED}


def decide(session: Session, made: LimitDecision) -> int:
    """Add a decision; refused where its dates or amount can't be meant."""
    _check(made)
    policy = the_policy(session, made.policy_id)
    buyer = session.get(Buyer, made.buyer_id)
    if buyer is None or buyer.client_id != policy.client_id:
        raise RecordMissing(what=f"buyer {made.buyer_id}")
    database: Database = session.info["database"]
    row = CreditLimit(
        policy_id=made.policy_id,
        buyer_id=made.buyer_id,
        state=made.state,
        currency=made.amount.currency,
        amount_minor=made.amount.rounded().minor,
        requested_minor=made.requested.rounded().minor if made.requested else None,
        effective_from=made.start,
        effective_to=made.end,
        applied_on=made.applied_on,
        decided_on=made.decided_on,
        payment_method=made.payment_method,
        max_term_days=made.max_term_days,
        condition=made.condition.strip(),
        decision_no=made.decision_no.strip(),
        recorded_at=database.now(),
        who=database.who,
    )
    session.add(row)
    session.flush()  # the journal names it
    after = {
        "state": made.state,
        "amount": made.amount.plain,
        "from": made.start.isoformat(),
    }
    note(
        session,
        "decided",
        "credit_limit",
        row.id,
        client_id=policy.client_id,
        after=after,
    )
    return row.id


def history(
    session: Session, policy_id: int | None, buyer_id: int | None, client_id: int | None
) -> tuple[LimitLine, ...]:
    """The decisions, newest first."""
    statement = (
        select(CreditLimit, Policy.number, Buyer.name, Client.name)
        .join(Policy, Policy.id == CreditLimit.policy_id)
        .join(Buyer, Buyer.id == CreditLimit.buyer_id)
        .join(Client, Client.id == Policy.client_id)
        .order_by(CreditLimit.effective_from.desc(), CreditLimit.id.desc())
    )
    for column, wanted in (
        (CreditLimit.policy_id, policy_id),
        (CreditLimit.buyer_id, buyer_id),
        (Policy.client_id, client_id),
    ):
        if wanted is not None:
            statement = statement.where(column == wanted)
    return tuple(_line(*row) for row in session.execute(statement))


def applied(session: Session, policy_id: int) -> tuple[int, ...]:
    """Buyers for whom a limit was asked and not yet decided."""
    asked = select(CreditLimit.buyer_id).where(
        CreditLimit.policy_id == policy_id, CreditLimit.state == APPLIED
    )
    return tuple(session.scalars(asked.distinct()))


def _check(made: LimitDecision) -> None:
    if not is_currency(made.amount.currency):
        raise LimitCurrencyOdd(currency=made.amount.currency)
    if made.end is not None and made.end < made.start:
        raise LimitDatesWrong(start=made.start, end=made.end)
    amounts = [made.amount] if made.requested is None else [made.amount, made.requested]
    if not all(
        each.amount.is_finite() and 0 <= each.amount < _MOST for each in amounts
    ):
        raise LimitAmountWrong
    if made.state in _WITH_AMOUNT and not made.amount.rounded():
        raise LimitAmountWrong


def _line(row: CreditLimit, policy: str, buyer: str, client: str) -> LimitLine:
    requested = (
        None
        if row.requested_minor is None
        else Money.of_minor(row.requested_minor, row.currency)
    )
    return LimitLine(
        id=row.id,
        policy_id=row.policy_id,
        policy=policy,
        buyer_id=row.buyer_id,
        buyer=buyer,
        client=client,
        state=row.state,
        amount=Money.of_minor(row.amount_minor, row.currency),
        requested=requested,
        start=row.effective_from,
        end=row.effective_to,
        applied_on=row.applied_on,
        decided_on=row.decided_on,
        payment_method=row.payment_method,
        max_term_days=row.max_term_days,
        condition=row.condition,
        decision_no=row.decision_no,
        who=row.who,
    )
