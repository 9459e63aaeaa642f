"""What a client decides about a buyer: insure, how much, on which terms, or not at all (rules.md 6.4)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from creditdesk.domain.credit.recommended import Recommended
from creditdesk.domain.credit.scorecard import FactValue, Score, plain
from creditdesk.i18n import N_


class CreditVerdict(StrEnum):
    """The four answers."""

    INSURE = "INSURE"
    OWN_RISK = "OWN_RISK"
    TERMS = "TERMS"
    REFUSE = "REFUSE"


VERDICT_TITLES: Mapping[CreditVerdict, str] = {
    CreditVerdict.INSURE: N_("Deliver insured"),
    CreditVerdict.OWN_RISK: N_("Deliver at own risk"),
    CreditVerdict.TERMS: N_("Deliver on other terms"),
    CreditVerdict.REFUSE: N_("No credit at all"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPoint:
    """The points of an indicator as a kept score has them; `value` empty: not known."""

    value: str
    points: int
    max: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PointChange:
    """What changed of an indicator from one kept score to the next; None: the card didn't have it."""

    code: str
    before: KeptPoint | None
    after: KeptPoint | None


def kept_points(score: Score) -> dict[str, KeptPoint]:
    """The points of a score by indicator, values as figures that can be compared."""
    return {
        each.indicator.code: KeptPoint(
            value=_value(each.value),
            points=each.points,
            max=each.indicator.max,
        )
        for each in score.points
    }


def _value(value: FactValue | Fraction | None) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else plain(Fraction(value), 2)


def changes(
    before: Mapping[str, KeptPoint], after: Mapping[str, KeptPoint]
) -> Iterator[PointChange]:
    """What is different between two kept scores, in the order of the later card."""
    for code in dict.fromkeys([*after, *before]):
        one, other = before.get(code), after.get(code)
        if one != other:
            yield PointChange(code=code, before=one, after=other)


def figures(score: Score, limits: Recommended) -> dict[str, str | None]:
    """The figures a decision rests on, as they stand: amounts as plain figures."""
    return {
        "score": str(score.score),
        "grade": score.grade,
        "completeness": plain(score.completeness * 100, 0),
        **{
            name: money.plain if money is not None else None
            for name, money in (
                ("need", limits.need),
                ("capacity", limits.capacity),
                ("own", limits.own),
                ("ask", limits.ask),
            )
        },
    }


def needs_approval(amount: Decimal | None, authority: Decimal | None) -> bool:
    """Whether an amount lies above what is decided alone; without an authority nobody's approval is named."""
    return amount is not None and authority is not None and amount > authority
