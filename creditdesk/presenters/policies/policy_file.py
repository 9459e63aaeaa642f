"""A policy as one reads its paper, without Qt: the schedule, what is still unchecked, its versions and duties."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from creditdesk.catalog.policies import duty_rules
from creditdesk.domain.policy.terms import PolicyTerms
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.credit.limit_history import limit_columns
from creditdesk.presenters.parts.form import Answers, Form, FormField
from creditdesk.presenters.parts.rules import rule_words
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.typed import FieldKind, read
from creditdesk.presenters.parts.voids import with_voids
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.policies.policies import period_words
from creditdesk.presenters.policies.schedule_lines import (
    PAGE,
    ScheduleLine,
    ScheduleLines,
)
from creditdesk.presenters.watch.duty_list import DutyList
from creditdesk.services.policies import LimitLine, PolicyId, VersionLine
from creditdesk.services.policies.values import EndorsementTooEarly
from creditdesk.services.watch.renewals import (
    STEP_TITLES,
    RenewalLine,
    RenewalStep,
    StepState,
)
from creditdesk.workspace import Workspace

__all__ = ["PAGE", "TABLES", "PolicyFilePresenter", "ScheduleLine"]

TABLES = frozenset({"policy", "policy_version", "policy_value", "credit_limit", "duty"})


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the schedule."""

    title: str
    lines: tuple[ScheduleLine, ...]


@dataclass(frozen=True, slots=True)
class VersionChip:
    """The terms from a day on. `shown`: those on the screen."""

    effective_from: date
    words: str
    hint: str
    shown: bool


@dataclass(frozen=True, slots=True)
class DutyWords:
    """A duty the policy creates: what, counted how (empty: no date), and what happens otherwise."""

    title: str
    rule: str
    consequence: str


