"""The claim form: what an insurer asks, in its order, and what the desk answers (rules.md 5.1)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from creditdesk.domain.base.money import Money
from creditdesk.i18n import Bilingual, Message

Value = str | Message | Bilingual | Money | date
"""One value of a fact; a form shows several one after the other."""


class Of(StrEnum):
    """Whose a fact is. DESK: it follows from what the desk holds, and nobody types it."""

    CLIENT = "client"
    BUYER = "buyer"
    INSURER = "insurer"
    CLAIM = "claim"
    DESK = "desk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something a form may ask. `hint` stands in the empty field."""

    key: str
    of: Of
    label: Bilingual
    kind: Literal["text", "multiline"] = "text"
    hint: Bilingual | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A field of a form: the fact it asks, and whether the insurer refuses the form without it.

    `label` None: the fact's own.
    """

    ask: str
    required: bool = False
    label: Bilingual | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Fields that stand together under a title."""

    title: Bilingual
    fields: tuple[Asked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormKind:
    """A form as an insurer has it. `templates`: the policies it belongs to; empty: any other."""

    id: str
    name: Bilingual
    templates: tuple[str, ...] = ()
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whose a fact is: the client, buyer or claim of this number, or the insurer of this name."""

    of: Of
    id: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field with its answer. `values` empty: not known. `owner` None: it follows from the desk."""

    fact: Fact
    label: Bilingual
    required: bool
    values: tuple[Value, ...]
    owner: Owner | None

    @property
    def is_missing(self) -> bool:
        """Asked for, and not known."""
        return self.required and not self.values


@dataclass(frozen=True, slots=True)
class FilledSection:
    """A section with its answers."""

    title: Bilingual
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form with its answers."""

    name: Bilingual
    sections: tuple[FilledSection, ...]

    @property
    def fields(self) -> Iterator[Field]:
        """All fields, in the form's order."""
        for section in self.sections:
            yield from section.fields

    @property
    def missing(self) -> tuple[Field, ...]:
        """What the insurer asks for and nobody knows yet."""
        return tuple(field for field in self.fields if field.is_missing)

    def values(self, key: str) -> tuple[Value, ...]:
        """The answer to a fact; empty where the form doesn't ask it, or nobody knows."""
        return next((each.values for each in self.fields if each.fact.key == key), ())


def filled(
    kind: FormKind,
    facts: Mapping[str, Fact],
    known: Mapping[str, tuple[Value, ...]],
    owners: Mapping[Of, Owner],
) -> FilledForm:
    """The form with what is known, by key of the facts."""

    def field(asked: Asked) -> Field:
        fact = facts[asked.ask]
        return Field(
            fact=fact,
            label=asked.label or fact.label,
            required=asked.required,
            values=known.get(asked.ask, ()),
            owner=owners.get(fact.of),
        )

    return FilledForm(
        kind.name,
        tuple(
            FilledSection(section.title, tuple(map(field, section.fields)))
            for section in kind.sections
        ),
    )
