"""Today, drawn."""

from functools import partial

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from creditdesk.i18n import N_, Message
from creditdesk.presenters.watch.agenda import Task
from creditdesk.presenters.watch.besides import Beside
from creditdesk.presenters.watch.closing import DoneTold
from creditdesk.presenters.watch.today import Bar, Figures, TodayPresenter
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import button, card, clear, empty
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import NameLabel, label
from creditdesk.ui.parts.there import while_there
from creditdesk.ui.watch.duty_kinds import DutyKinds
from creditdesk.ui.watch.duty_rows import (
    ask_done,
    besides_group,
    draw_tasks,
    settle_group,
)
from creditdesk.ui.watch.reminder_band import ReminderBand
from creditdesk.workspace import Workspace

_BUCKETS = (N_("Not due"), "1–30", "31–60", "61–90", "> 90")
_TABLES = frozenset(
    {
        "invoice",
        "payment",
        "duty",
        "credit_limit",
        "policy_value",
        "notice",
        "client",
        "task",
    }
)


def _shades() -> tuple[str, ...]:
    look = theme.tokens()
    return look.accent, "#7FB8CF", look.warning, "#D0642B", look.danger


class AgeBar(QWidget):
    """One bar, cut by age."""

    def __init__(self, bar: Bar, longest: float) -> None:
        super().__init__()
        total = sum(float(amount.amount) for amount in bar.columns)
        self._parts = [float(amount.amount) / longest for amount in bar.columns]
        self._share = total / longest
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{bar.name} {bar.total}")

    def sizeHint(self) -> QSize:
        """As high as a line."""
        return QSize(120, 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The parts, one beside the other."""
        painter = QPainter(self)
        x = 0.0
        for part, shade in zip(self._parts, _shades(), strict=False):
            width = part * self.width()
            painter.fillRect(
                QRectF(x, 0, max(0.0, width - 1), self.height()), QColor(shade)
            )
            x += width


class TodayPage(Page):
    """The list of duties, and two figures beside it."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        say = shell.wording
        calendar = button(say(N_("Calendar")), lambda: shell.go("calendar"))
        clients = button(say(N_("Clients at a glance")), lambda: shell.go("firm_overview"))  # fmt: skip
        super().__init__(say(N_("Today")), actions=(clients, calendar))
        self._shell = shell
        self._workspace = workspace
        self._presenter = TodayPresenter(workspace, shell.wording)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 4, 0)
        self._list.setSpacing(16)
        inside = QWidget()
        inside.setLayout(self._list)
        frame, self._figures = card(margins=(16, 14, 16, 14))
        self.kinds = DutyKinds(
            say, self._presenter.show_kind, self._presenter.show_besides
        )
        self._remind()
        self.body.addWidget(self.kinds)
        self.body.addWidget(Fold(scrolled(inside), frame, 360), 1)
        # A method of the page itself is no longer called when the page is destroyed; these are.
        for disconnect in (
            self._presenter.changed.connect(self._draw),
            self._presenter.figures_changed.connect(self._draw_figures),
            workspace.changed.connect(self._on_change),
        ):
            self.destroyed.connect(disconnect)
        self._draw_figures(None)
        self._presenter.reload()
        self.recount()

    def _remind(self) -> None:
        reminder = self._presenter.reminder
        if reminder:
            settings = partial(self._shell.go, "settings")
            put_off = self._presenter.put_off
            self.body.addWidget(ReminderBand(self._shell.wording, reminder, settings, put_off))  # fmt: skip

    def recount(self) -> None:
        """F5: read the figures anew."""
        self._shell.run(self._presenter.figures_job(), while_there(self, self._counted))

    def _counted(self, figures: Figures) -> None:
        self._presenter.show_figures(figures)
        self._shell.wait_at("claims", self._presenter.claims_to_file())

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & _TABLES:
            self._presenter.reload()
            self.recount()

    def _draw(self, _nothing: None) -> None:
        wording, found = self._shell.wording, self._presenter.list
        self.retitle(wording(N_("Today")), found.summary)
        self._shell.wait_at("today", found.urgent)
        self.kinds.other.setText(self._presenter.besides_title)
        if self._presenter.alone:
            self._draw_besides()
            return
        settle = self._presenter.settle if self._presenter.kind is None else ()
        unsettled = [settle_group(settle, wording, self._settle)] if settle else []
        waiting = self._presenter.besides if self._presenter.kind is None else ()
        if waiting:
            unsettled.append(besides_group(waiting, wording, self._open_beside))
        draw_tasks(self._list, found, wording, self._act, unsettled)
        if not found.tasks and self._presenter.kind is not None:
            none = wording(N_("Nothing of this kind in the next three months."))
            self._list.insertWidget(0, empty(none), 1)
        elif not found.tasks and not unsettled:
            offer = self._offer()
            said = wording(
                N_("Deadlines appear here once a client has a ledger and a policy.")
            )
            self._list.insertWidget(0, empty(said, offer), 1)

    def _offer(self) -> QPushButton:
        """The first real step: a client, and once there is one, its ledger."""
        wording = self._shell.wording
        if not self._workspace.desk.clients.all():
            return button(
                wording(N_("New client…")),
                lambda: self._shell.go("client_form"),
                role="primary",
            )
        return button(
            wording(N_("Import a ledger…")),
            lambda: self._shell.go("ledger_import"),
            role="primary",
        )

    def _act(self, task: Task) -> None:
        if task.place:
            self._shell.go(task.place, **task.where)
            return
        then = partial(self._close, task)
        ask_done(self, self._shell.wording, task, self._workspace.today(), then)

    def _close(self, task: Task, told: DoneTold) -> None:
        work = self._presenter.closing(task, told)
        self._shell.run(work, while_there(self, self._closed))

    def _closed(self, _nothing: None) -> None:
        self._shell.tell(Message(N_("The duty is marked as done.")))

    def _draw_besides(self) -> None:
        wording, waiting = self._shell.wording, self._presenter.besides
        clear(self._list)
        if not waiting:
            none = N_("No lesson is open, and no answer of an insurer or broker is expected.")  # fmt: skip
            self._list.addWidget(empty(wording(none)), 1)
            return
        made = besides_group(waiting, wording, self._open_beside, len(waiting))
        self._list.addWidget(made)
        self._list.addStretch(1)

    def _open_beside(self, line: Beside) -> None:
        self._shell.go(line.place, **line.where)

    def _settle(self, client: int) -> None:
        self._shell.go("due_open", client=client)

    def _draw_figures(self, _nothing: None) -> None:
        wording = self._shell.wording
        clear(self._figures)
        self._figures.addWidget(
            label(wording(N_("Aging today, by currency")), "section")
        )
        if self._presenter.loading:
            self._figures.addWidget(label(wording(N_("Loading…")), "quiet"))
            self._figures.addStretch(1)
            return
        longest = max(
            (
                sum(float(part.amount) for part in bar.columns)
                for bar in self._presenter.bars
            ),
            default=1,
        )
        for bar in self._presenter.bars:
            line = QHBoxLayout()
            name = NameLabel(bar.name)
            name.setFixedWidth(theme.px(96))
            line.addWidget(name)
            line.addWidget(AgeBar(bar, longest), 1)
            line.addWidget(label(bar.total, "small"))
            self._figures.addLayout(line)
        if self._presenter.bars:
            self._figures.addLayout(self._legend())
        else:
            self._figures.addWidget(label(wording(N_("No ledger yet.")), "quiet"))
        self._figures.addSpacing(12)
        self._figures.addWidget(label(wording(N_("Use of limits")), "section"))
        if not self._presenter.uses:
            self._figures.addWidget(
                label(wording(N_("No credit limits yet.")), "quiet")
            )
        for use in self._presenter.uses:
            line = QHBoxLayout()
            line.addWidget(NameLabel(use.buyer), 1)
            line.addWidget(label(use.said, "danger" if use.over else "quiet"))
            self._figures.addLayout(line)
            gauge = QProgressBar()
            gauge.setRange(0, 1000)
            gauge.setValue(min(1000, round(use.share * 1000)))
            gauge.setTextVisible(False)
            gauge.setProperty("tone", "danger" if use.over else "")
            gauge.setAccessibleName(f"{use.buyer} {use.said}")
            self._figures.addWidget(gauge)
        self._figures.addSpacing(12)
        self._figures.addWidget(
            label(wording(N_("Entered since yesterday")), "section")
        )
        for said in self._presenter.lately or (wording(N_("Nothing.")),):
            self._figures.addWidget(label(said, "quiet", wrap=True))
        self._figures.addStretch(1)

    def _legend(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        for name, shade in zip(_BUCKETS, _shades(), strict=True):
            square = QFrame()
            square.setFixedSize(9, 9)
            square.setStyleSheet(f"background: {shade};")
            line.addWidget(square)
            line.addWidget(label(self._shell.wording(name), "small"))
        line.addStretch(1)
        return line


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return TodayPage(workspace, shell)
