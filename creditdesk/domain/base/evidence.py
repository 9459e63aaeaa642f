"""A file attached as evidence: what it is and whether it can be printed."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message

PDF: Final = "application/pdf"
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
)
_SUFFIXES = {
    ".pdf": PDF,
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".bmp": "image/bmp",
    ".webp": "image/webp",
    ".heic": "image/heic",
    ".heif": "image/heic",
    ".avif": "image/avif",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".xml": "application/xml",
    ".ofd": "application/ofd",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
    ".eml": "message/rfc822",
    ".msg": "application/vnd.ms-outlook",
}


class EvidenceState(StrEnum):
    """What can be done with a file."""

    OK = "ok"
    UNREADABLE = "unreadable"
    NEEDS_PASSWORD = "needs_password"  # noqa: S105 - a state, no password


class Refused(UserError):
    """The file can't be printed; `state` says which kind of refusal."""

    message = N_("{reason}")

    def __init__(
        self, reason: Message, state: EvidenceState = EvidenceState.UNREADABLE
    ) -> None:
        super().__init__(reason=reason, state=state)
        self.reason = reason
        self.state = state


@dataclass(frozen=True, slots=True)
class InspectedEvidence:
    """What is known of a file. `pages` 0 when it can't be printed; `reason` then says why."""

    name: str
    digest: str
    size: int
    media: str
    state: EvidenceState
    pages: int = 0
    reason: Message | None = None


def media_of(name: str, head: bytes) -> str:
    """The media type, by what the file begins with, then by its name."""
    if b"%PDF-" in head[:1024]:
        return PDF
    if head[4:8] == b"ftyp":
        return "image/avif" if head[8:12].startswith(b"avi") else "image/heic"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    by_name = _SUFFIXES.get(Path(name).suffix.lower(), "application/octet-stream")
    for signature, media in _SIGNATURES:
        if head.startswith(signature):
            office = media.startswith("application") and by_name.startswith(
                "application"
            )
            return by_name if office else media
    return by_name


def unprintable(media: str) -> Message | None:
    """Why a file of this type has no pages; None for PDF and pictures."""
    if media == PDF or media.startswith("image/"):
        return None
    if media == "application/ofd":
        return Message(
            N_(
                "an OFD invoice can't be bound; save it as PDF in its reader and attach that"
            )
        )
    return Message(
        N_(
            "files of this kind have no pages; print it to PDF in its own program and attach that"
        )
    )
