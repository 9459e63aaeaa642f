"""What was learned about a buyer, drawn: a new entry at the left, those there are at the right."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.credit.buyer_events import BuyerEventsPresenter
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.form_view import FormView, form_card
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.paper_slot import PaperSlot
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.there import while_there
from creditdesk.ui.parts.voiding import ask_void
from creditdesk.workspace import Workspace

RAIL = "buyers"

_FORM = 440


class BuyerEventsPage(Page):
    """One form, one list."""

    def __init__(self, workspace: Workspace, shell: Shell, buyer: int) -> None:
        say = shell.wording
        self._presenter = BuyerEventsPresenter(workspace, say, buyer)
        super().__init__(
            say(N_("What happened")),
            f"{self._presenter.file.client} → {self._presenter.file.card.name}",
            (button(say(N_("Back")), shell.back, hint="Esc"),),
        )
        self._shell = shell
        entry = self._entry()
        self.body.addWidget(Fold(self._entries(), entry, _FORM, first=True), 1)
        for disconnect in (
            self._presenter.changed.connect(self._draw),
            self._presenter.form.changed.connect(self._draw),
        ):
            self.destroyed.connect(disconnect)
        self.setFocusProxy(self.form.inputs["kind"])
        self._draw(None)

    def _entry(self) -> QWidget:
        say = self._shell.wording
        self._effect = label(role="quiet", wrap=True)
        self.paper = PaperSlot(
            say,
            say(N_("The notice, letter or report that says so: drop it here")),
            say(N_("Add the paper…")),
            self._presenter.take_paper,
        )
        self.form = FormView(
            self._presenter.form,
            self._shell,
            act=say(N_("Keep the entry")),
            always=True,
            saved=self._record,
        )
        return form_card(self._effect, self.paper, self.form, width=_FORM)

    def _entries(self) -> QWidget:
        say = self._shell.wording
        self.entries = TablePanel(
            self._presenter.lines,
            self._shell,
            empty=say(
                N_(
                    "Nothing was reported yet. Insolvency, bad news, refused goods or a request for more time "
                    "belong here on the day they become known: clocks start with them."
                )
            ),
        )
        self.entries.view.selectionModel().selectionChanged.connect(self._enable)
        self._void = button(say(N_("Void the entry…")), self._ask_void)
        part = QWidget()
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(row(self._void, None))
        layout.addWidget(self.entries, 1)
        return part

    def _draw(self, _nothing: None) -> None:
        self._effect.setText(self._presenter.effect)
        self._effect.setVisible(bool(self._presenter.effect))
        self._enable()

    def _enable(self, *_what: object) -> None:
        self._void.setEnabled(self._chosen() is not None)

    def _chosen(self) -> int | None:
        lines = [self._presenter.lines.get(key) for key in self.entries.view.selected()]
        return next((each.id for each in lines if each and each.voided is None), None)  # fmt: skip

    def _ask_void(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        question = self._shell.wording(
            N_("Was this entry a mistake? What followed from it falls away; it stays here, struck out.")
        )  # fmt: skip
        voiding = partial(self._presenter.voiding, chosen)
        ask_void(self, self._shell, question, voiding, self._presenter.reload)

    def _record(self) -> None:
        self._shell.run(self._presenter.recording(), while_there(self, self._recorded))

    def _recorded(self, _number: int) -> None:
        self._shell.guard(None)
        self._shell.back()
        self._shell.tell(Message(N_("Kept. The duties that follow are on Today.")))


def build(workspace: Workspace, shell: Shell, buyer: int) -> QWidget:
    """The page."""
    return BuyerEventsPage(workspace, shell, buyer)
