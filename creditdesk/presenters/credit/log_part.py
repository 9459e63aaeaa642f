"""What was said, found and rated about a buyer, without Qt: one log, and a form for each kind of entry."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.voiding import Voided
from creditdesk.domain.credit.contacts import (
    DIRECTION_TITLES,
    PROMISE_TITLES,
    WAY_TITLES,
    ContactWay,
    Direction,
    Promise,
)
from creditdesk.domain.credit.facts import (
    FORMS,
    FactKind,
    FactValueWrong,
    value_words,
)
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Job
from creditdesk.presenters.credit.credit_reading import CreditRead
from creditdesk.presenters.parts.bound import Around, asked, bound
from creditdesk.presenters.parts.form import Form
from creditdesk.presenters.parts.held_paper import HeldPaper
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.voids import with_voids
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerId
from creditdesk.services.credit import (
    ContactLine,
    FactLine,
    GradeLine,
    KeptInFuture,
    NewContact,
    NewFact,
    NewGrade,
    PromiseDayMissing,
    SaidMissing,
)
from creditdesk.workspace import Workspace


class EntryKind(StrEnum):
    """The three kinds of entry."""

    CONTACT = "contact"
    FACT = "fact"
    GRADE = "grade"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactTold:
    """A contact as it is typed."""

    way: ContactWay = asked(N_("How"), titles=WAY_TITLES)
    on: date = asked(N_("Day"), to_come=KeptInFuture)
    person: str = asked(N_("With whom"), default="")
    promised_on: date | None = asked(N_("Promises to pay by"), default=None)
    promised: Decimal | None = asked(N_("Promised amount"), default=None)
    said: str = asked(N_("What was said"), kind=FieldKind.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactTold:
    """A fact as it is typed."""

    kind: FactKind = asked(N_("What is known"), titles={kind: form.title for kind, form in FORMS.items()})  # fmt: skip
    on: date = asked(N_("Since, or looked at on"), to_come=KeptInFuture)
    value: str = asked(N_("Amount, number or choice"), hint=N_("where the entry has one"), default="")  # fmt: skip
    note: str = asked(N_("Remark"), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeTold:
    """A rating as it is typed."""

    giver: str = asked(N_("Agency or insurer"))
    scheme: str = asked(N_("Scheme"), hint=N_("such as DRA"))
    value: str = asked(N_("Value as it gives it"))
    direction: Direction = asked(N_("Which end is good"), titles=DIRECTION_TITLES)
    as_of: date = asked(N_("As of"), to_come=KeptInFuture)
    note: str = asked(N_("Remark"), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One entry of the log."""

    kind: EntryKind
    id: int
    on: date
    title: str
    text: str
    state: Cell
    who: str
    paper: bool
    open_promise: bool
    may_end: bool
    voided: Voided | None

    @property
    def key(self) -> str:
        """What tells it from the others."""
        return f"{self.kind.value} {self.id}"


