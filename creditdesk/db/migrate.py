"""Brings a desk file to today's schema: a new one from nothing, an old one behind a verified backup."""

import os
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from creditdesk import private
from creditdesk.db import backup
from creditdesk.db.automatic import before_update
from creditdesk.db.connection import APPLICATION_ID, connect, require_desk
from creditdesk.db.database import Database
from creditdesk.db.errors import (
    DeskBusy,
    DeskExists,
    DeskMissing,
    DeskReadOnly,
    DeskUnreachable,
    DeskWithStrangers,
    NotADesk,
)
from creditdesk.db.lock import alone, clear_lock
from creditdesk.db.log import has_log, put_foreign_aside
from creditdesk.db.objects import Objects, foreign, newest, objects
from creditdesk.db.refusals import in_words
from creditdesk.db.schema import HEAD
from creditdesk.db.sealing import is_plain, is_protected
from creditdesk.disk import (
    CannotWrite,
    DiskRefuses,
    WriteProtected,
    put_in_place,
    refusal,
)


def create(path: Path, passphrase: str) -> None:
    """Make an empty desk file; raises `DeskExists` rather than overwrite."""
    if path.exists():
        raise DeskExists(path=path)
    beside = backup.part_of(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with alone(path):
            if path.exists():
                raise DeskExists(path=path)
            backup.remove(beside)
            try:
                fill(beside, passphrase, HEAD)
                put_in_place(beside, path)
            finally:
                backup.remove(beside)
    except OSError as error:
        raise refusal(error, path) from error


def fill(path: Path, passphrase: str, step: str) -> None:
    """Make an empty desk of a schema step where nothing is yet."""
    path.touch(mode=0o600)
    with closing(connect(path, passphrase)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"
        )
    database = Database(path, passphrase, now=datetime.now, who="")
    try:
        _upgrade(database, step)
    finally:
        database.close()


def settle(path: Path, passphrase: str, at: datetime) -> Path | None:
    """Before a desk is opened: what a kill or a stranger left beside it is cleared away, and a plain one is sealed.

    The answer is where a log is kept that wasn't the desk's. Nothing happens while others have the desk open: then what
    lies beside it is theirs. Raises `DeskMissing`.
    """
    if not path.is_file():
        raise DeskMissing(path=path)
    if not may_write(path):
        return None
    clear_lock(path)
    part = backup.part_of(path)
    old = path.stat().st_size > 0 and is_plain(path)
    if not (old or has_log(path) or part.exists()):
        return None
    try:
        with alone(path, wait=0):
            backup.remove(part)
            aside = put_foreign_aside(path, passphrase, at)
            if old and not passphrase:
                look_through(path, "")
                # A disk that takes no second file leaves it plain, and it can be read.
                with suppress(DiskRefuses):
                    backup.seal(path)
            return aside
    except (DeskBusy, DeskUnreachable, DeskReadOnly, CannotWrite, WriteProtected):
        return None


def may_write(path: Path) -> bool:
    """Whether the desk can be written where it lies: the file, and the folder in which its log stands."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def prepare(path: Path, database: Database, backups: Path | None = None) -> None:
    """Check that this is a desk we can use; an older one is brought up to date behind a backup.

    `backups`: the folder for it, None: where the desk's others go.
    Raises `NotADesk`, `PassphraseWrong`, `DeskDamaged`, `DeskFromNewerVersion`, `DeskWithStrangers`.
    """
    with database.raw() as connection:
        step = require_ours(connection, path)
    if step != HEAD:
        if database.refusal:
            raise database.refusal
        before_update(database, backups)
        _upgrade(database, HEAD)


def look_through(path: Path, passphrase: str) -> None:
    """Raise what `prepare` raises for a file nobody has open; a file that isn't there is no matter of this."""
    if path.is_file():
        key = passphrase if is_protected(path) else ""
        with closing(connect(path, key)) as connection, in_words(path):
            require_ours(connection, path)


def require_ours(connection: Any, path: Path) -> str:  # noqa: ANN401 - sqlcipher3 has no types
    """The schema step of a desk that holds nothing but what this program makes; raises what `prepare` raises."""
    require_desk(connection, path)
    require_table(connection, path)
    step = backup.require_known(connection, path)
    strangers = foreign(objects(connection.execute), known(step))
    if strangers:
        raise DeskWithStrangers(path=path, names=", ".join(strangers))
    return step


def require_table(connection: Any, path: Path) -> None:  # noqa: ANN401 - sqlcipher3 has no types
    """Raise `DeskWithStrangers` where the schema step stands in what would be run by being read."""
    row = connection.execute(
        "SELECT type, rootpage FROM sqlite_master WHERE name = 'alembic_version'"
    ).fetchone()
    if row is None:
        raise NotADesk(path=path)
    if row[0] != "table" or not row[1]:
        raise DeskWithStrangers(path=path, names=f"{row[0]} alembic_version")


def known(step: str) -> Objects:
    """The objects of a desk at a schema step; those of an earlier one are made for the comparison."""
    if step == HEAD:
        return newest()
    with private.folder() as folder:
        path = folder / "empty.creditdesk"
        fill(path, "", step)
        with closing(connect(path)) as connection:
            return objects(connection.execute)


def _upgrade(database: Database, step: str) -> None:
    # A fifth of a second that an up-to-date desk never waits for.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with database.write() as session:
        connection = session.connection()
        config.attributes["connection"] = connection
        command.upgrade(config, step)


def differences_from_models(connection: Connection) -> list[object]:
    """What the schema steps and the models disagree on: nothing, or a test fails."""
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415
    from alembic.migration import MigrationContext  # noqa: PLC0415

    from creditdesk.models import Base  # noqa: PLC0415

    def ours(_thing: object, name: str | None, kind: str, *_rest: object) -> bool:
        return not (kind == "table" and (name or "").startswith("search"))

    context = MigrationContext.configure(
        connection, opts={"include_object": ours, "compare_type": True}
    )
    return list(compare_metadata(context, Base.metadata))


def revision_of(connection: Connection) -> str:
    """The schema step the file is at."""
    return str(
        connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    )
