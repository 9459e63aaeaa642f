"""The menu of the desk: another one, a new one, those used lately, the lock."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from creditdesk import RELEASES, __version__
from creditdesk.i18n import N_, Message
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.text import as_written
from creditdesk.ui.window.doors import Doors

_NEWER = N_("CreditDesk {version}: is there a newer one?")
_NO_BROWSER = N_("Newer versions stand at {address}.")
OPEN, FILES = N_("Open a desk"), "CreditDesk (*.creditdesk)"


class DeskShell(Protocol):
    """What the menu asks of the window."""

    wording: Wording
    doors: Doors

    @property
    def window(self) -> QMainWindow:
        """The frame, as the parent of dialogs."""

    def leave_desk(self, act: Callable[[], object]) -> None:
        """Do what closes this desk, once unsaved changes are settled."""

    def show_keys(self) -> None:
        """Every key and what it does."""

    def lock(self) -> None:
        """Hide everything until the passphrase is given."""

    def tell(self, message: Message) -> None:
        """Say in the foot what was done."""

    def go(self, place: str, **where: object) -> None:
        """Show a page."""


def desk_menu(shell: DeskShell, parent: QWidget) -> QMenu:
    """The menu; the desks used lately are those at the moment it is opened."""
    say = shell.wording
    menu = QMenu(say(N_("Desk")), parent)

    def switch(path: Path) -> None:
        shell.leave_desk(lambda: shell.doors.switch(path))

    def choose() -> None:
        messages.choose_file(shell.window, say(OPEN), FILES, switch)

    def add(to: QMenu, word: str, act: Callable[[], object], keys: str = "") -> None:
        action = QAction(word, to)
        action.triggered.connect(lambda _checked=False: act())
        if keys:
            # Said only: the window's own shortcut does it.
            action.setText(f"{word}\t{as_written(keys)}")
        to.addAction(action)

    add(menu, say(N_("Open a desk…")), choose)
    add(
        menu,
        say(N_("New desk…")),
        lambda: shell.leave_desk(shell.doors.begin),
    )
    lately = QMenu(say(N_("Used lately")), menu)
    menu.addMenu(lately)
    menu.addSeparator()
    add(menu, say(N_("Lock")), shell.lock, "Ctrl+L")
    add(menu, say(N_("Passphrase and backups…")), lambda: shell.go("settings"))
    menu.addSeparator()
    add(menu, say(N_("Help…")), lambda: shell.go("help"), "F1")
    add(menu, say(N_("Keys…")), shell.show_keys, "?")
    add(menu, say(_NEWER, version=__version__), lambda: _show_releases(shell))

    def fill() -> None:
        lately.clear()
        for path in shell.doors.recent():
            add(lately, f"{path.stem} – {path.parent}".replace("&", "&&"), partial(switch, path))  # fmt: skip
        lately.setEnabled(not lately.isEmpty())

    menu.aboutToShow.connect(fill)
    return menu


def _show_releases(shell: DeskShell) -> None:
    """The page of all versions, in the browser; nothing is asked for or sent by the program itself."""
    if not messages.show_page(RELEASES):
        shell.tell(Message.of(_NO_BROWSER, address=RELEASES))
