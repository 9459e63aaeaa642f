"""What is open is counted anew where documents or payments came, went, or changed hands."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from creditdesk.domain.ledger.aging import open_amounts
from creditdesk.models import Invoice
from creditdesk.readings.queries import ledger_items


def recount(session: Session, buyers: set[int]) -> None:
    """Count anew what is open with these buyers."""
    kept = select(
        Invoice.id, Invoice.buyer_id, Invoice.number, Invoice.kind, Invoice.open_fine
    )
    for numbers in portions(sorted(buyers)):
        items = ledger_items(session, buyer_ids=numbers)
        open_ = open_amounts(items.documents, items.receipts)
        moved = [
            {"id": row.id, "open_fine": open_[row.buyer_id, row.number, row.kind].fine}
            for row in session.execute(kept.where(Invoice.buyer_id.in_(numbers)))
            if row.open_fine != open_[row.buyer_id, row.number, row.kind].fine
        ]
        if moved:
            session.execute(update(Invoice), moved)


def portions(numbers: Sequence[int], size: int = 500) -> Iterator[Sequence[int]]:
    """As many as one statement can name."""
    for at in range(0, len(numbers), size):
        yield numbers[at : at + size]
