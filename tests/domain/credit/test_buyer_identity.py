"""When two buyers look like one, and what keeps companies apart (rules.md 11.1, 12 trap 14)."""

import pytest

from creditdesk.domain.credit.buyer_identity import (
    Identity,
    Reason,
    code_without_zeros,
    differ_by_zeros,
    differ_in_tax_id,
    likeness,
    same_tax_id,
    tax_key,
)
from creditdesk.domain.credit.buyer_names import (
    core_name,
    is_branch,
    may_be_near,
    normal_name,
)
from creditdesk.i18n import LANGUAGES, words

R = Reason
ONE, OTHER = "9144030071526726XG", "914403001922038216"  # rules.md 11.1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("甲（上海）有限公司", "甲(上海)有限公司", id="width of brackets"),
        pytest.param("甲 有限公司 ", "甲有限公司", id="blanks"),
        pytest.param("甲有限责任公司", "甲有限公司", id="both names of one form"),
        pytest.param("ＡＢＣ有限公司", "abc有限公司", id="width and case"),
        pytest.param("ACME Co., Ltd.", "Acme Company Limited", id="Co., Ltd."),
        pytest.param("ACME CO LTD", "acme co.,ltd", id="Co Ltd"),
        pytest.param("Foo Inc.", "FOO, Incorporated", id="Inc."),
        pytest.param("Foo Limited", "Foo Ltd.", id="Ltd."),
        pytest.param("Bar G.m.b.H.", "BAR GmbH", id="GmbH"),
        pytest.param("Bar Corp.", "Bar Corporation", id="Corp."),
    ],
)
def test_one_name_written_two_ways_is_one(one: str, other: str) -> None:
    assert normal_name(one) == normal_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("甲(上海)有限公司", "甲(北京)有限公司", id="place in brackets"),
        pytest.param("甲有限公司", "甲有限公司上海分公司", id="branch"),
        pytest.param("甲有限公司第一分公司", "甲有限公司第二分公司", id="number of a branch"),
        pytest.param("甲有限公司", "甲股份有限公司", id="another form"),
        pytest.param("ACME GmbH", "ACME Inc.", id="another country's form"),
        pytest.param("ACME Ltd.", "ACME Ltd. Paris Branch", id="foreign branch"),
        pytest.param("Visa", "Vi SA", id="letters that are no form"),
    ],
)  # fmt: skip
def test_companies_that_share_a_name_stay_apart(one: str, other: str) -> None:
    assert normal_name(one) != normal_name(other) or one == "Visa"
    if one != "Visa":
        return
    assert core_name(one) != core_name(other)


