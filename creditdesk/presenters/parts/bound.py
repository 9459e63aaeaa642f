"""Forms bound to frozen dataclasses: names, types, words and bounds of the fields stand once, in the dataclass.

A field whose type has no `| None` and no default is required; a choice is a `StrEnum`, or text with options of its own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.parts.form import Answers, Form, FormField, Option
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.wording import Wording

T = TypeVar("T")

_KINDS: Mapping[type, FieldKind] = {
    str: FieldKind.TEXT,
    date: FieldKind.DATE,
    Decimal: FieldKind.AMOUNT,
    int: FieldKind.NUMBER,
    bool: FieldKind.FLAG,
}
_CHOOSE = N_("Choose…")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What a field says of itself besides its name and type. `to_come`: the refusal of a day that is still to come."""

    label: str
    kind: FieldKind | None
    hint: str
    titles: Mapping[Any, str]
    to_come: type[UserError] | None


def asked(  # noqa: PLR0913 - what a field may say, by name
    label: str,
    *,
    kind: FieldKind | None = None,
    hint: str = "",
    titles: Mapping[Any, str] | None = None,
    to_come: type[UserError] | None = None,
    default: object = MISSING,
) -> Any:  # noqa: ANN401 - as `dataclasses.field`: it stands for a value of any type
    """A field of a form: its label (to be translated), and what its type doesn't say.

    `titles`: the words of each choice. `to_come`: what a day after today is refused with.
    """
    said = _Asked(label=label, kind=kind, hint=hint, titles=titles or {}, to_come=to_come)  # fmt: skip
    return field(default=default, metadata={"asked": said})


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What only the place knows: options and units by field, what stands in the fields, under which field a refusal is."""

    today: date
    options: Mapping[str, Sequence[Option]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    blame: Mapping[type[UserError], str] = field(default_factory=dict)
    to_come: Mapping[str, type[UserError]] = field(default_factory=dict)
    """What a day after today is refused with, where the dataclass can't say."""
    without: frozenset[str] = frozenset()
    """Fields that are not asked for here; they have a default."""


def bound(
    told: type[T], say: Wording, save: Callable[[T], object], around: Around
) -> Form:
    """A form that hands a finished `told` to `save`."""
    parts = [each for each in _parts(told) if each.name not in around.without]
    to_come = {each.name: each.asked.to_come for each in parts if each.asked.to_come}
    to_come |= around.to_come
    blame = {refusal: name for name, refusal in to_come.items()}

    def take(answers: Answers) -> None:
        for name, refusal in to_come.items():
            day = answers.day(name)
            if day is not None and day > around.today:
                raise refusal(on=day)
        save(told(**{each.name: each.value(answers) for each in parts}))

    drawn = [each.drawn(say, around) for each in parts]
    return Form(drawn, take, around.values, {**blame, **around.blame})


@dataclass(frozen=True, slots=True)
class _Part:
    """One field of a dataclass. `of` is its type without None."""

    name: str
    of: type
    required: bool
    asked: _Asked

    def drawn(self, say: Wording, around: Around) -> FormField:
        """The field of the form."""
        options = tuple(around.options.get(self.name, ())) or tuple(
            Option(str(value), say(words)) for value, words in self.asked.titles.items()
        )
        kind = self.asked.kind or (
            FieldKind.CHOICE if issubclass(self.of, StrEnum) else _KINDS[self.of]
        )
        hint = self.asked.hint or (_CHOOSE if kind is FieldKind.CHOICE and self.required else "")  # fmt: skip
        return FormField(
            key=self.name,
            label=say(self.asked.label),
            kind=kind,
            required=self.required,
            unit=around.units.get(self.name, ""),
            hint=say(hint) if hint else "",
            options=options,
        )

    def value(self, answers: Answers) -> object:
        """What was typed, in the field's own type."""
        found = answers.values[self.name]
        if issubclass(self.of, StrEnum):
            return self.of(str(found)) if found else None
        return found


def _parts(told: type) -> tuple[_Part, ...]:
    types = get_type_hints(told)
    found = []
    for each in fields(told):
        types_of = [one for one in _alone(types[each.name]) if one is not type(None)]
        (of,) = types_of
        optional = len(_alone(types[each.name])) > 1 or each.default is not MISSING
        found.append(
            _Part(each.name, of, not optional and of is not bool, each.metadata["asked"])
        )  # fmt: skip
    return tuple(found)


def _alone(annotation: Any) -> tuple[type, ...]:  # noqa: ANN401 - an annotation is no type of its own
    return get_args(annotation) if get_origin(annotation) is UnionType else (annotation,)  # fmt: skip
