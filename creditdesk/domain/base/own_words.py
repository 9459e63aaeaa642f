"""Sentences of the firm's own for the letters of one client or to one insurer: one line each, `name: sentence`."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from creditdesk.errors import UserError
from creditdesk.i18n import N_

_PARTS = re.compile(r"\s*([^:：]+?)\s*[:：]\s*(\S.*?)\s*")


class OwnWordsUnreadable(UserError):
    """A line has no name, or no sentence."""

    message = N_(
        "“{line}” names nobody, or says nothing. Write the name of a client or insurer, a colon and the sentence."
    )


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What stands in every letter of the client, or to the insurer, of this name."""

    name: str
    sentence: str


def read_own_words(text: str) -> tuple[OwnWords, ...]:
    """The sentences of a text, empty lines left out. Raises `OwnWordsUnreadable` for the first that can't be read."""
    return tuple(_line(line) for line in text.splitlines() if line.strip())


def words_for(names: Collection[str], found: tuple[OwnWords, ...]) -> tuple[str, ...]:
    """Those for these parties, in the order they were written."""
    return tuple(each.sentence for each in found if each.name in names)


def _line(line: str) -> OwnWords:
    parts = _PARTS.fullmatch(line)
    if parts is None:
        raise OwnWordsUnreadable(line=line.strip())
    return OwnWords(parts[1], parts[2])
