"""Figures of a buyer's statements: ratios, and Altman's three scores with their zones (rules.md 6.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from creditdesk.domain.ledger.interest import DAYS_OF_A_YEAR
from creditdesk.i18n import N_

_MONTHS_OF_A_YEAR = 12


class ZModel(StrEnum):
    """Which of Altman's scores judges the buyer; the verdict may differ, so it is kept with every score."""

    PRIVATE_MANUFACTURER = "PRIVATE_MANUFACTURER"
    GENERAL = "GENERAL"
    EMERGING_MARKET = "EMERGING_MARKET"


class Zone(StrEnum):
    """What a Z score says."""

    SAFE = "safe"
    GREY = "grey"
    DISTRESS = "distress"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of one year's statements in one currency; None: not known, which is never 0.

    Flows (sales, profit, interest, cash flow) are those of the statement's months until `annualised`.
    """

    total_assets: Decimal | None = None
    current_assets: Decimal | None = None
    current_liabilities: Decimal | None = None
    total_liabilities: Decimal | None = None
    equity: Decimal | None = None
    retained_earnings: Decimal | None = None
    inventory: Decimal | None = None
    prepayments: Decimal | None = None
    receivables: Decimal | None = None
    receivables_not_due: Decimal | None = None
    sales: Decimal | None = None
    credit_sales: Decimal | None = None
    ebit: Decimal | None = None
    profit_before_tax: Decimal | None = None
    interest: Decimal | None = None
    financial_expenses: Decimal | None = None
    net_profit: Decimal | None = None
    operating_cash_flow: Decimal | None = None


FLOWS = (
    "sales", "credit_sales", "ebit", "profit_before_tax", "interest", "financial_expenses", "net_profit",
    "operating_cash_flow",
)  # fmt: skip
SIGNED = frozenset(
    {
        "equity", "retained_earnings", "ebit", "profit_before_tax", "interest", "financial_expenses", "net_profit",
        "operating_cash_flow",
    }
)  # fmt: skip
"""Figures that may be negative: a loss, interest earned."""
FIGURE_NAMES = tuple(each.name for each in fields(Figures))
RATIO_TITLES: Mapping[str, str] = {
    "WC_TA": N_("Working capital ÷ total assets"),
    "RE_TA": N_("Retained earnings ÷ total assets"),
    "EBIT_TA": N_("EBIT ÷ total assets"),
    "EQ_TL": N_("Equity ÷ total liabilities"),
    "S_TA": N_("Sales ÷ total assets"),
    "CR": N_("Current ratio"),
    "QR": N_("Quick ratio"),
    "DA": N_("Liabilities ÷ assets"),
    "DE": N_("Liabilities ÷ equity"),
    "IC": N_("Interest cover"),
    "NM": N_("Net margin"),
    "DSO": N_("Days sales outstanding"),
    "BPDSO": N_("Best possible days sales outstanding"),
    "ADD": N_("Average days delinquent"),
}
_WEIGHTS: Mapping[ZModel, Mapping[str, str]] = {
    ZModel.PRIVATE_MANUFACTURER: {"WC_TA": "0.717", "RE_TA": "0.847", "EBIT_TA": "3.107", "EQ_TL": "0.420",
        "S_TA": "0.998"},
    ZModel.GENERAL: {"WC_TA": "6.56", "RE_TA": "3.26", "EBIT_TA": "6.72", "EQ_TL": "1.05"},
    ZModel.EMERGING_MARKET: {"WC_TA": "6.56", "RE_TA": "3.26", "EBIT_TA": "6.72", "EQ_TL": "1.05"},
}  # fmt: skip
_BASE = {ZModel.EMERGING_MARKET: Fraction("3.25")}
_CUT_OFFS: Mapping[ZModel, tuple[Fraction, Fraction]] = {
    ZModel.PRIVATE_MANUFACTURER: (Fraction("1.23"), Fraction("2.9")),
    ZModel.GENERAL: (Fraction("1.1"), Fraction("2.6")),
    ZModel.EMERGING_MARKET: (Fraction("4.15"), Fraction("5.85")),
}
"""Distress below the first, safe above the second. EM's 4.15 is as published, not Z″'s 1.1 + 3.25."""


@dataclass(frozen=True, slots=True)
class ZScore:
    """One of Altman's scores, exact, with its zone."""

    model: ZModel
    value: Fraction
    zone: Zone


