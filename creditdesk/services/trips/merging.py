"""Merges what was done away into the desk at home, fact by fact.

Three states are held against one another: the rows as they were seen last, as they are away, and as they are at home.
What one side added stays; what one side changed is taken; what both changed, each in its own way, becomes a question,
and until somebody answers it nothing of that fact changes. A voided entry stays voided.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from creditdesk.models import (
    Base,
    Buyer,
    Claim,
    Client,
    Declaration,
    Document,
    Duty,
    FileContent,
    ImportBatch,
    Voidable,
)
from creditdesk.services.trips.kinds import (
    COUNTED,
    KEYS,
    ONE_OF_A_KIND,
    PASSED_ON,
    PROVENANCE,
    WAITS_FOR,
    Way,
    tables,
    way,
)
from creditdesk.services.trips.numbers import Numbers, Row, Waits
from creditdesk.services.trips.rows import (
    Line,
    Lines,
    Seen,
    dictionary,
    read,
    read_ids,
    rows_of,
    table_of,
)
from creditdesk.services.trips.values import Conflict, Side
from creditdesk.services.trips.wording import Teller

_VOID = frozenset({"voided_at", "voided_by", "voided_why"})
_BY_KEY_ALONE = frozenset({ImportBatch, Document})
"""The same file is the same file, whatever each desk made of it."""


@dataclass(slots=True)
class Difference:
    """What became of a table's rows while they were away, in the numbers of away."""

    table: type[Base]
    before: Lines
    now: Lines
    added: dict[Line, Line] = field(default_factory=dict)
    changed: dict[Line, Line] = field(default_factory=dict)
    gone: dict[Line, Line] = field(default_factory=dict)


