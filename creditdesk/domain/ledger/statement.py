"""Statement of account and balance confirmation a buyer is asked for (对账单、对账函; rules.md 5.1 C14, C15)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Party
from creditdesk.domain.ledger.naming import Name


class EntryKind(StrEnum):
    """What moved the balance."""

    INVOICE = "invoice"
    OPENING = "opening"
    REFUND = "refund"
    CREDIT_NOTE = "credit_note"
    PAYMENT = "payment"
    SET_OFF = "set_off"
    WRITTEN_OFF = "written_off"
    DISCOUNT = "discount"
    EXCHANGE = "exchange"
    OTHER = "other"

    @property
    def owes(self) -> bool:
        """Whether it adds to the debt."""
        return self in {EntryKind.INVOICE, EntryKind.OPENING, EntryKind.REFUND}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementEntry:
    """One movement; `amount` is positive, its kind says which way. `name`: of a part, None: its number."""

    on: date
    kind: EntryKind
    number: str
    amount: Money
    due: date | None = None
    memo: str = ""
    name: Name | None = None

    @property
    def is_due_open(self) -> bool:
        """Whether it is an invoice whose due date nobody knows; other movements have none."""
        return self.due is None and self.kind is EntryKind.INVOICE

    @property
    def change(self) -> Money:
        """What it adds to the debt; payments, credit notes and adjustments take off."""
        return self.amount if self.kind.owes else -self.amount


@dataclass(frozen=True, slots=True)
class Ages:
    """What is open at the end, by days overdue: each column's name and amount, and what nobody has assigned yet.

    `due_open`: what of it nobody knows the due date of, None for nothing; by age it stands under its own date.

    The columns less `unapplied` are the closing balance.
    """

    columns: tuple[tuple[str, Money], ...]
    unapplied: Money
    due_open: Money | None = None

    @property
    def balance(self) -> Money:
        """The sum of the columns, less what is unapplied."""
        open_ = Money.total(
            (amount for _, amount in self.columns), self.unapplied.currency
        )
        return open_ - self.unapplied


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One currency's opening balance, movements by date, and ages at the end."""

    opening: Money
    entries: tuple[StatementEntry, ...]
    ages: Ages

    @property
    def balances(self) -> tuple[Money, ...]:
        """The balance after each movement."""
        running, after = self.opening, []
        for entry in self.entries:
            running += entry.change
            after.append(running)
        return tuple(after)

    @property
    def closing(self) -> Money:
        """The balance at the end."""
        return self.balances[-1] if self.entries else self.opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The account between the client and one buyer, both ends of the period included."""

    firm: Party
    client: Party
    buyer: Party
    start: date
    end: date
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document that is open on the day of a confirmation. `due_open`: nobody knows when it falls due.

    `due` None otherwise: it has no such day, as an opening balance. `name`: of a part; None: its number.
    """

    number: str
    issued: date
    due: date | None
    open: Money
    days_overdue: int
    due_open: bool = False
    name: Name | None = None

    @property
    def is_overdue(self) -> bool:
        """Whether it is past its due date; without one nobody knows. rules.md 14.1."""
        return self.due is not None and self.days_overdue > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedAccount:
    """What a buyer owes in one currency: the open documents, less what is unapplied, make the balance."""

    documents: tuple[OpenDocument, ...]
    unapplied: Money

    @property
    def due_open(self) -> Money:
        """What of it nobody knows the due date of."""
        waiting = (each.open for each in self.documents if each.due_open)
        return Money.total(waiting, self.unapplied.currency)

    @property
    def balance(self) -> Money:
        """What the buyer is asked to confirm."""
        open_ = Money.total(
            (each.open for each in self.documents), self.unapplied.currency
        )
        return open_ - self.unapplied


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceConfirmation:
    """What a buyer is asked to confirm with its seal, on one day; one account a currency. rules.md 5.1 C15."""

    client: Party
    buyer: Party
    on: date
    accounts: tuple[OwedAccount, ...]
