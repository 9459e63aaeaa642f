"""A request about a limit, drawn: the letter at the left; what is asked and its sending at the right."""

from collections.abc import Iterable
from functools import partial
from itertools import count
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from creditdesk.i18n import LANGUAGES, N_, Message
from creditdesk.presenters.claim_wording import language_options
from creditdesk.presenters.limit_request import LimitRequestPresenter
from creditdesk.presenters.own_folder import OwnFolder
from creditdesk.ui import messages
from creditdesk.ui.controls import button, clear, row, rule
from creditdesk.ui.file_drop import FileDrop
from creditdesk.ui.form_view import FormView
from creditdesk.ui.page import Page, field_line, scrolled
from creditdesk.ui.preview import Preview
from creditdesk.ui.printing import ask_and_print
from creditdesk.ui.shell import Shell
from creditdesk.ui.text import NameLabel, label, set_role
from creditdesk.ui.there import while_there
from creditdesk.workspace import Workspace

_SIDE = 470


class LimitRequestPage(Page):
    """From the credit file to a letter that went out and waits for its answer."""

    def __init__(
        self, workspace: Workspace, shell: Shell, policy: int, buyer: int, kind: str
    ) -> None:
        say = shell.wording
        presenter = LimitRequestPresenter(workspace, say, policy, buyer, kind)
        self._presenter = presenter
        self._shell = shell
        self._language = _choice(say(N_("Language of the letter")), language_options())
        self._language.setCurrentIndex(self._language.findData(presenter.language))
        self._language.activated.connect(self._choose_language)
        kinds = [(each.value, each.words) for each in presenter.kinds]
        self._kind = _choice(say(N_("What is asked for")), kinds)
        self._kind.setCurrentIndex(self._kind.findData(presenter.kind.value))
        self._kind.activated.connect(self._choose_kind)
        actions = (
            self._kind,
            self._language,
            button(say(N_("Print…")), self.start_print, hint="Ctrl+P"),
            button(say(N_("Save as PDF…")), self.save),
        )
        super().__init__(presenter.title, presenter.said, actions=actions)
        self._copies = OwnFolder()
        self.destroyed.connect(self._copies.close)
        self._drafts = count(1)
        self._written: Path | None = None
        self.preview = Preview(workspace.runner, say)
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
        if self._written and self._is_taken():
            ask_and_print(self, self._shell, self._written, self._presenter.title)

    def save(self) -> None:
        """Ask where the letter goes."""
        if self._presenter.draft is None or not self._is_taken():
            return
        title = self._shell.wording(N_("Save the letter"))
        messages.choose_target(self, title, self._presenter.file_name, self.save_to)

    def save_to(self, path: Path) -> None:
        """Write it there."""
        self._shell.run(self._presenter.writing(path), self._told_saved)

    def choose_receipt(self) -> None:
        """Ask for what proves the sending."""
        title = self._shell.wording(N_("Receipt of the request"))
        messages.choose_files(self, title, "", self._presenter.take_receipt)

    def _is_taken(self) -> bool:
        """Whether what is typed stands in the letter; otherwise the field says what is missing."""
        return self._presenter.apply()

    def _told_saved(self, path: Path) -> None:
        self._shell.tell(Message.of(N_("The letter is saved as {path}."), path=path))

    def _show(self, path: Path) -> None:
        self._written = path
        self.preview.show_file(path)

    def _choose_language(self, _place: int) -> None:
        chosen = self._language.currentData()
        self._presenter.language = next(each for each in LANGUAGES if each == chosen)
        self.recount()

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
        inside.addWidget(self._sending())
        inside.addStretch(1)
        around.addWidget(scrolled(inner))
        return frame

    def _sending(self) -> QWidget:
        say = self._shell.wording
        self._form_part = QWidget()
        layout = QVBoxLayout(self._form_part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.drop = FileDrop(
            say(N_("Courier slip, sent e-mail or stamped copy: drop it here")),
            say(N_("Add the receipt…")),
            dropped=self._presenter.take_receipt,
            pressed=self.choose_receipt,
        )
        set_role(self.drop.button, "")
        drop = self.drop.layout()
        if drop is not None:
            drop.setContentsMargins(8, 8, 8, 8)
        self._receipt = NameLabel(role="done")
        self._drop_receipt = button(
            say(N_("Take it off")), partial(self._presenter.take_receipt, ())
        )
        self.form = self._presenter.sent_form()
        self.view = FormView(
            self.form,
            self._shell,
            act=say(N_("Record as sent")),
            always=True,
            saved=self._record,
        )
        layout.addWidget(self.drop)
        layout.addLayout(row(self._receipt, self._drop_receipt))
        layout.addWidget(self.view)
        return self._form_part

    def _applied(self) -> None:
        self._presenter.changed.emit(None)
        self.recount()

    def _record(self) -> None:
        if self._presenter.draft is None or not self._is_taken():
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
        self._form_part.setVisible(there and not presenter.recorded)
        clear(self._facts)
        for name, words in presenter.facts:
            self._facts.addLayout(field_line(name, words))
        receipt = presenter.receipt
        self.drop.setVisible(receipt is None)
        self._receipt.setText(f"✓ {receipt.name}" if receipt else "")
        self._receipt.setVisible(receipt is not None)
        self._drop_receipt.setVisible(receipt is not None)
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
