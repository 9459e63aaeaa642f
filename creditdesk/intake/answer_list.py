"""Reads the answers to balance confirmations out of a table: what each row says, and what it doesn't."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from creditdesk.catalog.list_rows import ListNames, list_names
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.domain.ledger.documents import BuyerRef
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.importers.files import sheet
from creditdesk.importers.files.cells import Sheet
from creditdesk.intake.pasted_rows import PastedRow, pasted_rows
from creditdesk.jobs import Progress

_DAYS = ("on",)
_LEAST = frozenset({"amount", "answer"})


class AnswerListUnread(UserError):
    """No row of headings that says who and what was answered."""

    message = N_(
        "{name} has no row of headings with the buyer and the amount confirmed or the answer. "
        "Known headings: {headings}."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAnswer:
    """One row. None and empty: it doesn't say; `faults`: cells that say something and can't be read."""

    row: int
    buyer: BuyerRef
    kind: BuyerEventKind | None = None
    amount: Decimal | None = None
    currency: str = ""
    on: date | None = None
    note: str = ""
    faults: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerList:
    """What a file holds. `unread`: headings of columns that nobody reads."""

    file_name: str
    rows: tuple[ListedAnswer, ...]
    unread: tuple[str, ...]


def read_file(path: Path, progress: Progress) -> AnswerList:
    """The answers of a file's best sheet. Raises `AnswerListUnread` and what is wrong with the file."""
    return listed(sheet.in_child(sheet.read, path, None, None, None, progress=progress))


def listed(table: Sheet) -> AnswerList:
    """The answers in a table. Raises `AnswerListUnread`."""
    names = list_names("confirmation_rows")
    found = pasted_rows(table, names, _LEAST, _DAYS, AnswerListUnread)
    rows = tuple(_answer(row, names) for row in found.rows)
    return AnswerList(table.file_name, rows, found.unread)


def _answer(row: PastedRow, names: ListNames) -> ListedAnswer:
    amount, currency = row.amount("amount")
    said = row.answer("answer", names, N_("“{text}” is no answer that is known"))
    return ListedAnswer(
        row=row.number,
        buyer=row.buyer,
        kind=BuyerEventKind(said) if said else None,
        amount=amount,
        currency=row.currency() or currency,
        on=row.day("on"),
        note=row.text("note"),
        faults=tuple(row.faults),
    )
