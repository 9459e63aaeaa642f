"""The statement of account, drawn as it will be printed, for any period."""

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.ledger.statement import StatementPresenter
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.paper_page import PaperPage
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import label
from creditdesk.workspace import Workspace

RAIL = "buyers"


class StatementPage(PaperPage):
    """Choose the period; what is shown is what is printed."""

    def __init__(self, workspace: Workspace, shell: Shell, buyer: int) -> None:
        say = shell.wording
        self._presenter = StatementPresenter(workspace, say, buyer)
        excel = button(say(N_("Save as Excel…")), self._save_workbook)
        super().__init__(
            workspace, shell, self._presenter, before=(excel,), role="primary"
        )
        self.first = _day(self._presenter.start, say(N_("From")))
        self.last = _day(self._presenter.end, say(N_("To")))
        for each in (self.first, self.last):
            each.dateChanged.connect(self._change_period)
        start, end = label(say(N_("From")), "quiet"), label(say(N_("To")), "quiet")
        self.fault = label(say(N_("The period ends before it begins.")), "danger")
        self.body.addLayout(row(start, self.first, end, self.last, None))
        self.body.addWidget(self.fault)
        self.body.addWidget(self.preview, 1)
        self.fault.hide()
        self.recount()

    def _change_period(self, _day: QDate) -> None:
        self._presenter.start = _of(self.first)
        self._presenter.end = _of(self.last)
        self.fault.setVisible(not self._presenter.there)
        self.recount()

    def _save_workbook(self) -> None:
        if self._presenter.there:
            title = self._shell.wording(N_("Save the statement"))
            messages.choose_target(
                self, title, self._presenter.workbook_name, self.save_to
            )


def _day(day: date, name: str) -> QDateEdit:
    made = QDateEdit(QDate(day.year, day.month, day.day))
    made.setCalendarPopup(True)
    made.setDisplayFormat("yyyy-MM-dd")
    made.setAccessibleName(name)
    return made


def _of(field: QDateEdit) -> date:
    day = field.date()
    return date(day.year(), day.month(), day.day())


def build(workspace: Workspace, shell: Shell, buyer: int = 0) -> QWidget:
    """The page."""
    return StatementPage(workspace, shell, buyer)
