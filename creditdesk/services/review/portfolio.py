"""The review's policy, its buyers and its months: turnover, balances, limits."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from sqlalchemy import select

from creditdesk.catalog.policies import template
from creditdesk.domain.base.calendar import end_of_month
from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.limits import Limit, decision_on
from creditdesk.domain.credit.paying import Paying, paying
from creditdesk.domain.ledger.aging import LedgerDocument, age
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.review.book import PolicyFigures
from creditdesk.domain.review.rows import MonthRow, PortfolioRow
from creditdesk.models import (
    Buyer,
)
from creditdesk.readings.claims import eroded_of
from creditdesk.readings.exposure import courses_of, exposure
from creditdesk.readings.policies import limits_by_buyer
from creditdesk.readings.premiums import premium_for_maximum
from creditdesk.services.review.declared import compared, declared_months
from creditdesk.services.review.year import Year


def policy(year: Year) -> PolicyFigures | None:
    """What the policy says of its cost and could pay, the premium left open; None where none ran."""
    if year.there is None:
        return None
    terms, policy = year.there.terms, year.there.policy
    told = compared(year)
    counted, _ = premium_for_maximum(year.session, year.there, year.end)
    title = template(policy.template).title
    return PolicyFigures(
        title=title.zh,
        name=title,
        number=policy.number,
        insurer=policy.insurer,
        rate=terms.premium_rate,
        minimum=terms.minimum_premium or None,
        declared=told.declared if told else None,
        insurable=told.insurable if told else turnover_of(year, year.items.documents),
        max_liability=terms.maximum(counted),
        first_loss=_first_loss(year),
    )


def _first_loss(year: Year) -> Money | None:
    """The year's aggregate first loss as far as kept calculations of its claims have not used it."""
    whole = year.there.terms.afl if year.there else None
    if whole is None or whole.currency != year.currency or year.there is None:
        return None
    eroded = eroded_of(year.session, year.there.policy.id, year.currency)
    return (whole - eroded).floored()


def portfolio(year: Year) -> Iterator[PortfolioRow]:
    """One row a buyer that had anything in the period, the largest balance first."""
    months = _month_balances(year)
    limits = limits_by_buyer(year.session, year.there.policy.id) if year.there else {}
    details = {
        row.id: row
        for row in year.session.scalars(
            select(Buyer).where(Buyer.client_id == year.client_id)
        )
    }
    own: dict[int, list[LedgerDocument[tuple[int, str, str], int]]] = {}
    for each in year.items.documents:
        own.setdefault(each.buyer, []).append(each)
    rows = []
    for buyer, name in year.names.items():
        turnover = turnover_of(year, own.get(buyer, []))
        ends = [month.get(buyer, Decimal(0)) for month in months]
        figures = year.aging.by_buyer.get(buyer, {}).get(year.currency)
        balance = figures.outstanding if figures else Money.zero(year.currency)
        if not (turnover or balance or any(ends) or buyer in limits):
            continue
        how = _paying(year, buyer, own.get(buyer, ()))
        paid = how.year
        rows.append(
            PortfolioRow(
                buyer=name,
                id=buyer,
                code=details[buyer].uscc or details[buyer].code,
                country=details[buyer].country,
                turnover=turnover,
                balance=balance,
                peak=Money(max((*ends, balance.amount)), year.currency),
                average=Money(
                    sum(ends, Decimal(0)) / len(ends), year.currency
                ).rounded(),
                limit=year.insured.limits.get(buyer)
                or _limit(year, limits.get(buyer, ())),
                discretionary=buyer in year.insured.discretionary,
                insured=year.insured.covers.get(buyer, Money.zero(year.currency)),
                own_share=100 - (_pct(year) or Decimal(0)),
                dbt=_tenth(paid.dbt) if paid else None,
                dbt_of=_tenth(paid.whole) if paid else Decimal(0),
                dso=_dso(year, balance, turnover),
                last_sale=_last_sale(year, own.get(buyer, ())),
                terms=how.usual_days,
            )
        )
    yield from sorted(rows, key=lambda row: (-row.balance.amount, row.buyer))


