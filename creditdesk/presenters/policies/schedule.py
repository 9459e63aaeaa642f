"""A policy's values as a person reads and writes them: words for each, and the fields to enter it with."""

import json
import re
from datetime import date
from decimal import Decimal

from creditdesk.domain.base.counting import CountRule
from creditdesk.domain.base.money import Money
from creditdesk.domain.policy.fields import INSURED_CAUSES, FieldType, PolicyField
from creditdesk.domain.policy.tables import COLUMNS
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.parts.form import Answers, FormField, Option
from creditdesk.presenters.parts.rules import rule_words
from creditdesk.presenters.parts.typed import NO, YES, FieldKind, plain_digits
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.policies.rule_entry import (
    rule_fields,
    rule_text,
    rule_values,
)
from creditdesk.presenters.policies.table_entry import (
    rows_text,
    table_field,
    table_words,
)

VALUE = "value"
_SIGNS = {"¥": "CNY", "$": "USD", "€": "EUR", "£": "GBP"}
_CURRENCY = re.compile(r"(?<![A-Z])[A-Z]{3}(?![A-Z])|[¥$€£]")
_KINDS = {
    FieldType.DATE: FieldKind.DATE,
    FieldType.PERCENT: FieldKind.PERCENT,
    FieldType.NUMBER: FieldKind.NUMBER,
    FieldType.TABLE: FieldKind.MULTILINE,
}
_NEVER_EMPTY = frozenset(
    {"policy_no", "insurer_id", "policyholder_id", "period_start", "period_end", "policy_currency"}
)  # fmt: skip


class OtherCurrency(UserError):
    """An amount that names a currency the policy isn't in."""

    message = N_(
        "{field}: “{value}” is in {other}, but the policy is in {currency}. Enter the amount as the policy states it."
    )


def words_of(field: PolicyField, text: str, currency: str, wording: Wording) -> str:
    """A value in words; an empty text gives none."""
    if not text:
        return ""
    if field.key == "causes":
        return wording.list(
            wording(INSURED_CAUSES[code]) if code in INSURED_CAUSES else code
            for code in _codes(text)
        )
    if field.type is FieldType.MONEY:
        return wording.money(Money(Decimal(text), currency))
    if field.type is FieldType.RULE:
        return rule_words(CountRule.parse(text), wording)
    if field.type is FieldType.TABLE:
        return _table_words(field, text, wording)
    return _short_words(field, text, wording)


def _table_words(field: PolicyField, text: str, wording: Wording) -> str:
    if field.key in COLUMNS:
        return table_words(field, text, wording)
    return wording.list(_lines(text).splitlines())


def _short_words(field: PolicyField, text: str, wording: Wording) -> str:
    if field.type is FieldType.DATE:
        return wording.day(date.fromisoformat(text))
    if field.type is FieldType.PERCENT:
        return f"{text}\u00a0%"
    if field.type is FieldType.FLAG:
        return wording(N_("Yes") if text in {YES, "yes", "1", "是"} else N_("No"))
    if field.type is FieldType.ENUM:
        found = (each for each in field.choices if each.value == text)
        return next((each.label.in_language(wording.language) for each in found), text)
    if field.unit:
        return f"{text} {field.unit.in_language(wording.language)}"
    return text


def entry_fields(
    field: PolicyField, currency: str, wording: Wording
) -> tuple[FormField, ...]:
    """The fields in which a value is entered: one, but for a deadline and the causes of loss."""
    label = field.label.in_language(wording.language)
    if field.key == "causes":
        return tuple(
            FormField(
                key=code, label=wording(said), kind=FieldKind.FLAG, hint=wording(said)
            )
            for code, said in INSURED_CAUSES.items()
        )
    if field.type is FieldType.RULE:
        return rule_fields(label, wording)
    if field.key in COLUMNS:
        return (table_field(VALUE, field, wording),)
    options = _options(field, wording)
    unit = field.unit.in_language(wording.language) if field.unit else ""
    units = {FieldType.MONEY: currency, FieldType.PERCENT: "%"}
    return (
        FormField(
            key=VALUE,
            label=label,
            kind=FieldKind.CHOICE
            if options
            else _KINDS.get(field.type, FieldKind.TEXT),
            required=field.key in _NEVER_EMPTY,
            unit=units.get(field.type, unit),
            hint=wording(N_("one a line")) if field.type is FieldType.TABLE else "",
            options=options,
        ),
    )


def entry_values(field: PolicyField, text: str) -> dict[str, str]:
    """A value as the texts of `entry_fields`."""
    if field.key == "causes":
        given = _codes(text)
        return {code: YES if code in given else NO for code in INSURED_CAUSES}
    if field.type is FieldType.RULE:
        return rule_values(text)
    if field.key in COLUMNS:
        return {VALUE: text}
    if field.type is FieldType.TABLE:
        return {VALUE: _lines(text)}
    if field.type is FieldType.MONEY and text:
        return {VALUE: f"{Decimal(text):,f}"}
    return {VALUE: text}


def text_from(field: PolicyField, answers: Answers, currency: str) -> str:
    """What was entered, as the policy keeps it. Raises where it can't be meant."""
    if field.key == "causes":
        return ", ".join(code for code in INSURED_CAUSES if answers.flag(code))
    if field.type is FieldType.RULE:
        return rule_text(answers)
    text = answers.text(VALUE)
    if field.type is FieldType.TABLE:
        return rows_text(field, text) if field.key in COLUMNS else _table_text(text)
    if field.type is FieldType.MONEY:
        return _amount_text(field, text, currency)
    if field.key == "policy_currency":
        return text.upper()
    return text


def _options(field: PolicyField, wording: Wording) -> tuple[Option, ...]:
    if field.type is FieldType.FLAG:
        return (Option(YES, wording(N_("Yes"))), Option(NO, wording(N_("No"))))
    return tuple(
        Option(each.value, each.label.in_language(wording.language))
        for each in field.choices
    )


def _amount_text(field: PolicyField, text: str, currency: str) -> str:
    named = _CURRENCY.search(text.upper())
    code = _SIGNS.get(named[0], named[0]) if named else currency
    if code != currency:
        raise OtherCurrency(
            field=field.label, value=text, other=code, currency=currency
        )
    return plain_digits(_CURRENCY.sub("", text.upper()))


def _table_text(text: str) -> str:
    """Lines as a list; what is a list or an object of JSON already stays so."""
    if text.startswith(("[", "{")):
        return text
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return json.dumps(lines, ensure_ascii=False) if lines else ""


def _lines(text: str) -> str:
    """A list of words as lines; any other table as it is written."""
    try:
        table = json.loads(text)
    except ValueError:
        return text
    if isinstance(table, list) and all(isinstance(each, str) for each in table):
        return "\n".join(table)
    return text


def _codes(text: str) -> list[str]:
    return [code.strip() for code in text.split(",") if code.strip()]
