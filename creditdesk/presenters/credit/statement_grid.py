"""Three years of statements typed row by row, in the layout of the paper, without Qt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from creditdesk.catalog.statement_rows import rows_of
from creditdesk.domain.credit.sheets import (
    SCHEME_TITLES,
    SECTION_TITLES,
    STANDARD_TITLES,
    UNIT_TITLES,
    YEAR,
    Scheme,
    Sheet,
    SheetRow,
    Standard,
)
from creditdesk.errors import UserError
from creditdesk.events import Event
from creditdesk.i18n import N_, Message
from creditdesk.presenters.credit.statement_asking import StatementAsking
from creditdesk.presenters.parts.bound import Around, asked, bound
from creditdesk.presenters.parts.typed import FieldKind, read, tidy
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.credit import MonthsWrong, StatementTwice
from creditdesk.workspace import Workspace

COLUMNS = 3


class UnitChoice(StrEnum):
    """What figures are counted in, as a form offers it."""

    ONE = "1"
    THOUSAND = "1000"
    TEN_THOUSAND = "10000"
    MILLION = "1000000"


class NothingTyped(UserError):
    """A grid without a figure."""

    message = N_("No figure is typed yet. Leave a row empty where the paper has none.")


class ColumnWithoutDay(UserError):
    """Figures stand under no period."""

    message = N_("Figures stand in the column, but the last day of its period is missing.")  # fmt: skip


class DayWithTwoColumns(UserError):
    """Two columns of one period."""

    message = N_("Two columns end on {day}. Each period stands once.")


class CellsUnread(UserError):
    """Something that is no amount stands where one belongs."""

    message = N_("No amount: {cells}. Correct these cells, nothing was kept.")


@dataclass(frozen=True, slots=True, kw_only=True)
class GridTold:
    """What holds for the whole grid, and the last day of each column."""

    scheme: Scheme = asked(N_("Layout"), titles=SCHEME_TITLES)
    standard: Standard = asked(N_("By which standard"), titles=STANDARD_TITLES)
    unit: UnitChoice = asked(N_("Figures in"), titles={each: UNIT_TITLES[int(each)] for each in UnitChoice})  # fmt: skip
    months: int = asked(N_("Months of the first column"), hint=N_("the others are whole years"))  # fmt: skip
    end0: date | None = asked(N_("First column ends on"), default=None)
    end1: date | None = asked(N_("Second column ends on"), default=None)
    end2: date | None = asked(N_("Third column ends on"), default=None)


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A row to type in; `key` empty: the heading of a section."""

    key: str
    title: str
    total: bool = False


