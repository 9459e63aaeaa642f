"""Asks when a duty was done, and takes the paper that proves it; nothing blocks."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.parts.form import FormField
from creditdesk.presenters.parts.typed import FieldKind, read
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.watch.closing import DoneTold
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.fields import DayInput
from creditdesk.ui.parts.paper_slot import PaperSlot
from creditdesk.ui.parts.text import label

_WIDTH = 460


class DoneDialog(QDialog):
    """The question; `then` is told the answer once the day can be read and has come."""

    def __init__(
        self,
        parent: QWidget,
        wording: Wording,
        question: str,
        today: date,
        then: Callable[[DoneTold], object],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("CreditDesk")
        self.setMinimumWidth(_WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._wording, self._today, self._then = wording, today, then
        self._paper: Path | None = None
        field = FormField(
            key="on", label=wording(N_("Done on")), kind=FieldKind.DATE, required=True
        )
        self.day = DayInput(field, wording)
        self.day.show_text(today.isoformat())
        self.remark = QLineEdit()
        self.remark.setPlaceholderText(wording(N_("Remark, where there is one")))
        self.remark.setAccessibleName(wording(N_("Remark, where there is one")))
        self.paper = PaperSlot(
            wording,
            wording(N_("What proves it: drop it here")),
            wording(N_("Add the paper…")),
            self._take_paper,
        )
        self.fault = label(role="fault", wrap=True)
        self.fault.hide()
        inside = QVBoxLayout(self)
        inside.setSpacing(10)
        inside.addWidget(label(question, wrap=True))
        inside.addLayout(row(label(field.label, "quiet"), self.day, None))
        inside.addWidget(self.remark)
        inside.addWidget(self.paper)
        inside.addWidget(self.fault)
        self.yes = button(wording(N_("Mark as done")), self.agree, role="primary")
        away = button(wording(N_("Cancel")), self.reject)
        inside.addLayout(row(None, away, self.yes))

    def agree(self) -> None:
        """Hand the answer over, or say what is wrong with the day."""
        try:
            on = read(FieldKind.DATE, self.day.text())
        except UserError as error:
            self._say(self._wording.message(error.said))
            return
        if not isinstance(on, date) or on > self._today:
            said = N_("Enter the day it was done, today or earlier.")
            self._say(self._wording(said))
            return
        self._then(DoneTold(on, self.remark.text().strip(), self._paper))
        self.accept()

    def _say(self, fault: str) -> None:
        self.fault.setText(fault)
        self.fault.show()
        self.day.mark(fault)

    def _take_paper(self, path: Path | None) -> None:
        self._paper = path
