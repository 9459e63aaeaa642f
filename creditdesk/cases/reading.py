"""Reads the JSON of a case strictly: an unknown key, an impossible date or a negative amount refuses it."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import TypeVar

from creditdesk.domain.base.money import Money
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message

Choice = TypeVar("Choice", bound=StrEnum)
_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,12})?", re.ASCII)
_WHOLE = re.compile(r"\d{1,18}", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_YEARS = range(1900, 2201)
_MOST_DAYS = 36_500


class CaseNotAnObject(UserError):
    """Something else stands where an object belongs."""

    message = N_("{where} must be a JSON object with names and values.")


class CaseNotAList(UserError):
    """Something else stands where a list belongs."""

    message = N_("{where} must be a JSON list.")


class CaseKeyUnknown(UserError):
    """A key nobody reads: a mistyped one would be left out silently."""

    message = N_("{where} has unknown names: {keys}. Correct or remove them.")


class CaseValueMissing(UserError):
    """A value without a default."""

    message = N_("{where} needs a value for “{key}”.")


class CaseValueWrong(UserError):
    """A value of the wrong kind."""

    message = N_("{where}: “{key}” is {value}, but {wanted} is needed.")


class CaseIdUsedTwice(UserError):
    """Ids are unique."""

    message = N_("The id {id} is used twice. Every document needs its own.")


class CaseReferenceUnknown(UserError):
    """A document names an invoice that isn't there."""

    message = N_("{id} names the invoice {target}, which is not in the case.")


