"""Whether a paper that comes is of another buyer than the claim's: told by the names and numbers in its text."""

import re
import unicodedata
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.identity import normalized
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.models import Buyer, BuyerAlias, Claim, Client

_SHORTEST = 4
"""A name of fewer letters stands in too many other words."""
_NUMBER = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])")
_BUYERS_MARKS = ("购买方", "购方", "buyeridnum")
"""An e-invoice says by these whose number it gives."""


class PaperOfAnother(UserError):
    """A paper that names somebody else, and not the claim's buyer."""

    message = N_(
        "{name} names {other}, and not {buyer}, whom this claim is on. If it belongs here all the same, "
        "attach it anyway."
    )


class NumberOfAnother(UserError):
    """An e-invoice to somebody with another number."""

    message = N_(
        "{name} is an invoice to {other}; {buyer} has the number {number}. If it belongs here all the same, attach it "
        "anyway."
    )


def refuse_strangers(session: Session, claim: Claim, name: str, text: str) -> None:
    """Ask before a paper of another buyer is kept: raises `PaperOfAnother`, `NumberOfAnother`.

    A paper that names nobody we know is taken: nothing says whose it is.
    """
    if not text.strip():
        return
    buyer = session.get_one(Buyer, claim.buyer_id)
    plain, numbers = _plain(text), set(_NUMBER.findall(text.upper()))
    mine = set(_names(session, buyer))
    named = any(each in plain for each in mine)
    number = normalized(buyer.uscc)
    if any(each in plain for each in _BUYERS_MARKS) and number:
        strange = _strange(session, claim, numbers, number)
        if strange and number not in numbers:
            raise NumberOfAnother(
                name=name, other=", ".join(strange), buyer=buyer.name, number=number
            )
    if named or (number and number in numbers):
        return
    others = tuple(_others(session, claim, plain, mine))
    if others:
        raise PaperOfAnother(name=name, other=others, buyer=buyer.name)


def _strange(
    session: Session, claim: Claim, numbers: set[str], mine: str
) -> tuple[str, ...]:
    """Numbers that are neither the buyer's nor the seller's; none where that isn't known and only one stands."""
    seller = normalized(session.get_one(Client, claim.client_id).uscc)
    left = sorted(numbers - {mine, seller})
    return tuple(left) if seller or len(left) > 1 else ()


def _others(
    session: Session, claim: Claim, plain: str, mine: set[str]
) -> Iterator[str]:
    """The client's other buyers that the text names."""
    rows = session.scalars(
        select(Buyer)
        .where(
            Buyer.client_id == claim.client_id,
            Buyer.id != claim.buyer_id,
            Buyer.merged_into.is_(None),
        )
        .order_by(Buyer.id)
    )
    for row in rows:
        names = (each for each in _names(session, row) if each not in mine)
        if any(each in plain for each in names):
            yield row.name


def _names(session: Session, buyer: Buyer) -> Iterator[str]:
    """What a buyer is called, also by the ledgers and before two turned out to be one."""
    merged = session.scalars(select(Buyer.name).where(Buyer.merged_into == buyer.id))
    aliases = session.scalars(
        select(BuyerAlias.name).where(BuyerAlias.buyer_id == buyer.id)
    )
    for each in (buyer.name, *merged, *aliases):
        found = _plain(each)
        if len(found) >= _SHORTEST:
            yield found


def _plain(text: str) -> str:
    """Without blanks, widths and capitals, as the same name is written here and there."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(folded.split())
