"""Reads text tables (.csv, .txt, .tsv): the encoding and the separator are found, never assumed."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.importers.files.cells import (
    MOST_COLUMNS,
    Cell,
    DamagedNumber,
    Row,
    Sheet,
    must_be_narrow,
)
from creditdesk.importers.files.decoding import decoded

_SEPARATORS = ",;\t|"
_SNIFFED_ROWS = 60
# `1.23457E+19` is what Excel leaves of a long number when it saves a text table.
_SCIENTIFIC = re.compile(r"[+-]?\d(?:[.,]\d+)?E\+\d{2,}", re.IGNORECASE)
_FORMULA_TEXT = re.compile(r'="([^"]*)"')


class TextUnreadable(UserError):
    """The separators can't be made out."""

    message = N_("{name} is not a table of rows and columns. Export it again as .csv.")


def read(file_name: str, digest: str, content: bytes, encoding: str | None) -> Sheet:
    """The table of a text file."""
    text = decoded(file_name, content, encoding)
    return Sheet(
        file_name=file_name,
        digest=digest,
        rows=_rows(file_name, text.words.removeprefix("\ufeff")),
        encoding=text.encoding,
        notes=text.notes,
    )


def _rows(file_name: str, words: str) -> tuple[Row, ...]:
    first, _, rest = words.partition("\n")
    named = re.fullmatch(r"sep=(.)\s*", first, re.IGNORECASE)
    separator = named[1] if named else _separator(words)
    try:
        rows = [
            _cells(file_name, row)
            for row in _parsed(rest if named else words, separator)
        ]
    except csv.Error as error:
        raise TextUnreadable(name=file_name) from error
    if named:
        rows.insert(0, ())
    while rows and not any(rows[-1]):
        rows.pop()
    return tuple(rows)


def _cells(file_name: str, row: list[str]) -> Row:
    """Half a million empty cells are not made before they are refused."""
    if len(row) > MOST_COLUMNS:
        while row and not row[-1]:
            row.pop()
        must_be_narrow(file_name, len(row))
    return tuple(map(_cell, row))


def _parsed(words: str, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(10_000_000)
    return csv.reader(
        io.StringIO(words, newline=""), delimiter=separator, skipinitialspace=True
    )


def _separator(words: str) -> str:
    """The one under which most of the first rows have the same number of columns, more columns first."""
    return max(_SEPARATORS, key=lambda separator: _regularity(words, separator))


def _regularity(words: str, separator: str) -> tuple[int, int]:
    try:
        widths = [
            len(row)
            for row, _ in zip(
                _parsed(words, separator), range(_SNIFFED_ROWS), strict=False
            )
        ]
    except csv.Error:
        return (0, 0)
    counts = Counter(width for width in widths if width > 1)
    if not counts:
        return (0, 0)
    width, times = max(counts.items(), key=lambda item: (item[1], item[0]))
    return (times, width)


def _cell(value: str) -> Cell:
    value = value.strip()
    if not value:
        return None
    if value[0] == "=" and (quoted := _FORMULA_TEXT.fullmatch(value)):
        return quoted[1]
    if "E+" in value.upper() and _SCIENTIFIC.fullmatch(value):
        return DamagedNumber(value)
    return value
