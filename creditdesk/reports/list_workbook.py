"""Any list of the window as a workbook: the rows shown, with their raw values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl.utils import get_column_letter

from creditdesk.domain.base.money import Money
from creditdesk.i18n import N_, Language, Message
from creditdesk.jobs import Progress
from creditdesk.reports.report import FileKind, Report
from creditdesk.reports.workbook import Book, Field, Formula, Shape, Sheet, Value

REPORT = Report("list_workbook", N_("A list as shown"), (FileKind.WORKBOOK,))
_EXCEL_ROWS = 1_048_000


@dataclass(frozen=True, slots=True)
class ShownList:
    """A list as the window shows it: its title, one line that says what it is, heads and rows.

    `summed`: the places of the columns whose amounts are added below, one line a currency.
    """

    title: str
    said: str
    heads: Sequence[str]
    rows: Iterable[Sequence[object]]
    summed: frozenset[int] = frozenset()


def write(shown: ShownList, path: Path, language: Language, progress: Progress) -> int:
    """Write the workbook; the answer is the number of rows.

    Amounts of several currencies under one head have their currency in a column before them.
    """
    book = Book(language)
    rows = []
    for count, row in enumerate(shown.rows):
        if count % 500 == 0:
            progress.step(Message(N_("Writing the list")))
        if count == _EXCEL_ROWS:
            break
        rows.append(row)
    codes = [_codes(rows, at) for at in range(len(shown.heads))]
    heads: list[str] = []
    places: list[int] = []
    for head, several in zip(shown.heads, codes, strict=True):
        heads += [book.words("Currency"), head] if len(several) > 1 else [head]
        places.append(len(heads))
    values = [_spread(row, codes) for row in rows]
    sheet = book.sheet(shown.title)
    sheet.line(shown.title, bold=True, size=14)
    sheet.line(shown.said)
    fields = [
        Field(head, _shape(values, at), _width(values, at, head))
        for at, head in enumerate(heads)
    ]
    body = sheet.table(fields, values)
    sums = {places[at]: codes[at] for at in shown.summed if codes[at]}
    for code in sorted({code for found in sums.values() for code in found}):
        _sum(sheet, body, code, {at: len(each) for at, each in sums.items() if code in each}, rows, places)  # fmt: skip
    book.save(path, shown.title)
    return len(rows)


def _sum(  # noqa: PLR0913, PLR0917 - where the sums stand and what they add
    sheet: Sheet,
    body: range,
    code: str,
    sums: dict[int, int],
    rows: Sequence[Sequence[object]],
    places: Sequence[int],
) -> None:
    """A line of live sums of one currency; a column of it alone is added whole, as a filter of Excel's leaves it."""
    sheet.row += 1
    sheet.put(sheet.row, 1, f"Σ {code}", Shape.TEXT)
    for column, currencies in sums.items():
        letter, before = get_column_letter(column), get_column_letter(column - 1)
        cells = f"{letter}{body.start}:{letter}{body.stop - 1}"
        said = f"=SUBTOTAL(109,{cells})"
        if currencies > 1:
            said = (
                f'=SUMIF({before}{body.start}:{before}{body.stop - 1},"{code}",{cells})'
            )
        at = places.index(column)
        amounts = (row[at] for row in rows if isinstance(row[at], Money))
        own = [each.rounded().amount for each in amounts if each.currency == code]  # type: ignore[attr-defined]  # asked the word before
        result = sum(own, Decimal(0))
        sheet.put(sheet.row, column, Formula(said, result), Shape.NUMBER)


def _codes(rows: Sequence[Sequence[object]], at: int) -> frozenset[str]:
    return frozenset(row[at].currency for row in rows if isinstance(row[at], Money))  # type: ignore[attr-defined]  # asked the word before


def _spread(row: Sequence[object], codes: Sequence[frozenset[str]]) -> list[Value]:
    """The row, its amounts with their currency before them where their column has several."""
    values: list[Value] = []
    for value, several in zip(row, codes, strict=True):
        if len(several) > 1:
            values.append(value.currency if isinstance(value, Money) else "")
        values.append(_value(value))
    return values


def _value(value: object) -> Value:
    if isinstance(value, Money):
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
