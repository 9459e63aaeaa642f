"""The yearly review of a client, without Qt: figures, and sentences a person may put in better words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from creditdesk.domain.base.money import Money
from creditdesk.domain.review.book import Kpi, ReviewBook, Unit
from creditdesk.domain.review.findings import findings
from creditdesk.domain.review.kpis import kpis, main
from creditdesk.errors import UserError
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Progress
from creditdesk.presenters.parts.form import Option
from creditdesk.presenters.parts.table import Cell, Tone
from creditdesk.presenters.parts.typed import FieldKind, read
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports import annual_review, review_brief
from creditdesk.reports.report import FileKind
from creditdesk.reports.review_book import book_of
from creditdesk.workspace import Workspace

SENTENCES = 3
"""Findings and actions on the cover (rules.md 9.1, sheet 1)."""
_YEAR = timedelta(days=365)
_UNITS: Mapping[Unit, str] = {
    Unit.BPS: N_("{value} bps"),
    Unit.DAYS: N_("{value} days"),
    Unit.TIMES: N_("{value} times"),
    Unit.INDEX: "{value}",
    Unit.COUNT: "{value}",
}
"""Figures that are no shares."""


class NoClientChosen(UserError):
    """A review is of one client."""

    message = N_("Choose the client whose year is reviewed.")


@dataclass(frozen=True, slots=True)
class KpiLine:
    """One figure in words, with last year's and how it is defined."""

    title: str
    value: str
    light: Cell
    before: str = ""
    hint: str = ""


