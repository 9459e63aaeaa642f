"""How a buyer has paid up to a day, read off its documents and receipts in one currency (rules.md 6.1, 6.3, 7)."""

from collections.abc import Container, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Generic

from creditdesk.domain.base.calendar import months_later
from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.payment_index import (
    Paid,
    PaymentFigures,
    payment_figures,
)
from creditdesk.domain.ledger.aging import (
    AgingRow,
    Buyer,
    LedgerDocument,
    Receipt,
    age,
    open_fine,
)
from creditdesk.domain.ledger.debts import Id
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.ledger.interest import DAYS_OF_A_YEAR

_YEAR, _QUARTER = 12, 3
_RISING = 3


@dataclass(frozen=True, slots=True)
class PaidOn:
    """Money that came on a day for an invoice with a due date."""

    on: date
    paid: Paid


@dataclass(frozen=True, slots=True)
class PaidMonth:
    """A month that ends on a day, and what was paid in it; the last holds what is open and overdue, too.

    `amount`: the money of it; `latest`: days of what came latest. `figures` None: nothing was paid.
    """

    end: date
    amount: Decimal
    latest: int
    figures: PaymentFigures | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paying:
    """What the books say of a day.

    `months`: the twelve that make up the year, the oldest first. `overdue`: what is open past its due date.
    `year`, `quarter`: what was paid in the 12 and 3 months up to the day, and what is open and overdue on it.
    `oldest_overdue`: days, 0 without any. `months_rising`: how often running a month was later than the one before.
    `invoiced`: documents less credit notes of 12 months; `orders_ratio`: of the last month ÷ a month's average of them.
    `usual_days`: the agreed days of those documents, by amount; None: none has a due date.
    """

    year: PaymentFigures | None
    quarter: PaymentFigures | None
    oldest_overdue: int
    oldest_due: date | None
    months_rising: int
    invoiced: Decimal
    orders_ratio: Fraction | None
    usual_days: int | None
    first: date | None
    months: tuple[PaidMonth, ...] = ()
    overdue: Decimal = Decimal(0)

    @property
    def dbt_rise(self) -> Fraction | None:
        """Days beyond terms of the quarter less those of the year; positive: slower."""
        if self.year is None or self.quarter is None:
            return None
        return self.quarter.dbt - self.year.dbt


def years_until(paying: Paying, as_of: date) -> Fraction | None:
    """Years since the first document; None without any. The books may begin later than the trade."""
    if paying.first is None:
        return None
    return Fraction((as_of - paying.first).days, DAYS_OF_A_YEAR)


def paying(
    documents: Sequence[LedgerDocument[Id, Buyer]],
    receipts: Sequence[Receipt[Id, Buyer]],
    as_of: date,
    silent: Container[Hashable] = (),
) -> Paying:
    """The figures of one buyer's account in one currency, with what is dated up to the day.

    `silent`: ids of receipts that lessen the debt and tell nothing of its payment: without a day of their own, or no
    money at all.
    """
    books = _Books(
        tuple(each for each in documents if each.issued <= as_of),
        tuple(each for each in receipts if each.on <= as_of),
        silent,
    )
    came = books.came(_before(as_of, _YEAR), as_of)
    overdue = [row for row in books.open(as_of) if row.is_overdue]
    late = [Paid(row.open.amount, row.days_overdue) for row in overdue]
    quarter = _before(as_of, _QUARTER)
    return Paying(
        year=payment_figures([*(each.paid for each in came), *late]),
        quarter=payment_figures([*(each.paid for each in came if each.on > quarter), *late]),
        oldest_overdue=max((row.days_overdue for row in overdue), default=0),
        oldest_due=min((row.due for row in overdue if row.due), default=None),
        months_rising=_rising(came, as_of),
        invoiced=books.invoiced(_before(as_of, _YEAR), as_of),
        orders_ratio=books.orders_ratio(as_of),
        usual_days=books.usual_days(_before(as_of, _YEAR)),
        first=min((each.issued for each in books.documents), default=None),
        months=tuple(_months(came, late, as_of)),
        overdue=sum((each.amount for each in late), Decimal(0)),
    )  # fmt: skip


