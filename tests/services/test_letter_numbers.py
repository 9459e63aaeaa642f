"""Numbers of letters on a desk: one after the other, undone ones kept and not given again."""

from datetime import date

import pytest

from creditdesk.errors import UserError
from creditdesk.services.clients import ClientCard
from creditdesk.services.letter_numbers import LETTER_PATTERN, short
from creditdesk.workspace import Desk

DAY = date(2026, 3, 9)


@pytest.fixture
def client(desk: Desk) -> int:
    desk.upkeep.set({LETTER_PATTERN: "{year}-{client}-{n:03}"})
    return desk.clients.add(ClientCard(name="明达电子有限公司"))


def test_numbers_follow_one_another_and_begin_anew_with_the_year(
    desk: Desk, client: int
) -> None:
    give = desk.letter_numbers.give
    assert desk.letter_numbers.next(client, DAY) == "2026-MDDZ-001"
    assert [give(client, DAY, "催款函", "甲") for _ in range(2)] == ["2026-MDDZ-001", "2026-MDDZ-002"]  # fmt: skip
    assert give(client, date(2027, 1, 4), "催款函", "甲") == "2027-MDDZ-001"
    assert desk.letter_numbers.next(client, DAY) == "2026-MDDZ-003"


def test_an_undone_number_stays_with_its_reason_and_is_not_given_again(
    desk: Desk, client: int
) -> None:
    numbers = desk.letter_numbers
    first = numbers.give(client, DAY, "催款函", "甲")
    numbers.undo(first, "never sent")
    assert numbers.give(client, DAY, "催款函", "乙") == "2026-MDDZ-002"
    assert [(each.number, each.about, each.undone) for each in numbers.all()] == [
        ("2026-MDDZ-001", "甲", "never sent"),
        ("2026-MDDZ-002", "乙", None),
    ]
    for wrong in (first, "2026-MDDZ-009"):
        with pytest.raises(UserError):
            numbers.undo(wrong, "again")


def test_two_clients_with_the_same_initials_share_the_count(
    desk: Desk, client: int
) -> None:
    other = desk.clients.add(ClientCard(name="铭鼎电子厂"))
    assert short("铭鼎电子厂") == short("明达电子有限公司") == "MDDZ"
    given = [desk.letter_numbers.give(each, DAY, "x", "") for each in (client, other)]
    assert given == ["2026-MDDZ-001", "2026-MDDZ-002"]
    assert [each.number for each in desk.letter_numbers.all(other)] == ["2026-MDDZ-002"]


def test_a_changed_pattern_never_gives_a_number_twice(desk: Desk, client: int) -> None:
    desk.upkeep.set({LETTER_PATTERN: "L-{n}"})
    assert desk.letter_numbers.give(client, DAY, "x", "") == "L-1"
    desk.upkeep.set({LETTER_PATTERN: "L-{n:01}"})
    assert desk.letter_numbers.give(client, DAY, "x", "") == "L-2"


def test_without_a_pattern_letters_have_no_numbers(desk: Desk, client: int) -> None:
    desk.upkeep.set({LETTER_PATTERN: ""})
    assert desk.letter_numbers.give(client, DAY, "x", "") == ""
    assert desk.letter_numbers.all() == ()