class ReviewsPresenter:
    """One client's period. `book` None: not counted yet; `refused` says what is wrong with the period."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self._today = workspace.today()
        self._suggested: tuple[str, ...] = ()
        self.client: int | None = workspace.client
        self.start, self.end = self._today - _YEAR, self._today
        self.refused = ""
        self.book: ReviewBook | None = None
        self.findings: list[str] = [""] * SENTENCES
        self.actions: list[str] = [""] * SENTENCES
        self.changed: Event[None] = Event()
        if self.client is None and len(self.clients) == 1:
            self.client = int(self.clients[0].value)
        self._set_period()

    @property
    def clients(self) -> tuple[Option, ...]:
        """All clients."""
        lines = self._workspace.desk.clients.all()
        return tuple(Option(str(line.id), line.name) for line in lines)

    @property
    def said(self) -> str:
        """What exactly is shown."""
        if self.book is None:
            return ""
        return self._wording(
            N_("{client} · {start} to {end} · {currency}"),
            client=self.book.client.name,
            start=self.book.start,
            end=self.book.end,
            currency=self._wording.currency(self.book.currency),
        )

    @property
    def kpis(self) -> tuple[KpiLine, ...]:
        """The twelve figures of the cover, then the others that are known."""
        if self.book is None:
            return ()
        before = {each.code: each for each in self.book.last_year}
        found = kpis(self.book)
        first = main(found)
        others = (
            each for each in found if each not in first and each.value is not None
        )
        return tuple(
            self._line(each, before.get(each.code)) for each in (*first, *others)
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What the figures leave out."""
        if self.book is None:
            return ()
        return tuple(self._wording.message(each) for each in self.book.notes)

    @property
    def file_name(self) -> str:
        """What the workbook is called unless the person says otherwise."""
        return self._named(FileKind.WORKBOOK)

    @property
    def brief_name(self) -> str:
        """What the two pages are called."""
        return self._named(FileKind.PDF)

    def choose(self, client: str) -> None:
        """Another client: its policy year."""
        self.client = int(client) if client else None
        self._set_period()
        self._forget()

    def type_period(self, start: str, end: str) -> None:
        """Another period, as typed."""
        self.refused = ""
        try:
            first, last = read(FieldKind.DATE, start), read(FieldKind.DATE, end)
        except UserError as error:
            self.refused = self._wording.message(error.said)
        else:
            if isinstance(first, date) and isinstance(last, date):
                self.start, self.end = first, last
        self._forget()

    def counting(self) -> Callable[[Progress], ReviewBook]:
        """The job: count the year. Raises `ReviewPeriodWrong`."""
        if self.client is None:
            raise NoClientChosen
        desk, today = self._workspace.desk, self._today
        client, start, end = self.client, self.start, self.end
        return lambda progress: book_of(desk, client, start, end, today, progress)

    def show(self, book: ReviewBook) -> None:
        """The year is counted; what stands out is suggested as sentences."""
        self.book = book
        found = findings(book)
        self.findings = _filled(self._wording.message(each.said) for each in found)
        self.actions = _filled(self._wording.message(each.action) for each in found)
        self._suggested = (*self.findings, *self.actions)
        self.changed.emit(None)

    def refuse(self, error: UserError) -> None:
        """The year can't be counted."""
        self.refused = self._wording.message(error.said)
        self._forget()

    def write_finding(self, place: int, text: str) -> None:
        """A finding in the person's words."""
        self.findings[place] = text

    def write_action(self, place: int, text: str) -> None:
        """An action in the person's words."""
        self.actions[place] = text

    def is_edited(self) -> bool:
        """Whether sentences differ from what was suggested or last written."""
        return (*self.findings, *self.actions) != self._suggested and bool(self.book)

    def writing(self, path: Path) -> Callable[[Progress], Path]:
        """The job: the workbook, with the sentences as they stand now."""
        book, language = self._edited(), self._wording.language
        written = (*self.findings, *self.actions)
        reviews, client = self._workspace.desk.reviews, self.client

        def job(progress: Progress) -> Path:
            annual_review.write(book, path, language, progress)
            if client is not None:
                reviews.record(client, book.start, book.end)
            self._suggested = written
            return path

        return job

    def writing_brief(self, path: Path) -> Callable[[Progress], Path]:
        """The job: the two pages, with the sentences as they stand now."""
        book, language = self._edited(), self._wording.language

        def job(_progress: Progress) -> Path:
            review_brief.write(book, path, language)
            return path

        return job

    def _edited(self) -> ReviewBook:
        assert self.book is not None  # noqa: S101 - the buttons wait for the figures
        return replace(
            self.book, findings=_kept(self.findings), actions=_kept(self.actions)
        )

    def _named(self, kind: FileKind) -> str:
        assert self.book is not None  # noqa: S101 - as above
        return annual_review.file_name(self.book, self._wording.language, kind)

    def _line(self, kpi: Kpi, before: Kpi | None) -> KpiLine:
        say = self._wording
        last = ""
        if before is not None and before.value is not None:
            last = say(N_("last year {value}"), value=self._value(before))
        definition = say(kpi.measure.definition)
        return KpiLine(
            say(kpi.title), self._value(kpi), self._light(kpi), last, definition
        )

    def _value(self, kpi: Kpi) -> str:
        if kpi.value is None:
            return self._wording(N_("no data"))
        assert self.book is not None  # noqa: S101 - a figure is of a book
        if kpi.measure.unit is Unit.MONEY:
            return self._wording.figure(Money(kpi.value, self.book.currency))
        unit = _UNITS.get(kpi.measure.unit)
        if unit is None:
            return self._wording.percent(kpi.value, 1)
        return self._wording(unit, value=f"{kpi.value:,f}")

    def _light(self, kpi: Kpi) -> Cell:
        if kpi.value is None or kpi.good is None:
            return Cell("–", Tone.FAINT)
        if kpi.good:
            return Cell(f"✓ {self._wording(N_('healthy'))}", Tone.DONE)
        return Cell(f"⚠ {self._wording(N_('look at it'))}", Tone.WARNING)

    def _set_period(self) -> None:
        """The policy year that runs now, up to today; without one, the last twelve months."""
        self.start, self.end = self._today - _YEAR, self._today
        if self.client is None:
            return
        for line in self._workspace.desk.policies.all(self._today, self.client):
            if line.start <= self._today:
                self.start, self.end = line.start, min(line.end, self._today)
                return

    def _forget(self) -> None:
        self.book = None
        self.findings, self.actions = [""] * SENTENCES, [""] * SENTENCES
        self._suggested = ()
        self.changed.emit(None)


def _filled(sentences: Iterable[str]) -> list[str]:
    """As many as the cover has room for, empty where nothing stands out."""
    found = list(sentences)[:SENTENCES]
    return found + [""] * (SENTENCES - len(found))


def _kept(sentences: list[str]) -> tuple[str, ...]:
    return tuple(text.strip() for text in sentences if text.strip())
