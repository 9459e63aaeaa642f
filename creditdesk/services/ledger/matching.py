"""Which buyer a row means: by code, then by name (domain.md 11.6, 12.14)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from creditdesk.db import search
from creditdesk.db.database import Database
from creditdesk.domain.ledger import BuyerRef
from creditdesk.domain.ledger_rows import DocumentRow, PaymentRow
from creditdesk.models import Buyer, BuyerAlias, ImportChange


@dataclass(slots=True)
class NewBuyer:
    """A buyer the desk does not know yet; `id` is a negative stand-in until it is written."""

    id: int
    ref: BuyerRef


@dataclass(slots=True)
class Matched:
    """The buyer of every reference, with what has to be written for it."""

    ids: dict[tuple[str, str], int] = field(default_factory=dict)
    new: list[NewBuyer] = field(default_factory=list)
    aliases: set[tuple[int, str]] = field(default_factory=set)
    coded: dict[int, str] = field(default_factory=dict)

    def of(self, ref: BuyerRef) -> int:
        """The buyer's number; negative for one that is not written yet."""
        return self.ids[ref.code, ref.name]

    def of_each(self, rows: Iterable[DocumentRow | PaymentRow]) -> Iterator[int]:
        """The buyer's number of each row. Rows of one file share their buyers: each is looked up once."""
        known: dict[int, int] = {}
        for row in rows:
            ref = row.buyer
            number = known.get(id(ref))
            if number is None:
                number = known[id(ref)] = self.of(ref)
            yield number


def match(session: Session, client_id: int, refs: Iterable[BuyerRef]) -> Matched:
    """Find each buyer by its code, else by its name or an alias, else plan a new one.

    A name met for the first time under a known code becomes an alias. A row with a
    name alone never joins two codes that share the name: it takes the first of them.
    """
    known = _Known(session, client_id)
    matched = Matched()
    # Rows of one file share their buyers.
    for ref in {id(each): each for each in refs}.values():
        key = (ref.code, ref.name)
        if key in matched.ids:
            continue
        found = known.find(ref)
        if found is None:
            found = -1 - len(matched.new)
            matched.new.append(NewBuyer(found, ref))
            known.add(found, ref)
        elif ref.code and not known.codes_of.get(found):
            matched.coded[found] = ref.code
            known.add(found, ref)
        if ref.name and known.is_new_name(found, ref.name):
            matched.aliases.add((found, ref.name))
            known.add(found, ref)
        matched.ids[key] = found
    return matched


class _Known:
    def __init__(self, session: Session, client_id: int) -> None:
        self.by_code: dict[str, int] = {}
        self.by_name: dict[str, int] = {}
        self.codes_of: dict[int, str] = {}
        self._names: dict[int, set[str]] = {}
        buyers = select(Buyer.id, Buyer.code, Buyer.name).where(
            Buyer.client_id == client_id
        )
        for number, code, name in session.execute(buyers.order_by(Buyer.id)):
            self.add(number, BuyerRef(code=code, name=name))
        aliases = (
            select(BuyerAlias.buyer_id, BuyerAlias.name)
            .join(Buyer)
            .where(Buyer.client_id == client_id)
        )
        for number, name in session.execute(aliases.order_by(BuyerAlias.id)):
            self.add(number, BuyerRef(code=self.codes_of.get(number, ""), name=name))

    def find(self, ref: BuyerRef) -> int | None:
        if not ref.code:
            return self.by_name.get(ref.name)
        if ref.code in self.by_code:
            return self.by_code[ref.code]
        named = self.by_name.get(ref.name)
        # Another buyer with a code of its own may carry the same name.
        return named if named is not None and not self.codes_of.get(named) else None

    def add(self, number: int, ref: BuyerRef) -> None:
        if ref.code:
            self.by_code.setdefault(ref.code, number)
            self.codes_of[number] = ref.code
        if ref.name:
            self.by_name.setdefault(ref.name, number)
            self._names.setdefault(number, set()).add(ref.name)

    def is_new_name(self, number: int, name: str) -> bool:
        return name not in self._names.get(number, set())


def write(
    session: Session, client_id: int, matched: Matched, batch_id: int
) -> dict[int, int]:
    """Write the new buyers and aliases; the answer gives every stand-in its real number."""
    real = _add_buyers(session, client_id, matched.new, batch_id)
    _adopt_codes(session, matched.coded, batch_id)
    aliases = [
        {"buyer_id": real.get(number, number), "name": name, "batch_id": batch_id}
        for number, name in sorted(matched.aliases)
    ]
    if aliases:
        session.execute(insert(BuyerAlias), aliases)
    named = {number for number, _ in matched.aliases} | matched.coded.keys()
    make_findable(
        session,
        client_id,
        {*real.values(), *(real.get(number, number) for number in named)},
    )
    return real


def _adopt_codes(session: Session, coded: dict[int, str], batch_id: int) -> None:
    for number, code in coded.items():
        session.get_one(Buyer, number).code = code
        session.add(
            ImportChange(
                batch_id=batch_id,
                kind=Buyer.__tablename__,
                record_id=number,
                before={"code": ""},
            )
        )


def _add_buyers(
    session: Session, client_id: int, new: list[NewBuyer], batch_id: int
) -> dict[int, int]:
    if not new:
        return {}
    database: Database = session.info["database"]
    rows = [
        {
            "client_id": client_id,
            "code": buyer.ref.code,
            "name": buyer.ref.name or buyer.ref.code,
            "uscc": buyer.ref.uscc,
            "country": buyer.ref.country or "",
            "address": "",
            "contact": "",
            "note": "",
            "batch_id": batch_id,
            "created_at": database.now(),
        }
        for buyer in new
    ]
    ids = session.scalars(
        insert(Buyer).returning(Buyer.id, sort_by_parameter_order=True), rows
    )
    return {buyer.id: number for buyer, number in zip(new, ids, strict=True)}


def make_findable(session: Session, client_id: int, numbers: set[int]) -> None:
    """Let the search know the buyers' names and codes as they are now."""
    if not numbers:
        return
    names: dict[int, list[str]] = {}
    aliases = (
        select(BuyerAlias.buyer_id, BuyerAlias.name)
        .join(Buyer)
        .where(Buyer.client_id == client_id)
    )
    for number, name in session.execute(aliases):
        names.setdefault(number, []).append(name)
    buyers = select(Buyer.id, Buyer.name, Buyer.code, Buyer.uscc).where(
        Buyer.client_id == client_id
    )
    search.index(
        session,
        (
            search.Entry(
                "buyer",
                row.id,
                client_id,
                (row.name, row.code, row.uscc, *names.get(row.id, ())),
            )
            for row in session.execute(buyers).all()
            if row.id in numbers
        ),
    )
