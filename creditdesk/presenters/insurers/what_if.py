"""The client's own ledger under other policies, without Qt: what is asked, the work, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from creditdesk.domain.insurers.kept_quotes import QuoteLine
from creditdesk.domain.insurers.what_if import (
    MOST,
    OtherPolicy,
    OwnPolicy,
    Replayed,
    Slower,
    Stress,
    WhatIf,
)
from creditdesk.domain.insurers.what_if_checks import check
from creditdesk.domain.insurers.what_if_words import stress_words
from creditdesk.errors import UserError
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Job, Progress
from creditdesk.outputs import beside
from creditdesk.presenters.insurers.other_policy import OtherPolicyForm
from creditdesk.presenters.insurers.stress import StressForm, StressKind
from creditdesk.presenters.parts.form import Answers, Form, FormField, Option
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports import what_if_page
from creditdesk.services.policies import PolicyLine
from creditdesk.whatif import replayed
from creditdesk.whatif.case import case_text, read_case
from creditdesk.workspace import Workspace

LETTERS: Final = "ABCD"
_YEAR = timedelta(days=365)
_MONTHS_12, _MONTHS_24, _MONTHS_36, _OWN_DAYS = "12", "24", "36", ""
_SLOWER_DAYS, _HALF = "20", "0.5"


class WhatIfClientMissing(UserError):
    """A replay is one client's."""

    message = N_(
        "Choose a client above: a replay goes through the ledger of one client."
    )


class WhatIfFull(UserError):
    """As many as a page holds."""

    message = N_("Four policies stand side by side already. Take one out first.")


class WhatIfNameTaken(UserError):
    """Nobody could tell them apart."""

    message = N_(
        "Another policy here is called {name}. Give this one a name of its own."
    )


