"""The work behind the control account: rows that were not taken are read again for their figures."""

from datetime import date

from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.intake.again import ReadAgain
from creditdesk.jobs import Progress
from creditdesk.presenters.ledger.reading_again import read_again
from creditdesk.services.ledger import BatchId
from creditdesk.services.ledger.control_values import (
    RECEIVABLES,
    ControlAccount,
    Untaken,
    UntakenRows,
)
from creditdesk.workspace import Desk

_FILES = 12
"""How many files are read again, the newest first; of older ones only the refused rows are named, without figures."""


def read_control(
    desk: Desk,
    client_id: int,
    as_of: date,
    progress: Progress,
    account: str = RECEIVABLES,
) -> ControlAccount:
    """The account with the figures of rows that were not taken."""
    untaken = _untaken(desk, client_id, progress)
    progress.step(Message(N_("Comparing with the books")))
    return desk.imports.control(client_id, as_of, untaken, account)


def _untaken(desk: Desk, client_id: int, progress: Progress) -> UntakenRows:
    waiting = [
        line.id
        for line in desk.ledger.batches(client_id)
        if line.kind == "ledger"
        and line.kept
        and line.undone_at is None
        and not line.format
        and (line.refused or line.skipped)
    ]
    found: dict[int, tuple[Untaken, ...]] = {}
    for batch in progress.each(waiting[:_FILES], N_("Reading the kept files")):
        try:
            read = read_again(desk, batch, progress)
        except UserError:
            # What can't be read again is named by its kept rows, without figures.
            continue
        found[batch] = _rows(desk, batch, read)
    return found


def _rows(desk: Desk, batch: BatchId, read: ReadAgain) -> tuple[Untaken, ...]:
    refused = {problem.row for problem in desk.imports.file(batch).refused}
    return tuple(
        Untaken(each.row, each.amount, refused=each.row in refused)
        for each in read.left_out
    )
