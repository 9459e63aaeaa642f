"""What a workbook hides from its reader is told: hidden rows and sheets, formulas without values, currencies."""

import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from creditdesk.catalog.headings import headings
from creditdesk.domain.ledger.documents import LedgerDraft
from creditdesk.importers.files import odsparts, xlsbparts, xlsrecords, xlsxparts
from creditdesk.importers.files.cells import Sheet
from creditdesk.importers.files.moneyformat import currency_of
from creditdesk.importers.files.sheet import read
from creditdesk.importers.files.unseen import Unseen, letters, ranges
from creditdesk.intake.looking import Owner, drafts, look
from creditdesk.jobs import Progress

Writer = Callable[..., Path]
HEAD = ["客户名称", "单据编号", "单据日期", "到期日", "金额"]
DAYS = [date(2026, 1, 5), date(2026, 2, 5)]


@pytest.fixture
def book(tmp_path: Path) -> Callable[[Workbook], Path]:
    def save(made: Workbook) -> Path:
        path = tmp_path / "ledger.xlsx"
        made.save(path)
        made.close()
        return path

    return save


def a_book(*rows: Sequence[Any], head: Sequence[Any] = HEAD) -> Workbook:
    made = Workbook()
    assert made.active is not None
    for row in (head, *rows):
        made.active.append(list(row))
    return made


def opened(path: Path) -> Sheet:
    return read(path, None, None, None)


def draft_of(path: Path) -> LedgerDraft:
    piece = look(path, opened(path), headings())
    assert piece.fault is None
    ((_, draft),) = drafts([piece], Owner("我方", "CNY"), Progress())
    return draft


def notes(found: Sheet | LedgerDraft) -> list[str]:
    return [each.reason.text for each in found.notes]


def test_hidden_rows_are_read_and_said(book: Callable[[Workbook], Path]) -> None:
    made = a_book(*(["甲公司", f"N{n}", *DAYS, 100] for n in range(5)))
    for row in (3, 5, 6):
        made.worksheets[0].row_dimensions[row].hidden = True
    path = book(made)
    (told,) = opened(path).notes
    assert (told.row, dict(told.reason.places)["rows"]) == (3, "3, 5–6")
    assert len(draft_of(path).documents) == 5
    assert told in draft_of(path).notes


def test_hidden_sheets_are_named(book: Callable[[Workbook], Path]) -> None:
    made = a_book(["甲公司", "N1", *DAYS, 100])
    made.create_sheet("备用").sheet_state = "hidden"
    (told,) = opened(book(made)).notes
    assert dict(told.reason.places)["sheets"] == ("备用",)


def binary_book(
    path: Path, sheets: dict[str, list[Sequence[Any]]], hidden: set[int], unseen: str
) -> Path:
    """An .xlsb by hand: records of a number, a size and their content; the rows of these places are hidden."""

    def record(kind: int, content: bytes = b"") -> bytes:
        number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        return number + bytes([len(content) & 0x7F | 0x80, len(content) >> 7]) + content

    def text(words: str) -> bytes:
        return struct.pack("<I", len(words)) + words.encode("utf-16-le")

    def cell(column: int, value: object) -> bytes:
        place = struct.pack("<II", column, 0)
        if isinstance(value, int):
            return record(5, place + struct.pack("<d", value))
        return record(6, place + text(str(value)))

    def table(rows: list[Sequence[Any]]) -> bytes:
        made = [
            record(129),
            record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, 4)),
            record(145),
        ]
        for number, row in enumerate(rows):
            flags = 0x10 if number in hidden else 0
            made.append(
                record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, flags, 0, 0))
            )
            made += [cell(column, value) for column, value in enumerate(row)]
        return b"".join((*made, record(146), record(130)))

    bundle = [
        record(
            156,
            struct.pack("<II", int(name == unseen), place)
            + text(f"rId{place}")
            + text(name),
        )
        for place, name in enumerate(sheets, 1)
    ]
    relations = "".join(
        f'<Relationship Id="rId{place}" Type="worksheet" Target="worksheets/sheet{place}.bin"/>'
        for place in range(1, len(sheets) + 1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "xl/workbook.bin",
            b"".join((record(131), record(143), *bundle, record(144), record(132))),
        )
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="{space}">{relations}</Relationships>',
        )
        for place, rows in enumerate(sheets.values(), 1):
            archive.writestr(f"xl/worksheets/sheet{place}.bin", table(rows))
    return path


def test_hidden_rows_and_sheets_of_a_binary_workbook_are_said(tmp_path: Path) -> None:
    rows: list[Sequence[Any]] = [HEAD]
    rows += [["甲公司", f"N{n}", "2026-01-05", "2026-02-05", 100] for n in range(5)]
    sheets: dict[str, list[Sequence[Any]]] = {"备用": [["x"]], "应收": rows}
    path = binary_book(tmp_path / "ledger.xlsb", sheets, {2, 4, 5}, "备用")
    found = opened(path)
    assert (found.name, len(found.rows)) == ("应收", 6)
    places = [dict(each.reason.places) for each in found.notes]
    assert places == [{"sheets": ("备用",)}, {"rows": "3, 5–6"}]
    assert len(draft_of(path).documents) == 5


def test_a_broken_binary_workbook_tells_nothing(tmp_path: Path) -> None:
    path = binary_book(tmp_path / "ledger.xlsb", {"应收": [HEAD]}, {0}, "")
    content = path.read_bytes()
    assert xlsbparts.unseen(content, "应收").hidden == (0,)
    assert xlsbparts.unseen(content, "另一张") == Unseen()
    for length in range(0, len(content), 97):
        assert xlsbparts.unseen(content[:length], "应收") == Unseen()
    with pytest.raises(ValueError, match="this long"):
        list(xlsbparts._hidden(b"\xff" * 9))


