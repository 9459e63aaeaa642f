"""The cover each invoice had when it was shipped: worked out again only where something changed, and kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import islice
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from creditdesk.catalog.longest_terms import longest_term
from creditdesk.db import bulk
from creditdesk.db.touched import Scope
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import Cause
from creditdesk.domain.cover.case import IndemnityCase, IndemnityTerms
from creditdesk.domain.cover.limits import CoverEventKind, Reason
from creditdesk.domain.cover.when_shipped import ShippedCover, covers_when_shipped
from creditdesk.domain.policy.choices import AttachmentBasis
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress
from creditdesk.models import (
    Buyer,
    BuyerCover,
    CreditLimit,
    Invoice,
    InvoiceCover,
    Policy,
)
from creditdesk.readings.cases import (
    Books,
    adverse_since,
    books_of,
    ground_for,
    with_failures,
)
from creditdesk.services.policies.cover_books import (
    BuyerFacts,
    Span,
    buyers_with,
    spans_of,
)

_Row = dict[str, Any]
_COLUMNS = (
    "invoice_id", "policy_id", "version_id", "decision_id", "ground_id", "reasons", "currency", "insured_minor",
)  # fmt: skip
_OPEN_TO_QUESTION = frozenset({Reason.KNOWN_RISK, Reason.NOT_DECLARED})
"""What the insurer may hold against a shipment, and what can be made good."""
_AT_ONCE = 50
"""Buyers."""


@dataclass(frozen=True, slots=True)
class KeptCover:
    """The cover an invoice had on the day its goods left. `policy` empty: none ran then.

    `otherwise`: what was insured of it if the insurer holds neither the known risk nor a missing declaration against
    it; None where neither is the only thing against it.
    """

    policy: str
    insured: Money
    reasons: tuple[Reason, ...]
    decision_no: str
    discretionary: bool
    otherwise: Money | None = None


@dataclass(frozen=True, slots=True)
class Fresh:
    """What has to be written: rows that differ from those kept, and from what each buyer's were worked out."""

    rows: list[_Row]
    digests: dict[int, str]


def find(
    session: Session,
    scope: Scope,
    on: date,
    progress: Progress | None,
    waived: frozenset[Reason] = frozenset(),
) -> Fresh:
    """The covers of a client's invoices that are new or changed, with what is known on a day.

    `waived`: reasons the insurer is taken not to hold against a shipment.
    """
    fresh = Fresh([], {})
    spans = spans_of(session, scope.client_id, on)
    if not spans:
        return fresh
    digests = session.execute(
        select(BuyerCover.buyer_id, BuyerCover.digest)
        .join(Buyer, Buyer.id == BuyerCover.buyer_id)
        .where(Buyer.client_id == scope.client_id)
    )
    known = {buyer: digest for buyer, digest in digests}  # noqa: C416 - a result is no list of pairs
    changed = (
        facts
        for facts in buyers_with(session, scope, spans, on)
        if known.get(facts.buyer_id) != facts.digest
    )
    for some in portions(changed):
        _find(session, some, spans, on, fresh, progress or Progress(), waived)
    return fresh


def portions(facts: Iterable[BuyerFacts]) -> Iterator[list[BuyerFacts]]:
    """Some buyers at a time: their ledgers are read together."""
    rest = iter(facts)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def _find(  # noqa: PLR0913, PLR0917 - whose, under what, as of when
    session: Session,
    some: Sequence[BuyerFacts],
    spans: tuple[Span, ...],
    on: date,
    fresh: Fresh,
    progress: Progress,
    waived: frozenset[Reason],
) -> None:
    buyers = [facts.buyer_id for facts in some]
    ledgers, records = books_of(session, buyers), _records(session, buyers)
    kept = _kept(session, buyers)
    for facts in progress.each(some, N_("Working out the cover of the invoices")):
        buyer = facts.buyer_id
        fresh.digests[buyer] = facts.digest
        rows = _of_buyer(facts, spans, on, ledgers[buyer], records[buyer], waived)
        fresh.rows.extend(row for row in rows if kept.get(row["invoice_id"]) != row)


