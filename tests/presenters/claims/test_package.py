"""Writing a package, and looking at it, without the window."""

from pathlib import Path

import pytest

from creditdesk.jobs import ImmediateRunner, Progress
from creditdesk.presenters.claims.claim_checklist import ClaimChecklistPresenter
from creditdesk.presenters.claims.claim_file import ClaimFilePresenter
from creditdesk.presenters.claims.package import PackagePresenter, ShownPackage
from creditdesk.presenters.parts.preview import PreviewPresenter
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports.pages import NotShown, Picture
from creditdesk.workspace import Workspace


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
