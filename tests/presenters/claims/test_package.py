"""Writing a package, and looking at it, without the window."""

import random
import shutil
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image

from creditdesk.domain.claim.claims import ItemState
from creditdesk.domain.claim.manner import Manner
from creditdesk.jobs import ImmediateRunner, Progress
from creditdesk.outputs import OutputThere
from creditdesk.presenters.claims.claim_checklist import ClaimChecklistPresenter
from creditdesk.presenters.claims.claim_file import ClaimFilePresenter
from creditdesk.presenters.claims.package import PackagePresenter, ShownPackage
from creditdesk.presenters.claims.package_choices import Choices, switches
from creditdesk.presenters.parts.preview import PreviewPresenter
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports.pages import NotShown, Picture
from creditdesk.workspace import Desk, Workspace

TODAY = date(2025, 9, 10)


@pytest.fixture
def packages(
    workspace: Workspace, shown: ClaimFilePresenter, wording: Wording
) -> PackagePresenter:
    """The claim's packages."""
    return PackagePresenter(workspace, shown.claim_id, wording)


@pytest.fixture
def preview(packages: PackagePresenter, tmp_path: Path) -> ShownPackage:
    """A package to look at."""
    return packages.previewing(tmp_path / "preview.pdf", "en")(Progress())


def test_a_preview_is_not_recorded_as_a_package(
    packages: PackagePresenter, preview: ShownPackage, shown: ClaimFilePresenter
) -> None:
    shown.reload()
    assert shown.file.packages == ()
    assert "only a preview" in packages.said(preview)
    assert packages.chip(preview) == ("incomplete", "warning")


def test_a_saved_preview_is_recorded_with_what_it_is(
    packages: PackagePresenter,
    preview: ShownPackage,
    shown: ClaimFilePresenter,
    tmp_path: Path,
) -> None:
    target = tmp_path / "out" / packages.file_name
    saved = packages.saving(preview, target)(Progress())
    shown.reload()
    assert saved.saved
    assert target.read_bytes() == preview.path.read_bytes()
    assert shown.file.packages[0].file_name == "CL-2025-001 Claim package.pdf"
    assert shown.file.packages[0].language == "en"
    assert not shown.file.packages[0].complete


def test_a_package_written_at_once_is_recorded_too(
    packages: PackagePresenter, shown: ClaimFilePresenter, tmp_path: Path
) -> None:
    written = packages.writing(tmp_path / "p.pdf", "zh")(Progress())
    shown.reload()
    assert written.saved
    assert shown.file.packages[0].pages == written.written.pages


def test_the_contents_name_pages_and_what_is_missing(
    packages: PackagePresenter, preview: ShownPackage
) -> None:
    lines = packages.index(preview)
    form = lines[0]
    assert (form.title, form.page) == ("C02 Claim form", 3)
    missing = [line for line in lines if line.page is None]
    assert missing[0].title.startswith("C01")
    assert {line.state.text for line in missing} == {"Missing"}
    sentence, tone = packages.findings(preview)[0]
    assert "required documents are missing: C01, C04" in sentence
    assert tone is Tone.WARNING


def test_a_piece_that_can_not_be_bound_is_named(
    packages: PackagePresenter,
    checklist: ClaimChecklistPresenter,
    tmp_path: Path,
) -> None:
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    checklist.attaching([broken])(Progress())
    shown = packages.previewing(tmp_path / "preview.pdf", "zh")(Progress())
    told = dict(packages.findings(shown))
    named = [text for text in told if "坏.pdf is not whole on paper" in text]
    assert told[named[0]] is Tone.DANGER


def test_the_question_before_a_final_package_names_what_is_incomplete(
    packages: PackagePresenter, shown: ClaimFilePresenter, desk: Desk
) -> None:
    asked = packages.final_question()
    assert "papers: C01, C04, C05" in asked
    assert "the narrative of events" in asked
    assert "Make it nevertheless?" in asked
    for row in desk.claims.file(shown.claim_id, TODAY).checklist:
        if row.missing and row.code != "C12":
            desk.claims.set_item(shown.claim_id, row.code, ItemState.WAIVED, "not here")
    assert (
        "• C12 Delivery note signed by the buyer, acceptance (Missing)"
        in packages.final_question()
    )


