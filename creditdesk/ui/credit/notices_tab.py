"""The notices of a buyer's debts, drawn, and the voiding of one that was recorded by mistake."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.credit.buyer_file import BuyerFilePresenter
from creditdesk.services.watch import NoticeLine
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.voiding import ask_void


class NoticesTab(QWidget):
    """The list; the button acts on the chosen notice."""

    def __init__(self, presenter: BuyerFilePresenter, shell: Shell) -> None:
        super().__init__()
        self._presenter, self._shell = presenter, shell
        say = shell.wording
        self.panel = TablePanel(
            presenter.notices,
            shell,
            empty=say(
                N_(
                    "No notice was sent yet. When something is overdue, prepare it with the button above."
                )
            ),
        )
        self.void = button(say(N_("Void the notice…")), self._ask_void)
        self.panel.view.selectionModel().selectionChanged.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(row(self.void, None))
        layout.addWidget(self.panel, 1)
        self._choose()

    def _chosen(self) -> NoticeLine | None:
        lines = map(self._presenter.notices.get, self.panel.view.selected())
        return next((each for each in lines if each and each.voided is None), None)

    def _choose(self, *_what: object) -> None:
        self.void.setEnabled(self._chosen() is not None)

    def _ask_void(self) -> None:
        line = self._chosen()
        if line is None:
            return
        question = self._shell.wording(
            N_("Was the notice of {day} recorded by mistake? Its duty is due again, and it is on no paper."),
            day=line.sent_on,
        )  # fmt: skip
        ask_void(self, self._shell, question, partial(self._presenter.voiding_notice, line.id))  # fmt: skip
