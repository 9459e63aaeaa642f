"""How a desk file is sealed: every page carries its own check, so that no change of it goes unnoticed.

Every desk is a SQLCipher file. One without passphrase has the key that stands here and in docs/architecture.md: it
keeps nothing secret, and is written, read, copied and checked in the same way as one with a passphrase. A page of
`PAGE` bytes ends with what makes it unique (16 bytes) and its HMAC-SHA512 (64 bytes), under a key of its file alone:
the first 16 bytes of a file, drawn when it is made, go into it. So a page, or a log, of another desk fails here.
"""

import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

PAGE = 4096
OPEN_KEY = b"CreditDesk keeps no secret here."
"""The key of every desk without passphrase."""
PLAIN_HEADER = b"SQLite format 3\x00"
"""How a desk of the versions before sealing begins, which is sealed when it is opened."""
_FIRST = range(1, 5)
"""The pages by which a file is known."""
_SALT = 16
_CHECK = 64
_ROUNDS = 256_000
"""SQLCipher 4's own number of rounds from a passphrase to a key."""
_TURNED = 0x3A


def unlock(connection: Any, passphrase: str) -> None:  # noqa: ANN401 - sqlcipher3 has no types
    """Give a new connection the key; whether it fits shows when the first page is read."""
    # Without this the library writes "ERROR CORE" lines to standard error.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = {key_literal(passphrase)}")


def key_literal(passphrase: str) -> str:
    """The key as a literal of SQL: the passphrase, or the key of a desk that has none."""
    if passphrase:
        return quoted(passphrase)
    return f"\"x'{OPEN_KEY.hex()}'\""


def quoted(text: str) -> str:
    """A string literal of SQL, for statements that take no parameters."""
    return "'" + text.replace("'", "''") + "'"


def is_plain(path: Path) -> bool:
    """Whether the file is a database that is not sealed (told by its first 16 bytes)."""
    with path.open("rb") as file:
        return file.read(len(PLAIN_HEADER)) == PLAIN_HEADER


def is_protected(path: Path) -> bool:
    """Whether opening this file takes a passphrase; a file that is not there takes none.

    A desk whose first page and the three after it are damaged counts as protected: nothing tells them apart.
    """
    if not path.is_file() or not path.stat().st_size or is_plain(path):
        return False
    return not fits(path, "")


def broken_pages(path: Path, passphrase: str) -> tuple[int, ...]:
    """The pages of a sealed file that are not as they were written, counted from 1; none of a plain file.

    A page that is being written while it is looked at is looked at twice.
    """
    if is_plain(path):
        return ()
    with path.open("rb") as file:
        pages = _Pages(passphrase, file.read(_SALT))
        file.seek(0)
        suspects = [
            number
            for number, page in enumerate(_pieces(file, PAGE), start=1)
            if not pages.fits(page, number)
        ]
    with path.open("rb") as file:
        return tuple(each for each in suspects if not _fits(pages, file, each))


def _fits(pages: "_Pages", file: BinaryIO, number: int) -> bool:
    file.seek(PAGE * (number - 1))
    return pages.fits(file.read(PAGE), number)


def fits(path: Path, passphrase: str) -> bool:
    """Whether this is the passphrase of a sealed file, or none is and it has none."""
    with path.open("rb") as file:
        pages = _Pages(passphrase, file.read(_SALT))
        return any(_fits(pages, file, number) for number in _FIRST)


def is_log_of(log: Path, desk: Path, passphrase: str) -> bool:
    """Whether a write-ahead log was written by this desk file: its first page is sealed with the file's own key.

    The form of the log is SQLite's: 32 bytes, then for each page 24 bytes that begin with its number.
    """
    with desk.open("rb") as file:
        pages = _Pages(passphrase, file.read(_SALT))
    with log.open("rb") as file:
        file.seek(32)
        first = next(_pieces(file, 24 + PAGE), b"")
    if len(first) < 24 + PAGE:
        return True
    return pages.fits(first[24:], int.from_bytes(first[:4], "big"))


class _Pages:
    """Checks the pages of one file."""

    def __init__(self, passphrase: str, salt: bytes) -> None:
        key = (
            hashlib.pbkdf2_hmac("sha512", passphrase.encode(), salt, _ROUNDS, 32)
            if passphrase
            else OPEN_KEY
        )
        turned = bytes(each ^ _TURNED for each in salt)
        self._key = hashlib.pbkdf2_hmac("sha512", key, turned, 2, 32)

    def fits(self, page: bytes, number: int) -> bool:
        """Whether this is the page of that number, as it was written."""
        if len(page) != PAGE:
            return False
        content = page[_SALT:-_CHECK] if number == 1 else page[:-_CHECK]
        check = hmac.new(self._key, content + number.to_bytes(4, "little"), hashlib.sha512)  # fmt: skip
        return hmac.compare_digest(check.digest(), page[-_CHECK:])


def _pieces(file: BinaryIO, size: int) -> Iterator[bytes]:
    while piece := file.read(size):
        yield piece
