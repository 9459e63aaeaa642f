"""The overdue notice, drawn: the letter at the left; what is in it, its deadline and its sending at the right."""

from itertools import count
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from creditdesk.i18n import LANGUAGES, N_, Message
from creditdesk.presenters.claim_wording import language_options
from creditdesk.presenters.notice import NoticePresenter
from creditdesk.presenters.own_folder import OwnFolder
from creditdesk.presenters.table import Tone
from creditdesk.ui import messages
from creditdesk.ui.controls import button, empty, rule
from creditdesk.ui.form_view import FormView
from creditdesk.ui.page import Page
from creditdesk.ui.paper_slot import PaperSlot
from creditdesk.ui.preview import Preview
from creditdesk.ui.printing import ask_and_print
from creditdesk.ui.shell import Shell
from creditdesk.ui.table_view import TablePanel
from creditdesk.ui.text import label, set_role
from creditdesk.ui.there import while_there
from creditdesk.workspace import Workspace

_SIDE = 460
_ROLES = {Tone.DANGER: "danger", Tone.WARNING: "warning", Tone.QUIET: "quiet"}


class NoticePage(Page):
    """From what is overdue to a letter that went out and can be proven."""

    def __init__(
        self, workspace: Workspace, shell: Shell, policy: int, buyer: int
    ) -> None:
        wording = shell.wording
        presenter = NoticePresenter(workspace, policy, buyer, wording)
        self._language = QComboBox()
        self._language.setAccessibleName(wording(N_("Language of the letter")))
        self._language.setToolTip(wording(N_("Language of the letter")))
        for code, name in language_options():
            self._language.addItem(name, code)
        self._language.setCurrentIndex(self._language.findData(presenter.language))
        self._language.activated.connect(self._choose_language)
        there = presenter.draft is not None
        actions = (
            self._language,
            button(wording(N_("Print…")), self.start_print, hint="Ctrl+P"),
            button(wording(N_("Save as PDF…")), self.save),
        )
        super().__init__(
            presenter.title, presenter.said, actions=actions if there else ()
        )
        self._shell = shell
        self._presenter = presenter
        self._copies = OwnFolder()
        self.destroyed.connect(self._copies.close)
        self._drafts = count(1)
        self._written: Path | None = None
        if not there:
            back = button(wording(N_("Back")), shell.back, hint="Esc")
            self.body.addWidget(empty(presenter.refused, back), 1)
            return
        self.preview = Preview(workspace.runner, wording)
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addWidget(self.preview, 1)
        across.addWidget(self._side())
        self.body.addLayout(across, 1)
        self._disconnect = presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)
        self.recount()

    def recount(self) -> None:
        """Write the letter anew to look at."""
        if self._presenter.draft is None:
            return
        path = self._copies.file(f"{next(self._drafts)}.pdf")
        writing = self._copies.during(self._presenter.writing(path))
        self._shell.run(writing, while_there(self, self._show))

    def start_print(self) -> None:
        """Ctrl+P."""
        if self._written:
            title = self._presenter.title
            ask_and_print(self, self._shell, self._written, title)

    def save(self) -> None:
        """Ask where the letter goes."""
        title = self._shell.wording(N_("Save the letter"))
        messages.choose_target(self, title, self._presenter.file_name, self.save_to)

    def save_to(self, path: Path) -> None:
        """Write it there."""
        self._shell.run(self._presenter.writing(path), self._told_saved)

    def _told_saved(self, path: Path) -> None:
        self._shell.tell(Message.of(N_("The letter is saved as {path}."), path=path))

    def _show(self, path: Path) -> None:
        self._written = path
        self.preview.show_file(path)

    def _choose_language(self, _place: int) -> None:
        chosen = self._language.currentData()
        self._presenter.language = next(each for each in LANGUAGES if each == chosen)
        self.recount()

    def _side(self) -> QFrame:
        wording, presenter = self._shell.wording, self._presenter
        frame = QFrame()
        frame.setProperty("role", "card")
        frame.setFixedWidth(_SIDE)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(16, 14, 16, 14)
        inside.setSpacing(8)
        self._deadline = label(role="quiet", wrap=True)
        inside.addWidget(self._deadline)
        invoices = TablePanel(presenter.invoices, wording)
        invoices.setMinimumHeight(140)
        inside.addWidget(invoices, 1)
        self._sums = label(role="strong", wrap=True)
        inside.addWidget(self._sums)
        self.reason = QLineEdit()
        hint = wording(N_("Why the buyer does not pay, if known"))
        self.reason.setPlaceholderText(hint)
        self.reason.setAccessibleName(hint)
        self.reason.editingFinished.connect(self._give_reason)
        inside.addWidget(self.reason)
        inside.addWidget(rule())
        self._sent = label(wording(N_("Once it has been sent")), "section")
        inside.addWidget(self._sent)
        inside.addWidget(self._sending())
        return frame

    def _sending(self) -> QWidget:
        wording = self._shell.wording
        self._form_part = QWidget()
        layout = QVBoxLayout(self._form_part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.receipt = PaperSlot(
            wording,
            wording(N_("Courier slip, sent e-mail or stamped copy: drop it here")),
            wording(N_("Add the receipt…")),
            self._presenter.take_receipt,
        )
        self.form = self._presenter.sent_form()
        self.view = FormView(
            self.form,
            self._shell,
            act=wording(N_("Record as sent")),
            always=True,
            saved=self._record,
        )
        layout.addWidget(self.receipt)
        layout.addWidget(self.view)
        return self._form_part

    def _give_reason(self) -> None:
        if self.reason.text().strip() != self._presenter.reason:
            self._presenter.give_reason(self.reason.text())
            self.recount()

    def _record(self) -> None:
        recording = self._presenter.recording()
        self._shell.run(recording, while_there(self, self._recorded))

    def _recorded(self, _notice: int) -> None:
        self._presenter.done()
        self._shell.tell(Message(N_("The notice is recorded, and the duty is closed.")))

    def _draw(self, _nothing: None) -> None:
        presenter = self._presenter
        deadline = presenter.deadline
        self._deadline.setText(deadline.text)
        set_role(self._deadline, _ROLES.get(deadline.tone, ""))
        self._sums.setText(presenter.sums)
        if presenter.recorded:
            self._form_part.hide()
            said = N_("✓ Recorded as sent. The duty is closed.")
            self._sent.setText(self._shell.wording(said))
            set_role(self._sent, "done")


def build(
    workspace: Workspace, shell: Shell, policy: int = 0, buyer: int = 0
) -> QWidget:
    """The page."""
    return NoticePage(workspace, shell, policy, buyer)
