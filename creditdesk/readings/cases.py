"""A buyer's books and what is known about it, as the rules of cover and indemnity take them."""

from collections.abc import Container, Iterable, Mapping, Sequence
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
from creditdesk.domain.ledger.documents import CreditKind, DocumentKind
from creditdesk.domain.ledger.naming import (
    Names,
    NumberedDocument,
    is_deposit,
    is_exact,
    part_name,
)
from creditdesk.domain.ledger.terms import PartKind
from creditdesk.domain.policy.terms import PolicyTerms
from creditdesk.models import (
    DiscretionaryGround,
    Invoice,
    Payment,
)
from creditdesk.readings.disputes import NotOwed, not_owed
from creditdesk.readings.events import events_of
from creditdesk.readings.queries import (
    FX_RATES,
    InvoiceNames,
    invoice_key,
    named,
    setting,
)

InvoiceRow = Any
"""An invoice's record, or a row of the same columns."""
PaymentRow = Any
"""A payment's record, or a row of the same columns."""
_BESIDES: Mapping[DocumentKind, Reason] = {
    DocumentKind.OPENING: Reason.OPENING,
    DocumentKind.REFUND: Reason.REFUND,
}


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
    """One buyer's invoices and what was credited or paid, oldest first.

    `besides`: what is owed without a delivery, opening balances and money paid back to the buyer. rules.md 14.5.
    """

    debts: tuple[CaseInvoice, ...]
    credits: tuple[Credit, ...]
    besides: tuple[CaseInvoice, ...] = ()


def books(session: Session, buyer_id: int) -> Books:
    """The whole ledger of a buyer, insured or not."""
    return books_of(session, [buyer_id])[buyer_id]


def books_of(session: Session, buyers: Sequence[int]) -> dict[int, Books]:
    """The whole ledgers of some hundred buyers at most."""
    invoices: dict[int, list[InvoiceRow]] = {buyer: [] for buyer in buyers}
    payments: dict[int, list[PaymentRow]] = {buyer: [] for buyer in buyers}
    for row in session.execute(
        select(
            Invoice.buyer_id, Invoice.kind, Invoice.number, Invoice.doc_no, Invoice.part, Invoice.issued, Invoice.due,
            Invoice.shipped, Invoice.term, Invoice.currency, Invoice.amount_fine, Invoice.disputed_fine,
            Invoice.vat_rate, Invoice.against, Invoice.part_kind,
        )
        .where(Invoice.buyer_id.in_(buyers))
        .order_by(Invoice.issued, Invoice.number)
    ):  # fmt: skip
        invoices[row.buyer_id].append(row)
    for paid in session.execute(
        select(
            Payment.buyer_id, Payment.key, Payment.kind, Payment.paid_on, Payment.currency, Payment.amount_fine,
            Payment.against,
        )
        .where(Payment.buyer_id.in_(buyers), Payment.amount_fine != 0)
        .order_by(Payment.paid_on, Payment.key)
    ):  # fmt: skip
        payments[paid.buyer_id].append(paid)
    faults = not_owed(session, buyers)
    return {
        buyer: books_from(invoices[buyer], payments[buyer], faults) for buyer in buyers
    }


def books_from(
    invoices: Iterable[InvoiceRow], payments: Iterable[PaymentRow], faults: NotOwed
) -> Books:
    """One buyer's rows as the rules take them; `faults`: what of invoices isn't owed, by settled disputes."""
    by_kind: dict[DocumentKind, list[InvoiceRow]] = {kind: [] for kind in DocumentKind}
    for row in invoices:
        by_kind[DocumentKind(row.kind)].append(row)
    debts = tuple(debt_of(row, faults) for row in by_kind[DocumentKind.INVOICE])
    taken = {debt.id for debt in debts}
    names = _names(by_kind[DocumentKind.INVOICE])
    return Books(
        debts,
        (
            *(_note(row, names) for row in by_kind[DocumentKind.CREDIT_NOTE]),
            *(_received(row, names) for row in payments if row.amount_fine),
        ),
        tuple(
            _besides(row, reason, taken)
            for kind, reason in _BESIDES.items()
            for row in by_kind[kind]
        ),
    )


def _names(invoices: Iterable[InvoiceRow]) -> InvoiceNames:
    return Names(
        NumberedDocument(
            invoice_key(row.buyer_id, row.number), row.buyer_id, row.number, row.doc_no, row.issued, row.due, row.part
        )
        for row in invoices
    )  # fmt: skip


def debt_of(row: InvoiceRow, faults: NotOwed) -> CaseInvoice:
    """An invoice; where the ledger gives no due date, its own date stands for it in the order."""
    return CaseInvoice(
        id=row.number,
        issued=row.issued,
        due=row.due or row.issued,
        due_known=row.due is not None,
        amount=money_in_ledger(row.amount_fine, row.currency),
        shipped=row.shipped,
        vat_rate=Decimal(row.vat_rate or 0),
        disputed=money_in_ledger(row.disputed_fine, row.currency).amount,
        seller_fault=money_in_ledger(
            faults.get((row.buyer_id, row.number), 0), row.currency
        ).amount,
        payment_method=method_named(row.term),
        is_retention=row.part_kind == PartKind.RETENTION.value,
        name=part_name(row.number, row.part, row.part_kind),
    )


def _besides(row: InvoiceRow, reason: Reason, taken: Container[str]) -> CaseInvoice:
    """What is owed without a delivery."""
    return CaseInvoice(
        id=name_besides(row, taken),
        issued=row.issued,
        due=row.issued,
        due_known=False,
        amount=money_in_ledger(row.amount_fine, row.currency),
        known_reasons=(reason,),
    )


def name_besides(row: InvoiceRow, taken: Container[str]) -> str:
    """The name of what is owed besides invoices, told apart from an invoice of the same number."""
    return f"{row.number} ({row.kind})" if row.number in taken else str(row.number)


def _note(row: InvoiceRow, names: InvoiceNames) -> Credit:
    """A credit note."""
    amount = money_in_ledger(row.amount_fine, row.currency)
    to = _named(names, row.buyer_id, row.against, row.issued)
    first, also = _first(to)
    return Credit(row.number, row.issued, amount, first, is_note=True, also=also)


def _received(row: PaymentRow, names: InvoiceNames) -> Credit:
    """Money that came in; what lessens a debt without being money counts like a credit note (rules.md 4.1 S1, 14.2)."""
    amount = money_in_ledger(row.amount_fine, row.currency)
    exact = is_exact(row.key)
    to = _named(names, row.buyer_id, row.against, row.paid_on, exact=exact)
    first, also = _first(to)
    adjusts = row.kind != CreditKind.RECEIPT
    return Credit(
        row.key,
        row.paid_on,
        amount,
        first,
        is_note=adjusts,
        tied=is_deposit(row.key),
        also=also,
    )


def _first(to: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    return (to[0] if to else None), to[1:]


def _named(
    names: InvoiceNames, buyer: int, against: str, on: date, *, exact: bool = False
) -> tuple[str, ...]:
    """The own numbers of the invoices that are named, in the order they are paid."""
    found = named(names, buyer, against, on, exact=exact)
    return tuple(number for _, number, _ in found)


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
