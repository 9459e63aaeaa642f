"""What was open and insured on each day of a time, from the covers that are kept and the ledger."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from creditdesk.domain.base.calendar import end_of_month
from creditdesk.domain.base.money import FINE_DIGITS, Money, exponent
from creditdesk.domain.base.rates import RateMissing, Rates, exact, rounded
from creditdesk.domain.insurers.what_if import Exposure, ExposureDay
from creditdesk.domain.ledger.course import Course, open_course
from creditdesk.models import Invoice, InvoiceCover
from creditdesk.readings.cases import rates_of
from creditdesk.readings.queries import DocumentKey, ledger_items

_FINE: int = 10**FINE_DIGITS


@dataclass(frozen=True, slots=True)
class Courses:
    """What was open of each document through time, with its amount and its own day; whatever the policy."""

    open: Mapping[DocumentKey, Course]
    amounts: Mapping[DocumentKey, Money]
    issued: Mapping[DocumentKey, date]

    @property
    def currencies(self) -> frozenset[str]:
        """Of all documents."""
        return frozenset(each.currency for each in self.amounts.values())


def courses_of(session: Session, client_id: int) -> Courses:
    """Of the whole ledger."""
    items = ledger_items(session, client_id=client_id)
    owed = [each for each in items.documents if each.kind.owes]
    return Courses(
        open_course(items.documents, items.receipts),
        {each.id: each.amount for each in owed},
        {each.id: each.issued for each in owed},
    )


def exposure(
    session: Session,
    client_id: int,
    currency: str,
    span: tuple[date, date],
    courses: Courses,
) -> Exposure:
    """An invoice is insured with what was insured of it when its goods left, as far as that is still open."""
    start, end = span
    rates = Rates(currency, rates_of(session, currency))
    insured = _insured(session, client_id, rates, courses)
    days = (end - start).days + 1
    covered, whole = [0] * (days + 1), [0] * (days + 1)
    left_out: dict[str, Money] = {}
    for key, course in courses.open.items():
        amount = courses.amounts[key]
        if not course or courses.issued[key] > end:
            continue
        try:
            rate = rates.on(amount.currency, courses.issued[key])
        except RateMissing:
            before = left_out.get(amount.currency, Money.zero(amount.currency))
            left_out[amount.currency] = before + amount
            continue
        part = insured.get(key, 0)
        for first, last, fine in _steps(course, start, end):
            open_ = _minor(fine, amount.currency, rate, currency)
            held = min(part, open_)
            covered[first] += held
            covered[last] -= held
            whole[first] += open_
            whole[last] -= open_
    return _exposure(
        list(accumulate(covered))[:days],
        list(accumulate(whole))[:days],
        start,
        currency,
        tuple(left_out[code] for code in sorted(left_out)),
    )


def _steps(course: Course, start: date, end: date) -> Iterator[tuple[int, int, int]]:
    """The first day, the day after the last, counted from the start, and what was open, as far as anything was."""
    place = max(0, bisect_right(course, start, key=lambda step: step[0]) - 1)
    after = (end - start).days + 1
    for at in range(place, len(course)):
        day, fine = course[at]
        if day > end:
            return
        until = course[at + 1][0] if at + 1 < len(course) else end + timedelta(days=1)
        first, last = max(0, (day - start).days), min(after, (until - start).days)
        if fine and first < last:
            yield first, last, fine


def _minor(fine: int, code: str, rate: Fraction, currency: str) -> int:
    if code == currency:
        return (fine + _FINE // 2) // _FINE
    return rounded(exact(Money.of_fine(fine, code)) * rate, currency).minor


def _insured(
    session: Session, client_id: int, rates: Rates, courses: Courses
) -> dict[DocumentKey, int]:
    """In minor units of the policy's currency; what was insured in another is taken at the invoice's own day."""
    newest = (
        select(func.max(InvoiceCover.id))
        .join(Invoice, Invoice.id == InvoiceCover.invoice_id)
        .where(Invoice.client_id == client_id)
        .group_by(InvoiceCover.invoice_id)
    )
    rows = session.execute(
        select(
            Invoice.buyer_id, Invoice.number, Invoice.kind, InvoiceCover.currency, InvoiceCover.insured_minor
        )
        .join(Invoice, Invoice.id == InvoiceCover.invoice_id)
        .where(InvoiceCover.id.in_(newest), InvoiceCover.insured_minor > 0)
    )  # fmt: skip
    found = {}
    for buyer, number, kind, code, minor in rows:
        key = (buyer, number, kind)
        day = courses.issued.get(key)
        worth = Money.of_minor(minor, code)
        amount = worth if code == rates.target else _converted(worth, day, rates)
        if amount is not None:
            found[key] = amount.minor
    return found


def _converted(amount: Money, day: date | None, rates: Rates) -> Money | None:
    """At the rate of the invoice's own day; None: there is none."""
    try:
        rate = rates.on(amount.currency, day) if day else None
    except RateMissing:
        return None
    return None if rate is None else rounded(exact(amount) * rate, rates.target)


def _exposure(
    covered: list[int],
    whole: list[int],
    start: date,
    currency: str,
    left_out: tuple[Money, ...],
) -> Exposure:
    days = len(whole)

    def day(at: int) -> ExposureDay:
        on = start + timedelta(days=at)
        bare = whole[at] - covered[at]
        return ExposureDay(
            on, Money.of_minor(covered[at], currency), Money.of_minor(bare, currency)
        )

    def average(minor: int) -> Money:
        scale = 10 ** exponent(currency)
        return rounded(Fraction(minor, days * scale), currency)

    ends = [
        at
        for at in range(days)
        if at in {0, days - 1} or _is_month_end(start + timedelta(days=at))
    ]
    peak = max(range(days), key=lambda at: (whole[at] - covered[at], -at))
    return Exposure(
        covered_average=average(sum(covered)),
        uncovered_average=average(sum(whole) - sum(covered)),
        peak=day(peak),
        course=tuple(map(day, ends)),
        left_out=left_out,
    )


def _is_month_end(day: date) -> bool:
    return end_of_month(day) == day
