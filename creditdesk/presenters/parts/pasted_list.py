"""A pasted list, without Qt: each row with its buyer and what becomes of it, recorded in one go."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from creditdesk.domain.ledger.documents import BuyerRef
from creditdesk.errors import UserError
from creditdesk.events import Event
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Job
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.workspace import Workspace


class RowState(StrEnum):
    """What becomes of a row."""

    READY = "ready"
    MEANT = "meant"
    """It was asked whether so much is meant; recorded when it is asked for again."""
    BUYER = "buyer"
    FAULTY = "faulty"
    KEPT = "kept"
    DONE = "done"


_WORDS = {
    RowState.READY: (N_("will be recorded"), Tone.PLAIN),
    RowState.MEANT: (N_("is this meant? Record once more"), Tone.WARNING),
    RowState.BUYER: (N_("choose the buyer"), Tone.WARNING),
    RowState.FAULTY: (N_("can't be recorded"), Tone.DANGER),
    RowState.KEPT: (N_("is there already"), Tone.QUIET),
    RowState.DONE: (N_("recorded"), Tone.DONE),
}
_TO_RECORD = frozenset({RowState.READY, RowState.MEANT})


class ListedRow(Protocol):
    """What a row of a list says. `faults`: cells that say something and can't be read."""

    @property
    def row(self) -> int:
        """Its row in the file."""

    @property
    def buyer(self) -> BuyerRef:
        """Whose it is, in the list's own words."""


L = TypeVar("L", bound=ListedRow)


class FoundList(Protocol[L]):  # type: ignore[misc]  # the rows are read only
    """What a file holds. `unread`: headings of columns that nobody reads."""

    @property
    def file_name(self) -> str:
        """Of the file."""

    @property
    def rows(self) -> tuple[L, ...]:
        """Its rows."""

    @property
    def unread(self) -> tuple[str, ...]:
        """Headings nobody reads."""


@dataclass(frozen=True, slots=True)
class ListRow(Generic[L]):
    """One row of the list, with the buyer it is about. `why`: what stands against it, is asked, or is worth knowing."""

    listed: L
    buyer_id: int | None
    state: RowState
    why: Message | None = None

    @property
    def key(self) -> int:
        """Its row in the file."""
        return self.listed.row


