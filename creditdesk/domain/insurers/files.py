"""What is kept of an insurer: solvency, ratings, people, portal, wording, and how it served us (rules.md 8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from statistics import median_low
from typing import Final

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.voiding import Voided
from creditdesk.domain.insurers.quotes import Gate, RiskClass, Solvency, gate
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message

_MOST_RATIO = Decimal(100_000)
YES: Final = "yes"


class InsurerValueWrong(UserError):
    """A value that can't be so."""

    message = N_("“{value}” can't be the {field}: {asked}.")


class InsurerFieldUnknown(UserError):
    """A value nobody asks for."""

    message = N_("This entry has no “{field}”. It asks for: {fields}.")


class InsurerEntryEmpty(UserError):
    """An entry that says nothing."""

    message = N_("Enter at least one value. What isn't known is left blank.")


class EntryKind(StrEnum):
    """What an entry of an insurer's file is about."""

    SOLVENCY = "solvency"
    RATING = "rating"
    CONTACT = "contact"
    PORTAL = "portal"
    WORDING = "wording"


ENTRY_TITLES: Mapping[EntryKind, str] = {
    EntryKind.SOLVENCY: N_("Solvency report"),
    EntryKind.RATING: N_("Rating"),
    EntryKind.CONTACT: N_("Contact person"),
    EntryKind.PORTAL: N_("Portal"),
    EntryKind.WORDING: N_("Wording"),
}
FIELDS: Mapping[EntryKind, Mapping[str, str]] = {
    EntryKind.SOLVENCY: {
        "core_pct": N_("Core solvency ratio"),
        "comprehensive_pct": N_("Comprehensive solvency ratio"),
        "risk_class": N_("Integrated risk rating"),
        "state_insurer": N_("State policy insurer"),
    },
    EntryKind.RATING: {
        "agency": N_("Rating agency"),
        "value": N_("Rating"),
        "outlook": N_("Outlook"),
    },
    EntryKind.CONTACT: {
        "person": N_("Name"),
        "role": N_("What for"),
        "phone": N_("Telephone"),
        "mail": N_("E-mail"),
    },
    EntryKind.PORTAL: {
        "address": N_("Address"),
        "use": N_("What it is used for"),
    },
    EntryKind.WORDING: {"met": N_("Points the wording meets"), "open": N_("Points not looked up")},
}  # fmt: skip
"""The values of each kind, by key; a value that isn't known is left out."""
CHECKLIST: Mapping[str, str] = {
    "W1": N_("the extension period is 60 days or more"),
    "W2": N_("notice may be given 30 days after the extension or later"),
    "W3": N_("the discretionary limit is enough for a typical buyer"),
    "W4": N_("a discretionary limit by own experience"),
    "W5": N_("limits can't be cancelled, or with 30 days' notice or more"),
    "W6": N_("limits revolve"),
    "W7": N_("VAT can be insured"),
    "W8": N_("disputes are tolerated"),
    "W9": N_("known risk is defined precisely, not by “should have known”"),
    "W10": N_("a late declaration can be made good"),
    "W11": N_("recoveries are shared pro rata"),
    "W12": N_("no non-qualifying loss, or 0.5 % of the turnover a claim at most"),
}
"""The twelve points of a wording (rules.md 8), one point each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """An entry as it is made; `values` by the keys of its kind, `as_of`: the day it is true of."""

    insurer: str
    kind: EntryKind
    as_of: date
    values: Mapping[str, str]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """A kept entry."""

    id: int
    insurer: str
    kind: EntryKind
    as_of: date
    values: Mapping[str, str]
    note: str
    who: str
    voided: Voided | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """How an insurer answered our own applications for limits, and what of our shipments it insured.

    `days`: from application to decision, the middle of all answered. `accepted` and `insured` are pairs of asked and
    granted, of shipped and insured, one a currency. `reasons`: of its decisions, with how often, the commonest first.
    """

    answered: int
    in_full: int
    waiting: int
    days: int | None
    accepted: tuple[tuple[Money, Money], ...]
    insured: tuple[tuple[Money, Money], ...]
    reasons: tuple[tuple[Message, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InsurerFile:
    """An insurer by what stands of it; the newest entry of a kind first."""

    name: str
    entries: tuple[EntryLine, ...]
    service: Service

    @property
    def solvency(self) -> Solvency:
        """By its newest report; nothing is known without one."""
        newest = self.newest(EntryKind.SOLVENCY)
        return solvency_of(newest.values) if newest else Solvency()

    @property
    def gate(self) -> Gate:
        """Whether it may be considered at all."""
        return gate(self.solvency)

    @property
    def points(self) -> int | None:
        """Of the twelve of its wording; None: nobody looked."""
        newest = self.newest(EntryKind.WORDING)
        return len(codes(newest.values.get("met", ""))) if newest else None

    def newest(self, kind: EntryKind) -> EntryLine | None:
        """The entry of this kind that counts."""
        mine = (each for each in self.entries if each.kind is kind and not each.voided)
        return next(mine, None)


def checked(kind: EntryKind, values: Mapping[str, str]) -> dict[str, str]:
    """The values that say something. Raises `InsurerFieldUnknown`, `InsurerValueWrong`, `InsurerEntryEmpty`."""
    fields = FIELDS[kind]
    for key in values:
        if key not in fields:
            raise InsurerFieldUnknown(field=key, fields=tuple(fields))
    kept = {key: text.strip() for key, text in values.items() if text.strip()}
    if not kept:
        raise InsurerEntryEmpty
    for key, text in kept.items():
        asked = _wrong(key, text)
        if asked:
            raise InsurerValueWrong(value=text, field=Message(fields[key]), asked=asked)
    return kept


def _wrong(key: str, text: str) -> Message | None:
    """What is asked for where the text isn't it."""
    if key.endswith("_pct"):
        return None if _ratio(text) else Message(N_("a solvency ratio in percent"))
    if key == "risk_class" and text not in set(RiskClass):
        return Message.of(N_("one of {choices}"), choices=tuple(RiskClass))
    if key in {"met", "open"} and not set(codes(text)) <= set(CHECKLIST):
        return Message.of(N_("some of {choices}"), choices=tuple(CHECKLIST))
    return None


def _ratio(text: str) -> bool:
    try:
        return abs(Decimal(text)) <= _MOST_RATIO
    except InvalidOperation:
        return False


def codes(text: str) -> tuple[str, ...]:
    """Points of a wording, parted by commas."""
    return tuple(each.strip() for each in text.replace("，", ",").split(",") if each.strip())  # fmt: skip


def solvency_of(values: Mapping[str, str]) -> Solvency:
    """What a kept solvency report says."""

    def pct(key: str) -> Decimal | None:
        return Decimal(values[key]) if key in values else None

    risk = values.get("risk_class")
    return Solvency(
        core_pct=pct("core_pct"),
        comprehensive_pct=pct("comprehensive_pct"),
        risk_class=RiskClass(risk) if risk else None,
        is_state_insurer=values.get("state_insurer") == YES,
    )


def middle(days: Sequence[int]) -> int | None:
    """The middle of the days, the lower of two; None without any."""
    return median_low(days) if days else None
