"""The clients' buyers: who they are, what they owe, what the insurer covers."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from creditdesk.catalog.term_questions import LEFT_OPEN, leads_to_days, settled
from creditdesk.catalog.terms import payment_term
from creditdesk.db import search
from creditdesk.db.database import Database
from creditdesk.db.errors import RecordMissing
from creditdesk.db.journal import note
from creditdesk.domain.base import identity
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.term_answers import readings
from creditdesk.domain.ledger.term_days import NO_CALENDAR
from creditdesk.i18n import N_, Message
from creditdesk.models import Buyer, BuyerAlias, Client, Invoice
from creditdesk.readings.answers import answers
from creditdesk.readings.merged import standing
from creditdesk.services.buyers import doubles, finding, merging, unmerging
from creditdesk.services.buyers.double_values import (
    Double,
    MergeId,
    MergeLine,
    MergePlan,
)
from creditdesk.services.buyers.findable import entry
from creditdesk.services.buyers.relatives import Relative, relatives
from creditdesk.services.buyers.values import (
    BuyerCard,
    BuyerCodeTaken,
    BuyerFile,
    BuyerId,
    BuyerLine,
    BuyerMerged,
    BuyerNameEmpty,
    BuyerTermUnclear,
    BuyerTermUnusable,
    BuyerUnknown,
    SearchHit,
)


class Buyers:
    """Credit files of the buyers."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self, client_id: int | None = None) -> tuple[BuyerLine, ...]:
        """The buyers of one client or of all, by client and name."""
        statement = select(
            Buyer.id,
            Buyer.client_id,
            Client.name,
            Buyer.code,
            Buyer.name,
            Buyer.uscc,
            Buyer.country,
        ).join(Client, Client.id == Buyer.client_id)
        statement = statement.where(Buyer.merged_into.is_(None))
        if client_id is not None:
            statement = statement.where(Buyer.client_id == client_id)
        with self._db.read() as session:
            open_, documents = _debts(session, client_id)
            found = session.execute(statement.order_by(Client.name, Buyer.name))
            return tuple(
                BuyerLine(
                    BuyerId(row[0]),
                    *row[1:],
                    open_.get(row[0], ()),
                    documents.get(row[0], 0),
                )
                for row in found
            )

    def file(self, buyer_id: BuyerId) -> BuyerFile:
        """One buyer's head data, or that of the buyer it turned out to be; raises `RecordMissing`."""
        with self._db.read() as session:
            buyer_id = BuyerId(standing(session).of(buyer_id))
            buyer = _the_buyer(session, buyer_id)
            client = session.scalars(
                select(Client.name).where(Client.id == buyer.client_id)
            ).one()
            aliases = session.scalars(
                select(BuyerAlias.name)
                .where(BuyerAlias.buyer_id == buyer_id, BuyerAlias.name != buyer.name)
                .order_by(BuyerAlias.name)
            )
            return BuyerFile(
                buyer_id,
                buyer.client_id,
                client,
                _card(buyer),
                tuple(aliases),
                identity.check_uscc(buyer.uscc)
                if buyer.uscc and buyer.country in ("", "CN")
                else None,
                standing(session, buyer.client_id).codes_of(buyer_id),
            )

    def add(self, client_id: int, card: BuyerCard) -> BuyerId:
        """A buyer the ledger does not know yet."""
        card = _checked(card)
        with self._db.write() as session:
            _refuse_taken(session, client_id, card.code, None)
            _refuse_unclear(session, client_id, card)
            buyer = Buyer(
                client_id=client_id,
                batch_id=None,
                created_at=self._db.now(),
                **_fields(card),
            )
            session.add(buyer)
            session.flush()  # the search entry and the journal need its number
            search.index(session, [entry(session, buyer)])
            note(
                session,
                "added",
                "buyer",
                buyer.id,
                client_id=client_id,
                after=_fields(card),
            )
            return BuyerId(buyer.id)

    def change(self, buyer_id: BuyerId, card: BuyerCard) -> None:
        """Correct what is known of a buyer."""
        card = _checked(card)
        with self._db.write() as session:
            buyer = _the_buyer(session, buyer_id)
            _refuse_taken(session, buyer.client_id, card.code, buyer_id)
            _refuse_unclear(session, buyer.client_id, card)
            before = _fields(_card(buyer))
            for key, value in _fields(card).items():
                setattr(buyer, key, value)
            search.index(session, [entry(session, buyer)])
            note(
                session, "changed", "buyer", buyer_id,
                client_id=buyer.client_id, before=before, after=_fields(card),
            )  # fmt: skip

    def named(self, client_id: int, name: str) -> BuyerId:
        """The buyer of this name, code or alias; raises `BuyerUnknown` with close ones."""
        asked = name.strip()
        with self._db.read() as session:
            mine = select(Buyer.id).where(Buyer.client_id == client_id)
            there = standing(session, client_id)
            # A buyer that was merged still leads to the other by its name and code.
            first = mine.order_by(Buyer.merged_into.is_not(None), Buyer.id).limit(1)
            for condition in (Buyer.name == asked, Buyer.code == asked):
                found = session.scalars(first.where(condition)).first()
                if found is not None:
                    return BuyerId(there.of(found))
            alias = select(BuyerAlias.buyer_id).join(Buyer)
            by_alias = session.scalars(
                alias.where(
                    Buyer.client_id == client_id, BuyerAlias.name == asked
                ).limit(1)
            ).first()
            if by_alias is not None:
                return BuyerId(there.of(by_alias))
            raise _unknown(session, client_id, asked)

    def doubles(self, client_id: int | None = None) -> tuple[Double, ...]:
        """Pairs of buyers that may be one, the surest first; pairs that somebody said are two stay out."""
        with self._db.read() as session:
            return doubles.found(session, client_id)

    def keep_apart(self, one: BuyerId, other: BuyerId) -> None:
        """Say that these two are two: they are not proposed again. Raises `BuyersTwo`."""
        with self._db.write() as session:
            doubles.keep_apart(session, one, other)

    def merge_plan(self, keep: BuyerId, gone: BuyerId) -> MergePlan:
        """What a merge would move, and what stands in its way; nothing is written. Raises `BuyersTwo`."""
        with self._db.read() as session:
            return merging.plan(session, keep, gone)

    def merge(self, keep: BuyerId, gone: BuyerId) -> MergeId:
        """Make two buyers one: all of `gone` belongs to `keep`. Raises `MergeRefused` with every reason."""
        with self._db.write() as session:
            return merging.merge(session, keep, gone)

    def unmerge(self, merge: MergeId) -> None:
        """Make them two again, as they were. Raises `UnmergeRefused` with what rests on the merge."""
        with self._db.write() as session:
            unmerging.unmerge(session, merge)

    def relatives(self, buyer_id: int) -> tuple[Relative, ...]:
        """The other buyers of the client that belong to it: one group, named as related, one legal representative."""
        with self._db.read() as session:
            return relatives(session, buyer_id)

    def merges(
        self, client_id: int | None = None, *, buyer_id: int | None = None
    ) -> tuple[MergeLine, ...]:
        """The merges made, newest first; with `buyer_id` those into one buyer."""
        with self._db.read() as session:
            return merging.lines(session, client_id, buyer_id)

    def search(self, asked: str, limit: int = 20) -> tuple[SearchHit, ...]:
        """Buyers, clients, policies, claims by any piece of a name; invoices by the start of their number."""
        with self._db.read() as session:
            return finding.find(session, asked, limit)


