"""When the money of a client's open invoices is expected, without Qt: weeks, invoices, and how far to trust it."""

from collections.abc import Sequence
from dataclasses import dataclass

from creditdesk.domain.base.money import Money
from creditdesk.domain.forecast.forecasts import (
    ExpectedPayment,
    ExpectedWeek,
    PaymentForecast,
)
from creditdesk.i18n import N_
from creditdesk.jobs import Job
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.workspace import Workspace

_LIKELY = 0.5
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class WeekBar:
    """One week as a chart draws it: shares of the highest that is drawn, from 0 to 1, and its words."""

    day: str
    share: float
    low: float
    high: float
    words: str


class ForecastPresenter:
    """The estimate of the day. `chosen`: the currency the weeks are drawn in; empty: there is nothing."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self._found: PaymentForecast | None = None
        self.chosen = ""
        self.table: Table[ExpectedPayment] = Table(
            self._columns(), lambda row: (row.buyer, row.number), sort="expected"
        )
        self.table.loading = self.has_client

    @property
    def has_client(self) -> bool:
        """Whether a client is chosen: an estimate is one client's."""
        return self._workspace.client is not None

    def job(self) -> Job[PaymentForecast]:
        """The work of estimating."""
        desk, client = self._workspace.desk, self._workspace.client
        today = self._workspace.today()
        assert client is not None  # noqa: S101 - asked only with a client
        return lambda _progress: desk.forecasts.payments(client, today)

    def show(self, found: PaymentForecast) -> None:
        """Take the answer."""
        self._found = found
        self.chosen = self.currencies[0] if self.currencies else ""
        self.table.show(found.invoices)

    @property
    def currencies(self) -> Sequence[str]:
        """Of the weeks."""
        weeks = self._found.weeks if self._found else ()
        return list(dict.fromkeys(each.amount.currency for each in weeks))

    @property
    def trust(self) -> str:
        """How good it is on this desk; or why nothing is said."""
        say, found = self._wording, self._found
        if not self.has_client:
            return say(N_("Choose a client above: an estimate is made for one client."))
        if found is None:
            return say(N_("Learning from the ledgers…"))
        quality = found.quality
        if quality.why is not None:
            return say.message(quality.why)
        text = N_(
            "An estimate, no promise: learned from {trained} invoices of this desk and tried on {tried} later ones. "
            "There the day of payment was off by {days} days (by the buyer's own mean {own}), and of two invoices "
            "the late one was told from the punctual one in {auc} % of the cases."
        )
        return say(
            text,
            trained=quality.trained_on,
            tried=quality.tried_on,
            days=f"{quality.days_error or 0:.1f}",
            own=f"{quality.days_error_own_mean or 0:.1f}",
            auc=round((quality.auc_late or 0) * _HUNDRED),
        )

    @property
    def bars(self) -> Sequence[WeekBar]:
        """The weeks of the chosen currency."""
        weeks = [
            each
            for each in (self._found.weeks if self._found else ())
            if each.amount.currency == self.chosen
        ]
        most = max((float(each.high.amount) for each in weeks), default=0.0) or 1.0
        return [self._bar(each, most) for each in weeks]

    @property
    def sums(self) -> str:
        """What is open, and what of it is expected within the weeks shown; one currency after the other."""
        found, say = self._found, self._wording
        if found is None or not found.weeks:
            return ""
        told = []
        for code in self.currencies:
            open_ = Money.total(
                (each.open for each in found.invoices if each.open.currency == code),
                code,
            )
            come = Money.total(
                (each.amount for each in found.weeks if each.amount.currency == code),
                code,
            )
            text = N_("{open} open, {come} of it expected within {weeks} weeks")
            weeks = sum(each.amount.currency == code for each in found.weeks)
            told.append(
                say(text, open=say.money(open_), come=say.money(come), weeks=weeks)
            )
        return " · ".join(told)  # fmt: skip

    def _bar(self, week: ExpectedWeek, most: float) -> WeekBar:
        say = self._wording
        words = say(
            N_("from {start}: {amount} ({low} to {high})"),
            start=week.start,
            amount=week.amount,
            low=week.low,
            high=week.high,
        )
        low, high = float(week.low.amount) / most, float(week.high.amount) / most
        return WeekBar(f"{week.start:%m-%d}", float(week.amount.amount) / most, low, high, words)  # fmt: skip

    def _columns(self) -> list[Column[ExpectedPayment]]:
        say = self._wording

        def chance(place: int, key: str, title: str) -> Column[ExpectedPayment]:
            def cell(row: ExpectedPayment) -> Cell:
                share = row.chances[place]
                tone = Tone.WARNING if share >= _LIKELY else Tone.PLAIN
                return Cell(f"{round(share * _HUNDRED)} %", tone)

            return Column(key=key, title=title, cell=cell, order=lambda row: row.chances[place], value=lambda row: row.chances[place], right=True, width=96)  # fmt: skip

        return [
            Column(key="buyer", title=N_("Buyer"), cell=lambda row: Cell(row.buyer, hint=row.buyer), order=lambda row: row.buyer, width=180),
            Column(key="number", title=N_("Number"), cell=lambda row: Cell(row.number, hint=row.number), order=lambda row: row.number, width=130),
            Column(key="due", title=N_("Due date"), cell=lambda row: say.day(row.due), order=lambda row: row.due, value=lambda row: row.due, width=96),
            Column(key="open", title=N_("Open amount"), cell=lambda row: say.money(row.open), order=lambda row: row.open.amount, sums=lambda row: row.open, right=True, width=120),
            Column(key="expected", title=N_("Expected on"), cell=lambda row: say.day(row.expected_on), order=lambda row: row.expected_on, value=lambda row: row.expected_on, width=116),
            chance(0, "late", N_("Late")),
            chance(1, "late_15", N_("Over 15 days")),
            chance(2, "late_30", N_("Over 30 days")),
            Column(key="why", title=N_("Rests on"), cell=self._why, stretch=True),
        ]  # fmt: skip

    def _why(self, row: ExpectedPayment) -> Cell:
        told = [self._wording.message(each) for each in row.reasons]
        return Cell(self._wording.clauses(told), Tone.QUIET, "\n".join(told))
