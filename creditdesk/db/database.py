"""The open desk: reads and writes as two context managers, and what was written as an event."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.pool import QueuePool

from creditdesk.db.connection import connect
from creditdesk.db.errors import DeskBusy, DeskDamaged, DiskFull
from creditdesk.events import Event


class Database:
    """One desk file.

    `now` and `who` stamp the journal. A write emits `changed` with the names of the
    tables written, after the commit; a rollback emits nothing.
    """

    def __init__(
        self, path: Path, passphrase: str, *, now: Callable[[], datetime], who: str
    ) -> None:
        self.path = path
        self.passphrase = passphrase
        self.now = now
        self.who = who
        self.changed: Event[frozenset[str]] = Event()
        # Deriving a key costs a third of a second, so connections are kept.
        self._engine = create_engine(
            "sqlite://",
            creator=self._connect,
            module=sqlite,
            poolclass=QueuePool,
            pool_size=2,
        )
        event.listen(self._engine, "begin", _begin)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one consistent state."""
        with self._translated(), Session(self._engine) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that alone may write; commits at the end, rolls back on any error."""
        engine = self._engine.execution_options(creditdesk_write=True)
        written: set[str] = set()
        with self._translated(), Session(engine, autoflush=True) as session:
            session.info.update(database=self, written=written)
            _note_tables(session, written)
            with session.begin():
                yield session
        if written:
            self.changed.emit(frozenset(written))

    def raw(self) -> Any:  # noqa: ANN401 - sqlcipher3 has no types
        """A connection of its own for copies and checks; the caller closes it."""
        return connect(self.path, self.passphrase)

    def close(self) -> None:
        """Release the file."""
        self._engine.dispose()

    def _connect(self) -> Any:  # noqa: ANN401 - sqlcipher3 has no types
        connection = self.raw()
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -32000")
        return connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as error:
            reason = str(error.orig)
            if "locked" in reason or "busy" in reason:
                raise DeskBusy from error
            if "full" in reason:
                raise DiskFull(path=self.path) from error
            raise
        except DatabaseError as error:
            if "malformed" not in str(error.orig):
                raise
            raise DeskDamaged(path=self.path, reason=error.orig) from error


def _begin(connection: Connection) -> None:
    # A write that begins as a read fails at once when another writer came between.
    writes = connection.get_execution_options().get("creditdesk_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _note_tables(session: Session, written: set[str]) -> None:
    def flushed(current: Session, _context: object) -> None:
        for record in (*current.new, *current.dirty, *current.deleted):
            written.add(record.__tablename__)

    def executed(state: ORMExecuteState) -> None:
        if state.is_insert or state.is_update or state.is_delete:
            table = getattr(state.statement, "table", None)
            written.add(str(getattr(table, "name", "")))

    event.listen(
        session,
        "before_flush",
        lambda current, context, _instances: flushed(current, context),
    )
    event.listen(session, "do_orm_execute", executed)
