"""The files taken in, without Qt."""

from collections.abc import Mapping
from decimal import Decimal

from creditdesk.domain.money import Money
from creditdesk.i18n import N_
from creditdesk.presenters.table import Cell, Column, Table, Tone
from creditdesk.presenters.wording import Wording
from creditdesk.services.ledger import BatchId, BatchLine
from creditdesk.workspace import Workspace


class ImportsPresenter:
    """Every import: when, what, how much, and whether it was taken back."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self.table: Table[BatchLine] = Table(
            [
                Column(
                    key="id",
                    title=N_("No."),
                    cell=lambda row: str(row.id),
                    order=lambda row: row.id,
                    right=True,
                    width=56,
                ),
                Column(
                    key="taken",
                    title=N_("Taken in"),
                    cell=lambda row: wording.moment(row.taken_at),
                    order=lambda row: row.taken_at,
                    width=140,
                ),
                Column(
                    key="client",
                    title=N_("Client"),
                    cell=lambda row: row.client,
                    order=lambda row: row.client,
                    width=150,
                ),
                Column(
                    key="file",
                    title=N_("File"),
                    cell=lambda row: Cell(row.file_name, hint=row.file_name),
                    order=lambda row: row.file_name,
                    stretch=True,
                ),
                Column(
                    key="rows",
                    title=N_("Rows"),
                    cell=lambda row: f"{row.counts['rows_read']:,}",
                    order=lambda row: row.counts["rows_read"],
                    right=True,
                    width=80,
                ),
                Column(
                    key="new",
                    title=N_("New"),
                    cell=lambda row: _count(row.counts, "invoices_added"),
                    right=True,
                    width=80,
                ),
                Column(
                    key="changed",
                    title=N_("Changed"),
                    cell=lambda row: _count(row.counts, "invoices_updated"),
                    right=True,
                    width=80,
                ),
                Column(
                    key="totals",
                    title=N_("Totals"),
                    cell=self._totals,
                    width=190,
                    right=True,
                ),
                Column(key="who", title=N_("By"), cell=lambda row: row.who, width=90),
                Column(key="state", title=N_("State"), cell=self._state, width=130),
            ],
            lambda row: row.id,
            sort="id",
            descending=True,
        )

    def reload(self) -> None:
        """Read the list."""
        self.table.show(self._workspace.desk.ledger.batches(self._workspace.client))

    def undo(self, batch: BatchId) -> None:
        """Take an import back, behind a backup; raises a `UserError` naming what depends on it."""
        self._workspace.desk.upkeep.back_up_now("before-undo")
        self._workspace.desk.ledger.undo(batch)

    def _totals(self, row: BatchLine) -> Cell:
        said = self._wording.list(
            self._wording.money(Money(Decimal(sums["amount"]), code))
            for code, sums in row.totals.items()
        )
        return Cell(said, hint=said)

    def _state(self, row: BatchLine) -> Cell:
        if row.undone_at is None:
            return Cell("")
        return Cell(
            self._wording(N_("taken back")),
            Tone.QUIET,
            self._wording.moment(row.undone_at),
        )


def _count(counts: Mapping[str, int], name: str) -> str:
    return f"{counts[name]:,}" if counts[name] else ""
