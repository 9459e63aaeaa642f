"""A buyer's statement of one period: its rows by key, and the figures that are judged (rules.md 6.1)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from creditdesk.domain.base.calendar import months_later
from creditdesk.domain.credit.ratios import Figures
from creditdesk.i18n import N_, Bilingual

YEAR = 12
_QUARTER = 3
_BEGUN = Decimal("0.5")


class Scheme(StrEnum):
    """Which rows a statement has: those of the Chinese forms, or a short international one."""

    CHINESE = "chinese"
    INTERNATIONAL = "international"


class Standard(StrEnum):
    """By which rules it was made up."""

    ENTERPRISES = "CAS"
    SMALL = "SMALL"
    IFRS = "IFRS"
    OTHER = "OTHER"


class Section(StrEnum):
    """The statement a row stands in."""

    BALANCE = "balance"
    INCOME = "income"
    CASH = "cash"


STANDARD_TITLES: Mapping[Standard, str] = {
    Standard.ENTERPRISES: N_("Chinese standards for enterprises"),
    Standard.SMALL: N_("Chinese standard for small enterprises"),
    Standard.IFRS: N_("IFRS"),
    Standard.OTHER: N_("other"),
}
SCHEME_TITLES: Mapping[Scheme, str] = {
    Scheme.CHINESE: N_("Chinese layout"),
    Scheme.INTERNATIONAL: N_("short international layout"),
}
SECTION_TITLES: Mapping[Section, str] = {
    Section.BALANCE: N_("Balance sheet"),
    Section.INCOME: N_("Income statement"),
    Section.CASH: N_("Cash flow statement"),
}
UNITS = (1, 1000, 10000, 1000000)
UNIT_TITLES: Mapping[int, str] = {
    1: N_("single units"),
    1000: N_("thousands"),
    10000: N_("ten thousands"),
    1000000: N_("millions"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A row of the forms. `names`: how papers call it; `signed`: it may be negative; `total`: it is drawn as a sum."""

    key: str
    section: Section
    title: Bilingual
    names: tuple[str, ...] = ()
    schemes: tuple[Scheme, ...] = (Scheme.CHINESE,)
    signed: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One period's statement. `values` in `unit` of the currency; a row that isn't there is not known, never 0."""

    period_end: date
    months: int = YEAR
    unit: int = 1
    currency: str = "CNY"
    standard: Standard = Standard.ENTERPRISES
    scheme: Scheme = Scheme.CHINESE
    company: str = ""
    values: Mapping[str, Decimal] = field(default_factory=dict)

    def value(self, key: str) -> Decimal | None:
        """A row in single units of the currency."""
        found = self.values.get(key)
        return None if found is None else found * self.unit

    def yearly(self, key: str) -> Decimal | None:
        """A flow as if it went on for a year."""
        found = self.value(key)
        return None if found is None else found * YEAR / self.months

    @property
    def annualised(self) -> bool:
        """Whether its flows are of other than twelve months."""
        return self.months != YEAR


def figures_of(sheet: Sheet) -> Figures:
    """The figures that ratios are made of, in single units; flows as they are on the paper."""
    value = sheet.value
    retained = value("retained_earnings")
    surplus, left = value("surplus_reserve"), value("undistributed_profit")
    if retained is None and left is not None:
        retained = left + (surplus or 0)
    return Figures(
        total_assets=value("total_assets"),
        current_assets=value("current_assets"),
        current_liabilities=value("current_liabilities"),
        total_liabilities=value("total_liabilities"),
        equity=value("equity"),
        retained_earnings=retained,
        inventory=value("inventory"),
        prepayments=_prepayments(sheet),
        receivables=value("receivables"),
        sales=value("sales"),
        ebit=value("ebit"),
        profit_before_tax=value("profit_before_tax"),
        interest=value("interest"),
        financial_expenses=value("financial_expenses"),
        net_profit=value("net_profit"),
        operating_cash_flow=value("operating_cash_flow"),
    )


def _prepayments(sheet: Sheet) -> Decimal | None:
    """A balance sheet that is filled in and has nothing beside its prepayments has none."""
    found = sheet.value("prepayments")
    if found is None and sheet.value("inventory") is not None:
        return Decimal(0)
    return found


def tangible_net_worth(sheet: Sheet) -> Decimal | None:
    """Equity less what can't be touched: intangible assets, goodwill, development; rows not there count as none."""
    equity = sheet.value("equity")
    if equity is None:
        return None
    soft = (sheet.value(key) for key in ("intangible_assets", "goodwill", "development"))  # fmt: skip
    return equity - sum((each for each in soft if each is not None), Decimal(0))


def latest(sheets: Iterable[Sheet], on: date) -> Sheet | None:
    """The newest period that had ended on a day; of two the longer."""
    ended = [each for each in sheets if each.period_end <= on]
    return max(ended, key=lambda each: (each.period_end, each.months), default=None)


def years(sheets: Iterable[Sheet], on: date) -> tuple[Sheet, ...]:
    """The whole years that had ended on a day, the newest first."""
    whole = [each for each in sheets if each.months == YEAR and each.period_end <= on]
    return tuple(sorted(whole, key=lambda each: each.period_end, reverse=True))


def negative_quarters(sheets: Sequence[Sheet], on: date) -> tuple[int, date] | None:
    """How many quarters up to the newest known one had a negative operating cash flow, and when that one ended.

    None: no quarter is known. Reports within a year are cumulative: a quarter is the difference to the one before.
    """
    known = _quarters(sheets, on)
    if not known:
        return None
    count, day = 0, max(known)
    while known.get(day, Decimal(0)) < 0:
        count += 1
        day = _quarter_before(day)
    return count, max(known)


def _quarters(sheets: Sequence[Sheet], on: date) -> dict[date, Decimal]:
    flows = {
        (each.period_end, each.months): flow
        for each in sheets
        if each.period_end <= on
        and (flow := each.value("operating_cash_flow")) is not None
    }
    found = {}
    for (day, months), flow in flows.items():
        if months == _QUARTER:
            found[day] = flow
            continue
        before = flows.get((_quarter_before(day), months - _QUARTER))
        if before is not None:
            found[day] = flow - before
    return found


def _quarter_before(day: date) -> date:
    first = (day.year * YEAR + day.month - 1) - _QUARTER
    year, month = divmod(first + 1, YEAR)
    return date(year, month + 1, 1) - timedelta(days=1)


def months_between(earlier: date, later: date) -> Decimal:
    """The whole months from one day to another by the calendar, and a half for a month that has begun."""
    months = (later.year - earlier.year) * YEAR + later.month - earlier.month
    while months_later(earlier, months) > later:
        months -= 1
    begun = months_later(earlier, months) < later
    return Decimal(months) + (_BEGUN if begun else 0)
