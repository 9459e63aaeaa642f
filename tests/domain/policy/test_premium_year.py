"""What a policy costs by its own terms, whatever the rate is taken of, and what of it is owed."""

from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.policy.premium_notes import (
    NoteKind,
    PremiumNote,
    noted,
    owed,
    paid,
    premium_paid,
)
from creditdesk.domain.policy.premium_year import (
    Part,
    RateTableWrong,
    YearCase,
    country_classes,
    yearly,
)
from creditdesk.domain.policy.terms import PolicyTerms, PolicyValuesMissing
from creditdesk.i18n import LANGUAGES, words


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def case(*parts: Part, turnover: str = "0", limits: int = 0, **values: str) -> YearCase:
    terms = PolicyTerms.read({"policy_currency": "CNY", **values})
    return YearCase(
        terms=terms,
        parts=parts,
        turnover=cny(turnover),
        limits=limits,
        classes=country_classes(terms),
    )


def of(amount: str) -> Part:
    return Part(amount=cny(amount))


@pytest.mark.parametrize(
    ("made", "premium", "total", "bps", "bites"),
    [
        pytest.param(
            case(of("48000000"), turnover="48000000", premium_rate="0.25"),
            "120000.00",
            "120000.00",
            "25.00",
            False,
            id="the worked year of rules.md 9.2",
        ),
        pytest.param(
            case(
                of("6000000"),
                turnover="6000000",
                premium_rate="0.3",
                minimum_premium="18000",
                monitoring_fee="1200",
            ),
            "18000.00",
            "19200.00",
            "32.00",
            False,
            id="QBE SG: the minimum is 100 % of the estimate",
        ),
        pytest.param(
            case(
                of("1000000"),
                turnover="1000000",
                limits=14,
                premium_rate="0.5",
                minimum_premium="50000",
                limit_fee="300",
                tax_rate="6",
            ),
            "50000.00",
            "57200.00",
            "572.00",
            True,
            id="the minimum bites; tax on the premium, not on the fees",
        ),
        pytest.param(
            case(
                of("8000000"),
                of("9000000"),
                turnover="20000000",
                premium_basis="BALANCE_MONTH_END",
                premium_rate="0.02",
            ),
            "3400.00",
            "3400.00",
            "1.70",
            False,
            id="month-end balances",
        ),
        pytest.param(
            case(of("500000"), premium_basis="LIMIT", premium_rate="2"),
            "10000.00",
            "10000.00",
            None,
            False,
            id="limits, as an Allianz CAP at 2 %",
        ),
        pytest.param(
            case(
                of("500000"),
                turnover="100",
                premium_basis="FLAT",
                minimum_premium="20000",
            ),
            "20000.00",
            "20000.00",
            "2000000.00",
            True,
            id="flat",
        ),
        pytest.param(
            case(premium_rate="0.25", minimum_premium="0"),
            "0.00",
            "0.00",
            None,
            False,
            id="nothing declared yet",
        ),
    ],
)
def test_the_premium_by_each_basis(
    made: YearCase,
    premium: str,
    total: str,
    bps: str | None,
    bites: bool,  # noqa: FBT001 - a case
) -> None:
    found = yearly(made)
    assert (found.premium.plain, found.total.plain) == (premium, total)
    assert found.bps == (Decimal(bps) if bps else None)
    assert found.minimum_bites is bites
    assert found.steps[-1].amount == found.total
    for language in LANGUAGES:
        said = [words(language).say(step.label) for step in found.steps]
        assert not any("{" in each for each in said)


TABLE = (
    '[{"country": "A", "method": "LC", "rate": "0.1"},'
    ' {"country": "A", "max_term": 60, "rate": 0.3},'
    ' {"country": "BR", "rate": "0.9"}]'
)
CLASSES = '[{"country": "DE", "class": "A"}, {"country": "BR", "class": "B"}]'


@pytest.mark.parametrize(
    ("part", "premium"),
    [
        (Part(amount=cny("1000"), country="DE", method="LC_SIGHT"), "1.00"),
        (Part(amount=cny("1000"), country="de", method="OA", term_days=60), "3.00"),
        (Part(amount=cny("1000"), country="DE", method="OA", term_days=61), "5.00"),
        (Part(amount=cny("1000"), country="BR", method="LC_SIGHT"), "9.00"),
        (Part(amount=cny("1000")), "5.00"),
    ],
)
def test_the_first_row_of_the_table_of_rates_that_fits_counts(
    part: Part, premium: str
) -> None:
    made = case(part, premium_rate="0.5", rate_table=TABLE, country_table=CLASSES)
    assert yearly(made).premium.plain == premium


