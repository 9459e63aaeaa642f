import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditdesk.domain.base.identity import (
    check_character,
    check_uscc,
    is_resident_id,
    organisation_check,
)

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def codes(findings: tuple[object, ...]) -> list[str]:
    return [finding.code for finding in findings]  # type: ignore[attr-defined]  # findings of check_uscc


@pytest.mark.parametrize(
    "code",
    [
        "9144030071526726XG",
        "914403001922038216",
        "91110000802100433B",
        "91330100799655058B",
        "91110108551385082Q",
        "91310000132260250X",
    ],
)
def test_the_valid_codes_of_rules_md_11_1_are_valid(code: str) -> None:
    check = check_uscc(code)
    assert check.valid
    assert check.warnings == ()


@pytest.mark.parametrize(
    ("code", "expected"), [("91110000710931483R", "X"), ("91310115591673062R", "2")]
)
def test_a_wrong_check_character_names_the_right_one(code: str, expected: str) -> None:
    check = check_uscc(code)
    assert codes(check.problems) == ["CHECK"]
    assert dict(check.problems[0].message.places)["expected"] == expected


@pytest.mark.parametrize(
    ("code", "check"),
    [("71526726", "X"), ("19220382", "1"), ("80210043", "3"), ("79965505", "8")],
)
def test_organisation_codes_carry_their_own_check(code: str, check: str) -> None:
    assert organisation_check(code) == check


def test_typing_habits_are_repaired() -> None:
    assert (
        check_uscc(" ９１44-0300 7152\u200b6726xg ").normalized == "9144030071526726XG"
    )


def test_letters_read_for_digits_are_suggested_and_not_applied() -> None:
    check = check_uscc("9I44O30071526726XG")
    assert not check.valid
    assert check.normalized == "9I44O30071526726XG"
    assert check.suggestion == "9144030071526726XG"


def test_letters_in_the_first_two_places_are_valid() -> None:
    code = "A1110000802100433"
    assert check_uscc(code + check_character(code)).valid


def test_a_personal_id_number_is_told_from_a_company_code() -> None:
    assert "PERSONAL_ID" in codes(check_uscc("440308199901101512").warnings)
    assert "PERSONAL_ID" not in codes(check_uscc("914403001922038216").warnings)


def test_an_inner_check_that_fails_only_warns() -> None:
    first = "91110000802100434"
    check = check_uscc(first + check_character(first))
    assert check.valid
    assert codes(check.warnings) == ["ORGANISATION_CHECK"]
    told = dict(check.warnings[0].message.places)
    assert (told["found"], told["expected"]) == ("4", "3")


def test_old_numbers_and_wrong_lengths_are_problems() -> None:
    assert codes(check_uscc("440301103000000").problems) == ["LENGTH"]
    assert codes(check_uscc("").problems) == ["LENGTH"]


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.data())
def test_any_single_wrong_character_is_found(
    first: str, place: int, data: st.DataObject
) -> None:
    code = first + check_character(first)
    other = data.draw(st.sampled_from(ALPHABET.replace(code[place], "")))
    assert check_uscc(code).valid
    assert not check_uscc(code[:place] + other + code[place + 1 :]).valid


@pytest.mark.parametrize(
    ("code", "has_area"),
    [
        pytest.param("9Y4403001922038216", True, id="a letter before the area"),
        pytest.param("91A403001922038216", False, id="a letter at its beginning"),
        pytest.param("9144030A1922038216", False, id="a letter at its end"),
        pytest.param("91440300A922038216", True, id="a letter behind it"),
    ],
)
def test_the_area_is_the_third_to_the_eighth_character(
    code: str, *, has_area: bool
) -> None:
    assert ("AREA" not in codes(check_uscc(code).warnings)) is has_area


@pytest.mark.parametrize(
    "code",
    [
        "110101190001010014", "320506198811020010", "440306197506300122", "510107200109150034", "110101199912310027",
    ],
)  # fmt: skip
def test_a_personal_number_is_told_by_its_check_digit_and_birth_date(code: str) -> None:
    assert is_resident_id(code)
    other = "0" if code[-1] != "0" else "1"
    assert not is_resident_id(code[:-1] + other)
    assert not is_resident_id("110101199913310022")  # no such month


def test_nobody_in_business_was_born_before_1900() -> None:
    # Check digits are right in both: 1900-01-01, and 1899-01-01.
    assert is_resident_id("110101190001010014")
    assert not is_resident_id("110101189901010011")
