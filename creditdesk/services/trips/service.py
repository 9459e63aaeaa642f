"""Taking clients out, and bringing back what was done with them."""

import hashlib
import json
import secrets
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from creditdesk import outputs, private
from creditdesk.db import backup, search, traces
from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.db.standing import WITH_VOIDED
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
_SEARCHED = ("client", "buyer", "policy", "claim")
_WHY = N_("Another entry was brought back in its place.")


class Trips:
    """Clients that are out."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def out(self) -> tuple[Away, ...]:
        """The trips of which nothing was brought back yet, the newest first."""
        with self._db.read() as session:
            told = session.execute(select(Client.id, Client.name))
            names = {number: name for number, name in told}  # noqa: C416 - a result is no list of pairs
            trips = session.scalars(
                select(Trip)
                .where(Trip.place == _HOME, Trip.brought_at.is_(None))
                .order_by(Trip.id.desc())
            )
            return tuple(
                Away(
                    tuple(names[each] for each in trip.clients if each in names),
                    trip.taken_at,
                    trip.who,
                    trip.back_by,
                )
                for trip in trips
            )

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
        self, home: Session, away: Database, there: Session, keep: Mapping[str, Side]
    ) -> "Bringing":
        """Look at a file that comes back; nothing is changed yet. `there` is a session of it, `home` a writing one.

        Raises `NotTakenOut`, `TakenFromAnother`, `TripUnknown`, `BroughtNewer`, `BroughtDifferent`.
        """
        path = away.path
        told = there.scalars(select(Trip).where(Trip.place == _AWAY)).first()
        if told is None:
            raise NotTakenOut(path=path)
        if told.desk != _desk_id(home):
            raise TakenFromAnother(path=path)
        trip = home.scalars(select(Trip).where(Trip.code == told.code)).first()
        if trip is None:
            raise TripUnknown(path=path, day=told.taken_at.date())
        number = _written(there)
        if number < trip.brought_number:
            raise BroughtNewer(path=path, day=trip.brought_at)
        known = Seen.unpacked(trip.seen or told.seen)
        if _lineage(there, known.last) != known.lineage:
            raise BroughtDifferent(path=path, day=trip.brought_at or trip.taken_at)
        return Bringing(home, there, trip, known, number, keep)

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
    """One file that comes back, step by step; see `Desk.bring_back`."""

    def __init__(  # noqa: PLR0913 - both desks, what is known of the trip, and the answers
        self,
        home: Session,
        there: Session,
        trip: Trip,
        known: Seen,
        number: int,
        keep: Mapping[str, Side],
    ) -> None:
        self._home, self._there, self._trip, self._known = home, there, trip, known
        self._number, self._keep = number, keep
        self._again = number == trip.brought_number
        self._clients = list(
            there.scalars(select(Client.id), execution_options=WITH_VOIDED)
        )
        self._merge = Merge(home, there, self._clients, known, keep, _WHY)
        self._merges = known.rows.get(BuyerMerge.__tablename__, {})
        self._open_merges: set[int] = set()

    def part_buyers(self, unmerge: Callable[[int], object]) -> None:
        """Buyers that were made two again away."""
        self._replay(unmerge, undone=True)

    def take_facts(self) -> None:
        """Everything but what follows from it."""
        self._merge.run()
        self._home.flush()
        self._home.expire_all()
        apart.keep_records(self._merge, self._clients, self._merges)
        for kind in _SEARCHED:
            search.carry(self._home, self._there, kind, self._merge.moved_to(kind))

    def join_buyers(self, merge: Callable[[int, int], object]) -> None:
        """Buyers that turned out to be one away; then what is open is counted anew."""
        self._replay(merge, undone=False)
        self._home.flush()
        recount(
            self._home,
            set(
                self._home.scalars(
                    select(Buyer.id).where(Buyer.client_id.in_(self._here))
                )
            ),
        )

    def close_duties(self) -> None:
        """Duties that were closed away, once those of the facts are there."""
        self._home.flush()
        apart.close_duties(
            self._merge, self._clients, self._known.rows.get(Duty.__tablename__, {})
        )

    def end(self) -> BroughtBack:
        """Who did what, and what was seen. Raises `KeepUnknown` for an answer nobody asked for."""
        merge = self._merge
        asked = {each.id for each in merge.conflicts} | merge.answered
        for id_ in self._keep:
            if id_ not in asked:
                raise KeepUnknown(id=id_, known=", ".join(sorted(asked)) or "-")
        last = apart.bring_journal(merge, self._known.last, self._clients)
        found = seen(self._there, self._clients)
        found.rows |= merge.as_seen()
        found.rows |= self._apart_as_seen(found)
        found.home, found.last = merge.numbers.known, last
        found.lineage = _lineage(self._there, last)
        trip = self._home.get_one(Trip, self._trip.id)
        database: Database = self._home.info["database"]
        trip.seen, trip.brought_number, trip.brought_at = (
            found.packed(),
            self._number,
            database.now(),
        )
        taken = {name: count for name, count in merge.taken.items() if count}
        for client in self._here if taken else ():
            note(
                self._home,
                "brought back",
                "client",
                client,
                client_id=client,
                after=dict(taken),
            )
        return BroughtBack(
            taken,
            tuple(merge.conflicts),
            tuple(merge.renumbered),
            already=self._again and not taken,
        )

    @property
    def _here(self) -> list[int]:
        return [self._merge.numbers.of("client", each) for each in self._clients]

    def _apart_as_seen(
        self, found: Seen
    ) -> dict[str, dict[tuple[object, ...], tuple[object, ...]]]:
        """Merges and duties without those that are still a question."""
        open_duties = {
            each.id for each in self._merge.conflicts if each.id.startswith("duty-")
        }
        duties = {
            key: line
            for key, line in found.rows[Duty.__tablename__].items()
            if f"duty-{self._merge.numbers.of('duty', int(key[0] or 0))}"
            not in open_duties
        }
        merges = {
            key: line
            for key, line in found.rows[BuyerMerge.__tablename__].items()
            if key[0] not in self._open_merges
        }
        return {Duty.__tablename__: duties, BuyerMerge.__tablename__: merges}

    def _replay(self, act: Callable[..., object], *, undone: bool) -> None:
        for each in apart.merges(self._merge, self._clients, self._merges):
            if each.undone is not undone or self._is_so(each):
                continue
            try:
                act(self._record(each)) if undone else act(each.keep, each.gone)
                self._merge.taken[BuyerMerge.__tablename__] += 1
            except UserError as reason:
                self._refused(each, reason)
        self._merge.know_merges()

    def _is_so(self, each: apart.MergeAway) -> bool:
        gone = self._home.get_one(Buyer, each.gone)
        return (
            (gone.merged_into is None) if each.undone else gone.merged_into == each.keep
        )

    def _record(self, each: apart.MergeAway) -> int:
        found = self._home.scalars(
            select(BuyerMerge.id)
            .where(
                BuyerMerge.keep_id == each.keep,
                BuyerMerge.gone_id == each.gone,
                BuyerMerge.undone_at.is_(None),
            )
            .order_by(BuyerMerge.id.desc())
        ).first()
        return found or 0

    def _refused(self, each: apart.MergeAway, reason: UserError) -> None:
        id_ = f"buyer_merge-{each.id}"
        if self._keep.get(id_) is Side.HERE:
            self._merge.answered.add(id_)
            return
        keep, gone = (
            self._home.get_one(Buyer, number).name for number in (each.keep, each.gone)
        )
        what = (
            N_("{keep} and {gone} are two buyers again")
            if each.undone
            else N_("{keep} and {gone} are one buyer")
        )
        self._open_merges.add(each.id)
        self._merge.conflicts.append(
            Conflict(
                id_,
                Message.of(what, keep=keep, gone=gone),
                Told(reason.said),
                Told(Message(N_("done there"))),
            )
        )


def _desk_id(session: Session) -> str:
    row = session.get(Setting, "desk_id")
    return row.value if row else ""


def _written(session: Session) -> int:
    return traces.written(session.connection().exec_driver_sql).number


def _lineage(session: Session, last: int) -> str:
    """A digest over who did what there up to an entry: two copies that went their own ways differ in it."""
    rows = session.execute(
        select(
            JournalEntry.id,
            JournalEntry.at,
            JournalEntry.what,
            JournalEntry.subject,
            JournalEntry.subject_id,
        )
        .where(JournalEntry.id <= last)
        .order_by(JournalEntry.id)
    )
    return hashlib.sha256(
        json.dumps([list(map(str, row)) for row in rows]).encode()
    ).hexdigest()
