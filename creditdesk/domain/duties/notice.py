"""The notice that tells the insurer of unpaid invoices (duty D14, rules.md 2.3)."""

from dataclasses import dataclass
from datetime import date

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Deadline, Party
from creditdesk.i18n import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeInvoice:
    """One unpaid invoice. `days_overdue` counts from the original due date. `name`: of a part; None: its number."""

    number: str
    issued: date
    due: date
    amount: Money
    open: Money
    days_overdue: int
    invoice_no: str = ""
    name: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeEvent:
    """Something learned about the buyer that the insurer has to be told. `note`: in the words of who entered it."""

    id: int
    what: Message
    happened_on: date
    known_on: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDraft:
    """Everything the notice says. `on` dates the letter; `deadline` None: none is open.

    `due_open`: what is open besides without a due date that anybody knows, one amount a currency; it is not in the
    notice. rules.md 14.1. `events`: what it tells besides or instead of unpaid invoices.
    """

    on: date
    firm: Party
    insurer: Party
    policyholder: Party
    buyer: Party
    policy_no: str
    policy_start: date
    policy_end: date
    invoices: tuple[NoticeInvoice, ...]
    deadline: Deadline | None = None
    due_open: tuple[Money, ...] = ()
    events: tuple[NoticeEvent, ...] = ()

    @property
    def totals(self) -> tuple[Money, ...]:
        """What is open, one amount a currency, in the order the currencies first appear."""
        currencies = dict.fromkeys(invoice.open.currency for invoice in self.invoices)
        return tuple(
            Money.total(
                (item.open for item in self.invoices if item.open.currency == currency),
                currency,
            )
            for currency in currencies
        )

    @property
    def oldest_due(self) -> date | None:
        """The oldest due date; None without invoices."""
        return min((invoice.due for invoice in self.invoices), default=None)
