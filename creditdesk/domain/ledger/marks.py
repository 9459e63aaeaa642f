"""What a document's memo says besides the ledger's own words: paid with a bill, passed on, assigned, how it was sent.

See rules.md 14.2.
"""

from enum import StrEnum

_BETWEEN = "；"
_BEFORE_WORDS = "："


class Mark(StrEnum):
    """What marks a document; the value is how it is written, whatever language the ledger is in."""

    BILL = "票据"
    ASSIGNED = "已转让"
    ENDORSED = "已背书"
    DISCOUNTED = "已贴现"
    SENT = "发票形式"


ELECTRONIC, ON_PAPER = "电子", "纸质"
"""The words of `Mark.SENT`."""


def marked(memo: str, mark: Mark, words: str) -> str:
    """The memo with this mark before it: which bill, or to whom it is assigned; empty: nobody says."""
    own = f"{mark}{_BEFORE_WORDS}{words}" if words else mark.value
    return _BETWEEN.join(filter(None, (own, memo)))


def mark_of(memo: str, mark: Mark) -> str | None:
    """What the memo says under this mark; None: it isn't marked so."""
    for piece in memo.split(_BETWEEN):
        name, _, words = piece.strip().partition(_BEFORE_WORDS)
        if name == mark:
            return words.strip()
    return None


def unmarked(memo: str, mark: Mark) -> str:
    """The memo without this mark."""
    pieces = memo.split(_BETWEEN)
    return _BETWEEN.join(each for each in pieces if mark_of(each, mark) is None)
