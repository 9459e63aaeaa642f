"""How an insurer served us, from our own records: limit answers, acceptance, what it insured (rules.md 8)."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.codes import REASONS, reason_of
from creditdesk.domain.insurers.files import Service, middle
from creditdesk.i18n import Message
from creditdesk.models import CreditLimit, Invoice, InvoiceCover, LimitRequest, Policy

_OWN_ACTS = ("REDUCED", "CANCELLED", "SUSPENDED", "EXPIRED", "IDLE_WARNED")
_WAITING = ("APPLIED", "INVESTIGATING")


def service_of(session: Session, insurer: str) -> Service:
    """Over all clients and all time."""
    rows = session.execute(
        select(CreditLimit, LimitRequest)
        .join(Policy, Policy.id == CreditLimit.policy_id)
        .outerjoin(LimitRequest, LimitRequest.decision_id == CreditLimit.id)
        .where(
            Policy.insurer == insurer, CreditLimit.state.not_in((*_OWN_ACTS, "APPLIED"))
        )
    ).all()
    days, asked = [], []
    for limit, request in rows:
        applied = limit.applied_on or (request.sent_on if request else None)
        decided = limit.decided_on or limit.effective_from
        if applied is not None and decided >= applied:
            days.append((decided - applied).days)
        minor = limit.requested_minor
        if minor is None and request is not None:
            minor = request.amount_minor
        if minor is not None:
            approved = limit.temporary_minor or limit.amount_minor
            asked.append((Money.of_minor(minor, limit.currency), Money.of_minor(approved, limit.currency)))  # fmt: skip
    return Service(
        answered=len(asked),
        in_full=sum(approved >= requested for requested, approved in asked),
        waiting=_waiting(session, insurer),
        days=middle(days),
        accepted=_by_currency(asked),
        insured=_insured(session, insurer),
        reasons=_reasons(session, insurer),
    )


def _by_currency(pairs: Iterable[tuple[Money, Money]]) -> tuple[tuple[Money, Money], ...]:  # fmt: skip
    sums: dict[str, tuple[Money, Money]] = {}
    for first, second in pairs:
        code = first.currency
        known = sums.get(code, (Money.zero(code), Money.zero(code)))
        sums[code] = known[0] + first, known[1] + second
    return tuple(sums[code] for code in sorted(sums))


def _waiting(session: Session, insurer: str) -> int:
    count = (
        select(func.count(LimitRequest.id))
        .join(Policy, Policy.id == LimitRequest.policy_id)
        .where(Policy.insurer == insurer, LimitRequest.state.in_(_WAITING))
    )
    return session.scalar(count) or 0


def _insured(session: Session, insurer: str) -> tuple[tuple[Money, Money], ...]:
    """What was shipped under its policies, and what of that was insured when it left."""
    newest = select(func.max(InvoiceCover.id)).group_by(InvoiceCover.invoice_id)
    rows = session.execute(
        select(
            InvoiceCover.currency,
            func.sum(Invoice.amount_fine),
            func.sum(InvoiceCover.insured_minor),
        )
        .join(Invoice, Invoice.id == InvoiceCover.invoice_id)
        .join(Policy, Policy.id == InvoiceCover.policy_id)
        .where(
            InvoiceCover.id.in_(newest),
            Policy.insurer == insurer,
            Invoice.currency == InvoiceCover.currency,
        )
        .group_by(InvoiceCover.currency)
        .order_by(InvoiceCover.currency)
    )
    return tuple(
        (Money.of_fine(fine, code).rounded(), Money.of_minor(minor, code))
        for code, fine, minor in rows
    )


def _reasons(session: Session, insurer: str) -> tuple[tuple[Message, int], ...]:
    found = session.scalars(
        select(CreditLimit.edifact)
        .join(Policy, Policy.id == CreditLimit.policy_id)
        .where(Policy.insurer == insurer, CreditLimit.edifact != "")
    )
    told = Counter(code for code in map(reason_of, found) if code in REASONS)
    return tuple((Message(REASONS[code]), count) for code, count in told.most_common())
