"""The top bar: whose books, what to look for, what day it is."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from creditdesk.i18n import N_
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import button
from creditdesk.ui.parts.find_box import FindBox
from creditdesk.ui.parts.text import as_written, label

if TYPE_CHECKING:
    from creditdesk.presenters.desk.search import SearchPresenter, Suggestion
    from creditdesk.ui.window.memory import Beside

_DELAY = 120
MANAGE = "manage"
"""What the last line of the client switcher stands for."""


class SearchField(QLineEdit):
    """Ctrl+K: offers what matches while one types; Enter opens the first."""

    def __init__(
        self, wording: Wording, opened: Callable[["Suggestion"], object]
    ) -> None:
        super().__init__()
        self._opened = opened
        self._presenter: SearchPresenter | None = None
        self._timer = QTimer(self, singleShot=True, interval=_DELAY)
        self._timer.timeout.connect(self._ask)
        self._list = QListWidget(self)
        self._list.setWindowFlags(Qt.WindowType.ToolTip)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        hint = wording(N_("Find buyers, invoices, policies, claims…"))
        self.setPlaceholderText(f"{hint}  {as_written('Ctrl+K')}")
        self.setAccessibleName(hint)
        self.setMaximumWidth(theme.px(340))
        self.textChanged.connect(lambda _text: self._timer.start())
        self._list.itemClicked.connect(self._open)

    def serve(self, presenter: "SearchPresenter") -> None:
        """From now on there is something to search."""
        self._presenter = presenter
        presenter.changed.connect(self._draw)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the list, Enter opens, Esc closes."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._list.isVisible():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._list.setCurrentRow(
                max(0, min(self._list.count() - 1, self._list.currentRow() + step))
            )
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._list.count()
        ):
            self._open(self._list.item(max(0, self._list.currentRow())))
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self._list.hide()
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list goes when the field is left."""
        self._list.hide()
        super().focusOutEvent(event)

    def _ask(self) -> None:
        if self._presenter:
            self._presenter.ask(self.text())

    def _draw(self, _nothing: None) -> None:
        assert self._presenter is not None  # noqa: S101 - it is what drew
        self._list.clear()
        for each in self._presenter.found:
            detail = f"  ·  {each.detail}" if each.detail else ""
            item = QListWidgetItem(
                f"{self._presenter.kind(each)}  {each.title}{detail}"
            )
            item.setData(Qt.ItemDataRole.UserRole, each)
            self._list.addItem(item)
        if not self._presenter.found or not self.hasFocus():
            self._list.hide()
            return
        self._list.setCurrentRow(0)
        # As wide as what is found, as long as the window has room for it.
        found = self._list.sizeHintForColumn(0) + 2 * self._list.frameWidth() + 24
        room = self.window().width() - self.mapTo(self.window(), QPoint()).x() - 12
        self._list.setFixedSize(
            max(420, self.width(), min(found, room)),
            min(360, 34 * self._list.count() + 8),
        )
        self._list.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        self._list.show()

    def _open(self, item: QListWidgetItem) -> None:
        chosen: Suggestion = item.data(Qt.ItemDataRole.UserRole)
        self.clear()
        self._list.hide()
        self._opened(chosen)


class TopBar(QWidget):
    """52 pixels on top."""

    def __init__(
        self,
        wording: Wording,
        chosen: Callable[[int | str | None], object],
        opened: Callable[["Suggestion"], object],
        walked: Callable[[int], object],
    ) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(theme.px(52))
        self._wording = wording
        self._chosen = chosen
        self._walked = walked
        self.clients = FindBox("client", wording)
        self.clients.setMinimumWidth(160)
        self.clients.setMaximumWidth(theme.px(220))
        self.clients.setAccessibleName(wording(N_("Client")))
        self.clients.activated.connect(self._choose)
        self.search = SearchField(wording, opened)
        self.day = label(role="quiet")
        self.place = label(role="quiet")
        self.before = self._step("‹", N_("The one before in the list"), "PgUp", -1)
        self.next = self._step("›", N_("The next one in the list"), "PgDn", 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 0, 20, 0)
        layout.addWidget(self.clients)
        for each in (self.before, self.place, self.next):
            layout.addWidget(each)
        self.show_place(None)
        layout.addStretch(1)
        layout.addWidget(self.search, 4)
        layout.addStretch(1)
        layout.addWidget(self.day)

    def _step(self, sign: str, does: str, keys: str, by: int) -> QPushButton:
        """A sign, not a picture: pictures load after the first look."""
        said = self._wording(does)
        made = button(sign, lambda: self._walked(by), role="flat", hint=f"{said}  {keys}")  # fmt: skip
        made.setAccessibleName(said)
        return made

    def show_place(self, rows: "Beside | None") -> None:
        """Which row of its list is shown, and whether there is one before and after; nothing without a list."""
        for each in (self.before, self.place, self.next):
            each.setVisible(rows is not None)
        if rows is not None:
            self.place.setText(f"{rows.place:,} / {rows.whole:,}")
            self.before.setEnabled(rows.step(-1) is not None)
            self.next.setEnabled(rows.step(1) is not None)

    def show_clients(
        self, clients: Sequence[tuple[int, str]], current: int | None
    ) -> None:
        """Offer these clients."""
        self.clients.clear()
        everyone = self._wording(N_("All clients ({count})"), count=len(clients))
        self.clients.addItem(everyone, None)
        for number, name in clients:
            self.clients.addItem(name, number)
        self.clients.insertSeparator(self.clients.count())
        self.clients.addItem(self._wording(N_("Manage clients…")), MANAGE)
        place = self.clients.findData(current)
        self.clients.setCurrentIndex(max(0, place))

    def _choose(self, place: int) -> None:
        self._chosen(self.clients.itemData(place))
