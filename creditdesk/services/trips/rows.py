"""Rows as the file stores them, and what was seen of a trip as one small piece of bytes."""

import base64
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session

from creditdesk.models import Base, Duty, FileContent, JournalEntry, Trip
from creditdesk.readings.recounting import portions
from creditdesk.services.trips.kinds import LOCAL_SETTINGS, Way, tables, way, whose

Value = str | int | float | bytes | None
Line = tuple[Value, ...]
Lines = dict[Line, Line]
"""Rows of a table by their primary key, columns in the table's order."""
_BYTES = "bytes:"


@dataclass(slots=True)
class Seen:
    """The away rows as they were when something of them was last brought back, and their numbers at home.

    `rows` by table; what is still a question stands there as it was before. `home`: by table the numbers at home of
    rows that have another one there. `last`: the newest entry of the journal there, `lineage` a digest up to it.
    """

    rows: dict[str, Lines] = field(default_factory=dict)
    home: dict[str, dict[int, int]] = field(default_factory=dict)
    last: int = 0
    lineage: str = ""

    def of(self, table: type[Base]) -> Lines:
        """The rows of a table."""
        return self.rows.get(table.__tablename__, {})

    def packed(self) -> bytes:
        """As bytes."""
        rows = {
            name: [[_plain(each) for each in line] for line in lines.values()]
            for name, lines in self.rows.items()
        }
        text = json.dumps(
            {
                "rows": rows,
                "home": self.home,
                "last": self.last,
                "lineage": self.lineage,
            },
            ensure_ascii=False,
        )
        return zlib.compress(text.encode())

    @classmethod
    def unpacked(cls, packed: bytes) -> "Seen":
        """Of bytes."""
        told = json.loads(zlib.decompress(packed))
        found = cls(last=told["last"], lineage=told["lineage"])
        named = {each.__tablename__: table_of(each) for each in tables()}
        for name, lines in told["rows"].items():
            table = named[name]
            found.rows[name] = by_key(table, (tuple(_stored(each) for each in line) for line in lines))  # fmt: skip
        found.home = {
            name: {int(away): home for away, home in numbers.items()}
            for name, numbers in told["home"].items()
        }
        return found


def seen(session: Session, clients: Sequence[int]) -> Seen:
    """All rows of these clients, and of the firm, as they are."""
    last = session.connection().exec_driver_sql("SELECT max(id) FROM journal_entry")
    found = Seen(last=last.scalar_one() or 0)
    for table in tables():
        if way(table) is Way.FOLLOWS or table in (Trip, FileContent, JournalEntry):
            continue
        found.rows[table.__tablename__] = read(session, table, clients)
    return found


def read(session: Session, table: type[Base], clients: Sequence[int]) -> Lines:
    """The rows of these clients, and of the firm."""
    core = table_of(table)
    condition = whose(core, listed(clients))
    if table is Duty:  # an open one follows from the facts
        condition = f"({condition}) AND state IN ('done', 'waived')"
    found = _select(session, core, condition)
    if core.name == "setting":
        return {key: line for key, line in found.items() if not _is_local(str(key[0]))}
    return found


def rows_of(session: Session, table: type[Base], keys: Iterable[Line]) -> Lines:
    """Those of these primary keys that are there, voided ones too."""
    core = table_of(table)
    names = [column.name for column in core.primary_key.columns]
    found: Lines = {}
    if len(names) > 1:
        for key in keys:
            parts = zip(names, map(_literal, key), strict=True)
            found |= _select(session, core, " AND ".join(f"{name} = {part}" for name, part in parts))  # fmt: skip
        return found
    for some in portions([key[0] for key in keys]):  # type: ignore[misc]
        found |= _select(session, core, f"{names[0]} IN ({', '.join(map(_literal, some))})")  # fmt: skip
    return found


def numbers_of(session: Session, table: type[Base]) -> list[int]:
    """All numbers of a table, of voided rows too."""
    name = table.__tablename__
    found = session.connection().exec_driver_sql(f"SELECT id FROM {name}")  # noqa: S608 - our own names
    return [int(number) for (number,) in found]


def by_key(table: Table, lines: Iterable[Line]) -> Lines:
    """Rows by their primary key."""
    names = [column.name for column in table.columns]
    places = [names.index(column.name) for column in table.primary_key.columns]
    return {tuple(line[place] for place in places): line for line in lines}


def table_of(table: type[Base]) -> Table:
    """The table itself."""
    core = table.__table__
    assert isinstance(core, Table)  # noqa: S101 - what every class of ours has
    return core


def listed(numbers: Sequence[int]) -> str:
    """Numbers for SQL."""
    return ", ".join(str(int(each)) for each in numbers)


def dictionary(table: type[Base], line: Line) -> dict[str, Value]:
    """A row by its columns."""
    return dict(zip((each.name for each in table_of(table).columns), line, strict=True))


def _select(session: Session, core: Table, condition: str) -> Lines:
    columns = ", ".join(f'"{each.name}"' for each in core.columns)
    statement = f'SELECT {columns} FROM "{core.name}" WHERE {condition}'  # noqa: S608 - our own names and numbers
    return by_key(core, map(tuple, session.connection().exec_driver_sql(statement)))


def _is_local(key: str) -> bool:
    return key.startswith(".") or key in LOCAL_SETTINGS


def _literal(value: Value) -> str:
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(value)


def _plain(value: Value) -> Mapping[str, str] | Value:
    return {_BYTES: base64.b64encode(value).decode()} if isinstance(value, bytes) else value  # fmt: skip


def _stored(value: Any) -> Value:  # noqa: ANN401 - what JSON gives
    return base64.b64decode(value[_BYTES]) if isinstance(value, dict) else value
