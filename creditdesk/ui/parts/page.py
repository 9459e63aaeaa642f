"""What every page looks like: title, one line that says what is shown, actions at the right, content."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from creditdesk.ui.parts.text import NameLabel, chip, label

_ROOM_FOR_TWO = 900
"""Pixels of a page below which what stands beside the work gives way."""


class Page(QWidget):
    """A page of the window, with 20 px margins."""

    def __init__(
        self, title: str, said: str = "", actions: tuple[QWidget, ...] = ()
    ) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        self._title = NameLabel(title, "title")
        self._said = NameLabel(said, "quiet")
        self._beside = QHBoxLayout()
        self._asides: list[QWidget] = []
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(12)
        layout.addLayout(self._head(actions))
        layout.addLayout(self.body, 1)

    @property
    def heading(self) -> tuple[str, str]:
        """Title and line of what is shown now."""
        return self._title.text(), self._said.text()

    def give_way(self, aside: QWidget) -> None:
        """What stands beside the work goes when the window is too narrow for both."""
        self._asides.append(aside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The work keeps its room."""
        super().resizeEvent(event)
        for aside in self._asides:
            aside.setVisible(self.width() >= _ROOM_FOR_TWO)

    def retitle(self, title: str, said: str, *chips: tuple[str, str]) -> None:
        """Name what is shown now; chips are a word and its tone."""
        self._title.setText(title)
        self._title.setToolTip(title)
        self._said.setText(said)
        while (item := self._beside.takeAt(0)) is not None:
            widget = item.widget()
            if widget:
                # Out of sight now: it is only deleted when the event loop comes round.
                widget.hide()
                widget.deleteLater()
        for word, tone in chips:
            self._beside.addWidget(chip(word, tone))

    def _head(self, actions: tuple[QWidget, ...]) -> QHBoxLayout:
        names = QVBoxLayout()
        names.setSpacing(2)
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self._title, 0)
        first.addLayout(self._beside)
        first.addStretch(1)
        names.addLayout(first)
        names.addWidget(self._said)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(names, 1)
        for action in actions:
            head.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)
        return head


_TAB_GAP = 16


class Tabs(QWidget):
    """Words over a stack of pages' parts; the chosen one is underlined. Ctrl+PgDown and Ctrl+PgUp turn."""

    def __init__(self) -> None:
        super().__init__()
        self._buttons = QButtonGroup(self)
        self._parts: list[QWidget] = []
        self._words = QHBoxLayout()
        self._words.setSpacing(_TAB_GAP)
        self._words.addStretch(1)
        self._more = QHBoxLayout()
        self._more.setSpacing(_TAB_GAP)
        self._more.addStretch(1)
        self._row = QVBoxLayout()
        self._row.setSpacing(0)
        self._row.addLayout(self._words)
        self._row.addLayout(self._more)
        self._place = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(self._row)
        layout.addLayout(self._place, 1)
        self._buttons.idClicked.connect(self.show_part)
        for keys, turn in (("Ctrl+PgDown", self._next), ("Ctrl+PgUp", self._before)):
            QShortcut(QKeySequence(keys), self, turn)

    def add(self, word: str, part: QWidget) -> None:
        """One more part; the first one is shown."""
        button = QPushButton(word)
        button.setProperty("role", "tab")
        button.setCheckable(True)
        button.setAccessibleName(word)
        # The chosen word is bold: it must fit without the others moving.
        bold = QFont(button.font())
        bold.setWeight(QFont.Weight.DemiBold)
        button.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(word) + 16)
        self._buttons.addButton(button, len(self._parts))
        self._words.insertWidget(len(self._parts), button)
        self._parts.append(part)
        self._place.addWidget(part)
        self.show_part(0)

    def beside(self, action: QWidget) -> None:
        """Something to press at the right of the words."""
        self._words.addWidget(action)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words that have no room go on in a second line."""
        super().resizeEvent(event)
        left, first = event.size().width(), True
        places = [0, 0]
        for button in self._buttons.buttons():
            left -= button.minimumWidth() + _TAB_GAP
            first = first and left >= 0
            line, place = (self._words, 0) if first else (self._more, 1)
            if line.indexOf(button) != places[place]:
                line.insertWidget(places[place], button)
            places[place] += 1

    def show_part(self, place: int) -> None:
        """Show one part."""
        for index, part in enumerate(self._parts):
            part.setVisible(index == place)
        self._buttons.button(place).setChecked(True)

    def show_widget(self, part: QWidget) -> None:
        """Show the part that is this widget."""
        self.show_part(self._parts.index(part))

    def _next(self) -> None:
        self._turn(1)

    def _before(self) -> None:
        self._turn(-1)

    def _turn(self, by: int) -> None:
        self.show_part((self._buttons.checkedId() + by) % len(self._parts))


def scrolled(inside: QWidget) -> QScrollArea:
    """Content that may be higher than the window."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area


def field_line(name: str, value: str, role: str = "") -> QHBoxLayout:
    """A name at the left, a figure at the right."""
    line = QHBoxLayout()
    line.addWidget(label(name, "quiet"), 1)
    shown = label(value, role)
    shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    line.addWidget(shown)
    return line
