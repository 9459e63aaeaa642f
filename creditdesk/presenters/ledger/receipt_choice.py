"""One receipt on the screen, without Qt: whose it is, which invoices it pays, what is left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.receipts import (
    KnownBuyer,
    OpenItem,
    Suggestion,
    is_third_party,
)
from creditdesk.errors import UserError
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.presenters.parts import typed
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger.receipt_values import Confirmation, ReceiptLine


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An open invoice, what is typed against it, and what is wrong with that (empty: nothing)."""

    item: OpenItem
    typed: str
    fault: str


class ReceiptChoice:
    """What a person makes of one line. `picked` None: no suggestion is chosen."""

    def __init__(
        self,
        line: ReceiptLine,
        suggestions: tuple[Suggestion, ...],
        items: Sequence[OpenItem],
        buyers: Sequence[KnownBuyer],
        wording: Wording,
    ) -> None:
        self.line = line
        self.suggestions = suggestions
        self.buyers = sorted(buyers, key=lambda each: each.name)
        self.picked: int | None = None
        self.buyer: int | None = None
        self.word = ""
        self.changed: Event[None] = Event()
        self._items = tuple(items)
        self._known = {each.id: each for each in buyers}
        self._wording = wording
        self._typed: dict[int, str] = {}
        # Of equals nothing is chosen for the person.
        if suggestions and not suggestions[0].ambiguous:
            self._take(0)

    def rests_on(
        self,
        suggestions: tuple[Suggestion, ...],
        items: Iterable[OpenItem],
        buyers: Sequence[KnownBuyer],
    ) -> bool:
        """Whether this is what the choice was made from."""
        known = {each.id: each for each in buyers}
        return (self.suggestions, self._items, self._known) == (
            suggestions,
            tuple(items),
            known,
        )

    def pick(self, place: int) -> None:
        """Take a suggestion over."""
        self._take(place)
        self.changed.emit(None)

    def choose_buyer(self, buyer: int | None) -> None:
        """Somebody else's receipt: nothing is set against its invoices yet."""
        self.picked, self.buyer = None, buyer
        self._typed = {}
        self.changed.emit(None)

    def type_amount(self, item: int, text: str) -> None:
        """What is set against an invoice."""
        self._typed[item] = text
        self.changed.emit(None)

    def say_why(self, word: str) -> None:
        """Why somebody else paid."""
        self.word = word
        self.changed.emit(None)

    def name_of(self, buyer: int) -> str:
        """What a buyer is called."""
        return self._known[buyer].name

    def number_of(self, item: int) -> str:
        """What an open invoice is called."""
        found = next(each for each in self._items if each.id == item)
        return self._wording.name(found.called)

    @property
    def rows(self) -> Sequence[ItemRow]:
        """The buyer's open invoices in the receipt's currency, oldest due first."""
        return [
            ItemRow(item, self._typed.get(item.id, ""), self._fault(item))
            for item in self._open()
        ]

    @property
    def allocated(self) -> Money:
        """What is set against invoices; what can't be read counts as nothing."""
        parts = (self._amount(item.id) for item in self._open())
        return Money.total(
            (part for part in parts if part is not None), self.line.amount.currency
        )

    @property
    def rest(self) -> Money:
        """What names no invoice; below zero when more is set than came in."""
        return self.line.amount - self.allocated

    @property
    def rest_words(self) -> str:
        """What becomes of the rest."""
        if self.buyer is None or not self.rest:
            return ""
        if self.rest.amount < 0:
            return self._wording(
                N_("More is set against invoices than was received. Lower an amount.")
            )
        return self._wording(
            N_("The rest names no invoice: the ledger counts it against what is due longest, or keeps it unapplied.")
        )  # fmt: skip

    @property
    def third_party(self) -> bool:
        """Whether somebody else than the chosen buyer paid."""
        if self.buyer is None:
            return False
        return is_third_party(self.line.payer, self._known[self.buyer])

    @property
    def third_party_words(self) -> str:
        """What is asked then; empty where the chosen suggestion has said it already."""
        told = self.picked is not None and self.suggestions[self.picked].third_party
        if self.buyer is None or not self.third_party or told:
            return ""
        return self._wording(
            N_("{payer} is not {buyer}. Contract, invoice, payer and receiver of the goods should be one; say why it pays."),
            payer=self.line.payer, buyer=self._known[self.buyer].name,
        )  # fmt: skip

    @property
    def obstacle(self) -> str:
        """What stands against confirming, in words; empty when nothing does."""
        if self.buyer is None:
            return self._wording(N_("Choose whose money it is."))
        if any(row.fault for row in self.rows):
            return self._wording(N_("Correct the amounts in red first."))
        if self.rest.amount < 0:
            return self.rest_words
        if self.third_party and not self.word.strip():
            return self._wording(N_("Say why somebody else paid."))
        return ""

    @property
    def may_confirm_at_once(self) -> bool:
        """Whether Enter in the list is enough: the suggestion is taken as it is and nothing is left to be asked."""
        if self.picked is None:
            return False
        return self.suggestions[self.picked].certain and not self.obstacle

    @property
    def confirmation(self) -> Confirmation:
        """What is on the screen, as the ledger takes it."""
        assert self.buyer is not None  # noqa: S101 - see `obstacle`
        parts = [(item.id, self._amount(item.id)) for item in self._open()]
        return Confirmation(
            buyer_id=self.buyer,
            parts=tuple((item, amount) for item, amount in parts if amount),
            word=self.word if self.third_party else "",
        )

    def _take(self, place: int) -> None:
        chosen = self.suggestions[place]
        self.picked, self.buyer = place, chosen.buyer
        self._typed = {
            part.item: self._wording.figure(part.amount) for part in chosen.parts
        }

    def _open(self) -> list[OpenItem]:
        return [
            item
            for item in self._items
            if item.buyer == self.buyer
            and item.open.currency == self.line.amount.currency
        ]

    def _amount(self, item: int) -> Money | None:
        try:
            found = typed.read(typed.FieldKind.AMOUNT, self._typed.get(item, ""))
        except UserError:
            return None
        if not isinstance(found, Decimal):
            return None
        return Money(found, self.line.amount.currency)

    def _fault(self, item: OpenItem) -> str:
        try:
            typed.read(typed.FieldKind.AMOUNT, self._typed.get(item.id, ""))
        except UserError as refused:
            return self._wording.message(refused.said)
        amount = self._amount(item.id)
        if amount is not None and (amount.amount < 0 or item.open < amount):
            return self._wording(N_("{open} at most."), open=item.open)
        return ""
