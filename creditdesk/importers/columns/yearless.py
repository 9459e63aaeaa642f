"""Dates without a year, as lists made by hand have them: 5月3日, 3/5. The year is asked for, never guessed."""

import re
import unicodedata

from creditdesk.catalog.headings import Field, Headings
from creditdesk.importers.columns.heads import Head, names
from creditdesk.importers.columns.mapping import cell
from creditdesk.importers.files.cells import Sheet, text

_DAY = re.compile(r"\d{1,2}\s*(?:月\s*\d{1,2}\s*[日号]?|[/.\-]\s*\d{1,2})")
_ROWS = 200


def without_year(sheet: Sheet, head: Head, known: Headings) -> str:
    """The first such day of a column of dates, empty where most have their year."""
    dates = {*known.fields[Field.DOC_DATE], *known.fields[Field.POST_DATE]}
    first = head.first_data_row
    for column, parts in enumerate(head.parts):
        if not dates & set(names(parts)):
            continue
        shown = [
            unicodedata.normalize("NFKC", text(value))
            for row in sheet.rows[first : first + _ROWS]
            if (value := cell(row, column)) is not None
        ]
        yearless = [each for each in shown if _DAY.fullmatch(each)]
        if yearless and 2 * len(yearless) > len(shown):
            return yearless[0]
    return ""
