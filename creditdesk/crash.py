"""What is left of a bug: a report file for whoever mends it, and a sentence for whoever met it.

The report says where the program was and what kind of error it met. It holds no text of the error and no value: those
may be rows of a desk that is encrypted.
"""

import platform
import traceback
from collections.abc import Iterator
from datetime import datetime
from importlib import metadata
from pathlib import Path
from types import TracebackType

from creditdesk import __version__, paths
from creditdesk.i18n import N_, Words, words
from creditdesk.preferences import PreferenceFile

LIBRARIES = ("PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "reportlab", "pikepdf")


def keep(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> Path | None:
    """The report's file; None when it could not be written."""
    report = paths.log_folder() / f"crash-{datetime.now():%Y%m%d-%H%M%S}.txt"  # noqa: DTZ005 - local time, for people
    lines = (*_versions(), "", *_places(kind, error, trace))
    try:
        report.parent.mkdir(parents=True, exist_ok=True)
        report.touch(mode=0o600)
        report.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError:
        return None
    return report


def sentence(report: Path | None, said: Words | None = None) -> str:
    """What happened, in the person's language or the one given."""
    said = said or words(PreferenceFile().now.language)
    if report is None:
        return said(
            N_(
                "Something went wrong inside CreditDesk. What was not saved may be lost; you can go on."
            )
        )
    return said(
        N_(
            "Something went wrong inside CreditDesk. What was not saved may be lost; you can go on. "
            "A report is kept at {path}."
        ),
        path=report,
    )


def _versions() -> Iterator[str]:
    yield f"CreditDesk {__version__}"
    yield f"Python {platform.python_version()} on {platform.platform()}"
    for name in LIBRARIES:
        try:
            yield f"{name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:
            yield f"{name} ?"


def _places(
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
    told: frozenset[int] = frozenset(),
) -> Iterator[str]:
    """Module, function and line of each call, then the error's kind; of what led to it first."""
    told |= {id(error)}
    hidden = None if error.__suppress_context__ else error.__context__
    for earlier in (error.__cause__ or hidden, *getattr(error, "exceptions", ())):
        if earlier is not None and id(earlier) not in told:
            yield from _places(type(earlier), earlier, earlier.__traceback__, told)
            yield ""
    for frame, line in traceback.walk_tb(trace):
        code = frame.f_code
        module = frame.f_globals.get("__name__", "?")
        yield f"{module}.{code.co_qualname}  {_short(code.co_filename)}:{line}"
    yield f"{kind.__module__}.{kind.__qualname__}"


def _short(file: str) -> str:
    """Without the person's name, which their home folder has."""
    home = str(Path.home())
    return "~" + file.removeprefix(home) if file.startswith(home) else file
