"""Documents of several lines with number, date and buyer only on their first line, as billing programs print them."""

from collections.abc import Iterator
from dataclasses import replace

from creditdesk.catalog.headings import Field, Headings
from creditdesk.importers.columns.heads import is_word
from creditdesk.importers.columns.mapping import AMOUNTS, NUMBERS, Mapping, cell
from creditdesk.importers.columns.totals import total_word
from creditdesk.importers.files.cells import Row, Sheet
from creditdesk.importers.files.figures import is_amount

_OF_THE_DOCUMENT = (
    *NUMBERS,
    Field.INVOICE_CODE,
    Field.BUYER_NAME,
    Field.BUYER_CODE,
    Field.BUYER_USCC,
    Field.DOC_TYPE,
    Field.DOC_DATE,
    Field.POST_DATE,
    Field.DUE_DATE,
    Field.CURRENCY,
    Field.STATUS,
    Field.VOID,
)
_TOLD_BY = (*NUMBERS, Field.DOC_DATE, Field.POST_DATE)


def with_documents_above(sheet: Sheet, mapping: Mapping, known: Headings) -> Sheet:
    """The sheet with the first line's cells on the lines below it; the same sheet where each row stands for itself.

    Only a row with an amount and an item's words, below a line with such words and not below a total, is a further
    line: an amount alone is more likely a total without a label.
    """
    columns = _columns(mapping, _OF_THE_DOCUMENT)
    telling = _columns(mapping, _TOLD_BY)
    if not telling or not _any_blank(sheet, mapping, telling[0]):
        return sheet
    amounts = _columns(mapping, AMOUNTS)
    rows = list(sheet.rows)
    above: Row | None = None
    changed = False
    for place in range(mapping.head.first_data_row, len(rows)):
        row = rows[place]
        if any(cell(row, column) is not None for column in telling):
            above = row
        elif total_word(known, row):
            above = None
        elif above is not None and _goes_on(row, above, columns, amounts):
            rows[place] = _filled(row, above, columns)
            changed = True
    return replace(sheet, rows=tuple(rows)) if changed else sheet


def _any_blank(sheet: Sheet, mapping: Mapping, column: int) -> bool:
    """Whether some row has nothing there: asked first, since nearly no ledger has."""
    first = mapping.head.first_data_row
    return any(len(row) <= column or row[column] is None for row in sheet.rows[first:])


def _columns(mapping: Mapping, fields: tuple[Field, ...]) -> tuple[int, ...]:
    return tuple(mapping.columns[each] for each in fields if each in mapping.columns)


def _goes_on(
    row: Row, above: Row, columns: tuple[int, ...], amounts: tuple[int, ...]
) -> bool:
    figures = (value for at in amounts if (value := cell(row, at)) is not None)
    shared = set(_worded(row, columns)) & set(_worded(above, columns))
    return any(map(is_amount, figures)) and bool(shared)


def _worded(row: Row, without: tuple[int, ...]) -> Iterator[int]:
    for column, value in enumerate(row):
        if column not in without and is_word(value):
            yield column


def _filled(row: Row, above: Row, columns: tuple[int, ...]) -> Row:
    cells = [*row, *(None,) * (len(above) - len(row))]
    for column in columns:
        if column < len(cells) and cells[column] is None:
            cells[column] = cell(above, column)
    return tuple(cells)
