"""Which buyer a row means: by code, by tax id, then by name (rules.md 11.6, 12.14)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from creditdesk.db import search
from creditdesk.db.database import Database
from creditdesk.domain.base.identity import normalized
from creditdesk.domain.ledger.documents import BuyerRef
from creditdesk.domain.ledger.rows import DocumentRow, PaymentRow
from creditdesk.models import Buyer, BuyerAlias, ImportChange
from creditdesk.readings.merged import standing
from creditdesk.services.ledger.identity import Joined, Known, Means, Question

_PLAIN = {Means.CODE, Means.NAME}


@dataclass(slots=True)
class NewBuyer:
    """A buyer the desk does not know yet; `id` is a negative stand-in until it is written."""

    id: int
    ref: BuyerRef


@dataclass(slots=True)
class Matched:
    """The buyer of every reference, with what has to be written for it and what a person should look at."""

    ids: dict[tuple[str, str, str], int] = field(default_factory=dict)
    new: list[NewBuyer] = field(default_factory=list)
    aliases: set[tuple[int, str]] = field(default_factory=set)
    coded: dict[int, str] = field(default_factory=dict)
    taxed: dict[int, str] = field(default_factory=dict)
    termed: dict[int, str] = field(default_factory=dict)
    joined: list[Joined] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)

    @property
    def writes(self) -> bool:
        """Whether there is anything to write about the buyers."""
        return any((self.new, self.aliases, self.coded, self.taxed, self.termed))

    def of(self, ref: BuyerRef) -> int:
        """The buyer's number; negative for one that is not written yet."""
        return self.ids[ref.code, ref.name, ref.uscc]

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
    """Find each buyer by its code, else by its tax id, else by its name or an alias, else plan a new one.

    A name met for the first time under a known code becomes an alias, a tax id is kept where the card has none. A row
    with a name alone never joins two codes that share the name: it takes the first of them. Codes that differ by
    leading zeros stay two buyers, and are asked about. The payment term agreed is kept where the card has none.
    """
    known = Known(session, client_id)
    agreed = set(
        session.scalars(
            select(Buyer.id).where(Buyer.client_id == client_id, Buyer.term != "")
        )
    )
    matched = Matched()
    # Rows of one file share their buyers.
    for ref in {id(each): each for each in refs}.values():
        key = (ref.code, ref.name, ref.uscc)
        if key not in matched.ids:
            matched.ids[key] = _matched(known, matched, ref)
            if ref.term and matched.ids[key] not in agreed:
                matched.termed.setdefault(matched.ids[key], ref.term)
    return matched


def _matched(known: Known, matched: Matched, ref: BuyerRef) -> int:
    answer = known.find(ref)
    if answer is None:
        return _planned(known, matched, ref)
    found, means = answer
    if means not in _PLAIN:
        matched.joined.append(Joined(ref, known.name_of(found), means))
    if ref.code and not known.codes_of.get(found):
        matched.coded[found] = ref.code
        known.add(found, ref)
    if known.is_new_tax_id(found, ref):
        matched.taxed[found] = normalized(ref.uscc)
        known.add(found, ref)
    if ref.name and known.is_new_name(found, ref.name):
        matched.aliases.add((found, ref.name))
        known.add(found, BuyerRef(name=ref.name))
    return found


def _planned(known: Known, matched: Matched, ref: BuyerRef) -> int:
    number = -1 - len(matched.new)
    if ref.code and (question := known.question(ref.code)):
        matched.asked.append(question)
    matched.new.append(NewBuyer(number, ref))
    known.add(number, ref)
    return number


def write(
    session: Session, client_id: int, matched: Matched, batch_id: int
) -> dict[int, int]:
    """Write the new buyers and aliases; the answer gives every stand-in its real number."""
    real = _add_buyers(session, client_id, matched.new, batch_id)
    _adopt(session, "code", matched.coded, real, batch_id)
    _adopt(session, "uscc", matched.taxed, real, batch_id)
    _adopt(session, "term", matched.termed, real, batch_id)
    aliases = [
        {"buyer_id": real.get(number, number), "name": name, "batch_id": batch_id}
        for number, name in sorted(matched.aliases)
    ]
    if aliases:
        session.execute(insert(BuyerAlias), aliases)
    named = {number for number, _ in matched.aliases}
    named |= matched.coded.keys() | matched.taxed.keys()
    make_findable(
        session,
        client_id,
        {*real.values(), *(real.get(number, number) for number in named)},
    )
    return real


def _adopt(
    session: Session,
    field_name: str,
    told: dict[int, str],
    real: dict[int, int],
    batch_id: int,
) -> None:
    """Keep what the file tells of buyers whose cards had nothing there."""
    for number, value in told.items():
        setattr(session.get_one(Buyer, real.get(number, number)), field_name, value)
        if number in real:
            continue  # the batch brought the buyer itself
        session.add(
            ImportChange(
                batch_id=batch_id,
                kind=Buyer.__tablename__,
                record_id=number,
                before={field_name: ""},
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
    merged = standing(session, client_id)
    buyers = select(Buyer.id, Buyer.name, Buyer.code, Buyer.uscc).where(
        Buyer.client_id == client_id, Buyer.merged_into.is_(None)
    )
    search.index(
        session,
        (
            search.Entry(
                "buyer",
                row.id,
                client_id,
                (
                    row.name,
                    row.code,
                    row.uscc,
                    *names.get(row.id, ()),
                    *merged.codes_of(row.id),
                ),
            )
            for row in session.execute(buyers).all()
            if row.id in numbers
        ),
    )
