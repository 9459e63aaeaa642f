"""A request about a limit, drawn: the letter at the left; what is asked and its sending at the right."""

from collections.abc import Iterable

from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.credit.limit_request import LimitRequestPresenter
from creditdesk.ui.parts.controls import clear, rule
from creditdesk.ui.parts.form_view import FormView
from creditdesk.ui.parts.letter_page import LetterPage
from creditdesk.ui.parts.page import field_line, scrolled
from creditdesk.ui.parts.sending import SendingPart
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import label, set_role
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

RAIL = "buyers"

_SIDE = 470


class LimitRequestPage(LetterPage):
    """From the credit file to a letter that went out and waits for its answer."""

    def __init__(
        self, workspace: Workspace, shell: Shell, policy: int, buyer: int, kind: str
    ) -> None:
        say = shell.wording
        presenter = LimitRequestPresenter(workspace, say, policy, buyer, kind)
        self._presenter = presenter
        kinds = [(each.value, each.words) for each in presenter.kinds]
        self._kind = _choice(say(N_("What is asked for")), kinds)
        self._kind.setCurrentIndex(self._kind.findData(presenter.kind.value))
        self._kind.activated.connect(self._choose_kind)
        super().__init__(workspace, shell, presenter, before=(self._kind,))
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addWidget(self.preview, 1)
        across.addWidget(self._side())
        self.body.addLayout(across, 1)
        self._disconnect = presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)
        self.recount()

    def is_taken(self) -> bool:
        """Whether what is typed stands in the letter; otherwise the field says what is missing."""
        return self._presenter.apply()

    def _choose_kind(self, _place: int) -> None:
        self._presenter.choose(str(self._kind.currentData()))
        self.recount()

    def _side(self) -> QFrame:
        say = self._shell.wording
        frame = QFrame()
        frame.setProperty("role", "card")
        frame.setFixedWidth(_SIDE)
        around = QVBoxLayout(frame)
        around.setContentsMargins(1, 1, 1, 1)
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(16, 14, 12, 14)
        inside.setSpacing(8)
        self._refused = label(role="danger", wrap=True)
        inside.addWidget(self._refused)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(2)
        inside.addLayout(self._facts)
        inside.addWidget(rule())
        self.asked = FormView(
            self._presenter.form,
            self._shell,
            act=say(N_("Put into the letter")),
            saved=self._applied,
        )
        inside.addWidget(self.asked)
        inside.addWidget(rule())
        self._sent = label(say(N_("Once it has been sent")), "section")
        inside.addWidget(self._sent)
        self.sending = SendingPart(
            self._shell,
            self._presenter.sent_form(),
            self._presenter.take_receipt,
            self._record,
        )
        inside.addWidget(self.sending)
        inside.addStretch(1)
        around.addWidget(scrolled(inner))
        return frame

    def _applied(self) -> None:
        self._presenter.changed.emit(None)
        self.recount()

    def _record(self) -> None:
        if self._presenter.draft is None or not self.is_taken():
            return
        recording = self._presenter.recording()
        self._shell.run(recording, while_there(self, self._recorded))

    def _recorded(self, _request: int) -> None:
        self._presenter.done()
        self._shell.tell(
            Message(N_("The request is recorded; its answer is waited for."))
        )

    def _draw(self, _nothing: None) -> None:
        presenter = self._presenter
        self.retitle(presenter.title, presenter.said)
        self._refused.setText(presenter.refused)
        self._refused.setVisible(bool(presenter.refused))
        there = presenter.draft is not None
        self.preview.setVisible(there)
        self.asked.setVisible(there)
        self._sent.setVisible(there)
        self.sending.setVisible(there and not presenter.recorded)
        clear(self._facts)
        for name, words in presenter.facts:
            self._facts.addLayout(field_line(name, words))
        if presenter.recorded:
            said = N_("✓ Recorded as sent. Enter the insurer's answer when it comes.")
            self._sent.setText(self._shell.wording(said))
            set_role(self._sent, "done")


def _choice(name: str, options: Iterable[tuple[str, str]]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setToolTip(name)
    for code, words in options:
        made.addItem(words, code)
    return made


def build(
    workspace: Workspace,
    shell: Shell,
    policy: int = 0,
    buyer: int = 0,
    kind: str = "NEW",
) -> QWidget:
    """The page."""
    return LimitRequestPage(workspace, shell, policy, buyer, kind)
