"""Duties as rows: what is open, what was closed for good, what a moved anchor supersedes."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from creditdesk.db import bulk
from creditdesk.db.touched import Scope
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress
from creditdesk.models import Duty
from creditdesk.services.watch.finding import find, is_looked_at
from creditdesk.services.watch.found import FoundDuty, Key

_OPEN = (
    Duty.id, Duty.policy_id, Duty.code, Duty.subject, Duty.buyer_id, Duty.anchor_on, Duty.legal, Duty.safe, Duty.rule,
    Duty.provisional, Duty.amount_minor,
)  # fmt: skip

_AT_ONCE = 2_000
_Kept = Any
"""A row of these columns."""


@dataclass(slots=True)
class Changes:
    """How the duties kept differ from those there are. Same: nothing. `replaced`: rows that new ones supersede."""

    fresh: list[FoundDuty] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    replaced: dict[Key, int] = field(default_factory=dict)
    amounts: list[dict[str, Any]] = field(default_factory=list)
    done: list[dict[str, Any]] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many rows are to be written."""
        return len(self.fresh) + len(self.gone) + len(self.amounts) + len(self.done)


def changes(session: Session, scope: Scope, on: date, progress: Progress) -> Changes:
    """What has to be written for the duties of a day. Raises `Cancelled` at any step."""
    each = partial(progress.each, what=N_("Watching the dates"), every=_AT_ONCE)
    step = partial(progress.step, Message(N_("Watching the dates")))
    found = {duty.key: duty for duty in each(find(session, scope, on, step))}
    kept = _open_rows(session, scope)
    closed = _closed_anchors(session, scope)
    result = Changes(gone=[row.id for key, row in kept.items() if key not in found])
    for key, duty in each(found.items()):
        row = kept.get(key)
        if _differs(row, duty) and duty.deadline.anchor_on not in closed[key]:
            result.fresh.append(duty)
            if row is not None:
                result.replaced[key] = row.id
        elif row is not None and duty.done_on:
            result.done.append({"id": row.id, "state": "done", "closed_on": duty.done_on})  # fmt: skip
        amount = duty.amount.rounded().minor
        if row is not None and row.amount_minor != amount:
            result.amounts.append({"id": row.id, "amount_minor": amount})
    return result


def write(
    session: Session, found: Changes, on: date, at: datetime, progress: Progress
) -> int:
    """Write them; the answer is how many rows. A moved anchor or changed rule supersedes, nothing is overwritten."""
    ended = [*found.gone, *found.replaced.values()]
    superseded = [
        {"id": number, "state": "superseded", "closed_on": on} for number in ended
    ]
    for rows in (superseded, found.amounts, found.done):
        if rows:
            session.execute(update(Duty), rows)
    step = partial(progress.step, Message(N_("Watching the dates")))
    bulk.add_each(session, Duty, (_new_row(duty, at) for duty in found.fresh), step)
    for (policy, code, subject), before in found.replaced.items():
        newer = (
            select(Duty.id)
            .where(Duty.policy_id == policy, Duty.code == code, Duty.subject == subject)
            .order_by(Duty.id.desc())
            .limit(1)
        )
        session.execute(
            update(Duty)
            .where(Duty.id == before)
            .values(superseded_by=newer.scalar_subquery())
        )
    return found.count


def _within(scope: Scope) -> list[ColumnElement[bool]]:
    mine = [Duty.client_id == scope.client_id]
    if scope.buyers is not None:
        mine.append(or_(Duty.buyer_id.is_(None), Duty.buyer_id.in_(scope.buyers)))
    return mine


def _open_rows(session: Session, scope: Scope) -> dict[Key, _Kept]:
    """The open duties that are looked at, by what tells them again."""
    rows = session.execute(select(*_OPEN).where(Duty.state == "open", *_within(scope)))
    return {
        (row.policy_id, row.code, row.subject): row
        for row in rows
        if is_looked_at(scope, row.code, row.buyer_id)
    }


def _closed_anchors(session: Session, scope: Scope) -> Mapping[Key, set[date]]:
    """The anchors for which a duty was done or waived: it does not come back for them."""
    closed: dict[Key, set[date]] = defaultdict(set)
    found = session.execute(
        select(Duty.policy_id, Duty.code, Duty.subject, Duty.anchor_on).where(
            Duty.state.in_(("done", "waived")), *_within(scope)
        )
    )
    for policy, code, subject, anchor_on in found:
        closed[policy, code, subject].add(anchor_on)
    return closed


def _differs(kept: _Kept | None, duty: FoundDuty) -> bool:
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


def _new_row(duty: FoundDuty, at: datetime) -> dict[str, object]:
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
        "recorded_at": at,
    }
