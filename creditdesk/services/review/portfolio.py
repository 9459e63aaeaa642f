"""The review's policy and its buyers: turnover, balances, limits."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select

from creditdesk.catalog.policies import template
from creditdesk.domain.base.calendar import end_of_month
from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.limits import Limit, decision_on
from creditdesk.domain.ledger.aging import Aging, AgingFigures, LedgerDocument, age
from creditdesk.domain.review.book import (
    PolicyFigures,
    PortfolioRow,
)
from creditdesk.models import (
    Buyer,
)
from creditdesk.readings.policies import limits_by_buyer
from creditdesk.readings.premiums import premium_for_maximum
from creditdesk.services.review.declared import compared
from creditdesk.services.review.year import Year


def policy(year: Year) -> PolicyFigures | None:
    """What the policy cost and could pay; None where none ran."""
    if year.there is None:
        return None
    terms, policy = year.there.terms, year.there.policy
    turnover = _turnover(year, year.items.documents)
    rate = (terms.premium_rate or Decimal(0)) / 100
    by_rate = turnover.times(rate).rounded()
    least = terms.minimum_premium
    premium = (
        max(by_rate, least)
        if least is not None and least.currency == by_rate.currency
        else by_rate
    )
    told = compared(year)
    counted, _ = premium_for_maximum(year.session, year.there, year.end)
    return PolicyFigures(
        title=template(policy.template).title.zh,
        number=policy.number,
        insurer=policy.insurer,
        premium=premium
        if terms.premium_rate is not None or least is not None
        else None,
        fees=terms.monitoring_fee,
        declared=told.declared if told else None,
        insurable=told.insurable if told else turnover,
        max_liability=terms.maximum(counted),
    )


def portfolio(year: Year) -> Iterator[PortfolioRow]:
    """One row a buyer that had anything in the period."""
    balances = _month_balances(year)
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
    for buyer, name in sorted(year.names.items(), key=lambda pair: pair[1]):
        turnover = _turnover(year, own.get(buyer, []))
        months = [month.get(buyer, Decimal(0)) for month in balances]
        balance = _outstanding(year.aging, buyer, year.currency)
        if not (turnover or balance or any(months) or buyer in limits):
            continue
        limit = _limit(year, limits.get(buyer, ()))
        yield PortfolioRow(
            buyer=name,
            code=details[buyer].uscc or details[buyer].code,
            country=details[buyer].country,
            turnover=turnover,
            balance=balance,
            peak=Money(max((*months, balance.amount)), year.currency),
            average=Money(
                sum(months, Decimal(0)) / len(months), year.currency
            ).rounded(),
            limit=limit,
            insured=min(balance, limit),
            own_share=100 - (_pct(year) or Decimal(0)),
            dso=_dso(year, balance, turnover),
        )


def _turnover(
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
    """What each buyer owed at the end of each month of the period, and at its end."""
    days = [year.end]
    day = end_of_month(year.start)
    while day < year.end:
        days.append(day)
        day = end_of_month(day + timedelta(days=1))
    balances = []
    for each in days:
        aging = age(year.items.documents, year.items.receipts, each)
        balances.append(
            {
                buyer: _outstanding(aging, buyer, year.currency).amount
                for buyer in aging.by_buyer
            }
        )
    return balances


def _outstanding(
    aging: Aging[tuple[int, str, str], int], buyer: int, currency: str
) -> Money:
    figures: AgingFigures | None = aging.by_buyer.get(buyer, {}).get(currency)
    return figures.outstanding if figures else Money.zero(currency)


def _limit(year: Year, decisions: Sequence[Limit]) -> Money:
    wait = year.there.terms.cancel_notice_days if year.there else 0
    held = decision_on(decisions, year.end, wait)
    if held is None or held.amount.currency != year.currency:
        return Money.zero(year.currency)
    return held.in_force
