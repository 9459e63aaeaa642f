"""What people type, read by its kind: dates, amounts, percentages and numbers, also in full-width characters."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from enum import StrEnum

from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.parts.days import meant, written_out
from creditdesk.presenters.parts.wording import Wording

Answer = str | date | Decimal | int | bool | None

YES = "true"
NO = "false"
_FIGURE = r"(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?"
_PERCENT = re.compile(_FIGURE)
_AMOUNT = re.compile(
    rf"(\()?(-?)({_FIGURE})(百万|千万|万|萬|亿|億|千|[wW])?元?(?(1)\))"
)
_UNITS = {"": 0, "千": 3, "万": 4, "萬": 4, "w": 4, "百万": 6, "千万": 7, "亿": 8, "億": 8}  # fmt: skip
_CENTS = Decimal("0.01")
_WHOLE = re.compile(r"(\d{1,9})[天日]?")
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
        return written_out(plain)
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


def understood(kind: FieldKind, text: str, wording: Wording) -> str:
    """What is typed, as the program writes it once the field is left: 50万 is 500,000.00, 0315 a whole date.

    What can't be read, or could mean two things, stays as it was typed.
    """
    try:
        if kind is FieldKind.DATE and wording.today and (plain := _plain(text)):
            return meant(plain, wording.today(), wording.language).isoformat()
        value = read(kind, text)
    except UserError:
        return text
    if kind is FieldKind.AMOUNT and isinstance(value, Decimal):
        return (
            f"{value if value != value.quantize(_CENTS) else value.quantize(_CENTS):,f}"
        )
    return tidy(kind, text)


def plain_digits(text: str) -> str:
    """Half-width digits without separators, for the rules that read them."""
    return _plain(text).replace(",", "")


def _plain(text: str) -> str:
    """Half-width and without spaces, units and currency signs people put around figures."""
    half = unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()
    return "".join(half.split()).strip("¥$€£%")


def _amount(text: str) -> Decimal:
    """Also with its unit as people say it, and in brackets where it is negative."""
    found = _AMOUNT.fullmatch(text)
    if found is None or (found[1] and found[2]):
        raise AmountUnread(text=text)
    figure = Decimal(found[3].replace(",", ""))
    unit = _UNITS[(found[4] or "").casefold()]
    value = figure.scaleb(unit) if unit else figure
    if unit and value == value.to_integral_value():
        value = value.quantize(Decimal(1))
    return -value if found[1] or found[2] else value


def _percent(text: str) -> Decimal:
    if not _PERCENT.fullmatch(text):
        raise PercentUnread(text=text)
    number = Decimal(text.replace(",", ""))
    if not 0 <= number <= _MOST_PERCENT:
        raise PercentUnread(text=text)
    return number


def _whole(text: str) -> int:
    digits = _WHOLE.fullmatch(text.replace(",", ""))
    if not digits or not digits[1].isascii():
        raise NumberUnread(text=text)
    return int(digits[1])
