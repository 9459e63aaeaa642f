"""What comes back by steps of its own: duties that were closed, merges of buyers, and who did what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.standing import WITH_VOIDED
from creditdesk.models import Buyer, BuyerMerge, Duty, JournalEntry
from creditdesk.services.trips.kinds import tables
from creditdesk.services.trips.merging import Merge
from creditdesk.services.trips.numbers import Row
from creditdesk.services.trips.rows import Lines, dictionary, read
from creditdesk.services.trips.values import Side

_CLOSED = ("done", "waived")
_CLOSING = (
    "state",
    "closed_on",
    "closed_note",
    "document_id",
    "voided_at",
    "voided_by",
    "voided_why",
)
_SAME = ("policy_id", "code", "subject")


@dataclass(frozen=True, slots=True)
class MergeAway:
    """Two buyers that were made one away, in the numbers of home; `undone`: they were made two again."""

    id: int
    keep: int
    gone: int
    undone: bool


def merges(merge: Merge, clients: list[int], before: Lines) -> Iterator[MergeAway]:
    """Merges that are new, or were undone, in their order; those of buyers only the away desk knew come as rows."""
    known_buyers = merge.found[Buyer].before
    for key, line in sorted(read(merge.away, BuyerMerge, clients).items()):
        row = dictionary(BuyerMerge, line)
        old = before.get(key)
        undone = bool(row["undone_at"])
        if old is not None:
            if undone and not dictionary(BuyerMerge, old)["undone_at"]:
                yield MergeAway(
                    int(key[0] or 0),
                    _buyer(merge, row["keep_id"]),
                    _buyer(merge, row["gone_id"]),
                    undone,
                )
        elif not undone and (row["gone_id"],) in known_buyers:
            yield MergeAway(
                int(key[0] or 0),
                _buyer(merge, row["keep_id"]),
                _buyer(merge, row["gone_id"]),
                undone,
            )


def keep_records(merge: Merge, clients: list[int], before: Lines) -> None:
    """Merges of buyers that only the away desk knew, or that were undone there: what they moved is in the rows."""
    known_buyers = merge.found[Buyer].before
    for key, line in sorted(read(merge.away, BuyerMerge, clients).items()):
        row = dictionary(BuyerMerge, line)
        made_again = (row["gone_id"],) in known_buyers and not row["undone_at"]
        if key in before or made_again:
            continue
        record = merge.away.get_one(BuyerMerge, key[0])
        merge.home.add(
            BuyerMerge(
                client_id=merge.numbers.of("client", record.client_id),
                keep_id=_buyer(merge, record.keep_id),
                gone_id=_buyer(merge, record.gone_id),
                card=record.card,
                moved=merge.numbers.moved(record.moved),
                merged_at=record.merged_at,
                who=record.who,
                undone_at=record.undone_at,
            )
        )


def close_duties(merge: Merge, clients: list[int], before: Lines) -> None:
    """Duties that were closed away, or found open again, as soon as those of the facts that came back are there."""
    for key, line in read(merge.away, Duty, clients).items():
        row, old = dictionary(Duty, line), before.get(key)
        was = dictionary(Duty, old) if old else {}
        if row["state"] not in _CLOSED or all(
            row[name] == was.get(name) for name in _CLOSING
        ):
            continue
        there = merge.numbers.row(Duty, line, strict=False)
        here = _duty_here(merge.home, there, known=old is not None)
        if here is None:
            merge.keep_duty(there)
        else:
            _close(merge, here, there, was)


def _close(merge: Merge, here: Duty, there: Row, was: Row) -> None:
    merge.numbers.give("duty", int(there["id"] or 0), here.id)
    stands_open = here.state == "open" or (
        here.state in _CLOSED and was.get("state") in _CLOSED
    )
    if not stands_open:
        if here.state == there["state"] and str(here.closed_on) == there["closed_on"]:
            return
        told = {
            name: str(value) if (value := getattr(here, name)) is not None else None
            for name in there
        }
        if merge.asked(f"duty-{here.id}", (Duty, told, there, None)) is not Side.THERE:
            return
    merge.set_row(Duty, here.id, {name: there[name] for name in _CLOSING})


def _duty_here(session: Session, there: Row, *, known: bool) -> Duty | None:
    """The duty at home: by its number, or one about the same, best an open one."""
    if known:
        found = session.scalars(
            select(Duty).where(Duty.id == there["id"]), execution_options=WITH_VOIDED
        ).first()
        if found is not None and found.state != "superseded":
            return found
    same = [getattr(Duty, name) == there[name] for name in _SAME]
    on = date.fromisoformat(str(there["anchor_on"]))
    return session.scalars(
        select(Duty)
        .where(*same, Duty.anchor_on == on, Duty.state != "superseded")
        .order_by(Duty.state != "open", Duty.id.desc()),
        execution_options=WITH_VOIDED,
    ).first()


def bring_journal(merge: Merge, last: int, clients: list[int]) -> int:
    """Who did what away, under its own day and name; the answer is the number of the newest entry."""
    names = {each.__tablename__ for each in tables()}
    entries = merge.away.scalars(
        select(JournalEntry)
        .where(JournalEntry.id > last, JournalEntry.client_id.in_(clients))
        .order_by(JournalEntry.id)
    ).all()
    for entry in entries:
        merge.home.add(
            JournalEntry(
                at=entry.at,
                who=entry.who,
                what=entry.what,
                subject=entry.subject,
                subject_id=_subject(merge, entry, names),
                client_id=merge.numbers.of("client", entry.client_id or 0),
                before=entry.before,
                after=entry.after,
            )
        )
        merge.home.flush()  # in their order: the journal is sealed entry by entry
    return max((entry.id for entry in entries), default=last)


def _subject(merge: Merge, entry: JournalEntry, names: Iterable[str]) -> int | None:
    if entry.subject_id is None or entry.subject not in names:
        return entry.subject_id
    return merge.numbers.of(entry.subject, entry.subject_id)


def _buyer(merge: Merge, number: object) -> int:
    return merge.numbers.of("buyer", int(str(number)))
