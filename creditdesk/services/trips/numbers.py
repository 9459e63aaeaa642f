"""What a row that was away says, in the numbers of the desk at home."""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from creditdesk.catalog.policies import duty_rules
from creditdesk.domain.duties.duties import Finder
from creditdesk.models import (
    Base,
    BuyersApart,
    ChecklistAddition,
    ClaimItem,
    ClaimQuestion,
    Duty,
    ImportChange,
    Notice,
    Payment,
    Task,
)
from creditdesk.services.trips.kinds import parents
from creditdesk.services.trips.rows import Line, Value, dictionary, table_of

_CODES: Mapping[type[Base], str] = {
    ClaimItem: "code",
    ClaimQuestion: "item",
    Task: "source",
}
"""Columns with the code of an item of a checklist; one of the firm's own holds its number."""
_OWN_ITEM = re.compile(r"A(\d+)")
_BILL = "bill:"
_ABOUT = re.compile(r"(?P<what>event|claim|question|step) (?P<number>\d+)")
_ROWS = {
    "event": "buyer_event",
    "claim": "claim",
    "question": "claim_question",
    "step": "claim_step",
}
"""What the subject of a duty names, see `services/watch`; it begins with the buyer's number where it is about one."""
Row = dict[str, Value]


class Waits(Exception):
    """A row names one that is still a question."""


class Numbers:
    """The numbers at home of rows that were away, table by table."""

    def __init__(self, known: Mapping[str, Mapping[int, int]]) -> None:
        self._home = {name: dict(numbers) for name, numbers in known.items()}
        self._buyers: dict[int, int] = {}
        self._waiting: set[tuple[str, Value]] = set()

    @property
    def known(self) -> dict[str, dict[int, int]]:
        """Those that differ."""
        return {name: numbers for name, numbers in self._home.items() if numbers}

    def merged(self, buyers: Mapping[int, int]) -> None:
        """Buyers at home that turned out to be another one."""
        self._buyers = dict(buyers)

    def give(self, name: str, away: int, home: int) -> None:
        """A row away is this one at home."""
        if away != home or away in self._home.get(name, {}):
            self._home.setdefault(name, {})[away] = home

    def wait(self, name: str, away: Value) -> None:
        """A row isn't at home yet."""
        self._waiting.add((name, away))

    def waits(self, name: str, away: Value) -> bool:
        """Whether it isn't."""
        return (name, away) in self._waiting

    def of(self, name: str, away: int) -> int:
        """The number at home of a row that is there."""
        return self._home.get(name, {}).get(away, away)

    def row(self, table: type[Base], line: Line, *, strict: bool = True) -> Row:
        """The row with the numbers of home. Raises `Waits`, unless it isn't `strict`."""
        row = dictionary(table, line)
        core = table_of(table)
        if isinstance(row.get("id"), int):
            row["id"] = self.of(core.name, int(str(row["id"])))
        for column, parent in parents(core).items():
            value = row[column]
            if value is None or not isinstance(value, int):
                continue
            if strict and self.waits(parent.name, value):
                raise Waits
            row[column] = self.of(parent.name, value)
            if parent.name == "buyer" and column != "merged_into":
                row[column] = self._standing(self.of(parent.name, value))
        self._name_others(table, row)
        return row

    def moved(self, told: Mapping[str, Any]) -> str:
        """What a merge of two buyers moved, in the numbers of home; duties are found again by themselves."""
        records = {
            name: [self.of(name, each) for each in numbers]
            for name, numbers in told["records"].items()
        }
        aliases = {
            name: [self.of("buyer_alias", each) for each in told[name]]
            for name in ("buyer_alias", "added_alias")
        }
        said = {**told, "records": records, "duty": [], "superseded": [], **aliases}
        return json.dumps(said, ensure_ascii=False)

    def _standing(self, buyer: int) -> int:
        seen = set()
        while buyer in self._buyers and buyer not in seen:
            seen.add(buyer)
            buyer = self._buyers[buyer]
        return buyer

    def _name_others(self, table: type[Base], row: Row) -> None:
        """Numbers that stand in texts."""
        if table is ImportChange:
            row["record_id"] = self.of(str(row["kind"]), int(row["record_id"] or 0))
        elif table is Payment and str(row["key"]).startswith(_BILL):
            bill = str(row["key"]).removeprefix(_BILL)
            if bill.isdigit():
                row["key"] = f"{_BILL}{self.of('bill_end', int(bill))}"
        elif table is BuyersApart and int(row["one_id"] or 0) > int(
            row["other_id"] or 0
        ):
            row["one_id"], row["other_id"] = row["other_id"], row["one_id"]
        elif table is Notice:
            row["content"] = self._content(str(row["content"]))
        elif table is Duty:
            row["subject"] = self._subject(str(row["code"]), str(row["subject"]))
        elif table in _CODES and (own := _OWN_ITEM.fullmatch(str(row[_CODES[table]]))):
            item = self.of(ChecklistAddition.__tablename__, int(own[1]))
            row[_CODES[table]] = f"A{item}"

    def _content(self, content: str) -> str:
        """What a notice said, with the events it told of."""
        told = json.loads(content)
        if not told.get("events"):
            return content
        events = [self.of("buyer_event", each) for each in told["events"]]
        return json.dumps({**told, "events": events})

    def _subject(self, code: str, subject: str) -> str:
        head, slash, rest = subject.partition("/")
        if head.isdigit():
            rest = self._request(rest) if code in _waiting() else rest
            head = str(self._standing(self.of("buyer", int(head))))

        def named(found: re.Match[str]) -> str:
            return (
                f"{found['what']} {self.of(_ROWS[found['what']], int(found['number']))}"
            )

        return _ABOUT.sub(named, f"{head}{slash}{rest}")

    def _request(self, rest: str) -> str:
        return str(self.of("limit_request", int(rest))) if rest.isdigit() else rest


@cache
def _waiting() -> frozenset[str]:
    """Duties about a request to the insurer, by its number."""
    return frozenset(
        each.code for each in duty_rules("") if each.finder is Finder.LIMIT_WAITING
    )
