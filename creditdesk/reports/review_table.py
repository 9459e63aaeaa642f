"""Tables of the annual review: columns by name, so that formulas name what they count (rules.md 9.1)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from openpyxl.utils import get_column_letter

from creditdesk.domain.review.book import ReviewBook
from creditdesk.reports.workbook import Book, Field, Shape, Sheet, Value

R = TypeVar("R")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class At:
    """A row of a table: `at["limit"]` is its cell, `at.first` and `at.last` the rows of the table."""

    letters: Mapping[str, str]
    row: int
    first: int
    last: int

    def __getitem__(self, key: str) -> str:
        """The cell in this row, as formulas of its sheet write it."""
        return f"{self.letters[key]}{self.row}"

    def all(self, key: str) -> str:
        """The whole column."""
        letter = self.letters[key]
        return f"{letter}${self.first}:{letter}${self.last}"


@dataclass(frozen=True, slots=True)
class Col(Generic[R]):
    """A column: its name in formulas, its head, and what a row says in it. Without `key` no formula names it."""

    title: str
    of: Callable[[R, At], Value]
    shape: Shape = Shape.TEXT
    width: float = 14
    summed: bool = False
    key: str = ""


def summed(
    title: str, of: Callable[[R, At], Value], width: float, key: str = ""
) -> Col[R]:
    """A column of money with its sum at the foot."""
    return Col(title, of, Shape.MONEY, width, summed=True, key=key)


@dataclass(frozen=True, slots=True)
class Area:
    """Where a table stands. Without rows it is one empty line, so that formulas stay valid."""

    sheet: str
    letters: Mapping[str, str]
    first: int
    last: int

    def place(self, key: str) -> str:
        """The cells of a column, absolute."""
        letter = self.letters[key]
        return f"{self.sheet}!${letter}${self.first}:${letter}${self.last}"


def begin(book: Book, review: ReviewBook, number: int, title: str) -> Sheet:
    """A sheet with its number, its title, and whose year it is."""
    words = book.words
    sheet = book.sheet(f"{number} {words(title)}", review.currency)
    sheet.line(f"{number} {words(title)}", bold=True, size=14)
    sheet.line(
        words("{client}, {start} to {end}, amounts in {currency}", client=review.client.name,
              start=review.start.isoformat(), end=review.end.isoformat(), currency=review.currency)
    )  # fmt: skip
    return sheet


def table(  # noqa: PLR0913 - what a table is made of
    book: Book,
    sheet: Sheet,
    name: str,
    columns: Sequence[Col[R]],
    rows: Sequence[R],
    *,
    total: bool = True,
    beside: bool = False,
) -> Area:
    """The rows; every column with a key becomes the name `NAME_KEY`."""
    first = sheet.row + 2
    last = first + max(len(rows), 1) - 1
    left = sheet.left if beside else 1
    letters = {col.key: get_column_letter(at) for at, col in enumerate(columns, left) if col.key}  # fmt: skip
    fields = [Field(col.title, col.shape, col.width, col.summed) for col in columns]
    cells: list[list[Value]] = [
        [col.of(row, At(letters, at, first, last)) for col in columns]
        for at, row in enumerate(rows, first)
    ]
    sheet.table(
        fields,
        cells or [[None] * len(fields)],
        total=book.words("Total") if total else "",
        beside=beside,
    )
    area = Area(sheet.name, letters, first, last)
    for key in letters:
        book.define(f"{name}_{key}", area.place(key))
    return area


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell that formulas name, and what it is called."""

    name: str
    label: str
    value: Value
    shape: Shape = Shape.MONEY


def enter(book: Book, sheet: Sheet, *entries: Entry) -> None:
    """A line for each, the label before its cell."""
    for each in entries:
        row = sheet.line(each.label)
        sheet.put(row, 2, each.value, each.shape)
        book.define(each.name, f"{sheet.name}!$B${row}")