def _before(day: date, months: int) -> date:
    return months_later(day, -months)


def _months(
    came: Sequence[PaidOn], late: Sequence[Paid], as_of: date
) -> Iterator[PaidMonth]:
    ends = [_before(as_of, back) for back in range(_YEAR, -1, -1)]
    for start, end in pairwise(ends):
        paid = [each.paid for each in came if start < each.on <= end]
        if end == as_of:
            paid += late
        yield PaidMonth(
            end=end,
            amount=sum((each.amount for each in paid), Decimal(0)),
            latest=max((each.days_late for each in paid), default=0),
            figures=payment_figures(paid),
        )


def _rising(came: Sequence[PaidOn], as_of: date) -> int:
    """How many of the last months, without a gap, were paid later than the month before."""
    ends = [_before(as_of, back) for back in range(_RISING + 1, -1, -1)]
    dbts = []
    for start, end in pairwise(ends):
        month = payment_figures(each.paid for each in came if start < each.on <= end)
        dbts.append(month.dbt if month else None)
    count = 0
    for earlier, later in pairwise(dbts):
        rises = earlier is not None and later is not None and later > earlier
        count = count + 1 if rises else 0
    return count


@dataclass(frozen=True, slots=True)
class _Books(Generic[Id, Buyer]):
    documents: tuple[LedgerDocument[Id, Buyer], ...]
    receipts: tuple[Receipt[Id, Buyer], ...]
    silent: Container[Hashable]

    def open(self, day: date) -> tuple[AgingRow[Id, Buyer], ...]:
        return age(self.documents, self.receipts, day).rows

    def came(self, start: date, end: date) -> list[PaidOn]:
        """What each day's money after `start` has settled: what is open without it less what is open with it."""
        found = []
        telling = [each for each in self.receipts if each.id not in self.silent]
        days = {each.on for each in telling if start < each.on <= end}
        in_order = sorted(self.documents, key=lambda each: each.oldest_due)
        for day in sorted(days):
            known = [each for each in in_order if each.issued <= day]
            with_it = [each for each in self.receipts if each.on <= day]
            without = [
                each for each in with_it if each.on != day or each.id in self.silent
            ]
            left, before = open_fine(known, with_it), open_fine(known, without)
            for each in known:
                settled = before[each.id] - left[each.id]
                if settled > 0 and each.kind.owes and each.due is not None:
                    amount = Money.of_fine(settled, each.amount.currency).amount
                    found.append(PaidOn(day, Paid(amount, (day - each.due).days)))
        return found

    def invoiced(self, start: date, end: date) -> Decimal:
        amounts = (
            each.amount.amount if each.kind.owes else -each.amount.amount
            for each in self.documents
            if start < each.issued <= end and each.kind is not DocumentKind.OPENING
        )
        return sum(amounts, Decimal(0))

    def orders_ratio(self, as_of: date) -> Fraction | None:
        """None until the books hold a whole year."""
        start = _before(as_of, _YEAR)
        year = self.invoiced(start, as_of)
        if year <= 0 or all(each.issued > start for each in self.documents):
            return None
        month = self.invoiced(_before(as_of, 1), as_of)
        return Fraction(month) * _YEAR / Fraction(year)

    def usual_days(self, start: date) -> int | None:
        dated = [
            (Fraction(each.amount.amount), (each.due - each.issued).days)
            for each in self.documents
            if each.kind is DocumentKind.INVOICE and each.due and each.issued > start
        ]
        whole = sum((amount for amount, _ in dated), Fraction(0))
        if not whole:
            return None
        return round(
            sum((amount * days for amount, days in dated), Fraction(0)) / whole
        )
