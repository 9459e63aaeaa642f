"""From the words of a payment term to what it means: discounts, parts, and the plain term (rules.md 14.1, 14.2)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from creditdesk.domain.ledger.term_shapes import MEANS_NOTHING, UNREAD, term_of
from creditdesk.domain.ledger.term_words import (
    LONGEST,
    Sense,
    TermWords,
    Token,
    letters_of,
)
from creditdesk.domain.ledger.terms import PartKind, PaymentTerm, TermKind, TermPart

_HIGHEST_DISCOUNT = 20
_WHOLE = Decimal(100)
_DISCOUNT = re.compile(r"[Xft]*(?:N%?f*/?[fi]*N[dD]?[f,]*)+n[/fi]*N[dD]?[fi]*")
_SHARES = re.compile(r"[Xft]*N(?:[/:]N)+[Xf]*")
_AGAIN = re.compile(r"N\(N\)")
_SHARED = frozenset({Sense.PERCENT, Sense.REST})
_MARKS = frozenset({Sense.SPLIT, Sense.PLUS, Sense.SLASH})
_COUNTS_ON = frozenset({Sense.BASE, Sense.MONTH_END, Sense.AFTER})


def understood(text: str, words: TermWords) -> PaymentTerm:
    """What these words mean. Never raises: what can't be read is `UNREAD`."""
    if len(text) > LONGEST:
        return UNREAD
    tokens = _said_once(words.tokens(text))
    if _is_discount(tokens):
        return term_of(_after_discount(tokens))
    if _SHARES.fullmatch(letters_of(tokens)):
        return _of_shares(tokens)
    if _has_share(tokens):
        return _of_parts(tokens)
    return term_of(tokens)


def _said_once(tokens: Sequence[Token]) -> list[Token]:
    """`thirty (30)` without its repetition."""
    letters = letters_of(tokens)
    again = {
        place
        for found in _AGAIN.finditer(letters)
        if tokens[found.start()].value == tokens[found.start() + 2].value
        for place in range(found.start() + 1, found.end())
    }
    return [each for place, each in enumerate(tokens) if place not in again]


def _is_discount(tokens: Sequence[Token]) -> bool:
    """`2/10 N/30`: each discount is small, and its days come before the end."""
    if not _DISCOUNT.fullmatch(letters_of(tokens)):
        return False
    numbers = [each.value for each in tokens if each.sense is Sense.NUMBER]
    *pairs, end = numbers
    pcts, days = pairs[::2], [*pairs[1::2], end]
    return max(pcts) <= _HIGHEST_DISCOUNT and days == sorted(set(days))


def _after_discount(tokens: Sequence[Token]) -> Sequence[Token]:
    """The discount changes no due date."""
    last = max(place for place, each in enumerate(tokens) if each.sense is Sense.NUMBER)
    return [Token(Sense.NET), *tokens[last:]]


def _of_shares(tokens: Sequence[Token]) -> PaymentTerm:
    """`30/70`: shares of the whole, of which nobody said when they are due."""
    shares = [each.value for each in tokens if each.sense is Sense.NUMBER]
    return _parts([TermPart(share, UNREAD) for share in shares])


def _parts(parts: Sequence[TermPart]) -> PaymentTerm:
    if sum(part.pct for part in parts) != _WHOLE or any(
        part.pct <= 0 for part in parts
    ):
        return UNREAD
    return PaymentTerm(kind=TermKind.PARTS, parts=tuple(parts))


def _of_parts(tokens: Sequence[Token]) -> PaymentTerm:
    if sum(_shares(tokens)) == _WHOLE:
        # Where the shares are complete, the rest is one of them: 30%定金70%尾款.
        tokens = [each for each in tokens if each.sense is not Sense.REST]
    groups = list(_groups(tokens))
    shares = [_share(group) for group in groups]
    named = sum((share for share in shares if share is not None), Decimal(0))
    parts = [
        TermPart(
            _WHOLE - named if share is None else share,
            term_of(_without_share(group)),
            _part_kind(group),
        )
        for share, group in zip(shares, groups, strict=True)
    ]
    if [part.pct for part in parts] == [_WHOLE]:
        (whole,) = parts
        return whole.term
    return _parts(parts)


