"""A policy, drawn as one reads its paper."""

from collections.abc import Hashable

from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from creditdesk.catalog.letters import Start
from creditdesk.i18n import N_, Message
from creditdesk.presenters.policies.policy_file import TABLES, PolicyFilePresenter
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import button, card, clear, row, rule, toggle
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.form_view import FormView
from creditdesk.ui.parts.letter_menu import letter_menu
from creditdesk.ui.parts.page import Page, Tabs
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import NameLabel, label
from creditdesk.ui.policies.schedule_view import ScheduleView
from creditdesk.ui.policies.version_strip import VersionStrip
from creditdesk.ui.watch.duty_panel import DutyPanel
from creditdesk.workspace import Workspace

RAIL = "policies"

_BESIDE = 330


class PolicyFilePage(Page):
    """Versions on top; schedule and duties; limits."""

    def __init__(self, workspace: Workspace, shell: Shell, policy: int) -> None:
        say = shell.wording
        self._presenter = PolicyFilePresenter(workspace, say, policy)
        super().__init__(
            self._presenter.file.line.number,
            actions=(
                button(say(N_("Beside the paper…")), self._to_paper),
                button(say(N_("Contract review…")), self._to_review),
                button(
                    say(N_("Next to be checked")),
                    self.start_new,
                    role="primary",
                    hint="Ctrl+N",
                ),
            ),
        )
        self._shell = shell
        self.schedule = ScheduleView(self._presenter, say)
        self.strip = VersionStrip(
            self._presenter,
            say,
            self.start_endorsement,
            self.schedule.show_only_changed,
        )
        self.body.addWidget(self.strip)
        self.body.addWidget(self._endorsement())
        self.tabs = Tabs()
        self.tabs.add(say(N_("Schedule")), self._reading())
        self.tabs.add(say(N_("Limits")), self._limits())
        self.duties = DutyPanel(self._presenter.watched, shell)
        self.tabs.add(say(N_("Dates")), self.duties)
        self.tabs.add(say(N_("Renewal")), self._renewal())
        for words, act in (
            (N_("Enter a limit…"), self._enter_limit),
            (N_("All limits"), self._to_limits),
            (N_("Declarations"), self._to_declarations),
            (N_("Premium"), self._to_premium),
        ):
            self.tabs.beside(button(say(words), act, role="flat"))
        self.tabs.beside(letter_menu(say, Start.POLICY, self._write))
        self.body.addWidget(self.tabs, 1)
        shell.guard(self._presenter.is_unsaved, self._presenter.save)
        # A method of the page itself is no longer called when the page is destroyed; these are.
        for disconnect in (
            self._presenter.changed.connect(self._draw),
            workspace.changed.connect(self._on_change),
        ):
            self.destroyed.connect(disconnect)
        self._draw(None)

    def recount(self) -> None:
        """F5."""
        self._presenter.reload()

    def start_new(self) -> None:
        """Ctrl+N: the next value that waits."""
        self.tabs.show_part(0)
        self.schedule.go_to_next()

    def focus_filter(self) -> None:
        """Ctrl+F: the limits."""
        self.tabs.show_part(1)
        self.limits.filter.setFocus()

    def _write(self, letter: str) -> None:
        self._shell.go("letter", letter=letter, policy=self._presenter.policy)

    def _endorsement(self) -> QWidget:
        say = self._shell.wording
        frame, inside = card(margins=(16, 12, 16, 12))
        said = say(
            N_(
                "An endorsement begins with the terms before it; change what it changes once it is there."
            )
        )
        leave = button(say(N_("Cancel")), self._drop_endorsement)
        head = QHBoxLayout()
        head.addWidget(label(said, "quiet", wrap=True), 1)
        head.addWidget(leave)
        inside.addLayout(head)
        self.endorsement = FormView(
            self._presenter.endorsement,
            self._shell,
            columns=2,
            act=say(N_("Add the endorsement")),
            always=True,
            saved=self._endorsed,
        )
        inside.addWidget(self.endorsement)
        self._endorse_frame = frame
        frame.hide()
        return frame

    def _reading(self) -> QWidget:
        work = QWidget()
        left = QVBoxLayout(work)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(12)
        left.addWidget(self._bar())
        left.addWidget(self.schedule, 1)
        frame, inside = card(margins=(16, 12, 8, 12))
        head = self._shell.wording(N_("Duties this policy creates"))
        inside.addWidget(label(head, "section"))
        duties = QWidget()
        self._duties = QVBoxLayout(duties)
        self._duties.setContentsMargins(0, 0, 8, 0)
        inside.addWidget(scrolled(duties), 1)
        return Fold(work, frame, _BESIDE)

    def _bar(self) -> QFrame:
        say = self._shell.wording
        frame = QFrame()
        frame.setProperty("role", "card")
        self._progress = NameLabel()
        self._share = QProgressBar()
        self._share.setRange(0, 1000)
        self._share.setTextVisible(False)
        self._share.setFixedWidth(80)
        page = QLineEdit()
        page.setFixedWidth(theme.px(64))
        page.setAccessibleName(say(N_("Page of the paper")))
        page.setToolTip(say(N_("Kept with each value you check")))
        page.textEdited.connect(self._turn_page)
        self._page = page
        only = toggle(say(N_("Only what is open")), self.schedule.show_only_open)
        said = label(say(N_("Page of the paper")), "quiet")
        inside = row(self._share, self._progress, said, page, only, spacing=12)
        inside.setContentsMargins(12, 6, 12, 6)
        frame.setLayout(inside)
        return frame

    def _limits(self) -> QWidget:
        say = self._shell.wording
        self.limits = TablePanel(
            self._presenter.limits,
            self._shell,
            opened=self._open_limit,
            empty=say(
                N_(
                    "No limits under this policy yet. Enter what the insurer was asked for and what it decided."
                )
            ),
            search=say(N_("Filter buyers, decisions…")),
        )
        return self.limits

    def _renewal(self) -> QWidget:
        say = self._shell.wording
        part = QWidget()
        inside = QVBoxLayout(part)
        inside.setContentsMargins(0, 0, 0, 0)
        self._renewed = label(role="strong")
        inside.addWidget(self._renewed)
        self.renewal = TablePanel(
            self._presenter.renewal,
            self._shell,
            empty=say(
                N_(
                    "The steps of the renewal stand here while the policy runs and for 30 days after its end."
                )
            ),
        )
        inside.addWidget(self.renewal, 1)
        return part

    def _draw(self, _nothing: None) -> None:
        presenter = self._presenter
        number = presenter.file.line.number
        self.retitle(number, presenter.subtitle, *presenter.chips)
        self._shell.set_title(number)
        self._progress.setText(presenter.progress)
        self._share.setValue(round(presenter.share_checked * 1000))
        self._share.setAccessibleName(presenter.progress)
        if self._page.text() != presenter.page:
            self._page.setText(presenter.page)
        self.strip.refresh()
        self._renewed.setText(presenter.renewed)
        self._renewed.setVisible(bool(presenter.renewed))
        self._draw_duties()
        self.schedule.refresh()

    def _draw_duties(self) -> None:
        clear(self._duties)
        say = self._shell.wording
        for index, duty in enumerate(self._presenter.duties):
            if index:
                self._duties.addWidget(rule())
            self._duties.addWidget(label(duty.title, "strong", wrap=True))
            when = duty.rule or say(N_("always, without a date"))
            self._duties.addWidget(label(when, "quiet", wrap=True))
            self._duties.addWidget(label(duty.consequence, "small", wrap=True))
        self._duties.addStretch(1)

    def _turn_page(self, page: str) -> None:
        self._presenter.page = page

    def start_endorsement(self) -> None:
        """Show the form of a new version."""
        self._endorse_frame.show()
        self.endorsement.focus_first()

    def _drop_endorsement(self) -> None:
        self._presenter.endorsement.load({})
        self._endorse_frame.hide()

    def _endorsed(self) -> None:
        self._endorse_frame.hide()
        self._presenter.endorsement.load({})
        self._presenter.reload()
        self._shell.tell(
            Message.of(N_("The endorsement is there. Change the values it changes."))
        )

    def _to_review(self) -> None:
        self._shell.go("contract_review", policy=self._presenter.policy)

    def _to_paper(self) -> None:
        self._shell.go("beside_paper", policy=self._presenter.policy)

    def _to_limits(self) -> None:
        self._shell.go("limits")

    def _to_declarations(self) -> None:
        self._shell.go("declarations", policy=self._presenter.policy)

    def _to_premium(self) -> None:
        self._shell.go("premium", policy=self._presenter.policy)

    def _enter_limit(self) -> None:
        self._shell.go("limit_entry", policy=self._presenter.policy, buyer=None)

    def _open_limit(self, key: Hashable) -> None:
        line = self._presenter.limits.get(key)
        if line:
            self._shell.go("limit_entry", policy=line.policy_id, buyer=line.buyer_id)

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self._presenter.reload()


def build(workspace: Workspace, shell: Shell, policy: int) -> QWidget:
    """The page."""
    return PolicyFilePage(workspace, shell, policy)
