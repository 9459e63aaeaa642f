"""Buyers who owe under a policy without any decision on a limit, and the annexes of large applications (D02, D03)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select, union
from sqlalchemy.orm import Session

from creditdesk.db.touched import Scope
from creditdesk.domain.base.counting import Anchor
from creditdesk.domain.base.money import Money
from creditdesk.domain.duties.duties import APPLY_FOR_LIMIT, LARGE_LIMIT
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.models import Invoice, LimitRequest, Payment
from creditdesk.readings.policies import waiting_applications
from creditdesk.services.watch.debt import Debt, debt_of
from creditdesk.services.watch.found import FoundDuty, Watched


def of_uninsured(
    session: Session, mine: Sequence[Watched], scope: Scope, on: date
) -> Iterator[FoundDuty]:
    """One duty a currency for all buyers without a limit: a ledger may hold hundreds of them."""
    for watched in mine:
        if not watched.runs(on):
            continue
        decided = _decided(session, watched, on)
        owing: dict[str, list[_Owing]] = {}
        for each in _owing(session, watched, scope.client_id, on):
            if each.buyer not in decided and not _small(watched, each):
                owing.setdefault(each.insurable.currency, []).append(each)
        for currency, debts in sorted(owing.items()):
            subject = f"buyers without a limit/{currency}"
            since = _Since(Anchor.SHIPMENT, min(each.first for each in debts))
            total = Money.total((each.insurable for each in debts), currency)
            yield from _found(watched, APPLY_FOR_LIMIT, subject, since, total)


@dataclass(frozen=True, slots=True)
class _Owing:
    """What a buyer owes in one currency, what of it was shipped while the policy ran, and the first day of that."""

    buyer: int
    open: Money
    insurable: Money
    first: date


def _owing(
    session: Session, watched: Watched, client_id: int, on: date
) -> Iterator[_Owing]:
    """By what the desk keeps as open; where something is dated after the day, by what was known on it."""
    later = set(
        session.scalars(
            union(
                select(Invoice.buyer_id).where(
                    Invoice.client_id == client_id, Invoice.issued > on
                ),
                select(Payment.buyer_id).where(
                    Payment.client_id == client_id, Payment.paid_on > on
                ),
            )
        )
    )
    shipped = func.coalesce(Invoice.shipped, Invoice.issued)
    insurable = shipped.between(watched.policy.period_start, watched.policy.period_end)
    found = session.execute(
        select(
            Invoice.buyer_id,
            Invoice.currency,
            func.sum(Invoice.open_fine),
            func.sum(case((insurable, Invoice.open_fine), else_=0)),
            func.min(case((insurable, shipped))),
        )
        .where(
            Invoice.client_id == client_id,
            Invoice.kind == DocumentKind.INVOICE,
            Invoice.open_fine > 0,
        )
        .group_by(Invoice.buyer_id, Invoice.currency)
    )
    for buyer, currency, fine, insurable_fine, first in found:
        if buyer not in later and first is not None:
            yield _Owing(
                buyer,
                Money.of_fine(fine, currency),
                Money.of_fine(insurable_fine, currency),
                first,
            )
    if later:
        yield from _owing_then(watched, debt_of(session, client_id, on, later))


def _owing_then(watched: Watched, debt: Debt) -> Iterator[_Owing]:
    for (buyer, currency), owed in debt.open.items():
        rows = [
            (debt.shipped.get(row.id) or row.issued, row.open)
            for row in debt.rows
            if (row.buyer, row.open.currency) == (buyer, currency)
        ]
        insurable = [(day, open_) for day, open_ in rows if watched.runs(day)]
        if insurable:
            total = Money.total((open_ for _, open_ in insurable), currency)
            yield _Owing(buyer, owed, total, min(day for day, _ in insurable))


def of_large(
    session: Session, watched: Watched, scope: Scope, on: date
) -> Iterator[FoundDuty]:
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
        if not scope.has(row.buyer_id):
            continue
        amount = Money.of_minor(row.amount_minor or 0, row.currency)
        subject = f"request {row.id}"
        since = _Since(Anchor.LIMIT_APPLIED, row.sent_on, row.buyer_id)
        yield from _found(watched, LARGE_LIMIT, subject, since, amount)


def _decided(session: Session, watched: Watched, on: date) -> frozenset[int]:
    """Buyers with a decision, an application under way, or grounds for a limit of the insured's own."""
    policy = watched.policy.id
    asked = session.scalars(
        select(LimitRequest.buyer_id).where(LimitRequest.policy_id == policy)
    )
    waiting = (each.buyer_id for each in waiting_applications(session, on, policy_id=policy))  # fmt: skip
    return watched.known.union(asked, waiting)


def _small(watched: Watched, owing: _Owing) -> bool:
    """Within what the policy lets the insured decide by itself."""
    own = watched.duties.terms.dcl_amount
    return (
        own is not None
        and own.currency == owing.open.currency
        and owing.open.amount <= own.amount
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
