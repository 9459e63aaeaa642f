"""Rows of one document become one line; what became of the further rows is told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.terms import PartKind
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.heads import Head
from creditdesk.importers.files.cells import Row
from creditdesk.importers.rows.items import each_line_counts
from creditdesk.importers.rows.lines import LedgerLine, Role

REPEATED = N_("The row repeats row {row} in every cell; it counts once.")
_Group = list[LedgerLine]


@dataclass(slots=True)
class Joined:
    """One line a document, in the order of their first rows, and what became of the further rows."""

    lines: list[LedgerLine] = field(default_factory=list)
    skipped: list[Problem] = field(default_factory=list)
    rejected: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def joined(lines: Iterable[LedgerLine], head: Head) -> Joined:
    """Rows with the buyer, number and day of another one are its further lines.

    A total repeated on every line counts once, amounts of single lines are added (see `items`), and a row that repeats
    another in every cell counts once. Rows that fall due on different days are parts of their document.
    """
    result = Joined()
    several: list[_Group] = []
    for group in _by_number(lines):
        if len(group) == 1:
            result.lines.append(group[0])
        else:
            several.append(list(without_repeats(group, result)))
    by_day = [list(_by_day(group)) for group in several]
    adds = each_line_counts(head, (rows for days in by_day for rows in days))
    for days in by_day:
        _join(days, result, adds=adds)
    result.lines.sort(key=lambda line: line.row)
    return result


def _by_number(lines: Iterable[LedgerLine]) -> Iterable[_Group]:
    groups: dict[tuple[str, str, Role | None], _Group] = {}
    for line in lines:
        key = (line.buyer_key, line.number, line.role if line.typed else None)
        groups.setdefault(key, []).append(line)
    return groups.values()


def _join(days: list[_Group], result: Joined, *, adds: bool) -> None:
    """One document a day: the same number on another day is a document of its own (rules.md 14.3)."""
    for rows in days:
        parts = _by_due(rows)
        if len(parts) == 1 or any(line.part for line in rows):
            result.lines += _whole(rows, result, adds=adds)
            continue
        told = [line for group in parts for line in _whole(group, result, adds=adds)]
        result.lines += (
            replace(line, part=place, part_kind=PartKind.INSTALMENT)
            for place, line in enumerate(told, 1)
        )
        text = N_("{number} falls due in {count} parts, each on its own day.")
        reason = Message.of(text, number=rows[0].number, count=len(told))
        result.notes.append(Problem(reason, rows[0].row, value=rows[0].number))


def _whole(rows: _Group, result: Joined, *, adds: bool) -> Iterator[LedgerLine]:
    """The rows as one document; those that are parts of it already stay."""
    if any(line.part for line in rows):
        yield from rows
        return
    line = _one(rows, result, adds=adds)
    if line is not None:
        yield line


def _by_due(rows: _Group) -> list[_Group]:
    """Rows of an invoice by their due date, the earliest first; anything else is one whole."""
    if any(line.role is not Role.INVOICE for line in rows):
        return [rows]
    found: dict[date | None, _Group] = {}
    for line in rows:
        found.setdefault(line.due, []).append(line)
    if None in found:
        return [rows]
    return [found[due] for due in sorted(filter(None, found))]


def without_repeats(group: _Group, result: Joined) -> Iterator[LedgerLine]:
    """The group without rows that repeat another one entirely; rows without a number may be alike."""
    first: dict[Row, LedgerLine] = {}
    for line in group:
        if not line.number:
            yield line
            continue
        original = first.setdefault(line.cells, line)
        if original is line or original.row == line.row:
            yield line
            continue
        reason = Message.of(REPEATED, row=original.row)
        result.skipped.append(Problem(reason, line.row, value=line.number))


def _by_day(group: _Group) -> Iterable[_Group]:
    days: dict[tuple[object, str], _Group] = {}
    for line in group:
        days.setdefault((line.day, line.amount.currency), []).append(line)
    return days.values()


def _one(rows: _Group, result: Joined, *, adds: bool) -> LedgerLine | None:
    """The document of these rows, None when they cancel one another. `adds`: also equal amounts are added."""
    first, further = rows[0], rows[1:]
    if not further:
        return first
    if not adds and len({line.effect for line in rows}) == 1:
        text = N_("A further line of {number}: row {row} already carries its total.")
        result.skipped += _told(text, first, further)
        return first
    total = Money.total((line.effect for line in rows), first.amount.currency)
    if not total:
        text = N_("The rows of {number} from row {row} on cancel one another.")
        result.skipped += _told(text, first, rows)
        return None
    text = N_("A further line of {number}: its amount was added to row {row}.")
    result.notes += _told(text, first, further)
    return _sum(rows, total)


def _told(text: str, first: LedgerLine, rows: _Group) -> Iterator[Problem]:
    reason = Message.of(text, number=first.number, row=first.row)
    return (Problem(reason, line.row, value=line.number) for line in rows)


def _sum(rows: _Group, total: Money) -> LedgerLine:
    sign = -1 if total.amount < 0 else 1
    return replace(
        rows[0],
        role=Role.CREDIT_NOTE if sign < 0 else Role.INVOICE,
        amount=total.times(sign),
        paid=_once_or_sum(rows, [line.paid for line in rows]),
        open=_once_or_sum(rows, [line.open for line in rows]),
        disputed=_sum_of([line.disputed for line in rows]),
        net=_sum_of([_signed(line, line.net, sign) for line in rows]),
        vat=_sum_of([_signed(line, line.vat, sign) for line in rows]),
        settled=max((line.settled for line in rows if line.settled), default=None),
    )


def _signed(line: LedgerLine, part: Money | None, sign: int) -> Money | None:
    """A part of a line with the sign it has in the whole document."""
    own = 1 if line.role is Role.INVOICE else -1
    return part.times(own * sign) if part is not None else None


def _once_or_sum(rows: _Group, parts: list[Money | None]) -> Money | None:
    """What is paid or open of the whole document stands on each of its lines, or each line has its own."""
    own = {line.amount for line in rows}
    if len(set(parts)) == 1 and not (len(own) == 1 and own == set(parts)):
        return parts[0]
    return _sum_of(parts)


def _sum_of(parts: list[Money | None]) -> Money | None:
    given = [part for part in parts if part is not None]
    return Money.total(given, given[0].currency) if given else None
