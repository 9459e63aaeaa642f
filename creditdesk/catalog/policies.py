"""The policy templates: typical values of insurers' policies, none of them confirmed (rules.md 2.5)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from creditdesk import paths
from creditdesk.catalog.reading import CatalogError, folder, load, read, structured
from creditdesk.domain.base.counting import CountRule
from creditdesk.domain.duties.duties import STOP_SHIPPING, DutyRule
from creditdesk.domain.policy.fields import BY_KEY, FieldType
from creditdesk.domain.policy.terms import MUST_ASK, PolicyTerms
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Bilingual, Language

_NO_NOTE = Bilingual("", "")


class Origin(StrEnum):
    """Where a template's value comes from: a public source, expert knowledge, or nowhere: it must be asked."""

    SOURCE = "S"
    KNOWLEDGE = "K"
    ASK = "ask"


class TemplateValue(NamedTuple):
    """A field's text, empty where it must be asked, and its origin; of a public source, in how many papers it stood."""

    text: str
    origin: Origin
    papers: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyTemplate:
    """A policy to start from. `language` is the insurer's, for letters to it; `calendar` its country's working days.

    `note`: what has to be known of it and is no field. `blank`: of no insurer in particular.
    """

    id: str
    title: Bilingual
    insurer: Bilingual
    language: Language
    currency: str
    calendar: str
    values: Mapping[str, TemplateValue]
    codes: tuple[str, ...]
    """The duties it names."""
    note: Bilingual = _NO_NOTE
    blank: bool = False

    @property
    def duties(self) -> tuple[DutyRule, ...]:
        """Its duties. Whoever stops deliveries has every variant: which of them counts is a field of the policy."""
        stops = not STOP_SHIPPING.isdisjoint(self.codes)
        return tuple(
            duty
            for code, duty in _duties().items()
            if code in self.codes or (stops and code in STOP_SHIPPING)
        )

    @property
    def texts(self) -> dict[str, str]:
        """The values a new policy starts with; what must be asked is left out."""
        return {key: value.text for key, value in self.values.items() if value.text}


class PolicyTemplateUnknown(UserError):
    """No template has this id."""

    message = N_("There is no policy template “{id}”. Choose one of {ids}.")


@cache
def templates() -> tuple[PolicyTemplate, ...]:
    """All templates, ordered by id."""
    return tuple(template(template_id) for template_id in sorted(_paths()))


def by_country() -> tuple[PolicyTemplate, ...]:
    """As a person looks for one: China's insurers, Hong Kong's, the others; last the blank one."""
    near = {"CN": 0, "HK": 1}
    return tuple(
        sorted(
            templates(),
            key=lambda each: (each.blank, near.get(each.calendar, len(near)), each.id),
        )
    )


@cache
def template(template_id: str) -> PolicyTemplate:
    """The template of this id, read alone: the first look has no time for all. Raises `PolicyTemplateUnknown`."""
    paths = _paths()
    if template_id not in paths:
        raise PolicyTemplateUnknown(id=template_id, ids=tuple(sorted(paths)))
    return _template(paths[template_id])


def duty_rules(template_id: str) -> tuple[DutyRule, ...]:
    """The duties of a template; all that exist for a policy that was made from none."""
    if not template_id:
        return tuple(_duties().values())
    return template(template_id).duties


def watched_rules(template_id: str) -> tuple[DutyRule, ...]:
    """The duties of a template, and those of every policy besides."""
    named = {rule.code for rule in duty_rules(template_id)}
    return tuple(
        rule for rule in duty_rules("") if rule.code in named or rule.every_policy
    )


def _paths() -> dict[str, Path]:
    return {path.stem: path for path in folder("policies")}


def _template(path: Path) -> PolicyTemplate:
    found = read(path, PolicyTemplate, codes="duties")
    unknown = set(found.codes) - set(_duties())
    if unknown or found.id != path.stem:
        raise CatalogError(f"{path.name}: wrong id or unknown duties {sorted(unknown)}")
    _check(found, path.name)
    return found


def _check(template: PolicyTemplate, name: str) -> None:
    for key, value in template.values.items():
        if key not in BY_KEY:
            raise CatalogError(f"{name}: a policy has no field {key}")
        if (value.origin is Origin.ASK) != (value.text == ""):
            raise CatalogError(f"{name}: {key} is empty exactly when it must be asked")
    for key in MUST_ASK - {"insured_pct"}:
        if template.values.get(key) != TemplateValue("", Origin.ASK):
            raise CatalogError(f"{name}: {key} must be asked, no template knows it")
    terms = PolicyTerms.read(template.texts)
    if terms.currency != template.currency:
        raise CatalogError(f"{name}: policy_currency must be the template's currency")


@cache
def _duties() -> dict[str, DutyRule]:
    path = paths.resources() / "duties.toml"
    return {code: _duty(code, row, f"{path.name}: {code}") for code, row in load(path).items()}  # fmt: skip


def _duty(code: str, row: dict[str, Any], where: str) -> DutyRule:
    counted = {"": row.pop("count", ""), **row.pop("count_in", {})}
    rule = structured({"code": code} | row, DutyRule, where)
    said = (rule.title.zh, rule.title.en, rule.consequence.zh, rule.consequence.en)
    if not all(words.strip() for words in said):
        raise CatalogError(f"{where}: words are missing")
    if rule.field and BY_KEY[rule.field].type is not FieldType.RULE:
        raise CatalogError(f"{where}: {rule.field} is no deadline")
    try:
        counts = {country: CountRule.parse(text) for country, text in counted.items() if text}  # fmt: skip
    except ValueError as error:
        raise CatalogError(f"{where}: count: {error}") from error
    return replace(rule, count=counts.pop("", None), count_in=counts)
