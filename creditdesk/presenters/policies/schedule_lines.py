"""The lines of a schedule without Qt: each value in words with its standing, checked and entered where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from creditdesk.domain.policy.doubts import doubt
from creditdesk.domain.policy.fields import BY_KEY
from creditdesk.domain.policy.terms import ValueStanding, to_enter
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.presenters.parts.form import Answers, Form, FormField
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.policies.schedule import (
    entry_fields,
    entry_values,
    text_from,
    words_of,
)
from creditdesk.services.policies import (
    PolicyId,
    ScheduleValue,
    Spot,
    VersionLine,
)
from creditdesk.workspace import Workspace

PAGE = "page"


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """One line of the schedule, in words. `checkable`: a default that can be confirmed as it stands.

    `was`: what an endorsement changed it from, empty where it changed nothing.
    """

    key: str
    label: str
    words: str
    origin: str
    tone: Tone
    checkable: bool
    is_open: bool
    was: str = ""


class ScheduleLines:
    """A policy's schedule as it stands on a day, and the value that is being entered."""

    def __init__(
        self, workspace: Workspace, wording: Wording, policy: int, on: date
    ) -> None:
        self._policies = workspace.desk.policies
        self._workspace = workspace
        self._wording = wording
        self.policy = PolicyId(policy)
        self.changed: Event[None] = Event()
        self.page = ""
        self.editing: str | None = None
        self.entry: Form | None = None
        self._on = on
        self._asked: set[tuple[str, str]] = set()
        self._read()

    def reload(self) -> None:
        """Read it anew; what is being entered stays."""
        self._read()
        self.changed.emit(None)

    def _read(self) -> None:
        self.file = self._policies.file(self.policy, self._on)
        self._texts = {each.field.key: each.text for each in self.file.schedule}
        missing = {field.key for field in to_enter(self._texts)}
        lines = (self._line(each, missing) for each in self.file.schedule)
        self.lines: Mapping[str, ScheduleLine] = {line.key: line for line in lines}

    @property
    def spot(self) -> Spot | None:
        """The place on the paper that is kept with a value; None: none is marked."""
        return None

    def confirm(self, key: str) -> None:
        """The value stands so on the page being read."""
        self._policies.confirm(self.policy, (key,), self._version_day, self.page)

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

    @property
    def _version_day(self) -> date:
        """A day on which the version shown is in force."""
        shown = self._shown_version
        return shown.effective_from if shown else self._on

    @property
    def _shown_version(self) -> VersionLine | None:
        found = (each for each in self.file.versions if each.id == self.file.version_id)
        return next(found, None)

    def _line(self, value: ScheduleValue, missing: set[str]) -> ScheduleLine:
        say, field = self._wording, value.field
        label = field.label.in_language(say.language)
        words = words_of(field, value.text, self._texts["policy_currency"], say)
        was = self._was(value)
        if value.standing is ValueStanding.CONFIRMED:
            page = say(N_("checked, page {page}"), page=value.page) if value.page else say(N_("checked"))  # fmt: skip
            return ScheduleLine(field.key, label, words, page, Tone.DONE, checkable=False, is_open=False, was=was)  # fmt: skip
        if value.standing is ValueStanding.DEFAULT:
            return ScheduleLine(field.key, label, words, say(N_("default")), Tone.WARNING, checkable=True, is_open=True, was=was)  # fmt: skip
        if value.left_out:
            return ScheduleLine(field.key, label, "", say(N_("not on the paper")), Tone.DONE, checkable=False, is_open=False, was=was)  # fmt: skip
        if field.key in missing:
            return ScheduleLine(field.key, label, "", say(N_("required, missing")), Tone.DANGER, checkable=False, is_open=True, was=was)  # fmt: skip
        return ScheduleLine(field.key, label, "", "", Tone.FAINT, checkable=False, is_open=False, was=was)  # fmt: skip

    def _was(self, value: ScheduleValue) -> str:
        """What stood there before the endorsement, where that was another value."""
        if value.before is None or value.before == value.text:
            return ""
        currency = self._texts["policy_currency"]
        words = words_of(value.field, value.before, currency, self._wording)
        return words or self._wording(N_("empty"))

    def _enter(self, answers: Answers) -> None:
        assert self.editing  # noqa: S101 - a form is only there while a line is edited
        field, currency = BY_KEY[self.editing], self._texts["policy_currency"]
        text = text_from(field, answers, currency)
        self._policies.check_value(field.key, text, currency)
        self._ask_once(field.key, text)
        self.page = answers.text(PAGE)
        self._policies.set(
            self.policy, {field.key: text}, self._version_day, confirmed=True, page=self.page, spot=self.spot
        )  # fmt: skip

    def _ask_once(self, key: str, text: str) -> None:
        """A value that is mostly a slip is asked about; saved again, it was meant."""
        question = doubt(key, text, self._texts)
        if question and (key, text) not in self._asked:
            self._asked.add((key, text))
            raise question
