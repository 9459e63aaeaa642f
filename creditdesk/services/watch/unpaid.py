"""The duties unpaid debt brings about: stop, notice, mandate, claim (rules.md 2.3 D13, D14, D17, D20)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from creditdesk.domain.base.counting import Anchor
from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.limits import Limit, decision_on
from creditdesk.domain.credit.buyer_events import loss_facts, not_lifted
from creditdesk.domain.duties.duties import (
    CLAIM_FILING,
    MANDATE,
    OVERDUE_NOTICE,
    STOP_SHIPPING,
    Deadline,
)
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.policy.choices import LimitState, StopVariant
from creditdesk.services.watch.debt import OpenDebt, Unpaid, WatchGround
from creditdesk.services.watch.found import FoundDuty, Watched, policy_for

_INVOICE = DocumentKind.INVOICE.value
_WITHDRAWN = {LimitState.CANCELLED, LimitState.REFUSED, LimitState.SUSPENDED}


def of_unpaid(ground: WatchGround) -> Iterator[FoundDuty]:
    """For every unpaid invoice that is overdue, or whose buyer's loss is known."""
    debt, dates = ground.debt, _Dates()
    stopped: set[tuple[int, int]] = set()
    arrears = _Arrears()
    # Rows come oldest due first, so the first of a buyer is the one deliveries stop for.
    for row in debt.rows:
        shipped = debt.shipped.get(row.id) or row.issued
        watched = policy_for(ground.policies, shipped, row.buyer)
        facts = loss_facts(debt.events.get(row.buyer, ()))
        # Without a due date nobody knows whether it is overdue: it stands on Today to be settled. rules.md 14.1.
        overdue = row.is_overdue
        if watched is None or not (overdue or facts) or row.id[2] != _INVOICE:
            continue
        sent = watched.sent.get(row.id)
        due = row.due if overdue else None
        beyond = arrears.beyond_floor(watched, row)
        for deadline in dates.of(watched, due, sent, facts):
            if deadline.code not in STOP_SHIPPING:
                yield from _for_invoice(watched, row, debt, deadline, facts)
            elif (watched.policy.id, row.buyer) not in stopped:
                decided = watched.limits.get(row.buyer, ())
                stop = _stop(watched, row, due if beyond else None, debt, decided)
                if stop is not None:
                    yield stop
                if stop is not None or beyond:
                    stopped.add((watched.policy.id, row.buyer))


class _Dates:
    """Deadlines by what they are counted from, without their subject: thousands of invoices are due on one day."""

    def __init__(self) -> None:
        self._known: dict[object, tuple[Deadline, ...]] = {}

    def of(
        self,
        watched: Watched,
        due: date | None,
        sent: date | None,
        facts: Mapping[Anchor, date],
    ) -> tuple[Deadline, ...]:
        """As `Duties.overdue` has them."""
        key = (watched.policy.id, due, sent, tuple(facts.items()))
        if key not in self._known:
            self._known[key] = watched.duties.overdue("", due, sent, facts)
        return self._known[key]


class _Arrears:
    """What a buyer is overdue with in all, the oldest due first, against the floor of the stop (rules.md 2.3, D13a)."""

    def __init__(self) -> None:
        self._sums: dict[tuple[int, int], Decimal] = {}

    def beyond_floor(self, watched: Watched, row: Unpaid) -> bool:
        """Whether the debt with this row is more than the floor; in another currency nobody can tell."""
        floor = watched.duties.terms.stop_floor
        if not floor or not row.is_overdue:
            return True
        key = watched.policy.id, row.buyer
        if row.open.currency != floor.currency:
            self._sums[key] = Decimal("Infinity")
        self._sums[key] = self._sums.get(key, Decimal(0)) + row.open.amount
        return self._sums[key] > floor.amount


def _for_invoice(
    watched: Watched,
    row: Unpaid,
    debt: OpenDebt,
    deadline: Deadline,
    facts: Mapping[Anchor, date],
) -> Iterator[FoundDuty]:
    if deadline.code == OVERDUE_NOTICE and _is_small(watched, row.open):
        return
    record = debt.records[row.id]
    done = {
        OVERDUE_NOTICE: watched.sent.get(row.id),
        MANDATE: facts.get(Anchor.MANDATE),
        CLAIM_FILING: debt.claimed.get(record),
    }
    yield watched.found(
        replace(deadline, subject=f"{row.buyer}/{row.id[1]}"),
        row.open,
        buyer=row.buyer,
        invoice=record,
        done_on=done.get(deadline.code),
    )


def _is_small(watched: Watched, amount: Money) -> bool:
    """Below the amount from which the insurer wants a notice; in another currency nobody can tell."""
    least = watched.duties.terms.overdue_minimum
    return (
        least is not None
        and least.currency == amount.currency
        and amount.amount < least.amount
    )


def _stop(
    watched: Watched,
    row: Unpaid,
    due: date | None,
    debt: OpenDebt,
    decided: tuple[Limit, ...],
) -> FoundDuty | None:
    """The stop for a buyer: by its oldest unpaid invoice, or earlier by what is known."""
    facts = loss_facts(not_lifted(debt.events.get(row.buyer, ())))
    held = decision_on(decided, debt.on, watched.duties.terms.cancel_notice_days)
    if held is not None and held.state in _WITHDRAWN:
        facts[Anchor.LIMIT_WITHDRAWN] = held.start
    if row.buyer in debt.filed:
        facts[Anchor.CLAIM_FILED] = debt.filed[row.buyer]
    found = watched.duties.overdue(f"{row.buyer}", due, None, facts)
    stop = next((each for each in found if each.code in STOP_SHIPPING), None)
    if stop is None or (
        stop.anchor is Anchor.DUE_DATE and not _beyond_share(watched, row, debt)
    ):
        return None
    return watched.found(
        replace(stop, subject=f"{row.buyer}"),
        debt.overdue.get((row.buyer, row.open.currency), row.open),
        buyer=row.buyer,
        invoice=debt.records[row.id],
    )


def _beyond_share(watched: Watched, row: Unpaid, debt: OpenDebt) -> bool:
    """Whether the arrears reach the share of all debt from which deliveries stop (rules.md 2.3, D13b)."""
    terms = watched.duties.terms
    if (
        terms.stop_variant is not StopVariant.ARREARS_SHARE
        or terms.stop_share_pct is None
    ):
        return True
    side = row.buyer, row.open.currency
    overdue = debt.overdue[side].amount if side in debt.overdue else 0
    return overdue * 100 > debt.open[side].amount * terms.stop_share_pct
