"""What the cover of invoices depends on: the terms in time, and each buyer's limits, grounds, events and ledger."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from creditdesk.db.touched import Scope
from creditdesk.domain.base.rates import Rate
from creditdesk.domain.cover.case import CaseInvoice
from creditdesk.domain.cover.in_scope import Customer
from creditdesk.domain.cover.limits import CoverEvent
from creditdesk.domain.declare.declarations import DeclarationKind, Obligation
from creditdesk.domain.declare.declared import (
    Declared,
    Told,
    first_declared,
    sent,
    standing,
    told_of,
)
from creditdesk.domain.policy.terms import PolicyTerms
from creditdesk.models import (
    BillEnd,
    BuyerEvent,
    DiscretionaryGround,
    Invoice,
    Payment,
    Policy,
    PolicyVersion,
)
from creditdesk.readings.cases import Ground, cover_events, grounds_of, rates_of
from creditdesk.readings.declarations import asked_of, customers, declared_of
from creditdesk.readings.policies import Decision, decisions_by_buyer, values_of
from creditdesk.readings.queries import FX_RATES, DocumentKey, invoice_key, setting

_RULES = "2"
"""Raised when the rules change, so that every cover is worked out again."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What had to be declared under a policy by a day, and which documents were: `stands` without its lines.

    `first`: the day each document was first declared.
    """

    obligations: tuple[Obligation, ...]
    stands: tuple[Declared, ...]
    documents: frozenset[DocumentKey]
    first: Mapping[DocumentKey, date]
    on: date

    def marked(self, buyer_id: int, debt: CaseInvoice) -> CaseInvoice:
        """The invoice with whether and when it was declared."""
        if not self.obligations and not self.first:
            return debt
        return replace(
            debt,
            declared=self.is_declared(buyer_id, debt),
            declared_on=self.first.get(invoice_key(buyer_id, debt.id)),
        )

    def is_declared(self, buyer_id: int, debt: CaseInvoice) -> bool:
        """What nobody knows counts as declared."""
        key = invoice_key(buyer_id, debt.id)
        if key in self.documents or not self.obligations:
            return True
        found = told_of(key, debt.shipped_on, self.obligations, self.stands, self.on)
        return found is not Told.NOT_DECLARED


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """One version of a policy's terms and the days it holds, both ends included; `rates` into its currency."""

    policy: Policy
    version_id: int
    start: date
    end: date
    terms: PolicyTerms
    telling: Telling
    print: tuple[object, ...]
    rates: tuple[Rate, ...]

    def holds(self, day: date) -> bool:
        """Whether goods that left on this day left under these terms."""
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class BuyerFacts:
    """What is known of a buyer besides its ledger, by policy; `digest` tells when any of it changed."""

    buyer_id: int
    decisions: Mapping[int, tuple[Decision, ...]]
    grounds: Mapping[int, tuple[Ground, ...]]
    events: tuple[CoverEvent, ...]
    buyer: Customer
    digest: str


def spans_of(session: Session, client_id: int, on: date) -> tuple[Span, ...]:
    """The client's policies in time, the newest first: it is the one that counts where two hold."""
    policies = session.scalars(
        select(Policy)
        .where(Policy.client_id == client_id)
        .order_by(Policy.period_start.desc(), Policy.id.desc())
    ).all()
    return tuple(span for policy in policies for span in _versions(session, policy, on))


def _telling(session: Session, policy: Policy, on: date) -> Telling:
    kept = declared_of(session, policy.id)
    stands = standing(kept)
    first = first_declared(
        each for each in sent(kept) if each.kind is DeclarationKind.TURNOVER
    )
    documents = frozenset(
        line.key
        for each in stands
        if each.kind is DeclarationKind.TURNOVER
        for line in each.lines
        if line.amount
    )
    bare = tuple(replace(each, lines=()) for each in stands)
    return Telling(asked_of(session, policy).obligations, bare, documents, first, on)


