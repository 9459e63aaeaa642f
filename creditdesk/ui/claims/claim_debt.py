"""The debt of a claim on its page: its invoices, why each isn't paid and whose it is, and what the buyer paid."""

from collections.abc import Callable, Hashable

from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from creditdesk.domain.claim.claims import Cause
from creditdesk.i18n import N_
from creditdesk.presenters.claims.claim_file import ClaimFilePresenter
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.flow import Flow
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label


class ClaimDebt(QWidget):
    """What is said below the invoices is said of those chosen."""

    def __init__(
        self,
        presenter: ClaimFilePresenter,
        shell: Shell,
        opened: Callable[[Hashable], object],
    ) -> None:
        super().__init__()
        self._presenter = presenter
        self._say = wording = shell.wording
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.invoices = TablePanel(presenter.invoices, shell, opened=opened)
        layout.addWidget(self.invoices, 3)
        layout.addLayout(self._make_cause())
        layout.addLayout(self._make_parties())
        layout.addWidget(label(wording(N_("Payments of the buyer")), "section"))
        nothing = wording(N_("The buyer has paid nothing so far."))
        payments = TablePanel(presenter.payments, shell, empty=nothing)
        layout.addWidget(payments, 2)
        chosen = self.invoices.view.selectionModel().selectionChanged
        chosen.connect(self._show_chosen)
        self._show_chosen()

    def _make_cause(self) -> Flow:
        """Why the chosen invoices aren't paid, where not for the claim's cause."""
        name = self._say(N_("Cause of loss of the invoices chosen"))
        self.cause = QComboBox()
        self.cause.setAccessibleName(name)
        for option in self._presenter.causes:
            self.cause.addItem(option.words, option.value)
        self.cause.activated.connect(self._set_cause)
        return row(label(name, "quiet"), self.cause, None)

    def _make_parties(self) -> Flow:
        """Whose debt the chosen invoices are, and to whom their indemnity goes."""
        say = self._say
        insured, payee = say(N_("Joint insured")), say(N_("Loss payee"))
        self.insured = self._field(insured, say(N_("the policyholder")))
        self.payee = self._field(payee, say(N_("as the policy says")))
        self.set_parties = button(say(N_("Set for the invoices chosen")), self._set_parties)  # fmt: skip
        return row(
            label(insured, "quiet"),
            self.insured,
            label(payee, "quiet"),
            self.payee,
            self.set_parties,
        )

    def _field(self, name: str, usual: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setPlaceholderText(usual)
        field.returnPressed.connect(self._set_parties)
        return field

    def _show_chosen(self, *_what: object) -> None:
        chosen = self.invoices.view.selected()
        cause = self._presenter.cause_of(chosen)
        self.cause.setCurrentIndex(self.cause.findData(cause) if cause else -1)
        insured, payee = self._presenter.parties_of(chosen)
        self.insured.setText(insured)
        self.payee.setText(payee)
        for each in (self.cause, self.insured, self.payee, self.set_parties):
            each.setEnabled(bool(chosen))

    def _set_cause(self, place: int) -> None:
        cause = Cause(self.cause.itemData(place))
        self._presenter.set_cause(tuple(self.invoices.view.selected()), cause)

    def _set_parties(self) -> None:
        chosen = tuple(self.invoices.view.selected())
        self._presenter.set_parties(chosen, self.insured.text(), self.payee.text())
