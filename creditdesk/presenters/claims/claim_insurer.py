"""What passes between insurer and insured on a claim, without Qt: clocks, questions and answers, payments."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import ClaimState
from creditdesk.domain.claim.clocks import CLOCK_TITLES, Clock
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Progress
from creditdesk.presenters.claims.claim_progress import DayToCome
from creditdesk.presenters.parts.bound import Around, asked, bound
from creditdesk.presenters.parts.form import Form
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.voids import with_voids
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.claims import (
    ClaimFile,
    ClaimId,
    GivenAnswer,
    NewQuestion,
    PaymentLine,
    QuestionLine,
)
from creditdesk.services.claims.values import (
    AnswerEmpty,
    DueBeforeAsked,
    NothingPaid,
    QuestionEmpty,
)
from creditdesk.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """A question as it is typed."""

    on: date = asked(N_("Asked on"), to_come=DayToCome)
    due: date | None = asked(N_("Answer by"), default=None)
    item: str = asked(N_("Paper it asks for"), hint=N_("such as C12"), default="")
    text: str = asked(N_("What the insurer asks"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """An answer as it is typed."""

    on: date = asked(N_("Answered on"), to_come=DayToCome)
    text: str = asked(N_("What was answered"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Payment:
    """A further part of the indemnity as it is typed."""

    on: date = asked(N_("Received on"), to_come=DayToCome)
    paid: Decimal = asked(N_("Amount received"))
    note: str = asked(N_("Remark"), default="")


class ClaimInsurerPresenter:
    """Three lists and three small forms. An answer belongs to the question that is chosen."""

    def __init__(
        self, workspace: Workspace, claim: ClaimId, currency: str, wording: Wording
    ) -> None:
        self._desk = workspace.desk
        self._claim = claim
        self._currency = currency
        self._wording = wording
        self._today = workspace.today()
        self._chosen: int | None = None
        self.changed: Event[None] = Event()
        self.can_pay = False
        today = {"on": self._today.isoformat()}
        self.question = bound(
            _Question, wording, self._ask,
            Around(today=self._today, values=today, blame={QuestionEmpty: "text", DueBeforeAsked: "due"}),
        )  # fmt: skip
        self.answer = bound(
            _Answer, wording, self._answer,
            Around(today=self._today, values=today, blame={AnswerEmpty: "text"}),
        )  # fmt: skip
        self.payment = bound(
            _Payment, wording, self._pay,
            Around(today=self._today, values=today, units={"paid": currency}, blame={NothingPaid: "paid"}),
        )  # fmt: skip
        self.clocks: Table[Clock] = _clocks(self._today, wording)
        self.questions: Table[QuestionLine] = _questions(self._today, wording)
        self.payments: Table[PaymentLine] = _payments(wording)

    def show(self, file: ClaimFile) -> None:
        """The claim was read again."""
        self.can_pay = file.line.state in (ClaimState.PAID, ClaimState.RECOVERY)
        self.clocks.show(file.clocks)
        self.questions.show(file.questions)
        self.payments.show(file.payments)
        self.changed.emit(None)

    def choose(self, key: object) -> bool:
        """A question was chosen; whether it waits for its answer."""
        row = self.questions.get(key)
        waits = row is not None and not row.voided and row.answered_on is None
        self._chosen = row.id if row is not None and waits else None
        return waits

    def can_void(self, key: object) -> bool:
        """Whether this question stands."""
        row = self.questions.get(key)
        return row is not None and not row.voided

    @property
    def begun(self) -> tuple[Form, ...]:
        """The forms in which something was typed and not kept."""
        forms = (self.question, self.answer, self.payment)
        return tuple(form for form in forms if form.is_dirty())

    def is_dirty(self) -> bool:
        """Whether anything was begun."""
        return bool(self.begun)

    def voiding(self, key: object, why: str) -> Callable[[Progress], None]:
        """The job: this question was a mistake."""
        desk, claim, row = self._desk, self._claim, self.questions.get(key)

        def void() -> None:
            if row is not None and not row.voided:
                desk.claims.void_question(claim, row.id, why)

        return lambda progress: desk.do(void, progress)

    def voiding_payment(self, key: object, why: str) -> Callable[[Progress], None]:
        """The job: this payment was a mistake."""
        desk, claim, row = self._desk, self._claim, self.payments.get(key)

        def void() -> None:
            if row is not None and not row.voided:
                desk.claims.void_payment(claim, row.id, why)

        return lambda progress: desk.do(void, progress)

    def started_anew(self) -> None:
        """What was typed is kept: the forms are empty again."""
        for form in (self.question, self.answer, self.payment):
            if not form.is_dirty():
                form.load({"on": self._today.isoformat()})

    def _ask(self, told: _Question) -> None:
        new = NewQuestion(asked_on=told.on, text=told.text, item=told.item, due_on=told.due)  # fmt: skip
        self._desk.claims.ask(self._claim, new)

    def _answer(self, told: _Answer) -> None:
        if self._chosen is not None:
            given = GivenAnswer(on=told.on, text=told.text)
            self._desk.claims.answer(self._claim, self._chosen, given)

    def _pay(self, told: _Payment) -> None:
        paid = Money(told.paid, self._currency).rounded()
        self._desk.claims.pay(self._claim, paid, told.on, told.note)


def _clocks(today: date, say: Wording) -> Table[Clock]:
    def state(row: Clock) -> Cell:
        late = row.days_late(today)
        if row.ended_on:
            text = say(
                N_("{on}, {days} days late"), on=say.day(row.ended_on), days=late
            )
            return Cell(text, Tone.WARNING) if late > 0 else Cell(say.day(row.ended_on), Tone.DONE)  # fmt: skip
        return Cell(say.days_off(row.by, today), Tone.DANGER if late > 0 else Tone.PLAIN)  # fmt: skip

    return Table(
        [
            Column(key="what", title=N_("What has to be done"), cell=lambda row: say.message(row.what), stretch=True),
            Column(key="of", title=N_("Whose day"), cell=lambda row: say(CLOCK_TITLES[row.of]), width=96),
            Column(key="from", title=N_("Counted from"), cell=lambda row: say.day(row.runs_from), width=100),
            Column(key="by", title=N_("Last day"), cell=lambda row: say.day(row.by), order=lambda row: row.by, width=100),
            Column(key="state", title=N_("State"), cell=state, width=168),
        ],
        lambda row: (row.of, row.kind),
    )  # fmt: skip


def _questions(today: date, say: Wording) -> Table[QuestionLine]:
    def state(row: QuestionLine) -> Cell:
        if row.answered_on:
            return Cell(say(N_("answered {on}"), on=say.day(row.answered_on)), Tone.DONE, hint=row.answer)  # fmt: skip
        if row.due_on:
            late = row.due_on < today
            return Cell(say.days_off(row.due_on, today), Tone.DANGER if late else Tone.WARNING)  # fmt: skip
        return Cell(say(N_("waits")), Tone.WARNING)

    columns: list[Column[QuestionLine]] = [
        Column(key="on", title=N_("Asked on"), cell=lambda row: say.day(row.asked_on), order=lambda row: (row.asked_on, row.id), width=100),
        Column(key="text", title=N_("What the insurer asks"), cell=lambda row: Cell(row.text, hint=row.text), stretch=True),
        Column(key="item", title=N_("Paper"), cell=lambda row: row.item, width=64),
        Column(key="due", title=N_("Answer by"), cell=lambda row: say.day(row.due_on), order=lambda row: row.due_on or date.max, width=100),
        Column(key="state", title=N_("State"), cell=state, width=140),
    ]  # fmt: skip
    return Table(
        with_voids(columns, lambda row: row.voided, say, told_in="text"),
        lambda row: row.id,
        sort="on",
    )


def _payments(say: Wording) -> Table[PaymentLine]:
    columns: list[Column[PaymentLine]] = [
        Column(key="on", title=N_("Received on"), cell=lambda row: say.day(row.paid_on), order=lambda row: (row.paid_on, row.id), width=100),
        Column(key="amount", title=N_("Amount received"), cell=lambda row: say.money(row.amount), order=lambda row: row.amount.amount, sums=lambda row: row.amount, right=True, width=128),
        Column(key="note", title=N_("Remark"), cell=lambda row: Cell(row.note, hint=row.note), stretch=True),
    ]  # fmt: skip
    return Table(
        with_voids(columns, lambda row: row.voided, say, told_in="note"),
        lambda row: row.id,
        sort="on",
    )
