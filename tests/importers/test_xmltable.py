"""XML whose elements are a ledger's rows is a table, whatever it calls itself (rules.md 11.5)."""

from decimal import Decimal
from pathlib import Path

import pytest

from creditdesk.catalog.headings import headings
from creditdesk.importers.columns import recognise
from creditdesk.importers.files.cells import Sheet
from creditdesk.importers.rows import ledger
from creditdesk.intake import opening
from creditdesk.jobs import Progress

ROW = (
    "<应收明细表><客户编码>{}</客户编码><客户名称>{}</客户名称><记账日期>20250115</记账日期>"
    "<单据编号>{}</单据编号><到期日>20250315</到期日><原币币种>CNY</原币币种>"
    "<应收金额>{}</应收金额><摘要/></应收明细表>"
)
FILE = (
    '<?xml version="1.0" encoding="GB18030"?><应收应付 xmlns="urn:gbt24589"><会计期间><会计年度>2025</会计年度>'
    "<会计期间号>1</会计期间号></会计期间>{}</应收应付>"
)


def read(tmp_path: Path, *rows: str, sheet: str | None = None) -> Sheet:
    path = tmp_path / "AR.xml"
    path.write_bytes(FILE.format("".join(rows)).encode("gb18030"))
    found = opening.read(path, sheet, None, None)
    assert isinstance(found, Sheet)
    return found


def test_a_ledger_in_xml_is_recognised_by_the_names_of_its_elements(
    tmp_path: Path,
) -> None:
    found = read(
        tmp_path,
        ROW.format("001", "甲公司", "X1", "113.00"),
        ROW.format("002", "乙公司", "X2", "50"),
    )
    assert (found.name, found.encoding) == ("应收明细表", "GB18030")
    draft = ledger.read(found, recognise.guess(found, headings()), "CNY", Progress())
    assert [each.buyer.code for each in draft.documents] == ["001", "002"]
    assert [each.number for each in draft.documents] == ["X1", "X2"]
    assert [each.amount.amount for each in draft.documents] == [Decimal("113.00"), 50]
    assert {str(each.due) for each in draft.documents} == {"2025-03-15"}


def test_rows_may_leave_elements_out(tmp_path: Path) -> None:
    short = "<应收明细表><单据编号>X2</单据编号><应收金额>5</应收金额></应收明细表>"
    found = read(tmp_path, ROW.format("001", "甲公司", "X1", "113.00"), short)
    assert len(found.rows) == 3
    assert found.rows[2].count(None) == len(found.rows[0]) - 2


def test_xml_without_the_headings_of_a_ledger_is_still_refused(tmp_path: Path) -> None:
    with pytest.raises(opening.XmlUnknown, match="应收应付"):
        read(tmp_path, "<行><颜色>红</颜色><形状>圆</形状></行>")
