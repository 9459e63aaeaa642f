"""What of the review's time was declared, beside what the ledger says should have been (rules.md 9.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from creditdesk.domain.base.calendar import end_of_month
from creditdesk.domain.base.money import Money
from creditdesk.domain.declare.declarations import DeclarationKind, Obligation
from creditdesk.domain.declare.declared import of_period, standing
from creditdesk.domain.declare.insurable import turnover
from creditdesk.readings.declarations import asked_of, declared_of, ledger_rows
from creditdesk.services.review.year import Year


@dataclass(frozen=True, slots=True)
class Compared:
    """Sums in the review's currency, over the periods whose last day for declaring has passed."""

    declared: Money
    insurable: Money


def compared(year: Year) -> Compared | None:
    """None where the policy asks for no declarations of shipments, or the desk keeps none of them."""
    if year.there is None:
        return None
    asked = asked_of(year.session, year.there.policy)
    told = standing(declared_of(year.session, year.there.policy.id))
    due = [each for each in asked.obligations if _is_due(each, year)]
    if not due or not told:
        return None
    span = asked.span
    rows = ledger_rows(year.session, year.client_id, until=year.end, since=span.start)
    computed = (
        turnover(rows, asked.scope_on(each.period.end), each.period.start, each.period.end)
        for each in due
    )  # fmt: skip
    return Compared(
        _sum(year, (total for each in due for one in of_period(told, each) for total in one.totals)),
        _sum(year, (total for each in computed for total in each.totals)),
    )  # fmt: skip


def declared_months(year: Year) -> dict[date, Money]:
    """What was declared of shipments, at the last month of each declared period, as far as it lies in the review."""
    if year.there is None:
        return {}
    found: dict[date, Money] = {}
    for each in standing(declared_of(year.session, year.there.policy.id)):
        if (
            each.kind is DeclarationKind.TURNOVER
            and year.start <= each.period.end <= year.end
        ):
            at = min(end_of_month(each.period.end), year.end)
            found[at] = found.get(at, Money.zero(year.currency)) + _sum(year, each.totals)  # fmt: skip
    return found


def _is_due(asked: Obligation, year: Year) -> bool:
    deadline = asked.deadline
    return (
        asked.kind is DeclarationKind.TURNOVER
        and year.start <= asked.period.start
        and deadline is not None
        and deadline.legal <= year.end
    )


def _sum(year: Year, amounts: Iterable[Money]) -> Money:
    own = (each for each in amounts if each.currency == year.currency)
    return Money.total(own, year.currency)
