"""Reads an insurer's list of decisions out of a spreadsheet or text table: what each row says, and what it doesn't."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from creditdesk.catalog.list_rows import ListNames, list_names
from creditdesk.domain.ledger.documents import BuyerRef
from creditdesk.domain.policy.choices import LimitState
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.importers.files import sheet
from creditdesk.importers.files.cells import Sheet
from creditdesk.intake.pasted_rows import PastedRow, pasted_rows
from creditdesk.jobs import Progress

_DAYS = ("start", "end", "decided")
_LEAST = frozenset({"amount", "state"})


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
    names = list_names("decision_rows")
    found = pasted_rows(table, names, _LEAST, _DAYS, DecisionListUnread)
    rows = tuple(_decision(row, names) for row in found.rows)
    return DecisionList(table.file_name, rows, found.unread)


def _decision(row: PastedRow, names: ListNames) -> ListedDecision:
    amount, currency = row.amount("amount")
    requested, _ = row.amount("requested")
    days = {key: row.day(key) for key in _DAYS}
    said = row.answer("state", names, N_("“{text}” is no decision that is known"))
    return ListedDecision(
        row=row.number,
        buyer=row.buyer,
        state=LimitState(said) if said else None,
        amount=amount,
        requested=requested,
        currency=row.currency() or currency,
        start=days["start"],
        end=days["end"],
        decided=days["decided"],
        number=row.text("number"),
        term=row.text("term"),
        condition=row.text("condition"),
        faults=tuple(row.faults),
    )
