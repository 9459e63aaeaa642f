"""Makes the file that leaves the office: a desk of its own with the rows of some clients and those of the firm."""

from contextlib import closing
from pathlib import Path
from typing import Any

from creditdesk.db import backup, migrate
from creditdesk.db.connection import connect
from creditdesk.db.errors import BackupFailed
from creditdesk.db.refusals import in_words
from creditdesk.db.schema import HEAD
from creditdesk.db.sealing import key_literal
from creditdesk.i18n import N_, Message
from creditdesk.models import FileContent, Setting
from creditdesk.services.trips.kinds import LOCAL_SETTINGS, tables, whose
from creditdesk.services.trips.rows import listed, table_of

_BROKEN = N_("some of its rows name others that are not there; check the desk first")


def cut(
    source: Path, passphrase: str, target: Path, new: str, clients: list[int]
) -> None:
    """A desk under another passphrase with what these clients have in the source, which nobody else has open.

    Raises `BackupFailed` where rows of the source name others that are not there: `desk check` says which.
    """
    backup.remove(target)
    migrate.fill(target, new, HEAD)
    with closing(connect(target, new)) as made, in_words(target):
        made.execute("PRAGMA foreign_keys = OFF")
        made.execute(
            f"ATTACH ? AS office KEY {key_literal(passphrase)}", (str(source),)
        )
        made.execute("BEGIN IMMEDIATE")
        # Bytes of files last: whose they are, their documents say.
        for table in sorted(tables(), key=lambda each: each is FileContent):
            _carry(made, table_of(table), listed(clients))
        _carry_search(made, listed(clients))
        made.execute("COMMIT")
        made.execute("DETACH office")
        broken = made.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise BackupFailed(path=target, reason=Message(_BROKEN))


def _carry(made: Any, table: Any, clients: str) -> None:  # noqa: ANN401 - sqlcipher3 and SQLAlchemy's tables
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    condition = whose(table, clients)
    if table.name == Setting.__tablename__:
        local = ", ".join(f"'{each}'" for each in sorted(LOCAL_SETTINGS))
        condition = f"key NOT IN ({local}) AND key NOT LIKE '.%'"
    made.execute(f'DELETE FROM main."{table.name}"')  # noqa: S608 - our own names
    made.execute(
        f'INSERT INTO main."{table.name}" ({names}) SELECT {names} FROM office."{table.name}" WHERE {condition}'  # noqa: S608 - our own names
    )


def _carry_search(made: Any, clients: str) -> None:  # noqa: ANN401 - sqlcipher3 has no types
    names = "rowid, pieces, client_id"
    made.execute(
        f"INSERT INTO search ({names}) SELECT {names} FROM office.search WHERE client_id IN ({clients})"  # noqa: S608 - our own names
    )
