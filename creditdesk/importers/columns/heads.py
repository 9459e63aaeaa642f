"""Finds where the headings of a table may stand: under titles, over one to three rows, merged or not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from creditdesk.catalog.headings import normalised
from creditdesk.importers.files import dates, figures
from creditdesk.importers.files.cells import (
    LONGEST_FIGURE,
    SEARCHED_ROWS,
    Cell,
    Row,
    Sheet,
    filled,
    text,
)

_DEEPEST = 3
_FEWEST_HEADINGS = 2
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_TITLE = re.compile(r"\S\s*[:：]\s*\S")
# What in brackets makes another amount of it: 金额（不含税）, Betrag (netto).
_MEANING = re.compile(
    r"[(（\[【]\s*(?:不含|未税|未稅|无税|除税|net|excl|ex\b|大写|原币|外币|本币|本位币|lcy|local|base)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """Rows that may be the headings. `parts`: for each column what stands above each other there, top first."""

    start: int
    depth: int
    parts: tuple[tuple[str, ...], ...]

    @property
    def first_data_row(self) -> int:
        """Index of the first row below."""
        return self.start + self.depth

    @property
    def labels(self) -> tuple[str, ...]:
        """What each column is called, numbered where two share a name; empty for a column without heading."""
        plain = [" ".join(parts) for parts in self.parts]
        seen: dict[str, int] = {}
        labels = []
        for label in plain:
            seen[label] = seen.get(label, 0) + 1
            many = bool(label) and plain.count(label) > 1
            labels.append(f"{label} ({seen[label]})" if many else label)
        return tuple(labels)


def heads(sheet: Sheet) -> Iterator[Head]:
    """Every place where headings may stand, from the top."""
    for start in range(min(SEARCHED_ROWS, len(sheet.rows))):
        if not _may_be_headings(sheet.rows[start]):
            continue
        for depth in range(1, _DEEPEST + 1):
            block = sheet.rows[start : start + depth]
            if len(block) < depth or (depth > 1 and not _goes_on(block)):
                break
            yield Head(start, depth, _parts(block))


@lru_cache(maxsize=20_000)
def names(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The normalised names under which a column may be known, the surest first."""
    whole = "".join(parts)
    found = [normalised(whole)]
    if not _MEANING.search("".join(whole.split())):
        found.append(normalised(_BRACKETS.sub("", whole)))
    return tuple(dict.fromkeys(name for name in found if name))


def last_name(parts: tuple[str, ...]) -> str:
    """The lowest heading alone: `客户信息 / 客户名称` is a 客户名称."""
    return normalised(parts[-1]) if len(parts) > 1 else ""


def _may_be_headings(row: Row) -> bool:
    words = {cell for cell in row if is_word(cell)}
    if any(map(_is_title, words)):
        return False
    return len(words) >= _FEWEST_HEADINGS and 2 * len(words) >= len(set(row) - {None})


def _is_title(value: Cell) -> bool:
    """编制单位：我方公司 stands above headings; 金额（单位：元） is one."""
    return bool(_TITLE.search(_BRACKETS.sub("", text(value))))


def _goes_on(block: tuple[Row, ...]) -> bool:
    """Whether the last row still is a heading: words, and not one alone under nothing (a buyer over its rows)."""
    last = block[-1]
    if not _only_words(last):
        return False
    columns = [column for column, value in enumerate(last) if value is not None]
    above = block[-2]
    return len(columns) > 1 or (
        columns[0] < len(above) and above[columns[0]] is not None
    )


def _only_words(row: Row) -> bool:
    return filled(row) > 0 and all(is_word(cell) for cell in row if cell is not None)


def is_word(cell: Cell) -> bool:
    """Whether the cell is a word: neither an amount nor a day."""
    return isinstance(cell, str) and (len(cell) > LONGEST_FIGURE or _is_word(cell))


@lru_cache(maxsize=200_000)
def _is_word(shown: str) -> bool:
    return not figures.is_amount(shown) and not is_day(shown)


def is_day(cell: Cell) -> bool:
    """Whether the cell is a day in some order."""
    if isinstance(cell, date) or cell is None:
        return cell is not None
    for order in dates.Order:
        try:
            return dates.day(cell, dates.Convention(order)) is not None
        except dates.NotADate:
            continue
    return False


def _parts(block: tuple[Row, ...]) -> tuple[tuple[str, ...], ...]:
    width = max(map(len, block))
    grid = [[text(cell) for cell in row] + [""] * (width - len(row)) for row in block]
    for above in reversed(range(len(grid) - 1)):
        begins = [any(column) for column in zip(*grid[:above], strict=True)]
        _spread(grid[above], grid[above + 1], begins or [False] * width)
    return tuple(
        tuple(dict.fromkeys(part for part in column if part))
        for column in zip(*grid, strict=True)
    )


def _spread(above: list[str], below: list[str], begins: list[bool]) -> None:
    """A group heading stands over every named column up to the next heading, also where nothing is merged.

    `begins`: where a heading of a row further up stands, whose columns no group on the left reaches into.
    """
    group = ""
    for column, heading in enumerate(above):
        group = heading or ("" if begins[column] else group)
        if below[column]:
            above[column] = group
