"""Mails as Outlook saves them: a compound file, written here by its specification (MS-CFB, MS-OXMSG)."""

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from creditdesk.domain.base.evidence import media_of
from creditdesk.domain.claim.package import EvidencePiece
from creditdesk.i18n import Bilingual, words
from creditdesk.reports.binder import Given
from creditdesk.reports.gathering import Filling, Gathered, gather

Paper = Any  # the fixture of conftest, which tests can't import
Tree = Mapping[str, Any]
"""Streams as bytes, storages as trees."""

_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_TEXT, _BYTES, _WHOLE, _TIME = 0x001F, 0x0102, 0x0003, 0x0040
PROPERTIES = "__properties".encode("utf-16-le")
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


@dataclass
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    right: int = _NONE
    child: int = _NONE
    start: int = _END
    kids: list["_Entry"] = field(default_factory=list)


def compound(tree: Tree) -> bytes:
    """A compound file of version 3: sectors of 512 bytes, small streams in pieces of 64."""
    root = _Entry("Root Entry", 5)
    entries = [root]
    _grow(root, tree, entries)
    small, small_table = b"", list[int]()
    sectors, table = list[bytes](), list[int]()

    def keep(data: bytes) -> int:
        first = len(sectors)
        parts = [data[at : at + 512].ljust(512, b"\0") for at in range(0, len(data), 512)]  # fmt: skip
        sectors.extend(parts)
        table.extend(range(first + 1, first + len(parts)))
        table.append(_END)
        return first

    for entry in entries:
        if entry.kind != 2 or not entry.data:
            continue
        if len(entry.data) >= 4096:
            entry.start = keep(entry.data)
            continue
        entry.start = len(small_table)
        count = -(-len(entry.data) // 64)
        small += entry.data.ljust(64 * count, b"\0")
        small_table += [*range(entry.start + 1, entry.start + count), _END]
    root.data = small
    root.start = keep(small) if small else _END
    listed = b"".join(map(_listed, entries))
    listed += _listed(_Entry("", 0)) * (-len(entries) % 4)
    directory = keep(listed)
    listed = struct.pack(f"<{len(small_table)}I", *small_table)
    minis = keep(listed + b"\xff" * (-len(listed) % 512))
    fats = 1
    while 128 * fats < len(table) + fats:
        fats += 1
    places = list(range(len(sectors), len(sectors) + fats))
    whole = [*table, *[_FAT] * fats]
    whole += [_FREE] * (128 * fats - len(whole))
    head = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        0, fats, directory, 0, 4096, minis, -(-4 * len(small_table) // 512), _END, 0,
    )  # fmt: skip
    head += struct.pack("<109I", *places, *[_FREE] * (109 - fats))
    return head + b"".join(sectors) + struct.pack(f"<{len(whole)}I", *whole)


def _grow(parent: _Entry, tree: Tree, entries: list[_Entry]) -> None:
    made = []
    for name in sorted(tree, key=lambda each: (len(each), each.upper())):
        inner = tree[name]
        entry = _Entry(name, 2, inner) if isinstance(inner, bytes) else _Entry(name, 1)
        made.append((len(entries), entry, inner))
        entries.append(entry)
    for (_, entry, _), (after, *_) in pairwise(made):
        entry.right = after
    if made:
        parent.child = made[0][0]
    for _, entry, inner in made:
        if entry.kind == 1:
            _grow(entry, inner, entries)


def _listed(entry: _Entry) -> bytes:
    name = (entry.name + "\0").encode("utf-16-le") if entry.name else b""
    return struct.pack(
        "<64sHBBIII16sIQQIQ", name, len(name), entry.kind, 1, _NONE, entry.right, entry.child,
        b"", 0, 0, 0, 0 if entry.kind == 1 else entry.start, len(entry.data),
    )  # fmt: skip


def storage(head: int, properties: Mapping[int, str | bytes | int | datetime]) -> dict[str, Any]:  # fmt: skip
    """The streams of these properties; `head` bytes stand before their list."""
    made: dict[str, Any] = {}
    listed = b"\0" * head
    for number, value in properties.items():
        kind, fixed = _WHOLE, b""
        if isinstance(value, str):
            kind, data = _TEXT, value.encode("utf-16-le")
            made[f"__substg1.0_{number:04X}{kind:04X}"] = data
            fixed = struct.pack("<II", len(data) + 2, 0)
        elif isinstance(value, bytes):
            kind = _BYTES
            made[f"__substg1.0_{number:04X}{kind:04X}"] = value
            fixed = struct.pack("<II", len(value), 0)
        elif isinstance(value, datetime):
            kind = _TIME
            fixed = struct.pack("<Q", int((value - _EPOCH).total_seconds()) * 10**7)
        else:
            fixed = struct.pack("<II", value, 0)
        listed += struct.pack("<HHI", kind, number, 6) + fixed
    made["__properties_version1.0"] = listed
    return made


def outlook(attached: Sequence[tuple[str, bytes | Tree]], **said: str) -> bytes:
    """A mail as Outlook saves it; an attachment may be the tree of another mail."""
    return compound(mail(32, attached, **said))


def mail(
    head: int, attached: Sequence[tuple[str, bytes | Tree]], **said: str
) -> dict[str, Any]:
    tree = storage(
        head,
        {
            0x001A: "IPM.Note",
            0x0037: said.get("subject", ""),
            0x0C1A: said.get("sender", ""),
            0x1000: said.get("body", ""),
            0x0039: datetime(2026, 5, 11, 8, 30, tzinfo=UTC),
        },
    )
    counts = struct.pack("<8xIIII8x", 1, len(attached), 1, len(attached))
    told = tree["__properties_version1.0"]
    tree["__properties_version1.0"] = counts[:head] + told[head:]
    tree["__nameid_version1.0"] = {}
    tree["__recip_version1.0_#00000000"] = storage(
        8, {0x3001: said.get("to", ""), 0x3003: "b@example.com"}
    )
    for number, (name, data) in enumerate(attached):
        if isinstance(data, bytes):
            made = storage(8, {0x3705: 1, 0x3707: name, 0x3701: data})
        else:
            made = storage(8, {0x3705: 5, 0x3001: name})
            made["__substg1.0_3701000D"] = data
        tree[f"__attach_version1.0_#{number:08X}"] = made
    return tree


def gathered(data: bytes, folder: Path) -> Gathered:
    source = folder / "source"
    source.write_bytes(data)
    title = Bilingual("催款函、往来函电", "Correspondence")
    piece = EvidencePiece(
        item="C17", title=title, file_name="催款.msg", digest="", media="", read=bytes
    )
    given = Given(piece, source, media_of("催款.msg", data[:2048]))
    return gather((given,), Filling("zh"), {})


def texts(made: Gathered, folder: Path) -> list[str]:
    (whole,) = made.volumes
    for page, sheet in zip(whole.pages, made.sheets, strict=True):
        page.obj.Contents = whole.make_stream(sheet.placed)
    whole.save(folder / "sheets.pdf")
    with pdfium.PdfDocument(folder / "sheets.pdf") as read:
        return [each.get_textpage().get_text_bounded() for each in read]


def test_a_mail_of_outlook_is_printed_with_its_attachments_behind_it(
    paper: Paper, tmp_path: Path
) -> None:
    data = outlook(
        [("发票.pdf", paper.pdf_bytes("Invoice")), ("long.pdf", paper.pdf_bytes(*["Line"] * 300))],
        subject="催款", sender="张会计", to="李经理", body="请于五日内付款。\r\n谢谢！",
    )  # fmt: skip
    made = gathered(data, tmp_path)
    found = texts(made, tmp_path)
    for said in (
        "催款",
        "张会计",
        "李经理",
        "11 May 2026 08:30:00 +0000",
        "发票.pdf",
        "请于五日内付款。",
    ):
        assert said in found[0]
    assert "Invoice" in found[1]
    assert "Line" in found[2]
    (sheaf,) = made.sheaves
    assert sheaf.inside == ("催款.msg",)  # the mail itself goes with its printed page
    assert [each.name for each in sheaf.sections] == ["发票.pdf", "long.pdf"]
    assert sheaf.reason is None


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(lambda data: data[:700], id="cut off"),
        pytest.param(lambda data: data[:512] + b"\xff" * 512 + data[1024:], id="overwritten"),
        pytest.param(lambda data: data.replace(PROPERTIES, PROPERTIES.swapcase()[::-1]), id="without properties"),
        pytest.param(lambda data: data[:8] + b"\0" * 504, id="a head alone"),
    ],
)  # fmt: skip
def test_a_damaged_mail_of_outlook_is_told_and_nothing_of_it_bound(
    harm: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    made = gathered(harm(outlook([], subject="催款", body="请付款")), tmp_path)
    (sheaf,) = made.sheaves
    assert sheaf.pages == 0
    assert sheaf.reason is not None
    assert "damaged" in words("en").say(sheaf.reason)


def test_an_attachment_without_content_is_named(paper: Paper, tmp_path: Path) -> None:
    data = outlook([("空.pdf", b""), ("ok.pdf", paper.pdf_bytes("Good"))], subject="x")
    made = gathered(data, tmp_path)
    assert "空.pdf" in texts(made, tmp_path)[0]
    (remark, *_) = made.sheaves[0].remarks
    assert words("en").say(remark) == "空.pdf in it is left out: the file is empty"


def test_a_mail_within_a_mail_is_printed_with_what_it_encloses(
    paper: Paper, tmp_path: Path
) -> None:
    enclosed = [("合同.pdf", paper.pdf_bytes("Contract"))]
    said = {"subject": "回复：货款", "sender": "买方", "body": "本月付款"}
    inner = mail(24, enclosed, **said)
    made = gathered(
        outlook([("inner", inner)], subject="转发", body="见附件"), tmp_path
    )
    (sheaf,) = made.sheaves
    first, second, third = texts(made, tmp_path)
    assert "回复：货款.eml" in first
    for each in ("回复：货款", "买方", "11 May 2026 08:30", "本月付款", "合同.pdf"):
        assert each in second
    assert "Contract" in third
    assert [each.name for each in sheaf.sections] == ["回复：货款.eml", "回复：货款.eml/合同.pdf"]  # fmt: skip
