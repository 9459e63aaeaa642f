"""A buyer judged as a whole: statement, payments and what people know, in one answer (rules.md 6.1 to 6.3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from creditdesk.domain.credit.payment_index import PaymentFigures
from creditdesk.domain.credit.ratios import (
    Figures,
    ZModel,
    ZScore,
    annualised,
    ebit_estimated,
    ratios,
    z_score,
)
from creditdesk.domain.credit.scorecard import (
    FactValue,
    Score,
    Scorecard,
    from_payments,
    from_statement,
    scored,
)

_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that a score rests on. `months`: of the statement; `quarter`: the last three months of `year`.

    `computed`: what else was worked out, by indicator.
    """

    model: ZModel
    figures: Figures = field(default_factory=Figures)
    months: int = _YEAR
    year: PaymentFigures | None = None
    quarter: PaymentFigures | None = None
    computed: Mapping[str, Fraction | str] = field(default_factory=dict)
    facts: Mapping[str, FactValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """The answer: all three Z scores, of which `model` counted, the ratios, the payment figures and the score."""

    model: ZModel
    z: Mapping[ZModel, ZScore | None]
    ratios: Mapping[str, Fraction | None]
    payments: PaymentFigures | None
    score: Score
    annualised: bool
    ebit_estimated: bool


def rated(card: Scorecard, known: Known) -> Rating:
    """The buyer by this card. Raises `FactUnknown`, `FactWrong`."""
    figures = annualised(known.figures, known.months)
    found = ratios(figures)
    z = {model: z_score(found, model) for model in ZModel}
    computed = {
        **from_statement(found, z[known.model], known.figures.operating_cash_flow),
        **from_payments(known.year, known.quarter),
        **known.computed,
    }
    return Rating(
        model=known.model,
        z=z,
        ratios=found,
        payments=known.year,
        score=scored(card, computed, known.facts),
        annualised=known.months != _YEAR,
        ebit_estimated=ebit_estimated(known.figures),
    )
