"""Columns of what lessened a debt and was no receipt: discounts, what was set off or written off. rules.md 14.2."""

from decimal import Decimal

from creditdesk.catalog.headings import Field
from creditdesk.importers.columns.mapping import Mapping, cell
from creditdesk.importers.files import figures
from creditdesk.importers.files.cells import Row, Sheet

ADJUSTING = (Field.DISCOUNT, Field.WRITTEN_OFF, Field.SET_OFF)
_ROWS = 500
_SHARE = Decimal("0.8")
_AMOUNTS = (Field.AMOUNT, Field.AMOUNT_FC, Field.AMOUNT_LC)


def adjusting(sheet: Sheet, mapping: Mapping) -> tuple[Field, ...]:
    """Those columns whose figures explain what is open: a 折扣 may also be a price's, and be in the amount already.

    What is written off always lessens the debt; of the others the row's own sum must say so.
    """
    here = tuple(field for field in ADJUSTING if field in mapping.columns)
    if not here:
        return ()
    if Field.OPEN not in mapping.columns:
        return tuple(field for field in here if field is Field.WRITTEN_OFF)
    first = mapping.head.first_data_row
    told = [
        verdict
        for row in sheet.rows[first : first + _ROWS]
        if (verdict := _explains(row, mapping, here)) is not None
    ]
    if told and sum(told) >= _SHARE * len(told):
        return here
    return tuple(field for field in here if field is Field.WRITTEN_OFF)


def _explains(row: Row, mapping: Mapping, here: tuple[Field, ...]) -> bool | None:
    """Whether amount less paid less these is what is open; None: the row has none of them, or no amount."""
    amount = next(
        (found for field in _AMOUNTS if (found := _figure(row, mapping, field))), None
    )
    open_ = _figure(row, mapping, Field.OPEN)
    parts = [_figure(row, mapping, field) or Decimal(0) for field in here]
    if amount is None or open_ is None or not any(parts):
        return None
    paid = _figure(row, mapping, Field.PAID) or Decimal(0)
    return amount - paid - sum(parts) == open_


def _figure(row: Row, mapping: Mapping, field: Field) -> Decimal | None:
    column = mapping.columns.get(field)
    try:
        return None if column is None else figures.amount(cell(row, column))
    except figures.NotAnAmount:
        return None
