"""What each row of a statement moves: an amount, and which way by the words of the bank. rules.md 14.5."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from creditdesk.domain.ledger.bank import Side
from creditdesk.importers.files import figures
from creditdesk.importers.files.cells import LONGEST_FIGURE, Cell

_MARKED = re.compile(
    r"(.*[\d.)]\s*)(CR|DR|C|D|贷|借|S|H)\.?|(CR|DR|贷|借)\.?\s*([\d(].*)",
    re.IGNORECASE | re.DOTALL,
)
_SIDES = {
    "cr": Side.IN, "c": Side.IN, "贷": Side.IN, "h": Side.IN,
    "dr": Side.OUT, "d": Side.OUT, "借": Side.OUT, "s": Side.OUT,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One row. `said`: the way by its column, its word or the mark behind its figure; None where only a sign tells.

    `amount` is as it stands there, with its sign; `net`: after the wallet's fee. `balance`: after the row, None where
    the file has none. `account`: in which line of balances it stands.
    """

    number: int
    said: Side | None
    amount: Decimal
    account: tuple[str, str] = ("", "")
    balance: Decimal | None = None
    net: Decimal | None = None
    columns: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """Which way a row goes, and how much; negative for what was taken back."""

    side: Side
    amount: Decimal

    @property
    def change(self) -> Decimal:
        """By how much the balance grows."""
        return self.amount if self.side is Side.IN else -self.amount


def marked(cell: Cell, *, decimal_comma: bool) -> tuple[Decimal | None, Side | None]:
    """The figure and the mark behind it: `12,000.00 CR` is money in for a bank. Raises `NotAnAmount`."""
    if isinstance(cell, str) and len(cell) <= LONGEST_FIGURE:
        found = _MARKED.fullmatch(cell.strip())
        if found:
            figure, mark = (found[1], found[2]) if found[2] else (found[4], found[3])
            value = figures.amount(figure.strip(), decimal_comma=decimal_comma)
            return value, _SIDES[mark.casefold()]
    return figures.amount(cell, decimal_comma=decimal_comma), None


def as_said(move: Movement) -> Way:
    """As banks write: a minus before what goes out is no second turn, before what comes in it takes back."""
    if move.said is None:
        return by_sign(move)
    if move.said is Side.OUT and not move.columns:
        return Way(Side.OUT, abs(move.amount))
    return Way(move.said, move.amount)


def by_word(move: Movement) -> Way:
    """The word alone tells; the sign means nothing."""
    return as_said(replace(move, amount=abs(move.amount)))


def by_sign(move: Movement) -> Way:
    """The sign alone tells."""
    side = Side.OUT if move.amount < 0 else Side.IN
    return Way(side, abs(move.amount))


def turned(way: Way) -> Way:
    """The other way: as the books see what the bank sees, and the other way round."""
    return Way(Side.OUT if way.side is Side.IN else Side.IN, way.amount)
