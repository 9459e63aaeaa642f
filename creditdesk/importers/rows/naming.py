"""A receipt may name several documents: I1,I2 · I1、I2 · I1/I2. rules.md 14.5."""

import re
from collections.abc import Container

from creditdesk.domain.ledger.documents import SEVERAL

_ALWAYS = re.compile(r"[,，、;；\n]+")
_IF_KNOWN = re.compile(r"[/／\s|&+]+")


def several(shown: str, buyer: str, numbers: Container[tuple[str, str]]) -> str:
    """The numbers a reference names, in the order given; one that is a number itself stays whole.

    A stroke or a blank parts numbers only where each piece is one of the buyer's: INV/2026/7 is one number.
    """
    if not shown or (buyer, shown) in numbers:
        return shown
    pieces = [piece.strip() for piece in _ALWAYS.split(shown) if piece.strip()]
    found: list[str] = []
    for piece in pieces:
        parts = [part for part in _IF_KNOWN.split(piece) if part]
        known = len(parts) > 1 and all((buyer, part) in numbers for part in parts)
        found += parts if known and (buyer, piece) not in numbers else [piece]
    return SEVERAL.join(dict.fromkeys(found))