class StatementGrid:
    """The rows of a layout, and what is typed in their cells so far."""

    def __init__(self, workspace: Workspace, wording: Wording, buyer: int) -> None:
        self._desk = workspace.desk
        self._say = wording
        self._buyer = buyer
        self._today = workspace.today()
        self._currency = "CNY"
        self._kept: Sequence[Sheet] = ()
        self._asking = StatementAsking(workspace.desk, buyer)
        self._cells: dict[tuple[str, int], str] = {}
        self.changed: Event[None] = Event()
        around = Around(
            today=self._today,
            values=self._first(),
            blame={MonthsWrong: "months", StatementTwice: "end0"},
        )
        self.form = bound(GridTold, wording, self._keep, around)
        self.form.changed.connect(self._follow)
        self._scheme = Scheme.CHINESE
        self.rows = tuple(self._rows())

    def show(self, currency: str, kept: Sequence[Sheet]) -> None:
        """What is kept already, and the currency of the buyer's account: the figures are in it."""
        self._currency, self._kept = currency, kept
        if not self.is_begun:
            self.form.load(self._first())

    @property
    def is_begun(self) -> bool:
        """Whether a figure is typed."""
        return bool(self._cells)

    @property
    def heads(self) -> tuple[str, ...]:
        """Above each column: the day it ends on, as far as it is said."""
        found = []
        for place in range(COLUMNS):
            day = self._end(place)
            found.append(self._say.day(day) if day else self._say(N_("no period yet")))
        return tuple(found)

    def cell(self, key: str, column: int) -> str:
        """What stands in a cell."""
        return self._cells.get((key, column), "")

    def is_faulty(self, key: str, column: int) -> bool:
        """Whether something that is no amount stands there."""
        return _amount(self.cell(key, column)) is None and bool(self.cell(key, column))

    def put(self, key: str, column: int, text: str) -> None:
        """Somebody typed into a cell; it is written tidily where it can be read."""
        self._put(key, column, text)
        self.changed.emit(None)

    def paste(self, line: int, column: int, text: str) -> None:
        """A block copied in Excel, from this cell on: headings of sections are stepped over, what is too much is left."""
        keys = [row.key for row in self.rows[line:] if row.key]
        for key, cells in zip(keys, text.splitlines(), strict=False):
            for place, cell in enumerate(cells.split("\t")[: COLUMNS - column], column):
                self._put(key, place, cell)
        self.changed.emit(None)

    def clear(self) -> None:
        """Drop what was typed."""
        self._cells.clear()
        self.form.load(self._first())
        self.changed.emit(None)

    @property
    def doubts(self) -> tuple[str, ...]:
        """What doesn't fit in the columns whose period is known, as they stand now; nothing while the unit is open."""
        if not self.form.value("unit"):
            return ()
        sheets = [each for each in self._sheets(self._told_now()) if each is not None]
        found = self._desk.credit.statement_questions(self._buyer, sheets)
        return tuple(map(self._say.message, found))

    def _put(self, key: str, column: int, text: str) -> None:
        plain = tidy(FieldKind.AMOUNT, text.strip())
        if plain.strip("-–—"):
            self._cells[key, column] = plain
        else:
            self._cells.pop((key, column), None)

    def _first(self) -> dict[str, str]:
        """The last whole years that aren't kept yet."""
        kept = {(each.period_end, each.months) for each in self._kept}
        years = (date(self._today.year - back, YEAR, 31) for back in range(1, 20))
        free = [day for day in years if (day, YEAR) not in kept][:COLUMNS]
        ends = {f"end{place}": day.isoformat() for place, day in enumerate(free)}
        return {
            "scheme": Scheme.CHINESE.value,
            "standard": Standard.ENTERPRISES.value,
            "months": str(YEAR),
            **ends,
        }

    def _follow(self, _nothing: None) -> None:
        scheme = self.form.value("scheme")
        if scheme and scheme != self._scheme:
            self._scheme = Scheme(scheme)
            self.rows = tuple(self._rows())
        self.changed.emit(None)

    def _rows(self) -> Iterator[TypedRow]:
        section = None
        for row in rows_of(self._scheme):
            if row.section is not section:
                section = row.section
                yield TypedRow("", self._say(SECTION_TITLES[section]))
            yield TypedRow(row.key, self._title(row), row.total)

    def _title(self, row: SheetRow) -> str:
        return row.title.in_language(self._say.language)

    def _end(self, place: int) -> date | None:
        try:
            found = read(FieldKind.DATE, self.form.value(f"end{place}"))
        except UserError:
            return None
        return found if isinstance(found, date) else None

    def _told_now(self) -> GridTold:
        """As far as it is typed: to look for doubts, not to keep."""
        unit, standard = self.form.value("unit"), self.form.value("standard")
        return GridTold(
            scheme=self._scheme,
            standard=Standard(standard) if standard else Standard.OTHER,
            unit=UnitChoice(unit) if unit else UnitChoice.ONE,
            months=YEAR,
            end0=self._end(0),
            end1=self._end(1),
            end2=self._end(2),
        )

    def _sheets(self, told: GridTold) -> Iterator[Sheet | None]:
        """Each column; None: nothing is typed in it, or nobody says of which period it is."""
        for place, end in enumerate((told.end0, told.end1, told.end2)):
            values = dict(self._values(place))
            if end is None or not values:
                yield None
                continue
            yield Sheet(
                period_end=end,
                months=YEAR if place else told.months,
                unit=int(told.unit),
                currency=self._currency,
                standard=told.standard,
                scheme=told.scheme,
                values=values,
            )

    def _values(self, column: int) -> Iterator[tuple[str, Decimal]]:
        for row in self.rows:
            amount = _amount(self.cell(row.key, column)) if row.key else None
            if amount is not None:
                yield row.key, amount

    def _keep(self, told: GridTold) -> None:
        self._check(told)
        sheets = [each for each in self._sheets(told) if each is not None]
        if not sheets:
            raise NothingTyped
        self._asking.ask(sheets)

        def change() -> None:
            for each in sheets:
                self._desk.credit.add_statement(self._buyer, each)

        self._desk.do(change)
        self._cells.clear()

    def _check(self, told: GridTold) -> None:
        wrong = [
            Message.of(N_("{row} “{text}”"), row=row.title, text=self.cell(row.key, place))
            for row in self.rows
            for place in range(COLUMNS)
            if row.key and self.is_faulty(row.key, place)
        ]  # fmt: skip
        if wrong:
            raise CellsUnread(cells=tuple(wrong))
        ends = (told.end0, told.end1, told.end2)
        for place, end in enumerate(ends):
            typed = any(column == place for _, column in self._cells)
            if typed and end is None:
                raise ColumnWithoutDay
            if typed and end in ends[:place]:
                raise DayWithTwoColumns(day=end)


def _amount(text: str) -> Decimal | None:
    """None: nothing, or no amount."""
    try:
        found = read(FieldKind.AMOUNT, text)
    except UserError:
        return None
    return found if isinstance(found, Decimal) else None
