"""Brings a desk file to today's schema: a new one from nothing, an old one behind a verified backup."""

from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, text

from creditdesk.db.automatic import automatic
from creditdesk.db.connection import APPLICATION_ID, connect, require_desk
from creditdesk.db.database import Database
from creditdesk.db.errors import (
    DeskExists,
    DeskFromNewerVersion,
    DeskMissing,
    DeskUnreachable,
)
from creditdesk.db.schema import HEAD


def create(path: Path, passphrase: str) -> None:
    """Make an empty desk file; raises `DeskExists` rather than overwrite."""
    if path.exists():
        raise DeskExists(path=path)
    beside = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _forget(beside)
        _fill(beside, passphrase)
        beside.replace(path)
    except OSError as error:
        raise DeskUnreachable(path=path, reason=error.strerror) from error
    finally:
        _forget(beside)


def _fill(path: Path, passphrase: str) -> None:
    path.touch()
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


def _forget(part: Path) -> None:
    with suppress(OSError):
        for suffix in ("", "-wal", "-shm"):
            part.with_name(part.name + suffix).unlink(missing_ok=True)


def prepare(path: Path, database: Database, backups: Path) -> None:
    """Check that this is a desk we can use; an older one is brought up to date behind a backup.

    Raises `DeskMissing`, `NotADesk`, `PassphraseWrong`, `DeskDamaged`, `DeskFromNewerVersion`.
    """
    if not path.is_file():
        raise DeskMissing(path=path)
    with database.raw() as connection:
        require_desk(connection, path)
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    found = row[0] if row else ""
    if found == HEAD:
        return
    if found > HEAD:
        raise DeskFromNewerVersion(path=path, found=found, known=HEAD)
    automatic(database, backups, "before-update", database.now())
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
