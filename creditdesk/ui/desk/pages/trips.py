"""Clients taken out of the office, and what was done with them brought back, drawn."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from creditdesk.i18n import N_, Message
from creditdesk.presenters.desk.trips import NOBODY_OUT, Question, TripsPresenter
from creditdesk.services.trips import BroughtBack, Side, TakenOut
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.check_list import CheckList
from creditdesk.ui.parts.controls import button, card, clear, row
from creditdesk.ui.parts.list_view import row_height
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import fault_line, label
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

RAIL = "settings"
_DESK = "CreditDesk (*.creditdesk)"
_DAYS = (0, 1, 2, 3, 5, 7, 14, 30)
_ROWS = 6


class TripsPage(Page):
    """Takes clients out into an encrypted file, shows who is out, and takes over what a file brings back."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        say = shell.wording
        super().__init__(
            say(N_("Away and home")),
            say(
                N_(
                    "Take clients with their papers along in an encrypted file; bring back what was done with them"
                )
            ),
        )
        self._shell = shell
        self._presenter = TripsPresenter(workspace, say)
        self._rows = CheckList(
            (say(N_("Client")), say(N_("Buyers"))),
            self._tick,
            say(N_("Clients to take out")),
        )
        self._first, self._again = QLineEdit(), QLineEdit()
        self._days = QComboBox()
        self._fault = fault_line()
        self._out, self._brings = QVBoxLayout(), QVBoxLayout()
        self._questions = QGridLayout()
        inside = QWidget()
        cards = QVBoxLayout(inside)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.addWidget(self._taking_out())
        cards.addWidget(self._bringing_back())
        cards.addStretch(1)
        self.body.addWidget(scrolled(inside), 1)
        self.destroyed.connect(self._presenter.changed.connect(self._draw))
        self._show_clients()
        self._draw(None)

    def _taking_out(self) -> QWidget:
        say = self._shell.wording
        frame, inside = card()
        inside.addWidget(label(say(N_("Take out")), "section"))
        told = N_(
            "Here the clients stay writable; what both sides change is asked when the file comes back."
        )
        inside.addWidget(label(say(told), "small", wrap=True))
        inside.addWidget(self._rows)
        grid = QGridLayout()
        grid.setColumnStretch(2, 1)
        fields = (
            (self._first, N_("Passphrase of the file")),
            (self._again, N_("Passphrase again")),
        )
        for place, (field, word) in enumerate(fields):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setAccessibleName(say(word))
            field.setMinimumWidth(240)
            grid.addWidget(label(say(word), "quiet"), place, 0)
            grid.addWidget(field, place, 1)
        for days in _DAYS:
            text = (
                say(N_("in {count} days"), count=days)
                if days
                else say(N_("no day is set"))
            )
            self._days.addItem(text, days)
        self._days.setAccessibleName(say(N_("Expected back")))
        grid.addWidget(label(say(N_("Expected back")), "quiet"), 2, 0)
        grid.addWidget(self._days, 2, 1)
        inside.addLayout(grid)
        inside.addWidget(self._fault)
        take = button(say(N_("Take out…")), self._take, role="primary")
        inside.addLayout(row(take, None))
        return frame

    def _bringing_back(self) -> QWidget:
        say = self._shell.wording
        frame, inside = card()
        inside.addWidget(label(say(N_("Bring back")), "section"))
        inside.addLayout(self._out)
        inside.addLayout(row(button(say(N_("Open the file…")), self._choose), None))
        inside.addLayout(self._brings)
        self._questions.setHorizontalSpacing(16)
        for column in range(3):
            self._questions.setColumnStretch(column, 1)
        inside.addLayout(self._questions)
        self._bring = button(say(N_("Take over")), self._bring_back, role="primary")
        inside.addLayout(row(self._bring, None))
        return frame

    def _show_clients(self) -> None:
        shown = self._presenter
        ticks = [client.id in shown.ticked for client in shown.clients]
        self._rows.show_rows([(client.name, f"{client.buyers:,}") for client in shown.clients], ticks)  # fmt: skip
        head = self._rows.horizontalHeader().sizeHint().height() + 12
        self._rows.setFixedHeight(row_height() * min(len(shown.clients), _ROWS) + head)

    def _draw(self, _nothing: None) -> None:
        shown, say = self._presenter, self._shell.wording
        clear(self._out)
        for number, line in shown.out_lines:
            told = label(line, "quiet", wrap=True)
            ask = partial(self._give_up, number, line)
            give_up = button(say(N_("No longer expected…")), ask, role="quiet")
            self._out.addLayout(row(told, give_up))
        if not shown.out_lines:
            self._out.addWidget(label(say(NOBODY_OUT), "quiet", wrap=True))
        clear(self._brings)
        if shown.file_name:
            self._brings.addWidget(label(shown.file_name, "strong"))
        for line in shown.lines:
            self._brings.addWidget(label(line))
        self._draw_questions()
        self._bring.setVisible(shown.found is not None)
        self._bring.setEnabled(shown.waits)

    def _draw_questions(self) -> None:
        clear(self._questions)
        questions = self._presenter.questions
        if not questions:
            return
        say = self._shell.wording
        heads = (N_("Changed on both sides"), N_("Here"), N_("There"), N_("What counts"))  # fmt: skip
        for column, head in enumerate(heads):
            self._questions.addWidget(label(say(head), "quiet"), 0, column)
        for place, question in enumerate(questions, 1):
            cells = (question.what, question.here, question.there)
            for column, cell in enumerate(cells):
                self._questions.addWidget(label(cell, wrap=True), place, column)
            self._questions.addWidget(self._sides(question), place, 3)

    def _sides(self, question: Question) -> QComboBox:
        say, box = self._shell.wording, QComboBox()
        for word, side in (
            (N_("not decided yet"), None),
            (N_("what is here"), Side.HERE),
            (N_("what is there"), Side.THERE),
        ):
            box.addItem(say(word), side)
        box.setAccessibleName(say(N_("What counts: {what}"), what=question.what))
        box.setCurrentIndex(
            max(0, box.findData(self._presenter.chosen.get(question.id)))
        )

        def chosen(at: int) -> None:
            self._presenter.choose(question.id, box.itemData(at))
            self._bring.setEnabled(self._presenter.waits)

        box.activated.connect(chosen)
        return box

    def _tick(self, line: int, on: bool) -> None:  # noqa: FBT001 - what the list hands over
        self._presenter.tick(line, on=on)

    def _take(self) -> None:
        fault = self._presenter.fault(self._first.text(), self._again.text())
        self._fault.setText(self._shell.wording.message(fault) if fault else "")
        if fault is None:
            title = self._shell.wording(N_("Take clients out"))
            messages.choose_target(self, title, "away.creditdesk", self._write)

    def _write(self, path: Path) -> None:
        job = self._presenter.taking(path, self._first.text(), self._days.currentData())
        self._shell.run(job, while_there(self, self._taken))

    def _taken(self, out: TakenOut) -> None:
        self._first.clear()
        self._again.clear()
        self._presenter.reload()
        told = N_("Taken out into {file}: {documents} documents and {evidence} kept files.")  # fmt: skip
        self._shell.tell(
            Message.of(told, file=out.path.name, documents=out.documents, evidence=out.evidence)
        )  # fmt: skip

    def _give_up(self, number: int, line: str) -> None:
        say = self._shell.wording
        messages.ask_reason(
            self,
            say,
            say(N_("Why does nothing of this come back? {what}"), what=line),
            say(N_("Reason")),
            say(N_("No longer expected")),
            partial(self._given_up, number),
        )

    def _given_up(self, number: int, why: str) -> None:
        job = self._presenter.giving_up(number, why)
        self._shell.run(job, while_there(self, lambda _none: self._presenter.reload()))

    def _choose(self) -> None:
        title = self._shell.wording(N_("Bring clients back"))
        messages.choose_file(self, title, _DESK, self._ask)

    def _ask(self, path: Path) -> None:
        say = self._shell.wording
        question = say(N_("The passphrase of {file}:"), file=path.name)
        messages.ask_secret(self, say, question, say(N_("Open it")), partial(self._look, path))  # fmt: skip

    def _look(self, path: Path, passphrase: str) -> None:
        job = self._presenter.looking(path, passphrase)
        show = partial(self._presenter.show, path, passphrase)
        self._shell.run(job, while_there(self, show))

    def _bring_back(self) -> None:
        self._shell.run(self._presenter.bringing(), while_there(self, self._brought))

    def _brought(self, found: BroughtBack) -> None:
        self._presenter.brought(found)
        self._show_clients()
        told = (
            N_("Taken over; {count} questions are still open.")
            if found.conflicts
            else N_("Everything was taken over.")
        )
        self._shell.tell(Message.of(told, count=len(found.conflicts)))


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return TripsPage(workspace, shell)
