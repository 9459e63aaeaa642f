"""A letter, drawn: the paper at the left; its facts, what is typed and its sending at the right."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout, QWidget

from creditdesk.catalog.letters import OVERDUE_NOTICE, Start, letters
from creditdesk.i18n import N_, Message
from creditdesk.presenters.letters.letter import LetterPresenter
from creditdesk.presenters.letters.letter_draft import Aside
from creditdesk.presenters.parts.table import Tone
from creditdesk.ui.parts.controls import button, clear, empty, rule
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.form_view import FormView
from creditdesk.ui.parts.page import field_line
from creditdesk.ui.parts.paper_page import PaperPage
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.sending import SendingPart
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label, set_role
from creditdesk.ui.parts.there import while_there
from creditdesk.ui.parts.voiding import UNDONE
from creditdesk.workspace import Workspace

_SIDE = 470
_NARROW = 340
"""Pixels beside the paper: with a table or its sending, and with fields alone."""
_LIST = 140
_ROLES = {Tone.DANGER: "danger", Tone.WARNING: "warning", Tone.QUIET: "quiet"}


def rail(letter: str, **_about: object) -> str:
    """A notice belongs to what may become a claim; any other letter to the page it starts from."""
    if letter == OVERDUE_NOTICE or letters()[letter].start is Start.CLAIM:
        return "claims"
    return "policies" if letters()[letter].start is Start.POLICY else "buyers"


class LetterPage(PaperPage):
    """From the facts to a letter on paper; where its sending is kept, to one that can be proven."""

    def __init__(
        self, workspace: Workspace, shell: Shell, presenter: LetterPresenter
    ) -> None:
        self._presenter = presenter
        self._kind = self._kinds(shell)
        role = "" if presenter.is_kept else "primary"
        super().__init__(workspace, shell, presenter, before=(self._kind,), role=role)
        self._side = self._make_side()
        wide = presenter.is_kept or presenter.invoices is not None
        self._work = Fold(self.preview, self._side, _SIDE if wide else _NARROW)
        self._refused = QVBoxLayout()
        self.body.addWidget(self._work, 1)
        self.body.addLayout(self._refused)
        self._disconnect = presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)
        self.recount()

    def is_taken(self) -> bool:
        """Whether what is typed stands in the letter; otherwise the field says what is missing."""
        return self._presenter.apply()

    def start_print(self) -> None:
        """Ctrl+P: it gets its number first."""
        if self._presenter.there and self.is_taken():
            self._numbered(super().start_print)

    def save_to(self, path: Path) -> None:
        """Write it there, with its number."""
        self._numbered(partial(super().save_to, path))

    def _numbered(self, leave: Callable[[], None]) -> None:
        had = self._presenter.number

        def go(number: str) -> None:
            leave()
            if number and not had:
                self.recount()
                told = Message.of(N_("The letter has the number {number}."), number=number)  # fmt: skip
                why = self._shell.wording(N_("the letter was not sent"))
                self._shell.offer_undo(told, lambda: self._presenter.unnumbering(why))

        self._shell.run(self._presenter.numbering(), while_there(self, go))

    def _kinds(self, shell: Shell) -> QComboBox:
        made = QComboBox()
        name = shell.wording(N_("Which letter"))
        made.setAccessibleName(name)
        made.setToolTip(name)
        for each in self._presenter.kinds:
            made.addItem(each.name.in_language(shell.wording.language), each.id)
        made.setCurrentIndex(made.findData(self._presenter.letter.id))
        made.activated.connect(self._choose_kind)
        return made

    def _choose_kind(self, _place: int) -> None:
        self._presenter.choose(str(self._kind.currentData()))
        self.recount()

    def _make_side(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "card")
        around = QVBoxLayout(frame)
        around.setContentsMargins(1, 1, 1, 1)
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(16, 14, 12, 14)
        inside.setSpacing(8)
        self._add_facts(inside)
        self.asked = FormView(
            self._presenter.form,
            self._shell,
            act=self._shell.wording(N_("Put into the letter")),
            saved=self._applied,
        )
        inside.addWidget(self.asked)
        self._add_sending(inside)
        if self._presenter.invoices is None:
            inside.addStretch(1)
        around.addWidget(scrolled(inner))
        return frame

    def _add_facts(self, inside: QVBoxLayout) -> None:
        self._deadline = label(wrap=True)
        inside.addWidget(self._deadline)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(2)
        inside.addLayout(self._facts)
        self._sums = label(role="strong", wrap=True)
        if self._presenter.invoices is not None:
            listed = TablePanel(self._presenter.invoices, self._shell)
            listed.setMinimumHeight(_LIST)
            inside.addWidget(listed, 1)
        inside.addWidget(self._sums)
        self._line = rule()
        inside.addWidget(self._line)

    def _add_sending(self, inside: QVBoxLayout) -> None:
        presenter, shell = self._presenter, self._shell
        self._sending = QWidget()
        part = QVBoxLayout(self._sending)
        part.setContentsMargins(0, 0, 0, 0)
        part.setSpacing(8)
        part.addWidget(rule())
        self._sent = label(shell.wording(N_("Once it has been sent")), "section")
        part.addWidget(self._sent)
        if presenter.is_kept:
            self.sending = SendingPart(
                shell, presenter.sent_form(), presenter.take_receipt, self._record
            )
            part.addWidget(self.sending)
        inside.addWidget(self._sending)

    def _applied(self) -> None:
        self._presenter.changed.emit(None)
        self.recount()

    def _record(self) -> None:
        if self._presenter.there and self.is_taken():
            recording = self._presenter.recording()
            self._shell.run(recording, while_there(self, self._recorded))

    def _recorded(self, kept: int) -> None:
        told, _ = self._presenter.recorded_words
        self._presenter.done()
        undoing = self._presenter.voiding(kept, self._shell.wording(UNDONE))
        if undoing is None:
            self._shell.tell(Message(told))
        else:
            self._shell.offer_undo(Message(told), lambda: undoing)

    def _draw(self, _nothing: None) -> None:
        presenter = self._presenter
        self.retitle(presenter.title, presenter.said)
        self.offer(there=presenter.there)
        self._kind.setVisible(len(presenter.kinds) > 1)
        self._work.setVisible(presenter.there)
        clear(self._refused)
        if not presenter.there:
            self._refused.addWidget(self._say_refused(), 1)
        shown = self._draw_aside(presenter.aside)
        self._sending.setVisible(presenter.is_kept)
        self._side.setVisible(shown or presenter.is_kept or bool(presenter.form.fields))
        if presenter.is_kept:
            _, said = self._presenter.recorded_words
            waits = N_("Once it has been sent")
            self.sending.setVisible(not presenter.recorded)
            self._sent.setText(self._shell.wording(said if presenter.recorded else waits))  # fmt: skip
            set_role(self._sent, "done" if presenter.recorded else "section")

    def _draw_aside(self, aside: Aside) -> bool:
        """Whether there is anything to show."""
        self._deadline.setVisible(aside.deadline is not None)
        if aside.deadline is not None:
            self._deadline.setText(aside.deadline.text)
            set_role(self._deadline, _ROLES.get(aside.deadline.tone, ""))
        clear(self._facts)
        for name, words in aside.facts:
            self._facts.addLayout(field_line(name, words))
        self._sums.setText(aside.sums)
        self._sums.setVisible(bool(aside.sums))
        shown = bool(aside.facts or aside.sums)
        self._line.setVisible(shown)
        return shown

    def _say_refused(self) -> QWidget:
        words, place, _ = self._presenter.mend
        if not place:
            return empty(self._presenter.refused, button(words, self._shell.back, hint="Esc"))  # fmt: skip
        return empty(self._presenter.refused, button(words, self._mend))

    def _mend(self) -> None:
        _, place, about = self._presenter.mend
        self._shell.go(place, **about)


def build(  # noqa: PLR0913 - which letter, about whom
    workspace: Workspace,
    shell: Shell,
    letter: str,
    *,
    policy: int | None = None,
    buyer: int | None = None,
    claim: int | None = None,
) -> QWidget:
    """The page."""
    presenter = LetterPresenter(
        workspace, shell.wording, letter, policy=policy, buyer=buyer, claim=claim
    )
    return LetterPage(workspace, shell, presenter)
