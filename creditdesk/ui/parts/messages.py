"""The only place that opens message boxes, file choosers and questions; none of them blocks."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from creditdesk.i18n import N_
from creditdesk.presenters.parts.wording import Wording

_REASON_WIDTH = 440
_UNNAMEABLE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def ask(
    parent: QWidget,
    wording: Wording,
    question: str,
    yes: str,
    then: Callable[[], object],
) -> None:
    """A question before something that can't be undone; `yes` says what will be done."""
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("CreditDesk")
    box.setText(question)
    agreed = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.addButton(wording(N_("Cancel")), QMessageBox.ButtonRole.RejectRole)
    _when_finished(box, lambda: then() if box.clickedButton() is agreed else None)


def ask_secret(
    parent: QWidget,
    wording: Wording,
    question: str,
    yes: str,
    then: Callable[[str], object],
) -> None:
    """A question that is answered with a passphrase, which is not shown."""
    ask_reason(
        parent, wording, question, wording(N_("Passphrase")), yes, then, hidden=True
    )


def ask_reason(  # noqa: PLR0913, PLR0917 - what a question needs
    parent: QWidget,
    wording: Wording,
    question: str,
    line: str,
    yes: str,
    then: Callable[[str], object],
    *,
    hidden: bool = False,
) -> None:
    """A question that is answered with a reason; `yes` can be pressed once there is one. `hidden`: it is not shown."""
    dialog = QDialog(parent)
    dialog.setWindowTitle("CreditDesk")
    said = QLabel(question)
    said.setTextFormat(Qt.TextFormat.PlainText)
    said.setWordWrap(True)
    said.setMinimumWidth(_REASON_WIDTH)
    reason = QLineEdit()
    reason.setPlaceholderText(line)
    reason.setAccessibleName(line)
    if hidden:
        reason.setEchoMode(QLineEdit.EchoMode.Password)
    agreed, away = QPushButton(yes), QPushButton(wording(N_("Cancel")))
    agreed.setEnabled(False)
    reason.textChanged.connect(partial(_enable_with, agreed))
    agreed.clicked.connect(dialog.accept)
    away.clicked.connect(dialog.reject)
    buttons = QHBoxLayout()
    buttons.addStretch(1)
    buttons.addWidget(away)
    buttons.addWidget(agreed)
    inside = QVBoxLayout(dialog)
    inside.addWidget(said)
    inside.addWidget(reason)
    inside.addLayout(buttons)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: then(reason.text()))
    dialog.open()


def _enable_with(pressed: QPushButton, text: str) -> None:
    pressed.setEnabled(bool(text.strip()))


def tell(parent: QWidget, text: str, detail: str = "") -> None:
    """Something the person must know before going on."""
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("CreditDesk")
    box.setText(text)
    box.setInformativeText(detail)
    _when_finished(box, lambda: None)


def leave(
    parent: QWidget,
    wording: Wording,
    save: Callable[[], bool],
    go: Callable[[], object],
) -> None:
    """Unsaved changes: save them, drop them, or stay."""
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("CreditDesk")
    box.setText(wording(N_("There are changes that are not saved.")))
    keep = box.addButton(wording(N_("Save")), QMessageBox.ButtonRole.AcceptRole)
    drop = box.addButton(
        wording(N_("Drop changes")), QMessageBox.ButtonRole.DestructiveRole
    )
    box.addButton(wording(N_("Stay here")), QMessageBox.ButtonRole.RejectRole)

    def decided() -> None:
        if box.clickedButton() is drop or (box.clickedButton() is keep and save()):
            go()

    _when_finished(box, decided)


def choose_file(
    parent: QWidget,
    title: str,
    kinds: str,
    then: Callable[[Path], object],
    folder: Path | None = None,
) -> None:
    """An existing file."""
    _choose(
        parent,
        title,
        kinds,
        QFileDialog.FileMode.ExistingFile,
        "",
        lambda paths: then(paths[0]),
        folder,
    )


def choose_files(
    parent: QWidget, title: str, kinds: str, then: Callable[[list[Path]], object]
) -> None:
    """Existing files, one or more."""
    _choose(parent, title, kinds, QFileDialog.FileMode.ExistingFiles, "", then)


def choose_folder(parent: QWidget, title: str, then: Callable[[Path], object]) -> None:
    """An existing folder."""
    _choose(
        parent,
        title,
        "",
        QFileDialog.FileMode.Directory,
        "",
        lambda paths: then(paths[0]),
    )


def file_name(title: str, suffix: str) -> str:
    """A title as a file may be called on every system."""
    return _UNNAMEABLE.sub(" ", title).strip(" .") + suffix


def choose_target(
    parent: QWidget, title: str, name: str, then: Callable[[Path], object]
) -> None:
    """Where to write; the name's ending says what."""
    suffix = Path(name).suffix
    _choose(
        parent,
        title,
        f"*{suffix}",
        QFileDialog.FileMode.AnyFile,
        name,
        lambda paths: then(paths[0]),
    )


def show_file(path: Path) -> None:
    """Open a file with the program the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def show_page(address: str) -> bool:
    """Open a page with the browser the system has; False where it has none."""
    return QDesktopServices.openUrl(QUrl(address))


def _choose(  # noqa: PLR0913, PLR0917 - what a chooser needs to know
    parent: QWidget,
    title: str,
    kinds: str,
    mode: QFileDialog.FileMode,
    name: str,
    then: Callable[[list[Path]], object],
    folder: Path | None = None,
) -> None:
    dialog = QFileDialog(parent, title)
    if folder is not None:
        dialog.setDirectory(str(folder))
    dialog.setFileMode(mode)
    if kinds:
        dialog.setNameFilter(kinds)
    if mode is QFileDialog.FileMode.AnyFile:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
        dialog.selectFile(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(
        lambda: then([Path(chosen) for chosen in dialog.selectedFiles()])
    )
    dialog.open()


def _when_finished(box: QMessageBox, then: Callable[[], object]) -> None:
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.finished.connect(lambda _result: then())
    box.open()
