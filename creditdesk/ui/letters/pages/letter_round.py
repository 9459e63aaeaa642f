"""Papers to many at once, drawn: which one, whose buyers get it and who doesn't, writing them and what was done."""

from collections.abc import Hashable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QWidget
from shiboken6 import isValid

from creditdesk.i18n import N_, Message
from creditdesk.presenters.letters.letter_round import RoundWritten
from creditdesk.presenters.letters.round_page import TABLES, RoundPresenter
from creditdesk.presenters.letters.round_papers import MONTH, STATEMENT, Key, RoundLine
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, card, clear
from creditdesk.ui.parts.find_box import FindBox
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.form_view import FormView
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

RAIL = "buyers"
_TITLE = N_("Letters and reports for many")
_HOW = N_(
    "Enter opens one row's paper. Select several rows to write only theirs. "
    "They go into a new folder, with a list of what was written and what not and why; "
    "what goes to a buyer is in the language of its country."
)
_SIDE = 348
_CLIENT = 220


class RoundPage(Page):
    """From everything late of a client's buyers to a folder of letters."""

    def __init__(self, workspace: Workspace, shell: Shell, letter: str) -> None:
        say = shell.wording
        self._presenter = presenter = RoundPresenter(workspace, say, letter)
        self.kind = _choice(say(N_("Which paper")))
        for key, words in presenter.kinds:
            self.kind.addItem(words, key)
        self.kind.setCurrentIndex(self.kind.findData(letter))
        self.client = FindBox("client", say)
        self.client.setAccessibleName(say(N_("Client")))
        self.client.setToolTip(say(N_("Client")))
        self.client.setMinimumWidth(_CLIENT)
        self.client.addItem(say(N_("All clients")), None)
        for number, name in presenter.clients:
            self.client.addItem(name, number)
        self.client.setCurrentIndex(max(0, self.client.findData(presenter.client)))
        self.write = button(say(N_("Write…")), self.start, role="primary")
        self.agrees = button(
            say(N_("Came back: agrees")), partial(self._came_back, agrees=True)
        )
        self.differs = button(
            say(N_("Came back: differs")), partial(self._came_back, agrees=False)
        )
        self.paste = button(say(N_("Paste answers…")), partial(shell.go, "answer_list"))
        actions = (
            self.agrees,
            self.differs,
            self.paste,
            self.client,
            self.kind,
            self.write,
        )
        super().__init__(say(_TITLE), presenter.said, actions=actions)  # fmt: skip
        self._shell = shell
        self.panel = TablePanel(
            presenter.table,
            shell,
            opened=self._open,
            empty=say(
                N_("Nobody gets this one now. Choose another paper or client above.")
            ),
            search=say(N_("Filter clients, buyers…")),
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
        selected = self._selected()
        chosen = selected if len(selected) > 1 else None
        self._shell.run(self._presenter.writing(folder, chosen), self._written)

    def _selected(self) -> list[Key]:
        rows = map(self._presenter.table.get, self.panel.view.selected())
        return [row.key for row in rows if row is not None]

    def _came_back(self, *, agrees: bool) -> None:
        chosen = self._selected()
        if chosen:
            self._shell.run(
                self._presenter.returning(chosen, agrees=agrees),
                while_there(self, self._recorded),
            )

    def _recorded(self, count: int) -> None:
        self._shell.tell(Message.of(N_("{count} answers are recorded."), count=count))

    def _enable(self, *_what: object) -> None:
        self.paste.setVisible(self._presenter.has_returns)
        for made in (self.agrees, self.differs):
            made.setVisible(self._presenter.has_returns)
            made.setEnabled(bool(self.panel.view.selected()))

    def _written(self, done: RoundWritten) -> None:
        if isValid(self):
            self._presenter.take_done(done)
        told = N_("{count} written, {refused} not; the list says why: {path}.")
        if done.cancelled:
            told = N_("Cancelled: {count} written before, {refused} not; the list says which: {path}.")  # fmt: skip
        counts = {"count": len(done.written), "refused": len(done.refused)}
        self._shell.tell(Message.of(told, path=done.list, **counts))

    def _show(self, lines: tuple[RoundLine, ...]) -> None:
        self._presenter.show(lines)

    def _choose(self, _place: int) -> None:
        paper = self._presenter.paper.id
        self._presenter.choose(str(self.kind.currentData()), self.client.currentData())
        if paper != self._presenter.paper.id:
            self._draw_form()
        self.recount()

    def _open(self, key: Hashable) -> None:
        row, paper = self._presenter.table.get(key), self._presenter.paper.id
        if row is None:
            return
        if paper == STATEMENT:
            self._shell.go("statement", buyer=row.buyer_id)
        elif paper == MONTH:
            self._shell.go("reports", report=MONTH)
        else:
            self._shell.go("letter", letter=paper, buyer=row.buyer_id, policy=row.policy_id)  # fmt: skip

    def _draw_form(self) -> None:
        clear(self._side)
        say = self._shell.wording
        self._side.addWidget(label(say(N_("In every one")), "section"))
        self.form = FormView(self._presenter.form, self._shell, question=True)
        self._side.addWidget(self.form)
        hint = label(say(_HOW), "quiet")
        hint.setWordWrap(True)
        self._side.addWidget(hint)
        self._side.addStretch(1)

    def _draw(self, _nothing: None) -> None:
        self.retitle(self._shell.wording(_TITLE), self._presenter.said)  # fmt: skip
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
