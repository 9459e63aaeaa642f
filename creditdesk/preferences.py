"""What this machine remembers for the person: language, look, the desks used lately. Never anything of a client."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from creditdesk import paths
from creditdesk.disk import put_in_place
from creditdesk.i18n import LANGUAGES, Language

Look = Literal["system", "light", "dark"]
_RECENT = 8
COPIES = range(1, 10)
"""How many copies a print may begin with."""
_MINUTES = range(24 * 60)


@dataclass(frozen=True, slots=True)
class Preferences:
    """One person's choices on one machine; `recent`: the desks used lately, the last one first.

    `portfolio`: the filters of the portfolio that are on. `printer`: its name, empty for the system's own choice.
    """

    language: Language = "zh"
    look: Look = "system"
    last_desk: str = ""
    recent: tuple[str, ...] = ()
    lock_minutes: int = 15
    portfolio: tuple[str, ...] = ()
    printer: str = ""
    copies: int = 1


class PreferenceFile:
    """Preferences in a small file; a damaged one counts as none."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or paths.config_folder() / "preferences.json"
        self.now = self._read()

    def used(self, desk: Path) -> None:
        """A desk of the person's own was opened."""
        path = str(desk)
        others = [each for each in self.now.recent if each != path]
        self.change(last_desk=path, recent=(path, *others)[:_RECENT])

    def forget(self, desk: Path) -> None:
        """Take a desk off the list."""
        path = str(desk)
        left = tuple(each for each in self.now.recent if each != path)
        last = "" if self.now.last_desk == path else self.now.last_desk
        self.change(recent=left, last_desk=last)

    def change(self, **choices: object) -> Preferences:
        """Keep these choices; where the folder may not be written they hold until the program ends."""
        self.now = replace(self.now, **choices)  # type: ignore[arg-type]  # keys are the fields' names
        with suppress(OSError):
            self._write()
        return self.now

    def _write(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_suffix(".new")
        beside.write_text(json.dumps(asdict(self.now)), encoding="utf-8")
        put_in_place(beside, self._path)

    def _read(self) -> Preferences:
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return Preferences()
        known = kept if isinstance(kept, dict) else {}
        language = known.get("language")
        look = known.get("look")
        last_desk = known.get("last_desk")
        recent = known.get("recent")
        minutes = known.get("lock_minutes")
        filters = known.get("portfolio")
        printer, copies = known.get("printer"), known.get("copies")
        return Preferences(
            language=language if language in LANGUAGES else "zh",
            look=look if look in ("system", "light", "dark") else "system",
            last_desk=last_desk if isinstance(last_desk, str) else "",
            recent=tuple(each for each in recent if isinstance(each, str))[:_RECENT]
            if isinstance(recent, list)
            else (),
            lock_minutes=minutes
            if isinstance(minutes, int) and minutes in _MINUTES
            else Preferences().lock_minutes,
            portfolio=tuple(each for each in filters if isinstance(each, str))
            if isinstance(filters, list)
            else (),
            printer=printer if isinstance(printer, str) else "",
            copies=copies if isinstance(copies, int) and copies in COPIES else 1,
        )
