"""Fonts of the system for characters the shipped fonts don't have: TrueType outlines only, embedded as a subset.

A font that forbids embedding is left alone, and so are scripts whose letters join, change places or run from right to
left: letter by letter they would be wrong, and a wrong name is worse than none.
"""

import os
import struct
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

_TRUETYPE: Final = (b"\x00\x01\x00\x00", b"true")
_FORBIDDEN: Final = 0x0002
"""fsType of OS/2: restricted licence, no embedding."""
_SET_ALONE: Final = (
    *("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "ETHIOPIC", "CHEROKEE"),
    *("HANGUL SYLLABLE", "HIRAGANA", "KATAKANA", "CJK", "VAI ", "LISU", "TIFINAGH"),
)
"""Scripts whose letters stand one after the other, as Unicode names them."""
_BEST: Final = (
    *("notosans", "malgun", "nanum", "gulim", "dejavusans", "arial", "segoeui"),
    *("sylfaen", "tahoma"),
)
_STYLES: Final = ("bold", "italic", "oblique", "light", "thin", "black", "mono", "condensed", "medium")  # fmt: skip
_LARGEST: Final = 64 * 1024 * 1024
_MOST: Final = 2000
"""More fonts than this nobody looks through for a name."""


def font_for(character: str) -> Path | None:
    """A font of the system that has the character and may be embedded; None where there is none."""
    if not unicodedata.name(character, "").startswith(_SET_ALONE):
        return None
    for path in _fonts():
        if ord(character) in _characters(path):
            return path
    return None


def folders() -> tuple[Path, ...]:
    """Where the system keeps its fonts."""
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        return (windows, home / "AppData/Local/Microsoft/Windows/Fonts")
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")  # fmt: skip
    return (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
    )


@cache
def _fonts() -> tuple[Path, ...]:
    """Upright ones of usual weight first, and among them those that go with ours."""
    found: list[Path] = []
    for folder in folders():
        with suppress(OSError):
            found += [each for each in folder.rglob("*") if each.suffix.lower() == ".ttf"]  # fmt: skip
    return tuple(sorted(found, key=_rank)[:_MOST])


def _rank(path: Path) -> tuple[bool, int, str]:
    name = path.stem.lower()
    best = next((at for at, each in enumerate(_BEST) if name.startswith(each)), len(_BEST))  # fmt: skip
    return any(style in name for style in _STYLES), best, str(path)


@cache
def _characters(path: Path) -> frozenset[int]:
    """The characters of a font that may be embedded; empty for any other file."""
    try:
        if path.stat().st_size > _LARGEST:
            return frozenset()
        data = path.read_bytes()
        if data[:4] not in _TRUETYPE:
            return frozenset()
        tables = dict(_tables(data))
        if b"glyf" not in tables or _forbids(tables.get(b"OS/2", b"")):
            return frozenset()
        return frozenset(_mapped(tables.get(b"cmap", b"")))
    except (OSError, struct.error):
        return frozenset()


def _tables(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    (count,) = struct.unpack_from(">H", data, 4)
    for number in range(count):
        tag, _, at, size = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        yield tag, data[at : at + size]


def _forbids(about: bytes) -> bool:
    if len(about) < 10:
        return False
    return bool(struct.unpack_from(">H", about, 8)[0] & _FORBIDDEN)


def _mapped(table: bytes) -> Iterator[int]:
    """The characters of its Unicode tables, in runs (format 12) or segments (format 4)."""
    (count,) = struct.unpack_from(">H", table, 2)
    for number in range(count):
        platform, encoding, at = struct.unpack_from(">HHI", table, 4 + 8 * number)
        if (platform, encoding) not in ((3, 10), (3, 1), (0, 3), (0, 4), (0, 6)):
            continue
        (kind,) = struct.unpack_from(">H", table, at)
        if kind == 12:
            (runs,) = struct.unpack_from(">I", table, at + 12)
            for run in range(runs):
                first, last, _ = struct.unpack_from(">III", table, at + 16 + 12 * run)
                yield from range(first, min(last, 0x10FFFF) + 1)
        elif kind == 4:
            (doubled,) = struct.unpack_from(">H", table, at + 6)
            half = doubled // 2
            ends = struct.unpack_from(f">{half}H", table, at + 14)
            starts = struct.unpack_from(f">{half}H", table, at + 16 + doubled)
            for first, last in zip(starts, ends, strict=True):
                yield from range(first, last + 1)
