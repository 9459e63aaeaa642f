"""Grounds of a discretionary limit, read out of a ledger (rules.md 3.5)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import Rate, RateMissing
from creditdesk.domain.cover.case import CaseInvoice
from creditdesk.domain.cover.discretionary import Question, experience, kills
from creditdesk.domain.cover.limits import CoverEvent, CoverEventKind, Limit
from creditdesk.domain.ledger.allocation import Credit
from creditdesk.domain.policy.choices import LimitState

D = date.fromisoformat


def cny(amount: int) -> Money:
    return Money(Decimal(amount), "CNY")


def invoice(number: str, issued: str, due: str, amount: int, currency: str = "CNY") -> CaseInvoice:  # fmt: skip
    return CaseInvoice(id=number, issued=D(issued), due=D(due), amount=Money(Decimal(amount), currency))  # fmt: skip


def paid(on: str, amount: int, to: str, *, note: bool = False) -> Credit:
    return Credit(f"P-{to}-{on}", D(on), cny(amount), to, is_note=note)


ASKED = Question(
    on=D("2025-09-10"),
    currency="CNY",
    invoices=(
        invoice("A", "2025-01-10", "2025-03-11", 30000),
        invoice("B", "2025-02-10", "2025-04-11", 20000),
        invoice("C", "2025-05-01", "2025-06-30", 10000),
    ),
    credits=(
        paid("2025-03-01", 30000, "A"),
        paid("2025-05-20", 20000, "B"),
        paid("2025-06-20", 10000, "C"),
    ),
    extension_days=60,
    most=cny(100000),
)


def test_the_limit_is_the_highest_balance_that_was_properly_paid() -> None:
    found = experience(ASKED)
    assert found.highest == found.amount == cny(50000)
    assert found.evidence_date == D("2025-06-20")
    settled = [str(each.settled_on) for each in found.purchases]
    assert settled == ["2025-03-01", "2025-05-20", "2025-06-20"]


@pytest.mark.parametrize(
    ("factor", "most", "amount"),
    [("1", 45000, 45000), ("1.5", 100000, 75000), ("0.5", 100000, 25000)],
)
def test_the_policys_factor_and_cap_bound_it(factor: str, most: int, amount: int) -> None:  # fmt: skip
    asked = replace(ASKED, factor=Decimal(factor), most=cny(most))
    assert experience(asked).amount == cny(amount)


def test_what_was_paid_after_the_overdue_point_does_not_count() -> None:
    late = replace(ASKED, extension_days=0)
    found = experience(late)
    assert [each.number for each in found.in_time] == ["A", "C"]
    assert found.highest == cny(30000)
    once = replace(late, invoices=ASKED.invoices[:2], credits=ASKED.credits[:2])
    assert experience(once).amount is None
    assert experience(once).against


def test_purchases_older_than_twelve_months_do_not_count() -> None:
    found = experience(replace(ASKED, on=D("2026-04-01")))
    assert [each.number for each in found.purchases] == ["C"]
    assert found.amount is None


def test_goods_taken_back_prove_nothing() -> None:
    credited = (*ASKED.credits[:2], paid("2025-06-20", 10000, "C", note=True))
    found = experience(replace(ASKED, credits=credited))
    assert [each.number for each in found.purchases] == ["A", "B"]


def test_arrears_adverse_information_and_a_zero_decision_kill_it() -> None:
    assert kills(ASKED) == ()
    arrears = replace(ASKED, credits=ASKED.credits[:2])
    assert "C" in dict(kills(arrears)[0].places).values()
    today = (*ASKED.credits[:2], replace(ASKED.credits[2], on=ASKED.on))
    assert kills(replace(ASKED, credits=today)) == ()
    adverse = CoverEvent(CoverEventKind.ADVERSE_INFO, D("2025-09-10"))
    assert len(kills(replace(ASKED, events=(adverse,)))) == 1
    assert kills(replace(ASKED, events=(replace(adverse, on=D("2025-09-11")),))) == ()
    refused = Limit(D("2025-01-01"), None, cny(0), LimitState.REFUSED)
    assert experience(replace(ASKED, limits=(refused,))).amount is None


def test_other_currencies_are_taken_at_the_rate_of_the_day_or_refused() -> None:
    dollars = (invoice("U", "2025-04-01", "2025-05-31", 1000, "USD"), *ASKED.invoices)
    with pytest.raises(RateMissing):
        experience(replace(ASKED, invoices=dollars))
    settled = Credit("P-U", D("2025-05-30"), Money(Decimal(1000), "USD"), "U")
    asked = replace(
        ASKED,
        invoices=dollars,
        credits=(*ASKED.credits, settled),
        rates=(Rate("USD", D("2025-01-01"), Decimal(7)),),
    )
    assert experience(asked).highest == cny(50000)
    assert experience(asked).purchases[0].amount == cny(7000)


@pytest.mark.parametrize(
    ("on", "counted"),
    [
        pytest.param("2026-01-10", ["A", "B", "C"], id="twelve months to the day"),
        pytest.param("2026-01-11", ["B", "C"], id="a day more"),
        pytest.param("2025-05-01", ["A", "B", "C"], id="bought on the day"),
        pytest.param("2025-04-30", ["A", "B"], id="bought the day after"),
    ],
)
def test_purchases_count_from_their_day_for_twelve_months(
    on: str, counted: list[str]
) -> None:
    found = experience(replace(ASKED, on=D(on)))
    assert [each.number for each in found.purchases] == counted


@pytest.mark.parametrize(
    ("on", "in_time"),
    [
        pytest.param("2025-08-29", ["A", "B", "C"], id="30 June and 60 days"),
        pytest.param("2025-08-30", ["A", "B"], id="a day late"),
        pytest.param("2025-09-11", ["A", "B"], id="after the day asked about"),
    ],
)
def test_money_counts_on_its_day_and_is_in_time_on_the_last(
    on: str, in_time: list[str]
) -> None:
    asked = replace(ASKED, credits=(*ASKED.credits[:2], paid(on, 10000, "C")))
    assert [each.number for each in experience(asked).in_time] == in_time


def test_money_of_the_very_day_settles() -> None:
    asked = replace(ASKED, on=D("2025-06-20"))
    found = experience(asked)
    assert found.purchases[-1].settled_on == asked.on
    assert len(found.in_time) == 3
    assert kills(replace(asked, on=D("2025-08-30"))) == ()


@pytest.mark.parametrize(
    ("start", "notice", "killed"),
    [
        pytest.param("2025-09-10", None, True, id="withdrawn on the day"),
        pytest.param("2025-09-11", None, False, id="withdrawn the day after"),
        pytest.param("2025-08-11", 30, True, id="the notice has run"),
        pytest.param("2025-08-12", 30, False, id="its last day"),
    ],
)
def test_a_withdrawn_limit_kills_it_once_the_notice_has_run(
    start: str, notice: int | None, *, killed: bool
) -> None:
    limits = (Limit(D(start), None, cny(100), LimitState.CANCELLED),)
    asked = replace(ASKED, limits=limits)
    if notice is not None:
        asked = replace(asked, notice_days=notice)
    assert bool(kills(asked)) is killed


@pytest.mark.parametrize(
    ("on", "floor", "killed"),
    [
        pytest.param("2025-08-29", 0, False, id="60 days after 30 June"),
        pytest.param("2025-08-30", 0, True, id="a day more"),
        pytest.param("2025-08-30", 9999, True, id="above the floor"),
        pytest.param("2025-08-30", 10000, False, id="just the floor"),
    ],
)
def test_arrears_kill_it_beyond_the_extension_and_above_the_floor(
    on: str, floor: int, *, killed: bool
) -> None:
    asked = replace(ASKED, on=D(on), credits=ASKED.credits[:2], floor=Decimal(floor))
    assert bool(kills(asked)) is killed


@pytest.mark.parametrize(("floor", "killed"), [("6999", True), ("7000", False)])
def test_arrears_in_another_currency_are_held_against_the_floor_at_their_rate(
    floor: str, *, killed: bool
) -> None:
    """USD 1,000 at 7 are CNY 7,000."""
    asked = replace(
        ASKED,
        on=D("2025-08-30"),
        invoices=(
            *ASKED.invoices,
            invoice("U", "2025-04-01", "2025-05-31", 1000, "USD"),
        ),
        floor=Decimal(floor),
        rates=(Rate("USD", D("2025-01-01"), Decimal(7)),),
    )
    assert bool(kills(asked)) is killed
