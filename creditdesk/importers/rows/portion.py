"""Some rows of a ledger by columns. What a cell means is read once for all cells alike; ledgers repeat themselves."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any

from creditdesk.catalog.headings import Field
from creditdesk.domain.base.money import FINE_DIGITS
from creditdesk.importers.columns.layout import Layout
from creditdesk.importers.files import dates, figures
from creditdesk.importers.files.cells import Cell, Row, identifier, text

ODD: Any = object()
"""Read from a cell that only the careful reading of its whole row can judge."""
_UNIT = 10**FINE_DIGITS
# Below this a number cell that equals so many cents is exactly so many: its 15 digits are those a workbook guarantees.
_GUARANTEED = 10**15
_PLAIN = frozenset({str, float, date, type(None)})
Reading = Callable[[Any], Any]


class _Memo(dict[Any, Any]):
    """What cells of one column were read as. `odd`: one of them was."""

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self._reading = reading
        self.odd = False

    def __missing__(self, cell: object) -> Any:  # noqa: ANN401 - each column has its own kind of values
        value = self[cell] = self._reading(cell)
        self.odd = self.odd or value is ODD
        return value


class Memory:
    """What has been read in one file so far, column by column."""

    def __init__(self, how: Layout) -> None:
        self.how = how
        self._memos: dict[object, _Memo] = {}

    def of(self, key: object, reading: Reading) -> _Memo:
        """The readings kept under this key."""
        return self._memos.get(key) or self._memos.setdefault(key, _Memo(reading))


class Portion:
    """Some rows by columns. `plain` has a 1 for each row that is still ordinary, a 0 for every other."""

    def __init__(self, memory: Memory, rows: Sequence[Row]) -> None:
        self.how = memory.how
        self.size = len(rows)
        self.plain = bytearray(b"\1") * len(rows)
        self._memory = memory
        self._columns = tuple(zip_longest(*rows))

    def texts(self, field: Field) -> list[str]:
        """The words of each cell, as `RowCells.text` has them."""
        if field not in self.how.columns:
            return [""] * self.size
        return [
            cell.strip() if type(cell) is str else text(cell)
            for cell in self._cells(field)
        ]

    def identifiers(self, field: Field) -> list[str]:
        """The numbers that are names, as `RowCells.identifier` has them."""
        if field not in self.how.columns:
            return [""] * self.size
        return [
            cell.strip() if type(cell) is str and cell.isascii() else identifier(cell)
            for cell in self._cells(field)
        ]

    def days(self, field: Field) -> list[str | None]:
        """The days as ISO text."""
        if field not in self.how.columns:
            return [None] * self.size

        def reading(cell: Cell) -> Any:  # noqa: ANN401 - a day, none, or odd
            try:
                day = dates.day(cell, self.how.convention)
            except dates.NotADate:
                return ODD
            return day and day.isoformat()

        return self.memoised(field, reading, self._cells(field))

    def fines(self, field: Field, digits: int) -> list[int | None]:
        """The amounts in fine units of a currency of so many digits. Finer ones are odd."""
        if field not in self.how.columns:
            return [None] * self.size
        comma, scale = field in self.how.decimal_comma, 10**digits

        def reading(cell: Cell) -> Any:  # noqa: ANN401 - an amount, none, or odd
            try:
                return _fine(figures.amount(cell, decimal_comma=comma), digits)
            except figures.NotAnAmount:
                return ODD

        memo = self._memory.of(field, reading)
        found = [
            cents * _UNIT
            if type(cell) is float
            and -_GUARANTEED < (cents := round(cell * scale)) < _GUARANTEED
            and cents / scale == cell
            else memo[cell]
            for cell in self._cells(field)
        ]
        return self._without_odd(found) if memo.odd else found

    def refuse(self, field: Field, refused: Callable[[str], bool]) -> None:
        """Rows whose cell holds words of this kind are not ordinary."""
        if field in self.how.columns:
            self.memoised(
                ("refused", field),
                lambda cell: ODD if refused(text(cell)) else None,
                self._cells(field),
            )

    def memoised(
        self, key: object, reading: Reading, values: Sequence[Any]
    ) -> list[Any]:
        """What each value is read as; None where that is odd."""
        memo = self._memory.of(key, reading)
        found = [memo[value] for value in values]
        return self._without_odd(found) if memo.odd else found

    def keep(self, wanted: Sequence[object]) -> None:
        """Rows without such a value are not ordinary."""
        for place, value in enumerate(wanted):
            if not value:
                self.plain[place] = 0

    def _without_odd(self, found: list[Any]) -> list[Any]:
        for place, value in enumerate(found):
            if value is ODD:
                found[place] = None
                self.plain[place] = 0
        return found

    def _cells(self, field: Field) -> Sequence[Cell]:
        """The cells of a column; one of a rare kind, such as a damaged number, makes its row odd."""
        column = self.how.columns.get(field)
        if column is None or column >= len(self._columns):
            return (None,) * self.size
        cells = self._columns[column]
        if _PLAIN.issuperset(map(type, cells)):
            return cells
        return self._without_odd(
            [cell if type(cell) in _PLAIN else ODD for cell in cells]
        )


def _fine(figure: Any, digits: int) -> Any:  # noqa: ANN401 - an amount, none, or odd
    if figure is None:
        return None
    fine = figure.scaleb(digits + FINE_DIGITS)
    whole = fine.to_integral_value()
    exact = whole.scaleb(-digits - FINE_DIGITS) == figure
    return int(whole) if exact else ODD
