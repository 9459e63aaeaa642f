"""Buttons and lines to say that the buyer contests a part of an invoice, how that ended, or that it was a mistake."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.jobs import Job
from creditdesk.presenters.ledger.trace import TracePresenter
from creditdesk.ui.parts.controls import button
from creditdesk.ui.parts.reason_band import ReasonBand
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.there import while_there
from creditdesk.ui.parts.voiding import ask_void


class DisputeActs:
    """What can be said of the disputes of the invoice shown."""

    def __init__(self, page: QWidget, shell: Shell, presenter: TracePresenter) -> None:
        self._page, self._shell, self._presenter = page, shell, presenter
        self.buttons: list[QPushButton] = []
        self.bands: list[ReasonBand] = []
        disputes, say = presenter.disputes, shell.wording
        if disputes is None or not disputes.possible:
            return
        if disputes.open is None:
            self._offer(
                N_("Contested by the buyer…"),
                N_("Since when, how much and what, such as 2026-01-31 5000.00 quality"),
                N_("It is contested"),
                disputes.contesting,
            )
        else:
            self._offer(
                N_("Dispute settled…"),
                N_(
                    "Day, what of it is owed, and by what, such as 2026-01-31 3000.00 award"
                ),
                N_("It is settled"),
                disputes.settling,
            )
        if disputes.last is not None:
            self.buttons.append(button(say(N_("Void the dispute…")), self._ask_void))

    def _offer(
        self, title: str, question: str, act: str, job: Callable[[str], Job[object]]
    ) -> None:
        say = self._shell.wording
        band = ReasonBand(say, say(question), say(act), partial(self._run, job))
        self.bands.append(band)
        self.buttons.append(button(say(title), band.ask))

    def _run(self, asked: Callable[[str], Job[object]], typed: str) -> None:
        try:
            job = asked(typed)
        except UserError as error:
            self._shell.refuse(error)
            return
        self._shell.run(job, while_there(self._page, self._again))

    def _ask_void(self) -> None:
        disputes = self._presenter.disputes
        assert disputes is not None  # noqa: S101 - the button is there only with one
        question = self._shell.wording(
            N_("Was this a mistake? What is held is then as before.")
        )
        ask_void(self._page, self._shell, question, disputes.voiding, partial(self._again, None))  # fmt: skip

    def _again(self, _answer: object) -> None:
        self._shell.go("trace", invoice=self._presenter.trace.of.id)
