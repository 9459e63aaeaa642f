"""What only a person can say about a file: which of several columns is meant, and which end of a date is the day."""

from dataclasses import dataclass

from creditdesk.catalog.headings import Field, Headings
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.contents import CERTAINTY, fits
from creditdesk.importers.columns.heads import names
from creditdesk.importers.columns.mapping import Mapping, cell, date_order
from creditdesk.importers.files.cells import Row, Sheet, text

_SAMPLE = 200
_ASKED = (
    Field.BUYER_NAME,
    Field.BUYER_CODE,
    Field.DOC_NO,
    Field.INVOICE_NO,
    Field.DOC_DATE,
    Field.DUE_DATE,
    Field.AMOUNT,
    Field.OPEN,
    Field.PAID,
)
"""Fields whose mistake would cost money."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: which column is this field. `columns` are the candidates, the likeliest first.

    `field` None: not a column is asked but whether days come before months in the dates. `proposed`: the heading isn't
    known, and the one candidate is proposed by what it holds.
    """

    field: Field | None
    columns: tuple[int, ...]
    why: Message
    proposed: bool = False


def questions(sheet: Sheet, mapping: Mapping, known: Headings) -> tuple[Question, ...]:
    """Everything to be asked before this file is taken in; nothing for what a person or a profile decided."""
    asked = []
    for found in mapping.found:
        if found.confidence == CERTAINTY:
            why = found.reason
            asked.append(Question(found.field, (found.column,), why, proposed=True))
        elif found.field in _ASKED and found.guessed:
            rivals = _rivals(sheet, mapping, found.field, known)
            if rivals:
                why = Message.of(
                    N_(
                        "Several columns are headed {header} and hold different values."
                    ),
                    header=mapping.head.parts[found.column][-1],
                )
                asked.append(Question(found.field, (found.column, *rivals), why))
    decision = date_order(sheet, mapping)
    if decision.ambiguous:
        why = Message.of(
            N_("Dates can be read both ways, for example {example}."),
            example=decision.example,
        )
        asked.append(Question(None, (), why))
    return tuple(asked)


def _rivals(
    sheet: Sheet, mapping: Mapping, field: Field, known: Headings
) -> tuple[int, ...]:
    """Columns nothing else uses that have the same heading, but for what is in brackets, and other values."""
    chosen = mapping.columns[field]
    own = names(mapping.head.parts[chosen])
    taken = set(mapping.columns.values())
    first = mapping.head.first_data_row
    rows = list(sheet.rows[first : first + _SAMPLE])
    return tuple(
        column
        for column, parts in enumerate(mapping.head.parts)
        if column not in taken
        and set(names(parts)) & set(own) & set(known.fields[field])
        and fits(field, column, rows)
        and any(_differ(row, chosen, column) for row in rows)
    )


def _differ(row: Row, one: int, other: int) -> bool:
    """Whether both columns of the row hold something, and not the same."""
    first, second = cell(row, one), cell(row, other)
    return first is not None and second is not None and text(first) != text(second)
