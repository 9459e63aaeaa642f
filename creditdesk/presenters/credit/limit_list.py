"""An insurer's list of decisions, without Qt: pasted or from a file, each row with its buyer, recorded in one go."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.limit_states import STAGE_TITLES, LimitStage, stage_of
from creditdesk.domain.policy.choices import LimitState
from creditdesk.errors import UserError
from creditdesk.events import Event
from creditdesk.i18n import N_, Message
from creditdesk.intake.limit_list import DecisionList, ListedDecision, read_file
from creditdesk.jobs import Job
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.policies import LimitDecision, LimitLine, PolicyLine
from creditdesk.services.policies.limit_doubts import (
    LimitAboveMaximum,
    LimitFarAboveBalance,
)
from creditdesk.workspace import Workspace

_AT_AMOUNT = frozenset({LimitState.APPROVED, LimitState.INCREASED, LimitState.REDUCED})


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


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of the list, with the buyer it is about. `why`: what stands against it, or is asked."""

    listed: ListedDecision
    buyer_id: int | None
    state: RowState
    why: Message | None = None

    @property
    def key(self) -> int:
        """Its row in the file."""
        return self.listed.row


class LimitListPresenter:
    """`policy`: under which the decisions are; None: still to be chosen. `start`: for rows that give no day."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._desk, self._wording = workspace.desk, wording
        self._today = workspace.today()
        self._policies = self._desk.policies.all(self._today, workspace.client)
        running = [each for each in self._policies if each.start <= self._today <= each.end]  # fmt: skip
        self.policy: PolicyLine | None = running[0] if len(running) == 1 else None
        self.start: date | None = None
        self.list: DecisionList | None = None
        self._chosen: dict[int, int] = {}
        self._meant: set[int] = set()
        self._refused: dict[int, Message] = {}
        self._done: set[int] = set()
        self.changed: Event[None] = Event()
        self.table: Table[ListRow] = Table(
            self._columns(), lambda row: row.key, sort="row"
        )

    @property
    def policies(self) -> tuple[tuple[int, str], ...]:
        """The policies to choose from."""
        return tuple((each.id, f"{each.number} · {each.client}") for each in self._policies)  # fmt: skip

    @property
    def buyers(self) -> tuple[tuple[int, str], ...]:
        """The buyers of the policy's client."""
        if self.policy is None:
            return ()
        found = self._desk.buyers.all(self.policy.client_id)
        return tuple((each.id, each.name) for each in found)

    @property
    def said(self) -> str:
        """What was read, and what is done with rows that don't say all."""
        say, found = self._wording, self.list
        if found is None:
            return say(N_("Copy the insurer's list with its headings in Excel and paste it here, or drop the file."))  # fmt: skip
        told = [
            found.file_name,
            say.plural(N_("{count} row"), N_("{count} rows"), len(found.rows)),
        ]
        if any(each.state is None for each in found.rows):
            told.append(say(N_("a row without a decision counts as approved")))
        if found.unread:
            told.append(say(N_("not read: {columns}"), columns=say.list(found.unread)))
        return " · ".join(told)

    @property
    def needs_day(self) -> bool:
        """Whether some rows give no day from which they count."""
        rows = self.list.rows if self.list else ()
        return any(each.start is None for each in rows)

    @property
    def count(self) -> int:
        """How many rows would be recorded."""
        return sum(row.state in _TO_RECORD for row in self.table.rows)

    def reading(self, path: Path) -> Job[DecisionList]:
        """The job: read a file."""
        return lambda progress: read_file(path, progress)

    def take(self, found: DecisionList) -> None:
        """Show these rows."""
        self.list = found
        self._chosen, self._refused = {}, {}
        self._meant, self._done = set(), set()
        self.look()

    def choose_policy(self, policy: int | None) -> None:
        """The decisions are under this policy."""
        self.policy = next((each for each in self._policies if each.id == policy), None)
        self._chosen, self._refused, self._meant = {}, {}, set()
        self.look()

    def choose_start(self, day: date | None) -> None:
        """Rows without a day count from here."""
        self.start = day
        self._refused = {}
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
        decide = self._desk.policies.decide

        def change() -> int:
            for row in rows:
                try:
                    decide(self._decision(row, sure=row.state is RowState.MEANT))
                except (LimitFarAboveBalance, LimitAboveMaximum) as asked:
                    self._meant.add(row.key)
                    self._refused[row.key] = asked.said
                except UserError as refused:
                    self._refused[row.key] = refused.said
                else:
                    self._done.add(row.key)
                    self._refused.pop(row.key, None)
            return sum(row.key in self._done for row in rows)

        return lambda progress: self._desk.do(change, progress)

    def _rows(self) -> Iterator[ListRow]:
        if self.list is None:
            return
        if self.policy is None:
            missing = Message(N_("choose the policy first"))
            for each in self.list.rows:
                yield ListRow(each, None, RowState.FAULTY, missing)
            return
        refs = [each.buyer for each in self.list.rows]
        meant = self._desk.ledger.buyers_meant(self.policy.client_id, refs)
        kept = self._desk.policies.limits(policy_id=self.policy.id)
        for each, found in zip(self.list.rows, meant, strict=True):
            buyer = self._chosen.get(each.row, found)
            yield self._judged(replace(each, start=each.start or self.start), buyer, kept)  # fmt: skip

    def _judged(
        self, each: ListedDecision, buyer: int | None, kept: tuple[LimitLine, ...]
    ) -> ListRow:
        if each.row in self._done:
            return ListRow(each, buyer, RowState.DONE)
        if buyer is None:
            return ListRow(each, None, RowState.BUYER)
        fault = self._fault(each)
        if fault is not None:
            return ListRow(each, buyer, RowState.FAULTY, fault)
        row = ListRow(each, buyer, RowState.READY)
        made = self._decision(row, sure=False)
        if any(_is_same(line, made) for line in kept):
            return replace(row, state=RowState.KEPT)
        refused = self._refused.get(each.row)
        if refused is None:
            return row
        asked = each.row in self._meant
        return replace(row, state=RowState.MEANT if asked else RowState.FAULTY, why=refused)  # fmt: skip

    def _fault(self, each: ListedDecision) -> Message | None:
        if each.faults:
            return each.faults[0]
        if each.start is None:
            return Message(N_("it gives no day from which it counts"))
        if (each.state or LimitState.APPROVED) in _AT_AMOUNT and not each.amount:
            return Message(N_("it gives no amount; a refusal says so in words"))
        return None

    def _decision(self, row: ListRow, *, sure: bool) -> LimitDecision:
        each, policy = row.listed, self.policy
        assert policy is not None  # noqa: S101 - rows without a policy are faulty
        assert row.buyer_id is not None  # noqa: S101 - so are those without a buyer
        assert each.start is not None  # noqa: S101 - and those without a day
        state = each.state or LimitState.APPROVED
        currency = each.currency or policy.currency
        amount = each.amount if state in _AT_AMOUNT else None
        return LimitDecision(
            policy_id=policy.id,
            buyer_id=row.buyer_id,
            state=state.value,
            start=each.start,
            end=each.end,
            amount=Money(amount or Decimal(0), currency),
            requested=Money(each.requested, currency) if each.requested else None,
            decided_on=each.decided,
            decision_no=each.number,
            max_term=each.term,
            condition=each.condition,
            sure=sure,
        )

    def _columns(self) -> list[Column[ListRow]]:
        say = self._wording

        def money(row: ListRow) -> tuple[Money, ...]:
            each = row.listed
            currency = each.currency or (self.policy.currency if self.policy else "")
            if each.amount is None or not currency:
                return ()
            return (Money(each.amount, currency),)

        def amount(row: ListRow) -> str:
            found = money(row)
            if not found and row.listed.amount is not None:
                return f"{row.listed.amount:,f}"
            return say.moneys(found)

        def buyer(row: ListRow) -> Cell:
            names = dict(self.buyers) if row.buyer_id else {}
            known = names.get(row.buyer_id or 0, "")
            written = row.listed.buyer.name or row.listed.buyer.code
            if known and known != written:
                return Cell(f"{written} → {known}", hint=known)
            return Cell(written, Tone.PLAIN if known else Tone.WARNING, hint=written)

        def day(found: date | None) -> str:
            return say.day(found) if found else ""

        return [
            Column(key="row", title=N_("Row"), cell=lambda row: str(row.key), order=lambda row: row.key, right=True, width=52),
            Column(key="buyer", title=N_("Buyer"), cell=buyer, order=lambda row: row.listed.buyer.name, width=220),
            Column(key="state", title=N_("Decision"), cell=lambda row: _decision_words(row, say), order=lambda row: _decision_words(row, say), width=90),
            Column(key="amount", title=N_("Amount"), cell=amount, order=lambda row: row.listed.amount or Decimal(0), sums=money, right=True, width=130),
            Column(key="start", title=N_("From"), cell=lambda row: day(row.listed.start), order=lambda row: row.listed.start or date.min, width=100),
            Column(key="end", title=N_("Until"), cell=lambda row: day(row.listed.end), order=lambda row: row.listed.end or date.max, width=100),
            Column(key="number", title=N_("Decision number"), cell=lambda row: row.listed.number, order=lambda row: row.listed.number, width=132),
            Column(key="becomes", title=N_("What becomes of it"), cell=lambda row: _becomes(row, say), order=lambda row: row.state, stretch=True),
        ]  # fmt: skip


def _decision_words(row: ListRow, say: Wording) -> str:
    state = row.listed.state or LimitState.APPROVED
    if state is LimitState.APPROVED:
        return say(N_("Approved"))
    return say(STAGE_TITLES[LimitStage(state.value)])


def _becomes(row: ListRow, say: Wording) -> Cell:
    words, tone = _WORDS[row.state]
    said = say(words)
    if row.why is not None:
        why = say.message(row.why)
        said = f"{said}：{why}" if say.language == "zh" else f"{said}: {why}"
    return Cell(said, tone, hint=said)


def _is_same(line: LimitLine, made: LimitDecision) -> bool:
    return (line.buyer_id, line.start, line.end, line.amount, line.stage) == (
        made.buyer_id, made.start, made.end, made.amount, stage_of(made.state, made.amount, made.requested),
    )  # fmt: skip
