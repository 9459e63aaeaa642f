"""Choosing one of many by typing: characters, pinyin or initials; what was chosen lately stands first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from creditdesk.spelling import folded, forms

MOST = 500
"""Rows that are offered at a time; more are found by typing on."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is offered: the places of the choices, and how many more answer to what was typed."""

    places: tuple[int, ...]
    more: int


class Choosing:
    """The choices by what they are called. `lately`: the places of those chosen last, the last one first."""

    def __init__(self, names: Sequence[str], lately: Sequence[int] = ()) -> None:
        self._names = names
        self._lately = {place: rank for rank, place in enumerate(lately)}

    def found(self, typed: str) -> Found:
        """Those that hold every word typed, in any form; that begin with it before the others, lately chosen first."""
        words = [word for word in map(folded, typed.split()) if word]
        hits = [
            (not self._begins(place, words), self._lately.get(place, len(self._lately)), place)
            for place in range(len(self._names))
            if all(self._holds(place, word) for word in words)
        ]  # fmt: skip
        hits.sort()
        return Found(
            tuple(place for *_, place in hits[:MOST]), max(0, len(hits) - MOST)
        )

    @cached_property
    def _forms(self) -> list[tuple[str, ...]]:
        return [forms(name) for name in self._names]

    def _holds(self, place: int, word: str) -> bool:
        return any(word in form for form in self._forms[place])

    def _begins(self, place: int, words: Sequence[str]) -> bool:
        return not words or any(
            form.startswith(words[0]) for form in self._forms[place]
        )
