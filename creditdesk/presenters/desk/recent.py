"""A desk that is not where it was."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

_LOOKED_AT = 5_000
"""So many entries of folders are looked at, not a whole disk."""
_USUAL = ("Desktop", "Documents", "Downloads", "桌面", "文档", "下载")


def nearby(desk: Path) -> Path | None:
    """A file of the same name in the folders around its own, or in those people keep files in; None: none was seen."""
    starts = [desk.parent, desk.parent.parent, *(Path.home() / each for each in _USUAL)]
    entries = (entry for start in starts for entry in _entries(start))
    return next((each for each in islice(entries, _LOOKED_AT) if each.name == desk.name and each.is_file()), None)  # fmt: skip


def _entries(folder: Path) -> Iterator[Path]:
    """What a folder holds, and what its folders hold."""
    within = _listed(folder)
    yield from within
    for each in within:
        if each.is_dir() and not each.is_symlink():
            yield from _listed(each)


def _listed(folder: Path) -> list[Path]:
    """The entries of a folder; of one that can't be read, none."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
