"""The duties of claims: documents, money received, its hand-over, the assignment (domain.md 2.3 D21 to D24)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.touched import Scope
from creditdesk.domain.base.counting import Anchor
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import ClaimState, Decision
from creditdesk.domain.duties.duties import Deadline, Event
from creditdesk.models import Claim, ClaimStep, IndemnityRecord, Payment, Recovery
from creditdesk.services.watch.found import FoundDuty, Watched

HAND_OVER = "D23"
_ENDED = (ClaimState.CLOSED, ClaimState.WITHDRAWN)
_GRANTED = {Decision.APPROVED, Decision.PARTIAL, Decision.REDUCED}


def of_claims(
    session: Session, mine: Sequence[Watched], scope: Scope, on: date
) -> Iterator[FoundDuty]:
    """What every claim that goes on asks of the insured."""
    by_policy = {each.policy.id: each for each in mine}
    claims = session.scalars(
        select(Claim).where(
            Claim.client_id == scope.client_id, Claim.state.not_in(_ENDED)
        )
    ).all()
    for claim in claims:
        watched = by_policy.get(claim.policy_id)
        if watched is not None and scope.has(claim.buyer_id):
            yield from _of_steps(session, watched, claim, on)
            yield from _of_money(session, watched, claim, on)


def _of_steps(
    session: Session, watched: Watched, claim: Claim, on: date
) -> Iterator[FoundDuty]:
    """The insurer's questions until they are answered, and the assignment after a decision that pays."""
    steps = session.scalars(
        select(ClaimStep)
        .where(ClaimStep.claim_id == claim.id, ClaimStep.happened_on <= on)
        .order_by(ClaimStep.id)
    ).all()
    for place, step in enumerate(steps):
        after = steps[place + 1].happened_on if place + 1 < len(steps) else None
        facts = {Anchor.INSURER_REQUEST: step.happened_on}
        if step.state == ClaimState.QUERY:
            found = watched.duties.after(Event.INSURER_REQUEST, "", facts)
            yield from _duties(session, watched, claim, found, f"step {step.id}", after)
        if step.decision in _GRANTED:
            found = watched.duties.after(Event.CLAIM_DECISION, "", facts)
            yield from _duties(session, watched, claim, found, f"step {step.id}", after)


def _of_money(
    session: Session, watched: Watched, claim: Claim, on: date
) -> Iterator[FoundDuty]:
    """Money that came in once the claim was filed: tell the insurer, and hand over its share."""
    for subject, day, share, done in _received(session, claim, on):
        facts = {Anchor.MONEY_RECEIVED: day}
        found = [
            each
            for each in watched.duties.after(Event.MONEY_RECEIVED, "", facts)
            if each.code != HAND_OVER or share
        ]
        yield from _duties(session, watched, claim, found, subject, done, share)


_Received = tuple[str, date, Money | None, date | None]
"""What came in: its name, its day, the insurer's share where it has one, and the day that was handed over."""


def _received(session: Session, claim: Claim, on: date) -> Iterator[_Received]:
    recoveries = session.scalars(
        select(Recovery).where(
            Recovery.claim_id == claim.id,
            Recovery.withdrawn.is_(None),
            Recovery.received_on <= on,
        )
    )
    for row in recoveries:
        share = Money.of_minor(row.insurer_minor, row.currency)
        yield f"recovery {row.id}", row.received_on, share or None, row.remitted_on
    if claim.filed_on is None:
        return
    payments = select(Payment).where(
        Payment.buyer_id == claim.buyer_id,
        Payment.paid_on > claim.filed_on,
        Payment.paid_on <= on,
        Payment.amount_fine > 0,
    )
    for payment in session.scalars(payments):
        yield f"payment {payment.key}", payment.paid_on, None, None


def _duties(  # noqa: PLR0913, PLR0917 - what a duty is made of
    session: Session,
    watched: Watched,
    claim: Claim,
    found: Sequence[Deadline],
    subject: str,
    done_on: date | None,
    amount: Money | None = None,
) -> Iterator[FoundDuty]:
    for deadline in found:
        yield FoundDuty(
            policy_id=watched.policy.id,
            version_id=watched.version_id,
            client_id=claim.client_id,
            buyer_id=claim.buyer_id,
            invoice_id=None,
            deadline=replace(deadline, subject=f"claim {claim.id}/{subject}"),
            amount=amount or _expected(session, watched, claim),
            done_on=done_on,
        )


def _expected(session: Session, watched: Watched, claim: Claim) -> Money:
    """The indemnity that is at stake: what was paid, or what was last computed."""
    if claim.paid_minor is not None:
        return Money.of_minor(claim.paid_minor, watched.policy.currency)
    record = session.scalars(
        select(IndemnityRecord)
        .where(IndemnityRecord.claim_id == claim.id)
        .order_by(IndemnityRecord.id.desc())
        .limit(1)
    ).first()
    if record is None:
        return Money.zero(watched.policy.currency)
    return Money.of_minor(record.amount_minor, record.currency)
