"""All clients of the firm on one day: what each is looked at for, and the pictures that show it (rules.md 9)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from creditdesk.domain.base.money import Money
from creditdesk.domain.review.month import Standing
from creditdesk.i18n import N_, Bilingual, Message

SOON, ENDING, STALE = timedelta(days=7), timedelta(days=60), timedelta(days=35)
MUCH = Decimal(25)
"""Per cent of the balance without cover from which a client stands out."""
REVIEWED = timedelta(days=365)
"""A yearly review is missing once the last one is older."""
_LOOKED_AHEAD = timedelta(days=180)
"""Policies that end within this time stand in the picture."""


class Only(StrEnum):
    """The figures that filter the list."""

    LATE = "LATE"
    AT_STAKE = "AT_STAKE"
    UNCOVERED = "UNCOVERED"
    ENDING = "ENDING"
    REVIEW = "REVIEW"
    STALE = "STALE"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientState:
    """One client on the day.

    `over`: what of its balance lies beyond the limits. `besides`: what is owed in other currencies, which stands in no
    figure. `policy_end`, `ledger_on` None: there is none; `reviewed_on` None: no yearly review was written; `reason`
    None: nothing stands out. `incomplete`: something of its cover couldn't be worked out.
    """

    id: int
    name: str
    late: int
    soon: int
    at_stake: tuple[Money, ...]
    standing: Standing
    over: Money
    besides: tuple[Money, ...] = ()
    policy_end: date | None
    ledger_on: date | None
    reviewed_on: date | None
    reason: Message | None = None
    grave: bool = False
    incomplete: bool = False

    @property
    def currency(self) -> str:
        """Of its figures."""
        return self.standing.balance.currency

    def is_in(self, only: Only, today: date) -> bool:
        """Whether a figure counts it."""
        match only:
            case Only.LATE:
                return self.late > 0
            case Only.AT_STAKE:
                return bool(self.at_stake)
            case Only.UNCOVERED:
                return bool(self.standing.uncovered)
            case Only.ENDING:
                return self.policy_end is not None and self.policy_end - today <= ENDING
            case Only.REVIEW:
                return self.lacks_review(today)
            case Only.STALE:
                return self.ledger_on is not None and today - self.ledger_on > STALE

    def lacks_review(self, today: date) -> bool:
        """Whether it has a policy or a ledger, and no yearly review of the last 365 days."""
        if self.policy_end is None and self.ledger_on is None:
            return False
        return self.reviewed_on is None or today - self.reviewed_on > REVIEWED


def reasons(state: ClientState, first: Bilingual | None, today: date) -> Iterator[Message]:  # fmt: skip
    """Why a client is looked at, the worst first; `first`: its first late duty."""
    if first is not None:
        yield Message.of(N_("{title}: late"), title=first)
    if state.policy_end is None:
        yield Message(N_("no policy"))
    elif state.policy_end - today <= ENDING:
        yield Message.of(
            N_("policy ends in {count} days"), count=(state.policy_end - today).days
        )
    share = state.standing.share
    if share is not None and share >= MUCH:
        yield Message.of(N_("{share} % not insured"), share=share)
    if state.ledger_on is None:
        yield Message(N_("no ledger yet"))
    elif today - state.ledger_on > STALE:
        yield Message.of(
            N_("ledger {count} days old"), count=(today - state.ledger_on).days
        )


class Picture(StrEnum):
    """What a picture shows of the clients."""

    DUTIES = "DUTIES"
    ENDING = "ENDING"
    REVIEW = "REVIEW"
    UNCOVERED = "UNCOVERED"
    OVERDUE = "OVERDUE"
    OVER_LIMIT = "OVER_LIMIT"


PICTURE_TITLES = {
    Picture.DUTIES: N_("What is late"),
    Picture.ENDING: N_("Whose policy ends"),
    Picture.REVIEW: N_("Who has no yearly review"),
    Picture.UNCOVERED: N_("Not insured"),
    Picture.OVERDUE: N_("Overdue"),
    Picture.OVER_LIMIT: N_("Beyond the limits"),
}
PICTURE_KEYS = {
    Picture.DUTIES: N_("duties · filled: within 7 days · hatched: late"),
    Picture.ENDING: N_("days until the policy ends, at most 180"),
    Picture.REVIEW: N_("days since the last one, from 366 on"),
    Picture.UNCOVERED: N_("filled: insured · hatched: not insured"),
    Picture.OVERDUE: N_("filled: not due · hatched: overdue"),
    Picture.OVER_LIMIT: N_("filled: within the limits · hatched: beyond them"),
}
_MONEY = (Picture.UNCOVERED, Picture.OVERDUE, Picture.OVER_LIMIT)
NONE_OF_IT = {
    Picture.DUTIES: N_("Nothing is late or due within 7 days."),
    Picture.ENDING: N_("No policy ends within 180 days."),
    Picture.REVIEW: N_("Every client has a review of the last 365 days."),
    Picture.UNCOVERED: N_("All of it is insured."),
    Picture.OVERDUE: N_("Nothing is overdue."),
    Picture.OVER_LIMIT: N_("Nobody is beyond its limit."),
}
"""What an empty picture says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmBar:
    """A client in a picture: the filled part and the hatched one after it, and what is written at its end.

    `figure`: a count of duties, an amount, days; None: there is no policy, or no review was ever written.
    """

    client: int
    name: str
    filled: Decimal = Decimal(0)
    hatched: Decimal = Decimal(0)
    figure: Money | int | None

    @property
    def length(self) -> Decimal:
        """The whole bar."""
        return self.filled + self.hatched


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmChart:
    """A picture on one scale; `currency` empty: it shows no money."""

    picture: Picture
    currency: str = ""
    bars: tuple[FirmBar, ...]


