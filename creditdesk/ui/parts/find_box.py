"""A choice among many: opens a field to type in and the list of what answers to it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
)

from creditdesk.i18n import N_
from creditdesk.presenters.parts.choosing import Choosing
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts.popup import beside
from creditdesk.ui.parts.text import label

_FEW = 12
"""Choices that are seen at a glance: an ordinary list."""
_KEPT = 20
_WIDTH, _HEIGHT = 320, 340
_PLACE = Qt.ItemDataRole.UserRole
_lately: dict[str, list[str]] = {}


def forget_lately() -> None:
    """Another desk has other records."""
    _lately.clear()


class FindBox(QComboBox):
    """One of several values. With many of them, typing finds them by name, pinyin or initials.

    `what` names what is chosen here (buyer, client): what was chosen last of it stands first, wherever it is asked for.
    """

    few, wide = _FEW, _WIDTH

    def __init__(self, what: str, wording: Wording) -> None:
        super().__init__()
        self._what = what
        self._wording = wording
        self._finder: _Finder | None = None
        self.activated.connect(self._remember)

    def supply(self) -> None:
        """Called before the choices are looked at; whoever has many may fill them in only now."""

    def showPopup(self) -> None:
        """The list, or with many choices the field to type in."""
        self.supply()
        if self.count() > self.few:
            self.look_for("")
        else:
            super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Whoever types looks for something."""
        typed = event.text()
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if typed.strip() and typed.isprintable() and not control:
            self.supply()
            if self.count() > self.few:
                self.look_for(typed)
                return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page is scrolled over it, nothing is chosen."""
        event.ignore()

    def look_for(self, typed: str) -> None:
        """Open the field with what was typed so far."""
        # A line that parts the list has no name.
        places = [place for place in range(self.count()) if self.itemText(place)]
        known = {str(self.itemData(place)): at for at, place in enumerate(places)}
        last = [known[each] for each in _lately.get(self._what, ()) if each in known]
        choosing = Choosing([self.itemText(place) for place in places], last)
        self._finder = _Finder(self, places, choosing, self._wording)
        self._finder.begin(typed)

    def take(self, place: int) -> None:
        """Choose this one."""
        self.setCurrentIndex(place)
        self.activated.emit(place)
        self.setFocus()

    def _remember(self, place: int) -> None:
        if self.itemData(place) in {None, ""}:
            return
        value = str(self.itemData(place))
        kept = _lately.setdefault(self._what, [])
        kept[:] = [value, *(each for each in kept if each != value)][:_KEPT]


class _Finder(QFrame):
    """What is typed, and what answers to it."""

    def __init__(
        self, box: FindBox, places: list[int], choosing: Choosing, wording: Wording
    ) -> None:
        super().__init__(box, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self._box = box
        self._places = places
        self._choosing = choosing
        self._wording = wording
        self.typed = QLineEdit()
        hint = wording(N_("Name, pinyin or initials"))
        self.typed.setPlaceholderText(hint)
        self.typed.setAccessibleName(hint)
        self.typed.textChanged.connect(self._draw)
        self.rows = QListWidget()
        self.rows.setAccessibleName(box.accessibleName())
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.itemClicked.connect(self._take)
        self._more = label(role="small")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.setSpacing(6)
        for each in (self.typed, self.rows, self._more):
            inside.addWidget(each)
        self.setFocusProxy(self.typed)

    def begin(self, typed: str) -> None:
        """Show it under the box, or over it where the screen ends."""
        self.typed.setText(typed)
        self._draw(typed)
        self.resize(max(self._box.wide, self._box.width()), _HEIGHT)
        self.move(beside(self._box, self))
        self.show()
        self.typed.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the list, Enter chooses, Esc leaves it as it was."""
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 8,
            Qt.Key.Key_PageUp: -8,
        }
        key = Qt.Key(event.key())
        if key in steps:
            at = self.rows.currentRow() + steps[key]
            self.rows.setCurrentRow(max(0, min(self.rows.count() - 1, at)))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}:
            self._take(self.rows.currentItem())
        elif key == Qt.Key.Key_Escape:
            self.close()
            self._box.setFocus()
        else:
            super().keyPressEvent(event)

    def _draw(self, typed: str) -> None:
        found = self._choosing.found(typed)
        self.rows.clear()
        for found_at in found.places:
            place = self._places[found_at]
            row = QListWidgetItem(self._box.itemText(place))
            row.setToolTip(row.text())
            row.setData(_PLACE, place)
            self.rows.addItem(row)
        self.rows.setCurrentRow(0)
        said = N_("{count} more; type on") if found.places else N_("nothing found")
        self._more.setText(self._wording(said, count=f"{found.more:,}"))
        self._more.setVisible(bool(found.more) or not found.places)

    def _take(self, row: QListWidgetItem | None) -> None:
        if row is None:
            return
        place: int = row.data(_PLACE)
        self.close()
        self._box.take(place)
