"""Any list of the window as a workbook: the rows shown, with their raw values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from creditdesk.domain.base.money import Money
from creditdesk.i18n import N_, Language, Message
from creditdesk.jobs import Progress
from creditdesk.reports.report import FileKind, Report
from creditdesk.reports.workbook import Book, Field, Shape, Value

REPORT = Report("list_workbook", N_("A list as shown"), (FileKind.WORKBOOK,))
_EXCEL_ROWS = 1_048_000


@dataclass(frozen=True, slots=True)
class ShownList:
    """A list as the window shows it: its title, one line that says what it is, heads and rows."""

    title: str
    said: str
    heads: Sequence[str]
    rows: Iterable[Sequence[object]]


def write(shown: ShownList, path: Path, language: Language, progress: Progress) -> int:
    """Write the workbook; the answer is the number of rows. Money keeps its currency in a column of its own."""
    book = Book(language)
    rows = []
    for count, row in enumerate(shown.rows):
        if count % 500 == 0:
            progress.step(Message(N_("Writing the list")))
        if count == _EXCEL_ROWS:
            break
        rows.append([_value(value) for value in row])
    sheet = book.sheet(shown.title)
    sheet.line(shown.title, bold=True, size=14)
    sheet.line(shown.said)
    sheet.table(
        [
            Field(head, _shape(rows, at), _width(rows, at, head))
            for at, head in enumerate(shown.heads)
        ],
        rows,
    )
    book.save(path, shown.title)
    return len(rows)


def _value(value: object) -> Value:
    if isinstance(value, Money):
        # Lists may hold several currencies under one head, so the figure stands without one.
        return value.rounded().amount
    if value is None or isinstance(value, str | int | Decimal | date):
        return value
    return str(value)


def _shape(rows: Sequence[Sequence[Value]], at: int) -> Shape:
    kinds = {type(row[at]) for row in rows if row[at] not in (None, "")}
    if kinds == {Decimal}:
        return Shape.NUMBER
    if kinds == {date}:
        return Shape.DAY
    return Shape.COUNT if kinds == {int} else Shape.TEXT


def _width(rows: Sequence[Sequence[Value]], at: int, head: str) -> float:
    longest = max(
        (len(str(row[at])) for row in rows[:200] if row[at] is not None), default=8
    )
    return float(min(48, max(12, longest + 2, len(head) + 4)))
