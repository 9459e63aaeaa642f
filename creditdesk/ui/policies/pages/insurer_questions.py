"""The questions to the insurer, drawn: the letter as it will be printed, in either language."""

from PySide6.QtWidgets import QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.policies.insurer_questions import InsurerQuestionsPresenter
from creditdesk.ui.parts.controls import button, empty
from creditdesk.ui.parts.letter_page import LetterPage
from creditdesk.ui.parts.shell import Shell
from creditdesk.workspace import Workspace

RAIL = "policies"


class InsurerQuestionsPage(LetterPage):
    """From what is to be asked to a letter on paper."""

    def __init__(self, workspace: Workspace, shell: Shell, policy: int) -> None:
        say = shell.wording
        presenter = InsurerQuestionsPresenter(workspace, say, policy)
        self._presenter = presenter
        super().__init__(workspace, shell, presenter, role="primary")
        self.body.addWidget(self.preview, 1)
        if not presenter.there:
            self.preview.hide()
            back = button(say(N_("Contract review")), self._to_review)
            sentence = N_(
                "Nothing is to be asked yet. Mark the questions of the contract review for the insurer."
            )
            self.body.addWidget(empty(say(sentence), back), 1)
        self.recount()

    def recount(self) -> None:
        """Write the letter anew to look at, with what is to be asked now."""
        self._presenter.reload()
        super().recount()

    def _to_review(self) -> None:
        self._shell.go("contract_review", policy=self._presenter.policy)


def build(workspace: Workspace, shell: Shell, policy: int = 0) -> QWidget:
    """The page."""
    return InsurerQuestionsPage(workspace, shell, policy)
