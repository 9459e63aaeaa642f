"""The bill an invoice was paid with, without Qt: passed on, honoured or refused on a day, voided with a reason."""

from collections.abc import Sequence
from datetime import date

from creditdesk.domain.ledger.bills import BillOutcome, BillWay, recourse
from creditdesk.domain.ledger.marks import Mark, mark_of
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.jobs import Job
from creditdesk.presenters.parts.typed import FieldKind, read
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import InvoiceLine
from creditdesk.services.ledger.bills import BillEndLine, BillTransferLine
from creditdesk.workspace import Workspace

OUTCOMES = {
    BillOutcome.HONOURED: N_("honoured on {day}"),
    BillOutcome.REFUSED: N_("refused on {day}"),
}


WAYS = {
    BillWay.ENDORSED: N_("endorsed on {day} to {holder}"),
    BillWay.DISCOUNTED: N_("discounted on {day} at {holder}"),
}
_TO_NOBODY_NAMED = {
    BillWay.ENDORSED: N_("endorsed on {day}"),
    BillWay.DISCOUNTED: N_("discounted on {day}"),
}


class BillDayMissing(UserError):
    """The day is asked, never guessed."""

    message = N_("Enter the day on which the bill was passed on, honoured or refused.")


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
        moves = workspace.desk.ledger.bill_transfers(invoice.id) if self.taken else ()
        self._void_moves = [each for each in moves if each.voided]
        self.passed_on: BillTransferLine | None = next(
            (each for each in moves if each.voided is None), None
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
        void = [(self._words(each), each.voided) for each in self._void]
        void += [(self._way_words(each), each.voided) for each in self._void_moves]
        return [
            (say(N_("Bill")), told),
            *self._passed(),
            *self._recourse(),
            *(
                (say(N_("Void")), say(N_("{what}: {why}"), what=what, why=voided.why))
                for what, voided in void
                if voided
            ),
        ]

    def ending(self, outcome: BillOutcome, typed: str) -> Job[int]:
        """The work of saying it. Raises `UserError`s for a day that can't be read."""
        on = read(FieldKind.DATE, typed)
        if not isinstance(on, date):
            raise BillDayMissing
        desk, today = self._workspace.desk, self._workspace.today()
        invoice = self._invoice.id
        return lambda _progress: desk.ledger.end_bill(invoice, outcome, on, today)

    def passing(self, way: BillWay, typed: str) -> Job[int]:
        """The work of saying that it was passed on: a day, and behind it to whom. Raises `UserError`s."""
        day, _, holder = typed.strip().partition(" ")
        on = read(FieldKind.DATE, day)
        if not isinstance(on, date):
            raise BillDayMissing
        ledger, today = self._workspace.desk.ledger, self._workspace.today()
        invoice = self._invoice.id
        return lambda _progress: ledger.pass_bill_on(
            invoice, way, on, today, holder=holder
        )

    def voiding_transfer(self, why: str) -> Job[None]:
        """The work of saying that it was not."""
        ledger = self._workspace.desk.ledger
        number = self.passed_on.id if self.passed_on else 0
        return lambda _progress: ledger.void_bill_transfer(number, why)

    def voiding(self, why: str) -> Job[None]:
        """The work of voiding what stands."""
        desk, number = self._workspace.desk, self.standing.id if self.standing else 0
        return lambda _progress: desk.ledger.void_bill_end(number, why)

    def _words(self, end: BillEndLine) -> str:
        return self._wording(OUTCOMES[end.outcome], day=end.on)

    def _way_words(self, move: BillTransferLine) -> str:
        words = WAYS if move.holder else _TO_NOBODY_NAMED
        return self._wording(words[move.way], day=move.on, holder=move.holder)

    def _passed(self) -> Sequence[tuple[str, str]]:
        """To whom it went, and that the debt is open until it is honoured."""
        move, say = self.passed_on, self._wording
        if move is None:
            return ()
        told = [(say(N_("Passed on")), self._way_words(move))]
        end = self.standing
        if end is None:
            open_ = say(N_("owed until the bill is honoured: its holder has recourse against the client"))  # fmt: skip
            told.append((say(N_("The debt")), open_))
        elif end.outcome is BillOutcome.REFUSED:
            last = say(N_("until {day}"), day=recourse(end.on, None).holders)
            told.append((say(N_("Its holder's recourse against the client")), last))
        return told

    def _recourse(self) -> Sequence[tuple[str, str]]:
        end, say = self.standing, self._wording
        if end is None or end.outcome is not BillOutcome.REFUSED:
            return ()
        last = recourse(end.on, self._invoice.due)
        told = [(say(N_("Recourse against prior holders")), say(N_("until {day}"), day=last.holders))]  # fmt: skip
        if last.drawer is not None:
            told.append((say(N_("Claims on drawer and acceptor")), say(N_("until {day}"), day=last.drawer)))  # fmt: skip
        return told
