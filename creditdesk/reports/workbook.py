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
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.chart._chart import ChartBase
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from creditdesk.domain.base.money import Money, exponent
from creditdesk.i18n import Language, Words, words
from creditdesk.outputs import beside

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f>[^<]*</f>)<v ?(?:/>|></v>)')
_EXCEL_DIGITS = 15
_LONGEST_TEXT = 32_767
_LINE = Side(style="thin", color="C3C9D1")
_STRONG = Side(style="medium", color="1A1F26")
_HEAD = PatternFill("solid", fgColor="F1F3F5")
_MOST_WIDE = 48
_LINE_HIGH = 13.5
_BINDING, _MARGIN = 25 / 25.4, 12 / 25.4
"""Inches, left and right."""
_WHOLE = 175.0
"""Characters of a table that is made to fit on a page across."""
_ACROSS, _SMALLEST = 105.0, 0.75
"""Characters on a page across in the widest face a program may take, and how small they may be printed."""
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
    result: Decimal | str | None = None


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
        self._results: dict[str, dict[str, Decimal | str]] = {}
        self._book.remove(self._book.worksheets[0])
        # Columns are as wide as so many digits of the workbook's own face: one that every system has.
        own: Any = self._book
        own._named_styles["Normal"].font = Font(name=_FACE, size=_SIZE)  # noqa: SLF001 - no other way to it

    def sheet(self, title: str, currency: str = "CNY") -> "Sheet":
        """A new sheet at the end; `currency` decides how many digits its money shows."""
        made = self._book.create_sheet(_sheet_name(title, self._book.sheetnames))
        sheet = Sheet(made, self.words, _money_format(currency))
        self._results[made.title] = sheet.results
        return sheet

    def define(self, name: str, place: str) -> None:
        """Give cells a name that formulas may use; `place` as formulas of other sheets write it."""
        self._book.defined_names[name] = DefinedName(name, attr_text=place)

    def save(self, path: Path, title: str) -> None:
        """Write the workbook. Raises `CannotWrite`."""
        self._book.properties.title = title
        self._book.properties.creator = "CreditDesk"
        with beside(path) as new:
            new.write_bytes(_packed(self._book, self._results))


def _packed(
    book: Workbook, results: Mapping[str, Mapping[str, Decimal | str]]
) -> bytes:
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

    results: Mapping[str, Mapping[str, Decimal | str]]

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


def _with_results(sheet: bytes, results: Mapping[str, Decimal | str]) -> bytes:
    def beside(found: re.Match[bytes]) -> bytes:
        place, style, formula = found[1], found[2], found[3]
        result = results.get(place.decode())
        if result is None:
            return found[0]
        kind = b' t="str"' if isinstance(result, str) else b""
        said = escape(result) if isinstance(result, str) else f"{result:f}"
        return b'<c r="%b"%b%b>%b<v>%b</v>' % (
            place,
            style,
            kind,
            formula,
            said.encode(),
        )

    return _FORMULA.sub(beside, sheet) if results else sheet


