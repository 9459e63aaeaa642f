"""The overdue notice, drawn: the letter at the left; what is in it, its deadline and its sending at the right."""

from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from creditdesk.i18n import N_, Message
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.watch.notice import NoticePresenter
from creditdesk.ui.parts.controls import button, empty, rule
from creditdesk.ui.parts.letter_page import LetterPage
from creditdesk.ui.parts.sending import SendingPart
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label, set_role
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

RAIL = "claims"

_SIDE = 460
_ROLES = {Tone.DANGER: "danger", Tone.WARNING: "warning", Tone.QUIET: "quiet"}


class NoticePage(LetterPage):
    """From what is overdue to a letter that went out and can be proven."""

    def __init__(
        self, workspace: Workspace, shell: Shell, policy: int, buyer: int
    ) -> None:
        wording = shell.wording
        presenter = NoticePresenter(workspace, policy, buyer, wording)
        super().__init__(workspace, shell, presenter)
        self._presenter = presenter
        if not presenter.there:
            back = button(wording(N_("Back")), shell.back, hint="Esc")
            self.body.addWidget(empty(presenter.refused, back), 1)
            return
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addWidget(self.preview, 1)
        across.addWidget(self._side())
        self.body.addLayout(across, 1)
        self._disconnect = presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)
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
        self.sending = SendingPart(
            self._shell,
            self._presenter.sent_form(),
            self._presenter.take_receipt,
            self._record,
        )
        inside.addWidget(self.sending)
        return frame

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
            self.sending.hide()
            said = N_("✓ Recorded as sent. The duty is closed.")
            self._sent.setText(self._shell.wording(said))
            set_role(self._sent, "done")


def build(
    workspace: Workspace, shell: Shell, policy: int = 0, buyer: int = 0
) -> QWidget:
    """The page."""
    return NoticePage(workspace, shell, policy, buyer)
