"""Cuts a line by the direction its letters run in, in the order the eye meets the parts, left to right.

The bidirectional algorithm of Unicode (UAX #9) for a line of a paper that runs from left to right. Text on paper has no
characters that embed or override a direction, so those rules (X1 to X8) have nothing to say.
"""

import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import Final

_LEFTWARD: Final = frozenset({"R", "AL", "AN"})
_NUMBERS: Final = frozenset({"EN", "AN"})
_NEUTRAL: Final = frozenset({"B", "S", "WS", "ON", "BN", "ES", "ET", "CS"})
_BRACKETS: Final = {"(": ")", "[": "]", "{": "}", "（": "）", "【": "】", "《": "》", "「": "」", "“": "”"}  # fmt: skip
_MIRRORED: Final = dict(zip("()[]{}<>«»‹›", ")(][}{><»«›‹", strict=True))


def stretches(text: str) -> tuple[tuple[str, bool], ...]:
    """The parts as they stand from left to right, each in the order it is read and whether it runs to the left."""
    kinds = [unicodedata.bidirectional(each) for each in text]
    if _LEFTWARD.isdisjoint(kinds):
        return ((text, False),) if text else ()
    levels = _levels(text, kinds)
    parts: list[tuple[str, int]] = []
    for level, group in groupby(zip(levels, text, strict=True), key=lambda at: at[0]):
        parts.append(("".join(each for _, each in group), level))
    return tuple((part, level == 1) for part, level in _turned(parts))


def mirrored(text: str) -> str:
    """The text from its end, its brackets turned: how it stands in a part that runs to the left."""
    return "".join(_MIRRORED.get(each, each) for each in reversed(text))


def _turned(parts: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Parts that lie together in a run to the left, from its end (L2)."""
    shown: list[tuple[str, int]] = []
    for leftward, group in groupby(parts, key=lambda part: part[1] > 0):
        together = list(group)
        shown += reversed(together) if leftward else together
    return shown


def _levels(text: str, kinds: list[str]) -> list[int]:
    """0 runs to the right, 1 to the left, 2 is a number within what runs to the left (I1)."""
    found = _weak(kinds)
    _bracketed(text, found)
    _neutral(found)
    levels = [{"L": 0, "R": 1}.get(kind, 2) for kind in found]
    for at in range(len(text) - 1, -1, -1):  # L1: spaces at the end of the line
        if kinds[at] not in ("WS", "S", "B"):
            break
        levels[at] = 0
    return levels


def _weak(kinds: list[str]) -> list[str]:
    """What numbers and their signs are, by what stands beside them (W1 to W7)."""
    found = list(kinds)
    for at, kind in enumerate(found):
        if kind == "NSM":
            found[at] = found[at - 1] if at else "L"
    found = _numbered(found, "AL", "AN")
    found = ["R" if kind == "AL" else kind for kind in found]
    for at in range(1, len(found) - 1):
        beside = found[at - 1]
        joins = found[at] == "CS" or (found[at] == "ES" and beside == "EN")
        if joins and beside in _NUMBERS and found[at + 1] == beside:
            found[at] = beside
    _signs(found)
    found = _numbered(found, "L", "L")
    return ["ON" if kind in _NEUTRAL else kind for kind in found]


def _numbered(kinds: list[str], side: str, becomes: str) -> list[str]:
    """Numbers whose last letter before them is of this side (W2, W7)."""
    found, strong = [], "L"
    for kind in kinds:
        strong = kind if kind in ("L", "R", "AL") else strong
        found.append(becomes if kind == "EN" and strong == side else kind)
    return found


def _signs(found: list[str]) -> None:
    """Signs of currency and percentage beside a number belong to it (W5)."""
    for first, last in _runs(found, frozenset({"ET"})):
        before = found[first - 1] if first else ""
        after = found[last] if last < len(found) else ""
        if "EN" in (before, after):
            found[first:last] = ["EN"] * (last - first)


def _bracketed(text: str, found: list[str]) -> None:
    """Brackets take the side of what they hold, where the words before them run that way too (N0)."""
    waiting: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for at, character in enumerate(text):
        if found[at] != "ON":
            continue
        if character in _BRACKETS:
            waiting.append((_BRACKETS[character], at))
            continue
        for back in range(len(waiting) - 1, -1, -1):
            if waiting[back][0] == character:
                pairs.append((waiting[back][1], at))
                del waiting[back:]
                break
    for first, last in sorted(pairs):
        within = {_side(kind) for kind in found[first + 1 : last]} - {""}
        if not within:
            continue
        before = next((side for kind in reversed(found[:first]) if (side := _side(kind))), "L")  # fmt: skip
        found[first] = found[last] = "L" if "L" in within else before


def _neutral(found: list[str]) -> None:
    """What has no side takes that of its neighbours where they agree, and else the paper's (N1, N2)."""
    for first, last in _runs(found, frozenset({"ON"})):
        before = _side(found[first - 1]) if first else "L"
        after = _side(found[last]) if last < len(found) else "L"
        found[first:last] = [before if before == after else "L"] * (last - first)


def _side(kind: str) -> str:
    """Numbers count as running to the left; empty for what has no side."""
    return {"L": "L", "R": "R", "EN": "R", "AN": "R"}.get(kind, "")


def _runs(found: Sequence[str], of: frozenset[str]) -> list[tuple[int, int]]:
    """First place of each run of these kinds, and the place after it."""
    places: list[tuple[int, int]] = []
    at = 0
    for inside, group in groupby(found, key=lambda kind: kind in of):
        long = len(list(group))
        if inside:
            places.append((at, at + long))
        at += long
    return places
