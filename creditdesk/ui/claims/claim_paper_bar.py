"""Under the files of a checklist item: how the chosen one is bound, and what was done with its original."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.claims.claim_papers import PaperPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.claims import EvidenceLine, PaperMark
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import button, row, toggle
from creditdesk.ui.parts.text import fault_line, label, set_role

_FIELD = 106
_PAGES_HINT = N_("Write 1-3,5 to bind these pages alone; nothing of the others goes into the package.")  # fmt: skip
_TURNS_HINT = N_("Write 90, 180 or 270 to turn all pages, 2:90 to turn the second.")

_BLACK_HINT = N_("Hide places of PDFs and pictures from the insurer; the original stays on the desk.")  # fmt: skip


class PaperBar(QWidget):
    """One row; gone where the item has no file. `place` is the paper's among those of its item, from 1."""

    def __init__(
        self,
        presenter: PaperPresenter,
        wording: Wording,
        chosen: Callable[[], tuple[EvidenceLine, int, int] | None],
        blacken: Callable[[EvidenceLine], object],
    ) -> None:
        super().__init__()
        self._presenter = presenter
        self._wording = wording
        self._chosen = chosen
        self.pages = self._field(N_("Pages bound"), N_("all pages"), _PAGES_HINT)
        self.turns = self._field(N_("Turn clockwise"), N_("as they are"), _TURNS_HINT)
        self.up = button(
            "↑", lambda: self._move(-1), hint=wording(N_("Earlier in the package"))
        )
        self.down = button(
            "↓", lambda: self._move(1), hint=wording(N_("Later in the package"))
        )
        self.black = button(
            wording(N_("Blacken…")), self._ask_black, hint=wording(_BLACK_HINT)
        )
        self._blacken = blacken
        self.checked = toggle(
            wording(N_("Original checked")),
            lambda on: self._mark(PaperMark.CHECKED, on=on),
        )
        self.sealed = toggle(
            wording(N_("Copy sealed")), lambda on: self._mark(PaperMark.SEALED, on=on)
        )
        self._fault = fault_line()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(
            row(
                label(wording(N_("Pages bound")), "small"),
                self.pages,
                label(wording(N_("Turn clockwise")), "small"),
                self.turns,
                None,
                self.up,
                self.down,
            )
        )
        layout.addLayout(row(self.black, None, self.checked, self.sealed))
        layout.addWidget(self._fault)
        # Drawn when it has its place: shown before, it would be a window of its own.
        self.hide()

    def draw(self) -> None:
        """The chosen paper as it is now."""
        found = self._chosen()
        self.setVisible(found is not None)
        self._say("")
        if found is None:
            return
        line, place, count = found
        if not self.pages.hasFocus():
            self.pages.setText(line.excerpt.pages)
        if not self.turns.hasFocus():
            self.turns.setText(line.excerpt.turns)
        self.black.setEnabled(self._presenter.can_blacken(line))
        self.black.setText(self._presenter.blackened(line))
        self.up.setEnabled(place > 1)
        self.down.setEnabled(place < count)
        for flag, on in (
            (self.checked, line.checked_on),
            (self.sealed, line.sealed_on),
        ):
            with QSignalBlocker(flag):
                flag.setChecked(on is not None)
            flag.setToolTip(self._presenter.marked(line))

    def _field(self, name: str, empty: str, hint: str) -> QLineEdit:
        made = QLineEdit()
        made.setFixedWidth(theme.px(_FIELD))
        made.setAccessibleName(self._wording(name))
        made.setPlaceholderText(self._wording(empty))
        made.setToolTip(self._wording(hint))
        made.editingFinished.connect(self._bind)
        return made

    def _bind(self) -> None:
        found = self._chosen()
        if found is None:
            return
        try:
            self._presenter.bind(found[0], self.pages.text(), self.turns.text())
        except UserError as error:
            self._say(self._wording.message(error.said))
        else:
            self._say("")

    def _move(self, by: int) -> None:
        found = self._chosen()
        if found is not None:
            line, place, _ = found
            self._presenter.move(line, place + by)

    def _ask_black(self) -> None:
        found = self._chosen()
        if found is not None:
            self._blacken(found[0])

    def _mark(self, what: PaperMark, *, on: bool) -> None:
        found = self._chosen()
        if found is not None:
            self._presenter.mark(found[0], what, on=on)

    def _say(self, fault: str) -> None:
        self._fault.setText(fault)
        self._fault.setVisible(bool(fault))
        set_role(self.pages, "true" if fault else "", "faulty")
