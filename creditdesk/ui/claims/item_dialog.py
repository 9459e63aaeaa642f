"""Asks for an item of the firm's own: what it is called, why it is asked for, who supplies it, for which claims."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (  # fmt: skip
    QCheckBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.claims.own_items import OwnItems
from creditdesk.presenters.parts.form import Option
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.text import label

_WIDTH: Final = 480


class ItemDialog(QDialog):
    """Kept as soon as it has a name; what is wrong with it is said in the dialog."""

    def __init__(self, parent: QWidget, wording: Wording, items: OwnItems) -> None:
        super().__init__(parent)
        self.setWindowTitle("CreditDesk")
        self.setMinimumWidth(_WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._wording, self._items = wording, items
        self.title = self._line(N_("What it is called"))
        self.why = self._line(N_("Why it is asked for"))
        self.supplier = _choice(items.suppliers, wording(N_("Supplied by")))
        self.reach = _choice(items.reaches, wording(N_("For which claims")))
        self.mandatory = QCheckBox(wording(N_("No claim is complete without it")))
        self.mandatory.setChecked(True)
        self._fault = label(role="fault", wrap=True)
        self._fault.hide()
        self.yes = button(wording(N_("Add it")), self.agree, role="primary")
        inside = QVBoxLayout(self)
        inside.setSpacing(10)
        inside.addWidget(label(wording(N_("Add an item to the checklist")), "section"))
        inside.addWidget(self.title)
        inside.addWidget(self.why)
        inside.addLayout(row(label(wording(N_("Supplied by")), "quiet"), self.supplier))
        inside.addLayout(
            row(label(wording(N_("For which claims")), "quiet"), self.reach)
        )
        inside.addWidget(self.mandatory)
        inside.addWidget(self._fault)
        inside.addLayout(row(None, button(wording(N_("Cancel")), self.reject), self.yes))  # fmt: skip

    def agree(self) -> None:
        """Keep it, or say what is wrong with it."""
        try:
            self._items.add(
                self.title.text(),
                self.why.text(),
                str(self.supplier.currentData()),
                str(self.reach.currentData()),
                mandatory=self.mandatory.isChecked(),
            )
        except UserError as error:
            self._fault.setText(self._wording.message(error.said))
            self._fault.show()
        else:
            self.accept()

    def _line(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setPlaceholderText(self._wording(name))
        made.setAccessibleName(self._wording(name))
        return made


def _choice(options: tuple[Option, ...], name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)  # fmt: skip
    made.setMinimumContentsLength(24)
    for option in options:
        made.addItem(option.words, option.value)
    return made
