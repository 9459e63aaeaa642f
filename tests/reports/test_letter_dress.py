"""What the firm gives every letter: its number, and where it is sealed."""

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from creditdesk.catalog.letters import letters
from creditdesk.i18n import Words
from creditdesk.jobs import Progress
from creditdesk.paper.page import SealPlace
from creditdesk.reports.letter import Content, Dress, write


def drawn(path: Path, dress: Dress) -> tuple[str, list[float]]:
    """The text of the page, and the left edges of what is drawn beside text (the dotted area, rules) in points."""
    text = letters()["balance_confirmation"].in_language("zh")

    def fill(_say: Words) -> Content:
        places = dict.fromkeys(letters()["balance_confirmation"].places, "x")
        return Content(sender="明达电子", on=date(2026, 3, 9), head="h", reference="r", places=places)  # fmt: skip

    write(fill, text, path, "zh", Progress(), None, dress)
    with pypdfium2.PdfDocument(path) as pdf:
        page = pdf[0]
        found = page.get_textpage().get_text_bounded()
        paths = [each.get_bounds() for each in page.get_objects() if each.type == 2]
    tall = [left for left, bottom, _, top in paths if top - bottom > 100]
    return found, tall


@pytest.mark.parametrize(
    ("place", "edge"),
    [(SealPlace.LEFT, 70.87), (SealPlace.RIGHT, 595.28 - 51 - 216), (SealPlace.OPEN, None)],
)  # fmt: skip
def test_the_area_to_seal_in_stands_where_the_firm_wants_it(
    tmp_path: Path, place: SealPlace, edge: float | None
) -> None:
    text, areas = drawn(tmp_path / "a.pdf", Dress(seal=place))
    assert "明达电子（盖章）" in text
    assert "文号" not in text
    expected = [] if edge is None else [pytest.approx(edge, abs=1)]
    assert areas == expected


def test_a_number_stands_beside_the_day(tmp_path: Path) -> None:
    text, _ = drawn(tmp_path / "a.pdf", Dress(number="2026-MD-007"))
    assert "文号：2026-MD-007" in text
