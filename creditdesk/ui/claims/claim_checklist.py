"""A claim's checklist, and under it the chosen item: what it is for, its state, its files."""

from collections.abc import Hashable
from pathlib import Path

from PySide6.QtCore import QEvent, QItemSelection, QSignalBlocker, Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.presenters.claims.blackening import BlackeningPresenter
from creditdesk.presenters.claims.claim_checklist import (
    Attached,
    ClaimChecklistPresenter,
)
from creditdesk.presenters.parts.table import Tone
from creditdesk.services.claims import EvidenceId, EvidenceLine
from creditdesk.ui.claims.blacken_dialog import BlackenDialog
from creditdesk.ui.claims.claim_paper_bar import PaperBar
from creditdesk.ui.claims.item_dialog import ItemDialog
from creditdesk.ui.parts import messages, theme
from creditdesk.ui.parts.controls import button, clear, row
from creditdesk.ui.parts.dropped import files_of, holds_files
from creditdesk.ui.parts.row_drag import RowDrag
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import NameLabel, fault_line, label, set_role
from creditdesk.ui.parts.there import while_there

_PROTECTED = N_("{name} is protected. Its password opens it once and is kept nowhere.")
_WITHDRAW = N_(
    "Withdraw {item}? It leaves the checklists of all claims being prepared; where somebody has worked on it, "
    "it stays and is no longer needed."
)
_LIST = 160
"""Pixels the list keeps above the item chosen."""
_ROLES = {Tone.DANGER: "danger", Tone.WARNING: "warning", Tone.DONE: "done"}


class ClaimChecklist(QWidget):
    """The list over its chosen item."""

    def __init__(self, presenter: ClaimChecklistPresenter, shell: Shell) -> None:
        super().__init__()
        wording = shell.wording
        self._presenter = presenter
        self.list = TablePanel(presenter.items, shell)
        view = self.list.view
        view.horizontalHeader().setSortIndicatorShown(False)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setAccessibleName(wording(N_("Checklist")))
        view.selectionModel().selectionChanged.connect(self._choose)
        self.item = ItemPanel(presenter, shell)
        own = presenter.own
        self.take = button("", own.take)
        self.new_item = button(
            wording(N_("Add an item…")),
            lambda: ItemDialog(self, wording, own).open(),
            role="flat",
        )
        self.list.setMinimumHeight(theme.px(_LIST))
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(12)
        split.addWidget(self.list)
        split.addWidget(self.item)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(split)
        layout.addLayout(row(None, self.take, self.new_item))
        self._disconnect = presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)
        if presenter.chosen:
            view.select(presenter.chosen.code)

    def _draw(self, _nothing: None) -> None:
        own = self._presenter.own
        self.take.setText(own.offer)
        self.take.setToolTip(own.offered)
        self.take.setVisible(bool(own.offer))

    def _choose(self, _new: QItemSelection, _old: QItemSelection) -> None:
        chosen = self.list.view.selected()
        if chosen:
            self._presenter.choose(str(chosen[0]))


