"""Looks into an OpenDocument workbook for what its reader doesn't tell: hidden rows, and currencies of cells."""

import io
import zipfile

from lxml import etree

from creditdesk.importers.files.cells import MOST_ROWS
from creditdesk.importers.files.unseen import Unseen
from creditdesk.importers.files.xlsxparts import UNREADABLE
from creditdesk.importers.files.xmltree import Node, children, local

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CELLS = "table-cell|covered-table-cell"


def unseen(content: bytes, sheet: str) -> Unseen:
    """What stands in the named sheet; nothing where the file is no OpenDocument workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if "content.xml" not in archive.namelist():
                return Unseen()
            xml = archive.read("content.xml")
    except UNREADABLE:
        return Unseen()
    if b"table:visibility=" not in xml and b"office:currency=" not in xml:
        return Unseen()
    return _unseen(xml, sheet)


def _unseen(xml: bytes, sheet: str) -> Unseen:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError:
        return Unseen()
    hidden: list[int] = []
    signed: list[tuple[int, int, str]] = []
    tables = root.iter(f"{_TABLE}table")
    table = next((each for each in tables if each.get(f"{_TABLE}name") == sheet), None)
    row = 0
    for node in () if table is None else table.iter(f"{_TABLE}table-row"):
        times = _times(node, "rows")
        if row + times > MOST_ROWS:
            break
        if node.get(f"{_TABLE}visibility") in {"collapse", "filter"}:
            hidden += range(row, row + times)
        signed += _signed(node, row)
        row += times
    return Unseen(hidden=tuple(hidden), signed=tuple(signed))


def _signed(row: Node, place: int) -> list[tuple[int, int, str]]:
    found, column = [], 0
    for cell in children(row, _CELLS):
        if local(cell) == "table-cell" and (sign := cell.get(f"{_OFFICE}currency")):
            found.append((place, column, str(sign)))
        column += _times(cell, "columns")
    return found


def _times(node: Node, what: str) -> int:
    """Rows and cells alike are written once."""
    shown = str(node.get(f"{_TABLE}number-{what}-repeated", "1"))
    return int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 9 else 1
