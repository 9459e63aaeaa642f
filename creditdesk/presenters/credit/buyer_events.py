"""What was learned about a buyer, without Qt: the form of one entry, and those there are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from creditdesk.domain.credit.buyer_events import (
    EVENT_EFFECTS,
    EVENT_TITLES,
    BuyerEventKind,
)
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.parts.attaching import take
from creditdesk.presenters.parts.bound import Around, asked, bound
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.voids import with_voids
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerId
from creditdesk.services.watch import EventLine, NewEvent
from creditdesk.services.watch.values import EventInFuture
from creditdesk.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTold:
    """One entry as it is typed."""

    kind: BuyerEventKind = asked(N_("What happened"), titles=EVENT_TITLES)
    happened_on: date = asked(N_("Happened on"), to_come=EventInFuture)
    known_on: date = asked(N_("Known since"), to_come=EventInFuture)
    note: str = asked(N_("What is known, and from whom"), kind=FieldKind.MULTILINE, default="")  # fmt: skip


class BuyerEventsPresenter:
    """The entries of one buyer; `paper` is the file that goes with the one being typed."""

    def __init__(self, workspace: Workspace, wording: Wording, buyer: int) -> None:
        self._workspace = workspace
        self._wording = wording
        self._buyer = buyer
        self.file = workspace.desk.buyers.file(BuyerId(buyer))
        self.paper: Path | None = None
        self.changed: Event[None] = Event()
        self._told: EventTold
        day = workspace.today()
        around = Around(today=day, values={"happened_on": day.isoformat(), "known_on": day.isoformat()})  # fmt: skip
        self.form = bound(EventTold, wording, self._take, around)
        self.lines: Table[EventLine] = Table(
            with_voids(
                self._columns(), lambda row: row.voided, wording, told_in="note"
            ),
            lambda row: row.id,
            sort="known",
            descending=True,
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
        desk, entry, paper = self._workspace.desk, self._told, self.paper
        today, client = self._workspace.today(), self.file.client_id
        most = desk.upkeep.threshold("evidence_mb")

        def job(progress: Progress) -> int:
            taken = take(paper, progress, megabytes=most) if paper else None

            def report() -> int:
                told = NewEvent(
                    buyer_id=self._buyer,
                    kind=entry.kind,
                    happened_on=entry.happened_on,
                    known_on=entry.known_on,
                    note=entry.note,
                    document=desk.watch.keep_paper(client, *taken) if taken else None,
                )
                return desk.watch.report(told, today)

            return desk.do(report, progress)

        return job

    def voiding(self, event: int, why: str) -> Job[None]:
        """The job: the entry was a mistake; its duties go with it."""
        watch = self._workspace.desk.watch
        return lambda _progress: watch.void_event(event, why)

    def _take(self, told: EventTold) -> None:
        self._told = told

    def _columns(self) -> list[Column[EventLine]]:
        say = self._wording

        def title(row: EventLine) -> Cell:
            words = say(EVENT_TITLES[BuyerEventKind(row.kind)])
            return Cell(words, bold=True, hint=row.note)

        return [
            Column(key="known", title=N_("Known since"), cell=lambda row: say.day(row.known_on), order=lambda row: (row.known_on, row.id), value=lambda row: row.known_on, width=110),
            Column(key="happened", title=N_("Happened on"), cell=lambda row: say.day(row.happened_on), order=lambda row: row.happened_on, value=lambda row: row.happened_on, width=110),
            Column(key="kind", title=N_("What happened"), cell=title, order=lambda row: row.kind, stretch=True),
            Column(key="note", title=N_("What is known"), cell=lambda row: Cell(row.note, Tone.QUIET, row.note), width=200),
            Column(key="paper", title=N_("Paper"), cell=lambda row: "✓" if row.document_id else "", width=60),
            Column(key="who", title=N_("By"), cell=lambda row: row.who, width=90, hidden=True),
        ]  # fmt: skip
