"""What is painted first, before anything heavy is imported."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow

_USUAL = QSize(1366, 768)
_SMALLEST = QSize(960, 600)
_EDGES = QSize(0, 32)
"""What the system draws around a window: its title bar."""


class Frame(QMainWindow):
    """What is painted first: the window and its ground, before anything heavy is imported."""

    closing = Signal()
    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._was_painted = False
        self.life: object = None
        """What keeps the parts of the open desk alive, set once it is there."""
        self.setWindowTitle("CreditDesk")
        self.resize(_USUAL)
        self.setMinimumSize(_SMALLEST)
        self.may_close: Callable[[Callable[[], object]], bool] = lambda _again: True
        """Whether it may be closed now; False: not, or later, when what is given is called."""

    def fit_screen(self) -> None:
        """Be no larger than the screen has room for, as with 150 % on a small one."""
        room = self.screen().availableGeometry().size() - _EDGES
        self.setMinimumSize(_SMALLEST.boundedTo(room))
        self.resize(_USUAL.boundedTo(room))

    def come_forward(self) -> None:
        """Be seen again, as large as it was before it was put away."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is heavy begins once the window stands."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Unsaved changes first."""
        if not self.may_close(self.close):
            event.ignore()
            return
        self.closing.emit()
        event.accept()


class Deliverer(QObject):
    """Carries answers of jobs to the window's thread."""

    delivered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.delivered.connect(_call, Qt.ConnectionType.QueuedConnection)


def _call(act: Callable[[], None]) -> None:
    act()
