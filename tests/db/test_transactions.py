"""Reading and writing: all or nothing, one writer at a time, and who listens is told what was written."""

from threading import Thread
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from creditdesk.db import connection
from creditdesk.db.database import Database
from creditdesk.db.errors import DeskBusy
from creditdesk.disk import NoRoom
from creditdesk.models import Setting

Statement = Any


def set_one(database: Database, key: str, value: str = "x") -> None:
    with database.write() as session:
        session.merge(Setting(key=key, value=value))


def chosen(session: Session) -> list[str]:
    """Settings beside the program's own."""
    keys = select(Setting.key).where(~Setting.key.startswith("."))
    return list(session.scalars(keys.order_by(Setting.key)))


def keys(database: Database) -> list[str]:
    with database.read() as session:
        return chosen(session)


def test_a_write_tells_the_tables_it_wrote_after_the_commit(database: Database) -> None:
    told = []
    database.changed.connect(lambda tables: told.append((tables, keys(database))))
    set_one(database, "a")
    assert told == [(frozenset({"setting"}), ["a"])]


@pytest.mark.parametrize(
    "statement",
    [
        insert(Setting).values(key="b", value="x"),
        update(Setting).values(value="y"),
        delete(Setting),
    ],
)
def test_statements_are_told_like_records(
    database: Database, statement: Statement
) -> None:
    told: list[frozenset[str]] = []
    database.changed.connect(told.append)
    with database.write() as session:
        session.execute(statement)
    assert told == [frozenset({"setting"})]


def test_a_write_that_writes_nothing_tells_nothing(database: Database) -> None:
    told: list[frozenset[str]] = []
    database.changed.connect(told.append)
    with database.write() as session:
        session.execute(select(Setting)).all()
    assert told == []


def test_a_failed_write_leaves_nothing_and_tells_nothing(database: Database) -> None:
    told: list[frozenset[str]] = []
    database.changed.connect(told.append)

    def fail() -> None:
        with database.write() as session:
            session.add(Setting(key="a", value="x"))
            session.flush()
            session.execute(insert(Setting).values(key="b", value="x"))
            session.execute(insert(Setting).values(key="b", value="x"))

    with pytest.raises(IntegrityError):
        fail()
    assert keys(database) == []
    assert told == []


def test_a_read_sees_one_state_whatever_is_written_meanwhile(
    database: Database,
) -> None:
    with database.read() as session:
        assert chosen(session) == []
        set_one(database, "a")
        assert chosen(session) == []
    assert keys(database) == ["a"]


def test_a_second_writer_waits_for_the_first(database: Database) -> None:
    with database.write() as session:
        session.add(Setting(key="first", value="x"))
        session.flush()
        second = Thread(target=set_one, args=(database, "second"))
        second.start()
        second.join(0.2)
        assert second.is_alive()
    second.join(5)
    assert keys(database) == ["first", "second"]


def test_a_second_writer_that_waited_too_long_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, database: Database
) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    other = Database(database.path, "", now=database.now, who="other")
    with database.write() as session:
        session.add(Setting(key="first", value="x"))
        session.flush()
        with pytest.raises(DeskBusy):
            set_one(other, "second")
    set_one(other, "second")
    assert keys(database) == ["first", "second"]
    other.close()


def test_a_full_disk_is_told_in_words_and_leaves_the_desk_as_it_was(
    database: Database,
) -> None:
    set_one(database, "small")

    def fill() -> None:
        with database.write() as session:
            # No more than there is already: what a full disk gives.
            session.execute(text("PRAGMA max_page_count = 1"))
            session.add(Setting(key="large", value="x" * 5_000_000))

    with pytest.raises(NoRoom, match=str(database.path.parent)):
        fill()
    assert keys(database) == ["small"]
    with database.write() as session:
        session.execute(text("PRAGMA max_page_count = 1000000"))
        session.add(Setting(key="again", value="x"))
    assert keys(database) == ["again", "small"]


def test_rows_name_only_records_that_are_there(database: Database) -> None:
    with database.read() as session:
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
        assert session.scalar(text("PRAGMA synchronous")) == 2
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
