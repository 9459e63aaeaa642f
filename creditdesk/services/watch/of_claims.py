"""The duties of claims: documents, money received, its hand-over, the assignment (rules.md 2.3 D21 to D24)."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.counting import Anchor
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import ClaimState, Decision
from creditdesk.domain.duties.duties import Deadline, Finder
from creditdesk.domain.ledger.documents import CreditKind
from creditdesk.models import (
    Claim,
    ClaimQuestion,
    IndemnityRecord,
    Payment,
    Recovery,
)
from creditdesk.readings.claim_steps import standing_steps
from creditdesk.services.watch.debt import WatchGround
from creditdesk.services.watch.found import FoundDuty, Watched

_ENDED = (ClaimState.CLOSED, ClaimState.WITHDRAWN)
_GRANTED = {Decision.APPROVED, Decision.PARTIAL, Decision.REDUCED}


def of_claims(ground: WatchGround) -> Iterator[FoundDuty]:
    """What every claim that goes on asks of the insured."""
    by_policy = {each.policy.id: each for each in ground.policies}
    claims = ground.session.scalars(
        select(Claim).where(
            Claim.client_id == ground.scope.client_id, Claim.state.not_in(_ENDED)
        )
    ).all()
    for claim in claims:
        watched = by_policy.get(claim.policy_id)
        if watched is not None and ground.scope.has(claim.buyer_id):
            yield from _of_steps(ground, watched, claim)
            yield from _of_questions(ground, watched, claim)
            yield from _of_money(ground, watched, claim)


def _of_questions(
    ground: WatchGround, watched: Watched, claim: Claim
) -> Iterator[FoundDuty]:
    """Each question of the insurer until it is answered; the day it gave goes before the usual one."""
    questions = ground.session.scalars(
        select(ClaimQuestion)
        .where(ClaimQuestion.claim_id == claim.id, ClaimQuestion.asked_on <= ground.on)
        .order_by(ClaimQuestion.id)
    )
    for row in questions:
        subject = f"claim {claim.id}/question {row.id}"
        facts = {Anchor.INSURER_REQUEST: row.asked_on}
        amount = _expected(ground.session, watched, claim)
        for usual in watched.duties.after(Finder.INSURER_REQUEST, subject, facts):
            deadline = watched.duties.by(usual, row.due_on) if row.due_on else usual
            yield watched.found(
                deadline, amount, buyer=claim.buyer_id, done_on=row.answered_on
            )


def _of_steps(
    ground: WatchGround, watched: Watched, claim: Claim
) -> Iterator[FoundDuty]:
    """The insurer's questions until they are answered, and the assignment after a decision that pays."""
    steps = [
        step
        for step in standing_steps(ground.session, claim.id)
        if step.happened_on <= ground.on
    ]
    for place, step in enumerate(steps):
        after = steps[place + 1].happened_on if place + 1 < len(steps) else None
        facts = {Anchor.INSURER_REQUEST: step.happened_on}
        subject = f"claim {claim.id}/step {step.id}"
        found: list[Deadline] = []
        if step.state == ClaimState.QUERY and not _asked(ground.session, claim):
            found += watched.duties.after(Finder.INSURER_REQUEST, subject, facts)
        if step.decision in _GRANTED:
            found += watched.duties.after(Finder.CLAIM_DECISION, subject, facts)
        for deadline in found:
            amount = _expected(ground.session, watched, claim)
            yield watched.found(deadline, amount, buyer=claim.buyer_id, done_on=after)


def _asked(session: Session, claim: Claim) -> bool:
    """Whether what the insurer asks is kept question by question: then each is a duty of its own."""
    mine = select(ClaimQuestion.id).where(ClaimQuestion.claim_id == claim.id).limit(1)
    return session.scalar(mine) is not None


def _of_money(
    ground: WatchGround, watched: Watched, claim: Claim
) -> Iterator[FoundDuty]:
    """Money that came in once the claim was filed: tell the insurer, and hand over its share."""
    for name, day, share, done in _received(ground.session, claim, ground.on):
        facts = {Anchor.MONEY_RECEIVED: day}
        subject = f"claim {claim.id}/{name}"
        found = [*watched.duties.after(Finder.MONEY_RECEIVED, subject, facts)]
        if share:
            found += watched.duties.after(Finder.MONEY_TO_SHARE, subject, facts)
        for deadline in found:
            amount = share or _expected(ground.session, watched, claim)
            yield watched.found(deadline, amount, buyer=claim.buyer_id, done_on=done)


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
        # An adjustment brings no money that the insurer would have a share of.
        Payment.kind == CreditKind.RECEIPT.value,
    )
    for payment in session.scalars(payments):
        yield f"payment {payment.key}", payment.paid_on, None, None


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
