"""A line above Today: what a person should know of the backups."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from creditdesk.i18n import N_
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.backups import Reminder
from creditdesk.ui.parts.controls import button
from creditdesk.ui.parts.flow import Flow
from creditdesk.ui.parts.text import label


class ReminderBand(QFrame):
    """The reminder with the way to the settings; one that is optional can be put off for good."""

    def __init__(
        self,
        wording: Wording,
        reminder: Reminder,
        to_settings: Callable[[], object],
        put_off: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setProperty("role", "band" if reminder.optional else "notice")
        self._put_off = put_off
        said = label(wording.message(reminder.said), wrap=True)
        inside = Flow(said)
        inside.setContentsMargins(12, 6, 8, 6)
        self.setLayout(inside)
        inside.addWidget(button(wording(N_("Settings")), to_settings, role="flat"))
        if reminder.optional:
            never = wording(N_("Don't remind me"))
            inside.addWidget(button(never, self._never, role="flat"))

    def _never(self) -> None:
        self._put_off()
        self.hide()
