"""What the file itself hides from its reader, told with what was read from it. rules.md 14.4."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from creditdesk.catalog.headings import Field
from creditdesk.domain.ledger.documents import AgedDraft, LedgerDraft
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.aged_layout import AgedLayout
from creditdesk.importers.columns.mapping import AMOUNTS, NUMBERS, Mapping, cell
from creditdesk.importers.files.cells import Sheet
from creditdesk.importers.files.unseen import ranges

_NAMES = (Field.BUYER_NAME, Field.BUYER_CODE, *NUMBERS, Field.AGAINST, Field.CONTRACT)


def with_remarks(draft: LedgerDraft, sheet: Sheet, mapping: Mapping) -> LedgerDraft:
    """The draft with what its file says of itself; a formula nobody has worked out is the reason it was refused for."""
    notes = (*sheet.notes, *_turned_into_dates(sheet, mapping))
    rejected = tuple(_with_formulas(draft.rejected, sheet, mapping))
    if not notes and rejected == draft.rejected:
        return draft
    return replace(draft, notes=(*notes, *draft.notes), rejected=rejected)


def aged_with_remarks(draft: AgedDraft, sheet: Sheet, layout: AgedLayout) -> AgedDraft:
    """The same for a summary; columns nobody read are named, since it may be one of money."""
    read = {layout.name, layout.code, layout.total, layout.currency}
    read |= {each.column for each in layout.brackets}
    rows = sheet.rows[layout.head.first_data_row :]
    unread = tuple(
        label
        for column, label in enumerate(layout.head.labels)
        if label and column not in read and any(cell(row, column) is not None for row in rows)
    )  # fmt: skip
    text = N_("Columns that were not read: {headers}.")
    notes = (Problem(Message.of(text, headers=unread)),) if unread else ()
    return replace(draft, notes=(*sheet.notes, *notes, *draft.notes))


def _with_formulas(
    problems: Iterable[Problem], sheet: Sheet, mapping: Mapping
) -> Iterator[Problem]:
    columns = {each.header: each.column for each in mapping.found}
    for each in problems:
        place = ((each.row or 0) - 1, columns.get(each.column, -1))
        formula = sheet.unvalued.get(place)
        text = N_("Formula without a value: open the file in Excel or WPS and save it.")
        yield each if formula is None else Problem(Message(text), each.row, each.column, formula)  # fmt: skip


def _turned_into_dates(sheet: Sheet, mapping: Mapping) -> Iterator[Problem]:
    """Days in a column of names, numbers or amounts: Excel takes 3-11 for the 11th of March."""
    first = mapping.head.first_data_row
    for found in mapping.found:
        if found.field not in _NAMES and found.field not in AMOUNTS:
            continue
        rows = [
            row
            for row in range(first, len(sheet.rows))
            if isinstance(cell(sheet.rows[row], found.column), date)
        ]
        if rows:
            text = N_(
                "Excel has turned {header} into dates in rows {rows}, as it does with 3-11. What stood there is lost: "
                "look it up in the original, write it into a column of texts and take the file in again."
            )
            said = Message.of(text, header=found.header, rows=ranges(rows))
            yield Problem(said, rows[0] + 1, found.header)
