"""Days and amounts as people type them: what is meant is written out, what could be two things is asked for."""

from datetime import date

import pytest

from creditdesk.i18n import Language
from creditdesk.presenters.parts.days import DayUncertain
from creditdesk.presenters.parts.typed import FieldKind, read, understood
from creditdesk.presenters.parts.wording import Wording

IN_MARCH = date(2026, 3, 1)
IN_NOVEMBER = date(2026, 11, 30)


def written(typed: str, today: date = IN_MARCH, language: Language = "zh") -> str:
    return understood(FieldKind.DATE, typed, Wording(language, lambda: today))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        pytest.param("0315", "2026-03-15", id="four digits"),
        pytest.param("3.15", "2026-03-15", id="point"),
        pytest.param("3-15", "2026-03-15", id="dash"),
        pytest.param("３．１５", "2026-03-15", id="full width"),
        pytest.param("3月15日", "2026-03-15", id="Chinese, without the year"),
        pytest.param("3月15号", "2026-03-15", id="as it is said"),
        pytest.param("315", "2026-03-15", id="three digits, one day only"),
        pytest.param("260315", "2026-03-15", id="year of two digits"),
        pytest.param("20260315", "2026-03-15", id="eight digits"),
        pytest.param("2026年3月15日", "2026-03-15", id="Chinese"),
        pytest.param("2026.3.15", "2026-03-15", id="points"),
        pytest.param("15 Mar 2026", "2026-03-15", id="as English lists write it"),
        pytest.param("今天", "2026-03-01", id="today"),
        pytest.param("昨天", "2026-02-28", id="yesterday"),
        pytest.param("明天", "2026-03-02", id="tomorrow"),
        pytest.param("+30", "2026-03-31", id="days on"),
        pytest.param("-7", "2026-02-22", id="days back"),
        pytest.param("＋30天", "2026-03-31", id="days on, with the unit"),
    ],
)
def test_a_day_typed_short_is_written_out(typed: str, day: str) -> None:
    assert written(typed) == day


@pytest.mark.parametrize(
    ("typed", "today", "language"),
    [
        pytest.param("0315", IN_NOVEMBER, "zh", id="next March is nearer than this one"),
        pytest.param("1213", IN_MARCH, "zh", id="last December is nearer"),
        pytest.param("111", IN_MARCH, "zh", id="1 November or 11 January"),
        pytest.param("3/4", IN_MARCH, "en", id="4 March or 3 April"),
    ],
)  # fmt: skip
def test_what_could_be_two_days_stays_and_is_asked_for(
    typed: str, today: date, language: Language
) -> None:
    assert written(typed, today, language) == typed
    with pytest.raises(DayUncertain) as refused:
        read(FieldKind.DATE, typed)
    assert "with its year" in refused.value.said.text


@pytest.mark.parametrize("typed", ["13-45", "2026-02-30", "soon", "30", "0230"])
def test_what_is_no_day_stays(typed: str) -> None:
    assert written(typed) == typed


def test_3_4_is_the_fourth_of_march_in_chinese() -> None:
    assert written("3/4") == "2026-03-04"


def test_on_paper_nothing_counts_from_today() -> None:
    assert understood(FieldKind.DATE, "+30", Wording("zh")) == "+30"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param("50万", "500,000.00", id="ten thousands"),
        pytest.param("1.2亿", "120,000,000.00", id="hundred millions"),
        pytest.param("3千", "3,000.00", id="thousands"),
        pytest.param("50w", "500,000.00", id="as it is typed in chats"),
        pytest.param("50万元", "500,000.00", id="with the money's name"),
        pytest.param("1.23456万", "12,345.60", id="to the cent"),
        pytest.param("5,000.00", "5,000.00", id="as it is shown"),
        pytest.param("5000", "5,000.00", id="plain"),
        pytest.param("(500)", "-500.00", id="in brackets"),
        pytest.param("（５００）", "-500.00", id="full width"),
        pytest.param("0.005", "0.005", id="finer than a cent: nothing is rounded"),
        pytest.param("(-5)", "(-5)", id="negative twice"),
        pytest.param("1,25", "1,25", id="a comma for a point"),
        pytest.param("12a", "12a", id="no amount"),
    ],
)
def test_an_amount_is_written_out(typed: str, shown: str) -> None:
    assert understood(FieldKind.AMOUNT, typed, Wording("zh")) == shown