def test_parts_under_one_row_are_one_line_and_rounded_once() -> None:
    parts = [Part(amount=cny("0.33"), country="BR") for _ in range(300)]
    made = yearly(case(*parts, premium_rate="0.5", rate_table=TABLE))
    assert [step.code for step in made.steps].count("P1") == 1
    assert made.premium.plain == "0.89"


def test_a_rate_nobody_gave_is_asked_for() -> None:
    with pytest.raises(PolicyValuesMissing):
        yearly(case(of("100")))


def test_a_row_without_a_rate_is_refused_with_the_row() -> None:
    with pytest.raises(RateTableWrong, match="BR"):
        yearly(case(of("1"), rate_table='[{"country": "BR"}]', premium_rate="1"))


def note(kind: NoteKind, amount: str, due: str, paid_on: str | None = None) -> PremiumNote:  # fmt: skip
    return PremiumNote(
        id=1,
        kind=kind,
        amount=cny(amount),
        due_on=date.fromisoformat(due),
        paid_on=date.fromisoformat(paid_on) if paid_on else None,
    )


NOTES = (
    note(NoteKind.DEPOSIT, "30000", "2025-01-15", "2025-01-10"),
    note(NoteKind.FEE, "1200", "2025-02-01", "2025-02-01"),
    note(NoteKind.INSTALMENT, "10000", "2025-04-01"),
    note(NoteKind.INSTALMENT, "10000", "2025-07-01", "2025-08-15"),
    note(NoteKind.ADJUSTMENT, "-500", "2025-07-01"),
    PremiumNote(
        id=9,
        kind=NoteKind.FEE,
        amount=Money(Decimal(7), "USD"),
        due_on=date(2025, 1, 1),
    ),
)


@pytest.mark.parametrize(
    ("on", "is_paid", "premium", "is_owed"),
    [
        ("2025-01-01", "0.00", "0.00", "0.00"),
        ("2025-01-15", "30000.00", "30000.00", "0.00"),
        ("2025-04-01", "31200.00", "30000.00", "10000.00"),
        ("2025-07-02", "31200.00", "30000.00", "19500.00"),
        ("2025-08-15", "41200.00", "40000.00", "9500.00"),
    ],
)
def test_what_is_paid_and_owed_changes_by_the_day(
    on: str, is_paid: str, premium: str, is_owed: str
) -> None:
    day = date.fromisoformat(on)
    assert noted(NOTES, "CNY").plain == "50700.00"
    assert paid(NOTES, day, "CNY").plain == is_paid
    assert premium_paid(NOTES, day, "CNY").plain == premium
    assert owed(NOTES, day, "CNY").plain == is_owed


def test_the_working_shows_the_amount_of_each_rate_and_marks_premium_and_cost() -> None:
    made = case(of("1000000"), turnover="1000000", premium_rate="0.25", monitoring_fee="500")  # fmt: skip
    steps = yearly(made).steps
    shown = [(each.code, each.amount.plain if each.amount else "", each.emphasis) for each in steps]  # fmt: skip
    assert shown == [
        ("P1", "2500.00", False),
        ("P2", "", False),
        ("P2", "2500.00", True),
        ("P3", "", False),
        ("P5", "500.00", False),
        ("P6", "3000.00", True),
    ]


@pytest.mark.parametrize(
    ("country", "amount", "said"),
    [
        pytest.param("DE", "5000.00", "The first row of the table", id="a row"),
        pytest.param("FR", "2500.00", "No row of the table", id="none fits"),
    ],
)
def test_the_working_says_which_row_of_the_table_counts(
    country: str, amount: str, said: str
) -> None:
    made = case(
        Part(amount=cny("1000000"), country=country),
        premium_rate="0.25",
        rate_table='[{"country": "DE", "rate": "0.5"}]',
    )
    first = yearly(made).steps[0]
    assert first.amount == cny(amount)
    assert first.detail
    assert words("en").say(first.detail).startswith(said)
