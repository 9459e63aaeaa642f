"""Today, without Qt: the list of what has to be done, and the figures beside it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from creditdesk.domain.base.money import Money
from creditdesk.domain.duties.agenda import Agenda
from creditdesk.domain.duties.duties import DutyKind
from creditdesk.domain.review.work import WorkRow
from creditdesk.events import Event
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.watch.agenda import AHEAD, SHOWN, Task, TaskList
from creditdesk.presenters.watch.besides import Beside, besides
from creditdesk.presenters.watch.closing import DoneTold, closing
from creditdesk.services.backups import Reminder
from creditdesk.services.ledger import BalanceReport, OpenDueLine
from creditdesk.services.policies import LimitNow
from creditdesk.workspace import Workspace

_BARS = 5
_ENTERED = 6
_LATELY = timedelta(days=1)
_WORDINGS = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """One client's debt by age, in one currency."""

    name: str
    columns: tuple[Money, ...]
    total: str


@dataclass(frozen=True, slots=True)
class Settle:
    """A client's invoices whose due date nobody knows: nothing can be due of them until somebody says."""

    client_id: int
    count: int
    title: str
    subject: str
    money: str


@dataclass(frozen=True, slots=True)
class LimitUse:
    """How much of a limit a buyer uses. `share` over 1 is beyond it."""

    buyer_id: int
    buyer: str
    share: float
    said: str
    over: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """What the figures beside the list are drawn from, and what has no due date that anybody knows."""

    report: BalanceReport
    limits: Mapping[int, LimitNow]
    waiting: Sequence[OpenDueLine]
    work: Sequence[WorkRow] = ()
    """What was entered since yesterday morning."""


class TodayPresenter:
    """What is shown on Today."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self.kind: DutyKind | None = None
        self.alone = False
        """Whether only what waits besides duties is shown."""
        self.list = TaskList(Agenda((), ()), workspace.today(), wording)
        self.settle: tuple[Settle, ...] = ()
        self.besides: tuple[Beside, ...] = ()
        """What waits besides duties."""
        self.bars: tuple[Bar, ...] = ()
        self.uses: tuple[LimitUse, ...] = ()
        self.lately: tuple[str, ...] = ()
        """What was entered on the desk since yesterday, in words."""
        self.loading = True
        self.changed: Event[None] = Event()
        self.figures_changed: Event[None] = Event()

    def show_kind(self, kind: DutyKind | None) -> None:
        """Only duties of this kind from now on; None: all."""
        self.kind, self.alone = kind, False
        self.reload()

    def show_besides(self) -> None:
        """Only what waits besides duties."""
        self.kind, self.alone = None, True
        self.reload()

    @property
    def besides_title(self) -> str:
        """With how many wait."""
        title = self._wording(N_("Lessons and follow-ups"))
        return f"{title} {len(self.besides)}" if self.besides else title

    def reload(self) -> None:
        """Read the duties."""
        today = self._workspace.today()
        found = self._workspace.desk.watch.agenda(
            self._workspace.client, kind=self.kind, until=today + AHEAD, limit=SHOWN
        )
        self.list = TaskList(found, today, self._wording)
        self.besides = besides(self._workspace.desk, self._workspace.client, today, self._wording)  # fmt: skip
        self.changed.emit(None)

    @property
    def reminder(self) -> Reminder | None:
        """What to say of the backups; that a second place would be good only once there is something to lose."""
        desk = self._workspace.desk
        found = desk.backups.reminder(self._workspace.today())
        return None if found and found.optional and not desk.clients.all() else found

    def put_off(self) -> None:
        """The advice isn't wanted."""
        self._workspace.desk.backups.put_off()

    def _to_settle(self, waiting: Sequence[OpenDueLine]) -> tuple[Settle, ...]:
        say = self._wording
        by_client: dict[int, list[OpenDueLine]] = {}
        for line in waiting:
            by_client.setdefault(line.client_id, []).append(line)
        return tuple(
            Settle(
                client,
                count := sum(line.count for line in lines),
                say.plural(N_("{count} invoice: due date open"), N_("{count} invoices: due date open"), count),
                f"{lines[0].client} · {self._wordings(lines)}",
                say.moneys(_sums(money for line in lines for money in line.open)),
            )
            for client, lines in by_client.items()
        )  # fmt: skip

    def _wordings(self, lines: Sequence[OpenDueLine]) -> str:
        """The first few wordings in quotation marks."""
        say = self._wording
        words = [
            each or say(N_("no term given"))
            for each in dict.fromkeys(line.words for line in lines)
        ]
        shown = [f"“{each}”" for each in words[:_WORDINGS]]
        return say.list([*shown, "…"] if len(words) > _WORDINGS else shown)  # fmt: skip

    def figures_job(self) -> Callable[[Progress], Figures]:
        """The work of reading the figures beside, to be run off the window's thread."""
        desk, client = self._workspace.desk, self._workspace.client
        today = self._workspace.today()

        def work(progress: Progress) -> Figures:
            progress.step(Message(N_("Aging the ledger")))
            return Figures(
                desk.ledger.balances(today, client_id=client),
                desk.policies.limits_now(today, client),
                desk.ledger.open_due_dates(client),
                desk.reviews.work(today - _LATELY, today, client),
            )

        return work

    def show_figures(self, figures: Figures) -> None:
        """The figures beside the list."""
        self.bars = self._bars(figures.report)
        self.uses = self._uses(figures)
        self.lately = self._entered(figures.work)
        self.loading = False
        settle = self._to_settle(figures.waiting)
        if settle != self.settle:
            self.settle = settle
            self.changed.emit(None)
        self.figures_changed.emit(None)

    def _entered(self, rows: Sequence[WorkRow]) -> tuple[str, ...]:
        """Each kind of entry with how many there were, the most frequent first."""
        counts: Counter[tuple[str, str]] = Counter()
        for row in rows:
            counts[row.words] += row.count
        return tuple(
            self._wording.plural(*words, count)
            for words, count in counts.most_common(_ENTERED)
        )

    def claims_to_file(self) -> int:
        """How many claims wait to be filed."""
        return self._workspace.desk.claims.waiting(self._workspace.client)

    def closing(self, task: Task, told: DoneTold) -> Callable[[Progress], None]:
        """The job: the person did it by another way."""
        return closing(self._workspace, task.duty.client_id, task.duty.ids, told)

    def _bars(self, report: BalanceReport) -> tuple[Bar, ...]:
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

    def _uses(self, found: Figures) -> tuple[LimitUse, ...]:
        report = found.report
        uses = []
        for buyer, limit in found.limits.items():
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


def _sums(found: Iterable[Money]) -> list[Money]:
    sums: dict[str, Money] = {}
    for money in found:
        known = sums.get(money.currency)
        sums[money.currency] = money if known is None else known + money
    return list(sums.values())
