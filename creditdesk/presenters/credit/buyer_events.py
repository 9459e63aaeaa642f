"""What was learned about a buyer, without Qt: the form of one entry, and those there are."""

from collections.abc import Callable
from pathlib import Path

from creditdesk.domain.credit.buyer_events import (
    EVENT_EFFECTS,
    EVENT_TITLES,
    BuyerEventKind,
)
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Progress
from creditdesk.presenters.parts.attaching import take
from creditdesk.presenters.parts.form import Answers, Form, FormField, Option
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.typed import Kind
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerId
from creditdesk.services.watch import EventLine, NewEvent
from creditdesk.services.watch.values import EventInFuture
from creditdesk.workspace import Workspace


class BuyerEventsPresenter:
    """The entries of one buyer; `paper` is the file that goes with the one being typed."""

    def __init__(self, workspace: Workspace, wording: Wording, buyer: int) -> None:
        self._workspace = workspace
        self._wording = wording
        self._buyer = buyer
        self.file = workspace.desk.buyers.file(BuyerId(buyer))
        self.paper: Path | None = None
        self.changed: Event[None] = Event()
        self._answers = Answers()
        today = workspace.today().isoformat()
        self.form = Form(
            self._fields(),
            self._check,
            {"happened_on": today, "known_on": today},
            {EventInFuture: "known_on"},
        )
        self.lines: Table[EventLine] = Table(
            self._columns(), lambda row: row.id, sort="known", descending=True
        )
        self.reload()

    def reload(self) -> None:
        """Read the entries."""
        self.lines.show(self._workspace.desk.watch.events(self._buyer))
        self.changed.emit(None)

    @property
    def effect(self) -> str:
        """What the chosen kind of entry brings about."""
        kind = self.form.value("kind")
        return self._wording(EVENT_EFFECTS[BuyerEventKind(kind)]) if kind else ""

    def take_paper(self, path: Path | None) -> None:
        """The file that proves it; None: none yet."""
        self.paper = path

    def recording(self) -> Callable[[Progress], int]:
        """The job: keep the paper and the entry."""
        desk, answers, paper = self._workspace.desk, self._answers, self.paper
        today, client = self._workspace.today(), self.file.client_id
        most = desk.upkeep.threshold("evidence_mb")
        happened, known = answers.day("happened_on"), answers.day("known_on")
        assert happened is not None  # noqa: S101 - the field is required
        assert known is not None  # noqa: S101 - the field is required

        def job(progress: Progress) -> int:
            taken = take(paper, progress, megabytes=most) if paper else None

            def report() -> int:
                told = NewEvent(
                    buyer_id=self._buyer,
                    kind=BuyerEventKind(answers.text("kind")),
                    happened_on=happened,
                    known_on=known,
                    note=answers.text("note"),
                    document=desk.watch.keep_paper(client, *taken) if taken else None,
                )
                return desk.watch.report(told, today)

            return desk.do(report, progress)

        return job

    def withdrawing(self, event: int, reason: str) -> Callable[[Progress], None]:
        """The job: the entry was a mistake; its duties go with it. Raises where the reason is missing."""
        desk = self._workspace.desk
        return lambda progress: desk.do(
            lambda: desk.watch.withdraw_event(event, reason), progress
        )

    def _check(self, answers: Answers) -> None:
        today = self._workspace.today()
        for key in ("happened_on", "known_on"):
            day = answers.day(key)
            if day is not None and day > today:
                raise EventInFuture(on=day)
        self._answers = answers

    def _fields(self) -> tuple[FormField, ...]:
        say = self._wording
        kinds = tuple(
            Option(kind.value, say(words)) for kind, words in EVENT_TITLES.items()
        )
        return (
            FormField(key="kind", label=say(N_("What happened")), kind=Kind.CHOICE, required=True, options=kinds, hint=say(N_("Choose…"))),
            FormField(key="happened_on", label=say(N_("Happened on")), kind=Kind.DATE, required=True),
            FormField(key="known_on", label=say(N_("Known since")), kind=Kind.DATE, required=True),
            FormField(key="note", label=say(N_("What is known, and from whom")), kind=Kind.MULTILINE),
        )  # fmt: skip

    def _columns(self) -> list[Column[EventLine]]:
        say = self._wording

        def title(row: EventLine) -> Cell:
            words = say(EVENT_TITLES[BuyerEventKind(row.kind)])
            if row.withdrawn is None:
                return Cell(words, bold=True, hint=row.note)
            taken = say(N_("withdrawn: {reason}"), reason=row.withdrawn)
            return Cell(f"{words} – {taken}", Tone.QUIET, taken)

        return [
            Column(key="known", title=N_("Known since"), cell=lambda row: say.day(row.known_on), order=lambda row: (row.known_on, row.id), value=lambda row: row.known_on, width=110),
            Column(key="happened", title=N_("Happened on"), cell=lambda row: say.day(row.happened_on), order=lambda row: row.happened_on, value=lambda row: row.happened_on, width=110),
            Column(key="kind", title=N_("What happened"), cell=title, order=lambda row: row.kind, stretch=True),
            Column(key="note", title=N_("What is known"), cell=lambda row: Cell(row.note, Tone.QUIET, row.note), width=200),
            Column(key="paper", title=N_("Paper"), cell=lambda row: "✓" if row.document_id else "", width=60),
            Column(key="who", title=N_("By"), cell=lambda row: row.who, width=90, hidden=True),
        ]  # fmt: skip
