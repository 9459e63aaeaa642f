"""Brings a desk file to today's schema: a new one from nothing, an old one behind a verified backup."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, text

from creditdesk.db import backup
from creditdesk.db.connection import APPLICATION_ID, connect, require_desk
from creditdesk.db.database import Database
from creditdesk.db.errors import (
    DeskBusy,
    DeskExists,
    DeskMissing,
    DeskReadOnly,
    DeskUnreachable,
)
from creditdesk.db.lock import alone
from creditdesk.db.log import has_log, put_foreign_aside
from creditdesk.db.schema import HEAD
from creditdesk.db.sealing import is_plain


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
                _fill(beside, passphrase)
                beside.replace(path)
            finally:
                backup.remove(beside)
    except OSError as error:
        raise DeskUnreachable(path=path, reason=error.strerror) from error


def _fill(path: Path, passphrase: str) -> None:
    path.touch(mode=0o600)
    with closing(connect(path, passphrase)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"
        )
    database = Database(path, passphrase, now=datetime.now, who="")
    try:
        _upgrade(database)
    finally:
        database.close()


def settle(path: Path, passphrase: str, at: datetime) -> Path | None:
    """Before a desk is opened: what a kill or a stranger left beside it is cleared away, and a plain one is sealed.

    The answer is where a log is kept that wasn't the desk's. Nothing happens while others have the desk open: then what
    lies beside it is theirs. Raises `DeskMissing`.
    """
    if not path.is_file():
        raise DeskMissing(path=path)
    part = backup.part_of(path)
    old = path.stat().st_size > 0 and is_plain(path)
    if not (old or has_log(path) or part.exists()):
        return None
    try:
        with alone(path, wait=0):
            backup.remove(part)
            aside = put_foreign_aside(path, passphrase, at)
            if old and not passphrase:
                backup.seal(path)
            return aside
    except (DeskBusy, DeskUnreachable, DeskReadOnly):
        return None


def prepare(path: Path, database: Database, backups: Path) -> None:
    """Check that this is a desk we can use; an older one is brought up to date behind a backup.

    Raises `NotADesk`, `PassphraseWrong`, `DeskDamaged`, `DeskFromNewerVersion`.
    """
    with database.raw() as connection:
        require_desk(connection, path)
        found = backup.require_known(connection, path)
    if found != HEAD:
        backup.automatic(database, backups, "before-update", database.now())
        _upgrade(database)


def _upgrade(database: Database) -> None:
    # A fifth of a second that an up-to-date desk never waits for.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with database.write() as session:
        connection = session.connection()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


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
