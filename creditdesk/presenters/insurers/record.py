"""How an insurer served the firm's clients, without Qt: pictures, and the rows behind the bar that is chosen."""

from collections.abc import Callable, Hashable
from decimal import Decimal
from pathlib import Path

from creditdesk.domain.review.insurer import (
    BEHIND_TITLES,
    RECORD_KEYS,
    RECORD_NONE,
    Behind,
    InsurerRecord,
    RecordChart,
    record_charts,
)
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.parts.bars import BarLine, BarPicture
from creditdesk.presenters.parts.by_ending import by_ending
from creditdesk.presenters.parts.table import Cell, Column, Table
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports import insurer_record
from creditdesk.reports.insurer_record import BehindRow
from creditdesk.workspace import Workspace

TABLES = frozenset({
    "policy", "credit_limit", "limit_request", "claim", "claim_step", "claim_payment", "premium_note", "notice",
})  # fmt: skip


class InsurerRecordPresenter:
    """Pictures above; below them all rows, or those of one bar."""

    def __init__(self, workspace: Workspace, wording: Wording, insurer: str) -> None:
        self._workspace, self._say = workspace, wording
        self.insurer = insurer
        self.found: InsurerRecord | None = None
        self.chosen: tuple[str, Behind] | None = None
        """Currency, empty for all, and what the bar counts."""
        self.changed: Event[None] = Event()
        self.table: Table[tuple[int, BehindRow]] = Table(
            self._columns(), lambda row: row[0], sort="on", descending=True
        )

    def job(self) -> Callable[[Progress], InsurerRecord]:
        """The work of reading it."""
        desk, insurer, today = self._workspace.desk, self.insurer, self._workspace.today()  # fmt: skip
        return lambda _progress: insurer_record.record_of(desk, insurer, today)

    def show(self, found: InsurerRecord) -> None:
        """It is there; the chosen bar stays."""
        self.found = found
        self.table.show(list(enumerate(insurer_record.rows_of(found))))
        self._narrow()

    def choose(self, currency: str, behind: Behind) -> None:
        """Only the rows of this bar; the same again: all."""
        bar = (currency, behind)
        self.chosen = None if self.chosen == bar else bar
        self._narrow()

    def _narrow(self) -> None:
        self.table.keep(lambda row: self._kept(row[1]))
        self.changed.emit(None)

    def _kept(self, row: BehindRow) -> bool:
        if self.chosen is None:
            return True
        currency, behind = self.chosen
        known = row.first or row.second
        return row.behind is behind and (
            not currency or (known is not None and known.currency == currency)
        )

    @property
    def pictures(self) -> tuple[BarPicture, ...]:
        """Each bar's key is what it counts."""
        return tuple(map(self._drawn, record_charts(self.found))) if self.found else ()

    def _drawn(self, chart: RecordChart) -> BarPicture:
        say = self._say
        longest = max((each.length for each in chart.bars), default=Decimal(0)) or Decimal(1)  # fmt: skip
        return BarPicture(
            (chart.picture, chart.currency),
            insurer_record.chart_title(chart, say.say),
            say(RECORD_KEYS[chart.picture]),
            tuple(
                BarLine(
                    each.behind, say(BEHIND_TITLES[each.behind]), float(each.filled / longest),
                    float(each.hatched / longest), insurer_record.bar_words(chart, each, say.say),
                )
                for each in chart.bars
            ),
            "" if chart.bars else say(RECORD_NONE[chart.picture]),
        )  # fmt: skip

    @property
    def said(self) -> str:
        """Which rows stand below."""
        if self.chosen is None:
            return self._say(N_("All rows. A bar shows only its own."))
        currency, behind = self.chosen
        name = " ".join(filter(None, (self._say(BEHIND_TITLES[behind]), currency)))
        return self._say(N_("Only: {name}. The same bar again shows all."), name=name)

    @property
    def subtitle(self) -> str:
        """What exactly is shown."""
        return self._say(N_("From our own records of all clients, to {day}"), day=self._workspace.today())  # fmt: skip

    def place_of(self, key: Hashable) -> tuple[str, dict[str, object]] | None:
        """Where a row is opened."""
        row = self.table.get(key)
        if row is None:
            return None
        number: object = row[1].number
        match row[1].place:
            case "claim_file":
                claims = self._workspace.desk.claims.all(None)
                number = next((each.id for each in claims if each.number == number), None)  # fmt: skip
                return ("claim_file", {"claim": number}) if number else None
            case "premium":
                return "premium", {"policy": number}
        return "buyer_file", {"buyer": number}

    def writing(self, path: Path) -> Job[Path]:
        """The job: write what was read, as PDF or workbook by the ending."""
        found = self.found
        assert found is not None  # noqa: S101 - the button is there with it
        return by_ending(
            insurer_record.write,
            insurer_record.write_workbook,
            found,
            path,
            self._say.language,
        )

    @property
    def file_name(self) -> str:
        """What the file is called unless the person says otherwise."""
        title = self._say(insurer_record.REPORT.title)
        return f"{title} {self.insurer} {self._workspace.today().isoformat()}.pdf"

    def _columns(self) -> list[Column[tuple[int, BehindRow]]]:
        say = self._say

        def days(row: tuple[int, BehindRow]) -> str:
            return "" if row[1].days is None else str(row[1].days)

        return [
            Column(key="behind", title=N_("Counted as"), cell=lambda row: say(BEHIND_TITLES[row[1].behind]), order=lambda row: row[1].behind, width=130),
            Column(key="subject", title=N_("Buyer, claim or policy"), cell=lambda row: Cell(row[1].subject, bold=True, hint=row[1].subject), order=lambda row: row[1].subject, stretch=True),
            Column(key="client", title=N_("Client"), cell=lambda row: Cell(row[1].client, hint=row[1].client), order=lambda row: row[1].client, width=190),
            Column(key="on", title=N_("Day"), cell=lambda row: say.day(row[1].on), order=lambda row: (row[1].on is not None, row[1].on, row[0]), value=lambda row: row[1].on, width=100),
            Column(key="first", title=N_("Asked, claimed"), cell=lambda row: say.money(row[1].first) if row[1].first else "", order=lambda row: row[1].first.amount if row[1].first else Decimal(0), value=lambda row: row[1].first, right=True, width=140),
            Column(key="second", title=N_("Granted, paid"), cell=lambda row: say.money(row[1].second) if row[1].second else "", order=lambda row: row[1].second.amount if row[1].second else Decimal(0), value=lambda row: row[1].second, right=True, width=140),
            Column(key="days", title=N_("Days"), cell=days, order=lambda row: row[1].days or 0, right=True, width=70),
        ]  # fmt: skip
