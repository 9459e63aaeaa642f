"""From nothing to a painted frame, and nothing else: what is heavy is imported behind it."""

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from creditdesk.preferences import PreferenceFile
from creditdesk.ui.parts import theme
from creditdesk.ui.window.frame import Frame


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

    def begin() -> None:
        from creditdesk.ui.window.life import Life  # noqa: PLC0415 - the frame must not wait for it

        life = Life(app, frame, preferences, desk)
        frame.life = life
        sys.excepthook = life.crashed
        life.begin()

    frame.painted.connect(begin, Qt.ConnectionType.QueuedConnection)
    frame.fit_screen()
    frame.show()
    return frame
