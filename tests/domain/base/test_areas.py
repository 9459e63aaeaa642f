"""Places of a paper that are blackened, as they are typed."""

from decimal import Decimal

import pytest

from creditdesk.domain.base.areas import Area, AreaUnclear, areas_of, written
from creditdesk.domain.claim.excerpts import Excerpt, PageBeyond, excerpt


def test_places_are_read_by_page_and_each_once() -> None:
    found = areas_of("2:10,20.5,60,5 1:0,0,9,9； 2：10，20.5，60，5")
    assert found == (
        Area(1, *map(Decimal, ("0", "0", "9", "9"))),
        Area(2, *map(Decimal, ("10", "20.5", "60", "5"))),
    )
    assert written(found) == "1:0,0,9,9 2:10,20.5,60,5"
    assert areas_of("") == ()


@pytest.mark.parametrize(
    "given",
    ["2", "2:1,2,3", "0:1,2,3,4", "1:1,2,0,4", "1:1,2,3,0.00", "1:-1,2,3,4", "1:1,2,3,1e9", "x:1,2,3,4"],
)  # fmt: skip
def test_what_is_no_place_is_refused(given: str) -> None:
    with pytest.raises(AreaUnclear):
        areas_of(given)


def test_a_place_on_a_page_that_is_not_there_is_refused() -> None:
    with pytest.raises(PageBeyond):
        excerpt("", "", "3:1,1,1,1", name="a.pdf", count=2)
    found = excerpt("1-2", "", "2:1,1,1,1", name="a.pdf", count=2)
    assert found == Excerpt("", "", "2:1,1,1,1")
    assert found.withholds
    assert not found.whole
    assert not Excerpt(turns="90").withholds
