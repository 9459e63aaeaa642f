"""What became of the bill an invoice was paid with, without Qt: said with its day, voided with a reason."""

from collections.abc import Sequence
from datetime import date

from creditdesk.domain.ledger.bills import BillOutcome, recourse
from creditdesk.domain.ledger.marks import Mark, mark_of
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.jobs import Job
from creditdesk.presenters.parts.typed import FieldKind, read
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import InvoiceLine
from creditdesk.services.ledger.bills import BillEndLine
from creditdesk.workspace import Workspace

OUTCOMES = {
    BillOutcome.HONOURED: N_("honoured on {day}"),
    BillOutcome.REFUSED: N_("refused on {day}"),
}


class BillDayMissing(UserError):
    """The day is asked, never guessed."""

    message = N_("Enter the day on which the bill was honoured or refused.")


class Bill:
    """The bill of an invoice. `standing` None: nobody said yet what became of it."""

    def __init__(
        self, workspace: Workspace, invoice: InvoiceLine, wording: Wording
    ) -> None:
        self._workspace = workspace
        self._wording = wording
        self._invoice = invoice
        self.taken = mark_of(invoice.memo, Mark.BILL) is not None
        ends = workspace.desk.ledger.bill_ends(invoice.id) if self.taken else ()
        self._void = [each for each in ends if each.voided]
        self.standing: BillEndLine | None = next(
            (each for each in ends if each.voided is None), None
        )

    @property
    def facts(self) -> Sequence[tuple[str, str]]:
        """What became of it, until when it gives recourse, and what was said by mistake."""
        say = self._wording
        if not self.taken:
            return ()
        told = say(N_("nobody has said yet"))
        if self.standing is not None:
            told = self._words(self.standing)
        return [
            (say(N_("Bill")), told),
            *self._recourse(),
            *(
                (say(N_("Void")), say(N_("{what}: {why}"), what=self._words(each), why=each.voided.why))
                for each in self._void
                if each.voided
            ),
        ]  # fmt: skip

    def ending(self, outcome: BillOutcome, typed: str) -> Job[int]:
        """The work of saying it. Raises `UserError`s for a day that can't be read."""
        on = read(FieldKind.DATE, typed)
        if not isinstance(on, date):
            raise BillDayMissing
        desk, today = self._workspace.desk, self._workspace.today()
        invoice = self._invoice.id
        return lambda _progress: desk.ledger.end_bill(invoice, outcome, on, today)

    def voiding(self, why: str) -> Job[None]:
        """The work of voiding what stands."""
        desk, number = self._workspace.desk, self.standing.id if self.standing else 0
        return lambda _progress: desk.ledger.void_bill_end(number, why)

    def _words(self, end: BillEndLine) -> str:
        return self._wording(OUTCOMES[end.outcome], day=end.on)

    def _recourse(self) -> Sequence[tuple[str, str]]:
        end, say = self.standing, self._wording
        if end is None or end.outcome is not BillOutcome.REFUSED:
            return ()
        last = recourse(end.on, self._invoice.due)
        told = [(say(N_("Recourse against prior holders")), say(N_("until {day}"), day=last.holders))]  # fmt: skip
        if last.drawer is not None:
            told.append((say(N_("Claims on drawer and acceptor")), say(N_("until {day}"), day=last.drawer)))  # fmt: skip
        return told
