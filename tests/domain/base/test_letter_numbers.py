"""The numbers letters go out under: what a pattern may be, and that no number is given twice."""

from datetime import date

import pytest

from creditdesk.domain.base.letter_numbers import (
    LetterPatternUnreadable,
    check_pattern,
    next_number,
    number_of,
    places_of,
    scope_of,
)

PLACES = places_of(date(2026, 3, 9), "MD")
NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("{year}-{client}-{n:03}", "2026-MD-007"),
        ("{year}{month}-{n}", "202603-7"),
        ("明函〔{year}〕{n}号", "明函〔2026〕7号"),
        ("{n:05}", "00007"),
    ],
)
def test_a_pattern_makes_numbers(pattern: str, number: str) -> None:
    check_pattern(pattern)
    assert number_of(pattern, PLACES, 7) == number


@pytest.mark.parametrize(
    "pattern",
    ["2026", "{year}", "{n}{n}", "{n:3.2f}", "{who}-{n}", "{n", "{year:04}-{n}", "{n!r}",
     "{0}-{n}", "{n.real}", "{n:{year}}"],
)  # fmt: skip
def test_what_makes_none_is_refused(pattern: str) -> None:
    with pytest.raises(LetterPatternUnreadable):
        check_pattern(pattern)


def test_no_pattern_is_no_mistake() -> None:
    check_pattern("")


def test_the_count_begins_anew_with_what_it_is_counted_by() -> None:
    pattern = "{year}-{client}-{n:03}"
    assert scope_of(pattern, PLACES) == "2026-MD-#"
    assert scope_of(pattern, places_of(date(2027, 1, 1), "MD")) != scope_of(pattern, PLACES)  # fmt: skip
    assert next_number(pattern, PLACES, [], NONE) == ("2026-MD-001", 1)
    assert next_number(pattern, PLACES, [1, 3], NONE) == ("2026-MD-004", 4)


def test_a_number_another_pattern_gave_is_passed_over() -> None:
    taken = frozenset({"2026-1", "2026-2"})
    assert next_number("{year}-{n}", PLACES, [], taken) == ("2026-3", 3)