def annualised(figures: Figures, months: int) -> Figures:
    """The flows as if they went on for a year; a statement of 12 months stays as it is. `months` above 0."""
    if months == _MONTHS_OF_A_YEAR:
        return figures
    known = {name: getattr(figures, name) for name in FLOWS}
    return replace(
        figures,
        **{
            name: value * _MONTHS_OF_A_YEAR / months
            for name, value in known.items()
            if value is not None
        },
    )


def ebit(figures: Figures) -> Decimal | None:
    """EBIT as given, else profit before tax + interest; the financial expenses stand in for interest not shown."""
    if figures.ebit is not None:
        return figures.ebit
    costs = figures.interest
    if costs is None:
        costs = figures.financial_expenses
    if figures.profit_before_tax is None or costs is None:
        return None
    return figures.profit_before_tax + costs


def ebit_estimated(figures: Figures) -> bool:
    """Whether EBIT rests on the financial expenses, because interest isn't shown apart."""
    return (
        figures.ebit is None and figures.interest is None and ebit(figures) is not None
    )


def ratios(figures: Figures) -> dict[str, Fraction | None]:
    """Every ratio by its code; None where a part is missing or the denominator is 0. Of a year's figures."""
    f = figures
    earned = ebit(f)
    quick = _less(_less(f.current_assets, f.inventory), f.prepayments)
    sold = f.credit_sales if f.credit_sales is not None else f.sales
    dso = _days(_over(f.receivables, sold))
    best = _days(_over(f.receivables_not_due, sold))
    return {
        "WC_TA": _over(_less(f.current_assets, f.current_liabilities), f.total_assets),
        "RE_TA": _over(f.retained_earnings, f.total_assets),
        "EBIT_TA": _over(earned, f.total_assets),
        "EQ_TL": _over(f.equity, f.total_liabilities),
        "S_TA": _over(f.sales, f.total_assets),
        "CR": _over(f.current_assets, f.current_liabilities),
        "QR": _over(quick, f.current_liabilities),
        "DA": _over(f.total_liabilities, f.total_assets),
        "DE": _over(f.total_liabilities, f.equity),
        "IC": _over(earned, f.interest),
        "NM": _over(f.net_profit, f.sales),
        "DSO": dso,
        "BPDSO": best,
        "ADD": None if dso is None or best is None else dso - best,
    }


def z_score(found: Mapping[str, Fraction | None], model: ZModel) -> ZScore | None:
    """The score of a model from the ratios; None where one of them is missing."""
    value = _BASE.get(model, Fraction(0))
    for code, weight in _WEIGHTS[model].items():
        ratio = found[code]
        if ratio is None:
            return None
        value += Fraction(weight) * ratio
    return ZScore(model, value, zone(value, model))


def zone(value: Fraction, model: ZModel) -> Zone:
    """Both cut-offs belong to the grey zone."""
    distress, safe = _CUT_OFFS[model]
    if value > safe:
        return Zone.SAFE
    return Zone.DISTRESS if value < distress else Zone.GREY


def _over(part: Decimal | None, whole: Decimal | None) -> Fraction | None:
    if part is None or not whole:
        return None
    return Fraction(part) / Fraction(whole)


def _less(whole: Decimal | None, part: Decimal | None) -> Decimal | None:
    return None if whole is None or part is None else whole - part


def _days(share: Fraction | None) -> Fraction | None:
    return None if share is None else share * DAYS_OF_A_YEAR
