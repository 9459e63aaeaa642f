import zipfile
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from creditdesk.domain.base.evidence import media_of
from creditdesk.domain.claim.package import EvidencePiece
from creditdesk.i18n import Bilingual
from creditdesk.reports.binder import Given
from creditdesk.reports.gathering import Filling, Gathered, Sheaf, gather

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
    return gather((given,), Filling("zh"), {})


def _prepared(data: bytes, tmp_path: Path, name: str = "piece.pdf") -> Sheaf:
    return _gathered(data, tmp_path, name).sheaves[0]


def _sheets(data: bytes, tmp_path: Path, name: str = "piece.pdf") -> pikepdf.Pdf:
    """The sheets, drawn as the package draws them but for its stamps."""
    gathered = _gathered(data, tmp_path, name)
    assert gathered.sheaves[0].pages == len(gathered.volumes[0].pages) > 0
    for page, sheet in zip(gathered.volumes[0].pages, gathered.sheets, strict=True):
        page.obj.Contents = gathered.volumes[0].make_stream(sheet.placed)
    gathered.volumes[0].save(tmp_path / "sheets.pdf")
    return gathered.volumes[0]


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
    assert (found.inside.name, found.inside.data) == ("factur-x.xml", b"<x/>")


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


def _texts(pdf: pikepdf.Pdf) -> list[str]:
    whole = BytesIO()
    pdf.save(whole)
    with pdfium.PdfDocument(whole.getvalue()) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def _ink(pdf: pikepdf.Pdf, number: int = 0) -> int:
    """The darkest point of a page, as another reader draws it: 255 for an empty one."""
    whole = BytesIO()
    pdf.save(whole)
    with pdfium.PdfDocument(whole.getvalue()) as document:
        image = document[number].render(scale=0.5).to_pil().convert("L")
        return int(image.getextrema()[0])


def _page_with(
    pdf: pikepdf.Pdf,
    contents: bytes,
    **resources: Any,  # noqa: ANN401 - pikepdf takes what becomes an object
) -> pikepdf.Page:
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, 595, 842]),
        Resources=Dictionary(**resources),
        Contents=pdf.make_stream(contents),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return pdf.pages[-1]


def test_a_form_without_resources_draws_with_those_of_its_page(tmp_path: Path) -> None:
    whole = BytesIO()
    with pikepdf.new() as pdf:
        box = pdf.make_stream(b"0 g 100 100 300 300 re f")
        outer = pdf.make_stream(b"/Box Do")
        for form in (box, outer):
            form.Type, form.Subtype = Name.XObject, Name.Form
            form.BBox = Array([0, 0, 595, 842])
        _page_with(pdf, b"/Outer Do", XObject=Dictionary(Box=box, Outer=outer))
        pdf.save(whole)
    assert _ink(_sheets(whole.getvalue(), tmp_path)) < 50


def test_a_long_till_roll_is_cut_over_sheets_without_losing_a_line(
    tmp_path: Path,
) -> None:
    whole = BytesIO()
    canvas = Canvas(whole, pagesize=(227, 4000))
    for line in range(250):
        canvas.drawString(10, 3985 - 16 * line, f"line {line:03}.")
    canvas.save()
    with _sheets(whole.getvalue(), tmp_path) as pdf:
        texts = _texts(pdf)
    assert len(texts) == 6
    for line in range(250):
        assert any(f"line {line:03}." in text for text in texts)
    assert "line 000." not in texts[1]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_long_page_is_cut_from_the_top_as_it_is_shown(
    turn: int, tmp_path: Path
) -> None:
    lying = turn in (90, 270)
    whole = BytesIO()
    with pikepdf.new() as pdf:
        page = _page_with(pdf, b"")
        page.obj.MediaBox = Array([0, 0, 3000, 300] if lying else [0, 0, 300, 3000])
        page.obj.Rotate = turn
        top = {0: (0, 2900), 90: (0, 0), 180: (0, 0), 270: (2900, 0)}[turn]
        size = (100, 300) if lying else (300, 100)
        page.obj.Contents = pdf.make_stream(
            f"0 g {top[0]} {top[1]} {size[0]} {size[1]} re f".encode()
        )
        pdf.save(whole)
    with _sheets(whole.getvalue(), tmp_path) as pdf:
        assert len(pdf.pages) > 2
        assert _ink(pdf, 0) < 50
        assert _ink(pdf, len(pdf.pages) - 1) == 255


