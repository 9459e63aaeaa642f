"""Files dropped anywhere on the window go to the page that fits."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from creditdesk.ui.parts.dropped import files_of, holds_files


class Dropping(QObject):
    """Watches `whole`; what a part of the page takes itself never comes here."""

    def __init__(self, whole: QWidget, dropped: Callable[[list[Path]], object]) -> None:
        super().__init__(whole)
        self._dropped = dropped
        whole.setAcceptDrops(True)
        whole.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files are welcome, anything else isn't; a refusal is said by whoever hears what nobody took."""
        if isinstance(event, QDropEvent) and holds_files(event.mimeData()):
            event.acceptProposedAction()
            if event.type() is QEvent.Type.Drop:
                self._dropped(files_of(event.mimeData()))
            return True
        return super().eventFilter(watched, event)
