"""Recognises aged summaries by their columns: a buyer, no document numbers, and ages that rise. rules.md 11.6."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from creditdesk.catalog.headings import Field, Headings, Word, headings
from creditdesk.importers.columns.heads import Head, heads, last_name, names
from creditdesk.importers.columns.mapping import NUMBERS
from creditdesk.importers.files import dates
from creditdesk.importers.files.cells import Sheet, text

_FEWEST_COLUMNS = 2
_MONTH, _YEAR = 30, 365
_BLANKS = re.compile(r"\s+")
_BRACKETED = re.compile(r"\(.*?\)|days?|天|[*:：]")
_NOISE = re.compile(
    r"[()\[\]【】*:：]|账龄|帐龄|逾期|overdue|pastdue|days?|天|日|aged?|元"
)
_NOT_DUE = re.compile(
    r"未到期|未逾期|信用期内|账期内|current|not(yet)?(over)?due|notyet|undue|正常|nichtfällig"
)
_BETWEEN = re.compile(
    r"(\d+)(个?月|年|months?|years?)?(?:[-~–—至到]|to)(\d+)(个?月|年|months?|years?)?(以?内|含)?"
)
_WITHIN = re.compile(
    r"(?:[<≤]=?|upto|within)?(\d+)(个?月|年|months?|years?)?(?:以?内|以下|orless)?"
)
_OVER = re.compile(
    r"(?:[>≥]=?|over|morethan|olderthan|above)?(\d+)(个?月|年|months?|years?)?(?:以上|\+|andover|andolder|ormore|plus)?"
)
_EXACT = re.compile(r"(\d+)(?:个?月|months?)")
_OLDER = re.compile(r"older|over|以上|更早")
_DAY = re.compile(
    r"(\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|\d{8}"
    r"|\d{1,2}[-/. ]\s?[A-Za-z]{3,9}[-/., ]+\d{4}|[A-Za-z]{3,9}\.? \d{1,2},? \d{4})"
)


@dataclass(frozen=True, slots=True)
class Bracket:
    """One column: its days, both ends included. `start` None: not due; `end` None: without end."""

    column: int
    header: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgedLayout:
    """How an aged summary is laid out. `total` None: it has no column of totals."""

    head: Head
    name: int | None
    code: int | None
    total: int | None
    currency: int | None
    brackets: tuple[Bracket, ...]


def recognise(sheet: Sheet, known: Headings | None = None) -> AgedLayout | None:
    """The layout of an aged summary, None for any other sheet: a list with document numbers is no summary."""
    known = known or headings()
    # QuickBooks writes no heading over its customers: only where nothing else is a summary they stand first.
    for first in (None, 0):
        layouts = (_layout(head, known, first) for head in heads(sheet))
        found = max(
            (each for each in layouts if each),
            key=lambda each: (len(each.brackets), each.head.start),
            default=None,
        )
        if found is not None:
            return found
    return None


def as_of(sheet: Sheet, layout: AgedLayout) -> date | None:
    """The day the titles name, else the file's name; None: nobody says."""
    above = sheet.rows[: layout.head.first_data_row]
    titles = [text(value) for row in above for value in row]
    for shown in (*titles, sheet.file_name):
        for found in _DAY.finditer(unicodedata.normalize("NFKC", shown)):
            if day := _day(found[1]):
                return day
    return None


