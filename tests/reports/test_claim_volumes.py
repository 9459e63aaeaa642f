"""A package over several volumes, printed on both sides, without colours, with areas to seal."""

import random
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name

from creditdesk.domain.claim.manner import Manner
from creditdesk.domain.claim.package import ClaimPackage
from creditdesk.i18n import Language
from creditdesk.jobs import Progress
from creditdesk.outputs import OutputThere
from creditdesk.reports import claim_binding, claim_check, claim_package
from creditdesk.reports.binder import fetch
from creditdesk.reports.claim_written import Order, WrittenPackage

pytestmark = pytest.mark.slow
Paper = Any  # the fixture of conftest, which tests can't import
_DICE = random.Random(7)  # noqa: S311 - noise that can't be packed


def _scan(pages: int, bytes_: int) -> bytes:
    """A scan of so many pages with so many bytes each, which nothing makes smaller."""
    whole = BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            picture = pdf.make_stream(_DICE.randbytes(bytes_))
            picture.Type, picture.Subtype = Name.XObject, Name.Image
            picture.Width, picture.Height = 1000, bytes_ // 1000
            picture.ColorSpace, picture.BitsPerComponent = Name.DeviceGray, 8
            page = Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, 595, 842]),
                Resources=Dictionary(XObject=Dictionary(P=picture)),
                Contents=pdf.make_stream(b"q 595 0 0 842 0 0 cm /P Do Q"),
            )
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        pdf.save(whole)
    return whole.getvalue()


def _write(
    package: ClaimPackage, path: Path, manner: Manner, language: Language = "zh"
) -> WrittenPackage:
    return claim_package.write(package, path, language, Progress(), manner)


def _with(package: ClaimPackage, paper: Paper, *scans: bytes) -> ClaimPackage:
    pieces = [
        paper.piece(data, f"scan-{number}.pdf")
        for number, data in enumerate(scans, start=1)
    ]
    return replace(package, evidence=(package.evidence[1], *pieces))


def _links(path: Path, page: int) -> list[int]:
    """Where the links of a page lead, all within the file."""
    with pikepdf.open(path) as pdf:
        places = {each.obj.objgen: at for at, each in enumerate(pdf.pages, 1)}
        return [
            places[note.Dest[0].objgen]
            for note in pdf.pages[page - 1].obj.get("/Annots", ())
        ]


@pytest.fixture
def heavy(package: ClaimPackage, paper: Paper) -> ClaimPackage:
    """Four scans of two pages of 300 kB each, and a light notice."""
    return _with(package, paper, *(_scan(2, 300_000) for _ in range(4)))


