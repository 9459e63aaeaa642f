"""The files taken in, without Qt."""

from creditdesk.i18n import N_
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.ledger.import_words import (
    kind_words,
    place_words,
    rows_words,
    totals_words,
)
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import BatchId, BatchLine
from creditdesk.services.ledger.import_values import UndoPlan
from creditdesk.workspace import Workspace

_NEW = ("invoices_added", "payments_added", "balances_added", "lines_added")
_CHANGED = ("invoices_updated", "payments_updated", "balances_updated")


class ImportsPresenter:
    """Every import: when, what, how much, and whether it was taken back."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self.table: Table[BatchLine] = Table(
            self._columns(), lambda row: row.id, sort="id", descending=True
        )

    def reload(self) -> None:
        """Read the list."""
        self.table.show(self._workspace.desk.ledger.batches(self._workspace.client))

    def _columns(self) -> list[Column[BatchLine]]:
        say = self._wording
        return [
            Column(key="id", title=N_("No."), cell=lambda row: str(row.id), order=lambda row: row.id, right=True, width=48),
            Column(key="taken", title=N_("Taken in"), cell=lambda row: say.moment(row.taken_at), order=lambda row: row.taken_at, value=lambda row: row.taken_at, width=128),
            Column(key="client", title=N_("Client"), cell=lambda row: Cell(row.client, hint=row.client), order=lambda row: row.client, width=76, hidden=self._workspace.client is not None),
            Column(key="file", title=N_("File"), cell=self._file, order=lambda row: row.file_name, stretch=True),
            Column(key="kind", title=N_("Kind"), cell=self._kind, order=lambda row: (row.kind, row.format), width=76),
            Column(key="rows", title=N_("Rows"), cell=self._rows, order=lambda row: row.counts["rows_read"], value=lambda row: row.counts["rows_read"], right=True, width=56),
            Column(key="used", title=N_("Taken"), cell=lambda row: _shown(row.used), order=lambda row: row.used, value=lambda row: row.used, right=True, width=60),
            Column(key="skipped", title=N_("Skipped"), cell=lambda row: _shown(row.skipped), order=lambda row: row.skipped, value=lambda row: row.skipped, right=True, width=52),
            Column(key="refused", title=N_("Refused"), cell=lambda row: Cell(_shown(row.refused), Tone.WARNING), order=lambda row: row.refused, value=lambda row: row.refused, right=True, width=52),
            Column(key="new", title=N_("New / changed"), cell=self._new, order=lambda row: (_of(row, _NEW), _of(row, _CHANGED)), right=True, width=84),
            Column(key="totals", title=N_("Totals"), cell=self._totals, width=112, right=True),
            Column(key="who", title=N_("By"), cell=lambda row: row.who, order=lambda row: row.who, width=64),
            Column(key="state", title=N_("State"), cell=self._state, order=lambda row: row.undone_at is not None, width=64),
        ]  # fmt: skip

    def _file(self, row: BatchLine) -> Cell:
        said = place_words(row.file_name, row.sheet, None, self._wording)
        return Cell(said, hint=said)

    def _kind(self, row: BatchLine) -> Cell:
        said = kind_words(row.kind, row.format, self._wording)
        return Cell(said, hint=said)

    def _rows(self, row: BatchLine) -> Cell:
        return Cell(
            _shown(row.counts["rows_read"]), hint=rows_words(row, self._wording)
        )

    @staticmethod
    def _new(row: BatchLine) -> str:
        return f"{_of(row, _NEW):,} / {_of(row, _CHANGED):,}"

    def _totals(self, row: BatchLine) -> Cell:
        said = self._wording.list(totals_words(row.totals, self._wording))
        return Cell(said, hint=said)

    def _state(self, row: BatchLine) -> Cell:
        if row.undone_at is None:
            return Cell("")
        return Cell(
            self._wording(N_("taken back")),
            Tone.QUIET,
            self._wording.moment(row.undone_at),
        )


class TakingBack:
    """An import on its way out: what goes, what rests on it, and the work."""

    def __init__(self, workspace: Workspace, wording: Wording, batch: BatchId) -> None:
        self._workspace = workspace
        self._wording = wording
        self.plan: UndoPlan = workspace.desk.imports.undo_plan(batch)

    @property
    def stands(self) -> tuple[str, str]:
        """Why it can't be taken back yet: a sentence, and what must go first, one a line; empty where nothing must."""
        blocked = self.plan.blocked_by
        if not blocked:
            return "", ""
        say = self._wording
        said = say(
            N_("Import {number} ({file}) can't be taken back yet: this rests on it. Take it back first."),
            number=self.plan.batch, file=self.plan.file_name,
        )  # fmt: skip
        return said, "\n".join(map(say.message, blocked))

    @property
    def question(self) -> str:
        """Exactly what goes, and what else names it."""
        say, plan = self._wording, self.plan
        lines = [
            say(
                N_("Take back import {number} ({file})?"),
                number=plan.batch, file=plan.file_name,
            )
        ]  # fmt: skip
        if self._gone:
            lines.append(say(N_("This goes: {parts}."), parts=tuple(self._gone)))
        if plan.restored:
            lines.append(
                say.plural(
                    N_("{count} record becomes what it was before."),
                    N_("{count} records become what they were before."),
                    plan.restored,
                )
            )
        told = [say.message(each.said) for each in plan.dependents]
        if told:
            lines.append(
                say(N_("It is also named by {others}; that stays as it is."), others=tuple(told))
            )  # fmt: skip
        lines.append(say(N_("The desk is backed up before.")))
        return "\n".join(lines)

    @property
    def _gone(self) -> list[str]:
        plan = self.plan
        counts = (
            (N_("{count} document"), N_("{count} documents"), plan.documents),
            (N_("{count} payment"), N_("{count} payments"), plan.payments),
            (N_("{count} balance"), N_("{count} balances"), plan.balances),
            (N_("{count} bank line"), N_("{count} bank lines"), plan.lines),
            (N_("{count} buyer"), N_("{count} buyers"), plan.buyers),
        )
        return [self._wording.plural(one, many, count) for one, many, count in counts if count]  # fmt: skip

    def job(self) -> Job[None]:
        """The work: a backup, then the import out. Raises `BatchInUse`."""
        desk, batch = self._workspace.desk, self.plan.batch

        def work(progress: Progress) -> None:
            desk.backups.make("before-undo", progress)
            desk.do(lambda: desk.ledger.undo(batch), progress)

        return work


def _of(row: BatchLine, names: tuple[str, ...]) -> int:
    return sum(row.counts.get(name, 0) for name in names)


def _shown(count: int) -> str:
    return f"{count:,}" if count else ""
