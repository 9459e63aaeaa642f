"""Whose money it is and what it pays: suggestions with their reasons, for a person to confirm. rules.md 4.3, 11.2."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.payers import Kinship, core, kinship, plain
from creditdesk.domain.ledger.receipt_amounts import (
    OpenItem,
    ReceiptPart,
    ReceiptPlan,
    fitting,
    naming,
    oldest_first,
)
from creditdesk.domain.ledger.receipt_books import (
    SHORTEST_NAME,
    BankReceipt,
    KnownBuyer,
    KnownPayment,
    ReceiptBooks,
)
from creditdesk.i18n import N_, Message

__all__ = [
    "BankReceipt",
    "KnownBuyer",
    "KnownPayment",
    "OpenItem",
    "ReceiptBooks",
    "ReceiptPart",
    "Suggestion",
    "certain_ones",
    "is_third_party",
    "suggest",
]

LineKey = TypeVar("LineKey", bound=Hashable)
SURE = 80
"""Points of a hundred from which a suggestion may be confirmed without looking at each."""

_MOST = 5
_DAYS_APART = 7
_ACCOUNT, _SAME, _FORM, _IN_TEXT, _PAID_BEFORE, _BRANCH = 50, 50, 45, 40, 35, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Whose receipt it may be and what it may pay. `points` of a hundred; `rest` names no invoice.

    `third_party`: somebody else paid, a person must say why. `ambiguous`: another suggestion is as good.
    """

    buyer: int
    parts: tuple[ReceiptPart, ...]
    rest: Money
    points: int
    reasons: tuple[Message, ...]
    third_party: bool = False
    ambiguous: bool = False
    doubled: bool = False

    @property
    def confidence(self) -> Decimal:
        """0 to 1."""
        return Decimal(self.points) / 100

    @property
    def certain(self) -> bool:
        """Whether nothing is left to be asked."""
        doubt = self.third_party or self.ambiguous or self.doubled
        return self.points >= SURE and not doubt and bool(self.parts) and not self.rest


@dataclass(frozen=True, slots=True)
class _Payer:
    """What the payer says about a buyer."""

    points: int
    reason: Message
    third_party: bool = False


def suggest(receipt: BankReceipt, books: ReceiptBooks) -> tuple[Suggestion, ...]:
    """Up to five suggestions, the best first. Two currencies never meet."""
    payers = {
        buyer: judged
        for buyer in books.may_have_paid(receipt)
        if (judged := _judged(receipt, books.buyers[buyer]))
    }
    currency = receipt.amount.currency
    named = books.named(receipt.text, currency)
    buyers = {
        *payers,
        *(item.buyer for item in named),
        *(item.buyer for item in books.of_amount.get(receipt.amount, ())),
    }
    found = [
        _suggestion(receipt, books, buyer, plan, payers.get(buyer))
        for buyer in sorted(buyers)
        for plan in _plans(receipt, books, buyer, named, known=buyer in payers)
    ]
    best = sorted(found, key=lambda each: (-each.points, each.third_party, each.buyer))
    return _told_apart(best)[:_MOST]


def is_third_party(payer: str, buyer: KnownBuyer) -> bool:
    """Whether somebody else than the buyer paid; a bank that names nobody says nothing against the buyer."""
    related = {kinship(payer, name) for name in (buyer.name, *buyer.aliases)}
    return bool(payer) and not related & {Kinship.SAME, Kinship.FORM}


def certain_ones(
    found: Mapping[LineKey, tuple[Suggestion, ...]],
) -> dict[LineKey, Suggestion]:
    """The lines of which nothing is left to be asked.

    Of two that would pay one invoice the surer one keeps it; equals are both left to a person.
    """
    sure = {
        line: suggestions[0]
        for line, suggestions in found.items()
        if suggestions and suggestions[0].certain
    }
    wanted: defaultdict[int, list[int]] = defaultdict(list)
    for each in sure.values():
        for part in each.parts:
            wanted[part.item].append(each.points)
    return {
        line: each
        for line, each in sure.items()
        if all(_wins(each.points, wanted[part.item]) for part in each.parts)
    }


def _wins(points: int, all_points: Sequence[int]) -> bool:
    return points == max(all_points) and all_points.count(points) == 1


def _plans(
    receipt: BankReceipt,
    books: ReceiptBooks,
    buyer: int,
    named: Sequence[OpenItem],
    *,
    known: bool,
) -> Iterator[ReceiptPlan]:
    items = books.of_buyer[buyer, receipt.amount.currency]
    mine = [item for item in named if item.buyer == buyer]
    if mine:
        yield naming(receipt.amount, mine)
        return
    fits = fitting(receipt.amount, items, receipt.on)
    yield from fits
    if fits or not known:
        return
    if items:
        yield oldest_first(receipt.amount, items)
    else:
        told = N_("Nothing is open with this buyer in {currency}.")
        yield ReceiptPlan((), 0, Message.of(told, currency=receipt.amount.currency))


