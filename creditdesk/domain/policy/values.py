"""A policy field's text read as what the field holds; what can't be read is refused in a sentence."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from creditdesk.domain.base.counting import CountRule
from creditdesk.domain.base.money import Money
from creditdesk.domain.policy.fields import BY_KEY, FieldType, PolicyField
from creditdesk.domain.policy.tables import COLUMNS
from creditdesk.errors import UserError
from creditdesk.i18n import N_

FieldValue = str | date | Money | Decimal | int | bool | CountRule | list[object] | dict[str, object]  # fmt: skip
_YES = frozenset({"true", "yes", "1", "是"})
_NO = frozenset({"false", "no", "0", "否"})
_MOST_PERCENT = Decimal(100)


class PolicyFieldUnknown(UserError):
    """No field has this name."""

    message = N_("A policy has no field “{key}”.")


class PolicyDateWrong(UserError):
    """A date that can't be read."""

    message = N_("{field}: “{value}” is no date. Write it as 2026-01-31.")


class PolicyAmountWrong(UserError):
    """An amount that can't be read or is negative."""

    message = N_("{field}: “{value}” is no amount. Write digits only, such as 1250.00.")


class PolicyPercentWrong(UserError):
    """A percentage outside 0 to 100."""

    message = N_(
        "{field}: “{value}” is no percentage between 0 and 100. Write 90 for 90 %."
    )


class PolicyPercentIsFraction(UserError):
    """A fraction where a percentage belongs."""

    message = N_(
        "{field}: “{value}” looks like a fraction. Write the percentage, 90 for 90 %."
    )


class PolicyNumberWrong(UserError):
    """A number that isn't whole or is negative."""

    message = N_(
        "{field}: “{value}” is no whole number. Write digits only, such as 60."
    )


class PolicyFlagWrong(UserError):
    """Neither yes nor no."""

    message = N_("{field}: “{value}” is neither yes nor no. Write yes or no.")


class PolicyChoiceWrong(UserError):
    """Not one of the choices."""

    message = N_("{field}: “{value}” is none of the choices {choices}.")


class PolicyRuleWrong(UserError):
    """A deadline rule that can't be read."""

    message = N_(
        "{field}: “{value}” is no deadline. Write the start and the steps, such as DUE_DATE + 60 CD."
    )


class PolicyTableWrong(UserError):
    """A table that can't be read."""

    message = N_("{field}: the table can't be read as JSON.")


class PolicyRowWrong(UserError):
    """A cell of a table that can't be meant."""

    message = N_("Row {number}: {fault}")


class PolicyCellMissing(UserError):
    """A row without what it is about."""

    message = N_(
        "{field}, row {number}: “{column}” is empty. Fill it in, or take the row out."
    )


class PolicyColumnUnknown(UserError):
    """A row with a column the table doesn't have."""

    message = N_("{field}, row {number}: there is no column “{column}”.")


class PolicyCurrencyMissing(UserError):
    """An amount without the policy's currency."""

    message = N_("{field} is an amount, but the policy's currency is not given.")


def read_values(values: Mapping[str, str]) -> dict[str, FieldValue]:
    """Every value that is not empty, read by its field's type. Raises a `UserError` for the first that can't be."""
    currency = values.get("policy_currency", "").strip()
    return {
        key: read_value(_field(key), text.strip(), currency)
        for key, text in values.items()
        if text.strip()
    }


def read_value(field: PolicyField, text: str, currency: str = "") -> FieldValue:
    """The value of a text that is not empty. `currency` is that of amounts."""
    if field.type is FieldType.MONEY:
        return _money(field, text, currency)
    if field.type is FieldType.TABLE:
        return _table(field, text, currency)
    return _READERS[field.type](field, text)


def _field(key: str) -> PolicyField:
    if key not in BY_KEY:
        raise PolicyFieldUnknown(key=key)
    return BY_KEY[key]


def _money(field: PolicyField, text: str, currency: str) -> Money:
    if not currency:
        raise PolicyCurrencyMissing(field=field.label)
    number = _decimal(text)
    if number is None or number < 0 or Money(number, currency).rounded() != Money(number, currency):  # fmt: skip
        raise PolicyAmountWrong(field=field.label, value=text)
    return Money(number, currency).rounded()


def _text(_field: PolicyField, text: str) -> str:
    return text


def _enum(field: PolicyField, text: str) -> str:
    choices = tuple(choice.value for choice in field.choices)
    if text not in choices:
        raise PolicyChoiceWrong(field=field.label, value=text, choices=choices)
    return text


def _date(field: PolicyField, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise PolicyDateWrong(field=field.label, value=text) from error


def _percent(field: PolicyField, text: str) -> Decimal:
    number = _decimal(text)
    if number is None or not 0 <= number <= _MOST_PERCENT:
        raise PolicyPercentWrong(field=field.label, value=text)
    if field.above_one and number <= 1:
        raise PolicyPercentIsFraction(field=field.label, value=text)
    return number


def _number(field: PolicyField, text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise PolicyNumberWrong(field=field.label, value=text)
    return int(text)


def _flag(field: PolicyField, text: str) -> bool:
    if text.lower() not in _YES | _NO:
        raise PolicyFlagWrong(field=field.label, value=text)
    return text.lower() in _YES


def _rule(field: PolicyField, text: str) -> CountRule:
    try:
        found = CountRule.parse(text)
    except ValueError as error:
        raise PolicyRuleWrong(field=field.label, value=text) from error
    if any(step.n < 0 for way in found.ways for step in way.offsets):
        raise PolicyRuleWrong(field=field.label, value=text)
    return found


def _table(
    field: PolicyField, text: str, currency: str
) -> list[object] | dict[str, object]:
    try:
        value = json.loads(text, parse_float=str)
    except ValueError as error:
        raise PolicyTableWrong(field=field.label) from error
    if not isinstance(value, list | dict):
        raise PolicyTableWrong(field=field.label)
    for number, row in enumerate(value if isinstance(value, list) else (), 1):
        _check_row(field, number, row, currency)
    return value


def _check_row(field: PolicyField, number: int, row: object, currency: str) -> None:
    """A row of a table with columns is read cell by cell; the others are lists of names."""
    columns = COLUMNS.get(field.key, ())
    if not columns:
        return
    if not isinstance(row, dict):
        raise PolicyTableWrong(field=field.label)
    for unknown in row.keys() - {column.key for column in columns}:
        raise PolicyColumnUnknown(field=field.label, number=number, column=unknown)
    for column in columns:
        text = str(row.get(column.key, "")).strip()
        if column.required and not text:
            raise PolicyCellMissing(field=field.label, number=number, column=column.label)  # fmt: skip
        try:
            _ = read_value(column, text, currency) if text else None
        except UserError as error:
            raise PolicyRowWrong(number=number, fault=error.said) from error


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


_READERS: dict[FieldType, Callable[[PolicyField, str], FieldValue]] = {
    FieldType.TEXT: _text,
    FieldType.ENUM: _enum,
    FieldType.DATE: _date,
    FieldType.PERCENT: _percent,
    FieldType.NUMBER: _number,
    FieldType.FLAG: _flag,
    FieldType.RULE: _rule,
}