def test_every_frame_of_a_moving_picture_is_a_page(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (90, 60), colour) for colour in ("red", "blue", "green")]
    for kind in ("GIF", "WEBP", "TIFF", "PNG"):
        whole = BytesIO()
        frames[0].save(whole, kind, save_all=True, append_images=frames[1:])
        gathered = _gathered(whole.getvalue(), tmp_path, f"moving.{kind.lower()}")
        assert gathered.sheaves[0].pages == 3, kind


def test_a_picture_is_no_finer_than_300_dots_per_inch(tmp_path: Path) -> None:
    whole = BytesIO()
    Image.new("RGB", (6000, 4000), "red").save(whole, "PNG", dpi=(1200, 1200))
    with _sheets(whole.getvalue(), tmp_path, "scan.png") as pdf:
        drawing: Any = pdf.pages[0].obj.Resources.XObject["/CreditDeskSheet"]
        picture = drawing.Resources.XObject.Picture
        assert (int(picture.Width), int(picture.Height)) == (1500, 1000)


def test_a_file_cut_off_says_how_many_pages_are_empty(
    paper: Paper, tmp_path: Path
) -> None:
    with pikepdf.open(BytesIO(paper.pdf_bytes(*"abcde"))) as pdf:
        for page in list(pdf.pages)[2:]:
            del page.obj.Contents
        whole = BytesIO()
        pdf.save(whole)
    data = whole.getvalue()
    sheaf = _prepared(data[: data.rindex(b"startxref")], tmp_path)
    assert sheaf.pages == 5
    assert sheaf.reason is not None
    assert dict(sheaf.reason.places) == {"empty": 3, "pages": 5}


def test_an_empty_page_of_a_sound_file_is_no_fault(
    paper: Paper, tmp_path: Path
) -> None:
    with pikepdf.open(BytesIO(paper.pdf_bytes("a", "b"))) as pdf:
        del pdf.pages[1].obj.Contents
        whole = BytesIO()
        pdf.save(whole)
    assert _prepared(whole.getvalue(), tmp_path).reason is None


def _signed(pdf: pikepdf.Pdf) -> None:
    seal = pdf.make_stream(b"1 0 0 rg 0 0 120 120 re f")
    seal.Type, seal.Subtype = Name.XObject, Name.Form
    seal.BBox = Array([0, 0, 120, 120])
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String("Signature1"),
            F=132,
            Rect=Array([380, 60, 500, 180]),
            V=Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite")),
            AP=Dictionary(N=seal),
        )
    )
    pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)


def test_a_signature_is_seen_and_the_signed_original_travels_inside(
    paper: Paper, tmp_path: Path
) -> None:
    whole = BytesIO()
    with pikepdf.open(BytesIO(paper.pdf_bytes(" "))) as pdf:
        _signed(pdf)
        pdf.save(whole)
    gathered = _gathered(whole.getvalue(), tmp_path)
    assert [each.inside.data for each in gathered.inside] == [whole.getvalue()]
    (remark,) = gathered.sheaves[0].remarks
    assert "signature" in remark.text
    with _sheets(whole.getvalue(), tmp_path) as again:
        assert len(again.pages[0].obj.get("/Annots", ())) == 0
        assert _ink(again) < 120


