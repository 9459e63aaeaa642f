"""How a text file writes its characters is found, and other languages never become Chinese nonsense."""

import pytest

from creditdesk.importers.files.decoding import Decoded, decoded
from creditdesk.importers.files.encoding import guess_encoding, is_text

_LEDGER = "Kunde;Name\n" + "".join(f"K{n};{{name}}\n" for n in range(4))


@pytest.mark.parametrize(
    ("name", "written", "read"),
    [
        pytest.param("株式会社サンプル商事", "euc_jp", "euc_jp", id="Japanese"),
        pytest.param("삼성전자주식회사", "euc_kr", "cp949", id="Korean"),
        pytest.param("株式会社", "iso2022_jp", "iso2022_jp", id="Japanese in ASCII"),
        pytest.param("宁波海澜贸易", "hz", "hz", id="Chinese in ASCII"),
        pytest.param("开票日期", "utf-16-le", "utf-16-le", id="UTF-16 without a mark"),
        pytest.param("开票日期", "utf-16-be", "utf-16-be", id="UTF-16, high byte first"),
    ],
)  # fmt: skip
def test_other_languages_are_not_read_as_chinese(
    name: str, written: str, read: str
) -> None:
    content = _LEDGER.format(name=name).encode(written)
    assert guess_encoding(content) == read
    assert name in content.decode(read)


@pytest.mark.parametrize("written", ["cp1251", "koi8_r"])
def test_whole_words_beyond_ascii_are_not_western(written: str) -> None:
    content = _LEDGER.format(name="Ромашка и партнёры").encode(written)
    assert guess_encoding(content) not in {"cp1252", "gb18030", "big5"}


def test_chinese_headings_within_the_bytes_of_hangul_stay_chinese() -> None:
    content = "客户编号,客户名称,单号,开票日期,金额\nK1,Ltd,N1,2026-01-10,5\n".encode(
        "gb2312"
    )
    assert guess_encoding(content) == "gb18030"


LINES = ["客户名称,单号,备注", "乙公司,U1,送货上门", "丙公司,U2,仓库自提"]


def read_of(*lines: bytes) -> Decoded:
    return decoded("a.csv", b"\r\n".join(lines), None)


@pytest.mark.parametrize(
    ("written", "cut"),
    [("utf-8", 1), ("utf-8", 2), ("gb18030", 1)],
)
@pytest.mark.parametrize("place", [1, 2])
def test_a_cut_character_is_told_and_the_others_stay(
    written: str, cut: int, place: int
) -> None:
    lines = [line.encode(written) for line in LINES]
    lines[place] = lines[place][:-cut]
    found = read_of(*lines)
    assert found.encoding == written
    rows = found.words.split("\r\n")
    assert rows[place][:-1].startswith(LINES[place][:7])
    assert "\ufffd" in rows[place]
    assert [rows[at] for at in range(3) if at != place] == [LINES[at] for at in range(3) if at != place]  # fmt: skip
    (told,) = found.notes
    assert (told.row, dict(told.reason.places)["rows"]) == (place + 1, str(place + 1))
    assert "encoding" in told.reason.text


@pytest.mark.parametrize(
    ("usual", "other"), [("utf-8", "gb18030"), ("gb18030", "utf-8")]
)
def test_lines_in_another_encoding_are_read_and_told(usual: str, other: str) -> None:
    lines = [line.encode(usual) for line in (*LINES, *LINES)]
    lines[4] = LINES[1].encode(other)
    found = read_of(*lines)
    assert found.words.split("\r\n") == [*LINES, *LINES]
    (told,) = found.notes
    assert (told.row, dict(told.reason.places)["other"]) == (5, other)


def test_western_lines_among_others_are_read_and_told() -> None:
    lines = ["Kunde;Ort", "Müller;Köln", "Jäger;Fürth"]
    found = read_of(*(line.encode() for line in lines), "Größe;Weiß".encode("cp1252"))
    assert found.words.split("\r\n") == [*lines, "Größe;Weiß"]
    assert [dict(each.reason.places)["other"] for each in found.notes] == ["cp1252"]


def test_a_zero_byte_is_left_out_and_told() -> None:
    for padding in ("", "x"):
        content = f"客户,金额\n甲\0公司,5{padding}\n".encode()
        assert is_text(content)
        found = decoded("a.csv", content + b"\0\0\0", None)
        assert found.words == f"客户,金额\n甲公司,5{padding}\n"
        assert [each.row for each in found.notes] == [2]


@pytest.mark.parametrize("content", [b"\x01\0ab\0", bytes(range(256)) * 10])
def test_what_only_machines_write_is_no_text(content: bytes) -> None:
    assert not is_text(content)


def test_whole_files_have_no_note() -> None:
    for encoding in ("utf-8", "gb18030", "utf-16"):
        content = "\n".join(LINES).encode(encoding)
        assert decoded("a.csv", content, None).notes == ()
