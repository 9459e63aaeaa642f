"""A buyer's books and what is known about it, as the rules of cover and indemnity take them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rate_lines import rates_into, read_lines
from creditdesk.domain.base.rates import Rate
from creditdesk.domain.cover.case import CaseInvoice
from creditdesk.domain.cover.in_scope import Customer, InScope, LeftOut, method_named
from creditdesk.domain.cover.limits import (
    CoverEvent,
    CoverEventKind,
    Discretionary,
    Reason,
)
from creditdesk.domain.ledger.allocation import Credit
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.policy.terms import PolicyTerms
from creditdesk.models import (
    DiscretionaryGround,
    Invoice,
    Payment,
)
from creditdesk.readings.events import events_of
from creditdesk.readings.queries import FX_RATES, setting

InvoiceRow = Any
"""An invoice's record, or a row of the same columns."""
PaymentRow = Any
"""A payment's record, or a row of the same columns."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a discretionary limit rests on, with its record."""

    id: int
    basis: str
    amount: Money
    evidence_date: date
    pct: Decimal | None

    def discretionary(
        self, adverse_on: date | None, pct: Decimal | None
    ) -> Discretionary:
        """As the rules take it; `pct` is the policy's where the ground has none of its own."""
        return Discretionary(
            amount=self.amount,
            evidence_date=self.evidence_date,
            pct=self.pct or pct,
            adverse_on=adverse_on,
            basis=self.basis,
        )


@dataclass(frozen=True, slots=True)
class Books:
    """One buyer's invoices and what was credited or paid, oldest first."""

    debts: tuple[CaseInvoice, ...]
    credits: tuple[Credit, ...]


def books(session: Session, buyer_id: int) -> Books:
    """The whole ledger of a buyer, insured or not."""
    return books_of(session, [buyer_id])[buyer_id]


def books_of(session: Session, buyers: Sequence[int]) -> dict[int, Books]:
    """The whole ledgers of some hundred buyers at most."""
    debts: dict[int, list[CaseInvoice]] = {buyer: [] for buyer in buyers}
    notes: dict[int, list[Credit]] = {buyer: [] for buyer in buyers}
    invoices = session.execute(
        select(
            Invoice.buyer_id, Invoice.kind, Invoice.number, Invoice.issued, Invoice.due, Invoice.shipped, Invoice.term,
            Invoice.currency, Invoice.amount_fine, Invoice.disputed_fine, Invoice.vat_rate, Invoice.against,
        )
        .where(Invoice.buyer_id.in_(buyers))
        .order_by(Invoice.issued, Invoice.number)
    )  # fmt: skip
    for row in invoices:
        if row.kind == DocumentKind.INVOICE:
            debts[row.buyer_id].append(debt_of(row))
        elif row.kind == DocumentKind.CREDIT_NOTE:
            notes[row.buyer_id].append(note_of(row))
    payments = session.execute(
        select(
            Payment.buyer_id, Payment.key, Payment.paid_on, Payment.currency, Payment.amount_fine, Payment.against
        )
        .where(Payment.buyer_id.in_(buyers), Payment.amount_fine != 0)
        .order_by(Payment.paid_on, Payment.key)
    )  # fmt: skip
    for paid in payments:
        notes[paid.buyer_id].append(received(paid))
    return {buyer: Books(tuple(debts[buyer]), tuple(notes[buyer])) for buyer in buyers}


def debt_of(row: InvoiceRow) -> CaseInvoice:
    """An invoice; where the ledger gives no due date, its own date stands for it."""
    return CaseInvoice(
        id=row.number,
        issued=row.issued,
        due=row.due or row.issued,
        amount=money_in_ledger(row.amount_fine, row.currency),
        shipped=row.shipped,
        vat_rate=Decimal(row.vat_rate or 0),
        disputed=money_in_ledger(row.disputed_fine, row.currency).amount,
        payment_method=method_named(row.term),
    )


