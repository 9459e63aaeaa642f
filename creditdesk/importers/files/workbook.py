"""Reads workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods) without running, following or loading anything they point to."""

import io
import math
import re
import zipfile
from datetime import date, datetime
from itertools import repeat
from typing import Any

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from creditdesk import private
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.importers.files import (
    buyersheets,
    odsparts,
    xlsbparts,
    xlsrecords,
    xlsxparts,
)
from creditdesk.importers.files.buyersheets import joined
from creditdesk.importers.files.cells import (
    DAMAGED_FROM,
    Cell,
    DamagedNumber,
    Row,
    Sheet,
)
from creditdesk.importers.files.choice import (
    LEDGER,
    SheetMissing,
    WorkbookEmpty,
    promise,
)
from creditdesk.importers.files.grid import spread_merged
from creditdesk.importers.files.unseen import (
    Unseen,
    of_hidden_sheets,
    together,
    told,
)

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# Excel itself tries this password before it asks.
_NO_PASSWORD = "VelvetSweatshop"  # noqa: S105 - published by Microsoft
_MOST_OTHERS = 60


class PasswordNeeded(UserError):
    """The workbook is encrypted and no password was given."""

    message = N_("{name} is protected by a password. Enter the password to read it.")


class PasswordWrong(UserError):
    """The password does not open the workbook."""

    message = N_("The password does not open {name}. Check it and enter it again.")


class ProtectionUnknown(UserError):
    """Encrypted in a way the program can't undo."""

    message = N_(
        "{name} is protected in a way CreditDesk can't open. "
        "Open it in its own program, remove the password and save it again."
    )


class WorkbookDamaged(UserError):
    """No reader makes sense of it."""

    message = N_(
        "{name} is damaged or not a workbook of a kind CreditDesk reads. "
        "Open it in Excel or WPS, save it as .xlsx and try that file."
    )


def is_workbook(content: bytes) -> bool:
    """By what it starts with, never by its name."""
    return content.startswith((_ZIP, _OLE))


def is_named_so(name: str) -> bool:
    """Whether the name says that it is a workbook of today: a text file under it is an accident or damaged."""
    return name.casefold().endswith((".xlsx", ".xlsm", ".xlsb", ".ods"))


def read(
    file_name: str,
    digest: str,
    content: bytes,
    sheet: str | None,
    password: str | None,
) -> Sheet:
    """One sheet of the workbook."""
    plain = _decrypted(file_name, content, password)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(plain))
        return _read(file_name, digest, plain, book, sheet)
    except PasswordError as error:
        raise ProtectionUnknown(name=file_name) from error
    except CalamineError as error:
        raise WorkbookDamaged(name=file_name) from error


def _decrypted(file_name: str, content: bytes, password: str | None) -> bytes:
    if not content.startswith(_OLE):
        if b"encryption-data" in _part(content, "META-INF/manifest.xml"):
            raise ProtectionUnknown(name=file_name)
        return content
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(content))
        if not office.is_encrypted():
            return content
    except Exception:  # noqa: BLE001 - of a file it can't place the library raises anything; calamine then judges it
        return content
    for attempt in filter(None, (_NO_PASSWORD, password)):
        opened = _opened(file_name, office, attempt)
        if opened is not None:
            return opened
    raise (PasswordWrong if password else PasswordNeeded)(name=file_name)


def _opened(
    file_name: str, office: msoffcrypto.OfficeFile, password: str
) -> bytes | None:
    plain = io.BytesIO()
    try:
        with private.temporary_files():
            office.load_key(password=password)
            office.decrypt(plain)
    except (InvalidKeyError, DecryptionError):
        return None
    except FileFormatError as error:
        raise ProtectionUnknown(name=file_name) from error
    return plain.getvalue()


def _counts_from_1904(content: bytes) -> bool:
    """Whether an .xlsx says so; calamine uses it for cells formatted as dates and doesn't tell it."""
    head = _part(content, "xl/workbook.xml")
    return re.search(rb'date1904\s*=\s*"(1|true)"', head) is not None


