"""Text of scans: recognised where OCRmyPDF and Tesseract are installed, told about where they are not."""

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from creditdesk.domain.base.evidence import media_of
from creditdesk.domain.claim.manner import Manner
from creditdesk.domain.claim.package import ClaimPackage
from creditdesk.jobs import Progress
from creditdesk.reports import claim_package
from creditdesk.reports.binder import Given
from creditdesk.reports.gathering import Filling, Gathered, gather

Paper = Any  # the fixture of conftest, which tests can't import
# Stands for the real program: puts a word on every page, and keeps what it was asked.
_PROGRAM = """#!{python}
import sys, pikepdf
from pikepdf import Dictionary, Name
given, made = sys.argv[-2:]
open("{told}", "w").write(" ".join(sys.argv[1:-2]))
with pikepdf.open(given) as pdf:
    for page in pdf.pages:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.obj.Resources.Font = Dictionary(F=pdf.make_indirect(font))
        page.contents_add(b"BT 3 Tr /F 9 Tf 50 50 Td (recognised) Tj ET")
    pdf.save(made)
"""
_TESSERACT = "#!/bin/sh\nprintf 'List of languages:\\nchi_sim\\ndeu\\neng\\n'\n"


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with both programs, the only one they are looked for in."""
    folder = tmp_path / "bin"
    folder.mkdir()
    told = tmp_path / "told"
    _install(folder / "ocrmypdf", _PROGRAM.format(python=sys.executable, told=told))
    _install(folder / "tesseract", _TESSERACT)
    monkeypatch.setenv("PATH", str(folder))
    return folder


def _install(path: Path, script: str) -> None:
    path.write_text(script)
    path.chmod(0o755)


def _scan(pages: int) -> bytes:
    whole = BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        for page in pdf.pages:
            page.obj.Resources = pikepdf.Dictionary()
            page.contents_add(b"0 0 100 100 re f")
        pdf.save(whole)
    return whole.getvalue()


def _gathered(paper: Paper, data: bytes, tmp_path: Path) -> Gathered:
    source = tmp_path / "source"
    source.write_bytes(data)
    given = Given(paper.piece(data, "scan.pdf"), source, media_of("scan.pdf", data))
    return gather((given,), Filling("en", Manner(recognise=True)), {})


@pytest.mark.usefixtures("programs")
def test_the_text_of_a_scan_is_put_beneath_its_pages_and_that_is_said(
    paper: Paper, tmp_path: Path
) -> None:
    gathered = _gathered(paper, _scan(2), tmp_path)
    assert [sheet.silent for sheet in gathered.sheets] == [False, False]
    told = [str(dict(each.places)) for each in gathered.sheaves[0].remarks]
    assert told == ["{'count': 2}"]
    asked = (tmp_path / "told").read_text()
    assert "--skip-text" in asked
    assert "--language chi_sim+eng" in asked
    assert "--optimize 0" in asked


@pytest.mark.usefixtures("programs")
def test_what_can_be_searched_already_is_left_alone(
    paper: Paper, tmp_path: Path
) -> None:
    gathered = _gathered(paper, paper.pdf_bytes("Words"), tmp_path)
    assert gathered.sheaves[0].remarks == ()
    assert not (tmp_path / "told").exists()


def test_a_file_it_fails_on_stays_as_it_is_and_that_is_said(
    paper: Paper, programs: Path, tmp_path: Path
) -> None:
    _install(programs / "ocrmypdf", "#!/bin/sh\nexit 2\n")
    gathered = _gathered(paper, _scan(2), tmp_path)
    assert gathered.sheaves[0].pages == 2
    assert [sheet.silent for sheet in gathered.sheets] == [True, True]
    assert [each.text for each in gathered.sheaves[0].remarks] == [
        "the text of its pages could not be recognised",
        "{silent} of {pages} pages without searchable text",
    ]


def test_pages_it_loses_are_not_lost(
    paper: Paper, programs: Path, tmp_path: Path
) -> None:
    short = _PROGRAM.replace("    pdf.save", "    del pdf.pages[0]\n    pdf.save")
    script = short.format(python=sys.executable, told=tmp_path / "told")
    _install(programs / "ocrmypdf", script)
    gathered = _gathered(paper, _scan(2), tmp_path)
    assert gathered.sheaves[0].pages == 2
    assert [sheet.silent for sheet in gathered.sheets] == [True, True]


@pytest.mark.slow
def test_where_they_are_not_installed_a_sentence_says_how_to_get_them(
    package: ClaimPackage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "claim.pdf"
    manner = Manner(recognise=True)
    written = claim_package.write(package, path, "en", Progress(), manner)
    (note,) = written.notes
    assert "OCRmyPDF and Tesseract are not installed" in note.text
    assert written.complete
