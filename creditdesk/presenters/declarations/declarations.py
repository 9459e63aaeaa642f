"""The declarations, without Qt: every period with what is due, what was declared and how the two differ."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.declare.declarations import KIND_WORDS, DeclarationKind
from creditdesk.domain.declare.declared import State
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress
from creditdesk.presenters.declarations.declaration_words import (
    amounts,
    by_cell,
    difference,
    mode_words,
    period_words,
    state_cell,
)
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.declarations import Overview, PeriodLine, PolicyLine
from creditdesk.workspace import Workspace

TABLES = frozenset({"declaration", "invoice", "payment", "policy_value", "policy", "client"})  # fmt: skip
_WAITING = frozenset({State.TO_DECLARE, State.LATE, State.DIFFERS})
_URGENCY = (State.LATE, State.DIFFERS, State.TO_DECLARE, State.RUNNING)


class DeclarationsPresenter:
    """The periods of one policy, of one client's policies or of all."""

    def __init__(
        self, workspace: Workspace, wording: Wording, policy: int | None
    ) -> None:
        self._workspace = workspace
        self._wording = wording
        self._policy = policy
        self.policies: Sequence[PolicyLine] = ()
        self.waiting_only = False
        self.table: Table[PeriodLine] = Table(
            self._columns(),
            lambda row: row.key,
            sort="until",
            descending=True,
            footer=self._footer,
        )
        self.whole: Table[PolicyLine] = Table(
            self._policy_columns(), lambda row: row.policy_id, sort="policy"
        )

    @property
    def subtitle(self) -> str:
        """How many periods wait, or whose policy is shown."""
        waiting = sum(line.state in _WAITING for line in self.table.rows)
        said = self._wording.plural(
            N_("{count} period waits"), N_("{count} periods wait"), waiting
        )
        if self._policy is not None and self.policies:
            (only,) = self.policies
            mode = mode_words(only.mode, self._wording)
            return f"{only.client} · {only.policy} · {mode} · {said}"
        return said

    @property
    def empty(self) -> str:
        """What belongs here, or why there is nothing."""
        if not self.policies:
            return self._wording(N_("What has to be declared is counted from the policies. Enter a policy first."))  # fmt: skip
        if all(line.mode is None for line in self.policies):
            return self._wording(N_("No policy here says how it is declared. Enter “Declarations” and “Declaration by” in its schedule."))  # fmt: skip
        return self._wording(N_("Nothing is to be declared yet: these policies ask for no declarations, or have not begun."))  # fmt: skip

    @property
    def summary(self) -> Sequence[str]:
        """Declared against what was agreed, one line a running policy that has an agreed turnover."""
        return tuple(self._said_of(line) for line in self.policies if line.running and line.agreed)[:3]  # fmt: skip

    @property
    def next(self) -> PeriodLine | None:
        """What should be declared first: the most urgent, then the oldest."""
        waiting = [line for line in self.table.rows if line.state in _URGENCY]
        return min(
            waiting,
            key=lambda line: (_URGENCY.index(line.state), line.asked.period.end),
            default=None,
        )

    def reading(self) -> Callable[[Progress], Overview]:
        """The job: read what the ledgers say of every period."""
        declarations, today = self._workspace.desk.declarations, self._workspace.today()
        client, policy = self._workspace.client, self._policy

        def job(progress: Progress) -> Overview:
            progress.step(Message(N_("Counting what is to be declared")))
            chosen = None if policy is not None else client
            return declarations.overview(today, client_id=chosen, policy_id=policy)

        return job

    def show(self, found: Overview) -> None:
        """Show what was read."""
        self.policies = found.policies
        self.whole.show(found.policies)
        self.table.show(found.periods)

    def keep_waiting(self, *, only: bool) -> None:
        """Show only what waits, or everything."""
        self.waiting_only = only
        self.table.keep(lambda row: not only or row.state in _WAITING)

    def get(self, key: object) -> PeriodLine | None:
        """The period of a row."""
        return next((row for row in self.table.rows if row.key == key), None)

    def _said_of(self, line: PolicyLine) -> str:
        share = line.fulfilment
        wording = self._wording
        if share is None:
            return wording(
                N_("{policy}: {agreed} agreed, nothing declared yet; {passed} of the period has passed."),
                policy=line.policy, agreed=line.agreed, passed=wording.percent(line.elapsed),
            )  # fmt: skip
        return wording(
            N_("{policy}: {share} of the agreed {agreed} is declared; {passed} of the period has passed."),
            policy=line.policy, share=wording.percent(share, 1), agreed=line.agreed, passed=wording.percent(line.elapsed),
        )  # fmt: skip

    def _columns(self) -> list[Column[PeriodLine]]:
        wording = self._wording
        every = self._workspace.client is None and self._policy is None
        return [
            Column(key="client", title=N_("Client"), cell=lambda row: Cell(row.client, hint=row.client), order=lambda row: row.client, width=112, hidden=not every),
            Column(key="policy", title=N_("Policy number"), cell=lambda row: Cell(row.policy, hint=row.policy), order=lambda row: row.policy, width=120, hidden=self._policy is not None),
            Column(key="kind", title=N_("What"), cell=lambda row: wording(KIND_WORDS[row.asked.kind]), order=lambda row: row.asked.kind, width=94),
            Column(key="until", title=N_("Period"), cell=lambda row: Cell(period_words(row, wording), hint=period_words(row, wording)), order=lambda row: (row.asked.period.end, row.policy), value=lambda row: row.asked.period.end, width=104, stretch=True),
            Column(key="by", title=N_("Declare by"), cell=self._by, order=lambda row: row.asked.deadline.safe if row.asked.deadline else None, value=lambda row: row.asked.deadline.safe if row.asked.deadline else None, width=96),
            Column(key="state", title=N_("State"), cell=lambda row: state_cell(row, wording), order=lambda row: list(State).index(row.state), width=128),
            Column(key="computed", title=N_("By the ledger"), cell=lambda row: amounts(row.computed, wording), order=lambda row: _first(row.computed), sums=lambda row: row.computed, right=True, width=122),
            Column(key="declared", title=N_("Declared"), cell=lambda row: amounts(row.declared, wording), order=lambda row: _first(row.declared), sums=lambda row: row.declared, right=True, width=122),
            Column(key="difference", title=N_("Difference"), cell=lambda row: Cell(amounts(difference(row), wording), Tone.DANGER), order=lambda row: _first(difference(row)), sums=difference, right=True, width=104),
            Column(key="left", title=N_("Left out"), cell=lambda row: str(row.left_out) if row.left_out else "", order=lambda row: row.left_out, value=lambda row: row.left_out, right=True, width=66),
            Column(key="on", title=N_("Declared on"), cell=lambda row: wording.day(row.declared_on), order=lambda row: row.declared_on, value=lambda row: row.declared_on, width=104, hidden=True),
        ]  # fmt: skip

    def _policy_columns(self) -> list[Column[PolicyLine]]:
        wording = self._wording

        def share(row: PolicyLine) -> str:
            return "" if row.fulfilment is None else wording.percent(row.fulfilment, 1)

        return [
            Column(key="client", title=N_("Client"), cell=lambda row: Cell(row.client, hint=row.client), order=lambda row: row.client, stretch=True),
            Column(key="policy", title=N_("Policy number"), cell=lambda row: row.policy, order=lambda row: row.policy, width=150),
            Column(key="mode", title=N_("Declared are"), cell=lambda row: mode_words(row.mode, wording), order=lambda row: str(row.mode), width=190),
            Column(key="declared", title=N_("Declared"), cell=lambda row: amounts(row.declared, wording), order=lambda row: _first(row.declared), sums=lambda row: row.declared, right=True, width=160),
            Column(key="agreed", title=N_("Agreed"), cell=lambda row: wording.money(row.agreed) if row.agreed else "", order=lambda row: row.agreed.amount if row.agreed else None, right=True, width=150),
            Column(key="share", title=N_("Fulfilment"), cell=share, order=lambda row: row.fulfilment, right=True, width=100),
            Column(key="passed", title=N_("Period passed"), cell=lambda row: wording.percent(row.elapsed), order=lambda row: row.elapsed, right=True, width=110),
        ]  # fmt: skip

    def _by(self, row: PeriodLine) -> Cell:
        deadline = row.asked.deadline
        off = self._off(deadline.safe) if deadline else ""
        cell = by_cell(row, off, self._wording)
        return cell if row.state in _WAITING else Cell(cell.text, Tone.QUIET, cell.hint)

    def _off(self, day: date) -> str:
        return self._wording.days_off(day, self._workspace.today())

    def _footer(self, rows: Sequence[PeriodLine]) -> Sequence[str]:
        """Ledger and declared of shipments; balances are no sum, and the year would count them twice."""
        counted = [row for row in rows if row.asked.kind is DeclarationKind.TURNOVER]
        codes = sorted({each.currency for row in counted for each in (*row.computed, *row.declared)})  # fmt: skip
        return [
            self._wording(
                N_("{currency}  by the ledger {ledger}, declared {declared}"),
                currency=self._wording.currency(code),
                ledger=self._wording.figure(_sum([row.computed for row in counted], code)),
                declared=self._wording.figure(_sum([row.declared for row in counted], code)),
            )
            for code in codes
        ]  # fmt: skip


def _first(found: Sequence[Money]) -> Decimal | None:
    """What amounts of several currencies are sorted by."""
    return found[0].amount if found else None


def _sum(found: Sequence[Sequence[Money]], code: str) -> Money:
    amounts = (each for row in found for each in row if each.currency == code)
    return Money.total(amounts, code)
