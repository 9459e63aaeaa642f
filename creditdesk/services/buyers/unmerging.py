"""Makes a merged buyer two again, while nothing later rests on the merge."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from creditdesk.db import search
from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.models import Buyer, BuyerAlias, BuyerMerge, Duty
from creditdesk.readings.recounting import portions, recount
from creditdesk.services.buyers import merging, moving, resting
from creditdesk.services.buyers.double_values import (
    MergeId,
    MergeUndone,
    MergeUnknown,
    UnmergeRefused,
)
from creditdesk.services.buyers.findable import entry


def unmerge(session: Session, merge_id: MergeId) -> None:
    """Give back what the merge moved; what came later stays with the buyer that was kept."""
    database: Database = session.info["database"]
    record = session.get(BuyerMerge, merge_id)
    if record is None:
        raise MergeUnknown(merge=merge_id)
    if record.undone_at is not None:
        raise MergeUndone(merge=merge_id, at=record.undone_at.date())
    keep = session.get_one(Buyer, record.keep_id)
    gone = session.get_one(Buyer, record.gone_id)
    reasons = resting.on(session, record, keep, gone)
    if reasons:
        raise UnmergeRefused(keep=keep.name, gone=gone.name, reasons=reasons)
    _give_back(session, record.moved, keep, gone, database.now().date())
    record.undone_at = database.now()
    session.flush()  # the search looks at the rows themselves
    recount(session, {keep.id, gone.id})
    search.index(session, [entry(session, keep), entry(session, gone)])
    note(
        session, "unmerged", "buyer", keep.id, client_id=keep.client_id,
        after={"merge": merge_id, "gone": gone.id, **merging.counts(record.moved)},
    )  # fmt: skip


def _give_back(
    session: Session, moved: Mapping[str, Any], keep: Buyer, gone: Buyer, on: date
) -> None:
    moving.pass_on(session, moved["records"], gone.id)
    _duties_back(session, moved, keep.id, gone.id, on)
    for numbers in portions(moved["buyer_alias"]):
        session.execute(
            update(BuyerAlias)
            .where(BuyerAlias.id.in_(numbers))
            .values(buyer_id=gone.id)
        )
    for number in moved["added_alias"]:
        session.execute(delete(BuyerAlias).where(BuyerAlias.id == number))
    for name, value in moved["adopted"].items():
        # What a person has corrected since stays.
        if getattr(keep, name) == value:
            setattr(keep, name, "")
    session.flush()  # one buyer a code: it is given back before its owner stands again
    gone.merged_into = None


def _duties_back(
    session: Session, moved: Mapping[str, Any], keep: int, gone: int, on: date
) -> None:
    """Duties go back with what they are about; open ones that were found since are found again on the next count."""
    later = (Duty.buyer_id == keep) & (Duty.id > moved["last"]["duty"])
    mine = set(moved["records"].get("invoice", ()))
    for duty in session.scalars(select(Duty).where(later)).all():
        if duty.invoice_id not in mine and duty.state == "open":
            duty.state, duty.closed_on = "superseded", on
    session.flush()  # one open row a subject: these make room
    about_mine = [
        duty.id
        for duty in session.scalars(select(Duty).where(later)).all()
        if duty.invoice_id in mine
    ]
    for numbers in portions([*moved["duty"], *about_mine]):
        moving.pass_duties_on(session, Duty.id.in_(numbers), keep, gone, on)
    _reopen(session, moved["superseded"])


def _reopen(session: Session, numbers: Sequence[int]) -> None:
    """What stood twice while the two were one; not where a newer one stands by now."""
    for portion in portions(numbers):
        for duty in session.scalars(select(Duty).where(Duty.id.in_(portion))).all():
            newer = select(Duty.id).where(
                Duty.policy_id == duty.policy_id,
                Duty.code == duty.code,
                Duty.subject == duty.subject,
                Duty.state == "open",
            )
            if session.scalar(newer) is None:
                duty.state, duty.closed_on, duty.superseded_by = "open", None, None
                session.flush()  # the next one asks the rows
