from email.message import EmailMessage
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont

from creditdesk import paths
from creditdesk.domain.base.evidence import EvidenceState, media_of
from creditdesk.evidence.recogniser import reads_pictures
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


@pytest.mark.slow
def test_the_words_of_a_mail_and_of_its_attachments_tell_whose_it_is(
    tmp_path: Path,
) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "催款", "a@example.com"
    mail.set_content("上海浦江贸易有限公司：请付款")
    inner = EmailMessage()
    inner.set_content("Northern Lights Oy owes us")
    mail.add_attachment(inner)
    path = tmp_path / "催款.eml"
    path.write_bytes(mail.as_bytes())
    text = inspect(path).text
    assert "上海浦江贸易有限公司" in text
    assert "Northern Lights Oy" in text


def _scan(path: Path, words: str) -> Path:
    page = Image.new("L", (1240, 500), 255)
    font = ImageFont.truetype(str(paths.resources() / "fonts" / "NotoSans-Regular.ttf"), 56)  # fmt: skip
    ImageDraw.Draw(page).text((80, 180), words, font=font, fill=0)
    page.save(path, dpi=(150, 150))
    return path


@pytest.mark.slow
@pytest.mark.skipif(not reads_pictures(), reason="Tesseract is not installed")
def test_the_words_of_a_scan_are_recognised(tmp_path: Path) -> None:
    seen = inspect(_scan(tmp_path / "scan.png", "Northern Lights Oy, Helsinki"))
    assert "Northern Lights" in seen.text


@pytest.mark.slow
def test_a_scan_without_tesseract_or_with_one_that_fails_has_no_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = _scan(tmp_path / "scan.png", "Northern Lights Oy")
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    assert (inspect(scan).text, inspect(scan).pages) == ("", 1)
    broken = programs / "tesseract"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    assert (inspect(scan).text, inspect(scan).pages) == ("", 1)
