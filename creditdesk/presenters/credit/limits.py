"""Limits across buyers, without Qt: what there is, what is used of it, what waits, and what to do next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.codes import RequestKind
from creditdesk.domain.cover.limit_states import LimitStage
from creditdesk.domain.ledger.aging import AgingFigures
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress
from creditdesk.presenters.parts.credit_words import in_currency, limit_cell
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerLine
from creditdesk.services.policies import STATE_TITLES, LimitNow, OwnLimit
from creditdesk.workspace import Desk, Workspace

TABLES = frozenset(
    {"buyer", "client", "invoice", "payment", "credit_limit", "limit_request", "policy_value", "discretionary_ground"}
)  # fmt: skip
_HOME = "CNY"
_SOON = timedelta(days=60)
_IDLE_SHARE = Decimal("0.75")
"""Of the idle days the policy allows: from here on one should do something."""


class Keep(StrEnum):
    """What the list is narrowed to."""

    WAITING = "waiting"
    EXPIRING = "expiring"
    OVER = "over"
    IDLE = "idle"
    NONE = "none"


KEEP_WORDS = {
    Keep.WAITING: N_("Waiting for the answer"),
    Keep.EXPIRING: N_("Expiring in 60 days"),
    Keep.OVER: N_("Over the limit"),
    Keep.IDLE: N_("Idle"),
    Keep.NONE: N_("No limit"),
}


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One buyer. `balance`: outstanding in the limit's currency. `idle`: days since the last shipment, None without."""

    line: BuyerLine
    limit: LimitNow | None
    owed: tuple[Money, ...]
    balance: Money | None
    idle: int | None
    today: date
    own: OwnLimit | None = None

    @property
    def left(self) -> Money | None:
        """Limit less balance; negative above the limit."""
        amount = self.limit.amount if self.limit else None
        if amount is None:
            return None
        return amount - (self.balance or Money.zero(amount.currency))

    @property
    def is_idle(self) -> bool:
        """Whether the limit soon lapses unused, or the insurer has warned."""
        limit = self.limit
        if limit is None or limit.amount is None:
            return False
        if limit.stage is LimitStage.IDLE_WARNED:
            return True
        if limit.idle_after is None or self.idle is None:
            return False
        return self.idle >= limit.idle_after * _IDLE_SHARE

    def belongs(self, keep: Keep) -> bool:
        """Whether the list narrowed to this shows it."""
        limit, left = self.limit, self.left
        until = limit.until if limit else None
        return {
            Keep.WAITING: limit is not None and limit.asked_on is not None,
            Keep.EXPIRING: until is not None and until <= self.today + _SOON,
            Keep.OVER: left is not None and left.amount < 0,
            Keep.IDLE: self.is_idle,
            Keep.NONE: self.own is None and (limit is None or limit.amount is None),
        }[keep]

    @property
    def next_kind(self) -> RequestKind | None:
        """What to ask the insurer for. None: nothing, or it was asked already."""
        if self.belongs(Keep.WAITING):
            return None
        if self.belongs(Keep.NONE):
            return RequestKind.NEW if self.owed else None
        if self.belongs(Keep.OVER):
            return RequestKind.INCREASE
        if self.belongs(Keep.EXPIRING):
            return RequestKind.RENEWAL
        return RequestKind.CANCELLATION if self.is_idle and not self.owed else None


_NEXT = {
    RequestKind.NEW: N_("apply for a limit"),
    RequestKind.INCREASE: N_("ask for an increase"),
    RequestKind.RENEWAL: N_("ask for renewal"),
    RequestKind.CANCELLATION: N_("ship, or let it go"),
}


