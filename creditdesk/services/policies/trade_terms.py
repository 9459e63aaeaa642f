"""Contract, invoices and limit of a buyer side by side on a day, and the names on its papers (rules.md 3.2, 11.2)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.catalog.longest_terms import longest_term
from creditdesk.catalog.term_questions import settled
from creditdesk.domain.base.calendar import months_later
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.forms import Of, Owner
from creditdesk.domain.cover.in_scope import method_named
from creditdesk.domain.cover.limits import last_day_by
from creditdesk.domain.cover.trade_terms import (
    Flow,
    InvoiceTerms,
    Party,
    TradeTerms,
    is_same,
)
from creditdesk.domain.ledger.documents import CreditKind, DocumentKind
from creditdesk.domain.ledger.naming import document_name
from creditdesk.domain.ledger.term_texts import read_as
from creditdesk.domain.ledger.terms import PartKind
from creditdesk.i18n import N_, Message
from creditdesk.models import Buyer, BuyerAlias, Client, Invoice, Payment
from creditdesk.readings.answers import answer_key, answers
from creditdesk.readings.particulars import particulars
from creditdesk.readings.shipping import ShipStanding, standing_of

_ENTERED = {
    "buyer.contract_party": Party.CONTRACT,
    "buyer.receiver": Party.RECEIVER,
}


def trade_terms(session: Session, buyer_id: int, on: date) -> TradeTerms:
    """All three on a day. Raises `RecordMissing`."""
    return beside(session, standing_of(session, buyer_id, on), buyer_id, on)


def beside(
    session: Session, standing: ShipStanding | None, buyer_id: int, on: date
) -> TradeTerms:
    """The same where the standing is known; None: no policy runs."""
    buyer = session.get_one(Buyer, buyer_id)
    said = answers(session, buyer.client_id) if buyer.term else {}
    limit = standing.decision.limit if standing and standing.decision else None
    days = list(_allowed(standing, on)) if standing else []
    return TradeTerms(
        on=on,
        contract=buyer.term,
        term=settled(buyer.term, answer_key(buyer), said) if buyer.term else None,
        method=method_named(buyer.term),
        limit_term=_limit_term(standing),
        allowed_due=min(days, default=None),
        approved_method=limit.payment_method if limit else None,
        invoices=tuple(_invoices(session, buyer_id, on)),
        flows=tuple(_flows(session, buyer, on)),
    )


def _allowed(standing: ShipStanding, on: date) -> Iterator[date]:
    """The last due dates that policy and limit each allow goods of the day."""
    terms = standing.there.terms
    if terms.max_payment_term_days is not None:
        yield on + timedelta(days=terms.max_payment_term_days)
    longest = longest_term(terms)
    by_words = last_day_by(longest, on, on) if longest else None
    if by_words is not None:
        yield by_words
    decision = standing.decision
    by_limit = decision.limit.last_due(on, on) if decision else None
    if by_limit is not None:
        yield by_limit


def _limit_term(standing: ShipStanding | None) -> Message | None:
    """The longest term of the limit, else of the policy, in words."""
    if standing is None:
        return None
    limit = standing.decision.limit if standing.decision else None
    terms = standing.there.terms
    for days, words in (
        (limit.max_term_days if limit else None, limit.max_term if limit else None),
        (terms.max_payment_term_days, longest_term(terms)),
    ):
        if words is not None:
            return read_as(words)
        if days is not None:
            return Message.of(N_("{number} days"), number=days)
    return None


def _invoices(session: Session, buyer_id: int, on: date) -> Iterator[InvoiceTerms]:
    rows = session.execute(
        select(
            Invoice.number, Invoice.part, Invoice.part_kind, Invoice.issued, Invoice.shipped, Invoice.due, Invoice.term
        )
        .where(
            Invoice.buyer_id == buyer_id,
            Invoice.kind == DocumentKind.INVOICE.value,
            Invoice.issued > months_later(on, -12),
            Invoice.issued <= on,
            # A retention has a day of its own by the contract.
            Invoice.part_kind != PartKind.RETENTION.value,
        )
        .order_by(Invoice.issued.desc(), Invoice.id.desc())
    )  # fmt: skip
    for row in rows:
        name = document_name(row.number, row.part, row.part_kind)
        yield InvoiceTerms(name, row.issued, row.shipped or row.issued, row.due, method_named(row.term))  # fmt: skip


def _flows(session: Session, buyer: Buyer, on: date) -> Iterator[Flow]:
    names = (buyer.name, *session.scalars(select(BuyerAlias.name).where(BuyerAlias.buyer_id == buyer.id)))  # fmt: skip
    yield Flow(Party.SELLER, session.get_one(Client, buyer.client_id).name, same=True)
    entered = particulars(session, Owner(of=Of.BUYER, id=buyer.id))
    for key, party in _ENTERED.items():
        if party is Party.RECEIVER:
            yield Flow(Party.INVOICE, buyer.name, same=True)
            yield from _payers(session, buyer.id, names, on)
        if name := entered.get(key, ""):
            yield Flow(party, name, is_same(name, names))


def _payers(
    session: Session, buyer_id: int, names: tuple[str, ...], on: date
) -> Iterator[Flow]:
    """Who paid in twelve months where it was not simply the buyer, one line a name and currency."""
    rows = session.execute(
        select(Payment.payer, Payment.currency, Payment.amount_fine).where(
            Payment.buyer_id == buyer_id,
            Payment.payer != "",
            Payment.kind == CreditKind.RECEIPT.value,
            Payment.paid_on > months_later(on, -12),
            Payment.paid_on <= on,
        )
    )
    sums: defaultdict[tuple[str, str], int] = defaultdict(int)
    for payer, currency, fine in rows:
        sums[payer, currency] += fine
    for (payer, currency), fine in sorted(sums.items()):
        yield Flow(Party.PAYER, payer, is_same(payer, names), Money.of_fine(fine, currency))  # fmt: skip
