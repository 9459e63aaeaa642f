"""Which invoice money counts for: the policy's rule, or what the ledger says (domain.md 4.3)."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from creditdesk.domain.choices import AllocationRule
from creditdesk.domain.money import Money, exponent
from creditdesk.domain.rates import ZERO, Rates, exact


@dataclass(frozen=True, slots=True)
class Debt:
    """An invoice as money is set against it. `due` is the original due date."""

    id: str
    issued: date
    due: date
    amount: Money

    @property
    def oldest_due(self) -> tuple[date, date, str]:
        """The order of OLDEST_DUE_FIRST."""
        return self.due, self.issued, self.id

    @property
    def oldest_issued(self) -> tuple[date, date, str]:
        """The order of OLDEST_INVOICE_FIRST."""
        return self.issued, self.due, self.id


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit note (`is_note`) or money received, with the invoice it names, if any."""

    id: str
    on: date
    amount: Money
    to: str | None = None
    is_note: bool = False


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
    debts: Sequence[Debt],
    credits_: Iterable[Credit],
    rule: AllocationRule,
    rates: Rates,
) -> Allocation:
    """Set every credit against the debts.

    Credit notes come before all payments and first reduce their own invoice. What exceeds all debt is left out.
    Another currency than the invoice's is taken at the cross rate of the credit's own day; raises `RateMissing`.
    """
    in_order = sorted(credits_, key=lambda item: (item.on, item.id))
    notes = [item for item in in_order if item.is_note]
    book = _Book(debts, rule, rates)
    rests = [(note, book.fill_named(note, exact(note.amount))) for note in notes]
    for note, rest in rests:
        book.spread(note, rest)
    for payment in in_order:
        if payment.is_note:
            continue
        amount = exact(payment.amount)
        if rule is AllocationRule.DESIGNATED:
            amount = book.fill_named(payment, amount)
        book.spread(payment, amount)
    return Allocation(book.open, tuple(book.shares))


class _Book:
    """The debts while credits are set against them. Amounts of a credit are in the credit's currency."""

    def __init__(
        self, debts: Sequence[Debt], rule: AllocationRule, rates: Rates
    ) -> None:
        by_issue = rule is AllocationRule.OLDEST_INVOICE_FIRST
        self._by_id = {debt.id: debt for debt in debts}
        self._queue = sorted(
            debts, key=lambda debt: debt.oldest_issued if by_issue else debt.oldest_due
        )
        self._rule = rule
        self._rates = rates
        self.open = {debt.id: exact(debt.amount) for debt in debts}
        self.shares: list[Share] = []

    def fill_named(self, credit: Credit, amount: Fraction) -> Fraction:
        """Set the amount against the invoice the credit names; the answer is what is left."""
        debt = self._by_id.get(credit.to) if credit.to is not None else None
        return self._fill(credit, debt, amount) if debt else amount

    def spread(self, credit: Credit, amount: Fraction) -> None:
        """Set the amount against what is open, by the rule."""
        self._queue = [debt for debt in self._queue if self.open[debt.id] > 0]
        if self._rule is AllocationRule.PRO_RATA:
            self._spread_pro_rata(credit, amount)
            return
        for debt in self._queue:
            if amount <= 0:
                return
            amount = self._fill(credit, debt, amount)

    def _fill(self, credit: Credit, debt: Debt, amount: Fraction) -> Fraction:
        factor = self._factor(credit, debt)
        taken = min(self.open[debt.id], amount * factor)
        if taken > 0:
            self.open[debt.id] -= taken
            self.shares.append(Share(credit.id, debt.id, taken))
        return amount - taken / factor

    def _spread_pro_rata(self, credit: Credit, amount: Fraction) -> None:
        """By what is open, in the credit's currency; cents by largest remainder, then by number."""
        factors = {debt.id: self._factor(credit, debt) for debt in self._queue}
        claims = {key: self.open[key] / factor for key, factor in factors.items()}
        whole = sum(claims.values(), ZERO)
        if amount >= whole:
            parts = claims
        else:
            unit = Fraction(1, 10 ** exponent(credit.amount.currency))
            parts = _split(amount, claims, whole, unit)
        for debt in self._queue:
            self._fill(credit, debt, parts[debt.id])

    def _factor(self, credit: Credit, debt: Debt) -> Fraction:
        return self._rates.cross(
            credit.amount.currency, debt.amount.currency, credit.on
        )


def _split(
    amount: Fraction, claims: dict[str, Fraction], whole: Fraction, unit: Fraction
) -> dict[str, Fraction]:
    exact_units = {key: amount * claim / whole / unit for key, claim in claims.items()}
    units = {key: math.floor(part) for key, part in exact_units.items()}
    short = math.floor(amount / unit) - sum(units.values())
    order = sorted(claims, key=lambda key: (units[key] - exact_units[key], key))
    for key in order[:short]:
        units[key] += 1
    parts = {key: count * unit for key, count in units.items()}
    # The rest of a credit note in another currency can be finer than a cent: it goes with the first cent.
    parts[order[0]] += amount - sum(parts.values(), ZERO)
    return parts
