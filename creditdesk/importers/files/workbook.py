"""Reads workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods) without running, following or loading anything they point to."""

import io
import math
import re
import zipfile
import zlib
from collections.abc import Iterator
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

from creditdesk.catalog.headings import headings, normalised
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.importers.files.cells import (
    MOST_COLUMNS,
    SEARCHED_ROWS,
    Cell,
    DamagedNumber,
    Row,
    Sheet,
    filled,
)

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# Excel itself tries this password before it asks.
_NO_PASSWORD = "VelvetSweatshop"  # noqa: S105 - published by Microsoft
# Excel keeps 15 significant digits: a longer whole number has lost its end.
_DAMAGED_FROM = 1e15
_TABLE_WIDTH = 3
_MOST_OTHERS = 60
_SOMETHING, _TABLE, _LEDGER = 1, 2, 3


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


class SheetMissing(UserError):
    """No sheet of this name."""

    message = N_("{name} has no sheet {sheet}. Its sheets are: {names}.")


class WorkbookEmpty(UserError):
    """No sheet holds anything."""

    message = N_("{name} has no visible sheet with anything in it.")


def is_workbook(content: bytes) -> bool:
    """By what it starts with, never by its name."""
    return content.startswith((_ZIP, _OLE))


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
        return _read(file_name, digest, book, sheet, _counts_from_1904(plain))
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
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        NotImplementedError,
        OSError,
        RuntimeError,
        EOFError,
    ):
        return b""


def _read(
    file_name: str,
    digest: str,
    book: CalamineWorkbook,
    sheet: str | None,
    epoch_1904: bool,  # noqa: FBT001 - a property of the file, handed on
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
    return Sheet(
        file_name=file_name,
        digest=digest,
        rows=rows,
        name=name,
        names=visible,
        epoch_1904=epoch_1904,
        alike=_alike(book, wanted, name),
    )


def _alike(
    book: CalamineWorkbook, names: tuple[str, ...], chosen: str
) -> tuple[str, ...]:
    """The other sheets that look like ledgers too: one a month, or one a customer."""
    others = [name for name in names if name != chosen]
    if len(others) > _MOST_OTHERS:
        return ()
    return tuple(
        name
        for name in others
        if _promise(_rows(book.get_sheet_by_name(name))) == _LEDGER
    )


def _first_table(
    book: CalamineWorkbook, names: tuple[str, ...]
) -> tuple[str, tuple[Row, ...]]:
    """The first sheet with headings of a ledger, else the first that is a table, else the first with anything."""
    best: tuple[str, tuple[Row, ...]] = ("", ())
    most = 0
    for name in names:
        rows = _rows(book.get_sheet_by_name(name))
        promise = _promise(rows)
        if promise > most:
            best, most = (name, rows), promise
        if most == _LEDGER:
            break
    return best


def _promise(rows: tuple[Row, ...]) -> int:
    """How much a sheet looks like a ledger: not at all, something, a table, known headings."""
    if any(len(row) > MOST_COLUMNS for row in rows[:SEARCHED_ROWS]):
        return _SOMETHING
    known = headings().all_names
    if any(_named(row, known) >= _TABLE_WIDTH for row in rows[:SEARCHED_ROWS]):
        return _LEDGER
    if sum(1 for row in rows if filled(row) >= _TABLE_WIDTH) > 1:
        return _TABLE
    return _SOMETHING if rows else 0


def _named(row: Row, known: frozenset[str]) -> int:
    return sum(isinstance(cell, str) and normalised(cell) in known for cell in row)


def _rows(sheet: CalamineSheet) -> tuple[Row, ...]:
    rows = list(map(_row, sheet.to_python(skip_empty_area=False), repeat({})))
    if merged := sheet.merged_cell_ranges:
        _spread_merged(rows, merged)
    while rows and not any(cell is not None for cell in rows[-1]):
        rows.pop()
    return tuple(map(tuple, rows))


def _row(row: list[Any], seen: dict[Any, Any]) -> list[Cell]:
    """The cells of a row. Words and days are kept once, however often a ledger repeats them."""
    keep = seen.setdefault
    return [
        value
        if (kind := type(value)) is float and -_DAMAGED_FROM < value < _DAMAGED_FROM
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
        damaged = abs(value) >= _DAMAGED_FROM
        return DamagedNumber(f"{value:.0f}") if damaged else float(value)
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else str(value)


def _spread_merged(
    rows: list[list[Cell]],
    ranges: list[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    """Words and dates count for every cell they are merged over; an amount counts once."""
    for (top, left), (bottom, right) in ranges:
        value = rows[top][left] if _inside(rows, top, left) else None
        if isinstance(value, str | date):
            for row, column in _covered(rows, top, left, bottom, right):
                rows[row][column] = value


def _covered(
    rows: list[list[Cell]], top: int, left: int, bottom: int, right: int
) -> Iterator[tuple[int, int]]:
    for row in range(top, min(bottom, len(rows) - 1) + 1):
        for column in range(left, min(right, len(rows[row]) - 1) + 1):
            yield row, column


def _inside(rows: list[list[Cell]], row: int, column: int) -> bool:
    return row < len(rows) and column < len(rows[row])
