"""Asks what kind of package is made: draft or final, and how it is bound; nothing blocks."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from creditdesk.domain.claim.manner import Manner
from creditdesk.i18n import N_
from creditdesk.presenters.claims.package_choices import Choices, switches
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.text import label

_WIDTH: Final = 520
_FIGURE: Final = 96
_MOST_MEGABYTES: Final = 999
_USUAL_MEGABYTES: Final = 20
_DRAFT: Final = N_("What is missing or assumed is marked on it.")
_FINAL: Final = N_(
    "Without these marks; you are asked first where something is still missing."
)
_VOLUMES: Final = N_(
    "Page numbers run on over the volumes, and each says which it is. "
    "Mail programs send a file about a third larger than it is."
)


class PackageDialog(QDialog):
    """The question; `then` is told the choices. A final package is asked for once more, by `final_question`."""

    def __init__(
        self,
        parent: QWidget,
        wording: Wording,
        begun: Choices,
        final_question: Callable[[], str],
        then: Callable[[Choices], object],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("CreditDesk")
        self.setMinimumWidth(_WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._wording, self._final_question, self._then = wording, final_question, then
        self.draft = QRadioButton(wording(N_("Draft, for the house")))
        self.final = QRadioButton(wording(N_("Final, for the insurer")))
        (self.final if begun.final else self.draft).setChecked(True)
        inside = QVBoxLayout(self)
        inside.setSpacing(8)
        inside.addWidget(label(wording(N_("Make a claim package")), "section"))
        inside.addWidget(self.draft)
        inside.addWidget(_hint(wording(_DRAFT)))
        inside.addWidget(self.final)
        inside.addWidget(_hint(wording(_FINAL)))
        inside.addSpacing(6)
        inside.addWidget(label(wording(N_("How it is bound")), "section"))
        self.switches: dict[str, QCheckBox] = {}
        for choice in switches(wording):
            box = QCheckBox(choice.title)
            box.setChecked(choice.offered and bool(getattr(begun.manner, choice.key)))
            box.setEnabled(choice.offered)
            self.switches[choice.key] = box
            inside.addWidget(box)
            if choice.hint:
                inside.addWidget(_hint(choice.hint))
        inside.addLayout(self._limit(begun))
        inside.addWidget(_hint(wording(_VOLUMES)))
        self.yes = button(wording(N_("Make the package")), self.agree, role="primary")
        self.yes.setDefault(True)
        away = button(wording(N_("Cancel")), self.reject)
        inside.addSpacing(6)
        inside.addLayout(row(None, away, self.yes))

    @property
    def choices(self) -> Choices:
        """What is chosen now."""
        chosen = {key: box.isChecked() for key, box in self.switches.items()}
        most = self.megabytes.value() if self.divided.isChecked() else None
        return Choices(self.final.isChecked(), Manner(megabytes=most, **chosen))

    def agree(self) -> None:
        """Hand the choices over; a final package only after its question."""
        if not self.final.isChecked():
            self._decide()
            return
        yes = self._wording(N_("Make the final package"))
        messages.ask(self, self._wording, self._final_question(), yes, self._decide)

    def _decide(self) -> None:
        chosen = self.choices
        self.accept()
        self._then(chosen)

    def _limit(self, begun: Choices) -> QVBoxLayout:
        wording, most = self._wording, begun.manner.megabytes
        self.divided = QCheckBox(
            wording(N_("In volumes, for a mailbox that takes files of at most"))
        )
        self.divided.setChecked(most is not None)
        self.megabytes = QSpinBox()
        self.megabytes.setRange(1, _MOST_MEGABYTES)
        self.megabytes.setValue(most or _USUAL_MEGABYTES)
        self.megabytes.setSuffix(" MB")
        self.megabytes.setMinimumWidth(_FIGURE)
        self.megabytes.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.megabytes.setAccessibleName(wording(N_("Largest file in MB")))
        self.megabytes.setEnabled(self.divided.isChecked())
        self.divided.toggled.connect(self.megabytes.setEnabled)
        made = QVBoxLayout()
        made.addLayout(row(self.divided, self.megabytes, None))
        return made


def _hint(text: str) -> QWidget:
    made = label(text, "small", wrap=True)
    made.setContentsMargins(24, 0, 0, 2)
    return made
