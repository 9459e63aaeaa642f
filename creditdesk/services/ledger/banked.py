"""Money a bank statement or an honoured bill brought and a ledger tells of again: it counts once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import (
    SEVERAL,
    BuyerRef,
    CreditKind,
    DocumentKind,
    DraftPayment,
    LedgerDraft,
)
from creditdesk.domain.ledger.payers import plain
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.models import Buyer, BuyerAlias, Invoice, Payment
from creditdesk.readings.merged import standing

_APART = timedelta(days=7)
_BILL_APART = timedelta(days=31)
"""A ledger may book a bill when it was sent for collection, or at the end of the month."""
_BANKED = N_(
    "{amount} of it was confirmed from a bank statement already: it counts once."
)
_BY_BILL = N_("{amount} of it came by the bill that was honoured: it counts once.")
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


@dataclass(slots=True)
class _Honoured:
    """Money of a bill that was honoured, and how much of it the ledger has not told of. `papers`: its document."""

    buyer: int
    papers: frozenset[str]
    on: date
    untold: Money

    def told_by(self, payment: DraftPayment) -> bool:
        """Whether a receipt may be this money: for the document by name, or for none, of the amount and soon."""
        if self.untold.currency != payment.amount.currency or not self.untold:
            return False
        apart = abs(self.on - payment.paid_on)
        if payment.to:
            named = set(payment.to.split(SEVERAL)) & self.papers
            return bool(named) and apart <= _BILL_APART
        return self.untold == payment.amount and apart <= _APART


def told_once(session: Session, client_id: int, draft: LedgerDraft) -> LedgerDraft:
    """The draft without what was confirmed from statements or came by bills; that is told among the rows skipped.

    A sum paid on an invoice is lowered by what banks brought for it; a receipt of its own is left out where a bank line
    of the buyer has its amount within seven days. A receipt for an invoice is lowered by what its bill brought within
    a month.
    """
    if not draft.payments:
        return draft
    banked, bills = _banked(session, client_id), _honoured(session, client_id)
    if not banked and not bills:
        return draft
    names = _names(session, client_id)
    kept, skipped = [], []
    for payment in draft.payments:
        whose = _whose(names, payment.buyer)
        left = _left(payment, [each for each in banked if each.buyer in whose])
        if left != payment.amount:
            skipped.append(_told(payment, payment.amount - left, _BANKED))
        by_bills = _by_bills(payment, [each for each in bills if each.buyer in whose])
        if by_bills:
            skipped.append(_told(payment, by_bills, _BY_BILL))
            left = (left - by_bills).floored()
        if left:
            kept.append(replace(payment, amount=left))
    return replace(draft, payments=tuple(kept), skipped=(*draft.skipped, *skipped))


def _by_bills(payment: DraftPayment, mine: list[_Honoured]) -> Money:
    """What of a receipt came by bills that were honoured."""
    found = Money.zero(payment.amount.currency)
    if payment.kind is not CreditKind.RECEIPT:
        return found
    for each in mine:
        if each.told_by(payment):
            taken = min(each.untold, payment.amount - found, key=lambda part: part.amount)  # fmt: skip
            each.untold -= taken
            found += taken
    return found


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


def _told(payment: DraftPayment, brought: Money, told: str) -> Problem:
    return Problem(Message.of(told, amount=brought), payment.row, "", payment.to)


def _honoured(session: Session, client_id: int) -> list[_Honoured]:
    found = session.execute(
        select(
            Payment.buyer_id,
            Payment.against,
            Invoice.doc_no,
            Payment.paid_on,
            Payment.amount_fine,
            Payment.currency,
        )
        .outerjoin(
            Invoice,
            (Invoice.buyer_id == Payment.buyer_id)
            & (Invoice.number == Payment.against)
            & (Invoice.kind == DocumentKind.INVOICE.value),
        )
        .where(Payment.client_id == client_id, Payment.key.startswith("bill:"))
        .order_by(Payment.id)
    )
    return [
        _Honoured(buyer, frozenset({number, paper or number}), on, Money.of_fine(fine, currency))
        for buyer, number, paper, on, fine, currency in found
    ]  # fmt: skip


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


def _whose(names: dict[str, set[int]], buyer: BuyerRef) -> set[int]:
    """By its code where the desk knows it, else by its name."""
    by_code = names.get(f"#{buyer.code}", set()) if buyer.code else set()
    return by_code or names.get(plain(buyer.name), set())
