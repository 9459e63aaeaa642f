"""Looks into the parts of an .xlsx for what its reader doesn't tell. Nothing is parsed where a search finds nothing."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from creditdesk.importers.files.moneyformat import currency_of
from creditdesk.importers.files.unseen import Unseen

UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    EOFError,
)
"""What a damaged or protected archive raises."""
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\bhidden="(?:1|true)"[^>]*>')
_ROW_NUMBER = re.compile(rb'\br="(\d+)"')
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>([^<]*)</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ERROR = re.compile(
    rb"<(?:\w+:)?c\b([^>]*\bt=\"e\"[^>]*)>(?:\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>))?"
    rb"\s*<(?:\w+:)?v>([^<]*)<"
)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
# A number with one of these styles: `t` is there for words, or says that it is a number.
_NUMBER = rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d+)"(?: t="n")? s="(%s)"(?: t="n")?>'
_LONGEST_FORMULA = 60


def unseen(content: bytes, sheet: str) -> Unseen:
    """What stands in the named sheet of a zipped workbook; nothing where it isn't an .xlsx or has no such part."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            part = _part_of(archive, sheet)
            if part is None:
                return Unseen()
            formats = _money_formats(archive)
            xml = archive.read(part)
    except (*UNREADABLE, etree.XMLSyntaxError):
        return Unseen()
    return Unseen(
        hidden=tuple(_hidden(xml)),
        unvalued=dict(_unvalued(xml)),
        errors=dict(_errors(xml)),
        signed=tuple(_signed(xml, formats)) if formats else (),
    )


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The part of the archive that holds the sheet."""
    if "xl/workbook.xml" not in archive.namelist():
        return None
    book = _parsed(archive.read("xl/workbook.xml"))
    wanted = next(
        (
            str(value)
            for node in book.iter("{*}sheet")
            if node.get("name") == sheet
            for key, value in node.attrib.items()
            if str(key).endswith("}id")
        ),
        None,
    )
    return relation(archive.read("xl/_rels/workbook.xml.rels"), wanted)


def relation(xml: bytes, wanted: str | None) -> str | None:
    """The part of the archive that a workbook's relation of this id names."""
    for node in _parsed(xml).iter("{*}Relationship"):
        if node.get("Id") == wanted:
            target = posixpath.join("/xl", str(node.get("Target")))
            return posixpath.normpath(target).lstrip("/")
    return None


def _money_formats(archive: zipfile.ZipFile) -> dict[bytes, str]:
    """The currency by number of a cell's style, for styles that name one."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    styles = _parsed(archive.read("xl/styles.xml"))
    codes = {
        node.get("numFmtId"): currency_of(str(node.get("formatCode")))
        for node in styles.iter("{*}numFmt")
    }
    if not any(codes.values()):
        return {}
    cells = next(styles.iter("{*}cellXfs"), None)
    used = enumerate(() if cells is None else cells.iter("{*}xf"))
    return {
        str(place).encode(): sign
        for place, node in used
        if (sign := codes.get(node.get("numFmtId"), ""))
    }


def _parsed(xml: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    return etree.fromstring(xml, parser)


def _hidden(xml: bytes) -> Iterator[int]:
    if b"hidden=" not in xml:
        return
    for found in _HIDDEN_ROW.finditer(xml):
        if number := _ROW_NUMBER.search(found[0]):
            yield int(number[1]) - 1


def _unvalued(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    """Formulas nobody has worked out; a formula of text may well give an empty one."""
    prefixed = b":worksheet" in xml[:1000]
    if (b":f>" if prefixed else b"</f>") not in xml:
        return
    for found in _FORMULA.finditer(xml):
        place = _PLACE.search(found[1])
        if place and b't="str"' not in found[1]:
            formula = (found[2] or b"").decode("utf-8", "replace")
            yield _place(place[1], place[2]), f"={formula[:_LONGEST_FORMULA]}"


def _errors(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    """#N/A and #REF!, which the reader gives as nothing."""
    if b't="e"' not in xml:
        return
    for found in _ERROR.finditer(xml):
        if place := _PLACE.search(found[1]):
            yield _place(place[1], place[2]), found[2].decode("utf-8", "replace")


def _signed(xml: bytes, formats: dict[bytes, str]) -> Iterator[tuple[int, int, str]]:
    for letters, number, style in re.findall(_NUMBER % b"|".join(formats), xml):
        row, column = _place(letters, number)
        yield row, column, formats[style]


@lru_cache(maxsize=1000)
def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = 26 * column + letter - ord("A") + 1
    return column - 1


def _place(letters: bytes, number: bytes) -> tuple[int, int]:
    return int(number) - 1, _column(letters)
