"""Files that are drawn into the window: of the file manager, and those that Outlook and Mail hold within mails."""

import struct
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QMimeData

from creditdesk.disk import refusal
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.private import Room

_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
_NAMES, _CONTENTS = _WINDOWS.format("FileGroupDescriptorW"), _WINDOWS.format("FileContents")  # fmt: skip
"""How Qt hands on what Windows calls so; the contents with the number of the file."""
_PROMISE = "com.apple.pasteboard.promised"
"""How a promise of macOS begins: the file is written once somebody takes it, which Qt doesn't do."""
_ENTRY, _NAME_AT, _NAME_SIZE = 592, 72, 520
"""Bytes of a FILEDESCRIPTORW, and where in it the name stands."""
_rooms: list[Room] = []
"""What lies in no folder of the person's, until the desk is closed."""
_FORBIDDEN = '\\/:*?"<>|\0'


class NotToBeTaken(UserError):
    """What was dropped holds no file that could be read."""

    message = N_(
        "What was dropped can't be taken from that program. Save it into a folder first, and drop it from there."
    )


def holds_files(dropped: QMimeData) -> bool:
    """Whether files may be in it, or something that is told why not."""
    return dropped.hasUrls() or any(
        each == _NAMES or _PROMISE in each for each in dropped.formats()
    )


def files_of(dropped: QMimeData) -> list[Path]:
    """The files; those that lie in no folder yet are written into a room, until `let_go`.

    Raises `NotToBeTaken` where there is none, and in words what the disk refuses.
    """
    paths = [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]
    if not paths and dropped.hasFormat(_NAMES):
        paths = list(_written(dropped))
    if not paths:
        raise NotToBeTaken
    return paths


def let_go() -> None:
    """Remove what was written for drops: it was taken in by now."""
    while _rooms:
        _rooms.pop().close()


def _written(dropped: QMimeData) -> Iterator[Path]:
    room = Room()
    _rooms.append(room)
    for place, name in enumerate(names_of(bytes(dropped.data(_NAMES).data()))):
        contents = dropped.data(f"{_CONTENTS};index={place}").data()
        # A whole mail is given as a store of Windows', which Qt can't read; what hangs at it is plain bytes.
        if contents:
            path = room.path / name
            try:
                path.write_bytes(contents)
            except OSError as error:
                raise refusal(error, path) from error
            yield path


def names_of(told: bytes) -> tuple[str, ...]:
    """The names of a FILEGROUPDESCRIPTORW, each once and none that leads elsewhere."""
    if len(told) < 4:
        return ()
    (count,) = struct.unpack_from("<I", told)
    names: list[str] = []
    for place in range(min(count, (len(told) - 4) // _ENTRY)):
        at = 4 + place * _ENTRY + _NAME_AT
        text = told[at : at + _NAME_SIZE].decode("utf-16-le", "replace").split("\0")[0]
        plain = "".join("_" if sign in _FORBIDDEN else sign for sign in text).strip(" .")  # fmt: skip
        name = plain or f"{place + 1}"
        names.append(name if name not in names else f"{place + 1}-{name}")
    return tuple(names)
