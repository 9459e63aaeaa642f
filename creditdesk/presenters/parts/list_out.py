"""A list on its way out, without Qt: to the clipboard, onto paper, into a workbook; what is shown, as it is shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape

from creditdesk.domain.base.money import Money
from creditdesk.i18n import N_
from creditdesk.presenters.parts.table import Face
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports.list_paper import MOST_ROWS, Head, ListTooLong, PaperList
from creditdesk.reports.list_workbook import ShownList

_BREAKS = re.compile(r"[\t\r\n]+")
_ORDERS = ("=", "+", "-", "@")
"""What a spreadsheet takes for the beginning of a formula."""
_TEXT, _DAY, _COUNT = r"\@", r"yyyy\-mm\-dd", "0"


@dataclass(frozen=True, slots=True)
class Naming:
    """What a list is called where it stands alone: its title, the line that says what is shown, what narrows it."""

    title: str
    said: str = ""
    filters: str = ""


@dataclass(frozen=True, slots=True)
class Copied:
    """The same cells twice: plain text for anything, HTML for what knows numbers from names."""

    text: str
    html: str


def total_rows(
    face: Face, columns: Sequence[int], wording: Wording
) -> list[tuple[str, ...]]:
    """The totals as they stand below these columns, one row a currency; the first column of words says which."""
    words = (at for at in columns if not face.columns[at].right)
    named = next(words, columns[0] if columns else 0)
    lines = []
    for totals in face.totals:
        name = wording(
            N_("Total, {currency}"), currency=wording.currency(totals.currency)
        )
        sums = totals.sums
        lines.append(
            tuple(
                name if at == named else wording.cell(sums.get(face.columns[at].key))
                for at in columns
            )
        )
    return lines


def copied(
    face: Face, rows: Sequence[int], columns: Sequence[int], wording: Wording
) -> Copied:
    """Rows with their heads, as a spreadsheet keeps them: names stay text, figures and days are such."""
    heads = [wording(face.columns[at].title) for at in columns]
    cells = [
        [_kept(face.raw(row, at), face.cell(row, at).text) for at in columns]
        for row in rows
    ]
    table: list[Sequence[object]] = [heads, *cells]
    text = [[_plain(value) for value in line] for line in table]
    html = "".join(
        f"<tr>{''.join(_html(value) for value in line)}</tr>" for line in table
    )
    return Copied(
        "\n".join("\t".join(line) for line in text),
        f'<html><head><meta charset="utf-8"></head><body><table>{html}</table></body></html>',
    )


def on_paper(
    face: Face, columns: Sequence[int], naming: Naming, wording: Wording
) -> PaperList:
    """Every row shown, in words. Raises `ListTooLong`, before any row is read."""
    if face.count > MOST_ROWS:
        raise ListTooLong(rows=f"{face.count:,}", most=f"{MOST_ROWS:,}")
    return PaperList(
        naming.title,
        naming.said,
        naming.filters,
        [
            Head(wording(face.columns[at].title), face.columns[at].right)
            for at in columns
        ],
        [tuple(face.cell(row, at).text for at in columns) for row in range(face.count)],
        total_rows(face, columns, wording),
        tuple(face.footer),
    )


def in_workbook(
    face: Face, columns: Sequence[int], naming: Naming, wording: Wording
) -> ShownList:
    """Every row that stands, with its raw values."""
    said = "  ".join(filter(None, (naming.said, naming.filters)))
    summed = {key for totals in face.totals for key in totals.sums}
    return ShownList(
        naming.title,
        said,
        [wording(face.columns[at].title) for at in columns],
        [[values[at] for at in columns] for values in face.values()],
        frozenset(
            place for place, at in enumerate(columns) if face.columns[at].key in summed
        ),
    )


def _kept(value: object, text: str) -> object:
    """A share is copied as it is read, `86%`; everything else as it is."""
    if isinstance(value, Decimal) and text.endswith("%"):
        return Decimal(text[:-1].strip().replace(",", "").replace("\u2212", "-")), "%"
    return value


def _plain(value: object) -> str:
    if isinstance(value, Money):
        return value.plain
    if isinstance(value, tuple):
        return f"{value[0]}%"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return "" if value is None else str(value)
    line = _BREAKS.sub(" ", value)
    return f"'{line}" if line.startswith(_ORDERS) else line


def _html(value: object) -> str:
    shape = _TEXT
    if isinstance(value, Money):
        digits = -int(value.rounded().amount.as_tuple().exponent)
        shape = r"\#\,\#\#0" + (r"\." + "0" * digits if digits else "")
    elif isinstance(value, tuple):
        shape = r"0%"
    elif isinstance(value, Decimal):
        shape = "General"
    elif isinstance(value, date):
        shape = _DAY
    elif isinstance(value, int):
        shape = _COUNT
    text = _BREAKS.sub(" ", value) if isinstance(value, str) else _plain(value)
    return f"""<td style='mso-number-format:"{shape}"'>{escape(text)}</td>"""
