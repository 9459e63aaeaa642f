"""A client's own credit rules, drawn."""

from PySide6.QtWidgets import QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.credit.credit_rules import RulesPresenter
from creditdesk.ui.parts.controls import button, card
from creditdesk.ui.parts.form_view import FormView
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.workspace import Workspace

RAIL = "settings"


class CreditRulesPage(Page):
    """One form; what is kept is a new version from its day on."""

    def __init__(self, workspace: Workspace, shell: Shell, client: int) -> None:
        say = shell.wording
        self._shell = shell
        self._presenter = RulesPresenter(workspace, say, client)
        printed = button(say(N_("Print as rules…")), self._go_report)
        super().__init__(say(N_("Credit rules")), self._presenter.subtitle, (printed,))
        frame, inside = card(margins=(20, 16, 20, 16))
        self.form = FormView(
            self._presenter.form, shell, columns=3, act=say(N_("Keep the rules")), always=True, saved=self._saved
        )  # fmt: skip
        inside.addWidget(self.form)
        inside.addStretch(1)
        self.body.addWidget(scrolled(frame), 1)
        shell.guard(self._presenter.form.is_dirty, self._presenter.form.save)

    def _saved(self) -> None:
        self.retitle(self._shell.wording(N_("Credit rules")), self._presenter.subtitle)
        self._shell.tell(
            Message(
                N_(
                    "The rules are kept; decisions and reviews go by them from their day on."
                )
            )
        )

    def _go_report(self) -> None:
        self._shell.go("reports", report="credit_rules")


def build(workspace: Workspace, shell: Shell, client: int) -> QWidget:
    """The page."""
    return CreditRulesPage(workspace, shell, client)