def _debts(
    session: Session, client_id: int | None
) -> tuple[Mapping[int, tuple[Money, ...]], Mapping[int, int]]:
    mine = [Invoice.kind != "credit_note"]
    if client_id is not None:
        buyers = select(Buyer.id).where(Buyer.client_id == client_id)
        mine.append(Invoice.buyer_id.in_(buyers))
    counts = session.execute(
        select(Invoice.buyer_id, func.count()).where(*mine).group_by(Invoice.buyer_id)
    )
    documents = {buyer: count for buyer, count in counts}  # noqa: C416 - a result is no list of pairs
    left = session.execute(
        select(Invoice.buyer_id, Invoice.currency, func.sum(Invoice.open_fine))
        .where(*mine, Invoice.open_fine > 0)
        .group_by(Invoice.buyer_id, Invoice.currency)
        .order_by(Invoice.buyer_id, Invoice.currency)
    )
    open_: dict[int, tuple[Money, ...]] = {}
    for buyer, currency, fine in left:
        open_[buyer] = (*open_.get(buyer, ()), Money.of_fine(fine, currency))
    return open_, documents


def _the_buyer(session: Session, buyer_id: int) -> Buyer:
    found = session.get(Buyer, buyer_id)
    if found is None:
        raise RecordMissing(what=f"buyer {buyer_id}")
    if found.merged_into is not None:
        other = session.get_one(Buyer, standing(session).of(buyer_id))
        raise BuyerMerged(name=found.name, other=other.name)
    return found


