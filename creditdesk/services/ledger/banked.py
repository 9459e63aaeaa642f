"""Money a bank statement brought and a ledger tells of again: it counts once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import BuyerRef, DraftPayment, LedgerDraft
from creditdesk.domain.ledger.payers import plain
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.models import Buyer, BuyerAlias, Payment
from creditdesk.readings.merged import standing

_APART = timedelta(days=7)
# Payments an invoice's own row tells of: a sum, not one receipt.
_SUMS = ("paid:", "settled:")


@dataclass(slots=True)
class _Banked:
    """A payment confirmed from a bank line, and whether the ledger has told of it."""

    buyer: int
    against: str
    on: date
    amount: Money
    line: int
    told: bool = False


def told_once(session: Session, client_id: int, draft: LedgerDraft) -> LedgerDraft:
    """The draft without what was confirmed from statements; what is left out is told among the rows skipped.

    A sum paid on an invoice is lowered by what banks brought for it; a receipt of its own is left out where a bank line
    of the buyer has its amount within seven days.
    """
    banked = _banked(session, client_id)
    if not banked or not draft.payments:
        return draft
    names = _names(session, client_id)
    kept, skipped = [], []
    for payment in draft.payments:
        mine = _of(banked, names, payment.buyer)
        left = _left(payment, mine)
        if left != payment.amount:
            skipped.append(_told(payment, payment.amount - left))
        if left:
            kept.append(replace(payment, amount=left))
    return replace(draft, payments=tuple(kept), skipped=(*draft.skipped, *skipped))


def _left(payment: DraftPayment, mine: list[_Banked]) -> Money:
    """What of a payment the banks have not brought."""
    same = [each for each in mine if each.amount.currency == payment.amount.currency]
    if payment.key.startswith(_SUMS):
        brought = (each.amount for each in same if each.against == payment.to)
        return (
            payment.amount - Money.total(brought, payment.amount.currency)
        ).floored()
    found = _same_receipt(payment, same)
    for each in found:
        each.told = True
    return Money.zero(payment.amount.currency) if found else payment.amount


def _same_receipt(payment: DraftPayment, mine: list[_Banked]) -> list[_Banked]:
    """The bank's part for the same invoice, else the whole line, of this amount within some days."""
    near = [
        each
        for each in mine
        if not each.told and abs(each.on - payment.paid_on) <= _APART
    ]
    for each in near:
        if each.against == payment.to != "" and each.amount == payment.amount:
            return [each]
    for line, amount in _lines(near).items():
        if amount == payment.amount:
            return [each for each in near if each.line == line]
    return []


def _lines(banked: Iterable[_Banked]) -> dict[int, Money]:
    sums: dict[int, Money] = {}
    for each in banked:
        sums[each.line] = (
            sums.get(each.line, Money.zero(each.amount.currency)) + each.amount
        )
    return sums


def _told(payment: DraftPayment, brought: Money) -> Problem:
    told = N_(
        "{amount} of it was confirmed from a bank statement already: it counts once."
    )
    return Problem(Message.of(told, amount=brought), payment.row, "", payment.to)


def _banked(session: Session, client_id: int) -> list[_Banked]:
    found = session.execute(
        select(
            Payment.buyer_id,
            Payment.against,
            Payment.paid_on,
            Payment.amount_fine,
            Payment.currency,
            Payment.bank_line_id,
        )
        .where(Payment.client_id == client_id, Payment.bank_line_id.is_not(None))
        .order_by(Payment.id)
    )
    return [
        _Banked(buyer, against, on, Money.of_fine(fine, currency), line or 0)
        for buyer, against, on, fine, currency, line in found
    ]


def _names(session: Session, client_id: int) -> dict[str, set[int]]:
    """Buyers by code and by every name; a code is written as `#code`."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    there = standing(session, client_id)
    own = select(Buyer.id, Buyer.code, Buyer.name).where(Buyer.client_id == client_id)
    for each, code, name in session.execute(own):
        number = there.of(each)
        found[f"#{code}"].add(number)
        found[plain(name)].add(number)
    aliases = select(BuyerAlias.buyer_id, BuyerAlias.name).join(
        Buyer, Buyer.id == BuyerAlias.buyer_id
    )
    for number, name in session.execute(aliases.where(Buyer.client_id == client_id)):
        found[plain(name)].add(there.of(number))
    return found


def _of(
    banked: list[_Banked], names: dict[str, set[int]], buyer: BuyerRef
) -> list[_Banked]:
    """By its code where the desk knows it, else by its name."""
    by_code = names.get(f"#{buyer.code}", set()) if buyer.code else set()
    numbers = by_code or names.get(plain(buyer.name), set())
    return [each for each in banked if each.buyer in numbers]
