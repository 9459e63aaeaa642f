"""Which invoice money counts for: the policy's rule, or what the ledger says (rules.md 4.3)."""

import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial

from creditdesk.domain.base.money import Money, exponent
from creditdesk.domain.base.rates import ZERO, Rates
from creditdesk.domain.ledger.debts import Debt, fill, spread
from creditdesk.domain.policy.choices import AllocationRule

_Minor = int | Fraction


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit note (`is_note`) or money received, with the invoice it names, if any.

    `also`: the others it names, in the order they are filled, such as the further parts of the same invoice.
    `tied`: a deposit, or money for goods of this very invoice, which it reduces under every rule (rules.md 4.3, 14.7).
    """

    id: str
    on: date
    amount: Money
    to: str | None = None
    is_note: bool = False
    tied: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """What of a credit counts for an invoice, in the invoice's currency, unrounded."""

    credit: str
    debt: str
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Allocation:
    """What is open of each invoice in its own currency, unrounded, and what was set against what."""

    open: dict[str, Fraction]
    shares: tuple[Share, ...]


def allocate(
    debts: Sequence[Debt[str]],
    credits_: Iterable[Credit],
    rule: AllocationRule,
    rates: Rates,
    *,
    due_first_from: date | None = None,
) -> Allocation:
    """Set every credit against the debts.

    Credit notes come before all payments and first reduce their own invoice. What exceeds all debt is left out. From
    `due_first_from` on every payment goes to the debt due first, whatever the rule and whatever it names.
    Another currency than the invoice's is taken at the cross rate of the credit's own day; raises `RateMissing`.
    """
    in_order = _in_order(credits_)
    book = _Book(debts, rule, rates, due_first_from)
    book.net([item for item in in_order if item.is_note])
    for payment in in_order:
        if not payment.is_note:
            book.pay(payment)
    return Allocation(book.open_amounts(), book.shared())


def open_on_days(  # noqa: PLR0913 - what `allocate` takes, and the days
    debts: Sequence[Debt[str]],
    credits_: Iterable[Credit],
    rule: AllocationRule,
    rates: Rates,
    days: Iterable[date],
    *,
    due_first_from: date | None = None,
) -> dict[date, Mapping[str, Fraction]]:
    """What `allocate` would leave open with the credits dated up to each day, that day included.

    Credit notes come before all payments, so each further note begins a new book; payments go on in theirs.
    """
    in_order = _in_order(credits_)
    notes = [item for item in in_order if item.is_note]
    payments = [item for item in in_order if not item.is_note]
    result: dict[date, Mapping[str, Fraction]] = {}
    book, netted, paid = _Book(debts, rule, rates, due_first_from), 0, 0
    for day in sorted(set(days)):
        known = sum(note.on <= day for note in notes)
        if known != netted:
            book, netted, paid = _Book(debts, rule, rates, due_first_from), known, 0
            book.net(notes[:known])
        while paid < len(payments) and payments[paid].on <= day:
            book.pay(payments[paid])
            paid += 1
        result[day] = book.open_now()
    return result


def _in_order(credits_: Iterable[Credit]) -> list[Credit]:
    return sorted(credits_, key=lambda item: (item.on, item.id))


