"""Pages and turnings as people write them."""

import pytest

from creditdesk.domain.claim.excerpts import (
    Excerpt,
    PageBeyond,
    PagesUnclear,
    TurnUnclear,
    excerpt,
)


def _typed(pages: str = "", turns: str = "", count: int | None = 6) -> Excerpt:
    return excerpt(pages, turns, name="合同.pdf", count=count)


@pytest.mark.parametrize(
    ("typed", "bound"),
    [
        ("", (1, 2, 3, 4, 5, 6)),
        ("1-3,5", (1, 2, 3, 5)),
        (" 2 , 4 - 6 ", (2, 4, 5, 6)),
        ("1－2，6", (1, 2, 6)),
        ("6", (6,)),
    ],
)
def test_the_pages_that_are_bound(typed: str, bound: tuple[int, ...]) -> None:
    assert _typed(typed).numbers(6) == bound


def test_all_pages_by_number_are_the_whole_paper() -> None:
    assert _typed("1-6").whole
    assert not _typed("1-5").whole


@pytest.mark.parametrize("typed", ["x", "3-1", "5,1", "1,1", "0", "1-", ",", "1-3,2"])
def test_what_names_no_pages_is_refused(typed: str) -> None:
    with pytest.raises(PagesUnclear):
        _typed(typed)


def test_a_page_the_paper_lacks_is_named() -> None:
    with pytest.raises(PageBeyond) as told:
        _typed("2-7")
    assert dict(told.value.said.places) == {"name": "合同.pdf", "pages": 6, "page": 7}
    with pytest.raises(PageBeyond):
        _typed(turns="9:90")


def test_where_the_count_is_unknown_nothing_is_refused_and_nothing_invented() -> None:
    assert _typed("2-9", count=None).numbers(3) == (2, 3)


@pytest.mark.parametrize(
    ("typed", "angles"),
    [
        ("", (0, 0, 0, 0, 0, 0)),
        ("90", (90, 90, 90, 90, 90, 90)),
        ("2:90", (0, 90, 0, 0, 0, 0)),
        ("2:90,4-5:180", (0, 90, 0, 180, 180, 0)),
        ("1,3:270", (270, 0, 270, 0, 0, 0)),
        ("2：90", (0, 90, 0, 0, 0, 0)),
    ],
)
def test_how_pages_are_turned(typed: str, angles: tuple[int, ...]) -> None:
    found = _typed(turns=typed)
    assert tuple(found.turn(page) for page in range(1, 7)) == angles


@pytest.mark.parametrize(
    "typed", ["45", "x", "2:", ":90", "2:45", "1,2", "3-1:90", "90:2"]
)
def test_what_turns_no_page_is_refused(typed: str) -> None:
    with pytest.raises(TurnUnclear):
        _typed(turns=typed)
