"""Shows a PDF: thumbnails at the left, one large page, its number, and zoom."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QIntValidator, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from creditdesk.i18n import N_
from creditdesk.jobs import Runner
from creditdesk.presenters.parts.preview import PreviewPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports.pages import NotShown
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.flow import Flow
from creditdesk.ui.parts.printing import image_of
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.thumbnails import Thumbnails

_MARGIN = 24
_SETTLED = 120


class Preview(QWidget):
    """A PDF to look at. The page before and after also come with Page Up and Page Down."""

    def __init__(self, runner: Runner, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self.presenter = PreviewPresenter(runner)
        self.thumbs = Thumbnails(self.presenter, wording)
        self._sheet = label()
        self._sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sheet.setWordWrap(True)
        self._area = QScrollArea()
        self._area.setWidget(self._sheet)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName(wording(N_("Page")))
        self._settle = QTimer(self, singleShot=True, interval=_SETTLED)
        self._settle.timeout.connect(self._turn)
        frame = QFrame()
        frame.setProperty("role", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.addLayout(self._make_bar())
        inside.addWidget(self._area, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.thumbs)
        layout.addWidget(frame, 1)
        self.presenter.opened.connect(self._open)
        self.presenter.turned.connect(self._turned)
        self.presenter.drawn.connect(self._draw)
        self.destroyed.connect(self.presenter.close)

    def show_file(self, path: Path) -> None:
        """Show another PDF."""
        self.presenter.open(path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Down turn the page; plus and minus change the size."""
        acts: dict[int, Callable[[], object]] = {
            Qt.Key.Key_PageDown: self.next_page,
            Qt.Key.Key_PageUp: self.page_before,
            Qt.Key.Key_Plus: self.enlarge,
            Qt.Key.Key_Minus: self.reduce,
        }
        act = acts.get(event.key())
        if act:
            act()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A page that fits keeps fitting."""
        super().resizeEvent(event)
        self._settle.start()

    def next_page(self) -> None:
        """One page on."""
        self.presenter.go_to(self.presenter.page + 1)

    def page_before(self) -> None:
        """One page back."""
        self.presenter.go_to(self.presenter.page - 1)

    def enlarge(self) -> None:
        """The next larger size."""
        self.presenter.enlarge(self._room())

    def reduce(self) -> None:
        """The next smaller size."""
        self.presenter.reduce(self._room())

    def _make_bar(self) -> Flow:
        say = self._wording
        self.number = QLineEdit()
        self.number.setValidator(QIntValidator(1, 99999, self.number))
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.setFixedWidth(theme.px(56))
        self.number.setAccessibleName(say(N_("Page number")))
        self.number.editingFinished.connect(self._typed)
        self._of = label(role="quiet")
        self._size = label(role="quiet")
        return row(
            _small("ri.arrow-up-s-line", say(N_("Page before")), self.page_before),
            _small("ri.arrow-down-s-line", say(N_("Next page")), self.next_page),
            self.number,
            self._of,
            None,
            self._size,
            _small("ri.zoom-out-line", say(N_("Smaller")), self.reduce),
            _small("ri.zoom-in-line", say(N_("Larger")), self.enlarge),
            button(say(N_("Fit width")), self.presenter.fit, role="flat"),
            spacing=6,
        )

    def _open(self, _nothing: None) -> None:
        count = self.presenter.count
        self._of.setText(self._wording(N_("of {count}"), count=count))
        # Thumbnails come and go with the number of pages, and leave the page another room.
        self._settle.start()

    def _turned(self, _nothing: None) -> None:
        self.number.setText(str(self.presenter.page))
        self._area.verticalScrollBar().setValue(0)
        self._turn()

    def _turn(self) -> None:
        room = self._room()
        if self.presenter.count:
            self._size.setText(f"{self.presenter.percent(room)} %")
        width = self.presenter.width(room) * self.devicePixelRatioF()
        self.presenter.ask(round(width))

    def _room(self) -> int:
        return max(200, self._area.viewport().width() - _MARGIN)

    def _typed(self) -> None:
        text = self.number.text()
        if text != str(self.presenter.page):
            self.presenter.go_to(int(text))

    def _draw(self, _nothing: None) -> None:
        shown = self.presenter.shown
        if isinstance(shown, NotShown):
            self._sheet.setText(self._wording.message(shown.reason))
        elif shown is not None:
            picture = QPixmap.fromImage(image_of(shown))
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            self._sheet.setPixmap(picture)


def _small(picture: str, word: str, pressed: Callable[[], object]) -> QWidget:
    made = button("", pressed, picture=picture, hint=word, role="flat")
    made.setFixedWidth(32)
    return made
