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
from creditdesk.db.sealing import PAGE, is_plain, is_protected, unlock

APPLICATION_ID = 0x43524453  # "CRDS"
BUSY_SECONDS = 10
"""How long a write waits for another program's."""
_DISTRUST = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
)
"""A desk may come from anybody: nothing in it is run that could reach beyond it."""


def connect(path: Path, passphrase: str = "", *, untouched: bool = False) -> Any:  # noqa: ANN401 - sqlcipher3 has no types
    """Open a connection; transactions are begun by whoever uses it.

    A file that is not there or empty becomes a sealed one. A plain one, of the versions before sealing, is opened as it
    is. `untouched`: for reading alone, nothing is written beside the file either, and what lies in a log is not seen.
    Raises `PassphraseNeeded`, `PassphraseNotNeeded`, `PassphraseWrong`, `NotADesk`, `DeskDamaged`.
    """
    there = path.is_file() and path.stat().st_size > 0
    plain = there and is_plain(path)
    if passphrase and there and not is_protected(path):
        raise PassphraseNotNeeded(path=path)
    with in_words(path):
        connection = sqlite.connect(
            f"{path.absolute().as_uri()}?immutable=1" if untouched else str(path),
            uri=untouched,
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_SECONDS,
        )
    try:
        with in_words(path):
            if not plain:
                unlock(connection, passphrase)
            for line in _DISTRUST:
                connection.execute(line)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except DeskDamaged as error:
        connection.close()
        raise _refusal(path, passphrase, error) from error
    except BaseException:
        connection.close()
        raise
    return connection


def require_desk(connection: Any, path: Path) -> None:  # noqa: ANN401 - sqlcipher3 has no types
    """Raise `NotADesk` for an SQLite file that CreditDesk didn't make."""
    (found,) = connection.execute("PRAGMA application_id").fetchone()
    if found != APPLICATION_ID:
        raise NotADesk(path=path)


def _refusal(path: Path, passphrase: str, damage: DeskDamaged) -> Exception:
    """A file that is not a database may be a protected one, whose pages are as long as they all are."""
    if "not a database" not in str(damage.places["reason"]) or is_plain(path):
        return damage
    if not is_protected(path):
        return damage
    if passphrase:
        return PassphraseWrong(path=path)
    if path.stat().st_size % PAGE:
        return NotADesk(path=path)
    return PassphraseNeeded(path=path)
