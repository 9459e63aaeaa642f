"""Entering a policy's table row by row, and saying a row in words."""

import json
from datetime import date

from creditdesk.domain.base.counting import CountRule
from creditdesk.domain.policy.fields import FieldType, PolicyField
from creditdesk.domain.policy.tables import COLUMNS
from creditdesk.i18n import N_
from creditdesk.presenters.parts.form import FormField, Option
from creditdesk.presenters.parts.rules import rule_words
from creditdesk.presenters.parts.typed import NO, YES, FieldKind, plain_digits
from creditdesk.presenters.parts.wording import Wording

_FIGURES = {FieldType.MONEY, FieldType.NUMBER, FieldType.PERCENT}


def table_words(field: PolicyField, text: str, wording: Wording) -> str:
    """The rows in words, one line each."""
    return "\n".join(_row_words(field, row, wording) for row in _rows(text))


def table_field(key: str, field: PolicyField, wording: Wording) -> FormField:
    """The field a table with columns is entered in."""
    columns = []
    for column in COLUMNS[field.key]:
        options = _options(column, wording)
        columns.append(
            FormField(
                key=column.key,
                label=column.label.in_language(wording.language),
                kind=FieldKind.CHOICE if options else FieldKind.TEXT,
                required=column.required,
                options=options,
            )
        )
    return FormField(
        key=key,
        label=field.label.in_language(wording.language),
        kind=FieldKind.TABLE,
        columns=tuple(columns),
    )


def _rows(text: str) -> list[dict[str, str]]:
    """The rows of a table with columns, each cell as text."""
    rows = json.loads(text, parse_float=str, parse_int=str) if text else []
    return [
        {key: _cell_text(value) for key, value in row.items()}
        for row in rows
        if isinstance(row, dict)
    ]


def _cell_text(value: object) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)


def rows_text(field: PolicyField, text: str) -> str:
    """The rows as the policy keeps them: empty cells and empty rows left out, deadlines in the field's own notation."""
    kept = []
    for row in _rows(text):
        cells = {key: _kept_cell(field, key, cell) for key, cell in row.items() if cell.strip()}  # fmt: skip
        if cells:
            kept.append(cells)
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def _kept_cell(field: PolicyField, key: str, cell: str) -> str:
    column = next(each for each in COLUMNS[field.key] if each.key == key)
    plain = cell.strip()
    if column.type is FieldType.MONEY:
        return plain_digits(plain)
    if column.type is FieldType.PERCENT:
        return plain.removesuffix("%").strip()
    return plain


def _row_words(field: PolicyField, row: dict[str, str], wording: Wording) -> str:
    """A row as one line: what it is for, then what it says, each named where it isn't plain."""
    parts = []
    for column in COLUMNS[field.key]:
        cell = row.get(column.key, "")
        if not cell:
            continue
        name = column.label.in_language(wording.language)
        words = _cell_words(column, cell, wording)
        parts.append(words if column.required else f"{name} {words}")
    return " · ".join(parts)


def _cell_words(column: PolicyField, cell: str, wording: Wording) -> str:
    if column.type is FieldType.RULE:
        return rule_words(CountRule.parse(cell), wording)
    if column.type in _FIGURES:
        return cell
    if column.type is FieldType.DATE:
        return wording.day(date.fromisoformat(cell))
    options = {each.value: each.words for each in _options(column, wording)}
    return options.get(cell.lower(), options.get(cell, cell))


def _options(column: PolicyField, wording: Wording) -> tuple[Option, ...]:
    if column.type is FieldType.FLAG:
        return (Option(YES, wording(N_("Yes"))), Option(NO, wording(N_("No"))))
    return tuple(
        Option(each.value, each.label.in_language(wording.language))
        for each in column.choices
    )