class Merge:
    """One bringing back. `keep`: answers to questions, by their id."""

    def __init__(  # noqa: PLR0913 - two desks, what was seen of them, and the answers
        self,
        home: Session,
        away: Session,
        clients: list[int],
        seen: Seen,
        keep: Mapping[str, Side],
        why: str,
    ) -> None:
        self.home, self.away = home, away
        self.numbers = Numbers(seen.home)
        self.taken: Counter[str] = Counter()
        self.conflicts: list[Conflict] = []
        self.renumbered: list[tuple[str, str]] = []
        self.buyers: set[int] = set()
        self.answered: set[str] = set()
        self._open: set[tuple[str, Line]] = set()
        self._kept_here: set[tuple[str, Line]] = set()
        self._clients, self._seen, self._keep, self._why = clients, seen, keep, why
        self._teller = Teller(home, away)
        self.found = {each: self._difference(each) for each in _by_rows()}

    def run(self) -> None:
        """Take over what can be taken."""
        self.home.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        self.know_merges()
        for table in reversed(_by_rows()):
            self._delete(self.found[table])
        for table in _by_rows():
            self._change(self.found[table])
            self._add(self.found[table])

    def know_merges(self) -> None:
        """Which buyers at home turned out to be others."""
        rows = self.home.connection().exec_driver_sql(
            "SELECT id, merged_into FROM buyer WHERE merged_into IS NOT NULL"
        )
        self.numbers.merged({gone: keep for gone, keep in rows})  # noqa: C416 - a result is no list of pairs

    def moved_to(self, name: str) -> list[tuple[int, int]]:
        """New and changed rows of a table: their numbers away and at home."""
        found = next(
            each for each in self.found.values() if each.table.__tablename__ == name
        )
        keys = [
            key
            for key in (*found.added, *found.changed)
            if not self.numbers.waits(name, _name(key))
        ]
        return [
            (int(key[0] or 0), self.numbers.of(name, int(key[0] or 0))) for key in keys
        ]

    def as_seen(self) -> dict[str, Lines]:
        """The away rows that are settled; the others as they were seen before."""
        return {
            each.table.__tablename__: self._settled(each)
            for each in self.found.values()
        }

    def asked(self, id_: str, what: Any) -> Side | None:  # noqa: ANN401 - see `Teller`
        """The answer to a question; without one it is asked."""
        if id_ in self._keep:
            self.answered.add(id_)
            return self._keep[id_]
        self.conflicts.append(self._teller.conflict(id_, what))
        return None

    def set_row(
        self, table: type[Base], number: int, values: Mapping[str, Any]
    ) -> None:
        """Write some columns of a row at home."""
        lines = rows_of(self.home, table, [(number,)])
        self._update(table, dictionary(table, lines[(number,)]), values)

    def keep_duty(self, there: Row) -> None:
        """One that was closed away and never stood open here: when it was done is known all the same."""
        away, there["id"] = int(there["id"] or 0), self._next(Duty)
        there["superseded_by"] = None
        self.numbers.give("duty", away, int(there["id"] or 0))
        self._insert(Duty, there)

    def _difference(self, table: type[Base]) -> Difference:
        before = self._seen.rows.get(table.__tablename__, {})
        found = Difference(table, before, read(self.away, table, self._clients))
        for key, line in found.now.items():
            old = before.get(key)
            if old is None:
                found.added[key] = line
            elif old == line:
                continue
            elif _is_another(table, old, line):
                found.added[key], found.gone[key] = line, old
            else:
                found.changed[key] = line
        found.gone |= {
            key: line for key, line in before.items() if key not in found.now
        }
        self._pair(found)
        return found

    def _pair(self, found: Difference) -> None:
        """A row that was taken back and entered again is the row it was."""
        if (
            not found.gone
            or found.table not in ONE_OF_A_KIND
            or "id" not in _columns(found.table)
        ):
            return
        by_key = {
            _key(found.table, dictionary(found.table, line)): key
            for key, line in found.gone.items()
        }
        for key, line in list(found.added.items()):
            old = by_key.get(_key(found.table, dictionary(found.table, line)))
            if old is None:
                continue
            home = self.numbers.of(found.table.__tablename__, int(old[0] or 0))
            self.numbers.give(found.table.__tablename__, int(key[0] or 0), home)
            found.changed[key] = found.added.pop(key)
            found.before[key] = found.gone.pop(old)

    def _delete(self, found: Difference) -> None:
        for key, line in found.gone.items():
            was = self.numbers.row(found.table, line, strict=False)
            here = self._here(found.table, was)
            if here is None:
                continue
            id_ = _id(found.table, was)
            if self._facts(found.table, here, was):
                side = self.asked(id_, (found.table, here, None, was))
                if side is None:
                    self._open.add((found.table.__tablename__, key))
                if side is not Side.THERE:
                    continue
            if not self._remove(found.table, here):
                if self.asked(f"{id_}-used", (found.table, here, None, was)) is None:
                    self._open.add((found.table.__tablename__, key))
                continue
            self.taken[found.table.__tablename__] += 1

    def _remove(self, table: type[Base], here: Row) -> bool:
        """Whether the row could go: what the other side added to it keeps it."""
        condition, values = _where(table, here)
        self._touch(here)
        try:
            with self.home.begin_nested():
                connection = self.home.connection()
                connection.exec_driver_sql("PRAGMA defer_foreign_keys = OFF")
                connection.exec_driver_sql(
                    f"DELETE FROM {table.__tablename__} WHERE {condition}",
                    values,  # noqa: S608 - our own names
                )
        except IntegrityError:
            return False
        finally:
            self.home.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        return True

    def _change(self, found: Difference) -> None:
        for key, line in found.changed.items():
            try:
                there = self.numbers.row(found.table, line)
            except Waits:
                self._wait(found, key)
                continue
            was = self.numbers.row(found.table, found.before[key], strict=False)
            here = self._here(found.table, was)
            if here is None:
                self._changed_and_gone(found, key, there, was)
            elif not self._settle(found.table, here, there, was):
                self._wait(found, key)

    def _changed_and_gone(
        self, found: Difference, key: Line, there: Row, was: Row
    ) -> None:
        if not self._differs(found.table, there, was):
            return
        side = self.asked(_id(found.table, was), (found.table, None, there, was))
        if side is None:
            self._wait(found, key)
        elif side is Side.THERE:
            self._insert(found.table, there)

    def _settle(self, table: type[Base], here: Row, there: Row, was: Row) -> bool:
        """Bring one row up to what was done away; False: it is a question."""
        if there.get("voided_at") and not here.get("voided_at"):
            self._update(table, here, {name: there[name] for name in _VOID})
        mine = self._differing(table, here, was)
        theirs = self._differing(table, there, was)
        wanted = {name: there[name] for name in theirs if there[name] != here[name]}
        facts = set(wanted) - PROVENANCE
        if not facts:
            return True
        both = (
            facts & mine
            if way(table) is Way.CARD
            else (facts if mine - PROVENANCE else set())
        )
        if both:
            side = self.asked(_id(table, was), (table, here, there, was))
            if side is not Side.THERE:
                held = self._open if side is None else self._kept_here
                held.add((table.__tablename__, _primary(table, here)))
                return side is Side.HERE
            wanted = {
                name: there[name] for name in mine | theirs if there[name] != here[name]
            }
        elif way(table) is not Way.CARD and mine:
            wanted = {name: wanted[name] for name in wanted if name not in mine}
        self._update(table, here, wanted)
        return True

    def _add(self, found: Difference) -> None:
        if not found.added:
            return
        table = found.table
        rows: dict[Line, Row] = {}
        for key, line in found.added.items():
            try:
                rows[key] = self.numbers.row(table, line)
            except Waits:
                self._wait(found, key)
        for key, row in list(rows.items()):
            owner = _owner(table, row)
            if owner in self._open:
                self._wait(found, key)
            if owner in self._open | self._kept_here:
                del rows[key]
        if rows:
            self._place(found, rows)

    def _place(self, found: Difference, rows: dict[Line, Row]) -> None:
        table = found.table
        new_here = self._new_here(found)
        if table in ONE_OF_A_KIND:
            self._place_by_key(found, rows, new_here)
        elif table in KEYS:
            self._place_by_last(found, rows, new_here)
        else:
            self._place_by_words(found, rows, new_here)

    def _place_by_key(
        self, found: Difference, rows: dict[Line, Row], new_here: Iterable[Row]
    ) -> None:
        table = found.table
        there_by_key = {_key(table, row): row for row in new_here}
        adding: dict[Line, Row] = {}
        for key, row in rows.items():
            here = there_by_key.get(_key(table, row))
            if here is None:
                adding[key] = row
                continue
            if table not in _BY_KEY_ALONE and self._facts(table, row, here):
                side = self.asked(_id(table, row, away=True), (table, here, row, None))
                if side is None:
                    self._wait(found, key)
                    continue
                if side is Side.THERE:
                    names = self._facts(table, row, here)
                    self._update(table, here, {name: row[name] for name in names})
            self._give(table, key, here)
        self._insert_all(table, adding)

    def _place_by_last(
        self, found: Difference, rows: dict[Line, Row], new_here: Iterable[Row]
    ) -> None:
        """Of these the last one of a key stands: where both desks have one, they are one, or a question."""
        table = found.table
        mine, theirs = defaultdict(list), defaultdict(list)
        for row in new_here:
            if not row.get("voided_at"):
                mine[_key(table, row)].append(row)
        for key, row in rows.items():
            theirs[_key(table, row)].append(key)
        adding: dict[Line, Row] = {}
        for said, keys in theirs.items():
            standing = [key for key in keys if not rows[key].get("voided_at")]
            if said not in mine or not standing:
                adding |= {key: rows[key] for key in keys}
                continue
            here, last = mine[said][-1], rows[standing[-1]]
            if self._facts(table, last, here):
                side = self.asked(
                    _id(table, last, away=True), (table, here, last, None)
                )
                if side is None:
                    for key in keys:
                        self._wait(found, key)
                    continue
                if side is Side.THERE:
                    self._give_way(table, mine[said], last)
                    adding |= {key: rows[key] for key in keys}
                    continue
                self._kept_here.add((table.__tablename__, _primary(table, here)))
            for key in keys:
                self._give(table, key, here)
        self._insert_all(table, adding)

    def _give_way(self, table: type[Base], here: list[Row], there: Row) -> None:
        """What is entered here gives way to what came back, as any entry that was a mistake does."""
        if table is Declaration:
            there["corrects"] = here[-1]["id"]
        if not issubclass(table, Voidable):
            return
        database = self.home.info["database"]
        for row in here:
            said = {
                "voided_at": str(database.now()),
                "voided_by": database.who,
                "voided_why": self._why,
            }
            self._update(table, row, said)

    def _place_by_words(
        self, found: Difference, rows: dict[Line, Row], new_here: Iterable[Row]
    ) -> None:
        table = found.table
        same: dict[Any, list[Row]] = defaultdict(list)
        for row in new_here:
            same[self._said(table, row)].append(row)
        adding: dict[Line, Row] = {}
        for key, row in rows.items():
            alike = same.get(self._said(table, row))
            if alike:
                self._give(table, key, alike.pop(0))
            else:
                adding[key] = row
        self._insert_all(table, adding)

    def _insert_all(self, table: type[Base], rows: Mapping[Line, Row]) -> None:
        """New rows with numbers of home, in the order they were entered away."""
        if not rows:
            return
        has_id = "id" in _columns(table)
        first = self._next(table) if has_id else 0
        ordered = sorted(rows, key=str) if not has_id else sorted(rows)
        for number, key in enumerate(ordered, first):
            if has_id:
                self.numbers.give(table.__tablename__, int(key[0] or 0), number)
        for key in ordered:
            row = self.numbers.row(table, self.found[table].now[key])
            if table is Declaration:
                row["corrects"] = rows[key]["corrects"] or row["corrects"]
            self._insert(table, row)

    def _insert(self, table: type[Base], row: Row) -> None:
        if table is Claim:
            self._renumber(row)
        if table is Document:
            self._carry_bytes(str(row["digest"]))
        names = ", ".join(f'"{each}"' for each in row)
        places = ", ".join("?" for _ in row)
        self.home.connection().exec_driver_sql(
            f"INSERT INTO {table.__tablename__} ({names}) VALUES ({places})",
            tuple(row.values()),  # noqa: S608 - our own names
        )
        self._touch(row)
        self._written(table)

    def _renumber(self, row: Row) -> None:
        """A claim here may have got the same number meanwhile."""
        ask = self.home.connection().exec_driver_sql
        number, count = str(row["number"]), 1
        while ask("SELECT 1 FROM claim WHERE number = ?", (row["number"],)).first():
            count += 1
            row["number"] = f"{number}-{count}"
        if count > 1:
            self.renumbered.append((number, str(row["number"])))

    def _carry_bytes(self, digest: str) -> None:
        if self.home.get(FileContent, digest) is None:
            found = self.away.get_one(FileContent, digest)
            self.home.add(
                FileContent(digest=digest, size=found.size, content=found.content)
            )
            self.home.flush()

    def _update(self, table: type[Base], here: Row, values: Mapping[str, Any]) -> None:
        changed = {name: value for name, value in values.items() if here[name] != value}
        if not changed:
            return
        condition, key = _where(table, here)
        said = ", ".join(f'"{name}" = ?' for name in changed)
        self.home.connection().exec_driver_sql(
            f"UPDATE {table.__tablename__} SET {said} WHERE {condition}",  # noqa: S608 - our own names
            (*changed.values(), *key),
        )
        here.update(changed)
        self._touch(here)
        self._written(table)

    def _written(self, table: type[Base]) -> None:
        self.taken[table.__tablename__] += 1
        self.home.info["written"].add(table.__tablename__)

    def _touch(self, row: Row) -> None:
        if isinstance(row.get("buyer_id"), int):
            self.buyers.add(int(row["buyer_id"] or 0))

    def _next(self, table: type[Base]) -> int:
        found = self.home.connection().exec_driver_sql(
            f"SELECT coalesce(max(id), 0) + 1 FROM {table.__tablename__}"  # noqa: S608 - our own names
        )
        return int(found.scalar_one())

    def _new_here(self, found: Difference) -> list[Row]:
        """The rows at home that were not there when the trip was last seen."""
        rows = read(self.home, found.table, self._clients_here(found.table))
        known = {
            _primary(found.table, self.numbers.row(found.table, line, strict=False))
            for line in found.before.values()
        }
        return [
            dictionary(found.table, line)
            for key, line in rows.items()
            if key not in known
        ]

    def _clients_here(self, table: type[Base]) -> list[int]:
        if table is Client:  # a new one may be here under another number
            return [number for (number,) in read_ids(self.home, Client)]
        return [self.numbers.of("client", each) for each in self._clients]

    def _here(self, table: type[Base], row: Row) -> Row | None:
        key = _primary(table, row)
        lines = rows_of(self.home, table, [key])
        return dictionary(table, lines[key]) if key in lines else None

    def _differing(self, table: type[Base], row: Row, was: Row) -> set[str]:
        return {
            name
            for name in row
            if row[name] != was[name] and name not in _quiet(table) | _VOID
        }

    def _differs(self, table: type[Base], row: Row, was: Row) -> bool:
        return bool(self._differing(table, row, was) - PROVENANCE)

    def _facts(self, table: type[Base], one: Row, other: Row) -> set[str]:
        """The columns in which two rows say something else."""
        return {
            name
            for name in one
            if one[name] != other[name]
            and name not in _quiet(table) | PROVENANCE | {"id"}
            and (table is not Claim or name != "number")
        }

    def _said(self, table: type[Base], row: Row) -> tuple[object, ...]:
        quiet = _quiet(table) - PASSED_ON | PROVENANCE | {"id"}
        return tuple(value for name, value in row.items() if name not in quiet)

    def _wait(self, found: Difference, key: Line) -> None:
        self.numbers.wait(found.table.__tablename__, _name(key))

    def _settled(self, found: Difference) -> Lines:
        name = found.table.__tablename__
        lines: Lines = {}
        for key, line in found.now.items():
            if not self.numbers.waits(name, _name(key)):
                lines[key] = line
            elif key in found.before:
                lines[key] = found.before[key]
        return lines | {
            key: line for key, line in found.gone.items() if (name, key) in self._open
        }

    def _give(self, table: type[Base], key: Line, here: Row) -> None:
        if "id" in here:
            self.numbers.give(
                table.__tablename__, int(key[0] or 0), int(here["id"] or 0)
            )