def _suggestion(
    receipt: BankReceipt,
    books: ReceiptBooks,
    buyer: int,
    plan: ReceiptPlan,
    payer: _Payer | None,
) -> Suggestion:
    judged = payer or _unknown(receipt)
    used = Money.total((part.amount for part in plan.parts), receipt.amount.currency)
    reasons = [plan.reason, judged.reason]
    points = judged.points + plan.points
    day = _paid_already(receipt, books, buyer)
    if day:
        told = N_(
            "The ledger already tells of this amount from this buyer on {day}: taken again it would count twice."
        )
        reasons.insert(0, Message.of(told, day=day))
        points //= 2
    return Suggestion(
        buyer=buyer,
        parts=plan.parts,
        rest=receipt.amount - used,
        points=points,
        reasons=tuple(reasons),
        third_party=judged.third_party,
        doubled=day is not None,
    )


def _told_apart(found: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    """Equals at the top are marked: nothing is chosen for the person then."""
    equals = [each for each in found if each.points == found[0].points]
    if len(equals) < 2:
        return tuple(found)
    told = Message(N_("Another suggestion is as good: choose."))
    marked = [
        replace(each, ambiguous=True, reasons=(told, *each.reasons)) for each in equals
    ]
    return (*marked, *found[len(equals) :])


def _judged(receipt: BankReceipt, buyer: KnownBuyer) -> _Payer | None:
    """What the payer says about this buyer; None when nothing points to it."""
    if not receipt.payer:
        return _by_account(receipt, buyer) or _by_text(receipt, buyer)
    return _by_name(receipt, buyer) or _by_others(receipt, buyer)


def _by_account(receipt: BankReceipt, buyer: KnownBuyer) -> _Payer | None:
    if not receipt.account or receipt.account not in buyer.accounts:
        return None
    told = N_("The account {account} paid for this buyer before.")
    return _Payer(_ACCOUNT, Message.of(told, account=receipt.account))


def _by_name(receipt: BankReceipt, buyer: KnownBuyer) -> _Payer | None:
    relations = {
        kinship(receipt.payer, name): name for name in (*buyer.aliases, buyer.name)
    }
    if Kinship.SAME in relations:
        told = N_("The payer is {name}.")
        return _Payer(_SAME, Message.of(told, name=relations[Kinship.SAME]))
    if Kinship.FORM not in relations:
        return None
    told = N_("The payer {payer} is {name} but for the form of the company.")
    name = relations[Kinship.FORM]
    return _Payer(_FORM, Message.of(told, payer=receipt.payer, name=name))


def _by_text(receipt: BankReceipt, buyer: KnownBuyer) -> _Payer | None:
    """A statement without payers: the text may carry the name."""
    text = plain(receipt.text)
    for name in (buyer.name, *buyer.aliases):
        if len(core(name)) >= SHORTEST_NAME and core(name) in text:
            return _Payer(
                _IN_TEXT, Message.of(N_("The text carries the name {name}."), name=name)
            )
    return None


def _by_others(receipt: BankReceipt, buyer: KnownBuyer) -> _Payer | None:
    if any(
        kinship(receipt.payer, name) is Kinship.BRANCH
        for name in (buyer.name, *buyer.aliases)
    ):
        told = N_(
            "The payer {payer} is a branch, or the head, of {name}: another party until somebody says why it pays."
        )
        return _Payer(
            _BRANCH,
            Message.of(told, payer=receipt.payer, name=buyer.name),
            third_party=True,
        )
    before = plain(receipt.payer) in buyer.payers or (
        receipt.account and receipt.account in buyer.accounts
    )
    if before:
        told = N_(
            "{payer} paid for this buyer before, but is not the buyer: say why again."
        )
        return _Payer(
            _PAID_BEFORE, Message.of(told, payer=receipt.payer), third_party=True
        )
    return None


def _unknown(receipt: BankReceipt) -> _Payer:
    if not receipt.payer:
        return _Payer(0, Message(N_("The statement does not name the payer.")))
    told = N_(
        "The payer {payer} is neither the buyer nor another name of it. Contract, invoice, payer and receiver of the "
        "goods must agree: ask why somebody else pays, and write the answer down."
    )
    return _Payer(0, Message.of(told, payer=receipt.payer), third_party=True)


def _paid_already(receipt: BankReceipt, books: ReceiptBooks, buyer: int) -> date | None:
    days = books.payments.get((buyer, receipt.amount), ())
    return next(
        (day for day in days if abs((day - receipt.on).days) <= _DAYS_APART), None
    )
