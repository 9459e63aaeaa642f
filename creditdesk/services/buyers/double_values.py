"""Doubles, merges and their refusals, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.buyer_identity import Likeness
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.services.buyers.values import BuyerId

MergeId = NewType("MergeId", int)


class MergeRefused(UserError):
    """The two can't be one as they stand."""

    message = N_("{gone} can't become {keep}: {reasons}")


class BuyersTwo(UserError):
    """One buyer, or two of different clients, were named where two of one client belong."""

    message = N_(
        "Name two different buyers of one client: only they can be one and the same."
    )


class MergeUnknown(UserError):
    """No such merge."""

    message = N_(
        "There is no merge number {merge}. The list of merges shows the numbers."
    )


class MergeUndone(UserError):
    """It was undone already."""

    message = N_("Merge {merge} was undone already, on {at}.")


class UnmergeRefused(UserError):
    """Something later depends on it."""

    message = N_(
        "The merge of {gone} into {keep} can't be undone, because this rests on it: {reasons}. Take that back first."
    )


@dataclass(frozen=True, slots=True)
class LimitFact:
    """The newest decision of a policy on a buyer. `amount` is what it allowed, 0 where it allowed nothing."""

    policy: str
    state: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleSide:
    """One of two buyers, as they are compared. `open`: one amount a currency; `files`: where it comes from."""

    id: BuyerId
    client_id: int
    name: str
    codes: tuple[str, ...]
    aliases: tuple[str, ...]
    tax_id: str
    country: str
    open: tuple[Money, ...] = ()
    documents: int = 0
    payments: int = 0
    limits: tuple[LimitFact, ...] = ()
    claims: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Double:
    """Two buyers that may be one, with the arguments."""

    one: DoubleSide
    other: DoubleSide
    likeness: Likeness


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePlan:
    """What a merge would do. `moves`: how many records of each table; `obstacles`: why it would be refused."""

    keep: BuyerId
    gone: BuyerId
    moves: Mapping[str, int]
    names: tuple[str, ...]
    obstacles: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeLine:
    """A merge that was made. `undone_at` None: it stands."""

    id: MergeId
    client_id: int
    client: str
    keep_id: BuyerId
    keep: str
    gone: str
    gone_code: str
    moves: Mapping[str, int]
    merged_at: datetime
    who: str
    undone_at: datetime | None
