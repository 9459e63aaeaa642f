"""What became of rows while they were away, and what makes two rows say the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from creditdesk.models import Base, Buyer, Claim
from creditdesk.services.trips.kinds import (
    COUNTED,
    KEYS,
    ONE_OF_A_KIND,
    PASSED_ON,
    PROVENANCE,
    WAITS_FOR,
)
from creditdesk.services.trips.numbers import Numbers, Row
from creditdesk.services.trips.rows import Line, Lines, dictionary, table_of

VOID = frozenset({"voided_at", "voided_by", "voided_why"})


@dataclass(slots=True)
class Difference:
    """What became of a table's rows, in the numbers of away: `before` they left or were seen last, and `now`."""

    table: type[Base]
    before: Lines
    now: Lines
    added: Lines = field(default_factory=dict)
    changed: Lines = field(default_factory=dict)
    gone: Lines = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Of the table."""
        return str(self.table.__tablename__)


def difference(
    table: type[Base], before: Lines, now: Lines, numbers: Numbers
) -> Difference:
    """Tell new, changed and deleted rows; one that was deleted and entered again is a changed one."""
    found = Difference(table, before, now)
    for key, line in now.items():
        old = before.get(key)
        if old is None:
            found.added[key] = line
        elif old != line and _is_another(table, old, line):
            found.added[key], found.gone[key] = line, old
        elif old != line:
            found.changed[key] = line
    found.gone |= {key: line for key, line in before.items() if key not in now}
    if found.gone and table in ONE_OF_A_KIND and has_number(table):
        _pair(found, numbers)
    return found


def _pair(found: Difference, numbers: Numbers) -> None:
    gone = {_key_of(found.table, line): key for key, line in found.gone.items()}
    for key, line in list(found.added.items()):
        old = gone.get(_key_of(found.table, line))
        if old is None:
            continue
        numbers.give(found.name, number(key), numbers.of(found.name, number(old)))
        found.changed[key] = found.added.pop(key)
        found.before[key] = found.gone.pop(old)


def _is_another(table: type[Base], old: Line, new: Line) -> bool:
    """Whether a number was given again: another fact of another import."""
    was, now = dictionary(table, old), dictionary(table, new)
    if "batch_id" not in was or table not in KEYS:
        return False
    said = [name for name in KEYS[table] if name not in PASSED_ON]
    return was["batch_id"] != now["batch_id"] and any(
        was[name] != now[name] for name in said
    )


def _key_of(table: type[Base], line: Line) -> tuple[object, ...]:
    return key(table, dictionary(table, line))


def key(table: type[Base], row: Row) -> tuple[object, ...]:
    """What a row is about."""
    if table is Buyer:
        named = ("code", row["code"]) if row["code"] else ("name", row["name"])
        return (row["client_id"], *named)
    return tuple(row[name] for name in KEYS[table])


def differing(table: type[Base], row: Row, was: Row) -> set[str]:
    """The columns that changed, but for being voided and for what follows from other rows."""
    return {
        name
        for name in row
        if row[name] != was[name] and name not in _quiet(table) | VOID
    }


def facts(table: type[Base], one: Row, other: Row) -> set[str]:
    """The columns in which two rows say something else; the number of a claim is the desk's own."""
    quiet = (
        _quiet(table) | PROVENANCE | {"id"} | ({"number"} if table is Claim else set())
    )
    return {name for name in one if one[name] != other[name] and name not in quiet}


def said(table: type[Base], row: Row) -> tuple[object, ...]:
    """All that a row says."""
    quiet = _quiet(table) - PASSED_ON | PROVENANCE | {"id"}
    return tuple(value for name, value in row.items() if name not in quiet)


def owner(table: type[Base], row: Row) -> tuple[str, Line] | None:
    """The row whose fate this one shares."""
    column = WAITS_FOR.get(table)
    return (column.removesuffix("_id"), (row[column],)) if column else None


def number(key: Line) -> int:
    """The number of a row that has one."""
    (found,) = key
    assert isinstance(found, int)  # noqa: S101 - asked of tables with numbers alone
    return found


def has_number(table: type[Base]) -> bool:
    """Whether its rows are numbered."""
    return "id" in table_of(table).columns


def standing(rows: Mapping[Line, Row]) -> list[Line]:
    """Those that aren't voided."""
    return [key for key, row in rows.items() if not row.get("voided_at")]


def _quiet(table: type[Base]) -> frozenset[str]:
    return COUNTED.get(table, frozenset()) | PASSED_ON
