"""The calculations that were kept."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.naming import part_name
from creditdesk.i18n import Message
from creditdesk.models import Claim, ClaimInvoice, IndemnityRecord, Invoice


def latest_record(session: Session, claim: Claim) -> IndemnityRecord | None:
    """The calculation kept last; None where none was."""
    records = select(IndemnityRecord).where(IndemnityRecord.claim_id == claim.id)
    return session.scalars(records.order_by(IndemnityRecord.id.desc()).limit(1)).first()


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


def loss_payees(session: Session, claim: Claim) -> dict[str, str]:
    """To whom the indemnity goes where it isn't as the policy says, by the invoice's number."""
    found = session.execute(
        select(Invoice.number, ClaimInvoice.loss_payee)
        .join(ClaimInvoice, ClaimInvoice.invoice_id == Invoice.id)
        .where(ClaimInvoice.claim_id == claim.id, ClaimInvoice.loss_payee != "")
    )
    return {row.number: row.loss_payee for row in found}
