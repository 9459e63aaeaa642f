from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from creditdesk.domain.claim.package import ClaimPackage
from creditdesk.jobs import Progress
from creditdesk.reports import claim_package
from creditdesk.reports.claim_check import NotReadable, examine
from creditdesk.reports.validating import check

Paper = Any  # the fixture of conftest, which tests can't import


@pytest.fixture
def finished(paper: Paper, tmp_path: Path) -> Path:
    """Two pages, stamped and with bookmarks, as another program may have bound them."""
    path = tmp_path / "bundle.pdf"
    with pikepdf.open(BytesIO(paper.pdf_bytes("Page 1 of 2", "Page 2 of 2"))) as pdf:
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Contract", 1))
        pdf.save(path)
    return path


def _found(path: Path) -> list[tuple[int | None, str]]:
    return [(each.page, each.what.text) for each in check(path, path.name).problems]


def _spoilt(path: Path, pdf: pikepdf.Pdf) -> Path:
    spoilt = path.with_name("spoilt.pdf")
    pdf.save(spoilt)
    return spoilt


def test_a_sound_bundle_of_another_program_is_in_order(finished: Path) -> None:
    report = check(finished, "bundle.pdf")
    assert report.ok
    assert report.pages == 2


def test_a_stamp_that_is_not_the_pages_own_number_is_found(finished: Path) -> None:
    with pikepdf.open(finished) as pdf:
        pdf.pages.insert(1, pdf.pages[0])
        found = _found(_spoilt(finished, pdf))
    assert [page for page, what in found if what.startswith("its stamp says")] == [1, 2, 3]  # fmt: skip


def test_a_page_without_a_stamp_is_found(paper: Paper, finished: Path) -> None:
    with (
        pikepdf.open(finished) as pdf,
        pikepdf.open(BytesIO(paper.pdf_bytes("Nothing"))) as more,
    ):
        pdf.pages.extend(more.pages)
        found = _found(_spoilt(finished, pdf))
    assert (3, "no page number is stamped on it") in found


def _note(pdf: pikepdf.Pdf, **keys: Any) -> None:  # noqa: ANN401 - pikepdf takes what becomes an object
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), **keys
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        pytest.param(
            {"A": Dictionary(S=Name.URI, URI=String("https://example.com"))},
            "a link leads outside the file",
            id="address",
        ),
        pytest.param(
            {"A": Dictionary(S=Name.JavaScript, JS=String("app.beep()"))},
            "it holds scripts or acts by itself",
            id="script",
        ),
        pytest.param(
            {"A": Dictionary(S=Name.GoTo, D=Array([99, Name.Fit]))},
            "a link leads nowhere",
            id="a page that is not there",
        ),
        pytest.param({"Dest": String("gone")}, "a link leads nowhere", id="a name"),
        pytest.param(
            {"FS": Dictionary(Type=Name.Filespec, F=String("a.pdf"))},
            "it refers to a file that is not inside",
            id="a file outside",
        ),
    ],
)
def test_a_link_that_does_what_it_must_not_is_found(
    finished: Path, keys: dict[str, Any], said: str
) -> None:
    with pikepdf.open(finished) as pdf:
        _note(pdf, **keys)
        assert (1, said) in _found(_spoilt(finished, pdf))


def test_a_link_to_a_page_of_the_file_is_in_order(finished: Path) -> None:
    with pikepdf.open(finished) as pdf:
        _note(pdf, Dest=Array([pdf.pages[1].obj, Name.Fit]))
        assert _found(_spoilt(finished, pdf)) == []


def test_a_script_of_the_file_and_missing_bookmarks_are_found(finished: Path) -> None:
    with pikepdf.open(finished) as pdf:
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.beep()"))
        del pdf.Root.Outlines
        said = {what for page, what in _found(_spoilt(finished, pdf)) if page is None}
    assert said == {"it holds scripts or acts by itself", "it has no bookmarks"}


def test_a_bookmark_to_a_page_that_was_taken_out_is_found(finished: Path) -> None:
    with pikepdf.open(finished) as pdf:
        del pdf.pages[1]
        found = _found(_spoilt(finished, pdf))
    assert (None, "the bookmark “{title}” leads nowhere") in found


def test_pages_without_searchable_text_are_told_and_no_problem(tmp_path: Path) -> None:
    Image.new("RGB", (60, 60), "red").save(tmp_path / "scan.pdf")
    report = check(tmp_path / "scan.pdf", "scan.pdf")
    assert dict(report.notes[0].what.places) == {"pages": "1"}


def test_a_font_that_is_not_inside_is_told(finished: Path) -> None:
    with pikepdf.open(finished) as pdf:
        font: Any = pdf.pages[0].resources.Font.F
        font.BaseFont = Name("/SimSun")
        report = check(_spoilt(finished, pdf), "x.pdf")
    assert [dict(each.what.places) for each in report.notes] == [{"name": "SimSun"}] * 2


def test_what_is_no_pdf_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "no.pdf"
    path.write_bytes(b"hello")
    with pytest.raises(NotReadable):
        examine(path, Progress())


@pytest.mark.slow
def test_our_own_package_is_in_order(package: ClaimPackage, tmp_path: Path) -> None:
    for language in ("zh", "en"):
        path = tmp_path / f"{language}.pdf"
        claim_package.write(package, path, language, Progress())
        assert _found(path) == []
