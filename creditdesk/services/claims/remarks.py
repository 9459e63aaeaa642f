"""What a person should know before relying on a claim's figures: a loss still to come, debt claimed twice."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from creditdesk.domain.claim.claims import ClaimState
from creditdesk.i18n import N_, Message
from creditdesk.models import Claim, ClaimInvoice, Invoice

_TO_COME = N_(
    "The date of loss {day} is still to come: what is paid until then changes the figures."
)
_TWICE = N_("Also claimed in {claims}: {invoices}. The same debt is paid once.")


def remarks(session: Session, claim: Claim, today: date) -> tuple[Message, ...]:
    """What is odd about the claim itself."""
    found = (_loss_to_come(claim, today), _claimed_twice(session, claim))
    return tuple(each for each in found if each is not None)


def _loss_to_come(claim: Claim, today: date) -> Message | None:
    if claim.date_of_loss <= today:
        return None
    return Message.of(_TO_COME, day=claim.date_of_loss)


def _claimed_twice(session: Session, claim: Claim) -> Message | None:
    """Invoices of this claim that another one names, unless that was withdrawn."""
    mine, other = aliased(ClaimInvoice), aliased(ClaimInvoice)
    found = session.execute(
        select(Claim.number, Invoice.number)
        .join(other, other.claim_id == Claim.id)
        .join(mine, mine.invoice_id == other.invoice_id)
        .join(Invoice, Invoice.id == mine.invoice_id)
        .where(
            mine.claim_id == claim.id,
            Claim.id != claim.id,
            Claim.state != ClaimState.WITHDRAWN,
        )
        .order_by(Claim.id, Invoice.number)
    ).all()
    if not found:
        return None
    claims = tuple(dict.fromkeys(number for number, _ in found))
    invoices = tuple(dict.fromkeys(number for _, number in found))
    return Message.of(_TWICE, claims=claims, invoices=invoices)
