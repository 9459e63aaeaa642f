"""Locks the window: by menu, by key, and after minutes without one; what it showed is hidden until the passphrase."""

import hmac
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.window.start import PassphrasePage

_SIGNS_OF_LIFE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}
_MINUTE_MS = 60_000


class Locking(QObject):
    """The lock of one open desk. Without a passphrase there is nothing that could open it again, and it stays open."""

    def __init__(
        self,
        frame: QMainWindow,
        desk: Path,
        passphrase: str,
        wording: Callable[[], Wording],
    ) -> None:
        super().__init__(frame)
        self._frame = frame
        self._desk = desk
        self._passphrase = passphrase
        self._wording = wording
        self._hidden: QWidget | None = None
        self._dialogs: list[QWidget] = []
        self._title = ""
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.lock)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def after(self, minutes: int) -> None:
        """Lock after so many minutes without a key or the mouse; 0: never."""
        self._idle.stop()
        if minutes and self._passphrase:
            self._idle.start(minutes * _MINUTE_MS)

    def end(self) -> None:
        """The desk is closed."""
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        self._idle.stop()
        self._forget()

    @property
    def is_locked(self) -> bool:
        """Whether the content is hidden."""
        return self._hidden is not None

    def lock(self) -> bool:
        """Hide the content and empty the clipboard; False: the desk has no passphrase."""
        if not self._passphrase:
            return False
        if self.is_locked:
            return True
        self._dialogs = [
            each
            for each in QApplication.topLevelWidgets()
            if each.isVisible() and each is not self._frame
        ]
        for each in self._dialogs:
            each.hide()
        QApplication.clipboard().clear()
        self._title = self._frame.windowTitle()
        self._frame.setWindowTitle("CreditDesk")
        self._enable(on=False)
        hidden = self._frame.takeCentralWidget()
        assert hidden is not None  # noqa: S101 - an open desk shows its page
        hidden.hide()
        self._hidden = hidden
        page = PassphrasePage(self._wording(), self._desk, self._given, None)
        self._frame.setCentralWidget(page)
        page.setFocus()
        return True

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Every key and every move of the mouse begins the minutes anew."""
        if event.type() in _SIGNS_OF_LIFE and self._idle.isActive():
            self._idle.start()
        return False

    def _given(self, passphrase: str) -> None:
        if not hmac.compare_digest(passphrase.encode(), self._passphrase.encode()):
            page = self._frame.centralWidget()
            assert isinstance(page, PassphrasePage)  # noqa: S101 - it stands there while the window is locked
            page.refuse(self._wording()(N_("The passphrase is wrong.")))
            return
        hidden, self._hidden = self._hidden, None
        assert hidden is not None  # noqa: S101 - only a locked window asks
        self._frame.setCentralWidget(hidden)
        hidden.show()
        self._frame.setWindowTitle(self._title)
        self._enable(on=True)
        for each in self._dialogs:
            each.show()
        self._dialogs = []
        if self._idle.interval():
            self._idle.start()

    def _enable(self, *, on: bool) -> None:
        self._frame.menuBar().setEnabled(on)
        for each in self._frame.findChildren(QShortcut):
            each.setEnabled(on)

    def _forget(self) -> None:
        for each in (*self._dialogs, *([self._hidden] if self._hidden else [])):
            each.deleteLater()
        self._dialogs, self._hidden = [], None
        self._enable(on=True)
