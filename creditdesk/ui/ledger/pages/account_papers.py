"""The papers of an account, drawn: the statement or the confirmation as it will be printed, for any period."""

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QComboBox, QDateEdit, QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.ledger.account_papers import (
    TITLES,
    AccountPapersPresenter,
    Paper,
)
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.paper_page import PaperPage
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import label
from creditdesk.workspace import Workspace

RAIL = "buyers"


class AccountPapersPage(PaperPage):
    """Choose the paper and the period; what is shown is what is printed."""

    def __init__(
        self, workspace: Workspace, shell: Shell, buyer: int, paper: Paper
    ) -> None:
        say = shell.wording
        presenter = AccountPapersPresenter(workspace, say, buyer)
        presenter.paper = paper
        self._presenter = presenter
        self._excel = button(say(N_("Save as Excel…")), self._save_workbook)
        super().__init__(
            workspace, shell, presenter, before=(self._excel,), role="primary"
        )
        self.chosen = QComboBox()
        self.chosen.setAccessibleName(say(N_("Paper")))
        for kind in Paper:
            self.chosen.addItem(say(TITLES[kind]), kind.value)
        self.chosen.setCurrentIndex(self.chosen.findData(presenter.paper.value))
        self.chosen.activated.connect(self._choose)
        self.first = _day(presenter.start, say(N_("From")))
        self.last = _day(presenter.end, say(N_("To")))
        for each in (self.first, self.last):
            each.dateChanged.connect(self._change_period)
        self._from = label(say(N_("From")), "quiet")
        self._to = label("", "quiet")
        self.fault = label(role="danger", wrap=True)
        self.body.addLayout(
            row(self.chosen, 8, self._from, self.first, self._to, self.last, None)
        )
        self.body.addWidget(self.fault)
        self.body.addWidget(self.preview, 1)
        self._draw()
        self.recount()

    def _choose(self, _place: int) -> None:
        self._presenter.paper = Paper(self.chosen.currentData())
        self._draw()
        self.recount()

    def _change_period(self, _day: QDate) -> None:
        self._presenter.start = _of(self.first)
        self._presenter.end = _of(self.last)
        self._draw()
        self.recount()

    def _draw(self) -> None:
        say, presenter = self._shell.wording, self._presenter
        whole = presenter.paper is Paper.STATEMENT
        for each in (self._from, self.first, self._excel):
            each.setVisible(whole)
        self._to.setText(say(N_("To")) if whole else say(N_("On")))
        self.retitle(presenter.title, presenter.said)
        self.fault.setVisible(not presenter.there)
        self.fault.setText(say(N_("The period ends before it begins.")))

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


def build(
    workspace: Workspace, shell: Shell, buyer: int = 0, paper: str = "statement"
) -> QWidget:
    """The page."""
    return AccountPapersPage(workspace, shell, buyer, Paper(paper))
