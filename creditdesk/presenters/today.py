"""Today, without Qt: what has to be done by when, what it costs to miss it, and the button that does it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from creditdesk.domain.duties import CLAIM_FILING, OVERDUE_NOTICE, STOP_SHIPPING
from creditdesk.domain.money import Money
from creditdesk.events import Event
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress
from creditdesk.presenters.rules import rule_words
from creditdesk.presenters.table import Tone
from creditdesk.presenters.wording import Wording
from creditdesk.services.ledger import AgingReport
from creditdesk.services.watch import DutyLine
from creditdesk.workspace import Workspace

_DONE_ELSEWHERE = (STOP_SHIPPING, "D17")
"""Stopping deliveries and giving the mandate happen outside; here they are only marked as done."""
_WEEK = timedelta(days=7)
_AHEAD = timedelta(days=92)
_SHOWN = 60
_BARS = 5


class Group(StrEnum):
    """When something is due."""

    LATE = "late"
    WEEK = "week"
    LATER = "later"


GROUP_TITLES = {
    Group.LATE: N_("Safe date passed"),
    Group.WEEK: N_("This week"),
    Group.LATER: N_("Later"),
}


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the list, in words. `place` and `where`: what its button opens; empty: nothing to open."""

    duty: DutyLine
    group: Group
    day: str
    off: str
    tone: Tone
    title: str
    rule: str
    subject: str
    consequence: str
    money: str
    act: str
    place: str
    where: dict[str, object]


@dataclass(frozen=True, slots=True)
class Bar:
    """One client's debt by age, in one currency."""

    name: str
    columns: tuple[Money, ...]
    total: str


@dataclass(frozen=True, slots=True)
class LimitUse:
    """How much of a limit a buyer uses. `share` over 1 is beyond it."""

    buyer_id: int
    buyer: str
    share: float
    said: str
    over: bool


