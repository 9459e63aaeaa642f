"""An excerpt in the package: its pages alone, turned, and nothing of the others."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from creditdesk.domain.claim.excerpts import Excerpt
from creditdesk.domain.claim.package import ClaimPackage
from creditdesk.i18n import Message
from creditdesk.jobs import Progress
from creditdesk.reports import claim_package
from creditdesk.reports.claim_written import WrittenPackage

pytestmark = pytest.mark.slow
Paper = Any  # the fixture of conftest, which tests can't import
FIVE = ("Alpha", "Bravo", "Charlie", "Delta", "Echo")


def _texts(
    package: ClaimPackage, paper: Paper, tmp_path: Path, *pieces: object
) -> tuple[WrittenPackage, list[str]]:
    path = tmp_path / "claim.pdf"
    whole = replace(package, evidence=pieces)  # type: ignore[arg-type]  # as it is given
    written = claim_package.write(whole, path, "en", Progress())
    return written, paper.page_texts(path)


def test_only_the_pages_of_the_excerpt_are_bound(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    piece = replace(paper.piece(paper.pdf_bytes(*FIVE)), excerpt=Excerpt("2-3,5"))
    written, texts = _texts(package, paper, tmp_path, piece)
    (document,) = (each for each in written.documents if each.file)
    assert document.pages == 3
    start = document.first_page - 1
    for text, word in zip(texts[start:], ("Bravo", "Charlie", "Echo"), strict=True):
        assert word in text
    assert "pages 2-3, 5 of 5 only" in texts[1]
    raw = _everything(tmp_path / "claim.pdf")
    assert b"(Bravo)" in raw
    assert b"(Alpha)" not in raw
    assert b"(Delta)" not in raw


def test_nothing_of_the_other_pages_travels_by_links_lists_or_files(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    made = BytesIO()
    with pikepdf.open(BytesIO(paper.pdf_bytes("Shown", "Hidden"))) as pdf:
        first, second = pdf.pages
        secret = pdf.make_stream(b"BT (SecretForm) Tj ET")
        secret.Type, secret.Subtype = Name.XObject, Name.Form
        secret.BBox = Array([0, 0, 9, 9])
        for page in (first, second):
            page.obj.Resources.XObject = Dictionary(S=secret)
        second.contents_add(b"/S Do")
        link = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([0, 0, 9, 9]),
            Dest=Array([second.obj, Name.Fit]),
        )
        first.obj.Annots = Array([pdf.make_indirect(link)])
        pdf.Root.Names = Dictionary()
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("HiddenMark", 1))
        pdf.attachments["secret.xml"] = b"SecretFile"
        pdf.save(made)
    piece = replace(paper.piece(made.getvalue()), excerpt=Excerpt("1"))
    _, texts = _texts(package, paper, tmp_path, piece)
    assert "files in it are left out with the other pages: secret.xml" in " ".join(
        texts[1].split()
    )
    with pikepdf.open(tmp_path / "claim.pdf") as pdf:
        assert not pdf.attachments
    raw = _everything(tmp_path / "claim.pdf")
    assert b"(Shown)" in raw
    for secret_word in (b"(Hidden)", b"SecretForm", b"SecretFile", b"HiddenMark"):
        assert secret_word not in raw


def test_pages_are_turned(package: ClaimPackage, paper: Paper, tmp_path: Path) -> None:
    piece = paper.piece(paper.pdf_bytes("One", "Two"))
    shapes = []
    for turns in ("", "2:90"):
        turned = replace(piece, excerpt=Excerpt(turns=turns))
        written, _ = _texts(package, paper, tmp_path, turned)
        (document,) = (each for each in written.documents if each.file)
        with pikepdf.open(tmp_path / "claim.pdf") as pdf:
            for page in list(pdf.pages)[document.first_page - 1 :]:
                _, _, width, height = (float(x) for x in page.mediabox)
                lying = width > height
                shapes.append(lying if page.rotation % 180 == 0 else not lying)
        (tmp_path / "claim.pdf").unlink()
    assert shapes == [False, False, False, True]


def test_two_excerpts_of_one_file_are_two_papers_and_the_same_one_is_bound_once(
    package: ClaimPackage, paper: Paper, tmp_path: Path
) -> None:
    piece = paper.piece(paper.pdf_bytes(*FIVE), "all.pdf")
    one = replace(piece, excerpt=Excerpt("1"))
    two = replace(piece, excerpt=Excerpt("2-3"))
    again = replace(one, file_name="again.pdf", remarks=(Message("said of this one"),))
    written, texts = _texts(package, paper, tmp_path, one, two, again)
    found = [(each.file, each.pages) for each in written.documents if each.file]
    assert found == [("all.pdf", 1), ("all.pdf", 2), ("again.pdf", 1)]
    bound = " ".join(texts[-3:])
    assert [bound.count(word) for word in ("Alpha", "Bravo", "Charlie")] == [1, 1, 1]
    assert texts[1].count("said of this one") == 1


def _everything(path: Path) -> bytes:
    """All that the file holds, unpacked."""
    whole = BytesIO()
    with pikepdf.open(path) as pdf:
        pdf.save(
            whole,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return whole.getvalue()
