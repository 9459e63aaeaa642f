"""Debts, and money set against them: the one way in which a payment reduces an invoice (rules.md 4.3)."""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Generic, TypeVar

from creditdesk.domain.base.money import Money

Id = TypeVar("Id", bound=Hashable)
Account = TypeVar("Account", bound=Hashable)
Amount = TypeVar("Amount", int, Fraction | int)
"""Units: whole, unless currencies meet or a ledger is finer than cents. Integers are many times quicker."""
_Order = tuple[date, date, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt(Generic[Id]):
    """An invoice that is owed. `due` is the original due date; None: nobody knows it.

    `number` breaks ties between documents due and issued on the same days; empty: the id as text.
    """

    id: Id
    issued: date
    amount: Money
    due: date | None = None
    number: str = ""

    @property
    def is_opening(self) -> bool:
        """Whether it is owed from before the ledger begins, and so the oldest of all (rules.md 14.5)."""
        return False

    @property
    def aged_from(self) -> date:
        """The due date, or where there is none the date of the document itself."""
        return self.due or self.issued

    @property
    def oldest_due(self) -> _Order:
        """The order of OLDEST_DUE_FIRST."""
        first = date.min if self.is_opening else self.aged_from
        return first, self.issued, self.number or str(self.id)

    @property
    def oldest_issued(self) -> _Order:
        """The order of OLDEST_INVOICE_FIRST."""
        first = date.min if self.is_opening else self.issued
        return first, self.aged_from, self.number or str(self.id)


def fill(open_: dict[Id, Amount], debt: Id, amount: Amount) -> Amount:
    """Set money against one debt; the answer is what is left of the money."""
    taken = min(open_[debt], amount)
    open_[debt] -= taken
    return amount - taken


def spread(
    open_: Mapping[Id, Amount],
    queue: deque[Id],
    amount: Amount,
    fill_one: Callable[[Id, Amount], Amount],
) -> Amount:
    """Set money against debts in their order, by `fill_one`; the answer is what is left of the money.

    What is paid leaves the front of the queue: thousands of payments don't walk over it again.
    """
    while queue and not open_[queue[0]]:
        queue.popleft()
    for debt in queue:
        if amount <= 0:
            break
        if open_[debt]:
            amount = fill_one(debt, amount)
    return amount


def settle(
    open_: dict[Id, int],
    account_of: Callable[[Id], Account | None],
    notes: Iterable[tuple[Id, Account, int, Sequence[Id]]],
    received: Iterable[tuple[Account, int, Sequence[Id]]],
    oldest_due: Callable[[], Iterable[Id]],
) -> dict[Account, int]:
    """Take off `open_` what was credited and paid; the answer is what of each account was set against nothing.

    As a ledger says it: what names invoices counts for those alone, in their order, only money that names none for the
    oldest due of its account. Credit notes count first, in their order, and what is left of one is open of itself.
    `account_of` gives the account of an invoice, None where there is no such invoice.
    """
    unapplied: dict[Account, int] = defaultdict(int)

    def set_named(account: Account, amount: int, named: Sequence[Id]) -> int:
        for each in named:
            if account_of(each) == account:
                amount = fill(open_, each, amount)
        return amount

    for key, account, amount, named in notes:
        open_[key] = set_named(account, amount, named)
        unapplied[account] += open_[key]
    loose: dict[Account, int] = defaultdict(int)
    for account, amount, named in received:
        if named:
            unapplied[account] += set_named(account, amount, named)
        else:
            loose[account] += amount
    queues: dict[Account | None, deque[Id]] = {account: deque() for account in loose}
    for key in oldest_due() if loose else ():
        if (owner := account_of(key)) in queues:
            queues[owner].append(key)
    for account, amount in loose.items():
        left = spread(open_, queues[account], amount, partial(fill, open_))
        unapplied[account] += left
    return unapplied
