"""Which automatic backups stay: a rule over their numbers and days that no wrong clock can empty."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path


@dataclass(frozen=True, slots=True)
class StoredBackup:
    """An automatic backup, as its name tells.

    `number` runs through the backups of a desk; 0: a name of an earlier version, which had none. `at` is the local time
    of the computer's clock, which may have been wrong. `stem` is the desk's name when it was made.
    """

    path: Path
    stem: str
    number: int
    at: datetime
    reason: str


Period = Callable[[StoredBackup], Hashable]


def _day(backup: StoredBackup) -> Hashable:
    return backup.at.date()


def _week(backup: StoredBackup) -> Hashable:
    return backup.at.isocalendar()[:2]


def _month(backup: StoredBackup) -> Hashable:
    return backup.at.year, backup.at.month


def _year(backup: StoredBackup) -> Hashable:
    return backup.at.year


_SPARE = 3
"""A clock that is wrong for a day dates its backups on up to two days, and cuts the day it was wrong on in two."""
_ALL_OF_DAYS = 2 + 2
_ONE_EACH: tuple[tuple[Period, int], ...] = (
    (_day, 14 + _SPARE),
    (_week, 10 + _SPARE),
    (_month, 12 + _SPARE),
    (_year, 100),
)
"""A hundred years stand for ever."""


def kept(backups: Iterable[StoredBackup]) -> frozenset[Path]:
    """The backups of one desk that stay; the rest may go.

    All of the last two days stay, the last one of each day for two weeks, of each week for ten weeks, of each month for
    twelve months, of each year for ever. What is newer is told by the number alone, never by the day. The clock on the
    wall isn't asked: "the last two days" are the last two on which backups were made, and so for weeks and months. A
    day in 2099 or 1970 takes one place among them and can't make the others old.

    The days are told apart in two ways, and a backup stays where either says so:

    * in the order made: a day that comes back after another one is a new day. So what a clock that was set back writes
      under an old date never takes the place of what was made on that date;
    * by the date written: what bears one date belongs together. So two computers that take turns, one with a wrong
      clock, don't use up the places by their turns.

    Some places more than promised are there in each row: as many as a clock that is wrong for a day can take. What such
    a day costs is a place, never a backup that was promised to stay; but two days that bear one date one after the
    other are one day, for nothing tells them apart.
    """
    newest_first = sorted(
        backups, key=lambda each: (each.number, each.at), reverse=True
    )
    stay = [each for days in _last(newest_first, _day, _ALL_OF_DAYS) for each in days]
    for period, limit in _ONE_EACH:
        stay += [group[0] for group in _last(newest_first, period, limit)]
    return frozenset(each.path for each in stay)


def _last(
    newest_first: Sequence[StoredBackup], period: Period, limit: int
) -> list[list[StoredBackup]]:
    """The last periods with what was made in them, in the order made and by the date written."""
    runs = [list(run) for _, run in groupby(newest_first, period)]
    dated: dict[Hashable, list[StoredBackup]] = {}
    for each in newest_first:
        dated.setdefault(period(each), []).append(each)
    return [*runs[:limit], *list(dated.values())[:limit]]
