"""What people type, read by its kind: dates, amounts, percentages and numbers, also in full-width characters."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from enum import StrEnum

from creditdesk.errors import UserError
from creditdesk.i18n import N_

Answer = str | date | Decimal | int | bool | None

YES = "true"
NO = "false"
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_DIGITS_OF_A_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_AMOUNT = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
_WHOLE = re.compile(r"\d{1,9}")
_MOST_PERCENT = 100


class FieldKind(StrEnum):
    """What a field takes. A percentage is written as 90 for 90 %."""

    TEXT = "text"
    MULTILINE = "multiline"
    DATE = "date"
    AMOUNT = "amount"
    PERCENT = "percent"
    NUMBER = "number"
    CHOICE = "choice"
    FLAG = "flag"
    TABLE = "table"


_WORDS = frozenset(
    {FieldKind.TEXT, FieldKind.MULTILINE, FieldKind.CHOICE, FieldKind.TABLE}
)


class DayUnread(UserError):
    """A date that can't be read."""

    message = N_("“{text}” is no date. Write it as 2026-01-31.")


class AmountUnread(UserError):
    """An amount that can't be read."""

    message = N_("“{text}” is no amount. Write it as 1250.00 or 1,250.00.")


class PercentUnread(UserError):
    """Not between 0 and 100."""

    message = N_("“{text}” is no percentage between 0 and 100. Write 90 for 90 %.")


class NumberUnread(UserError):
    """Not a whole number."""

    message = N_("“{text}” is no whole number.")


def read(kind: FieldKind, text: str) -> Answer:
    """The value of a text, None where it is empty. Raises a `UserError` that says what can't be read."""
    if kind in _WORDS:
        return text.strip()
    if kind is FieldKind.FLAG:
        return text == YES
    plain = _plain(text)
    if not plain:
        return None
    if kind is FieldKind.DATE:
        return _day(plain)
    if kind is FieldKind.NUMBER:
        return _whole(plain)
    return _amount(plain) if kind is FieldKind.AMOUNT else _percent(plain)


def tidy(kind: FieldKind, text: str) -> str:
    """The text as the program writes it: ISO dates, separated thousands; what can't be read stays as it is."""
    try:
        value = read(kind, text)
    except UserError:
        return text
    if kind is FieldKind.AMOUNT and isinstance(value, Decimal):
        return f"{value:,f}"
    if isinstance(value, bool):
        return YES if value else NO
    return "" if value is None else str(value)


def plain_digits(text: str) -> str:
    """Half-width digits without separators, for the rules that read them."""
    return _plain(text).replace(",", "")


def _plain(text: str) -> str:
    """Half-width and without spaces, units and currency signs people put around figures."""
    half = unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()
    return "".join(half.split()).strip("¥$€£%")


def _day(text: str) -> date:
    found = _DAY.fullmatch(text) or _DIGITS_OF_A_DAY.fullmatch(text)
    if found is None:
        raise DayUnread(text=text)
    year, month, day = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError as error:
        raise DayUnread(text=text) from error


def _amount(text: str) -> Decimal:
    if not _AMOUNT.fullmatch(text):
        raise AmountUnread(text=text)
    return Decimal(text.replace(",", ""))


def _percent(text: str) -> Decimal:
    if not _AMOUNT.fullmatch(text):
        raise PercentUnread(text=text)
    number = Decimal(text.replace(",", ""))
    if not 0 <= number <= _MOST_PERCENT:
        raise PercentUnread(text=text)
    return number


def _whole(text: str) -> int:
    digits = text.replace(",", "")
    if not _WHOLE.fullmatch(digits) or not digits.isascii():
        raise NumberUnread(text=text)
    return int(digits)
