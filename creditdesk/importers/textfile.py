"""Reads text tables (.csv, .txt, .tsv): the encoding and the separator are found, never assumed."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

import charset_normalizer

from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.importers.cells import Cell, DamagedNumber, Row, Sheet

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = ",;\t|"
_SNIFFED_ROWS = 60
_NOT_TEXT = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"PK",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc",
)
# Below this share of everyday characters a Chinese reading of the bytes is nonsense.
_EVERYDAY_SHARE = 0.75
# `1.23457E+19` is what Excel leaves of a long number when it saves a text table.
_SCIENTIFIC = re.compile(r"[+-]?\d(?:[.,]\d+)?E\+\d{2,}", re.IGNORECASE)
_FORMULA_TEXT = re.compile(r'="([^"]*)"')
_MARKUP = re.compile(r"<(!doctype|html|\?xml|head|table)\b", re.IGNORECASE)


class EncodingWrong(UserError):
    """The encoding the person chose does not fit the file."""

    message = N_("{name} can't be read as {encoding}. Choose another encoding.")


class MarkupRefused(UserError):
    """A web page or XML under the name of a table."""

    message = N_(
        "{name} is a web page or an XML file, not a table. "
        "Open it in Excel or WPS, save it as .xlsx and try that file."
    )


class TextUnreadable(UserError):
    """The separators can't be made out."""

    message = N_("{name} is not a table of rows and columns. Export it again as .csv.")


def is_text(content: bytes) -> bool:
    """Whether the bytes can be text at all."""
    if content.startswith(tuple(mark for mark, _ in _MARKS)):
        return True
    return not content.startswith(_NOT_TEXT) and b"\0" not in content[:65536]


def read(file_name: str, digest: str, content: bytes, encoding: str | None) -> Sheet:
    """The table of a text file."""
    used = encoding or guessed_encoding(content)
    try:
        words = content.decode(used)
    except (LookupError, UnicodeError) as error:
        raise EncodingWrong(name=file_name, encoding=used) from error
    if _MARKUP.match(words.lstrip("\ufeff \r\n\t")[:200]):
        raise MarkupRefused(name=file_name)
    return Sheet(
        file_name=file_name,
        digest=digest,
        rows=_rows(file_name, words.removeprefix("\ufeff")),
        encoding=used,
    )


def guessed_encoding(content: bytes) -> str:
    """A byte order mark, else strict UTF-8, else GB18030 that makes sense, else what charset-normalizer says."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    if _fits(content, "utf-8"):
        return "utf-8"
    for name in ("gb18030", "big5"):
        if _makes_sense(content, name):
            return name
    if _reads_as_western(content):
        return "cp1252"
    best = charset_normalizer.from_bytes(content[:200_000]).best()
    for name in (best.encoding if best else "", "cp1252"):
        if name and _fits(content, name):
            return name
    return "latin-1"


def _fits(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except (LookupError, UnicodeError):
        return False
    return True


def _makes_sense(content: bytes, encoding: str) -> bool:
    """Whether the Chinese characters of this reading are mostly those that everybody writes."""
    if not _fits(content, encoding):
        return False
    national = "gb2312" if encoding == "gb18030" else encoding
    foreign = [sign for sign in content.decode(encoding)[:100_000] if ord(sign) > 127]
    everyday = sum(1 for sign in foreign if _everyday(sign, national))
    return bool(foreign) and everyday >= _EVERYDAY_SHARE * len(foreign)


def _reads_as_western(content: bytes) -> bool:
    """Whether the bytes beyond ASCII are accented letters between plain ones."""
    if not _fits(content, "cp1252"):
        return False
    foreign = [sign for sign in content.decode("cp1252") if not sign.isascii()]
    return sum(map(str.isalpha, foreign)) >= _EVERYDAY_SHARE * len(foreign)


def _everyday(sign: str, national: str) -> bool:
    """GB2312 row 16-55 and Big5 A440-C67E hold the frequent characters; symbols come before them."""
    code = sign.encode(national, "ignore")
    limits = (
        (b"\xa1\xa1", b"\xd7\xfe")
        if national == "gb2312"
        else (b"\xa1\x40", b"\xc6\x7e")
    )
    return len(code) == 2 and limits[0] <= code <= limits[1]


def _rows(file_name: str, words: str) -> tuple[Row, ...]:
    first, _, rest = words.partition("\n")
    named = re.fullmatch(r"sep=(.)\s*", first, re.IGNORECASE)
    separator = named[1] if named else _separator(words)
    try:
        rows = [
            tuple(map(_cell, row))
            for row in _parsed(rest if named else words, separator)
        ]
    except csv.Error as error:
        raise TextUnreadable(name=file_name) from error
    if named:
        rows.insert(0, ())
    while rows and not any(rows[-1]):
        rows.pop()
    return tuple(rows)


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
