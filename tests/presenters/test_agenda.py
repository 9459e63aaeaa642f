"""How many things wait, also those the list doesn't show."""

from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.base.counting import CountRule
from creditdesk.domain.base.money import Money
from creditdesk.domain.duties.agenda import Agenda, DutyId, DutyLine, Waiting
from creditdesk.i18n import Bilingual
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.watch.agenda import Group, TaskList

TODAY = date(2026, 11, 23)
NOTHING = Money(Decimal(0), "CNY")


def test_a_group_counts_what_waits_behind_the_rows_shown() -> None:
    days = ("2026-11-22", "2026-11-01", "2026-11-23", "2026-11-30", "2026-12-01")
    waiting = tuple(Waiting(date.fromisoformat(day), 1, NOTHING) for day in days)
    found = TaskList(Agenda((), waiting), TODAY, Wording("en"))
    assert [found.waiting(group) for group in Group] == [2, 2, 1]
    assert found.urgent == 4


def test_a_negative_amount_has_its_minus_before_the_currency() -> None:
    wording = Wording("en")
    assert wording.money(Money(Decimal(-3000), "CNY")) == "−¥\u00a03,000.00"


@pytest.mark.parametrize(
    ("code", "word", "place", "where"),
    [
        ("D04", "Ask for renewal", "limit_request", {"policy": 1, "buyer": 7, "kind": "RENEWAL"}),
        ("L01", "Enter the answer", "buyer_file", {"buyer": 7, "part": 2}),
        ("L02", "Open the file", "buyer_file", {"buyer": 7}),
    ],
)  # fmt: skip
def test_what_a_limit_needs_is_one_press_away(
    code: str, word: str, place: str, where: dict[str, object]
) -> None:
    duty = DutyLine(
        ids=(DutyId(1),),
        client_id=1,
        client="明达",
        policy_id=1,
        policy="P-1",
        code=code,
        title=Bilingual("限额", "Limit"),
        consequence=Bilingual("无", "None"),
        buyer_id=7,
        buyer="海澜",
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
    (task,) = TaskList(Agenda((duty,), ()), TODAY, Wording("en")).tasks
    assert (task.act, task.place, task.where) == (word, place, where)
