"""The files in a ZIP that is attached as evidence; runs in a child process."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from creditdesk.domain.base.evidence import EvidenceState, Refused
from creditdesk.i18n import N_, Message

MOST_FILES: Final = 300
MOST_BYTES: Final = 300 * 1024 * 1024
_LOCKED = 0x1
_UTF8 = 0x800
_LEFTOVERS = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"})


def files_of(path: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each, in their order. Raises `Refused`."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [each for each in archive.infolist() if _counts(each)]
            _bear(entries)
            for entry in entries:
                yield _name(entry), archive.read(entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise Refused(Message(N_("the ZIP file is damaged"))) from error


def _bear(entries: list[zipfile.ZipInfo]) -> None:
    if not entries:
        raise Refused(Message(N_("there is no file in it")))
    if any(each.flag_bits & _LOCKED for each in entries):
        reason = N_("it is a ZIP file with a password; unpack it and attach its files")
        raise Refused(Message(reason), EvidenceState.NEEDS_PASSWORD)
    size = sum(each.file_size for each in entries)
    if len(entries) > MOST_FILES or size > MOST_BYTES:
        reason = N_(
            "it holds more than {files} files or {megabytes} MB; unpack it and attach what is needed"
        )
        megabytes = MOST_BYTES // 1024 // 1024
        raise Refused(Message.of(reason, files=MOST_FILES, megabytes=megabytes))


def _counts(entry: zipfile.ZipInfo) -> bool:
    return not entry.is_dir() and not _LEFTOVERS & set(
        PurePosixPath(entry.filename).parts
    )


def _name(entry: zipfile.ZipInfo) -> str:
    """Chinese Windows writes its names in GBK and says nothing of it."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gbk")
    except UnicodeError:
        return entry.filename