class PastedList(ABC, Generic[L]):
    """Rows as they are read, judged and recorded; whose they are, and what is recorded, a kind of list says."""

    asked: ClassVar[tuple[type[UserError], ...]] = ()
    """Refusals that ask whether a row is meant; recorded when it is asked for again."""
    hint: ClassVar[str]
    """How a list comes here."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._desk, self._wording = workspace.desk, wording
        self._today = workspace.today()
        self.list: FoundList[L] | None = None
        self._chosen: dict[int, int] = {}
        self._meant: set[int] = set()
        self._refused: dict[int, Message] = {}
        self._done: set[int] = set()
        self.changed: Event[None] = Event()
        self.table: Table[ListRow[L]] = Table(self._columns(), lambda row: row.key, sort="row")  # fmt: skip

    @property
    @abstractmethod
    def client_id(self) -> int | None:
        """The client whose buyers the rows are about; None: still to be chosen."""

    @property
    @abstractmethod
    def needs_day(self) -> bool:
        """Whether some rows give no day."""

    @property
    def buyers(self) -> tuple[tuple[int, str], ...]:
        """The buyers of the client."""
        if self.client_id is None:
            return ()
        found = self._desk.buyers.all(self.client_id)
        return tuple((each.id, each.name) for each in found)

    @property
    def said(self) -> str:
        """What was read, and what is done with rows that don't say all."""
        say, found = self._wording, self.list
        if found is None:
            return say(self.hint)
        told = [
            found.file_name,
            say.plural(N_("{count} row"), N_("{count} rows"), len(found.rows)),
            *self._told(found.rows),
        ]
        if found.unread:
            told.append(say(N_("not read: {columns}"), columns=say.list(found.unread)))
        return " · ".join(told)

    @property
    def count(self) -> int:
        """How many rows would be recorded."""
        return sum(row.state in _TO_RECORD for row in self.table.rows)

    @abstractmethod
    def reading(self, path: Path) -> Job[Any]:
        """The job: read a file."""

    def take(self, found: FoundList[L]) -> None:
        """Show these rows."""
        self.list = found
        self._forget()
        self._done = set()
        self.look()

    def choose_buyer(self, row: int, buyer: int) -> None:
        """The row is about that buyer."""
        self._chosen[row] = buyer
        self._refused.pop(row, None)
        self.look()

    def look(self) -> None:
        """Judge each row anew."""
        self.table.show(tuple(self._rows()))
        self.changed.emit(None)

    def recording(self) -> Job[int]:
        """The job: record what can be; what is refused or asked stays, with its reason. The answer is how many."""
        rows = [row for row in self.table.rows if row.state in _TO_RECORD]
        acts = [(row.key, self._act(row)) for row in rows]

        def change() -> int:
            for key, act in acts:
                try:
                    act()
                except UserError as refused:
                    if isinstance(refused, self.asked):
                        self._meant.add(key)
                    self._refused[key] = refused.said
                else:
                    self._done.add(key)
                    self._refused.pop(key, None)
            return sum(key in self._done for key, _ in acts)

        return lambda progress: self._desk.do(change, progress)

    def _forget(self) -> None:
        """Other rows, or others they are about."""
        self._chosen, self._refused, self._meant = {}, {}, set()

    def _told(self, rows: Sequence[L]) -> Iterator[str]:  # noqa: ARG002 - a kind of list has more to say
        """What is done with rows that don't say all."""
        return iter(())

    @abstractmethod
    def _rows(self) -> Iterator[ListRow[L]]:
        """Each row with its buyer and what becomes of it."""

    @abstractmethod
    def _act(self, row: ListRow[L]) -> Callable[[], object]:
        """Records the row."""

    @abstractmethod
    def _columns(self) -> list[Column[ListRow[L]]]:
        """The columns of the list."""

    def _answered(self, row: ListRow[L]) -> ListRow[L]:
        """A row that could be recorded, unless it was refused or asked about."""
        refused = self._refused.get(row.key)
        if refused is None:
            return row
        state = RowState.MEANT if row.key in self._meant else RowState.FAULTY
        return ListRow(row.listed, row.buyer_id, state, refused)

    def _row_column(self) -> Column[ListRow[L]]:
        return Column(key="row", title=N_("Row"), cell=lambda row: str(row.key), order=lambda row: row.key, right=True, width=52)  # fmt: skip

    def _buyer_column(self) -> Column[ListRow[L]]:
        def buyer(row: ListRow[L]) -> Cell:
            names = dict(self.buyers) if row.buyer_id else {}
            known = names.get(row.buyer_id or 0, "")
            written = row.listed.buyer.name or row.listed.buyer.code
            if known and known != written:
                return Cell(f"{written} → {known}", hint=known)
            return Cell(written, Tone.PLAIN if known else Tone.WARNING, hint=written)

        return Column(key="buyer", title=N_("Buyer"), cell=buyer, order=lambda row: row.listed.buyer.name, width=200)  # fmt: skip

    def _becomes_column(self) -> Column[ListRow[L]]:
        say = self._wording

        def becomes(row: ListRow[L]) -> Cell:
            words, tone = _WORDS[row.state]
            said = say(words)
            if row.why is not None:
                why = say.message(row.why)
                said = f"{said}：{why}" if say.language == "zh" else f"{said}: {why}"
            return Cell(said, tone, hint=said)

        return Column(key="becomes", title=N_("What becomes of it"), cell=becomes, order=lambda row: row.state, stretch=True)  # fmt: skip
