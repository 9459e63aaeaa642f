"""Amounts in thousands or ten thousands, as headings and titles say: 单位：万元, 金额（万元）. rules.md 11.6."""

import re
import unicodedata
from collections.abc import Iterator

from creditdesk.catalog.headings import Field
from creditdesk.importers.columns.mapping import AMOUNTS, Mapping
from creditdesk.importers.files.cells import Sheet, text

_TITLE = re.compile(
    r"(?:(?:金额|货币|计量)?单位\s*[:：]?\s*(?:人民币|美元|欧元|港币|rmb|cny|usd)?\s*(百万|千万|亿|万|千)"
    r"|[(（](?:人民币|美元|欧元|港币)?(百万|千万|亿|万|千)(?:元|美元|欧元|港元)[)）]"
    r"|\b(?:in|amounts? in)\s+(?:\w{3}\s+)?(thousands|millions)\b)",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"[(（\[/,，:：\s]\s*(?:人民币|美元|欧元|港币|rmb|cny|usd|eur)?\s*(百万|千万|亿|万|千)(?:元|美元|欧元|港元)?\s*[)）\]]?\s*$"
    r"|(百万|千万|亿|万|千)元$|[(\[]\s*(?:\w{3}\s*)?(?:'?(000)s?|in (thousands|millions))\s*[)\]]$",
    re.IGNORECASE,
)
_FACTORS = {
    "千": 1_000,
    "万": 10_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
    "000": 1_000,
    "thousands": 1_000,
    "millions": 1_000_000,
}


def factors(sheet: Sheet, mapping: Mapping) -> dict[Field, int]:
    """By how much the amounts of each field must be multiplied; fields in whole units are left out."""
    found = {}
    everywhere = _of_titles(sheet, mapping)
    for field in AMOUNTS:
        column = mapping.columns.get(field)
        if column is None:
            continue
        parts = mapping.head.parts[column] if column < len(mapping.head.parts) else ()
        own = next((factor for part in parts if (factor := _named(_HEADING, part))), 0)
        if factor := own or everywhere:
            found[field] = factor
    return found


def _of_titles(sheet: Sheet, mapping: Mapping) -> int:
    return next(
        (
            factor
            for shown in _titles(sheet, mapping)
            if (factor := _named(_TITLE, shown))
        ),
        0,
    )


def _titles(sheet: Sheet, mapping: Mapping) -> Iterator[str]:
    for row in sheet.rows[: mapping.head.start]:
        shown = [text(value) for value in row if value is not None]
        yield from shown
        # 单位： and 万元 may stand in cells of their own.
        yield " ".join(shown)


def _named(pattern: re.Pattern[str], shown: str) -> int:
    found = pattern.search(unicodedata.normalize("NFKC", shown))
    word = next((each for each in found.groups() if each), "") if found else ""
    return _FACTORS.get(word.casefold(), 0)
