"""Columns a person or a profile names: nothing is guessed."""

from collections.abc import Iterator
from collections.abc import Mapping as Table
from dataclasses import replace

from creditdesk.catalog.headings import Field, normalised
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.heads import Head, heads, last_name
from creditdesk.importers.columns.mapping import ColumnFound, Mapping, RowKind, missing
from creditdesk.importers.columns.profile import Profile
from creditdesk.importers.files.cells import SEARCHED_ROWS, Sheet

_LISTED_HEADERS = 30


class HeadersMissing(UserError):
    """Named columns are not there."""

    message = N_("{name} has no column {missing}. Its headings are: {headers}.")


class HeaderAmbiguous(UserError):
    """A named column is there several times."""

    message = N_(
        "{name} has several columns named {header}. "
        "Choose one by its numbered heading: {headers}."
    )


class FieldUnknown(UserError):
    """Not the name of a field."""

    message = N_("There is no field {field}. The fields are: {fields}.")


class LedgerNotRecognised(UserError):
    """Buyer, number, date or amount can't be found."""

    message = N_(
        "In {name} no column was recognised as {missing}. Its headings are: {headers}. Choose the columns yourself."
    )


class HeadingsNotFound(UserError):
    """No row looks like headings."""

    message = N_(
        "{name} has no row of headings in its first {rows} rows. Choose the sheet that lists the invoices."
    )


def mapped(
    sheet: Sheet, chosen: Table[str, str], *, day_first: bool | None = None
) -> Mapping:
    """Only the named columns: field name to heading. Raises a `UserError` that names the headings."""
    fields = {_field(name): header for name, header in chosen.items()}
    head = _head_with(sheet, tuple(fields.values()))
    reason = Message(N_("chosen by you"))
    found = []
    for field, header in fields.items():
        column = _column(sheet, head, header)
        found.append(
            ColumnFound(field, column, head.labels[column], reason, 1.0, guessed=False)
        )
    mapping = Mapping(head=head, found=tuple(found), day_first=day_first)
    absent = missing(mapping)
    if absent:
        raise LedgerNotRecognised(
            name=sheet.file_name, missing=absent, headers=listed(head)
        )
    return mapping


def by_profile(sheet: Sheet, profile: Profile) -> Mapping:
    """The columns a profile names. Raises `HeadersMissing` when the layout is another one."""
    mapping = mapped(sheet, profile.columns, day_first=profile.day_first)
    return replace(mapping, kind=RowKind(profile.kind))


def listed(head: Head) -> tuple[str, ...]:
    """The headings to show in a refusal."""
    shown = tuple(label for label in head.labels if label)
    return shown if len(shown) <= _LISTED_HEADERS else (*shown[:_LISTED_HEADERS], "…")


def _field(name: str) -> Field:
    try:
        return Field(name)
    except ValueError as error:
        raise FieldUnknown(field=name, fields=tuple(Field)) from error


def _head_with(sheet: Sheet, wanted: tuple[str, ...]) -> Head:
    """The headings that hold all named ones; else the refusal names those of the row that holds most."""
    keys = {normalised(header): header for header in wanted}
    best: Head | None = None
    most = -1
    for head in heads(sheet):
        here = set(_keys(head))
        if here.issuperset(keys):
            return head
        if (score := len(here.intersection(keys)) * 1000 + len(here)) > most:
            best, most = head, score
    if best is None:
        raise HeadingsNotFound(
            name=sheet.file_name, rows=min(SEARCHED_ROWS, len(sheet.rows))
        )
    absent = tuple(
        header for key, header in keys.items() if key not in set(_keys(best))
    )
    raise HeadersMissing(name=sheet.file_name, missing=absent, headers=listed(best))


def _keys(head: Head) -> Iterator[str]:
    for parts, label in zip(head.parts, head.labels, strict=True):
        yield normalised(label)
        yield normalised("".join(parts))
        yield last_name(parts)


def _column(sheet: Sheet, head: Head, header: str) -> int:
    """Exactly as written first, then without case and punctuation, then the lowest heading alone."""
    key = normalised(header)
    tests = (
        [label == header.strip() for label in head.labels],
        [normalised(label) == key for label in head.labels],
        [normalised("".join(parts)) == key for parts in head.parts],
        [last_name(parts) == key for parts in head.parts],
    )
    for test in tests:
        columns = [column for column, hit in enumerate(test) if hit]
        if len(columns) == 1:
            return columns[0]
        if columns:
            same = tuple(head.labels[column] for column in columns)
            raise HeaderAmbiguous(name=sheet.file_name, header=header, headers=same)
    raise HeadersMissing(name=sheet.file_name, missing=(header,), headers=listed(head))
