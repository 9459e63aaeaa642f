"""Looks into an old .xls for what its reader doesn't tell: hidden rows, and currencies in number formats."""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import olefile

from creditdesk.importers.files.moneyformat import currency_of
from creditdesk.importers.files.unseen import Unseen

# Records by number: where a sheet begins, a row, a number format, a style, numbers in their several forms.
_EOF, _SHEET, _ROW, _FORMAT, _STYLE = 0x0A, 0x85, 0x208, 0x41E, 0xE0
_NUMBER, _RK, _MULRK, _FORMULA = 0x203, 0x27E, 0xBD, 0x06
_HIDDEN = 0x20
_HEAD = struct.Struct("<HH")
_PLACE = struct.Struct("<HHH")


def unseen(content: bytes, sheet: str) -> Unseen:
    """What stands in the named sheet; nothing where it isn't a workbook of Excel 97 or later."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            if not file.exists("Workbook"):
                return Unseen()
            stream = file.openstream("Workbook").read()
        return _unseen(stream, sheet)
    except (OSError, ValueError, IndexError, struct.error):
        return Unseen()


def _unseen(stream: bytes, sheet: str) -> Unseen:
    book = _book(stream)
    begin = book.sheets.get(sheet)
    if begin is None:
        return Unseen()
    signs = [book.formats.get(number, "") for number in book.styles]
    styles = {place: sign for place, sign in enumerate(signs) if sign}
    hidden, signed = [], []
    for kind, at, size in _records(stream, begin):
        if kind == _ROW:
            if stream[at + 12] & _HIDDEN:
                hidden.append(_PLACE.unpack_from(stream, at)[0])
        elif styles and kind in {_NUMBER, _RK, _FORMULA}:
            row, column, style = _PLACE.unpack_from(stream, at)
            if style in styles:
                signed.append((row, column, styles[style]))
        elif styles and kind == _MULRK:
            row, first, _ = _PLACE.unpack_from(stream, at)
            for place in range((size - 6) // 6):
                (style,) = struct.unpack_from("<H", stream, at + 4 + 6 * place)
                if style in styles:
                    signed.append((row, first + place, styles[style]))
    return Unseen(hidden=tuple(hidden), signed=tuple(signed))


@dataclass(slots=True)
class _Book:
    """Where sheets begin, currencies by number of a format, and the format of each style."""

    sheets: dict[str, int] = field(default_factory=dict)
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)


def _book(stream: bytes) -> _Book:
    book = _Book()
    for kind, at, _ in _records(stream, 0):
        if kind == _SHEET:
            (begin,) = struct.unpack_from("<I", stream, at)
            book.sheets[_text(stream, at + 7, stream[at + 6])] = begin
        elif kind == _FORMAT:
            number, length = _HEAD.unpack_from(stream, at)
            if sign := currency_of(_text(stream, at + 4, length)):
                book.formats[number] = sign
        elif kind == _STYLE:
            book.styles.append(struct.unpack_from("<H", stream, at + 2)[0])
    return book


def _text(stream: bytes, at: int, length: int) -> str:
    """A text of so many characters, of one or two bytes each as its first byte says."""
    wide = stream[at] & 1
    shown = stream[at + 1 : at + 1 + length * (1 + wide)]
    return shown.decode("utf-16-le" if wide else "latin-1", "replace")


def _records(stream: bytes, begin: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and size of each record up to the end of the part."""
    at, end = begin, len(stream)
    while at + 4 <= end:
        kind, size = _HEAD.unpack_from(stream, at)
        yield kind, at + 4, size
        at += 4 + size
        if kind == _EOF:
            return
