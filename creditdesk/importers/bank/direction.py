"""Decides which way money went by the running balance, which no heading can argue with. rules.md 14.5."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from creditdesk.domain.ledger.bank import Side
from creditdesk.errors import Problem, UserError
from creditdesk.i18n import N_, Message
from creditdesk.importers.bank.movements import (
    Movement,
    Way,
    as_said,
    by_sign,
    by_word,
    turned,
)
from creditdesk.importers.files.unseen import ranges

Reading = Callable[[Movement], Way]


class View(StrEnum):
    """Whose view the file is: to a bank credit is money in, to the books debit is."""

    BANK = "bank"
    BOOKS = "books"


class BalanceDisagrees(UserError):
    """Neither reading of debit and credit carries the balance on."""

    message = N_(
        "The balance of {name} goes on neither with credit as money in nor with debit as money in (row {row}). "
        "Which is it: a bank's statement, where credit is money in, or the books' own journal, where debit is? "
        "(On the command line: --view bank or --view books.)"
    )


@dataclass(frozen=True, slots=True)
class Anchor:
    """A balance without a movement: 期初余额, or the total of a month."""

    number: int
    balance: Decimal
    account: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Directions:
    """Which way each row goes, by its number. `unknown`: rows nothing tells it of. `proven`: by the balance."""

    ways: Mapping[int, Way]
    unknown: frozenset[int] = frozenset()
    notes: tuple[Problem, ...] = ()
    proven: bool = False


@dataclass(slots=True)
class _Steps:
    """How far the balance moved with each row, for the rows of which that is known."""

    changes: dict[int, Decimal] = field(default_factory=dict)
    broken: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What the file itself says about its view. `explicit`: its words leave no doubt, such as 收入 and 支出."""

    name: str
    explicit: bool
    journal: bool
    view: View | None = None


def directions(
    moves: Sequence[Movement], anchors: Iterable[Anchor], doubt: Doubt
) -> Directions:
    """Which way every row goes. Raises `BalanceDisagrees`."""
    moves = _completed(moves)
    steps = _steps(moves, tuple(anchors))
    if doubt.view is not None:
        reading = _seen(as_said, turn=doubt.view is View.BOOKS)
        return _read(moves, reading, steps, turn=doubt.view is View.BOOKS)
    bare = all(move.said is None and move.amount >= 0 for move in moves)
    fitting = _fitting(moves, steps, doubt)
    if fitting is not None and steps.changes and not (bare and fitting[1]):
        reading, turn = fitting
        return _read(moves, reading, steps, turn=turn, proven=True)
    if steps.changes and bare:
        return _one_by_one(moves, steps)
    reading = _seen(as_said, turn=doubt.journal)
    against = _against(moves, reading, steps)
    if not (steps.changes or steps.broken) or (
        doubt.explicit and 2 * len(against) <= len(steps.changes)
    ):
        found = _read(moves, reading, steps, turn=doubt.journal)
        return replace(found, notes=(*found.notes, *_told_against(against)))
    raise BalanceDisagrees(name=doubt.name, row=min((*steps.broken, *steps.changes)))


def _seen(reading: Reading, *, turn: bool) -> Reading:
    return (lambda move: turned(reading(move))) if turn else reading


def _completed(moves: Sequence[Movement]) -> tuple[Movement, ...]:
    """Where only one of CR and DR is ever written, a figure without it is the other."""
    said = {move.said for move in moves if move.said}
    if len(said) != 1 or any(move.columns for move in moves):
        return tuple(moves)
    other = Side.OUT if Side.IN in said else Side.IN
    return tuple(
        replace(move, said=other) if move.said is None and move.amount >= 0 else move
        for move in moves
    )


def _steps(moves: Sequence[Movement], anchors: tuple[Anchor, ...]) -> _Steps:
    """The older row above or below: the order in which more rows carry the balance on."""
    found = [_in_order(moves, anchors, newest_first=each) for each in (False, True)]
    return max(found, key=lambda steps: len(steps.changes))


def _in_order(
    moves: Sequence[Movement], anchors: tuple[Anchor, ...], *, newest_first: bool
) -> _Steps:
    steps = _Steps()
    lines: defaultdict[tuple[str, str], list[Movement | Anchor]] = defaultdict(list)
    every: list[Movement | Anchor] = [*moves, *anchors]
    every.sort(key=lambda each: each.number, reverse=newest_first)
    for each in every:
        lines[each.account].append(each)
    for line in lines.values():
        before: Decimal | None = None
        for each in line:
            if isinstance(each, Movement) and None not in (before, each.balance):
                _step(steps, each, _difference(each.balance, before))
            before = each.balance
    return steps


def _difference(after: Decimal | None, before: Decimal | None) -> Decimal:
    return (after or Decimal()) - (before or Decimal())


def _step(steps: _Steps, move: Movement, change: Decimal) -> None:
    if not change or not move.amount:
        return  # the balance of a whole day, or a line of nothing
    if abs(change) == abs(move.amount):
        steps.changes[move.number] = change
    elif move.net is None or abs(change) != abs(move.net):
        steps.broken.append(move.number)


def _fitting(
    moves: Sequence[Movement], steps: _Steps, doubt: Doubt
) -> tuple[Reading, bool] | None:
    """The first reading under which every row carries the balance on that carries it on under any."""
    known = [move for move in moves if move.number in steps.changes]
    for turn in (doubt.journal, not doubt.journal):
        for reading in (as_said, by_word, by_sign):
            seen = _seen(reading, turn=turn)
            if all(seen(move).change == steps.changes[move.number] for move in known):
                return seen, turn
    return None


def _read(
    moves: Sequence[Movement],
    reading: Reading,
    steps: _Steps,
    *,
    turn: bool,
    proven: bool = False,
) -> Directions:
    ways = {move.number: reading(move) for move in moves}
    notes = (*_told_turned(turn=turn), *_told_broken(steps.broken))
    return Directions(ways, notes=notes, proven=proven)


def _against(moves: Sequence[Movement], reading: Reading, steps: _Steps) -> list[int]:
    """Rows whose balance moves the other way."""
    return [
        move.number
        for move in moves
        if move.number in steps.changes
        and reading(move).change != steps.changes[move.number]
    ]


def _one_by_one(moves: Sequence[Movement], steps: _Steps) -> Directions:
    """Amounts without any word or sign: the balance tells each, and a row it tells nothing of stays open."""
    ways = {
        move.number: Way(Side.IN if steps.changes[move.number] > 0 else Side.OUT, move.amount)
        for move in moves if move.number in steps.changes
    }  # fmt: skip
    unknown = frozenset(move.number for move in moves if move.amount) - ways.keys()
    return Directions(ways, unknown, tuple(_told_broken(steps.broken)), proven=True)


def _told_turned(*, turn: bool) -> Iterator[Problem]:
    if turn:
        text = N_(
            "Read as the books' own journal: debit is money in, credit is money out."
        )
        yield Problem(Message(text))


def _told_broken(rows: Sequence[int]) -> Iterator[Problem]:
    if rows:
        text = N_(
            "The balance doesn't go on from the row before in rows {rows}: lines are missing there, or stand in "
            "another order."
        )
        said = Message.of(text, rows=ranges(row - 1 for row in rows))
        yield Problem(said, min(rows))


def _told_against(rows: Sequence[int]) -> Iterator[Problem]:
    if rows:
        text = N_(
            "In rows {rows} the balance moves the other way than the words of the statement say. Look at them."
        )
        yield Problem(Message.of(text, rows=ranges(row - 1 for row in rows)), min(rows))
