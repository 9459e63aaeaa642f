"""Merges what was done away into the desk at home, fact by fact.

Three states are held against one another: the rows as they were seen last, as they are away, and as they are at home.
What one side added stays; what one side changed is taken; what both changed, each in its own way, becomes a question,
and until somebody answers it nothing of that fact changes. A voided entry stays voided.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from creditdesk.models import (
    Base,
    Client,
    Declaration,
    Document,
    Duty,
    ImportBatch,
    Voidable,
)
from creditdesk.services.trips.comparing import (
    VOID,
    Difference,
    difference,
    differing,
    facts,
    has_number,
    key,
    number,
    owner,
    said,
    standing,
)
from creditdesk.services.trips.home import Home, primary
from creditdesk.services.trips.kinds import (
    KEYS,
    ONE_OF_A_KIND,
    PROVENANCE,
    Way,
    tables,
    way,
)
from creditdesk.services.trips.numbers import Numbers, Row, Waits
from creditdesk.services.trips.rows import (
    Line,
    Lines,
    Seen,
    Value,
    dictionary,
    numbers_of,
    read,
)
from creditdesk.services.trips.values import Conflict, Side
from creditdesk.services.trips.wording import Changed, Teller

_BY_KEY_ALONE = frozenset({ImportBatch, Document})
"""The same file is the same file, whatever each desk made of it."""


class Merge:
    """One bringing back of some clients. `keep`: answers to questions, by their id; `why`: of what gives way here."""

    def __init__(
        self,
        home: Session,
        away: Session,
        seen: Seen,
        *,
        keep: Mapping[str, Side],
        why: str,
    ) -> None:
        self.home, self.away = Home(home, away), away
        self.numbers = Numbers(seen.home)
        self.conflicts: list[Conflict] = []
        self.answered: set[str] = set()
        self.clients = numbers_of(away, Client)
        self._keep, self._why = keep, why
        self._teller = Teller(home, away)
        self._open: set[tuple[str, Line]] = set()
        self._kept_here: set[tuple[str, Line]] = set()
        self._corrects: dict[int, Value] = {}
        self.found = {each: self._difference(each, seen) for each in _by_rows()}

    def run(self) -> None:
        """Take over what can be taken."""
        self.know_merges()
        for table in reversed(_by_rows()):
            self._delete(self.found[table])
        for table in _by_rows():
            self._change(self.found[table])
            self._add(self.found[table])

    def know_merges(self) -> None:
        """Which buyers at home turned out to be others."""
        rows = self.home.session.connection().exec_driver_sql(
            "SELECT id, merged_into FROM buyer WHERE merged_into IS NOT NULL"
        )
        self.numbers.merged({gone: keep for gone, keep in rows})  # noqa: C416 - a result is no list of pairs

    def moved_to(self, name: str) -> list[tuple[int, int]]:
        """New and changed rows of a table: their numbers away and at home."""
        found = next(each for each in self.found.values() if each.name == name)
        keys = [
            each
            for each in (*found.added, *found.changed)
            if not self._waits(found, each)
        ]
        return [(number(each), self.numbers.of(name, number(each))) for each in keys]

    def as_seen(self) -> dict[str, Lines]:
        """The away rows that are settled; the others as they were seen before."""
        return {each.name: self._settled(each) for each in self.found.values()}

    def asked(self, id_: str, what: Changed) -> Side | None:
        """The answer to a question; without one it is asked."""
        return self.answer(self._teller.conflict(id_, what))

    def answer(self, asked: Conflict) -> Side | None:
        """The answer to a question that is put already."""
        if asked.id in self._keep:
            self.answered.add(asked.id)
            return self._keep[asked.id]
        self.conflicts.append(asked)
        return None

    def keep_duty(self, there: Row) -> None:
        """One that was closed away and never stood open here: when it was done is known all the same."""
        away = number((there["id"],))
        there |= {"id": self.home.next(Duty), "superseded_by": None}
        self.numbers.give(Duty.__tablename__, away, number((there["id"],)))
        self.home.insert(Duty, there)

    def _difference(self, table: type[Base], seen: Seen) -> Difference:
        return difference(
            table, seen.of(table), read(self.away, table, self.clients), self.numbers
        )

    def _delete(self, found: Difference) -> None:
        for away, line in found.gone.items():
            was = self.numbers.row(found.table, line, strict=False)
            here = self.home.row(found.table, primary(found.table, was))
            if here is None:
                continue
            told = Changed(found.table, here, None, was)
            id_ = _id(found.table, was)
            if facts(found.table, here, was) and self._unless_there(
                id_, told, found, away
            ):
                continue
            if not self.home.remove(found.table, here):
                self._unless_there(f"{id_}-used", told, found, away)

    def _unless_there(
        self, id_: str, told: Changed, found: Difference, away: Line
    ) -> bool:
        """Whether a row stays that is gone away, as long as or because a person says so."""
        side = self.asked(id_, told)
        if side is None:
            self._open.add((found.name, away))
        return side is not Side.THERE

    def _change(self, found: Difference) -> None:
        for away, line in found.changed.items():
            try:
                there = self.numbers.row(found.table, line)
            except Waits:
                self._wait(found, away)
                continue
            was = self.numbers.row(found.table, found.before[away], strict=False)
            here = self.home.row(found.table, primary(found.table, was))
            if here is not None:
                settled = self._settle(found.table, here, there, was)
            else:
                settled = self._changed_and_gone(found.table, there, was)
            if not settled:
                self._wait(found, away)

    def _changed_and_gone(self, table: type[Base], there: Row, was: Row) -> bool:
        """A row that is gone here; False: whether it comes back is a question."""
        if not differing(table, there, was) - PROVENANCE:
            return True
        side = self.asked(_id(table, was), Changed(table, None, there, was))
        if side is Side.THERE:
            self.home.insert(table, there)
        return side is not None

    def _settle(self, table: type[Base], here: Row, there: Row, was: Row) -> bool:
        """Bring one row up to what was done away; False: it is a question."""
        if there.get("voided_at") and not here.get("voided_at"):
            self.home.update(table, here, {name: there[name] for name in VOID})
        mine, theirs = differing(table, here, was), differing(table, there, was)
        wanted = {name: there[name] for name in theirs if there[name] != here[name]}
        news = set(wanted) - PROVENANCE
        if not news:
            return True
        touched_here = mine - PROVENANCE
        both = (
            news & touched_here
            if way(table) is Way.CARD
            else news
            if touched_here
            else set()
        )
        if both:
            side = self.asked(_id(table, was), Changed(table, here, there, was))
            if side is not Side.THERE:
                held = self._open if side is None else self._kept_here
                held.add((table.__tablename__, primary(table, here)))
                return side is Side.HERE
            wanted = {name: there[name] for name in mine | theirs}
        self.home.update(table, here, wanted)
        return True

    def _add(self, found: Difference) -> None:
        rows: dict[Line, Row] = {}
        for away, line in found.added.items():
            try:
                row = self.numbers.row(found.table, line)
            except Waits:
                self._wait(found, away)
                continue
            whose = owner(found.table, row)
            if whose in self._open:
                self._wait(found, away)
            elif whose not in self._kept_here:
                rows[away] = row
        if not rows:
            return
        if found.table in ONE_OF_A_KIND:
            self._place_by_key(found, rows)
        elif found.table in KEYS:
            self._place_by_last(found, rows)
        else:
            self._place_by_words(found, rows)

    def _place_by_key(self, found: Difference, rows: dict[Line, Row]) -> None:
        table = found.table
        by_key = {key(table, row): row for row in self._new_here(found)}
        adding: dict[Line, Row] = {}
        for away, row in rows.items():
            here = by_key.get(key(table, row))
            if here is None:
                adding[away] = row
                continue
            names = set() if table in _BY_KEY_ALONE else facts(table, row, here)
            if names:
                side = self.asked(
                    _id(table, row, new=True), Changed(table, here, row, None)
                )
                if side is None:
                    self._wait(found, away)
                    continue
                if side is Side.THERE:
                    self.home.update(table, here, {name: row[name] for name in names})
            self._give(table, away, here)
        self._insert_all(found, adding)

    def _place_by_last(self, found: Difference, rows: dict[Line, Row]) -> None:
        """Of these the last one of a key stands: where both desks have one, they are one, or a question."""
        table = found.table
        mine, theirs = defaultdict(list), defaultdict(list)
        for row in self._new_here(found):
            if not row.get("voided_at"):
                mine[key(table, row)].append(row)
        for away, row in rows.items():
            theirs[key(table, row)].append(away)
        adding: dict[Line, Row] = {}
        for about, aways in theirs.items():
            both = {away: rows[away] for away in aways}
            if about in mine and standing(both):
                adding |= self._of_both(found, mine[about], both)
            else:
                adding |= both
        self._insert_all(found, adding)

    def _of_both(
        self, found: Difference, mine: list[Row], theirs: dict[Line, Row]
    ) -> dict[Line, Row]:
        """Of a key that is new on both desks: the rows that come here."""
        table, here = found.table, mine[-1]
        last = theirs[standing(theirs)[-1]]
        if facts(table, last, here):
            side = self.asked(
                _id(table, last, new=True), Changed(table, here, last, None)
            )
            if side is None:
                for away in theirs:
                    self._wait(found, away)
                return {}
            if side is Side.THERE:
                self._give_way(table, mine, last)
                return theirs
            self._kept_here.add((table.__tablename__, primary(table, here)))
        for away in theirs:
            self._give(table, away, here)
        return {}

    def _give_way(self, table: type[Base], here: list[Row], there: Row) -> None:
        """What is entered here gives way to what came back, as any entry that was a mistake does."""
        if table is Declaration:
            self._corrects[number((there["id"],))] = here[-1]["id"]
        if not issubclass(table, Voidable):
            return
        database = self.home.session.info["database"]
        voided = {
            "voided_at": str(database.now()), "voided_by": database.who, "voided_why": self._why,
        }  # fmt: skip
        for row in here:
            self.home.update(table, row, voided)

    def _place_by_words(self, found: Difference, rows: dict[Line, Row]) -> None:
        alike: dict[Any, list[Row]] = defaultdict(list)
        for row in self._new_here(found):
            alike[said(found.table, row)].append(row)
        adding: dict[Line, Row] = {}
        for away, row in rows.items():
            same = alike.get(said(found.table, row))
            if same:
                self._give(found.table, away, same.pop(0))
            else:
                adding[away] = row
        self._insert_all(found, adding)

    def _insert_all(self, found: Difference, rows: Mapping[Line, Row]) -> None:
        """New rows with numbers of home, in the order they were entered away."""
        table = found.table
        if has_number(table):
            for home, away in enumerate(sorted(rows), self.home.next(table)):
                self.numbers.give(found.name, number(away), home)
        for away in sorted(rows, key=str) if not has_number(table) else sorted(rows):
            row = self.numbers.row(table, found.now[away])
            if table is Declaration:
                row["corrects"] = self._corrects.get(number(away), row["corrects"])
            self.home.insert(table, row)

    def _new_here(self, found: Difference) -> Iterable[Row]:
        """The rows at home that were not there when the trip was last seen."""
        session = self.home.session
        clients = [self.numbers.of(Client.__tablename__, each) for each in self.clients]
        if found.table is Client:  # a new one may be here under another number
            clients = numbers_of(session, Client)
        known = {
            primary(found.table, self.numbers.row(found.table, line, strict=False))
            for line in found.before.values()
        }
        rows = read(session, found.table, clients)
        return [
            dictionary(found.table, line)
            for here, line in rows.items()
            if here not in known
        ]

    def _wait(self, found: Difference, away: Line) -> None:
        self.numbers.wait(found.name, _name(away))

    def _waits(self, found: Difference, away: Line) -> bool:
        return self.numbers.waits(found.name, _name(away))

    def _give(self, table: type[Base], away: Line, here: Row) -> None:
        if has_number(table):
            self.numbers.give(table.__tablename__, number(away), number((here["id"],)))

    def _settled(self, found: Difference) -> Lines:
        lines = {
            away: line
            for away, line in found.now.items()
            if not self._waits(found, away)
        }
        waiting = {
            away: found.before[away]
            for away in found.now
            if self._waits(found, away) and away in found.before
        }
        asked = {
            away: line
            for away, line in found.gone.items()
            if (found.name, away) in self._open
        }
        return lines | waiting | asked


def _by_rows() -> list[type[Base]]:
    return [each for each in tables() if way(each) in {Way.ROWS, Way.CARD}]


def _name(away: Line) -> Any:  # noqa: ANN401 - a number, or a text of several
    return away[0] if len(away) == 1 else str(away)


def _id(table: type[Base], row: Row, *, new: bool = False) -> str:
    """What a question is called: the same each time it is asked."""
    parts = "-".join(str(each) for each in primary(table, row))
    return f"{table.__tablename__}-{'new-' if new else ''}{parts}"
