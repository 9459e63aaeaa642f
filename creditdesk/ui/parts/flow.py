"""Widgets side by side, going on in the next line where there is no room."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """As many lines as the width asks for. `to_right`: the first line ends at the right edge.

    What stands after `stretch` goes to the right edge of its line.
    """

    def __init__(
        self, *widgets: QWidget, spacing: int = 8, to_right: bool = False
    ) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._to_right = to_right
        self._stretched: int | None = None
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.addWidget(widget)

    def stretch(self) -> None:
        """What comes after this stands at the right."""
        self._stretched = len(self._items)

    def addItem(self, item: QLayoutItem) -> None:
        """At the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """One of them, taken out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Of all its lines."""
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        """Everything in one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        wide = sum(size.width() for size in sizes) + self.spacing() * max(
            0, len(sizes) - 1
        )
        return QSize(wide, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """The widest of them alone."""
        size = QSize(0, 0)
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        top = rect.top()
        lines = self._lines(rect.width())
        for line in lines:
            high = max(item.sizeHint().height() for item in line)
            if place:
                self._place(line, rect, top, high)
            top += high + self.spacing()
        return max(0, top - rect.top() - (self.spacing() if lines else 0))

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = -1
        for item in self._shown():
            wide = item.sizeHint().width()
            if not lines or left < wide + self.spacing():
                lines.append([])
                left = width + self.spacing()
            lines[-1].append(item)
            left -= wide + self.spacing()
        return lines

    def _place(self, line: list[QLayoutItem], rect: QRect, top: int, high: int) -> None:
        taken = sum(item.sizeHint().width() for item in line) + self.spacing() * (
            len(line) - 1
        )
        spare = max(0, rect.width() - taken)
        at = rect.left() + (spare if self._to_right else 0)
        last = self._items[self._stretched :] if self._stretched is not None else []
        for item in line:
            if spare and any(item is each for each in last):
                at, spare = at + spare, 0
            size = item.sizeHint()
            wide = min(size.width(), rect.width())
            item.setGeometry(
                QRect(at, top + (high - size.height()) // 2, wide, size.height())
            )
            at += wide + self.spacing()
