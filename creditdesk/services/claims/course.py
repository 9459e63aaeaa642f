"""The course of a claim: each step once it happened, with what the insurer decided and why a claim was closed."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.db.voids import reason_given
from creditdesk.domain.base.money import Money
from creditdesk.domain.base.voiding import Voided
from creditdesk.domain.claim.claims import (
    CLAIM_STATE_TITLES,
    NEXT,
    ClaimState,
    Decision,
)
from creditdesk.i18n import Message
from creditdesk.models import Claim, ClaimStep, Policy
from creditdesk.readings.claim_steps import all_steps, standing_steps
from creditdesk.services.claims.payments import add, void_all
from creditdesk.services.claims.recoveries import to_hand_over
from creditdesk.services.claims.values import (
    ClosingUnexplained,
    DecisionMissing,
    LossToCome,
    NotHandedOver,
    NothingToTakeBack,
    PaidCurrencyWrong,
    ReductionWrong,
    Ruling,
    StateOutOfOrder,
    StepLine,
    StepTaken,
)

_ALL = Decimal(100)
_BEFORE = ClaimState.PREPARATION
"""Where a claim stands before its first step."""


def advance(session: Session, claim: Claim, step: StepTaken) -> None:
    """The claim goes on; raises `StateOutOfOrder` with where it may go."""
    before = ClaimState(claim.state)
    _check_order(before, step.state)
    _check(session, claim, step)
    claim.state = step.state.value
    _note_day(session, claim, step)
    session.add(_row(session, claim, step))
    note(
        session, "advanced", "claim", claim.id,
        client_id=claim.client_id,
        before={"state": before.value},
        after={
            "state": step.state.value, "on": step.on.isoformat(),
            "paid": step.paid.plain if step.paid else None, "reason": step.reason,
        },
    )  # fmt: skip


def steps(session: Session, claim: Claim) -> tuple[StepLine, ...]:
    """The steps taken, the oldest first; those taken back stand among them."""
    rows = all_steps(session, claim.id)
    gone = {row.takes_back: row for row in rows}
    return tuple(_line(row, gone.get(row.id)) for row in rows if row.takes_back is None)


def _line(row: ClaimStep, taken_back: ClaimStep | None) -> StepLine:
    return StepLine(
        ClaimState(row.state),
        row.happened_on,
        row.decision,
        row.reduction_pct,
        row.reason,
        row.who,
        row.document_id,
        Voided(taken_back.recorded_at, taken_back.who, taken_back.reason)
        if taken_back
        else None,
    )


def advance_payment(session: Session, claim: Claim, paid: Money, on: date) -> None:
    """What the insurer has paid in advance so far, in all; it comes off the indemnity. Nothing takes it back."""
    currency = session.get_one(Policy, claim.policy_id).currency
    if paid.currency != currency:
        raise PaidCurrencyWrong(currency=currency, given=paid.currency)
    before = provisional_of(session, claim)
    claim.provisional_minor = paid.rounded().minor or None
    claim.provisional_on = on if claim.provisional_minor else None
    note(
        session, "provisional", "claim", claim.id,
        client_id=claim.client_id,
        before={"paid": before.plain if before else None},
        after={"paid": paid.plain, "on": on.isoformat()},
    )  # fmt: skip


def provisional_of(session: Session, claim: Claim) -> Money | None:
    """What the insurer paid in advance; None: nothing."""
    if claim.provisional_minor is None:
        return None
    currency = session.get_one(Policy, claim.policy_id).currency
    return Money.of_minor(claim.provisional_minor, currency)


def reduction(session: Session, claim: Claim) -> Decimal:
    """By how many per cent the insurer reduced the indemnity; the last decision counts."""
    decided = [
        each for each in steps(session, claim) if each.decision and not each.voided
    ]
    return Decimal(decided[-1].reduction_pct or 0) if decided else Decimal(0)


def _check_order(now: ClaimState, after: ClaimState) -> None:
    if after in NEXT[now]:
        return
    possible = tuple(
        Message(CLAIM_STATE_TITLES[each]) for each in ClaimState if each in NEXT[now]
    )
    raise StateOutOfOrder(now=Message(CLAIM_STATE_TITLES[now]), possible=possible)


def _check(session: Session, claim: Claim, step: StepTaken) -> None:
    if step.state is ClaimState.FILED and step.on < claim.date_of_loss:
        raise LossToCome(on=claim.date_of_loss)
    if step.state is ClaimState.DECIDED:
        _check_ruling(step.ruling, step.reason)
    if step.state is ClaimState.CLOSED:
        waiting = to_hand_over(session, claim)
        if waiting:
            raise NotHandedOver(amount=waiting[0])
        if not step.reason.strip():
            raise ClosingUnexplained


def _check_ruling(ruling: Ruling | None, reason: str) -> None:
    if ruling is None:
        raise DecisionMissing
    pct = ruling.reduction_pct or Decimal(0)
    reduced = ruling.decision is Decision.REDUCED
    if pct and not (reduced and 0 < pct <= _ALL and reason.strip()):
        raise ReductionWrong(pct=pct)


def _row(session: Session, claim: Claim, step: StepTaken) -> ClaimStep:
    database: Database = session.info["database"]
    ruling = step.ruling
    pct = ruling.reduction_pct if ruling else None
    return ClaimStep(
        claim_id=claim.id,
        state=step.state.value,
        happened_on=step.on,
        decision=ruling.decision.value if ruling else "",
        reduction_pct="" if pct is None else str(pct),
        reason=step.reason.strip(),
        document_id=step.document,
        recorded_at=database.now(),
        who=database.who,
    )


def _note_day(session: Session, claim: Claim, step: StepTaken) -> None:
    if step.state is ClaimState.FILED:
        claim.filed_on = step.on
    elif step.state is ClaimState.DECIDED:
        claim.decided_on = step.on
    elif step.state is ClaimState.PAID:
        _note_paid(session, claim, step.on, step.paid)


def _note_paid(session: Session, claim: Claim, on: date, paid: Money | None) -> None:
    claim.paid_on = on
    if paid is not None:
        add(session, claim, paid, on, "")


def take_back(session: Session, claim: Claim, why: str) -> None:
    """The last step was entered by mistake: the claim stands where it stood before. Raises `NothingToTakeBack`."""
    database: Database = session.info["database"]
    standing = standing_steps(session, claim.id)
    if not standing:
        raise NothingToTakeBack
    last, reason = standing[-1], reason_given(why)
    claim.state = standing[-2].state if len(standing) > 1 else _BEFORE.value
    session.add(
        ClaimStep(
            claim_id=claim.id,
            state=claim.state,
            happened_on=last.happened_on,
            reason=reason,
            takes_back=last.id,
            recorded_at=database.now(),
            who=database.who,
        )
    )
    _forget_day(session, claim, standing, reason)
    note(
        session, "voided", "claim", claim.id,
        client_id=claim.client_id,
        before={"state": last.state}, after={"state": claim.state, "reason": reason},
    )  # fmt: skip


def _forget_day(
    session: Session, claim: Claim, standing: Sequence[ClaimStep], why: str
) -> None:
    taken = ClaimState(standing[-1].state)
    if taken is ClaimState.FILED:
        claim.filed_on = None
    elif taken is ClaimState.DECIDED:
        earlier = [row for row in standing[:-1] if row.state == ClaimState.DECIDED]
        claim.decided_on = earlier[-1].happened_on if earlier else None
    elif taken is ClaimState.PAID:
        claim.paid_on = None
        void_all(session, claim, why)
