"""On which day each invoice was paid in full (rules.md 4.3)."""

from collections import defaultdict, deque
from collections.abc import Container, Hashable, Iterable, Sequence
from datetime import date
from typing import Generic, TypeVar

from creditdesk.domain.ledger.aging import LedgerDocument, Receipt
from creditdesk.domain.ledger.debts import Id, fill, spread

Buyer = TypeVar("Buyer", bound=Hashable)


def settled_on(
    documents: Sequence[LedgerDocument[Id, Buyer]],
    receipts: Iterable[Receipt[Id, Buyer]],
    silent: Container[Hashable] = (),
) -> dict[Id, date | None]:
    """The day the last of an invoice was paid, of those with nothing open: money counts as in `aging.age`.

    None: nobody knows the day, because a credit note or a receipt of `silent` (no day of its own, or no money) took
    the last of it.
    """
    book = _Book(documents)
    for note in documents:
        if not note.kind.owes:
            book.name(
                _named(note.against, note.also), _account(note), note.amount.fine, None
            )
    loose = []
    for receipt in sorted(receipts, key=lambda each: each.on):
        named = _named(receipt.to, receipt.also)
        day = None if receipt.id in silent else receipt.on
        if named:
            book.name(named, _account(receipt), receipt.amount.fine, day)
        else:
            loose.append((_account(receipt), receipt.amount.fine, day))
    # What names nothing counts for what everything else has left.
    for account, amount, day in loose:
        book.spread(account, amount, day)
    return book.settled  # fmt: skip


class _Book(Generic[Id, Buyer]):
    """What is open of each invoice, in fine units, while money comes."""

    def __init__(self, documents: Iterable[LedgerDocument[Id, Buyer]]) -> None:
        owed = sorted(
            (each for each in documents if each.kind.owes),
            key=lambda each: each.oldest_due,
        )
        self.settled: dict[Id, date | None] = {}
        self._open = {each.id: each.amount.fine for each in owed}
        self._accounts = {each.id: _account(each) for each in owed}
        self._queues: dict[tuple[Buyer, str], deque[Id]] = defaultdict(deque)
        for each in owed:
            self._queues[_account(each)].append(each.id)

    def name(
        self,
        named: Sequence[Id],
        account: tuple[Buyer, str],
        amount: int,
        day: date | None,
    ) -> None:
        for each in named:
            if self._accounts.get(each) == account:
                amount = self._fill(each, amount, day)

    def spread(self, account: tuple[Buyer, str], amount: int, day: date | None) -> None:
        spread(
            self._open,
            self._queues[account],
            amount,
            lambda each, some: self._fill(each, some, day),
        )

    def _fill(self, each: Id, amount: int, day: date | None) -> int:
        before = self._open[each]
        rest = fill(self._open, each, amount)
        if before and not self._open[each]:
            self.settled[each] = day
        return rest


def _named(first: Id | None, further: tuple[Id, ...]) -> tuple[Id, ...]:
    return further if first is None else (first, *further)


def _account(
    item: LedgerDocument[Id, Buyer] | Receipt[Id, Buyer],
) -> tuple[Buyer, str]:
    return item.buyer, item.amount.currency
