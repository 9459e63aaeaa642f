"""What is read of a claim: its invoices and their parties, its notices, and the calculations that were kept."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import ClaimState
from creditdesk.domain.ledger.naming import part_name
from creditdesk.i18n import Message
from creditdesk.models import Claim, ClaimInvoice, IndemnityRecord, Invoice, Notice

_OVER = (ClaimState.CLOSED, ClaimState.WITHDRAWN)


def latest_record(session: Session, claim: Claim) -> IndemnityRecord | None:
    """The calculation kept last; None where none was."""
    records = select(IndemnityRecord).where(IndemnityRecord.claim_id == claim.id)
    return session.scalars(records.order_by(IndemnityRecord.id.desc()).limit(1)).first()


def reserve_of(claim: Claim, record: IndemnityRecord | None, currency: str) -> Money:
    """What a claim uses of the maximum liability: what was paid, or what is expected while it is open."""
    if claim.paid_minor is not None:
        return Money.of_minor(claim.paid_minor, currency)
    if claim.state in _OVER or record is None or record.currency != currency:
        return Money.zero(currency)
    return Money.of_minor(record.amount_minor, currency)


def eroded_by(record: IndemnityRecord | None, currency: str) -> Money:
    """What a kept calculation uses of the aggregate first loss."""
    pair: Any = record.result.get("afl_eroded") if record is not None else None
    if pair is None or pair[1] != currency:
        return Money.zero(currency)
    return Money(Decimal(pair[0]), currency)


def eroded_of(session: Session, policy_id: int, currency: str) -> Money:
    """What the claims of a policy, those not withdrawn, use of its aggregate first loss."""
    claims = session.scalars(
        select(Claim).where(Claim.policy_id == policy_id, Claim.state != ClaimState.WITHDRAWN)
    )  # fmt: skip
    used = (eroded_by(latest_record(session, each), currency) for each in claims)
    return Money.total(used, currency)


def money_of(kept: Sequence[str]) -> Money:
    """An amount as a record keeps it."""
    return Money(Decimal(kept[0]), kept[1])


def part_names(inputs: Mapping[str, Any]) -> dict[str, Message]:
    """What people call the parts among a calculation's documents, by what the figures call them."""
    return {
        row.get("name", row["number"]): name
        for row in inputs["documents"]
        # Calculations kept earlier don't tell parts.
        if (
            name := part_name(
                row["number"], row.get("part", 0), row.get("part_kind", "")
            )
        )
    }


def claim_invoices(session: Session, claim: Claim) -> Sequence[Invoice]:
    """The claim's invoices, oldest due first."""
    return session.scalars(
        select(Invoice)
        .join(ClaimInvoice, ClaimInvoice.invoice_id == Invoice.id)
        .where(ClaimInvoice.claim_id == claim.id)
        .order_by(Invoice.due, Invoice.issued, Invoice.number)
    ).all()


class InvoiceParties(NamedTuple):
    """Whose an invoice is and to whom its indemnity goes; empty: the policyholder's, and as the policy says."""

    loss_payee: str = ""
    joint_insured: str = ""


def parties(session: Session, claim: Claim) -> dict[str, InvoiceParties]:
    """Of each of the claim's invoices, by its number."""
    found = session.execute(
        select(Invoice.number, ClaimInvoice.loss_payee, ClaimInvoice.joint_insured)
        .join(ClaimInvoice, ClaimInvoice.invoice_id == Invoice.id)
        .where(ClaimInvoice.claim_id == claim.id)
    )
    return {number: InvoiceParties(*rest) for number, *rest in found}


def notice_sent(session: Session, claim: Claim) -> date | None:
    """The day the insurer was first told of one of the claimed invoices; None: not recorded."""
    return min((row.sent_on for row in notices(session, claim)), default=None)


def notices(session: Session, claim: Claim) -> tuple[Notice, ...]:
    """The notices of the claim: those that name an invoice it is made for."""
    claimed = {row.number for row in claim_invoices(session, claim)}
    notices = session.scalars(
        select(Notice)
        .where(Notice.buyer_id == claim.buyer_id, Notice.policy_id == claim.policy_id)
        .order_by(Notice.sent_on, Notice.id)
    )
    return tuple(row for row in notices if claimed & set(row.content["numbers"]))
