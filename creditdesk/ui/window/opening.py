"""From nothing to a painted frame, and nothing else: what is heavy is imported behind it."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from creditdesk.preferences import PreferenceFile
from creditdesk.ui.parts import theme
from creditdesk.ui.window.frame import Frame


class Calls(QObject):
    """The system's word that a desk was opened: macOS sends it to the program that runs, and to one that starts."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.first: Path | None = None
        """What was asked for before there was anybody to hear it."""
        self.heard: Callable[[Path], object] = self._keep
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the word; everything else goes its way."""
        if event.type() is QEvent.Type.FileOpen:
            path = cast("QFileOpenEvent", event).file()
            if path.lower().endswith(".creditdesk"):
                self.heard(Path(path))
            return True
        return super().eventFilter(watched, event)

    def _keep(self, desk: Path) -> None:
        self.first = desk


def run(desk: Path | None) -> int:
    """Show the window and stay until it is closed."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101 - made the line before
    app.setApplicationName("CreditDesk")
    frame = start(app, desk)
    status = app.exec()
    del frame
    return status


def start(app: QApplication, desk: Path | None) -> Frame:
    """The frame on its ground; once it is painted, the desk is opened in it."""
    preferences = PreferenceFile()
    theme.ground(app, preferences.now.look)
    frame = Frame()
    calls = Calls(app)

    def begin() -> None:
        from creditdesk.ui.window.life import Life  # noqa: PLC0415 - the frame must not wait for it

        life = Life(app, frame, preferences, calls.first or desk)
        frame.life = life
        calls.heard = life.show_desk
        sys.excepthook = life.crashed
        life.begin()

    frame.painted.connect(begin, Qt.ConnectionType.QueuedConnection)
    frame.fit_screen()
    frame.show()
    return frame
