"""Opens a .zip like a folder: its files go their way as if they had been chosen one by one."""

import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath

from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.jobs import Progress

MOST_FILES = 100
MOST_BYTES = 300 * 1024 * 1024
# The second: one without any file.
_BEGINS = (b"PK\x03\x04", b"PK\x05\x06")
_PIECE = 1024 * 1024
_LOCKED = 0x1
_UTF8 = 0x800
# What only a workbook or a text document has inside: those are files of their own.
_DOCUMENTS = frozenset({"[Content_Types].xml", "mimetype", "META-INF/manifest.xml"})
_LEFTOVERS = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")


class ArchiveTooLarge(UserError):
    """More than anybody takes in at once, or a bomb."""

    message = N_(
        "{name} holds more than {files} files or, unpacked, more than {megabytes} MB. "
        "Unpack it and choose the ledgers in it."
    )


class ArchiveLocked(UserError):
    """Its files are encrypted."""

    message = N_(
        "{name} is a ZIP file with a password. Unpack it and choose the files in it."
    )


class ArchiveNested(UserError):
    """A ZIP file within the ZIP file."""

    message = N_(
        "{inner} in {name} is a ZIP file itself. Unpack {name} and choose the files in it."
    )


class ArchiveEmpty(UserError):
    """Nothing in it."""

    message = N_("{name} is a ZIP file without any file in it.")


class ArchiveDamaged(UserError):
    """What is in it can't be had."""

    message = N_(
        "{name} is damaged: {inner} can't be unpacked. Ask for the file again."
    )


def expanded(
    paths: Sequence[Path], place: Callable[[str], Path], progress: Progress
) -> list[Path]:
    """The files, each .zip replaced by what is in it. `place`: where a file of this name may be written.

    Raises `UserError`s for what can't or shouldn't be unpacked.
    """
    found: list[Path] = []
    for path in paths:
        found += _unpacked(path, place, progress) if is_archive(path) else [path]
    return found


def is_archive(path: Path) -> bool:
    """Whether it is a ZIP file and no workbook, which is one inside."""
    try:
        with path.open("rb") as file:
            if not file.read(4).startswith(_BEGINS):
                return False
        with zipfile.ZipFile(path) as archive:
            return not _DOCUMENTS & set(archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return path.suffix.casefold() == ".zip" and path.is_file()


def _unpacked(
    path: Path, place: Callable[[str], Path], progress: Progress
) -> list[Path]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [each for each in archive.infolist() if _is_file(each)]
            _allow(path.name, entries)
            taken: set[str] = set()
            files = []
            left = MOST_BYTES
            for entry in progress.each(entries, N_("Unpacking")):
                target = place(_free(_name(entry), taken))
                left -= _copy(archive, entry, target, path.name, left)
                files.append(target)
            return files
    except (OSError, zipfile.BadZipFile) as error:
        raise ArchiveDamaged(name=path.name, inner=path.name) from error


def _is_file(entry: zipfile.ZipInfo) -> bool:
    name = _name(entry)
    hidden = name.startswith(("._", "~$")) or name in _LEFTOVERS
    return not (entry.is_dir() or hidden or entry.filename.startswith(_LEFTOVERS))


def _allow(name: str, entries: list[zipfile.ZipInfo]) -> None:
    """Before anything is unpacked: what the ZIP file says of itself."""
    if not entries:
        raise ArchiveEmpty(name=name)
    if len(entries) > MOST_FILES or sum(each.file_size for each in entries) > MOST_BYTES:  # fmt: skip
        raise _too_large(name)
    if any(each.flag_bits & _LOCKED for each in entries):
        raise ArchiveLocked(name=name)
    for each in entries:
        if _name(each).casefold().endswith(".zip"):
            raise ArchiveNested(name=name, inner=_name(each))


def _too_large(name: str) -> ArchiveTooLarge:
    return ArchiveTooLarge(
        name=name, files=MOST_FILES, megabytes=MOST_BYTES // 1024 // 1024
    )


def _copy(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, name: str, left: int
) -> int:
    """Write one file and count it: what a ZIP file says of its size need not be true."""
    size = 0
    try:
        with archive.open(entry) as source, target.open("wb") as file:
            target.chmod(0o600)
            while piece := source.read(_PIECE):
                size += len(piece)
                if size > left:
                    raise _too_large(name)
                file.write(piece)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:  # fmt: skip
        raise ArchiveDamaged(name=name, inner=_name(entry)) from error
    return size


def _name(entry: zipfile.ZipInfo) -> str:
    """The name alone, without folders; Chinese Windows writes it in GBK and says nothing of it."""
    shown = entry.filename
    if not entry.flag_bits & _UTF8:
        raw = shown.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                shown = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return PurePosixPath(shown.replace("\\", "/")).name


def _free(name: str, taken: set[str]) -> str:
    """The same name in two folders becomes two files."""
    free, number = name, 2
    while free.casefold() in taken:
        path = PurePosixPath(name)
        free, number = f"{path.stem} ({number}){path.suffix}", number + 1
    taken.add(free.casefold())
    return free
