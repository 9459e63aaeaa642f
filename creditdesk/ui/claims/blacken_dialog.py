"""Shows the pages of a paper; what is drawn over is black in the package."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.claims.blackening import BlackeningPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports.pages import NotShown
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.printing import image_of
from creditdesk.ui.parts.sheet import Sheet
from creditdesk.ui.parts.text import label, set_role

_WIDTH: Final = 760
_SIZE: Final = (840, 800)
_HOW = N_(
    "Drag over what nobody is to read; click a black place to take it off. In the package the page is a picture; "
    "the original stays on the desk as it is."
)
_TYPED = N_("Places: page:left,top,width,height in millimetres, such as 2:10,20,60,5")


class BlackenDialog(QDialog):
    """`then` is told the places as they are typed, once somebody keeps them; it may raise what it refuses."""

    def __init__(
        self,
        parent: QWidget,
        wording: Wording,
        presenter: BlackeningPresenter,
        then: Callable[[str], object],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("CreditDesk")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._wording, self._presenter, self._then = wording, presenter, then
        self.sheet = Sheet(presenter, QColor(0, 0, 0, 190))
        self.sheet.setAccessibleName(wording(N_("Page")))
        area = QScrollArea()
        area.setWidget(self.sheet)
        area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.earlier = button(
            "◀", lambda: presenter.turn(-1), hint=wording(N_("Page before"))
        )
        self.later = button("▶", lambda: presenter.turn(1), hint=wording(N_("Next page")))  # fmt: skip
        self._number = label(role="quiet")
        self.typed = QLineEdit()
        self.typed.setPlaceholderText(wording(_TYPED))
        self.typed.setToolTip(wording(_TYPED))
        self.typed.setAccessibleName(wording(N_("Places blackened")))
        self.typed.editingFinished.connect(self._type)
        self._fault = label(role="fault", wrap=True)
        self.keep = button(wording(N_("Blacken them")), self._keep, role="primary")
        self.keep.setAutoDefault(False)
        inside = QVBoxLayout(self)
        inside.setSpacing(8)
        title = wording(N_("Blacken places of {name}"), name=presenter.name)
        inside.addWidget(label(title, "section"))
        inside.addWidget(label(wording(_HOW), "quiet", wrap=True))
        inside.addLayout(row(self.earlier, self.later, self._number, self.typed))
        inside.addWidget(area, 1)
        inside.addWidget(self._fault)
        away = button(wording(N_("Cancel")), self.reject)
        inside.addLayout(row(None, away, self.keep))
        presenter.changed.connect(self._draw)
        self.finished.connect(lambda _how: presenter.close())
        self._seen = 0
        self._draw(None)

    def _draw(self, _nothing: None) -> None:
        presenter, say = self._presenter, self._wording
        if self._seen != presenter.page:
            self._seen = presenter.page
            self._show_page()
        self.sheet.update()
        self._say("")
        self.typed.setText(presenter.text)
        told = N_("page {page} of {pages}")
        self._number.setText(say(told, page=presenter.page, pages=presenter.count))
        self.earlier.setEnabled(presenter.page > 1)
        self.later.setEnabled(presenter.page < presenter.count)

    def _show_page(self) -> None:
        ratio = self.devicePixelRatioF()
        picture = self._presenter.picture(round(_WIDTH * ratio))
        if isinstance(picture, NotShown):
            self.sheet.show_image(None)
            self._say(self._wording.message(picture.reason))
            return
        image = image_of(picture)
        image.setDevicePixelRatio(ratio)
        self.sheet.show_image(image)

    def _type(self) -> None:
        if self.typed.text() == self._presenter.text:
            return
        try:
            self._presenter.type(self.typed.text())
        except UserError as error:
            self._say(self._wording.message(error.said))

    def _keep(self) -> None:
        try:
            self._presenter.type(self.typed.text())
            self._then(self._presenter.text)
        except UserError as error:
            self._say(self._wording.message(error.said))
        else:
            self.accept()

    def _say(self, fault: str) -> None:
        self._fault.setText(fault)
        self._fault.setVisible(bool(fault))
        set_role(self.typed, "true" if fault else "", "faulty")
