"""One connection to a desk file, with or without a passphrase."""

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite

from creditdesk.db.errors import (
    DeskDamaged,
    NotADesk,
    PassphraseNeeded,
    PassphraseNotNeeded,
    PassphraseWrong,
)
from creditdesk.db.refusals import in_words

APPLICATION_ID = 0x43524453  # "CRDS"
BUSY_SECONDS = 10
"""How long a write waits for another program's."""
_PLAIN_HEADER = b"SQLite format 3\x00"
_PAGE = 4096


def is_plain(path: Path) -> bool:
    """Whether the file is an unencrypted SQLite file (told by its first 16 bytes)."""
    with path.open("rb") as file:
        return file.read(16) == _PLAIN_HEADER


def connect(path: Path, passphrase: str = "") -> Any:  # noqa: ANN401 - sqlcipher3 has no types
    """Open a keyed or plain connection; transactions are begun by whoever uses it."""
    if passphrase and path.is_file() and is_plain(path):
        raise PassphraseNotNeeded(path=path)
    with in_words(path):
        connection = sqlite.connect(
            str(path),
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_SECONDS,
        )
    if passphrase:
        # Without this the library writes "ERROR CORE" lines to standard error.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = {quoted(passphrase)}")
    try:
        with in_words(path):
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except DeskDamaged as error:
        connection.close()
        raise _refusal(path, passphrase, error) from error
    except BaseException:
        connection.close()
        raise
    return connection


def quoted(text: str) -> str:
    """A string literal of SQL, for statements that take no parameters."""
    return "'" + text.replace("'", "''") + "'"


def require_desk(connection: Any, path: Path) -> None:  # noqa: ANN401 - sqlcipher3 has no types
    """Raise `NotADesk` for an SQLite file that CreditDesk didn't make."""
    (found,) = connection.execute("PRAGMA application_id").fetchone()
    if found != APPLICATION_ID:
        raise NotADesk(path=path)


def _refusal(path: Path, passphrase: str, damage: DeskDamaged) -> Exception:
    """A file that is not a database may be a protected one, whose pages are as long as they all are."""
    if "not a database" not in str(damage.places["reason"]) or is_plain(path):
        return damage
    if passphrase:
        return PassphraseWrong(path=path)
    if path.stat().st_size % _PAGE:
        return NotADesk(path=path)
    return PassphraseNeeded(path=path)
