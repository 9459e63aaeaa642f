"""Columns whose heading is nearly one that programs use: `Custmer Name`, 单据日期(制单), Invoice Due Date."""

from collections.abc import Iterator

from rapidfuzz import fuzz

from creditdesk.catalog.headings import Field, Headings
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.contents import fits
from creditdesk.importers.columns.heads import Head, last_name, names
from creditdesk.importers.columns.mapping import NUMBERS, ColumnFound, cell
from creditdesk.importers.columns.other_side import names_seller
from creditdesk.importers.files import figures
from creditdesk.importers.files.cells import Row

_GROUPS = (
    (Field.BUYER_NAME, Field.BUYER_CODE),
    NUMBERS,
    (Field.DOC_DATE, Field.POST_DATE),
    (Field.AMOUNT, Field.AMOUNT_FC, Field.AMOUNT_LC, Field.NET, Field.OPEN),
    (Field.DUE_DATE,),
    (Field.CURRENCY,),
    (Field.TERM,),
)
"""What is worth a guess, and only while nothing of its group is known: a column nobody needs is better not read."""
_LIKE_ENOUGH = 86.0
_CERTAINTY = 0.85
_SHORTEST = 3


def alike(
    head: Head, found: tuple[ColumnFound, ...], known: Headings, sample: list[Row]
) -> Iterator[ColumnFound]:
    """The best likeness for each field not recognised yet, best fields first; each column once."""
    taken = {each.column for each in found}
    missing = _missing({each.field for each in found})
    ranked = sorted(
        (
            (_likeness(parts, known.fields[field]), -column, field)
            for column, parts in enumerate(head.parts)
            for field in missing
            if column not in taken and _may_be(field, column, parts, sample)
        ),
        key=lambda each: (-each[0][0], -each[1]),
    )
    known_now = {each.field for each in found}
    for (score, alias), negative, field in ranked:
        column = -negative
        if score < _LIKE_ENOUGH or column in taken or field not in _missing(known_now):
            continue
        taken.add(column)
        known_now.add(field)
        yield _found(head, field, column, score, alias)


def _missing(have: set[Field]) -> list[Field]:
    return [field for group in _GROUPS if not have & set(group) for field in group]


def _may_be(
    field: Field, column: int, parts: tuple[str, ...], sample: list[Row]
) -> bool:
    """A Vendor Name is no buyer, and a column of figures no currency, however like their headings are."""
    if field in {Field.BUYER_NAME, Field.BUYER_CODE} and names_seller(parts):
        return False
    if field is Field.CURRENCY and any(
        figures.is_amount(value)
        for row in sample
        if (value := cell(row, column)) is not None
    ):
        return False
    return fits(field, column, sample)


def _likeness(parts: tuple[str, ...], aliases: tuple[str, ...]) -> tuple[float, str]:
    """How like the heading is to the best alias, 0 to 100; short names must be equal and were tried already."""
    best = (0.0, "")
    for name in {*names(parts), last_name(parts)} - {""}:
        for alias in aliases:
            if min(len(name), len(alias)) < _SHORTEST:
                continue
            best = max(best, (_score(name, alias), alias))
    return best


def _score(name: str, alias: str) -> float:
    """Misspelled names by their letters; longer ones that begin or end with the alias a little less than sure."""
    score = fuzz.ratio(name, alias)
    if name.startswith(alias) or name.endswith(alias):
        score = max(score, 87.0 if alias.isascii() and len(alias) < 6 else 90.0)
    return score


def _found(
    head: Head, field: Field, column: int, score: float, alias: str
) -> ColumnFound:
    header = head.labels[column]
    reason = Message.of(
        N_("its heading {header} is like {alias}"), header=header, alias=alias
    )
    return ColumnFound(field, column, header, reason, score / 100 * _CERTAINTY)
