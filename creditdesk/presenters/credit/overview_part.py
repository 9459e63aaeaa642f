"""The first look at a buyer, without Qt: verdict, limits on one scale, what is owed, how it pays, what happened."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.paying import PaidMonth
from creditdesk.domain.credit.scorecard import GRADE_TITLES, fixed
from creditdesk.domain.credit.warnings import Effect
from creditdesk.domain.ledger.aging import AgingFigures
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.presenters.credit.credit_reading import CreditRead
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.credit import BuyerWarning

_MOST_WARNINGS = 4
_LATE = 30
_RECENT = 15
"""Entries of the timeline until more are asked for: each is three labels to be laid out."""
_AGES = (N_("not due"), N_("1–30 days"), N_("31–60 days"), N_("61–90 days"), N_("over 90 days"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChartBar:
    """A column: what stands below, its value (None: nothing), the words above and in its hint; `late` stands out."""

    label: str
    value: float | None
    words: str
    hint: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class LimitMark:
    """An amount on the limits' scale."""

    value: float
    words: str
    strong: bool = False
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Age:
    """A part of what is open, with its words; `late`: it is past its due date."""

    share: float
    words: str
    late: bool


@dataclass(frozen=True, slots=True)
class WarningLine:
    """A warning in two lines, with its state."""

    title: str
    under: str
    state: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Past:
    """An entry of the timeline."""

    day: str
    title: str
    detail: str
    grave: bool


