"""The sample's declarations and premium notes: most in time, one late, one whose total is wrong, the last one open."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.policy.premium_notes import NoteKind
from creditdesk.services.declarations import NewDeclaration, PeriodLine
from creditdesk.services.policies import PolicyId
from creditdesk.services.premiums import NewNote
from creditdesk.workspace import Desk

_DAY = timedelta(days=1)
_LATE, _WRONG = -4, -7
"""The places, from the last period, of the one declared late and of the one with a wrong total."""
_LATE_BY = timedelta(days=9)


def declare(desk: Desk, policy: PolicyId, today: date) -> None:
    """Every period that has ended but the last one."""
    periods = desk.declarations.overview(today, policy_id=policy).periods
    ended = [line for line in periods if line.asked.period.end < today]
    for place, line in enumerate(ended[:-1], start=-len(ended)):
        _declare(desk, line, place, today)


def premium_notes(desk: Desk, policy: PolicyId, currency: str, today: date) -> None:
    """A deposit that was paid and an instalment that is still owed."""
    made = [
        desk.premiums.add_note(
            NewNote(
                policy_id=policy,
                kind=kind,
                amount=Money(Decimal(amount), currency),
                due_on=due,
                reference=f"BF-{policy}{number:02d}",
            )
        )
        for number, (kind, amount, due) in enumerate(_notes(today), start=1)
    ]
    desk.premiums.pay(made[0], today - timedelta(days=488), today)


def _notes(today: date) -> Sequence[tuple[NoteKind, int, date]]:
    return (
        (NoteKind.DEPOSIT, 50_000, today - timedelta(days=485)),
        (NoteKind.INSTALMENT, 20_000, today + timedelta(days=12)),
    )


def _declare(desk: Desk, line: PeriodLine, place: int, today: date) -> None:
    deadline = line.asked.deadline
    on = deadline.safe - _DAY if deadline else line.asked.period.end + _DAY
    if place == _LATE and deadline:
        on = deadline.legal + _LATE_BY
    wrong = place == _WRONG and line.computed
    desk.declarations.record(
        NewDeclaration(
            policy_id=line.policy_id,
            start=line.asked.period.start,
            end=line.asked.period.end,
            on=min(on, today),
            way="保险公司系统",
            reference=f"SB-{line.asked.period.end:%Y%m}",
            totals=tuple(_swapped(each) for each in line.computed) if wrong else None,
        ),
        today,
    )


def _swapped(total: Money) -> Money:
    """A slip of the finger: a thousand too little."""
    return total - Money(Decimal(1000), total.currency)
