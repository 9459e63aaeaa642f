"""The pages of a PDF, small, one below the other. Only those that can be seen are drawn."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QIcon, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget, QListWidgetItem

from creditdesk.i18n import N_
from creditdesk.presenters.parts.preview import PreviewPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports.pages import NotShown, Picture
from creditdesk.ui.parts.printing import image_of

_WIDTH = 96
_HEIGHT = 136
_STRIP = 148
_SETTLED = 60


class Thumbnails(QListWidget):
    """Hidden while there is only one page."""

    def __init__(self, presenter: PreviewPresenter, wording: Wording) -> None:
        super().__init__()
        self._presenter = presenter
        self._waiting: list[int] = []
        self._busy = False
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(_WIDTH, _HEIGHT))
        self.setGridSize(QSize(_STRIP - 24, _HEIGHT + 32))
        self.setFixedWidth(_STRIP)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(wording(N_("Pages")))
        self._settle = QTimer(self, singleShot=True, interval=_SETTLED)
        self._settle.timeout.connect(self._want_visible)
        self.currentRowChanged.connect(self._picked)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        presenter.opened.connect(self._open)
        presenter.turned.connect(self._turn)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More may be seen."""
        super().resizeEvent(event)
        self._settle.start()

    def _open(self, _nothing: None) -> None:
        self._waiting.clear()
        self._busy = False
        self.clear()
        blank = QPixmap(_WIDTH, _HEIGHT)
        blank.fill(Qt.GlobalColor.white)
        for number in range(1, self._presenter.count + 1):
            self.addItem(QListWidgetItem(QIcon(blank), str(number)))
        self.setVisible(self._presenter.count > 1)
        self._settle.start()

    def _turn(self, _nothing: None) -> None:
        self.setCurrentRow(self._presenter.page - 1)

    def _picked(self, place: int) -> None:
        if place >= 0 and place + 1 != self._presenter.page:
            self._presenter.go_to(place + 1)

    def _scrolled(self, _value: int) -> None:
        self._settle.start()

    def _want_visible(self) -> None:
        height = self.gridSize().height()
        first = self.verticalScrollBar().value() // height
        last = min(self.count(), first + self.viewport().height() // height + 2)
        role = Qt.ItemDataRole.UserRole
        self._waiting = [
            place for place in range(first, last) if self.item(place).data(role) is None
        ]
        self._next()

    def _next(self) -> None:
        """One at a time, so that the page itself never waits behind a row of small ones."""
        if self._busy or not self._waiting:
            return
        place = self._waiting.pop(0)
        self._busy = True

        def done(picture: Picture | NotShown) -> None:
            self._busy = False
            item = self.item(place)
            item.setData(Qt.ItemDataRole.UserRole, "drawn")
            if not isinstance(picture, NotShown):
                item.setIcon(QIcon(QPixmap.fromImage(image_of(picture))))
            self._next()

        self._presenter.picture(place + 1, _WIDTH, done)
