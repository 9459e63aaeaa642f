"""Days as people and programs write them. Day first or month first is decided from whole columns. rules.md 11.6."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from creditdesk.importers.files.cells import LONGEST_FIGURE, Cell


class Order(StrEnum):
    """How `01/02/03` is meant."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    YEAR_FIRST = "ymd"
    MINGUO = "roc"
    """115/01/05: years counted from 1912, as in Taiwan."""


class NotADate(ValueError):
    """The cell holds something, and it is no day."""


@dataclass(frozen=True, slots=True)
class Convention:
    """How a file writes its days. `order` None: no day in it can be misread."""

    order: Order | None = None
    epoch_1904: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What the columns say about the order. `example`: a day that proves it, or one that stays open."""

    order: Order | None
    ambiguous: bool = False
    example: str = ""


_TIME = r"(?:[T\s]+(?:上午|下午)?\s*\d{1,2}[:时].*)?"
_YEAR_FIRST = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?" + _TIME
)
# With the time behind it: 20260102153000 and 20260102T15:30:00.
_COMPACT = re.compile(
    r"(\d{4})(\d{2})(\d{2})"
    r"(?:\.0+|(?:[01]\d|2[0-3])[0-5]\d[0-5]\d|[T\s]+(?:[01]\d|2[0-3]):?[0-5]\d(?::?[0-5]\d)?(?:\.\d+)?Z?)?"
)
_MINGUO = re.compile(
    r"(1[0-3]\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?" + _TIME
)
_NAMED_MINGUO = re.compile(
    r"(?:中[華华])?民[國国]\s*(\d{1,3})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    + _TIME
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_UNCLEAR = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})" + _TIME)
_NAMED_DAY_FIRST = re.compile(
    r"(\d{1,2})[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4}|\d{2})" + _TIME, re.IGNORECASE
)
_NAMED_MONTH_FIRST = re.compile(
    r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})" + _TIME, re.IGNORECASE
)
_MONTHS = [
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
]
_MINGUO_BEGAN = 1911
_MONTH_AT_MOST = 12
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
# 1980 to 2119: any other number in a date column is no day.
_SERIALS = range(29_221, 80_000)
_YEARS = range(1980, 2120)
# Databases write no day as 0000-00-00, SAP as 00.00.0000.
_NOTHING = re.compile(r"[-/.0:\s]*|null|none|n/a|nat|nan|无", re.IGNORECASE)
_DOUBTFUL_SHARE = 0.05
_DOTTED = re.compile(r"(\d{1,2})\s*\.\s*\d{1,2}\s*\.\s*(\d{4}|\d{2})" + _TIME)
# What two digits may mean where they can be a year: 01 to 12 hardly is one.
_RECENT = range(2013, 2070)


def day(cell: Cell, convention: Convention) -> date | None:
    """The day, None for an empty cell. Raises `NotADate`."""
    if cell is None or cell == 0:
        return None
    if isinstance(cell, date):
        return _plausible(cell, str(cell))
    if isinstance(cell, float):
        return _from_number(cell, convention)
    if not isinstance(cell, str):
        raise NotADate(str(cell))
    if len(cell) > LONGEST_FIGURE:
        raise NotADate(cell)
    return _written(cell, convention)


def decide(cells: Iterable[Cell]) -> Decision:
    """Which order the days of these cells prove. Both possible for all, or proofs both ways: ambiguous."""
    texts = Counter(
        cell for cell in cells if isinstance(cell, str) and len(cell) <= LONGEST_FIGURE
    )
    unclear = [shown for shown in map(_plain, texts) if _is_unclear(shown)]
    readings: Counter[frozenset[Order]] = Counter()
    for cell, times in texts.items():
        readings[_readings(_plain(cell))] += times
    readings.pop(frozenset(), None)
    total = sum(readings.values())
    if not total:
        return Decision(None)
    fits = {
        order: sum(n for orders, n in readings.items() if order in orders)
        for order in Order
    }
    best = max(Order, key=lambda order: fits[order])
    rivals = [order for order in Order if order != best and fits[order] == fits[best]]
    possible = _without_years_in_front({best, *rivals}, unclear)
    if Order.DAY_FIRST in possible and _is_dotted(unclear):
        possible = {Order.DAY_FIRST}
    best = best if best in possible else min(possible)
    rivals = [order for order in Order if order != best and order in possible]
    if fits[best] < (1 - _DOUBTFUL_SHARE) * total or _differ(unclear, best, rivals):
        return Decision(
            None, ambiguous=True, example=_open_example(unclear, best, rivals)
        )
    return Decision(best, example=_proof(unclear, best))


def suspects(cells: Sequence[Cell]) -> tuple[int, ...]:
    """The places of true dates whose day and month the spreadsheet program may have exchanged. rules.md 14.4.

    Where texts such as 25/03/2026 prove that days come first, Excel had read the days up to the 12th as months: those
    are dates now, the others stayed texts. The same the other way round.
    """
    texts = [cell for cell in cells if isinstance(cell, str)]
    found = decide(texts)
    if found.order not in {Order.DAY_FIRST, Order.MONTH_FIRST} or not any(
        _readings(_plain(shown)) == {found.order} for shown in texts
    ):
        return ()
    return tuple(
        at for at, cell in enumerate(cells)
        if isinstance(cell, date) and cell.day <= _MONTH_AT_MOST and cell.day != cell.month
    )  # fmt: skip


def swapped(suspect: date) -> date:
    """The day with day and month exchanged, for one of the `suspects`."""
    return date(suspect.year, suspect.day, suspect.month)


@lru_cache(maxsize=10_000)
def _written(cell: str, convention: Convention) -> date | None:
    """Ledgers repeat their days: each way of writing one is read once."""
    shown = _plain(cell)
    if _NOTHING.fullmatch(shown):
        return None
    found = _clear(shown, convention) or _unclear(shown, convention.order)
    if found is None:
        raise NotADate(cell)
    return _plausible(found, cell)


def _plain(shown: str) -> str:
    """Without blanks around it and with plain digits for full-width ones."""
    return (shown if shown.isascii() else unicodedata.normalize("NFKC", shown)).strip()


def _from_number(number: float, convention: Convention) -> date:
    if number == int(number) and (found := _COMPACT.fullmatch(str(int(number)))):
        return _plausible(_built(*map(int, found.groups())), f"{number:.0f}")
    if int(number) not in _SERIALS:
        raise NotADate(f"{number:.15g}")
    epoch = _EPOCH_1904 if convention.epoch_1904 else _EPOCH
    return epoch + timedelta(days=int(number))


def _clear(shown: str, convention: Convention) -> date | None:
    found = _YEAR_FIRST.fullmatch(shown) or _COMPACT.fullmatch(shown)
    if found:
        return _built(*map(int, found.groups()))
    if _SERIAL.fullmatch(shown):
        return _from_number(float(shown), convention)
    if found := _NAMED_MINGUO.fullmatch(shown):
        year, month, number = map(int, found.groups())
        return _built(year + _MINGUO_BEGAN, month, number)
    if found := _NAMED_DAY_FIRST.fullmatch(shown):
        return _built(_year(found[3]), _month(found[2]), int(found[1]))
    if found := _NAMED_MONTH_FIRST.fullmatch(shown):
        return _built(int(found[3]), _month(found[1]), int(found[2]))
    return None


def _unclear(shown: str, order: Order | None) -> date | None:
    if not _is_unclear(shown):
        return None
    if order is not None:
        return _read(shown, order)
    possible = {_read(shown, each) for each in Order} - {None}
    return possible.pop() if len(possible) == 1 else None


def _is_unclear(shown: str) -> bool:
    """Whether only the column tells what comes first, or that years are counted from 1912."""
    return bool(_UNCLEAR.fullmatch(shown) or _MINGUO.fullmatch(shown))


def _without_years_in_front(possible: set[Order], unclear: list[str]) -> set[Order]:
    """02/01/26 begins with no year, for 2002 is none of a ledger's; 13/1/24 may."""
    found = [each for shown in unclear if (each := _UNCLEAR.fullmatch(shown))]
    behind = all(_year(each[3]) in _RECENT for each in found)
    others = possible - {Order.YEAR_FIRST}
    if others and behind and any(_year(each[1]) not in _RECENT for each in found):
        return others
    return possible


