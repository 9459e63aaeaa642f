"""Papers to many at once on their page, without Qt: which one, whose buyers get it, and writing them."""

from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
from pathlib import Path

from creditdesk.catalog.letters import Source
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.letters.demand import INTEREST_WORDS, first_values
from creditdesk.presenters.letters.letter_round import (
    LetterRound,
    RoundWritten,
)
from creditdesk.presenters.letters.round_papers import (
    PAPERS,
    Key,
    ReportPaper,
    RoundLine,
)
from creditdesk.presenters.parts.form import Answers, Form, FormField, Option
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports.report import ASK_TITLES, Ask
from creditdesk.services.watch import NewEvent
from creditdesk.workspace import Workspace

TABLES = frozenset({"invoice", "payment", "dispute", "buyer", "bill_end", "bill_transfer", "particular", "buyer_event", "duty"})  # fmt: skip
"""What the list is read from."""
_YEAR = timedelta(days=365)
_SENT_ON, _SENT_WAY, _FILES = "sent_on", "sent_way", "files"
_EACH, _ONE = "each", "one"
_DAYS = (Ask.START, Ask.END, Ask.DAY)


class RoundPresenter:
    """The round of one client, or of all (`client` None)."""

    def __init__(
        self, workspace: Workspace, wording: Wording, paper: str = "reminder_1"
    ) -> None:
        self._workspace = workspace
        self._wording = wording
        self.paper = PAPERS[paper]
        self.client: int | None = workspace.client
        self.changed: Event[None] = Event()
        self.table = self._table()
        self.form = Form(self._fields(), self._take, self._values())
        self._texts = self._first
        self._sent: tuple[date, str] | None = None
        self._in_one = False
        self._returned = ""
        self._done: dict[Key, tuple[RoundLine, Path | None]] = {}

    @property
    def clients(self) -> tuple[tuple[int, str], ...]:
        """The clients to choose from."""
        return tuple((each.id, each.name) for each in self._workspace.desk.clients.all())  # fmt: skip

    @property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """What goes out in a round."""
        language = self._wording.language
        return tuple((each.id, each.name.in_language(language)) for each in PAPERS.values())  # fmt: skip

    @property
    def said(self) -> str:
        """What was done; before that who gets one, and who doesn't."""
        if self._done:
            return self._told(self._done.values())
        say, rows = self._wording, self.table.rows
        gets = sum(row.refused is None for row in rows)
        told = say.plural(N_("{count} paper will be written"), N_("{count} papers will be written"), gets)  # fmt: skip
        none = len(rows) - gets
        if none:
            rest = say.plural(N_("{count} won't, with the reason in its row"), N_("{count} won't, with the reason in their rows"), none)  # fmt: skip
            told = say.clauses((told, rest))
        return f"{told} · {self._returned}" if self._returned else told

    @property
    def can_write(self) -> bool:
        """Whether anybody gets one."""
        return any(row.refused is None for row in self.table.rows)

    def choose(self, paper: str, client: int | None) -> None:
        """Take up this paper, to the buyers of this client; None: of all clients."""
        if paper != self.paper.id:
            self.paper = PAPERS[paper]
            self.form.show_fields(self._fields())
            for key, text in self._values().items():
                self.form.set(key, text)
        self.client = client
        self._done = {}
        self.table.wait()
        self.changed.emit(None)

    def job(self) -> Job[tuple[RoundLine, ...]]:
        """Who gets what."""
        asked = self._round

        def job(_progress: Progress) -> tuple[RoundLine, ...]:
            self._returned = self._came_back()
            return asked.lines()

        return job

    def show(self, lines: tuple[RoundLine, ...]) -> None:
        """Fill the list; what was done stays in it, also of whom nothing calls for the paper any more."""
        there = {line.key for line in lines}
        gone = tuple(line for key, (line, _) in self._done.items() if key not in there)
        self.table.show((*lines, *gone))
        self.changed.emit(None)

    def writing(self, folder: Path, chosen: Collection[Key] | None) -> Callable[[Progress], RoundWritten]:  # fmt: skip
        """The job: a file each, or one of all, and the list of them, in a new folder; `chosen` None: everybody."""
        asked = self._round
        whole = f"{asked.title} {asked.whose} {asked.today.isoformat()}"
        return asked.writing(_new(folder, whole), self._texts, chosen, sent=self._sent, in_one=self._in_one)  # fmt: skip

    def take_done(self, done: RoundWritten) -> None:
        """Show with each row what became of it."""
        self._done = {line.key: (line, path) for line, path in done.lines}
        rows = {row.key: row for row in self.table.rows}
        self.show(tuple(rows.values()))

    def _told(self, done: Iterable[tuple[RoundLine, Path | None]]) -> str:
        say, found = self._wording, tuple(done)
        written = sum(path is not None for _, path in found)
        told = [say.plural(N_("{count} paper written"), N_("{count} papers written"), written)]  # fmt: skip
        if written < len(found):
            told.append(say.plural(N_("{count} not, with the reason in its row"), N_("{count} not, with the reason in their rows"), len(found) - written))  # fmt: skip
        return say.clauses(told)

    @property
    def has_returns(self) -> bool:
        """Whether answers come back: of balance confirmations."""
        letter = self.paper.letter
        return letter is not None and letter.source is Source.BALANCE

    def returning(self, chosen: Collection[Key], *, agrees: bool) -> Job[int]:
        """The job: the answers of these buyers came back today, and say that the balance agrees or differs."""
        desk, today = self._workspace.desk, self._workspace.today()
        kind = (
            BuyerEventKind.BALANCE_AGREED if agrees else BuyerEventKind.BALANCE_DIFFERS
        )

        def change() -> int:
            for _client, buyer, _policy in chosen:
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
        if self.client is None or not self.has_returns:
            return ""
        workspace = self._workspace
        found = workspace.desk.watch.confirmations(self.client, workspace.today() - _YEAR)  # fmt: skip
        if found.rate is None:
            return ""
        text = N_("{back} of {sent} sent in a year came back ({rate} %)")
        back = len(found.sent) - len(found.waiting)
        return self._wording(text, back=back, sent=len(found.sent), rate=str(found.rate))  # fmt: skip

    @property
    def _round(self) -> LetterRound:
        one = self.client
        return LetterRound(
            desk=self._workspace.desk,
            paper=self.paper,
            client_ids=(one,) if one is not None else tuple(each for each, _ in self.clients),
            today=self._workspace.today(),
            say=self._wording,
        )  # fmt: skip

    def _fields(self) -> tuple[FormField, ...]:
        say = self._wording
        files = (Option(_EACH, say(N_("a file each"))), Option(_ONE, say(N_("one PDF of all"))))  # fmt: skip
        return (
            *self._own_fields(),
            FormField(key=_FILES, label=say(N_("Written as")), kind=FieldKind.CHOICE, options=files),
        )  # fmt: skip

    def _own_fields(self) -> tuple[FormField, ...]:
        say, language, letter = self._wording, self._wording.language, self.paper.letter
        if letter is None:
            return tuple(
                FormField(key=ask, label=say(ASK_TITLES[ask]), kind=FieldKind.DATE, required=True)
                for ask in self._asks
            )  # fmt: skip
        own = tuple(
            FormField(
                key=field.key,
                label=field.label.in_language(language),
                kind=FieldKind(field.kind),
                required=field.required,
            )
            for field in letter.fields
        )
        sent = (
            FormField(key=_SENT_ON, label=say(N_("They go out on")), kind=FieldKind.DATE, hint=say(N_("empty: not recorded"))),
            FormField(key=_SENT_WAY, label=say(N_("by which way")), hint=say(N_("such as courier"))),
        )  # fmt: skip
        if letter.source is not Source.DEMAND:
            return (*own, *sent)

        options = tuple(Option(each.value, say(words)) for each, words in INTEREST_WORDS.items())  # fmt: skip
        return (
            FormField(key="interest", label=say(N_("Interest")), kind=FieldKind.CHOICE, options=options),
            FormField(key="rate", label=say(N_("Agreed rate")), kind=FieldKind.PERCENT, unit=say(N_("% a year"))),
            FormField(key="lpr", label=say(N_("One-year LPR")), kind=FieldKind.PERCENT, unit=say(N_("% a year"))),
            *own,
            *sent,
        )  # fmt: skip

    @property
    def _asks(self) -> tuple[Ask, ...]:
        """The days a report asks for."""
        assert isinstance(self.paper, ReportPaper)  # noqa: S101 - what is no letter is a report
        return tuple(each for each in self.paper.report.asks if each in _DAYS)

    @property
    def _first(self) -> dict[str, str]:
        """What stands in the fields of the paper at first."""
        today, letter = self._workspace.today(), self.paper.letter
        if letter is None:
            first = {Ask.START: today - _YEAR, Ask.END: today, Ask.DAY: today}
            return {ask: first[ask].isoformat() for ask in self._asks}
        if letter.source is Source.DEMAND:
            return first_values(today)
        return {"on": today.isoformat()} if letter.source is Source.BALANCE else {}

    def _values(self) -> dict[str, str]:
        return {**self._first, _FILES: _EACH}

    def _take(self, answers: Answers) -> None:
        texts = {each.key: self.form.value(each.key) for each in self.form.fields}
        way = texts.pop(_SENT_WAY, "").strip()
        texts.pop(_SENT_ON, None)
        self._in_one = texts.pop(_FILES, _EACH) == _ONE
        on = answers.day(_SENT_ON) if self.paper.letter else None
        self._sent = (on, way) if on is not None else None
        self._texts = texts

    def _table(self) -> Table[RoundLine]:
        say = self._wording

        def amounts(row: RoundLine) -> str:
            return say.moneys(row.amounts)

        def because(words: str, why: str) -> str:
            return f"{words}：{why}" if say.language == "zh" else f"{words}: {why}"

        def gets(row: RoundLine) -> Cell:
            line, path = self._done.get(row.key, (row, None))
            why = say.message(line.refused) if line.refused else ""
            if path is not None:
                told = because(say(N_("written")), path.name)
                return Cell(say.clauses((told, why)) if why else told, Tone.WARNING if why else Tone.DONE, hint=str(path))  # fmt: skip
            if why:
                said = because(say(N_("not written")) if row.key in self._done else say(N_("none")), why)  # fmt: skip
                return Cell(said, Tone.WARNING, hint=why)
            told = say(N_("will be written"))
            if row.by is None:
                return Cell(told)
            by = say(N_("send by {day} ({off})"), day=say.day(row.by), off=say.days_off(row.by, self._workspace.today()))  # fmt: skip
            return Cell(say.clauses((told, by)), Tone.PLAIN)

        def days(row: RoundLine) -> str:
            return "" if row.days is None or row.days <= 0 else say.plural(N_("{count} day"), N_("{count} days"), row.days)  # fmt: skip

        columns: list[Column[RoundLine]] = [
            Column(key="client", title=N_("Client"), cell=lambda row: Cell(row.client, hint=row.client), order=lambda row: row.client, width=140),
            Column(key="buyer", title=N_("Buyer"), cell=lambda row: Cell(row.buyer, hint=row.buyer), order=lambda row: row.buyer, width=150),
            Column(key="days", title=N_("Overdue"), cell=days, order=lambda row: row.days or 0, right=True, width=76),
            Column(key="amount", title=N_("Amount"), cell=amounts, order=lambda row: max((each.amount for each in row.amounts), default=0), sums=lambda row: row.amounts, right=True, width=122),
            Column(key="gets", title=N_("What becomes of it"), cell=gets, order=lambda row: row.refused is not None, stretch=True),
            Column(key="items", title=N_("Items"), cell=lambda row: str(row.items), order=lambda row: row.items, value=lambda row: row.items, right=True, width=60, hidden=True),
            Column(key="left", title=N_("Not demanded"), cell=lambda row: say.moneys(row.left_out), sums=lambda row: row.left_out, right=True, width=110, hidden=True),
            Column(key="policy", title=N_("Policy"), cell=lambda row: row.policy, order=lambda row: row.policy, width=140, hidden=True),
        ]  # fmt: skip
        return Table(columns, lambda row: row.key, sort="client")


def _new(folder: Path, name: str) -> Path:
    """A folder that isn't there yet: letters that were written before stay as they are."""
    names = (name, *(f"{name} ({each})" for each in range(2, 1000)))
    return next(folder / each for each in names if not (folder / each).exists())
