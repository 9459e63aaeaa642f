"""Duties as rows: what is open, what was closed for good, what a moved anchor supersedes."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.models import Duty
from creditdesk.services.watch.found import FoundDuty, Key


def open_rows(session: Session) -> dict[Key, Duty]:
    """The open duties, by what tells them again."""
    rows = session.scalars(select(Duty).where(Duty.state == "open")).all()
    session.expunge_all()
    return {(row.policy_id, row.code, row.subject): row for row in rows}


def closed_anchors(session: Session) -> dict[Key, set[date]]:
    """The anchors for which a duty was done or waived: it does not come back for them."""
    closed: dict[Key, set[date]] = defaultdict(set)
    found = session.execute(
        select(Duty.policy_id, Duty.code, Duty.subject, Duty.anchor_on).where(
            Duty.state.in_(("done", "waived"))
        )
    )
    for policy, code, subject, anchor_on in found:
        closed[policy, code, subject].add(anchor_on)
    return closed


def is_closed(closed: Mapping[Key, set[date]], duty: FoundDuty) -> bool:
    """Whether a duty was done or waived for this anchor."""
    return duty.deadline.anchor_on in closed.get(duty.key, ())


def differs(kept: Duty | None, duty: FoundDuty) -> bool:
    """Whether a duty found is not the one kept."""
    if kept is None:
        return True
    deadline = duty.deadline
    same = (
        kept.anchor_on == deadline.anchor_on
        and kept.legal == deadline.legal
        and kept.safe == deadline.safe
        and kept.rule == deadline.rule.text
        and kept.provisional == deadline.provisional
    )
    return not same


def supersede(session: Session, ids: list[int], on: date) -> None:
    """Close rows whose anchor moved or whose ground fell away."""
    if ids:
        session.execute(
            update(Duty),
            [{"id": number, "state": "superseded", "closed_on": on} for number in ids],
        )


def link(session: Session, moved: list[tuple[Duty, FoundDuty]]) -> None:
    """Tell each superseded duty which one took its place."""
    for before, after in moved:
        policy, code, subject = after.key
        newer = session.scalars(
            select(Duty.id)
            .where(Duty.policy_id == policy, Duty.code == code, Duty.subject == subject)
            .order_by(Duty.id.desc())
            .limit(1)
        ).one()
        session.execute(
            update(Duty).where(Duty.id == before.id).values(superseded_by=newer)
        )


def new_row(duty: FoundDuty, database: Database) -> dict[str, object]:
    """A duty found, as a row."""
    deadline = duty.deadline
    return {
        "client_id": duty.client_id,
        "policy_id": duty.policy_id,
        "version_id": duty.version_id,
        "code": deadline.code,
        "subject": deadline.subject,
        "buyer_id": duty.buyer_id,
        "invoice_id": duty.invoice_id,
        "anchor": deadline.anchor.value,
        "anchor_on": deadline.anchor_on,
        "legal": deadline.legal,
        "safe": deadline.safe,
        "opens_on": None,
        "rule": deadline.rule.text,
        "provisional": deadline.provisional,
        "calendar_known": deadline.calendar_known,
        "currency": duty.amount.currency,
        "amount_minor": duty.amount.rounded().minor,
        "state": "done" if duty.done_on else "open",
        "closed_on": duty.done_on,
        "superseded_by": None,
        "recorded_at": database.now(),
    }
