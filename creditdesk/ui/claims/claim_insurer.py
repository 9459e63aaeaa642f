"""What passes between insurer and insured on a claim, drawn: clocks, questions and answers, payments."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from creditdesk.i18n import N_
from creditdesk.jobs import Job
from creditdesk.presenters.claims.claim_insurer import ClaimInsurerPresenter
from creditdesk.presenters.parts.form import Form
from creditdesk.presenters.parts.table import Face
from creditdesk.ui.parts.controls import button, card, row
from creditdesk.ui.parts.form_view import FormView
from creditdesk.ui.parts.list_view import row_height
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.voiding import ask_void

_LINES = 4
_NO_PAYMENT = N_(
    "Nothing was paid yet. The first payment is recorded as the step “Indemnity paid”."
)


class ClaimInsurer(QWidget):
    """Above the clocks, then the questions with the forms beneath them, then the payments."""

    def __init__(self, presenter: ClaimInsurerPresenter, shell: Shell) -> None:
        super().__init__()
        self._presenter = presenter
        self._shell = shell
        say = shell.wording
        self.clocks = self._panel(
            presenter.clocks, say(N_("No day runs before the claim is filed."))
        )
        self.questions = self._panel(
            presenter.questions, say(N_("The insurer has asked nothing so far."))
        )
        self.payments = self._panel(
            presenter.payments,
            say(
                N_(
                    "Nothing was paid yet. The first payment is recorded as the step “Indemnity paid”."
                )
            ),
        )
        self.questions.view.selectionModel().selectionChanged.connect(self._choose)
        self.payments.view.selectionModel().selectionChanged.connect(self._choose)
        self.mistake = button(
            say(N_("The question was a mistake…")), self._void_question
        )
        self.wrong_payment = button(
            say(N_("The payment was a mistake…")), self._void_payment
        )
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(12)
        layout.addWidget(label(say(N_("Days of the insurer")), "section"))
        layout.addWidget(self.clocks)
        layout.addWidget(label(say(N_("Questions of the insurer")), "section"))
        layout.addWidget(self.questions)
        layout.addLayout(row(self.mistake, None))
        self.ask = self._form(layout, presenter.question, say(N_("Keep the question")))
        self.answer = self._form(layout, presenter.answer, say(N_("Keep the answer")))
        layout.addWidget(label(say(N_("Payments of the indemnity")), "section"))
        layout.addWidget(self.payments)
        layout.addLayout(row(self.wrong_payment, None))
        self.pay = self._form(layout, presenter.payment, say(N_("Keep the payment")))
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))
        self._disconnect = presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)

    def _panel(self, table: Face, empty: str) -> TablePanel:
        panel = TablePanel(table, self._shell, empty=empty)
        panel.setMinimumHeight((_LINES + 1) * row_height())
        return panel

    def _form(self, layout: QVBoxLayout, form: Form, act: str) -> QWidget:
        frame, inside = card(margins=(16, 12, 16, 12))
        view = FormView(
            form, self._shell, columns=2, act=act, saved=self._presenter.started_anew
        )
        inside.addWidget(view)
        layout.addWidget(frame)
        return frame

    def _choose(self, *_what: object) -> None:
        chosen = self._of(self.questions)
        self.answer.setVisible(self._presenter.choose(chosen))
        self.mistake.setEnabled(self._presenter.can_void(chosen))
        self.wrong_payment.setEnabled(self._of(self.payments) is not None)

    def _of(self, panel: TablePanel) -> object:
        return next(iter(panel.view.selected()), None)

    def _draw(self, _nothing: None) -> None:
        self.pay.setVisible(self._presenter.can_pay)
        self._choose()

    def _void_question(self) -> None:
        key = self._of(self.questions)
        self._ask_void(lambda why: self._presenter.voiding(key, why))

    def _void_payment(self) -> None:
        key = self._of(self.payments)
        self._ask_void(lambda why: self._presenter.voiding_payment(key, why))

    def _ask_void(self, voiding: Callable[[str], Job[None]]) -> None:
        say = self._shell.wording
        ask_void(self, self._shell, say(N_("Why was this entry a mistake?")), voiding)
