"""Buyers who owe under a policy without any decision on a limit (rules.md 2.3 D02)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select, union
from sqlalchemy.orm import Session

from creditdesk.domain.base.counting import Anchor
from creditdesk.domain.base.money import Money
from creditdesk.domain.duties.duties import Finder
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.models import Invoice, LimitRequest, Payment
from creditdesk.readings.policies import waiting_applications
from creditdesk.services.watch.debt import OpenDebt, WatchGround, debt_of
from creditdesk.services.watch.found import FoundDuty, Watched


def of_uninsured(ground: WatchGround) -> Iterator[FoundDuty]:
    """One duty a currency for all buyers without a limit: a ledger may hold hundreds of them."""
    session, client, on = ground.session, ground.scope.client_id, ground.on
    for watched in ground.running:
        decided = _decided(session, watched, on)
        owing: dict[str, list[_Owing]] = {}
        for each in _owing(session, watched, client, on):
            if each.buyer not in decided and not _small(watched, each):
                owing.setdefault(each.insurable.currency, []).append(each)
        for currency, debts in sorted(owing.items()):
            subject = f"buyers without a limit/{currency}"
            facts = {Anchor.SHIPMENT: min(each.first for each in debts)}
            total = Money.total((each.insurable for each in debts), currency)
            for deadline in watched.duties.after(Finder.UNINSURED, subject, facts):
                yield watched.found(deadline, total)


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


def _owing_then(watched: Watched, debt: OpenDebt) -> Iterator[_Owing]:
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
