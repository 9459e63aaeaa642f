"""Files made to break readers are read rightly or refused with a sentence, in time."""

from datetime import date
from pathlib import Path

import pytest

from creditdesk.catalog.headings import headings
from creditdesk.child import ReadingTookTooLong
from creditdesk.errors import UserError
from creditdesk.importers.columns import recognise
from creditdesk.importers.files import sheet as opening
from creditdesk.importers.files.workbook import PasswordNeeded, PasswordWrong
from creditdesk.importers.rows import ledger
from creditdesk.intake.looking import Shape, look
from creditdesk.intake.opening import open_file
from creditdesk.jobs import Progress

pytestmark = pytest.mark.real_data

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
HOSTILE = sorted(
    path
    for folder in ("08_hostile_spreadsheets", "09_csv_encodings", "04b_cn_bank_exports")
    for path in (DATA / folder).glob("*")
)


@pytest.mark.slow
@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.name)
def test_a_hostile_file_ends_in_a_sentence_and_not_at_the_limit_of_time(
    path: Path,
) -> None:
    with pytest.raises(UserError) as refused:
        take(path)
    assert path.name in str(refused.value)
    assert not isinstance(refused.value, ReadingTookTooLong)


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    [each for each in HOSTILE if each.parent.name[:2] in {"08", "09"}],
    ids=lambda path: path.name,
)
def test_no_hostile_file_is_taken_for_anything(path: Path) -> None:
    fault = fault_of(path)
    assert fault is not None
    assert path.name in str(fault)


def fault_of(path: Path) -> UserError | None:
    try:
        found = look(path, open_file(path, Progress()), headings())
    except UserError as refused:
        return refused
    assert found.shape is Shape.UNKNOWN
    return found.fault


def take(path: Path) -> None:
    """None of these files is a ledger, so a sentence has to come at the latest here."""
    sheet = opening.in_child(opening.read, path, None, None, None, progress=Progress())
    ledger.read(sheet, recognise.guess(sheet, headings()), "CNY", Progress())


@pytest.mark.parametrize(
    ("name", "password"),
    [("protected_passtika.xlsx", "tika"), ("password.xls", "password")],
)
def test_a_protected_workbook_asks_for_its_password_and_takes_it(
    data: Path, name: str, password: str
) -> None:
    path = data / "08_hostile_spreadsheets" / name
    with pytest.raises(PasswordNeeded):
        opening.read(path, None, None, None)
    with pytest.raises(PasswordWrong):
        opening.read(path, None, None, "wrong")
    assert opening.read(path, None, None, password).rows


@pytest.mark.parametrize(
    ("name", "row", "value"),
    [
        ("1904DateWindowing.xls", 0, date(2000, 1, 1)),
        ("chinese-provinces.xls", 2, "Beijing"),
        ("calamine_date_1904.xlsx", 0, date(2021, 1, 1)),
        ("sheetjs_sushi.xlsx", 0, "🍣"),
        ("sheetjs_sheet_visibility.xlsx", 0, "v"),
        ("sample.strict.xlsx", 0, "Lorem"),
        ("noSharedStringTable.xlsx", 0, date(2006, 4, 12)),
    ],
)
def test_what_can_be_read_is_read_rightly(
    data: Path, name: str, row: int, value: object
) -> None:
    path = data / "08_hostile_spreadsheets" / name
    assert opening.read(path, None, None, None).rows[row][0] == value


@pytest.mark.parametrize(
    ("name", "encoding", "heading"),
    [
        ("messytables_characters.csv", "big5", "景點編號"),
        ("messytables_utf-16le_encoded.csv", "utf-16", "Organisation_name"),
        ("easyexcel_office_bom.csv", "utf-8-sig", "年纪"),
        ("messytables_simple.ssv", "utf-8", "temperature"),
        ("tabulator_latin1.csv", "cp1252", "name"),
    ],
)
def test_encodings_and_separators_are_told_apart(
    data: Path, name: str, encoding: str, heading: str
) -> None:
    found = opening.read(data / "09_csv_encodings" / name, None, None, None)
    assert (found.encoding, found.rows[0][1]) == (encoding, heading)
