"""Reviews, drawn: client and period, the figures with their lights, the sentences to edit, the workbook."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.presenters.parts.form import FormField
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.reviews.reviews import SENTENCES, KpiLine, ReviewsPresenter
from creditdesk.ui.parts import messages, theme
from creditdesk.ui.parts.controls import button, card, clear, row, rule
from creditdesk.ui.parts.fields import ChoiceInput, DayInput
from creditdesk.ui.parts.flow import Flow
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import fault_line, label
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

_ROLES = {Tone.DANGER: "danger", Tone.WARNING: "warning", Tone.DONE: "done"}
_EDIT_HEIGHT = 66
_HINT = N_(
    "Suggested from the figures. Put them in your own words; an empty one is left out."
)


class ReviewsPage(Page):
    """The year's figures at the left, what to say about them at the right."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        wording = shell.wording
        self._write = button(
            wording(N_("Write the workbook…")), self.write, role="primary"
        )
        others = button(wording(N_("All reports…")), lambda: shell.go("reports"))
        worked = button(wording(N_("Work list…")), lambda: shell.go("work_list"))
        self._brief = button(wording(N_("Two pages (PDF)…")), self.write_brief)
        actions = (worked, others, self._brief, self._write)
        super().__init__(wording(N_("Reviews")), actions=actions)
        self._shell = shell
        self._presenter = ReviewsPresenter(workspace, wording)
        self.body.addLayout(self._question())
        self._fault = fault_line()
        self.body.addWidget(self._fault)
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addWidget(self._figures(), 1)
        across.addWidget(self._sentences(), 1)
        self._parts = QWidget()
        self._parts.setLayout(across)
        across.setContentsMargins(0, 0, 0, 0)
        self._nothing = label(role="quiet", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(self._parts, 1)
        self.body.addWidget(self._nothing, 1)
        self._presenter.changed.connect(self._draw)
        shell.guard(self._presenter.is_edited, self._save_first)
        self._draw(None)
        if self._presenter.client is not None:
            self.recount()

    def recount(self) -> None:
        """F5: count the year."""
        try:
            counting = self._presenter.counting()
        except UserError as error:
            self._presenter.refuse(error)
            return
        self._shell.run(
            counting,
            while_there(self, self._presenter.show),
            while_there(self, self._presenter.refuse),
        )

    def write(self) -> None:
        """Ask where the workbook goes."""
        title = self._shell.wording(N_("Write the workbook"))
        messages.choose_target(self, title, self._presenter.file_name, self.write_to)

    def write_brief(self) -> None:
        """Ask where the two pages go."""
        title = self._shell.wording(N_("Two pages for the management"))
        messages.choose_target(
            self, title, self._presenter.brief_name, self.write_brief_to
        )

    def write_brief_to(self, path: Path) -> None:
        """Write them there."""
        self._shell.run(self._presenter.writing_brief(path), self._written)

    def write_to(self, path: Path) -> None:
        """Write it there."""
        self._shell.run(self._presenter.writing(path), self._written)

    def _written(self, path: Path) -> None:
        self._shell.tell(Message.of(N_("The review is saved as {path}."), path=path))

    def _save_first(self) -> bool:
        """The sentences live in the workbook alone: ask where it goes, and stay."""
        self.write()
        return False

    def _question(self) -> Flow:
        wording, presenter = self._shell.wording, self._presenter
        self.client = ChoiceInput(
            FormField(
                key="client",
                label=wording(N_("Client")),
                kind=FieldKind.CHOICE,
                hint=wording(N_("Choose the client")),
            ),
            wording,
        )
        self.client.offer(presenter.clients)
        self.client.setMinimumWidth(240)
        self.client.typed.connect(self._choose)
        self.start = self._day(N_("From"))
        self.end = self._day(N_("To"))
        return row(
            self.client,
            8,
            label(wording(N_("From")), "quiet"),
            self.start,
            label(wording(N_("To")), "quiet"),
            self.end,
            None,
        )

    def _day(self, name: str) -> DayInput:
        wording = self._shell.wording
        made = DayInput(
            FormField(key=name, label=wording(name), kind=FieldKind.DATE), wording
        )
        made.left.connect(self._type_period)
        return made

    def _figures(self) -> QWidget:
        frame, inside = card()
        inside.addWidget(label(self._shell.wording(N_("Key figures")), "section"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        inside.addLayout(self._lines)
        inside.addStretch(1)
        return scrolled(frame)

    def _sentences(self) -> QWidget:
        wording = self._shell.wording
        part, inside = card()
        inside.addWidget(label(wording(_HINT), "small", wrap=True))
        inside.addWidget(label(wording(N_("Findings")), "section"))
        self.finding_editors = [
            self._editor(N_("Finding {number}"), place, self._presenter.write_finding)
            for place in range(SENTENCES)
        ]
        for each in self.finding_editors:
            inside.addWidget(each)
        inside.addWidget(label(wording(N_("Actions")), "section"))
        self.action_editors = [
            self._editor(N_("Action {number}"), place, self._presenter.write_action)
            for place in range(SENTENCES)
        ]
        for each in self.action_editors:
            inside.addWidget(each)
        inside.addStretch(1)
        return scrolled(part)

    def _editor(
        self, name: str, place: int, typed: Callable[[int, str], object]
    ) -> QPlainTextEdit:
        made = QPlainTextEdit()
        made.setAccessibleName(self._shell.wording(name, number=place + 1))
        made.setTabChangesFocus(True)
        made.setFixedHeight(theme.px(_EDIT_HEIGHT))
        made.textChanged.connect(partial(_pass_on, made, place, typed))
        return made

    def _choose(self, client: str) -> None:
        self._presenter.choose(client)
        self.recount()

    def _type_period(self) -> None:
        presenter = self._presenter
        before = presenter.start.isoformat(), presenter.end.isoformat()
        typed = self.start.text(), self.end.text()
        if typed == before:
            return
        presenter.type_period(*typed)
        if not presenter.refused:
            self.recount()

    def _draw(self, _nothing: None) -> None:
        presenter, wording = self._presenter, self._shell.wording
        self.retitle(wording(N_("Reviews")), presenter.said)
        self.client.show_text(str(presenter.client or ""))
        if not presenter.refused:
            self.start.show_text(presenter.start.isoformat())
            self.end.show_text(presenter.end.isoformat())
        self._fault.setText(presenter.refused)
        self._fault.setVisible(bool(presenter.refused))
        ready = presenter.book is not None
        self._write.setEnabled(ready)
        self._brief.setEnabled(ready)
        self._parts.setVisible(ready)
        self._nothing.setVisible(not ready)
        self._nothing.setText(
            wording(N_("Choose a client, and the figures of its year appear here."))
            if presenter.client is None
            else ""
        )
        clear(self._lines)
        for index, line in enumerate(presenter.kpis):
            if index:
                self._lines.addWidget(rule())
            self._lines.addLayout(_figure(line))
        for note in presenter.notes:
            self._lines.addWidget(label(note, "small", wrap=True))
        _show(self.finding_editors, presenter.findings)
        _show(self.action_editors, presenter.actions)


def _pass_on(
    editor: QPlainTextEdit, place: int, typed: Callable[[int, str], object]
) -> None:
    typed(place, editor.toPlainText())


def _show(editors: list[QPlainTextEdit], texts: list[str]) -> None:
    for editor, text in zip(editors, texts, strict=True):
        if editor.toPlainText() != text:
            with QSignalBlocker(editor):
                editor.setPlainText(text)


def _figure(line: KpiLine) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 8, 0, 8)
    grid.setColumnStretch(0, 1)
    grid.setColumnMinimumWidth(1, 110)
    grid.setColumnMinimumWidth(2, 92)
    grid.setHorizontalSpacing(16)
    title = label(line.title, wrap=True)
    title.setToolTip(line.hint)
    grid.addWidget(title, 0, 0)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    grid.addWidget(label(line.value, "strong"), 0, 1, right)
    grid.addWidget(label(line.light.text, _ROLES.get(line.light.tone, "quiet")), 0, 2)
    if line.before:
        grid.addWidget(label(line.before, "small"), 1, 1, right)
    return grid


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return ReviewsPage(workspace, shell)
