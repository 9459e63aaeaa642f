"""All clients of the firm on one page, without Qt: who has to be looked at first, and why."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from creditdesk.domain.base.money import Money
from creditdesk.domain.review.month import Standing
from creditdesk.events import Event
from creditdesk.i18n import N_, Bilingual, Message
from creditdesk.jobs import Progress
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.workspace import Desk, Workspace

TABLES = frozenset({"client", "duty", "invoice", "payment", "policy", "policy_value", "credit_limit", "import_batch"})  # fmt: skip
_SOON, _ENDING, _STALE = timedelta(days=7), timedelta(days=60), timedelta(days=35)
_MUCH = Decimal(25)
"""Per cent of the balance without cover from which a client stands out."""


class Only(StrEnum):
    """The figures that filter the list."""

    LATE = "LATE"
    AT_STAKE = "AT_STAKE"
    UNCOVERED = "UNCOVERED"
    ENDING = "ENDING"
    STALE = "STALE"


ONLY_TITLES = {
    Only.LATE: N_("Duties that are late"),
    Only.AT_STAKE: N_("Money at risk if nothing is done"),
    Only.UNCOVERED: N_("Owed without cover"),
    Only.ENDING: N_("Policies that end within 60 days"),
    Only.STALE: N_("Ledgers older than 35 days"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientState:
    """One client on the day. `policy_end`, `ledger_on` None: there is none; `reason` None: nothing stands out."""

    id: int
    name: str
    late: int
    soon: int
    at_stake: tuple[Money, ...]
    standing: Standing
    policy_end: date | None
    ledger_on: date | None
    reason: Message | None
    grave: bool

    def is_in(self, only: Only, today: date) -> bool:
        """Whether a figure counts it."""
        match only:
            case Only.LATE:
                return self.late > 0
            case Only.AT_STAKE:
                return bool(self.at_stake)
            case Only.UNCOVERED:
                return bool(self.standing.uncovered)
            case Only.ENDING:
                return (
                    self.policy_end is not None and self.policy_end - today <= _ENDING
                )
            case Only.STALE:
                return self.ledger_on is not None and today - self.ledger_on > _STALE


def client_states(
    desk: Desk, today: date, progress: Progress
) -> tuple[ClientState, ...]:
    """Every client, those to be looked at first before the others."""
    taken: dict[int, date] = {}
    for batch in desk.ledger.batches():
        if batch.undone_at is None:
            day = batch.taken_at.date()
            taken[batch.client_id] = max(taken.get(batch.client_id, day), day)
    found = []
    for client in progress.each(desk.clients.all(), N_("Looking at the clients")):
        agenda = desk.watch.agenda(client.id)
        book = desk.policies.month(client.id, today, today)
        late = [each for each in agenda.lines if each.safe < today]
        state = ClientState(
            id=client.id, name=client.name, late=len(late),
            soon=sum(today <= each.safe <= today + _SOON for each in agenda.lines),
            at_stake=agenda.at_stake, standing=book.now, policy_end=book.policy_end,
            ledger_on=taken.get(client.id), reason=None, grave=bool(late),
        )  # fmt: skip
        first = late[0].title if late else None
        found.append(_with_reason(state, first, today))
    return tuple(
        sorted(
            found,
            key=lambda each: (
                not each.late,
                each.reason is None,
                -each.late,
                each.name,
            ),
        )
    )


def _with_reason(
    state: ClientState, first: Bilingual | None, today: date
) -> ClientState:
    reason = next(_reasons(state, first, today), None)
    return replace(state, reason=reason)


def _reasons(
    state: ClientState, first: Bilingual | None, today: date
) -> Iterator[Message]:
    """The worst one first."""
    if first is not None:
        yield Message.of(N_("{title}: late"), title=first)
    if state.policy_end is None:
        yield Message(N_("no policy"))
    elif state.policy_end - today <= _ENDING:
        yield Message.of(
            N_("policy ends in {count} days"), count=(state.policy_end - today).days
        )
    share = state.standing.share
    if share is not None and share >= _MUCH:
        yield Message.of(N_("{share} % not insured"), share=share)
    if state.ledger_on is None:
        yield Message(N_("no ledger yet"))
    elif today - state.ledger_on > _STALE:
        yield Message.of(
            N_("ledger {count} days old"), count=(today - state.ledger_on).days
        )


class FirmOverview:
    """The list and its five figures."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._say = wording
        self.states: tuple[ClientState, ...] = ()
        self.only: Only | None = None
        self.changed: Event[None] = Event()
        self.table: Table[ClientState] = Table(
            self._columns(), lambda row: row.id, footer=self._footer
        )

    def job(self) -> Callable[[Progress], tuple[ClientState, ...]]:
        """The work of reading all clients."""
        desk, today = self._workspace.desk, self._workspace.today()
        return lambda progress: client_states(desk, today, progress)

    def show(self, states: tuple[ClientState, ...]) -> None:
        """They are there."""
        self.states = states
        self.table.show(states)
        self._narrow()

    def choose(self, only: Only) -> None:
        """Only those a figure counts; once more: all again."""
        self.only = None if self.only is only else only
        self._narrow()

    def _narrow(self) -> None:
        today, only = self._workspace.today(), self.only
        self.table.keep(lambda row: only is None or row.is_in(only, today))
        self.changed.emit(None)

    @property
    def subtitle(self) -> str:
        """What exactly is shown."""
        text = N_(
            "{count} clients as of {day}, each in its own currency; late duties first"
        )
        return self._say(text, count=len(self.states), day=self._workspace.today())

    def figure(self, only: Only) -> tuple[str, str]:
        """One of the five figures, and the clients behind it."""
        say, today = self._say, self._workspace.today()
        mine = [each for each in self.states if each.is_in(only, today)]
        names = say.list(each.name for each in mine[:2])
        more = (
            say(N_("{names} and {count} more"), names=names, count=len(mine) - 2)
            if len(mine) > 2
            else names
        )
        match only:
            case Only.LATE:
                return str(sum(each.late for each in mine)), more
            case Only.AT_STAKE:
                return self._sums(
                    amount for each in mine for amount in each.at_stake
                ), more
            case Only.UNCOVERED:
                return self._sums(each.standing.uncovered for each in mine), more
        return str(len(mine)), more

    def _sums(self, amounts: Iterator[Money]) -> str:
        found: dict[str, Money] = {}
        for each in amounts:
            found[each.currency] = (
                found[each.currency] + each if each.currency in found else each
            )
        return "\n".join(map(self._say.money, found.values())) or "0"

    def _columns(self) -> list[Column[ClientState]]:
        say, today = self._say, self._workspace.today()

        def reason(row: ClientState) -> Cell:
            if row.reason is None:
                return Cell(say(N_("✓ nothing stands out")), Tone.DONE)
            words = say.message(row.reason)
            return Cell(words, Tone.DANGER if row.grave else Tone.WARNING, words)

        def count(number: int, tone: Tone) -> Cell:
            return Cell(str(number) if number else "", tone)

        def share(row: ClientState) -> Cell:
            found = row.standing.share
            if found is None:
                return Cell("")
            return Cell(
                f"{found:.0f} %", Tone.WARNING if found >= _MUCH else Tone.PLAIN
            )

        def ends(row: ClientState) -> Cell:
            if row.policy_end is None:
                return Cell("—", Tone.WARNING)
            near = row.policy_end - today <= _ENDING
            return Cell(
                say.day(row.policy_end),
                Tone.WARNING if near else Tone.PLAIN,
                say.days_off(row.policy_end, today),
            )

        def ledger(row: ClientState) -> Cell:
            old = row.ledger_on is None or today - row.ledger_on > _STALE
            return Cell(
                say.day(row.ledger_on) or "—", Tone.WARNING if old else Tone.QUIET
            )

        return [
            Column(key="name", title=N_("Client"), cell=lambda row: Cell(row.name, bold=True, hint=row.name), order=lambda row: row.name, stretch=True),
            Column(key="reason", title=N_("Look at first"), cell=reason, order=lambda row: (not row.late, row.reason is None), width=214),
            Column(key="late", title=N_("Duties late"), cell=lambda row: count(row.late, Tone.DANGER), order=lambda row: row.late, right=True, width=56),
            Column(key="soon", title=N_("In 7 days"), cell=lambda row: count(row.soon, Tone.PLAIN), order=lambda row: row.soon, right=True, width=72),
            Column(key="stake", title=N_("At risk"), cell=lambda row: Cell(say.moneys(row.at_stake), bold=True), order=lambda row: max((each.amount for each in row.at_stake), default=Decimal(0)), sums=lambda row: row.at_stake, right=True, width=128),
            Column(key="balance", title=N_("Receivable"), cell=lambda row: say.money(row.standing.balance) if row.standing.balance else "", order=lambda row: row.standing.balance.amount, sums=lambda row: row.standing.balance, right=True, width=128),
            Column(key="covered", title=N_("Of it insured"), cell=lambda row: say.cell(row.standing.covered), order=lambda row: row.standing.covered.amount, sums=lambda row: row.standing.covered, right=True, width=118, hidden=True),
            Column(key="uncovered", title=N_("Not insured"), cell=lambda row: say.cell(row.standing.uncovered), order=lambda row: row.standing.uncovered.amount, sums=lambda row: row.standing.uncovered, right=True, width=118),
            Column(key="share", title="%", cell=share, order=lambda row: row.standing.share or Decimal(0), right=True, width=52),
            Column(key="ends", title=N_("Policy ends"), cell=ends, order=lambda row: row.policy_end or date.max, width=100),
            Column(key="ledger", title=N_("Ledger of"), cell=ledger, order=lambda row: row.ledger_on or date.min, width=100),
        ]  # fmt: skip

    def _footer(self, rows: Sequence[ClientState]) -> Sequence[str]:
        found: dict[str, list[Standing]] = {}
        for row in rows:
            found.setdefault(row.standing.balance.currency, []).append(row.standing)
        say = self._say
        text = N_(
            "{currency}  receivable {balance} = insured {covered} + not insured {uncovered}"
        )
        return [
            say(
                text, currency=say.currency(code),
                balance=say.figure(Money.total((each.balance for each in many), code)),
                covered=say.figure(Money.total((each.covered for each in many), code)),
                uncovered=say.figure(Money.total((each.uncovered for each in many), code)),
            )
            for code, many in sorted(found.items())
        ]  # fmt: skip
