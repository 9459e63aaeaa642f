"""Where one document or payment came from, drawn."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from creditdesk.domain.ledger.bills import BillOutcome, BillWay
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.jobs import Job
from creditdesk.presenters.ledger.trace import TracePresenter
from creditdesk.ui.ledger.dispute_acts import DisputeActs
from creditdesk.ui.ledger.source_file import open_source, save_source
from creditdesk.ui.parts.controls import button
from creditdesk.ui.parts.fact_card import fact_card
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.reason_band import ReasonBand
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.there import while_there
from creditdesk.ui.parts.voiding import ask_void
from creditdesk.workspace import Workspace

RAIL = "receivables"


class BillActs:
    """Says that a bill was passed on, honoured or refused, or that this was a mistake."""

    def __init__(self, page: QWidget, shell: Shell, presenter: TracePresenter) -> None:
        self._page, self._shell, self._presenter = page, shell, presenter
        self.buttons: list[QPushButton] = []
        self.bands: list[ReasonBand] = []
        bill, say = presenter.bill, shell.wording
        if bill is None or not bill.taken:
            return
        if bill.standing is not None:
            self.buttons.append(button(say(N_("Void what became of the bill…")), self._ask_void))  # fmt: skip
            return
        self._offer_passing()
        question = say(N_("Day, such as 2026-01-31"))
        for outcome, title, act in (
            (BillOutcome.HONOURED, N_("Bill honoured…"), N_("It was honoured")),
            (BillOutcome.REFUSED, N_("Bill refused…"), N_("It was refused")),
        ):
            band = ReasonBand(say, question, say(act), partial(self._end, outcome))
            self.bands.append(band)
            self.buttons.append(button(say(title), partial(self._ask, band)))

    def _offer_passing(self) -> None:
        bill, say = self._presenter.bill, self._shell.wording
        assert bill is not None  # noqa: S101 - it is there: it was just looked at
        if bill.passed_on is not None:
            title = say(N_("Void the passing on…"))
            self.buttons.append(button(title, self._ask_void_passing))
            return
        band = ReasonBand(
            say,
            say(N_("Day and to whom, such as 2026-01-31 Bank of Ningbo")),
            say(N_("It was discounted")),
            partial(self._pass, BillWay.DISCOUNTED),
            [(say(N_("It was endorsed")), partial(self._pass, BillWay.ENDORSED))],
        )
        self.bands.append(band)
        self.buttons.append(button(say(N_("Bill passed on…")), partial(self._ask, band)))  # fmt: skip

    def _pass(self, way: BillWay, typed: str) -> None:
        bill = self._presenter.bill
        assert bill is not None  # noqa: S101 - the band is there only with a bill
        self._run(partial(bill.passing, way, typed))

    def _ask_void_passing(self) -> None:
        bill = self._presenter.bill
        assert bill is not None  # noqa: S101 - the button is there only with a bill
        question = self._shell.wording(N_("Was this a mistake? The client then holds the bill itself."))  # fmt: skip
        ask_void(self._page, self._shell, question, bill.voiding_transfer, partial(self._again, 0))  # fmt: skip

    def _run(self, asked: Callable[[], Job[int]]) -> None:
        try:
            job = asked()
        except UserError as error:
            self._shell.refuse(error)
            return
        self._shell.run(job, while_there(self._page, self._again))

    def _ask(self, band: ReasonBand) -> None:
        for each in self.bands:
            each.hide()
        band.ask()

    def _end(self, outcome: BillOutcome, typed: str) -> None:
        bill = self._presenter.bill
        assert bill is not None  # noqa: S101 - the band is there only with a bill
        self._run(partial(bill.ending, outcome, typed))

    def _ask_void(self) -> None:
        bill = self._presenter.bill
        assert bill is not None  # noqa: S101 - the button is there only with a bill
        question = self._shell.wording(
            N_("Was this a mistake? The debt and the warnings are then as before.")
        )
        ask_void(self._page, self._shell, question, bill.voiding, partial(self._again, 0))  # fmt: skip

    def _again(self, _number: int) -> None:
        self._shell.go("trace", invoice=self._presenter.trace.of.id)


class TracePage(Page):
    """What it is, where it came from, what later imports changed."""

    def __init__(
        self,
        workspace: Workspace,
        shell: Shell,
        invoice: int | None,
        payment: int | None,
    ) -> None:
        say = shell.wording
        self._shell = shell
        self._presenter = TracePresenter(workspace, say, invoice, payment)
        presenter = self._presenter
        buyer = button(say(N_("Credit file")), self._go_buyer)
        self.import_ = button(say(N_("Show the import")), self._go_import)
        self.save = button(say(N_("Save the source file as…")), self._save)
        self.open = button(say(N_("Open the source file")), self._open, role="primary")
        self.bill = BillActs(self, shell, presenter)
        self.dispute = DisputeActs(self, shell, presenter)
        super().__init__(
            presenter.title,
            presenter.subtitle,
            (
                buyer,
                *self.dispute.buttons,
                *self.bill.buttons,
                self.import_,
                self.save,
                self.open,
            ),
        )
        for band in (*self.dispute.bands, *self.bill.bands):
            self.body.addWidget(band)
        for each in (self.save, self.open):
            each.setVisible(presenter.file is not None)
        self.import_.setVisible(presenter.trace.source is not None)
        what, below = fact_card(
            say(N_("In the ledger")),
            ((name, value, "") for name, value in presenter.figures),
        )
        below.addStretch(1)
        where, inside = fact_card(
            say(N_("Where it came from")),
            ((name, value, "") for name, value in presenter.source),
        )
        if presenter.missing:
            inside.addWidget(label(presenter.missing, "warning", wrap=True))
        inside.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addWidget(what, 1)
        across.addWidget(where, 1)
        self.body.addLayout(across)
        self.body.addWidget(label(say(N_("Changed by later imports")), "section"))
        self.changes = TablePanel(
            presenter.changes,
            shell,
            empty=say(N_("No later import changed anything in it.")),
        )
        self.body.addWidget(self.changes, 1)
        shell.set_title(presenter.title)

    def _open(self) -> None:
        if self._presenter.file is not None:
            open_source(self, self._shell, self._presenter.file)

    def _save(self) -> None:
        if self._presenter.file is not None:
            save_source(self, self._shell, self._presenter.file)

    def _go_import(self) -> None:
        source = self._presenter.trace.source
        if source is not None:
            self._shell.go("import_file", batch=source.batch)

    def _go_buyer(self) -> None:
        self._shell.go("buyer_file", buyer=self._presenter.trace.of.buyer_id)


def build(
    workspace: Workspace,
    shell: Shell,
    invoice: int | None = None,
    payment: int | None = None,
) -> QWidget:
    """The page of a document, or of a payment."""
    return TracePage(workspace, shell, invoice, payment)
