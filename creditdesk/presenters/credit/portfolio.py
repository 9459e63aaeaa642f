"""A client's portfolio, without Qt: its buyers by exposure and grade, with filters that stay."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from creditdesk.domain.base.calendar import months_later
from creditdesk.domain.credit.portfolio import UNGRADED, Portfolio, PortfolioLine
from creditdesk.domain.credit.scorecard import fixed
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.parts.bars import BarLine
from creditdesk.presenters.parts.by_ending import by_ending
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports import portfolio
from creditdesk.workspace import Workspace

TABLES = frozenset(
    {"buyer", "invoice", "payment", "credit_limit", "financial_statement", "buyer_fact", "buyer_event", "contact"}
)  # fmt: skip
_BARS = 6
_FULL = 80
_WEAK = "C"


class Narrow(StrEnum):
    """What narrows the list; several together leave what all of them leave."""

    OVERDUE = "OVERDUE"
    NEAR_LIMIT = "NEAR_LIMIT"
    UNCOVERED = "UNCOVERED"
    WEAK = "WEAK"
    WORSE = "WORSE"


NARROW_TITLES = {
    Narrow.OVERDUE: N_("Overdue"),
    Narrow.NEAR_LIMIT: N_("From 80 % of the limit"),
    Narrow.UNCOVERED: N_("Partly not insured"),
    Narrow.WEAK: N_("Grade C or worse, or none"),
    Narrow.WORSE: N_("Grade fell"),
}


class PortfolioPresenter:
    """The buyers of one client on the day, beside the grades of a year ago."""

    def __init__(self, workspace: Workspace, wording: Wording, client: int) -> None:
        self._workspace = workspace
        self._say = wording
        self.client = client
        self.since: date = months_later(workspace.today(), -12)
        self.found: Portfolio | None = None
        self.changed: Event[None] = Event()
        kept = workspace.preferences.now.portfolio
        self.narrowed = {each for each in Narrow if each.value in kept}
        self.table: Table[PortfolioLine] = Table(
            self._columns(), lambda row: row.buyer_id, sort="balance", descending=True, footer=self._footer
        )  # fmt: skip

    def job(self) -> Callable[[Progress], Portfolio]:
        """The work of reading it."""
        desk, client, on, since = self._workspace.desk, self.client, self._workspace.today(), self.since  # fmt: skip
        return lambda _progress: portfolio.portfolio_of(desk, client, on, since)

    def set_since(self, day: date) -> None:
        """Beside the grades of this day from now on; read anew by `job`."""
        self.since = day

    def show(self, found: Portfolio) -> None:
        """It is there."""
        self.found = found
        self.table.show(found.lines)
        self.table.keep(self._kept)
        self.changed.emit(None)

    def narrow(self, by: Narrow, *, on: bool) -> None:
        """Put a filter on or off; it is there again the next time."""
        self.narrowed = self.narrowed | {by} if on else self.narrowed - {by}
        self._workspace.preferences.change(portfolio=tuple(sorted(self.narrowed)))
        self.table.keep(self._kept)
        self.changed.emit(None)

    def _kept(self, row: PortfolioLine) -> bool:
        return all(self._is(row, each) for each in self.narrowed)

    def _is(self, row: PortfolioLine, by: Narrow) -> bool:
        match by:
            case Narrow.OVERDUE:
                return bool(row.overdue)
            case Narrow.NEAR_LIMIT:
                return row.used_pct is not None and row.used_pct >= _FULL
            case Narrow.UNCOVERED:
                return bool(row.uncovered)
            case Narrow.WEAK:
                return row.grade == UNGRADED or row.grade >= _WEAK
            case Narrow.WORSE:
                return row.worse

    @property
    def subtitle(self) -> str:
        """What exactly is shown."""
        found = self.found
        if found is None:
            return ""
        return self._say(
            N_("{client} · as of {day}, beside the grades of {since} · in {currency}"),
            client=found.client, day=found.on, since=found.since, currency=self._say.currency(found.currency),
        )  # fmt: skip

    @property
    def concentration(self) -> str:
        """How far a few buyers owe most of it."""
        return portfolio.concentration_words(self.found, self._say.say) if self.found else ""  # fmt: skip

    @property
    def moves(self) -> str:
        """How grades moved between the two days: those that changed."""
        if self.found is None:
            return ""
        say = self._say
        changed = [(pair, count) for pair, count in sorted(self.found.moves.items()) if pair[0] != pair[1]]  # fmt: skip
        if not changed:
            return say(N_("No grade changed since {day}."), day=self.found.since)
        words = tuple(
            say(N_("{before} → {after}: {count}"), before=self._grade(old), after=self._grade(new), count=count)
            for (old, new), count in changed
        )  # fmt: skip
        return say(N_("Grades since {day}: {moves}"), day=self.found.since, moves=words)

    @property
    def bars(self) -> tuple[BarLine, ...]:
        """The largest of those shown, on one scale."""
        rows = sorted(self.table.rows, key=lambda each: -each.balance.amount)[:_BARS]
        highest = max((each.balance.amount for each in rows), default=Decimal(0))
        if highest <= 0:
            return ()
        return tuple(
            BarLine(
                each.buyer_id, each.name, float(each.covered.amount / highest), float((each.balance - each.covered).amount / highest),
                self._say.figure(each.balance),
            )
            for each in rows if each.balance.amount > 0
        )  # fmt: skip

    def writing(self, path: Path) -> Job[Path]:
        """The job: write what was read, as PDF or workbook by the ending."""
        found = self.found
        assert found is not None  # noqa: S101 - the button is there with it
        return by_ending(
            portfolio.write, portfolio.write_workbook, found, path, self._say.language
        )

    @property
    def file_name(self) -> str:
        """What the file is called unless the person says otherwise."""
        name = self.found.client if self.found else ""
        return f"{self._say(portfolio.REPORT.title)} {name} {self._workspace.today().isoformat()}.pdf"

    def _grade(self, grade: str) -> str:
        return portfolio.grade_words(grade, self._say.say)

    def _columns(self) -> list[Column[PortfolioLine]]:
        say = self._say

        def grade(row: PortfolioLine) -> Cell:
            if row.grade == row.before:
                return Cell(self._grade(row.grade))
            hint = say(N_("{before} → {after}"), before=self._grade(row.before), after=self._grade(row.grade))  # fmt: skip
            return Cell(hint, Tone.WARNING if row.worse else Tone.PLAIN)

        def used(row: PortfolioLine) -> Cell:
            if row.used_pct is None:
                return Cell("")
            tone = Tone.DANGER if row.used_pct > 100 else Tone.WARNING if row.used_pct >= _FULL else Tone.PLAIN  # fmt: skip
            return Cell(f"{fixed(row.used_pct, 0)} %", tone)

        def trend(row: PortfolioLine) -> Cell:
            if row.trend is None:
                return Cell("")
            words = fixed(row.trend, 0).replace("-", "\u2212")
            return Cell(f"+{words}" if row.trend > 0 and words != "0" else words, Tone.WARNING if row.trend > 10 else Tone.PLAIN)  # fmt: skip

        return [
            Column(key="name", title=N_("Buyer"), cell=lambda row: Cell(row.name, hint=row.name), order=lambda row: row.name, stretch=True),
            Column(key="grade", title=N_("Grade"), cell=grade, order=lambda row: row.grade or "~", width=130),
            Column(key="score", title=N_("Score"), cell=lambda row: str(row.score), order=lambda row: row.score, right=True, width=60),
            Column(key="balance", title=N_("Balance"), cell=lambda row: say.cell(row.balance), order=lambda row: row.balance.amount, sums=lambda row: row.balance, right=True, width=118),
            Column(key="limit", title=N_("Limit"), cell=lambda row: say.cell(row.limit), order=lambda row: row.limit.amount if row.limit else Decimal(-1), sums=lambda row: row.limit, right=True, width=118),
            Column(key="used", title=N_("Used"), cell=used, order=lambda row: row.used_pct if row.used_pct is not None else -1, right=True, width=70),
            Column(key="uncovered", title=N_("Not insured"), cell=lambda row: say.cell(row.uncovered), order=lambda row: row.uncovered.amount, sums=lambda row: row.uncovered, right=True, width=110),
            Column(key="overdue", title=N_("Overdue"), cell=lambda row: Cell(say.cell(row.overdue), Tone.DANGER if row.overdue else Tone.PLAIN), order=lambda row: row.overdue.amount, sums=lambda row: row.overdue, right=True, width=110),
            Column(key="trend", title=N_("Trend, days"), cell=trend, order=lambda row: row.trend if row.trend is not None else -999, right=True, width=84),
        ]  # fmt: skip

    def _footer(self, rows: Sequence[PortfolioLine]) -> Sequence[str]:
        if self.found is None or not rows:
            return []
        code, say = self.found.currency, self._say
        figures = [sum((getattr(each, name).amount for each in rows), Decimal(0)) for name in ("balance", "covered", "uncovered", "overdue")]  # fmt: skip
        shown = [f"{each:,.2f}" for each in figures]
        return [say(N_("{currency}  balance {balance}, insured {covered}, not insured {uncovered}, overdue {overdue}"), currency=say.currency(code), balance=shown[0], covered=shown[1], uncovered=shown[2], overdue=shown[3])]  # fmt: skip
