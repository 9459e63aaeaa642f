"""Quotes as they are kept: every figure by its key, in texts; what isn't known is missing, never 0 (rules.md 8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.voiding import Voided
from creditdesk.domain.insurers.quotes import (
    FIGURE_TITLES,
    HIGHEST,
    LOWEST,
    Criterion,
    Quote,
    Solvency,
)
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message

_PERCENTAGES: Final = ("rate_pct", "tax_pct")
FIGURES: Final = (
    *_PERCENTAGES, "limits", "minimum", "limit_fee", "monitoring", "collection_share", "retained_loss", "subsidy",
)  # fmt: skip
"""What a quote may say, besides the scores by their codes."""
_HUNDRED = Decimal(100)
_MOST_LIMITS = 1_000_000


class QuoteFigureWrong(UserError):
    """A figure that can't be so."""

    message = N_("“{value}” can't be the {field}: {asked}.")


class QuoteFigureUnknown(UserError):
    """A figure no quote has."""

    message = N_("A quote has no “{field}”. It has: {fields}.")


class QuoteInsurerMissing(UserError):
    """A quote of nobody."""

    message = N_("Say which insurer made the quote.")


class QuoteTurnoverMissing(UserError):
    """A quote for nothing."""

    message = N_("Enter the yearly turnover the quote was made for.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewQuote:
    """An offer as it is entered; `figures` by the keys of `FIGURES` and of the criteria, in plain texts."""

    client_id: int
    insurer: str
    on: date
    turnover: Money
    figures: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteLine:
    """A kept offer; its solvency is that of the insurer's file."""

    id: int
    client_id: int
    insurer: str
    on: date
    turnover: Money
    quote: Quote
    who: str
    voided: Voided | None = None


def quote_of(
    insurer: str, figures: Mapping[str, Any], currency: str, solvency: Solvency
) -> Quote:
    """The quote these figures say. Raises `QuoteFigureWrong`, `QuoteFigureUnknown`."""
    known = {
        key: str(text).strip() for key, text in figures.items() if str(text).strip()
    }
    allowed = (*FIGURES, *(each.value for each in Criterion))
    for key in known:
        if key not in allowed:
            raise QuoteFigureUnknown(field=key, fields=allowed)
    read = {key: _number(key, known[key]) for key in FIGURES if key in known}

    def amount(key: str) -> Money | None:
        return Money(read[key], currency) if key in read else None

    return Quote(
        name=insurer,
        rate_pct=read.get("rate_pct"),
        minimum=amount("minimum"),
        tax_pct=read.get("tax_pct"),
        limits=int(read["limits"]) if "limits" in read else None,
        limit_fee=amount("limit_fee"),
        monitoring=amount("monitoring"),
        collection_share=amount("collection_share"),
        retained_loss=amount("retained_loss"),
        subsidy=amount("subsidy"),
        solvency=solvency,
        scores={each: _points(known[each]) for each in Criterion if each in known},
    )


def _number(key: str, text: str) -> Decimal:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise _wrong(key, text, N_("a number")) from error
    if not number.is_finite() or number < 0:
        raise _wrong(key, text, N_("a number from 0"))
    if key in _PERCENTAGES and number > _HUNDRED:
        raise _wrong(key, text, N_("a percentage between 0 and 100"))
    if key == "limits" and (number != int(number) or number > _MOST_LIMITS):
        raise _wrong(key, text, N_("a whole number"))
    return number


def _points(text: str) -> int:
    if text not in {str(each) for each in range(LOWEST, HIGHEST + 1)}:
        field = Message(N_("score"))
        asked = Message(N_("a whole number from 1 to 5"))
        raise QuoteFigureWrong(value=text, field=field, asked=asked)
    return int(text)


def _wrong(key: str, text: str, asked: str) -> QuoteFigureWrong:
    return QuoteFigureWrong(
        value=text, field=Message(FIGURE_TITLES[key]), asked=Message(asked)
    )
