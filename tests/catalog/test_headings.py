"""The shipped headings are complete and free of contradictions."""

from pathlib import Path

import pytest

from creditdesk.catalog import headings as catalog
from creditdesk.catalog.headings import Field, Word, headings, normalised, read
from creditdesk.catalog.reading import CatalogError


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        pytest.param("客户编码", Field.BUYER_CODE, id="U8"),
        pytest.param("对账对象名称", Field.BUYER_NAME, id="U8 reconciliation"),
        pytest.param("凭证字号", Field.VOUCHER_NO, id="KIS"),
        pytest.param("数电发票号码", Field.EINVOICE_NO, id="all-electronic invoice"),
        pytest.param("未核销金额", Field.OPEN, id="receivables list"),
        pytest.param("Open Balance", Field.OPEN, id="QuickBooks"),
        pytest.param("Net due date", Field.DUE_DATE, id="SAP"),
        pytest.param("invoiceNumber", Field.INVOICE_NO, id="run together"),
        pytest.param("cust_number", Field.BUYER_CODE, id="underscored"),
    ],
)
def test_a_heading_of_domain_11_6_is_known(heading: str, field: Field) -> None:
    assert normalised(heading) in headings().fields[field]


def test_every_field_and_every_word_is_known_under_some_name() -> None:
    known = headings()
    assert [field for field in Field if not known.fields[field]] == []
    assert [word for word in Word if not known.words[word]] == []


def test_a_word_means_one_thing_among_those_that_decide_what_a_row_is() -> None:
    known = headings()
    roles = (Word.RECEIPT, Word.CREDIT_NOTE, Word.OTHER, Word.VOID, Word.TOTAL)
    for one in roles:
        for other in roles:
            assert one is other or not known.words[one] & known.words[other]


def test_kinds_of_other_lists_can_be_recognised_at_all() -> None:
    for kind in headings().kinds:
        assert len(kind.headings) >= kind.at_least
        assert kind.title.zh
        assert kind.title.en


def test_currencies_have_iso_codes() -> None:
    known = headings().currencies
    assert known[normalised("人民币")] == "CNY"
    assert all(len(code) == 3 for code in known.values())


def test_a_file_with_an_unknown_field_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "odd.toml"
    path.write_text('id = "odd"\n[fields]\nbuyr = ["x"]\n[words]\n', encoding="utf-8")
    with pytest.raises(CatalogError, match="buyr"):
        read(path)


def test_chinese_headings_come_first() -> None:
    assert catalog.headings().fields[Field.BUYER_CODE][0] == "客户编码"
