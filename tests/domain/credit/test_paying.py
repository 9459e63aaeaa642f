"""Days worked out by hand on small books."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.paying import paying, years_until
from creditdesk.domain.ledger.aging import LedgerDocument, Receipt
from creditdesk.domain.ledger.documents import DocumentKind

TODAY = date(2026, 6, 30)


def cny(amount: int) -> Money:
    return Money(Decimal(amount), "CNY").rounded()


def invoice(
    number: str, issued: date, due: date | None, amount: int
) -> LedgerDocument[str, int]:
    return LedgerDocument(
        id=number, buyer=1, kind=DocumentKind.INVOICE, issued=issued, due=due, amount=cny(amount),
    )  # fmt: skip


def receipt(on: date, amount: int, to: str | None) -> Receipt[str, int]:
    return Receipt(id=(on, to, amount), buyer=1, on=on, amount=cny(amount), to=to)


BOOKS = [
    invoice("A", date(2025, 5, 1), date(2025, 7, 1), 600),
    invoice("B", date(2026, 2, 1), date(2026, 4, 1), 300),
    invoice("C", date(2026, 5, 1), date(2026, 6, 10), 100),
]
MONEY = [
    receipt(date(2025, 7, 1), 600, "A"),
    receipt(date(2026, 4, 21), 300, "B"),
]


def test_what_was_paid_and_what_is_overdue_count_by_amount() -> None:
    found = paying(BOOKS, MONEY, TODAY)
    assert found.year is not None
    assert found.quarter is not None
    # 600 × 0 + 300 × 20 + 100 × 20 (open, due 10 June) = 8,000 of 1,000
    assert found.year.dbt == 8
    # 300 × 20 + 100 × 20 of 400
    assert found.quarter.dbt == 20
    assert found.dbt_rise == 12
    assert (found.oldest_overdue, found.oldest_due) == (20, date(2026, 6, 10))


def test_a_payment_older_than_a_year_is_past() -> None:
    found = paying(BOOKS, MONEY, date(2026, 7, 1))
    assert found.year is not None
    # 300 × 20 + 100 × 21 of 400
    assert found.year.dbt == Fraction(8100, 400)


def test_what_comes_later_is_not_known_yet() -> None:
    found = paying(BOOKS, MONEY, date(2026, 4, 11))
    assert found.year is not None
    # 600 × 0 + 300 × 10, open and overdue, of 900
    assert found.year.dbt == Fraction(3000, 900)
    assert found.oldest_overdue == 10


def test_a_part_payment_counts_with_its_own_day() -> None:
    money = [receipt(date(2026, 3, 22), 100, "B"), receipt(date(2026, 4, 11), 200, "B")]
    found = paying(BOOKS[1:2], money, date(2026, 5, 1))
    assert found.year is not None
    # 100 × −10 + 200 × 10 of 300
    assert found.year.dbt == Fraction(1000, 300)
    assert found.oldest_overdue == 0


def test_an_invoice_without_due_date_says_nothing_of_lateness() -> None:
    books = [invoice("D", date(2026, 1, 1), None, 500)]
    found = paying(books, [receipt(date(2026, 5, 1), 500, "D")], TODAY)
    assert found.year is None
    assert found.usual_days is None


def test_what_has_no_day_of_its_own_lessens_the_debt_and_tells_nothing() -> None:
    paid_before = receipt(date(2026, 2, 1), 200, "B")
    money = [paid_before, receipt(date(2026, 2, 1), 50, "B")]
    found = paying(BOOKS[1:2], money, TODAY, silent={paid_before.id})
    assert found.year is not None
    # 50 × −59 (paid on 1 February, due 1 April) and 50 × 90, open and overdue, of 100
    assert found.year.dbt == Fraction(50 * 31, 100)


def test_sales_terms_and_first_day() -> None:
    found = paying(BOOKS, MONEY, TODAY)
    assert found.invoiced == 400  # A is older than twelve months
    # 300 × 59 + 100 × 40 of 400 = 54.25
    assert found.usual_days == 54
    assert years_until(found, TODAY) == Fraction(425, 365)


def test_the_last_month_is_held_against_the_years_average() -> None:
    books = [invoice(f"M{month}", date(2025, month, 15), None, 100) for month in range(6, 13)]  # fmt: skip
    books += [invoice(f"N{month}", date(2026, month, 15), None, 100) for month in range(1, 6)]  # fmt: skip
    jump = [*books, invoice("J", date(2026, 6, 15), None, 300)]
    # 7 + 4 months at 100 = 1,100 from July 2025 to May 2026, and 300: 300 × 12 ÷ 1,400
    assert paying(jump, [], TODAY).orders_ratio == Fraction(3600, 1400)
    assert paying(books[3:], [], TODAY).orders_ratio is None
    # What was invoiced in the year was all credited: there is no average to hold a month against.
    note = replace(
        invoice("K", date(2026, 5, 20), None, 100), kind=DocumentKind.CREDIT_NOTE
    )
    old = [
        invoice("O", date(2025, 1, 1), None, 5),
        invoice("P", date(2026, 5, 1), None, 100),
    ]
    assert paying([*old, note], [], TODAY).orders_ratio is None


def test_three_months_each_later_than_the_one_before() -> None:
    due = [date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)]
    books = [invoice(f"R{day.month}", date(2026, 1, 1), day, 100) for day in due]
    late = [3, 8, 13, 18]
    money = [
        receipt(day.replace(day=1 + days), 100, f"R{day.month}")
        for day, days in zip(due, late, strict=True)
    ]
    assert paying(books, money, TODAY).months_rising == 3
    assert paying(books, money[1:], TODAY).months_rising == 2


def test_books_without_anything() -> None:
    found = paying([], [], TODAY)
    assert (found.year, found.quarter, found.dbt_rise, found.first) == (None,) * 4
    assert years_until(found, TODAY) is None
