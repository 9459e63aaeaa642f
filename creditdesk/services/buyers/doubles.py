"""Buyers of one client that may be one: found in small groups, never by comparing all with all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.domain.credit.buyer_identity import (
    Identity,
    Likeness,
    code_key,
    code_without_zeros,
    likeness,
    tax_key,
)
from creditdesk.domain.credit.buyer_names import core_name, may_be_near, normal_name
from creditdesk.models import Buyer, BuyerAlias, BuyersApart
from creditdesk.readings.merged import standing
from creditdesk.services.buyers import comparing, merging
from creditdesk.services.buyers.double_values import Double
from creditdesk.services.buyers.values import BuyerId

Pair = tuple[int, int]
_MANY = 6
"""In a larger group each is compared with the first only: twenty of one name are nineteen questions, not 190."""
_NEIGHBOURS = 4
_NEAR_ENOUGH = 85.0
_LEAST = 35
"""Per cent below which a pair is not worth a person's time; leading zeros are always asked about."""
_SHORTEST = 4


def found(session: Session, client_id: int | None) -> tuple[Double, ...]:
    """Pairs that may be one, the surest first, without those that somebody said are two."""
    cards = _cards(session, client_id)
    apart = {
        (one, other)
        for one, other in session.execute(
            select(BuyersApart.one_id, BuyersApart.other_id)
        )
    }
    pairs: dict[Pair, Likeness] = {}
    for mine in cards.values():
        for pair, nearness in _candidates(mine):
            if pair not in apart:
                told = likeness(mine[pair[0]], mine[pair[1]], nearness)
                if told.question or told.confidence >= _LEAST:
                    pairs[pair] = told
    sides = comparing.sides(session, {number for pair in pairs for number in pair})
    doubles = [
        Double(sides[one], sides[other], told) for (one, other), told in pairs.items()
    ]
    return tuple(
        sorted(
            doubles, key=lambda each: (-each.likeness.confidence, each.one.name, each.one.id, each.other.id)
        )
    )  # fmt: skip


def _cards(session: Session, client_id: int | None) -> dict[int, dict[int, Identity]]:
    """The buyers that stand, by client and number."""
    there = standing(session, client_id)
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    statement = select(BuyerAlias.buyer_id, BuyerAlias.name).join(Buyer)
    buyers = select(
        Buyer.id, Buyer.client_id, Buyer.name, Buyer.code, Buyer.uscc
    ).where(Buyer.merged_into.is_(None))
    if client_id is not None:
        statement = statement.where(Buyer.client_id == client_id)
        buyers = buyers.where(Buyer.client_id == client_id)
    for number, name in session.execute(statement):
        aliases[there.of(number)].append(name)
    merged: defaultdict[int, list[str]] = defaultdict(list)
    for gone, code in there.codes.items():
        if code:
            merged[there.of(gone)].append(code)
    cards: defaultdict[int, dict[int, Identity]] = defaultdict(dict)
    for number, client, name, code, uscc in session.execute(buyers.order_by(Buyer.id)):
        cards[client][number] = Identity(
            name=name,
            aliases=tuple(each for each in aliases[number] if each != name),
            codes=tuple(each for each in (code, *merged[number]) if each),
            tax_id=uscc,
        )
    return cards


def _candidates(cards: dict[int, Identity]) -> Iterator[tuple[Pair, int]]:
    """Pairs worth a closer look, with how near their names are; each pair once."""
    told: set[Pair] = set()
    for pair in _sharing(cards):
        if pair not in told:
            told.add(pair)
            yield pair, 0
    for pair, nearness in _near(cards):
        if pair not in told:
            told.add(pair)
            yield pair, nearness


def _sharing(cards: dict[int, Identity]) -> Iterator[Pair]:
    """Buyers with a tax id, a name, a name without its form or a code in common, as these are compared."""
    groups: defaultdict[tuple[str, str], dict[int, None]] = defaultdict(dict)
    for number, card in cards.items():
        for key in _keys(card):
            groups[key][number] = None
    for group in groups.values():
        yield from _pairs(list(group))


def _keys(card: Identity) -> Iterator[tuple[str, str]]:
    if key := tax_key(card.tax_id):
        yield "tax", key
    for name in card.names:
        yield "name", normal_name(name)
    yield "core", core_name(card.name)
    for code in card.codes:
        yield "code", code_key(code)
        yield "zeros", code_without_zeros(code)


def _pairs(group: Sequence[int]) -> Iterable[Pair]:
    """Each with each, the smaller number first."""
    numbers = sorted(group)
    if len(numbers) > _MANY:
        return [(numbers[0], other) for other in numbers[1:]]
    return list(combinations(numbers, 2))


def _near(cards: dict[int, Identity]) -> Iterator[tuple[Pair, int]]:
    """Names that are nearly the same stand beside each other in one of two orders: by their start, or by their end."""
    names = {number: core_name(card.name) for number, card in cards.items()}
    for order in (
        sorted(names, key=lambda number: names[number]),
        sorted(names, key=lambda number: names[number][::-1]),
    ):
        for place, one in enumerate(order):
            for other in order[place + 1 : place + 1 + _NEIGHBOURS]:
                nearness = _nearness(names[one], names[other])
                if nearness and may_be_near(cards[one].name, cards[other].name):
                    yield (min(one, other), max(one, other)), nearness


def _nearness(one: str, other: str) -> int:
    """In per cent; 0 below what is worth asking. Four letters in common prove nothing."""
    shortest = _SHORTEST if not one.isascii() else 2 * _SHORTEST
    if min(len(one), len(other)) < shortest or one == other:
        return 0
    return int(fuzz.ratio(one, other, score_cutoff=_NEAR_ENOUGH))


def keep_apart(session: Session, one_id: BuyerId, other_id: BuyerId) -> None:
    """Keep that two buyers are two, with who said so."""
    database: Database = session.info["database"]
    one, other = merging.two(session, *sorted((one_id, other_id)))
    known = select(BuyersApart.id).where(
        BuyersApart.one_id == one.id, BuyersApart.other_id == other.id
    )
    if session.scalar(known) is not None:
        return
    session.add(
        BuyersApart(
            one_id=one.id, other_id=other.id, said_at=database.now(), who=database.who
        )
    )
    note(
        session, "kept apart", "buyer", one.id, client_id=one.client_id,
        after={"one": one.name, "other": other.name, "other_id": other.id},
    )  # fmt: skip