def _part(content: bytes, name: str) -> bytes:
    """The beginning of a part of a zipped workbook, nothing when it isn't there or can't be read."""
    if not content.startswith(_ZIP):
        return b""
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as archive,
            archive.open(name) as part,
        ):
            return part.read(65536)
    except xlsxparts.UNREADABLE:
        return b""


def _read(
    file_name: str,
    digest: str,
    content: bytes,
    book: CalamineWorkbook,
    sheet: str | None,
) -> Sheet:
    visible = tuple(
        meta.name
        for meta in book.sheets_metadata
        if meta.visible == SheetVisibleEnum.Visible
    )
    if sheet is not None and sheet not in book.sheet_names:
        raise SheetMissing(name=file_name, sheet=sheet, names=visible)
    wanted = visible if sheet is None else (sheet,)
    name, rows = _first_table(book, wanted)
    if not rows:
        raise WorkbookEmpty(name=file_name)
    others = _others(book, wanted, name)
    hidden = (each for each in book.sheet_names if each not in visible and each != sheet)  # fmt: skip
    found = Sheet(
        file_name=file_name,
        digest=digest,
        rows=rows,
        name=name,
        names=visible,
        epoch_1904=_counts_from_1904(content),
        alike=tuple(others),
        notes=tuple(of_hidden_sheets(hidden)),
    )
    ledgers = {each: others.get(each, rows) for each in wanted if each in {name, *others}}  # fmt: skip
    if one := joined(ledgers):
        return buyersheets.together(found, one, lambda name: _unseen(content, name))
    return told(found, _unseen(content, name))


def _unseen(content: bytes, name: str) -> Unseen:
    if content.startswith(_ZIP):
        readers = (xlsxparts, xlsbparts, odsparts)
        return together(each.unseen(content, name) for each in readers)
    return xlsrecords.unseen(content, name)


def _others(
    book: CalamineWorkbook, names: tuple[str, ...], chosen: str
) -> dict[str, tuple[Row, ...]]:
    """The other sheets that look like ledgers too: one a month, or one a customer."""
    others = [name for name in names if name != chosen]
    if len(others) > _MOST_OTHERS:
        return {}
    found = ((name, _rows(book.get_sheet_by_name(name))) for name in others)
    return {name: rows for name, rows in found if promise(rows) == LEDGER}


def _first_table(
    book: CalamineWorkbook, names: tuple[str, ...]
) -> tuple[str, tuple[Row, ...]]:
    """The first sheet with headings of a ledger, else the first that is a table, else the first with anything."""
    best: tuple[str, tuple[Row, ...]] = ("", ())
    most = 0
    for name in names:
        rows = _rows(book.get_sheet_by_name(name))
        found = promise(rows)
        if found > most:
            best, most = (name, rows), found
        if most == LEDGER:
            break
    return best


def _rows(sheet: CalamineSheet) -> tuple[Row, ...]:
    rows = list(map(_row, sheet.to_python(skip_empty_area=False), repeat({})))
    if merged := sheet.merged_cell_ranges:
        spread_merged(rows, merged)
    while rows and not any(cell is not None for cell in rows[-1]):
        rows.pop()
    return tuple(map(tuple, rows))


def _row(row: list[Any], seen: dict[Any, Any]) -> list[Cell]:
    """The cells of a row. Words and days are kept once, however often a ledger repeats them."""
    keep = seen.setdefault
    return [
        value
        if (kind := type(value)) is float and -DAMAGED_FROM < value < DAMAGED_FROM
        else keep(value, value)
        if (kind is str and value) or kind is date
        else _cell(value)
        for value in row
    ]


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return value
    if isinstance(value, float | int):
        if not math.isfinite(value):
            return str(value)
        damaged = abs(value) >= DAMAGED_FROM
        return DamagedNumber(f"{value:.0f}") if damaged else float(value)
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else str(value)
