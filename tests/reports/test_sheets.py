from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from creditdesk.domain.base.evidence import media_of
from creditdesk.domain.claim.package import EvidencePiece
from creditdesk.i18n import Bilingual
from creditdesk.reports.binder import Given
from creditdesk.reports.gathering import Gathered, Sheaf, gather

Paper = Any  # the fixture of conftest, which tests can't import
_A4 = (595.28, 841.89)


def _gathered(data: bytes, tmp_path: Path, name: str = "piece.pdf") -> Gathered:
    source = tmp_path / "source"
    source.write_bytes(data)
    title = Bilingual("购销合同", "Contract")
    piece = EvidencePiece(
        item="C07", title=title, file_name=name, digest="", media="", read=bytes
    )
    given = Given(piece, source, media_of(name, data[:2048]))
    return gather((given,), "zh", {})


def _prepared(data: bytes, tmp_path: Path, name: str = "piece.pdf") -> Sheaf:
    return _gathered(data, tmp_path, name).sheaves[0]


def _sheets(data: bytes, tmp_path: Path, name: str = "piece.pdf") -> pikepdf.Pdf:
    """The sheets, drawn as the package draws them but for its stamps."""
    gathered = _gathered(data, tmp_path, name)
    assert gathered.sheaves[0].pages == len(gathered.whole.pages) > 0
    for page, sheet in zip(gathered.whole.pages, gathered.sheets, strict=True):
        page.obj.Contents = gathered.whole.make_stream(sheet.placed)
    gathered.whole.save(tmp_path / "sheets.pdf")
    return gathered.whole


def _shown(page: pikepdf.Page) -> tuple[float, float]:
    width, height = float(page.mediabox[2]), float(page.mediabox[3])
    return (width, height) if page.rotation % 180 == 0 else (height, width)


@pytest.mark.parametrize(
    ("box", "turn", "lying"),
    [
        pytest.param((0, 0, 595, 842), 0, False, id="A4"),
        pytest.param((0, 0, 595, 842), 90, True, id="A4 turned"),
        pytest.param((0, 0, 595, 842), 180, False, id="A4 upside down"),
        pytest.param((0, 0, 842, 595), 270, False, id="lying page shown upright"),
        pytest.param((0, 0, 10, 10), 0, False, id="tiny"),
        pytest.param((-300, 200, 2000, 700), 0, True, id="wide, off the origin"),
        pytest.param((0, 0, 2384, 3370), 0, False, id="A0"),
        pytest.param((0, 0, 0, 0), 0, False, id="no area"),
        pytest.param((600, 800, 0, 0), 0, False, id="corners the wrong way round"),
    ],
)
def test_a_page_of_any_size_and_turn_becomes_an_a4_sheet(
    box: tuple[float, ...], turn: int, *, lying: bool, paper: Paper, tmp_path: Path
) -> None:
    with _sheets(paper.pdf_bytes("Hello", box=box, turn=turn), tmp_path) as pdf:
        shown = _shown(pdf.pages[0])
        assert shown == pytest.approx(_A4[::-1] if lying else _A4, abs=0.1)


def test_scripts_and_actions_are_dropped_and_fields_stay(
    paper: Paper, tmp_path: Path
) -> None:
    whole = BytesIO()
    with pikepdf.open(BytesIO(paper.pdf_bytes("Form"))) as pdf:
        script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("amount"),
                V=String("42"),
                Rect=Array([100, 100, 200, 120]),
                A=script,
                AA=Dictionary(K=script),
            )
        )
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
        pdf.Root.OpenAction = script
        pdf.save(whole)
    with _sheets(whole.getvalue(), tmp_path) as pdf:
        kept: Any = pdf.pages[0].obj.Annots[0]
        assert str(kept.V) == "42"
        assert float(kept.Rect[2]) - float(kept.Rect[0]) < 100
    assert b"JavaScript" not in (tmp_path / "sheets.pdf").read_bytes()


def test_embedded_files_are_carried_over(paper: Paper, tmp_path: Path) -> None:
    whole = BytesIO()
    with pikepdf.open(BytesIO(paper.pdf_bytes("Invoice"))) as pdf:
        pdf.attachments["factur-x.xml"] = b"<x/>"
        pdf.save(whole)
    (found,) = _gathered(whole.getvalue(), tmp_path).inside
    assert (found[1].name, found[1].data) == ("factur-x.xml", b"<x/>")


def test_a_damaged_file_is_repaired_and_says_so(paper: Paper, tmp_path: Path) -> None:
    whole = paper.pdf_bytes("Hello")
    prepared = _prepared(whole[: whole.rindex(b"startxref")], tmp_path)
    assert (prepared.pages, prepared.repaired, prepared.reason) == (1, True, None)


@pytest.mark.parametrize(
    "mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "F", "LAB"]
)
def test_a_picture_of_any_kind_becomes_a_sheet(mode: str, tmp_path: Path) -> None:
    whole = BytesIO()
    kind = "PNG" if mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16") else "TIFF"
    Image.new(mode, (40, 30)).save(whole, kind)
    with _sheets(whole.getvalue(), tmp_path, "piece.png") as pdf:
        assert len(pdf.pages) == 1


def test_a_photo_held_sideways_is_shown_upright_without_being_packed_again(
    tmp_path: Path,
) -> None:
    whole = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.effect_noise((200, 100), 50).convert("RGB").save(whole, "JPEG", exif=exif)
    with _sheets(whole.getvalue(), tmp_path, "photo.jpg") as pdf:
        assert pdf.pages[0].rotation == 90
        packed = [
            thing
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
        ]
        assert packed[0].read_raw_bytes() == whole.getvalue()
