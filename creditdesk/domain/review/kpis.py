"""The figures a client's year is judged by (rules.md 9.2), from the rows of its review."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from statistics import median_low

from creditdesk.domain.base.money import Money
from creditdesk.domain.review.book import Kpi, ReviewBook
from creditdesk.i18n import N_


def kpis(book: ReviewBook) -> tuple[Kpi, ...]:
    """The figures of the cover, rounded as the sheet's formulas round."""
    return (
        _premium_cost(book),
        _loss_ratio(book),
        _accepted_amount(book),
        _accepted_count(book),
        _time_to_answer(book),
        _utilisation(book),
        _uninsured(book),
        _own_risk(book),
        _headroom(book),
        _concentration(book),
        _punctuality(book),
        _declared(book),
        _claim_success(book),
    )


def _premium_cost(book: ReviewBook) -> Kpi:
    policy, turnover = book.policy, _sum(row.turnover for row in book.portfolio)
    cost = None
    if policy and policy.premium is not None:
        cost = policy.premium.amount + (policy.fees.amount if policy.fees else 0)
    bps = _ratio(cost, turnover, Decimal(10000), places=1)
    return Kpi(
        "premium_cost",
        N_("Premium cost (bps of turnover)"),
        bps,
        _within(bps, "5", "60"),
    )


def _loss_ratio(book: ReviewBook) -> Kpi:
    paid = _sum(row.paid for row in book.claims if row.paid)
    premium = book.policy.premium if book.policy else None
    share = _ratio(paid, premium.amount if premium else None)
    return Kpi("loss_ratio", N_("Loss ratio (paid)"), share, _within(share, "0", "0.6"))


def _answered(book: ReviewBook) -> list[tuple[Decimal, Decimal]]:
    return [
        (row.requested.amount, row.approved.amount)
        for row in book.limits
        if row.requested is not None and row.approved is not None
    ]


def _accepted_amount(book: ReviewBook) -> Kpi:
    answered = _answered(book)
    share = _ratio(
        sum((approved for _, approved in answered), Decimal(0)),
        sum((requested for requested, _ in answered), Decimal(0)),
    )
    return Kpi(
        "accepted_amount",
        N_("Limits approved (amount)"),
        share,
        _within(share, "0.8", None),
    )


def _accepted_count(book: ReviewBook) -> Kpi:
    answered = _answered(book)
    full = sum(1 for requested, approved in answered if approved >= requested)
    share = _ratio(Decimal(full), Decimal(len(answered)))
    return Kpi("accepted_count", N_("Limits approved in full (count)"), share)


def _time_to_answer(book: ReviewBook) -> Kpi:
    days = [row.days_to_answer for row in book.limits if row.days_to_answer is not None]
    middle = Decimal(median_low(days)) if days else None
    return Kpi(
        "time_to_answer",
        N_("Days to answer (median)"),
        middle,
        _within(middle, "0", "7"),
    )


def _utilisation(book: ReviewBook) -> Kpi:
    used = _sum(min(row.balance, row.limit) for row in book.portfolio)
    share = _ratio(used, _sum(row.limit for row in book.portfolio))
    return Kpi("utilisation", N_("Use of limits"), share, _within(share, "0.4", "0.8"))


def _uninsured(book: ReviewBook) -> Kpi:
    balance = _sum(row.balance for row in book.portfolio)
    insured = _sum(row.insured for row in book.portfolio)
    share = _ratio(balance - insured, balance)
    return Kpi(
        "uninsured",
        N_("Uninsured share of the balance"),
        share,
        _within(share, "0", "0.2"),
    )


def _own_risk(book: ReviewBook) -> Kpi:
    balance = _sum(row.balance for row in book.portfolio)
    kept = sum(
        (row.insured.amount * row.own_share / 100 for row in book.portfolio),
        Decimal(0),
    )
    insured = _sum(row.insured for row in book.portfolio)
    share = _ratio(balance - insured + kept, balance)
    return Kpi("own_risk", N_("Own risk (uninsured and own share)"), share)


def _headroom(book: ReviewBook) -> Kpi:
    limit = book.policy.max_liability if book.policy else None
    peak = _sum(min(row.peak, row.limit) for row in book.portfolio)
    paid = _sum(row.paid for row in book.claims if row.paid)
    left = limit.amount - paid if limit else None
    times = _ratio(left, peak, places=2)
    return Kpi(
        "headroom",
        N_("Maximum liability left ÷ peak insured balance"),
        times,
        _within(times, "1", None),
    )


def _concentration(book: ReviewBook) -> Kpi:
    total = _sum(row.balance for row in book.portfolio)
    squares = sum((row.balance.amount**2 for row in book.portfolio), Decimal(0))
    index = _ratio(squares, total * total, Decimal(10000), places=0)
    return Kpi(
        "hhi", N_("Concentration (HHI, 0–10,000)"), index, _within(index, "0", "2500")
    )


def _punctuality(book: ReviewBook) -> Kpi:
    due = [row for row in book.duties if row.done or row.legal <= book.data_date]
    in_time = sum(1 for row in due if not row.late(book.data_date))
    share = _ratio(Decimal(in_time), Decimal(len(due)))
    return Kpi(
        "punctuality", N_("Duties done in time"), share, _within(share, "1", None)
    )


def _declared(book: ReviewBook) -> Kpi:
    policy = book.policy
    told = policy.declared.amount if policy and policy.declared is not None else None
    whole = policy.insurable.amount if policy and policy.insurable else None
    share = _ratio(told, whole)
    return Kpi(
        "declared",
        N_("Declared ÷ insurable turnover"),
        share,
        _within(share, "0.995", "1.005"),
    )


def _claim_success(book: ReviewBook) -> Kpi:
    decided = [row for row in book.claims if row.claimed and row.paid is not None]
    share = _ratio(
        _sum(row.paid for row in decided if row.paid),
        _sum(row.claimed for row in decided if row.claimed),
    )
    return Kpi("claim_success", N_("Paid ÷ claimed"), share)


def _sum(amounts: Iterable[Money]) -> Decimal:
    return sum((money.amount for money in amounts), Decimal(0))


def _ratio(
    part: Decimal | None,
    whole: Decimal | None,
    scale: Decimal = Decimal(1),
    places: int = 4,
) -> Decimal | None:
    if part is None or not whole:
        return None
    return (part * scale / whole).quantize(Decimal(f"1e-{places}"), ROUND_HALF_UP)


def _within(value: Decimal | None, low: str, high: str | None) -> bool | None:
    """Whether it lies in the healthy range of rules.md 9.2; no upper end when `high` is None."""
    if value is None:
        return None
    return Decimal(low) <= value and (high is None or value <= Decimal(high))
