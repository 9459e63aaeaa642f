"""Characters the shipped fonts don't have come from a font of the system, where one may be embedded."""

import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from creditdesk import paths
from creditdesk.paper import system_fonts
from creditdesk.paper.typeset import Sheets, Typesetter

GEORGIAN = "შპს თბილისი"


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A system whose fonts lie in this folder alone."""
    caches: tuple[Callable[..., object], ...] = (system_fonts._fonts, system_fonts._characters)  # fmt: skip
    monkeypatch.setattr(system_fonts, "folders", lambda: (tmp_path,))
    for each in caches:
        each.cache_clear()  # type: ignore[attr-defined]  # a cached function
    yield tmp_path
    for each in caches:
        each.cache_clear()  # type: ignore[attr-defined]  # as above


def shipped() -> bytes:
    return (paths.resources() / "fonts" / "NotoSans-Regular.ttf").read_bytes()


def forbidding(data: bytes) -> bytes:
    """The same font with embedding forbidden."""
    (count,) = struct.unpack_from(">H", data, 4)
    for number in range(count):
        tag, _, at, _ = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        if tag == b"OS/2":
            return data[: at + 8] + struct.pack(">H", 2) + data[at + 10 :]
    raise AssertionError


def test_a_font_of_the_system_that_has_the_letter_is_found(system: Path) -> None:
    (system / "broken.ttf").write_bytes(b"\x00\x01\x00\x00\xff")
    (system / "outlines.ttf").write_bytes(b"OTTO" + shipped()[4:])
    assert system_fonts.font_for("Ł") is None
    system_fonts._fonts.cache_clear()
    (system / "NotoSans-Bold.ttf").write_bytes(shipped())
    (system / "NotoSans-Regular.ttf").write_bytes(shipped())
    assert system_fonts.font_for("Ł") == system / "NotoSans-Regular.ttf"
    assert system_fonts.font_for("한") is None  # it has none


def test_a_font_that_forbids_embedding_is_left_alone(system: Path) -> None:
    (system / "own.ttf").write_bytes(forbidding(shipped()))
    assert system_fonts.font_for("Ł") is None


@pytest.mark.parametrize("letter", ["א", "ع", "न", "😀", "\u0301", "\ue000"])
def test_what_must_be_shaped_or_is_no_letter_is_never_set_letter_by_letter(
    letter: str,
) -> None:
    assert system_fonts.font_for(letter) is None


@pytest.mark.skipif(
    system_fonts.font_for("შ") is None, reason="no font here has Georgian letters"
)
def test_a_name_in_another_script_is_text_on_the_paper(tmp_path: Path) -> None:
    typesetter, path = Typesetter(), tmp_path / "name.pdf"
    sheets = Sheets(str(path))
    typesetter.draw(sheets, f"{GEORGIAN} 公司 GmbH", 50, 700, 12)
    sheets.showPage()
    sheets.save()
    assert typesetter.unprintable == set()
    assert typesetter.width(GEORGIAN, 12) > 40
    with pdfium.PdfDocument(path) as document:
        text = document[0].get_textpage().get_text_bounded()
    assert f"{GEORGIAN} 公司 GmbH" in text
    assert b"FontFile2" in path.read_bytes()
