"""Claims as lists and files show them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import (
    Cause,
    ClaimState,
    completeness,
)
from creditdesk.models import (
    Buyer,
    Claim,
    Client,
    Invoice,
    PackageRecord,
    Policy,
)
from creditdesk.readings.claims import InvoiceParties, latest_record
from creditdesk.readings.queries import name_of
from creditdesk.services.claims import checklist, packaging
from creditdesk.services.claims.values import (
    ClaimId,
    ClaimInvoiceLine,
    ClaimLine,
    PackageLine,
)


def line(session: Session, claim: Claim) -> ClaimLine:
    """A claim in a list."""
    record = latest_record(session, claim)
    done = completeness(checklist.rows(session, claim))
    policy = session.get_one(Policy, claim.policy_id)
    return ClaimLine(
        id=ClaimId(claim.id),
        number=claim.number,
        client_id=claim.client_id,
        client=session.get_one(Client, claim.client_id).name,
        buyer_id=claim.buyer_id,
        buyer=session.get_one(Buyer, claim.buyer_id).name,
        policy_id=claim.policy_id,
        policy=policy.number,
        cause=Cause(claim.cause),
        date_of_loss=claim.date_of_loss,
        state=ClaimState(claim.state),
        opened_on=claim.opened_on,
        claimed=Money.of_minor(record.amount_minor, record.currency)
        if record
        else None,
        paid=None
        if claim.paid_minor is None
        else Money.of_minor(claim.paid_minor, policy.currency),
        present=done.present,
        applicable=done.applicable,
        file_by=packaging.file_by(session, claim),
    )


def invoice(row: Invoice, cause: Cause, parties: InvoiceParties) -> ClaimInvoiceLine:
    """An invoice of the claim, why it isn't paid, whose it is and to whom its indemnity goes."""
    return ClaimInvoiceLine(
        row.number,
        row.issued,
        row.due,
        Money.of_fine(row.amount_fine, row.currency),
        Money.of_fine(row.open_fine, row.currency),
        Money.of_fine(row.disputed_fine, row.currency),
        row.id,
        name_of(row),
        cause,
        *parties,
    )


def packages(session: Session, claim: Claim) -> tuple[PackageLine, ...]:
    """The packages written, the newest first."""
    rows = session.scalars(
        select(PackageRecord)
        .where(PackageRecord.claim_id == claim.id)
        .order_by(PackageRecord.id.desc())
    )
    return tuple(
        PackageLine(
            row.written_at, row.file_name, row.language, row.pages, row.complete
        )
        for row in rows
    )
