"""Web pages and XML under the name of .xls are the tables their programs meant."""

from datetime import date
from pathlib import Path

import pytest

from creditdesk.importers.files.cells import DamagedNumber, Sheet, TableTooLarge
from creditdesk.importers.files.sheet import read
from creditdesk.importers.files.webpage import PageWithoutTable
from creditdesk.importers.files.xmlfile import XmlWithDefinitions

PAGE = (
    "<html><head><meta http-equiv=Content-Type content='text/html; charset=gb2312'></head><body>"
    "<table><tr><td><table><tr><td colspan=4>应收账款明细</td></tr>"
    "<tr><th>客户</th><th>单据号</th><th>日期</th><th>金额</th></tr>"
    "<tr><td rowspan=2>甲公司</td><td>0007</td><td>2026-01-05</td><td x:num='1000.125'>1,000.13</td></tr>"
    "<tr style='display:none'><td>0008</td><td>2026-01-06</td><td>&nbsp;250.50</td></tr>"
    "</table></td></tr></table></body></html>"
)
ROWS = (
    ("应收账款明细",) * 4,
    ("客户", "单据号", "日期", "金额"),
    ("甲公司", "0007", "2026-01-05", "1000.125"),
    ("甲公司", "0008", "2026-01-06", "250.50"),
)
BOOK = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel">
<Styles><Style ss:ID="s1"><NumberFormat ss:Format="[$USD] #,##0.00"/></Style></Styles>
<Worksheet ss:Name="旧"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row></Table>
 <x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
<Worksheet ss:Name="应收"><Table>
 <Row><Cell><Data ss:Type="String">客户名称</Data></Cell><Cell><Data ss:Type="String">单据编号</Data></Cell>
  <Cell><Data ss:Type="String">单据日期</Data></Cell><Cell><Data ss:Type="String">金额</Data></Cell></Row>
 <Row ss:Index="3" ss:Hidden="1"><Cell ss:MergeDown="1"><Data ss:Type="String">甲公司</Data></Cell>
  <Cell><Data ss:Type="Number">20000000000000000012</Data></Cell>
  <Cell><Data ss:Type="DateTime">2026-01-05T00:00:00.000</Data></Cell>
  <Cell ss:StyleID="s1"><Data ss:Type="Number">12.5</Data></Cell></Row>
 <Row><Cell ss:Index="4" ss:Formula="=R[-1]C"><Data ss:Type="Number"></Data></Cell></Row>
</Table></Worksheet></Workbook>"""


def opened(tmp_path: Path, content: bytes) -> Sheet:
    path = tmp_path / "export.xls"
    path.write_bytes(content)
    return read(path, None, None, None)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_a_web_page_is_read_with_its_merged_cells_hidden_rows_and_whole_figures(
    tmp_path: Path, encoding: str
) -> None:
    found = opened(tmp_path, PAGE.encode(encoding))
    assert found.rows == ROWS
    assert [str(dict(each.reason.places)["rows"]) for each in found.notes] == ["4"]


def test_a_page_in_the_clothes_of_a_mail_is_read(tmp_path: Path) -> None:
    head = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\n"
    part = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    found = opened(tmp_path, f"{head}{part}{PAGE}\r\n--B--".encode())
    assert found.rows == ROWS


def test_a_page_without_a_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PageWithoutTable, match=r"export\.xls"):
        opened(tmp_path, b"<html><body>Please sign in.</body></html>")


def test_a_cell_over_a_million_columns_is_no_million_cells(tmp_path: Path) -> None:
    cell = "<table><tr><td colspan=1000000 rowspan=1000000>a</td></tr>"
    assert len(opened(tmp_path, cell.encode()).rows[0]) == 256
    with pytest.raises(TableTooLarge):
        opened(tmp_path, f"{cell}<tr><td>b</td></tr>".encode())


def test_a_workbook_saved_as_xml_is_read_with_what_it_hides(tmp_path: Path) -> None:
    found = opened(tmp_path, BOOK.encode())
    assert (found.name, found.names) == ("应收", ("应收",))
    assert found.rows[2] == ("甲公司", DamagedNumber("20000000000000000012"), date(2026, 1, 5), 12.5)  # fmt: skip
    assert found.rows[3][0] == "甲公司"
    assert [found.sign(row, 3) for row in (2, 3)] == ["USD", ""]
    assert found.unvalued == {(3, 3): "=R[-1]C"}
    said = [dict(each.reason.places) for each in found.notes]
    assert [each.get("sheets", each.get("rows")) for each in said] == [("旧",), "3", "4"]  # fmt: skip


def test_a_workbook_of_xml_that_defines_entities_is_not_read(tmp_path: Path) -> None:
    hostile = BOOK.replace("?>\n<Workbook", '?>\n<!DOCTYPE x [<!ENTITY a "b">]>\n<Workbook')  # fmt: skip
    with pytest.raises(XmlWithDefinitions):
        opened(tmp_path, hostile.encode())
