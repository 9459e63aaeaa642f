"""Follows the system when it turns dark or light while the program runs."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication


class LookFollower(QObject):
    """Calls `turned` as long as its parent is there."""

    def __init__(self, parent: QObject, turned: Callable[[], object]) -> None:
        super().__init__(parent)
        self._turned = turned
        QApplication.styleHints().colorSchemeChanged.connect(self.follow)

    def follow(self, _scheme: Qt.ColorScheme) -> None:
        """The system looks otherwise from now on."""
        self._turned()