def test_a_final_package_bears_no_marks_of_a_draft(
    packages: PackagePresenter, preview: ShownPackage, tmp_path: Path
) -> None:
    final = packages.writing(tmp_path / "f.pdf", "en", Choices(final=True))(Progress())
    assert "final · English" in packages.said(final)
    assert "draft · English" in packages.said(preview)
    with pdfium.PdfDocument(final.path) as pdf:
        assert "Draft, incomplete" not in pdf[0].get_textpage().get_text_bounded()
    with pdfium.PdfDocument(preview.path) as pdf:
        assert "Draft, incomplete" in pdf[0].get_textpage().get_text_bounded()


@pytest.fixture
def heavy(
    packages: PackagePresenter, checklist: ClaimChecklistPresenter, tmp_path: Path
) -> ShownPackage:
    """A preview in two volumes: each picture alone has 750 kB that can't be packed."""
    for name in ("a.png", "b.png"):
        noise = random.Random(name).randbytes(750_000)  # noqa: S311 - noise
        Image.frombytes("L", (1000, 750), noise).save(tmp_path / name)
    checklist.attaching([tmp_path / "a.png", tmp_path / "b.png"])(Progress())
    choices = Choices(manner=Manner(megabytes=1))
    return packages.previewing(tmp_path / "v.pdf", "en", choices)(Progress())


def test_volumes_are_named_and_each_is_saved_and_recorded(
    packages: PackagePresenter,
    heavy: ShownPackage,
    shown: ClaimFilePresenter,
    tmp_path: Path,
) -> None:
    first, second = heavy.volumes
    names = packages.volume_names(heavy)
    assert names[0].startswith(f"Volume 1: pages 1–{first.pages}, 0.")
    assert names[1].startswith(
        f"Volume 2: pages {second.first_page}–{heavy.written.pages}, 0."
    )
    assert "2 volumes" in packages.said(heavy)
    (paper,) = [each for each in packages.index(heavy) if each.detail == "b.png"]
    # The second volume's own page comes before it.
    assert (paper.volume, paper.page) == (2, 2)
    saved = packages.saving(heavy, tmp_path / "out" / "claim.pdf")(Progress())
    kept = [each.path.name for each in saved.volumes]
    assert kept == ["claim.pdf", "claim-2.pdf"]
    assert (tmp_path / "out" / "claim-2.pdf").read_bytes() == second.path.read_bytes()
    shown.reload()
    recorded = {each.file_name: each.pages for each in shown.file.packages}
    assert recorded == {"claim.pdf": first.pages, "claim-2.pdf": second.pages}
    told = [text for text, _ in packages.findings(heavy)]
    assert (
        "Volume 2: Page numbers, links and bookmarks are checked: all in order." in told
    )


def test_a_volume_takes_the_place_of_nothing_nobody_agreed_to_replace(
    packages: PackagePresenter, heavy: ShownPackage, tmp_path: Path
) -> None:
    other = tmp_path / "claim-2.pdf"
    other.write_bytes(b"another paper")
    with pytest.raises(OutputThere):
        packages.saving(heavy, tmp_path / "claim.pdf")(Progress())
    assert other.read_bytes() == b"another paper"
    assert not (tmp_path / "claim.pdf").exists()


def test_recognising_is_offered_where_its_programs_are(
    wording: Wording, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    there = {each.key: each for each in switches(wording)}["recognise"]
    assert (there.offered, there.hint) == (True, "")
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    gone = {each.key: each for each in switches(wording)}["recognise"]
    assert not gone.offered
    assert "ocrmypdf.readthedocs.io" in gone.hint


def test_the_preview_turns_pages_within_the_document(preview: ShownPackage) -> None:
    shown = PreviewPresenter(ImmediateRunner())
    shown.open(preview.path)
    assert shown.count == preview.written.pages
    shown.go_to(999)
    assert shown.page == shown.count
    shown.go_to(-1)
    assert shown.page == 1
    shown.ask(300)
    assert isinstance(shown.shown, Picture)
    assert shown.shown.width == 300
    shown.close()


def test_the_preview_grows_and_shrinks_in_steps(preview: ShownPackage) -> None:
    shown = PreviewPresenter(ImmediateRunner())
    shown.open(preview.path)
    room = shown.width(600)
    assert room == 600
    shown.enlarge(600)
    assert shown.zoom == 100
    shown.reduce(600)
    assert shown.zoom == 75
    shown.fit()
    assert shown.zoom is None
    shown.close()


def test_a_file_that_is_no_pdf_says_why_it_is_not_shown(tmp_path: Path) -> None:
    broken = tmp_path / "x.pdf"
    broken.write_bytes(b"nothing")
    shown = PreviewPresenter(ImmediateRunner())
    shown.open(broken)
    assert shown.count == 0
    assert isinstance(shown.shown, NotShown)
    shown.close()
