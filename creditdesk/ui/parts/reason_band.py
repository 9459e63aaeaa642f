"""One line in which a person says why something is taken back."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from creditdesk.i18n import N_
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts.controls import button


class ReasonBand(QFrame):
    """Hidden until it is asked for; `given` is told the reason, and refuses by raising where it is missing.

    `others`: further answers the same line may be given with, by title.
    """

    def __init__(
        self,
        wording: Wording,
        question: str,
        act: str,
        given: Callable[[str], object],
        others: Iterable[tuple[str, Callable[[str], object]]] = (),
    ) -> None:
        super().__init__()
        self.setProperty("role", "band")
        self._given = given
        self.line = QLineEdit()
        self.line.setPlaceholderText(question)
        self.line.setAccessibleName(question)
        self.line.returnPressed.connect(self.give)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.addWidget(self.line, 1)
        inside.addWidget(button(wording(N_("Cancel")), self.hide))
        for title, taken in others:
            inside.addWidget(button(title, partial(self._hand_to, taken)))
        inside.addWidget(button(act, self.give))
        self.hide()

    def ask(self) -> None:
        """Show it, empty."""
        self.line.clear()
        self.show()
        self.line.setFocus()

    def give(self) -> None:
        """Hand the reason over."""
        self._given(self.line.text())

    def _hand_to(self, taken: Callable[[str], object]) -> None:
        taken(self.line.text())