def _versions(session: Session, policy: Policy, on: date) -> Iterator[Span]:
    """The newest version first; the first one holds from the beginning of the policy."""
    versions = session.execute(
        select(PolicyVersion.id, PolicyVersion.effective_from)
        .where(PolicyVersion.policy_id == policy.id)
        .order_by(PolicyVersion.effective_from.desc(), PolicyVersion.id.desc())
    ).all()
    end = policy.period_end
    telling = _telling(session, policy, on)
    # A day that passes undeclared changes the cover of what was shipped before it.
    passed = sum(
        each.deadline is not None and each.deadline.legal < on
        for each in telling.obligations
    )
    days = sorted((*key, day.isoformat()) for key, day in telling.first.items())
    told = (passed, sorted(telling.documents), len(telling.stands), days)
    for place, (version, since) in enumerate(versions, start=1):
        start = policy.period_start if place == len(versions) else since
        texts = {key: each.text for key, each in values_of(session, version).items()}
        terms = PolicyTerms.read(texts)
        yield Span(
            policy,
            version,
            start,
            end,
            terms,
            telling,
            (policy.id, version, start, end, sorted(texts.items()), told),
            rates_of(session, terms.currency),
        )
        end = min(end, date.fromordinal(start.toordinal() - 1))


def buyers_with(
    session: Session, scope: Scope, spans: tuple[Span, ...], on: date
) -> Iterator[BuyerFacts]:
    """The buyers in scope that have documents, with what their cover depends on."""
    policies = list(dict.fromkeys(span.policy.id for span in spans))
    decisions = {policy: decisions_by_buyer(session, policy) for policy in policies}
    with_grounds = _those(session, select(DiscretionaryGround.buyer_id))
    refused = select(Invoice.buyer_id).join(BillEnd, BillEnd.invoice_id == Invoice.id)
    with_events = _those(session, select(BuyerEvent.buyer_id)) | _those(session, refused)  # fmt: skip
    known = customers(session, scope.client_id)
    common = (_RULES, [span.print for span in spans], setting(session, FX_RATES))
    shared = repr(common)
    for buyer, documents in _ledger_prints(session, scope, on).items():
        mine = {policy: decisions[policy].get(buyer, ()) for policy in policies}
        grounds = (
            {policy: grounds_of(session, policy, buyer) for policy in policies}
            if buyer in with_grounds
            else {}
        )
        events = cover_events(session, buyer) if buyer in with_events else ()
        own = (mine, grounds, events, _print(known[buyer]), documents)
        text = f"({shared}, {repr(own)[1:]}"
        digest = hashlib.sha256(text.encode()).hexdigest()
        yield BuyerFacts(buyer, mine, grounds, events, known[buyer], digest)


def _print(buyer: Customer) -> tuple[str, ...]:
    return buyer.name, buyer.code, buyer.uscc, buyer.country, *buyer.former


def _ledger_prints(session: Session, scope: Scope, on: date) -> dict[int, list[object]]:
    """Everything of the ledger that cover depends on, as it stands in the rows."""

    def mine(table: type[Invoice | Payment]) -> list[ColumnElement[bool]]:
        if scope.buyers is None:
            return [table.client_id == scope.client_id]
        return [table.buyer_id.in_(scope.buyers)]

    found: dict[int, list[object]] = {}
    invoices = session.execute(
        select(
            Invoice.buyer_id, Invoice.kind, Invoice.number, Invoice.issued, Invoice.due, Invoice.shipped,
            Invoice.currency, Invoice.amount_fine, Invoice.vat_rate, Invoice.against, Invoice.part_kind,
        )
        .where(*mine(Invoice), Invoice.issued <= on)
        .order_by(Invoice.buyer_id, Invoice.id)
    )  # fmt: skip
    for buyer, *row in invoices:
        found.setdefault(buyer, []).append(row)
    payments = session.execute(
        select(
            Payment.buyer_id, Payment.key, Payment.paid_on, Payment.currency, Payment.amount_fine, Payment.against
        )
        .where(*mine(Payment), Payment.paid_on <= on)
        .order_by(Payment.buyer_id, Payment.id)
    )  # fmt: skip
    for buyer, *row in payments:
        found.setdefault(buyer, []).append(row)
    return found


def _those(session: Session, statement: Select[int]) -> set[int]:
    return set(session.scalars(statement.distinct()))
