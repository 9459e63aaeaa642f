"""What was done since a merge and rests on it: with that the two can't be made two again."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.i18n import N_, Message
from creditdesk.models import (
    Buyer,
    BuyerEvent,
    BuyerMerge,
    Claim,
    ClaimInvoice,
    CreditLimit,
    DeclarationLine,
    DiscretionaryGround,
    Invoice,
    LimitRequest,
    Notice,
    Payment,
)
from creditdesk.readings.queries import invoice_key, part_names
from creditdesk.readings.recounting import portions


@dataclass(frozen=True, slots=True)
class _Merged:
    """A merge as it is looked at. `numbers`: those of the invoices that would go back."""

    keep: int
    records: dict[str, frozenset[int]]
    numbers: frozenset[str]
    last: dict[str, int]

    def moved(self, table: str) -> frozenset[int]:
        return self.records.get(table, frozenset())


def on(
    session: Session, record: BuyerMerge, keep: Buyer, gone: Buyer
) -> tuple[Message, ...]:
    """Every reason against undoing it; none: it can be undone."""
    merged = _merged(session, record)
    return (
        *_buyers(session, record, keep, gone),
        *_claims(session, merged),
        *_paying(session, merged),
        *_decisions(session, merged),
        *_told_insurer(session, merged),
        *_events(session, merged),
    )


def _merged(session: Session, record: BuyerMerge) -> _Merged:
    records = {table: frozenset(ids) for table, ids in record.moved["records"].items()}
    numbers: set[str] = set()
    for ids in portions(sorted(records.get("invoice", ()))):
        numbers.update(
            session.scalars(select(Invoice.number).where(Invoice.id.in_(ids)))
        )
    return _Merged(record.keep_id, records, frozenset(numbers), record.moved["last"])


def _buyers(
    session: Session, record: BuyerMerge, keep: Buyer, gone: Buyer
) -> Iterator[Message]:
    if keep.merged_into is not None:
        other = session.get_one(Buyer, keep.merged_into)
        told = N_("the merge of {gone} into {keep}")
        yield Message.of(told, gone=keep.name, keep=other.name)
    if not gone.code:
        return
    taken = session.scalars(
        select(Buyer).where(
            Buyer.client_id == record.client_id,
            Buyer.code == gone.code,
            Buyer.merged_into.is_(None),
        )
    ).first()
    adopted = record.moved["adopted"].get("code") == gone.code
    if taken is not None and not (taken.id == keep.id and adopted):
        told = N_("the code {code} of {buyer}")
        yield Message.of(told, code=gone.code, buyer=taken.name)


def _claims(session: Session, merged: _Merged) -> Iterator[Message]:
    found = session.execute(
        select(Claim.id, Claim.number, ClaimInvoice.invoice_id)
        .join(ClaimInvoice, ClaimInvoice.claim_id == Claim.id)
        .where(Claim.buyer_id == merged.keep, Claim.id > merged.last["claim"])
        .order_by(Claim.id)
    )
    numbers = [number for _, number, invoice in found if invoice in merged.moved("invoice")]  # fmt: skip
    for number in dict.fromkeys(numbers):
        yield Message.of(N_("claim {number}"), number=number)


def _paying(session: Session, merged: _Merged) -> Iterator[Message]:
    """Payments and credit notes that came since and name an invoice that would go back."""
    paid = session.execute(
        select(Payment.paid_on, Payment.currency, Payment.amount_fine, Payment.against)
        .where(Payment.buyer_id == merged.keep, Payment.id > merged.last["payment"])
        .order_by(Payment.id)
    )
    names = part_names(session, buyer_ids=[merged.keep])
    told = N_("the payment of {amount} on {day} for {number}")
    for day, currency, fine, number in paid:
        if number in merged.numbers and fine:
            amount = Money.of_fine(fine, currency)
            name = names.get(invoice_key(merged.keep, number)) or number
            yield Message.of(told, amount=amount, day=day.isoformat(), number=name)
    notes = session.execute(
        select(Invoice.number, Invoice.against)
        .where(
            Invoice.buyer_id == merged.keep,
            Invoice.id > merged.last["invoice"],
            Invoice.kind == DocumentKind.CREDIT_NOTE.value,
        )
        .order_by(Invoice.id)
    )
    told = N_("credit note {note} for {number}")
    for note, number in notes:
        if number in merged.numbers:
            name = names.get(invoice_key(merged.keep, number)) or number
            yield Message.of(told, note=note, number=name)


def _decisions(session: Session, merged: _Merged) -> Iterator[Message]:
    """Limits that follow one that would go back, answers to requests, grounds drawn from both ledgers."""
    later = session.scalars(
        select(CreditLimit)
        .where(
            CreditLimit.buyer_id == merged.keep,
            CreditLimit.id > merged.last["credit_limit"],
        )
        .order_by(CreditLimit.id)
    ).all()
    answers = set(
        session.scalars(
            select(LimitRequest.decision_id).where(
                LimitRequest.id.in_(sorted(merged.moved("limit_request")))
            )
        )
    )
    told = N_("the limit decision that counts from {day}")
    for each in later:
        if each.replaces in merged.moved("credit_limit") or each.id in answers:
            yield Message.of(told, day=each.effective_from.isoformat())
    grounds = session.scalars(
        select(DiscretionaryGround.evidence_date).where(
            DiscretionaryGround.buyer_id == merged.keep,
            DiscretionaryGround.id > merged.last["discretionary_ground"],
        )
    )
    for day in grounds:
        told = N_("the discretionary limit with its evidence of {day}")
        yield Message.of(told, day=day.isoformat())


def _told_insurer(session: Session, merged: _Merged) -> Iterator[Message]:
    notices = session.execute(
        select(Notice.sent_on, Notice.content)
        .where(Notice.buyer_id == merged.keep, Notice.id > merged.last["notice"])
        .order_by(Notice.id)
    )
    for day, content in notices:
        if merged.numbers & set(content["numbers"]):
            told = N_("the notice to the insurer of {day}")
            yield Message.of(told, day=day.isoformat())
    declared = session.execute(
        select(DeclarationLine.declaration_id, DeclarationLine.number)
        .where(
            DeclarationLine.buyer_id == merged.keep,
            DeclarationLine.id > merged.last["declaration_line"],
        )
        .order_by(DeclarationLine.declaration_id)
    )
    numbers = [each for each, number in declared if number in merged.numbers]
    for each in dict.fromkeys(numbers):
        yield Message.of(N_("declaration number {number}"), number=each)


def _events(session: Session, merged: _Merged) -> Iterator[Message]:
    found = session.execute(
        select(BuyerEvent.known_on, BuyerEvent.withdraws)
        .where(
            BuyerEvent.buyer_id == merged.keep,
            BuyerEvent.id > merged.last["buyer_event"],
        )
        .order_by(BuyerEvent.id)
    )
    for day, withdrawn in found:
        if withdrawn in merged.moved("buyer_event"):
            told = N_("the withdrawal of what was reported, of {day}")
            yield Message.of(told, day=day.isoformat())