def write(session: Session, fresh: Fresh, at: datetime, progress: Progress) -> int:
    """Add what was found; the answer is how many rows, those that tell from what each buyer's were worked out too."""
    step = partial(progress.step, Message(N_("Working out the cover of the invoices")))
    rows = ({**row, "computed_at": at} for row in fresh.rows)
    bulk.add_each(session, InvoiceCover, rows, step)
    if fresh.digests:
        statement = upsert(BuyerCover)
        replaced = {
            "digest": statement.excluded.digest,
            "computed_at": statement.excluded.computed_at,
        }
        session.execute(
            statement.on_conflict_do_update(index_elements=["buyer_id"], set_=replaced),
            [
                {"buyer_id": buyer, "digest": digest, "computed_at": at}
                for buyer, digest in fresh.digests.items()
            ],
        )
    return len(fresh.rows) + len(fresh.digests)


def of_buyer(session: Session, buyer_id: int, on: date) -> Mapping[int, KeptCover]:
    """The newest cover kept of each of a buyer's invoices, by the invoice's record."""
    kept = dict(_kept_covers(session, buyer_id))
    asked = [
        number
        for number, each in kept.items()
        if each.reasons and _OPEN_TO_QUESTION.issuperset(each.reasons)
    ]
    other = _otherwise(session, buyer_id, on) if asked else {}
    for number in asked:
        kept[number] = replace(kept[number], otherwise=other.get(number))
    return kept


def _otherwise(session: Session, buyer_id: int, on: date) -> dict[int, Money]:
    """What would be insured of each invoice if the insurer held none of these against it."""
    client = session.get_one(Buyer, buyer_id).client_id
    spans = spans_of(session, client, on)
    found: dict[int, Money] = {}
    for facts in buyers_with(session, Scope(client, frozenset({buyer_id})), spans, on):
        ledger, records = books_of(session, [buyer_id]), _records(session, [buyer_id])
        rows = _of_buyer(facts, spans, on, ledger[buyer_id], records[buyer_id], _OPEN_TO_QUESTION
        )  # fmt: skip
        for row in rows:
            amount = Money.of_minor(row["insured_minor"], row["currency"])
            found[row["invoice_id"]] = amount
    return found


def _kept_covers(session: Session, buyer_id: int) -> Iterator[tuple[int, KeptCover]]:
    found = session.execute(
        select(InvoiceCover, Policy.number, CreditLimit.decision_no)
        .outerjoin(Policy, Policy.id == InvoiceCover.policy_id)
        .outerjoin(CreditLimit, CreditLimit.id == InvoiceCover.decision_id)
        .where(InvoiceCover.id.in_(_newest([buyer_id])))
    )
    for row, policy, number in found:
        yield (
            row.invoice_id,
            KeptCover(
                policy or "",
                Money.of_minor(row.insured_minor, row.currency),
                tuple(Reason(each) for each in row.reasons),
                number or "",
                row.ground_id is not None,
            ),
        )


def _newest(buyers: Sequence[int]) -> Select[int]:
    return (
        select(func.max(InvoiceCover.id))
        .join(Invoice, Invoice.id == InvoiceCover.invoice_id)
        .where(Invoice.buyer_id.in_(buyers))
        .group_by(InvoiceCover.invoice_id)
    )


def _kept(session: Session, buyers: Sequence[int]) -> dict[int, _Row]:
    """The newest row of each of these buyers' invoices, by the invoice's record."""
    rows = session.execute(
        select(*(getattr(InvoiceCover, name) for name in _COLUMNS)).where(
            InvoiceCover.id.in_(_newest(buyers))
        )
    )
    return {row.invoice_id: dict(zip(_COLUMNS, row, strict=True)) for row in rows}


