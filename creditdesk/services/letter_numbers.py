"""The numbers letters went out under: given once, never again, also where a letter was not sent in the end."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.errors import RecordMissing
from creditdesk.db.journal import note
from creditdesk.db.voids import reason_given
from creditdesk.domain.base.letter_numbers import next_number, places_of, scope_of
from creditdesk.models import Client, JournalEntry, Trip
from creditdesk.readings.queries import setting
from creditdesk.spelling import forms

LETTER_PATTERN = "letter_numbers"
"""The setting that holds the pattern; empty: letters have no numbers."""
_GIVEN, _UNDONE, _SUBJECT = "numbered", "voided", "letter"


@dataclass(frozen=True, slots=True)
class LetterNumber:
    """A number as it was given. `about`: to whom the letter goes; `undone`: why it was not used, None: it was."""

    number: str
    on: date
    client_id: int
    client: str
    letter: str
    about: str
    who: str
    undone: str | None


class LetterNumbers:
    """They are kept in the journal, which nobody can change."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def next(self, client_id: int, on: date) -> str:
        """What the next letter of a client would be numbered; empty: the firm has no pattern."""
        with self._db.read() as session:
            found = _next(session, client_id, on)
        return found[0] if found else ""

    def give(self, client_id: int, on: date, letter: str, about: str) -> str:
        """Give a letter its number; empty: the firm has no pattern."""
        # Without a pattern nothing is written: a desk opened for reading alone prints letters too.
        if not self.next(client_id, on):
            return ""
        with self._db.write() as session:
            number, count, scope = _next(session, client_id, on) or ("", 0, "")
            note(
                session, _GIVEN, _SUBJECT, None, client_id=client_id,
                after={
                    "number": number, "count": count, "scope": scope,
                    "on": str(on), "letter": letter, "about": about,
                },
            )  # fmt: skip
            return number

    def undo(self, number: str, why: str) -> None:
        """The letter did not go out. The number is kept with the reason, and not given again."""
        reason = reason_given(why)
        with self._db.write() as session:
            given = {row.after["number"]: row for row in _entries(session, _GIVEN) if row.after}  # fmt: skip
            undone = {row.after["number"] for row in _entries(session, _UNDONE) if row.after}  # fmt: skip
            if number not in given or number in undone:
                raise RecordMissing(what=f"number {number}")
            note(
                session, _UNDONE, _SUBJECT, None,
                client_id=given[number].client_id, after={"number": number, "reason": reason},
            )  # fmt: skip

    def all(self, client_id: int | None = None) -> tuple[LetterNumber, ...]:
        """Every number that was given, in that order."""
        with self._db.read() as session:
            names = dict(session.execute(select(Client.id, Client.name)).all())
            undone = {
                row.after["number"]: str(row.after["reason"])
                for row in _entries(session, _UNDONE)
                if row.after
            }
            return tuple(
                LetterNumber(
                    number=row.after["number"],
                    on=date.fromisoformat(row.after["on"]),
                    client_id=row.client_id,
                    client=names.get(row.client_id, ""),
                    letter=row.after["letter"],
                    about=row.after["about"],
                    who=row.who,
                    undone=undone.get(row.after["number"]),
                )
                for row in _entries(session, _GIVEN)
                if row.after and row.client_id and client_id in {None, row.client_id}
            )


def _next(session: Session, client_id: int, on: date) -> tuple[str, int, str] | None:
    pattern = (setting(session, LETTER_PATTERN) or "").strip()
    if not pattern:
        return None
    pattern += _from_outside(session)
    name = session.scalars(select(Client.name).where(Client.id == client_id)).one()
    places = places_of(on, short(name))
    scope = scope_of(pattern, places)
    given = [row.after for row in _entries(session, _GIVEN) if row.after]
    counts = [int(each["count"]) for each in given if each["scope"] == scope]
    taken = frozenset(str(each["number"]) for each in given)
    number, count = next_number(pattern, places, counts, taken)
    return number, count, scope


def _from_outside(session: Session) -> str:
    """A desk that was taken out marks its numbers, so that they are never those the office gives meanwhile."""
    trip = session.scalar(select(func.max(Trip.code)).where(Trip.place == "away"))
    return f"/{trip[:4]}" if trip else ""


def _entries(session: Session, what: str) -> tuple[JournalEntry, ...]:
    statement = (
        select(JournalEntry)
        .where(JournalEntry.subject == _SUBJECT, JournalEntry.what == what)
        .order_by(JournalEntry.id)
    )
    return tuple(session.scalars(statement))


def short(name: str) -> str:
    """How a client is called in a number: the initials of the first four characters of its name, in capitals."""
    return forms(name[:4])[-1].upper()[:4]
