"""Letters to all buyers of a client on their page, without Qt: which letter, who gets it, and writing them."""

from collections.abc import Callable, Collection
from datetime import date, timedelta
from pathlib import Path

from creditdesk.catalog.letters import BALANCE_CONFIRMATION, REMINDERS, Source, letters
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.letters.demand import INTEREST_WORDS, first_values
from creditdesk.presenters.letters.letter_round import (
    LetterRound,
    RoundLine,
    RoundWritten,
)
from creditdesk.presenters.parts.form import Answers, Form, FormField, Option
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.watch import NewEvent
from creditdesk.workspace import Workspace

TABLES = frozenset({"invoice", "payment", "dispute", "buyer", "bill_end", "bill_transfer", "particular", "buyer_event"})  # fmt: skip
"""What the list is read from."""
_YEAR = timedelta(days=365)
_SENT_ON, _SENT_WAY = "sent_on", "sent_way"
_ROUNDS = (*REMINDERS.values(), BALANCE_CONFIRMATION)


class RoundPresenter:
    """The round of one client; None: none is chosen yet."""

    def __init__(
        self, workspace: Workspace, wording: Wording, letter: str = "reminder_1"
    ) -> None:
        self._workspace = workspace
        self._wording = wording
        self.letter = letters()[letter]
        self.client: int | None = workspace.client
        if self.client is None:
            known = workspace.desk.clients.all()
            self.client = known[0].id if len(known) == 1 else None
        self.changed: Event[None] = Event()
        self.table = self._table()
        self.form = Form(self._fields(), self._take, self._values())
        self._texts = self._values()
        self._sent: tuple[date, str] | None = None
        self._returned = ""

    @property
    def clients(self) -> tuple[tuple[int, str], ...]:
        """The clients to choose from."""
        return tuple((each.id, each.name) for each in self._workspace.desk.clients.all())  # fmt: skip

    @property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """The letters that go out in a round."""
        language = self._wording.language
        return tuple((each, letters()[each].name.in_language(language)) for each in _ROUNDS)  # fmt: skip

    @property
    def said(self) -> str:
        """Who gets one, and who doesn't."""
        say, rows = self._wording, self.table.rows
        gets = sum(row.refused is None for row in rows)
        if self.client is None:
            return say(N_("Choose the client whose buyers are written to"))
        told = say.plural(N_("{count} buyer gets the letter"), N_("{count} buyers get the letter"), gets)  # fmt: skip
        none = len(rows) - gets
        if none:
            rest = say.plural(N_("{count} gets none, with the reason in its row"), N_("{count} get none, with the reason in their rows"), none)  # fmt: skip
            told = say.clauses((told, rest))
        return f"{told} · {self._returned}" if self._returned else told

    @property
    def can_write(self) -> bool:
        """Whether anybody gets one."""
        return any(row.refused is None for row in self.table.rows)

    def choose(self, letter: str, client: int | None) -> None:
        """Take up this letter, to the buyers of this client."""
        if letter != self.letter.id:
            self.letter = letters()[letter]
            self.form.show_fields(self._fields())
            for key, text in self._values().items():
                self.form.set(key, text)
        self.client = client
        self.table.wait()
        self.changed.emit(None)

    def job(self) -> Job[tuple[RoundLine, ...]]:
        """Who gets what."""
        asked = self._round

        def job(_progress: Progress) -> tuple[RoundLine, ...]:
            self._returned = self._came_back()
            return asked.lines() if asked is not None else ()

        return job

    def show(self, lines: tuple[RoundLine, ...]) -> None:
        """Fill the list."""
        self.table.show(lines)
        self.changed.emit(None)

    def writing(self, folder: Path, chosen: Collection[int] | None) -> Callable[[Progress], RoundWritten]:  # fmt: skip
        """The job: a file a buyer and the list of them, in a new folder; `chosen` None: everybody of the list."""
        asked = self._round
        assert asked is not None  # noqa: S101 - without a client there is no button
        name = self.letter.name.in_language(self._wording.language)
        whole = f"{name} {asked.client} {asked.today.isoformat()}"
        return asked.writing(_new(folder, whole), self._texts, chosen, sent=self._sent)

    @property
    def has_returns(self) -> bool:
        """Whether answers come back: of balance confirmations."""
        return self.letter.source is Source.BALANCE

    def returning(self, chosen: Collection[int], *, agrees: bool) -> Job[int]:
        """The job: the answers of these buyers came back today, and say that the balance agrees or differs."""
        desk, today = self._workspace.desk, self._workspace.today()
        kind = (
            BuyerEventKind.BALANCE_AGREED if agrees else BuyerEventKind.BALANCE_DIFFERS
        )

        def change() -> int:
            for buyer in chosen:
                desk.watch.report(
                    NewEvent(
                        buyer_id=buyer, kind=kind, happened_on=today, known_on=today
                    ),
                    today,
                )
            return len(chosen)

        return lambda progress: desk.do(change, progress)

    def _came_back(self) -> str:
        """How many confirmations of the last year came back; nothing for other letters, or where none was sent."""
        if self.client is None or self.letter.source is not Source.BALANCE:
            return ""
        workspace = self._workspace
        found = workspace.desk.watch.confirmations(self.client, workspace.today() - _YEAR)  # fmt: skip
        if found.rate is None:
            return ""
        text = N_("{back} of {sent} sent in a year came back ({rate} %)")
        back = len(found.sent) - len(found.waiting)
        return self._wording(text, back=back, sent=len(found.sent), rate=str(found.rate))  # fmt: skip

    @property
    def _round(self) -> LetterRound | None:
        if self.client is None:
            return None
        return LetterRound(
            desk=self._workspace.desk,
            letter=self.letter,
            client_id=self.client,
            today=self._workspace.today(),
            say=self._wording,
        )

    def _fields(self) -> tuple[FormField, ...]:
        say, language = self._wording, self._wording.language
        own = tuple(
            FormField(
                key=field.key,
                label=field.label.in_language(language),
                kind=FieldKind(field.kind),
                required=field.required,
            )
            for field in self.letter.fields
        )
        sent = (
            FormField(key=_SENT_ON, label=say(N_("They go out on")), kind=FieldKind.DATE, hint=say(N_("empty: not recorded"))),
            FormField(key=_SENT_WAY, label=say(N_("by which way")), hint=say(N_("such as courier"))),
        )  # fmt: skip
        if self.letter.source is not Source.DEMAND:
            return (*own, *sent)

        options = tuple(Option(each.value, say(words)) for each, words in INTEREST_WORDS.items())  # fmt: skip
        return (
            FormField(key="interest", label=say(N_("Interest")), kind=FieldKind.CHOICE, options=options),
            FormField(key="rate", label=say(N_("Agreed rate")), kind=FieldKind.PERCENT, unit=say(N_("% a year"))),
            FormField(key="lpr", label=say(N_("One-year LPR")), kind=FieldKind.PERCENT, unit=say(N_("% a year"))),
            *own,
            *sent,
        )  # fmt: skip

    def _values(self) -> dict[str, str]:
        today = self._workspace.today()
        if self.letter.source is not Source.DEMAND:
            return {"on": today.isoformat()}

        return first_values(today)

    def _take(self, answers: Answers) -> None:
        texts = {each.key: self.form.value(each.key) for each in self.form.fields}
        way = texts.pop(_SENT_WAY, "").strip()
        texts.pop(_SENT_ON, None)
        on = answers.day(_SENT_ON)
        self._sent = (on, way) if on is not None else None
        self._texts = texts

    def _table(self) -> Table[RoundLine]:
        say = self._wording

        def amounts(row: RoundLine) -> str:
            return say.moneys(row.amounts)

        def gets(row: RoundLine) -> Cell:
            if row.refused is None:
                return Cell(say(N_("gets the letter")), Tone.DONE)
            why = say.message(row.refused)
            return Cell(f"{say(N_('none'))}：{why}" if say.language == "zh" else f"{say(N_('none'))}: {why}", Tone.WARNING, hint=why)  # fmt: skip

        def days(row: RoundLine) -> str:
            return "" if row.days is None or row.days <= 0 else say.plural(N_("{count} day"), N_("{count} days"), row.days)  # fmt: skip

        columns: list[Column[RoundLine]] = [
            Column(key="buyer", title=N_("Buyer"), cell=lambda row: Cell(row.buyer, hint=row.buyer), order=lambda row: row.buyer, width=210),
            Column(key="items", title=N_("Items"), cell=lambda row: str(row.items), order=lambda row: row.items, value=lambda row: row.items, right=True, width=60),
            Column(key="days", title=N_("Overdue"), cell=days, order=lambda row: row.days or 0, right=True, width=90),
            Column(key="amount", title=N_("Amount"), cell=amounts, order=lambda row: max((each.amount for each in row.amounts), default=0), sums=lambda row: row.amounts, right=True, width=130),
            Column(key="left", title=N_("Not demanded"), cell=lambda row: say.moneys(row.left_out), sums=lambda row: row.left_out, right=True, width=110),
            Column(key="gets", title=N_("Letter"), cell=gets, order=lambda row: row.refused is not None, stretch=True),
        ]  # fmt: skip
        return Table(columns, lambda row: row.buyer_id, sort="buyer")


def _new(folder: Path, name: str) -> Path:
    """A folder that isn't there yet: letters that were written before stay as they are."""
    names = (name, *(f"{name} ({each})" for each in range(2, 1000)))
    return next(folder / each for each in names if not (folder / each).exists())
