"""The scorecard: indicators in bands, completeness, caps after the sum, and the grade (rules.md 6.3).

A scorecard is data (`resources/scorecards`); a firm may change bands, weights and caps under a version of its own.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from creditdesk.domain.credit.payment_index import PaymentFigures
from creditdesk.domain.credit.ratios import ZScore
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Bilingual, Message

_HALF = Fraction(1, 2)
_FULL = 100

FactValue = Decimal | str | bool
"""A number, the id of a band, or whether something is so."""


class FactUnknown(UserError):
    """No indicator and no cap goes by this code."""

    message = N_("The scorecard has no “{code}”. It knows {known}.")


class FactWrong(UserError):
    """A value that isn't of the indicator's kind."""

    message = N_("{code}: “{value}” can't be used; {wanted} is needed.")


class Group(StrEnum):
    """The four factors of a score."""

    FINANCIAL = "financial"
    PAYMENT = "payment"
    POSITION = "position"
    RELATIONSHIP = "relationship"


GROUP_TITLES: Mapping[Group, str] = {
    Group.FINANCIAL: N_("Financial condition"),
    Group.PAYMENT: N_("Payment record"),
    Group.POSITION: N_("Industry and position"),
    Group.RELATIONSHIP: N_("Relationship"),
}
GRADE_TITLES: Mapping[str, str] = {
    "A": N_("excellent"),
    "B": N_("good"),
    "C": N_("above average"),
    "D": N_("average"),
    "E": N_("borderline"),
    "F": N_("high risk"),
    "X": N_("very high risk"),
}
"""The classes of rules.md 6.3; a firm's own grades go by their letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A range of an indicator and its points; the first that fits counts.

    `at_least`, `at_most`: its bound, included; `named`: the choice it is; none of them: everything else.
    """

    points: int
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    named: str = ""
    title: Bilingual | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One line of the scorecard. `unit` is shown behind the value; `max` is its weight."""

    code: str
    group: Group
    max: int
    title: Bilingual
    unit: str = ""
    bands: tuple[Band, ...]

    @property
    def by_choice(self) -> bool:
        """Whether its bands are choices and not ranges of a number."""
        return any(band.named for band in self.bands)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """What bounds the score after the sum.

    It holds where its fact is true, or a number `above` (or `below`) its bound. It lowers the score to `score`, the
    grade to `grade` at best, or the points of a `group` by `factor`.
    """

    code: str
    title: Bilingual
    above: Decimal | None = None
    below: Decimal | None = None
    score: int | None = None
    grade: str = ""
    group: Group | None = None
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeBand:
    """A grade from this score on. `review_months`: how often to look again, 0: stop. `pd_pct` illustrates."""

    grade: str
    from_score: int
    review_months: int
    pd_pct: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """A whole card. `complete_from`: the share of known indicators, in percent of their weights, that gives a grade."""

    id: str
    version: str
    title: Bilingual
    complete_from: int
    indicators: tuple[Indicator, ...]
    caps: tuple[Cap, ...]
    grades: tuple[GradeBand, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """The points of one indicator with their reason; `value` None: not known, which gives 0."""

    indicator: Indicator
    value: FactValue | Fraction | None
    points: int
    reason: Message

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return self.value is not None


@dataclass(frozen=True, slots=True)
class AppliedCap:
    """A cap that holds, and why."""

    cap: Cap
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A buyer's score. `raw`: the rounded sum before any cap; `completeness` from 0 to 1.

    `grade` None: too little is known.
    """

    card: Scorecard
    points: tuple[Point, ...]
    raw: int
    score: int
    completeness: Fraction
    grade: str | None
    caps: tuple[AppliedCap, ...]


def from_statement(
    found: Mapping[str, Fraction | None],
    z: ZScore | None,
    cash_flow: Decimal | None,
) -> dict[str, Fraction | str]:
    """What the ratios, the chosen Z score and the last year's operating cash flow say of the indicators F1 to F7."""
    values: dict[str, Fraction | str | None] = {
        "F1": z.zone.value if z else None,
        "F2": found["CR"],
        "F3": found["QR"],
        "F4": _percent(found["DA"]),
        "F6": _percent(found["NM"]),
        "F7": found["IC"],
    }
    if cash_flow is not None:
        values["F5"] = "last_year_positive" if cash_flow > 0 else "last_year_negative"
    return {code: value for code, value in values.items() if value is not None}


def _percent(share: Fraction | None) -> Fraction | None:
    return None if share is None else share * _FULL


def from_payments(
    year: PaymentFigures | None,
    quarter: PaymentFigures | None = None,
) -> dict[str, Fraction | str]:
    """What twelve months of payments, and the last three of them, say of P1, P2 and P4."""
    if year is None:
        return {}
    values: dict[str, Fraction | str] = {"P1": year.dbt, "P2": year.late_share * _FULL}
    if quarter is not None:
        values["P4"] = quarter.dbt - year.dbt
    return values


def scored(
    card: Scorecard,
    computed: Mapping[str, Fraction | str],
    facts: Mapping[str, FactValue],
) -> Score:
    """The score from what was computed and what people know; what a person says of an indicator wins.

    Raises `FactUnknown`, `FactWrong`.
    """
    _refuse_unknown(card, facts)
    points = tuple(_point(each, computed, facts) for each in card.indicators)
    held = tuple(_held(card, facts))
    factors = {each.cap.group: Fraction(each.cap.factor) for each in held if each.cap.group}  # fmt: skip
    cut = sum(each.points * factors.get(each.indicator.group, Fraction(1)) for each in points)  # fmt: skip
    bounds = [each.cap.score for each in held if each.cap.score is not None]
    score = min([math.floor(cut + _HALF), *bounds])
    known = Fraction(sum(each.indicator.max for each in points if each.known), _FULL)
    return Score(
        card=card,
        points=points,
        raw=sum(each.points for each in points),
        score=score,
        completeness=known,
        grade=_grade(card, score, held) if known * _FULL >= card.complete_from else None,
        caps=held,
    )  # fmt: skip


def _refuse_unknown(card: Scorecard, facts: Mapping[str, FactValue]) -> None:
    codes = [each.code for each in card.indicators] + [each.code for each in card.caps]
    known = tuple(dict.fromkeys(codes))
    for code in facts:
        if code not in known:
            raise FactUnknown(code=code, known=known)


def _point(
    indicator: Indicator,
    computed: Mapping[str, Fraction | str],
    facts: Mapping[str, FactValue],
) -> Point:
    code = indicator.code
    value: FactValue | Fraction | None = facts.get(code, computed.get(code))
    if value is None:
        return Point(indicator, None, 0, Message(N_("Not known: no points")))
    band = _named(indicator, value) if indicator.by_choice else _ranged(indicator, value)  # fmt: skip
    told = N_("{value}: {points} of {max}")
    if code in facts:
        told = N_("{value}, as entered: {points} of {max}")
    reason = Message.of(
        told, value=_shown(indicator, band, value), points=band.points, max=indicator.max
    )  # fmt: skip
    return Point(indicator, value, band.points, reason)


def _named(indicator: Indicator, value: FactValue | Fraction) -> Band:
    """The band by its name, in capital or small letters."""
    bands = {band.named.casefold(): band for band in indicator.bands}
    found = bands.get(value.casefold()) if isinstance(value, str) else None
    if found is None:
        wanted = Message.of(N_("one of {choices}"), choices=tuple(bands))
        raise FactWrong(code=indicator.code, value=value, wanted=wanted)
    return found


def _ranged(indicator: Indicator, value: FactValue | Fraction) -> Band:
    number = _number(indicator.code, value)
    for band in indicator.bands:
        if band.at_least is not None and number < Fraction(band.at_least):
            continue
        if band.at_most is not None and number > Fraction(band.at_most):
            continue
        return band
    raise AssertionError(
        indicator.code
    )  # the last band takes everything; the catalog sees to it


def _number(code: str, value: FactValue | Fraction) -> Fraction:
    if isinstance(value, str | bool):
        raise FactWrong(code=code, value=value, wanted=Message(N_("a number")))
    return Fraction(value)


def _shown(
    indicator: Indicator, band: Band, value: FactValue | Fraction
) -> Bilingual | str:
    if band.title is not None and indicator.by_choice:
        return band.title
    assert isinstance(value, Decimal | Fraction)  # noqa: S101 - `_ranged` took it as a number
    return " ".join((plain(Fraction(value), 2), indicator.unit)).strip()


def plain(value: Fraction, digits: int) -> str:
    """The value half-up to so many digits, without needless zeros."""
    text = fixed(value, digits)
    return text.rstrip("0").rstrip(".") if "." in text else text


def fixed(value: Fraction, digits: int) -> str:
    """The value half-up to exactly so many digits."""
    scaled = math.floor(abs(value) * 10**digits + _HALF)
    return f"{Decimal(scaled if value >= 0 else -scaled).scaleb(-digits):f}"


def _held(card: Scorecard, facts: Mapping[str, FactValue]) -> Sequence[AppliedCap]:
    found = []
    for cap in card.caps:
        value = facts.get(cap.code)
        if value is None or not _holds(cap, value):
            continue
        found.append(AppliedCap(cap, _why(cap)))
    return found


def _holds(cap: Cap, value: FactValue) -> bool:
    if cap.above is None and cap.below is None:
        if not isinstance(value, bool):
            wanted = Message(N_("true or false"))
            raise FactWrong(code=cap.code, value=value, wanted=wanted)
        return value
    number = _number(cap.code, value)
    return (cap.above is not None and number > Fraction(cap.above)) or (
        cap.below is not None and number < Fraction(cap.below)
    )


def _why(cap: Cap) -> Message:
    if cap.group is not None:
        text = N_("{title}: the points of the statements count {factor} times")
        return Message.of(text, title=cap.title, factor=cap.factor)
    if cap.grade:
        return Message.of(N_("{title}: grade {grade} at best"), title=cap.title, grade=cap.grade)  # fmt: skip
    return Message.of(N_("{title}: at most {score}"), title=cap.title, score=cap.score)


def _grade(card: Scorecard, score: int, held: Sequence[AppliedCap]) -> str:
    """The grade of the score, or the worst that a cap allows; grades stand best first."""
    order = [each.grade for each in card.grades]
    own = next(each.grade for each in card.grades if score >= each.from_score)
    return max([own, *(each.cap.grade for each in held if each.cap.grade)], key=order.index)  # fmt: skip
