"""Requests about limits as lists: what was sent, and what the insurers have not answered."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.codes import RequestKind
from creditdesk.domain.cover.limit_states import LimitStage
from creditdesk.models import Buyer, Client, CreditLimit, LimitRequest, Policy
from creditdesk.readings.policies import waiting_applications
from creditdesk.services.policies.request_values import RequestLine

OPEN = (LimitStage.APPLIED.value, LimitStage.INVESTIGATING.value)


def lines(
    session: Session,
    *,
    policy_id: int | None = None,
    buyer_id: int | None = None,
    client_id: int | None = None,
    open_only: bool = False,
) -> tuple[RequestLine, ...]:
    """The requests that were sent, newest first."""
    statement = _lines().order_by(LimitRequest.sent_on.desc(), LimitRequest.id.desc())
    for column, wanted in (
        (LimitRequest.policy_id, policy_id),
        (LimitRequest.buyer_id, buyer_id),
        (Policy.client_id, client_id),
    ):
        if wanted is not None:
            statement = statement.where(column == wanted)
    if open_only:
        statement = statement.where(LimitRequest.state.in_(OPEN))
    return tuple(_line(*row) for row in session.execute(statement))


def waiting(
    session: Session, on: date, client_id: int | None
) -> tuple[RequestLine, ...]:
    """What the insurers have not answered by a day, oldest first; applications entered by hand among them."""
    sent = lines(session, client_id=client_id, open_only=True)
    by_hand = _by_hand(session, on, client_id)
    found = (*(line for line in sent if line.sent_on <= on), *by_hand)
    return tuple(sorted(found, key=lambda line: (line.sent_on, line.buyer)))


def _by_hand(
    session: Session, on: date, client_id: int | None
) -> Iterator[RequestLine]:
    for row in waiting_applications(session, on, client_id=client_id):
        policy = session.get_one(Policy, row.policy_id)
        client = session.get_one(Client, policy.client_id).name
        buyer = session.get_one(Buyer, row.buyer_id).name
        yield _entered(row, policy, client, buyer)


def _entered(row: CreditLimit, policy: Policy, client: str, buyer: str) -> RequestLine:
    increase = row.stage == LimitStage.INCREASE_APPLIED
    minor = row.requested_minor
    return RequestLine(
        id=None,
        policy_id=policy.id,
        policy=policy.number,
        client_id=policy.client_id,
        client=client,
        buyer_id=row.buyer_id,
        buyer=buyer,
        kind=RequestKind.INCREASE if increase else RequestKind.NEW,
        amount=Money.of_minor(minor, row.currency) if minor else None,
        payment_method=row.payment_method,
        max_term_days=row.max_term_days,
        sent_on=row.applied_on or row.effective_from,
        state=row.stage if row.stage in OPEN else LimitStage.APPLIED,
    )


def _lines() -> Select[LimitRequest, Policy, str, str]:
    return (
        select(LimitRequest, Policy, Client.name, Buyer.name)
        .join(Policy, Policy.id == LimitRequest.policy_id)
        .join(Client, Client.id == Policy.client_id)
        .join(Buyer, Buyer.id == LimitRequest.buyer_id)
    )


def _line(row: LimitRequest, policy: Policy, client: str, buyer: str) -> RequestLine:
    minor = row.amount_minor
    return RequestLine(
        id=row.id,
        policy_id=row.policy_id,
        policy=policy.number,
        client_id=policy.client_id,
        client=client,
        buyer_id=row.buyer_id,
        buyer=buyer,
        kind=RequestKind(row.kind),
        amount=None if minor is None else Money.of_minor(minor, row.currency),
        payment_method=row.payment_method,
        max_term_days=row.max_term_days,
        wanted_from=row.wanted_from,
        reason=row.reason,
        sent_on=row.sent_on,
        way=row.way,
        state=row.state,
        answer=row.answer,
        answered_on=row.answered_on,
        decision_id=row.decision_id,
        receipt_id=row.receipt_id,
    )
