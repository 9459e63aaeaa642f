"""How an insurer served the firm's clients, in pictures: limit answers, claim cycle, premium against indemnity."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from statistics import median

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.closing import Passed
from creditdesk.i18n import N_


class Behind(StrEnum):
    """What a bar counts: the rows behind it."""

    FULL = "FULL"
    PART = "PART"
    REFUSED = "REFUSED"
    TO_FILE = "TO_FILE"
    TO_DECIDE = "TO_DECIDE"
    TO_PAY = "TO_PAY"
    PREMIUM = "PREMIUM"
    INDEMNITY = "INDEMNITY"


BEHIND_TITLES = {
    Behind.FULL: N_("In full"),
    Behind.PART: N_("In part"),
    Behind.REFUSED: N_("Refused"),
    Behind.TO_FILE: N_("Notice to filing"),
    Behind.TO_DECIDE: N_("Filing to decision"),
    Behind.TO_PAY: N_("Decision to payment"),
    Behind.PREMIUM: N_("Premium"),
    Behind.INDEMNITY: N_("Indemnity"),
}


class RecordPicture(StrEnum):
    """A picture of the record."""

    ANSWERS = "ANSWERS"
    CYCLE = "CYCLE"
    AMOUNTS = "AMOUNTS"
    PREMIUM = "PREMIUM"


RECORD_TITLES = {
    RecordPicture.ANSWERS: N_("Answers to limit applications"),
    RecordPicture.CYCLE: N_("Claim cycle"),
    RecordPicture.AMOUNTS: N_("Limits asked for"),
    RecordPicture.PREMIUM: N_("Premium against indemnity"),
}
RECORD_KEYS = {
    RecordPicture.ANSWERS: N_("applications, by what was answered"),
    RecordPicture.CYCLE: N_("days, the middle of all claims that got so far"),
    RecordPicture.AMOUNTS: N_("filled: granted · hatched: asked for and not granted"),
    RecordPicture.PREMIUM: N_("filled: paid · hatched: asked for and owed"),
}
RECORD_NONE = {
    RecordPicture.ANSWERS: N_("No application of ours was answered yet."),
    RecordPicture.CYCLE: N_("No claim got that far yet."),
    RecordPicture.AMOUNTS: N_("No application of ours was answered yet."),
    RecordPicture.PREMIUM: N_("No premium note and no payment is kept."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitAnswer:
    """A limit that was asked for and answered. `applied_on` None: nobody entered when it was asked for."""

    client_id: int
    client: str
    buyer_id: int
    buyer: str
    policy: str
    asked: Money
    granted: Money
    applied_on: date | None
    decided_on: date

    @property
    def behind(self) -> Behind:
        """All of it, some of it, or nothing."""
        if self.granted >= self.asked:
            return Behind.FULL
        return Behind.PART if self.granted else Behind.REFUSED

    @property
    def days(self) -> int | None:
        """From application to decision; None where that isn't known, or the dates run backwards."""
        if self.applied_on is None or self.decided_on < self.applied_on:
            return None
        return (self.decided_on - self.applied_on).days


