"""What a window may ask of whoever opened it: other desks, a backup in this one's place, the lock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


def _nothing(*_given: object) -> None:
    return None


@dataclass(slots=True)
class Doors:
    """The ways out of an open desk; each leads nowhere where a window stands alone, as in pictures."""

    restore: Callable[[Path, str | None, bool], object] = _nothing
    protect: Callable[[str], object] = _nothing
    switch: Callable[[Path], object] = _nothing
    begin: Callable[[], object] = _nothing
    lock: Callable[[], object] = _nothing
    lock_after: Callable[[int], object] = _nothing
    recent: Callable[[], tuple[Path, ...]] = field(default=tuple)
