"""The form of another policy of a replay, without Qt: a template, the terms that differ, limits as they were indicated."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from creditdesk.catalog.policies import by_country, template
from creditdesk.domain.base.calendar import Offset, Unit
from creditdesk.domain.base.counting import CountRule
from creditdesk.domain.insurers.kept_quotes import QuoteLine
from creditdesk.domain.insurers.what_if import Indication, OtherPolicy
from creditdesk.domain.insurers.what_if_checks import FIXED
from creditdesk.domain.policy.fields import BY_KEY, FIELDS, FieldType, PolicyField
from creditdesk.domain.policy.values import read_values
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.parts.form import Answers, Form, FormField, Option
from creditdesk.presenters.parts.typed import FieldKind, plain_digits, read
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.policies.schedule import (
    VALUE,
    entry_fields,
    entry_values,
    text_from,
    words_of,
)

TERMS: Final = (
    "insured_pct", "premium_rate", "minimum_premium", "tax_rate", "limit_fee", "monitoring_fee", "deductible_order",
    "eel", "min_retention", "nql", "afl", "afl_basis", "max_liability_basis", "max_liability",
    "max_liability_multiple", "single_buyer_cap", "mep_days", "max_payment_term_days", "dcl_amount", "dcl_pct",
    "vat_insured", "retention_insured",
)  # fmt: skip
"""The terms that have a field of their own; every other one is a row of `MORE`."""
MORE, LIMITS = "more", "limits"
_FIELD, _TEXT = "field", "text"
_BUYER, _AMOUNT, _FROM = "buyer", "amount", "from"
_DAYS = re.compile(r"(\d{1,3})\s*(?:天|日|days?)?")


class TermMissing(UserError):
    """A row that names a term without its value, or a value without its term."""

    message = N_("A further term needs both its name and its value.")


class TermTwice(UserError):
    """Two values for one term."""

    message = N_("“{field}” is given twice. Keep one of the values.")


class IndicationMissing(UserError):
    """A row of a limit that lacks something."""

    message = N_("An indicated limit needs the buyer, the amount and the day from which it would hold; 0 for a refusal.")  # fmt: skip


class OtherPolicyForm:
    """The form; `keep` takes what was entered. `quotes` are the client's own, `buyers` as (id, name).

    `currency`: that of the own policy, in which another is offered; empty: the template's.
    """

    def __init__(
        self,
        wording: Wording,
        keep: Callable[[OtherPolicy], object],
        quotes: Sequence[QuoteLine],
        buyers: Sequence[tuple[int, str]],
        currency: str = "",
    ) -> None:
        self._home = currency
        self._wording = wording
        self._keep = keep
        self._quotes = {str(each.id): each for each in quotes}
        self._buyers = {str(number): name for number, name in buyers}
        self._template = self._quote = ""
        self.form = Form(self._fields(), self._take)
        self.form.changed.connect(self._follow)

    def start(self, policy: OtherPolicy | None = None) -> None:
        """Empty, or as a policy has it."""
        self._quote = ""
        self._template = policy.template if policy else ""
        self.form.show_fields(self._fields())
        self.form.load(self._texts(policy) if policy else {})

    def _follow(self, _nothing: None) -> None:
        """The chosen template says what holds unless it is typed over; a quote fills in its own figures."""
        chosen = self.form.value("template")
        if chosen != self._template:
            self._template = chosen
            self.form.show_fields(self._fields())
        quote = self.form.value("quote") if self._quotes else ""
        if quote != self._quote:
            self._quote = quote
            for key, text in self._of_quote(quote):
                self.form.set(key, text)

    def _of_quote(self, number: str) -> Iterator[tuple[str, str]]:
        line = self._quotes.get(number)
        if line is None:
            return
        if not self.form.value("name"):
            yield "name", line.insurer
        quote = line.quote
        amounts = (("minimum_premium", quote.minimum), ("limit_fee", quote.limit_fee), ("monitoring_fee", quote.monitoring))  # fmt: skip
        for key, amount in amounts:
            if amount is not None:
                yield key, f"{amount.amount:,f}"
        for key, pct in (("premium_rate", quote.rate_pct), ("tax_rate", quote.tax_pct)):
            if pct is not None:
                yield key, f"{pct.normalize():f}"

    def _fields(self) -> tuple[FormField, ...]:
        say = self._wording
        language = say.language
        quotes = tuple(
            Option(key, f"{each.insurer} · {say.day(each.on)}")
            for key, each in self._quotes.items()
        )
        kinds = tuple(
            Option(each.id, f"{each.insurer.in_language(language)} · {each.title.in_language(language)}")
            for each in by_country()
        )  # fmt: skip
        return (
            FormField(key="template", label=say(N_("Insurer and kind")), kind=FieldKind.CHOICE, required=True, hint=say(N_("Choose the template nearest to the policy")), options=kinds),
            FormField(key="name", label=say(N_("What it is called here")), required=True, hint=say(N_("as the insurer, or B"))),
            *((FormField(key="quote", label=say(N_("From a kept quote")), kind=FieldKind.CHOICE, hint=say(N_("its rate and fees")), options=quotes),) if quotes else ()),
            *map(self._term, TERMS),
            self._further(),
            self._limits(),
        )  # fmt: skip

    def _term(self, key: str) -> FormField:
        field = BY_KEY[key]
        (asked,) = entry_fields(field, self._currency, self._wording)
        return replace(asked, key=key, required=False, hint=self._standing(field))

    def _standing(self, field: PolicyField) -> str:
        """What the template says unless something else is typed."""
        text = self._said().get(field.key, "")
        return words_of(field, text, self._currency, self._wording) if text else ""

    def _further(self) -> FormField:
        say = self._wording
        options = tuple(
            Option(field.key, field.label.in_language(say.language))
            for field in FIELDS
            if field.key not in {*TERMS, *FIXED, "policy_currency", "insurer_id"}
            and field.type is not FieldType.TABLE
        )
        name = FormField(key=_FIELD, label=say(N_("Term")), kind=FieldKind.CHOICE, options=options)  # fmt: skip
        value = FormField(
            key=_TEXT, label=say(N_("Value; of a deadline, its number of days"))
        )
        return FormField(key=MORE, label=say(N_("Further terms that differ")), kind=FieldKind.TABLE, columns=(name, value))  # fmt: skip

    def _limits(self) -> FormField:
        say = self._wording
        buyers = tuple(Option(key, name) for key, name in self._buyers.items())
        columns = (
            FormField(key=_BUYER, label=say(N_("Buyer")), kind=FieldKind.CHOICE, options=buyers),
            FormField(key=_AMOUNT, label=say(N_("Indicated limit"))),
            FormField(key=_FROM, label=say(N_("In force from"))),
        )  # fmt: skip
        return FormField(key=LIMITS, label=say(N_("Limits it indicated; without any, today's decisions stand")), kind=FieldKind.TABLE, columns=columns)  # fmt: skip

    @property
    def _currency(self) -> str:
        return self._home or (template(self._template).currency if self._template else "")  # fmt: skip

    def _said(self) -> Mapping[str, str]:
        return template(self._template).texts if self._template else {}

    def _texts(self, policy: OtherPolicy) -> dict[str, str]:
        found = {"template": policy.template, "name": policy.name}
        more = []
        for key, text in policy.values.items():
            if key == "policy_currency":
                continue
            if key in TERMS:
                found[key] = entry_values(BY_KEY[key], text)[VALUE]
            else:
                more.append({_FIELD: key, _TEXT: text})
        limits = [
            {_BUYER: str(each.buyer_id), _AMOUNT: f"{each.amount:,f}", _FROM: each.start.isoformat()}
            for each in policy.limits
        ]  # fmt: skip
        found[MORE], found[LIMITS] = _rows_text(more), _rows_text(limits)
        return found

    def _take(self, answers: Answers) -> None:
        values = dict(self._values(answers))
        currency = values.get("policy_currency", template(answers.text("template")).currency)  # fmt: skip
        read_values({**values, "policy_currency": currency})
        policy = OtherPolicy(
            answers.text("template"),
            answers.text("name").strip(),
            values,
            tuple(self._indications(answers.text(LIMITS))),
        )
        self._keep(policy)

    def _values(self, answers: Answers) -> Iterator[tuple[str, str]]:
        if self._home:
            yield "policy_currency", self._home
        for key in TERMS:
            given = answers.values.get(key)
            if given is None or given == "":
                continue
            text = text_from(BY_KEY[key], Answers({VALUE: given}), self._currency)
            yield key, text.replace(",", "")
        seen: set[str] = set()
        for row in _rows(answers.text(MORE)):
            key, text = row.get(_FIELD, ""), row.get(_TEXT, "").strip()
            if not key or not text:
                raise TermMissing
            if key in seen:
                raise TermTwice(field=BY_KEY[key].label)
            seen.add(key)
            yield key, self._meant(BY_KEY[key], text)

    def _meant(self, field: PolicyField, text: str) -> str:
        """A further term as the policy keeps it: a choice by its words, a deadline by its number of days."""
        if field.type is FieldType.MONEY:
            return plain_digits(text)
        if field.type is FieldType.ENUM:
            named = (each.value for each in field.choices if text in {each.label.zh, each.label.en})  # fmt: skip
            return next(named, text)
        days = _DAYS.fullmatch(text)
        standing = self._said().get(field.key, "")
        if field.type is FieldType.RULE and days and standing:
            rule = CountRule.parse(standing)
            last = Offset(int(days[1]), Unit.CALENDAR_DAYS)
            return replace(rule, offsets=(*rule.offsets[:-1], last)).text
        return text

    def _indications(self, text: str) -> Iterator[Indication]:
        for row in _rows(text):
            buyer = row.get(_BUYER, "")
            amount = read(FieldKind.AMOUNT, row.get(_AMOUNT, ""))
            start = read(FieldKind.DATE, row.get(_FROM, ""))
            if buyer not in self._buyers or not isinstance(amount, Decimal) or not isinstance(start, date):  # fmt: skip
                raise IndicationMissing
            yield Indication(int(buyer), self._buyers[buyer], amount, start)


def _rows(text: str) -> list[dict[str, str]]:
    return json.loads(text) if text else []


def _rows_text(rows: Sequence[Mapping[str, str]]) -> str:
    return json.dumps(rows, ensure_ascii=False) if rows else ""
