"""All clients of the firm on one page, without Qt: who has to be looked at first, and why."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from creditdesk.domain.base.money import Money
from creditdesk.domain.review.firm import (
    ENDING,
    MUCH,
    NONE_OF_IT,
    PICTURE_KEYS,
    STALE,
    ClientState,
    FirmChart,
    Only,
    Picture,
    firm_charts,
)
from creditdesk.domain.review.month import Standing
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.parts.bars import BarLine, BarPicture
from creditdesk.presenters.parts.by_ending import by_ending
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports import firm
from creditdesk.reports.firm import FirmDay
from creditdesk.workspace import Workspace

TABLES = frozenset({"client", "duty", "invoice", "payment", "policy", "policy_value", "credit_limit", "import_batch"})  # fmt: skip
_BARS = 6
"""Clients in a picture; the list has all."""
ONLY_TITLES = {
    Only.LATE: N_("Duties that are late"),
    Only.AT_STAKE: N_("Money at risk if nothing is done"),
    Only.UNCOVERED: N_("Owed without cover"),
    Only.ENDING: N_("Policies that end within 60 days"),
    Only.REVIEW: N_("Without a yearly review"),
    Only.STALE: N_("Ledgers older than 35 days"),
}
_PLACES = {
    Picture.DUTIES: "today",
    Picture.ENDING: "policies",
    Picture.REVIEW: "reviews",
    Picture.UNCOVERED: "portfolio",
    Picture.OVERDUE: "receivables",
    Picture.OVER_LIMIT: "limits",
}
"""Where the rows behind a bar stand."""


class FirmOverview:
    """Pictures, list, and the figures that filter both."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._say = wording
        self.found: FirmDay | None = None
        self.only: Only | None = None
        self.changed: Event[None] = Event()
        self.table: Table[ClientState] = Table(
            self._columns(), lambda row: row.id, footer=self._footer
        )

    def job(self) -> Callable[[Progress], FirmDay]:
        """The work of reading all clients."""
        desk, today = self._workspace.desk, self._workspace.today()
        return lambda progress: firm.firm_day(desk, today, progress)

    def show(self, found: FirmDay) -> None:
        """They are there."""
        self.found = found
        self.table.show(found.states)
        self._narrow()

    @property
    def states(self) -> tuple[ClientState, ...]:
        """Every client."""
        return self.found.states if self.found else ()

    @property
    def pictures(self) -> tuple[BarPicture, ...]:
        """Of the clients a figure leaves in the list, each bar a client."""
        if self.found is None:
            return ()
        kept = [each for each in self.states if self._kept(each)]
        return tuple(map(self._drawn, firm_charts(kept, self.found.on)))

    @property
    def left_out(self) -> str:
        """What stands in no figure; empty for nothing."""
        return "\n".join(firm.left_out(self.states, self._say.say))

    def opened(
        self, picture: Hashable, client: Hashable
    ) -> tuple[str, dict[str, object]]:
        """The place with the rows behind a bar, and which record; the client is chosen by now."""
        if not isinstance(client, int) or not isinstance(picture, tuple):
            return "firm_overview", {}
        self._workspace.choose(client)
        shown = Picture(picture[0])
        return _PLACES[shown], {"client": client} if shown is Picture.UNCOVERED else {}

    def writing(self, path: Path) -> Job[Path]:
        """The job: write what was read, as PDF or workbook by the ending."""
        found = self.found
        assert found is not None  # noqa: S101 - the button is there with it
        return by_ending(
            firm.write, firm.write_workbook, found, path, self._say.language
        )

    @property
    def file_name(self) -> str:
        """What the file is called unless the person says otherwise."""
        return f"{self._say(firm.TITLE)} {self._workspace.today().isoformat()}.pdf"

    def choose(self, only: Only) -> None:
        """Only those a figure counts; once more: all again."""
        self.only = None if self.only is only else only
        self._narrow()

    def _narrow(self) -> None:
        self.table.keep(self._kept)
        self.changed.emit(None)

    def _kept(self, row: ClientState) -> bool:
        return self.only is None or row.is_in(self.only, self._workspace.today())

    def _drawn(self, chart: FirmChart) -> BarPicture:
        say = self._say
        shown = chart.bars[:_BARS]
        longest = max((each.length for each in shown), default=Decimal(0)) or Decimal(1)
        more = len(chart.bars) - len(shown)
        key = say(PICTURE_KEYS[chart.picture])
        rest = say(N_("and {count} more in the list"), count=more) if more else ""
        return BarPicture(
            (chart.picture, chart.currency),
            firm.chart_title(chart, say.say),
            " · ".join(filter(None, (key, rest))),
            tuple(
                BarLine(
                    each.client, each.name, float(each.filled / longest), float(each.hatched / longest),
                    firm.bar_words(chart, each, say.say),
                )
                for each in shown
            ),
            "" if shown else say(NONE_OF_IT[chart.picture]),
        )  # fmt: skip

    @property
    def subtitle(self) -> str:
        """What exactly is shown."""
        text = N_(
            "{count} clients as of {day}, each in its own currency; late duties first"
        )
        return self._say(text, count=len(self.states), day=self._workspace.today())

    def figure(self, only: Only) -> tuple[str, str]:
        """One of the figures, and the clients behind it."""
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
            return Cell(f"{found:.0f} %", Tone.WARNING if found >= MUCH else Tone.PLAIN)

        def ends(row: ClientState) -> Cell:
            if row.policy_end is None:
                return Cell("—", Tone.WARNING)
            near = row.policy_end - today <= ENDING
            return Cell(
                say.day(row.policy_end),
                Tone.WARNING if near else Tone.PLAIN,
                say.days_off(row.policy_end, today),
            )

        def ledger(row: ClientState) -> Cell:
            old = row.ledger_on is None or today - row.ledger_on > STALE
            return Cell(
                say.day(row.ledger_on) or "—", Tone.WARNING if old else Tone.QUIET
            )

        def review(row: ClientState) -> Cell:
            lacks = row.lacks_review(today)
            return Cell(
                say.day(row.reviewed_on) or "—", Tone.WARNING if lacks else Tone.QUIET
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
            Column(key="over", title=N_("Beyond the limits"), cell=lambda row: say.cell(row.over), order=lambda row: row.over.amount, sums=lambda row: row.over, right=True, width=118, hidden=True),
            Column(key="overdue", title=N_("Overdue"), cell=lambda row: say.cell(row.standing.overdue), order=lambda row: row.standing.overdue.amount, sums=lambda row: row.standing.overdue, right=True, width=118, hidden=True),
            Column(key="share", title="%", cell=share, order=lambda row: row.standing.share or Decimal(0), right=True, width=52),
            Column(key="ends", title=N_("Policy ends"), cell=ends, order=lambda row: row.policy_end or date.max, width=100),
            Column(key="review", title=N_("Last review"), cell=review, order=lambda row: row.reviewed_on or date.min, width=100),
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
