"""What this machine remembers for the person: language, look, the last desk. Never anything of a client."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from creditdesk import paths
from creditdesk.i18n import LANGUAGES, Language

Look = Literal["system", "light", "dark"]


@dataclass(frozen=True, slots=True)
class Preferences:
    """One person's choices on one machine."""

    language: Language = "zh"
    look: Look = "system"
    last_desk: str = ""


class PreferenceFile:
    """Preferences in a small file; a damaged one counts as none."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or paths.config_folder() / "preferences.json"
        self.now = self._read()

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
        beside.replace(self._path)

    def _read(self) -> Preferences:
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return Preferences()
        known = kept if isinstance(kept, dict) else {}
        language = known.get("language")
        look = known.get("look")
        last_desk = known.get("last_desk")
        return Preferences(
            language=language if language in LANGUAGES else "zh",
            look=look if look in ("system", "light", "dark") else "system",
            last_desk=last_desk if isinstance(last_desk, str) else "",
        )
