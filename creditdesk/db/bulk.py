"""Many rows of one table at once, past the mapper: written, and read."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from creditdesk.db import touched
from creditdesk.db.sealing import quoted
from creditdesk.models.base import Base

Value = str | int | None
_AT_ONCE = 5_000


def add(
    session: Session,
    table: type[Base],
    columns: Mapping[str, Sequence[Value]],
) -> None:
    """Add rows given by columns, of equal length, with values as the desk stores them.

    What a column, but for the first, holds in every row is written into the statement: handing a value over costs the
    driver more than storing it, most of all an empty one.
    """
    first_column = next(iter(columns))
    varying = {
        name: each
        for name, each in columns.items()
        if name == first_column or not _same(each)
    }
    places = [
        "?" if name in varying else _literal(each[0]) for name, each in columns.items()
    ]
    statement = (
        f"INSERT INTO {table.__tablename__} ({', '.join(columns)})"  # noqa: S608 - names are the program's own
        f" VALUES ({', '.join(places)})"
    )
    rows = list(zip(*varying.values(), strict=True))
    if rows:
        with touched.told_at_once(session, table, columns):
            session.connection().exec_driver_sql(statement, rows)
        _note(session, table)


@contextmanager
def indexed_afterwards(
    session: Session, table: type[Base], count: int, step: Callable[[], None]
) -> Iterator[None]:
    """While so many rows are added: where they are more than there were, each index is made anew of them at the end.

    Sorting all rows once is quicker than finding a place for each; what must be unique is held to it all the time.
    """
    connection, name = session.connection(), table.__tablename__
    there = connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()  # noqa: S608 - names are the program's own
    if count < max(there, _AT_ONCE):
        yield
        return
    indexes = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql NOT LIKE 'CREATE UNIQUE%'",
        (name,),
    ).all()
    for index, _ in indexes:
        connection.exec_driver_sql(f"DROP INDEX {index}")
    yield
    for _, made in indexes:
        step()
        connection.exec_driver_sql(made)


def add_each(
    session: Session,
    table: type[Base],
    rows: Iterable[Mapping[str, object]],
    step: Callable[[int], None],
) -> None:
    """Add rows given one by one, all of the same columns, with values as the mapper takes them."""
    dialect, done, rest = session.connection().dialect, 0, iter(rows)
    while portion := list(islice(rest, _AT_ONCE)):
        step(done)
        done += len(portion)
        columns: dict[str, Sequence[Value]] = {}
        for name in portion[0]:
            kind = table.__table__.c[name].type.dialect_impl(dialect)
            stored = kind.bind_processor(dialect)
            values: list[Any] = [row[name] for row in portion]
            columns[name] = [stored(value) for value in values] if stored else values
        add(session, table, columns)


def change(
    session: Session,
    table: type[Base],
    names: Sequence[str],
    rows: Sequence[tuple[Value, ...]],
    step: Callable[[int], None],
) -> None:
    """Set these columns, with values as the desk stores them; the last value of each row is its record's number."""
    statement = (
        f"UPDATE {table.__tablename__}"  # noqa: S608 - names are the program's own
        f" SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?"
    )
    connection = session.connection()
    for first in range(0, len(rows), _AT_ONCE):
        step(first)
        connection.exec_driver_sql(statement, list(rows[first : first + _AT_ONCE]))
        _note(session, table)


def read(
    session: Session, statement: Select[*tuple[Any, ...]], step: Callable[[int], None]
) -> Iterator[tuple[Any, ...]]:
    """The rows straight from the driver: days are ISO text, yes and no are 1 and 0."""
    cursor: Any = session.connection().execute(statement).cursor
    done = 0
    while rows := cursor.fetchmany(_AT_ONCE):
        step(done)
        done += len(rows)
        yield from rows


def _note(session: Session, table: type[Base]) -> None:
    """The mapper, which hears of every other write, is not asked here."""
    session.info["written"].add(table.__tablename__)


def _same(values: Sequence[Value]) -> bool:
    """Whether a column holds one value that can be written as it is."""
    if not values or values.count(values[0]) < len(values):
        return False
    return not isinstance(values[0], str) or values[0].isprintable()


def _literal(value: Value) -> str:
    if value is None:
        return "NULL"
    return quoted(value) if isinstance(value, str) else str(int(value))
