"""Where CreditDesk finds what it ships and keeps what belongs to the person."""

import sys
import unicodedata
from pathlib import Path

from platformdirs import PlatformDirs

PORTABLE = "portable.txt"
"""A file of this name beside the frozen program: what belongs to the person lies beside it, too, in `data`."""
_DIRS = PlatformDirs("CreditDesk", appauthor=False)


def resources() -> Path:
    """The folder of shipped data: in a wheel, in a frozen build or beside the checkout."""
    package = Path(__file__).parent
    frozen = Path(getattr(sys, "_MEIPASS", package)) / "resources"
    for candidate in (package / "_resources", package.parent / "resources", frozen):
        if candidate.is_dir():
            return candidate
    message = f"CreditDesk's own resources are missing beside {package}; install the program again"
    raise FileNotFoundError(message)


def named(path: Path) -> str:
    """A file's name as it is kept and compared: macOS hands on é as e and its accent, other systems as one sign."""
    return unicodedata.normalize("NFC", path.name)


def data_folder() -> Path:
    """Where the person's own desk lives by default."""
    return _carried("") or Path(_DIRS.user_data_dir)


def config_folder() -> Path:
    """Where preferences of this machine live."""
    return _carried("settings") or Path(_DIRS.user_config_dir)


def log_folder() -> Path:
    """Where the log and crash reports go."""
    return _carried("logs") or Path(_DIRS.user_log_dir)


def private_folder() -> Path:
    """A folder only this person can look into, for what is needed for a moment; see `private`."""
    return data_folder() / "for-a-moment"


def default_desk() -> Path:
    """The desk that opens when none is named."""
    return data_folder() / "desk.creditdesk"


def sample_desk() -> Path:
    """The sample desk, where somebody looked at it."""
    return data_folder() / "sample.creditdesk"


def by_now(desk: Path) -> Path:
    """Where a desk of a portable program is by now: its stick has another letter on each machine."""
    carried = _carried("")
    if desk.is_file() or not carried or desk.parent.name != carried.name:
        return desk
    moved = carried / desk.name
    return moved if moved.is_file() else desk


def _carried(room: str) -> Path | None:
    """A room beside a program that is carried along; None where it is installed, or runs from its source."""
    program = Path(sys.executable).parent
    if not getattr(sys, "frozen", False) or not (program / PORTABLE).is_file():
        return None
    return program / "data" / room
