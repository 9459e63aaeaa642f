"""A refusal that no field stands for: over the page's title, so that nothing below it moves, until it is closed."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import button
from creditdesk.ui.parts.text import label

_WIDE, _SHARE = 640, 0.7
_INSET = 12


class Trouble(QFrame):
    """Lies over `page`, the place where pages are shown; the actions at the right stay free."""

    def __init__(self, wording: Wording, whole: QWidget, page: QWidget) -> None:
        super().__init__(whole)
        self._page = page
        self.setProperty("role", "trouble")
        self.said = label(role="danger", wrap=True)
        line = QHBoxLayout(self)
        line.addWidget(self.said, 1)
        line.addWidget(button(wording(N_("Close")), self.hide, role="flat"))
        page.installEventFilter(self)
        self.hide()

    def say(self, text: str) -> None:
        """Show it."""
        self.said.setText(text)
        self.setAccessibleName(text)
        self.show()
        self._place()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The page has another size."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move} and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        room = self._page.geometry()
        wide = min(theme.px(_WIDE), round(room.width() * _SHARE))
        high = max(self.heightForWidth(wide), self.minimumSizeHint().height())
        self.setGeometry(room.left() + _INSET, room.top() + _INSET, wide, high)
