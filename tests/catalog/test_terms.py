"""The words of payment terms, file by file."""

from pathlib import Path

import pytest

from creditdesk.catalog import reading
from creditdesk.catalog.reading import CatalogError
from creditdesk.catalog.terms import KINDS, read


@pytest.mark.parametrize("path", reading.folder(KINDS), ids=lambda path: path.stem)
def test_each_file_can_be_read_alone(path: Path) -> None:
    assert read(path).phrases


def test_a_phrase_that_says_two_things_is_refused(tmp_path: Path) -> None:
    (shipped,) = (path for path in reading.folder(KINDS) if path.stem == "en")
    twice = shipped.read_text(encoding="utf-8").replace('"weeks"', '"months"', 1)
    path = tmp_path / "en.toml"
    path.write_text(twice, encoding="utf-8")
    with pytest.raises(CatalogError, match="months says two things"):
        read(path)
