from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from creditdesk.domain.base.evidence import EvidenceState, media_of
from creditdesk.importers.files.evidence import FileMissing, FileTooLarge, inspect

_DATA = Path(__file__).parents[2] / ".." / "shared" / "data"


def _pdf(path: Path, pages: int = 1, **save: object) -> Path:
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        pdf.save(path, **save)  # type: ignore[arg-type]  # pikepdf's own keywords
    return path


@pytest.mark.slow
def test_the_pages_of_a_pdf_are_counted(tmp_path: Path) -> None:
    seen = inspect(_pdf(tmp_path / "合同.pdf", pages=3))
    assert (seen.state, seen.pages, seen.media) == ("ok", 3, "application/pdf")
    assert len(seen.digest) == 64


@pytest.mark.slow
def test_a_pdf_with_a_user_password_needs_it(tmp_path: Path) -> None:
    locked = pikepdf.Encryption(owner="o", user="u")
    seen = inspect(_pdf(tmp_path / "locked.pdf", encryption=locked))
    assert seen.state is EvidenceState.NEEDS_PASSWORD
    assert seen.reason


@pytest.mark.slow
def test_a_pdf_whose_user_password_is_empty_opens(tmp_path: Path) -> None:
    owned = pikepdf.Encryption(owner="o", user="")
    assert inspect(_pdf(tmp_path / "owned.pdf", encryption=owned)).pages == 1


@pytest.mark.slow
def test_every_page_of_a_tiff_counts(tmp_path: Path) -> None:
    path = tmp_path / "fax.tiff"
    page = Image.new("1", (100, 140))
    page.save(path, save_all=True, append_images=[page, page])
    assert inspect(path).pages == 3


@pytest.mark.slow
def test_a_cut_off_picture_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    Image.effect_noise((200, 200), 80).save(path)
    path.write_bytes(path.read_bytes()[:3000])
    seen = inspect(path)
    assert seen.state is EvidenceState.UNREADABLE
    assert seen.reason


@pytest.mark.parametrize(
    ("name", "content"),
    [("note.txt", b"hello"), ("nothing.pdf", b""), ("invoice.ofd", b"PK\x03\x04")],
)
def test_a_file_without_pages_is_answered_for(
    tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    seen = inspect(path)
    assert (seen.state, seen.pages) == (EvidenceState.UNREADABLE, 0)
    assert seen.reason


def test_a_file_over_the_limit_or_missing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.bin"
    path.write_bytes(b"x" * 11)
    with pytest.raises(FileTooLarge):
        inspect(path, most=10)
    with pytest.raises(FileMissing):
        inspect(tmp_path / "none.pdf")


@pytest.mark.parametrize(
    ("name", "head", "media"),
    [
        ("scan.jpg", b"%PDF-1.7", "application/pdf"),
        ("x.bin", b"\x00\x00\x00\x18ftypheic", "image/heic"),
        ("x", b"RIFF....WEBP", "image/webp"),
        ("x.docx", b"PK\x03\x04", "application/vnd.openxmlformats-officedocument"),
        ("x", b"PK\x03\x04", "application/"),
    ],
)
def test_what_a_file_begins_with_counts_more_than_its_name(
    name: str, head: bytes, media: str
) -> None:
    assert media_of(name, head).startswith(media)


@pytest.mark.real_data
@pytest.mark.slow
@pytest.mark.skipif(not _DATA.exists(), reason="the real files are not on this machine")
@pytest.mark.parametrize(
    ("name", "state", "pages"),
    [
        ("06_evidence_pdf/PDFBOX-4352-0.pdf", "unreadable", 0),
        ("06_evidence_pdf/print_protection.pdf", "needs_password", 0),
        ("06_evidence_pdf/bug1020226.pdf", "unreadable", 0),
        ("07_evidence_images/decompression_bomb.gif", "unreadable", 0),
        ("07_evidence_images/zPug_3.heic", "ok", 3),
    ],
)
def test_awkward_real_files_are_answered_for(name: str, state: str, pages: int) -> None:
    seen = inspect(_DATA / name)
    assert (seen.state, seen.pages) == (state, pages)