def firm_charts(states: Sequence[ClientState], today: date) -> tuple[FirmChart, ...]:
    """Duties, policies and reviews of all clients, then three pictures a currency; the worst client of each first.

    A client of which a picture has nothing to say stands not in it. Currencies are never put on one scale.
    """
    codes = sorted({each.currency for each in states if each.standing.balance})
    return (
        _chart(Picture.DUTIES, "", [_duties(each) for each in states if each.late + each.soon]),
        _chart(Picture.ENDING, "", [bar for each in states if (bar := _ending(each, today))], shortest=True),
        _chart(Picture.REVIEW, "", [_review(each, today) for each in states if each.lacks_review(today)]),
        *(
            _chart(picture, code, filter(None, (_money(each, picture, code) for each in states)))
            for code in codes
            for picture in _MONEY
        ),
    )  # fmt: skip


def _chart(
    picture: Picture, currency: str, bars: Iterable[FirmBar], *, shortest: bool = False
) -> FirmChart:
    sign = 1 if shortest else -1
    ordered = sorted(
        bars,
        key=lambda each: (each.figure is not None, sign * each.hatched, sign * each.filled, each.name),
    )  # fmt: skip
    return FirmChart(picture=picture, currency=currency, bars=tuple(ordered))


def _duties(state: ClientState) -> FirmBar:
    return FirmBar(
        client=state.id, name=state.name, filled=Decimal(state.soon), hatched=Decimal(state.late),
        figure=state.late,
    )  # fmt: skip


def _ending(state: ClientState, today: date) -> FirmBar | None:
    if state.policy_end is None:
        return FirmBar(client=state.id, name=state.name, figure=None)
    left = state.policy_end - today
    if left > _LOOKED_AHEAD:
        return None
    return FirmBar(client=state.id, name=state.name, filled=Decimal(left.days), figure=left.days)  # fmt: skip


def _review(state: ClientState, today: date) -> FirmBar:
    if state.reviewed_on is None:
        return FirmBar(client=state.id, name=state.name, figure=None)
    days = (today - state.reviewed_on).days
    return FirmBar(client=state.id, name=state.name, hatched=Decimal(days), figure=days)


def _money(state: ClientState, picture: Picture, code: str) -> FirmBar | None:
    part = {
        Picture.UNCOVERED: state.standing.uncovered,
        Picture.OVERDUE: state.standing.overdue,
        Picture.OVER_LIMIT: state.over,
    }[picture]
    if state.currency != code or part.amount <= 0:
        return None
    rest = max(Decimal(0), state.standing.balance.amount - part.amount)
    return FirmBar(client=state.id, name=state.name, filled=rest, hatched=part.amount, figure=part)  # fmt: skip
