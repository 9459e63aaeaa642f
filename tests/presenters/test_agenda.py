"""How many things wait, also those the list doesn't show."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from creditdesk.catalog.policies import duty_rules
from creditdesk.domain.base.counting import CountRule
from creditdesk.domain.base.money import Money
from creditdesk.domain.duties.agenda import Agenda, DutyId, DutyLine, Waiting
from creditdesk.domain.duties.duties import Action
from creditdesk.i18n import Bilingual
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.watch.agenda import (
    BUYER_BUTTONS,
    POLICY_BUTTONS,
    Group,
    TaskList,
)

TODAY = date(2026, 11, 23)
NOTHING = Money(Decimal(0), "CNY")


def test_a_group_counts_what_waits_behind_the_rows_shown() -> None:
    days = ("2026-11-22", "2026-11-01", "2026-11-23", "2026-11-30", "2026-12-01")
    waiting = tuple(
        Waiting(date.fromisoformat(day), 1, NOTHING, debt=True) for day in days
    )
    found = TaskList(Agenda((), waiting), TODAY, Wording("en"))
    assert [found.waiting(group) for group in Group] == [2, 2, 1]
    assert found.urgent == 4


def test_money_at_stake_counts_each_debt_once_and_no_turnover_to_be_declared() -> None:
    """The buyer's 300 wait for two duties, the other's 50 for one; 9,000 are to be declared, a limit of 700 renewed."""
    day = date(2026, 11, 30)

    def waits(buyer: int | None, amount: int, *, debt: bool = True) -> Waiting:
        return Waiting(day, buyer, Money(Decimal(amount), "CNY"), debt)

    waiting = (
        waits(1, 300), waits(1, 200), waits(2, 50), waits(None, 9_000, debt=False), waits(2, 700, debt=False),
    )  # fmt: skip
    assert Agenda((), waiting).at_stake == (Money(Decimal(350), "CNY"),)
    only = TaskList(Agenda((), waiting[3:]), TODAY, Wording("en"))
    assert only.summary == "2 things to do, by safe date"


def test_a_step_of_the_timetable_has_no_last_legal_day() -> None:
    (step,) = TaskList(Agenda((line("R01", None),), ()), TODAY, Wording("en")).tasks
    (notice,) = TaskList(Agenda((line("D27", None),), ()), TODAY, Wording("en")).tasks
    assert "Last legal day" not in step.consequence
    assert "Last legal day" in notice.consequence


def test_a_duty_over_a_bill_asks_whether_it_was_honoured() -> None:
    late = replace(line("D14", 1), invoices=("A", "B"), bills=("B",))
    (task,) = TaskList(Agenda((late,), ()), TODAY, Wording("en")).tasks
    assert task.consequence.startswith("A bill was taken for B: see whether it was honoured.")  # fmt: skip
    (plain,) = TaskList(Agenda((replace(late, bills=()),), ()), TODAY, Wording("en")).tasks  # fmt: skip
    assert "bill" not in plain.consequence


def test_a_negative_amount_has_its_minus_before_the_currency() -> None:
    wording = Wording("en")
    assert wording.money(Money(Decimal(-3000), "CNY")) == "−¥\u00a03,000.00"


@pytest.mark.parametrize(
    ("code", "word", "place", "where"),
    [
        ("D02", "Apply for a limit", "letter", {"letter": "limit_application", "policy": 1, "buyer": 7}),
        ("D13", "Mark as done", "", {}),
        ("D14", "Prepare the notice", "letter", {"letter": "overdue_notice", "policy": 1, "buyer": 7}),
        ("D20", "Open the claim", "new_claim", {"buyer": 7}),
        ("D04", "Ask for renewal", "letter", {"letter": "limit_renewal", "policy": 1, "buyer": 7}),
        ("L01", "Enter the answer", "buyer_file", {"buyer": 7, "part": 2}),
        ("L02", "Open the file", "buyer_file", {"buyer": 7}),
    ],
)  # fmt: skip
def test_what_a_duty_to_a_buyer_needs_is_one_press_away(
    code: str, word: str, place: str, where: dict[str, object]
) -> None:
    (task,) = TaskList(Agenda((line(code, 7),), ()), TODAY, Wording("en")).tasks
    assert (task.act, task.place, task.where) == (word, place, where)


@pytest.mark.parametrize(
    ("code", "word", "place", "where"),
    [
        ("D02", "Show the limits", "limits", {}),
        ("D07", "Declare", "declarations", {"policy": 1}),
        ("D10", "Open the premium", "premium", {"policy": 1}),
        ("D27", "Open the policy", "policy_file", {"policy": 1}),
        ("R02", "Mark as done", "", {}),
    ],
)
def test_what_a_duty_of_the_policy_needs_is_one_press_away(
    code: str, word: str, place: str, where: dict[str, object]
) -> None:
    (task,) = TaskList(Agenda((line(code, None),), ()), TODAY, Wording("en")).tasks
    assert (task.act, task.place, task.where) == (word, place, where)


def test_every_action_of_a_duty_has_a_button() -> None:
    assert {*Action} == {*BUYER_BUTTONS, *POLICY_BUTTONS}


def line(code: str, buyer: int | None) -> DutyLine:
    rule = next(each for each in duty_rules("") if each.code == code)
    return DutyLine(
        action=rule.action,
        ids=(DutyId(1),),
        client_id=1,
        client="明达",
        policy_id=1,
        policy="P-1",
        code=code,
        title=Bilingual("限额", "Limit"),
        consequence=Bilingual("无", "None"),
        buyer_id=buyer,
        buyer="海澜" if buyer else "",
        invoices=(),
        anchor_on=TODAY,
        rule=CountRule.parse("LIMIT_APPLIED + 10 WD"),
        legal=TODAY,
        safe=TODAY,
        amount=NOTHING,
        provisional=False,
        calendar_known=True,
        state="open",
        closed_on=None,
    )
