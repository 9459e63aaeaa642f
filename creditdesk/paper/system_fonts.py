"""Fonts of the system for characters the shipped fonts don't have, and how their letters stand together.

Letters that join, change places or run to the left are shaped by HarfBuzz, as the windows of the system do. A font that
forbids embedding is left alone.
"""

import os
import sys
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

_OUTLINES: Final = frozenset({"glyf", "CFF ", "CFF2"})
_FORBIDDEN: Final = 0x0002
"""fsType of OS/2: restricted licence, no embedding."""
_SET: Final = ("L", "M", "N", "P", "Sc", "Sm", "Zs", "Cf")
"""Kinds of characters that are taken from a font of the system; pictures and private ones are not."""
_ALONE: Final = ("L", "N", "P", "S")
"""A text has one of these at least: a mark without its letter is none."""
_BEST: Final = (
    *("notosans", "malgun", "nanum", "gulim", "dejavusans", "arial", "segoeui"),
    *("leelawui", "nirmala", "sylfaen", "tahoma"),
)
_STYLES: Final = ("bold", "italic", "oblique", "light", "thin", "black", "mono", "condensed", "medium")  # fmt: skip
_SUFFIXES: Final = (".ttf", ".otf", ".ttc", ".otc")
_LARGEST: Final = 64 * 1024 * 1024
_MOST: Final = 2000
"""More fonts than this nobody looks through for a name."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawing of a font where it stands; all in units of the font."""

    number: int
    advance: int
    right: int
    up: int
    text: str
    """The characters it stands for; empty where those of the glyph before it stand for both."""


def font_for(text: str) -> Path | None:
    """A font of the system that has all of the text and may be embedded; None where there is none."""
    kinds = [unicodedata.category(each) for each in text]
    if not all(kind.startswith(_SET) for kind in kinds):
        return None
    if not any(kind.startswith(_ALONE) for kind in kinds):
        return None
    return next((path for path in _fonts() if _has(path, text)), None)


@cache
def shaped(path: Path, text: str, *, leftward: bool) -> tuple[Glyph, ...]:
    """The drawings of the text from left to right."""
    hb = _harfbuzz()
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.language = "und"
    buffer.direction = "rtl" if leftward else "ltr"
    hb.shape(_font(path), buffer)
    infos, places = buffer.glyph_infos, buffer.glyph_positions
    texts = _texts(text, [each.cluster for each in infos])
    return tuple(
        Glyph(info.codepoint, place.x_advance, place.x_offset, place.y_offset, said)
        for info, place, said in zip(infos, places, texts, strict=True)
    )


def units(path: Path) -> int:
    """How many units of the font its size has."""
    return int(_font(path).face.upem)


def outline(path: Path, glyph: Glyph) -> str:
    """Its outline, where it stands, as operators of a PDF; empty for a space."""
    said: list[str] = []
    right, up = glyph.right, glyph.up

    def put(operator: str, *at: float) -> None:
        pairs = zip(at[::2], at[1::2], strict=True)
        said.append(" ".join(f"{x + right:g} {y + up:g}" for x, y in pairs) + operator)

    funcs = _harfbuzz().DrawFuncs()
    funcs.set_move_to_func(lambda x, y, _: put(" m", x, y))
    funcs.set_line_to_func(lambda x, y, _: put(" l", x, y))
    funcs.set_cubic_to_func(lambda a, b, c, d, x, y, _: put(" c", a, b, c, d, x, y))
    funcs.set_close_path_func(lambda _: said.append("h"))
    _font(path).draw_glyph(glyph.number, funcs, None)
    return " ".join((*said, "f")) if said else ""


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
            found += [each for each in folder.rglob("*") if each.suffix.lower() in _SUFFIXES]  # fmt: skip
    return tuple(sorted(found, key=_rank)[:_MOST])


def _rank(path: Path) -> tuple[bool, int, str]:
    name = path.stem.lower()
    best = next((at for at, each in enumerate(_BEST) if name.startswith(each)), len(_BEST))  # fmt: skip
    return any(style in name for style in _STYLES), best, str(path)


def _harfbuzz() -> Any:  # noqa: ANN401 - uharfbuzz tells no types
    import uharfbuzz  # noqa: PLC0415 - few names need it, and it takes its time

    return uharfbuzz


@cache
def _font(path: Path) -> Any:  # noqa: ANN401 - as above
    """The font of this file, the first one of a collection."""
    hb = _harfbuzz()
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))


def _has(path: Path, text: str) -> bool:
    characters = _characters(path)
    return bool(characters) and all(ord(each) in characters for each in text)


@cache
def _characters(path: Path) -> Any:  # noqa: ANN401 - a set of HarfBuzz's own, small for large fonts
    """The characters of a font that may be embedded; empty for any other file."""
    try:
        if path.stat().st_size > _LARGEST:
            return ()
        face = _font(path).face
    except (OSError, _harfbuzz().HarfBuzzError):
        return ()
    if _OUTLINES.isdisjoint(face.table_tags) or _forbids(face):
        return ()
    return face.unicodes


def _forbids(face: Any) -> bool:  # noqa: ANN401 - as above
    about = bytes(face.reference_table("OS/2").data)
    return len(about) >= 10 and bool(int.from_bytes(about[8:10], "big") & _FORBIDDEN)


def _texts(text: str, clusters: Sequence[int]) -> list[str]:
    """What each glyph stands for: the first one of several for all that they share."""
    starts = sorted({*clusters, len(text)})
    ends = dict(pairwise(starts))
    seen: set[int] = set()
    found = []
    for cluster in clusters:
        found.append("" if cluster in seen else text[cluster : ends[cluster]])
        seen.add(cluster)
    return found
