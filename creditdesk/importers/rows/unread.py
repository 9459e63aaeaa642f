"""Columns with content that nobody used: they are named, whatever they hold. rules.md 14.4."""

from creditdesk.importers.columns.layout import Layout
from creditdesk.importers.columns.mapping import Mapping, cell
from creditdesk.importers.files.cells import Sheet
from creditdesk.importers.rows.opening_balances import balance_column

_LOOKED_AT = 2_000


def unread_columns(sheet: Sheet, mapping: Mapping, how: Layout) -> tuple[str, ...]:
    """Their headings, from the left; a balance that runs through the account is read where the account begins."""
    read = {*mapping.columns.values(), balance_column(mapping, how)}
    first = mapping.head.first_data_row
    rows = sheet.rows[first : first + _LOOKED_AT]
    return tuple(
        label
        for column, label in enumerate(mapping.head.labels)
        if label.strip()
        and column not in read
        and any(cell(row, column) not in {None, ""} for row in rows)
    )