def _is_dotted(unclear: list[str]) -> bool:
    """Whether all are written with dots, as only those do who put the day first; 26.01.05 may begin with its year."""
    found = [_DOTTED.fullmatch(shown) for shown in unclear]
    dotted = [each for each in found if each]
    return len(dotted) == len(unclear) and (
        all(len(each[2]) == 4 for each in dotted)
        or (
            all(_year(each[2]) in _RECENT for each in dotted)
            and any(_year(each[1]) not in _RECENT for each in dotted)
        )
    )


def _read(shown: str, order: Order) -> date | None:
    counted = _MINGUO.fullmatch(shown)
    if counted or order is Order.MINGUO:
        if not (counted and order is Order.MINGUO):
            return None
        year, month, number = map(int, counted.groups())
        return _built(year + _MINGUO_BEGAN, month, number)
    found = _UNCLEAR.fullmatch(shown)
    if found is None:
        return None
    first, second, third = found.groups()
    if order is Order.YEAR_FIRST:
        return (
            _built(_year(first), int(second), int(third))
            if len(third) == len(first) == 2
            else None
        )
    one, two = int(first), int(second)
    month, number = (two, one) if order is Order.DAY_FIRST else (one, two)
    return _built(_year(third), month, number)


@lru_cache(maxsize=10_000)
def _readings(shown: str) -> frozenset[Order]:
    return frozenset(order for order in Order if _read(shown, order))


def _differ(unclear: list[str], best: Order, rivals: list[Order]) -> bool:
    """Whether some day changes with the order: 05/05/2025 doesn't."""
    return any(
        _unclear(shown, best) != _unclear(shown, rival)
        for rival in rivals
        for shown in unclear
    )


def _open_example(unclear: list[str], best: Order, rivals: list[Order]) -> str:
    others = rivals or [order for order in Order if order != best]
    return next(
        (shown for shown in unclear if _differ([shown], best, others)), unclear[0]
    )


def _proof(unclear: list[str], best: Order) -> str:
    return next((shown for shown in unclear if _readings(shown) == {best}), unclear[0])


def _year(shown: str) -> int:
    year = int(shown)
    if len(shown) > 2:
        return year
    return year + (2000 if year < 70 else 1900)


def _month(name: str) -> int:
    short = name[:3].casefold()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _built(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _plausible(found: date | None, shown: str) -> date:
    if found is None or found.year not in _YEARS:
        raise NotADate(shown)
    return found
