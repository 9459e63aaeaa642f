"""Notes on countries and sectors: what is refused, whom they concern, how long a lowered rating lasts (rules.md 7)."""

from dataclasses import replace
from datetime import date

import pytest

from creditdesk.domain.credit.facts import Fact, FactKind
from creditdesk.domain.credit.outlooks import (
    About,
    CountryWrong,
    Move,
    NewOutlook,
    NoteInFuture,
    NoteRatingMissing,
    NoteSourceMissing,
    NoteTitleMissing,
    SectorMissing,
    checked,
    concerns,
    country_of,
    downgrades,
    sectors_of,
)
from creditdesk.errors import UserError

TODAY = date(2025, 9, 10)
LOWERED = NewOutlook(
    about=About.COUNTRY, subject=" tr ", title="Lira falls", source="A", as_of=date(2025, 3, 1), move=Move.DOWN,
    rating="C",
)  # fmt: skip


def test_a_note_is_kept_trimmed_with_its_country_in_capitals() -> None:
    assert checked(LOWERED, TODAY).subject == "TR"
    sector = replace(LOWERED, about=About.SECTOR, subject=" Steel ")
    assert checked(sector, TODAY).subject == "Steel"


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"subject": "Turkey"}, CountryWrong),
        ({"subject": "T1"}, CountryWrong),
        ({"about": About.SECTOR, "subject": " "}, SectorMissing),
        ({"title": " "}, NoteTitleMissing),
        ({"source": " "}, NoteSourceMissing),
        ({"rating": " "}, NoteRatingMissing),
        ({"as_of": date(2025, 9, 11)}, NoteInFuture),
    ],
)
def test_a_note_that_says_too_little_is_refused(
    change: dict[str, object], refused: type[UserError]
) -> None:
    with pytest.raises(refused):
        checked(replace(LOWERED, **change), TODAY)  # type: ignore[arg-type]  # any field


def test_news_needs_no_rating_and_today_is_no_day_to_come() -> None:
    news = replace(LOWERED, move=Move.NEWS, rating="", as_of=TODAY)
    assert checked(news, TODAY).rating == ""


def test_a_country_concerns_its_buyers_and_none_whose_card_names_none() -> None:
    note = checked(LOWERED, TODAY)
    assert concerns(note, country_of("tr ", ""), ())
    assert not concerns(note, "DE", {"TR"})
    assert not concerns(replace(note, subject="CN"), "", ())
    valid, wrong = "91350100M000100Y43", "91350100M000100Y44"
    asked = (("", ""), ("", valid), ("", wrong), ("de", valid))
    known = [country_of(*each) for each in asked]
    assert known == ["", "CN", "", "DE"]


def test_a_sector_concerns_the_buyers_whose_files_name_it() -> None:
    facts = (
        Fact(kind=FactKind.SECTOR, happened_on=date(2025, 1, 1), value="steel"),
        Fact(kind=FactKind.SECTOR, happened_on=date(2025, 1, 1), value="ships", ended_on=date(2025, 2, 1)),
        Fact(kind=FactKind.SECTOR, happened_on=date(2025, 10, 1), value="trains"),
        Fact(kind=FactKind.BUSINESS, happened_on=date(2025, 1, 1), value="maker"),
    )  # fmt: skip
    assert sectors_of(facts, TODAY) == {"steel"}
    note = replace(LOWERED, about=About.SECTOR, subject="Steel")
    assert concerns(note, "CN", {"steel "})
    assert not concerns(note, "CN", {"steelworks"})


def _spans(*notes: NewOutlook) -> set[tuple[date, date | None]]:
    return {(each.happened_on, each.ended_on) for each in downgrades(notes)}


def test_a_lowered_rating_lasts_until_the_same_source_raises_it() -> None:
    raised = replace(LOWERED, move=Move.UP, as_of=date(2025, 6, 1))
    assert _spans(raised, LOWERED) == {(date(2025, 3, 1), date(2025, 6, 1))}
    other = replace(raised, source="B")
    assert _spans(LOWERED, other) == {(date(2025, 3, 1), None)}
    elsewhere = replace(raised, subject="DE")
    assert _spans(LOWERED, elsewhere) == {(date(2025, 3, 1), None)}


def test_a_rating_left_as_it_was_stays_lowered_and_a_second_fall_warns_anew() -> None:
    same = replace(LOWERED, move=Move.SAME, as_of=date(2025, 4, 1))
    news = replace(LOWERED, move=Move.NEWS, as_of=date(2025, 5, 1))
    assert _spans(LOWERED, same, news) == {(date(2025, 3, 1), None)}
    again = replace(LOWERED, as_of=date(2025, 7, 1))
    assert _spans(LOWERED, again) == {
        (date(2025, 3, 1), date(2025, 7, 1)),
        (date(2025, 7, 1), None),
    }
