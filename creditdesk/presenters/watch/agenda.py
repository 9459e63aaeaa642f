"""The list of Today, in words: what has to be done by when, what it costs to miss it, and the button that does it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from creditdesk.catalog.letters import LIMIT_LETTERS, OVERDUE_NOTICE
from creditdesk.domain.cover.codes import RequestKind
from creditdesk.domain.declare.declarations import DUTIES
from creditdesk.domain.duties.agenda import Agenda, DutyLine
from creditdesk.domain.duties.duties import Action
from creditdesk.domain.duties.renewal import TIMETABLE
from creditdesk.i18n import N_
from creditdesk.presenters.parts.rules import rule_words
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.parts.wording import Wording

LIMITS_PART = 2
"""Where the limits stand in a credit file."""


@dataclass(frozen=True, slots=True)
class _Button:
    """What it says, the page it opens, and what that page is told; without a page the duty is marked as done."""

    word: str
    place: str = ""
    told: tuple[str, ...] = ()
    besides: tuple[tuple[str, object], ...] = ()


def _letter(word: str, letter: str) -> _Button:
    return _Button(word, "letter", ("policy", "buyer"), (("letter", letter),))


def _request(word: str, kind: RequestKind) -> _Button:
    return _letter(word, LIMIT_LETTERS[kind])


BUYER_BUTTONS: Mapping[Action, _Button] = {
    Action.OPEN: _Button(N_("Open the file"), "buyer_file", ("buyer",)),
    Action.DONE: _Button(N_("Mark as done")),
    Action.NOTICE: _letter(N_("Prepare the notice"), OVERDUE_NOTICE),
    Action.CLAIM: _Button(N_("Open the claim"), "new_claim", ("buyer",)),
    Action.APPLY: _request(N_("Apply for a limit"), RequestKind.NEW),
    Action.RENEW: _request(N_("Ask for renewal"), RequestKind.RENEWAL),
    Action.ANSWER: _Button(
        N_("Enter the answer"), "buyer_file", ("buyer",), (("part", LIMITS_PART),)
    ),
}
POLICY_BUTTONS: Mapping[Action, _Button] = {
    Action.OPEN: _Button(N_("Open the policy"), "policy_file", ("policy",)),
    Action.DONE: _Button(N_("Mark as done")),
    Action.DECLARE: _Button(N_("Declare"), "declarations", ("policy",)),
    Action.PREMIUM: _Button(N_("Open the premium"), "premium", ("policy",)),
    Action.APPLY: _Button(N_("Show the limits"), "limits"),
}
"""The buttons of a duty to one buyer, and of one to the policy as a whole; what is missing opens the file."""
_WEEK = timedelta(days=7)
AHEAD = timedelta(days=92)
"""How far Today looks ahead."""
SHOWN = 60
"""How many things it shows."""


class Group(StrEnum):
    """When something is due."""

    LATE = "late"
    WEEK = "week"
    LATER = "later"


GROUP_TITLES = {
    Group.LATE: N_("Safe date passed"),
    Group.WEEK: N_("This week"),
    Group.LATER: N_("Later"),
}


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the list, in words. `place` and `where`: what its button opens; empty: nothing to open."""

    duty: DutyLine
    group: Group
    day: str
    off: str
    tone: Tone
    title: str
    rule: str
    subject: str
    consequence: str
    money: str
    act: str
    place: str
    where: dict[str, object]


class TaskList:
    """The agenda as rows."""

    def __init__(self, agenda: Agenda, today: date, wording: Wording) -> None:
        self._wording = wording
        self.agenda = agenda
        self.tasks = tuple(self._task(duty, today) for duty in agenda.lines)
        self._waiting = Counter(_group(each.safe, today) for each in agenda.waiting)
        self.urgent = self._waiting[Group.LATE] + self._waiting[Group.WEEK]

    def group(self, group: Group) -> Sequence[Task]:
        """The tasks of one group."""
        return [task for task in self.tasks if task.group is group]

    def waiting(self, group: Group) -> int:
        """How many things wait in one group, shown or not."""
        return self._waiting[group]

    @property
    def summary(self) -> str:
        """How much waits, in one line."""
        count = len(self.agenda.waiting)
        if not count:
            return self._wording(N_("Nothing has to be done in the next three months."))
        if not self.agenda.at_stake:
            return self._wording.plural(
                N_("{count} thing to do, by safe date"),
                N_("{count} things to do, by safe date"),
                count,
            )
        return self._wording.plural(
            N_("{count} thing to do, with {money} at stake; by safe date"),
            N_("{count} things to do, with {money} at stake; by safe date"),
            count,
            money=self._wording.moneys(self.agenda.at_stake),
        )

    def _task(self, duty: DutyLine, today: date) -> Task:
        wording = self._wording
        group = _group(duty.safe, today)
        tone = {
            Group.LATE: Tone.DANGER,
            Group.WEEK: Tone.WARNING,
            Group.LATER: Tone.QUIET,
        }[group]
        act, place, where = self._act(duty)
        return Task(
            duty=duty,
            group=group,
            day=wording.short_day(duty.safe)
            if duty.safe.year == today.year
            else wording.day(duty.safe),
            off=wording.days_off(duty.safe, today),
            tone=tone,
            title=duty.title.in_language(wording.language),
            rule=rule_words(duty.rule, wording),
            subject=self._subject(duty, today),
            consequence=self._consequence(duty),
            money=wording.money(duty.amount) if duty.amount else "",
            act=act,
            place=place,
            where=where,
        )

    def _act(self, duty: DutyLine) -> tuple[str, str, dict[str, object]]:
        buttons = POLICY_BUTTONS if duty.buyer_id is None else BUYER_BUTTONS
        button = buttons.get(duty.action, buttons[Action.OPEN])
        about = {"policy": duty.policy_id, "buyer": duty.buyer_id}
        where = {name: about[name] for name in button.told}
        return (
            self._wording(button.word),
            button.place,
            {**where, **dict(button.besides)},
        )

    def _subject(self, duty: DutyLine, today: date) -> str:
        who = (
            f"{duty.client} → {duty.buyer}"
            if duty.buyer
            else f"{duty.client} · {duty.policy}"
        )
        if duty.code in DUTIES.values():
            periods = self._wording.plural(
                N_("the period to {day}"),
                N_("{count} periods, the oldest to {day}"),
                len(duty.ids),
                day=duty.anchor_on,
            )
            return f"{who} · {periods}"
        if not duty.invoices:
            return who
        days = (today - duty.anchor_on).days
        if duty.anchor_on > today or len(duty.invoices) == 0:
            return who
        what = self._wording.plural(
            N_("{count} invoice, since {day} ({days} days)"),
            N_("{count} invoices, the oldest since {day} ({days} days)"),
            len(duty.invoices),
            day=duty.anchor_on,
            days=days,
        )
        return f"{who} · {what}"

    def _consequence(self, duty: DutyLine) -> str:
        parts = []
        if duty.code not in TIMETABLE:
            parts.append(self._wording(N_("Last legal day {day}."), day=duty.legal))
        if duty.provisional:
            parts.append(
                self._wording(
                    N_("Provisional: counted from a notice that is not sent yet.")
                )
            )
        if not duty.calendar_known:
            parts.append(
                self._wording(
                    N_(
                        "That year's exchanged days are not known yet; weekends and holidays fixed by law are counted."
                    )
                )
            )
        parts.append(duty.consequence.in_language(self._wording.language))
        return " ".join(parts)


def _group(safe: date, today: date) -> Group:
    if safe < today:
        return Group.LATE
    return Group.WEEK if safe <= today + _WEEK else Group.LATER
