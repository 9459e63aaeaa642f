"""Contacts with insurers and brokers, without Qt: the log, its papers, and limit requests that wait for an answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from creditdesk import outputs
from creditdesk.domain.credit.contacts import WAY_TITLES, ContactWay
from creditdesk.domain.insurers.contacts import (
    COURSE_TITLES,
    PARTY_TITLES,
    AnswerBefore,
    ContactInFuture,
    Course,
    FollowUpBefore,
    NewPartyContact,
    PaperOfNobody,
    PartyContact,
    PartyKind,
    PartyMissing,
    WaitingLimit,
    WordsMissing,
)
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.parts.bound import Around, asked, bound
from creditdesk.presenters.parts.form import Form, Option
from creditdesk.presenters.parts.held_paper import HeldPaper
from creditdesk.presenters.parts.opened_as import opened_as
from creditdesk.presenters.parts.own_folder import OwnFolder
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.voids import with_voids
from creditdesk.presenters.parts.wording import Wording
from creditdesk.workspace import Workspace

TABLES = frozenset({"party_contact", "limit_request", "credit_limit", "client", "policy"})  # fmt: skip
_ANSWER_IN = timedelta(days=7)
"""How long an answer is waited for once the insurer was asked."""
_DIGITS = 12
"""Of a file's SHA-256 in the list; the hint has all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactTold:
    """A contact as it is typed."""

    kind: PartyKind = asked(N_("With"), titles=PARTY_TITLES)
    party: str = asked(N_("Name of the insurer or broker"))
    way: ContactWay = asked(N_("How"), titles=WAY_TITLES)
    course: Course = asked(N_("Who turned to whom"), titles=COURSE_TITLES)
    on: date = asked(N_("Day"), to_come=ContactInFuture)
    person: str = asked(N_("With whom"), default="")
    client: str = asked(N_("About which client"), kind=FieldKind.CHOICE, default="")
    follow_on: date | None = asked(N_("Answer expected by"), default=None)
    said: str = asked(N_("What was said"), kind=FieldKind.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTold:
    """That the answer came, as it is typed."""

    on: date = asked(N_("Answered on"), to_come=ContactInFuture)
    answer: str = asked(N_("What was answered"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """A limit request that waits, in words; `slow`: longer than it should."""

    title: str
    said: str
    slow: bool
    limit: WaitingLimit


class RelationsPresenter:
    """The log of the chosen client or of all; forms for a contact and for its answer."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace, self._say = workspace, wording
        self.paper = HeldPaper(workspace.desk)
        self._folder = OwnFolder()
        self.waiting: tuple[Waits, ...] = ()
        self.only_open = False
        self.added = 0
        """The number of the contact that was kept last."""
        self._answered: PartyContact | None = None
        self._asking: WaitingLimit | None = None
        self.changed: Event[None] = Event()
        self.table: Table[PartyContact] = Table(
            with_voids(self._columns(), lambda row: row.voided, wording, told_in="said"),
            lambda row: row.id,
            sort="on",
            descending=True,
        )  # fmt: skip
        today = workspace.today()
        clients = [Option("", wording(N_("no client alone")))]
        clients += [Option(str(each.id), each.name) for each in workspace.desk.clients.all()]  # fmt: skip
        self.form: Form = bound(
            ContactTold,
            wording,
            self._keep,
            Around(
                today=today, options={"client": clients}, values=self._empty(),
                blame={
                    PartyMissing: "party", WordsMissing: "said", PaperOfNobody: "client", FollowUpBefore: "follow_on",
                },
            ),
        )  # fmt: skip
        self.answer_form: Form = bound(
            AnswerTold,
            wording,
            self._answer,
            Around(today=today, values={"on": today.isoformat()}, blame={AnswerBefore: "on", WordsMissing: "answer"}),
        )  # fmt: skip

    def reload(self) -> None:
        """Read contacts and requests again."""
        desk, client, today = self._workspace.desk, self._workspace.client, self._workspace.today()  # fmt: skip
        self.table.show(desk.insurers.contacts(client))
        self.waiting = tuple(map(self._waits, desk.insurers.waiting(client, today)))
        self._narrow()

    def show_open(self, *, on: bool) -> None:
        """Only those whose answer is still expected."""
        self.only_open = on
        self._narrow()

    def _narrow(self) -> None:
        self.table.keep(lambda row: row.waits or not self.only_open)
        self.changed.emit(None)

    @property
    def said(self) -> str:
        """How many answers are expected, and how many requests wait."""
        say, today = self._say, self._workspace.today()
        rows = [each for each in self.table.rows if each.waits]
        late = sum(each.is_late(today) for each in rows)
        parts = [
            say.plural(N_("{count} answer expected"), N_("{count} answers expected"), len(rows))
        ]  # fmt: skip
        if late:
            parts.append(say(N_("{count} late"), count=late))
        if self.waiting:
            parts.append(say.plural(
                N_("{count} limit request waits"), N_("{count} limit requests wait"), len(self.waiting)
            ))  # fmt: skip
        return " · ".join(parts)

    def start(self) -> Form:
        """The form of a new contact, empty but for the day."""
        self._asking = None
        self.form.load(self._empty())
        return self.form

    def start_asking(self, limit: WaitingLimit) -> Form:
        """The form filled with a letter that asks for the answer to a request; it is kept as sent today."""
        today = self._workspace.today()
        self._asking = limit
        self.form.load(
            {
                "kind": PartyKind.INSURER.value, "party": limit.insurer, "way": ContactWay.MAIL.value,
                "course": Course.OUT.value, "on": today.isoformat(), "client": str(limit.client_id),
                "follow_on": (today + _ANSWER_IN).isoformat(), "said": self.chase_text(limit),
            }
        )  # fmt: skip
        return self.form

    def chase_text(self, limit: WaitingLimit) -> str:
        """What is written to the insurer."""
        return chase_text(limit, self._workspace.today(), self._say)

    def may_answer(self, key: object) -> bool:
        """Whether an answer is expected."""
        row = self.table.get(key)
        return row is not None and row.waits

    def start_answer(self, key: object) -> None:
        """The answer of the chosen contact came."""
        self._answered = self.table.get(key)
        self.answer_form.load({"on": self._workspace.today().isoformat()})

    def may_void(self, key: object) -> bool:
        """Whether an entry stands."""
        row = self.table.get(key)
        return row is not None and row.voided is None

    def voiding(self, key: object, why: str) -> Job[None]:
        """The job: it was entered by mistake."""
        insurers, number = self._workspace.desk.insurers, int(str(key))
        return lambda _progress: insurers.void_contact(number, why)

    def has_paper(self, key: object) -> bool:
        """Whether a file is kept with it."""
        row = self.table.get(key)
        return row is not None and bool(row.digest)

    def may_open(self, key: object) -> bool:
        """Whether a viewer may be given its file; others are saved."""
        row = self.table.get(key)
        return row is not None and bool(row.digest) and opened_as(row.media, row.file_name) is not None  # fmt: skip

    def file_name(self, key: object) -> str:
        """What its file is saved as unless the person says otherwise."""
        row = self.table.get(key)
        return row.file_name if row else ""

    def opening(self, key: object) -> Job[Path]:
        """The job: a copy for the system's viewer, gone when the page closes."""
        row = self.table.get(key)
        assert row is not None  # noqa: S101 - `may_open` was asked before
        name, content = opened_as(row.media, row.file_name), self._workspace.desk.claims.evidence_content  # fmt: skip

        def job(_progress: Progress) -> Path:
            copy = self._folder.file(f"{row.digest[:8]}-{name}")
            outputs.write(copy, content(row.digest))
            return copy

        return self._folder.during(job)

    def saving(self, key: object, path: Path) -> Job[Path]:
        """The job: write its file out as it was kept."""
        row = self.table.get(key)
        content = self._workspace.desk.claims.evidence_content

        def job(_progress: Progress) -> Path:
            outputs.write(path, content(row.digest if row else ""))
            return path

        return job

    def close(self) -> None:
        """The page is gone, and the copies with it."""
        self._folder.close()

    def _empty(self) -> dict[str, str]:
        client = self._workspace.client
        return {
            "kind": PartyKind.INSURER.value, "on": self._workspace.today().isoformat(),
            "client": "" if client is None else str(client),
        }  # fmt: skip

    def _keep(self, told: ContactTold) -> None:
        desk, today, asking = self._workspace.desk, self._workspace.today(), self._asking  # fmt: skip
        client = int(told.client) if told.client else None
        about = asking if asking is not None and asking.client_id == client else None
        if client is None and self.paper.looked is not None:
            raise PaperOfNobody

        def change() -> int:
            new = NewPartyContact(
                kind=told.kind, party=told.party, way=told.way, course=told.course, on=told.on, said=told.said,
                person=told.person, client_id=client, policy_id=about.policy_id if about else None,
                buyer_id=about.buyer_id if about else None, follow_on=told.follow_on,
                document=self.paper.keep(client) if client is not None else None,
            )  # fmt: skip
            return desk.insurers.add_contact(new, today)

        self.added = desk.do(change)
        self._asking = None

    def _answer(self, told: AnswerTold) -> None:
        if self._answered is not None:
            insurers, today = self._workspace.desk.insurers, self._workspace.today()
            insurers.answer_contact(self._answered.id, told.on, told.answer, today)

    def _waits(self, limit: WaitingLimit) -> Waits:
        say, today = self._say, self._workspace.today()
        amount = say.money(limit.amount) if limit.amount else ""
        title = " · ".join(filter(None, (limit.buyer, amount, limit.insurer)))
        return Waits(
            title=title, said=" · ".join((limit.client, *waits_words(limit, today, say))), slow=limit.is_slow(today),
            limit=limit,
        )  # fmt: skip

    def _columns(self) -> list[Column[PartyContact]]:
        say = self._say

        def how(row: PartyContact) -> str:
            return f"{say(WAY_TITLES[row.way])} {say(COURSE_TITLES[row.course])}"

        def follow(row: PartyContact) -> Cell:
            if row.follow_on is None:
                return Cell("")
            if row.answered_on is not None:
                words = f"{say.day(row.answered_on)} {row.answer}"
                return Cell(words, Tone.DONE, words)
            late = row.is_late(self._workspace.today())
            words = say(N_("expected by {day}"), day=row.follow_on)
            return Cell(words, Tone.DANGER if late else Tone.WARNING, words)

        def paper(row: PartyContact) -> Cell:
            if not row.digest:
                return Cell("")
            hint = f"{row.file_name}\nSHA-256 {row.digest}"
            return Cell(f"{row.file_name} {row.digest[:_DIGITS]}", hint=hint)

        return [
            Column(key="on", title=N_("Day"), cell=lambda row: say.day(row.on), order=lambda row: (row.on, row.id), value=lambda row: row.on, width=96),
            Column(key="party", title=N_("Insurer or broker"), cell=lambda row: Cell(row.party, bold=True, hint=row.party), order=lambda row: row.party, width=170),
            Column(key="how", title=N_("How"), cell=how, order=how, width=112),
            Column(key="person", title=N_("With whom"), cell=lambda row: row.person, order=lambda row: row.person, width=90),
            Column(key="client", title=N_("Client"), cell=lambda row: Cell(row.client, hint=row.client), order=lambda row: row.client, width=130),
            Column(key="said", title=N_("What was said"), cell=lambda row: Cell(row.said, hint=row.said), order=lambda row: row.said, stretch=True),
            Column(key="follow", title=N_("Follow-up"), cell=follow, order=lambda row: (not row.waits, row.follow_on or date.max), width=170),
            Column(key="paper", title=N_("File and SHA-256"), cell=paper, order=lambda row: row.file_name, width=150),
            Column(key="who", title=N_("By"), cell=lambda row: row.who, width=80, hidden=True),
        ]  # fmt: skip


def waits_words(limit: WaitingLimit, today: date, say: Wording) -> Iterator[str]:
    """How long a request waits, and how long its insurer usually takes."""
    days = limit.days(today)
    yield say.plural(N_("waits {count} day"), N_("waits {count} days"), days)
    if limit.usual is not None:
        yield say(N_("usually answered in {days} days"), days=limit.usual)
    if limit.asked_after:
        yield say(N_("asked for its answer"))


def chase_text(limit: WaitingLimit, today: date, say: Wording) -> str:
    """The letter or e-mail that asks an insurer for its answer."""
    amount = f"{limit.amount.currency} {limit.amount.amount:,.2f}" if limit.amount else say(N_("no amount"))  # fmt: skip
    return say(
        N_(
            "To {insurer}: on {asked} we applied under policy {policy} of {client} for a credit limit on {buyer} "
            "({amount}). It has been waiting for {days} days. Please tell us how far it is and what you still need, "
            "and answer in writing by {until}. Until then we ship within the present limit only."
        ),
        insurer=limit.insurer, asked=limit.asked_on, policy=limit.policy, client=limit.client, buyer=limit.buyer,
        amount=amount, days=limit.days(today), until=today + _ANSWER_IN,
    )  # fmt: skip
