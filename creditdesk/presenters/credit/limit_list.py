"""An insurer's list of decisions, without Qt: pasted or from a file, each row with its buyer, recorded in one go."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.limit_states import STAGE_TITLES, LimitStage, stage_of
from creditdesk.domain.policy.choices import LimitState
from creditdesk.i18n import N_, Message
from creditdesk.intake.limit_list import DecisionList, ListedDecision, read_file
from creditdesk.jobs import Job
from creditdesk.presenters.parts.pasted_list import ListRow, PastedList, RowState
from creditdesk.presenters.parts.table import Column
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.policies import LimitDecision, LimitLine, PolicyLine
from creditdesk.services.policies.limit_doubts import (
    LimitAboveMaximum,
    LimitFarAboveBalance,
)
from creditdesk.workspace import Workspace

_AT_AMOUNT = frozenset({LimitState.APPROVED, LimitState.INCREASED, LimitState.REDUCED})
_Row = ListRow[ListedDecision]


class LimitListPresenter(PastedList[ListedDecision]):
    """`policy`: under which the decisions are; None: still to be chosen. `start`: for rows that give no day."""

    asked = (LimitFarAboveBalance, LimitAboveMaximum)
    hint = N_("Copy the insurer's list with its headings in Excel and paste it here, or drop the file.")  # fmt: skip

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        super().__init__(workspace, wording)
        self._policies = self._desk.policies.all(self._today, workspace.client)
        running = [each for each in self._policies if each.start <= self._today <= each.end]  # fmt: skip
        self.policy: PolicyLine | None = running[0] if len(running) == 1 else None
        self.start: date | None = None

    @property
    def policies(self) -> tuple[tuple[int, str], ...]:
        """The policies to choose from."""
        return tuple((each.id, f"{each.number} · {each.client}") for each in self._policies)  # fmt: skip

    @property
    def client_id(self) -> int | None:
        """The policy's client."""
        return self.policy.client_id if self.policy else None

    @property
    def needs_day(self) -> bool:
        """Whether some rows give no day from which they count."""
        rows = self.list.rows if self.list else ()
        return any(each.start is None for each in rows)

    def reading(self, path: Path) -> Job[DecisionList]:
        """The job: read a file."""
        return lambda progress: read_file(path, progress)

    def choose_policy(self, policy: int | None) -> None:
        """The decisions are under this policy."""
        self.policy = next((each for each in self._policies if each.id == policy), None)
        self._forget()
        self.look()

    def choose_start(self, day: date | None) -> None:
        """Rows without a day count from here."""
        self.start = day
        self._refused = {}
        self.look()

    def _told(self, rows: Sequence[ListedDecision]) -> Iterator[str]:
        if any(each.state is None for each in rows):
            yield self._wording(N_("a row without a decision counts as approved"))

    def _act(self, row: _Row) -> Callable[[], object]:
        decision = self._decision(row, sure=row.state is RowState.MEANT)
        return partial(self._desk.policies.decide, decision)

    def _rows(self) -> Iterator[_Row]:
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
    ) -> _Row:
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
        return self._answered(row)

    def _fault(self, each: ListedDecision) -> Message | None:
        if each.faults:
            return each.faults[0]
        if each.start is None:
            return Message(N_("it gives no day from which it counts"))
        if (each.state or LimitState.APPROVED) in _AT_AMOUNT and not each.amount:
            return Message(N_("it gives no amount; a refusal says so in words"))
        return None

    def _decision(self, row: _Row, *, sure: bool) -> LimitDecision:
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

    def _columns(self) -> list[Column[_Row]]:
        say = self._wording

        def money(row: _Row) -> tuple[Money, ...]:
            each = row.listed
            currency = each.currency or (self.policy.currency if self.policy else "")
            if each.amount is None or not currency:
                return ()
            return (Money(each.amount, currency),)

        def amount(row: _Row) -> str:
            found = money(row)
            if not found and row.listed.amount is not None:
                return f"{row.listed.amount:,f}"
            return say.moneys(found)

        def day(found: date | None) -> str:
            return say.day(found) if found else ""

        return [
            self._row_column(),
            self._buyer_column(),
            Column(key="state", title=N_("Decision"), cell=lambda row: _decision_words(row, say), order=lambda row: _decision_words(row, say), width=90),
            Column(key="amount", title=N_("Amount"), cell=amount, order=lambda row: row.listed.amount or Decimal(0), sums=money, right=True, width=130),
            Column(key="start", title=N_("From"), cell=lambda row: day(row.listed.start), order=lambda row: row.listed.start or date.min, width=100),
            Column(key="end", title=N_("Until"), cell=lambda row: day(row.listed.end), order=lambda row: row.listed.end or date.max, width=100),
            Column(key="number", title=N_("Decision number"), cell=lambda row: row.listed.number, order=lambda row: row.listed.number, width=132),
            self._becomes_column(),
        ]  # fmt: skip


def _decision_words(row: _Row, say: Wording) -> str:
    state = row.listed.state or LimitState.APPROVED
    if state is LimitState.APPROVED:
        return say(N_("Approved"))
    return say(STAGE_TITLES[LimitStage(state.value)])


def _is_same(line: LimitLine, made: LimitDecision) -> bool:
    return (line.buyer_id, line.start, line.end, line.amount, line.stage) == (
        made.buyer_id, made.start, made.end, made.amount, stage_of(made.state, made.amount, made.requested),
    )  # fmt: skip
