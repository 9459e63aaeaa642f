"""The rows of the desk at home, read and written by their columns."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from creditdesk.models import Base, Claim, Document, FileContent, Invoice
from creditdesk.services.trips.numbers import Row
from creditdesk.services.trips.rows import Line, dictionary, rows_of, table_of


class Home:
    """Writes single rows, and counts them by table.

    `renumbered`: claims that got another number, since theirs was given to another claim here meanwhile.
    """

    def __init__(self, session: Session, away: Session) -> None:
        self.session = session
        self.taken: Counter[str] = Counter()
        self.renumbered: list[tuple[str, str]] = []
        self._away = away
        self._name_later()

    def row(self, table: type[Base], key: Line) -> Row | None:
        """A row by its primary key, a voided one too."""
        lines = rows_of(self.session, table, [key])
        return dictionary(table, lines[key]) if key in lines else None

    def next(self, table: type[Base]) -> int:
        """The number a new row gets."""
        name = table.__tablename__
        found = self._ask(f"SELECT coalesce(max(id), 0) + 1 FROM {name}")  # noqa: S608 - our own names
        return int(found.scalar_one())

    def insert(self, table: type[Base], row: Row) -> None:
        """A new row, with the bytes of a file it names."""
        if table is Claim:
            self._renumber(row)
        if table is Document:
            self._carry_bytes(str(row["digest"]))
        names = ", ".join(f'"{each}"' for each in row)
        places = ", ".join("?" for _ in row)
        into = f"INSERT INTO {table.__tablename__} ({names}) VALUES ({places})"  # noqa: S608 - our own names
        self._ask(into, *row.values())
        self._written(table)

    def update(self, table: type[Base], here: Row, values: Mapping[str, Any]) -> None:
        """Change some columns of a row."""
        changed = {name: value for name, value in values.items() if here[name] != value}
        if not changed:
            return
        if table is Invoice and "amount_fine" in changed:
            # Counted anew when all is here; until then no more is open than there is.
            changed["open_fine"] = min(here["open_fine"], changed["amount_fine"])
        condition, key = _where(table, here)
        said = ", ".join(f'"{name}" = ?' for name in changed)
        statement = f"UPDATE {table.__tablename__} SET {said} WHERE {condition}"  # noqa: S608 - our own names
        self._ask(statement, *changed.values(), *key)
        here.update(changed)
        self._written(table)

    def remove(self, table: type[Base], here: Row) -> bool:
        """Whether the row could go: what was added to it here keeps it."""
        condition, key = _where(table, here)
        statement = f"DELETE FROM {table.__tablename__} WHERE {condition}"  # noqa: S608 - our own names
        try:
            with self.session.begin_nested():
                self._ask("PRAGMA defer_foreign_keys = OFF")
                self._ask(statement, *key)
        except IntegrityError:
            return False
        finally:
            self._name_later()
        self._written(table)
        return True

    def _name_later(self) -> None:
        """A row may name one that comes later in the same write."""
        self._ask("PRAGMA defer_foreign_keys = ON")

    def _written(self, table: type[Base]) -> None:
        self.taken[table.__tablename__] += 1
        self.session.info["written"].add(table.__tablename__)

    def _renumber(self, row: Row) -> None:
        number, count = str(row["number"]), 1
        while self._ask("SELECT 1 FROM claim WHERE number = ?", row["number"]).first():
            count += 1
            row["number"] = f"{number}-{count}"
        if count > 1:
            self.renumbered.append((number, str(row["number"])))

    def _carry_bytes(self, digest: str) -> None:
        if self.session.get(FileContent, digest) is None:
            found = self._away.get_one(FileContent, digest)
            self.session.add(
                FileContent(digest=digest, size=found.size, content=found.content)
            )
            self.session.flush()

    def _ask(self, statement: str, *values: object) -> Any:  # noqa: ANN401 - a cursor
        return self.session.connection().exec_driver_sql(statement, values)


def primary(table: type[Base], row: Row) -> Line:
    """The primary key of a row."""
    return tuple(row[column.name] for column in table_of(table).primary_key.columns)


def _where(table: type[Base], row: Row) -> tuple[str, Line]:
    names = [column.name for column in table_of(table).primary_key.columns]
    return " AND ".join(f'"{name}" = ?' for name in names), primary(table, row)
