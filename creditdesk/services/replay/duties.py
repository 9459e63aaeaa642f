"""The duties that fell due in a time, and what people did about them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.insurers.what_if import DutiesThen
from creditdesk.models import Duty
from creditdesk.services.replay.trials import tried

_CLOSED = ("done", "waived")


@dataclass(frozen=True, slots=True)
class Act:
    """A duty that a person closed, and when."""

    policy_id: int
    code: str
    subject: str
    state: str
    on: date


def acts_of(session: Session, client_id: int) -> tuple[Act, ...]:
    """What was done and waived, as the desk keeps it."""
    rows = session.execute(
        select(
            Duty.policy_id, Duty.code, Duty.subject, Duty.state, Duty.closed_on
        ).where(Duty.client_id == client_id, Duty.state.in_(_CLOSED))
    )
    return tuple(
        Act(row.policy_id, row.code, row.subject, row.state, row.closed_on)
        for row in rows
        if row.closed_on is not None
    )


def forget_duties(session: Session, client_id: int) -> None:
    """All of them: other terms give other days, and they are found anew."""
    tried(session).execute(delete(Duty).where(Duty.client_id == client_id))


def repeat_acts(session: Session, acts: Sequence[Act]) -> None:
    """The same people do the same on the same days, as far as there is still such a duty."""
    tried(session)
    for act in acts:
        session.execute(
            update(Duty)
            .where(
                Duty.policy_id == act.policy_id,
                Duty.code == act.code,
                Duty.subject == act.subject,
                Duty.state == "open",
            )
            .values(state=act.state, closed_on=act.on)
        )


def duties_then(
    session: Session, policies: Collection[int], start: date, end: date
) -> DutiesThen:
    """Those under these policies whose legal date lay in the time; late: done after it, or never done."""
    rows = session.execute(
        select(
            Duty.legal, Duty.state, Duty.closed_on, Duty.amount_minor, Duty.currency
        ).where(
            Duty.policy_id.in_(list(policies)),
            Duty.state.in_(("open", "done")),
            Duty.legal.between(start, end),
        )
    ).all()
    late = [row for row in rows if _is_late(row.state, row.closed_on, row.legal, end)]
    stakes: dict[str, int] = {}
    for row in late:
        if row.amount_minor:
            stakes[row.currency] = stakes.get(row.currency, 0) + row.amount_minor
    amounts = (Money.of_minor(minor, code) for code, minor in sorted(stakes.items()))
    return DutiesThen(len(rows), len(late), tuple(amounts))


def _is_late(state: str, closed_on: date | None, legal: date, end: date) -> bool:
    done = closed_on if state == "done" else None
    return (done or end) > legal