def _paying(
    year: Year,
    buyer: int,
    documents: Sequence[LedgerDocument[tuple[int, str, str], int]],
) -> Paying:
    receipts = [
        each
        for each in year.items.receipts
        if each.buyer == buyer and each.amount.currency == year.currency
    ]
    mine = [each for each in documents if each.amount.currency == year.currency]
    return paying(mine, receipts, year.end, year.silent)


def _tenth(figure: Fraction) -> Decimal:
    exact_ = Decimal(figure.numerator) / Decimal(figure.denominator)
    return exact_.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _last_sale(
    year: Year, documents: Sequence[LedgerDocument[tuple[int, str, str], int]]
) -> date | None:
    invoices = (each for each in documents if each.kind is DocumentKind.INVOICE)
    return max(
        (each.issued for each in invoices if each.issued <= year.end), default=None
    )


def months(year: Year) -> Iterator[MonthRow]:
    """What was sold and declared in each month, and what of the open debt was insured at its end."""
    course = exposure(
        year.session,
        year.client_id,
        year.currency,
        (year.start, year.end),
        courses_of(year.session, year.client_id),
    )
    at = {each.on: each for each in course.course}
    told = declared_months(year)
    start = year.start
    for end in month_ends(year.start, year.end):
        mine = [each for each in year.items.documents if start <= each.issued <= end]
        yield MonthRow(
            end=end,
            sold=turnover_of(year, mine),
            declared=told.get(end),
            insured=at[end].covered,
            uninsured=at[end].uncovered,
        )
        start = end + timedelta(days=1)


def opening(year: Year) -> Money:
    """What was outstanding on the day before the period."""
    before = year.start - timedelta(days=1)
    aging = age(year.items.documents, year.items.receipts, before)
    figures = aging.by_currency.get(year.currency)
    return figures.outstanding if figures else Money.zero(year.currency)


def turnover_of(
    year: Year, documents: Sequence[LedgerDocument[tuple[int, str, str], int]]
) -> Money:
    """Invoices less credit notes of the period, in the review's currency."""
    total = Money.zero(year.currency)
    for each in documents:
        if (
            year.start <= each.issued <= year.end
            and each.amount.currency == year.currency
        ):
            total += each.amount.times(each.kind.turnover)
    return total


def _pct(year: Year) -> Decimal | None:
    return year.there.terms.insured_pct if year.there else None


def _dso(year: Year, balance: Money, turnover: Money) -> Decimal | None:
    """Days sales outstanding over the period (rules.md 6.1)."""
    if turnover.amount <= 0:
        return None
    days = (year.end - year.start).days + 1
    return (balance.amount * days / turnover.amount).quantize(Decimal("0.1"))


def _month_balances(year: Year) -> list[dict[int, Decimal]]:
    """What each buyer owed at the end of each month of the period, less money nobody assigned."""
    balances = []
    for each in month_ends(year.start, year.end):
        aging = age(year.items.documents, year.items.receipts, each)
        balances.append(
            {
                buyer: max(Decimal(0), currencies[year.currency].balance.amount)
                for buyer, currencies in aging.by_buyer.items()
                if year.currency in currencies
            }
        )
    return balances


def month_ends(start: date, end: date) -> list[date]:
    """The last days of the months of a time, and its own last day."""
    days = []
    day = end_of_month(start)
    while day < end:
        days.append(day)
        day = end_of_month(day + timedelta(days=1))
    return [*days, end]


def _limit(year: Year, decisions: Sequence[Limit]) -> Money:
    wait = year.there.terms.cancel_notice_days if year.there else 0
    held = decision_on(decisions, year.end, wait)
    if held is None or held.amount.currency != year.currency:
        return Money.zero(year.currency)
    return held.in_force