def _refuse_taken(
    session: Session, client_id: int, code: str, mine: int | None
) -> None:
    if not code:
        return
    other = session.execute(
        select(Buyer.id, Buyer.name).where(
            Buyer.client_id == client_id,
            Buyer.code == code,
            Buyer.merged_into.is_(None),
        )
    ).first()
    if other and other.id != mine:
        raise BuyerCodeTaken(other=other.name, code=code)


def _unknown(session: Session, client_id: int, asked: str) -> BuyerUnknown:
    client = session.scalars(select(Client.name).where(Client.id == client_id)).one()
    piece = asked[:2]
    close = tuple(
        session.scalars(
            select(Buyer.name)
            .where(
                Buyer.client_id == client_id,
                Buyer.merged_into.is_(None),
                or_(
                    Buyer.name.contains(piece, autoescape=True),
                    Buyer.code.contains(piece, autoescape=True),
                ),
            )
            .order_by(Buyer.name)
            .limit(5)
        )
    )
    return BuyerUnknown(
        client=client, name=asked, close=close or Message(N_("nothing"))
    )


def _checked(card: BuyerCard) -> BuyerCard:
    if not card.name.strip():
        raise BuyerNameEmpty
    return BuyerCard(
        name=card.name.strip(),
        code=card.code.strip(),
        uscc=identity.normalized(card.uscc),
        country=card.country.strip().upper(),
        address=card.address.strip(),
        contact=card.contact.strip(),
        note=card.note.strip(),
        term=card.term.strip(),
        term_dates=card.term_dates and bool(card.term.strip()),
    )


def _card(buyer: Buyer) -> BuyerCard:
    return BuyerCard(
        name=buyer.name,
        code=buyer.code,
        uscc=buyer.uscc,
        country=buyer.country,
        address=buyer.address,
        contact=buyer.contact,
        note=buyer.note,
        term=buyer.term,
        term_dates=buyer.term_dates,
    )


def _fields(card: BuyerCard) -> dict[str, Any]:
    return asdict(card)


def _refuse_unclear(session: Session, client_id: int, card: BuyerCard) -> None:
    """A term that dates documents has one reading: by its words, or by what was answered about them."""
    if not card.term_dates:
        return
    said = answers(session, client_id)
    if leads_to_days(settled(card.term, card.code or card.name, said)):
        return
    found = readings(payment_term(card.term), (), NO_CALENDAR)
    offered = tuple(each for each in found if each.id != LEFT_OPEN)
    if not offered:
        raise BuyerTermUnusable(words=card.term)
    raise BuyerTermUnclear(card.term, offered)