class TodayPresenter:
    """What is shown on Today."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self.tasks: tuple[Task, ...] = ()
        self.hidden = 0
        self.bars: tuple[Bar, ...] = ()
        self.uses: tuple[LimitUse, ...] = ()
        self.changed: Event[None] = Event()
        self.figures_changed: Event[None] = Event()

    @property
    def summary(self) -> str:
        """How much waits, in one line."""
        count = len(self.tasks)
        if not count:
            return self._wording(N_("Nothing has to be done in the next three months."))
        # The same debt waits for several duties; of each buyer the largest counts, once.
        largest: dict[tuple[int | None, str], Money] = {}
        for task in self.tasks:
            amount = task.duty.amount
            key = (task.duty.buyer_id, amount.currency)
            largest[key] = max(amount, largest.get(key, amount))
        sums: dict[str, Money] = {}
        for (_, currency), amount in largest.items():
            sums[currency] = sums.get(currency, Money.zero(currency)) + amount
        money = self._wording.moneys(amount for amount in sums.values() if amount)
        return self._wording.plural(
            N_("{count} thing to do, with {money} at stake; by safe date"),
            N_("{count} things to do, with {money} at stake; by safe date"),
            count,
            money=money,
        )

    def reload(self) -> None:
        """Read the duties."""
        today = self._workspace.today()
        duties = self._workspace.desk.watch.open_duties(self._workspace.client)
        near = [duty for duty in duties if duty.safe <= today + _AHEAD]
        self.tasks = tuple(self._task(duty, today) for duty in near[:_SHOWN])
        self.hidden = max(0, len(near) - _SHOWN)
        self.changed.emit(None)

    def refresh(self, progress: Progress) -> AgingReport:
        """The job: find duties anew, and age the ledger for the figures beside."""
        today = self._workspace.today()
        self._workspace.desk.watch.refresh(today, progress)
        progress.step(Message(N_("Aging the ledger")))
        return self._workspace.desk.ledger.aging(
            today, client_id=self._workspace.client
        )

    def show_figures(self, report: AgingReport) -> None:
        """The figures beside the list."""
        self.bars = self._bars(report)
        self.uses = self._uses(report)
        self.figures_changed.emit(None)

    def group(self, group: Group) -> Sequence[Task]:
        """The tasks of one group."""
        return [task for task in self.tasks if task.group is group]

    def done(self, task: Task) -> None:
        """The person did it by another way."""
        self._workspace.desk.watch.close(task.duty.ids, self._workspace.today())

    def _task(self, duty: DutyLine, today: date) -> Task:
        wording = self._wording
        group = (
            Group.LATE
            if duty.safe < today
            else Group.WEEK
            if duty.safe <= today + _WEEK
            else Group.LATER
        )
        tone = {
            Group.LATE: Tone.DANGER,
            Group.WEEK: Tone.WARNING,
            Group.LATER: Tone.QUIET,
        }[group]
        act, place, where = self._act(duty)
        return Task(
            duty=duty,
            group=group,
            day=wording.short_day(duty.safe)
            if duty.safe.year == today.year
            else wording.day(duty.safe),
            off=wording.days_off(duty.safe, today),
            tone=tone,
            title=duty.title.in_language(wording.language),
            rule=rule_words(duty.rule, wording),
            subject=self._subject(duty, today),
            consequence=self._consequence(duty),
            money=wording.money(duty.amount) if duty.amount else "",
            act=act,
            place=place,
            where=where,
        )

    def _act(self, duty: DutyLine) -> tuple[str, str, dict[str, object]]:
        say = self._wording
        if duty.code == OVERDUE_NOTICE and duty.buyer_id is not None:
            return (
                say(N_("Prepare the notice")),
                "notice",
                {"policy": duty.policy_id, "buyer": duty.buyer_id},
            )
        if duty.code == CLAIM_FILING and duty.buyer_id is not None:
            return say(N_("Open the claim")), "new_claim", {"buyer": duty.buyer_id}
        if duty.buyer_id is not None and duty.code in _DONE_ELSEWHERE:
            return say(N_("Mark as done")), "", {}
        if duty.buyer_id is not None:
            return say(N_("Open the file")), "buyer_file", {"buyer": duty.buyer_id}
        return say(N_("Open the policy")), "policy_file", {"policy": duty.policy_id}

    def _subject(self, duty: DutyLine, today: date) -> str:
        who = (
            f"{duty.client} → {duty.buyer}"
            if duty.buyer
            else f"{duty.client} · {duty.policy}"
        )
        if not duty.invoices:
            return who
        days = (today - duty.anchor_on).days
        if duty.anchor_on > today or len(duty.invoices) == 0:
            return who
        what = self._wording.plural(
            N_("{count} invoice, since {day} ({days} days)"),
            N_("{count} invoices, the oldest since {day} ({days} days)"),
            len(duty.invoices),
            day=duty.anchor_on,
            days=days,
        )
        return f"{who} · {what}"

    def _consequence(self, duty: DutyLine) -> str:
        parts = [self._wording(N_("Last legal day {day}."), day=duty.legal)]
        parts.append(duty.consequence.in_language(self._wording.language))
        if duty.provisional:
            parts.append(
                self._wording(
                    N_("Provisional: counted from a notice that is not sent yet.")
                )
            )
        if not duty.calendar_known:
            parts.append(
                self._wording(
                    N_(
                        "That year's holidays are not known yet; only weekends are counted."
                    )
                )
            )
        return " ".join(parts)

    def _bars(self, report: AgingReport) -> tuple[Bar, ...]:
        sums: dict[tuple[str, str], list[Money]] = {}
        for buyer, currencies in report.aging.by_buyer.items():
            name = report.buyers[buyer]
            owner = (
                report.clients[name.client_id]
                if self._workspace.client is None
                else name.name
            )
            for currency, figures in currencies.items():
                row = sums.setdefault(
                    (owner, currency), [Money.zero(currency)] * len(figures.columns)
                )
                sums[owner, currency] = [
                    a + b for a, b in zip(row, figures.columns, strict=True)
                ]
        bars = [
            (
                Money.total(columns, currency),
                Bar(
                    owner,
                    tuple(columns),
                    self._wording.money(Money.total(columns, currency)),
                ),
            )
            for (owner, currency), columns in sums.items()
        ]
        bars = [pair for pair in bars if pair[0]]
        bars.sort(key=lambda pair: (pair[0].currency != "CNY", -pair[0].amount))
        return tuple(bar for _, bar in bars[:_BARS])

    def _uses(self, report: AgingReport) -> tuple[LimitUse, ...]:
        limits = self._workspace.desk.policies.limits_now(
            self._workspace.today(), self._workspace.client
        )
        uses = []
        for buyer, limit in limits.items():
            figures = report.aging.by_buyer.get(buyer, {})
            if (
                limit.amount is None
                or limit.amount.currency not in figures
                or not limit.amount
            ):
                continue
            balance = figures[limit.amount.currency].outstanding
            share = balance.amount / limit.amount.amount
            said = self._wording.percent(share)
            if share > 1:
                said += "  " + self._wording(
                    N_("{amount} over"), amount=balance - limit.amount
                )
            uses.append(
                LimitUse(
                    buyer, report.buyers[buyer].name, float(share), said, share > 1
                )
            )
        uses.sort(key=lambda use: -use.share)
        return tuple(uses[:_BARS])