def _groups(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The words of each part: between marks, or from one share to the next; each group has its share."""
    loose: list[Token] = []
    for part in _between_marks(tokens):
        if not _has_share(part):
            loose += part
            continue
        first, *others = _from_share_to_share(part)
        yield [*loose, *first]
        loose = []
        yield from others


def _between_marks(tokens: Sequence[Token]) -> list[list[Token]]:
    """Cut at commas, `+` and the like; what follows a share and has none of its own belongs to it."""
    cut: list[list[Token]] = [[]]
    for place, token in enumerate(tokens):
        if token.sense in _MARKS and _cuts(tokens, place):
            cut.append([])
        else:
            cut[-1].append(token)
    joined: list[list[Token]] = []
    for part in filter(None, cut):
        if joined and not _has_share(part) and _has_share(joined[-1]):
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def _cuts(tokens: Sequence[Token], place: int) -> bool:
    """A `+` after a base day counts from it."""
    before = tokens[place - 1].sense if place else Sense.SPLIT
    return tokens[place].sense is not Sense.PLUS or before not in _COUNTS_ON


def _has_share(tokens: Sequence[Token]) -> bool:
    return any(each.sense in _SHARED for each in tokens)


def _from_share_to_share(tokens: Sequence[Token]) -> list[list[Token]]:
    """`30% deposit 70% 60 days` begins with its shares, `预付30%发货后60天付70%` ends with them."""
    starts = [place for place in range(len(tokens)) if _begins_share(tokens, place)]
    if not starts:
        return [list(tokens)]
    if any(each.sense not in MEANS_NOTHING for each in tokens[: starts[0]]) and all(
        tokens[start].sense is Sense.NUMBER for start in starts
    ):
        ends = [start + 2 for start in starts]
        ends[-1] = len(tokens)
        return [list(tokens[a:b]) for a, b in zip([0, *ends[:-1]], ends, strict=True)]
    cuts = [0, *starts[1:], len(tokens)]
    return [list(tokens[a:b]) for a, b in pairwise(cuts)]


def _begins_share(tokens: Sequence[Token], place: int) -> bool:
    """`70%`, or `the rest`; of `the rest 70%` the first of the two."""
    before = tokens[place - 1].sense if place else None
    is_share = letters_of(tokens[place : place + 2]) == "N%"
    return tokens[place].sense is Sense.REST or (is_share and before is not Sense.REST)


def _share(tokens: Sequence[Token]) -> Decimal | None:
    """Its per cent; None: the rest; 0: a `%` without its figure."""
    is_rest = any(each.sense is Sense.REST for each in tokens)
    return next(iter(_shares(tokens)), None if is_rest else Decimal(0))


def _shares(tokens: Sequence[Token]) -> list[Decimal]:
    """Every figure with a `%`."""
    return [
        number.value
        for number, sign in pairwise(tokens)
        if number.sense is Sense.NUMBER and sign.sense is Sense.PERCENT
    ]


def _without_share(tokens: Sequence[Token]) -> list[Token]:
    kept = []
    for place, token in enumerate(tokens):
        follows = tokens[place + 1].sense if place + 1 < len(tokens) else None
        if token.sense is Sense.NUMBER and follows is Sense.PERCENT:
            continue
        if token.sense not in {Sense.PERCENT, Sense.REST, Sense.RETENTION}:
            kept.append(token)
    return kept


def _part_kind(tokens: Sequence[Token]) -> PartKind:
    kept_back = any(each.sense is Sense.RETENTION for each in tokens)
    return PartKind.RETENTION if kept_back else PartKind.INSTALMENT
