"""Makes two buyers one.

All that names the one names the other afterwards, so that no reader has to know of merges; the merge keeps the numbers
of what it moved. The card that goes stays as a row without a place in any list: its number is never given again, and
its code and names still lead to the buyer it turned out to be.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from creditdesk.db import search
from creditdesk.db.database import Database
from creditdesk.db.errors import RecordMissing
from creditdesk.db.journal import note
from creditdesk.models import Buyer, BuyerAlias, BuyerMerge, Client, Duty
from creditdesk.readings.recounting import recount
from creditdesk.services.buyers import clashes, moving
from creditdesk.services.buyers.double_values import (
    BuyersTwo,
    MergeId,
    MergeLine,
    MergePlan,
    MergeRefused,
)
from creditdesk.services.buyers.findable import entry
from creditdesk.services.buyers.values import BuyerId, BuyerMerged

_CARD = (
    "name",
    "code",
    "uscc",
    "country",
    "address",
    "contact",
    "note",
    "term",
    "term_dates",
)


def plan(session: Session, keep_id: BuyerId, gone_id: BuyerId) -> MergePlan:
    """What would move, and what stands in the way."""
    keep, gone = two(session, keep_id, gone_id)
    moves = {
        table: len(ids)
        for table, ids in moving.owned(session, gone_id, keep_id).items()
    }
    duties = session.scalar(
        select(func.count()).where(Duty.buyer_id == gone_id, Duty.state == "open")
    )
    aliases = session.scalars(
        select(BuyerAlias.name).where(BuyerAlias.buyer_id == gone_id)
    )
    names = dict.fromkeys((gone.name, *aliases))
    return MergePlan(
        keep=keep_id,
        gone=gone_id,
        moves=moves | ({"duty": duties} if duties else {}),
        names=tuple(name for name in names if name != keep.name),
        obstacles=clashes.of(session, keep, gone),
    )


def merge(session: Session, keep_id: BuyerId, gone_id: BuyerId) -> MergeId:
    """Move everything of `gone` to `keep`, in one write."""
    database: Database = session.info["database"]
    keep, gone = two(session, keep_id, gone_id)
    reasons = clashes.of(session, keep, gone)
    if reasons:
        raise MergeRefused(keep=keep.name, gone=gone.name, reasons=reasons)
    record = BuyerMerge(
        client_id=keep.client_id,
        keep_id=keep_id,
        gone_id=gone_id,
        card={name: getattr(gone, name) for name in _CARD},
        moved={},
        merged_at=database.now(),
        who=database.who,
    )
    session.add(record)
    session.flush()  # what is kept for ever passes on only while the desk knows of the merge
    record.moved = _moved(session, keep, gone, database)
    recount(session, {keep_id})
    search.forget(session, "buyer", [gone_id])
    search.index(session, [entry(session, keep)])
    note(
        session, "merged", "buyer", keep_id, client_id=keep.client_id,
        before={"gone": gone_id, **record.card},
        after={"merge": record.id, **counts(record.moved)},
    )  # fmt: skip
    return MergeId(record.id)


def _moved(
    session: Session, keep: Buyer, gone: Buyer, database: Database
) -> dict[str, Any]:
    last = moving.newest(session)
    records = moving.owned(session, gone.id, keep.id)
    moving.pass_on(session, records, keep.id)
    duties = moving.pass_duties_on(
        session, Duty.buyer_id == gone.id, gone.id, keep.id, database.now().date()
    )
    names = moving.pass_names_on(session, keep, gone)
    gone.merged_into = keep.id
    session.flush()  # one buyer a code: the other goes before its code is taken over
    return {
        "records": records,
        "duty": duties.moved,
        "superseded": duties.superseded,
        **names,
        "adopted": moving.adopt(keep, gone),
        "last": last,
    }


def counts(moved: Mapping[str, Any]) -> dict[str, int]:
    """How many records of each table a merge moved."""
    found = {table: len(numbers) for table, numbers in moved["records"].items()}
    duties = len(moved["duty"])
    return found | ({"duty": duties} if duties else {})


def lines(
    session: Session, client_id: int | None, buyer_id: int | None
) -> tuple[MergeLine, ...]:
    """The merges made, newest first."""
    keep = aliased(Buyer)
    statement = (
        select(BuyerMerge, Client.name, keep.name)
        .join(Client, Client.id == BuyerMerge.client_id)
        .join(keep, keep.id == BuyerMerge.keep_id)
        .order_by(BuyerMerge.id.desc())
    )
    if client_id is not None:
        statement = statement.where(BuyerMerge.client_id == client_id)
    if buyer_id is not None:
        statement = statement.where(BuyerMerge.keep_id == buyer_id)
    return tuple(
        MergeLine(
            id=MergeId(row.id), client_id=row.client_id, client=client, keep_id=BuyerId(row.keep_id), keep=kept,
            gone=row.card["name"], gone_code=row.card["code"], moves=counts(row.moved), merged_at=row.merged_at,
            who=row.who, undone_at=row.undone_at,
        )
        for row, client, kept in session.execute(statement)
    )  # fmt: skip


def two(session: Session, one_id: int, other_id: int) -> tuple[Buyer, Buyer]:
    """Two buyers of one client that stand. Raises `RecordMissing`, `BuyerMerged`, `BuyersTwo`."""
    one, other = _standing(session, one_id), _standing(session, other_id)
    if one_id == other_id or one.client_id != other.client_id:
        raise BuyersTwo
    return one, other


def _standing(session: Session, buyer_id: int) -> Buyer:
    found = session.get(Buyer, buyer_id)
    if found is None:
        raise RecordMissing(what=f"buyer {buyer_id}")
    if found.merged_into is not None:
        other = session.get_one(Buyer, found.merged_into)
        raise BuyerMerged(name=found.name, other=other.name)
    return found