class Reader:
    """One JSON object, read key by key. `close()` refuses keys nobody asked for; null counts as absent."""

    def __init__(self, values: object, where: str) -> None:
        if not isinstance(values, Mapping):
            raise CaseNotAnObject(where=where)
        self._values = values
        self._asked: set[str] = set()
        self.where = where

    def has(self, key: str) -> bool:
        """Whether a value is given."""
        return self._values.get(key) is not None

    def is_object(self, key: str) -> bool:
        """Whether an object is given."""
        return isinstance(self._values.get(key), Mapping)

    def is_text(self, key: str) -> bool:
        """Whether a string is given."""
        return isinstance(self._values.get(key), str)

    def text(self, key: str, default: str | None = None) -> str:
        """A string; required without a default. A whole number counts as its digits."""
        value: object = self._raw(key, default)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or (not value.strip() and default is None):
            raise self._wrong(key, N_("a text"))
        return value

    def choice(
        self, key: str, kind: type[Choice], default: Choice | None = None
    ) -> Choice:
        """One of a closed set; required without a default."""
        value = self._raw(key, default)
        if not isinstance(value, str) or value not in {*kind}:
            raise self._wrong(key, N_("one of {choices}"), choices=tuple(kind))
        return kind(value)

    def any_case(
        self, key: str, kind: type[Choice], default: Choice | None = None
    ) -> Choice:
        """One of a closed set in capital or small letters; required without a default."""
        value = self._raw(key, default)
        named = {each.casefold(): each for each in kind}
        if not isinstance(value, str) or value.casefold() not in named:
            raise self._wrong(key, N_("one of {choices}"), choices=tuple(kind))
        return named[value.casefold()]

    def maybe_any_case(self, key: str, kind: type[Choice]) -> Choice | None:
        """One of a closed set in capital or small letters, or None."""
        self._asked.add(key)
        return self.any_case(key, kind) if self.has(key) else None

    def maybe(self, key: str, kind: type[Choice]) -> Choice | None:
        """One of a closed set, or None."""
        self._asked.add(key)
        return self.choice(key, kind) if self.has(key) else None

    def currency(self, key: str, default: str | None = None) -> str:
        """An ISO 4217 code."""
        value = self._raw(key, default)
        if not isinstance(value, str) or value not in _currencies():
            raise self._wrong(key, N_("a currency code such as CNY"))
        return value

    def day(self, key: str) -> date:
        """A date; required."""
        return self._date(key, self._raw(key, None))

    def maybe_day(self, key: str) -> date | None:
        """A date, or None."""
        self._asked.add(key)
        return self.day(key) if self.has(key) else None

    def number(self, key: str, default: str | None = None) -> Decimal:
        """An exact number that isn't negative; required without a default."""
        number = self._decimal(key, self._raw(key, default))
        if number < 0:
            raise self._wrong(key, N_("a number that isn't negative"))
        return number

    def maybe_number(self, key: str) -> Decimal | None:
        """An exact number that isn't negative, or None."""
        self._asked.add(key)
        return self.number(key) if self.has(key) else None

    def maybe_signed_number(self, key: str) -> Decimal | None:
        """An exact number, perhaps below 0, or None."""
        self._asked.add(key)
        return self._decimal(key, self._raw(key, None)) if self.has(key) else None

    def percent(self, key: str, default: str | None = None) -> Decimal:
        """A percentage from 0 to 100; required without a default."""
        number = self.number(key, default)
        if number > 100:
            raise self._wrong(key, N_("a percentage between 0 and 100"))
        return number

    def money(
        self,
        key: str,
        currency: str,
        default: str | None = None,
        *,
        signed: bool = False,
    ) -> Money:
        """An amount, no finer than its currency; not negative unless `signed`; required without a default."""
        number = self._decimal(key, self._raw(key, default))
        money = Money(number, currency)
        if number < 0 and not signed:
            raise self._wrong(key, N_("an amount that isn't negative"))
        if money.rounded().amount != number:
            text = N_("an amount without fractions of the smallest unit of {currency}")
            raise self._wrong(key, text, currency=currency)
        return money.rounded()

    def maybe_money(self, key: str, currency: str) -> Money | None:
        """An amount, or None."""
        self._asked.add(key)
        return self.money(key, currency) if self.has(key) else None

    def days(self, key: str, default: int | None = None) -> int:
        """A whole number of days or other units, not negative; required without a default."""
        return self._whole(key, self._raw(key, default))

    def maybe_days(self, key: str) -> int | None:
        """A whole number, or None."""
        self._asked.add(key)
        return self.days(key) if self.has(key) else None

    def signed_days(self, key: str) -> int:
        """A whole number of days, negative before the day; required."""
        text = str(self._raw(key, None))
        whole = self._whole(key, text.removeprefix("-"))
        return -whole if text.startswith("-") else whole

    def fact(self, key: str) -> Decimal | str | bool:
        """A number, also one written as text, a word, or true or false."""
        value = self._raw(key, None)
        if isinstance(value, bool):
            return value
        text = self.text(key) if not isinstance(value, Decimal) else str(value)
        return Decimal(text) if _NUMBER.fullmatch(text) else text.strip()

    @property
    def keys(self) -> tuple[str, ...]:
        """The names that have a value."""
        return tuple(str(key) for key in self._values if self.has(key))

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self.maybe_flag(key)
        return default if value is None else value

    def maybe_flag(self, key: str) -> bool | None:
        """True, false, or None."""
        self._asked.add(key)
        value = self._values.get(key)
        if value is not None and not isinstance(value, bool):
            raise self._wrong(key, N_("true or false"))
        return value

    def items(self, key: str, *, required: bool = True) -> list[object]:
        """A list; required lists may be empty."""
        value = self._raw(key, None if required else [])
        if not isinstance(value, list):
            raise CaseNotAList(where=key)
        return value

    def objects(self, key: str, *, required: bool = True) -> Iterator["Reader"]:
        """A list of objects."""
        for place, value in enumerate(self.items(key, required=required), start=1):
            yield Reader(value, f"{key}[{place}]")

    def part(self, key: str) -> "Reader":
        """An object; required."""
        return Reader(self._raw(key, None), key)

    def period(self, key: str) -> tuple[date, date] | None:
        """Two dates, both included, or None."""
        self._asked.add(key)
        if not self.has(key):
            return None
        value = self.items(key)
        if len(value) != 2:
            raise self._wrong(key, N_("a list of two dates"))
        start, end = (self._date(key, part) for part in value)
        if end < start:
            raise self._wrong(key, N_("a list of two dates"))
        return start, end

    def whole_numbers(self, key: str, default: tuple[int, ...]) -> tuple[int, ...]:
        """Ascending whole numbers above 0."""
        self._asked.add(key)
        if not self.has(key):
            return default
        values = tuple(self._whole(key, value) for value in self.items(key))
        if list(values) != sorted({*values}) or 0 in values or not values:
            raise self._wrong(key, N_("a list of ascending days above 0"))
        return values

    def ignore(self, *keys: str) -> None:
        """Let these keys stand: they mean something in other objects of the same list."""
        self._asked.update(keys)

    def refuse(self, *keys: str) -> None:
        """Refuse these keys unless they are null: here they would mean something else."""
        for key in keys:
            if self.has(key):
                raise self._wrong(key, N_("nothing here"))
        self.ignore(*keys)

    def reference(self, key: str) -> str | None:
        """The id of another document, or None."""
        self._asked.add(key)
        return self.text(key) if self.has(key) else None

    def references(
        self, key: str, *, required: bool = False
    ) -> tuple[str | None, tuple[str, ...]]:
        """The id of another document, or the ids of several in their order: the first, and the others. None: none."""
        self._asked.add(key)
        if not isinstance(self._values.get(key), list):
            return (self.text(key) if required else self.reference(key)), ()
        given = self.items(key)
        names = tuple(each for each in given if isinstance(each, str) and each.strip())
        if len(names) < max(1, len(given)):
            raise self._wrong(key, N_("an id, or a list of ids"))
        return names[0], names[1:]

    def choices(self, key: str, kind: type[Choice]) -> tuple[Choice, ...]:
        """Some of a closed set, none where nothing is given."""
        given = self.items(key, required=False)
        if not all(isinstance(each, str) and each in {*kind} for each in given):
            raise self._wrong(key, N_("a list of {choices}"), choices=tuple(kind))
        return tuple(kind(str(each)) for each in given)

    def maybe_part(self, key: str) -> "Reader | None":
        """An object, or None."""
        self._asked.add(key)
        return self.part(key) if self.has(key) else None

    def close(self) -> None:
        """Refuse keys nobody asked for."""
        unknown = tuple(sorted(str(key) for key in self._values if key not in self._asked))  # fmt: skip
        if unknown:
            raise CaseKeyUnknown(where=self.where, keys=unknown)

    def wrong(self, key: str, wanted: str, **places: object) -> CaseValueWrong:
        """The refusal of a value that makes no sense beside the others."""
        return self._wrong(key, wanted, **places)

    def _raw(self, key: str, default: object) -> object:
        self._asked.add(key)
        value: object = self._values.get(key)
        if value is not None:
            return value
        if default is None:
            raise CaseValueMissing(where=self.where, key=key)
        return default

    def _decimal(self, key: str, value: object) -> Decimal:
        text = str(value)
        if isinstance(value, bool) or not _NUMBER.fullmatch(text):
            raise self._wrong(key, N_("a number in digits such as 1250.00"))
        return Decimal(text)

    def _whole(self, key: str, value: object) -> int:
        text = str(value)
        if isinstance(value, bool) or not _WHOLE.fullmatch(text) or int(text) > _MOST_DAYS:  # fmt: skip
            raise self._wrong(key, N_("a whole number"))
        return int(text)

    def _date(self, key: str, value: object) -> date:
        text = value if isinstance(value, str) and _DATE.fullmatch(value) else ""
        try:
            day = date.fromisoformat(text)
        except ValueError as error:
            raise self._wrong(key, N_("a date such as 2025-01-31")) from error
        if day.year not in _YEARS:
            raise self._wrong(key, N_("a date such as 2025-01-31"))
        return day

    def _wrong(self, key: str, wanted: str, **places: object) -> CaseValueWrong:
        value = str(self._values.get(key))[:60]
        message = Message.of(wanted, **places)
        return CaseValueWrong(where=self.where, key=key, value=value, wanted=message)


@cache
def _currencies() -> frozenset[str]:
    """The codes of ISO 4217, those of former currencies included."""
    from babel.numbers import list_currencies  # noqa: PLC0415 - slow to import

    return frozenset(list_currencies())
