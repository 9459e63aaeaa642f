"""Lists of what the client itself owes: purchases and payables, which look like sales with the sides exchanged."""

import re
import unicodedata
from collections.abc import Iterator

from creditdesk.catalog.headings import Field, Headings, Word
from creditdesk.importers.columns.heads import Head, names
from creditdesk.importers.columns.mapping import Mapping, cell
from creditdesk.importers.files.cells import Sheet, text

_SELLERS = re.compile(
    r"供应商|供货|供方|銷方|销方|销售方|销货方|賣方|卖方|vendor|supplier|seller|payee|kreditor|lieferant"
)
_CLAIMED_BACK = re.compile(r"勾选|抵扣|认证|进项转出")
_PAYABLES = re.compile(
    r"应付账款|应付帐款|应付款|應付|供应商往来|采购|进项|accounts payable|\ba/p\b|payables|vendor|supplier",
    re.IGNORECASE,
)
_RECEIVABLES = re.compile(
    r"应收|應收|客户|客戶|receivable|\ba/r\b|customer", re.IGNORECASE
)
_ROWS = 1_000
_TITLES = 6


def names_seller(parts: tuple[str, ...]) -> bool:
    """Whether a heading is the seller's."""
    return any(_SELLERS.search(name) for name in names(parts))


def owes_to_others(sheet: Sheet, mapping: Mapping, known: Headings) -> bool:
    """Whether the client is the buyer of this list.

    Where a list has sellers and buyers, the side that is always the same is the client's; columns of input tax to be
    claimed back decide where both are. Else titles and accounts tell.
    """
    sellers = [at for at, parts in enumerate(mapping.head.parts) if names_seller(parts)]
    if sellers and _buys(sheet, mapping, sellers):
        return True
    return _titled_payables(sheet, mapping.head) or _account_payable(
        sheet, mapping, known
    )


def _buys(sheet: Sheet, mapping: Mapping, sellers: list[int]) -> bool:
    fields = (Field.BUYER_NAME, Field.BUYER_CODE, Field.BUYER_USCC)
    buyers = [mapping.columns[each] for each in fields if each in mapping.columns]
    if not buyers:
        return False
    ours, theirs = (
        _fewest(sheet, mapping.head, buyers),
        _fewest(sheet, mapping.head, sellers),
    )
    if ours == 1 < theirs:
        return True
    deducted = any(
        _CLAIMED_BACK.search(name)
        for parts in mapping.head.parts
        for name in names(parts)
    )
    return deducted and not theirs == 1 < ours


def _fewest(sheet: Sheet, head: Head, columns: list[int]) -> int:
    """How many different ones there are, by the column that tells best."""
    rows = sheet.rows[head.first_data_row : head.first_data_row + _ROWS]
    counts = [
        len({shown for row in rows if (shown := text(cell(row, column)))})
        for column in columns
    ]
    return min((count for count in counts if count), default=0)


def _titled_payables(sheet: Sheet, head: Head) -> bool:
    shown = list(_titles(sheet, head))
    return any(map(_PAYABLES.search, shown)) and not any(
        map(_RECEIVABLES.search, shown)
    )


def _titles(sheet: Sheet, head: Head) -> Iterator[str]:
    for row in sheet.rows[max(0, head.start - _TITLES) : head.start]:
        for value in row:
            yield unicodedata.normalize("NFKC", text(value))


def _account_payable(sheet: Sheet, mapping: Mapping, known: Headings) -> bool:
    column = mapping.columns.get(Field.ACCOUNT)
    if column is None:
        return False
    first = mapping.head.first_data_row
    accounts = {text(cell(row, column)) for row in sheet.rows[first : first + _ROWS]}
    return any(
        _PAYABLES.search(each) or each.startswith("2202") for each in accounts
    ) and not any(
        known.says(each, Word.RECEIVABLE)
        or _RECEIVABLES.search(each)
        or each.startswith("1122")
        for each in accounts
    )
