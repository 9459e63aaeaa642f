"""Where a deadline is counted from, and how: "MEP_END + 30 CD" (rules.md 2.3)."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from creditdesk.domain.base.calendar import Offset, Unit

_SIGN = re.compile(r"\s*([+-])\s*")
_STEP = re.compile(r"(?P<n>\d{1,4}) *(?P<unit>CD|WD|M|DNM)")


class Anchor(StrEnum):
    """The dated facts deadlines run from.

    `EXTENSION`: the first day of the extended term, the one after the due date. `MONTH_END`: the last day of the month
    or period that is declared. `YEAR_END`: of the calendar year in which the policy ends. `INSURER_DAY`: the
    day the insurer named itself. `LIMITATION`: when it began, or begins anew. `REVIEW`: when the client's own rules
    have a buyer looked at again.
    """

    DUE_DATE = "DUE_DATE"
    EXTENSION = "EXTENSION"
    MEP_END = "MEP_END"
    PD_END = "PD_END"
    INVOICING_END = "INVOICING_END"
    KNOWLEDGE = "KNOWLEDGE"
    NOTICE_SENT = "NOTICE_SENT"
    NOTICE_RECEIVED = "NOTICE_RECEIVED"
    INSOLVENCY = "INSOLVENCY"
    CLAIM_FILED = "CLAIM_FILED"
    CLAIM_RECEIVED = "CLAIM_RECEIVED"
    MANDATE = "MANDATE"
    INSURER_REQUEST = "INSURER_REQUEST"
    INSURER_DAY = "INSURER_DAY"
    MONEY_RECEIVED = "MONEY_RECEIVED"
    SHIPMENT = "SHIPMENT"
    LIMIT_APPLIED = "LIMIT_APPLIED"
    LIMIT_EXPIRY = "LIMIT_EXPIRY"
    LIMIT_WITHDRAWN = "LIMIT_WITHDRAWN"
    MONTH_END = "MONTH_END"
    PERIOD_START = "PERIOD_START"
    PERIOD_END = "PERIOD_END"
    YEAR_END = "YEAR_END"
    NON_RENEWAL = "NON_RENEWAL"
    DATE_OF_LOSS = "DATE_OF_LOSS"
    PREMIUM_DUE = "PREMIUM_DUE"
    LIMITATION = "LIMITATION"
    REVIEW = "REVIEW"


@dataclass(frozen=True, slots=True)
class CountRule:
    """An anchor and the offsets chained on it; none: the anchor's day itself.

    `others` are further ways to count the same deadline: the earliest day of those whose anchor is known is the one.
    """

    anchor: Anchor
    offsets: tuple[Offset, ...] = ()
    others: tuple["CountRule", ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `MEP_END + 30 CD`, `PERIOD_END - 90 CD`, `DUE_DATE + 30 CD | INSOLVENCY + 7 CD`.

        Raises `ValueError`.
        """
        first, *others = (cls._way(way) for way in text.split("|"))
        return cls(first.anchor, first.offsets, tuple(others))

    @classmethod
    def _way(cls, text: str) -> Self:
        anchor, *steps = _SIGN.split(text.strip())
        signed = zip(steps[::2], steps[1::2], strict=True)
        return cls(Anchor(anchor), tuple(_offset(sign, step) for sign, step in signed))

    @property
    def ways(self) -> tuple["CountRule", ...]:
        """Each way to count, alone."""
        return (CountRule(self.anchor, self.offsets), *self.others)

    @property
    def text(self) -> str:
        """The rule as it is written in files and fields."""
        alone = " ".join((self.anchor.value, *map(_step, self.offsets)))
        return " | ".join((alone, *(way.text for way in self.others)))


def _offset(sign: str, step: str) -> Offset:
    if step == Unit.IMMEDIATE and sign == "+":
        return Offset(0, Unit.IMMEDIATE)
    found = _STEP.fullmatch(step)
    if not found or (sign == "-" and found["unit"] != Unit.CALENDAR_DAYS):
        message = f"{step!r} is no step like 30 CD"
        raise ValueError(message)
    return Offset(int(sign + found["n"]), Unit(found["unit"]))


def _step(offset: Offset) -> str:
    if offset.unit is Unit.IMMEDIATE:
        return f"+ {offset.unit.value}"
    sign = "-" if offset.n < 0 else "+"
    return f"{sign} {abs(offset.n)} {offset.unit.value}"