class PolicyFilePresenter(ScheduleLines):
    """One policy, as it stands on the day of the version that is shown. `renewed`: by which; empty where by none."""

    def __init__(self, workspace: Workspace, wording: Wording, policy: int) -> None:
        self.endorsement = Form(
            (
                FormField(key="from", label=wording(N_("Takes effect on")), kind=FieldKind.DATE, required=True),
                FormField(key="reason", label=wording(N_("Endorsement and reason")), required=True, hint=wording(N_("its number and what it changes"))),
            ),
            self._endorse,
            blame={EndorsementTooEarly: "from"},
        )  # fmt: skip
        self.limits: Table[LimitLine] = Table(
            with_voids(
                limit_columns(wording, buyer=True),
                lambda row: row.voided,
                wording,
                told_in="condition",
            ),
            lambda row: row.id,
            sort="start",
            descending=True,
        )
        self.renewed = ""
        self.renewal: Table[RenewalStep] = Table(
            _renewal_columns(wording), lambda row: row.code, sort="safe"
        )
        today = workspace.today()
        line = workspace.desk.policies.file(PolicyId(policy), today).line
        self.watched = DutyList(workspace, wording, line.client_id)
        super().__init__(workspace, wording, policy, today)

    def _read(self) -> None:
        super()._read()
        duties = self._workspace.desk.watch.duties_of(policy_id=self.policy)
        self.watched.table.show(tuple(line for line in duties if not line.buyer_id))
        self.limits.show(self._policies.limit_history(policy_id=self.policy))
        line = self._renewal_line()
        self.renewal.show(line.steps if line else ())
        text = N_("renewed as {policy}")
        newer = line.renewed_by if line else ""
        self.renewed = self._wording(text, policy=newer) if newer else ""

    @property
    def subtitle(self) -> str:
        """Whose it is, with whom, for which time."""
        line = self.file.line
        period = self._wording(N_("{start} to {end}"), start=line.start, end=line.end)
        parts = (line.client, line.insurer, line.title.in_language(self._wording.language), period, line.currency)  # fmt: skip
        return " · ".join(parts)

    @property
    def chips(self) -> tuple[tuple[str, str], ...]:
        """Whether it runs."""
        today = self._workspace.today()
        words, tone = period_words(self.file.line, today, self._wording)
        return ((words, "done" if tone is Tone.PLAIN else "plain"),)

    @property
    def progress(self) -> str:
        """How much of the schedule is still to be checked or asked, in words."""
        say, unchecked, missing = self._wording, self.file.line.unconfirmed, self.file.line.to_enter  # fmt: skip
        if not unchecked + missing:
            return say(N_("Every value is checked against the paper."))
        parts = []
        if unchecked:
            parts.append(say.plural(N_("{count} default to check"), N_("{count} defaults to check"), unchecked))  # fmt: skip
        if missing:
            parts.append(say(N_("{count} to enter"), count=missing))
        return " · ".join(parts)

    @property
    def share_checked(self) -> float:
        """How much of what must be known is checked, from 0 to 1."""
        lines = self.lines.values()
        done = sum(bool(line.words) and not line.is_open for line in lines)
        open_ = sum(line.is_open for line in lines)
        return done / (done + open_) if done + open_ else 1.0

    @property
    def sections(self) -> tuple[Section, ...]:
        """The schedule in the order of the paper."""
        language = self._wording.language
        return tuple(
            Section(
                title.in_language(language),
                tuple(self.lines[each.field.key] for each in values),
            )
            for title, values in groupby(
                self.file.schedule, lambda each: each.field.section
            )
        )

    @property
    def versions(self) -> tuple[VersionChip, ...]:
        """The schedule as signed and its endorsements, the oldest first."""
        return tuple(map(self._chip, self.file.versions))

    @property
    def duties(self) -> Sequence[DutyWords]:
        """What the policy asks, counted by the terms shown."""
        terms, language = PolicyTerms.read(self._texts), self._wording.language
        found = []
        for rule in duty_rules(self.file.line.template):
            if not rule.applies(terms):
                continue
            how = rule.counted_by(terms, self.file.home)
            found.append(
                DutyWords(
                    rule.title.in_language(language),
                    rule_words(how, self._wording) if how else "",
                    rule.consequence.in_language(language),
                )
            )
        return found

    def _renewal_line(self) -> RenewalLine | None:
        watch, today = self._workspace.desk.watch, self._workspace.today()
        found = watch.renewals(self.file.line.client_id, today)
        return next((line for line in found if line.policy_id == self.policy), None)

    @property
    def on(self) -> date:
        """The day whose terms are shown."""
        return self._on

    @property
    def said_of_day(self) -> str:
        """What has to be known of that day: the policy did not run on it. Empty where it did."""
        line = self.file.line
        if self._on < line.start:
            return self._wording(N_("not begun on this day"))
        return self._wording(N_("ended before this day")) if self._on > line.end else ""

    @property
    def changes(self) -> int:
        """How many values the endorsement shown changed; 0 for the schedule as signed."""
        return sum(bool(line.was) for line in self.lines.values())

    def choose(self, effective_from: date) -> None:
        """Show the terms of that day."""
        self._on = effective_from
        self.cancel()
        self.reload()

    def look_on(self, text: str) -> str:
        """Show the terms that were in force on a day as it is typed; what can't be read is said."""
        try:
            day = read(FieldKind.DATE, text)
        except UserError as error:
            return self._wording.message(error.said)
        if isinstance(day, date) and day != self._on:
            self.choose(day)
        return ""

    def next_open(self, after: str = "") -> str | None:
        """The next line that waits, from a line on and round to the first."""
        lines = list(self.lines.values())
        place = next((i for i, line in enumerate(lines) if line.key == after), -1)
        ordered = (*lines[place + 1 :], *lines[: place + 1])
        return next((line.key for line in ordered if line.is_open), None)

    def is_unsaved(self) -> bool:
        """Whether something is typed that is not kept."""
        return self.endorsement.is_dirty() or bool(self.entry and self.entry.is_dirty())

    def save(self) -> bool:
        """Keep what is typed."""
        entered = not (self.entry and self.entry.is_dirty()) or self.entry.save()
        return entered and (not self.endorsement.is_dirty() or self.endorsement.save())

    def _chip(self, version: VersionLine) -> VersionChip:
        day = self._wording.day(version.effective_from)
        reason = version.reason or self._wording(N_("as signed"))
        return VersionChip(
            version.effective_from,
            f"{day}  {reason}",
            self._wording(N_("Show the terms from {day} on"), day=day),
            version.id == self.file.version_id,
        )

    def _endorse(self, answers: Answers) -> None:
        day = answers.day("from")
        assert day  # noqa: S101 - a required field
        self._policies.endorse(self.policy, day, answers.text("reason"))
        self._on = day


_STEP_TONES = {
    StepState.PAST: Tone.QUIET,
    StepState.NEXT: Tone.WARNING,
    StepState.LATER: Tone.PLAIN,
}


def _renewal_columns(wording: Wording) -> list[Column[RenewalStep]]:
    def title(row: RenewalStep) -> Cell:
        words = row.title.in_language(wording.language)
        return Cell(words, _STEP_TONES[row.state], bold=row.state is StepState.NEXT)

    def state(row: RenewalStep) -> Cell:
        return Cell(wording(STEP_TITLES[row.state]), _STEP_TONES[row.state])

    def rule(row: RenewalStep) -> Cell:
        return Cell(rule_words(row.rule, wording), Tone.QUIET)

    return [
        Column(key="safe", title=N_("Safe date"), cell=lambda row: wording.day(row.safe), order=lambda row: (row.safe, row.code), value=lambda row: row.safe, width=116),
        Column(key="state", title=N_("State"), cell=state, order=lambda row: (row.safe, row.code), width=90),
        Column(key="title", title=N_("Step"), cell=title, order=lambda row: row.title.in_language(wording.language), stretch=True),
        Column(key="rule", title=N_("Why that day"), cell=rule, order=lambda row: row.legal, width=300),
    ]  # fmt: skip