def note_of(row: InvoiceRow) -> Credit:
    """A credit note."""
    amount = money_in_ledger(row.amount_fine, row.currency)
    return Credit(row.number, row.issued, amount, row.against or None, is_note=True)


def received(row: PaymentRow) -> Credit:
    """Money that came in."""
    amount = money_in_ledger(row.amount_fine, row.currency)
    return Credit(row.key, row.paid_on, amount, row.against or None)


def with_failures(
    debts: Iterable[CaseInvoice], terms: PolicyTerms, buyer: Customer
) -> tuple[CaseInvoice, ...]:
    """The invoices of a buyer; of one the policy leaves out with that against their cover."""
    every = tuple(debts)
    if left_out_by(terms, buyer) is None:
        return every
    return tuple(
        replace(debt, known_reasons=(*debt.known_reasons, Reason.EXCLUDED_BUYER))
        for debt in every
    )


def left_out_by(terms: PolicyTerms, buyer: Customer) -> LeftOut | None:
    """Why the policy leaves a buyer out, by name or country; None: it doesn't."""
    scope = InScope.of(terms)
    return scope.leaves_out(buyer) or scope.country_of(buyer)


def cover_events(session: Session, buyer_id: int) -> tuple[CoverEvent, ...]:
    """What stops or lifts cover, mistakes left out."""
    seen = (event.in_cover for event in events_of(session, buyer_id))
    return tuple(event for event in seen if event is not None)


def adverse_since(events: Iterable[CoverEvent], day: date) -> date | None:
    """The first adverse information from a day on. None: there is none."""
    found = (event.on for event in events if event.kind is CoverEventKind.ADVERSE_INFO)
    return min((on for on in found if on >= day), default=None)


def grounds_of(session: Session, policy_id: int, buyer_id: int) -> tuple[Ground, ...]:
    """The grounds that were kept, oldest evidence first."""
    rows = session.scalars(
        select(DiscretionaryGround)
        .where(
            DiscretionaryGround.policy_id == policy_id,
            DiscretionaryGround.buyer_id == buyer_id,
        )
        .order_by(DiscretionaryGround.evidence_date, DiscretionaryGround.id)
    )
    return tuple(
        Ground(
            row.id,
            row.basis,
            Money.of_minor(row.amount_minor, row.currency),
            row.evidence_date,
            Decimal(row.insured_pct) if row.insured_pct else None,
        )
        for row in rows
    )


def ground_for(
    grounds: Sequence[Ground], days: Sequence[date], adverse: Iterable[date]
) -> Ground | None:
    """The ground that justifies most of these shipments, the newest of several; None without any."""
    known = sorted(adverse)

    def justified(ground: Ground) -> int:
        since = next((on for on in known if on >= ground.evidence_date), None)
        own = ground.discretionary(since, None)
        return sum(own.is_justified(day) for day in days)

    return max(
        grounds,
        key=lambda ground: (justified(ground), ground.evidence_date, ground.id),
        default=None,
    )


def discretionary_of(
    session: Session,
    policy_id: int,
    buyer_id: int,
    shipped: Sequence[date],
    pct: Decimal | None,
) -> Discretionary | None:
    """The client's own limit for these shipments, by the ground that carries most of them. None: no grounds.

    `pct` is the policy's percentage for it.
    """
    events = cover_events(session, buyer_id)
    adverse = [each.on for each in events if each.kind is CoverEventKind.ADVERSE_INFO]
    ground = ground_for(grounds_of(session, policy_id, buyer_id), shipped, adverse)
    if ground is None:
        return None
    return ground.discretionary(adverse_since(events, ground.evidence_date), pct)


def rates_of(session: Session, currency: str) -> tuple[Rate, ...]:
    """The exchange rates into a currency."""
    return rates_into(currency, read_lines(setting(session, FX_RATES)))


def money_in_ledger(fine: int, currency: str) -> Money:
    """A ledger's figure with every digit it has."""
    return Money.of_fine(fine, currency)
