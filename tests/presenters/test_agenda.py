"""How many things wait, also those the list doesn't show."""

from datetime import date
from decimal import Decimal

from creditdesk.domain.agenda import Agenda, Waiting
from creditdesk.domain.money import Money
from creditdesk.presenters.agenda import Group, TaskList
from creditdesk.presenters.wording import Wording

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
