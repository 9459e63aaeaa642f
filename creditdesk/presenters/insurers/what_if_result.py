"""What came of a replay, without Qt: charts on one scale, the table, and how each of its figures comes about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from creditdesk.domain.base.money import Money
from creditdesk.domain.insurers.what_if import Replayed
from creditdesk.domain.insurers.what_if_words import stress_words
from creditdesk.i18n import N_
from creditdesk.paper.areas import round_marks
from creditdesk.presenters.insurers.what_if import LETTERS, Found
from creditdesk.presenters.insurers.what_if_working import MEANING, working
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.parts.working import FigureLine
from creditdesk.reports.what_if_lines import (
    LINES,
    Good,
    Line,
    less,
    words_of,
)

_NOTHING: Final = "—"
_UNIT: Final = {"zh": 10_000, "en": 1_000}
_DAYS_TOLD: Final = 4
_AGAIN: Final = frozenset({
    "covered", "uncovered", "peak", "peak_on", "late", "at_stake", "stops", "premium", "indemnity", "own_loss", "net",
    "net_of_cost",
})  # fmt: skip
"""What a stress may change; the rest stands above already."""


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A day of a chart: where it stands from 0 to 1, and how high both areas reach."""

    across: float
    insured: float
    whole: float
    words: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure or a day at a place of a scale, from 0 to 1."""

    place: float
    words: str


@dataclass(frozen=True, slots=True)
class AreaChart:
    """One policy through time. `worst` None: everything was insured."""

    letter: str
    name: str
    terms: str
    aside: str
    points: tuple[ChartPoint, ...]
    levels: tuple[Mark, ...]
    days: tuple[Mark, ...]
    worst: Mark | None
    said: str


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A line of the table; `found` empty: a heading."""

    place: int
    key: str
    label: str
    line: Line | None
    found: tuple[Replayed, ...]

    @property
    def bold(self) -> bool:
        """Whether it is one of those that matter most, or a heading."""
        return self.line is None or self.line.bold


@dataclass(frozen=True, slots=True)
class Explained:
    """How a figure of one policy comes about."""

    title: str
    lines: tuple[FigureLine, ...]


