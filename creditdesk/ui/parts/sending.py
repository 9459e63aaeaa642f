"""What is said once a letter went out: the paper that proves it, the day and the way."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.parts.form import Form
from creditdesk.ui.parts.form_view import FormView
from creditdesk.ui.parts.paper_slot import PaperSlot
from creditdesk.ui.parts.shell import Shell


class SendingPart(QWidget):
    """A slot for the receipt and the form; `record` is called once the form is sound."""

    def __init__(
        self,
        shell: Shell,
        form: Form,
        taken: Callable[[Path | None], object],
        record: Callable[[], object],
    ) -> None:
        super().__init__()
        say = shell.wording
        self.form = form
        self.receipt = PaperSlot(
            say,
            say(N_("Courier slip, sent e-mail or stamped copy: drop it here")),
            say(N_("Add the receipt…")),
            taken,
        )
        self.view = FormView(
            form, shell, act=say(N_("Record as sent")), always=True, saved=record
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.receipt)
        layout.addWidget(self.view)
