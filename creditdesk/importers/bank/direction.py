"""Decides which way money went by the running balance, which no heading can argue with. rules.md 14.5."""

from collections import Counter, defaultdict
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

_FEWEST = 2
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
        "(On the command line: --view bank or --view books; in ledger import --answer with “{question}=bank” or "
        "“{question}=books”.)"
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
    """What is known about a file's view. `explicit`: its words leave no doubt, such as 收入 and 支出.

    `view`: as a person says of this file, whatever its balance says. `question` names the question about it, and
    `answer` is what was said to it before: it counts where nothing else decides.
    """

    name: str
    explicit: bool
    journal: bool
    view: View | None = None
    question: str = ""
    answer: View | None = None


def directions(
    moves: Sequence[Movement], anchors: Iterable[Anchor], doubt: Doubt
) -> Directions:
    """Which way every row goes. Raises `BalanceDisagrees`."""
    moves = _completed(moves)
    steps = _steps(moves, tuple(anchors))
    if doubt.view is not None:
        return _viewed(moves, steps, doubt.view)
    bare = all(move.said is None and move.amount >= 0 for move in moves)
    proven = _proven(moves, steps, doubt)
    if proven is not None and not (bare and proven[1]):
        reading, turn = proven
        return _read(moves, reading, steps, turn=turn, proven=True)
    if steps.changes and bare:
        return _one_by_one(moves, steps)
    if not (steps.changes or steps.broken or doubt.explicit) and doubt.answer:
        # No balance and no words tell: then what was said of the last such file does.
        return _viewed(moves, steps, doubt.answer)
    reading = _seen(as_said, turn=doubt.journal)
    against = _against(moves, reading, steps)
    if not (steps.changes or steps.broken) or (
        doubt.explicit and 2 * len(against) <= len(steps.changes)
    ):
        found = _read(moves, reading, steps, turn=doubt.journal)
        bare_ones = _told_bare() if bare and moves and not doubt.explicit else ()
        return replace(found, notes=(*found.notes, *bare_ones, *_told_against(against)))
    row = min((*steps.broken, *steps.changes))
    if doubt.answer is None:
        raise BalanceDisagrees(name=doubt.name, row=row, question=doubt.question)
    found = _viewed(moves, steps, doubt.answer)
    return replace(found, notes=(*found.notes, *_told_answered(doubt.answer, row)))


def _viewed(moves: Sequence[Movement], steps: _Steps, view: View) -> Directions:
    turn = view is View.BOOKS
    return _read(moves, _seen(as_said, turn=turn), steps, turn=turn)


def _seen(reading: Reading, *, turn: bool) -> Reading:
    return (lambda move: turned(reading(move))) if turn else reading


def _completed(moves: Sequence[Movement]) -> tuple[Movement, ...]:
    """The rows with what a file leaves to its reader.

    Where only one of CR and DR is ever written, a figure without it is the other; where all that goes out has a minus
    in a column of its own, the minus says it once more.
    """
    if any(move.columns for move in moves):
        out = [move for move in moves if move.said is Side.OUT]
        again = all(move.amount < 0 for move in out)
        return tuple(
            replace(move, amount=abs(move.amount)) if again and move.said is Side.OUT else move
            for move in moves
        )  # fmt: skip
    said = {move.said for move in moves if move.said}
    if len(said) != 1:
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


def _proven(
    moves: Sequence[Movement], steps: _Steps, doubt: Doubt
) -> tuple[Reading, bool] | None:
    """The first reading under which the balance goes on, and whether it turns debit and credit round.

    Lines may be missing, or one day's stand in another order, as long as more of them go on than don't.
    """
    signed = any(move.said and move.amount < 0 for move in moves)
    readings = (as_said, by_word, by_sign) if signed else (as_said,)
    for turn in (doubt.journal, not doubt.journal):
        for reading in readings:
            seen = _seen(reading, turn=turn)
            fits = not _against(moves, seen, steps)
            if steps.changes and fits and len(steps.changes) >= len(steps.broken):
                return seen, turn
    if not steps.broken:
        return None
    chained = [turn for turn in (False, True) if _is_chain(moves, _seen(as_said, turn=turn))]  # fmt: skip
    return (_seen(as_said, turn=chained[0]), chained[0]) if len(chained) == 1 else None


def _is_chain(moves: Sequence[Movement], reading: Reading) -> bool:
    """Whether each row begins where another ends, but for the first of each account: whatever order they stand in."""
    known = [(move, move.balance) for move in moves if move.balance is not None]
    ends = Counter((move.account, balance) for move, balance in known)
    begins = Counter(
        (move.account, balance - reading(move).change) for move, balance in known
    )
    firsts = (begins - ends).total()
    accounts = len({move.account for move in moves})
    return begins.total() > _FEWEST and firsts <= accounts


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


def _told_answered(view: View, row: int) -> Iterator[Problem]:
    texts = {
        View.BANK: N_(
            "The balance goes on neither way; read as a bank's statement, credit as money in, as was answered."
        ),
        View.BOOKS: N_(
            "The balance goes on neither way; read as the books' own journal, debit as money in, as was answered."
        ),
    }
    yield Problem(Message(texts[view]), row)


def _told_bare() -> Iterator[Problem]:
    text = N_(
        "Nothing in the file says which way money went: every amount was taken as received. Check that none went out."
    )
    yield Problem(Message(text))


def _told_against(rows: Sequence[int]) -> Iterator[Problem]:
    if rows:
        text = N_(
            "In rows {rows} the balance moves the other way than the words of the statement say. Look at them."
        )
        yield Problem(Message.of(text, rows=ranges(row - 1 for row in rows)), min(rows))
