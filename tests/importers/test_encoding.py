"""How a text file writes its characters is found, and other languages never become Chinese nonsense."""

import pytest

from creditdesk.importers.files.encoding import guess_encoding

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
