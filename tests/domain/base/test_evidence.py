"""What a file is, by its first bytes and its name."""

import pytest

from creditdesk.domain.base.evidence import PDF, media_of, without_pages


@pytest.mark.parametrize(
    ("name", "head", "media"),
    [
        pytest.param("a.bin", b"%PDF-1.7", PDF, id="PDF"),
        pytest.param("a.bin", b"\0" * 1019 + b"%PDF-1.7", PDF, id="PDF behind 1019 bytes"),
        pytest.param("a.bin", b"\0" * 1020 + b"%PDF-1.7", "application/octet-stream", id="too far behind"),
        pytest.param("a.bin", b"\0\0\0\x1cftypavif", "image/avif", id="AVIF"),
        pytest.param("a.bin", b"\0\0\0\x1cftypheic", "image/heic", id="HEIC"),
        pytest.param("a.bin", b"RIFF\0\0\0\0WEBPVP8 ", "image/webp", id="WebP"),
        pytest.param("a.wav", b"RIFF\0\0\0\0WAVEfmt ", "application/octet-stream", id="sound in the same wrapping"),
        pytest.param("a.pdf", b"\xff\xd8\xff\xe0", "image/jpeg", id="a picture whatever its name"),
        pytest.param("a.ofd", b"PK\x03\x04", "application/ofd", id="OFD in a ZIP"),
        pytest.param("a.txt", b"PK\x03\x04", "application/zip", id="a ZIP called a text"),
        pytest.param("a.msg", b"\xd0\xcf\x11\xe0", "application/vnd.ms-outlook", id="a letter in OLE"),
        pytest.param("a.zip", b"PK\x03\x04" + b"\0" * 40 + b"%PDF-1.3", "application/zip", id="ZIP that shows its PDF"),
        pytest.param("a.pdf", b"PK\x03\x04", "application/zip", id="a ZIP called a PDF"),
        pytest.param("a.bin", b"\0\0\0\x0cjP  \r\n", "image/jp2", id="JPEG 2000"),
        pytest.param("a.bin", b"\0\0\x01\0\x01\0", "image/x-icon", id="icon"),
        pytest.param("a.tga", b"\0\0\x02\0", "image/x-tga", id="Targa by its name"),
        pytest.param("A.CSV", b"a;b", "text/csv", id="by its name"),
    ],
)  # fmt: skip
def test_a_file_is_what_it_begins_with_then_what_its_name_says(
    name: str, head: bytes, media: str
) -> None:
    assert media_of(name, head) == media


@pytest.mark.parametrize(
    ("media", "said"),
    [
        ("application/ofd", "an OFD invoice"),
        ("application/vnd.ms-excel", "no office program"),
        ("text/plain", "files of this kind"),
    ],
)
def test_what_has_no_pages_says_what_would_have(media: str, said: str) -> None:
    assert without_pages(media).text.startswith(said)
