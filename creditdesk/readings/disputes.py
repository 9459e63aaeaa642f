"""What buyers contest of their invoices, and what by the settlement they don't owe."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from creditdesk.models import Dispute, Invoice

NotOwed = Mapping[tuple[int, str], int]
"""By buyer and number of the invoice, in fine units of its currency."""


def not_owed(session: Session, buyers: Sequence[int]) -> NotOwed:
    """What of these buyers' invoices was contested and by the settlement isn't owed, though no credit note says so."""
    found = session.execute(
        select(Invoice.buyer_id, Invoice.number, func.sum(Dispute.amount_fine - Dispute.upheld_fine))
        .join(Dispute, Dispute.invoice_id == Invoice.id)
        .where(Invoice.buyer_id.in_(buyers), Dispute.settled_on.is_not(None))
        .group_by(Invoice.buyer_id, Invoice.number)
    )  # fmt: skip
    return {(buyer, number): fine for buyer, number, fine in found if fine}
