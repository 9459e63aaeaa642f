"""Bars of a picture as they are drawn: each leads to its rows."""

from collections.abc import Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BarLine:
    """A bar on the scale of its picture: the filled part and the hatched one after it, as shares of the longest.

    `key` is what its rows are found by; `figure` stands at its end.
    """

    key: Hashable
    name: str
    filled: float
    hatched: float
    figure: str


@dataclass(frozen=True, slots=True)
class BarPicture:
    """A picture of bars on one scale: `said` stands below them, `none` in their place where there are none."""

    key: Hashable
    title: str
    said: str
    bars: tuple[BarLine, ...]
    none: str = ""