class OverviewPart:
    """What the first part of the file shows."""

    def __init__(self, wording: Wording) -> None:
        self._say = wording
        self._read: CreditRead | None = None
        self._figures: Sequence[AgingFigures] = ()
        self._whole_past = False
        self.changed: Event[None] = Event()

    def show(self, read: CreditRead, figures: Sequence[AgingFigures]) -> None:
        """The figures are there; `figures`: what is owed, one a currency."""
        self._read, self._figures = read, figures
        self.changed.emit(None)

    @property
    def grade_words(self) -> str:
        """The class of the grade, its review, and how the score moved since it was kept last."""
        if self._read is None:
            return ""
        say, score = self._say, self._read.rating.rating.score
        if score.grade is None:
            return say(N_("too little is known for a grade"))
        months = next(each.review_months for each in score.card.grades if each.grade == score.grade)  # fmt: skip
        parts = [say(GRADE_TITLES.get(score.grade, score.grade))]
        if months:
            parts.append(say.plural(N_("looked at again every month"), N_("looked at again every {count} months"), months))  # fmt: skip
        return " · ".join(parts)

    @property
    def moved(self) -> str:
        """How the score moved since the one kept before today."""
        if self._read is None:
            return ""
        today = self._read.rating.as_of
        kept = next((each for each in self._read.scores if each.voided is None and each.as_of < today), None)  # fmt: skip
        if kept is None:
            return ""
        change = self._read.rating.rating.score.score - kept.score
        return self._say(N_("{day}: {score}, since then {change}"), day=kept.as_of, score=kept.score, change=_signed(change))  # fmt: skip

    @property
    def known(self) -> str:
        """How much of the score's weights is known."""
        if self._read is None:
            return ""
        share = fixed(self._read.rating.rating.score.completeness * 100, 0)
        return self._say(N_("Known: {share} % of the weights"), share=share)

    @property
    def balance(self) -> float:
        """What is filled of the limits' scale."""
        return float(self._read.rating.balance.amount) if self._read else 0.0

    @property
    def marks(self) -> tuple[LimitMark, ...]:
        """Insurer's limit, own limit and need on the scale of the balance."""
        if self._read is None:
            return ()
        rating = self._read.rating
        rows = (
            (N_("Insurer's limit"), rating.limit, True, False),
            (N_("Own limit"), rating.limits.own, False, False),
            (N_("Need"), rating.limits.need, False, True),
        )
        return tuple(
            LimitMark(float(amount.amount), f"{self._say(title)} {self._say.figure(amount)}", strong, dashed)
            for title, amount, strong, dashed in rows
            if amount is not None and amount.currency == rating.currency
        )  # fmt: skip

    @property
    def owed(self) -> tuple[tuple[str, tuple[Age, ...]], ...]:
        """What is open in each currency, in words and by age."""
        return tuple((self._open(each), tuple(self._ages(each))) for each in self._figures if each.outstanding)  # fmt: skip

    def _open(self, each: AgingFigures) -> str:
        text = N_("Receivable {amount}, {count} document")
        return self._say.plural(text, N_("Receivable {amount}, {count} documents"), each.open_count, amount=each.outstanding)  # fmt: skip

    def _ages(self, each: AgingFigures) -> Iterator[Age]:
        for place, (title, amount) in enumerate(zip(_AGES, each.columns, strict=True)):
            if amount:
                words = f"{self._say(title)} {self._say.figure(amount)}"
                share = float(amount.amount / each.outstanding.amount)
                yield Age(share, words, place > 0)

    @property
    def paying_words(self) -> str:
        """The year, the quarter and the index."""
        if self._read is None:
            return ""
        say, paying = self._say, self._read.rating.paying
        if paying.year is None:
            return say(N_("In twelve months nothing was paid and nothing fell due."))
        quarter = _days(paying.quarter.dbt if paying.quarter else None)
        text = N_("twelve months {year} days, last three {quarter} days · payment index {index} on the PAYDEX scale, this seller only")  # fmt: skip
        return say(text, year=_days(paying.year.dbt), quarter=quarter, index=fixed(paying.year.index, 0))  # fmt: skip

    @property
    def bars(self) -> tuple[ChartBar, ...]:
        """How late money came, month by month."""
        if self._read is None or self._read.rating.paying.year is None:
            return ()
        paying = self._read.rating.paying
        last = len(paying.months) - 1
        return tuple(self._bar(each, open_late=at == last and bool(paying.overdue)) for at, each in enumerate(paying.months))  # fmt: skip

    @property
    def mean(self) -> float | None:
        """The year's days, dashed in the chart."""
        year = self._read.rating.paying.year if self._read else None
        return float(year.dbt) if year else None

    def _bar(self, month: PaidMonth, *, open_late: bool) -> ChartBar:
        assert self._read is not None  # noqa: S101 - asked for with what was read
        label = f"{month.end.month}"
        if month.figures is None:
            return ChartBar(label, None, "", "")
        amount = self._say.money(Money(month.amount, self._read.rating.currency))
        hint = self._say(N_("Month to {day}: {amount}, {days} days late on average, the latest {latest}"), day=month.end, amount=amount, days=_days(month.figures.dbt), latest=month.latest)  # fmt: skip
        days = fixed(month.figures.dbt, 0).replace("-", "\u2212")
        return ChartBar(label, float(month.figures.dbt), days, hint, open_late or month.latest > _LATE)  # fmt: skip

    @property
    def warnings(self) -> tuple[WarningLine, ...]:
        """The first warnings, open ones before the others."""
        if self._read is None:
            return ()
        rows = sorted(self._read.warnings, key=lambda each: each.answer is not None)
        return tuple(map(self._warning, rows[:_MOST_WARNINGS]))

    def _warning(self, row: BuyerWarning) -> WarningLine:
        say = self._say
        title = row.warned.kind.title.in_language(say.language)
        since = say(N_("since {day}"), day=row.first_seen)
        if row.answer is None:
            urgent = row.warned.level.effect is not Effect.NOTE
            return WarningLine(title, since, say(N_("to answer")), Tone.DANGER if urgent else Tone.WARNING)  # fmt: skip
        why = (say.day(row.answer.on), row.answer.reason or row.answer.way, row.answer.who)  # fmt: skip
        return WarningLine(title, " · ".join(filter(None, why)), say(N_("answered")), Tone.DONE)  # fmt: skip

    @property
    def warnings_said(self) -> str:
        """How many wait and how many are answered."""
        if self._read is None:
            return ""
        waiting = sum(each.answer is None for each in self._read.warnings)
        done = len(self._read.warnings) - waiting
        return self._say(N_("{open} to answer, {done} answered"), open=waiting, done=done)  # fmt: skip

    @property
    def past(self) -> tuple[Past, ...]:
        """The timeline, the newest first: what is recent, or all that was read."""
        if self._read is None:
            return ()
        say = self._say
        shown = None if self._whole_past else _RECENT
        return tuple(
            Past(say.day(each.on), say.message(each.title), say.message(each.detail) if each.detail else "", each.graver)
            for each in self._read.timeline.entries[:shown]
        )  # fmt: skip

    @property
    def has_more_past(self) -> bool:
        """Whether `show_whole_past` would show more."""
        held = len(self._read.timeline.entries) if self._read else 0
        return held > _RECENT and not self._whole_past

    def show_whole_past(self) -> None:
        """Show all entries that were read."""
        self._whole_past = True

    @property
    def earlier(self) -> str:
        """How many entries are older than those shown."""
        if self._read is None:
            return ""
        line = self._read.timeline
        count = line.earlier + len(line.entries) - len(self.past)
        return self._say.plural(N_("{count} earlier entry"), N_("{count} earlier entries"), count) if count else ""  # fmt: skip


def _signed(change: int) -> str:
    return f"{change:+d}".replace("-", "\u2212")


def _days(value: Fraction | None) -> str:
    return "–" if value is None else fixed(value, 1).replace("-", "\u2212")
