"""Early warnings: what is known of a buyer, held against the 29 conditions (rules.md 7).

The conditions are data (`resources/warnings.toml`); what isn't known warns of nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from creditdesk.i18n import Bilingual


class Effect(StrEnum):
    """What a warning asks for: `N` note and watch, `T` tell the insurer, `S` stop deliveries."""

    NOTE = "N"
    TELL = "T"
    STOP = "S"


class Bound(StrEnum):
    """How a value is held against the threshold; `told`: it is so, whatever the figures."""

    ABOVE = "above"
    AT_LEAST = "at_least"
    BELOW = "below"
    AT_MOST = "at_most"
    TOLD = "told"


class Source(StrEnum):
    """Who knows it."""

    LEDGER = "ledger"
    STATEMENT = "statement"
    INSURER = "insurer"
    BANK = "bank"
    REGISTER = "register"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One condition with its effect.

    `fact`: what is looked at; `beside`: another fact that must be so as well; `floor`: the value isn't below it.
    `tell`: the insurer has to be told besides.
    """

    fact: str
    bound: Bound
    effect: Effect
    threshold: Decimal | None = None
    floor: Decimal | None = None
    beside: str = ""
    tell: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningKind:
    """One of the warnings. Of its levels the last that holds counts."""

    code: str
    title: Bilingual
    source: Source
    unit: str = ""
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Observed:
    """A fact of a buyer: a figure, or that something is so; and since when, where that is known."""

    value: Decimal | Fraction | bool
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning that holds."""

    kind: WarningKind
    level: Level
    observed: Observed


def warned(
    kinds: Iterable[WarningKind], facts: Mapping[str, Observed]
) -> tuple[Warned, ...]:
    """The warnings that hold, in the order of the kinds."""
    return tuple(found for kind in kinds for found in _last(kind, facts))


def _last(kind: WarningKind, facts: Mapping[str, Observed]) -> Iterator[Warned]:
    for level in reversed(kind.levels):
        observed = facts.get(level.fact)
        if observed is not None and _holds(level, observed) and _beside(level, facts):
            yield Warned(kind, level, observed)
            return


def _beside(level: Level, facts: Mapping[str, Observed]) -> bool:
    other = facts.get(level.beside)
    return not level.beside or (other is not None and bool(other.value))


def _holds(level: Level, observed: Observed) -> bool:
    if level.bound is Bound.TOLD:
        return observed.value is True
    value = Fraction(observed.value)
    if level.floor is not None and value < Fraction(level.floor):
        return False
    limit = Fraction(level.threshold or 0)
    match level.bound:
        case Bound.ABOVE:
            return value > limit
        case Bound.AT_LEAST:
            return value >= limit
        case Bound.BELOW:
            return value < limit
    return value <= limit
