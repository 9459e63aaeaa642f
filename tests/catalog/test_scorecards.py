from pathlib import Path

import pytest

from creditdesk.catalog.reading import CatalogError
from creditdesk.catalog.scorecards import scorecard, scorecards
from creditdesk.paths import resources

SOURCE = (resources() / "scorecards" / "standard.toml").read_text(encoding="utf-8")


def test_the_standard_card_is_named_with_its_version() -> None:
    assert scorecards()["standard"].version == "2026-1"


def test_a_firm_may_change_a_band_under_a_version_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    own = SOURCE.replace('version = "2026-1"', 'version = "own 1"')
    stricter = own.replace('at_least = "1.5", points = 4', 'at_least = "1.6", points = 4')  # fmt: skip
    file.write_text(stricter, encoding="utf-8")
    found = scorecard(file)
    current = next(each for each in found.indicators if each.code == "F2")
    assert found.version == "own 1"
    assert str(current.bands[1].at_least) == "1.6"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("max = 12", "max = 13", "points from 0"),
        ('code = "F2"', 'code = "F1"', "a code stands twice"),
        ("from_score = 0", "from_score = 5", "the grades go down to 0"),
        ('grade = "C"\nfrom', 'grade = "K"\nfrom', "there is no C"),
        ("at_least = ", "atleast = ", "unknown keys"),
        ('group = "payment"', 'group = "paying"', "paying"),
        ("  {points = 0},", "", "the last one takes everything else"),
    ],
)
def test_a_card_that_is_wrong_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    file = tmp_path / "own.toml"
    file.write_text(SOURCE.replace(old, new), encoding="utf-8")
    with pytest.raises(CatalogError, match=said):
        scorecard(file)


def test_weights_that_are_not_a_hundred_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    text = SOURCE.replace("max = 12", "max = 10").replace("points = 12", "points = 10")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError, match="the weights are 98"):
        scorecard(file)