def _by_rows() -> list[type[Base]]:
    return [each for each in tables() if way(each) in (Way.ROWS, Way.CARD)]


def _columns(table: type[Base]) -> Iterator[str]:
    return (column.name for column in table_of(table).columns)


def _primary(table: type[Base], row: Row) -> Line:
    return tuple(row[column.name] for column in table_of(table).primary_key.columns)


def _name(key: Line) -> Any:  # noqa: ANN401 - a number, or a text of several
    return key[0] if len(key) == 1 else str(key)


def _id(table: type[Base], row: Row, *, away: bool = False) -> str:
    """What a question is called: the same each time it is asked."""
    parts = "-".join(str(each) for each in _primary(table, row))
    return f"{table.__tablename__}-{'new-' if away else ''}{parts}"


def _key(table: type[Base], row: Row) -> tuple[object, ...]:
    if table is Buyer:
        named = ("code", row["code"]) if row["code"] else ("name", row["name"])
        return (row["client_id"], *named)
    return tuple(row[name] for name in KEYS[table])


def _quiet(table: type[Base]) -> frozenset[str]:
    return COUNTED.get(table, frozenset()) | PASSED_ON


def _owner(table: type[Base], row: Row) -> tuple[str, Line] | None:
    """The row whose fate this one shares."""
    column = WAITS_FOR.get(table)
    return (column.removesuffix("_id"), (row[column],)) if column else None


def _where(table: type[Base], row: Row) -> tuple[str, Line]:
    names = [column.name for column in table_of(table).primary_key.columns]
    return " AND ".join(f'"{name}" = ?' for name in names), _primary(table, row)


def _is_another(table: type[Base], old: Line, new: Line) -> bool:
    """Whether a number was given again: another fact of another import."""
    was, now = dictionary(table, old), dictionary(table, new)
    if "batch_id" not in was or table not in KEYS:
        return False
    said = [name for name in KEYS[table] if name not in PASSED_ON]
    return was["batch_id"] != now["batch_id"] and any(
        was[name] != now[name] for name in said
    )
