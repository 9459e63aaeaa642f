"""The button that offers every letter which starts from a page: a new letter appears by itself."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton

from creditdesk.catalog.letters import Start, letters_from
from creditdesk.i18n import N_
from creditdesk.presenters.parts.wording import Wording


def letter_menu(
    say: Wording, start: Start, write: Callable[[str], object]
) -> QPushButton:
    """The button; `write` is told the letter's id."""
    made = QPushButton(say(N_("Letters")))
    made.setProperty("role", "flat")
    made.setAccessibleName(made.text())
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    menu = QMenu(made)
    for letter in letters_from(start):
        menu.addAction(letter.name.in_language(say.language)).setData(letter.id)
    menu.triggered.connect(lambda action: write(action.data()))
    made.setMenu(menu)
    return made
