"""The cells of one row by field, as words, days and amounts; what can't be read is refused with its place."""

from datetime import date
from decimal import Decimal

from creditdesk.catalog.headings import Field, Word
from creditdesk.domain.base.money import Money
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.layout import Layout
from creditdesk.importers.files import dates, figures
from creditdesk.importers.files.cells import Cell, DamagedNumber, Row, identifier, text

_DAMAGED = N_(
    "A number of more than 15 digits in a number cell is already damaged. "
    "Format the column as text in the program it comes from and export again."
)


class Refused(Exception):
    """Why a row can't be taken: the column's field, its value, the reason."""

    def __init__(self, field: Field | None, value: Cell, reason: Message) -> None:
        super().__init__(reason.text)
        self.field, self.value, self.reason = field, value, reason


class RowCells:
    """One row of a file, counted as the spreadsheet counts."""

    def __init__(self, layout: Layout, number: int, row: Row) -> None:
        self.layout, self.number, self.row = layout, number, row

    def cell(self, field: Field) -> Cell:
        """The cell as it stands, None when the file has no such column. Raises `Refused` for a damaged number."""
        column = self.layout.columns.get(field)
        if column is None or column >= len(self.row):
            return None
        value = self.row[column]
        if isinstance(value, DamagedNumber):
            raise Refused(field, value, Message(_DAMAGED))
        return value

    def text(self, field: Field) -> str:
        """The words of the cell."""
        value = self.cell(field)
        return text(value) if value is not None else ""

    def identifier(self, field: Field) -> str:
        """A number that is a name."""
        value = self.cell(field)
        return identifier(value) if value is not None else ""

    def says(self, field: Field, *words: Word) -> bool:
        """Whether the cell holds one of these words."""
        value = self.cell(field)
        return value is not None and self.layout.known.says(text(value), *words)

    def day(self, field: Field) -> date | None:
        """The day. Raises `Refused`."""
        value = self.cell(field)
        if value is None:
            return None
        try:
            return dates.day(value, self.layout.convention)
        except dates.NotADate as error:
            raise Refused(field, value, Message(N_("This is not a date."))) from error

    def figure(self, field: Field) -> Decimal | None:
        """The amount without a currency. Raises `Refused`."""
        value = self.cell(field)
        if value is None:
            return None
        try:
            return figures.amount(
                value,
                decimal_comma=field in self.layout.decimal_comma,
                factor=self.layout.factors.get(field, 1),
            )
        except figures.NotAnAmount as error:
            reason = Message(N_("This is not an amount."))
            raise Refused(field, value, reason) from error

    def money(self, field: Field, currency: str, sign: int = 1) -> Money | None:
        """The amount with every digit a ledger may have, times the sign of the row's own amount."""
        figure = self.figure(field)
        return None if figure is None else Money(sign * figure, currency).refined()

    def refused(self, fields: tuple[Field, ...], reason: str) -> Refused:
        """The refusal of the row for what stands, or fails to stand, in the first of these columns the file has."""
        here = self.layout.columns
        field = next((each for each in fields if each in here), None)
        value = None if field is None else self.cell(field)
        return Refused(field, value, Message(reason))

    def problem(self, refused: Refused) -> Problem:
        """The refusal with its place."""
        header = self.layout.headers.get(refused.field or "", "")
        return Problem(refused.reason, self.number, header, text(refused.value))
