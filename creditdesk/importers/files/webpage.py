"""Reads web pages that hold a table: what many programs export under the name of .xls."""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from creditdesk.errors import Problem, UserError
from creditdesk.i18n import N_
from creditdesk.importers.files import unseen
from creditdesk.importers.files.cells import (
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Row,
    Sheet,
    TableTooLarge,
    must_be_narrow,
)
from creditdesk.importers.files.decoding import decoded
from creditdesk.importers.files.grid import Range, spread_merged

_PAGE = re.compile(
    rb"<(!doctype\s+html|html|head|body|table)\b|^mime-version:", re.IGNORECASE
)
_HEAD = 2048
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_FIGURE = re.compile(r"-?\d+(\.\d+)?")
_SHOWN_FIGURE = re.compile(r"[(\-−]?[\d,.\s$€£¥￥]+\)?")
_WIDEST = 100_000


class PageWithoutTable(UserError):
    """A web page that has no table in it, such as the frame of one."""

    message = N_(
        "{name} is a web page without a table in it. Open it in Excel or WPS, save it as .xlsx and try that file."
    )


def is_page(content: bytes) -> bool:
    """Whether the bytes begin as a web page, alone or in a mail's clothes."""
    head = content[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    found = _PAGE.search(head)
    return found is not None and (head.startswith(b"<") or found.start() == 0)


def read(file_name: str, digest: str, content: bytes, encoding: str | None) -> Sheet:
    """All tables of the page, one below the other, as Excel shows them. Raises `PageWithoutTable`."""
    page, declared = _page(content)
    text = decoded(file_name, page, encoding, declared)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True
    )
    root = etree.fromstring(text.words.encode(), parser)
    table = _Table(file_name)
    for node in [] if root is None else root.iter("table"):
        if next(node.iterdescendants("table"), None) is None:
            table.add(node)
    rows = table.done()
    if not rows:
        raise PageWithoutTable(name=file_name)
    sheet = Sheet(
        file_name=file_name,
        digest=digest,
        rows=rows,
        encoding=text.encoding,
        notes=_without_rows(text.notes),
    )
    return unseen.told(sheet, unseen.Unseen(hidden=tuple(table.hidden)))


def _without_rows(notes: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """A line of the page's text is no row of its table."""
    return tuple(Problem(each.reason) for each in notes)


def _page(content: bytes) -> tuple[bytes, str]:
    """The page and the encoding it says it is in; a mail carries it as one of its parts."""
    if content[:_HEAD].lstrip().lower().startswith(b"mime-version:"):
        mail = email.message_from_bytes(content, policy=email.policy.compat32)
        for part in mail.walk():
            inner = part.get_payload(decode=True)
            is_page = part.get_content_type() == "text/html"
            if is_page and isinstance(inner, bytes) and b"<table" in inner.lower():
                return inner, part.get_content_charset() or _declared(inner)
    return content, _declared(content)


def _declared(page: bytes) -> str:
    found = _CHARSET.search(page[: 2 * _HEAD])
    return found[1].decode() if found else ""


@dataclass(slots=True)
class _Table:
    """Rows as they are found, with what lies over several of them."""

    file_name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)

    def add(self, table: etree._Element) -> None:
        """The rows of one table."""
        reaching: dict[int, int] = {}
        for node in table.iter("tr"):
            row = len(self.rows)
            if row >= MOST_ROWS:
                raise TableTooLarge(name=self.file_name, columns=MOST_COLUMNS, rows=MOST_ROWS)  # fmt: skip
            if _HIDDEN.search(node.get("style", "")):
                self.hidden.append(row)
            self.rows.append(self._row(node, row, reaching))

    def _row(
        self, node: etree._Element, row: int, reaching: dict[int, int]
    ) -> list[Cell]:
        """The cells of a row; `reaching`: to which row the cell of a column above reaches."""
        cells: list[Cell] = []
        for each in node.iterchildren("td", "th"):
            while reaching.get(len(cells), -1) >= row:
                cells.append(None)
            left, wide, high = len(cells), _span(each, "colspan"), _span(each, "rowspan")  # fmt: skip
            must_be_narrow(self.file_name, left + 1)
            wide = min(wide, MOST_COLUMNS - left)
            cells += [_cell(each), *(None,) * (wide - 1)]
            if wide > 1 or high > 1:
                self.merged.append(((row, left), (row + high - 1, left + wide - 1)))
                reaching.update(dict.fromkeys(range(left, left + wide), row + high - 1))
        # A cell from above may lie behind the last one of this row.
        while reaching.get(len(cells), -1) >= row:
            cells.append(None)
        return cells

    def done(self) -> tuple[Row, ...]:
        """All rows, down to the last that holds anything."""
        spread_merged(self.rows, self.merged)
        while self.rows and not any(cell is not None for cell in self.rows[-1]):
            self.rows.pop()
        return tuple(map(tuple, self.rows))


def _span(node: etree._Element, name: str) -> int:
    shown = node.get(name, "1").strip()
    return max(1, min(int(shown), _WIDEST)) if shown.isascii() and shown.isdigit() else 1  # fmt: skip


def _cell(node: etree._Element) -> Cell:
    """What the cell shows; of a figure that Excel shows rounded the whole of it."""
    shown = " ".join("".join(_texts(node)).split())
    exact = node.get("num") or node.get("x:num")
    if exact and _FIGURE.fullmatch(exact) and _SHOWN_FIGURE.fullmatch(shown):
        return exact
    return shown or None


def _texts(node: etree._Element) -> Iterator[str]:
    """A new line within the cell parts words."""
    for each in node.iter():
        if each.tag == "br":
            yield " "
        if isinstance(each.tag, str) and each.tag not in {"script", "style"}:
            yield str(each.text or "")
        if each is not node:
            yield str(each.tail or "")
