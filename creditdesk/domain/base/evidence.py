"""A file attached as evidence: what it is and whether it can be printed."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message

PDF: Final = "application/pdf"
ZIP: Final = "application/zip"
MAIL: Final = "message/rfc822"
OUTLOOK: Final = "application/vnd.ms-outlook"
OFD: Final = "application/ofd"
UNKNOWN: Final = "application/octet-stream"
OFFICE: Final = frozenset(
    {
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
        "application/rtf",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    }
)
"""What an office program prints."""
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"\x00\x00\x00\x0cjP  ", "image/jp2"),
    (b"\xff\x4f\xff\x51", "image/jp2"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
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
    ".jp2": "image/jp2",
    ".j2k": "image/jp2",
    ".tga": "image/x-tga",
    ".ico": "image/x-icon",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".xml": "application/xml",
    ".ofd": OFD,
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".rtf": "application/rtf",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".zip": ZIP,
    ".eml": MAIL,
    ".msg": OUTLOOK,
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
    """What is known of a file. `pages` 0 when it can't be printed; `reason` then says why.

    `text`: what can be read of its first pages, empty for pictures; by it one tells whose paper it is.
    """

    name: str
    digest: str
    size: int
    media: str
    state: EvidenceState
    pages: int = 0
    reason: Message | None = None
    text: str = ""


def media_of(name: str, head: bytes) -> str:
    """The media type, by what the file begins with, then by its name.

    A ZIP file is one whatever it holds in its first kilobyte: an uncompressed PDF in it shows its own beginning there.
    """
    by_name = _SUFFIXES.get(Path(name).suffix.lower(), UNKNOWN)
    for signature, media in _SIGNATURES:
        if head.startswith(signature):
            office = media.startswith("application") and by_name.startswith(
                "application"
            )
            return by_name if office and by_name not in (PDF, UNKNOWN) else media
    if b"%PDF-" in head[:1024]:
        return PDF
    if head[4:8] == b"ftyp":
        return "image/avif" if head[8:11] == b"avi" else "image/heic"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return by_name


def without_pages(media: str) -> Message:
    """Why a file of this type has no pages, and what would have."""
    if media == OFD:
        return Message(
            N_(
                "an OFD invoice can't be bound; save it as PDF in its reader and attach that"
            )
        )
    if media in OFFICE:
        return Message(
            N_(
                "no office program that prints it is installed here; save it as PDF in its own program and attach that"
            )
        )
    return Message(
        N_(
            "files of this kind have no pages; print it to PDF in its own program and attach that"
        )
    )
