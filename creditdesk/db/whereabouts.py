"""Where a desk lies: on this computer, on a network drive, or in a folder that a sync program carries elsewhere."""

import ctypes
import re
import sys
from pathlib import Path

from creditdesk.errors import UserError
from creditdesk.i18n import N_

_REMOTE = 4
"""What Windows says of a drive of another machine (DRIVE_REMOTE)."""
_LOCAL = 0x1000
"""What macOS says of a disk of this one (MNT_LOCAL)."""
_NETWORK = re.compile(
    r"(nfs\d?|cifs|smb\w*|afpfs|webdav|davfs2?|9p|afs|ncpfs|fuse\.(sshfs|davfs2?|rclone|gvfsd-fuse))"
)
"""How Linux names the file systems of other machines."""
_MOUNTS = Path("/proc/self/mounts")
_SYNCED = (
    (r"OneDrive( ?- ?.+)?", "OneDrive"),
    (r"iCloud ?Drive|com~apple~CloudDocs|Mobile Documents", "iCloud"),
    (r"(我的)?坚果云.*|Nutstore( Files)?.*", "坚果云"),
    (r"Dropbox( \(.+\))?(-.+)?", "Dropbox"),
    (r"百度网盘同步空间|BaiduSyncdisk", "百度网盘"),
    (r"WPS ?云盘|WPSDrive", "WPS 云盘"),
    (r"Google ?Drive.*|My Drive|我的云端硬盘", "Google Drive"),
)
"""What sync programs call their folders."""


class OnNetworkDrive(UserError):
    """The desk is on a disk of another machine."""

    message = N_(
        "This desk lies on a network drive. One person at a time can have it open, commands included; "
        "it is slower than on this computer, and a lost connection undoes what was being saved."
    )


class InSyncedFolder(UserError):
    """Something else writes the file, too, and brings other machines' states of it."""

    message = N_(
        "This desk lies in a folder of {program}. Have it open on one computer at a time, and close it and let "
        "{program} finish before it is opened on another: two states of one file can't be brought together. "
        "Clients are better taken along with “Take out”."
    )


def remark(desk: Path) -> UserError | None:
    """What has to be said of where the desk lies; None: it lies on this computer."""
    if is_on_network(desk):
        return OnNetworkDrive()
    program = synced_by(desk)
    return InSyncedFolder(program=program) if program else None


def is_on_network(desk: Path) -> bool:
    """Whether another machine keeps it: there no two programs can share SQLite's memory beside the file."""
    place = desk.absolute().parent
    if sys.platform == "win32":
        return _is_remote_drive(place.resolve())
    if sys.platform == "darwin":
        return not _is_local_on_mac(place.resolve())
    return bool(_NETWORK.fullmatch(_file_system(place.resolve(), _mounts())))


def synced_by(desk: Path) -> str:
    """The sync program whose folder it lies in; empty: none that is known."""
    for folder in desk.absolute().parents:
        for words, program in _SYNCED:
            if re.fullmatch(words, folder.name, re.IGNORECASE):
                return program
    return ""


def _is_remote_drive(place: Path) -> bool:
    if sys.platform != "win32":
        return False
    if place.drive.startswith("\\\\"):
        return True
    return bool(ctypes.windll.kernel32.GetDriveTypeW(place.anchor) == _REMOTE)


def _is_local_on_mac(place: Path) -> bool:
    """By `statfs`, whose flags Python doesn't give; what can't be told counts as local."""

    class Stat(ctypes.Structure):
        _fields_ = (
            ("before", ctypes.c_uint32 * 2),
            ("counts", ctypes.c_uint64 * 5),
            ("system", ctypes.c_int32 * 2),
            ("owner", ctypes.c_uint32),
            ("kind", ctypes.c_uint32),
            ("flags", ctypes.c_uint32),
            ("rest", ctypes.c_byte * 4096),
        )

    found = Stat()
    library = ctypes.CDLL(None)
    # Intel's first form is older and shorter.
    call = getattr(library, "statfs$INODE64", None) or library.statfs
    if call(bytes(place), ctypes.byref(found)):
        return True
    return bool(found.flags & _LOCAL)


def _mounts() -> list[tuple[str, str]]:
    """Where something is mounted, and its file system."""
    try:
        lines = _MOUNTS.read_text(errors="surrogateescape").splitlines()
    except OSError:
        return []
    parts = (line.split(" ") for line in lines)
    return [(re.sub(r"\\(\d{3})", _sign, each[1]), each[2]) for each in parts]


def _sign(octal: re.Match[str]) -> str:
    return chr(int(octal[1], 8))


def _file_system(place: Path, mounts: list[tuple[str, str]]) -> str:
    """That of the mount nearest above; of two on one place the later."""
    above = {place, *place.parents}
    fitting = [
        (len(Path(where).parts), kind) for where, kind in mounts if Path(where) in above
    ]
    return max(reversed(fitting), key=lambda each: each[0], default=(0, ""))[1]
