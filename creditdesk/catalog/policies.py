"""The policy templates: typical values of insurers' policies, none of them confirmed (domain.md 2.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from creditdesk import paths
from creditdesk.catalog.reading import CatalogError, Table, folder, read
from creditdesk.domain.base.counting import CountRule
from creditdesk.domain.duties.duties import (
    STOP_SHIPPING,
    DutyRule,
    Event,
    Roll,
    Scope,
)
from creditdesk.domain.policy.choices import StopVariant
from creditdesk.domain.policy.fields import BY_KEY, FieldType
from creditdesk.domain.policy.terms import MUST_ASK, PolicyTerms
from creditdesk.errors import UserError
from creditdesk.i18n import LANGUAGES, N_, Bilingual, Language

_NO_WORDS = Bilingual("", "")


class Origin(StrEnum):
    """Where a template's value comes from: a public source, expert knowledge, or nowhere: it must be asked."""

    SOURCE = "S"
    KNOWLEDGE = "K"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class TemplateValue:
    """A field's text, empty where it must be asked, and its origin."""

    text: str
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyTemplate:
    """A policy to start from. `language` is the insurer's, for letters to it; `calendar` its country's working days."""

    id: str
    title: Bilingual
    insurer: Bilingual
    language: Language
    currency: str
    calendar: str
    values: Mapping[str, TemplateValue]
    duties: tuple[DutyRule, ...]

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


@cache
def template(template_id: str) -> PolicyTemplate:
    """The template of this id, read alone: the first look has no time for all. Raises `PolicyTemplateUnknown`."""
    paths = _paths()
    if template_id not in paths:
        raise PolicyTemplateUnknown(id=template_id, ids=tuple(sorted(paths)))
    return _template(paths[template_id], _duties())


def duty_rules(template_id: str) -> tuple[DutyRule, ...]:
    """The duties of a template; all that exist for a policy that was made from none."""
    if not template_id:
        return tuple(_duties().values())
    return template(template_id).duties


def _paths() -> dict[str, Path]:
    return {path.stem: path for path in folder("policies")}


def _template(path: Path, duties: Mapping[str, DutyRule]) -> PolicyTemplate:
    table = read(path)
    language = table.text("language")
    if language not in LANGUAGES:
        raise CatalogError(f"{path.name}: language must be one of {LANGUAGES}")
    codes = table.texts("duties")
    unknown = set(codes) - set(duties)
    if unknown or table.text("id") != path.stem:
        raise CatalogError(f"{path.name}: wrong id or unknown duties {sorted(unknown)}")
    result = PolicyTemplate(
        id=table.text("id"),
        title=table.both("title"),
        insurer=table.both("insurer"),
        language=language,
        currency=table.text("currency"),
        calendar=table.text("calendar"),
        values=_values(table.table("values")),
        duties=tuple(
            duty
            for duty in duties.values()
            if duty.code in codes or _stops(duty, codes)
        ),
    )
    table.close()
    _check(result, path.name)
    return result


def _stops(duty: DutyRule, codes: tuple[str, ...]) -> bool:
    """Whoever has to stop deliveries has every variant: which of them counts is a field of the policy."""
    return duty.code in STOP_SHIPPING and not STOP_SHIPPING.isdisjoint(codes)


def _values(table: Table) -> dict[str, TemplateValue]:
    """Each value is written as [text, origin]."""
    values = {}
    for key in table.keys():  # noqa: SIM118 - a Table is no mapping
        match table.raw(key):
            case [str(text), str(origin)] if key in BY_KEY:
                values[key] = TemplateValue(text, Origin(origin))
            case _:
                raise CatalogError(f"{table.where}: {key} must be [text, origin]")
    return values


def _check(template: PolicyTemplate, name: str) -> None:
    for key, value in template.values.items():
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
    table = read(paths.resources() / "policies" / "common" / "duties.toml")
    return {code: _duty(code, table.table(code)) for code in table.keys()}  # noqa: SIM118 - a Table is no mapping


def _duty(code: str, table: Table) -> DutyRule:
    field, count = table.text("field", ""), table.text("count", "")
    variant = table.text("variant", "")
    if field and BY_KEY[field].type is not FieldType.RULE:
        raise CatalogError(f"{table.where}: {field} is no deadline")
    rule = DutyRule(
        code=code,
        title=table.both("title"),
        event=Event(table.text("event")),
        scope=Scope(table.text("scope")),
        roll=Roll(table.text("roll")),
        warn_days=tuple(table.raw("warn_at", [])),
        consequence=table.both("consequence"),
        evidence=_NO_WORDS if table.raw("evidence") is None else table.both("evidence"),
        field=field,
        count=CountRule.parse(count) if count else None,
        variant=StopVariant(variant) if variant else None,
    )
    table.close()
    return rule
