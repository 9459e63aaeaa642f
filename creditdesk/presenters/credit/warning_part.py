"""The warnings of a buyer, without Qt: what holds, what was done about it, and the four answers."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from creditdesk.domain.credit.answers import (
    ANSWER_TITLES,
    ANSWERED_WORDS,
    Answer,
    Answered,
    to_tell,
)
from creditdesk.domain.credit.scorecard import plain
from creditdesk.domain.credit.warnings import Bound, Effect
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Job
from creditdesk.presenters.credit.credit_reading import CreditRead
from creditdesk.presenters.parts.bound import Around, asked, bound
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.credit import (
    AnswerReasonMissing,
    BuyerWarning,
    NewAnswer,
    ToldHowMissing,
    WatchDayMissing,
)
from creditdesk.workspace import Workspace

_EFFECTS = {
    Effect.NOTE: N_("note and watch"),
    Effect.TELL: N_("tell the insurer"),
    Effect.STOP: N_("stop shipping"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTold:
    """An answer as it is typed; which field counts depends on the answer."""

    answer: Answer = asked(N_("What is done"), titles=ANSWER_TITLES)
    reason: str = asked(N_("Why"), default="")
    until: date | None = asked(N_("Watch until"), default=None)
    way: str = asked(N_("Told by which letter, portal or mail"), default="")
    lifted_by: str = asked(N_("What lifts the stop"), default="")


class WarningPart:
    """List and answer."""

    def __init__(self, workspace: Workspace, wording: Wording, buyer: int) -> None:
        self._workspace = workspace
        self._wording = wording
        self.buyer = buyer
        self._answers: tuple[Answered, ...] = ()
        self.chosen = ""
        self.changed: Event[None] = Event()
        self.table: Table[BuyerWarning] = Table(
            self._columns(), lambda row: row.warned.kind.code
        )
        around = Around(
            today=workspace.today(),
            blame={
                AnswerReasonMissing: "reason",
                WatchDayMissing: "until",
                ToldHowMissing: "way",
            },
        )
        self.form = bound(AnswerTold, wording, self._answer, around)

    def show(self, read: CreditRead) -> None:
        """What holds: open ones first."""
        self._answers = read.answers
        rows = sorted(read.warnings, key=lambda each: each.answer is not None)
        self.table.show(rows)
        self.changed.emit(None)

    @property
    def open_count(self) -> int:
        """Warnings without an answer."""
        return sum(each.answer is None for each in self.table.rows)

    @property
    def said(self) -> str:
        """How many wait and how many are answered."""
        done = self.table.count - self.open_count
        if not self.table.count:
            return ""
        return self._wording(N_("{open} to answer, {done} answered"), open=self.open_count, done=done)  # fmt: skip

    @property
    def stops(self) -> tuple[Answered, ...]:
        """Stops that stand, whatever became of their warning."""
        return tuple(each for each in self._answers if each.answer is Answer.STOP)

    @property
    def stop_words(self) -> str:
        """That shipping is stopped, since when, why, and what lifts it."""
        say = self._wording
        return "\n".join(
            "\n".join(
                part
                for part in (
                    say(N_("Shipping is stopped by the client since {on}: {reason}"), on=each.on, reason=each.reason),
                    say(N_("Lifted by: {what}."), what=each.lifted_by) if each.lifted_by else "",
                )
                if part
            )
            for each in self.stops
        )  # fmt: skip

    def choose(self, key: object) -> None:
        """The warning the answer is about."""
        self.chosen = str(key) if self.table.get(key) else ""

    def start(self, answer: Answer) -> None:
        """An answer was chosen for the chosen warning."""
        self.form.load({"answer": answer.value})

    def answered(self, key: object) -> Answered | None:
        """The answer to a warning."""
        row = self.table.get(key)
        return row.answer if row else None

    def voiding(self, number: int, why: str) -> Job[None]:
        """The job: an answer is taken back, or a stop lifted."""
        credit = self._workspace.desk.credit
        return lambda _progress: credit.void_answer(number, why)

    def _answer(self, told: AnswerTold) -> None:
        today = self._workspace.today()
        self._workspace.desk.credit.answer_warning(
            NewAnswer(
                buyer_id=self.buyer,
                code=self.chosen,
                answer=told.answer,
                on=today,
                reason=told.reason,
                until=told.until,
                lifted_by=told.lifted_by,
                way=told.way,
            ),
            today,
        )

    def _columns(self) -> list[Column[BuyerWarning]]:
        say = self._wording

        def state(row: BuyerWarning) -> Cell:
            found = row.answer
            if found is None:
                urgent = row.warned.level.effect is not Effect.NOTE
                return Cell(say(N_("to answer")), Tone.DANGER if urgent else Tone.WARNING)  # fmt: skip
            words = say(ANSWERED_WORDS[found.answer])
            until = f" {say.day(found.until)}" if found.until else ""
            why = found.reason or found.way
            return Cell(" · ".join(part for part in (words + until, why, found.who, say.day(found.on)) if part), Tone.DONE, why)  # fmt: skip

        def effect(row: BuyerWarning) -> str:
            words = say(_EFFECTS[row.warned.level.effect])
            tells = to_tell(row.warned) and row.warned.level.effect is not Effect.TELL
            return say.list((words, say(_EFFECTS[Effect.TELL]))) if tells else words

        return [
            Column(key="title", title=N_("Warning"), cell=lambda row: Cell(row.warned.kind.title.in_language(say.language), bold=True), order=lambda row: row.warned.kind.code, stretch=True),
            Column(key="value", title=N_("Value and threshold"), cell=self._value, order=lambda row: row.warned.kind.code, width=150),
            Column(key="since", title=N_("Since"), cell=lambda row: say.day(row.first_seen), order=lambda row: row.first_seen, value=lambda row: row.first_seen, width=100),
            Column(key="effect", title=N_("Asks to"), cell=effect, order=lambda row: row.warned.level.effect, width=170),
            Column(key="state", title=N_("What was done"), cell=state, order=lambda row: row.answer is not None, width=260),
            Column(key="code", title=N_("Code"), cell=lambda row: row.warned.kind.code, order=lambda row: row.warned.kind.code, width=60, hidden=True),
        ]  # fmt: skip

    def _value(self, row: BuyerWarning) -> str:
        level, value = row.warned.level, row.warned.observed.value
        if level.bound is Bound.TOLD or isinstance(value, bool) or level.threshold is None:  # fmt: skip
            return ""
        unit = {"d": self._wording(N_("days")), "%": "%"}.get(row.warned.kind.unit, "")
        sign = {Bound.ABOVE: ">", Bound.AT_LEAST: "≥", Bound.BELOW: "<", Bound.AT_MOST: "≤"}[level.bound]  # fmt: skip
        shown = plain(Fraction(value), 1).replace("-", "\u2212")
        return f"{shown} {sign} {level.threshold.normalize():f} {unit}".strip()
