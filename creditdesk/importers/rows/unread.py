"""Columns with content that nobody used: they are named, whatever they hold. rules.md 14.4."""

from creditdesk.importers.columns.mapping import Mapping, cell
from creditdesk.importers.files.cells import Sheet

_LOOKED_AT = 2_000


def unread_columns(sheet: Sheet, mapping: Mapping) -> tuple[str, ...]:
    """Their headings, from the left."""
    read = set(mapping.columns.values())
    first = mapping.head.first_data_row
    rows = sheet.rows[first : first + _LOOKED_AT]
    return tuple(
        label
        for column, label in enumerate(mapping.head.labels)
        if label.strip()
        and column not in read
        and any(cell(row, column) not in {None, ""} for row in rows)
    )
