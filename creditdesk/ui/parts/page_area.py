"""The place of a page in the window: it scrolls where the page needs more room than there is."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget


class PageArea(QScrollArea):
    """As large as the window leaves, never smaller than the page can be."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self._page = page
        self.setProperty("role", "page")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(page.accessibleName())
        self.setWidget(page)
        page.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page takes what there is."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no widget of the page took are the window's: it walks through records by the page keys."""
        event.ignore()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The page needs another room than before."""
        if watched is self._page and event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        room = self.maximumViewportSize()
        need = self._need(room.width())
        if need.height() > room.height():
            # The scroll bar takes its part of the width.
            room.setWidth(room.width() - self.verticalScrollBar().sizeHint().width())
            need = self._need(room.width())
        self._page.resize(room.expandedTo(need))

    def _need(self, width: int) -> QSize:
        least = self._page.minimumSizeHint().expandedTo(self._page.minimumSize())
        layout = self._page.layout()
        if layout is not None and layout.hasHeightForWidth():
            wide = max(width, least.width())
            least.setHeight(layout.minimumHeightForWidth(wide))
        return least
