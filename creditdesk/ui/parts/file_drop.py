"""A place to drop files on, or to press for a file chooser."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from creditdesk.ui.parts.controls import button
from creditdesk.ui.parts.dropped import files_of, holds_files
from creditdesk.ui.parts.text import label, set_role


class FileDrop(QFrame):
    """Takes files from the system's file manager; the button does the same.

    `paste`: the word and the act of a second button.
    """

    def __init__(
        self,
        sentence: str,
        word: str,
        *,
        dropped: Callable[[list[Path]], object],
        pressed: Callable[[], object],
        paste: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)
        self._dropped = dropped
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        said = label(sentence, "quiet", wrap=True)
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(1)
        layout.addWidget(said)
        self.button = button(word, pressed, role="primary")
        middle = Qt.AlignmentFlag.AlignCenter
        layout.addWidget(self.button, alignment=middle)
        if paste:
            layout.addWidget(button(*paste, hint="Ctrl+V"), alignment=middle)
        layout.addStretch(1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if holds_files(event.mimeData()):
            set_role(self, "true", "over")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Not after all."""
        set_role(self, "false", "over")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files; a refusal is said by whoever hears what nobody took."""
        set_role(self, "false", "over")
        event.acceptProposedAction()
        self._dropped(files_of(event.mimeData()))
