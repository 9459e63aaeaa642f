"""Our own workbooks: frozen heads, print titles, A4 across, and cells that are what they say."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from creditdesk.domain.base.money import Money, exponent
from creditdesk.i18n import Language, Words, words
from creditdesk.outputs import beside

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORMULA = re.compile(rb'(<c r="([A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>)<v ?(?:/>|></v>)')
_EXCEL_DIGITS = 15
_LONGEST_TEXT = 32_767
_LINE = Side(style="thin", color="C3C9D1")
_STRONG = Side(style="medium", color="1A1F26")
_HEAD = PatternFill("solid", fgColor="F1F3F5")
_MOST_WIDE = 48
_FACE = "Arial"  # both systems have it, and fall back for Chinese
_SIZE = 10


class Shape(Enum):
    """What a column holds; its value is the number format."""

    TEXT = "@"
    DAY = "yyyy-mm-dd"
    COUNT = "#,##0"
    NUMBER = "#,##0.00"
    SHARE = "0.0%"
    PERCENT = '0.##"%"'
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula, beginning with `=`; written by us, never taken from data.

    `result`: what it gives now, kept beside it for whoever only looks at the file; None: it is worked out when opened.
    """

    text: str
    result: Decimal | None = None


Value = str | int | Decimal | date | Money | Formula | bool | None


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its head, what it holds, its width in characters, and whether its foot sums it."""

    title: str
    shape: Shape = Shape.TEXT
    width: float = 14
    summed: bool = False


class Book:
    """A workbook in one language."""

    def __init__(self, language: Language) -> None:
        self.words: Words = words(language)
        self._book = Workbook()
        self._results: dict[str, dict[str, Decimal]] = {}
        self._book.remove(self._book.worksheets[0])

    def sheet(self, title: str, currency: str = "CNY") -> "Sheet":
        """A new sheet at the end; `currency` decides how many digits its money shows."""
        made = self._book.create_sheet(_sheet_name(title, self._book.sheetnames))
        sheet = Sheet(made, self.words, _money_format(currency))
        self._results[made.title] = sheet.results
        return sheet

    def save(self, path: Path, title: str) -> None:
        """Write the workbook. Raises `CannotWrite`."""
        self._book.properties.title = title
        self._book.properties.creator = "CreditDesk"
        with beside(path) as new:
            new.write_bytes(_packed(self._book, self._results))


def _packed(book: Workbook, results: Mapping[str, Mapping[str, Decimal]]) -> bytes:
    """The file in memory: on a full disk a writer of ZIP files would go on writing while it is thrown away."""
    packed = BytesIO()
    book.properties.modified = datetime.now(UTC).replace(tzinfo=None)
    writer = _Writer(book, ZipFile(packed, "w", ZIP_DEFLATED))
    writer.results = results
    writer.save()
    return packed.getvalue()


class _Writer(ExcelWriter):
    """Makes each sheet in memory; openpyxl itself lays it down in the system's folder for temporary files.

    It also knows no results of formulas: they are put beside them here.
    """

    results: Mapping[str, Mapping[str, Decimal]]

    def write_worksheet(self, ws: Any) -> None:  # noqa: ANN401 - the stubs leave out what a sheet keeps for its writer
        """Add a sheet to the file."""
        ws._drawing = SpreadsheetDrawing()  # noqa: SLF001 - as the writer this one takes the place of
        ws._drawing.charts = ws._charts  # noqa: SLF001 - as above
        ws._drawing.images = ws._images  # noqa: SLF001 - as above
        made = BytesIO()
        writer: Any = WorksheetWriter(ws, made)
        writer.write()
        ws._rels = writer._rels  # noqa: SLF001 - as above
        whole = _with_results(made.getvalue(), self.results[ws.title])
        self._archive.writestr(ws.path[1:], whole)  # type: ignore[attr-defined]  # the stubs leave it out
        self.manifest.append(ws)


def _with_results(sheet: bytes, results: Mapping[str, Decimal]) -> bytes:
    def beside(found: re.Match[bytes]) -> bytes:
        result = results.get(found[2].decode())
        return found[0] if result is None else found[1] + f"<v>{result:f}</v>".encode()

    return _FORMULA.sub(beside, sheet) if results else sheet


class Sheet:
    """A sheet written from top to bottom; rows count from 1 as Excel shows them."""

    def __init__(self, sheet: Worksheet, said: Words, money: str) -> None:
        self._sheet = sheet
        self._money = money
        self.row = 0
        self.results: dict[str, Decimal] = {}
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        foot = sheet.oddFooter
        # openpyxl makes foot and parts itself; only its stubs allow them to be missing.
        assert foot is not None  # noqa: S101 - see above
        assert foot.left is not None  # noqa: S101 - see above
        assert foot.right is not None  # noqa: S101 - see above
        foot.left.text = "&A"
        foot.right.text = said("Page {number} of {total}", number="&P", total="&N")

    @property
    def name(self) -> str:
        """As formulas of other sheets write it."""
        return f"'{self._sheet.title}'"

    def line(self, *values: Value, bold: bool = False, size: float = 10) -> int:
        """A line of plain cells; the answer is its row."""
        self.row += 1
        for column, value in enumerate(values, start=1):
            cell = self.put(self.row, column, value, Shape.TEXT)
            cell.font = Font(name=_FACE, bold=bold, size=size)
            cell.alignment = Alignment(vertical="center")
            cell.border = Border()
        self._sheet.row_dimensions[self.row].height = size * 1.7
        return self.row

    def paragraph(self, text: str, columns: int = 5) -> None:
        """Text over several columns, the row as high as it needs."""
        row = self.line(text)
        self._sheet.merge_cells(
            start_row=row, end_row=row, start_column=1, end_column=columns
        )
        letters = (get_column_letter(column) for column in range(1, columns + 1))
        wide = sum(self._sheet.column_dimensions[letter].width for letter in letters)
        self._sheet.cell(row, 1).alignment = Alignment(vertical="top", wrap_text=True)
        taken = sum(2 if character > "\u2e7f" else 1 for character in text)
        self._sheet.row_dimensions[row].height = 15 * max(1, -(-taken // int(wide)))

    def table(
        self,
        fields: Sequence[Field],
        rows: Sequence[Sequence[Value]],
        *,
        total: str = "",
    ) -> range:
        """A table with frozen head and print titles; the answer is its rows. `total` labels the line of sums."""
        self.row += 1
        head = self.row
        for column, field in enumerate(fields, start=1):
            self._head(head, column, field)
        self._sheet.freeze_panes = f"B{head + 1}"
        self._sheet.print_title_rows = f"{head}:{head}"
        for values in rows:
            self.row += 1
            for column, (field, value) in enumerate(
                zip(fields, values, strict=True), start=1
            ):
                self.put(self.row, column, value, field.shape)
        body = range(head + 1, self.row + 1)
        if rows:
            last = get_column_letter(len(fields))
            self._sheet.auto_filter.ref = f"A{head}:{last}{self.row}"
        if total:
            self._total(fields, body, total, rows)
        return body

    def put(self, row: int, column: int, value: Value, shape: Shape) -> Cell:
        """One cell. Text stays text whatever it begins with; a number Excel can't hold exactly becomes text."""
        cell: Cell = self._sheet.cell(row, column)  # type: ignore[assignment]  # merged cells are never written to
        if isinstance(value, Money):
            value = value.rounded().amount
        if isinstance(value, Formula):
            cell.value = value.text
            if value.result is not None:
                self.results[cell.coordinate] = value.result
        elif isinstance(value, str):
            _put_text(cell, value)
        elif (
            isinstance(value, Decimal | int)
            and not isinstance(value, bool)
            and _too_long(value)
        ):
            _put_text(cell, f"{value:f}" if isinstance(value, Decimal) else str(value))
        else:
            cell.value = value
        if not isinstance(value, str) or not value:
            cell.number_format = self._money if shape is Shape.MONEY else shape.value
        cell.font = Font(name=_FACE, size=_SIZE)
        cell.alignment = Alignment(
            vertical="top", wrap_text=shape is Shape.TEXT, horizontal=_side(shape)
        )
        cell.border = Border(bottom=_LINE)
        return cell

    def _head(self, row: int, column: int, field: Field) -> None:
        cell = self.put(row, column, field.title, Shape.TEXT)
        cell.font = Font(name=_FACE, bold=True, size=_SIZE)
        cell.fill = _HEAD
        cell.border = Border(bottom=_STRONG)
        cell.alignment = Alignment(
            vertical="bottom", wrap_text=True, horizontal=_side(field.shape)
        )
        letter = get_column_letter(column)
        self._sheet.column_dimensions[letter].width = min(field.width, _MOST_WIDE)

    def _total(
        self,
        fields: Sequence[Field],
        body: range,
        label: str,
        rows: Sequence[Sequence[Value]],
    ) -> None:
        self.row += 1
        for column, field in enumerate(fields, start=1):
            value: Value = label if column == 1 else None
            if field.summed and len(body):
                letter = get_column_letter(column)
                text = f"=SUM({letter}{body.start}:{letter}{body.stop - 1})"
                value = Formula(text, _sum(row[column - 1] for row in rows))
            cell = self.put(
                self.row, column, value, Shape.TEXT if column == 1 else field.shape
            )
            cell.font = Font(name=_FACE, bold=True, size=_SIZE)
            cell.border = Border(top=_STRONG)