class ItemPanel(QFrame):
    """The chosen item. Files may be dropped anywhere on it."""

    def __init__(self, presenter: ClaimChecklistPresenter, shell: Shell) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAcceptDrops(True)
        wording = shell.wording
        self._presenter = presenter
        self._shell = shell
        self._title = NameLabel(role="strong")
        self._why = NameLabel(role="small")
        self.state = QComboBox()
        self.state.setAccessibleName(wording(N_("State")))
        for option in presenter.states:
            self.state.addItem(option.words, option.value)
        self.state.activated.connect(self._say_state)
        self.remark = QLineEdit()
        self.remark.setPlaceholderText(wording(N_("Remark: what is still wanted")))
        self.remark.setAccessibleName(wording(N_("Remark")))
        self.remark.editingFinished.connect(self._say_remark)
        self._fault = fault_line()
        self._told = QVBoxLayout()
        self._told.setSpacing(2)
        self.files = self._make_files()
        self.paper = PaperBar(
            presenter.papers,
            wording,
            lambda: presenter.place(self._chosen()),
            self._ask_black,
        )
        chosen = self.files.view.selectionModel().selectionChanged
        chosen.connect(lambda _new, _old: self.paper.draw())
        self.blacken: BlackenDialog | None = None
        self.add = button(wording(N_("Add files…")), self.choose_files)
        self.kept = button("", self._attach_kept)
        self.of_file = self._make_file_menu()
        self.withdraw = button(wording(N_("Withdraw item…")), self._withdraw)
        self._see = button(wording(N_("Open")), self._open_chosen)
        self._drop = button(wording(N_("Remove")), self._remove_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.setSpacing(8)
        titles = QWidget()
        names = QVBoxLayout(titles)
        names.setContentsMargins(0, 0, 0, 0)
        names.setSpacing(0)
        names.addWidget(self._title)
        names.addWidget(self._why)
        acts = (self.withdraw, self.kept, self.of_file, self._see, self._drop, self.add)
        layout.addLayout(row(titles, *acts))
        layout.addLayout(row(self.state, self.remark))
        layout.addWidget(self._fault)
        layout.addLayout(self._told)
        layout.addWidget(self.files, 1)
        layout.addWidget(self.paper)
        self._disconnect = presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)

    def event(self, event: QEvent) -> bool:
        """Never lower than what it holds at this width: a splitter doesn't ask."""
        layout = self.layout()
        if layout and event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            self.setMinimumHeight(layout.minimumHeightForWidth(self.width()))
        return super().event(event)

    def choose_files(self) -> None:
        """Ask for files to attach."""
        title = self._shell.wording(N_("Files for {item}"), item=self._presenter.title)
        messages.choose_files(self, title, "", self.attach)

    def attach(self, paths: list[Path]) -> None:
        """Look at the files and keep them under the item."""
        self._shell.run(self._presenter.attaching(paths), self._attached)

    def _withdraw(self) -> None:
        chosen, wording = self._presenter.chosen, self._shell.wording
        if chosen is None or chosen.own is None:
            return
        number = chosen.own
        messages.ask_reason(
            self,
            wording,
            wording(_WITHDRAW, item=self._presenter.title),
            wording(N_("Why it isn't asked for any more")),
            wording(N_("Withdraw it")),
            lambda why: self._presenter.own.withdraw(number, why),
        )

    def _make_file_menu(self) -> QPushButton:
        made = QPushButton()
        self.papers_menu = QMenu(made)
        self.papers_menu.triggered.connect(self._attach_of_file)
        made.setMenu(self.papers_menu)
        return made

    def _attach_of_file(self, action: QAction) -> None:
        work = self._presenter.attaching_of_file(action.data())
        self._shell.run(work, self._attached)

    def _attach_kept(self) -> None:
        self._shell.run(self._presenter.attaching_kept(), self._attached)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if holds_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the local files."""
        event.acceptProposedAction()
        self.attach(files_of(event.mimeData()))

    def _ask_black(self, line: EvidenceLine) -> None:
        papers, wording = self._presenter.papers, self._shell.wording

        def opened(pages: BlackeningPresenter) -> None:
            self.blacken = BlackenDialog(
                self, wording, pages, lambda areas: papers.blacken(line, areas)
            )
            self.blacken.open()

        self._shell.run(self._presenter.showing(line), while_there(self, opened))

    def _attached(self, attached: Attached) -> None:
        self._presenter.tell(attached)
        self._ask_passwords(list(attached.locked))
        for path, said in attached.doubts:
            self._ask_doubt(path, said)

    def _ask_doubt(self, path: Path, said: Message) -> None:
        wording, presenter = self._shell.wording, self._presenter
        messages.ask(
            self,
            wording,
            wording.message(said),
            wording(N_("Attach it anyway")),
            lambda: self._shell.run(
                presenter.attaching([path], anyway=True), self._attached
            ),
        )

    def _ask_passwords(self, locked: list[tuple[Path, EvidenceLine]]) -> None:
        """Ask for one after the other; who gives none leaves the file as it is kept."""
        if not locked:
            return
        path, line = locked.pop(0)
        wording, shell = self._shell.wording, self._shell

        def opened(attached: Attached) -> None:
            self._presenter.tell(attached)
            self._ask_passwords(locked)

        messages.ask_secret(
            self,
            wording,
            wording(_PROTECTED, name=path.name),
            wording(N_("Open it")),
            lambda password: shell.run(self._presenter.unlocking(path, line, password), opened),
        )  # fmt: skip

    def _draw(self, _nothing: None) -> None:
        presenter = self._presenter
        self._title.setText(presenter.title)
        self._why.setText(presenter.why)
        with QSignalBlocker(self.state):
            self.state.setCurrentIndex(self.state.findData(presenter.state))
        if presenter.chosen and not self.remark.hasFocus():
            self.remark.setText(presenter.chosen.note)
        self._say_fault("")
        clear(self._told)
        for sentence, tone in presenter.told:
            said = label(sentence, _ROLES.get(tone, "quiet"), wrap=True)
            self._told.addWidget(said)
        ours = presenter.chosen is not None and presenter.chosen.own is not None
        self.withdraw.setVisible(ours)
        self.kept.setText(presenter.offer)
        self.kept.setVisible(bool(presenter.offer))
        self.of_file.setText(presenter.file_offer)
        self.of_file.setVisible(bool(presenter.file_offer))
        self.papers_menu.clear()
        for paper in presenter.of_file:
            # An ampersand in a name is no key to press.
            words = presenter.file_words(paper).replace("&", "&&")
            self.papers_menu.addAction(words).setData(paper)
        any_file = presenter.files.count > 0
        self._see.setEnabled(any_file)
        self._drop.setEnabled(any_file)
        self.paper.draw()

    def _say_state(self, _place: int) -> None:
        self._say()

    def _say_remark(self) -> None:
        self._say()

    def _say(self) -> None:
        try:
            self._presenter.say(str(self.state.currentData()), self.remark.text())
        except UserError as error:
            self._say_fault(self._shell.wording.message(error.said))
            self.remark.setFocus()

    def _say_fault(self, fault: str) -> None:
        self._fault.setText(fault)
        self._fault.setVisible(bool(fault))
        set_role(self.remark, "true" if fault else "", "faulty")

    def _chosen(self) -> Hashable | None:
        chosen = self.files.view.selected()
        if chosen:
            return chosen[0]
        return self._presenter.files.key(0) if self._presenter.files.count else None

    def _make_files(self) -> TablePanel:
        """The files, put in another order by drag or Alt+↑ and Alt+↓."""
        say = self._shell.wording
        made = TablePanel(
            self._presenter.files,
            self._shell,
            opened=self._open,
            empty=say(N_("No file yet. Drop scans, PDFs or photos here, or press Add files."))
)  # fmt: skip
        made.setMinimumHeight(80)
        made.view.setAccessibleName(say(N_("Files of this document")))
        RowDrag(made.view, self._move, lambda: self._presenter.in_order)
        return made

    def _move(self, row: int, place: int) -> None:
        """A file gets another place among those of its item; it stays chosen."""
        key = self._presenter.files.key(row)
        line = self._presenter.line(key)
        if line is not None:
            self._presenter.papers.move(line, place + 1)
            self.files.view.select(key)

    def _open_chosen(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._open(chosen)

    def _open(self, key: Hashable) -> None:
        line = self._presenter.line(key)
        if line is None:
            return
        copy = self._presenter.copy_to_open(line)
        if copy is not None:
            messages.show_file(copy)
            return
        title = self._shell.wording(N_("Save a copy of {name}"), name=line.file_name)
        messages.choose_target(
            self,
            title,
            line.file_name,
            lambda path: self._presenter.save_copy(line, path),
        )

    def _remove_chosen(self) -> None:
        line = self._presenter.line(self._chosen())
        if line is None:
            return
        wording = self._shell.wording
        messages.ask(
            self,
            wording,
            wording(N_("Take {name} off this claim? The file itself stays in the desk."), name=line.file_name),
            wording(N_("Take it off")),
            lambda: self._presenter.remove(EvidenceId(line.id)),
        )  # fmt: skip
