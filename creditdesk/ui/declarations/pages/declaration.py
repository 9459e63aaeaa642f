"""One period's declaration, drawn: its documents at the left; figures, paper and sending at the right."""

from collections.abc import Hashable
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from creditdesk.domain.declare.declarations import DeclarationKind
from creditdesk.errors import UserError
from creditdesk.i18n import LANGUAGES, N_, Message
from creditdesk.presenters.claims.claim_wording import language_options
from creditdesk.presenters.declarations.declaration import TABLES, DeclarationPresenter
from creditdesk.presenters.parts.own_folder import OwnFolder
from creditdesk.presenters.parts.table import Tone
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, card, clear, rule, toggle
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.form_view import FormView
from creditdesk.ui.parts.page import Page, Tabs, field_line
from creditdesk.ui.parts.paper_slot import PaperSlot
from creditdesk.ui.parts.printing import ask_and_print
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label, set_role
from creditdesk.ui.parts.there import while_there
from creditdesk.ui.parts.voiding import UNDONE, ask_void
from creditdesk.workspace import Workspace

RAIL = "policies"

_SIDE = 400
_ROLES = {Tone.DANGER: "danger", Tone.WARNING: "warning", Tone.QUIET: "quiet"}


class DeclarationPage(Page):
    """From the ledger's documents to a declaration that went out and can be proven."""

    def __init__(
        self, workspace: Workspace, shell: Shell, presenter: DeclarationPresenter
    ) -> None:
        say = shell.wording
        self._presenter = presenter
        self._shell = shell
        super().__init__(presenter.title, presenter.subtitle, self._actions(shell))
        self._copies = OwnFolder()
        self.destroyed.connect(self._copies.close)
        self._papers = count(1)
        self.documents = TablePanel(
            presenter.documents,
            shell,
            opened=self._toggle,
            empty=say(
                N_(
                    "The ledger has nothing for this time. Declare that there was nothing, if the insurer asks."
                )
            ),
            search=say(N_("Filter documents…")),
        )
        self.history = TablePanel(
            presenter.history,
            shell,
            opened=self._ask_void,
            empty=say(N_("Nothing was declared for this time yet.")),
        )
        self.tabs = Tabs()
        self._offer = label(role="small", wrap=True)
        mistaken = say(N_("Double click an entry that was a mistake to void it."))
        self._mistaken = label(mistaken, "small", wrap=True)
        documents = self._under(self._offer, self.documents)
        self.tabs.add(say(N_("Documents")), documents)
        history = self._under(self._mistaken, self.history)
        self.tabs.add(say(N_("Declared so far")), history)
        self.body.addWidget(Fold(self.tabs, self._side(), _SIDE), 1)
        for disconnect in (
            presenter.changed.connect(self._draw),
            workspace.changed.connect(self._on_change),
        ):
            self.destroyed.connect(disconnect)
        self._draw(None)

    def recount(self) -> None:
        """F5. An endorsement may have done away with the period: then say so, and leave what was read."""
        try:
            self._presenter.reload()
        except UserError as error:
            self._shell.refuse(error)

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.tabs.show_part(0)
        self.documents.filter.setFocus()

    def start_print(self) -> None:
        """Ctrl+P: write the paper, then ask for a printer."""
        path = self._copies.file(f"{next(self._papers)}.pdf")
        writing = self._copies.during(self._presenter.writing(path))
        self._shell.run(writing, while_there(self, self._print))

    def save(self) -> None:
        """Ask where the paper goes."""
        self._ask(".pdf")

    def save_workbook(self) -> None:
        """Ask where the list goes."""
        self._ask(".xlsx")

    def save_to(self, path: Path) -> None:
        """Write it there."""
        self._shell.run(self._presenter.writing(path), self._told_saved)

    def _ask(self, ending: str) -> None:
        title = self._shell.wording(N_("Save the declaration"))
        name = f"{self._presenter.file_name}{ending}"
        messages.choose_target(self, title, name, self.save_to)

    def _print(self, path: Path) -> None:
        ask_and_print(self, self._shell, path, self._presenter.title)

    def _told_saved(self, path: Path) -> None:
        self._shell.tell(Message.of(N_("The declaration is saved as {path}."), path=path))  # fmt: skip

    def _actions(self, shell: Shell) -> tuple[QWidget, ...]:
        say, presenter = shell.wording, self._presenter
        self._language = QComboBox()
        self._language.setAccessibleName(say(N_("Language of the declaration")))
        self._language.setToolTip(say(N_("Language of the declaration")))
        for code, name in language_options():
            self._language.addItem(name, code)
        self._language.setCurrentIndex(self._language.findData(presenter.language))
        self._language.activated.connect(self._choose_language)
        return (
            self._language,
            button(say(N_("Print…")), self.start_print, hint="Ctrl+P"),
            button(say(N_("Save as Excel…")), self.save_workbook),
            button(say(N_("Save as PDF…")), self.save),
        )

    def _choose_language(self, _place: int) -> None:
        chosen = self._language.currentData()
        self._presenter.language = next(each for each in LANGUAGES if each == chosen)

    def _under(self, sentence: QLabel, list_: TablePanel) -> QWidget:
        """A list with a sentence over it."""
        part = QWidget()
        inside = QVBoxLayout(part)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(sentence)
        inside.addWidget(list_, 1)
        return part

    def _side(self) -> QFrame:
        say = self._shell.wording
        inside = QWidget()
        parts = QVBoxLayout(inside)
        parts.setContentsMargins(0, 0, 8, 0)
        parts.setSpacing(8)
        self._deadline = label(role="quiet", wrap=True)
        self._figures = QVBoxLayout()
        self._figures.setSpacing(4)
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(4)
        self._correct = toggle(say(N_("Correct what was declared")), self._whole)
        parts.addWidget(self._deadline)
        parts.addLayout(self._figures)
        parts.addLayout(self._warnings)
        parts.addWidget(rule())
        parts.addWidget(self._correct)
        parts.addWidget(self._sending())
        parts.addStretch(1)
        frame, around = card(margins=(16, 14, 8, 14))
        around.addWidget(scrolled(inside))
        return frame

    def _sending(self) -> QWidget:
        say = self._shell.wording
        self._form_part = QWidget()
        layout = QVBoxLayout(self._form_part)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label(say(N_("Once it has been sent")), "section"))
        sentence = say(N_("Receipt of the portal, sent e-mail or stamped copy: drop it here"))  # fmt: skip
        self.slot = PaperSlot(say, sentence, say(N_("Add the receipt…")), self._presenter.take_proof)  # fmt: skip
        layout.addWidget(self.slot)
        self.form = self._presenter.sent_form()
        self.view = FormView(
            self.form,
            self._shell,
            act=say(N_("Record as sent")),
            always=True,
            saved=self._record,
        )
        layout.addWidget(self.view)
        return self._form_part

    def _toggle(self, key: Hashable) -> None:
        if not self._presenter.toggle(key):
            self._shell.tell(Message(N_("The policy itself leaves this document out.")), "warning")  # fmt: skip

    def _ask_void(self, key: Hashable) -> None:
        if not self._presenter.may_void(key):
            return
        say = self._shell.wording
        question = say(
            N_(
                "Was this a mistake, and nothing was sent? The entry stays in sight, and the duty comes back."
            )
        )
        voiding = partial(self._presenter.voiding, int(str(key)))
        ask_void(self, self._shell, question, voiding, self._presenter.reload)

    def _whole(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._presenter.correct(whole=on)

    def _record(self) -> None:
        recording = self._presenter.recording()
        self._shell.run(recording, while_there(self, self._recorded))

    def _recorded(self, number: int) -> None:
        self.slot.take(())
        self._correct.setChecked(False)
        self._presenter.done()
        self._presenter.restart(self.form)
        told = Message(N_("The declaration is recorded, and the duty is closed."))
        why = self._shell.wording(UNDONE)
        self._shell.offer_undo(told, partial(self._presenter.voiding, number, why))

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self.recount()

    def _draw(self, _nothing: None) -> None:
        presenter = self._presenter
        self.retitle(presenter.title, presenter.subtitle, *presenter.chips)
        deadline = presenter.deadline
        self._deadline.setText(deadline.text)
        set_role(self._deadline, _ROLES.get(deadline.tone, ""))
        clear(self._figures)
        for name, figure, strong in presenter.sums:
            self._figures.addLayout(field_line(name, figure, "figure" if strong else ""))  # fmt: skip
        clear(self._warnings)
        for sentence in presenter.warnings:
            self._warnings.addWidget(label(sentence, "warning", wrap=True))
        self._offer.setText(presenter.offer)
        self._mistaken.setVisible(presenter.may_correct)
        self._correct.setVisible(presenter.may_correct)
        self._form_part.setVisible(presenter.may_declare)
        presenter.refill(self.form)


def build(
    workspace: Workspace, shell: Shell, policy: int = 0, kind: str = "", start: str = ""
) -> QWidget:
    """The page."""
    presenter = DeclarationPresenter(
        workspace,
        shell.wording,
        policy,
        DeclarationKind(kind or DeclarationKind.TURNOVER),
        date.fromisoformat(start) if start else workspace.today(),
    )
    return DeclarationPage(workspace, shell, presenter)
