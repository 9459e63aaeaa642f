"""What the insurer asked for, what was paid of it and what is owed (rules.md 2.3 D10, 4.1 S14)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.voiding import Voided
from creditdesk.i18n import N_


class NoteKind(StrEnum):
    """What a premium note asks for. An adjustment may be negative: money back."""

    DEPOSIT = "deposit"
    INSTALMENT = "instalment"
    ADJUSTMENT = "adjustment"
    FEE = "fee"


NOTE_WORDS: Mapping[NoteKind, str] = {
    NoteKind.DEPOSIT: N_("Deposit premium"),
    NoteKind.INSTALMENT: N_("Instalment"),
    NoteKind.ADJUSTMENT: N_("Adjustment"),
    NoteKind.FEE: N_("Fee"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PremiumNote:
    """What the insurer asked for. `paid_on` None: not paid yet; `voided` None: it stands."""

    id: int
    kind: NoteKind
    amount: Money
    due_on: date
    reference: str = ""
    paid_on: date | None = None
    document_id: int | None = None
    voided: Voided | None = None

    def is_paid(self, on: date) -> bool:
        """Whether it was paid by this day."""
        return self.paid_on is not None and self.paid_on <= on


def noted(notes: Iterable[PremiumNote], currency: str) -> Money:
    """Everything the insurer asked for in this currency."""
    return _total(notes, currency)


def paid(notes: Iterable[PremiumNote], on: date, currency: str) -> Money:
    """What was paid by a day."""
    return _total((note for note in notes if note.is_paid(on)), currency)


def premium_paid(notes: Iterable[PremiumNote], on: date, currency: str) -> Money:
    """The premium alone that was paid by a day, without fees: what a maximum liability is a multiple of."""
    asked = (note for note in notes if note.kind is not NoteKind.FEE)
    return paid(asked, on, currency)


def owed(notes: Iterable[PremiumNote], on: date, currency: str) -> Money:
    """What is due by a day and was not paid by it."""
    return _total(
        (note for note in notes if note.due_on <= on and not note.is_paid(on)),
        currency,
    )


def _total(notes: Iterable[PremiumNote], currency: str) -> Money:
    amounts = (note.amount for note in notes if note.amount.currency == currency)
    return Money.total(amounts, currency)
