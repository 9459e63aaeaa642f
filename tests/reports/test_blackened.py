"""Places blackened in the package: the page is a picture, and nothing of what was there can be read out."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from creditdesk.domain.claim.excerpts import Excerpt
from creditdesk.domain.claim.package import ClaimPackage
from creditdesk.jobs import Progress
from creditdesk.reports import claim_package

pytestmark = pytest.mark.slow
Paper = Any  # the fixture of conftest, which tests can't import
MM = 72 / 25.4


def _everything(path: Path) -> bytes:
    """All that the file holds, unpacked, its pictures too."""
    whole = BytesIO()
    with pikepdf.open(path) as pdf:
        pdf.save(
            whole,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return whole.getvalue()


def _bound(
    package: ClaimPackage, tmp_path: Path, *pieces: object
) -> tuple[Path, list[Any], list[str]]:
    path = tmp_path / "claim.pdf"
    whole = replace(package, evidence=pieces)  # type: ignore[arg-type]  # as it is given
    written = claim_package.write(whole, path, "en", Progress())
    with pdfium.PdfDocument(path) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    return path, [each for each in written.documents if each.file], texts


def test_a_blackened_page_is_a_picture_and_the_others_keep_their_text(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    made = BytesIO()
    shade = Image.new("L", (40, 40), 201)
    with pikepdf.open(BytesIO(paper.pdf_bytes("Alpha", "Secret", "Gamma"))) as pdf:
        first, page, _ = pdf.pages
        scan = pdf.make_stream(shade.tobytes())
        scan.Type, scan.Subtype = Name.XObject, Name.Image
        scan.Width, scan.Height, scan.BitsPerComponent = 40, 40, 8
        scan.ColorSpace = Name.DeviceGray
        for each in (first, page):  # both list it, one draws it
            each.obj.Resources.XObject = Dictionary(Im=scan)
        page.contents_add(b"q 60 0 0 60 20 20 cm /Im Do Q")
        note = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Text,
            Rect=Array([9, 9, 30, 30]),
            Contents=String("SecretNote"),
        )
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("SecretField"),
                V=String("SecretValue"),
                Rect=Array([50, 50, 90, 60]),
            )
        )
        page.obj.Annots = Array([pdf.make_indirect(note), field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
        page.obj.PieceInfo = Dictionary(X=Dictionary(Private=String("SecretPiece")))
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("SecretMark", 1))
        pdf.attachments["original.xml"] = b"SecretFile"
        pdf.save(made)
    piece = replace(
        paper.piece(made.getvalue()),
        excerpt=Excerpt(areas="2:90,140,50,15 2:0,0,5,5"),
    )
    path, (document,), texts = _bound(package, tmp_path, piece)
    assert document.pages == 3
    start = document.first_page - 1
    assert "Alpha" in texts[start]
    assert "Gamma" in texts[start + 2]
    assert "Secret" not in " ".join(texts)
    index = " ".join(texts[1].split())
    assert "2 places on page 2 blackened" in index
    assert "files in it are left out, for places are blackened: original.xml" in index
    raw = _everything(path)
    assert b"(Alpha)" in raw
    assert b"Secret" not in raw
    assert "Secret".encode("utf-16-be") not in raw
    assert shade.tobytes() not in raw  # the scan beneath isn't there any more
    with pikepdf.open(path) as pdf:
        assert not pdf.attachments


def test_the_places_are_black_and_the_rest_is_seen(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    """The page has 210 mm; on its sheet it is smaller, so its picture is looked at, at 200 dots an inch."""
    data = paper.pdf_bytes("Shown", turn=90)  # shown lying: 297 mm wide
    piece = replace(paper.piece(data), excerpt=Excerpt(areas="1:10,20,50,30"))
    path, (document,), _ = _bound(package, tmp_path, piece)
    with pikepdf.open(path) as pdf:
        image = _picture(pdf.pages[document.first_page - 1].obj)
    assert image.size == (2339, 1653)  # 842 x 595 points
    dots = 200 / 25.4
    inside, below, right = (11, 21), (30, 51), (62, 30)
    places = (inside, (59, 49), below, right)
    seen = [image.getpixel((round(x * dots), round(y * dots))) for x, y in places]
    assert seen == [0, 0, 255, 255]
    darkest = min(image.crop((900, 600, 1500, 1100)).convert("L").tobytes())
    assert darkest < 100  # its word


def _picture(page: Any) -> Image.Image:  # noqa: ANN401 - an object of a PDF
    """The one picture of a page."""
    found = {each.objgen: each for each in _pictures(page)}
    assert len(found) == 1
    return pikepdf.PdfImage(next(iter(found.values()))).as_pil_image()


def _pictures(page: Any) -> list[Any]:  # noqa: ANN401 - an object of a PDF
    found: list[Any] = []
    things = page.Resources.get("/XObject", Dictionary())
    for thing in dict(things.items()).values():
        if thing.get("/Subtype") == Name.Image:
            found.append(thing)
        elif "/Resources" in thing:
            found += _pictures(thing)
    return found


def test_a_photo_is_blackened_for_good(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    photo = BytesIO()
    Image.effect_noise((600, 400), 80).convert("RGB").save(photo, "JPEG", dpi=(96, 96))
    piece = paper.piece(photo.getvalue(), "photo.jpg")
    black = replace(piece, excerpt=Excerpt(areas="1:0,0,500,500"))  # all of it
    path, (document,), _ = _bound(package, tmp_path, black)
    with pikepdf.open(path) as pdf:
        image = _picture(pdf.pages[document.first_page - 1].obj)
    assert image.convert("L").getextrema() == (0, 0)
    assert photo.getvalue()[200:400] not in path.read_bytes()


@pytest.mark.parametrize(
    ("areas", "said"),
    [
        ("1:400,10,20,20", "lies beside its page"),
        ("3:1,1,1,1", "page 3 are to be blackened, which it doesn't have"),
    ],
)
def test_what_can_not_be_blackened_is_not_bound(
    package: ClaimPackage, paper: Paper, tmp_path: Path, areas: str, said: str
) -> None:
    piece = replace(paper.piece(paper.pdf_bytes("Secret")), excerpt=Excerpt(areas=areas))  # fmt: skip
    path, _, texts = _bound(package, tmp_path, piece)
    assert said in " ".join(" ".join(texts).split())
    assert b"Secret" not in _everything(path)


def test_a_blackened_page_that_is_left_out_is_not_spoken_of(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    piece = paper.piece(paper.pdf_bytes("Alpha", "Secret"))
    piece = replace(piece, excerpt=Excerpt("1", "", "2:1,1,5,5"))
    path, (document,), texts = _bound(package, tmp_path, piece)
    assert document.pages == 1
    assert "blackened" not in " ".join(texts)
    assert b"Secret" not in _everything(path)
