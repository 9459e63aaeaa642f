"""What was open of each document through time: the days on which it changed (rules.md 4.3, 9.4)."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Generic, TypeVar

from creditdesk.domain.ledger.aging import LedgerDocument, Receipt
from creditdesk.domain.ledger.debts import Id, settle

Buyer = TypeVar("Buyer", bound=Hashable)
Course = tuple[tuple[date, int], ...]
"""The days from which so much was open, in fine units, ascending; before the first nothing was."""


def open_course(
    documents: Iterable[LedgerDocument[Id, Buyer]],
    receipts: Iterable[Receipt[Id, Buyer]],
) -> dict[Id, Course]:
    """Of every document that owes; on each day it is what `aging.age` has open on it."""
    accounts: dict[tuple[Buyer, str], _Account[Id, Buyer]] = defaultdict(_Account)
    for document in documents:
        account = accounts[document.buyer, document.amount.currency]
        (account.owed if document.kind.owes else account.notes).append(document)
    for receipt in receipts:
        accounts[receipt.buyer, receipt.amount.currency].receipts.append(receipt)
    found: dict[Id, Course] = {}
    for account in accounts.values():
        found.update(account.named() if account.is_plain else account.counted())
    return found


class _Account(Generic[Id, Buyer]):
    """What one buyer owes in one currency, and what was credited and paid."""

    def __init__(self) -> None:
        self.owed: list[LedgerDocument[Id, Buyer]] = []
        self.notes: list[LedgerDocument[Id, Buyer]] = []
        self.receipts: list[Receipt[Id, Buyer]] = []

    @property
    def is_plain(self) -> bool:
        """Whether all that came names one document: none of it can move to another."""
        several = any(note.also for note in self.notes)
        return not several and all(
            each.to is not None and not each.also for each in self.receipts
        )

    def named(self) -> Mapping[Id, Course]:
        """Where each credit lessens its own document alone."""
        less: dict[Id, list[tuple[date, int]]] = defaultdict(list)
        for note in self.notes:
            if note.against is not None:
                less[note.against].append((note.issued, note.amount.fine))
        for receipt in self.receipts:
            if receipt.to is not None:
                less[receipt.to].append((receipt.on, receipt.amount.fine))
        return {
            each.id: _less(each.issued, each.amount.fine, less.get(each.id, ()))
            for each in self.owed
        }

    def counted(self) -> Mapping[Id, Course]:
        """Where money goes to the oldest: anew on each day on which something came."""
        owed = sorted(self.owed, key=lambda each: each.oldest_due)
        fine = {each.id: each.amount.fine for each in owed}
        notes = sorted(self.notes, key=lambda each: each.oldest_due)
        credits_ = [
            (each.issued, each.id, each.amount.fine, _named(each.against, each.also))
            for each in notes
        ]
        money = [
            (each.on, each.amount.fine, _named(each.to, each.also))
            for each in self.receipts
        ]
        steps: dict[Id, list[tuple[date, int]]] = {each.id: [] for each in owed}
        last: dict[Id, int] = {}
        for day in self._days():
            open_ = {each.id: fine[each.id] for each in owed if each.issued <= day}
            mine = dict.fromkeys(open_, 0)
            ids = tuple(mine)
            settle(
                open_,
                mine.get,
                (
                    (key, 0, some, named)
                    for on, key, some, named in credits_
                    if on <= day
                ),
                ((0, some, named) for on, some, named in money if on <= day),
                partial(iter, ids),
            )
            for key in mine:
                if last.get(key) != open_[key]:
                    last[key] = open_[key]
                    steps[key].append((day, open_[key]))
        return {key: tuple(each) for key, each in steps.items()}

    def _days(self) -> Iterator[date]:
        days = {each.issued for each in (*self.owed, *self.notes)}
        yield from sorted(days.union(each.on for each in self.receipts))


def _less(issued: date, amount: int, credits_: Sequence[tuple[date, int]]) -> Course:
    steps = {issued: amount}
    for on, fine in sorted(credits_):
        amount = max(0, amount - fine)
        steps[max(on, issued)] = amount
    return tuple(sorted(steps.items()))


def _named(first: Id | None, further: tuple[Id, ...]) -> tuple[Id, ...]:
    return further if first is None else (first, *further)
