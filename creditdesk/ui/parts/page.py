"""What every page looks like: title, one line that says what is shown, actions at the right, content."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from creditdesk.ui.parts import theme
from creditdesk.ui.parts.flow import Flow
from creditdesk.ui.parts.text import NameLabel, chip, label

_NAMES = 300
"""Pixels the title and its line keep beside the actions."""


class Page(QWidget):
    """A page of the window, with 20 px margins."""

    def __init__(
        self, title: str, said: str = "", actions: tuple[QWidget, ...] = ()
    ) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        self.setWindowTitle(title)
        self._title = NameLabel(title, "title")
        self._said = label(said, "quiet", wrap=True)
        self._beside = QHBoxLayout()
        self._offered = actions
        self._is_below = False
        self._acting = QWidget()
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 6)
        layout.setSpacing(12)
        layout.addLayout(self._head())
        layout.addLayout(self.body, 1)

    def event(self, event: QEvent) -> bool:
        """Actions come and go, and are named anew: their place is looked for again."""
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            self._settle_actions()
        return super().event(event)

    def _settle_actions(self) -> None:
        """Beside the title where both have room, else in lines below, the primary one first."""
        names = max(self._title.sizeHint().width(), theme.px(_NAMES))
        room = self.width() - 40 - names - 16
        below = self._acting.sizeHint().width() > room
        if below is not self._is_below:
            self._is_below = below
            self._line_up(below=below)

    def _line_up(self, *, below: bool) -> None:
        flow = Flow(to_right=not below)
        first = [each for each in self._offered if each.property("role") == "primary"]
        others = [each for each in self._offered if each not in first]
        for each in (*first, *others) if below else self._offered:
            flow.addWidget(each)
        old = self._acting.layout()
        if old is not None:
            QWidget().setLayout(old)
        self._acting.setLayout(flow)
        self._heads.removeWidget(self._acting)
        self._heads.addWidget(self._acting, 1 if below else 0, 0 if below else 1)

    @property
    def heading(self) -> tuple[str, str]:
        """Title and line of what is shown now."""
        return self._title.text(), self._said.text()

    def retitle(self, title: str, said: str, *chips: tuple[str, str]) -> None:
        """Name what is shown now; chips are a word and its tone."""
        self._title.setText(title)
        self._title.setToolTip(title)
        # What the window is called as long as the page is shown.
        self.setWindowTitle(title)
        self._said.setText(said)
        while (item := self._beside.takeAt(0)) is not None:
            widget = item.widget()
            if widget:
                # Out of sight now: it is only deleted when the event loop comes round.
                widget.hide()
                widget.deleteLater()
        for word, tone in chips:
            self._beside.addWidget(chip(word, tone))

    def _head(self) -> QGridLayout:
        names = QVBoxLayout()
        names.setSpacing(2)
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self._title, 0)
        first.addLayout(self._beside)
        first.addStretch(1)
        names.addLayout(first)
        names.addWidget(self._said)
        self._heads = QGridLayout()
        self._heads.setHorizontalSpacing(16)
        self._heads.setVerticalSpacing(10)
        self._heads.setColumnStretch(0, 1)
        self._heads.addLayout(names, 0, 0)
        self._line_up(below=False)
        return self._heads


_TAB_GAP = 16


class Tabs(QWidget):
    """Words over a stack of pages' parts; the chosen one is underlined. Ctrl+PgDown and Ctrl+PgUp turn.

    `made`: a part was made.
    """

    made = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._buttons = QButtonGroup(self)
        self._parts: list[QWidget | Callable[[], QWidget]] = []
        self._words = Flow(spacing=_TAB_GAP)
        self._has_acts = False
        self._place = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(self._words)
        layout.addLayout(self._place, 1)
        self._buttons.idClicked.connect(self.show_part)
        for keys, turn in (("Ctrl+PgDown", self._next), ("Ctrl+PgUp", self._before)):
            QShortcut(QKeySequence(keys), self, turn)

    def add(self, word: str, part: QWidget | Callable[[], QWidget]) -> None:
        """One more part, or what makes it when it is shown first; the first one is shown."""
        button = QPushButton(word)
        button.setProperty("role", "tab")
        button.setCheckable(True)
        button.setAccessibleName(word)
        # The chosen word is bold: it must fit without the others moving.
        bold = QFont(button.font())
        bold.setWeight(QFont.Weight.DemiBold)
        button.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(word) + 16)
        self._buttons.addButton(button, len(self._parts))
        self._words.addWidget(button)
        self._parts.append(part)
        if isinstance(part, QWidget):
            self._place.addWidget(part)
            part.setVisible(len(self._parts) == 1)
        if len(self._parts) == 1:
            self.show_part(0)

    def beside(self, action: QWidget) -> None:
        """Something to press at the right of the words."""
        if not self._has_acts:
            self._words.stretch()
            self._has_acts = True
        self._words.addWidget(action)

    def show_part(self, place: int) -> None:
        """Show one part; nothing changes where there is none such."""
        if place >= len(self._parts):
            return
        shown = self._part(place)
        for part in self._parts:
            if isinstance(part, QWidget):
                part.setVisible(part is shown)
        self._buttons.button(place).setChecked(True)

    @property
    def shown(self) -> int:
        """Which part is shown."""
        return self._buttons.checkedId()

    def _part(self, place: int) -> QWidget:
        part = self._parts[place]
        if not isinstance(part, QWidget):
            self._parts[place] = part = part()
            self._place.addWidget(part)
            self.made.emit()
        return part

    def _next(self) -> None:
        self._turn(1)

    def _before(self) -> None:
        self._turn(-1)

    def _turn(self, by: int) -> None:
        self.show_part((self._buttons.checkedId() + by) % len(self._parts))


def field_line(name: str, value: str, role: str = "") -> QHBoxLayout:
    """A name at the left, a figure at the right."""
    line = QHBoxLayout()
    line.addWidget(label(name, "quiet"), 1)
    shown = label(value, role)
    shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    line.addWidget(shown)
    return line
