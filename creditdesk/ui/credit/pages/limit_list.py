"""An insurer's list of decisions, drawn."""

from PySide6.QtWidgets import QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.credit.limit_list import LimitListPresenter
from creditdesk.ui.credit.pasted_page import OwnerWords, PastedListPage, owner_box
from creditdesk.ui.parts.shell import Shell
from creditdesk.workspace import Workspace

RAIL = "buyers"


class LimitListPage(PastedListPage):
    """Under one policy."""

    title = N_("List of decisions")
    recorded_words = N_("{count} decisions are recorded.")
    search = N_("Filter buyers, decisions…")

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        self._presenter = page = LimitListPresenter(workspace, shell.wording)
        chosen = page.policy.id if page.policy else None
        words = OwnerWords("policy", N_("Policy"), N_("Choose the policy"))
        self.policy = owner_box(shell, words, page.policies, chosen)
        self.policy.activated.connect(self._choose_policy)
        super().__init__(shell, page, self.policy)

    def _make_days(self) -> None:
        page = self._presenter
        self.start = self._day(
            N_("Rows without a day count from"),
            lambda: page.needs_day,
            page.choose_start,
        )

    def _choose_policy(self, _place: int) -> None:
        self._presenter.choose_policy(self.policy.currentData())

    def _record_words(self, count: int) -> str:
        return self._shell.wording.plural(
            N_("Record {count} decision"), N_("Record {count} decisions"), count
        )


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return LimitListPage(workspace, shell)
