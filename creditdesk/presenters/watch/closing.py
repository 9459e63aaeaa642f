"""A duty that was done, as a person says it: the day, a remark, and the paper that proves it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from creditdesk.jobs import Progress
from creditdesk.presenters.parts.attaching import take
from creditdesk.services.watch import DutyDone, DutyId
from creditdesk.workspace import Workspace


@dataclass(frozen=True, slots=True)
class DoneTold:
    """What stands in the question."""

    on: date
    note: str = ""
    paper: Path | None = None


def closing(
    workspace: Workspace, client: int, duties: Sequence[DutyId], told: DoneTold
) -> Callable[[Progress], None]:
    """The job: keep the paper, and mark the duties as done."""
    desk, today = workspace.desk, workspace.today()
    most = desk.upkeep.threshold("evidence_mb")

    def job(progress: Progress) -> None:
        taken = take(told.paper, progress, megabytes=most) if told.paper else None

        def close() -> None:
            kept = desk.watch.keep_paper(client, *taken) if taken else None
            desk.watch.close(duties, DutyDone(told.on, told.note, kept), today)

        desk.do(close, progress)

    return job
