"""Reads the rows of a list that was pasted or dropped: headings, whose each row is, and cells nobody can read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from creditdesk.catalog.list_rows import ListNames
from creditdesk.domain.base.money import is_currency
from creditdesk.domain.credit.sheet_reading import plain_label
from creditdesk.domain.ledger.documents import BuyerRef
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.importers.files import dates, figures
from creditdesk.importers.files.cells import SEARCHED_ROWS, Cell, Row, Sheet
from creditdesk.importers.files.dates import Convention, NotADate
from creditdesk.importers.files.figures import NotAnAmount

WHO = frozenset({"buyer", "code", "uscc"})
_SIGNS = {
    "¥": "CNY", "￥": "CNY", "$": "USD", "€": "EUR", "£": "GBP", "人民币": "CNY", "美元": "USD", "欧元": "EUR",
}  # fmt: skip


class PastedRow:
    """One row, cell by cell; `faults`: cells that say something and can't be read."""

    def __init__(
        self,
        number: int,
        row: Row,
        heads: Mapping[str, int],
        orders: Mapping[str, Convention],
    ) -> None:
        self.number = number
        self._row, self._heads, self._orders = row, heads, orders
        self.faults: list[Message] = []

    @property
    def buyer(self) -> BuyerRef:
        """Whose it is, in its own words."""
        return BuyerRef(code=self.text("code"), name=self.text("buyer"), uscc=self.text("uscc"))  # fmt: skip

    def text(self, key: str) -> str:
        """What stands there."""
        return text_of(_cell(self._row, self._heads, key))

    def amount(self, key: str) -> tuple[Decimal | None, str]:
        """The amount, and the currency written with it; None and empty: it doesn't say."""
        cell = _cell(self._row, self._heads, key)
        text, named = text_of(cell), ""
        for sign, currency in _SIGNS.items():
            if sign in text:
                named, text = currency, text.replace(sign, "").strip()
        if text[:3].isalpha() and is_currency(text[:3].upper()):
            named, text = text[:3].upper(), text[3:].strip()
        try:
            found = figures.amount(text if isinstance(cell, str) else cell)
        except NotAnAmount:
            self.fault(N_("“{text}” is no amount"), text_of(cell))
            return None, named
        return found, named

    def currency(self, key: str = "currency") -> str:
        """The code; empty: it doesn't say."""
        said = self.text(key).upper()
        code = _SIGNS.get(said, said)
        if said and not is_currency(code):
            self.fault(N_("“{text}” is no currency"), said)
            return ""
        return code

    def day(self, key: str) -> date | None:
        """The day; None: it doesn't say."""
        cell = _cell(self._row, self._heads, key)
        try:
            return dates.day(cell, self._orders[key])
        except NotADate:
            self.fault(N_("“{text}” is no day, or could be two"), text_of(cell))
            return None

    def answer(self, key: str, names: ListNames, unknown: str) -> str:
        """What its answer means; empty: it gives none, or one nobody knows."""
        said = self.text(key)
        found = names.answer_names.get(plain_label(said), "") if said else ""
        if said and not found:
            self.fault(unknown, said)
        return found

    def fault(self, said: str, text: str) -> None:
        """A cell of it can't be read."""
        self.faults.append(Message.of(said, text=text))


@dataclass(frozen=True, slots=True)
class PastedRows:
    """The rows that say whose they are. `unread`: headings of columns that nobody reads."""

    rows: tuple[PastedRow, ...]
    unread: tuple[str, ...]


def pasted_rows(
    table: Sheet,
    names: ListNames,
    least: frozenset[str],
    days: Sequence[str],
    unread: type[UserError],
) -> PastedRows:
    """The rows below headings of who and one of `least`; raises `unread` without. `days`: the columns of days."""
    place, heads = _heads(table, names, least, unread)
    used = set(heads.values())
    below = table.rows[place + 1 :]
    orders = {
        key: Convention(dates.decide([_cell(row, heads, key) for row in below]).order, table.epoch_1904)
        for key in days
    }  # fmt: skip
    return PastedRows(
        tuple(_rows(below, place + 2, heads, orders)),
        tuple(
            text
            for at, cell in enumerate(table.rows[place])
            if at not in used and (text := text_of(cell))
        ),
    )


def _rows(
    below: Sequence[Row],
    first: int,
    heads: Mapping[str, int],
    orders: Mapping[str, Convention],
) -> Iterator[PastedRow]:
    for number, row in enumerate(below, first):
        if any(text_of(_cell(row, heads, key)) for key in WHO):
            yield PastedRow(number, row, heads, orders)


def _heads(
    table: Sheet, names: ListNames, least: frozenset[str], unread: type[UserError]
) -> tuple[int, Mapping[str, int]]:
    known = names.column_names
    for place, row in enumerate(table.rows[:SEARCHED_ROWS]):
        heads: dict[str, int] = {}
        for at, cell in enumerate(row):
            key = known.get(plain_label(text_of(cell)))
            if key:
                heads.setdefault(key, at)
        if least & heads.keys() and WHO & heads.keys():
            return place, heads
    titles = tuple(each.title for each in names.columns)
    raise unread(name=table.file_name, headings=titles)


def _cell(row: Row, heads: Mapping[str, int], key: str) -> Cell:
    at = heads.get(key)
    cell = row[at] if at is not None and at < len(row) else None
    return cell.strip() or None if isinstance(cell, str) else cell


def text_of(cell: Cell) -> str:
    """A cell as text; of a number as a person writes it."""
    if cell is None:
        return ""
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell).strip()
