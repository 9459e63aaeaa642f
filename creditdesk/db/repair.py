"""Takes what isn't ours out of a desk, into a new file; the desk itself stays as it is."""

from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from creditdesk.db import backup, migrate
from creditdesk.db.connection import connect, require_desk
from creditdesk.db.lock import alone
from creditdesk.db.log import unused
from creditdesk.db.objects import foreign, objects
from creditdesk.db.refusals import in_words
from creditdesk.db.sealing import is_plain, key_literal
from creditdesk.disk import put_in_place, refusal

_TABLES = (
    "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%' "
    "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name != 'alembic_version' "
    "INTERSECT SELECT name FROM old.sqlite_master WHERE type = 'table' AND rootpage > 0"
)
"""Those that are tables in both: a view or a virtual table of somebody's would be run by being read."""


def take_out(
    desk: Path, passphrase: str, at: datetime
) -> tuple[Path | None, tuple[str, ...]]:
    """A new desk beside this one with all rows of our tables and none of the foreign objects, and their names.

    None and no names: there is nothing foreign. Raises `NotADesk`, `DeskBusy`, `DeskFromNewerVersion`.
    """
    target = unused(desk, f"{desk.stem}-repaired-{at:%Y%m%d-%H%M%S}", desk.suffix)
    beside = backup.part_of(target)
    try:
        with alone(desk):
            with closing(connect(desk, passphrase)) as found, in_words(desk):
                require_desk(found, desk)
                migrate.require_table(found, desk)
                step = backup.require_known(found, desk)
                names = foreign(objects(found.execute), migrate.known(step))
            if not names:
                return None, ()
            backup.remove(beside)
            migrate.fill(beside, passphrase, step)
            _carry_over(desk, beside, passphrase)
            put_in_place(beside, target)
    except OSError as error:
        raise refusal(error, target) from error
    finally:
        with suppress(OSError):
            backup.remove(beside)
    return target, names


def _carry_over(desk: Path, target: Path, passphrase: str) -> None:
    key = "''" if is_plain(desk) else key_literal(passphrase)
    with closing(connect(target, passphrase)) as new, in_words(desk):
        new.execute("PRAGMA foreign_keys = OFF")
        new.execute(f"ATTACH ? AS old KEY {key}", (str(desk),))
        new.execute("BEGIN IMMEDIATE")
        for (table,) in new.execute(_TABLES).fetchall():
            columns = _columns(new, "main", table) & _columns(new, "old", table)
            listed = ", ".join(f'"{each}"' for each in sorted(columns))
            new.execute(f'DELETE FROM main."{table}"')  # noqa: S608 - names of our own tables
            rows = f'SELECT {listed} FROM old."{table}"'  # noqa: S608 - names of our own tables
            new.execute(f'INSERT INTO main."{table}" ({listed}) {rows}')
        names = "rowid, pieces, client_id"
        new.execute(f"INSERT INTO search ({names}) SELECT {names} FROM old.search")  # noqa: S608 - our own names
        new.execute("COMMIT")
        new.execute("DETACH old")


def _columns(connection: object, schema: str, table: str) -> set[str]:
    rows = connection.execute(f'PRAGMA {schema}.table_info("{table}")')  # type: ignore[attr-defined]
    return {row[1] for row in rows}
