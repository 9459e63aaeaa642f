"""A client's own credit rules, drawn."""

from functools import partial

from PySide6.QtWidgets import QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.credit.credit_rules import RulesPresenter
from creditdesk.ui.parts.controls import button, card, row
from creditdesk.ui.parts.form_view import FormView
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.voiding import ask_void
from creditdesk.workspace import Workspace

RAIL = "settings"
_HISTORY = 190


class CreditRulesPage(Page):
    """One form; what is kept is a new version from its day on."""

    def __init__(self, workspace: Workspace, shell: Shell, client: int) -> None:
        say = shell.wording
        self._shell = shell
        self._presenter = RulesPresenter(workspace, say, client)
        printed = button(say(N_("Print as rules…")), self.start_print)
        super().__init__(say(N_("Credit rules")), self._presenter.subtitle, (printed,))
        frame, inside = card(margins=(20, 16, 20, 16))
        self.form = FormView(
            self._presenter.form, shell, columns=3, act=say(N_("Keep the rules")), always=True, saved=self._saved
        )  # fmt: skip
        inside.addWidget(self.form)
        inside.addSpacing(12)
        self.void = button(say(N_("Void…")), self._ask_void)
        head = label(say(N_("All rules that were kept")), "section")
        inside.addLayout(row(head, None, self.void))
        self.history = TablePanel(
            self._presenter.history,
            shell,
            empty=say(N_("No rules were kept yet.")),
        )
        self.history.setMinimumHeight(_HISTORY)
        self.history.view.selectionModel().selectionChanged.connect(self._choose)
        inside.addWidget(self.history, 1)
        self.body.addWidget(scrolled(frame), 1)
        shell.guard(self._presenter.form.is_dirty, self._presenter.form.save)
        self._disconnect = workspace.changed.connect(self._on_change)
        self.destroyed.connect(self._disconnect)
        self._choose()

    def _on_change(self, tables: frozenset[str]) -> None:
        if "credit_policy" in tables:
            self._presenter.reload()
            self.retitle(self._shell.wording(N_("Credit rules")), self._presenter.subtitle)  # fmt: skip
            self._choose()

    def _chosen(self) -> object:
        return next(iter(self.history.view.selected()), None)

    def _choose(self, *_what: object) -> None:
        self.void.setEnabled(self._presenter.may_void(self._chosen()))

    def _ask_void(self) -> None:
        key = self._chosen()
        voiding = partial(self._presenter.voiding, key)
        ask_void(self, self._shell, self._presenter.question(key), voiding)

    def _saved(self) -> None:
        self.retitle(self._shell.wording(N_("Credit rules")), self._presenter.subtitle)
        self._shell.tell(
            Message(
                N_(
                    "The rules are kept; decisions and reviews go by them from their day on."
                )
            )
        )

    def start_print(self) -> None:
        """Ctrl+P: the rules as the client hands them out."""
        self._shell.go("reports", report="credit_rules")


def build(workspace: Workspace, shell: Shell, client: int) -> QWidget:
    """The page."""
    return CreditRulesPage(workspace, shell, client)
