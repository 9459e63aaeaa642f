"""The figures a client's year is judged by (rules.md 9.2), from the rows of its review."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median_low

from creditdesk.domain.base.money import Money
from creditdesk.domain.review.book import Kpi, ReviewBook
from creditdesk.domain.review.measures import DORMANT_DAYS, MEASURES
from creditdesk.domain.review.rows import ClaimRow, DutyRow

_ZERO = Decimal(0)
_Figure = Decimal | None


def kpis(book: ReviewBook) -> tuple[Kpi, ...]:
    """The figures of the cover, rounded as the sheet's formulas round; None where the rows can't give one."""
    return tuple(Kpi(each, _FIGURES[each.code](book)) for each in MEASURES)


def main(found: Iterable[Kpi]) -> tuple[Kpi, ...]:
    """The twelve of the cover."""
    return tuple(each for each in found if each.measure.main)


def _premium(book: ReviewBook) -> _Figure:
    return _amount(book.policy.premium) if book.policy else None


def _fees(book: ReviewBook) -> Decimal:
    return (_amount(book.policy.fees) if book.policy else None) or _ZERO


def _turnover(book: ReviewBook) -> Decimal:
    return _sum(row.turnover for row in book.portfolio)


def _balance(book: ReviewBook) -> Decimal:
    return _sum(row.balance for row in book.portfolio)


def _insured(book: ReviewBook) -> Decimal:
    return _sum(row.insured for row in book.portfolio)


def _limits(book: ReviewBook) -> Decimal:
    return _sum(row.limit for row in book.portfolio)


def _paid(book: ReviewBook) -> Decimal:
    return _sum(row.paid_in for row in book.claims)


def _premium_cost(book: ReviewBook) -> _Figure:
    premium = _premium(book)
    cost = None if premium is None else premium + _fees(book)
    return _ratio(cost, _turnover(book), Decimal(10000), places=1)


def _loss_ratio(book: ReviewBook) -> _Figure:
    return _ratio(_paid(book), _premium(book))


def _net_loss_ratio(book: ReviewBook) -> _Figure:
    reserves = _sum(row.reserve for row in book.claims)
    back = _sum(row.net for row in book.recoveries)
    return _ratio(_paid(book) + reserves - back, _premium(book))


def _answered(book: ReviewBook) -> list[tuple[Decimal, Decimal]]:
    return [
        (row.requested.amount, row.approved.amount)
        for row in book.limits
        if row.requested is not None and row.approved is not None
    ]


def _accepted_amount(book: ReviewBook) -> _Figure:
    answered = _answered(book)
    approved = sum((approved for _, approved in answered), _ZERO)
    return _ratio(approved, sum((requested for requested, _ in answered), _ZERO))


def _accepted_count(book: ReviewBook) -> _Figure:
    answered = _answered(book)
    full = sum(1 for requested, approved in answered if approved >= requested)
    return _ratio(Decimal(full), Decimal(len(answered)))


def _time_to_answer(book: ReviewBook) -> _Figure:
    return _median(row.days_to_answer for row in book.limits)


def _utilisation(book: ReviewBook) -> _Figure:
    used = _sum(min(row.balance, row.limit) for row in book.portfolio)
    return _ratio(used, _limits(book))


def _dormant(book: ReviewBook) -> _Figure:
    with_limit = [row for row in book.portfolio if row.limit]
    if not with_limit:
        return None
    asleep = (
        row.last_sale is None or (book.data_date - row.last_sale).days > DORMANT_DAYS
        for row in with_limit
    )
    return Decimal(sum(asleep))


def _uninsured_amount(book: ReviewBook) -> _Figure:
    return _balance(book) - _insured(book) if book.portfolio else None


def _uninsured(book: ReviewBook) -> _Figure:
    return _ratio(_uninsured_amount(book), _balance(book))


def _own_risk(book: ReviewBook) -> _Figure:
    kept = sum(
        (row.insured.amount * row.own_share / 100 for row in book.portfolio), _ZERO
    )
    first = (_amount(book.policy.first_loss) if book.policy else None) or _ZERO
    return _ratio(_balance(book) - _insured(book) + kept + first, _balance(book))


def _headroom(book: ReviewBook) -> _Figure:
    limit = _amount(book.policy.max_liability) if book.policy else None
    peak = max((row.insured.amount for row in book.months), default=_ZERO)
    return _ratio(None if limit is None else limit - _paid(book), peak, places=2)


def _concentration(book: ReviewBook) -> _Figure:
    total = _balance(book)
    squares = sum((row.balance.amount**2 for row in book.portfolio), _ZERO)
    return _ratio(squares, total * total, Decimal(10000), places=0)


def _effective_rate(book: ReviewBook) -> _Figure:
    rate = book.policy.rate if book.policy else None
    return _ratio(_premium(book), None if rate is None else _turnover(book) * rate / 100, places=2)  # fmt: skip


def _declared(book: ReviewBook) -> _Figure:
    policy = book.policy
    return (
        _ratio(_amount(policy.declared), _amount(policy.insurable)) if policy else None
    )


def _due(book: ReviewBook) -> list[DutyRow]:
    return [row for row in book.duties if row.done or row.legal <= book.data_date]


def _late(book: ReviewBook) -> list[DutyRow]:
    return [row for row in _due(book) if row.late(book.data_date)]


def _punctuality(book: ReviewBook) -> _Figure:
    due = len(_due(book))
    return _ratio(Decimal(due - len(_late(book))), Decimal(due))


def _missed(book: ReviewBook) -> _Figure:
    return Decimal(len(_late(book))) if book.duties else None


def _missed_amount(book: ReviewBook) -> _Figure:
    return _sum(row.exposed for row in _late(book) if row.exposed) if book.duties else None  # fmt: skip


def _cycle(start: str, end: str) -> Callable[[ReviewBook], _Figure]:
    def days(row: ClaimRow) -> int | None:
        first, last = getattr(row, start), getattr(row, end)
        return (last - first).days if isinstance(first, date) and isinstance(last, date) else None  # fmt: skip

    return lambda book: _median(map(days, book.claims))


def _claim_success(book: ReviewBook) -> _Figure:
    decided = [row for row in book.claims if row.claimed and row.paid is not None]
    return _ratio(
        _sum(row.paid for row in decided if row.paid),
        _sum(row.claimed for row in decided if row.claimed),
    )


def _recovery_rate(book: ReviewBook) -> _Figure:
    return _ratio(_sum(row.net for row in book.recoveries), _paid(book))


def _dso(book: ReviewBook) -> _Figure:
    days = Decimal((book.end - book.start).days + 1)
    turnover = _turnover(book)
    return _ratio(_balance(book), turnover, days, places=1) if turnover > 0 else None


def _dbt(book: ReviewBook) -> _Figure:
    known = [row for row in book.portfolio if row.dbt is not None]
    weighed = sum((row.dbt * row.dbt_of for row in known if row.dbt is not None), _ZERO)
    return _ratio(weighed, sum((row.dbt_of for row in known), _ZERO), places=1)


def _cei(book: ReviewBook) -> _Figure:
    if book.opening is None or not book.months:
        return None
    closing = _sum(amount for row in book.ageing for amount in row.amounts)
    not_due = _sum(row.amounts[0] for row in book.ageing if row.amounts)
    base = book.opening.amount + _turnover(book) / len(book.months)
    return _ratio(base - closing, base - not_due, Decimal(100), places=1)


def _benefit(book: ReviewBook) -> _Figure:
    premium = _premium(book)
    if premium is None:
        return None
    return _paid(book) + (_amount(book.avoided) or _ZERO) - premium - _fees(book)


_FIGURES: Mapping[str, Callable[[ReviewBook], _Figure]] = {
    "premium_cost": _premium_cost,
    "loss_ratio": _loss_ratio,
    "net_loss_ratio": _net_loss_ratio,
    "accepted_amount": _accepted_amount,
    "accepted_count": _accepted_count,
    "time_to_answer": _time_to_answer,
    "utilisation": _utilisation,
    "dormant": _dormant,
    "uninsured_amount": _uninsured_amount,
    "uninsured": _uninsured,
    "own_risk": _own_risk,
    "headroom": _headroom,
    "hhi": _concentration,
    "effective_rate": _effective_rate,
    "declared": _declared,
    "punctuality": _punctuality,
    "missed": _missed,
    "missed_amount": _missed_amount,
    "notice_to_filing": _cycle("noticed", "filed"),
    "filing_to_decision": _cycle("filed", "decided"),
    "decision_to_payment": _cycle("decided", "paid_on"),
    "claim_success": _claim_success,
    "recovery_rate": _recovery_rate,
    "dso": _dso,
    "dbt": _dbt,
    "cei": _cei,
    "benefit": _benefit,
}


def _amount(money: Money | None) -> _Figure:
    return None if money is None else money.amount


def _sum(amounts: Iterable[Money | None]) -> Decimal:
    return sum((each.amount for each in amounts if each is not None), _ZERO)


def _median(days: Iterable[int | None]) -> _Figure:
    known: Iterator[int] = (each for each in days if each is not None)
    found = list(known)
    return Decimal(median_low(found)) if found else None


def _ratio(part: _Figure, whole: _Figure, times: Decimal = Decimal(1), places: int = 4) -> _Figure:  # fmt: skip
    """None where either is not known or there is nothing to divide by."""
    if part is None or not whole:
        return None
    return (part * times / whole).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
