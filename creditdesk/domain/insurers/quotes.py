"""Quotes side by side: solvency as a gate, yearly cost, and scores whose weights are shown (rules.md 8)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.steps import Step
from creditdesk.domain.policy.premium import PremiumCase, premium
from creditdesk.i18n import N_, Message

CORE_PCT: Final = Decimal(50)
COMPREHENSIVE_PCT: Final = Decimal(100)
"""The least solvency ratios of 保险公司偿付能力管理规定, Art. 8."""
LOWEST, HIGHEST = 1, 5
"""Points of a criterion."""
_HUNDREDTH: Final = Decimal("0.01")
_TEN_THOUSAND: Final = 10_000


class Criterion(StrEnum):
    """What quotes are scored by."""

    LIMITS = "Q1"
    WORDING = "Q2"
    COST = "Q3"
    CLAIMS = "Q4"
    STRENGTH = "Q5"
    SERVICE = "Q6"


CRITERION_TITLES: Mapping[Criterion, str] = {
    Criterion.LIMITS: N_("Limits on the ten largest buyers"),
    Criterion.WORDING: N_("Flexibility of the wording"),
    Criterion.COST: N_("Total yearly cost"),
    Criterion.CLAIMS: N_("Claim handling"),
    Criterion.STRENGTH: N_("Financial strength"),
    Criterion.SERVICE: N_("Service and portal"),
}
STANDARD_WEIGHTS: Mapping[Criterion, Decimal] = {
    Criterion.LIMITS: Decimal(25),
    Criterion.WORDING: Decimal(20),
    Criterion.COST: Decimal(20),
    Criterion.CLAIMS: Decimal(15),
    Criterion.STRENGTH: Decimal(10),
    Criterion.SERVICE: Decimal(10),
}
"""In percent, together 100."""


class RiskClass(StrEnum):
    """The integrated risk rating of a Chinese insurer, as its quarterly solvency report prints it."""

    AAA = "AAA"
    AA = "AA"
    A = "A"
    BBB = "BBB"
    BB = "BB"
    B = "B"
    C = "C"
    D = "D"


_NON_COMPLIANT: Final = (RiskClass.C, RiskClass.D)


class Gate(StrEnum):
    """Whether an insurer may be considered at all."""

    PASS = "PASS"  # noqa: S105 - an answer
    FAIL = "FAIL"
    STATE = "STATE"
    UNKNOWN = "UNKNOWN"


GATE_TITLES: Mapping[Gate, str] = {
    Gate.PASS: N_("meets them"),
    Gate.FAIL: N_("below them"),
    Gate.STATE: N_("state insurer"),
    Gate.UNKNOWN: N_("not known"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Solvency:
    """What an insurer's quarterly report says, in percent; None: not known."""

    core_pct: Decimal | None = None
    comprehensive_pct: Decimal | None = None
    risk_class: RiskClass | None = None
    is_state_insurer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What one insurer offers for a year; a figure that isn't known is None, never 0.

    Percentages as 0.25 for 0.25 %. `limits` is the number of limits that are charged; `subsidy` what the state pays
    of the premium. `scores` are from 1 to 5.
    """

    name: str
    rate_pct: Decimal | None = None
    minimum: Money | None = None
    tax_pct: Decimal | None = None
    limits: int | None = None
    limit_fee: Money | None = None
    monitoring: Money | None = None
    collection_share: Money | None = None
    retained_loss: Money | None = None
    subsidy: Money | None = None
    solvency: Solvency = Solvency()
    scores: Mapping[Criterion, int]


_FIGURES: Final = (
    "rate_pct", "minimum", "tax_pct", "limits", "limit_fee", "monitoring", "collection_share", "retained_loss",
    "subsidy",
)  # fmt: skip
FIGURE_TITLES: Mapping[str, str] = {
    "rate_pct": N_("Premium rate"),
    "minimum": N_("Minimum premium"),
    "tax_pct": N_("Tax on the premium"),
    "limits": N_("Number of limits charged"),
    "limit_fee": N_("Fee for a limit"),
    "monitoring": N_("Monitoring fee"),
    "collection_share": N_("Own share of collection costs"),
    "retained_loss": N_("Expected loss kept"),
    "subsidy": N_("Subsidy"),
    "core_ratio_pct": N_("Core solvency ratio"),
    "comprehensive_ratio_pct": N_("Comprehensive solvency ratio"),
    "risk_class": N_("Integrated risk rating"),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One quote's line. None: a figure is missing, so there is none; what is missing stands in `missing`.

    `bps` is the total cost in basis points of the turnover, None without turnover, too.
    """

    quote: Quote
    premium: Money | None
    total_cost: Money | None
    bps: Decimal | None
    score: Decimal | None
    gate: Gate
    missing: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The quotes in the order given; `ties` name those whose scores are the same."""

    turnover: Money
    weights: Mapping[Criterion, Decimal]
    quotes: tuple[Compared, ...]
    ties: tuple[tuple[str, ...], ...]


def compared(
    turnover: Money, weights: Mapping[Criterion, Decimal], quotes: Sequence[Quote]
) -> Comparison:
    """Each quote by cost, score and gate. A failed gate is shown and changes no score.

    `weights` add up to 100. A score needs every criterion that weighs something, and the cost.
    """
    lines = tuple(_line(turnover, weights, quote) for quote in quotes)
    return Comparison(turnover, weights, lines, _ties(lines))


def gate(solvency: Solvency) -> Gate:
    """Core ratio of 50 %, comprehensive of 100 %, class B: one below is enough to fail, all must be known to pass."""
    if solvency.is_state_insurer:
        return Gate.STATE
    core, comprehensive = solvency.core_pct, solvency.comprehensive_pct
    if (
        (core is not None and core < CORE_PCT)
        or (comprehensive is not None and comprehensive < COMPREHENSIVE_PCT)
        or solvency.risk_class in _NON_COMPLIANT
    ):
        return Gate.FAIL
    if core is None or comprehensive is None or solvency.risk_class is None:
        return Gate.UNKNOWN
    return Gate.PASS


def _line(
    turnover: Money, weights: Mapping[Criterion, Decimal], quote: Quote
) -> Compared:
    before_tax = _premium(turnover, quote)
    total, steps = _cost(turnover, quote)
    missing = (
        *(name for name in _FIGURES if getattr(quote, name) is None),
        *_missing_solvency(quote.solvency),
        *(each for each in weights if weights[each] and each not in quote.scores),
    )
    return Compared(
        quote,
        before_tax,
        total,
        _bps(total, turnover),
        _score(weights, quote) if total is not None else None,
        gate(quote.solvency),
        missing,
        steps,
    )


def _premium(turnover: Money, quote: Quote) -> Money | None:
    if quote.rate_pct is None or quote.minimum is None:
        return None
    return max(turnover.times(quote.rate_pct / 100), quote.minimum).rounded()


def _cost(turnover: Money, quote: Quote) -> tuple[Money | None, tuple[Step, ...]]:
    """max(turnover × rate, minimum) × (1 + tax) + fees + own costs + loss kept − subsidy."""
    if (
        quote.rate_pct is None
        or quote.minimum is None
        or quote.tax_pct is None
        or quote.limits is None
        or quote.limit_fee is None
        or quote.monitoring is None
        or quote.collection_share is None
        or quote.retained_loss is None
        or quote.subsidy is None
    ):
        return None, ()
    charged = premium(
        PremiumCase(
            turnover=turnover,
            rate_pct=quote.rate_pct,
            minimum=quote.minimum,
            tax_pct=quote.tax_pct,
            limits=quote.limits,
            limit_fee=quote.limit_fee,
            monitoring=quote.monitoring,
        )
    )
    own = quote.collection_share + quote.retained_loss
    total = (charged.total + own - quote.subsidy).rounded()
    added = (
        ("P7", N_("Own share of collection costs"), quote.collection_share),
        ("P8", N_("Expected loss kept"), quote.retained_loss),
        ("P9", N_("Subsidy"), -quote.subsidy),
    )
    return total, (
        *charged.steps[:-1],
        *(Step(code, Message(label), amount, source="8") for code, label, amount in added if amount),
        Step("P10", Message(N_("Total yearly cost")), total, source="8", emphasis=True),
    )  # fmt: skip


def _bps(total: Money | None, turnover: Money) -> Decimal | None:
    if total is None or not turnover:
        return None
    found = total.amount / turnover.amount * _TEN_THOUSAND
    return found.quantize(_HUNDREDTH, ROUND_HALF_UP)


def _score(weights: Mapping[Criterion, Decimal], quote: Quote) -> Decimal | None:
    """Σ weight × score ÷ 100, half up to hundredths."""
    asked = [each for each, weight in weights.items() if weight]
    if any(each not in quote.scores for each in asked):
        return None
    found = sum((weights[each] * quote.scores[each] for each in asked), Decimal(0))
    return found.scaleb(-2).quantize(_HUNDREDTH, ROUND_HALF_UP)


def _missing_solvency(known: Solvency) -> Iterable[str]:
    if known.is_state_insurer:
        return
    if known.core_pct is None:
        yield "core_ratio_pct"
    if known.comprehensive_pct is None:
        yield "comprehensive_ratio_pct"
    if known.risk_class is None:
        yield "risk_class"


def _ties(lines: Sequence[Compared]) -> tuple[tuple[str, ...], ...]:
    alike: dict[Decimal, list[str]] = {}
    for line in lines:
        if line.score is not None:
            alike.setdefault(line.score, []).append(line.quote.name)
    return tuple(tuple(names) for names in alike.values() if len(names) > 1)
