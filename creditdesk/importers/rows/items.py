"""Tells an amount of one line of a document from the document's total that stands on every line. rules.md 11.6."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from creditdesk.importers.columns.heads import Head, last_name, names
from creditdesk.importers.columns.mapping import cell
from creditdesk.importers.files import figures
from creditdesk.importers.files.cells import Row
from creditdesk.importers.rows.lines import LedgerLine

_QUANTITIES = frozenset(
    {
        "数量", "销售数量", "开票数量", "送货数量", "數量", "quantity", "qty", "itemquantity", "lineitemquantity",
        "menge",
    }
)  # fmt: skip
_PRICES = frozenset(
    {
        "单价", "含税单价", "不含税单价", "无税单价", "销售单价", "開立單價", "單價", "price", "unitprice", "itemprice",
        "rate", "unitamount", "lineitemprice", "salesprice", "unitcost", "einzelpreis",
    }
)  # fmt: skip
_CLOSE = Decimal("0.005")
_CENT = Decimal("0.01")


def each_line_counts(head: Head, groups: Iterable[Sequence[LedgerLine]]) -> bool:
    """Whether the amounts of a document's rows are to be added even where they are equal.

    `groups`: the rows of each document that has several. They are, where most documents have rows that differ, or
    where quantity times price makes each row's own amount.
    """
    many = [group for group in groups if len(group) > 1]
    different = sum(len({line.effect for line in group}) > 1 for group in many)
    if 2 * different > len(many):
        return True
    made = list(_made(head, (line for group in many for line in group)))
    return bool(made) and 5 * sum(made) >= 4 * len(made)


def _made(head: Head, lines: Iterable[LedgerLine]) -> Iterator[bool]:
    """For each row with quantity and prices, whether they make its amount, with or without tax."""
    quantities = list(_columns(head, _QUANTITIES))
    prices = list(_columns(head, _PRICES))
    for line in lines:
        products = [
            product
            for quantity in quantities
            for price in prices
            if (product := _product(line.cells, quantity, price))
        ]
        own = [line.amount, *(part for part in (line.net,) if part is not None)]
        if products:
            yield any(
                _alike(product, abs(each.amount))
                for product in products
                for each in own
            )


def _columns(head: Head, known: frozenset[str]) -> Iterator[int]:
    for column, parts in enumerate(head.parts):
        if known & {*names(parts), last_name(parts)}:
            yield column


def _product(row: Row, quantity: int, price: int) -> Decimal | None:
    try:
        count, each = (
            figures.amount(cell(row, quantity)),
            figures.amount(cell(row, price)),
        )
    except figures.NotAnAmount:
        return None
    return abs(count * each) if count and each else None


def _alike(one: Decimal, other: Decimal) -> bool:
    """Equal but for the rounding of a unit price."""
    return abs(one - other) <= max(_CENT, other * _CLOSE)
