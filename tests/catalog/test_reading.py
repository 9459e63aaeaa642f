"""A mistake in a shipped file is named by file and key, whatever it is."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from creditdesk.catalog.reading import CatalogError, read
from creditdesk.i18n import Bilingual


@dataclass(frozen=True, slots=True)
class Part:
    """A table inside a file."""

    at_least: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Shipped:
    """A file of every type of value."""

    id: str
    title: Bilingual
    names: tuple[str, ...] = ()
    part: tuple[Part, ...] = ()


GOOD = (
    'id = "x"\nnames = ["a"]\ntitle = { zh = "甲", en = "A" }\n[[part]]\nat_least = 2\n'
)


def read_with(folder: Path, old: str, new: str) -> Shipped:
    assert old in GOOD
    path = folder / "x.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    return read(path, Shipped)


def test_a_file_is_read_into_its_type(tmp_path: Path) -> None:
    assert read_with(tmp_path, "", "") == Shipped(
        "x", Bilingual("甲", "A"), ("a",), (Part(2),)
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param('id = "x"', "", r"x\.toml: .*id", id="a missing key"),
        pytest.param('id = "x"', "id = 1", r"x\.toml: .*str.*id", id="a number for a text"),
        pytest.param('["a"]', '"a"', r"x\.toml: .*array.*names", id="a text for a list"),
        pytest.param('"a"', "1", r"x\.toml: .*names\[", id="a number in a list of texts"),
        pytest.param("= 2", "= true", r"x\.toml: .*int.*part\[", id="a truth value for a number"),
        pytest.param("= 2", '= "2"', r"x\.toml: .*int.*part\[", id="a text for a number"),
        pytest.param("= 2", "= 2\nsure = 1", r"x\.toml: .*bool.*sure", id="a number for a truth value"),
        pytest.param('id = "x"', 'id = "x"\nodd = 1', r"x\.toml: unknown keys odd", id="an unknown key"),
        pytest.param("= 2", "= 2\nodd = 1", r"x\.toml: unknown keys odd", id="one in a table of a list"),
        pytest.param('en = "A"', 'en = "A", de = "A"', r"x\.toml: unknown keys de", id="a third language"),
        pytest.param("[[part]]", "[[part]", r"x\.toml: ", id="no TOML"),
    ],
)  # fmt: skip
def test_a_mistake_names_the_file_and_the_key(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(CatalogError, match=said):
        read_with(tmp_path, old, new)
