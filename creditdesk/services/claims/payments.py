"""What the insurer paid of the indemnity, part by part, in policy currency."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.errors import RecordMissing
from creditdesk.db.journal import note
from creditdesk.db.standing import WITH_VOIDED
from creditdesk.db.voids import mark, standing_row, void, voided
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import ClaimState
from creditdesk.i18n import N_
from creditdesk.models import Claim, ClaimPayment, Policy
from creditdesk.services.claims.values import (
    NothingPaid,
    NotPaidYet,
    PaidCurrencyWrong,
    PaymentLine,
)


def pay(session: Session, claim: Claim, paid: Money, on: date, remark: str) -> int:
    """A further part of the indemnity came; the answer is its number. Raises `NotPaidYet`, `NothingPaid`."""
    if ClaimState(claim.state) not in (ClaimState.PAID, ClaimState.RECOVERY):
        raise NotPaidYet
    row = add(session, claim, paid, on, remark)
    after = {"paid": paid.plain, "on": on.isoformat()}
    note(session, "paid", "claim", claim.id, client_id=claim.client_id, after=after)
    return row


def void_payment(session: Session, claim: Claim, payment: int, why: str) -> None:
    """A payment was entered by mistake."""
    row = standing_row(session, ClaimPayment, payment, N_("Payment {number}"))
    if row.claim_id != claim.id:
        raise RecordMissing(what=f"payment {payment}")
    void(session, row, why, subject="claim", number=claim.id, client=claim.client_id)
    session.flush()  # the sum is of those that stand
    _sum_up(session, claim)


def lines(session: Session, claim: Claim) -> tuple[PaymentLine, ...]:
    """What the insurer paid, the oldest first; what was voided stands among it."""
    rows = session.scalars(
        select(ClaimPayment)
        .where(ClaimPayment.claim_id == claim.id)
        .order_by(ClaimPayment.paid_on, ClaimPayment.id),
        execution_options=WITH_VOIDED,
    )
    return tuple(
        PaymentLine(
            row.id,
            row.paid_on,
            Money.of_minor(row.amount_minor, row.currency),
            row.note,
            voided(row),
        )
        for row in rows
    )


def add(session: Session, claim: Claim, paid: Money, on: date, remark: str) -> int:
    """Keep a part; the answer is its number. Raises `PaidCurrencyWrong`, `NothingPaid`."""
    database: Database = session.info["database"]
    currency = session.get_one(Policy, claim.policy_id).currency
    if paid.currency != currency:
        raise PaidCurrencyWrong(currency=currency, given=paid.currency)
    if paid.amount <= 0:
        raise NothingPaid
    row = ClaimPayment(
        claim_id=claim.id,
        paid_on=on,
        currency=currency,
        amount_minor=paid.rounded().minor,
        note=remark.strip(),
        recorded_at=database.now(),
        who=database.who,
    )
    session.add(row)
    session.flush()  # the sum is of what is there
    _sum_up(session, claim)
    return row.id


def void_all(session: Session, claim: Claim, why: str) -> None:
    """The step that said it was paid was a mistake, and so is every part."""
    for row in session.scalars(
        select(ClaimPayment).where(ClaimPayment.claim_id == claim.id)
    ):
        mark(session, row, why)
    session.flush()  # the sum is of those that stand
    _sum_up(session, claim)


def _sum_up(session: Session, claim: Claim) -> None:
    standing = session.scalars(
        select(ClaimPayment.amount_minor).where(ClaimPayment.claim_id == claim.id)
    ).all()
    claim.paid_minor = sum(standing) if standing else None
