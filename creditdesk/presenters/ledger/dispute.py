"""What a buyer contests of an invoice, without Qt: entered, settled on a day, voided with a reason."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.jobs import Job
from creditdesk.presenters.parts.typed import FieldKind, read
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import InvoiceLine
from creditdesk.services.ledger.disputes import DisputeLine, NewDispute, Settlement
from creditdesk.workspace import Workspace


class DisputeIncomplete(UserError):
    """Day, amount and words belong together."""

    message = N_("Enter a day, an amount and what it is about, such as 2026-01-31 5000.00 quality.")  # fmt: skip


class Disputes:
    """The disputes of an invoice. `open` None: nothing is held."""

    def __init__(
        self, workspace: Workspace, invoice: InvoiceLine, wording: Wording
    ) -> None:
        self._workspace = workspace
        self._invoice = invoice
        self._say = wording
        self.possible = invoice.kind == "invoice"
        self._lines = (
            workspace.desk.ledger.disputes(invoice.id) if self.possible else ()
        )
        standing = [each for each in self._lines if each.voided is None]
        self.open: DisputeLine | None = next(
            (each for each in standing if each.settled_on is None), None
        )
        self.last: DisputeLine | None = standing[-1] if standing else None

    @property
    def facts(self) -> Sequence[tuple[str, str]]:
        """What is held, how each dispute ended, and what was entered by mistake."""
        say = self._say
        if not self._lines and self._invoice.disputed:
            held = say(
                N_("{amount}, as the ledger says"), amount=self._invoice.disputed
            )
            return [(say(N_("Disputed")), held)]
        return list(self._told())

    def _told(self) -> Iterator[tuple[str, str]]:
        say = self._say
        for each in self._lines:
            words = say(N_("{amount} since {day}: {nature}"), amount=each.amount, day=each.opened_on, nature=each.nature)  # fmt: skip
            if each.voided is not None:
                yield say(N_("Void")), say(N_("{what}: {why}"), what=words, why=each.voided.why)  # fmt: skip
                continue
            yield say(N_("Disputed")), words
            if each.settled_on is not None:
                text = N_("on {day}: {upheld} of it are owed. {outcome}")
                ended = say(text, day=each.settled_on, upheld=each.upheld, outcome=each.outcome)  # fmt: skip
                yield say(N_("Dispute settled")), ended.strip()

    def contesting(self, typed: str) -> Job[int]:
        """The work of entering one: a day, an amount, and behind them what it is about. Raises `UserError`s."""
        on, amount, nature = _parts(typed, self._invoice.amount.currency)
        if not nature:
            raise DisputeIncomplete
        new = NewDispute(invoice_id=self._invoice.id, amount=amount, opened_on=on, nature=nature)  # fmt: skip
        ledger, today = self._workspace.desk.ledger, self._workspace.today()
        return lambda _progress: ledger.contest(new, today)

    def settling(self, typed: str) -> Job[None]:
        """The work of ending it: a day, what of it is owed, and behind them the award. Raises `UserError`s."""
        on, upheld, outcome = _parts(typed, self._invoice.amount.currency)
        assert self.open is not None  # noqa: S101 - asked only where one is open
        number, end = self.open.id, Settlement(on=on, upheld=upheld.amount, outcome=outcome)  # fmt: skip
        ledger, today = self._workspace.desk.ledger, self._workspace.today()
        return lambda _progress: ledger.settle_dispute(number, end, today)

    def voiding(self, why: str) -> Job[None]:
        """The work of saying that the last of them was a mistake."""
        assert self.last is not None  # noqa: S101 - asked only where one stands
        ledger, number = self._workspace.desk.ledger, self.last.id
        return lambda _progress: ledger.void_dispute(number, why)


def _parts(typed: str, currency: str) -> tuple[date, Money, str]:
    day, _, rest = typed.strip().partition(" ")
    amount, _, words = rest.strip().partition(" ")
    on, figure = read(FieldKind.DATE, day), read(FieldKind.AMOUNT, amount)
    if not isinstance(on, date) or not isinstance(figure, Decimal):
        raise DisputeIncomplete
    return on, Money(figure, currency).refined(), words.strip()
