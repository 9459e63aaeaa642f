"""Which invoice money counts for, day by day (rules.md 4.3): figures worked out by hand."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import Rate, Rates
from creditdesk.domain.ledger.allocation import Credit, allocate, open_on_days
from creditdesk.domain.ledger.debts import Debt
from creditdesk.domain.policy.choices import AllocationRule

D = date.fromisoformat
R = AllocationRule
DUE, INVOICE = R.OLDEST_DUE_FIRST, R.OLDEST_INVOICE_FIRST
CNY = Rates(
    "CNY",
    [
        Rate("USD", D("2025-01-01"), Decimal(8)),
        Rate("JPY", D("2025-01-01"), Decimal("0.05")),
    ],
)


def owed(name: str, issued: str, due: str, amount: int, currency: str = "CNY") -> Debt[str]:  # fmt: skip
    return Debt(id=name, issued=D(issued), due=D(due), amount=Money(Decimal(amount), currency))  # fmt: skip


def paid(on: str, amount: str, to: str | None = None, *also: str, currency: str = "CNY",
         tied: bool = False) -> Credit:  # fmt: skip
    received = Money(Decimal(amount), currency)
    return Credit(f"P {on}", D(on), received, to, tied=tied, also=also)


def noted(on: str, amount: str, to: str | None = None) -> Credit:
    return Credit(f"N {on}", D(on), Money(Decimal(amount), "CNY"), to, is_note=True)


# A is due first, B was issued first.
A = owed("A", "2025-02-01", "2025-03-01", 100)
B = owed("B", "2025-01-01", "2025-04-01", 200)


def left(found: Mapping[str, Fraction]) -> tuple[str, ...]:
    return tuple(str(Decimal(each.numerator) / each.denominator) for each in found.values())  # fmt: skip


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param("2025-05-09", ("100", "200"), id="before anything"),
        pytest.param("2025-05-10", ("100", "160"), id="a note of the very day: B 200 - 40"),
        pytest.param("2025-05-12", ("40", "160"), id="money of the very day: A 100 - 60"),
        pytest.param("2025-05-19", ("40", "160"), id="the day before the second note"),
        pytest.param("2025-05-20", ("0", "150"), id="the note first: A 100 - 50 - 50, B 160 - 10"),
        pytest.param("2025-05-25", ("0", "120"), id="then what came later: B 150 - 30"),
    ],
)  # fmt: skip
def test_what_is_open_on_a_day_knows_what_is_dated_up_to_it(
    day: str, expected: tuple[str, ...]
) -> None:
    """A credit note comes before all money, whenever it comes."""
    credits_ = [
        noted("2025-05-10", "40", "B"),
        paid("2025-05-12", "60"),
        noted("2025-05-20", "50", "A"),
        paid("2025-05-25", "30"),
    ]
    days = [D(day)]
    assert left(open_on_days([A, B], credits_, DUE, CNY, days)[D(day)]) == expected  # fmt: skip
    every = [D(f"2025-05-{each:02}") for each in range(9, 26)]
    assert left(open_on_days([A, B], credits_, DUE, CNY, every)[D(day)]) == expected  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "credit", "expected"),
    [
        pytest.param(DUE, paid("2025-05-01", "150", "B"), ("0", "150"), id="due first, whatever it names"),
        pytest.param(INVOICE, paid("2025-05-01", "150", "A"), ("100", "50"), id="issued first"),
        pytest.param(R.DESIGNATED, paid("2025-05-01", "150", "B"), ("100", "50"), id="as it names"),
        pytest.param(R.DESIGNATED, paid("2025-05-01", "230", "B"), ("70", "0"), id="what is over goes on: 230 - 200"),
        pytest.param(R.DESIGNATED, paid("2025-05-01", "150"), ("0", "150"), id="names nothing"),
        pytest.param(R.DESIGNATED, paid("2025-05-01", "230", "B", "A"), ("70", "0"), id="names both"),
        pytest.param(DUE, paid("2025-05-01", "150", "B", tied=True), ("100", "50"), id="tied to its goods"),
        pytest.param(DUE, noted("2025-05-01", "150", "B"), ("100", "50"), id="a note to its own"),
        pytest.param(DUE, noted("2025-05-01", "250", "B"), ("50", "0"), id="a note goes on: 250 - 200"),
        pytest.param(R.PRO_RATA, paid("2025-05-01", "150", "B"), ("50", "100"), id="in proportion 1 : 2"),
        pytest.param(R.PRO_RATA, paid("2025-05-01", "300"), ("0", "0"), id="all of it"),
        pytest.param(DUE, paid("2025-05-01", "400"), ("0", "0"), id="more than all"),
        pytest.param(DUE, paid("2025-05-01", "10", currency="USD"), ("20", "200"), id="10 x 8"),
        pytest.param(DUE, paid("2025-05-01", "1000", currency="JPY"), ("50", "200"), id="1000 x 0.05"),
        pytest.param(DUE, paid("2025-05-01", "20", currency="USD"), ("0", "140"), id="20 x 8, over two"),
    ],
)  # fmt: skip
def test_every_rule_sets_money_against_its_invoice(
    rule: AllocationRule, credit: Credit, expected: tuple[str, ...]
) -> None:
    assert left(allocate([A, B], [credit], rule, CNY).open) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2025-04-30", ("100", "150")), ("2025-05-01", ("50", "200"))],
)
def test_from_the_day_of_the_switch_on_the_debt_due_first_is_paid(
    on: str, expected: tuple[str, ...]
) -> None:
    found = allocate([A, B], [paid(on, "50", "B")], R.DESIGNATED, CNY, due_first_from=D("2025-05-01"))  # fmt: skip
    assert left(found.open) == expected


def test_a_last_cent_has_its_part_when_all_is_paid_in_proportion() -> None:
    money = [noted("2025-04-30", "199.99", "B"), paid("2025-05-01", "100.01")]
    assert left(allocate([A, B], money, R.PRO_RATA, CNY).open) == ("0", "0")


def test_what_was_set_against_what_is_told_in_the_invoices_currency() -> None:
    found = allocate([A, B], [paid("2025-05-01", "20", currency="USD")], R.OLDEST_DUE_FIRST, CNY)  # fmt: skip
    shares = {each.debt: each.amount for each in found.shares}
    assert shares == {"A": Fraction(100), "B": Fraction(60)}


def test_money_that_names_a_paid_invoice_has_no_share_in_it() -> None:
    money = [paid("2025-05-10", "100", "A"), paid("2025-05-11", "50", "A")]
    found = allocate([A], money, R.DESIGNATED, CNY)
    assert [(share.credit, share.amount) for share in found.shares] == [("P 2025-05-10", Fraction(100))]  # fmt: skip
