"""What was read, written as PDF or workbook by the ending of its file."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from creditdesk.i18n import Language
from creditdesk.jobs import Job, Progress

T = TypeVar("T")
Write = Callable[[T, Path, Language], object]


def by_ending(
    paper: Write[T], workbook: Write[T], found: T, path: Path, language: Language
) -> Job[Path]:
    """The job; its answer is the file."""

    def job(_progress: Progress) -> Path:
        write = workbook if path.suffix.lower() == ".xlsx" else paper
        write(found, path, language)
        return path

    return job