class _Book:
    """The debts while credits are set against them.

    In minor units: of the invoice's currency what is open, of the credit's what is left of it. They are whole numbers
    unless currencies meet or a ledger is finer than cents; integers are many times quicker than fractions.
    """

    def __init__(
        self,
        debts: Sequence[Debt[str]],
        rule: AllocationRule,
        rates: Rates,
        due_first_from: date | None,
    ) -> None:
        self._by_id = {debt.id: debt for debt in debts}
        due_first = sorted(debts, key=lambda debt: debt.oldest_due)
        in_order = due_first
        if rule is AllocationRule.OLDEST_INVOICE_FIRST:
            in_order = sorted(debts, key=lambda debt: debt.oldest_issued)
        self._queue = deque(debt.id for debt in in_order)
        self._due_first = deque(debt.id for debt in due_first)
        self._due_first_from = due_first_from
        self._rule = rule
        self._rates = rates
        self._open: dict[str, _Minor] = {debt.id: _minor(debt.amount) for debt in debts}
        self._whole = {
            debt.id: (self._open[debt.id], _major(self._open[debt.id], debt))
            for debt in debts
        }
        self._taken: list[tuple[str, str, _Minor]] = []

    def net(self, notes: Sequence[Credit]) -> None:
        """Take credit notes off their own invoices, then what is left of them off the others by the rule."""
        rests = [(note, self._fill_named(note)) for note in notes]
        for note, rest in rests:
            self._spread(note, rest)

    def pay(self, payment: Credit) -> None:
        """Set a payment against the invoices by the rule."""
        switch = self._due_first_from
        switched = switch is not None and payment.on >= switch
        by_name = self._rule is AllocationRule.DESIGNATED and not switched
        amount = _minor(payment.amount)
        if payment.tied or by_name:
            amount = self._fill_named(payment)
        if switched:
            spread(self._open, self._due_first, amount, partial(self._fill, payment))
        else:
            self._spread(payment, amount)

    def open_amounts(self) -> dict[str, Fraction]:
        """What is open of each invoice, in its currency."""
        left = self._left
        return {key: left(key, minor) if minor else ZERO for key, minor in self._open.items()}  # fmt: skip

    def open_now(self) -> Mapping[str, Fraction]:
        """The same, as it is now and stays whatever is paid later; worked out for those alone that are asked for."""
        return _Then(dict(self._open), self._left)

    def _left(self, key: str, minor: _Minor) -> Fraction:
        """Most invoices are untouched or paid on any day, and those need no arithmetic."""
        whole, amount = self._whole[key]
        return amount if minor == whole else _major(minor, self._by_id[key])

    def shared(self) -> tuple[Share, ...]:
        """What was set against what."""
        return tuple(
            Share(credit, debt, _major(minor, self._by_id[debt]))
            for credit, debt, minor in self._taken
        )

    def _fill_named(self, credit: Credit) -> _Minor:
        """Set it against the invoices it names; the answer is what is left."""
        minor = _minor(credit.amount)
        for debt in (credit.to, *credit.also):
            if debt in self._by_id and minor:
                minor = self._fill(credit, debt, minor)
        return minor

    def _spread(self, credit: Credit, amount: _Minor) -> None:
        if self._rule is AllocationRule.PRO_RATA:
            self._spread_pro_rata(credit, amount)
        else:
            spread(self._open, self._queue, amount, partial(self._fill, credit))

    def _fill(self, credit: Credit, debt: str, amount: _Minor) -> _Minor:
        """Amounts in the credit's currency."""
        factor = self._factor(credit, debt)
        worth = amount * factor
        left = fill(self._open, debt, worth)
        if left < worth:
            self._taken.append((credit.id, debt, worth - left))
        return _divided(left, factor)

    def _spread_pro_rata(self, credit: Credit, amount: _Minor) -> None:
        """By what is open, in the credit's currency; cents by largest remainder, then by number."""
        self._queue = deque(debt for debt in self._queue if self._open[debt] > 0)
        claims = {
            debt: _divided(self._open[debt], self._factor(credit, debt))
            for debt in self._queue
        }
        parts = claims if amount >= sum(claims.values()) else _split(amount, claims)
        over: _Minor = 0
        for debt in self._queue:
            over += self._fill(credit, debt, parts[debt])
        # A whole cent can be more than an invoice in another currency still owes: what is over goes to the oldest.
        spread(self._open, self._queue, over, partial(self._fill, credit))

    def _factor(self, credit: Credit, debt: str) -> _Minor:
        """Minor units of the invoice's currency for one of the credit's, on the credit's day."""
        paid, owed = credit.amount.currency, self._by_id[debt].amount.currency
        if paid == owed:
            return 1
        scale = Fraction(10) ** (exponent(owed) - exponent(paid))
        return self._rates.cross(paid, owed, credit.on) * scale


class _Then(Mapping[str, Fraction]):
    """What was open at a time: a ledger has thousands of invoices on hundreds of days, and few are asked about."""

    __slots__ = ("_left", "_open")

    def __init__(
        self, open_: dict[str, _Minor], left: Callable[[str, _Minor], Fraction]
    ) -> None:
        self._open, self._left = open_, left

    def __getitem__(self, key: str) -> Fraction:
        minor = self._open[key]
        return self._left(key, minor) if minor else ZERO

    def __iter__(self) -> Iterator[str]:
        return iter(self._open)

    def __len__(self) -> int:
        return len(self._open)


def _minor(money: Money) -> _Minor:
    scaled = money.amount.scaleb(exponent(money.currency))
    return int(scaled) if scaled == scaled.to_integral_value() else Fraction(scaled)


def _major(minor: _Minor, debt: Debt[str]) -> Fraction:
    return minor / Fraction(10 ** exponent(debt.amount.currency)) if minor else ZERO


def _divided(minor: _Minor, factor: _Minor) -> _Minor:
    return minor if factor == 1 else minor / Fraction(factor)


def _split(amount: _Minor, claims: dict[str, _Minor]) -> dict[str, _Minor]:
    """The amount in whole units, in proportion to claims that exceed it."""
    whole = sum(claims.values())
    parts: dict[str, _Minor] = {}
    remainders: dict[str, _Minor] = {}
    for key, claim in claims.items():
        parts[key], remainders[key] = divmod(amount * claim, whole)
    order = sorted(claims, key=lambda key: (-remainders[key], key))
    short = math.floor(amount) - sum(parts.values())
    for key in order[: int(short)]:
        parts[key] += 1
    # The rest of a credit note in another currency can be finer than a cent: it goes with the first cent.
    parts[order[0]] += amount - sum(parts.values())
    return parts