def test_a_file_on_an_annotation_and_one_named_by_af_are_carried_over(
    paper: Paper, tmp_path: Path
) -> None:
    whole = BytesIO()
    with pikepdf.open(BytesIO(paper.pdf_bytes("Invoice"))) as pdf:

        def named(name: str, data: bytes) -> pikepdf.Object:
            files = Dictionary(F=pdf.make_stream(data))
            told = Dictionary(Type=Name.Filespec, UF=String(name), EF=files)
            return pdf.make_indirect(told)

        pdf.Root.AF = Array([named("by_af.xml", b"1")])
        note = Dictionary(
            Type=Name.Annot,
            Subtype=Name.FileAttachment,
            Rect=Array([0, 0, 20, 20]),
            FS=named("on_page.xml", b"2"),
        )
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])
        pdf.save(whole)
    found = _gathered(whole.getvalue(), tmp_path).inside
    assert {each.inside.name: each.inside.data for each in found} == {
        "by_af.xml": b"1",
        "on_page.xml": b"2",
    }


def test_a_page_with_very_many_annotations_has_them_drawn_in(
    paper: Paper, tmp_path: Path
) -> None:
    whole = BytesIO()
    with pikepdf.open(BytesIO(paper.pdf_bytes(" "))) as pdf:
        look = pdf.make_stream(b"0 g 0 0 5 5 re f")
        look.Type, look.Subtype, look.BBox = (
            Name.XObject,
            Name.Form,
            Array([0, 0, 5, 5]),
        )
        pdf.pages[0].obj.Annots = Array(
            [
                pdf.make_indirect(
                    Dictionary(
                        Type=Name.Annot,
                        Subtype=Name.Square,
                        Rect=Array([10, 10, 200, 200]),
                        AP=Dictionary(N=look),
                    )
                )
                for _ in range(600)
            ]
        )
        pdf.save(whole)
    with _sheets(whole.getvalue(), tmp_path) as sheets:
        assert "/Annots" not in sheets.pages[0].obj
        assert _ink(sheets) < 50


def _zip(**files: bytes) -> bytes:
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"{name}.pdf", data)
    return whole.getvalue()


def test_the_files_of_a_zip_become_pieces_of_their_own(
    paper: Paper, tmp_path: Path
) -> None:
    data = _zip(a=paper.pdf_bytes("A"), b=paper.pdf_bytes("B1", "B2"), c=b"no PDF")
    sheaf = _prepared(data, tmp_path, "两份合同.zip")
    assert [(each.name, each.first, each.pages) for each in sheaf.sections] == [
        ("a.pdf", 0, 1),
        ("b.pdf", 1, 2),
    ]
    (remark,) = sheaf.remarks
    assert dict(remark.places)["name"] == "c.pdf"
    assert sheaf.inside == ("c.pdf",)


def test_a_zip_within_a_zip_is_opened_and_not_for_ever(
    paper: Paper, tmp_path: Path
) -> None:
    data = paper.pdf_bytes("Deep")
    for _ in range(4):
        whole = BytesIO()
        with zipfile.ZipFile(whole, "w") as archive:
            archive.writestr("inner.zip", data)
        data = whole.getvalue()
    sheaf = _prepared(data, tmp_path, "deep.zip")
    assert sheaf.pages == 0
    assert sheaf.reason is not None


def test_a_mail_is_printed_with_its_attachments_behind_it(
    paper: Paper, tmp_path: Path
) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "催款", "a@example.com", "b@example.com"
    mail.set_content("请付款")
    mail.add_alternative("<p>Please <b>pay</b></p>", subtype="html")
    mail.add_attachment(
        paper.pdf_bytes("Invoice"), "application", "pdf", filename="发票.pdf"
    )
    with _sheets(mail.as_bytes(), tmp_path, "mail.eml") as pdf:
        texts = _texts(pdf)
    assert len(texts) == 2
    for words in ("催款", "a@example.com", "请付款", "发票.pdf"):
        assert words in texts[0]
    assert "Invoice" in texts[1]


def test_a_mail_of_html_alone_is_read_as_text(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"] = "Reminder"
    mail.set_content(
        "<style>p{}</style><p>First</p><table><tr><td>A</td><td>1</td></tr></table>",
        subtype="html",
    )
    with _sheets(mail.as_bytes(), tmp_path, "mail.eml") as pdf:
        (text,) = _texts(pdf)
    assert "First" in text
    assert "A 1" in text
    assert "{}" not in text
