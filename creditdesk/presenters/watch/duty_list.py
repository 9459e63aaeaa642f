"""Duties as a list: what, by when, counted from what, and how each ended."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from creditdesk.i18n import N_
from creditdesk.jobs import Progress
from creditdesk.presenters.parts.attaching import take
from creditdesk.presenters.parts.rules import rule_words
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.voids import with_voids
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.watch.closing import DoneTold, closing
from creditdesk.services.watch import DutyId, DutyLine
from creditdesk.services.watch.values import WaiverReasonMissing
from creditdesk.workspace import Workspace

_WEEK = timedelta(days=7)
_STATES = {
    "done": N_("done"),
    "waived": N_("waived by the insurer"),
    "superseded": N_("fell away or moved"),
}


class DutyList:
    """The duties of one buyer or policy, and what can be said of the open ones."""

    def __init__(self, workspace: Workspace, wording: Wording, client: int) -> None:
        self._workspace = workspace
        self._watch = workspace.desk.watch
        self.today = workspace.today()
        self._most = workspace.desk.upkeep.threshold("evidence_mb")
        self._client = client
        self.table: Table[DutyLine] = Table(
            with_voids(
                duty_columns(wording, self.today),
                lambda row: row.voided,
                wording,
                told_in="rule",
            ),
            lambda row: row.ids,
            sort="safe",
        )

    def closing(
        self, ids: Sequence[object], told: DoneTold
    ) -> Callable[[Progress], None]:
        """The job: these open duties were done."""
        return closing(self._workspace, self._client, self._open(ids), told)

    def reopening(self, ids: Sequence[object], why: str) -> Callable[[Progress], None]:
        """The job: these duties were closed by mistake."""
        watch, duties = self._watch, self._closed(ids)
        return lambda _progress: watch.undo_done(duties, why)

    def waiving(
        self, ids: Sequence[object], letter: str, paper: Path | None
    ) -> Callable[[Progress], int | None]:
        """The job: the insurer waived these open duties; raises where its letter is not named."""
        if not letter.strip():
            raise WaiverReasonMissing
        watch, duties, today = self._watch, self._open(ids), self.today
        client, most = self._client, self._most

        def job(progress: Progress) -> int | None:
            kept = None
            if paper is not None:
                kept = watch.keep_paper(client, *take(paper, progress, megabytes=most))
            watch.waive(duties, today, letter, kept)
            return kept

        return job

    def _open(self, chosen: Sequence[object]) -> list[DutyId]:
        return self._those(chosen, is_open)

    def _closed(self, chosen: Sequence[object]) -> list[DutyId]:
        return self._those(chosen, may_reopen)

    def _those(
        self, chosen: Sequence[object], kind: Callable[[DutyLine], bool]
    ) -> list[DutyId]:
        return [
            duty
            for line in self.table.rows
            if line.ids in chosen and kind(line)
            for duty in line.ids
        ]


def is_open(line: DutyLine) -> bool:
    """Whether it is still to be done."""
    return line.state == "open"


def may_reopen(line: DutyLine) -> bool:
    """Whether it was done or waived, and that may have been a mistake."""
    return line.state in {"done", "waived"} and line.voided is None


def duty_columns(wording: Wording, today: date) -> list[Column[DutyLine]]:
    """Open duties by safe date, then the closed ones."""

    def when(row: DutyLine) -> Cell:
        if row.state != "open":
            return Cell(wording.day(row.safe), Tone.QUIET)
        return Cell(wording.day(row.safe), _tone(row.safe, today), bold=True)

    def state(row: DutyLine) -> Cell:
        if row.state == "open":
            return Cell(wording.days_off(row.safe, today), _tone(row.safe, today))
        words = wording(_STATES[row.state])
        on = f" {wording.day(row.closed_on)}" if row.closed_on else ""
        return Cell(words + on, Tone.DONE if row.state == "done" else Tone.QUIET)

    def rule(row: DutyLine) -> Cell:
        words = rule_words(row.rule, wording)
        counted = wording(N_("counted from {day}"), day=row.anchor_on)
        return Cell(f"{counted} · {words}", Tone.QUIET, f"{counted}\n{words}")

    def title(row: DutyLine) -> Cell:
        words = row.title.in_language(wording.language)
        return Cell(words, hint=row.consequence.in_language(wording.language))

    def invoices(row: DutyLine) -> Cell:
        words = wording.list(map(wording.name, row.names))
        more = (bill_words(row, wording),) if row.bills else ()
        return Cell(words, Tone.QUIET, "\n".join((words, *more)))

    return [
        Column(key="safe", title=N_("Safe date"), cell=when, order=lambda row: (row.state != "open", row.safe), value=lambda row: row.safe, width=116),
        Column(key="state", title=N_("State"), cell=state, order=lambda row: (row.state, row.closed_on or row.safe), width=170),
        Column(key="title", title=N_("Duty"), cell=title, order=lambda row: row.code, width=200),
        Column(key="rule", title=N_("Why that day"), cell=rule, stretch=True),
        Column(key="legal", title=N_("Last legal day"), cell=lambda row: wording.day(row.legal), order=lambda row: row.legal, value=lambda row: row.legal, width=122),
        Column(key="invoices", title=N_("Documents"), cell=invoices, width=140),
        Column(key="amount", title=N_("Amount"), cell=lambda row: wording.money(row.amount) if row.amount else "", order=lambda row: row.amount.amount, sums=lambda row: row.amount, right=True, width=120),
        Column(key="policy", title=N_("Policy"), cell=lambda row: row.policy, order=lambda row: row.policy, width=130, hidden=True),
    ]  # fmt: skip


def bill_words(row: DutyLine, wording: Wording) -> str:
    """That bills were taken for some of its invoices: nobody has said whether they were honoured."""
    text = N_("A bill was taken for {invoices}: see whether it was honoured.")
    return wording(text, invoices=row.bills)


def _tone(safe: date, today: date) -> Tone:
    if safe < today:
        return Tone.DANGER
    return Tone.WARNING if safe <= today + _WEEK else Tone.PLAIN
