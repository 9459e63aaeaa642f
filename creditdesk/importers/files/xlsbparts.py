"""Looks into the parts of an .xlsb for what its reader doesn't tell: hidden rows."""

import io
import struct
import zipfile
from collections.abc import Iterator

from lxml import etree

from creditdesk.importers.files.unseen import Unseen
from creditdesk.importers.files.xlsxparts import UNREADABLE, relation

_BOOK, _RELATIONS = "xl/workbook.bin", "xl/_rels/workbook.bin.rels"
# Records by number: the head of a row, a sheet of the workbook.
_ROW, _SHEET = 0, 156
_ROW_NUMBER = struct.Struct("<I")
_FLAGS, _HIDDEN = 11, 0x10
_MOST_BYTES = 4
_NAMES = 8
"""Where in a sheet's record its relation's id begins, and after it its name."""


def unseen(content: bytes, sheet: str) -> Unseen:
    """What stands in the named sheet of a zipped workbook; nothing where it isn't an .xlsb or has no such part."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if _BOOK not in archive.namelist():
                return Unseen()
            wanted = dict(_sheets(archive.read(_BOOK))).get(sheet)
            part = relation(archive.read(_RELATIONS), wanted)
            if part is None:
                return Unseen()
            return Unseen(hidden=tuple(_hidden(archive.read(part))))
    except (*UNREADABLE, etree.XMLSyntaxError, ValueError, IndexError, struct.error):
        return Unseen()


def _sheets(stream: bytes) -> Iterator[tuple[str, str]]:
    """Name of each sheet and the id of the relation to its part."""
    for kind, at in _records(stream):
        if kind == _SHEET:
            identifier, after = _text(stream, at + _NAMES)
            name, _ = _text(stream, after)
            yield name, identifier


def _hidden(stream: bytes) -> Iterator[int]:
    for kind, at in _records(stream):
        if kind == _ROW and stream[at + _FLAGS] & _HIDDEN:
            yield _ROW_NUMBER.unpack_from(stream, at)[0]


def _records(stream: bytes) -> Iterator[tuple[int, int]]:
    """The number of each record and where its content begins; numbers and sizes are written seven bits to a byte."""
    at = 0
    while at < len(stream):
        kind, at = _number(stream, at)
        size, at = _number(stream, at)
        yield kind, at
        at += size


def _number(stream: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(_MOST_BYTES):
        byte = stream[at + place]
        value |= (byte & 0x7F) << 7 * place
        if not byte & 0x80:
            return value, at + place + 1
    message = "no number is this long"
    raise ValueError(message)


def _text(stream: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", stream, at)
    end = at + 4 + 2 * length
    return stream[at + 4 : end].decode("utf-16-le"), end
