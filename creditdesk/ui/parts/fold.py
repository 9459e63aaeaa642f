"""Parts of a page: side by side where there is room, else one below the other, in the order they are read."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from creditdesk.ui.parts import theme

_UNLIMITED = 16_777_215
_WORK_HIGH, _ASIDE_HIGH, _SLIT = 280, 200, 140
"""Pixels each keeps one below the other; the page scrolls where the window hasn't that many."""
_WORK = 420
"""Pixels the work keeps beside its aside, in text of the usual size."""


class Fold(QWidget):
    """`work` and beside it `aside`, so many pixels wide. `first`: the aside stands before the work."""

    def __init__(
        self, work: QWidget, aside: QWidget, wide: int, *, first: bool = False, spacing: int = 16
    ) -> None:  # fmt: skip
        super().__init__()
        self._work = work
        self._aside = aside
        self._wide = theme.px(wide)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(spacing)
        parts = ((aside, 0), (work, 1)) if first else ((work, 1), (aside, 0))
        for part, stretch in parts:
            self._line.addWidget(part, stretch)
        self._beside(folded=False)

    @property
    def is_folded(self) -> bool:
        """Whether one stands below the other."""
        return self._line.direction() is QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below as soon as the work would have too little."""
        super().resizeEvent(event)
        work = max(theme.px(_WORK), self._work.minimumSizeHint().width())
        folded = self.width() < work + self._wide + self._line.spacing()
        if folded is not self.is_folded:
            self._beside(folded=folded)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider one alone."""
        both = (self._work, self._aside)
        widest = max(part.minimumSizeHint().width() for part in both)
        return QSize(widest, self._line.minimumSize().height())

    def _beside(self, *, folded: bool) -> None:
        way = QBoxLayout.Direction
        self._line.setDirection(way.TopToBottom if folded else way.LeftToRight)
        self._aside.setMinimumWidth(0 if folded else self._wide)
        self._aside.setMaximumWidth(_UNLIMITED if folded else self._wide)
        for part, least in ((self._work, _WORK_HIGH), (self._aside, _ASIDE_HIGH)):
            # What scrolls by itself would else be a slit; what doesn't says itself how high it must be.
            slit = part.minimumSizeHint().height() < theme.px(_SLIT)
            part.setMinimumHeight(theme.px(least) if folded and slit else 0)


class Halves(QWidget):
    """Parts that share the width by `shares`, as long as each has so many pixels; else one below the other."""

    def __init__(
        self, parts: Sequence[QWidget], shares: Sequence[int], least: int, *, spacing: int
    ) -> None:  # fmt: skip
        super().__init__()
        self._least = theme.px(least) * len(parts) + spacing * (len(parts) - 1)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(spacing)
        for part, share in zip(parts, shares, strict=True):
            self._line.addWidget(part, share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below as soon as one would have too little."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        below = self.width() < self._least
        self._line.setDirection(way.TopToBottom if below else way.LeftToRight)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest part alone."""
        least = self._line.minimumSize()
        parts = (self._line.itemAt(at) for at in range(self._line.count()))
        widest = max((each.minimumSize().width() for each in parts if each), default=0)
        return QSize(widest, least.height())
