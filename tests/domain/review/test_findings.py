"""What stands out in a year (rules.md 9.1): which sentences, of whom, with what figures."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Party
from creditdesk.domain.review.book import PolicyFigures, ReviewBook
from creditdesk.domain.review.findings import findings
from creditdesk.domain.review.rows import (
    AgeingRow,
    DutyRow,
    LimitRow,
    MonthRow,
    PortfolioRow,
)
from creditdesk.i18n import Message, words

DAY = date(2025, 12, 31)
NOTHING = Message("nothing")
NOBODY = Party(name="")
BOOK = ReviewBook(
    firm=NOBODY, client=NOBODY, start=date(2025, 1, 1), end=DAY, data_date=DAY, prepared_on=DAY, currency="CNY",
    policy=None,
)  # fmt: skip


def owes(
    name: str, balance: str, insured: str | None = None, limit: str = "1000"
) -> PortfolioRow:
    """A buyer; without `insured` all of it is."""
    zero = Money(Decimal(0), "CNY")
    return PortfolioRow(
        buyer=name, turnover=zero, balance=Money(Decimal(balance), "CNY"), peak=zero, average=zero,
        limit=Money(Decimal(limit), "CNY"), insured=Money(Decimal(insured or balance), "CNY"), own_share=Decimal(10),
        last_sale=DAY,
    )  # fmt: skip


def duty(
    subject: str, legal: date, done: date | None, name: str = "Overdue notice"
) -> DutyRow:
    return DutyRow(
        code="D13", duty=Message(name), subject=subject, anchor=None, legal=legal, safe=legal, done=done,
        consequence=NOTHING,
    )  # fmt: skip


def aged(name: str, *, past: bool = False) -> AgeingRow:
    return AgeingRow(
        buyer=name,
        amounts=(Money(Decimal(7 if past else 5), "CNY"),),
        past_extension=past,
    )


def said(book: ReviewBook) -> list[str]:
    return [words("en").say(each.said) for each in findings(book)]


# Four buyers of a quarter each: none stands out.
EVEN = tuple(owes(name, "100") for name in "甲乙丙丁")


def test_a_clean_year_has_no_finding() -> None:
    assert findings(BOOK) == ()
    assert findings(replace(BOOK, portfolio=EVEN)) == ()


def test_duties_that_were_late_are_counted_and_the_first_is_named() -> None:
    yesterday = DAY - timedelta(days=1)
    duties = (
        duty("甲", DAY, None),
        duty("乙", yesterday, DAY),
        duty("丙", yesterday, None, "Claim"),
        duty("丁", yesterday, yesterday),
    )
    assert said(replace(BOOK, duties=duties)) == [
        "2 duties were done late or are still waiting, the first is Overdue notice (乙)."
    ]


@pytest.mark.parametrize(
    ("late", "named"), [("甲乙", "甲, 乙"), ("甲乙丙丁戊己", "甲, 乙, 丙, 丁, 戊")]
)
def test_five_buyers_past_the_extension_are_named(late: str, named: str) -> None:
    ageing = (aged("子"), *(aged(each, past=True) for each in late))  # fmt: skip
    assert said(replace(BOOK, ageing=ageing)) == [
        (
            f"Deliveries to {named} are not insured: invoices are older than the maximum extension period. "
            f"CNY {7 * len(late)}.00 are open there."
        )
    ]


@pytest.mark.parametrize(
    ("waiting", "named"), [("甲乙", "甲, 乙"), ("甲乙丙丁戊己", "甲, 乙, 丙, 丁, 戊")]
)
def test_five_applications_without_an_answer_are_named(
    waiting: str, named: str
) -> None:
    def asked(name: str, applied: date | None, decided: date | None) -> LimitRow:
        return LimitRow(
            buyer=name, applied=applied, requested=None, approved=None, decided=decided, result=NOTHING,
        )  # fmt: skip

    limits = (
        asked("子", DAY, DAY),
        asked("丑", None, None),
        *(asked(each, DAY, None) for each in waiting),
    )
    assert said(replace(BOOK, limits=limits)) == [
        f"Limit applications without an answer: {named}, CNY 0.00 in all."
    ]


def test_the_largest_amount_above_a_limit_is_told_with_its_share() -> None:
    """1,626 of 1,000 are 162.6 %; 626 lie above."""
    book = replace(
        BOOK, portfolio=(owes("甲", "1626", "1000"), owes("乙", "1300", "1000"), owes("丙", "9000", limit="9000"))
    )  # fmt: skip
    first = said(book)[0]
    assert first == (
        "甲 uses 163 % of its credit limit of CNY 1,000.00: CNY 626.00 of what it owes are above it."
    )


def test_a_cent_above_the_limit_is_told() -> None:
    others = (owes(each, "1000") for each in "乙丙丁戊")
    (only,) = said(replace(BOOK, portfolio=(owes("甲", "1000.01", "1000"), *others)))
    assert only == (
        "甲 uses 100 % of its credit limit of CNY 1,000.00: CNY 0.01 of what it owes are above it."
    )


def test_a_buyer_without_a_limit_is_told_with_all_it_owes() -> None:
    portfolio = (owes("甲", "300", "0", limit="0"), *(owes(each, "300") for each in "乙丙丁"))  # fmt: skip
    assert said(replace(BOOK, portfolio=portfolio)) == [
        "甲 owes CNY 300.00 and has no credit limit: nothing of it is insured."
    ]


@pytest.mark.parametrize(
    ("largest", "found"),
    [
        pytest.param("100", [], id="a quarter of all"),
        # 101 of 401 are 25.2 %.
        pytest.param("101", ["甲 alone owes 25 % of all receivables."], id="more"),
        # 900 of 1,200.
        pytest.param("900", ["甲 alone owes 75 % of all receivables."], id="most"),
    ],
)
def test_a_buyer_with_more_than_a_quarter_stands_out(
    largest: str, found: list[str]
) -> None:
    assert said(replace(BOOK, portfolio=(owes("甲", largest), *EVEN[1:]))) == found


def test_buyers_who_owe_nothing_in_all_do_not_stand_out() -> None:
    assert said(replace(BOOK, portfolio=(owes("甲", "0"), owes("乙", "0")))) == []
    settled = (owes("甲", "50"), owes("乙", "-50"))
    assert said(replace(BOOK, portfolio=settled)) == []


def test_buyers_insured_above_what_they_owe_do_not_stand_out() -> None:
    """A limit in another currency may be worth a little more than the balance."""
    portfolio = tuple(owes(each, "100", "105") for each in "甲乙丙丁")
    assert said(replace(BOOK, portfolio=portfolio)) == []


def test_the_three_that_weigh_most_are_told() -> None:
    book = replace(
        BOOK,
        duties=(duty("甲", DAY - timedelta(days=3), None),),
        ageing=(aged("甲", past=True),),
        portfolio=(owes("甲", "500", "0", limit="0"),),
        limits=(
            LimitRow(buyer="甲", applied=DAY, requested=None, approved=None, decided=None, result=NOTHING),
        ),
    )  # fmt: skip
    assert [each.partition(" ")[0] for each in said(book)] == ["1", "Deliveries", "甲"]
    assert "75 %" not in "".join(said(book))


def test_findings_follow_from_the_figures_of_the_policy() -> None:
    """995 ÷ 1,000 is enough, 994 not; 900 of at most 1,000 insured; 79.9 % approved."""
    policy = PolicyFigures(
        title="", number="", insurer="", declared=_cny("994"), insurable=_cny("1000"), max_liability=_cny("900"),
    )  # fmt: skip
    month = MonthRow(
        end=DAY,
        sold=_cny("0"),
        declared=None,
        insured=_cny("1000"),
        uninsured=_cny("0"),
    )
    answered = LimitRow(
        buyer="甲", applied=DAY, requested=_cny("1000"), approved=_cny("799"), decided=DAY, result=NOTHING,
    )  # fmt: skip
    book = replace(BOOK, policy=policy, months=(month,), limits=(answered,))
    assert said(book) == [
        "Declared were CNY 994.00 of CNY 1,000.00 insurable turnover: 99.4 %.",
        (
            "The maximum liability CNY 900.00 is less than what was insured at its peak, CNY 1,000.00: "
            "one bad year exceeds it."
        ),
        "Of the limits asked for 79.9 % were approved.",
    ]
    enough = replace(policy, declared=_cny("995"), max_liability=_cny("1000"))
    full = replace(answered, approved=_cny("800"))
    assert said(replace(book, policy=enough, limits=(full,))) == []


def test_limits_nobody_uses_are_told_last() -> None:
    asleep = replace(owes("甲", "0"), last_sale=DAY - timedelta(days=91))
    assert said(replace(BOOK, portfolio=(asleep,))) == [
        "1 limits are on buyers who bought nothing for 90 days."
    ]


def _cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")
