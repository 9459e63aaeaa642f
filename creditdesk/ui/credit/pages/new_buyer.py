"""A buyer the ledger does not know yet, drawn."""

from PySide6.QtWidgets import QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.credit.new_buyer import NewBuyerPresenter
from creditdesk.ui.parts.controls import button
from creditdesk.ui.parts.form_view import FormView, form_card
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.workspace import Workspace

RAIL = "buyers"


class NewBuyerPage(Page):
    """One form."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        wording = shell.wording
        super().__init__(
            wording(N_("New buyer")),
            wording(
                N_(
                    "Buyers of an imported ledger have their file already; enter one here before its first invoice."
                )
            ),
            (button(wording(N_("Cancel")), shell.back),),
        )
        self._shell = shell
        self._presenter = NewBuyerPresenter(workspace, wording)
        self.form = FormView(
            self._presenter.form,
            shell,
            act=wording(N_("Add the buyer")),
            always=True,
            saved=self._saved,
        )
        self.body.addWidget(form_card(self.form), 1)
        self.setFocusProxy(
            self.form.inputs[
                "name" if self._presenter.form.value("client") else "client"
            ]
        )

    def _saved(self) -> None:
        name = self._presenter.form.value("name")
        self._shell.go("buyer_file", buyer=self._presenter.made)
        self._shell.tell(Message.of(N_("{name} has a credit file now."), name=name))


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return NewBuyerPage(workspace, shell)
