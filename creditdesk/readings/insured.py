"""What is owed on a day, and what of it is insured, buyer by buyer, with the reason for what isn't (rules.md 3.2)."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import exact
from creditdesk.domain.cover.limits import Reason
from creditdesk.domain.cover.shipping import Cover, cover
from creditdesk.domain.ledger.aging import age
from creditdesk.domain.review.month import NO_POLICY, OVER_LIMIT, UNKNOWN
from creditdesk.errors import UserError
from creditdesk.i18n import Message
from creditdesk.readings.queries import LedgerItems, invoice_key
from creditdesk.readings.shipping import standing_of


@dataclass(slots=True)
class Insured:
    """What a day comes to: per buyer what is covered, and per reason and buyer what isn't, and since when.

    `since`: the first shipment of what isn't covered for a reason; a buyer that isn't there has no shipment for it.
    """

    balance: Money
    overdue: Money
    covered: Money
    gaps: dict[str, dict[int, Money]] = field(default_factory=lambda: defaultdict(dict))
    payable: Fraction = Fraction(0)
    limits: dict[int, Money] = field(default_factory=dict)
    refused: list[Message] = field(default_factory=list)
    balances: dict[int, Money] = field(default_factory=dict)
    covers: dict[int, Money] = field(default_factory=dict)
    discretionary: set[int] = field(default_factory=set)
    since: dict[tuple[str, int], date] = field(default_factory=dict)

    def add(
        self, reason: str, buyer: int, amount: Money, since: date | None = None
    ) -> None:
        """Not covered, for this reason."""
        if not amount:
            return
        known = self.gaps[reason].get(buyer)
        self.gaps[reason][buyer] = amount if known is None else known + amount
        if since is not None:
            key = reason, buyer
            self.since[key] = min(since, self.since.get(key, since))


def insured_on(session: Session, items: LedgerItems, on: date, currency: str) -> Insured:  # fmt: skip
    """What is owed in this currency on a day, less money nobody assigned, and what of it is insured."""
    aging = age(items.documents, items.receipts, on)
    zero = Money.zero(currency)
    codes = {each.id: each.amount.currency for each in items.documents}
    late = (each.open for each in aging.rows if each.is_overdue and each.open.currency == currency)  # fmt: skip
    found = Insured(zero, Money.total(late, currency), zero)
    for buyer, accounts in aging.by_buyer.items():
        if currency not in accounts:
            continue
        balance = accounts[currency].balance
        if balance.amount <= 0:
            continue  # paid in advance: nothing is owed
        found.balance += balance
        found.balances[buyer] = balance
        standing = standing_of(session, buyer, on)
        if standing is None or standing.there.terms.currency != currency:
            found.add(NO_POLICY, buyer, balance)
            continue
        try:
            made = cover(standing.case)
        except UserError as refused:
            found.add(UNKNOWN, buyer, balance)
            found.refused.append(refused.said)
            continue
        found.limits[buyer] = made.limit
        if standing.ground is not None:
            found.discretionary.add(buyer)
        shipped = {debt.id: debt.shipped_on for debt in standing.books.debts}
        _count(found, made, buyer, standing.there.terms.insured_pct, codes, shipped)
    return found


def _count(  # noqa: PLR0913, PLR0917 - one buyer's cover, and what it is counted into
    found: Insured,
    made: Cover,
    buyer: int,
    pct: Decimal | None,
    codes: dict[tuple[int, str, str], str],
    shipped: dict[str, date],
) -> None:
    balance = found.balances[buyer]
    currency = balance.currency
    covered = Money.zero(currency)
    told = Money.zero(currency)
    for row in made.rows:
        if codes.get(invoice_key(buyer, row.id), currency) != currency:
            continue
        covered += row.covered
        told += row.uncovered
        reason = row.reasons[0].value if row.reasons else OVER_LIMIT
        found.add(reason, buyer, row.uncovered, shipped.get(row.id))
    found.covered += covered
    found.covers[buyer] = covered
    found.payable += exact(covered) * Fraction(pct or 0) / 100
    # What the cover doesn't know of, as money owed beyond its documents, is not insured.
    found.add(Reason.OPENING.value, buyer, balance - covered - told)
