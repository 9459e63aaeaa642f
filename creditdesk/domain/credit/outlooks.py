"""What is known of countries and sectors, and which buyers it concerns (rules.md 7)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from creditdesk.domain.base.identity import check_uscc
from creditdesk.domain.base.voiding import Voided
from creditdesk.domain.credit.facts import Fact, FactKind
from creditdesk.errors import UserError
from creditdesk.i18n import N_

_LETTERS = 2


class CountryWrong(UserError):
    """A country that isn't two letters."""

    message = N_("“{value}” is no country: write its two letters, such as CN, DE, US.")


class SectorMissing(UserError):
    """A note about no sector."""

    message = N_("Say which sector it is about, in the words that the buyers' files use.")  # fmt: skip


class NoteTitleMissing(UserError):
    """A note that says nothing."""

    message = N_("Say in one line what happened.")


class NoteSourceMissing(UserError):
    """A note nobody can look up."""

    message = N_("Say where it was read: an insurer, an agency, a paper.")


class NoteRatingMissing(UserError):
    """A rating that moved to nowhere."""

    message = N_("Say what the rating is now: it was raised, confirmed or lowered.")


class NoteInFuture(UserError):
    """Nothing is known of tomorrow."""

    message = N_("{on} is still to come. Enter the day of the rating or the news.")


class About(StrEnum):
    """What a note is about."""

    COUNTRY = "country"
    SECTOR = "sector"


class Move(StrEnum):
    """What became of the rating. `NEWS`: the note tells of none."""

    NEWS = "news"
    UP = "up"
    SAME = "same"
    DOWN = "down"


ABOUT_TITLES: Mapping[About, str] = {
    About.COUNTRY: N_("Country"),
    About.SECTOR: N_("Sector"),
}
MOVE_TITLES: Mapping[Move, str] = {
    Move.NEWS: N_("News, no rating"),
    Move.UP: N_("Raised"),
    Move.SAME: N_("Left as it was"),
    Move.DOWN: N_("Lowered"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOutlook:
    """A note as it is made. `subject`: a country's two letters, or a sector in words. `as_of`: of rating or news."""

    about: About
    subject: str
    title: str
    source: str
    as_of: date
    move: Move = Move.NEWS
    rating: str = ""
    outlook: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlookLine(NewOutlook):
    """A kept note."""

    id: int
    who: str
    voided: Voided | None = None


def checked(new: NewOutlook, today: date) -> NewOutlook:
    """The note as it is kept: trimmed, the country in capitals.

    Raises `CountryWrong`, `SectorMissing`, `NoteTitleMissing`, `NoteSourceMissing`, `NoteRatingMissing`,
    `NoteInFuture`.
    """
    kept = replace(
        new,
        subject=subject_of(new.about, new.subject),
        title=new.title.strip(),
        source=new.source.strip(),
        rating=new.rating.strip(),
        outlook=new.outlook.strip(),
        text=new.text.strip(),
    )
    if not kept.title:
        raise NoteTitleMissing
    if not kept.source:
        raise NoteSourceMissing
    if kept.move is not Move.NEWS and not kept.rating:
        raise NoteRatingMissing
    if kept.as_of > today:
        raise NoteInFuture(on=kept.as_of)
    return kept


def subject_of(about: About, text: str) -> str:
    """Two capitals for a country, words for a sector. Raises `CountryWrong`, `SectorMissing`."""
    plain = text.strip()
    if about is About.SECTOR:
        if not plain:
            raise SectorMissing
        return plain
    code = plain.upper()
    if len(code) != _LETTERS or not (code.isascii() and code.isalpha()):
        raise CountryWrong(value=plain)
    return code


def country_of(country: str, uscc: str) -> str:
    """A buyer's country: the one its card names, else China where it has a valid code of it; empty: not known."""
    return country.strip().upper() or ("CN" if check_uscc(uscc).valid else "")


def concerns(note: NewOutlook, country: str, sectors: Iterable[str]) -> bool:
    """Whether a note is about a buyer of this country, as `country_of` tells it, and these sectors."""
    if note.about is About.COUNTRY:
        return note.subject == country
    return note.subject.casefold() in {each.strip().casefold() for each in sectors}


def sectors_of(facts: Iterable[Fact], on: date) -> frozenset[str]:
    """The sectors a buyer's file names on a day."""
    return frozenset(
        each.value for each in facts if each.kind is FactKind.SECTOR and each.value and each.holds(on)
    )  # fmt: skip


def downgrades(notes: Iterable[NewOutlook]) -> Iterator[Fact]:
    """What lowered ratings say of a buyer: each holds until the same source rates the same subject up or down again.

    A confirmed rating changes nothing: what was lowered stays lowered.
    """
    by_giver: dict[tuple[About, str, str], list[NewOutlook]] = {}
    for note in sorted(notes, key=lambda each: each.as_of):
        if note.move in {Move.UP, Move.DOWN}:
            giver = note.about, note.subject.casefold(), note.source.casefold()
            by_giver.setdefault(giver, []).append(note)
    for moved in by_giver.values():
        for number, note in enumerate(moved):
            if note.move is Move.DOWN:
                following = moved[number + 1].as_of if number + 1 < len(moved) else None
                yield Fact(kind=FactKind.DOWNGRADED, happened_on=note.as_of, ended_on=following)  # fmt: skip
