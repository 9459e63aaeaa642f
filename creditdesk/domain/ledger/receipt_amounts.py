"""Which open invoices make up an amount received. rules.md 4.3."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from creditdesk.domain.base.money import Money, exponent
from creditdesk.domain.ledger.naming import Name
from creditdesk.i18n import N_, Message

SEARCHED = 12
"""Sums of several invoices are searched among this many of the oldest: 4,096 sums at most."""

MOST_CHARGES = 5000
"""Bank charges a receipt may be short of, in minor units of a currency with cents (50.00)."""

_CHARGES_SHARE = 50
_NAMED_EXACTLY, _ONE, _SEVERAL, _SOME, _SHORT, _NAMED = 45, 35, 30, 20, 15, 25


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """An invoice with what is open on it. `due` None: the ledger gives none. `name`: of a part; None: its number."""

    id: int
    buyer: int
    number: str
    issued: date
    due: date | None
    open: Money
    invoice_no: str = ""
    contract: str = ""
    name: Message | None = None

    @property
    def called(self) -> Name:
        """What people call it."""
        return self.name or self.number

    @property
    def order(self) -> tuple[date, date, str]:
        """Oldest due first."""
        return self.due or self.issued, self.issued, self.number


@dataclass(frozen=True, slots=True)
class ReceiptPart:
    """What of a receipt is set against one invoice."""

    item: int
    amount: Money


@dataclass(frozen=True, slots=True)
class ReceiptPlan:
    """One way to set a receipt, its weight (points of a hundred), and why."""

    parts: tuple[ReceiptPart, ...]
    points: int
    reason: Message


def most_charges(currency: str) -> Money:
    """The largest difference that may be bank charges in this currency."""
    return Money(
        Decimal(MOST_CHARGES).scaleb(-2 if exponent(currency) else 0), currency
    )


def filled(amount: Money, items: Iterable[OpenItem]) -> tuple[ReceiptPart, ...]:
    """The amount set against these invoices in their order, never more than is open on one."""
    parts, rest = [], amount
    for item in items:
        taken = min(rest, item.open)
        if taken:
            parts.append(ReceiptPart(item.id, taken))
            rest -= taken
    return tuple(parts)


def naming(amount: Money, named: Sequence[OpenItem]) -> ReceiptPlan:
    """A receipt whose text names invoices, in the order it names them."""
    exact = next((item for item in named if item.open == amount), None)
    chosen = [exact] if exact else named
    numbers = tuple(item.called for item in chosen)
    total = Money.total((item.open for item in chosen), amount.currency)
    parts = filled(amount, chosen)
    if total == amount:
        told = N_("The text names {numbers}, and the amount is what is open there.")
        return ReceiptPlan(parts, _NAMED_EXACTLY, Message.of(told, numbers=numbers))
    if amount < total:
        told = N_(
            "The text names {numbers}; {open} is open there, so a part stays open."
        )
    else:
        told = N_(
            "The text names {numbers}; {open} is open there, less than was received."
        )
    return ReceiptPlan(parts, _NAMED, Message.of(told, numbers=numbers, open=total))


def fitting(
    amount: Money, items: Sequence[OpenItem], on: date
) -> tuple[ReceiptPlan, ...]:
    """Every way the amount is the sum of a buyer's open invoices, the surest first; else short of one by charges."""
    oldest = sorted(items, key=lambda item: item.order)
    found = [
        *_one(amount, oldest),
        *_all_due(amount, oldest, on),
        *_oldest(amount, oldest),
    ]
    if not found:
        found = [*_some(amount, oldest)]
    if not found:
        found = [*_short(amount, oldest)]
    by_parts: dict[tuple[ReceiptPart, ...], ReceiptPlan] = {}
    for plan in found:
        by_parts.setdefault(plan.parts, plan)
    return tuple(by_parts.values())


def oldest_first(amount: Money, items: Sequence[OpenItem]) -> ReceiptPlan:
    """What one does when no sum fits: rules.md 4.3, the oldest due first."""
    told = N_(
        "No invoice and no sum of invoices is this amount: set against the oldest due first."
    )
    return ReceiptPlan(
        filled(amount, sorted(items, key=lambda item: item.order)), 0, Message(told)
    )


def _one(amount: Money, items: Sequence[OpenItem]) -> Iterator[ReceiptPlan]:
    for item in items:
        if item.open == amount:
            told = Message.of(
                N_("The amount is what is open on {number}."), number=item.called
            )
            yield ReceiptPlan((ReceiptPart(item.id, amount),), _ONE, told)


def _all_due(
    amount: Money, items: Sequence[OpenItem], on: date
) -> Iterator[ReceiptPlan]:
    due = [item for item in items if (item.due or item.issued) <= on]
    if len(due) > 1 and _total(due) == amount:
        told = N_("The amount is all that was due on {day}: {count} invoices.")
        yield ReceiptPlan(
            filled(amount, due), _SEVERAL, Message.of(told, day=on, count=len(due))
        )


def _oldest(amount: Money, items: Sequence[OpenItem]) -> Iterator[ReceiptPlan]:
    total = Money.zero(amount.currency)
    for count, item in enumerate(items, 1):
        total += item.open
        if count > 1 and total == amount:
            told = N_("The amount is the sum of the {count} oldest invoices.")
            yield ReceiptPlan(
                filled(amount, items[:count]), _SEVERAL, Message.of(told, count=count)
            )
        if not total < amount:
            return


def _some(amount: Money, items: Sequence[OpenItem]) -> Iterator[ReceiptPlan]:
    """At most two sums: a third would not make the choice easier."""
    searched = items[:SEARCHED]
    fine = {item.id: item.open.fine for item in searched}
    found = 0
    for size in range(2, len(searched) + 1):
        for chosen in combinations(searched, size):
            if sum(fine[item.id] for item in chosen) != amount.fine:
                continue
            told = N_(
                "The amount is the sum of {numbers} (searched among the {bound} oldest)."
            )
            numbers = tuple(item.called for item in chosen)
            yield ReceiptPlan(
                filled(amount, chosen),
                _SOME,
                Message.of(told, numbers=numbers, bound=SEARCHED),
            )
            found += 1
            if found == 2:
                return


def _short(amount: Money, items: Sequence[OpenItem]) -> Iterator[ReceiptPlan]:
    most = most_charges(amount.currency)
    for item in items:
        short = item.open - amount
        if (
            not short.amount > 0
            or most < short
            or item.open < short.times(_CHARGES_SHARE)
        ):
            continue
        told = N_(
            "{short} less than is open on {number}: bank charges perhaps (up to {most} and 2%). They stay open."
        )
        reason = Message.of(told, short=short, number=item.called, most=most)
        yield ReceiptPlan((ReceiptPart(item.id, amount),), _SHORT, reason)


def _total(items: Sequence[OpenItem]) -> Money:
    return Money.total((item.open for item in items), items[0].open.currency)
