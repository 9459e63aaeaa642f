"""The client's own ledger replayed under other policies: each in a trial of its own, of which nothing is kept.

It is the desk's services that answer, with their rules of cover, duties, premium and indemnity (rules.md 9.4).
"""

from collections.abc import Iterator
from functools import partial

from creditdesk.domain.insurers.what_if import Replayed, WhatIf
from creditdesk.domain.insurers.what_if_checks import check
from creditdesk.i18n import N_
from creditdesk.jobs import Progress, uncollected
from creditdesk.readings.exposure import Courses
from creditdesk.whatif.reading import read
from creditdesk.whatif.setting import Trial, prepare
from creditdesk.workspace import Desk


def replayed(
    desk: Desk, asked: WhatIf, progress: Progress | None = None
) -> tuple[Replayed, ...]:
    """What came of each policy, in the order given. Raises `UserError`s for what can't be replayed."""
    progress = progress or Progress()
    check(asked, desk.day)
    with uncollected():
        return tuple(_each(desk, asked, progress))


def _each(desk: Desk, asked: WhatIf, progress: Progress) -> Iterator[Replayed]:
    courses: list[Courses] = []
    for policy in progress.each(asked.policies, N_("Replaying the ledger")):
        trial = Trial(desk, asked, policy)
        yield desk.tried(
            (asked.client_id, asked.end),
            partial(prepare, trial),
            partial(read, trial, courses),
            progress,
            waived=trial.waived,
        )
