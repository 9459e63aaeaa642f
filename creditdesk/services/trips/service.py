"""Taking clients out, and bringing back what was done with them."""

import hashlib
import json
import secrets
import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from creditdesk import outputs, private
from creditdesk.db import backup, search, traces
from creditdesk.db.database import Database, is_trial
from creditdesk.db.journal import note
from creditdesk.db.touched import scopes
from creditdesk.db.voids import reason_given
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress
from creditdesk.models import (
    Buyer,
    BuyerMerge,
    Client,
    Document,
    Duty,
    Invoice,
    JournalEntry,
    Setting,
    Trip,
)
from creditdesk.readings.recounting import recount
from creditdesk.services.trips import apart, cutting
from creditdesk.services.trips.comparing import number
from creditdesk.services.trips.merging import Merge
from creditdesk.services.trips.rows import Seen, seen
from creditdesk.services.trips.values import (
    Away,
    AwayAlready,
    AwayUnprotected,
    BroughtBack,
    BroughtDifferent,
    BroughtNewer,
    Conflict,
    KeepUnknown,
    NobodyTaken,
    NotAway,
    NotTakenOut,
    Side,
    TakenFromAnother,
    TakenOut,
    Told,
    TripUnknown,
)

SHORTEST = 8
"""Signs of the passphrase of what leaves the office."""
_HOME, _AWAY = "home", "away"
_TRACES = ("id", "at", "who", "what", "subject", "subject_id", "after")
_EXPECTED = (
    Trip.place == _HOME,
    Trip.brought_at.is_(None),
    Trip.given_up_at.is_(None),
)
_SEARCHED = ("client", "buyer", "policy", "claim")
_ONE = N_("{keep} and {gone} are one buyer")
_TWO = N_("{keep} and {gone} are two buyers again")
_WHY = N_("Another entry was brought back in its place.")