class LimitsPresenter:
    """The limits of one client's buyers or of all."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._say = wording
        self.keep: Keep | None = None
        self.table: Table[LimitRow] = Table(
            self._columns(), lambda row: row.line.id, sort="next", footer=self._footer
        )
        self._rows: tuple[LimitRow, ...] = ()

    @property
    def subtitle(self) -> str:
        """What exactly is shown."""
        day = self._workspace.today()
        client = self._workspace.client
        if client is None:
            return self._say(N_("All clients · as of {day}"), day=day)
        names = {line.id: line.name for line in self._workspace.desk.clients.all()}
        name = next((each for key, each in names.items() if key == client), "")
        return self._say(N_("{client} · as of {day}"), client=name, day=day)

    def chip(self, keep: Keep) -> str:
        """A filter with how many it shows."""
        count = sum(row.belongs(keep) for row in self._rows)
        words = self._say(KEEP_WORDS[keep])
        return f"{words}  {count}" if count else words

    def job(self) -> Callable[[Progress], tuple[LimitRow, ...]]:
        """The work of reading the list, to be run off the window's thread."""
        desk, client = self._workspace.desk, self._workspace.client
        on = self._workspace.today()

        def work(progress: Progress) -> tuple[LimitRow, ...]:
            progress.step(Message(N_("Aging the ledger")))
            return limit_rows(desk, client, on)

        return work

    def show(self, rows: tuple[LimitRow, ...]) -> None:
        """The list is there."""
        self._rows = rows
        self.table.show(rows)

    def policy_of(self, row: LimitRow) -> int | None:
        """The policy something is asked under: the limit's, or the newest that runs. None: none runs."""
        if row.limit is not None:
            return row.limit.policy_id
        day = self._workspace.today()
        running = self._workspace.desk.policies.in_force(row.line.client_id, day)
        return running[0] if running else None

    def narrow(self, keep: Keep | None) -> None:
        """Only these from now on; None: all."""
        self.keep = keep
        self.table.keep(lambda row: keep is None or row.belongs(keep))

    def _columns(self) -> list[Column[LimitRow]]:
        every = self._workspace.client is None
        return [
            Column(key="client", title=N_("Client"), cell=lambda row: Cell(row.line.client, hint=row.line.client), order=lambda row: row.line.client, width=84, hidden=not every),
            Column(key="name", title=N_("Buyer"), cell=lambda row: Cell(row.line.name, hint=row.line.name), order=lambda row: row.line.name, stretch=True),
            Column(key="state", title=N_("State"), cell=self._state, order=self._state_order, width=122),
            Column(key="limit", title=N_("Credit limit"), cell=self._limit, order=lambda row: _number(row.limit.amount if row.limit else None), sums=lambda row: row.limit.amount if row.limit else None, right=True, width=112),
            Column(key="balance", title=N_("Balance"), cell=self._balance, order=lambda row: _number(row.balance), sums=lambda row: row.balance, right=True, width=114),
            Column(key="left", title=N_("Left"), cell=self._left, order=lambda row: _number(row.left), value=lambda row: row.left, right=True, width=110),
            Column(key="until", title=N_("Valid to"), cell=self._until, order=lambda row: row.limit.until if row.limit else None, value=lambda row: row.limit.until if row.limit else None, width=92),
            Column(key="asked", title=N_("Waiting since"), cell=self._asked, order=lambda row: row.limit.asked_on if row.limit else None, value=lambda row: row.limit.asked_on if row.limit else None, width=106),
            Column(key="idle", title=N_("Idle"), cell=self._idle, order=lambda row: row.idle, value=lambda row: row.idle, right=True, width=64),
            Column(key="next", title=N_("Next step"), cell=self._next, order=_next_order, width=134),
            Column(key="policy", title=N_("Policy"), cell=lambda row: row.limit.policy if row.limit else "", order=lambda row: row.limit.policy if row.limit else "", width=130, hidden=True),
        ]  # fmt: skip

    def _state(self, row: LimitRow) -> Cell:
        say, limit = self._say, row.limit
        if row.own is not None:
            return limit_cell(None, _HOME, say, row.own)
        if limit is None:
            return Cell(say(STATE_TITLES[LimitStage.NOT_ASKED]), Tone.QUIET)
        state = limit.stage if limit.amount or limit.state != "LATER" else limit.state
        words = say(STATE_TITLES[state])
        if limit.stage is LimitStage.IDLE_WARNED or limit.amount is None:
            return Cell(words, Tone.WARNING)
        return Cell(words)

    @staticmethod
    def _state_order(row: LimitRow) -> str:
        return row.limit.stage if row.limit else LimitStage.NOT_ASKED

    def _limit(self, row: LimitRow) -> str:
        amount = row.limit.amount if row.limit else None
        return in_currency(amount, _HOME, self._say) if amount else ""

    def _balance(self, row: LimitRow) -> Cell:
        words = self._say.list(in_currency(each, _HOME, self._say) for each in row.owed)
        return Cell(words, hint=words if len(row.owed) > 1 else "")

    def _left(self, row: LimitRow) -> Cell:
        left = row.left
        if left is None:
            return Cell("")
        if left.amount < 0:
            words = self._say(N_("{amount} over"), amount=in_currency(-left, _HOME, self._say))  # fmt: skip
            return Cell(words, Tone.DANGER)
        return Cell(in_currency(left, _HOME, self._say))

    def _until(self, row: LimitRow) -> Cell:
        if row.limit is None or row.limit.amount is None:
            return Cell("")
        until = row.limit.until
        if until is None:
            return Cell(self._say(N_("open")), Tone.QUIET)
        soon = row.belongs(Keep.EXPIRING)
        return Cell(self._say.day(until), Tone.WARNING if soon else Tone.PLAIN)

    def _asked(self, row: LimitRow) -> Cell:
        asked = row.limit.asked_on if row.limit else None
        if asked is None:
            return Cell("")
        days = (row.today - asked).days
        hint = self._say.plural(N_("{count} day"), N_("{count} days"), days)
        return Cell(self._say.day(asked), Tone.WARNING, hint)

    def _idle(self, row: LimitRow) -> Cell:
        if row.idle is None or row.limit is None or row.limit.amount is None:
            return Cell("")
        words = self._say.plural(N_("{count} day"), N_("{count} days"), row.idle)
        return Cell(words, Tone.WARNING if row.is_idle else Tone.PLAIN)

    def _next(self, row: LimitRow) -> Cell:
        if row.belongs(Keep.WAITING):
            return Cell(self._say(N_("enter the answer")), Tone.ACCENT)
        kind = row.next_kind
        return Cell(self._say(_NEXT[kind]), Tone.ACCENT) if kind else Cell("")

    def _footer(self, rows: Sequence[LimitRow]) -> Sequence[str]:
        limits: dict[str, list[Money]] = {}
        for row in rows:
            if row.limit and row.limit.amount:
                limits.setdefault(row.limit.amount.currency, []).append(row.limit.amount)  # fmt: skip
        return [
            self._say(
                N_("{currency}  {count} limits, together {total}"),
                currency=self._say.currency(code),
                count=len(amounts),
                total=self._say.figure(Money.total(amounts, code)),
            )
            for code, amounts in sorted(limits.items())
        ]