class Sheet:
    """A sheet written from top to bottom; rows count from 1 as Excel shows them."""

    def __init__(self, sheet: Worksheet, said: Words, money: str) -> None:
        self._sheet = sheet
        self._money = money
        self.said = said
        self.row = 0
        self.left = 1
        self._charts = 0
        self.results: dict[str, Decimal | str] = {}
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.page_margins.left, sheet.page_margins.right = _BINDING, _MARGIN
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
        for column, value in enumerate(values, start=self.left):
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
        self._sheet.row_dimensions[row].height = _LINE_HIGH * _lines(text, wide) + 2

    def table(
        self,
        fields: Sequence[Field],
        rows: Sequence[Sequence[Value]],
        *,
        total: str = "",
        beside: bool = False,
    ) -> range:
        """A table with frozen head and print titles; the answer is its rows. `total` labels the line of sums.

        `beside`: a further table of the sheet, under the columns of the first from `left` on: it has neither.
        """
        left = self.left if beside else 1
        self.row += 1
        head = self.row
        for column, field in enumerate(fields, start=left):
            self._head(head, column, field, wide=not beside)
        self._grow(head, [field.title for field in fields], left)
        if not beside:
            self._sheet.freeze_panes = f"B{head + 1}"
            self._sheet.print_title_rows = f"{head}:{head}"
            self._break_across(fields)
        for values in rows:
            self.row += 1
            for column, (field, value) in enumerate(
                zip(fields, values, strict=True), start=left
            ):
                self.put(self.row, column, value, field.shape)
            self._grow(self.row, values, left)
        body = range(head + 1, self.row + 1)
        if rows and not beside:
            last = get_column_letter(len(fields))
            self._sheet.auto_filter.ref = f"A{head}:{last}{self.row}"
        if total:
            self._total(fields, body, total, rows, left)
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
            vertical="top",
            wrap_text=shape is Shape.TEXT,
            horizontal=_side(shape),
            indent=1 if shape is Shape.DAY else 0,
        )
        cell.border = Border(bottom=_LINE)
        return cell

    def _grow(self, row: int, values: Sequence[Value], left: int) -> None:
        """As high as its longest text needs: a program that only shows the file doesn't make it so."""
        most = 1
        for column, value in enumerate(values, start=left):
            if isinstance(value, str):
                wide = self._sheet.column_dimensions[get_column_letter(column)].width
                most = max(most, _lines(value, wide))
        self._sheet.row_dimensions[row].height = _LINE_HIGH * most + 2

    def chart(self, chart: ChartBase, rows: int = 15) -> None:
        """A chart below what is written, over this many rows; two of them begin a page."""
        if self._charts % 2 == 0:
            self._sheet.row_breaks.append(Break(id=self.row))
        self._charts += 1
        place = f"{get_column_letter(self.left)}{self.row + 2}"
        self._sheet.add_chart(chart, place)
        self.row += rows + 2

    def tint(self, place: str, condition: str, colour: str) -> None:
        """The text of these cells takes the colour where the condition holds for it."""
        rule: Any = FormulaRule  # the stubs leave out its types
        made = rule([condition], font=Font(color=colour, bold=True))
        self._sheet.conditional_formatting.add(place, made)

    def _break_across(self, fields: Sequence[Field]) -> None:
        """A table too wide to be read on one page goes on a second one, with its first column again."""
        widths = [min(field.width, _MOST_WIDE) for field in fields]
        if sum(widths) <= _WHOLE:
            return
        pages, room = [0], _ACROSS / _SMALLEST
        taken = widths[0]
        for at, width in enumerate(widths[1:], start=1):
            if taken + width > room:
                pages.append(at)
                taken = widths[0]
            taken += width
        for at in pages[1:]:
            self._sheet.col_breaks.append(Break(id=at))
        self._sheet.print_title_cols = "A:A"
        self.left = 2  # what stands in the first column comes again on every page
        self._sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
        self._sheet.page_setup.scale = int(100 * _SMALLEST)

    def _head(self, row: int, column: int, field: Field, *, wide: bool = True) -> None:
        cell = self.put(row, column, field.title, Shape.TEXT)
        cell.font = Font(name=_FACE, bold=True, size=_SIZE)
        cell.fill = _HEAD
        cell.border = Border(bottom=_STRONG)
        cell.alignment = Alignment(
            vertical="bottom", wrap_text=True, horizontal=_side(field.shape)
        )
        if wide:
            letter = get_column_letter(column)
            self._sheet.column_dimensions[letter].width = min(field.width, _MOST_WIDE)

    def _total(
        self,
        fields: Sequence[Field],
        body: range,
        label: str,
        rows: Sequence[Sequence[Value]],
        left: int,
    ) -> None:
        self.row += 1
        for at, field in enumerate(fields):
            value: Value = None if at else label
            if field.summed and len(body):
                letter = get_column_letter(at + left)
                text = f"=SUM({letter}{body.start}:{letter}{body.stop - 1})"
                value = Formula(text, _sum(row[at] for row in rows))
            shape = field.shape if at else Shape.TEXT
            cell = self.put(self.row, at + left, value, shape)
            cell.font = Font(name=_FACE, bold=True, size=_SIZE)
            cell.border = Border(top=_STRONG)


def _lines(text: str, wide: float) -> int:
    """Lines of a text in a column of so many characters; a Chinese one takes two."""
    room = max(1, int(wide) - 1)
    taken = [
        sum(2 if each > "\u2e7f" else 1 for each in part) for part in text.split("\n")
    ]
    return sum(max(1, -(-part // room)) for part in taken)


def _sum(values: Iterable[Value]) -> Decimal | None:
    """None where one of them is worked out when the file is opened."""
    total = Decimal(0)
    for value in values:
        if isinstance(value, Formula):
            if value.result is None:
                return None
            total += value.result if isinstance(value.result, Decimal) else 0
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
