"""What waits besides the duties of the policies: lessons, answers that are expected, limits to be asked for again."""

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
    found = (
        *_answers(desk, client, today, say),
        *_requests(desk, client, today, say),
        *_lessons(desk, client, today, say),
    )
    return tuple(sorted(found, key=lambda each: (each.by or date.max, each.title)))


def _answers(desk: Desk, client: int | None, today: date, say: Wording) -> Iterator[Beside]:  # fmt: skip
    for each in desk.insurers.contacts(client):
        if not each.waits or each.follow_on is None:
            continue
        yield Beside(
            title=say(N_("{party}: answer expected"), party=each.party),
            subject=" · ".join(filter(None, (each.client, each.person, each.said))), by=each.follow_on,
            off=say.days_off(each.follow_on, today), late=each.is_late(today), place="relations",
            where={"contact": each.id},
        )  # fmt: skip


def _requests(desk: Desk, client: int | None, today: date, say: Wording) -> Iterator[Beside]:  # fmt: skip
    for each in desk.insurers.waiting(client, today):
        if not each.is_slow(today):
            continue
        days = each.days(today)
        yield Beside(
            title=say(N_("Limit for {buyer}: ask {insurer} for its answer"), buyer=each.buyer, insurer=each.insurer),
            subject=" · ".join(
                filter(None, (each.client, say.money(each.amount) if each.amount else "",
                    say.plural(N_("waits {count} day"), N_("waits {count} days"), days)))
            ),
            by=today, off=say.days_off(today, today), late=False, place="relations", where={},
        )  # fmt: skip


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
