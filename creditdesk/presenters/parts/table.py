"""A list without Qt: rows, order, search text, selection, footer. Two kinds share one face."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from creditdesk.domain.base.money import Money
from creditdesk.events import Event

Row = TypeVar("Row")
_NOTHING = Decimal(0)
_PAGE = 200
_PAGES_KEPT = 40


class Tone(StrEnum):
    """What a cell's colour means; a word or an icon says the same."""

    PLAIN = "text"
    QUIET = "quiet"
    FAINT = "faint"
    ACCENT = "accent"
    DANGER = "danger"
    WARNING = "warning"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one place of a list shows; struck out in a row that is void, which no exported workbook holds."""

    text: str
    tone: Tone = Tone.PLAIN
    hint: str = ""
    bold: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Row]):
    """One column. `order` gives what rows are sorted by (raw values); None: can't be sorted.

    `value` is what an exported workbook holds; without it, what `sums` gives, or the text. `sums`: what the totals of
    the list add, one amount a currency; nothing for a row that isn't counted.
    """

    key: str
    title: str
    cell: Callable[[Row], Cell | str]
    order: Callable[[Row], Any] | None = None
    value: Callable[[Row], object] | None = None
    sums: Callable[[Row], Money | Iterable[Money] | None] | None = None
    right: bool = False
    width: int = 110
    stretch: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Totals:
    """What the columns of a list come to in one currency, by the columns' keys; a column without that currency lacks."""

    currency: str
    sums: Mapping[str, Money]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of any length is told: the ids in order, its foot in words, its totals."""

    ids: Sequence[int]
    footer: Sequence[str] = ()
    totals: Sequence[Totals] = ()


class Face(Protocol):
    """What the drawn list asks of either kind of table."""

    columns: Sequence[Column[Any]]
    changed: Event[None]

    @property
    def loading(self) -> bool:
        """Whether the rows are still on their way, so that nobody knows yet how many there are."""

    @property
    def count(self) -> int:
        """Rows to be drawn."""

    @property
    def sorted_by(self) -> tuple[str, bool]:
        """Column key and whether descending."""

    @property
    def footer(self) -> Sequence[str]:
        """Totals in words, one line a currency."""

    @property
    def totals(self) -> Sequence[Totals]:
        """What the rows shown come to, one a currency."""

    @property
    def narrowed(self) -> bool:
        """Whether a filter hides rows, or may hide some."""

    def cell(self, row: int, column: int) -> Cell:
        """What a place shows."""

    def raw(self, row: int, column: int) -> object:
        """What a place holds, as an exported workbook does."""

    def key(self, row: int) -> Hashable:
        """The id of a row."""

    def row_of(self, key: Hashable) -> int | None:
        """Where an id stands now; None when it isn't shown."""

    def sort(self, key: str, *, descending: bool) -> None:
        """Order the rows."""

    def search(self, text: str) -> None:
        """Show the rows that match."""

    def values(self) -> Iterable[Sequence[object]]:
        """Every row shown, as an exported workbook holds it."""


class Table(Generic[Row]):
    """A list of some thousand rows, held whole. A row never changes in place: new rows come."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Hashable],
        *,
        sort: str = "",
        descending: bool = False,
        footer: Callable[[Sequence[Row]], Sequence[str]] = lambda _rows: (),
    ) -> None:
        self.columns = columns
        self.changed: Event[None] = Event()
        self.loading = True
        self._key = key
        self._footer = footer
        self._all: Sequence[Row] = ()
        self._shown: list[Row] = []
        self._totals: Sequence[Totals] | None = None
        self._places: dict[Hashable, int] = {}
        self._sorted = (sort, descending)
        self._text = ""
        self._keep: Callable[[Row], bool] = lambda _row: True

    @property
    def rows(self) -> Sequence[Row]:
        """The rows shown, in order."""
        return self._shown

    @property
    def count(self) -> int:
        """Rows shown."""
        return len(self._shown)

    @property
    def whole(self) -> int:
        """Rows there are, shown or not."""
        return len(self._all)

    @property
    def sorted_by(self) -> tuple[str, bool]:
        """Column key and whether descending."""
        return self._sorted

    @property
    def footer(self) -> Sequence[str]:
        """Totals of what is shown, in words."""
        return self._footer(self._shown)

    @property
    def totals(self) -> Sequence[Totals]:
        """What the rows shown come to, one a currency."""
        if self._totals is None:
            self._totals = _totals(self.columns, self._shown)
        return self._totals

    @property
    def narrowed(self) -> bool:
        """Whether a filter hides rows."""
        return len(self._shown) < len(self._all)

    def wait(self) -> None:
        """Other rows are asked for; until they come none are shown."""
        self.loading = True
        self._all = ()
        self._arrange()

    def show(self, rows: Sequence[Row]) -> None:
        """New rows in the same order, with the same search text."""
        self.loading = False
        self._all = rows
        self._arrange()

    def search(self, text: str) -> None:
        """Keep rows in which every word typed occurs somewhere."""
        self._text = text
        self._arrange()

    def keep(self, condition: Callable[[Row], bool]) -> None:
        """Keep rows for which this holds."""
        self._keep = condition
        self._arrange()

    def sort(self, key: str, *, descending: bool) -> None:
        """Order by a column's raw values."""
        self._sorted = (key, descending)
        self._arrange()

    def cell(self, row: int, column: int) -> Cell:
        """What a place shows."""
        made = self.columns[column].cell(self._shown[row])
        return Cell(made) if isinstance(made, str) else made

    def raw(self, row: int, column: int) -> object:
        """What a place holds, as an exported workbook does."""
        return _value(self.columns[column], self._shown[row])

    def key(self, row: int) -> Hashable:
        """The id of a row."""
        return self._key(self._shown[row])

    def row_of(self, key: Hashable) -> int | None:
        """Where an id stands now."""
        return self._places.get(key)

    def get(self, key: Hashable) -> Row | None:
        """The row of an id, while it is shown."""
        place = self._places.get(key)
        return None if place is None else self._shown[place]

    def values(self) -> Iterable[Sequence[object]]:
        """Every row shown that stands, as an exported workbook holds it."""
        return (
            _values(self.columns, row) for row in self._shown if not self._is_void(row)
        )

    def _is_void(self, row: Row) -> bool:
        made = (column.cell(row) for column in self.columns)
        return any(isinstance(each, Cell) and each.struck for each in made)

    def _arrange(self) -> None:
        words = self._text.casefold().split()
        self._shown = [
            row for row in self._all if self._keep(row) and self._matches(row, words)
        ]
        key, descending = self._sorted
        column = next((each for each in self.columns if each.key == key), None)
        if column and column.order:
            order = column.order
            self._shown.sort(
                key=lambda row: _comparable(order(row)), reverse=descending
            )
        self._places = {self._key(row): place for place, row in enumerate(self._shown)}
        self._totals = None
        self.changed.emit(None)

    def _matches(self, row: Row, words: Sequence[str]) -> bool:
        if not words:
            return True
        text = " ".join(_text(column.cell(row)) for column in self.columns).casefold()
        return all(word in text for word in words)


