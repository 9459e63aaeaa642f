"""The open desk: reads and writes as two context managers, and what was written as an event."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from threading import local
from typing import Any

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.pool import QueuePool

from creditdesk.db import standing, touched, traces
from creditdesk.db.connection import connect
from creditdesk.db.errors import DeskShut
from creditdesk.db.lock import Use
from creditdesk.db.refusals import in_words, refuse
from creditdesk.db.sealing import broken_pages
from creditdesk.db.whereabouts import is_on_network
from creditdesk.errors import UserError
from creditdesk.events import Event
from creditdesk.jobs import Progress
from creditdesk.private import Room

Following = Callable[[Session, Progress | None], None]
"""Brings up to date what follows from the facts a session has written."""


_TRIAL = "trial"


class _Mine(local):
    """The write this thread is in the middle of."""

    session: Session | None = None


class Database:
    """One desk file; where it may not be written, `apart` holds the copy that is read, until it is closed.

    `now` and `who` stamp the journal. A write brings what follows from its facts up to date (`follow`), then commits
    and emits `changed` once, with the names of the tables written; a rollback emits nothing. Before its first write
    the file is looked through: what is damaged is only read.
    """

    def __init__(  # noqa: PLR0913 - what a test gives, the program takes from the system
        self,
        path: Path,
        passphrase: str,
        *,
        now: Callable[[], datetime],
        who: str,
        refusal: UserError | None = None,
        apart: Room | None = None,
    ) -> None:
        self._apart = apart
        self._file = apart.path / path.name if apart else path
        self.path = path
        self.passphrase = passphrase
        self.now = now
        self.who = who
        self.refusal = refusal
        self.changed: Event[frozenset[str]] = Event()
        self.follow: Following | None = None
        self._mine = _Mine()
        self._use = Use(self._file)
        self._use.take()
        # A log is read through memory that programs share, and machines can't share memory.
        self._journal = "DELETE" if is_on_network(self._file) else "WAL"
        self._wrote = False
        self._looked_through = False
        # Deriving a key costs a third of a second, so connections are kept.
        self._engine = create_engine(
            "sqlite://",
            creator=self._connect,
            module=sqlite,
            poolclass=QueuePool,
            pool_size=2,
            hide_parameters=True,
        )
        event.listen(self._engine, "begin", _begin)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one consistent state: of the write this thread is in, else of the file."""
        if self._mine.session is not None:
            yield self._mine.session
            return
        with _in_words(self.path), Session(self._engine) as session:
            standing.leave_out(session)
            yield session

    @contextmanager
    def write(self, progress: Progress | None = None) -> Iterator[Session]:
        """A session that alone may write; commits at the end, rolls back on any error.

        Within another write of the same thread it is a part of that one, and undone alone where it fails.
        """
        if self._mine.session is not None:
            with self._mine.session.begin_nested():
                yield self._mine.session
            return
        if not (self.refusal or self._looked_through) and self.is_damaged():
            self.refusal = DeskShut(path=self.path)
        if self.refusal:
            raise self.refusal
        engine = self._engine.execution_options(
            creditdesk_write=True, creditdesk_watch=self.follow is not None
        )
        written: set[str] = set()
        with _in_words(self.path), Session(engine) as session:
            session.info.update(database=self, written=written)
            _note_tables(session, written)
            standing.leave_out(session)
            self._mine.session = session
            try:
                with session.begin():
                    before = _changes(session)
                    yield session
                    self._bring_up_to_date(session, progress)
                    session.flush()
                    if _changes(session) != before:
                        self._wrote = True
                        traces.leave(_execute(session), self.path)
            finally:
                self._mine.session = None
        if written:
            self.changed.emit(frozenset(written))

    @contextmanager
    def trial(self) -> Iterator[Session]:
        """What if: a session as that of a write, of which nothing is kept and nobody is told."""
        engine = self._engine.execution_options(creditdesk_write=True)
        with _in_words(self.path), Session(engine) as session:
            session.info.update(database=self, written=set())
            session.info[_TRIAL] = True
            standing.leave_out(session)
            self._mine.session = session
            try:
                yield session
            finally:
                self._mine.session = None
                session.rollback()

    def _bring_up_to_date(self, session: Session, progress: Progress | None) -> None:
        if self.follow is not None:
            session.flush()  # the triggers see what is in the file, not what is still in the session
            self.follow(session, progress)
            touched.forget(session)

    @contextmanager
    def raw(self) -> Iterator[Any]:
        """A connection of its own, for copies and checks; closed at the end."""
        with (
            in_words(self.path),
            closing(
                connect(self._file, self.passphrase, untouched=self.refusal is not None)
            ) as connection,
        ):
            yield connection

    def is_damaged(self) -> bool:
        """Whether pages of the file were changed outside this program; a quarter of a second for 60 MB."""
        damaged = bool(broken_pages(self._file, self.passphrase))
        if damaged:
            # A power cut may leave half a page in the file that lies whole in the log.
            self.empty_log()
            damaged = bool(broken_pages(self._file, self.passphrase))
        self._looked_through = True
        return damaged

    def empty_log(self) -> bool:
        """Bring what lies in the log into the file itself; False: others read or write at the moment."""
        with self.raw() as connection:
            (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()  # fmt: skip
        self._wrote = self._wrote and bool(busy)
        return not busy

    def close(self) -> None:
        """Release the file, which alone holds everything that was written here."""
        try:
            if self._wrote:
                self.empty_log()
        finally:
            self._engine.dispose()
            self._use.release()
            if self._apart:
                self._apart.close()

    def _connect(self) -> Any:  # noqa: ANN401 - sqlcipher3 has no types
        untouched = self.refusal is not None
        connection = connect(self._file, self.passphrase, untouched=untouched)
        if not untouched:
            connection.execute(f"PRAGMA journal_mode = {self._journal}").fetchall()
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -32000")
        return connection


def is_trial(session: Session) -> bool:
    """Whether nothing of what this session writes is kept."""
    return bool(session.info.get(_TRIAL))


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """As `in_words`, for what SQLAlchemy wraps."""
    with in_words(path):
        try:
            yield
        except DatabaseError as error:
            refuse(path, str(error.orig), error)
            raise


def _changes(session: Session) -> int:
    """How many rows this connection has ever written."""
    return int(session.connection().connection.dbapi_connection.total_changes)  # type: ignore[union-attr]


def _execute(session: Session) -> traces.Execute:
    return session.connection().connection.dbapi_connection.execute  # type: ignore[union-attr,no-any-return]


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("creditdesk_watch") and not connection.info.get(touched.WATCHED):
        touched.watch(connection.connection.dbapi_connection)
        connection.info[touched.WATCHED] = True
    # A write that begins as a read fails at once when another writer came between.
    writes = options.get("creditdesk_write")
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
