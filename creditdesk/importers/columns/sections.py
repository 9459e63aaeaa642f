"""Ledgers that name the buyer beside the rows: over each section, in a row of its own, or once a group. rules.md 11.6.

What stands there is written into columns of its own behind the others; every row keeps its place, so a problem still
names the row the person sees.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from creditdesk.catalog.headings import Field, Headings, Word, normalised
from creditdesk.importers.columns.heads import is_day, is_word
from creditdesk.importers.columns.mapping import Mapping, cell
from creditdesk.importers.files.cells import Cell, Row, Sheet, filled, text
from creditdesk.importers.files.figures import is_amount

NAME, CODE = "客户名称", "客户编码"
_LABELLED = re.compile(r"\s*([^:：\s][^:：]{0,15}?)\s*[:：]\s*(.+?)\s*")
_SPACED = re.compile(r"\s{2,}|\t|[;；]")
_CODED = re.compile(
    r"[\[【(（]?\s*([A-Za-z]{0,4}[\d.\-]{1,20})\s*[\]】)）]?[\s_\-—/]*(\D.*)"
)
_OF_RECEIVABLES = re.compile(
    r".*(?:应收账款|应收帐款|accounts receivable)\s*[-_/\\—–:：>\s]+(.+)", re.IGNORECASE
)
# 单位：元 says in what the amounts are, 客户：全部 that nobody in particular is meant.
_NOBODY = re.compile(
    r"(人民币|美元|欧元|港币|日元)?\s*[\(（]?(元|角|分|万元|千元|百万元|亿元|人民币|rmb|cny|usd)[\)）]?"
    r"|全部|所有|全选|不限|all( customers)?|\*",
    re.IGNORECASE,
)
_LONGEST_TITLE = 6
_GAP = 4
_ACCOUNT_LABELS = frozenset({"科目", "科目名称", "会计科目", "明细科目", "account"})
_PARTNER_LABELS = frozenset(
    {
        "单位", "单位名称", "辅助项", "辅助核算", "辅助项目", "辅助核算项目", "核算项目", "核算项目名称", "往来",
        "对方单位", "户名", "customername", "ledger",
    }
)  # fmt: skip
_OF_KIND = re.compile(r"[\[【(（]?(?:客户|往来单位|单位|客商)[\]】)）:：\s/-]+(.+)")


@dataclass(frozen=True, slots=True)
class _Buyer:
    code: str
    name: str


def spread(sheet: Sheet, mapping: Mapping, known: Headings) -> Sheet:
    """The sheet with the buyer of each row in the row; the same sheet where rows name their buyers themselves."""
    columns = mapping.columns
    if Field.BUYER_NAME in columns or Field.BUYER_CODE in columns:
        return _filled_down(sheet, mapping, known)
    labels = _partner_labels(known)
    marks = [_marked(row, labels) for row in sheet.rows]
    if not any(marks):
        marks = list(_groups(sheet, mapping, known))
    if not any(marks):
        return sheet
    return _with_buyers(sheet, mapping, marks)


def _partner_labels(known: Headings) -> frozenset[str]:
    fields = (*known.fields[Field.BUYER_NAME], *known.fields[Field.BUYER_CODE])
    return frozenset(fields) | _PARTNER_LABELS


def _marked(row: Row, labels: frozenset[str]) -> _Buyer | None:
    """The buyer a title such as 客户：[001]上海甲公司 names."""
    shown = [text(value) for value in row if value is not None]
    if len(shown) > _LONGEST_TITLE or any(map(is_day, row)):
        return None
    for label, value in _labelled(shown):
        if _NOBODY.fullmatch(value.strip()):
            continue
        if label in labels:
            return _buyer(value)
        if label in _ACCOUNT_LABELS and (found := _OF_RECEIVABLES.fullmatch(value)):
            return _buyer(found[1])
    return None


def _labelled(shown: list[str]) -> Iterator[tuple[str, str]]:
    """Each 名称：值 of the title, in one cell or in two."""
    for place, value in enumerate(shown):
        for part in _SPACED.split(value):
            if found := _LABELLED.fullmatch(part):
                yield normalised(found[1]), found[2]
        if value.rstrip().endswith((":", "：")) and place + 1 < len(shown):
            yield normalised(value), shown[place + 1]


def _buyer(shown: str) -> _Buyer:
    if kind := _OF_KIND.fullmatch(shown.strip()):
        return _buyer(kind[1])
    found = _CODED.fullmatch(shown.strip())
    return _Buyer(found[1], found[2].strip()) if found else _Buyer("", shown.strip())


def _groups(sheet: Sheet, mapping: Mapping, known: Headings) -> Iterator[_Buyer | None]:
    """The buyer of each row that holds nothing but a name and stands over rows with days."""
    first = mapping.head.first_data_row
    for place, row in enumerate(sheet.rows):
        lone = _lone(row, known) if place >= first else None
        below = _below(sheet, place, known) if lone else ()
        yield lone if _has_day(below, mapping) else None


def _below(sheet: Sheet, place: int, known: Headings) -> Row:
    """The next row with anything in it but a total."""
    near = sheet.rows[place + 1 : place + 1 + _GAP]
    return next((row for row in near if filled(row) and not _is_total(row, known)), ())


def _lone(row: Row, known: Headings) -> _Buyer | None:
    words = [value for value in row[:3] if is_word(value)]
    if len(words) != 1 or filled(row) != 1:
        return None
    name = text(words[0])
    return None if known.says(name, Word.TOTAL, Word.SUBTOTAL) else _buyer(name)


def _has_day(row: Row, mapping: Mapping) -> bool:
    fields = (Field.DOC_DATE, Field.POST_DATE)
    columns = [mapping.columns[each] for each in fields if each in mapping.columns]
    return any(is_day(cell(row, column)) for column in columns)


def _with_buyers(sheet: Sheet, mapping: Mapping, marks: list[_Buyer | None]) -> Sheet:
    width = max(map(len, sheet.rows))
    coded = any(mark.code for mark in marks if mark)
    rows: list[Row] = []
    current: _Buyer | None = None
    for place, (row, mark) in enumerate(zip(sheet.rows, marks, strict=True)):
        current = mark or current
        extra: Row = ()
        if place == mapping.head.start:
            extra = (NAME, CODE) if coded else (NAME,)
        elif not mark and current and place >= mapping.head.first_data_row:
            named = current.name or None
            extra = (named, current.code or None) if coded else (named,)
        rows.append((*row, *(None,) * (width - len(row)), *extra) if extra else row)
    return replace(sheet, rows=tuple(rows))


def _filled_down(sheet: Sheet, mapping: Mapping, known: Headings) -> Sheet:
    """A buyer written only in the first row of its group stands for the rows below, up to the next total.

    Only where this is the file's way: no row repeats the buyer of the row above.
    """
    columns = [
        mapping.columns[field]
        for field in (Field.BUYER_NAME, Field.BUYER_CODE)
        if field in mapping.columns
    ]
    if not _names_once(sheet, mapping, columns, known):
        return sheet
    rows = list(sheet.rows)
    above: Row | None = None
    for place in range(mapping.head.first_data_row, len(rows)):
        row = rows[place]
        if any(cell(row, column) is not None for column in columns):
            above = None if _is_total(row, known) else row
        elif above is not None and _has_day(row, mapping):
            cells = [*row, *(None,) * (max(columns) + 1 - len(row))]
            for column in columns:
                cells[column] = cell(above, column)
            rows[place] = tuple(cells)
        elif _is_total(row, known):
            above = None
    return replace(sheet, rows=tuple(rows))


def _names_once(
    sheet: Sheet, mapping: Mapping, columns: list[int], known: Headings
) -> bool:
    seen: set[tuple[Cell, ...]] = set()
    blank = False
    for row in sheet.rows[mapping.head.first_data_row :]:
        names = tuple(cell(row, column) for column in columns)
        if _is_total(row, known):
            continue
        if names in seen:
            return False
        if any(name is not None for name in names):
            seen.add(names)
        else:
            blank = blank or _has_day(row, mapping)
    return bool(seen) and blank


def _is_total(row: Row, known: Headings) -> bool:
    return any(
        known.says(value, Word.TOTAL, Word.SUBTOTAL)
        for value in row
        if isinstance(value, str)
    ) and any(map(is_amount, (value for value in row if value is not None)))
