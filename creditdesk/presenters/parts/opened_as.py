"""Which kept files are handed to the system's own program."""

from pathlib import Path

from creditdesk.domain.base.evidence import PDF

_ENDINGS = {
    PDF: ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/tiff": ".tif",
    "image/bmp": ".bmp",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "text/plain": ".txt",
}
"""What may be opened, and under which ending: nothing that could be run."""


def opened_as(media: str, file_name: str) -> str | None:
    """What a copy of the file is called for a viewer; None: no viewer should be given it."""
    ending = _ENDINGS.get(media)
    return None if ending is None else f"{Path(file_name).stem}{ending}"
