"""A form that is opened above a list, kept or put away."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.parts.form import Form
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.form_view import FormView
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import label


class EntryBand(QFrame):
    """One form with its title; hidden until it is opened. `above`: what stands over it. `turned`: it came or went."""

    turned = Signal()

    def __init__(  # noqa: PLR0913 - how it is dressed, by name
        self,
        form: Form,
        shell: Shell,
        *,
        title: str,
        act: str,
        kept: Callable[[], object],
        columns: int = 2,
        above: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._form = form
        self._kept = kept
        self.title = label(title, "section")
        self.form = FormView(
            form, shell, columns=columns, act=act, always=True, saved=self._saved
        )
        away = button(shell.wording(N_("Close")), self.put_away, role="flat")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(10)
        inside.addLayout(row(self.title, None, away))
        if above is not None:
            inside.addWidget(above)
        inside.addWidget(self.form)
        self.hide()

    def open(self) -> None:
        """Show it and begin to type."""
        self.show()
        self.turned.emit()
        self.form.focus_first()

    def put_away(self) -> None:
        """Drop what was typed."""
        self._form.drop()
        self._go()

    def is_dirty(self) -> bool:
        """Whether something was begun."""
        return not self.isHidden() and self._form.is_dirty()

    def save(self) -> bool:
        """Keep it; whether it worked."""
        return self._form.save()

    def _saved(self) -> None:
        self._go()
        self._kept()

    def _go(self) -> None:
        self.hide()
        self.turned.emit()
