"""The cells of one row by field, as words, days and amounts; what can't be read is refused with its place."""

from datetime import date
from decimal import Decimal

from creditdesk.catalog.headings import Field, Headings, Word
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.asked import AnswerOption, FileQuestion
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.layout import Layout
from creditdesk.importers.files import dates, figures
from creditdesk.importers.files.cells import Cell, DamagedNumber, Row, identifier, text

_DAMAGED = N_(
    "A number of more than 15 digits in a number cell is already damaged. "
    "Format the column as text in the program it comes from and export again."
)


SWAPPED, SWAP, KEEP = "file.swapped", "SWAP", "KEEP"
_DASHES = frozenset({"-", "--", "—", "——", "–", "－", "/", "无"})


_NO_DAY = N_("This is not a date: the row was taken without it.")


def is_nothing(known: Headings, shown: str) -> bool:
    """已结清, Paid, — in a column of what is open: nothing is. rules.md 14.4."""
    plain = shown.strip()
    return plain in _DASHES or known.says(plain, Word.SETTLED)


class Refused(Exception):
    """Why a row can't be taken: the column's field, its value, the reason."""

    def __init__(self, field: Field | None, value: Cell, reason: Message) -> None:
        super().__init__(reason.text)
        self.field, self.value, self.reason = field, value, reason


class Waiting(Refused):
    """The row waits until the question is answered."""

    def __init__(
        self, question: FileQuestion, field: Field, value: Cell, reason: Message
    ) -> None:
        super().__init__(field, value, reason)
        self.question = question


class RowCells:
    """One row of a file, counted as the spreadsheet counts."""

    def __init__(self, layout: Layout, number: int, row: Row) -> None:
        self.layout, self.number, self.row = layout, number, row
        self.unread: list[tuple[Field, Cell]] = []

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
        if isinstance(value, date) and self._is_suspect(field):
            value = self._unswapped(field, value)
        try:
            return dates.day(value, self.layout.convention)
        except dates.NotADate as error:
            raise Refused(field, value, Message(N_("This is not a date."))) from error

    def lenient_day(self, field: Field) -> date | None:
        """The day of a column that a document can do without; a cell that is none is told by the whole file."""
        try:
            return self.day(field)
        except Refused as refused:
            if isinstance(refused, Waiting) or isinstance(refused.value, DamagedNumber):
                raise
            self.unread.append((field, refused.value))
            return None

    def sign(self, field: Field) -> str:
        """The currency that the number format of the cell names; empty: none."""
        column = self.layout.columns.get(field)
        found = self.layout.signs.get(column) if column is not None else None
        return found.get(self.number - 1, "") if found else ""

    def _is_suspect(self, field: Field) -> bool:
        return (self.number - 1, self.layout.columns[field]) in self.layout.suspects

    def _unswapped(self, field: Field, value: date) -> date:
        """A true date beside texts with the day first: Excel may have exchanged day and month. rules.md 14.4."""
        said = self.layout.answers.get(SWAPPED, "")
        if said in {SWAP, KEEP}:
            return dates.swapped(value) if said == SWAP else value
        other = dates.swapped(value)
        question = FileQuestion(
            id=SWAPPED,
            text=Message.of(
                N_("Texts in this file have the day first, and beside them stand true dates. Is {day} really {other}?"),
                day=value, other=other,
            ),
            options=(
                AnswerOption(SWAP, Message(N_("Yes, Excel has exchanged day and month."))),
                AnswerOption(KEEP, Message(N_("No, the dates are right as they stand."))),
            ),
        )  # fmt: skip
        reason = N_(
            "{day} may be {other}: Excel exchanges day and month of some dates. The row waits until you say."
        )
        raise Waiting(
            question, field, value, Message.of(reason, day=value, other=other)
        )

    def figure(self, field: Field) -> Decimal | None:
        """The amount without a currency. Raises `Refused`."""
        value = self.cell(field)
        if value is None:
            return None
        if (
            field is Field.OPEN
            and isinstance(value, str)
            and is_nothing(self.layout.known, value)
        ):
            return Decimal(0)
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

    @property
    def unread_days(self) -> tuple[Problem, ...]:
        """The days nobody could read; the row was taken without them. rules.md 14.4."""
        return tuple(
            self.problem(Refused(field, value, Message(_NO_DAY)))
            for field, value in self.unread
        )

    def problem(self, refused: Refused) -> Problem:
        """The refusal with its place."""
        header = self.layout.headers.get(refused.field or "", "")
        return Problem(refused.reason, self.number, header, text(refused.value))
