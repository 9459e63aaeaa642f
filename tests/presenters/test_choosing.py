"""One of many is found by what is typed of it."""

import pytest

from creditdesk.presenters.parts.choosing import MOST, Choosing

NAMES = (
    "上海加喜贸易有限公司",
    "杭州明达电子有限公司",
    "明光进出口有限公司",
    "Łódź Textil",
    "PD-2026-000096 · 加喜",
)


def offered(typed: str, lately: tuple[int, ...] = ()) -> list[str]:
    return [NAMES[place][:4] for place in Choosing(NAMES, lately).found(typed).places]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        pytest.param("加喜", ["上海加喜", "PD-2"], id="characters"),
        pytest.param("jiaxi", ["上海加喜", "PD-2"], id="pinyin"),
        pytest.param("hzmd", ["杭州明达"], id="initials"),
        pytest.param("MD", ["杭州明达"], id="capitals"),
        pytest.param("ming", ["明光进出", "杭州明达"], id="what begins so comes first"),
        pytest.param("明 电子", ["杭州明达"], id="two words"),
        pytest.param("lodz", [], id="a letter that is none of ours"),
        pytest.param("textil", ["Łódź"], id="Latin"),
        pytest.param("２０２６", ["PD-2"], id="full width"),
        pytest.param("没有", [], id="nothing"),
    ],
)
def test_one_is_found_by(typed: str, names: list[str]) -> None:
    assert offered(typed) == names


def test_what_was_chosen_lately_stands_first() -> None:
    assert offered("", (2, 1))[:3] == ["明光进出", "杭州明达", "上海加喜"]
    assert offered("ming", (1,)) == ["明光进出", "杭州明达"]


def test_of_very_many_the_first_are_offered_and_the_others_counted() -> None:
    many = Choosing([f"买方{number}" for number in range(10_000)])
    found = many.found("买方")
    assert (len(found.places), found.more) == (MOST, 10_000 - MOST)
    assert many.found("mf9999").places == (9_999,)
