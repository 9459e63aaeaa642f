"""The rail: eight places, where one is, and what waits there."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.icons import icon
from creditdesk.ui.parts.shell import Screen
from creditdesk.ui.parts.text import NameLabel, chip, label, set_role

_WIDE, _COUNT = 196, 44
_AROUND_DESK = 52
"""Pixels of the rail beside the name of the desk: margins, padding, the arrow of its menu."""


class _Place(QPushButton):
    """One place, with its icon, its word and a count of what waits."""

    def __init__(self, screen: Screen, word: str) -> None:
        super().__init__(word)
        self.shown = screen
        self.setProperty("role", "place")
        self.setAccessibleName(word)
        self._count = chip("")
        self._count.hide()
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 10, 0)
        inside.addStretch(1)
        inside.addWidget(self._count)

    def mark(self, *, here: bool, picture: bool) -> None:
        set_role(self, "true" if here else "false", "here")
        if picture:
            self.setIcon(icon(self.shown.icon, "accent" if here else "quiet"))

    def show_waiting(self, count: int) -> None:
        self._count.setText(str(count))
        self._count.setVisible(count > 0)


class Rail(QWidget):
    """At the left. `pictures` False: words only, while icons are still to be loaded."""

    def __init__(
        self,
        screens: tuple[Screen, ...],
        wording: Wording,
        go: Callable[[str], object],
        *,
        pictures: bool = True,
    ) -> None:
        super().__init__()
        self._pictures = pictures
        self.setProperty("role", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._places: list[_Place] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 14, 12, 12)
        layout.setSpacing(2)
        layout.addLayout(self._brand(wording))
        layout.addSpacing(8)
        for number, screen in enumerate(screens, start=1):
            place = _Place(screen, wording(screen.title))
            place.setShortcut(f"Alt+{number}")
            place.clicked.connect(lambda _checked=False, where=screen.id: go(where))
            self._places.append(place)
            layout.addWidget(place)
        self.setFixedWidth(self._wide())
        layout.addStretch(1)
        self.backup: QLabel = label(role="small", wrap=True)
        self.desk = QPushButton()
        self.desk.setProperty("role", "desk")
        self.desk.setAccessibleName(wording(N_("Desk")))
        layout.addWidget(self.backup)
        layout.addWidget(self.desk)

    def show_desk(self, name: str) -> None:
        """Name the desk; a long name is cut in its middle and told in full by the hint."""
        self.desk.setToolTip(name)
        self.desk.ensurePolished()
        room = self.width() - theme.px(_AROUND_DESK)
        self.desk.setText(
            self.desk.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, room)
        )

    def show_backup(self, said: str, where: str, *, old: bool) -> None:
        """When the desk was last backed up, and where that lies; `old`: it is time for another one."""
        self.backup.setText(said)
        self.backup.setToolTip(where)
        self.backup.setAccessibleDescription(where)
        set_role(self.backup, "warning" if old else "small")

    def _wide(self) -> int:
        """Pixels, so that each place is read whole with the count that waits there."""
        for place in self._places:
            place.ensurePolished()
        widest = max((place.sizeHint().width() for place in self._places), default=0)
        return max(_WIDE, widest + theme.px(_COUNT))

    def mark(self, here: str) -> None:
        """Show where we are."""
        for place in self._places:
            place.mark(here=place.shown.id == here, picture=self._pictures)

    def show_waiting(self, counts: dict[str, int]) -> None:
        """Show what waits at each place."""
        for place in self._places:
            place.show_waiting(counts.get(place.shown.id, 0))

    @staticmethod
    def _brand(wording: Wording) -> QHBoxLayout:
        brand = QHBoxLayout()
        brand.setContentsMargins(6, 0, 0, 6)
        brand.setSpacing(8)
        if wording.language == "zh":
            brand.addWidget(label("信保台", "brand"))
            brand.addWidget(NameLabel("CreditDesk", "small"), 1)
        else:
            brand.addWidget(label("CreditDesk", "brand"))
            brand.addWidget(NameLabel("信保台", "small"), 1)
        return brand