def test_a_row_refused_for_a_formula_without_a_value_says_so(
    book: Callable[[Workbook], Path],
) -> None:
    rows = [["甲公司", "N1", *DAYS, "=1+1"], ["甲公司", "N2", *DAYS, 5]]
    path = book(a_book(*rows))
    assert opened(path).unvalued == {(1, 4): "=1+1"}
    (refused,) = draft_of(path).rejected
    assert (refused.row, refused.column, refused.value) == (2, "金额", "=1+1")
    assert "Formula without a value" in refused.reason.text


def test_a_formula_that_gives_an_empty_text_is_a_value() -> None:
    text = b'<c r="A1" t="str"><f>""</f><v></v></c>'
    worked_out = b'<c r="B1"><f>1/2</f><v>0.5</v></c>'
    shared = b'<c r="AB3" s="1"><f t="shared" si="0"/></c>'
    assert list(xlsxparts._unvalued(text + worked_out + shared)) == [((2, 27), "=")]


def test_a_failed_formula_is_named_as_what_it_shows(
    book: Callable[[Workbook], Path],
) -> None:
    made = a_book(["甲公司", "N1", *DAYS, 100], ["甲公司", "N2", *DAYS, "#N/A"])
    path = book(made)
    assert opened(path).rows[2][4] == "#N/A"
    (refused,) = draft_of(path).rejected
    assert (refused.row, refused.value) == (3, "#N/A")


@pytest.mark.parametrize(
    ("code", "currency"),
    [
        ("[$$-409]#,##0.00", "USD"),
        ("[$€-2] #,##0.00", "EUR"),
        ('"¥"#,##0.00', "¥"),
        ("[$¥-804]#,##0.00", "CNY"),
        ("[$¥-411]#,##0", "JPY"),
        ("[$USD] #,##0", "USD"),
        ('"HK$"#,##0.00', "HKD"),
        ("\\$#,##0.00;[Red]-\\$#,##0.00", "$"),
        ('0.00"人民币"', "CNY"),
        ('#,##0.00" 元"', ""),
        ('[$-804]yyyy"年"m"月"', ""),
        ("General", ""),
        ('0.00" CR"', ""),
    ],
)
def test_a_number_format_names_a_currency_or_none(code: str, currency: str) -> None:
    assert currency_of(code) == currency


def test_the_currency_of_each_number_format_goes_with_its_cell(
    book: Callable[[Workbook], Path],
) -> None:
    made = a_book(*(["甲公司", f"N{n}", *DAYS, 100] for n in range(3)))
    made.worksheets[0]["E2"].number_format = "[$$-409]#,##0.00"
    made.worksheets[0]["E4"].number_format = '"¥"#,##0.00'
    found = opened(book(made))
    assert [found.sign(row, 4) for row in range(4)] == ["", "USD", "", "¥"]


@pytest.mark.parametrize(
    ("row", "header"),
    [
        (["甲公司", date(2026, 3, 11), *DAYS, 100], "单据编号"),
        ([date(2026, 3, 11), "N1", *DAYS, 100], "客户名称"),
    ],
)
def test_days_among_names_and_numbers_are_warned_about(
    book: Callable[[Workbook], Path], row: list[object], header: str
) -> None:
    found = draft_of(book(a_book(["乙公司", "N0", *DAYS, 5], row)))
    (told,) = [each for each in found.notes if "into dates" in each.reason.text]
    assert (told.row, told.column, dict(told.reason.places)["rows"]) == (3, header, "3")


def test_hidden_rows_and_currencies_of_an_opendocument_workbook_are_found() -> None:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("table", "office")
    )
    amount = '<table:table-cell office:value-type="currency" office:currency="USD"/>'
    xml = (
        f'<office:spreadsheet {spaces}><table:table table:name="应收">'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        '<table:table-row table:visibility="filter">'
        f'<table:table-cell table:number-columns-repeated="3"/>{amount}</table:table-row>'
        "</table:table></office:spreadsheet>"
    )
    found = odsparts._unseen(xml.encode(), "应收")
    assert (found.hidden, found.signed) == ((2,), ((2, 3, "USD"),))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def test_hidden_rows_and_currencies_of_an_old_xls_are_found() -> None:
    code = "[$USD] 0".encode("latin-1")
    name = "应收".encode("utf-16-le")
    style = b"\0\0" + struct.pack("<H", 164) + bytes(16)

    def globals_(begin: int) -> bytes:
        return b"".join(
            (
                _record(0x41E, struct.pack("<HH", 164, len(code)) + b"\0" + code),
                _record(0xE0, bytes(20)),
                _record(0xE0, style),
                _record(0x85, struct.pack("<I", begin) + b"\0\0" + b"\x02\x01" + name),
                _record(0x0A, b""),
            )
        )

    rows = b"".join(
        _record(0x208, struct.pack("<H", row) + bytes(10) + struct.pack("<I", flags))
        for row, flags in ((0, 0x100), (4, 0x120))
    )
    number = _record(0x203, struct.pack("<HHHd", 4, 2, 1, 12.5))
    many = _record(0xBD, struct.pack("<HHHIHIH", 5, 1, 0, 0, 1, 0, 2))
    stream = globals_(len(globals_(0))) + rows + number + many + _record(0x0A, b"")
    found = xlsrecords._unseen(stream, "应收")
    assert found.hidden == (4,)
    assert found.signed == ((4, 2, "USD"), (5, 2, "USD"))


def test_rows_and_columns_are_named_as_a_person_sees_them() -> None:
    assert ranges([0, 1, 2, 6]) == "1–3, 7"
    assert [letters(each) for each in (0, 25, 26, 701)] == ["A", "Z", "AA", "ZZ"]
