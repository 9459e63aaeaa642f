"""Reads an insurer's list of decisions out of a spreadsheet or text table: what each row says, and what it doesn't."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from creditdesk.catalog.decision_rows import answer_names, column_names, columns
from creditdesk.domain.base.money import is_currency
from creditdesk.domain.credit.sheet_reading import plain_label
from creditdesk.domain.ledger.documents import BuyerRef
from creditdesk.domain.policy.choices import LimitState
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.importers.files import dates, figures, sheet
from creditdesk.importers.files.cells import SEARCHED_ROWS, Cell, Row, Sheet
from creditdesk.importers.files.dates import Convention, NotADate
from creditdesk.importers.files.figures import NotAnAmount
from creditdesk.jobs import Progress

_DAYS = ("start", "end", "decided")
_LEAST = frozenset({"amount", "state"})
_WHO = frozenset({"buyer", "code", "uscc"})
_SIGNS = {
    "¥": "CNY", "￥": "CNY", "$": "USD", "€": "EUR", "£": "GBP", "人民币": "CNY", "美元": "USD", "欧元": "EUR",
}  # fmt: skip


class DecisionListUnread(UserError):
    """No row of headings that says who and how much."""

    message = N_(
        "{name} has no row of headings with the buyer and the limit or the decision. "
        "Known headings: {headings}."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDecision:
    """One row. None and empty: it doesn't say; `faults`: cells that say something and can't be read."""

    row: int
    buyer: BuyerRef
    state: LimitState | None = None
    amount: Decimal | None = None
    requested: Decimal | None = None
    currency: str = ""
    start: date | None = None
    end: date | None = None
    decided: date | None = None
    number: str = ""
    term: str = ""
    condition: str = ""
    faults: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionList:
    """What a file holds. `unread`: headings of columns that nobody reads."""

    file_name: str
    rows: tuple[ListedDecision, ...]
    unread: tuple[str, ...]


def read_file(path: Path, progress: Progress) -> DecisionList:
    """The decisions of a file's best sheet. Raises `DecisionListUnread` and what is wrong with the file."""
    return listed(sheet.in_child(sheet.read, path, None, None, None, progress=progress))


def listed(table: Sheet) -> DecisionList:
    """The decisions in a table. Raises `DecisionListUnread`."""
    place, heads = _heads(table)
    used = set(heads.values())
    unread = tuple(
        text
        for at, cell in enumerate(table.rows[place])
        if at not in used and (text := _text(cell))
    )
    below = table.rows[place + 1 :]
    orders = {
        key: Convention(dates.decide([_cell(row, heads, key) for row in below]).order, table.epoch_1904)
        for key in _DAYS
    }  # fmt: skip
    found = tuple(
        _Reading(row, heads, orders).decision(number)
        for number, row in enumerate(below, place + 2)
        if any(_text(_cell(row, heads, key)) for key in _WHO)
    )
    return DecisionList(table.file_name, found, unread)


def _heads(table: Sheet) -> tuple[int, Mapping[str, int]]:
    known = column_names()
    for place, row in enumerate(table.rows[:SEARCHED_ROWS]):
        heads: dict[str, int] = {}
        for at, cell in enumerate(row):
            key = known.get(plain_label(_text(cell)))
            if key:
                heads.setdefault(key, at)
        if _LEAST & heads.keys() and _WHO & heads.keys():
            return place, heads
    titles = tuple(each.title for each in columns())
    raise DecisionListUnread(name=table.file_name, headings=titles)


class _Reading:
    """One row, cell by cell, with what is wrong in it."""

    def __init__(
        self, row: Row, heads: Mapping[str, int], orders: Mapping[str, Convention]
    ) -> None:
        self._row, self._heads, self._orders = row, heads, orders
        self._faults: list[Message] = []

    def decision(self, number: int) -> ListedDecision:
        """What it says."""
        text = self._text
        amount, currency = self._amount("amount")
        requested, _ = self._amount("requested")
        days = {key: self._day(key) for key in _DAYS}
        return ListedDecision(
            row=number,
            buyer=BuyerRef(code=text("code"), name=text("buyer"), uscc=text("uscc")),
            state=self._state(),
            amount=amount,
            requested=requested,
            currency=self._currency() or currency,
            start=days["start"],
            end=days["end"],
            decided=days["decided"],
            number=text("number"),
            term=text("term"),
            condition=text("condition"),
            faults=tuple(self._faults),
        )

    def _text(self, key: str) -> str:
        return _text(_cell(self._row, self._heads, key))

    def _state(self) -> LimitState | None:
        said = self._text("state")
        found = answer_names().get(plain_label(said)) if said else None
        if said and found is None:
            self._fault(N_("“{text}” is no decision that is known"), said)
        return found

    def _amount(self, key: str) -> tuple[Decimal | None, str]:
        cell = _cell(self._row, self._heads, key)
        text, named = _text(cell), ""
        for sign, currency in _SIGNS.items():
            if sign in text:
                named, text = currency, text.replace(sign, "").strip()
        if text[:3].isalpha() and is_currency(text[:3].upper()):
            named, text = text[:3].upper(), text[3:].strip()
        try:
            found = figures.amount(text if isinstance(cell, str) else cell)
        except NotAnAmount:
            self._fault(N_("“{text}” is no amount"), _text(cell))
            return None, named
        return found, named

    def _currency(self) -> str:
        said = self._text("currency").upper()
        code = _SIGNS.get(said, said)
        if said and not is_currency(code):
            self._fault(N_("“{text}” is no currency"), said)
            return ""
        return code

    def _day(self, key: str) -> date | None:
        cell = _cell(self._row, self._heads, key)
        try:
            return dates.day(cell, self._orders[key])
        except NotADate:
            self._fault(N_("“{text}” is no day, or could be two"), _text(cell))
            return None

    def _fault(self, said: str, text: str) -> None:
        self._faults.append(Message.of(said, text=text))


def _cell(row: Row, heads: Mapping[str, int], key: str) -> Cell:
    at = heads.get(key)
    cell = row[at] if at is not None and at < len(row) else None
    return cell.strip() or None if isinstance(cell, str) else cell


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell).strip()
