"""Today, without Qt: the list of what has to be done, and the figures beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from creditdesk.domain.base.money import Money
from creditdesk.domain.duties.agenda import Agenda
from creditdesk.domain.duties.duties import DutyKind
from creditdesk.events import Event
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.watch.agenda import AHEAD, SHOWN, Task, TaskList
from creditdesk.presenters.watch.closing import DoneTold, closing
from creditdesk.services.ledger import BalanceReport
from creditdesk.services.policies import LimitNow
from creditdesk.workspace import Workspace

_BARS = 5


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


@dataclass(frozen=True, slots=True)
class Figures:
    """What the figures beside the list are drawn from."""

    report: BalanceReport
    limits: Mapping[int, LimitNow]


class TodayPresenter:
    """What is shown on Today."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self.kind: DutyKind | None = None
        self.list = TaskList(Agenda((), ()), workspace.today(), wording)
        self.bars: tuple[Bar, ...] = ()
        self.uses: tuple[LimitUse, ...] = ()
        self.loading = True
        self.changed: Event[None] = Event()
        self.figures_changed: Event[None] = Event()

    def show_kind(self, kind: DutyKind | None) -> None:
        """Only duties of this kind from now on; None: all."""
        self.kind = kind
        self.reload()

    def reload(self) -> None:
        """Read the duties."""
        today = self._workspace.today()
        found = self._workspace.desk.watch.agenda(
            self._workspace.client, kind=self.kind, until=today + AHEAD, limit=SHOWN
        )
        self.list = TaskList(found, today, self._wording)
        self.changed.emit(None)

    def figures_job(self) -> Callable[[Progress], Figures]:
        """The work of reading the figures beside, to be run off the window's thread."""
        desk, client = self._workspace.desk, self._workspace.client
        today = self._workspace.today()

        def work(progress: Progress) -> Figures:
            progress.step(Message(N_("Aging the ledger")))
            return Figures(
                desk.ledger.balances(today, client_id=client),
                desk.policies.limits_now(today, client),
            )

        return work

    def show_figures(self, figures: Figures) -> None:
        """The figures beside the list."""
        self.bars = self._bars(figures.report)
        self.uses = self._uses(figures)
        self.loading = False
        self.figures_changed.emit(None)

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