def _layout(head: Head, known: Headings, unnamed: int | None) -> AgedLayout | None:
    """`unnamed`: the column of the buyers where none is called so."""
    columns = {
        field: next(_with_names(head, known.fields[field]), None)
        for field in (
            Field.BUYER_NAME, Field.BUYER_CODE, Field.CURRENCY, Field.OPEN, Field.AMOUNT, *NUMBERS,
        )
    }  # fmt: skip
    name, code = columns[Field.BUYER_NAME], columns[Field.BUYER_CODE]
    if (
        name is None
        and code is None
        and unnamed is not None
        and not head.parts[unnamed]
    ):
        name = unnamed
    if (name is None and code is None) or any(
        columns[each] is not None for each in NUMBERS
    ):
        return None
    ages = tuple(brackets(head))
    taken = {each.column for each in ages}
    total = next(
        (
            columns[field]
            for field in (Field.AMOUNT, Field.OPEN)
            if columns[field] is not None and columns[field] not in taken
        ),
        next((c for c in _with_names(head, tuple(known.words[Word.TOTAL]))), None),
    )
    if total is None:
        total = total_beside(head, taken)
    if len(ages) < _FEWEST_COLUMNS or not _rises(ages):
        return None
    return AgedLayout(
        head=head,
        name=name,
        code=code if code != name else None,
        total=total,
        currency=columns[Field.CURRENCY],
        brackets=ages,
    )


def total_beside(head: Head, taken: set[int]) -> int | None:
    """The column that is called a total of some kind: Total Unpaid, 应收合计."""
    for column, parts in enumerate(head.parts):
        shown = "".join(names(parts)[:1])
        if column not in taken and (
            shown.startswith("total")
            or shown.endswith(("合计", "总计", "总额", "合計"))
        ):
            return column
    return None


def _with_names(head: Head, aliases: Sequence[str]) -> Iterator[int]:
    for column, parts in enumerate(head.parts):
        if {*names(parts), last_name(parts)} & set(aliases):
            yield column


def brackets(head: Head) -> Iterator[Bracket]:
    """The columns whose headings name ages, from the left."""
    end: int | None = 0
    for column, parts in enumerate(head.parts):
        days = _days(parts[-1], end) if parts else None
        if days:
            yield Bracket(column, head.labels[column], *days)
            end = days[1]


def _days(label: str, before: int | None) -> tuple[int | None, int | None] | None:
    """The days a heading names; `before`: the last day of the column on its left, for `90 以上` and `Older`."""
    plain = _BLANKS.sub("", unicodedata.normalize("NFKC", label).casefold())
    shown = _NOISE.sub("", plain)
    if _NOT_DUE.fullmatch(_BRACKETED.sub("", plain)):
        return None, 0
    if found := _BETWEEN.fullmatch(shown):
        unit = found[2] or found[4] or ""
        start, end = _in_days(found[1], found[2] or unit), _in_days(found[3], unit)
        # 1-2 years begins the day after one year; 31-60 begins on day 31.
        return (start + 1 if unit and start else start), end
    if (
        before
        and (found := _EXACT.fullmatch(shown))
        and _in_days(found[1], "月") <= before
    ):
        # Xero's `< 1 Month | 1 Month | 2 Months`: one month overdue and not yet two.
        return before + 1, _in_days(str(int(found[1]) + 1), "月")
    if found := _WITHIN.fullmatch(shown):
        marked = not shown[-1].isdigit() or not shown[0].isdigit()
        if marked and not shown.endswith("+"):
            return 1, _in_days(found[1], found[2] or "")
    if (found := _OVER.fullmatch(shown)) and not shown.isdigit():
        return max(_in_days(found[1], found[2] or ""), (before or 0) + 1), None
    return ((before or 0) + 1, None) if before and _OLDER.fullmatch(shown) else None


def _in_days(count: str, unit: str) -> int:
    if "年" in unit or "year" in unit:
        return int(count) * _YEAR
    return int(count) * (_MONTH if "月" in unit or "month" in unit else 1)


def _rises(brackets: tuple[Bracket, ...]) -> bool:
    starts = [-1 if each.start is None else each.start for each in brackets]
    return starts == sorted(set(starts))


def _day(shown: str) -> date | None:
    for order in (None, dates.Order.DAY_FIRST):
        try:
            return dates.day(shown.strip(), dates.Convention(order))
        except dates.NotADate:
            continue
    return None