class LogPart:
    """The log and its forms."""

    def __init__(self, workspace: Workspace, wording: Wording, buyer: int) -> None:
        self._workspace = workspace
        self._wording = wording
        self.buyer = buyer
        self.added = ""
        """The key of the entry that was kept last."""
        self._currency = "CNY"
        self._client = workspace.desk.buyers.file(BuyerId(buyer)).client_id
        self.paper = HeldPaper(workspace.desk)
        self.changed: Event[None] = Event()
        self.table: Table[LogLine] = Table(
            with_voids(
                self._columns(), lambda row: row.voided, wording, told_in="text"
            ),
            lambda row: row.key,
            sort="on",
            descending=True,
        )
        day = workspace.today().isoformat()
        today = workspace.today()
        self.forms: dict[EntryKind, Form] = {
            EntryKind.CONTACT: bound(ContactTold, wording, self._contact, Around(
                today=today, values={"on": day}, blame={PromiseDayMissing: "promised_on", SaidMissing: "said"})),
            EntryKind.FACT: bound(FactTold, wording, self._fact, Around(
                today=today, values={"on": day}, blame={FactValueWrong: "value"})),
            EntryKind.GRADE: bound(GradeTold, wording, self._grade, Around(today=today, values={"as_of": day})),
        }  # fmt: skip

    def show(self, read: CreditRead) -> None:
        """Everything, the newest first."""
        self._currency = read.rating.currency
        self.table.show(
            [
                *map(self._of_contact, read.contacts),
                *map(self._of_fact, read.facts),
                *map(self._of_grade, read.grades),
            ]
        )
        self.changed.emit(None)

    def start(self, kind: EntryKind) -> Form:
        """The form of a new entry, empty but for the day."""
        day = self._workspace.today().isoformat()
        form = self.forms[kind]
        form.load({"as_of" if kind is EntryKind.GRADE else "on": day})
        return form

    def has_open_promise(self, key: object) -> bool:
        """Whether a promise waits."""
        row = self.table.get(key)
        return row is not None and row.voided is None and row.open_promise

    def may_end(self, key: object) -> bool:
        """Whether a fact holds still."""
        row = self.table.get(key)
        return row is not None and row.voided is None and row.may_end

    def may_void(self, key: object) -> bool:
        """Whether an entry stands."""
        row = self.table.get(key)
        return row is not None and row.voided is None

    def settling(self, key: object, outcome: Promise) -> Job[None]:
        """The job: the promise was kept or broken."""
        credit, today = self._workspace.desk.credit, self._workspace.today()
        number = _number(key)
        return lambda _progress: credit.settle_promise(number, outcome, today, today)

    def ending(self, key: object) -> Job[None]:
        """The job: it is so no more from today on."""
        credit, today = self._workspace.desk.credit, self._workspace.today()
        number = _number(key)
        return lambda _progress: credit.end_fact(number, today, today)

    def voiding(self, key: object, why: str) -> Job[None]:
        """The job: it was entered by mistake."""
        credit, number = self._workspace.desk.credit, _number(key)
        void = {
            EntryKind.CONTACT: credit.void_contact,
            EntryKind.FACT: credit.void_fact,
            EntryKind.GRADE: credit.void_grade,
        }[EntryKind(str(key).partition(" ")[0])]
        return lambda _progress: void(number, why)

    def _contact(self, told: ContactTold) -> None:
        promised = Money(told.promised, self._currency).rounded() if told.promised is not None else None  # fmt: skip
        desk, today = self._workspace.desk, self._workspace.today()

        def change() -> int:
            new = NewContact(
                buyer_id=self.buyer,
                way=told.way,
                on=told.on,
                said=told.said,
                person=told.person,
                promised_on=told.promised_on,
                promised=promised,
                document=self.paper.keep(self._client),
            )
            return desk.credit.add_contact(new, today)

        self.added = f"{EntryKind.CONTACT} {desk.do(change)}"

    def _fact(self, told: FactTold) -> None:
        desk, today, value = (
            self._workspace.desk,
            self._workspace.today(),
            self._value(told),
        )

        def change() -> int:
            new = NewFact(
                buyer_id=self.buyer,
                kind=told.kind,
                on=told.on,
                value=value,
                note=told.note,
                document=self.paper.keep(self._client),
            )
            return desk.credit.add_fact(new, today)

        self.added = f"{EntryKind.FACT} {desk.do(change)}"

    def _value(self, told: FactTold) -> str:
        """A choice may be typed in the words that are shown."""
        choices = FORMS[told.kind].choices or {}
        words = {self._wording(title): name for name, title in choices.items()}
        return words.get(told.value.strip(), told.value)

    def _grade(self, told: GradeTold) -> None:
        desk, today = self._workspace.desk, self._workspace.today()

        def change() -> int:
            new = NewGrade(
                buyer_id=self.buyer,
                giver=told.giver,
                scheme=told.scheme,
                value=told.value,
                direction=told.direction,
                as_of=told.as_of,
                note=told.note,
                document=self.paper.keep(self._client),
            )
            return desk.credit.add_grade(new, today)

        self.added = f"{EntryKind.GRADE} {desk.do(change)}"

    def _of_contact(self, line: ContactLine) -> LogLine:
        say = self._wording
        state = Cell("")
        if line.outcome is not None:
            late = line.outcome is Promise.OPEN and line.promised_on is not None and line.promised_on < self._workspace.today()  # fmt: skip
            tone = Tone.DANGER if late or line.outcome is Promise.BROKEN else Tone.DONE if line.outcome is Promise.KEPT else Tone.WARNING  # fmt: skip
            words = " ".join(self._promise(line))
            state = Cell(words, tone, words)
        title = say(WAY_TITLES[line.way])
        return LogLine(
            kind=EntryKind.CONTACT, id=line.id, on=line.on, title=f"{title} · {line.person}" if line.person else title,
            text=line.said, state=state, who=line.who, paper=line.document_id is not None,
            open_promise=line.outcome is Promise.OPEN, may_end=False, voided=line.voided,
        )  # fmt: skip

    def _promise(self, line: ContactLine) -> Iterator[str]:
        say = self._wording
        if line.outcome is not None:
            yield say(PROMISE_TITLES[line.outcome])
        if line.promised is not None:
            yield say.money(line.promised)
        yield say.day(line.promised_on)

    def _of_fact(self, line: FactLine) -> LogLine:
        say = self._wording
        value = say.name(value_words(line.kind, line.value))
        ended = say(N_("until {day}"), day=line.ended_on) if line.ended_on else ""
        return LogLine(
            kind=EntryKind.FACT, id=line.id, on=line.on, title=say(FORMS[line.kind].title),
            text=" · ".join(part for part in (value, line.note) if part), state=Cell(ended, Tone.QUIET), who=line.who,
            paper=line.document_id is not None, open_promise=False, may_end=line.ended_on is None, voided=line.voided,
        )  # fmt: skip

    def _of_grade(self, line: GradeLine) -> LogLine:
        say = self._wording
        value = f"{line.scheme} {line.value}（{say(DIRECTION_TITLES[line.direction])}）" if say.language == "zh" else f"{line.scheme} {line.value} ({say(DIRECTION_TITLES[line.direction])})"  # fmt: skip
        return LogLine(
            kind=EntryKind.GRADE, id=line.id, on=line.as_of, title=say(N_("Rating by {giver}"), giver=line.giver),
            text=" · ".join(part for part in (value, line.note) if part), state=Cell(""), who=line.who,
            paper=line.document_id is not None, open_promise=False, may_end=False, voided=line.voided,
        )  # fmt: skip

    def _columns(self) -> list[Column[LogLine]]:
        say = self._wording
        return [
            Column(key="on", title=N_("Day"), cell=lambda row: say.day(row.on), order=lambda row: (row.on, row.id), value=lambda row: row.on, width=100),
            Column(key="title", title=N_("Entry"), cell=lambda row: Cell(row.title, bold=True, hint=row.title), order=lambda row: row.title, width=300),
            Column(key="text", title=N_("What is known"), cell=lambda row: Cell(row.text, hint=row.text), order=lambda row: row.text, stretch=True),
            Column(key="state", title=N_("State"), cell=lambda row: row.state, order=lambda row: row.state.text, width=240),
            Column(key="paper", title=N_("Paper"), cell=lambda row: "✓" if row.paper else "", width=60),
            Column(key="who", title=N_("By"), cell=lambda row: row.who, width=80, hidden=True),
        ]  # fmt: skip


def _number(key: object) -> int:
    return int(str(key).partition(" ")[2])