def limit_rows(desk: Desk, client: int | None, on: date) -> tuple[LimitRow, ...]:
    """Every buyer of a client, or of all, with its limit and what is used of it."""
    limits = desk.policies.limits_now(on, client)
    shipped = desk.policies.last_shipments(on, client)
    own = desk.policies.own_limits(on, client)
    figures = desk.ledger.balances(on, client_id=client).aging.by_buyer
    return tuple(
        replace(
            _row(
                line,
                limits.get(line.id),
                figures.get(line.id, {}),
                shipped.get(line.id),
                on,
            ),
            own=own.get(line.id),
        )
        for line in desk.buyers.all(client)
    )


def _row(
    line: BuyerLine,
    limit: LimitNow | None,
    figures: Mapping[str, AgingFigures],
    shipped: date | None,
    on: date,
) -> LimitRow:
    amount = limit.amount if limit else None
    mine = figures.get(amount.currency) if amount else None
    owed = tuple(each.outstanding for each in figures.values() if each.outstanding)
    since = max((day for day in (shipped, limit.since if limit else None) if day), default=None)  # fmt: skip
    return LimitRow(
        line,
        limit,
        owed,
        mine.outstanding if mine else None,
        (on - since).days if since else None,
        on,
    )


def _number(amount: Money | None) -> Decimal | None:
    return amount.amount if amount is not None else None


def _next_order(row: LimitRow) -> tuple[int, Decimal]:
    """What has to be done first, the largest debt before."""
    waiting = row.belongs(Keep.WAITING)
    kinds = list(_NEXT)
    place = 0 if waiting else 9 if row.next_kind is None else 1 + kinds.index(row.next_kind)  # fmt: skip
    return place, -max((each.amount for each in row.owed), default=Decimal(0))