def test_volumes_keep_the_limit_and_number_their_pages_on(
    heavy: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    written = _write(heavy, tmp_path / "claim.pdf", Manner(megabytes=1))
    # Each volume has room for one scan of 600 kB beside our own pages.
    assert len(written.volumes) == 4
    assert [each.path.name for each in written.volumes] == [
        "claim.pdf", "claim-2.pdf", "claim-3.pdf", "claim-4.pdf",
    ]  # fmt: skip
    number = 0
    for at, volume in enumerate(written.volumes, start=1):
        assert volume.path.stat().st_size == volume.size <= 1_000_000
        assert not volume.over
        assert volume.first_page == number + 1
        texts = paper.page_texts(volume.path)
        assert len(texts) == volume.pages
        for text in texts:
            number += 1
            stamp = f"第 {number} 页 / 共 {written.pages} 页 · 第 {at} 册 / 共 4 册"
            assert stamp in text
    assert number == written.pages


def test_each_volume_says_which_it_is_and_what_it_holds(
    heavy: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    written = _write(heavy, tmp_path / "claim.pdf", Manner(megabytes=1), "en")
    first, second = written.volumes[:2]
    cover = paper.page_texts(first.path)[0]
    assert f"1 of 4: pages 1–{first.pages} of {written.pages}" in cover
    title = paper.page_texts(second.path)[0]
    assert "Volume 2 of 4" in title
    last = second.first_page + second.pages - 1
    assert f"2 of 4: pages {second.first_page}–{last} of {written.pages}" in title
    assert "scan-2.pdf" in title
    assert "scan-3.pdf" not in title
    with pikepdf.open(second.path) as pdf:
        assert str(pdf.docinfo.Title) == "Claim package CL-2026-003, volume 2 of 4"
        assert pdf.Root.PageLabels.Nums[1].St == second.first_page
        with pdf.open_outline() as outline:
            assert [each.title for each in outline.root] == [
                "Volume 2 of 4",
                "C07 Contract · scan-2.pdf",
            ]


def test_the_contents_name_the_volume_and_link_within_it_only(
    heavy: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    written = _write(heavy, tmp_path / "claim.pdf", Manner(megabytes=1), "en")
    documents = {each.file: each for each in written.documents if each.file}
    assert [documents[f"scan-{n}.pdf"].volume for n in (1, 2, 3, 4)] == [1, 2, 3, 4]
    lines = paper.page_texts(tmp_path / "claim.pdf")[1].splitlines()
    (named,) = (
        line for line in lines if line.split()[-2:] == [str(documents["scan-3.pdf"].first_page), "2"]
    )  # fmt: skip
    assert named.split()[-3] == "3"
    first = written.volumes[0]
    reached = _links(first.path, 2)
    assert documents["scan-1.pdf"].first_page in reached
    assert max(reached) <= first.pages
    # On the second volume's own page its piece, the second page of the file; every page leads back to it.
    assert set(_links(written.volumes[1].path, 1)) == {2}
    assert _links(written.volumes[1].path, 2) == [1]


def test_a_volume_passes_its_check_and_one_that_lacks_a_page_does_not(
    heavy: ClaimPackage, tmp_path: Path
) -> None:
    written = _write(heavy, tmp_path / "claim.pdf", Manner(megabytes=1))
    for volume in written.volumes:
        report = claim_check.examine(volume.path, Progress())
        assert report.problems == ()
    torn = tmp_path / "torn.pdf"
    with pikepdf.open(written.volumes[1].path) as pdf:
        del pdf.pages[1]
        pdf.save(torn)
    assert not claim_check.examine(torn, Progress()).ok
    last = tmp_path / "last.pdf"
    with pikepdf.open(written.volumes[3].path) as pdf:
        del pdf.pages[-1]
        pdf.save(last)
    said = [each.what.text for each in claim_check.examine(last, Progress()).problems]
    assert any("last volume ends with page" in text for text in said)


def test_a_piece_larger_than_the_limit_has_a_volume_of_its_own_and_that_is_said(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    scans = (_scan(1, 200_000), _scan(2, 700_000), _scan(1, 200_000))
    heavy = _with(package, paper, *scans)
    written = _write(heavy, tmp_path / "claim.pdf", Manner(megabytes=1))
    assert [each.over for each in written.volumes] == [False, True, False]
    held = {
        number: [each.file for each in written.documents if each.volume == number and each.file]
        for number in (1, 2, 3)
    }  # fmt: skip
    assert held[2] == ["scan-2.pdf"]
    assert held[3] == ["scan-3.pdf", "sent.pdf"]
    contents = "".join(paper.page_texts(tmp_path / "claim.pdf")[1].split())
    assert "超过每册1MB的上限，单独成册" in contents


def test_a_volume_that_became_too_large_is_bound_again_with_more_room(
    package: ClaimPackage,
    paper: Paper,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Two scans of 480 kB fit a volume of 1 MB only without the fonts of our own pages, about 100 kB.
    monkeypatch.setattr(claim_binding, "_KEPT", 0)
    monkeypatch.setattr(claim_binding, "_KEPT_A_PIECE", 0)
    heavy = _with(package, paper, *(_scan(2, 240_000) for _ in range(4)))
    folder = tmp_path / "room"
    folder.mkdir()
    given = fetch(claim_package.in_order(heavy).evidence, folder, Progress())
    named = replace(heavy, evidence=tuple(each.piece for each in given))
    manner = Manner(megabytes=1)
    order = Order(named, given, "zh", tmp_path / "c.pdf", folder, "c.pdf", manner)
    written = claim_binding.make(order)
    assert len(written.volumes) == 4
    assert all(each.size <= 1_000_000 for each in written.volumes)


def test_one_file_is_written_where_everything_fits(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    written = _write(package, tmp_path / "claim.pdf", Manner(megabytes=5))
    (volume,) = written.volumes
    assert volume.path == tmp_path / "claim.pdf"
    assert volume.pages == written.pages
    text = "".join(paper.page_texts(volume.path))
    assert "册 / 共" not in text


def test_nothing_is_written_over_a_file_with_a_volumes_name(
    heavy: ClaimPackage, tmp_path: Path
) -> None:
    there = tmp_path / "claim-2.pdf"
    there.write_bytes(b"something else")
    with pytest.raises(OutputThere, match="claim-2"):
        claim_package.write(
            heavy, tmp_path / "claim.pdf", "zh", Progress(), Manner(megabytes=1), over=False
        )  # fmt: skip
    assert there.read_bytes() == b"something else"
    assert not (tmp_path / "claim.pdf").exists()


def test_on_both_sides_every_part_begins_on_a_right_hand_page(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    written = _write(package, tmp_path / "claim.pdf", Manner(duplex=True), "en")
    assert all(each.first_page % 2 for each in written.documents)
    texts = paper.page_texts(tmp_path / "claim.pdf")
    assert len(texts) == written.pages
    blank = [n for n, text in enumerate(texts, 1) if "intentionally left blank" in text]
    taken = {
        number
        for each in written.documents
        for number in range(each.first_page, each.first_page + each.pages)
    }
    assert blank
    assert all(not number % 2 for number in blank)
    # Cover and contents are no documents; everything else is one or blank.
    assert taken | set(blank) | {1, 3} == set(range(1, written.pages + 1))
    assert not taken & set(blank)
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {written.pages}" in text


def _left(path: Path, page: int, said: str) -> float:
    """Where these words begin on a page, in points from its left edge."""
    with pdfium.PdfDocument(path) as document:
        text = document[page - 1].get_textpage()
        found = text.search(said).get_next()
        assert found is not None
        return float(text.get_charbox(found[0])[0])


def test_the_binding_margin_of_a_back_is_at_its_right(
    package: ClaimPackage, tmp_path: Path
) -> None:
    path = tmp_path / "claim.pdf"
    written = _write(package, path, Manner(duplex=True), "en")
    (contract,) = [each for each in written.documents if each.label == "C07"]
    at = contract.first_page
    assert _left(path, at, "CL-2026-003") == pytest.approx(70.87, abs=1.5)
    assert _left(path, at + 1, "CL-2026-003") == pytest.approx(51.0, abs=1.5)
    # The page itself, 595 wide, is made 492.41 wide: between 70.87 and 32, and the other way round.
    assert _left(path, at, "First") - _left(path, at + 1, "Second") == pytest.approx(
        38.87, abs=1.0
    )
    # Of our own pages, the blank back of the cover.
    assert _left(path, 2, "CL-2026-003") == pytest.approx(51.0, abs=1.5)


def _colours(path: Path) -> list[bool]:
    """Of each page, whether anything on it has a colour."""
    with pdfium.PdfDocument(path) as document:
        found = []
        for page in document:
            bands = page.render(scale=1).to_pil().convert("RGB").split()
            pixels = [band.tobytes() for band in bands]
            found.append(len(set(pixels)) > 1)
        return found


def _coloured_pdf(*, note: bool = False) -> bytes:
    whole = BytesIO()
    with pikepdf.new() as pdf:
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, 595, 842]),
            Contents=pdf.make_stream(b"1 0 0 rg 100 100 300 300 re f"),
        )
        if note:
            shown = pdf.make_stream(b"0 0 1 rg 0 0 50 50 re f")
            shown.Type, shown.Subtype = Name.XObject, Name.Form
            shown.BBox = Array([0, 0, 50, 50])
            square = Dictionary(
                Type=Name.Annot,
                Subtype=Name.Square,
                F=4,
                Rect=Array([400, 600, 450, 650]),
                AP=Dictionary(N=shown),
            )
            page.Annots = Array([pdf.make_indirect(square)])
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        pdf.save(whole)
    return whole.getvalue()


def _on(package: ClaimPackage, paper: Paper, data: bytes) -> ClaimPackage:
    return replace(package, evidence=(package.evidence[1], paper.piece(data)))


def test_without_colours_no_page_has_any_and_text_stays_text(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    coloured, path = tmp_path / "coloured.pdf", tmp_path / "grey.pdf"
    red = _on(package, paper, _coloured_pdf())
    _write(red, coloured, Manner())
    assert _colours(coloured)[-2]
    _write(red, path, Manner(grey=True))
    assert not any(_colours(path))
    assert paper.page_texts(path) == paper.page_texts(coloured)
    with pdfium.PdfDocument(path) as document:
        # 0.3 of red, 0.59 of green, 0.11 of blue: a full red is as light as a grey of 30 %.
        shade = (
            document[len(document) - 2]
            .render(scale=1)
            .to_pil()
            .convert("RGB")
            .getpixel((290, 560))
        )
    assert shade == pytest.approx((76, 76, 76), abs=3)


def test_what_keeps_its_colours_is_said(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    noted = _on(package, paper, _coloured_pdf(note=True))
    _write(noted, tmp_path / "claim.pdf", Manner(grey=True))
    contents = "".join(paper.page_texts(tmp_path / "claim.pdf")[1].split())
    assert "1页中有1页的表单域或批注保留彩色" in contents
    assert _colours(tmp_path / "claim.pdf")[-2]


def _pages_with(texts: Sequence[str], words: str) -> list[int]:
    return [number for number, text in enumerate(texts, 1) if words in text]


def test_areas_to_seal_copies_are_a_choice(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    path = tmp_path / "claim.pdf"
    written = _write(package, path, Manner())
    (contract,) = [each for each in written.documents if each.label == "C07"]
    sheets = [contract.first_page + at for at in range(3)]
    texts = paper.page_texts(path)
    assert _pages_with(texts, "与原件一致") == []
    assert _pages_with(texts, "骑缝章") == sheets
    _write(package, path, Manner(originals=True, cross_seal=False))
    texts = paper.page_texts(path)
    assert _pages_with(texts, "骑缝章") == []
    assert _pages_with(texts, "与原件一致") == [*sheets, sheets[-1] + 1]
