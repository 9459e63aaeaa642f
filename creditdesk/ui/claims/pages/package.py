"""A claim package as it will be printed: its pages, its contents, what is missing; to save and to print."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from creditdesk.i18n import LANGUAGES, N_, Language, Message
from creditdesk.presenters.claims.package import (
    IndexLine,
    PackagePresenter,
    ShownPackage,
)
from creditdesk.presenters.claims.package_choices import DRAFT, Choices
from creditdesk.presenters.parts.own_folder import OwnFolder
from creditdesk.presenters.parts.table import Tone
from creditdesk.services.claims import ClaimId
from creditdesk.ui.claims.package_dialog import PackageDialog
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, clear, rule
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.preview import Preview
from creditdesk.ui.parts.printing import ask_and_print
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import NameLabel, label
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

RAIL = "claims"

_ROLES = {Tone.DANGER: "danger", Tone.WARNING: "warning", Tone.DONE: "done"}
_SIDE = 320
_LINK_EDGE = 12


class PackagePage(Page):
    """The preview of a package, or the package just saved."""

    def __init__(
        self,
        workspace: Workspace,
        shell: Shell,
        claim: ClaimId,
        language: Language,
        shown: ShownPackage | None,
    ) -> None:
        wording = shell.wording
        self._print = button(wording(N_("Print…")), self.start_print, hint="Ctrl+P")
        self._save = button(wording(N_("Save as PDF…")), self.save, role="primary")
        self._choose = button(wording(N_("Draft or final…")), self.choose)
        back = button(wording(N_("Back to the claim")), shell.back, hint="Esc")
        super().__init__(
            wording(N_("Claim package")),
            actions=(back, self._choose, self._print, self._save),
        )
        self._shell = shell
        self._presenter = PackagePresenter(workspace, claim, wording)
        self._shown: ShownPackage | None = None
        self._language: Language = language
        self._copies = OwnFolder()
        self.destroyed.connect(self._copies.close)
        self.preview = Preview(workspace.runner, wording)
        self.index = QVBoxLayout()
        self.index.setSpacing(8)
        self.volume = QComboBox()
        self.volume.setAccessibleName(wording(N_("Volume")))
        self.volume.activated.connect(self.show_volume)
        self.volume.hide()
        work = QWidget()
        seen = QVBoxLayout(work)
        seen.setContentsMargins(0, 0, 0, 0)
        seen.addWidget(self.volume)
        seen.addWidget(self.preview, 1)
        self.body.addWidget(Fold(work, self._side(), _SIDE), 1)
        self._enable(ready=False)
        if shown is not None and shown.path.is_file():
            self.show_package(shown)
        else:
            self.preview_with(DRAFT)

    def show_package(self, shown: ShownPackage) -> None:
        """It is written."""
        again = self._shown is not None and self._shown.written is shown.written
        self._shown = shown
        presenter = self._presenter
        self.retitle(self._name(), presenter.said(shown), presenter.chip(shown))
        if not again:
            self._language = shown.language
            self._draw_volumes(shown)
            self.preview.show_file(shown.path)
            self._draw_index(shown)
        self._enable(ready=True)

    def preview_with(self, choices: Choices) -> None:
        """Write it to look at, in another manner."""
        self._enable(ready=False)
        said = self._shell.wording(N_("The package is being written…"))
        self.retitle(self._name(), said)
        path = self._copies.file(self._presenter.file_name)
        previewing = self._presenter.previewing(path, self._language, choices)
        writing = self._copies.during(previewing)
        self._shell.run(writing, while_there(self, self.show_package))

    def choose(self) -> None:
        """Ask for draft or final, and how it is bound, and show that."""
        begun = self._shown.choices if self._shown else DRAFT
        question = self._presenter.final_question
        PackageDialog(
            self, self._shell.wording, begun, question, self.preview_with
        ).open()

    def show_volume(self, place: int) -> None:
        """Another of its files."""
        if self._shown:
            self.preview.show_file(self._shown.volumes[place].path)

    def _draw_volumes(self, shown: ShownPackage) -> None:
        names = self._presenter.volume_names(shown)
        self.volume.clear()
        self.volume.addItems(list(names))
        self.volume.setVisible(bool(names))

    def start_print(self) -> None:
        """Ctrl+P."""
        if self._shown:
            place = max(self.volume.currentIndex(), 0)
            path = self._shown.volumes[place].path
            ask_and_print(self, self._shell, path, self._name())

    def save(self) -> None:
        """Ask which kind of package, then where it goes."""
        begun = self._shown.choices if self._shown else DRAFT
        question = self._presenter.final_question
        wording = self._shell.wording
        PackageDialog(self, wording, begun, question, self._choose_target).open()

    def _choose_target(self, choices: Choices) -> None:
        title = self._shell.wording(N_("Save the package"))
        messages.choose_target(
            self,
            title,
            self._presenter.file_name,
            lambda path: self.save_to(path, choices),
        )

    def save_to(self, path: Path, choices: Choices | None = None) -> None:
        """Put it there and record it; what is chosen otherwise than it is shown is written anew."""
        if not self._shown:
            return
        if choices in (None, self._shown.choices):
            saving = self._presenter.saving(self._shown, path)
        else:
            saving = self._presenter.writing(path, self._language, choices or DRAFT)
        self._shell.run(saving, while_there(self, self._saved))

    def _saved(self, shown: ShownPackage) -> None:
        self.show_package(shown)
        text = N_("The package is saved as {path}.")
        self._shell.tell(Message.of(text, path=shown.path))

    def _name(self) -> str:
        word = self._shell.wording(N_("Claim package"))
        return f"{word}  {self._presenter.number}"

    def _enable(self, *, ready: bool) -> None:
        self._choose.setEnabled(ready)
        self._print.setEnabled(ready)
        self._save.setEnabled(ready)

    def _side(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "card")
        inside = QWidget()
        inside.setLayout(self.index)
        self.index.setContentsMargins(16, 14, 16, 14)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(scrolled(inside))
        return frame

    def _draw_index(self, shown: ShownPackage) -> None:
        wording = self._shell.wording
        clear(self.index)
        for sentence, tone in self._presenter.findings(shown):
            role = _ROLES.get(tone, "quiet")
            self.index.addWidget(label(sentence, role, wrap=True))
        self.index.addWidget(rule())
        self.index.addWidget(label(wording(N_("Contents")), "section"))
        for line in self._presenter.index(shown):
            self.index.addLayout(self._entry(line))
        self.index.addStretch(1)

    def _entry(self, line: IndexLine) -> QVBoxLayout:
        made = QVBoxLayout()
        made.setSpacing(0)
        name: QWidget
        name = NameLabel(line.title)
        if line.page is not None:
            name = self._link(line.title, line.page, line.volume)
        state = label(line.state.text, _ROLES.get(line.state.tone, "small"))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(name, 1)
        head.addWidget(state)
        made.addLayout(head)
        if line.detail:
            made.addWidget(NameLabel(line.detail, "small"))
        return made

    def _link(self, title: str, page: int, volume: int) -> QPushButton:
        made = _Link(title)
        made.clicked.connect(lambda _checked=False: self.go_to(page, volume))
        return made

    def go_to(self, page: int, volume: int) -> None:
        """A page of a volume, both counted from 1."""
        place = volume - 1
        if self.volume.count() and place != self.volume.currentIndex():
            self.volume.setCurrentIndex(place)
            self.show_volume(place)
        self.preview.presenter.go_to(page)


class _Link(QPushButton):
    """A title to press that gives way when there is no room, with its whole text as the tooltip."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._title = title
        self.setProperty("role", "flat")
        self.setStyleSheet("padding-left: 0;")
        self.setAccessibleName(title)
        self.setToolTip(title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumWidth(40)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as fits."""
        super().resizeEvent(event)
        room = self.width() - _LINK_EDGE
        elide = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self._title, elide, room))


def build(
    workspace: Workspace,
    shell: Shell,
    claim: int = 0,
    language: str = "zh",
    shown: ShownPackage | None = None,
) -> QWidget:
    """The page: a fresh preview in this language, or a package that was just written."""
    chosen = next((each for each in LANGUAGES if each == language), LANGUAGES[0])
    return PackagePage(workspace, shell, ClaimId(claim), chosen, shown)