class WhatIfResult:
    """A replay as it is shown."""

    def __init__(self, found: Found, wording: Wording) -> None:
        self.found, self._wording = found, wording
        self.table: Table[ResultRow] = Table(self._columns(), lambda row: row.place)
        self.table.show(tuple(self._rows()))

    @property
    def charts(self) -> tuple[AreaChart, ...]:
        """One a policy, all of the same scale and days."""
        shown = self.found.shown
        unit = _UNIT[self._wording.language]
        highest = max(
            float((each.covered + each.uncovered).amount)
            for found in shown
            for each in (*found.exposure.course, found.exposure.peak)
        )
        marks = round_marks(highest / unit)
        return tuple(self._chart(letter, each, marks) for letter, each in zip(LETTERS, shown, strict=False))  # fmt: skip

    @property
    def legend(self) -> str:
        """What the areas are, and in which unit."""
        say, shown = self._wording, self.found.shown
        unit = f"{_UNIT[say.language]:,}"
        codes = say.list(dict.fromkeys(each.currency for each in shown))
        text = N_("Filled: insured. Hatched: not insured. Dashed: the day on which most was not insured. Open debt at the ends of the months, in {unit} {currency}.")  # fmt: skip
        return say(text, unit="万" if say.language == "zh" else unit, currency=codes)

    @property
    def granted(self) -> Sequence[str]:
        """What holds for all first, then what each takes for granted alone; and that nothing here chooses."""
        say, shown = self._wording, self.found.shown
        every = [each for each in shown[0].assumptions if all(each in one.assumptions for one in shown)]  # fmt: skip
        told = [say.message(each) for each in every]
        for letter, found in zip(LETTERS, shown, strict=False):
            own = (each for each in found.assumptions if each not in every)
            told += (f"{letter}: {say.message(each)}" for each in own)
        return (*told, say(N_("The wording of the policies decides, not this page: it chooses none of them.")))  # fmt: skip

    def meaning(self, key: object) -> str:
        """What a line counts."""
        row = self._row(key)
        if row is None or row.line is None:
            return ""
        text = MEANING.get(row.key, "")
        return self._wording(text) if text else ""

    def title(self, key: object) -> str:
        """The line that is explained."""
        row = self._row(key)
        return row.label if row else ""

    def explained(self, key: object) -> tuple[Explained, ...]:
        """How a line's figures come about, one after the other."""
        row = self._row(key)
        if row is None:
            return ()
        made = (
            (f"{letter}  {each.name}", tuple(working(row.key, each, self._wording)))
            for letter, each in zip(LETTERS, row.found, strict=False)
        )  # fmt: skip
        return tuple(Explained(title, some) for title, some in made if some)

    def _row(self, key: object) -> ResultRow | None:
        return next((each for each in self.table.rows if each.place == key), None)

    def _rows(self) -> Iterator[ResultRow]:
        say, found = self._wording, self.found
        place = 0
        for line in LINES:
            yield ResultRow(place, line.key, say(line.label), line, found.plain)
            place += 1
        if not found.stressed:
            return
        told = say.list(say.message(stress_words(each)) for each in found.asked.stresses)  # fmt: skip
        yield ResultRow(place, "", say(N_("Had this happened: {stresses}"), stresses=told), None, ())  # fmt: skip
        for line in LINES:
            if line.key in _AGAIN:
                place += 1
                yield ResultRow(place, line.key, say(line.label), line, found.stressed)

    def _columns(self) -> list[Column[ResultRow]]:
        say, shown = self._wording, self.found.shown
        label: Column[ResultRow] = Column(key="label", title=N_("Over the whole time"), cell=lambda row: Cell(row.label, hint=row.label, bold=row.bold), stretch=True)  # fmt: skip
        policies = [self._policy(at, f"{letter}  {each.name}") for at, (letter, each) in enumerate(zip(LETTERS, shown, strict=False))]  # fmt: skip
        if len(shown) != 2 or shown[0].currency != shown[1].currency:
            return [label, *policies]

        def difference(row: ResultRow) -> Cell:
            value = self._difference(row)
            if not value:
                return Cell("")
            figure = say.figure(value) if isinstance(value, Money) else f"{value}".replace("-", "\u2212")  # fmt: skip
            sign = "" if figure.startswith("\u2212") else "+"
            assert row.line is not None  # noqa: S101 - a heading has no difference
            return Cell(sign + figure, _tone(value, row.line.good), bold=row.bold)

        return [label, *policies, Column(key="difference", title=N_("B − A"), cell=difference, value=self._difference, right=True, width=130)]  # fmt: skip

    def _policy(self, at: int, title: str) -> Column[ResultRow]:
        def cell(row: ResultRow) -> Cell:
            if row.line is None:
                return Cell("")
            value = row.line.of(row.found[at])
            words = words_of(value) or _NOTHING
            return Cell(words, Tone.PLAIN if words != _NOTHING else Tone.QUIET, bold=row.bold)  # fmt: skip

        def value(row: ResultRow) -> object:
            held = row.line.of(row.found[at]) if row.line else None
            return words_of(held) if isinstance(held, tuple) else held

        return Column(key=f"p{at}", title=title, cell=cell, value=value, right=True, width=150)  # fmt: skip

    def _difference(self, row: ResultRow) -> Money | int | None:
        if row.line is None:
            return None
        first, second = row.found
        return less(row.line.of(second), row.line.of(first))

    def _chart(self, letter: str, found: Replayed, marks: Sequence[float]) -> AreaChart:
        say, exposure = self._wording, found.exposure
        unit = _UNIT[say.language]
        top = marks[-1] * unit or 1.0
        days = sorted({each.on: each for each in (*exposure.course, exposure.peak)}.items())  # fmt: skip
        first, last = days[0][0], days[-1][0]
        points = tuple(
            ChartPoint(
                _across(on, first, last),
                float(each.covered.amount) / top,
                float((each.covered + each.uncovered).amount) / top,
                say(N_("{on}: insured {covered}, not insured {uncovered}"), on=on, covered=each.covered, uncovered=each.uncovered),
            )
            for on, each in days
        )  # fmt: skip
        peak = exposure.peak
        worst = None
        if peak.uncovered:
            words = say(N_("at most {amount}"), amount=peak.uncovered)
            worst = Mark(_across(peak.on, first, last), words)
        pct = exposure.uncovered_pct
        aside = say(N_("not insured on average {pct} %"), pct=pct) if pct is not None else ""  # fmt: skip
        return AreaChart(
            letter=letter,
            name=found.name,
            terms=" · ".join(say.message(each) for each in found.terms),
            aside=aside,
            points=points,
            levels=tuple(Mark(mark * unit / top, _plain(mark)) for mark in marks),
            days=tuple(_days(first, last)),
            worst=worst,
            said=say.clauses([found.name, aside, *(each.words for each in points)]),
        )


def _tone(value: Money | int, good: Good) -> Tone:
    above = value.amount > 0 if isinstance(value, Money) else value > 0
    if good is Good.NEITHER:
        return Tone.PLAIN
    return Tone.DONE if above is (good is Good.MORE) else Tone.WARNING


def _across(on: date, first: date, last: date) -> float:
    return (on - first).days / max(1, (last - first).days)


def _days(first: date, last: date) -> Iterator[Mark]:
    """The first day, the last, and some between them."""
    whole = (last - first).days
    for at in range(_DAYS_TOLD + 1):
        day = date.fromordinal(first.toordinal() + whole * at // _DAYS_TOLD)
        yield Mark(at / _DAYS_TOLD, day.isoformat()[:7] if whole > 60 else day.isoformat()[5:])  # fmt: skip


def _plain(mark: float) -> str:
    return f"{mark:,.2f}".rstrip("0").rstrip(".")
