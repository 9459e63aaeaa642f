"""Values of a policy's schedule in words, for paper."""

from datetime import date
from decimal import Decimal

from creditdesk.domain.base.counting import CountRule
from creditdesk.domain.base.money import Money
from creditdesk.domain.duties.rule_words import rule_words
from creditdesk.domain.ledger.naming import Name
from creditdesk.domain.policy.fields import INSURED_CAUSES, FieldType, PolicyField
from creditdesk.i18n import N_, Message


def said(  # noqa: PLR0911 - a value of each type
    field: PolicyField, text: str, currency: str
) -> Name:
    """One value as a person reads it; a table is told by itself, row for row."""
    if field.key == "causes":
        codes = (each.strip() for each in text.split(","))
        return Message.of(
            "{causes}",
            causes=tuple(Message(INSURED_CAUSES.get(each, each)) for each in codes),
        )
    match field.type:
        case FieldType.MONEY:
            return Message.of("{amount}", amount=Money(Decimal(text), currency))
        case FieldType.PERCENT:
            return f"{text}\u00a0%"
        case FieldType.FLAG:
            return Message(N_("Yes") if text in {"true", "yes", "1", "是"} else N_("No"))  # fmt: skip
        case FieldType.RULE:
            return rule_words(CountRule.parse(text))
        case FieldType.DATE:
            return Message.of("{day}", day=date.fromisoformat(text))
    chosen = next((each.label for each in field.choices if each.value == text), None)
    if chosen is not None:
        return Message.of("{words}", words=chosen)
    if field.unit is not None:
        return Message.of("{number} {unit}", number=text, unit=field.unit)
    return text
