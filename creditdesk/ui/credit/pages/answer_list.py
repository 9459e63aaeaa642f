"""Answers to balance confirmations, drawn."""

from PySide6.QtWidgets import QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.credit.answer_list import AnswerListPresenter
from creditdesk.ui.credit.pasted_page import OwnerWords, PastedListPage, owner_box
from creditdesk.ui.parts.shell import Shell
from creditdesk.workspace import Workspace

RAIL = "buyers"


class AnswerListPage(PastedListPage):
    """Of one client's buyers."""

    title = N_("Answers to balance confirmations")
    recorded_words = N_("{count} answers are recorded.")
    search = N_("Filter buyers, answers…")

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        self._presenter = page = AnswerListPresenter(workspace, shell.wording)
        words = OwnerWords("client", N_("Client"), N_("Choose the client"))
        self.client = owner_box(shell, words, page.clients, page.client)
        self.client.activated.connect(self._choose_client)
        super().__init__(shell, page, self.client)

    def _make_days(self) -> None:
        page = self._presenter
        self.balance_day = self._day(
            N_("Balances were asked as of"),
            lambda: page.needs_balance_day,
            page.choose_balance_day,
        )
        self.answered = self._day(
            N_("Rows without a day were answered on"),
            lambda: page.needs_day,
            page.choose_answered,
        )

    def _choose_client(self, _place: int) -> None:
        self._presenter.choose_client(self.client.currentData())

    def _record_words(self, count: int) -> str:
        return self._shell.wording.plural(
            N_("Record {count} answer"), N_("Record {count} answers"), count
        )


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return AnswerListPage(workspace, shell)
