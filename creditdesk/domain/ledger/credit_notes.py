"""Which invoice a credit note without a reference may belong to (红字发票; rules.md 11.2): proposed, never decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.naming import Name
from creditdesk.i18n import N_, Message

Id = TypeVar("Id")


@dataclass(frozen=True, slots=True)
class CreditPaper(Generic[Id]):
    """An invoice or credit note of one buyer. `amount` is the whole, `open` what is left of it; both positive.

    `name`: of a part of a document; None: its number.
    """

    id: Id
    buyer: int
    number: str
    issued: date
    amount: Money
    open: Money
    name: Message | None = None

    @property
    def called(self) -> Name:
        """What people call it."""
        return self.name or self.number


@dataclass(frozen=True, slots=True)
class Proposal(Generic[Id]):
    """An invoice for a credit note. `certain`: nothing else comes into question."""

    invoice: CreditPaper[Id]
    certain: bool
    reason: Message


def proposals(
    notes: Iterable[CreditPaper[Id]], invoices: Iterable[CreditPaper[Id]]
) -> dict[Id, Proposal[Id]]:
    """The likeliest invoice of each credit note, oldest note first; each invoice is proposed once for its whole amount.

    An invoice of the same buyer and currency, not later than the note, with as much open: of exactly the note's amount
    if there is one, else the latest before it.
    """
    by_buyer: dict[tuple[int, str], list[CreditPaper[Id]]] = {}
    for invoice in invoices:
        key = (invoice.buyer, invoice.amount.currency)
        by_buyer.setdefault(key, []).append(invoice)
    taken: set[Id] = set()
    found: dict[Id, Proposal[Id]] = {}
    for note in sorted(notes, key=lambda each: (each.issued, each.number)):
        proposal = _for(note, by_buyer, taken)
        if proposal is not None:
            found[note.id] = proposal
            taken.add(proposal.invoice.id)
    return found


def _for(
    note: CreditPaper[Id],
    by_buyer: Mapping[tuple[int, str], list[CreditPaper[Id]]],
    taken: set[Id],
) -> Proposal[Id] | None:
    possible = [
        each
        for each in by_buyer.get((note.buyer, note.amount.currency), ())
        if each.issued <= note.issued
        and note.open <= each.open
        and each.id not in taken
    ]
    if not possible:
        return None
    exact = [each for each in possible if each.amount == note.amount]
    if len(exact) == 1:
        text = N_("It is the only open invoice of this amount before it.")
        return Proposal(exact[0], certain=True, reason=Message(text))
    latest = max(exact or possible, key=lambda each: (each.issued, each.number))
    if exact:
        text = N_(
            "{count} open invoices have this amount; this is the latest before it."
        )
        return Proposal(
            latest, certain=False, reason=Message.of(text, count=len(exact))
        )
    text = N_(
        "No open invoice has this amount; this is the latest that is large enough."
    )
    return Proposal(latest, certain=False, reason=Message(text))
