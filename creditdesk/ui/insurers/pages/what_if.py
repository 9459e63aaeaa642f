"""Policies side by side on the client's own ledger, drawn: the question above, charts, table and working below."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from creditdesk.domain.insurers.what_if import WhatIf
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.presenters.insurers.stress import KIND_TITLES, StressKind
from creditdesk.presenters.insurers.what_if import Found, WhatIfPresenter
from creditdesk.ui.insurers.what_if_result import ResultView
from creditdesk.ui.parts import messages, theme
from creditdesk.ui.parts.controls import button, card, clear, row
from creditdesk.ui.parts.entry_band import EntryBand
from creditdesk.ui.parts.form_view import FormView
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

RAIL = "policies"
_ACTS = {
    StressKind.FAILS: N_("+ A buyer fails…"),
    StressKind.SLOWER: N_("+ Slower payments…"),
    StressKind.LIMITS: N_("+ Other limits…"),
}


class WhatIfPage(Page):
    """Nothing of it changes the desk; the case is kept as a file that the command reads, too."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        say = shell.wording
        self.replay = button(say(N_("Replay")), self.run, role="primary", hint="F5")
        self.print_ = button(say(N_("Print the page…")), self.start_print, hint="Ctrl+P")  # fmt: skip
        opening = button(say(N_("Open a case…")), self._choose_case)
        self.keep = button(say(N_("Keep the case…")), self._ask_case)
        super().__init__(say(N_("Policy what-if")), actions=(opening, self.keep, self.print_, self.replay))  # fmt: skip
        self._shell = shell
        self._presenter = WhatIfPresenter(workspace, say)
        self._question, self.setup = card(spacing=10)
        self.period = FormView(self._presenter.period, shell, columns=3, question=True)
        self._policies, self._stresses = QVBoxLayout(), QVBoxLayout()
        self._fill_question()
        self.other = EntryBand(
            self._presenter.other.form,
            shell,
            title=say(N_("Another policy: what differs from the template")),
            act=say(N_("Set it beside")),
            kept=self._taken,
        )
        self.stress = EntryBand(
            self._presenter.stress.form,
            shell,
            title=say(N_("What else is to have happened")),
            act=say(N_("Let it happen")),
            kept=self._taken,
        )
        self.result = ResultView(shell)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        for part in (self._question, self.other, self.stress, self.result):
            column.addWidget(part)
        column.addStretch(1)
        self.body.addWidget(scrolled(inside), 1)
        self._disconnect = self._presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        shell.guard(self._is_unsaved, self._save)
        self._draw(None)

    def recount(self) -> None:
        """F5: replay."""
        if self._presenter.may_run:
            self.run()

    def run(self) -> None:
        """Replay what is asked, with progress and Cancel in the foot."""
        try:
            job = self._presenter.job()
        except UserError as refused:
            self._shell.refuse(refused)
            return
        self._shell.run(job, while_there(self, self._show))

    def start_print(self) -> None:
        """Ctrl+P: the page for the client, once something was replayed."""
        if self._presenter.found is not None:
            title = self._shell.wording(N_("Print the page…"))
            messages.choose_target(self, title, self._presenter.file_name(".pdf"), self.print_to)  # fmt: skip

    def print_to(self, path: Path) -> None:
        """Write it there."""
        self._shell.run(self._presenter.writing(path), self._written)

    def keep_to(self, path: Path) -> None:
        """Write the case there."""
        self._try(lambda: self._shell.run(self._presenter.keeping(path), self._written))

    def open_from(self, path: Path) -> None:
        """Take the question of a case."""
        self._shell.run(self._presenter.opening(path), while_there(self, self._take))

    def start_other(self, place: int | None = None) -> None:
        """Open the form of another policy, or of one there is."""

        def start() -> None:
            self._presenter.start_other(place)
            self.stress.put_away()
            self.other.open()

        self._try(start)

    def start_stress(self, kind: StressKind) -> None:
        """Open the form of a stress."""
        self._presenter.start_stress(kind)
        self.other.put_away()
        self.stress.open()

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except UserError as refused:
            self._shell.refuse(refused)

    def _show(self, found: Found) -> None:
        self._presenter.show(found)

    def _take(self, asked: WhatIf) -> None:
        self._presenter.take(asked)

    def _written(self, path: Path) -> None:
        self._shell.tell(Message.of(N_("Written to {path}."), path=path))

    def _taken(self) -> None:
        self._draw(None)
        self.replay.setFocus()

    def _choose_case(self) -> None:
        title = self._shell.wording(N_("Open a case…"))
        messages.choose_file(self, title, "*.json", self.open_from)

    def _ask_case(self) -> None:
        title = self._shell.wording(N_("Keep the case…"))
        messages.choose_target(self, title, self._presenter.file_name(".json"), self.keep_to)  # fmt: skip

    def _is_unsaved(self) -> bool:
        return self.other.is_dirty() or self.stress.is_dirty()

    def _save(self) -> bool:
        return all(each.save() for each in (self.other, self.stress) if each.is_dirty())

    def _fill_question(self) -> None:
        say = self._shell.wording
        self.add = button(say(N_("+ Another policy…")), self.start_other)
        self.own = button(say(N_("+ The own policy")), self._add_own)
        acts = [self._stress_act(kind) for kind in StressKind]
        for layout in (self._policies, self._stresses):
            layout.setSpacing(4)
        self.setup.addWidget(self.period)
        self.setup.addWidget(label(say(N_("Policies side by side")), "strong"))
        self.setup.addLayout(self._policies)
        self.setup.addLayout(row(self.add, self.own, None))
        self.setup.addWidget(label(say(N_("Stress")), "strong"))
        self.setup.addLayout(self._stresses)
        self.setup.addLayout(row(*acts, None))

    def _stress_act(self, kind: StressKind) -> QPushButton:
        say, start = self._shell.wording, partial(self.start_stress, kind)
        return button(say(_ACTS[kind]), start, hint=say(KIND_TITLES[kind]))

    def _add_own(self) -> None:
        self._try(self._presenter.add_own)

    def _draw(self, _nothing: None) -> None:
        say, presenter = self._shell.wording, self._presenter
        self.retitle(say(N_("Policy what-if")), presenter.said)
        self._question.setVisible(presenter.has_client)
        self.replay.setEnabled(presenter.may_run)
        self.keep.setEnabled(presenter.may_run)
        self.print_.setEnabled(presenter.found is not None)
        self.own.setVisible(presenter.may_add_own)
        self._draw_policies()
        self._draw_stresses()
        self.result.show_found(presenter.found)

    def _draw_policies(self) -> None:
        say, presenter = self._shell.wording, self._presenter
        clear(self._policies)
        for place, name in enumerate(presenter.policy_names):
            change = button(say(N_("Change the terms…")), partial(self.start_other, place), role="flat")  # fmt: skip
            change.setVisible(presenter.may_change(place))
            out = button(say(N_("Take it out")), partial(presenter.take_out, place), role="flat")  # fmt: skip
            self._policies.addWidget(_line(name, change, out))

    def _draw_stresses(self) -> None:
        say, presenter = self._shell.wording, self._presenter
        clear(self._stresses)
        for place, name in enumerate(presenter.stress_names):
            out = button(say(N_("Take it out")), partial(presenter.drop_stress, place), role="flat")  # fmt: skip
            self._stresses.addWidget(_line(name, out))
        if not presenter.stress_names:
            said = label(say(N_("None: what really happened.")), "quiet")
            self._stresses.addWidget(said)


def _line(name: str, *acts: QWidget) -> QFrame:
    frame = QFrame()
    told = label(name, wrap=True)
    told.setMinimumWidth(theme.px(260))
    line = row(told, *acts, None)
    line.setContentsMargins(0, 0, 0, 0)
    frame.setLayout(line)
    return frame


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return WhatIfPage(workspace, shell)