@pytest.mark.parametrize(
    "name",
    ["甲公司上海分公司", "甲公司北京办事处", "甲厂第二分厂", "工商银行宁波支行", "Acme Paris Branch"],
)  # fmt: skip
def test_a_branch_says_so(name: str) -> None:
    assert is_branch(name)
    assert not is_branch("甲有限公司")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(ONE, ONE.lower() + " ", True, id="case and blanks"),
        pytest.param(ONE, "44030071526726X", True, id="old number of 15 digits"),
        pytest.param(ONE, OTHER, False, id="two numbers"),
        pytest.param("0" * 18, "0" * 18, False, id="zeros are no number"),
        pytest.param("无", "无", False, id="a word for none"),
        pytest.param(
            "121212121212121212", "121212121212121212", False, id="two signs in turn"
        ),
        pytest.param("", "", False, id="nothing"),
        pytest.param("DE123456789", "DE 123 456 789", True, id="foreign number"),
    ],
)
def test_tax_ids_are_compared_as_numbers_of_the_registry(
    one: str,
    other: str,
    same: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert same_tax_id(one, other) is same
    assert differ_in_tax_id(one, other) is (bool(tax_key(one)) and not same)


@pytest.mark.parametrize(
    ("one", "other", "zeros"),
    [
        ("00123", "123", True),
        ("0A1", "a1", True),
        ("０１２", "12", True),
        ("123", "123", False),
        ("1230", "123", False),
        ("", "0", False),
        ("000", "0", True),
        ("000", "0001", False),
    ],
)
def test_codes_that_differ_by_leading_zeros_are_told(
    one: str,
    other: str,
    zeros: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert differ_by_zeros(one, other) is zeros
    assert (code_without_zeros(one) == code_without_zeros(other)) or not zeros


def buyer(name: str, *codes: str, tax: str = "", aliases: tuple[str, ...] = ()) -> Identity:  # fmt: skip
    return Identity(name=name, codes=codes, tax_id=tax, aliases=aliases)


@pytest.mark.parametrize(
    ("one", "other", "reasons", "confidence"),
    [
        pytest.param(
            buyer("甲公司", tax=ONE),
            buyer("甲集团", tax=ONE),
            {R.TAX_ID, R.NAME_DIFFERS},
            (75, 75),
            id="tax id",
        ),
        pytest.param(
            buyer("甲公司"), buyer("甲 公司"), {R.NAME}, (85, 85), id="normal name"
        ),
        pytest.param(
            buyer("甲公司"),
            buyer("乙公司", aliases=("甲公司",)),
            {R.ALIAS},
            (85, 85),
            id="alias",
        ),
        pytest.param(
            buyer("甲公司"), buyer("甲股份有限公司"), {R.FORM}, (60, 60), id="form"
        ),
        pytest.param(
            buyer("甲公司", "00123"),
            buyer("甲公司", "123"),
            {R.NAME, R.ZEROS},
            (86, 95),
            id="zeros and name",
        ),
        pytest.param(
            buyer("甲公司", "00123"),
            buyer("乙厂", "123"),
            {R.ZEROS, R.NAME_DIFFERS},
            (1, 44),
            id="zeros alone",
        ),
        pytest.param(
            buyer("甲公司", "c1"),
            buyer("甲公司", "Ｃ1"),
            {R.NAME, R.CODE_FORM},
            (86, 95),
            id="case and width of the code",
        ),
        pytest.param(
            buyer("甲公司", "1"),
            buyer("甲公司", "2"),
            {R.NAME, R.CODE_DIFFERS},
            (60, 84),
            id="two codes",
        ),
        pytest.param(
            buyer("甲公司", tax=ONE),
            buyer("甲公司"),
            {R.NAME, R.TAX_ID_MISSING},
            (85, 85),
            id="one tax id missing",
        ),
        pytest.param(
            buyer("甲公司", tax=ONE),
            buyer("甲公司", tax=OTHER),
            {R.NAME, R.TAX_ID_DIFFERS},
            (5, 50),
            id="two tax ids",
        ),
        pytest.param(
            buyer("甲公司", tax="91110000710931483R"),
            buyer("甲公司", tax="91110000710931483R"),
            {R.TAX_ID, R.NAME, R.TAX_ID_WRONG},
            (80, 99),
            id="checksum only warns",
        ),
        pytest.param(
            buyer("甲公司"),
            buyer("甲公司上海分公司"),
            {R.BRANCH},
            (0, 0),
            id="branch and head office",
        ),
        pytest.param(
            buyer("甲公司", tax=ONE),
            buyer("甲公司上海分公司", tax=ONE),
            {R.BRANCH},
            (0, 0),
            id="branch under one number",
        ),
    ],
)
def test_every_argument_is_said_and_weighed(
    one: Identity,
    other: Identity,
    reasons: set[Reason],
    confidence: tuple[int, int],
) -> None:
    for found in (likeness(one, other), likeness(other, one)):
        assert {each.reason for each in found.grounds} == reasons
        assert confidence[0] <= found.confidence <= confidence[1]
        for ground in found.grounds:
            assert all("{" not in words(each).say(ground.said) for each in LANGUAGES)


def test_leading_zeros_are_a_question_however_unlike_the_names() -> None:
    question = likeness(buyer("甲公司", "00123"), buyer("乙厂", "123")).question
    assert question is not None
    assert words("en").say(question) == "Is 00123 the same customer as 123?"
    assert words("zh").say(question) == "00123 与 123 是同一个客户吗？"
    assert likeness(buyer("甲公司"), buyer("甲 公司")).question is None


def test_two_codes_of_one_buyer_are_both_named() -> None:
    found = likeness(buyer("甲公司", "A7"), buyer("甲公司", "B9"))
    (ground,) = (each for each in found.grounds if each.reason is Reason.CODE_DIFFERS)
    assert words("en").say(ground.said) == "The ledger gives them two codes: A7 and B9."


def test_near_names_with_a_tax_id_each_are_two_companies() -> None:
    one, other = "宁波海澜贸易有限公司", "宁波海蓝贸易有限公司"
    assert likeness(buyer(one), buyer(other), 90).confidence == 50
    assert likeness(buyer(one, tax=ONE), buyer(other, tax=OTHER), 90).confidence == 0


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("宁波海澜贸易有限公司", "宁波海蓝贸易有限公司", True),
        ("杭州远山机械有限公司", "广州远山机械有限公司", False),
        ("甲集团(上海)有限公司", "甲集团(北京)有限公司", False),
        ("Northwind Store 12", "Northwind Store 13", False),
        ("成都第一机械厂", "成都第二机械厂", False),
        ("Northwind Traders Ltd", "Northwnd Traders Ltd", True),
    ],
)
def test_a_slip_of_the_pen_is_no_other_place_and_no_other_number(
    one: str,
    other: str,
    near: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert may_be_near(one, other) is near


@pytest.mark.parametrize(
    ("one", "other", "confidence"),
    [
        pytest.param(buyer("甲公司", "00123"), buyer("甲公司", "123"), 90, id="85 and a third of 15"),
        pytest.param(buyer("甲公司", "1"), buyer("甲公司", "2"), 65, id="85 less 20"),
        pytest.param(buyer("甲公司", tax=ONE), buyer("甲公司", tax=OTHER), 35, id="85 less 50"),
        pytest.param(buyer("甲公司", "00123"), buyer("乙厂", "123"), 25, id="45 less 20"),
        pytest.param(buyer("甲公司", "00123", tax=ONE), buyer("乙厂", "123", tax=OTHER), 5,
                     id="45 less 50 less 20: 5 at least"),
    ],
)  # fmt: skip
def test_a_second_argument_adds_a_third_and_what_speaks_against_is_taken_off(
    one: Identity, other: Identity, confidence: int
) -> None:
    assert likeness(one, other).confidence == confidence


def test_grounds_stand_for_against_and_only_said() -> None:
    found = likeness(buyer("甲公司", "1", tax=ONE), buyer("甲公司", "2")).grounds
    assert [each.reason for each in found] == [R.NAME, R.CODE_DIFFERS, R.TAX_ID_MISSING]
