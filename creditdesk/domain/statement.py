"""The statement of account a buyer is asked to confirm (对账单)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from creditdesk.domain.money import Money
from creditdesk.domain.parties import Party


class EntryKind(StrEnum):
    """What moved the balance."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One movement; `amount` is positive, its kind says which way."""

    on: date
    kind: EntryKind
    number: str
    amount: Money
    due: date | None = None
    memo: str = ""

    @property
    def change(self) -> Money:
        """What it adds to the debt; a payment and a credit note take off."""
        return self.amount if self.kind is EntryKind.INVOICE else -self.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One currency's opening balance and movements, by date."""

    opening: Money
    entries: tuple[Entry, ...]

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
