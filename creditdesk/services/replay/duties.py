"""The duties that fell due in a time, and what people did about them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.insurers.what_if import DutiesOfKind, DutiesThen
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
            Duty.code, Duty.legal, Duty.state, Duty.closed_on, Duty.amount_minor, Duty.currency
        ).where(
            Duty.policy_id.in_(list(policies)),
            Duty.state.in_(("open", "done")),
            Duty.legal.between(start, end),
        )
    ).all()  # fmt: skip
    due = Counter(row.code for row in rows)
    late: Counter[str] = Counter()
    stakes: dict[str, Counter[str]] = {}
    for row in rows:
        if not _is_late(row.state, row.closed_on, row.legal, end):
            continue
        late[row.code] += 1
        if row.amount_minor:
            stakes.setdefault(row.code, Counter())[row.currency] += row.amount_minor
    whole = sum(stakes.values(), Counter[str]())
    kinds = (
        DutiesOfKind(code, due[code], late[code], _amounts(stakes.get(code, {})))
        for code in sorted(due)
    )
    return DutiesThen(len(rows), late.total(), _amounts(whole), tuple(kinds))


def _amounts(minors: Mapping[str, int]) -> tuple[Money, ...]:
    return tuple(Money.of_minor(minor, code) for code, minor in sorted(minors.items()))


def _is_late(state: str, closed_on: date | None, legal: date, end: date) -> bool:
    done = closed_on if state == "done" else None
    return (done or end) > legal
