"""A list of duties with what can be said of them: done, or waived by the insurer."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.presenters.watch.closing import DoneTold
from creditdesk.presenters.watch.duty_list import DutyList, is_open, may_reopen
from creditdesk.services.watch import DutyLine
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.paper_slot import PaperSlot
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import fault_line, set_role
from creditdesk.ui.parts.there import while_there
from creditdesk.ui.parts.voiding import ask_void
from creditdesk.ui.watch.done_dialog import DoneDialog


class DutyPanel(QWidget):
    """The duties; the buttons act on the chosen open ones."""

    def __init__(
        self,
        duties: DutyList,
        shell: Shell,
    ) -> None:
        super().__init__()
        self._duties = duties
        self._wording = say = shell.wording
        self._shell = shell
        self._paper: Path | None = None
        self.panel = TablePanel(
            duties.table,
            shell,
            empty=say(
                N_(
                    "No duties yet. They are found from the policy and the ledger when Today is opened."
                )
            ),
        )
        self.done = button(say(N_("Mark as done…")), self._ask_done)
        self.again = button(say(N_("Not done after all…")), self._ask_again)
        self.waive = button(say(N_("Waived by the insurer…")), self._ask_letter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(row(self.done, self.waive, self.again, None))
        layout.addWidget(self._make_letter())
        layout.addWidget(self.panel, 1)
        self.panel.view.selectionModel().selectionChanged.connect(self._enable)
        self._disconnect = duties.table.changed.connect(self._enable)
        self.destroyed.connect(self._disconnect)
        self._enable()

    @property
    def lines(self) -> Sequence[DutyLine]:
        """The duties as they are listed."""
        return self._duties.table.rows

    def _make_letter(self) -> QFrame:
        say = self._wording
        self.letter = QLineEdit()
        name = say(N_("Which letter waives it, and of which date?"))
        self.letter.setPlaceholderText(name)
        self.letter.setAccessibleName(name)
        self.letter.returnPressed.connect(self._mark_waived)
        self._fault = fault_line()
        self._fault.hide()
        keep = button(say(N_("Keep the waiver")), self._mark_waived)
        cancel = button(say(N_("Cancel")), self._hide_letter)
        self._frame = QFrame()
        self._frame.setProperty("role", "band")
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.addLayout(row(self.letter, cancel, keep))
        self.paper = PaperSlot(
            say,
            say(N_("The insurer's letter: drop it here")),
            say(N_("Add the letter…")),
            self._take_paper,
        )
        inside.addWidget(self.paper)
        inside.addWidget(self._fault)
        self._frame.hide()
        return self._frame

    def _chosen(self, kind: Callable[[DutyLine], bool] = is_open) -> list[object]:
        lines = [self._duties.table.get(key) for key in self.panel.view.selected()]
        return [line.ids for line in lines if line and kind(line)]

    def _enable(self, *_what: object) -> None:
        any_open = bool(self._chosen())
        self.done.setEnabled(any_open)
        self.waive.setEnabled(any_open)
        self.again.setEnabled(bool(self._chosen(may_reopen)))

    def _ask_done(self) -> None:
        count = len(self._chosen())
        question = self._wording.plural(
            N_("When was this duty done?"), N_("When were these {count} duties done?"), count
        )  # fmt: skip
        today, then = self._duties.today, self._mark_done
        DoneDialog(self, self._wording, question, today, then).open()

    def _mark_done(self, told: DoneTold) -> None:
        work = self._duties.closing(self._chosen(), told)
        self._shell.run(work, while_there(self, self._marked))

    def _marked(self, _nothing: None) -> None:
        self._shell.tell(Message(N_("The duty is marked as done.")))

    def _ask_again(self) -> None:
        chosen = self._chosen(may_reopen)
        question = self._wording(
            N_("Was it marked by mistake? It is open again; the mark stays in the history, struck out.")
        )  # fmt: skip
        ask_void(self, self._shell, question, partial(self._duties.reopening, chosen))

    def _take_paper(self, path: Path | None) -> None:
        self._paper = path

    def _ask_letter(self) -> None:
        self.letter.clear()
        self.paper.take(())
        self._show_fault("")
        self._frame.show()
        self.letter.setFocus()

    def _mark_waived(self) -> None:
        try:
            work = self._duties.waiving(self._chosen(), self.letter.text(), self._paper)
        except UserError as error:
            self._show_fault(self._wording.message(error.said))
            return
        self._hide_letter()
        self._shell.run(work, while_there(self, self._waived))

    def _waived(self, _document: int | None) -> None:
        self._shell.tell(Message(N_("The waiver is kept with the duty.")))

    def _hide_letter(self) -> None:
        self._frame.hide()
        self.panel.view.setFocus()

    def _show_fault(self, said: str) -> None:
        self._fault.setText(said)
        self._fault.setVisible(bool(said))
        set_role(self.letter, "true" if said else "", "faulty")