class Trips:
    """Clients that are out."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def out(self) -> tuple[Away, ...]:
        """The trips of which nothing was brought back yet and that are still expected, the newest first."""
        with self._db.read() as session:
            told = session.execute(select(Client.id, Client.name))
            names = {number: name for number, name in told}  # noqa: C416 - a result is no list of pairs
            trips = session.scalars(
                select(Trip).where(*_EXPECTED).order_by(Trip.id.desc())
            )
            return tuple(
                Away(
                    trip.id,
                    tuple(names[each] for each in trip.clients if each in names),
                    trip.taken_at,
                    trip.who,
                    trip.back_by,
                )
                for trip in trips
            )

    def give_up(self, number: int, why: str) -> None:
        """The file of a trip is lost, or was never made: it isn't expected any more. Found again it still comes back.

        Raises `NotAway`, `VoidReasonMissing`.
        """
        reason = reason_given(why)
        with self._db.write() as session:
            trip = session.scalars(select(Trip).where(Trip.id == number, *_EXPECTED)).first()  # fmt: skip
            if trip is None:
                raise NotAway(number=number)
            trip.given_up_at, trip.given_up_why = self._db.now(), reason
            for client in trip.clients:
                note(session, "given up", "trip", number, client_id=client, after={"reason": reason})  # fmt: skip

    def is_away(self) -> bool:
        """Whether this desk was itself taken out."""
        with self._db.read() as session:
            return session.scalar(select(func.count()).where(Trip.place == _AWAY)) != 0

    def take_out(
        self,
        target: Path,
        clients: Sequence[int],
        passphrase: str,
        back_by: date | None = None,
        progress: Progress | None = None,
    ) -> TakenOut:
        """These clients with their papers as an encrypted desk at `target`; here they stay writable.

        Raises `NobodyTaken`, `AwayUnprotected`, `AwayAlready`, and in words what the disk refuses.
        """
        progress = progress or Progress()
        chosen = sorted(set(clients))
        if not chosen:
            raise NobodyTaken
        if len(passphrase) < SHORTEST:
            raise AwayUnprotected(count=SHORTEST)
        if self.is_away():
            raise AwayAlready
        trip = self._begun(chosen, back_by)
        try:
            with private.folder() as room, outputs.beside(target) as new:
                progress.step(Message(N_("Copying the desk")))
                office = backup.back_up(self._db, room / "office.creditdesk")
                progress.step(Message(N_("Taking the clients out")))
                away = room / "away.creditdesk"
                cutting.cut(office, self._db.passphrase, away, passphrase, chosen)
                told = self._mark(away, passphrase, trip)
                shutil.move(away, new)
        except BaseException:
            with self._db.write() as session:
                session.delete(session.get_one(Trip, trip))
            raise
        return TakenOut(target, *told, size=target.stat().st_size)

    def begin(
        self, home: Session, path: Path, there: Session, keep: Mapping[str, Side]
    ) -> "Bringing":
        """Look at a file that comes back; nothing is changed yet. `there` is a session of a copy of it.

        Raises `NotTakenOut`, `TakenFromAnother`, `TripUnknown`, `BroughtNewer`, `BroughtDifferent`.
        """
        told = there.scalars(select(Trip).where(Trip.place == _AWAY)).first()
        if told is None:
            raise NotTakenOut(path=path)
        if told.desk != _desk_id(home):
            raise TakenFromAnother(path=path)
        trip = home.scalars(select(Trip).where(Trip.code == told.code)).first()
        if trip is None:
            raise TripUnknown(path=path, day=told.taken_at.date())
        written = _written(there)
        if written < trip.brought_number:
            raise BroughtNewer(path=path, day=trip.brought_at)
        known = Seen.unpacked(trip.seen or told.seen)
        if _lineage(there, known.last) != known.lineage:
            raise BroughtDifferent(path=path, day=trip.brought_at or trip.taken_at)
        merge = Merge(home, there, known, keep=keep, why=_WHY)
        return Bringing(trip, merge, known, written)

    def _begun(self, clients: list[int], back_by: date | None) -> int:
        with self._db.write() as session:
            trip = Trip(
                code=secrets.token_hex(8), place=_HOME, desk=_desk_id(session), clients=clients,
                taken_at=self._db.now(), who=self._db.who, back_by=back_by, seen=b"",
            )  # fmt: skip
            session.add(trip)
            session.flush()
            for client in clients:
                name = session.get_one(Client, client).name
                note(
                    session,
                    "taken out",
                    "client",
                    client,
                    client_id=client,
                    after={"name": name},
                )
            return trip.id

    def _mark(
        self, away: Path, passphrase: str, trip: int
    ) -> tuple[tuple[str, ...], int, int]:
        """Let the file know what it is, and what it began with."""
        with self._db.read() as session:
            row = session.get_one(Trip, trip)
            told = {
                name: getattr(row, name)
                for name in ("code", "desk", "clients", "taken_at", "who", "back_by")
            }
        made = Database(away, passphrase, now=self._db.now, who=self._db.who)
        try:
            with made.write() as session:
                found = seen(session, told["clients"])
                found.lineage = _lineage(session, found.last)
                session.add(Trip(**told, place=_AWAY, seen=found.packed()))
                names = session.scalars(select(Client.name).order_by(Client.id))
                counts = [
                    session.scalar(select(func.count()).select_from(each)) or 0
                    for each in (Invoice, Document)
                ]
                return tuple(names), counts[0], counts[1]
        finally:
            made.close()


class Bringing:
    """One file that comes back, step by step; see `Desk.bring_back`. `seen`: what of it is known."""

    def __init__(self, trip: Trip, merge: Merge, seen: Seen, written: int) -> None:
        self._trip, self._merge, self._seen, self._written = trip, merge, seen, written
        self._home, self._there = merge.home.session, merge.away
        self._again = written == trip.brought_number
        self._open_merges: set[int] = set()

    def part_buyers(self, unmerge: Callable[..., object]) -> None:
        """Buyers that were made two again away."""
        self._replay(lambda each: unmerge(self._record(each)), undone=True)

    def take_facts(self) -> None:
        """Everything but what follows from it."""
        self._merge.run()
        self._home.flush()
        self._home.expire_all()
        apart.keep_records(self._merge, self._seen.of(BuyerMerge))
        for kind in _SEARCHED:
            search.carry(self._home, self._there, kind, self._merge.moved_to(kind))

    def join_buyers(self, merge: Callable[..., object]) -> None:
        """Buyers that turned out to be one away; then what is open with those touched is counted anew."""
        self._replay(lambda each: merge(each.keep, each.gone), undone=False)
        self._home.flush()
        if not is_trial(self._home):
            recount(self._home, self._touched())

    def close_duties(self) -> None:
        """Duties that were closed away, once those of the facts are there."""
        self._home.flush()
        apart.close_duties(self._merge, self._seen.of(Duty))

    def end(self, keep: Collection[str]) -> BroughtBack:
        """Who did what, and what was seen. Raises `KeepUnknown` for an answer to a question nobody asked."""
        merge = self._merge
        asked = {each.id for each in merge.conflicts} | merge.answered
        for id_ in keep:
            if id_ not in asked:
                raise KeepUnknown(id=id_, known=", ".join(sorted(asked)) or "-")
        taken = {name: count for name, count in merge.home.taken.items() if count}
        self._remember(apart.bring_journal(merge, self._seen.last))
        for client in merge.clients if taken else ():
            here = merge.numbers.of(Client.__tablename__, client)
            note(
                self._home,
                "brought back",
                "client",
                here,
                client_id=here,
                after=dict(taken),
            )
        return BroughtBack(
            taken,
            tuple(merge.conflicts),
            tuple(merge.home.renumbered),
            already=self._again and not taken,
        )

    def _remember(self, last: int) -> None:
        """Keep what was seen; what is still a question, as it was before."""
        merge, found = self._merge, seen(self._there, self._merge.clients)
        asked = {each.id for each in merge.conflicts}
        found.rows |= merge.as_seen()
        duties = {
            away: line
            for away, line in found.of(Duty).items()
            if f"duty-{merge.numbers.of('duty', number(away))}" not in asked
        }
        merges = {
            away: line
            for away, line in found.of(BuyerMerge).items()
            if number(away) not in self._open_merges
        }
        found.rows |= {Duty.__tablename__: duties, BuyerMerge.__tablename__: merges}
        found.home, found.last, found.lineage = (
            merge.numbers.known,
            last,
            _lineage(self._there, last),
        )
        trip = self._home.get_one(Trip, self._trip.id)
        trip.seen, trip.brought_number = found.packed(), self._written
        trip.brought_at = self._home.info["database"].now()

    def _touched(self) -> set[int]:
        found: set[int] = set()
        for scope in scopes(self._home):
            whole = select(Buyer.id).where(Buyer.client_id == scope.client_id)
            found |= (
                set(self._home.scalars(whole)) if scope.buyers is None else scope.buyers
            )
        return found

    def _replay(
        self, act: Callable[[apart.MergeAway], object], *, undone: bool
    ) -> None:
        for each in apart.merges(self._merge, self._seen.of(BuyerMerge)):
            if each.undone is not undone or self._is_so(each):
                continue
            try:
                act(each)
                self._merge.home.taken[BuyerMerge.__tablename__] += 1
            except UserError as reason:
                self._refused(each, reason)
        self._merge.know_merges()

    def _is_so(self, each: apart.MergeAway) -> bool:
        gone = self._home.get_one(Buyer, each.gone)
        return (
            (gone.merged_into is None) if each.undone else gone.merged_into == each.keep
        )

    def _record(self, each: apart.MergeAway) -> int:
        mine = (BuyerMerge.keep_id == each.keep, BuyerMerge.gone_id == each.gone)
        found = self._home.scalars(
            select(BuyerMerge.id)
            .where(*mine, BuyerMerge.undone_at.is_(None))
            .order_by(BuyerMerge.id.desc())
        ).first()
        return found or 0

    def _refused(self, each: apart.MergeAway, reason: UserError) -> None:
        """What one desk did to two buyers and the other can't: a question to which only `here` is an answer."""
        keep, gone = (
            self._home.get_one(Buyer, number).name for number in (each.keep, each.gone)
        )
        text = _TWO if each.undone else _ONE
        asked = Conflict(
            f"buyer_merge-{each.id}",
            Message.of(text, keep=keep, gone=gone),
            Told(reason.said),
            Told(Message(N_("done there"))),
        )
        if self._merge.answer(asked) is not Side.HERE:
            self._open_merges.add(each.id)


def _desk_id(session: Session) -> str:
    row = session.get(Setting, "desk_id")
    return row.value if row else ""


def _written(session: Session) -> int:
    return traces.written(session.connection().exec_driver_sql).number


def _lineage(session: Session, last: int) -> str:
    """A digest over who did what there up to an entry: two copies that went their own ways differ in it."""
    entries = session.scalars(
        select(JournalEntry).where(JournalEntry.id <= last).order_by(JournalEntry.id)
    )
    told = [[str(getattr(each, name)) for name in _TRACES] for each in entries]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
