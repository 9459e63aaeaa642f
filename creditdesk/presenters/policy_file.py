"""A policy as one reads its paper, without Qt: the schedule, what is still unchecked, its versions and duties."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from creditdesk.catalog.policies import duty_rules
from creditdesk.domain.policy import PolicyTerms, Standing
from creditdesk.domain.policy_fields import BY_KEY
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.presenters.form import Answers, Form, FormField
from creditdesk.presenters.limit_history import limit_columns
from creditdesk.presenters.policies import period_words
from creditdesk.presenters.rules import rule_words
from creditdesk.presenters.schedule import (
    entry_fields,
    entry_values,
    text_from,
    words_of,
)
from creditdesk.presenters.table import Table, Tone
from creditdesk.presenters.typed import Kind
from creditdesk.presenters.wording import Wording
from creditdesk.services.policies import (
    LimitLine,
    PolicyId,
    ScheduleValue,
    VersionLine,
)
from creditdesk.services.policies.values import EndorsementTooEarly
from creditdesk.workspace import Workspace

TABLES = frozenset({"policy", "policy_version", "policy_value", "credit_limit"})
PAGE = "page"


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """One line of the schedule, in words. `checkable`: a default that can be confirmed as it stands."""

    key: str
    label: str
    words: str
    origin: str
    tone: Tone
    checkable: bool
    is_open: bool


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


class PolicyFilePresenter:
    """One policy, as it stands on the day of the version that is shown."""

    def __init__(self, workspace: Workspace, wording: Wording, policy: int) -> None:
        self._policies = workspace.desk.policies
        self._workspace = workspace
        self._wording = wording
        self.policy = PolicyId(policy)
        self.changed: Event[None] = Event()
        self.page = ""
        self._on = workspace.today()
        self.editing: str | None = None
        self.entry: Form | None = None
        self.endorsement = Form(
            (
                FormField(key="from", label=wording(N_("Takes effect on")), kind=Kind.DATE, required=True),
                FormField(key="reason", label=wording(N_("Endorsement and reason")), required=True, hint=wording(N_("its number and what it changes"))),
            ),
            self._endorse,
            blame={EndorsementTooEarly: "from"},
        )  # fmt: skip
        self.limits: Table[LimitLine] = Table(
            limit_columns(wording, buyer=True),
            lambda row: row.id,
            sort="start",
            descending=True,
        )
        self._read()

    def reload(self) -> None:
        """Read it anew; what is being entered stays."""
        self._read()
        self.changed.emit(None)

    def _read(self) -> None:
        self.file = self._policies.file(self.policy, self._on)
        self._texts = {each.field.key: each.text for each in self.file.schedule}
        self.limits.show(self._policies.limits(policy_id=self.policy))

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
        say, lines = self._wording, [line for each in self.sections for line in each.lines]  # fmt: skip
        unchecked = sum(line.checkable for line in lines)
        asked = sum(line.is_open and not line.checkable for line in lines)
        if not unchecked + asked:
            return say(N_("Every value is checked against the paper."))
        parts = []
        if unchecked:
            parts.append(say.plural(N_("{count} default to check"), N_("{count} defaults to check"), unchecked))  # fmt: skip
        if asked:
            parts.append(say(N_("{count} required and missing"), count=asked))  # fmt: skip
        return " · ".join(parts)

    @property
    def share_checked(self) -> float:
        """How much of what must be known is checked, from 0 to 1."""
        lines = [line for each in self.sections for line in each.lines]
        done = sum(bool(line.words) and not line.is_open for line in lines)
        open_ = sum(line.is_open for line in lines)
        return done / (done + open_) if done + open_ else 1.0

    @property
    def sections(self) -> tuple[Section, ...]:
        """The schedule in the order of the paper."""
        language = self._wording.language
        return tuple(
            Section(title.in_language(language), tuple(map(self._line, values)))
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
            how = rule.counted_by(terms)
            found.append(
                DutyWords(
                    rule.title.in_language(language),
                    rule_words(how, self._wording) if how else "",
                    rule.consequence.in_language(language),
                )
            )
        return found

    def choose(self, effective_from: date) -> None:
        """Show the terms of that day."""
        self._on = effective_from
        self.cancel()
        self.reload()

    def confirm(self, key: str) -> None:
        """The value stands so on the page being read."""
        self._policies.confirm(self.policy, (key,), self._version_day, self.page)

    def next_open(self, after: str = "") -> str | None:
        """The next line that waits, from a line on and round to the first."""
        lines = [line for each in self.sections for line in each.lines]
        place = next((i for i, line in enumerate(lines) if line.key == after), -1)
        ordered = (*lines[place + 1 :], *lines[: place + 1])
        return next((line.key for line in ordered if line.is_open), None)

    def edit(self, key: str) -> Form:
        """Enter a value as the paper gives it, with the page it stands on."""
        field, currency = BY_KEY[key], self._texts["policy_currency"]
        page = FormField(
            key=PAGE,
            label=self._wording(N_("Page of the paper")),
            hint=self._wording(N_("page")),
        )
        self.editing = key
        self.entry = Form(
            (*entry_fields(field, currency, self._wording), page),
            self._enter,
            {**entry_values(field, self._texts[key]), PAGE: self.page},
        )
        return self.entry

    def cancel(self) -> None:
        """Leave the value as it was."""
        self.editing, self.entry = None, None

    def is_unsaved(self) -> bool:
        """Whether something is typed that is not kept."""
        return self.endorsement.is_dirty() or bool(self.entry and self.entry.is_dirty())

    def save(self) -> bool:
        """Keep what is typed."""
        entered = not (self.entry and self.entry.is_dirty()) or self.entry.save()
        return entered and (not self.endorsement.is_dirty() or self.endorsement.save())

    @property
    def _version_day(self) -> date:
        """A day on which the version shown is in force."""
        shown = self._shown_version
        return shown.effective_from if shown else self._on

    @property
    def _shown_version(self) -> VersionLine | None:
        found = (each for each in self.file.versions if each.id == self.file.version_id)
        return next(found, None)

    def _line(self, value: ScheduleValue) -> ScheduleLine:
        say, field = self._wording, value.field
        label = field.label.in_language(say.language)
        words = words_of(field, value.text, self._texts["policy_currency"], say)
        missing = value.standing is Standing.ASK or (field.required and not value.text)
        if value.standing is Standing.CONFIRMED:
            page = say(N_("checked, page {page}"), page=value.page) if value.page else say(N_("checked"))  # fmt: skip
            return ScheduleLine(field.key, label, words, page, Tone.DONE, checkable=False, is_open=False)  # fmt: skip
        if value.standing is Standing.DEFAULT:
            return ScheduleLine(field.key, label, words, say(N_("default")), Tone.WARNING, checkable=True, is_open=True)  # fmt: skip
        if missing:
            return ScheduleLine(field.key, label, "", say(N_("required, missing")), Tone.DANGER, checkable=False, is_open=True)  # fmt: skip
        return ScheduleLine(field.key, label, "", "", Tone.FAINT, checkable=False, is_open=False)  # fmt: skip

    def _chip(self, version: VersionLine) -> VersionChip:
        day = self._wording.day(version.effective_from)
        reason = version.reason or self._wording(N_("as signed"))
        return VersionChip(
            version.effective_from,
            f"{day}  {reason}",
            self._wording(N_("Show the terms from {day} on"), day=day),
            version.id == self.file.version_id,
        )

    def _enter(self, answers: Answers) -> None:
        assert self.editing  # noqa: S101 - a form is only there while a line is edited
        field, currency = BY_KEY[self.editing], self._texts["policy_currency"]
        text = text_from(field, answers, currency)
        self._policies.check_value(field.key, text, currency)
        self.page = answers.text(PAGE)
        self._policies.set(
            self.policy, {field.key: text}, self._version_day, confirmed=True, page=self.page
        )  # fmt: skip

    def _endorse(self, answers: Answers) -> None:
        day = answers.day("from")
        assert day  # noqa: S101 - a required field
        self._policies.endorse(self.policy, day, answers.text("reason"))
        self._on = day
