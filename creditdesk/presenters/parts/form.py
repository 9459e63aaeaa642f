"""A form without Qt: what was typed, what is wrong with it, and saving through whoever knows how."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from creditdesk.errors import UserError
from creditdesk.events import Event
from creditdesk.i18n import N_, Bilingual, Message
from creditdesk.presenters.parts.typed import Answer, FieldKind, read, tidy


class AnswerMissing(UserError):
    """A field that can't stay empty is empty."""

    message = N_("Fill in “{field}”.")


@dataclass(frozen=True, slots=True)
class Option:
    """One of the values a choice offers, in the words of the form's language."""

    value: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field, in the words of the form's language. `hint` stands in the empty field, `unit` behind it.

    `columns`: of a table, whose text is a list of rows in JSON.
    """

    key: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    unit: str = ""
    hint: str = ""
    options: tuple[Option, ...] = ()
    columns: tuple["FormField", ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """What a form's fields hold, read by their kinds. None: left empty."""

    values: Mapping[str, Answer] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """Words, empty where nothing was typed."""
        value = self.values.get(key)
        return "" if value is None else str(value)

    def day(self, key: str) -> date | None:
        """A date."""
        value = self.values.get(key)
        return value if isinstance(value, date) else None

    def amount(self, key: str) -> Decimal | None:
        """An amount or percentage, as typed: 90 for 90 %."""
        value = self.values.get(key)
        return value if isinstance(value, Decimal) else None

    def whole(self, key: str) -> int | None:
        """A whole number."""
        value = self.values.get(key)
        return value if isinstance(value, int) else None

    def flag(self, key: str) -> bool:
        """Yes or no."""
        return self.values.get(key) is True


class Form:
    """Fields with their texts. Every text is kept as it was typed until it is saved or dropped.

    `blame` says under which field a refusal belongs; one whose place `field` is a field's label finds its own way.
    """

    def __init__(
        self,
        fields: Sequence[FormField],
        save: Callable[[Answers], object],
        values: Mapping[str, str] | None = None,
        blame: Mapping[type[UserError], str] | None = None,
    ) -> None:
        self.changed: Event[None] = Event()
        self.fault: Message | None = None
        self._save = save
        self._blame = dict(blame or {})
        self._start(fields, values or {})

    def _start(self, fields: Sequence[FormField], values: Mapping[str, str]) -> None:
        self.fields = tuple(fields)
        self._fields = {each.key: each for each in fields}
        self._saved = {
            each.key: tidy(each.kind, values.get(each.key, "")) for each in fields
        }
        self._texts = dict(self._saved)
        self._faults: dict[str, Message] = {}
        self.fault = None

    def value(self, key: str) -> str:
        """What stands in a field."""
        return self._texts[key]

    def fault_of(self, key: str) -> Message | None:
        """What is wrong with a field, to be shown under it."""
        return self._faults.get(key)

    @property
    def faulty(self) -> str | None:
        """The first field with a fault, where the cursor belongs."""
        return next(
            (each.key for each in self.fields if each.key in self._faults), None
        )

    def is_dirty(self) -> bool:
        """Whether anything differs from what is saved."""
        return any(
            tidy(each.kind, self._texts[each.key]) != self._saved[each.key]
            for each in self.fields
        )

    def load(self, values: Mapping[str, str]) -> None:
        """Start from these texts; what was typed before is gone."""
        self._start(self.fields, values)
        self.changed.emit(None)

    def show_fields(self, fields: Sequence[FormField]) -> None:
        """Other fields or options from now on; texts of fields that stay are kept."""
        before, saved = self._texts, self._saved
        self._start(fields, saved)
        self._texts.update(
            {key: text for key, text in before.items() if key in self._fields}
        )
        self.changed.emit(None)

    def set(self, key: str, text: str) -> None:
        """The person typed; what was wrong with the field before is forgotten."""
        if self._texts[key] == text:
            return
        self._texts[key] = text
        self._faults.pop(key, None)
        self.fault = None
        self.changed.emit(None)

    def check(self, key: str) -> bool:
        """The person left a field: read it, and write it tidily or say what is wrong."""
        sound = self._read(self._fields[key], leaving=True) is not _UNREAD
        if sound:
            self._texts[key] = tidy(self._fields[key].kind, self._texts[key])
        self.changed.emit(None)
        return sound

    def save(self) -> bool:
        """Save what is typed; False and faults where that isn't possible."""
        self.fault = None
        self._faults.clear()
        answers = {each.key: self._read(each) for each in self.fields}
        if not self._faults:
            self._hand_over({key: _known(value) for key, value in answers.items()})
        self.changed.emit(None)
        return not self._faults and self.fault is None

    def drop(self) -> None:
        """Back to what is saved."""
        self.load(self._saved)

    def _hand_over(self, answers: Mapping[str, Answer]) -> None:
        try:
            self._save(Answers(answers))
        except UserError as error:
            key = self._blamed(error)
            if key is None:
                self.fault = error.said
            else:
                self._faults[key] = error.said
            return
        self._saved = {
            each.key: tidy(each.kind, self._texts[each.key]) for each in self.fields
        }

    def _blamed(self, error: UserError) -> str | None:
        named = self._blame.get(type(error))
        if named in self._fields:
            return named
        where = error.places.get("field")
        names = {where.zh, where.en} if isinstance(where, Bilingual) else {where}
        return next((each.key for each in self.fields if each.label in names), None)

    def _read(self, asked: FormField, *, leaving: bool = False) -> "Answer | _Unread":
        text = self._texts[asked.key].strip()
        try:
            if not text and asked.required and not leaving:
                raise AnswerMissing(field=asked.label)
            answer = read(asked.kind, text)
        except UserError as error:
            self._faults[asked.key] = error.said
            return _UNREAD
        return answer


class _Unread:
    """A text that could not be read."""


_UNREAD = _Unread()


def _known(value: "Answer | _Unread") -> Answer:
    return None if isinstance(value, _Unread) else value
