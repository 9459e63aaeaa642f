"""What is left of a bug: a report file for whoever mends it, and a sentence for whoever met it."""

import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType

from creditdesk import paths
from creditdesk.i18n import N_, words
from creditdesk.preferences import PreferenceFile


def keep(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> Path | None:
    """The report's file; None when it could not be written."""
    report = paths.log_folder() / f"crash-{datetime.now():%Y%m%d-%H%M%S}.txt"  # noqa: DTZ005 - local time, for people
    try:
        report.parent.mkdir(parents=True, exist_ok=True)
        report.write_text(
            "".join(traceback.format_exception(kind, error, trace)),
            encoding="utf-8",
            errors="backslashreplace",
        )
    except OSError:
        return None
    return report


def sentence(report: Path | None) -> str:
    """What happened, in the person's language."""
    said = words(PreferenceFile().now.language)
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
