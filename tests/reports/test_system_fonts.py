"""Characters the shipped fonts don't have come from a font of the system, where one may be embedded."""

import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from creditdesk import paths
from creditdesk.i18n import words
from creditdesk.paper import system_fonts, typeset
from creditdesk.paper.drawn import DrawnFont
from creditdesk.paper.system_fonts import Glyph
from creditdesk.paper.typeset import Sheets, Typesetter, unprintable
from creditdesk.presenters.parts.printing import unprintable_remarks

GEORGIAN = "შპს თბილისი"


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A system whose fonts lie in this folder alone."""
    caches: tuple[Callable[..., object], ...] = (
        *(system_fonts._fonts, system_fonts._characters),
        *(system_fonts._font, system_fonts.shaped),
    )
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
    (system / "empty.otf").write_bytes(b"")
    assert system_fonts.font_for("Ł") is None
    system_fonts._fonts.cache_clear()
    (system / "NotoSans-Bold.ttf").write_bytes(shipped())
    (system / "NotoSans-Regular.ttf").write_bytes(shipped())
    assert system_fonts.font_for("Ł") == system / "NotoSans-Regular.ttf"
    assert system_fonts.font_for("한") is None  # it has none


def test_a_font_that_forbids_embedding_is_left_alone(system: Path) -> None:
    (system / "own.ttf").write_bytes(forbidding(shipped()))
    assert system_fonts.font_for("Ł") is None


@pytest.mark.parametrize("character", ["😀", "\u0301", "\ue000", "\U000e0041"])
def test_pictures_and_lone_marks_are_never_taken_from_a_font(character: str) -> None:
    assert system_fonts.font_for(character) is None


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


def drawn(text: str, path: Path) -> tuple[pdfium.PdfDocument, Typesetter]:
    typesetter, sheets = Typesetter(), Sheets(str(path))
    typesetter.draw(sheets, text, 50, 700, 12)
    sheets.showPage()
    sheets.save()
    return pdfium.PdfDocument(path), typesetter


arabic = pytest.mark.skipif(
    system_fonts.font_for("شركة النور") is None,
    reason="no font here has Arabic letters",
)
hebrew = pytest.mark.skipif(
    system_fonts.font_for("שלום") is None, reason="no font here has Hebrew letters"
)


@arabic
def test_arabic_letters_are_joined_and_stand_from_the_right(tmp_path: Path) -> None:
    path = system_fonts.font_for("نور")
    assert path is not None
    last, middle, first = system_fonts.shaped(path, "نور", leftward=True)
    assert (first.text, middle.text, last.text) == ("ن", "و", "ر")
    (alone,) = system_fonts.shaped(path, "ن", leftward=True)
    assert first.number != alone.number  # joined to the letter after it
    document, typesetter = drawn("شركة النور (ش.م.م) GmbH", tmp_path / "name.pdf")
    with document:
        text = document[0].get_textpage().get_text_bounded()
    assert typesetter.unprintable == set()
    assert "شركة النور" in text  # a search finds the name
    assert "GmbH" in text


@hebrew
def test_a_hebrew_name_stands_from_the_right_and_its_numbers_from_the_left() -> None:
    runs = Typesetter().runs("חברת אל-על 1998 Ltd")
    assert [(run.text, run.leftward) for run in runs] == [
        ("1998", False),
        ("חברת אל-על ", True),
        (" Ltd", False),
    ]


@hebrew
def test_a_line_is_as_wide_as_its_letters_are(tmp_path: Path) -> None:
    document, typesetter = drawn("שלום", tmp_path / "name.pdf")
    with document:
        page = document[0].get_textpage()
        assert page.count_rects() == 1
        left, _, right, _ = page.get_rect(0)
    assert right - left == pytest.approx(typesetter.width("שלום", 12), abs=2)


def test_a_font_of_any_outlines_is_drawn(system: Path) -> None:
    (system / "NotoSans-Regular.ttf").write_bytes(shipped())
    glyphs = system_fonts.shaped(system / "NotoSans-Regular.ttf", "Ł o", leftward=False)
    assert [each.text for each in glyphs] == ["Ł", " ", "o"]
    crossed, space, ring = (
        system_fonts.outline(system / "NotoSans-Regular.ttf", each) for each in glyphs
    )
    assert not space
    assert crossed.endswith("f")
    assert ring.count("h") == 2  # its outer and its inner line


def test_a_font_that_is_drawn_holds_no_more_than_a_byte_counts(tmp_path: Path) -> None:
    font = DrawnFont(tmp_path, "/D0")
    many = tuple(Glyph(number, 10, 0, 0, "") for number in range(300))
    assert font.has_room(many[:255])
    assert font.codes(many[:2] + many[:1]) == "010201"
    assert not font.has_room(many[2:256])
    assert font.has_room(many[1:254])


def test_what_our_own_fonts_have_is_known_without_loading_one() -> None:
    usual = [chr(each) for each in range(0x20, 0xFFFF) if typeset._USUAL.fullmatch(chr(each))]  # fmt: skip
    typesetter = Typesetter()
    typesetter.runs("".join(each for each in usual if not each.isspace()))
    assert typesetter.unprintable == set()


def test_what_no_font_has_is_told_with_its_text_before_it_is_printed() -> None:
    assert unprintable("宁波 A😀B😀") == "😀"
    (said,) = unprintable_remarks("", "宁波", "A😀")
    assert words("en").say(said) == (
        "No font on this computer has 😀 of “A😀”: papers show codes in their place"
    )
