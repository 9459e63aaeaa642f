"""Which other buyers of the client belong to a buyer: of one group, named as related, or led by the same person."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.credit.buyer_names import normal_name
from creditdesk.i18n import N_, Message
from creditdesk.models import Buyer, BuyerAlias, Particular
from creditdesk.readings.merged import Merged, standing

_GROUP, _RELATED, _LEADER = "buyer.group", "buyer.related", "buyer.legal_representative"


@dataclass(frozen=True, slots=True)
class Relative:
    """A related buyer, and what makes it one."""

    id: int
    name: str
    why: tuple[Message, ...]


def relatives(session: Session, buyer_id: int) -> tuple[Relative, ...]:
    """The related buyers of the same client, by name. Names count as `normal_name` writes them.

    What is known of a buyer that was merged counts for the one it went into.
    """
    client = session.scalar(select(Buyer.client_id).where(Buyer.id == buyer_id))
    if client is None:
        return ()
    merged = standing(session, client)
    facts = _facts(session, client, merged)
    names = _names(session, client, merged) if any(_RELATED in each for each in facts.values()) else {}  # fmt: skip
    found: dict[int, list[Message]] = defaultdict(list)
    for other, why in _pairs(merged.of(buyer_id), facts, names):
        found[other].append(why)
    rows = session.execute(select(Buyer.id, Buyer.name).where(Buyer.id.in_(found)))
    related = (Relative(row.id, row.name, tuple(found[row.id])) for row in rows)
    return tuple(sorted(related, key=lambda each: each.name))


def _facts(session: Session, client: int, merged: Merged) -> dict[int, dict[str, str]]:
    """What is entered of the client's buyers that may relate them; a buyer's own before a merged one's."""
    rows = session.execute(
        select(Particular.buyer_id, Particular.key, Particular.value)
        .join(Buyer, Buyer.id == Particular.buyer_id)
        .where(
            Buyer.client_id == client,
            Particular.key.in_((_GROUP, _RELATED, _LEADER)),
            Particular.value != "",
        )
        .order_by(Buyer.merged_into.is_not(None), Buyer.id)
    )
    facts: dict[int, dict[str, str]] = defaultdict(dict)
    for buyer, key, value in rows:
        if buyer is not None:
            facts[merged.of(buyer)].setdefault(key, value)
    return facts


def _names(session: Session, client: int, merged: Merged) -> dict[str, int]:
    """The client's buyers by their names and the names ledgers use for them."""
    own = select(Buyer.name, Buyer.id).where(Buyer.client_id == client)
    aliases = (
        select(BuyerAlias.name, BuyerAlias.buyer_id)
        .join(Buyer, Buyer.id == BuyerAlias.buyer_id)
        .where(Buyer.client_id == client)
    )
    rows = (*session.execute(aliases), *session.execute(own))
    return {normal_name(name): merged.of(buyer) for name, buyer in rows}


def _pairs(
    buyer: int, facts: dict[int, dict[str, str]], names: dict[str, int]
) -> Iterator[tuple[int, Message]]:
    mine = facts.get(buyer, {})
    for other in _named(mine, names) - {buyer}:
        yield other, Message(N_("named as related"))
    for other, theirs in facts.items():
        if other == buyer:
            continue
        if buyer in _named(theirs, names) and other not in _named(mine, names):
            yield other, Message(N_("names this buyer as related"))
        if _same(mine, theirs, _GROUP):
            yield other, Message.of(N_("group {name}"), name=theirs[_GROUP])
        if _same(mine, theirs, _LEADER):
            yield other, Message.of(N_("legal representative {name}"), name=theirs[_LEADER])  # fmt: skip


def _named(facts: dict[str, str], names: dict[str, int]) -> set[int]:
    """The buyers that stand in the list of related ones, a line each."""
    lines = map(normal_name, facts.get(_RELATED, "").splitlines())
    return {names[line] for line in lines if line in names}


def _same(mine: dict[str, str], theirs: dict[str, str], key: str) -> bool:
    return key in mine and key in theirs and normal_name(mine[key]) == normal_name(theirs[key])  # fmt: skip
