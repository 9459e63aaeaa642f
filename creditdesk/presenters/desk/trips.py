"""Clients that are taken out of the office and brought back, without Qt."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from creditdesk.events import Event
from creditdesk.i18n import N_, Message, Words
from creditdesk.jobs import Job, Progress

if TYPE_CHECKING:
    from creditdesk.presenters.parts.wording import Wording
    from creditdesk.services.trips import (
        Away,
        BroughtBack,
        Conflict,
        Side,
        TakenOut,
        Told,
    )
    from creditdesk.workspace import Workspace

_NOTHING_NEW = N_("Everything in this file was brought back before.")
_OTHERS = "others"
_KEYS: Mapping[str, str] = {
    "buyer": "buyers",
    "claim": "claims",
    "contact": "contacts",
    "credit_limit": "limits",
    "declaration": "declarations",
    "document": "evidence",
    "duty": "duties",
    "invoice": "documents",
    "notice": "notices",
    "payment": "payments",
    "policy": "policies",
    "task": "tasks",
}
_TITLES: Mapping[str, str] = {
    "documents": N_("Documents: {count}"),
    "payments": N_("Payments: {count}"),
    "buyers": N_("Buyers: {count}"),
    "policies": N_("Policies: {count}"),
    "limits": N_("Limits: {count}"),
    "notices": N_("Notices: {count}"),
    "declarations": N_("Declarations: {count}"),
    "claims": N_("Claims: {count}"),
    "duties": N_("Deadlines dealt with: {count}"),
    "contacts": N_("Contacts: {count}"),
    "tasks": N_("Tasks: {count}"),
    "evidence": N_("Kept files: {count}"),
    _OTHERS: N_("Other entries: {count}"),
}
_CONFLICT = N_("{id}: {what}: here {here}, there {there}")
_RENUMBERED = N_("Claim {old} is {new} here: its number was given to another claim.")
_QUESTIONS = N_(
    "Changed on both sides, and left as it is here until you say which counts: {count}"
)
_NOTHING = N_("Nothing was changed there.")


def taken(found: "BroughtBack") -> dict[str, int]:
    """What came back, by kind: new, changed and deleted entries."""
    counts: Counter[str] = Counter()
    for table, count in found.taken.items():
        counts[_KEYS.get(table, _OTHERS)] += count
    return {kind: counts[kind] for kind in _TITLES if counts[kind]}


def told_lines(found: "BroughtBack", words: Words) -> list[str]:
    """The same in words, with what is still asked."""
    if found.already and not found.conflicts:
        return [words(_NOTHING_NEW)]
    lines = [words(_TITLES[kind], count=count) for kind, count in taken(found).items()]
    lines += [words(_RENUMBERED, old=old, new=new) for old, new in found.renumbered]
    if found.conflicts:
        lines.append(words(_QUESTIONS, count=len(found.conflicts)))
    for each in found.conflicts:
        here, there = (words.say(told.said) for told in (each.here, each.there))
        lines.append(
            words(_CONFLICT, id=each.id, what=each.what, here=here, there=there)
        )
    return lines or [words(_NOTHING)]


_OUT = N_("{clients}: out since {day}, taken by {who}")
_OUT_UNTIL = N_("{clients}: out since {day}, taken by {who}, expected by {until}")
NOBODY_OUT = N_("No client is out.")
_NO_CLIENT = N_("Tick the clients to take out.")
_SHORT = N_("What leaves the office needs a passphrase of at least 8 characters.")
_NOT_TWICE = N_("The two passphrases are not the same.")
_BY = N_("{said} ({who}, {at})")
_SHORTEST = 8


def out_line(away: "Away", words: Words) -> str:
    """Who is out since when, taken by whom, and when they are expected."""
    return words(
        _OUT_UNTIL if away.back_by else _OUT,
        clients=away.clients,
        day=away.taken_at.date(),
        who=away.who,
        until=away.back_by,
    )


@dataclass(frozen=True, slots=True)
class Question:
    """What both sides changed, in words."""

    id: str
    what: str
    here: str
    there: str


class TripsPresenter:
    """Who may leave, who is out, and what a file brings back.

    `found`: what bringing the file back would do, None: none was looked at. `chosen`: whose word counts, by question.
    """

    def __init__(self, workspace: "Workspace", wording: "Wording") -> None:
        self._desk, self._today = workspace.desk, workspace.today
        self._wording = wording
        self._file: tuple[Path, str] | None = None
        self._done = False
        self.ticked: set[int] = set()
        self.found: BroughtBack | None = None
        self.chosen: dict[str, Side] = {}
        self.changed: Event[None] = Event()
        self.reload()

    def reload(self) -> None:
        """Read anew who there is and who is out."""
        self.clients = self._desk.clients.all()
        self._out = self._desk.trips.out()
        self.changed.emit(None)

    @property
    def out_lines(self) -> list[tuple[int, str]]:
        """Who is out, by the number of the trip."""
        return [(each.id, out_line(each, self._wording.say)) for each in self._out]

    def giving_up(self, number: int, why: str) -> "Job[None]":
        """The work of expecting a file no more."""

        def job(_progress: Progress) -> None:
            self._desk.trips.give_up(number, why)

        return job

    @property
    def file_name(self) -> str:
        """Of the file that was looked at."""
        return self._file[0].name if self._file else ""

    def tick(self, line: int, *, on: bool) -> None:
        """A client goes along, or stays."""
        number = self.clients[line].id
        if on:
            self.ticked.add(number)
        else:
            self.ticked.discard(number)

    def fault(self, passphrase: str, again: str) -> Message | None:
        """Why these clients can't be taken out so; None: they can."""
        if not self.ticked:
            return Message(_NO_CLIENT)
        if len(passphrase) < _SHORTEST:
            return Message(_SHORT)
        return None if passphrase == again else Message(_NOT_TWICE)

    def taking(self, path: Path, passphrase: str, days: int) -> "Job[TakenOut]":
        """The work of taking the ticked ones out; `days` 0: no day is said."""
        chosen = sorted(self.ticked)
        back_by = self._today() + timedelta(days=days) if days else None

        def job(progress: Progress) -> "TakenOut":
            return self._desk.trips.take_out(
                path, chosen, passphrase, back_by, progress
            )

        return job

    def looking(self, path: Path, passphrase: str) -> "Job[BroughtBack]":
        """The work of seeing what a file would bring; nothing is kept."""

        def job(progress: Progress) -> "BroughtBack":
            progress.step(Message(N_("Comparing the file with the desk")))
            return self._desk.bring_back(path, passphrase, {}, progress, dry_run=True)

        return job

    def show(self, path: Path, passphrase: str, found: "BroughtBack") -> None:
        """A file was looked at."""
        self._file, self.found, self.chosen = (path, passphrase), found, {}
        self._done = found.already
        self.changed.emit(None)

    def brought(self, found: "BroughtBack") -> None:
        """It was taken over; what is still open can be answered."""
        self.found, self.chosen, self._done = found, {}, True
        self.reload()

    @property
    def waits(self) -> bool:
        """Whether there is something to take over: the file as it was looked at, later an answer."""
        return bool(self.chosen) if self._done else self.found is not None

    def choose(self, question: str, side: "Side | None") -> None:
        """Whose word counts; None: that stays open."""
        if side is None:
            self.chosen.pop(question, None)
        else:
            self.chosen[question] = side

    def bringing(self) -> "Job[BroughtBack]":
        """The work of taking over what the file brings, with the answers given."""
        path, passphrase = self._file or (Path(), "")
        keep = dict(self.chosen)

        def job(progress: Progress) -> "BroughtBack":
            progress.step(Message(N_("Taking over what was done there")))
            return self._desk.bring_back(path, passphrase, keep, progress)

        return job

    @property
    def lines(self) -> list[str]:
        """What the file brings, or brought."""
        if self.found is None:
            return []
        if self.found.already and not self.found.conflicts:
            return [self._wording(_NOTHING_NEW)]
        say = self._wording
        lines = [
            say(_TITLES[kind], count=count) for kind, count in taken(self.found).items()
        ]
        return lines + [
            say(_RENUMBERED, old=old, new=new) for old, new in self.found.renumbered
        ]

    @property
    def questions(self) -> list[Question]:
        """What is asked."""
        return (
            [self._question(each) for each in self.found.conflicts]
            if self.found
            else []
        )

    def _question(self, each: "Conflict") -> Question:
        return Question(
            each.id,
            self._wording.message(each.what),
            self._told(each.here),
            self._told(each.there),
        )

    def _told(self, told: "Told") -> str:
        said = self._wording.message(told.said)
        if not told.who or told.at is None:
            return said
        return self._wording(
            _BY, said=said, who=told.who, at=self._wording.moment(told.at)
        )
