"""Workbooks with a sheet for each buyer: the same headings on all, and the buyer only in the sheet's name."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from creditdesk.catalog.headings import Field, headings, normalised
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers.files.cells import SEARCHED_ROWS, Cell, Row, Sheet, text
from creditdesk.importers.files.unseen import Unseen, ranges, shifted, told
from creditdesk.importers.files.unseen import together as beside

_NAME = "客户名称"
_FEWEST = 3
# 客户：乙公司 above the headings names the buyer better than the sheet does.
_LABELLED = re.compile(r"\s*(客户|单位|往来单位|购货单位|customer)[^:：]{0,6}[:：]\s*\S", re.IGNORECASE)  # fmt: skip
_NO_BUYER = re.compile(
    r"(sheet|工作表|表|page|第|q|h)?[\s\d.\-_/()（）年月日季度页期上下半至q]*"
    r"|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s\d'.-]*"
    r"|.*(明细|应收|账|帐|汇总|清单|发票|回款|收款|付款|透视|数据|台账|ledger|invoice|receivable|aging|ageing|"
    r"report|total|data|open items).*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Joined:
    """The rows of all sheets below one another. `begins`: what to add to a sheet's own row to find it here."""

    rows: tuple[Row, ...]
    begins: Mapping[str, int]
    note: Problem


def joined(sheets: Mapping[str, tuple[Row, ...]]) -> Joined | None:
    """The sheets as one ledger with a column for the buyer; None where they aren't one sheet a buyer."""
    if len(sheets) < 2 or any(map(_is_no_buyer, sheets)):
        return None
    heads = {name: _head(rows) for name, rows in sheets.items()}
    labels = {
        tuple(text(cell) for cell in sheets[name][at]) if at is not None else ()
        for name, at in heads.items()
    }
    if len(labels) != 1 or () in labels or _names_buyer(next(iter(labels))):
        return None
    if any(_is_labelled(rows[: heads[name]]) for name, rows in sheets.items()):
        return None
    return _joined(sheets, heads)


def together(sheet: Sheet, one: Joined, unseen: Callable[[str], Unseen]) -> Sheet:
    """One of the sheets as the ledger of all; `unseen`: what a sheet holds beside its cells, by its name."""
    parts = (shifted(unseen(name), rows) for name, rows in one.begins.items())
    notes = (*sheet.notes, one.note)
    whole = replace(sheet, rows=one.rows, name="", alike=(), notes=notes)
    return told(whole, beside(parts))


def _joined(
    sheets: Mapping[str, tuple[Row, ...]], heads: Mapping[str, int | None]
) -> Joined:
    width = max(len(row) for rows in sheets.values() for row in rows)
    rows: list[Row] = []
    begins: dict[str, int] = {}
    places = []
    for name, own in sheets.items():
        head = heads[name] or 0
        if not rows:
            rows += [*own[:head], _wide(own[head], width, _NAME)]
        first = len(rows)
        begins[name] = first - head - 1
        rows += [_wide(_subtotal(row), width, name) if any(row) else row for row in own[head + 1 :]]  # fmt: skip
        places.append(f"{name} {ranges(range(first, len(rows)))}")
    text_ = N_(
        "The sheets have the same columns and none for the buyer: they were read as one ledger, below one another, and "
        "each sheet's name was taken as the buyer. Rows by sheet: {sheets}."
    )
    return Joined(tuple(rows), begins, Problem(Message.of(text_, sheets=tuple(places))))


def _wide(row: Row, width: int, more: Cell) -> Row:
    return (*row, *(None,) * (width - len(row)), more)


def _subtotal(row: Row) -> Row:
    """The total of one sheet is none of the file."""
    return tuple("小计" if text(cell) in {"合计", "总计", "Total"} else cell for cell in row)  # fmt: skip


def _is_no_buyer(name: str) -> bool:
    shown = name.strip()
    return bool(_NO_BUYER.fullmatch(shown)) or normalised(shown) in headings().currencies  # fmt: skip


def _head(rows: tuple[Row, ...]) -> int | None:
    """Where the headings stand."""
    known = headings().all_names
    for place, row in enumerate(rows[:SEARCHED_ROWS]):
        named = sum(isinstance(cell, str) and normalised(cell) in known for cell in row)
        if named >= _FEWEST:
            return place
    return None


def _names_buyer(labels: tuple[str, ...]) -> bool:
    known = headings().fields
    buyers = {*known[Field.BUYER_NAME], *known[Field.BUYER_CODE]}
    return any(normalised(label) in buyers for label in labels)


def _is_labelled(titles: tuple[Row, ...]) -> bool:
    return any(_LABELLED.match(text(cell)) for row in titles for cell in row)