def _sum(values: Iterable[Value]) -> Decimal | None:
    """None where one of them is worked out when the file is opened."""
    total = Decimal(0)
    for value in values:
        if isinstance(value, Formula):
            if value.result is None:
                return None
            total += value.result
        elif isinstance(value, Money):
            total += value.rounded().amount
        elif isinstance(value, Decimal | int) and not isinstance(value, bool):
            total += value
    return total


def _side(shape: Shape) -> Literal["left", "right"]:
    return "left" if shape in (Shape.TEXT, Shape.DAY) else "right"


def _money_format(currency: str) -> str:
    digits = exponent(currency)
    return "#,##0" + ("." + "0" * digits if digits else "")


def _put_text(cell: Cell, text: str) -> None:
    """As text, whatever it begins with: a buyer called `=cmd()` is a name, not a formula."""
    cell.value = _UNPRINTABLE.sub(" ", text)[:_LONGEST_TEXT]
    cell.data_type = "s"
    cell.number_format = "@"
    if text[:1] in "=+-@" and text:
        cell.quotePrefix = True


def _too_long(value: Decimal | int) -> bool:
    digits = Decimal(value).normalize().as_tuple().digits
    return len(digits) > _EXCEL_DIGITS


def _sheet_name(title: str, taken: Sequence[str]) -> str:
    """At most 31 characters, none of those Excel forbids, and not twice."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:31] or "Sheet"
    name, number = plain, 2
    while name.lower() in (other.lower() for other in taken):
        name = f"{plain[:27]} ({number})"
        number += 1
    return name