class WhatIfDaysMissing(UserError):
    """A time without a beginning or an end."""

    message = N_("Say from when to when the ledger is to be replayed.")


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a question: as it was, and under its stresses; empty: there are none."""

    asked: WhatIf
    plain: tuple[Replayed, ...]
    stressed: tuple[Replayed, ...]

    @property
    def shown(self) -> tuple[Replayed, ...]:
        """What was asked for in the end."""
        return self.stressed or self.plain


class WhatIfPresenter:
    """`found` None: nothing was replayed, or what was asked has changed since."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace, self._wording = workspace, wording
        self.changed: Event[None] = Event()
        self.found: Found | None = None
        self.stresses: tuple[Stress, ...] = ()
        self._spans = self._own()
        self._buyers = self._known_buyers()
        self.policies: tuple[OwnPolicy | OtherPolicy, ...] = self._first()
        self._editing: OtherPolicy | None = None
        self.period = self._period_form()
        currency = self._spans[-1].currency if self._spans else ""
        self.other = OtherPolicyForm(wording, self._keep_other, self._quotes(), self._buyers, currency)  # fmt: skip
        self.stress = StressForm(wording, self._keep_stresses, self._buyers)

    @property
    def has_client(self) -> bool:
        """Whether a client is chosen."""
        return self._workspace.client is not None

    @property
    def client(self) -> str:
        """The client's name; empty without one."""
        lines = self._workspace.desk.clients.all() if self.has_client else ()
        return next((each.name for each in lines if each.id == self._workspace.client), "")  # fmt: skip

    @property
    def said(self) -> str:
        """Whose ledger, from when to when, and that nothing of it is kept."""
        if not self.has_client:
            return self._wording.message(WhatIfClientMissing().said)
        say = self._wording
        text = N_("{client}: the ledger replayed under each policy; nothing of it changes the desk.")  # fmt: skip
        return say(text, client=self.client)

    @property
    def policy_names(self) -> Sequence[str]:
        """The policies side by side, by their letters."""
        say = self._wording
        own, other = N_("{letter}  {name}, the own policy"), N_("{letter}  {name}")
        return [
            say(own if isinstance(each, OwnPolicy) else other, letter=letter, name=each.name)
            for letter, each in zip(LETTERS, self.policies, strict=False)
        ]  # fmt: skip

    @property
    def stress_names(self) -> Sequence[str]:
        """What else is to have happened."""
        return [self._wording.message(stress_words(each)) for each in self.stresses]

    @property
    def may_run(self) -> bool:
        """Whether there is something to replay."""
        return self.has_client and bool(self.policies)

    def may_change(self, place: int) -> bool:
        """Whether the terms of a policy are typed here; the own policy's are those of its file."""
        return isinstance(self.policies[place], OtherPolicy)

    def start_other(self, place: int | None = None) -> None:
        """Ask for another policy, or for other terms of one there is. Raises `WhatIfFull`."""
        chosen = None if place is None else self.policies[place]
        if chosen is None and len(self.policies) >= MOST:
            raise WhatIfFull
        self._editing = chosen if isinstance(chosen, OtherPolicy) else None
        self.other.start(self._editing)

    def add_own(self) -> None:
        """The client's own policy again, where it was taken out. Raises `WhatIfFull`."""
        if len(self.policies) >= MOST:
            raise WhatIfFull
        self.policies = (*self._first(), *self.policies)
        self._ask_anew()

    @property
    def may_add_own(self) -> bool:
        """Whether the own policy isn't there, and could be."""
        own = any(isinstance(each, OwnPolicy) for each in self.policies)
        return bool(self._spans) and not own

    def take_out(self, place: int) -> None:
        """One policy less."""
        self.policies = (*self.policies[:place], *self.policies[place + 1 :])
        self._ask_anew()

    def start_stress(self, kind: StressKind) -> None:
        """Ask for a stress, with what is usual in its fields: the largest buyer, the last day, 20 days, half."""
        texts = {"on": self.period.value("end"), "days": _SLOWER_DAYS, "factor": _HALF}
        field = {StressKind.FAILS: "on", StressKind.SLOWER: "days", StressKind.LIMITS: "factor"}[kind]  # fmt: skip
        given = {field: texts[field]}
        largest = self._largest()
        if kind is not StressKind.SLOWER and largest is not None:
            given["buyer"] = str(largest)
        self.stress.start(kind, **given)

    def drop_stress(self, place: int) -> None:
        """One less."""
        self.stresses = (*self.stresses[:place], *self.stresses[place + 1 :])
        self._ask_anew()

    def asked(self) -> WhatIf:
        """The question as it stands. Raises `UserError`s for what can't be asked."""
        client = self._workspace.client
        if client is None:
            raise WhatIfClientMissing
        start, end = self._days()
        asked = WhatIf(client, self.client, start, end, self._named(start, end), self.stresses)  # fmt: skip
        check(asked, self._workspace.desk.day)
        return asked

    def job(self) -> Job[Found]:
        """The work: as it was, then under the stresses. Raises what `asked` raises."""
        asked, desk = self.asked(), self._workspace.desk

        def work(progress: Progress) -> Found:
            plain = replayed(desk, replace(asked, stresses=()), progress)
            stressed = replayed(desk, asked, progress) if asked.stresses else ()
            return Found(asked, plain, stressed)

        return work

    def show(self, found: Found) -> None:
        """Take the answer."""
        self.found = found
        self.changed.emit(None)

    def file_name(self, ending: str) -> str:
        """What the page, or the case, is called."""
        return f"{self.client} {self._wording(N_('Policy what-if'))}{ending}"

    def writing(self, path: Path) -> Job[Path]:
        """The job: the page for the client."""
        found, language = self.found, self._wording.language
        assert found is not None  # noqa: S101 - the button waits for a result

        def job(_progress: Progress) -> Path:
            what_if_page.write(found.asked, found.shown, path, language)
            return path

        return job

    def keeping(self, path: Path) -> Job[Path]:
        """The job: the question as a file that the command reads, too. Raises what `asked` raises."""
        text = case_text(self.asked())

        def job(_progress: Progress) -> Path:
            with beside(path) as new:
                new.write_text(text, encoding="utf-8")
            return path

        return job

    def opening(self, path: Path) -> Job[WhatIf]:
        """The job: read such a file. It raises what can't be read or isn't on the desk."""
        desk = self._workspace.desk
        return lambda _progress: read_case(path.read_bytes(), path.name, desk)

    def take(self, asked: WhatIf) -> None:
        """The question of a file in place of what stood here; its client is looked at from now on."""
        if asked.client_id != self._workspace.client:
            self._workspace.choose(asked.client_id)
        self._spans, self._buyers = self._own(), self._known_buyers()
        self.policies, self.stresses = asked.policies, asked.stresses
        self.period.load({"period": _OWN_DAYS, "start": asked.start.isoformat(), "end": asked.end.isoformat()})  # fmt: skip
        self._ask_anew()

    def _ask_anew(self) -> None:
        self.found = None
        self.changed.emit(None)

    def _keep_other(self, policy: OtherPolicy) -> None:
        names = [each.name for each in self.policies if each is not self._editing]
        if policy.name in names:
            raise WhatIfNameTaken(name=policy.name)
        if self._editing is None:
            self.policies = (*self.policies, policy)
        else:
            self.policies = tuple(policy if each is self._editing else each for each in self.policies)  # fmt: skip
        self._editing = None
        self._ask_anew()

    def _keep_stresses(self, given: Sequence[Stress]) -> None:
        """One of a kind for each buyer: a second one takes the place of the first."""
        new = {_subject(each) for each in given}
        kept = (each for each in self.stresses if _subject(each) not in new)
        self.stresses = (*kept, *given)
        self._ask_anew()

    def _own(self) -> tuple[PolicyLine, ...]:
        desk, client = self._workspace.desk, self._workspace.client
        if client is None:
            return ()
        lines = desk.policies.all(desk.day, client)
        return tuple(sorted(lines, key=lambda each: (each.start, each.number)))

    def _known_buyers(self) -> tuple[tuple[int, str], ...]:
        client = self._workspace.client
        if client is None:
            return ()
        return tuple((each.id, each.name) for each in self._workspace.desk.buyers.all(client))  # fmt: skip

    def _quotes(self) -> Sequence[QuoteLine]:
        client = self._workspace.client
        kept = self._workspace.desk.insurers.quotes(client) if client is not None else ()  # fmt: skip
        return [each for each in kept if each.voided is None]

    def _first(self) -> tuple[OwnPolicy, ...]:
        return (OwnPolicy(self._spans[-1].number),) if self._spans else ()

    def _named(self, start: date, end: date) -> tuple[OwnPolicy | OtherPolicy, ...]:
        """The own policy is called by the one that ran last in the time: it stands for those before it, too."""
        ran = [each for each in self._spans if each.start <= end and each.end >= start]
        if not ran:
            return self.policies
        numbers = {each.number for each in ran}
        return tuple(
            OwnPolicy(ran[-1].number)
            if isinstance(each, OwnPolicy) and each.number not in numbers
            else each
            for each in self.policies
        )

    def _largest(self) -> int | None:
        """Who owes most on the last day, by the amounts as they stand in the first currency."""
        client, end = self._workspace.client, self.period.value("end")
        try:
            day = date.fromisoformat(end)
        except ValueError:
            return None
        aging = self._workspace.desk.ledger.balances(day, client_id=client).aging
        owed = {
            buyer: max(each.outstanding.amount for each in sums.values())
            for buyer, sums in aging.by_buyer.items()
            if sums
        }
        return max(owed, key=lambda buyer: owed[buyer]) if owed else None

    def _days(self) -> tuple[date, date]:
        self._given: Answers | None = None
        if not self.period.save() or self._given is None:
            raise WhatIfDaysMissing
        start, end = self._given.day("start"), self._given.day("end")
        assert start and end  # noqa: S101, PT018 - both are required fields
        return start, end

    def _period_form(self) -> Form:
        say = self._wording
        options = (
            *(Option(f"p{each.id}", say(N_("Policy {number}"), number=each.number)) for each in reversed(self._spans)),
            Option(_MONTHS_12, say(N_("the last 12 months"))),
            Option(_MONTHS_24, say(N_("the last 24 months"))),
            Option(_MONTHS_36, say(N_("the last 36 months"))),
            Option(_OWN_DAYS, say(N_("other days"))),
        )  # fmt: skip
        first = options[0].value
        start, end = self._of_period(first)
        form = Form(
            (
                FormField(key="period", label=say(N_("Time")), kind=FieldKind.CHOICE, options=options),
                FormField(key="start", label=say(N_("From")), kind=FieldKind.DATE, required=True),
                FormField(key="end", label=say(N_("To")), kind=FieldKind.DATE, required=True),
            ),
            self._take_days,
            {"period": first, "start": start.isoformat(), "end": end.isoformat()},
        )  # fmt: skip
        self._period = first
        form.changed.connect(self._follow_period)
        return form

    def _take_days(self, answers: Answers) -> None:
        self._given = answers

    def _of_period(self, chosen: str) -> tuple[date, date]:
        today = self._workspace.desk.day
        span = next((each for each in self._spans if f"p{each.id}" == chosen), None)
        if span is not None:
            return min(span.start, today), min(span.end, today)
        return today - _YEAR * (int(chosen) // 12) + timedelta(days=1), today

    def _follow_period(self, _nothing: None) -> None:
        chosen = self.period.value("period")
        if chosen != self._period:
            self._period = chosen
            if chosen != _OWN_DAYS:
                start, end = self._of_period(chosen)
                self.period.set("start", start.isoformat())
                self.period.set("end", end.isoformat())
        if self.found is not None and (self.found.asked.start.isoformat(), self.found.asked.end.isoformat()) != (self.period.value("start"), self.period.value("end")):  # fmt: skip
            self._ask_anew()


def _subject(stress: Stress) -> tuple[str, int]:
    number = 0 if isinstance(stress, Slower) else stress.buyer_id
    return type(stress).__name__, number
