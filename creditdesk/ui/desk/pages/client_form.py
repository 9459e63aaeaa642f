"""One client, drawn: a new one, or what is known of one."""

from PySide6.QtWidgets import QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.desk.clients import ClientFormPresenter
from creditdesk.ui.parts.controls import button
from creditdesk.ui.parts.form_view import FormView, form_card
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.workspace import Workspace

RAIL = "settings"


class ClientFormPage(Page):
    """One form; after a new client comes its ledger."""

    def __init__(self, workspace: Workspace, shell: Shell, client: int | None) -> None:
        wording = shell.wording
        self._presenter = ClientFormPresenter(workspace, wording, client)
        self._is_new = client is None
        self._habits = button(
            wording(N_("Ledger habits")), lambda: shell.go("habits", client=client)
        )
        self._habits.setVisible(not self._is_new)
        self._rules = button(wording(N_("Credit rules…")), lambda: shell.go("credit_rules", client=client))  # fmt: skip
        self._rules.setVisible(not self._is_new)
        super().__init__(
            self._presenter.name or wording(N_("New client")),
            wording(
                N_(
                    "Name and code are printed on letters and packages; the currency is that of its ledger"
                )
            ),
            (self._rules, self._habits, button(wording(N_("Cancel")), shell.back)),
        )
        self._shell = shell
        self._workspace = workspace
        self.form = FormView(
            self._presenter.form,
            shell,
            act=wording(N_("Add the client")) if self._is_new else wording(N_("Save")),
            always=True,
            saved=self._saved,
        )
        self.body.addWidget(form_card(self.form), 1)
        self.setFocusProxy(self.form.inputs["name"])

    def _saved(self) -> None:
        name = self._presenter.form.value("name")
        if self._is_new:
            self._workspace.choose(self._presenter.made)
            self._shell.show_clients()
            self._shell.go("ledger_import")
            self._shell.tell(
                Message.of(
                    N_("{name} is a client now. Import its ledger next."), name=name
                )
            )
        else:
            self._shell.go("clients")


def build(workspace: Workspace, shell: Shell, client: int | None = None) -> QWidget:
    """The page."""
    return ClientFormPage(workspace, shell, client)
