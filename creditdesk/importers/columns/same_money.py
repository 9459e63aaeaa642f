"""Sees to it that what is paid and open is read in the money of the amount: 原币 beside 原币, 本币 beside 本币."""

import re
from collections.abc import Callable

from creditdesk.catalog.headings import Field, normalised
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.heads import Head
from creditdesk.importers.columns.mapping import ColumnFound

_FOREIGN = re.compile(
    r"原币|原幣|外币|外幣|凭证货币|foreign|doc[a-z]*curr|transactioncurr",
    re.IGNORECASE,
)
_LOCAL = re.compile(
    r"本币|本幣|本位币|本位幣|local|lcy|home|basecurr|companycodecurr", re.IGNORECASE
)
Candidates = Callable[[Field], list[int]]


def in_same_money(
    head: Head, found: tuple[ColumnFound, ...], candidates: Candidates
) -> tuple[ColumnFound, ...]:
    """The columns with paid and open amounts in the money of the amounts.

    Where only the local money has an open column, the amounts are taken in local money too: what is left of a foreign
    invoice can't be told from it otherwise. `candidates`: the columns that may be a field, the likeliest first.
    """
    fields = {each.field: each for each in found}
    other = _other_money(fields)
    if other is None:
        return found
    for field in (Field.PAID, Field.OPEN):
        if field not in fields or not other.search(normalised(fields[field].header)):
            continue
        sibling = next(
            (
                at
                for at in candidates(field)
                if not other.search(normalised(head.labels[at]))
            ),
            None,
        )
        if sibling is None:
            return _all_local(found, other)
        reason = Message(N_("in the same money as the amount"))
        better = ColumnFound(field, sibling, head.labels[sibling], reason, 1.0)
        found = tuple(better if each.field is field else each for each in found)
    return found


def _other_money(fields: dict[Field, ColumnFound]) -> re.Pattern[str] | None:
    """How headings name the money that the amounts aren't in; None where there is only one."""
    foreign, local = Field.AMOUNT_FC in fields, Field.AMOUNT_LC in fields
    if foreign and (Field.CURRENCY in fields or not (local or Field.AMOUNT in fields)):
        return _LOCAL
    return _FOREIGN if local and Field.AMOUNT not in fields else None


def _all_local(
    found: tuple[ColumnFound, ...], other: re.Pattern[str]
) -> tuple[ColumnFound, ...]:
    fields = {each.field for each in found}
    if other is not _LOCAL or Field.AMOUNT_LC not in fields:
        wrong = {Field.PAID, Field.OPEN}
        return tuple(
            each
            for each in found
            if not (each.field in wrong and other.search(normalised(each.header)))
        )
    return tuple(each for each in found if each.field is not Field.AMOUNT_FC)
