"""What a buyer is reminded of: everything late, without what it contests, with interest if wanted (rules.md 14.6)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Party
from creditdesk.domain.ledger.interest import late_interest
from creditdesk.domain.ledger.naming import Name
from creditdesk.errors import UserError
from creditdesk.i18n import N_

LONGEST_DAYS = 60
"""From delivery: what a large enterprise or a public body may agree with a smaller one at most (国务院令 802)."""
_SMALLER = ("中型", "小型", "微型", "medium", "small", "micro", "sme", "中小")
_BOUND = ("大型", "large", "机关", "事业单位", "public")


class NothingLate(UserError):
    """A reminder of nothing."""

    message = N_("Nothing of {buyer} is late on {on}, so there is nothing to remind it of.")  # fmt: skip


class AllContested(UserError):
    """What is late is disputed, or a bill somebody else holds."""

    message = N_(
        "What is late of {buyer}, {amounts}, is disputed or claimed by the holder of a bill: nothing is left to demand."
    )


class PaidUnassigned(UserError):
    """Money that came and stands against nothing covers what is late."""

    message = N_(
        "{buyer} has paid {amounts} that nobody assigned to an invoice yet; it covers what is late. Assign it first."
    )


class InterestUnassigned(UserError):
    """Which debt the money pays decides on which the interest runs."""

    message = N_(
        "{amounts} of {buyer} is not assigned to an invoice, so interest can't be worked out. Assign it first."
    )


class InterestRateMissing(UserError):
    """An agreed rate is a figure."""

    message = N_("Give the agreed rate of interest, in per cent a year, above 0.")


class StatutoryNotOwed(UserError):
    """The rate binds large enterprises and public bodies towards smaller ones, in China."""

    message = N_(
        "The statutory 0.05 % a day is owed by large enterprises and public bodies in China to smaller ones. "
        "{buyer} ({size}) does not owe it to {client} ({own}). Use the agreed rate."
    )


class InterestAsked(StrEnum):
    """Which interest a letter demands."""

    NONE = "none"
    AGREED = "agreed"
    STATUTORY = "statutory"


@dataclass(frozen=True, slots=True, kw_only=True)
class LateItem:
    """A document, or a part of one, past its due date.

    `left_out` of `open` is not demanded: `disputed`, or a bill that somebody else holds (`is_passed_on`). `bill`: in
    the ledger's words, None: no bill was taken. `delivered`: None, its own date stands for it. `interest` None: not
    demanded.
    """

    number: str
    issued: date
    due: date
    days_overdue: int
    open: Money
    disputed: Money
    name: Name | None = None
    bill: str | None = None
    is_passed_on: bool = False
    delivered: date | None = None
    interest: Money | None = None

    @property
    def left_out(self) -> Money:
        """What of it isn't demanded."""
        if self.is_passed_on:
            return self.open
        return min(self.open, self.disputed, key=lambda each: each.amount)

    @property
    def demanded(self) -> Money:
        """What is demanded."""
        return self.open - self.left_out

    @property
    def term_days(self) -> int:
        """Days from delivery, or where nobody knows it from the document's date, to the due date."""
        return (self.due - (self.delivered or self.issued)).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What is late of a buyer on a day. `unassigned`, `due_open`: one amount a currency, empty for none.

    `size`, `own_size`: of buyer and client, in the words somebody entered; empty: nobody did.
    """

    client: Party
    buyer: Party
    buyer_id: int
    on: date
    items: tuple[LateItem, ...]
    unassigned: tuple[Money, ...] = ()
    due_open: tuple[Money, ...] = ()
    size: str = ""
    own_size: str = ""

    @property
    def demands(self) -> tuple[LateItem, ...]:
        """Those of which something is demanded, the oldest due first."""
        return tuple(each for each in self.items if each.demanded)

    @property
    def demanded(self) -> tuple[Money, ...]:
        """One amount a currency, without interest."""
        return sums(each.demanded for each in self.items)

    @property
    def left_out(self) -> tuple[Money, ...]:
        """What is late and not demanded, one amount a currency."""
        return sums(each.left_out for each in self.items)

    @property
    def interest(self) -> tuple[Money, ...]:
        """One amount a currency; empty: none is demanded."""
        return sums(each.interest for each in self.items if each.interest)

    @property
    def total(self) -> tuple[Money, ...]:
        """With interest, less money nobody has assigned yet."""
        less = (-each for each in self.unassigned)
        found = sums((*self.demanded, *self.interest, *less))
        return tuple(each for each in found if each.amount > 0)

    @property
    def oldest(self) -> LateItem | None:
        """The one that is late the longest; None: none is."""
        return max(self.demands, key=lambda each: each.days_overdue, default=None)

    @property
    def is_protected(self) -> bool | None:
        """Whether 国务院令 802 protects the client against this buyer; None: the sizes aren't both known."""
        if self.buyer.country not in {"", "CN"}:
            return False
        bound, smaller = (_is(self.size, _BOUND, _SMALLER), _is(self.own_size, _SMALLER, _BOUND))  # fmt: skip
        if bound is False or smaller is False:
            return False
        return True if bound and smaller else None

    @property
    def over_long(self) -> tuple[LateItem, ...]:
        """Whose agreed term is longer than the decree allows; none where it doesn't protect, or nobody knows."""
        if not self.is_protected:
            return ()
        return tuple(each for each in self.demands if each.bill is None and each.term_days > LONGEST_DAYS)  # fmt: skip

    def refusal(self) -> UserError | None:
        """Why no letter may be written; None: one may."""
        buyer = self.buyer.name
        if not self.items:
            return NothingLate(buyer=buyer, on=self.on)
        if not self.demands:
            return AllContested(buyer=buyer, amounts=self.left_out)
        if not self.total:
            return PaidUnassigned(buyer=buyer, amounts=self.unassigned)
        return None

    def with_interest(self, asked: InterestAsked, pct: Decimal | None) -> "Reminder":
        """With interest to the day, on what is demanded. `pct` a year, of an agreed rate. Raises `UserError`s."""
        if asked is InterestAsked.NONE:
            return replace(self, items=tuple(replace(each, interest=None) for each in self.items))  # fmt: skip
        if self.unassigned:
            raise InterestUnassigned(buyer=self.buyer.name, amounts=self.unassigned)
        if asked is InterestAsked.STATUTORY:
            pct = None
            if self.is_protected is False:
                raise StatutoryNotOwed(
                    buyer=self.buyer.name, size=self.size or self.buyer.country or "?",
                    client=self.client.name, own=self.own_size or "?",
                )  # fmt: skip
        elif pct is None or pct <= 0:
            raise InterestRateMissing
        return replace(
            self,
            items=tuple(
                replace(
                    each,
                    interest=late_interest(each.demanded, each.due, self.on, pct).amount
                    if each.demanded
                    else None,
                )
                for each in self.items
            ),
        )


def sums(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """One sum a currency, by its code, without those that are nothing."""
    known = tuple(amounts)
    codes = sorted({each.currency for each in known})
    found = (Money.total((each for each in known if each.currency == code), code) for code in codes)  # fmt: skip
    return tuple(each for each in found if each)


def _is(words: str, yes: Iterable[str], no: Iterable[str]) -> bool | None:
    said = words.casefold()
    if any(each in said for each in yes):
        return True
    return False if any(each in said for each in no) else None
