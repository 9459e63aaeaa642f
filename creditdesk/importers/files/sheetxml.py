"""Reads workbooks saved as one XML file (SpreadsheetML 2003), which programs export under the name of .xls."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from creditdesk.errors import Problem
from creditdesk.importers.files import unseen, xmlfile
from creditdesk.importers.files.buyersheets import joined, together
from creditdesk.importers.files.cells import (
    DAMAGED_FROM,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    DamagedNumber,
    Row,
    Sheet,
    TableTooLarge,
)
from creditdesk.importers.files.choice import SheetMissing, WorkbookEmpty, alike, best
from creditdesk.importers.files.grid import Range, spread_merged
from creditdesk.importers.files.moneyformat import currency_of
from creditdesk.importers.files.xmltree import Node, children, first

_SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_BOOK = re.compile(rb"<(\w+:)?Workbook\b")
_HEAD = 4096
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(T.*)?")


def is_sheet_xml(content: bytes) -> bool:
    """Whether the bytes begin as such a workbook."""
    head = content[:_HEAD].replace(b"\0", b"")
    return _SPACE.encode() in head and bool(_BOOK.search(head))


def read(
    file_name: str, digest: str, content: bytes, sheet: str | None, encoding: str | None
) -> Sheet:
    """One sheet of the workbook. Raises what `xmlfile.parse` raises, `SheetMissing` and `WorkbookEmpty`."""
    book = xmlfile.parse(file_name, content, encoding).root
    signs = dict(_signs(book))
    nodes = {_attribute(each, "Name"): each for each in children(book, "Worksheet")}
    visible = tuple(name for name, node in nodes.items() if not _is_hidden(node))
    if sheet is not None and sheet not in nodes:
        raise SheetMissing(name=file_name, sheet=sheet, names=visible)
    wanted = visible if sheet is None else (sheet,)
    tables = {name: _Table(file_name, signs) for name in wanted}
    found = {name: table.read(nodes[name]) for name, table in tables.items()}
    chosen = best(found)
    if not chosen:
        raise WorkbookEmpty(name=file_name)
    others = {name: rows for name, rows in found.items() if name != chosen}
    like = alike(others)
    one = Sheet(
        file_name=file_name,
        digest=digest,
        rows=found[chosen],
        name=chosen,
        names=visible,
        alike=like,
        notes=_hidden_sheets(nodes, visible, sheet),
    )
    hidden = {name: table.unseen for name, table in tables.items()}
    ledgers = {name: rows for name, rows in found.items() if name in {chosen, *like}}
    if whole := joined(ledgers):
        return together(one, whole, hidden.__getitem__)
    return unseen.told(one, hidden[chosen])


def _hidden_sheets(
    nodes: dict[str, Node], visible: tuple[str, ...], sheet: str | None
) -> tuple[Problem, ...]:
    names = (name for name in nodes if name not in visible and name != sheet)
    return tuple(unseen.of_hidden_sheets(names))


def _attribute(node: Node, name: str) -> str:
    return str(node.get(f"{{{_SPACE}}}{name}", ""))


def _is_hidden(sheet: Node) -> bool:
    visible = first(sheet, "WorksheetOptions", "Visible")
    return visible is not None and str(visible.text).startswith("SheetHidden")


def _signs(book: Node) -> Iterator[tuple[str, str]]:
    """The currency a style's number format names."""
    styles = first(book, "Styles")
    for style in children(styles, "Style"):
        shown = first(style, "NumberFormat")
        if shown is not None and (sign := currency_of(_attribute(shown, "Format"))):
            yield _attribute(style, "ID"), sign


@dataclass(slots=True)
class _Table:
    """The rows of one sheet, and what lies over several cells or beside them."""

    file_name: str
    signs: dict[str, str]
    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    unvalued: dict[tuple[int, int], str] = field(default_factory=dict)
    signed: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def unseen(self) -> unseen.Unseen:
        """What is known beside the cells."""
        return unseen.Unseen(
            hidden=tuple(self.hidden),
            unvalued=self.unvalued,
            signed=tuple(self.signed),
        )

    def read(self, sheet: Node) -> tuple[Row, ...]:
        """All rows, down to the last that holds anything."""
        for node in children(first(sheet, "Table"), "Row"):
            self._skip_to(_index(node))
            if _attribute(node, "Hidden") == "1":
                self.hidden.append(len(self.rows))
            self.rows.append(self._row(node))
        spread_merged(self.rows, self.merged)
        while self.rows and not any(cell is not None for cell in self.rows[-1]):
            self.rows.pop()
        return tuple(map(tuple, self.rows))

    def _skip_to(self, index: int | None) -> None:
        """Empty rows are left out of the file: the next one names its place."""
        place = len(self.rows) if index is None else index
        if place >= MOST_ROWS:
            raise TableTooLarge(name=self.file_name, columns=MOST_COLUMNS, rows=MOST_ROWS)  # fmt: skip
        self.rows += [[] for _ in range(place - len(self.rows))]

    def _row(self, node: Node) -> list[Cell]:
        cells: list[Cell] = []
        for each in children(node, "Cell"):
            index = _index(each)
            left = len(cells) if index is None else index
            right = left + _number(each, "MergeAcross")
            if right >= MOST_COLUMNS:
                raise TableTooLarge(name=self.file_name, columns=MOST_COLUMNS, rows=MOST_ROWS)  # fmt: skip
            cells += [None] * (right + 1 - len(cells))
            cells[left] = self._cell(each, len(self.rows), left)
            bottom = len(self.rows) + _number(each, "MergeDown")
            if (bottom, right) != (len(self.rows), left):
                self.merged.append(((len(self.rows), left), (bottom, right)))
        return cells

    def _cell(self, node: Node, row: int, column: int) -> Cell:
        data = first(node, "Data")
        shown = "" if data is None else "".join(map(str, data.itertext()))
        formula = _attribute(node, "Formula")
        kind = "" if data is None else _attribute(data, "Type")
        if formula and not shown and kind != "String":
            self.unvalued[row, column] = formula[:60]
        if kind != "Number":
            return _value(kind, shown)
        if sign := self.signs.get(_attribute(node, "StyleID")):
            self.signed.append((row, column, sign))
        return _figure(shown)


def _index(node: Node) -> int | None:
    found = _number(node, "Index")
    return found - 1 if found else None


def _number(node: Node, name: str) -> int:
    shown = _attribute(node, name)
    return int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 9 else 0


def _value(kind: str, shown: str) -> Cell:
    if kind == "Boolean":
        return shown == "1"
    if kind == "DateTime" and (found := _ISO.fullmatch(shown)):
        try:
            return date(*map(int, found.groups()[:3]))
        except ValueError:
            return shown
    return shown or None


def _figure(shown: str) -> Cell:
    try:
        value = float(shown)
    except ValueError:
        return shown or None
    if not math.isfinite(value):
        return shown
    return DamagedNumber(shown) if abs(value) >= DAMAGED_FROM else value
