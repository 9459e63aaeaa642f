"""The policies, drawn."""

from collections.abc import Hashable
from functools import partial

from PySide6.QtWidgets import QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.policies.policies import TABLES, PoliciesPresenter
from creditdesk.ui.parts.controls import button
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import as_written
from creditdesk.ui.parts.voided_panel import VoidedPanel
from creditdesk.ui.parts.voiding import ask_void
from creditdesk.workspace import Workspace


class PoliciesPage(Page):
    """Every policy of the clients chosen."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        wording = shell.wording
        new = button(wording(N_("New policy…")), self.start_new, role="primary")
        new.setToolTip(as_written("Ctrl+N"))
        limits = button(wording(N_("Limits…")), self._to_limits)
        declarations = button(wording(N_("Declarations")), self._to_declarations)
        insurers = button(wording(N_("Insurers…")), lambda: shell.go("insurers"))
        what_if = button(wording(N_("What-if…")), lambda: shell.go("what_if"))
        actions = (what_if, insurers, limits, declarations, new)
        super().__init__(wording(N_("Policies")), "", actions)
        self._shell = shell
        self._presenter = PoliciesPresenter(workspace, wording)
        self.panel = TablePanel(
            self._presenter.table,
            shell,
            opened=self._open,
            empty=wording(
                N_(
                    "No policies yet. Enter one from its insurer's template; deadlines and claims are counted from it."
                )
            ),
            search=wording(N_("Filter policies…")),
            tools=(button(wording(N_("Void…")), self._ask_void),),
        )
        self.body.addWidget(self.panel, 1)
        self.body.addWidget(VoidedPanel(self._presenter.voided, shell))
        self.setFocusProxy(self.panel.view)
        self._disconnect = workspace.changed.connect(self._on_change)
        self.destroyed.connect(self._disconnect)
        self.recount()

    def recount(self) -> None:
        """F5: read the list anew."""
        self._presenter.reload()
        self.retitle(self._shell.wording(N_("Policies")), self._presenter.subtitle)

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.panel.filter.setFocus()

    def start_new(self) -> None:
        """Ctrl+N: a policy from a template."""
        self._shell.go("new_policy")

    def _to_declarations(self) -> None:
        self._shell.go("declarations")

    def _to_limits(self) -> None:
        self._shell.go("limits")

    def _open(self, key: Hashable) -> None:
        self._shell.go("policy_file", policy=key)

    def _ask_void(self) -> None:
        chosen = self.panel.view.selected()
        line = self._presenter.table.get(chosen[0]) if chosen else None
        if line is None:
            self._shell.tell(Message(N_("Select the policy to void.")), "warning")
            return
        question = self._shell.wording(
            N_("Was policy {number} of {client} entered by mistake?"),
            number=line.number,
            client=line.client,
        )
        ask_void(self, self._shell, question, partial(self._presenter.voiding, line.id))

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self.recount()


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return PoliciesPage(workspace, shell)
