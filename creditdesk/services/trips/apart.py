"""What comes back by steps of its own: duties that were closed, merges of buyers, and who did what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.standing import WITH_VOIDED
from creditdesk.models import Buyer, BuyerMerge, Duty, JournalEntry
from creditdesk.services.trips.comparing import number
from creditdesk.services.trips.kinds import tables
from creditdesk.services.trips.merging import Merge
from creditdesk.services.trips.numbers import Row
from creditdesk.services.trips.rows import Lines, dictionary, read
from creditdesk.services.trips.values import Side
from creditdesk.services.trips.wording import Changed

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


def merges(merge: Merge, before: Lines) -> Iterator[MergeAway]:
    """Merges that were made or undone away, in their order, of buyers that both desks know."""
    known = merge.found[Buyer].before
    for away, line in sorted(read(merge.away, BuyerMerge, merge.clients).items()):
        row = dictionary(BuyerMerge, line)
        undone = bool(row["undone_at"])
        if away in before:
            news = undone and not dictionary(BuyerMerge, before[away])["undone_at"]
        else:
            news = not undone and (row["gone_id"],) in known
        if news:
            keep, gone = (
                merge.numbers.of("buyer", number((row[name],)))
                for name in ("keep_id", "gone_id")
            )
            yield MergeAway(number(away), keep, gone, undone)


def keep_records(merge: Merge, before: Lines) -> None:
    """Merges of buyers that only the away desk knew, or that were undone there: what they moved is in the rows."""
    known = merge.found[Buyer].before
    for away, line in sorted(read(merge.away, BuyerMerge, merge.clients).items()):
        row = dictionary(BuyerMerge, line)
        made_again = (row["gone_id"],) in known and not row["undone_at"]
        if away in before or made_again:
            continue
        record = merge.away.get_one(BuyerMerge, away[0])
        merge.home.session.add(
            BuyerMerge(
                client_id=merge.numbers.of("client", record.client_id),
                keep_id=merge.numbers.of("buyer", record.keep_id),
                gone_id=merge.numbers.of("buyer", record.gone_id),
                card=record.card,
                moved=merge.numbers.moved(record.moved),
                merged_at=record.merged_at,
                who=record.who,
                undone_at=record.undone_at,
            )
        )


def close_duties(merge: Merge, before: Lines) -> None:
    """Duties that were closed away, or found open again, as soon as those of the facts that came back are there."""
    for away, line in read(merge.away, Duty, merge.clients).items():
        row, old = dictionary(Duty, line), before.get(away)
        was = dictionary(Duty, old) if old else {}
        if all(row[name] == was.get(name) for name in _CLOSING):
            continue
        there = merge.numbers.row(Duty, line, strict=False)
        here = _duty_here(merge.home.session, there)
        if here is None:
            merge.keep_duty(there)
        else:
            _close(merge, here, there, was)


def _close(merge: Merge, here: int, there: Row, was: Row) -> None:
    merge.numbers.give(Duty.__tablename__, number((there["id"],)), here)
    row = merge.home.row(Duty, (here,)) or {}
    if row["state"] in _CLOSED and was.get("state") not in _CLOSED:
        if (row["state"], row["closed_on"]) == (there["state"], there["closed_on"]):
            return
        if (
            merge.asked(f"duty-{here}", Changed(Duty, row, there, None))
            is not Side.THERE
        ):
            return
    merge.home.update(Duty, row, {name: there[name] for name in _CLOSING})


def _duty_here(session: Session, there: Row) -> int | None:
    """The number of the duty at home: its own where it stands, else that of one about the same, best an open one."""
    same = [getattr(Duty, name) == there[name] for name in _SAME]
    on = date.fromisoformat(str(there["anchor_on"]))
    return session.scalars(
        select(Duty.id)
        .where(*same, Duty.anchor_on == on, Duty.state != "superseded")
        .order_by(Duty.state != "open", Duty.id != there["id"], Duty.id.desc()),
        execution_options=WITH_VOIDED,
    ).first()


def bring_journal(merge: Merge, last: int) -> int:
    """Who did what away, under its own day and name; the answer is the number of the newest entry."""
    names = {each.__tablename__ for each in tables()}
    entries = merge.away.scalars(
        select(JournalEntry)
        .where(JournalEntry.id > last, JournalEntry.client_id.in_(merge.clients))
        .order_by(JournalEntry.id)
    ).all()
    for entry in entries:
        subject = entry.subject_id
        if subject is not None and entry.subject in names:
            subject = merge.numbers.of(entry.subject, subject)
        merge.home.session.add(
            JournalEntry(
                at=entry.at, who=entry.who, what=entry.what, subject=entry.subject, subject_id=subject,
                client_id=merge.numbers.of("client", entry.client_id or 0), before=entry.before, after=entry.after,
            )
        )  # fmt: skip
        merge.home.session.flush()  # in their order: the journal is sealed entry by entry
    return max((entry.id for entry in entries), default=last)