@dataclass(frozen=True, slots=True, kw_only=True)
class PremiumAsked:
    """A premium note that stands, fees not among them; an adjustment to the client's favour is negative."""

    client_id: int
    client: str
    policy_id: int
    policy: str
    amount: Money
    due_on: date
    paid_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InsurerRecord:
    """All that is known of an insurer's service, over all clients and all time."""

    insurer: str
    on: date
    answers: tuple[LimitAnswer, ...]
    claims: tuple[Passed, ...]
    premiums: tuple[PremiumAsked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBar:
    """A bar: the filled part, the hatched one after it, and what is written at its end."""

    behind: Behind
    filled: Decimal = Decimal(0)
    hatched: Decimal = Decimal(0)
    figure: Money | int | None

    @property
    def length(self) -> Decimal:
        """The whole bar."""
        return self.filled + self.hatched


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChart:
    """A picture on one scale; `currency` empty: it shows no money."""

    picture: RecordPicture
    currency: str = ""
    bars: tuple[RecordBar, ...]


SPANS: dict[Behind, Callable[[Passed], tuple[date | None, date | None]]] = {
    Behind.TO_FILE: lambda each: (each.notified_on, each.filed_on),
    Behind.TO_DECIDE: lambda each: (each.filed_on, each.decided_on),
    Behind.TO_PAY: lambda each: (each.decided_on, each.paid_on),
}
"""From when to when each part of a claim runs."""


def span(claim: Passed, part: Behind) -> int | None:
    """Days a part of a claim took; None: it didn't get so far."""
    start, end = SPANS[part](claim)
    return (end - start).days if start and end else None


def record_charts(record: InsurerRecord) -> tuple[RecordChart, ...]:
    """Answers by count, the cycle, then amounts and premium of each currency; nothing is added across currencies."""
    asked = sorted({each.asked.currency for each in record.answers})
    paid = {each.paid.currency for each in record.claims if each.paid}
    costs = sorted({each.amount.currency for each in record.premiums} | paid)
    return (
        RecordChart(picture=RecordPicture.ANSWERS, bars=tuple(_counts(record.answers))),
        RecordChart(picture=RecordPicture.CYCLE, bars=tuple(_cycle(record.claims))),
        *(
            RecordChart(
                picture=RecordPicture.AMOUNTS, currency=code, bars=tuple(_amounts(record.answers, code))
            )
            for code in asked
        ),
        *(
            RecordChart(picture=RecordPicture.PREMIUM, currency=code, bars=tuple(_costs(record, code)))
            for code in costs
        ),
    )  # fmt: skip


def _counts(answers: Sequence[LimitAnswer]) -> Iterator[RecordBar]:
    for kind in (Behind.FULL, Behind.PART, Behind.REFUSED) if answers else ():
        count = sum(each.behind is kind for each in answers)
        filled, hatched = (0, count) if kind is Behind.REFUSED else (count, 0)
        yield RecordBar(behind=kind, filled=Decimal(filled), hatched=Decimal(hatched), figure=count)  # fmt: skip


def _cycle(claims: Sequence[Passed]) -> Iterator[RecordBar]:
    known = {
        part: [days for each in claims if (days := span(each, part)) is not None]
        for part in SPANS
    }
    if not any(known.values()):
        return
    for part, spans in known.items():
        middle = round(median(spans)) if spans else None
        yield RecordBar(behind=part, filled=Decimal(max(0, middle or 0)), figure=middle)


def _amounts(answers: Iterable[LimitAnswer], code: str) -> Iterator[RecordBar]:
    mine = [each for each in answers if each.asked.currency == code]
    for kind in (Behind.FULL, Behind.PART, Behind.REFUSED):
        those = [each for each in mine if each.behind is kind]
        asked = Money.total((each.asked for each in those), code)
        granted = Money.total((min(each.granted, each.asked) for each in those), code)
        yield RecordBar(behind=kind, filled=granted.amount, hatched=(asked - granted).amount, figure=asked)  # fmt: skip


def _costs(record: InsurerRecord, code: str) -> Iterator[RecordBar]:
    mine = [each for each in record.premiums if each.amount.currency == code]
    whole = Money.total((each.amount for each in mine), code)
    paid = Money.total((each.amount for each in mine if each.paid_on), code)
    owed = (whole - paid).floored()
    yield RecordBar(
        behind=Behind.PREMIUM, filled=paid.floored().amount, hatched=owed.amount, figure=whole
    )  # fmt: skip
    indemnities = [each.paid for each in record.claims if each.paid]
    got = Money.total((each for each in indemnities if each.currency == code), code)
    yield RecordBar(behind=Behind.INDEMNITY, filled=got.amount, figure=got)