def _of_buyer(  # noqa: PLR0913, PLR0917 - whose, under what, as of when
    facts: BuyerFacts,
    spans: tuple[Span, ...],
    on: date,
    ledger: Books,
    records: Mapping[str, int],
    waived: frozenset[Reason] = frozenset(),
) -> Iterator[_Row]:
    """Every invoice under the terms that held when it was shipped; what can't be worked out has no row."""
    by_span: dict[Span | None, set[str]] = {}
    for debt in ledger.debts:
        if debt.issued <= on:
            held = next((span for span in spans if span.holds(debt.shipped_on)), None)
            by_span.setdefault(held, set()).add(debt.id)
    for span, numbers in by_span.items():
        if span is None:
            yield from (
                _outside(records[debt.id], debt.amount.currency)
                for debt in ledger.debts
                if debt.id in numbers
            )
            continue
        case, ground = case_under(facts, span, on, ledger, numbers)
        try:
            covers = covers_when_shipped(replace(case, waived=waived), numbers)
        except UserError:
            continue
        for cover in covers:
            if cover.id in numbers:
                yield _row(records[cover.id], span, cover, facts, ground)


def case_under(
    facts: BuyerFacts,
    span: Span,
    on: date,
    ledger: Books,
    numbers: set[str],
) -> tuple[IndemnityCase, int | None]:
    """The whole ledger under one version of the terms, and the ground that carries most of these invoices."""
    adverse = [
        event.on for event in facts.events if event.kind is CoverEventKind.ADVERSE_INFO
    ]
    shipped = [debt.shipped_on for debt in ledger.debts if debt.id in numbers]
    ground = ground_for(facts.grounds.get(span.policy.id, ()), shipped, adverse)
    decisions = facts.decisions.get(span.policy.id, ())
    start, end = span.policy.period_start, span.policy.period_end
    # What left outside the period is not insured, declared or not.
    declared = (
        span.telling.marked(facts.buyer_id, debt)
        if start <= debt.shipped_on <= end
        else debt
        for debt in ledger.debts
    )
    terms = IndemnityTerms.of(
        span.terms, cause=Cause.PROTRACTED_DEFAULT, longest=longest_term(span.terms)
    )
    case = IndemnityCase(
        # Which losses a policy attaches to shows only when there is one: here it is whether it ran on the day.
        terms=replace(terms, attachment_basis=AttachmentBasis.RISK_ATTACHING),
        date_of_loss=on,
        limits=tuple(each.limit for each in decisions),
        invoices=(
            *with_failures(declared, span.terms, facts.buyer),
            *ledger.besides,
        ),
        credits=ledger.credits,
        discretionary=ground.discretionary(
            adverse_since(facts.events, ground.evidence_date), span.terms.dcl_pct
        )
        if ground
        else None,
        events=facts.events,
        claim_date=on,
        rates=span.rates,
    )
    return case, ground.id if ground else None


def _row(
    record: int,
    span: Span,
    cover: ShippedCover,
    facts: BuyerFacts,
    ground: int | None,
) -> _Row:
    decisions = facts.decisions.get(span.policy.id, ())
    decision = next((each.id for each in decisions if each.limit is cover.limit), None)
    return {
        "invoice_id": record,
        "policy_id": span.policy.id,
        "version_id": span.version_id,
        "decision_id": decision,
        "ground_id": ground if cover.discretionary else None,
        "reasons": [reason.value for reason in cover.reasons],
        "currency": cover.insured.currency,
        "insured_minor": cover.insured.minor,
    }


def _outside(record: int, currency: str) -> _Row:
    """No policy ran when the goods left."""
    return {
        "invoice_id": record,
        "policy_id": None,
        "version_id": None,
        "decision_id": None,
        "ground_id": None,
        "reasons": [Reason.OUT_OF_PERIOD.value],
        "currency": currency,
        "insured_minor": 0,
    }


def _records(session: Session, buyers: Sequence[int]) -> dict[int, dict[str, int]]:
    """The record of each invoice, by buyer and number."""
    found: dict[int, dict[str, int]] = {buyer: {} for buyer in buyers}
    rows = session.execute(
        select(Invoice.buyer_id, Invoice.number, Invoice.id).where(
            Invoice.buyer_id.in_(buyers), Invoice.kind == "invoice"
        )
    )
    for buyer, number, record in rows:
        found[buyer][number] = record
    return found
