"""A workbook with a sheet for each buyer is one ledger; one with a sheet for each month is not."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from creditdesk.catalog.headings import headings
from creditdesk.importers.files.cells import Sheet
from creditdesk.importers.files.sheet import read
from creditdesk.intake.looking import Owner, drafts, look
from creditdesk.jobs import Progress

HEAD = ["单据号", "单据日期", "到期日", "金额"]


def book(tmp_path: Path, *names: str, head: list[str] = HEAD) -> Path:
    made = Workbook()
    for place, name in enumerate(names):
        sheet = made.create_sheet(name)
        sheet.append(["2026年应收"])
        sheet.append(head)
        for number in range(2):
            sheet.append([f"S{place}{number}", "2026-01-05", "2026-02-05", 100 + number])  # fmt: skip
        sheet.append(["合计", None, None, 201])
    made.remove(made.worksheets[0])
    path = tmp_path / "按客户.xlsx"
    made.save(path)
    return path


def opened(path: Path, sheet: str | None = None) -> Sheet:
    return read(path, sheet, None, None)


def test_each_sheet_s_name_is_the_buyer_of_its_rows(tmp_path: Path) -> None:
    path = book(tmp_path, "乙公司", "丙公司")
    found = opened(path)
    assert (found.name, found.alike) == ("", ())
    ((_, draft),) = drafts([look(path, found, headings())], Owner("我方", "CNY"), Progress())  # fmt: skip
    assert [(each.buyer.name, each.number, each.row) for each in draft.documents] == [
        ("乙公司", "S00", 3), ("乙公司", "S01", 4), ("丙公司", "S10", 6), ("丙公司", "S11", 7),
    ]  # fmt: skip
    assert draft.file_totals == {}
    told = next(each for each in draft.notes if "sheets" in dict(each.reason.places))
    assert dict(told.reason.places)["sheets"] == ("乙公司 3–5", "丙公司 6–8")


def xml_book(tmp_path: Path, *names: str) -> Path:
    """The same as one XML file of Excel 2003; the second row of each sheet's invoices is hidden."""

    def row(*cells: object, hidden: bool = False) -> str:
        inside = "".join(
            f'<Cell><Data ss:Type="{"Number" if isinstance(cell, int) else "String"}">{cell}</Data></Cell>'
            for cell in cells
        )
        shown = ' ss:Hidden="1"' if hidden else ""
        return f"<Row{shown}>{inside}</Row>"

    sheets = []
    for place, name in enumerate(names):
        rows = [row("2026年应收"), row(*HEAD)]
        for number in range(2):
            cells = (f"S{place}{number}", "2026-01-05", "2026-02-05", 100 + number)
            rows.append(row(*cells, hidden=number == 1))
        sheets.append(
            f'<Worksheet ss:Name="{name}"><Table>{"".join(rows)}</Table></Worksheet>'
        )
    path = tmp_path / "按客户.xls"
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    path.write_text(
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">{"".join(sheets)}</Workbook>',
        "utf-8",
    )
    return path


def test_the_sheets_of_an_xml_workbook_are_joined_too(tmp_path: Path) -> None:
    path = xml_book(tmp_path, "乙公司", "丙公司")
    found = opened(path)
    assert (found.name, found.alike) == ("", ())
    ((_, draft),) = drafts([look(path, found, headings())], Owner("我方", "CNY"), Progress())  # fmt: skip
    assert [(each.buyer.name, each.number, each.row) for each in draft.documents] == [
        ("乙公司", "S00", 3), ("乙公司", "S01", 4), ("丙公司", "S10", 5), ("丙公司", "S11", 6),
    ]  # fmt: skip
    places = [dict(each.reason.places) for each in draft.notes]
    assert {"sheets": ("乙公司 3–4", "丙公司 5–6")} in places
    assert {"rows": "4, 6"} in places
    alone = opened(path, "丙公司")
    assert (alone.name, len(alone.rows)) == ("丙公司", 4)
    assert opened(xml_book(tmp_path, "1月", "2月")).alike == ("2月",)


def test_a_sheet_that_is_named_is_read_alone(tmp_path: Path) -> None:
    found = opened(book(tmp_path, "乙公司", "丙公司"), "丙公司")
    assert (found.name, len(found.rows)) == ("丙公司", 5)


@pytest.mark.parametrize(
    "names", [("1月", "2月"), ("2025", "2026"), ("Sheet1", "Sheet2"), ("应收明细", "乙公司"), ("美元", "欧元")]
)  # fmt: skip
def test_sheets_of_months_or_currencies_are_no_buyers(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    found = opened(book(tmp_path, *names))
    assert (found.name, found.alike) == (names[0], (names[1],))


def test_sheets_with_a_column_for_the_buyer_stay_apart(tmp_path: Path) -> None:
    head = ["单据号", "单据日期", "客户名称", "金额"]
    assert opened(book(tmp_path, "乙公司", "丙公司", head=head)).name == "乙公司"
