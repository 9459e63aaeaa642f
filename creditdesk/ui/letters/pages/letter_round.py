"""Letters to all buyers of a client, drawn: which letter, who gets it and who doesn't, and writing them."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.letters.letter_round import RoundLine, RoundWritten
from creditdesk.presenters.letters.round_page import TABLES, RoundPresenter
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, card, clear
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.form_view import FormView
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

RAIL = "buyers"
_HOW = N_(
    "Enter opens one buyer's letter. Select several rows to write only theirs. "
    "Each is in the language of the buyer's country, in a new folder of its own."
)
_SIDE = 340
_CLIENT = 220


class RoundPage(Page):
    """From everything late of a client's buyers to a folder of letters."""

    def __init__(self, workspace: Workspace, shell: Shell, letter: str) -> None:
        say = shell.wording
        self._presenter = presenter = RoundPresenter(workspace, say, letter)
        self.kind = _choice(say(N_("Which letter")))
        for key, words in presenter.kinds:
            self.kind.addItem(words, key)
        self.kind.setCurrentIndex(self.kind.findData(letter))
        self.client = _choice(say(N_("Client")))
        self.client.setMinimumWidth(_CLIENT)
        self.client.addItem(say(N_("Choose the client")), None)
        for number, name in presenter.clients:
            self.client.addItem(name, number)
        self.client.setCurrentIndex(max(0, self.client.findData(presenter.client)))
        self.write = button(say(N_("Write the letters…")), self.start, role="primary")
        self.agrees = button(
            say(N_("Came back: agrees")), partial(self._came_back, agrees=True)
        )
        self.differs = button(
            say(N_("Came back: differs")), partial(self._came_back, agrees=False)
        )
        actions = (self.agrees, self.differs, self.client, self.kind, self.write)
        super().__init__(say(N_("Letters to all buyers")), presenter.said, actions=actions)  # fmt: skip
        self._shell = shell
        self.panel = TablePanel(
            presenter.table,
            shell,
            opened=self._open,
            empty=say(N_("Nothing of this client's buyers calls for this letter.")),
            search=say(N_("Filter buyers, codes…")),
        )
        frame, self._side = card(spacing=12, margins=(20, 16, 20, 16))
        self.body.addWidget(Fold(self.panel, frame, _SIDE), 1)
        self.panel.view.selectionModel().selectionChanged.connect(self._enable)
        self.kind.activated.connect(self._choose)
        self.client.activated.connect(self._choose)
        self.destroyed.connect(presenter.changed.connect(self._draw))
        self.destroyed.connect(workspace.changed.connect(self._on_change))
        self.setFocusProxy(self.panel.view)
        self._draw_form()
        self._draw(None)
        self.recount()

    def recount(self) -> None:
        """F5: look anew who gets one."""
        self._shell.run(self._presenter.job(), while_there(self, self._show))

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.panel.filter.setFocus()

    def start(self) -> None:
        """Ask for the folder, once what is typed can be read."""
        if not self._presenter.form.save():
            self.form.focus_fault()
            return
        title = self._shell.wording(N_("Folder of the letters"))
        messages.choose_folder(self, title, self.write_to)

    def write_to(self, folder: Path) -> None:
        """Write them to a new folder there: those of the selected rows, or without a selection of several all."""
        selected = [key for key in self.panel.view.selected() if isinstance(key, int)]
        chosen = selected if len(selected) > 1 else None
        self._shell.run(self._presenter.writing(folder, chosen), self._written)

    def _came_back(self, *, agrees: bool) -> None:
        chosen = [key for key in self.panel.view.selected() if isinstance(key, int)]
        if chosen:
            self._shell.run(
                self._presenter.returning(chosen, agrees=agrees),
                while_there(self, self._recorded),
            )

    def _recorded(self, count: int) -> None:
        self._shell.tell(Message.of(N_("{count} answers are recorded."), count=count))

    def _enable(self, *_what: object) -> None:
        for made in (self.agrees, self.differs):
            made.setVisible(self._presenter.has_returns)
            made.setEnabled(bool(self.panel.view.selected()))

    def _written(self, done: RoundWritten) -> None:
        told = N_("{count} letters written, {refused} not; the list says why: {path}.")
        counts = {"count": len(done.written), "refused": len(done.refused)}
        self._shell.tell(Message.of(told, path=done.list, **counts))

    def _show(self, lines: tuple[RoundLine, ...]) -> None:
        self._presenter.show(lines)

    def _choose(self, _place: int) -> None:
        letter = self._presenter.letter.id
        self._presenter.choose(str(self.kind.currentData()), self.client.currentData())
        if letter != self._presenter.letter.id:
            self._draw_form()
        self.recount()

    def _open(self, key: object) -> None:
        self._shell.go("letter", letter=self._presenter.letter.id, buyer=key)

    def _draw_form(self) -> None:
        clear(self._side)
        say = self._shell.wording
        self._side.addWidget(label(say(N_("In every letter")), "section"))
        self.form = FormView(self._presenter.form, self._shell, question=True)
        self._side.addWidget(self.form)
        hint = label(say(_HOW), "quiet")
        hint.setWordWrap(True)
        self._side.addWidget(hint)
        self._side.addStretch(1)

    def _draw(self, _nothing: None) -> None:
        self.retitle(self._shell.wording(N_("Letters to all buyers")), self._presenter.said)  # fmt: skip
        self.write.setEnabled(self._presenter.can_write)
        self._enable()

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self.recount()


def _choice(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made


def build(workspace: Workspace, shell: Shell, letter: str = "reminder_1") -> QWidget:
    """The page."""
    return RoundPage(workspace, shell, letter)
