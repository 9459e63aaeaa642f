"""Widgets side by side, going on in the next line where there is no room."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import (
    QLayout,
    QLayoutItem,
    QSizePolicy,
    QSpacerItem,
    QWidget,
)

_ALONG: Final = Qt.Orientation.Horizontal


class Flow(QLayout):
    """As many lines as the width asks for. What is spare of a line goes to its stretch, else to what can grow.

    `to_right`: what is spare and nobody takes stands at the left.
    """

    def __init__(
        self, *widgets: QWidget, spacing: int = 8, to_right: bool = False
    ) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        # Qt asks for the same height many times while it arranges a page.
        self._heights: dict[int, int] = {}
        self._to_right = to_right
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.addWidget(widget)

    def stretch(self) -> None:
        """What comes after this stands at the right of its line."""
        self._items.append(_Stretch())

    def gap(self, pixels: int) -> None:
        """Room between two."""
        self._items.append(QSpacerItem(pixels, 0))

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
        """As wide as there is room, where something in it takes it."""
        grows = any(_grows(item) for item in self._shown())
        return _ALONG if grows else Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def invalidate(self) -> None:
        """Something in it wants another room than before."""
        self._heights.clear()
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        """Of all its lines."""
        if width not in self._heights:
            edges = self.contentsMargins()
            inner = width - edges.left() - edges.right()
            high = self._arrange(QRect(0, 0, inner, 0), place=False)
            self._heights[width] = high + edges.top() + edges.bottom()
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        self._arrange(rect.marginsRemoved(self.contentsMargins()), place=True)

    def sizeHint(self) -> QSize:
        """Everything in one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        wide = sum(size.width() for size in sizes)
        between = self.spacing() * max(0, len(sizes) - 1)
        high = max((size.height() for size in sizes), default=0)
        return QSize(wide + between, high).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:
        """The widest of them alone."""
        size = QSize(0, 0)
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if item.spacerItem() or not item.isEmpty()]

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        top = rect.top()
        lines = self._lines(rect.width())
        for line in lines:
            widths = self._widths(line, rect.width())
            high = max(map(_height, line, widths))
            if place:
                self._place(line, widths, rect, top, high)
            top += high + self.spacing()
        return max(0, top - rect.top() - (self.spacing() if lines else 0))

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = -1
        for item in self._shown():
            wide = item.sizeHint().width()
            fits = left >= wide + self.spacing()
            if not lines or not (fits or _flexible(item, left)):
                if item.spacerItem() and lines and not isinstance(item, _Stretch):
                    continue
                lines.append([])
                left = width + self.spacing()
            lines[-1].append(item)
            left -= wide + self.spacing()
        return [line for line in lines if any(not each.spacerItem() for each in line)]

    def _widths(self, line: list[QLayoutItem], width: int) -> list[int]:
        wanted = [min(item.sizeHint().width(), width) for item in line]
        spare = width - sum(wanted) - self.spacing() * (len(line) - 1)
        if spare < 0:
            # Only what gives way was let into a line that has no room for all of it.
            for at, item in enumerate(line):
                less = min(-spare, max(0, wanted[at] - item.minimumSize().width()))
                wanted[at] -= less
                spare += less
            return wanted
        takers = [at for at, item in enumerate(line) if isinstance(item, _Stretch)]
        takers = takers or [at for at, item in enumerate(line) if _grows(item)]
        for at in takers:
            part = spare // len(takers)
            wanted[at] += min(part, max(0, line[at].maximumSize().width() - wanted[at]))
        return wanted

    def _place(
        self,
        line: list[QLayoutItem],
        widths: list[int],
        rect: QRect,
        top: int,
        high: int,
    ) -> None:
        taken = sum(widths) + self.spacing() * (len(line) - 1)
        at = rect.left() + (max(0, rect.width() - taken) if self._to_right else 0)
        for item, wide in zip(line, widths, strict=True):
            own = min(high, _height(item, wide))
            item.setGeometry(QRect(at, top + (high - own) // 2, wide, own))
            at += wide + self.spacing()


class _Stretch(QSpacerItem):
    """Takes what is spare."""

    def __init__(self) -> None:
        super().__init__(0, 0)


def _grows(item: QLayoutItem) -> bool:
    """A field, words that may stand on several lines, or what takes whatever it gets."""
    widget = item.widget()
    takes = QSizePolicy.Policy.Ignored
    if widget is not None and widget.sizePolicy().horizontalPolicy() is takes:
        return True
    return item.hasHeightForWidth() or bool(item.expandingDirections() & _ALONG)


def _flexible(item: QLayoutItem, left: int) -> bool:
    """Whether it may be narrower than it likes to stay in its line."""
    return _grows(item) and left > max(_LEAST, item.minimumSize().width())


_LEAST = 160
"""Pixels in which words are still read, beside something else."""


def _height(item: QLayoutItem, wide: int) -> int:
    if item.hasHeightForWidth():
        return item.heightForWidth(wide)
    return item.sizeHint().height()
