"""Looks at a file that is to be attached: whether it can be printed, and how many pages it has."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from creditdesk import child, paths, private
from creditdesk.domain.base.evidence import (
    EvidenceState,
    InspectedEvidence,
    media_of,
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


class PasswordWrong(UserError):
    """The PDF doesn't open with it."""

    message = N_(
        "{name} doesn't open with this password, or is no PDF that asks for one. Type it again."
    )


def inspect(
    path: Path, progress: Progress | None = None, *, most: int = MAX_BYTES
) -> InspectedEvidence:
    """What can be done with this file. Every file is answered for; only a missing or too large one raises."""
    if not path.is_file():
        raise FileMissing(path=path)
    data = _bytes(path, most)
    digest = hashlib.sha256(data).hexdigest()
    name = paths.named(path)
    media = media_of(name, data[:2048])
    answer = InspectedEvidence(name, digest, len(data), media, EvidenceState.OK)
    with private.folder() as folder:
        # A copy: what lies in it is unpacked beside it.
        copy = folder / "piece"
        copy.write_bytes(data)
        return _looked_at(answer, copy, progress)


def unlock(path: Path, password: str, progress: Progress) -> bytes:
    """A protected PDF without its protection, to be attached instead; the password is kept nowhere.

    Raises `PasswordWrong`.
    """
    with private.folder() as folder:
        opened = folder / path.name
        done = child.run(
            remove_password,
            path,
            password,
            opened,
            name=path.name,
            progress=progress,
            seconds=_SECONDS,
        )
        if not done:
            raise PasswordWrong(name=path.name)
        return opened.read_bytes()


def remove_password(path: Path, password: str, target: Path) -> bool:
    """In the child process: write it without protection. False where it doesn't open."""
    import pikepdf  # noqa: PLC0415 - only the child loads it

    try:
        with pikepdf.open(path, password=password) as pdf:
            pdf.save(target, encryption=False)
    except (pikepdf.PasswordError, pikepdf.PdfError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class ShownPages:
    """The pages of a paper as one PDF; `units`: by how much each is larger than its points say, mostly 1."""

    pdf: bytes
    units: tuple[float, ...]


def shown_pages(
    content: bytes, name: str, media: str, progress: Progress
) -> ShownPages:
    """The pages of a paper in the order in which `domain.claim.excerpts` counts them.

    Raises `FileUnreadable` and the like.
    """
    with private.folder() as folder:
        copy, target = folder / "piece", folder / "pages.pdf"
        copy.write_bytes(content)
        units = child.run(
            lay_in_one,
            copy,
            name,
            media,
            target,
            name=name,
            progress=progress,
            seconds=_SECONDS,
        )
        return ShownPages(target.read_bytes(), units)


def lay_in_one(path: Path, name: str, media: str, target: Path) -> tuple[float, ...]:
    """In the child process: write the pages of a paper one after the other; their units."""
    import pikepdf  # noqa: PLC0415 - only the child loads it

    from creditdesk.evidence.laying import lay  # noqa: PLC0415 - as above
    from creditdesk.evidence.sheets import unit_of  # noqa: PLC0415 - as above

    laid = lay(path, name, media)
    units = tuple(unit_of(page) for part in laid.parts for page in part.pdf.pages)
    if len(laid.parts) == 1:
        laid.parts[0].pdf.save(target)
    else:
        with pikepdf.new() as whole:
            for part in laid.parts:
                whole.add_pages_from(part.pdf)
            whole.save(target)
    laid.close()
    return units


def _bytes(path: Path, most: int) -> bytes:
    size = path.stat().st_size
    if size > most:
        megabyte = 1024 * 1024
        raise FileTooLarge(
            name=path.name, size=-(-size // megabyte), most=most // megabyte
        )
    return path.read_bytes()


def _looked_at(
    answer: InspectedEvidence, copy: Path, progress: Progress | None
) -> InspectedEvidence:
    try:
        found = child.run(
            look,
            copy,
            answer.name,
            answer.media,
            name=answer.name,
            progress=progress,
            seconds=_SECONDS,
        )
    except (child.FileUnreadable, child.ReadingTookTooLong) as error:
        return replace(answer, state=EvidenceState.UNREADABLE, reason=error.said)
    return replace(
        answer,
        pages=found.pages,
        state=found.state,
        reason=found.reason,
        text=found.text,
    )


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What the child process found, as `InspectedEvidence` keeps it."""

    pages: int
    state: EvidenceState
    reason: Message | None
    text: str


def look(path: Path, name: str, media: str) -> LookedAt:
    """In the child process: on how many pages it is bound, whether it is whole there, why not, and its text."""
    # The readers are heavy and read foreign files: only the child loads them.
    from creditdesk.evidence.laying import lay  # noqa: PLC0415 - see above
    from creditdesk.evidence.sheets import Laying, make_sheets  # noqa: PLC0415 - see above
    from creditdesk.evidence.wording import text_of  # noqa: PLC0415 - see above

    laid = lay(path, name, media)
    pages = sum(len(make_sheets(part.pdf, Laying())) for part in laid.parts)
    text = text_of(laid, path, media)
    laid.close()
    return LookedAt(pages, laid.state, laid.reason, text)
