"""Documents that give neither a due date nor a term: dated by what was agreed, if a person says so. rules.md 14.1."""

from collections import defaultdict
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from creditdesk.catalog.term_questions import settled
from creditdesk.domain.ledger.documents import DocumentKind, DueBy
from creditdesk.domain.ledger.term_days import FallsDue
from creditdesk.models import Buyer, Invoice
from creditdesk.readings.answers import answer_key, answers
from creditdesk.services.ledger import due_open


def apply(session: Session, client_id: int, buyer_id: int | None = None) -> int:
    """Date what waits, and move or take back what was dated so before. The answer is how many dates changed.

    A term of the document's own goes before the buyer's, also where it leaves the day open. What falls due in parts is
    split into them.
    """
    waits = and_(Buyer.term_dates, Invoice.due.is_(None), Invoice.term == "")
    statement = (
        select(Invoice, Buyer)
        .join(Buyer, Buyer.id == Invoice.buyer_id)
        .where(
            Invoice.client_id == client_id,
            Invoice.kind == DocumentKind.INVOICE.value,
            or_(waits, Invoice.due_by == DueBy.AGREED.value),
        )
    )
    if buyer_id is not None:
        statement = statement.where(Invoice.buyer_id == buyer_id)
    found = session.execute(statement).all()
    said = answers(session, client_id) if found else {}
    moved: defaultdict[str, dict[Invoice, date | None]] = defaultdict(dict)
    whole: dict[Invoice, FallsDue] = {}
    for row, buyer in found:
        term = settled(buyer.term, answer_key(buyer), said)
        counts = buyer.term_dates and not row.term
        falls = due_open.falls_due(row, term) if counts else None
        if falls and falls.parts and not row.part:
            whole[row] = falls
            continue
        due = due_open.due_by(row, falls) if falls else None
        if row.due != due:
            moved[buyer.term][row] = due
    for words, rows in moved.items():
        due_open.write(session, client_id, rows, DueBy.AGREED, {"term": words})
    parts, _ = due_open.split_whole(session, client_id, whole, DueBy.AGREED)
    dated = sum(row.due is not None for row in parts)
    return sum(map(len, moved.values())) + dated
