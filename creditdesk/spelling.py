"""The ways a name is typed: its characters, its pinyin, its initials."""

import os
import re
import unicodedata
from functools import cache


def forms(name: str) -> tuple[str, ...]:
    """A name as it may be typed, folded: as it is, and where it has Chinese characters, their sounds and initials."""
    plain = folded(name)
    if not any("\u3400" <= character <= "\u9fff" for character in plain):
        return (plain,)
    sounds = [_sound(character) for character in plain]
    return plain, "".join(sounds), "".join(sound[:1] for sound in sounds)


def folded(text: str) -> str:
    """Without case, accents, spaces and signs; full-width characters as half-width ones."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(
        r"[^\w]|_", "", "".join(c for c in plain if not unicodedata.combining(c))
    )


@cache
def _sound(character: str) -> str:
    """How a character is read. Only those met are looked up: the whole dictionary takes a third of a second."""
    # Its readings of phrases are not asked for, and take most of the time.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415 - a tenth of a second nobody waits for at start

    readings = PINYIN_DICT.get(ord(character), "")
    return _unaccented(readings.split(",")[0]) or character


def _unaccented(reading: str) -> str:
    plain = unicodedata.normalize("NFKD", reading)
    return "".join(c for c in plain if not unicodedata.combining(c))