class Window(Generic[Row]):
    """A list of any length: the ids once, rows by id, sorted and filtered by whoever keeps them."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        *,
        fetch: Callable[[Sequence[int]], Sequence[Row]],
        ask: Callable[["Window[Row]"], Asked],
        sort: str,
        descending: bool = False,
    ) -> None:
        self.columns = columns
        self.changed: Event[None] = Event()
        self.loading = True
        self.text = ""
        self._fetch = fetch
        self._ask = ask
        self._asked = Asked(())
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._sorted = (sort, descending)

    @property
    def count(self) -> int:
        """Rows there are."""
        return len(self._asked.ids)

    @property
    def sorted_by(self) -> tuple[str, bool]:
        """Column key and whether descending."""
        return self._sorted

    @property
    def footer(self) -> Sequence[str]:
        """Totals of all rows asked for, in words."""
        return self._asked.footer

    @property
    def totals(self) -> Sequence[Totals]:
        """What all rows asked for come to, one a currency."""
        return self._asked.totals

    @property
    def narrowed(self) -> bool:
        """Whether a filter may hide rows."""
        return bool(self.text)

    def reload(self) -> None:
        """Ask again."""
        self._asked = self._ask(self)
        self.loading = False
        self._pages.clear()
        self.changed.emit(None)

    def search(self, text: str) -> None:
        """Ask for what matches."""
        self.text = text.strip()
        self.reload()

    def sort(self, key: str, *, descending: bool) -> None:
        """Ask in this order."""
        self._sorted = (key, descending)
        self.reload()

    def cell(self, row: int, column: int) -> Cell:
        """What a place shows."""
        made = self.columns[column].cell(self._row(row))
        return Cell(made) if isinstance(made, str) else made

    def raw(self, row: int, column: int) -> object:
        """What a place holds, as an exported workbook does."""
        return _value(self.columns[column], self._row(row))

    def key(self, row: int) -> Hashable:
        """The id of a row."""
        return self._asked.ids[row]

    def row_of(self, key: Hashable) -> int | None:
        """Where an id stands now. Looks through the ids, so asked for a selection only."""
        try:
            return self._asked.ids.index(key)
        except ValueError:
            return None

    def get(self, key: Hashable) -> Row | None:
        """The row of an id."""
        place = self.row_of(key)
        return None if place is None else self._row(place)

    def values(self) -> Iterable[Sequence[object]]:
        """Every row, a page at a time."""
        for row in range(self.count):
            yield _values(self.columns, self._row(row))

    def _row(self, place: int) -> Row:
        page = place // _PAGE
        if page not in self._pages:
            self._pages[page] = self._fetch(
                self._asked.ids[page * _PAGE : (page + 1) * _PAGE]
            )
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        return self._pages[page][place % _PAGE]


def summed(rows: Mapping[str, Mapping[str, Money]]) -> tuple[Totals, ...]:
    """Totals that somebody else added: by currency, then by the keys of columns."""
    return tuple(Totals(code, sums) for code, sums in sorted(rows.items()))


def _totals(columns: Sequence[Column[Row]], rows: Sequence[Row]) -> tuple[Totals, ...]:
    added: dict[str, dict[str, Decimal]] = {}
    adding = [(each.key, each.sums) for each in columns if each.sums]
    for row in rows if adding else ():
        for key, sums in adding:
            found = sums(row)
            for amount in (found,) if isinstance(found, Money) else found or ():
                line = added.setdefault(amount.currency, {})
                line[key] = line.get(key, _NOTHING) + amount.amount
    return summed(
        {
            code: {key: Money(amount, code) for key, amount in line.items()}
            for code, line in added.items()
        }
    )


def _values(columns: Sequence[Column[Row]], row: Row) -> Sequence[object]:
    return [_value(column, row) for column in columns]


def _value(column: Column[Row], row: Row) -> object:
    if column.value:
        return column.value(row)
    found = column.sums(row) if column.sums else None
    amounts = () if found is None or isinstance(found, Money) else tuple(found)
    if isinstance(found, Money):
        return found
    return amounts[0] if len(amounts) == 1 else _text(column.cell(row))


def _text(cell: Cell | str) -> str:
    return cell if isinstance(cell, str) else cell.text


def _comparable(value: object) -> tuple[bool, Any]:
    """Nothing sorts first, whatever the kind of the other values."""
    return value is not None, value if value is not None else 0
