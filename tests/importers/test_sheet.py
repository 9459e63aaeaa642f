"""Tables are opened whatever they are, without loss."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from creditdesk.errors import UserError
from creditdesk.importers.files import sheet as opening
from creditdesk.importers.files.cells import DamagedNumber, Sheet, identifier, text
from creditdesk.jobs import Progress

Writer = Callable[..., Path]


def opened(path: Path, **how: str) -> Sheet:
    """Read in this process: the child is tested once, below."""
    return opening.read(
        path, how.get("sheet"), how.get("encoding"), how.get("password")
    )


@pytest.mark.slow
def test_a_file_is_read_in_a_process_of_its_own(xlsx: Writer) -> None:
    path = xlsx([["客户", "金额"], ["甲", 12.5]])
    found = opening.in_child(opening.read, path, None, None, None, progress=Progress())
    assert found.rows == (("客户", "金额"), ("甲", 12.5))
    assert found.names == ("Sheet",)
    assert len(found.digest) == 64


@pytest.mark.slow
def test_a_refusal_in_the_child_arrives_as_itself(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    path.write_bytes(b"")
    with pytest.raises(opening.FileEmpty, match=r"empty\.xlsx"):
        opening.in_child(opening.read, path, None, None, None, progress=Progress())


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(opening.FileMissing, match=r"nowhere\.csv"):
        opening.in_child(
            opening.read,
            tmp_path / "nowhere.csv",
            None,
            None,
            None,
            progress=Progress(),
        )


def changing(path: Path) -> str:
    path.write_text("another")
    return "half"


def refusing(path: Path) -> str:
    path.write_text("another")
    raise opening.KindRefused(name=path.name)


def removing(path: Path) -> str:
    path.unlink()
    return "half"


def looking_again(path: Path) -> str:
    path.unlink()
    return path.read_text()


def locked(path: Path) -> str:
    raise PermissionError(13, "Permission denied", str(path))


@pytest.mark.parametrize(
    ("reader", "refusal"),
    [
        (changing, opening.FileChanging),
        (refusing, opening.FileChanging),
        (removing, opening.FileGone),
        (looking_again, opening.FileGone),
        (locked, opening.FileClosed),
    ],
)
def test_a_file_that_does_not_stay_as_it_is_gets_a_sentence(
    reader: Callable[[Path], str], refusal: type[UserError], tmp_path: Path
) -> None:
    path = tmp_path / "账.csv"
    path.write_text("one")
    with pytest.raises(refusal, match=r"账\.csv"):
        opening._watched(reader, path, ())


def test_a_file_that_stays_as_it_is_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("one")
    assert opening._watched(Path.read_text, path, ()) == "one"


def test_text_dates_and_leading_zeros_of_a_workbook_stay_as_they_are(
    xlsx: Writer,
) -> None:
    path = xlsx([["00123", date(2025, 1, 15), 1.5, True, None, "末"]])
    assert opened(path).rows == (("00123", date(2025, 1, 15), 1.5, True, None, "末"),)


def test_a_number_cell_of_more_than_15_digits_is_marked_as_damaged(
    xlsx: Writer,
) -> None:
    path = xlsx([["no"], [25332000000012345678], [999999999999999]])
    (_, (damaged,), (good,)) = opened(path).rows
    assert isinstance(damaged, DamagedNumber)
    assert identifier(good) == "999999999999999"


def test_scientific_notation_in_a_text_file_is_damaged_too(text_file: Writer) -> None:
    rows = opened(text_file([["no", "name"], ["2.52002E+18", "1E5 Ltd"]])).rows
    assert rows[1] == (DamagedNumber("2.52002E+18"), "1E5 Ltd")


def test_words_and_dates_count_for_all_cells_they_are_merged_over_and_amounts_once(
    xlsx: Writer,
) -> None:
    rows = [["甲公司", 100.0, "a"], [None, None, "b"]]
    found = opened(xlsx(rows, "A1:A2", "B1:B2"))
    assert found.rows == (("甲公司", 100.0, "a"), ("甲公司", None, "b"))


def test_the_first_visible_sheet_with_known_headings_is_taken(tmp_path: Path) -> None:
    book = Workbook()
    cover = book.active
    assert cover is not None
    cover.append(["说明", "版本", "作者"])
    cover.append(["x", "y", "z"])
    hidden = book.create_sheet("旧")
    hidden.sheet_state = "hidden"
    ledger = book.create_sheet("应收")
    for sheet in (hidden, ledger):
        sheet.append(["客户名称", "单据编号", "单据日期", "金额"])
        sheet.append([sheet.title, "1", "2025-01-01", 5])
    path = tmp_path / "book.xlsx"
    book.save(path)
    found = opened(path)
    assert (found.name, found.names) == ("应收", ("Sheet", "应收"))
    assert opened(path, sheet="旧").rows[1][0] == "旧"
    with pytest.raises(UserError, match="应收"):
        opened(path, sheet="nirgends")


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("big5", "big5"),
    ],
)
def test_the_encoding_is_found_and_told(
    text_file: Writer, encoding: str, told: str
) -> None:
    rows = [["日期", "公司", "金額"], ["2025-01-01", "台北市文具有限公司", "12"]]
    if told == "gb18030":
        rows = [["日期", "公司名称", "金额"], ["2025-01-01", "上海贸易有限公司", "12"]]
    found = opened(text_file(rows, encoding=encoding))
    assert found.encoding == told
    assert found.rows == tuple(map(tuple, rows))


@pytest.mark.slow
def test_a_cell_at_the_far_end_of_a_workbook_ends_in_a_sentence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    book = Workbook()
    assert book.active is not None
    book.active["XFD1048576"] = 1
    path = tmp_path / "far.xlsx"
    book.save(path)
    with pytest.raises(UserError, match=r"far\.xlsx"):
        opening.in_child(opening.read, path, None, None, None, progress=Progress())
    assert capfd.readouterr().err == ""


def test_western_text_is_read_as_western(text_file: Writer) -> None:
    rows = [["Kunde", "Betrag"], ["Müller Schlüssel", "5"]]
    assert opened(text_file(rows, encoding="cp1252")).rows[1][0] == "Müller Schlüssel"


def test_the_person_may_name_the_encoding(text_file: Writer) -> None:
    path = text_file([["Łódź", "b"]], encoding="cp1250")
    assert opened(path, encoding="cp1250").rows[0][0] == "Łódź"
    with pytest.raises(UserError, match="utf-8"):
        opened(path, encoding="utf-8")
    with pytest.raises(UserError, match="klingon"):
        opened(path, encoding="klingon")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(text_file: Writer, separator: str) -> None:
    rows = [["a", "b", "c"], ["1,5", "x;y", "z"], ["2,5", "", "w"]]
    found = opened(text_file(rows, separator=separator))
    assert found.rows == (("a", "b", "c"), ("1,5", "x;y", "z"), ("2,5", None, "w"))


def test_rows_are_counted_as_the_spreadsheet_counts_them(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text('sep=;\na;b\n\n"two\nlines";="007"\n', encoding="utf-8")
    assert opened(path).rows == ((), ("a", "b"), (), ("two\nlines", "007"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("web.xls", b"<html><p>Sign in</p><table><tr><td> </td></tr></table></html>"),
        ("damaged.xlsx", b"\x8d\x91\xd3 sheet1.xml \xff\x03\x04"),
        ("report.csv", b"%PDF-1.7 ..."),
        ("old.xls", b"\x09\x04\x06\x00\x00\x00\x10\x00"),
        ("broken.xlsx", b"PK\x03\x04 and nothing"),
        ("broken.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("nothing.csv", b" \r\n \r\n"),
    ],
)
def test_what_is_no_table_is_refused_by_name(
    tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UserError, match=name):
        opened(path)


@pytest.mark.parametrize(
    ("cell", "shown"), [(12.0, "12"), (12.5, "12.5"), (None, ""), (True, "TRUE")]
)
def test_a_cell_is_shown_as_a_person_would_write_it(cell: float, shown: str) -> None:
    assert text(cell) == shown


def test_full_width_digits_of_a_number_become_plain_ones() -> None:
    assert identifier("ＩＮＶ－００１") == "INV-001"
