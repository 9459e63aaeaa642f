"""Files dropped anywhere on the window go to the page that fits."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from creditdesk.ui.parts.pasting import local_files


class Dropping(QObject):
    """Watches `whole`; what a part of the page takes itself never comes here."""

    def __init__(self, whole: QWidget, dropped: Callable[[list[Path]], object]) -> None:
        super().__init__(whole)
        self._dropped = dropped
        whole.setAcceptDrops(True)
        whole.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files are welcome, anything else isn't."""
        if isinstance(event, QDropEvent) and event.type() is QEvent.Type.Drop:
            paths = local_files(event.mimeData())
            if paths:
                event.acceptProposedAction()
                self._dropped(paths)
                return True
        if isinstance(event, QDragMoveEvent) and local_files(event.mimeData()):
            event.acceptProposedAction()
            return True
        return super().eventFilter(watched, event)
