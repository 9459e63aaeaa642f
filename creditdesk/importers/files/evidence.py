"""Looks at a file that is to be attached: whether it can be printed, and how many pages it has."""

import hashlib
from pathlib import Path
from typing import Final

from creditdesk import child
from creditdesk.domain.base.evidence import (
    PDF,
    EvidenceState,
    InspectedEvidence,
    Refused,
    media_of,
    unprintable,
)
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress

MAX_BYTES: Final = 50 * 1024 * 1024
_SECONDS: Final = 60


class FileMissing(UserError):
    """The file isn't there."""

    message = N_("There is no file {path}. Choose the file again.")


class FileTooLarge(UserError):
    """Evidence is stored in the desk, so a file has a limit."""

    message = N_(
        "{name} has {size} MB; a piece of evidence may have {most} MB. Scan it with fewer dots per inch or split it."
    )


def inspect(
    path: Path, progress: Progress | None = None, *, most: int = MAX_BYTES
) -> InspectedEvidence:
    """What can be done with this file. Every file is answered for; only a missing or too large one raises."""
    if not path.is_file():
        raise FileMissing(path=path)
    data = _bytes(path, most)
    digest = hashlib.sha256(data).hexdigest()
    media = media_of(path.name, data[:2048])
    answer = InspectedEvidence(path.name, digest, len(data), media, EvidenceState.OK)
    if not data:
        return _refused(answer, Message(N_("the file is empty")))
    if reason := unprintable(media):
        return _refused(answer, reason)
    return _counted(answer, path, progress)


def _bytes(path: Path, most: int) -> bytes:
    size = path.stat().st_size
    if size > most:
        megabyte = 1024 * 1024
        raise FileTooLarge(
            name=path.name, size=-(-size // megabyte), most=most // megabyte
        )
    return path.read_bytes()


def _counted(
    answer: InspectedEvidence, path: Path, progress: Progress | None
) -> InspectedEvidence:
    try:
        pages = child.run(
            count_pages,
            path,
            answer.media,
            name=answer.name,
            progress=progress,
            seconds=_SECONDS,
        )
    except Refused as error:
        return _refused(answer, error.reason, error.state)
    except (child.FileUnreadable, child.ReadingTookTooLong) as error:
        return _refused(answer, error.said)
    return InspectedEvidence(
        answer.name, answer.digest, answer.size, answer.media, EvidenceState.OK, pages
    )


def _refused(
    answer: InspectedEvidence,
    reason: Message,
    state: EvidenceState = EvidenceState.UNREADABLE,
) -> InspectedEvidence:
    return InspectedEvidence(
        answer.name, answer.digest, answer.size, answer.media, state, 0, reason
    )


def count_pages(path: Path, media: str) -> int:
    """In the child process: how many pages it prints on. Raises `Refused`."""
    # The readers are heavy and read foreign files: only the child loads them.
    from creditdesk.evidence import frames, open_pdf  # noqa: PLC0415 - see above

    if media != PDF:
        return sum(1 for _ in frames(path))
    with open_pdf(path).pdf as pdf:
        return len(pdf.pages)
