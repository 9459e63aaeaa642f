"""What waits besides the duties of the policies: lessons to be seen to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from creditdesk.domain.duties.tasks import TaskOrigin
from creditdesk.i18n import N_
from creditdesk.presenters.parts.wording import Wording
from creditdesk.workspace import Desk

SHOWN = 6
"""Lines on Today; the page behind them has all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One line: what, about whom, by when (None: no day is set), and where it is dealt with."""

    title: str
    subject: str
    by: date | None
    off: str
    late: bool
    place: str
    where: dict[str, object]


def besides(desk: Desk, client: int | None, today: date, say: Wording) -> tuple[Beside, ...]:  # fmt: skip
    """Everything that is open, by its day; what has none comes last."""
    return tuple(sorted(_lessons(desk, client, today, say), key=lambda each: (each.by or date.max, each.title)))  # fmt: skip


def _lessons(desk: Desk, client: int | None, today: date, say: Wording) -> Iterator[Beside]:  # fmt: skip
    for each in desk.tasks.all(client):
        if each.origin is not TaskOrigin.LESSON or not each.is_open:
            continue
        who = each.owner or say(N_("nobody sees to it yet"))
        yield Beside(
            title=say(N_("Lesson: {text}"), text=each.text), subject=f"{each.client} · {who}", by=each.due_on,
            off=say.days_off(each.due_on, today) if each.due_on else say(N_("no day set")), late=each.is_late(today),
            place="lessons", where={},
        )  # fmt: skip
