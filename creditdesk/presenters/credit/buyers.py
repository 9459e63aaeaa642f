"""The list of credit files, without Qt: who owes what, under which limit, and what has to be done next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from creditdesk.domain.base.identity import UsccCheck, check_uscc
from creditdesk.domain.base.money import Money
from creditdesk.domain.duties.agenda import NextDuty
from creditdesk.domain.ledger.aging import AgingFigures
from creditdesk.i18n import N_
from creditdesk.jobs import Progress
from creditdesk.presenters.parts.credit_words import (
    code_cell,
    in_currency,
    late_cell,
    limit_cell,
    use_cell,
    use_of,
)
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerLine
from creditdesk.services.policies import LimitNow, OwnLimit
from creditdesk.workspace import Desk, Workspace

TABLES = frozenset({"buyer", "client", "invoice", "payment", "credit_limit", "duty"})
_HOME = "CNY"
_MANY = 20_000
"""Buyers above which doubles are looked for only on their own page."""
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class BuyerRow:
    """One credit file in the list. `late`: days the oldest debt is overdue, None where there is none."""

    line: BuyerLine
    check: UsccCheck | None
    limit: LimitNow | None
    duty: NextDuty | None
    figures: Mapping[str, AgingFigures] = field(default_factory=dict)
    late: int | None = None
    own: OwnLimit | None = None

    @property
    def owed(self) -> tuple[Money, ...]:
        """Outstanding, one amount a currency."""
        return tuple(each.outstanding for each in self.figures.values())

    @property
    def use(self) -> Decimal | None:
        """Outstanding ÷ limit."""
        return use_of(self.limit, self.figures)


class BuyersPresenter:
    """The buyers of one client or of all."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self.late_only = False
        self.table: Table[BuyerRow] = Table(
            self._columns(),
            lambda row: row.line.id,
            sort="late",
            descending=True,
            footer=self._footer,
        )

    @property
    def subtitle(self) -> str:
        """What exactly is shown."""
        day = self._workspace.today()
        client = self._workspace.client
        if client is None:
            return self._wording(N_("All clients · as of {day}"), day=day)
        names = {line.id: line.name for line in self._workspace.desk.clients.all()}
        name = next((each for key, each in names.items() if key == client), "")
        return self._wording(N_("{client} · as of {day}"), client=name, day=day)

    def job(self) -> Callable[[Progress], tuple[BuyerRow, ...]]:
        """The work of reading the list, to be run off the window's thread."""
        desk, client, on = (
            self._workspace.desk,
            self._workspace.client,
            self._workspace.today(),
        )
        return lambda _progress: buyer_rows(desk, client, on)

    def doubles_job(self) -> Callable[[Progress], int]:
        """The work of counting pairs that may be one; over all clients that takes longer than anybody waits."""
        buyers, client = self._workspace.desk.buyers, self._workspace.client
        many = self.table.whole > _MANY
        return lambda _progress: 0 if many else len(buyers.doubles(client))

    def doubles_words(self, count: int) -> str:
        """What the button says."""
        return self._wording(N_("Possible doubles ({count})…"), count=count)

    def show(self, rows: Sequence[BuyerRow]) -> None:
        """The list is there."""
        self.table.show(rows)

    def keep_late(self, *, only: bool) -> None:
        """Only who is overdue."""
        self.late_only = only
        self.table.keep(lambda row: not only or row.late is not None)

    def _columns(self) -> list[Column[BuyerRow]]:
        wording = self._wording
        every = self._workspace.client is None
        return [
            Column(key="client", title=N_("Client"), cell=lambda row: Cell(row.line.client, hint=row.line.client), order=lambda row: row.line.client, width=132, hidden=not every),
            Column(key="name", title=N_("Buyer"), cell=lambda row: Cell(row.line.name, hint=row.line.name), order=lambda row: row.line.name, stretch=True),
            Column(key="code", title=N_("Code"), cell=lambda row: row.line.code, order=lambda row: row.line.code, width=84, hidden=every),
            Column(key="uscc", title=N_("Social credit code"), cell=lambda row: code_cell(row.line.uscc, row.check, wording), order=lambda row: row.line.uscc, value=lambda row: row.line.uscc, width=176),
            Column(key="owed", title=N_("Outstanding"), cell=self._owed, order=_first, value=_one_amount, sums=lambda row: row.owed, right=True, width=136),
            Column(key="late", title=N_("Overdue"), cell=lambda row: late_cell(row.late, wording), order=lambda row: row.late, value=lambda row: row.late, right=True, width=86),
            Column(key="limit", title=N_("Credit limit"), cell=lambda row: limit_cell(row.limit, _HOME, wording, row.own), order=_limit_order, sums=lambda row: row.limit.amount if row.limit and row.own is None else None, right=True, width=136),
            Column(key="use", title=N_("Use"), cell=lambda row: use_cell(row.use, wording), order=lambda row: row.use, value=lambda row: row.use, right=True, width=68),
            Column(key="duty", title=N_("Next duty"), cell=self._duty, order=lambda row: row.duty.safe if row.duty else None, width=168),
        ]  # fmt: skip

    def _owed(self, row: BuyerRow) -> Cell:
        words = self._wording.list(
            in_currency(each, _HOME, self._wording) for each in row.owed
        )
        return Cell(words, hint=words if len(row.owed) > 1 else "")

    def _duty(self, row: BuyerRow) -> Cell:
        if row.duty is None:
            return Cell("")
        today, safe = self._workspace.today(), row.duty.safe
        tone = (
            Tone.DANGER if safe < today
            else Tone.WARNING if safe <= today + _WEEK
            else Tone.PLAIN
        )  # fmt: skip
        title = row.duty.title.in_language(self._wording.language)
        off = self._wording.days_off(safe, today)
        return Cell(
            f"{_near_day(safe, today, self._wording)}  {title}",
            tone,
            f"{self._wording.day(safe)}, {off}: {title}",
        )

    def _footer(self, rows: Sequence[BuyerRow]) -> Sequence[str]:
        figures: dict[str, list[AgingFigures]] = {}
        for row in rows:
            for currency, each in row.figures.items():
                figures.setdefault(currency, []).append(each)
        return [self._totals(code, found) for code, found in sorted(figures.items())]

    def _totals(self, code: str, figures: Sequence[AgingFigures]) -> str:
        wording = self._wording
        total = Money.total((each.outstanding for each in figures), code)
        current = Money.total((each.columns[0] for each in figures), code)
        return wording(
            N_("{currency}  outstanding {total} = not due {current} + overdue {late}"),
            currency=wording.currency(code), total=wording.figure(total),
            current=wording.figure(current), late=wording.figure(total - current),
        )  # fmt: skip


