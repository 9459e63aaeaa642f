"""One window a desk on one machine: a second start asks the first one to come forward."""

import getpass
import hashlib
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 700


def _name(desk: Path) -> str:
    place = unicodedata.normalize("NFC", str(desk.resolve()))
    if sys.platform in ("win32", "darwin"):
        # There one file answers to several spellings.
        place = place.casefold()
    text = f"{getpass.getuser()}|{place}"
    return "creditdesk-" + hashlib.sha256(text.encode()).hexdigest()[:24]


def bring_forward(desk: Path) -> bool:
    """Ask the window that has this desk open to come forward; False when none answers."""
    ask = QLocalSocket()
    ask.connectToServer(_name(desk))
    answered = ask.waitForConnected(_PATIENCE_MS)
    ask.disconnectFromServer()
    return answered


class Doorbell(QObject):
    """Listens for second starts while the window is open."""

    def __init__(self, desk: Path, rung: Callable[[], object]) -> None:
        super().__init__()
        self._server = QLocalServer(self)
        self._rung = rung
        # After a crash the old socket lies about; nobody listens to it.
        QLocalServer.removeServer(_name(desk))
        self._server.listen(_name(desk))
        self._server.newConnection.connect(self._answer)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _answer(self) -> None:
        caller = self._server.nextPendingConnection()
        if caller is not None:
            caller.close()
            caller.deleteLater()
        self._rung()
