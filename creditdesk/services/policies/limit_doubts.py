"""Limits that can be meant but are mostly slips of the pen: asked about once, taken when the answer is yes."""

from datetime import date
from itertools import groupby

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.models import Invoice, Payment, PremiumNote
from creditdesk.readings.policies import policy_on
from creditdesk.readings.premiums import premium_for_maximum
from creditdesk.services.policies.values import LimitDecision

_TIMES = 10
"""So many times the highest balance there ever was, and digits were probably added."""


class LimitFarAboveBalance(UserError):
    """Digits were probably added."""

    message = N_(
        "{amount} is {times} times the highest balance the buyer ever had, {highest}. Were digits added? "
        "If the decision says so, save it once more (on the command line: --sure)."
    )


class LimitAboveMaximum(UserError):
    """More than the policy ever pays."""

    message = N_(
        "{amount} is above the policy's maximum liability, {maximum}: more is never paid. "
        "If the decision says so, save it once more (on the command line: --sure)."
    )


def doubt(session: Session, made: LimitDecision, on: date) -> UserError | None:
    """The question a decision deserves; None: it looks right, or the person was asked already."""
    amount = max(made.amount, made.temporary or made.amount, key=lambda each: each.amount)  # fmt: skip
    if made.sure or not amount:
        return None
    highest = _highest(session, made.buyer_id, amount.currency)
    if highest and amount.amount >= _TIMES * highest.amount:
        times = int(amount.amount / highest.amount)
        return LimitFarAboveBalance(amount=amount, times=times, highest=highest)
    maximum = _maximum(session, made.policy_id, on)
    if maximum and maximum.currency == amount.currency and amount.amount > maximum.amount:  # fmt: skip
        return LimitAboveMaximum(amount=amount, maximum=maximum)
    return None


def _highest(session: Session, buyer: int, currency: str) -> Money | None:
    """The highest balance at the end of a day; None: the buyer never owed anything in this currency."""
    sign = func.iif(Invoice.kind == DocumentKind.CREDIT_NOTE, -1, 1)
    invoiced = select(
        Invoice.issued.label("day"), (sign * Invoice.amount_fine).label("fine")
    ).where(Invoice.buyer_id == buyer, Invoice.currency == currency)
    paid = select(Payment.paid_on, literal(-1) * Payment.amount_fine).where(
        Payment.buyer_id == buyer, Payment.currency == currency
    )
    moves = union_all(invoiced, paid).subquery()
    balance, highest = 0, 0
    rows = session.execute(select(moves.c.day, moves.c.fine).order_by(moves.c.day))
    for _, of_day in groupby(rows, key=lambda row: row[0]):
        balance += sum(int(fine) for _, fine in of_day)
        highest = max(highest, balance)
    return Money.of_fine(highest, currency) if highest else None


def _maximum(session: Session, policy_id: int, on: date) -> Money | None:
    """As far as the policy and its premium notes say it: a template's minimum premium is no answer."""
    there = policy_on(session, policy_id, on)
    terms = there.terms
    if terms.values.get("max_liability_basis", "AMOUNT") == "AMOUNT":
        return terms.maximum(None)
    noted = select(PremiumNote.id).where(PremiumNote.policy_id == policy_id).limit(1)
    if session.scalar(noted) is None:
        return None
    premium, _ = premium_for_maximum(session, there, on)
    return terms.maximum(premium)