def buyer_rows(desk: Desk, client: int | None, on: date) -> tuple[BuyerRow, ...]:
    """Every credit file of a client, or of all, with what is owed, limit and next duty."""
    limits = desk.policies.limits_now(on, client)
    own = desk.policies.own_limits(on, client)
    duties = desk.watch.next_duties(client)
    report = desk.ledger.balances(on, client_id=client)
    return tuple(
        BuyerRow(
            line,
            check_uscc(line.uscc) if line.uscc and line.country in {"", "CN"} else None,
            limits.get(line.id),
            duties.get(line.id),
            _owing(report.aging.by_buyer.get(line.id, {})),
            report.late.get(line.id),
            own.get(line.id),
        )
        for line in desk.buyers.all(client)
    )


def _owing(figures: Mapping[str, AgingFigures]) -> dict[str, AgingFigures]:
    return {code: each for code, each in figures.items() if each.outstanding}


def _near_day(day: date, today: date, wording: Wording) -> str:
    return wording.short_day(day) if day.year == today.year else wording.day(day)


def _first(row: BuyerRow) -> Decimal | None:
    """Renminbi first; without any, the first currency there is."""
    by_currency = sorted(row.owed, key=lambda each: each.currency != _HOME)
    return by_currency[0].amount if by_currency else None


def _one_amount(row: BuyerRow) -> object:
    if len(row.owed) == 1:
        return row.owed[0]
    return " + ".join(str(each) for each in row.owed)


def _limit_order(row: BuyerRow) -> Decimal | None:
    return row.limit.amount.amount if row.limit and row.limit.amount else None
