"""A document kept whole whose term falls in parts is split into them, as if its file had told them. rules.md 14.2."""

from collections.abc import Sequence

from sqlalchemy import Select, inspect, or_, select
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.aging import open_amounts
from creditdesk.domain.ledger.documents import CreditKind, DueBy
from creditdesk.domain.ledger.naming import is_exact
from creditdesk.domain.ledger.term_days import FallsDue
from creditdesk.models import (
    ClaimInvoice,
    Declaration,
    DeclarationLine,
    ImportBatch,
    ImportChange,
    Invoice,
    InvoiceDocument,
    Payment,
)
from creditdesk.readings.queries import invoice_key, ledger_items
from creditdesk.readings.recounting import portions


def resting_on(session: Session, rows: Sequence[Invoice]) -> frozenset[int]:
    """Which of these documents stay whole: a claim or a declaration names them so, or a later file changed them."""
    every = sorted(row.id for row in rows)
    return frozenset(
        number
        for some in portions(every)
        for asked in _resting(some)
        for number in session.scalars(asked)
    )


def _resting(numbers: Sequence[int]) -> tuple[Select[int], ...]:
    claimed = select(ClaimInvoice.invoice_id).where(
        ClaimInvoice.invoice_id.in_(numbers)
    )
    declared = (
        select(Invoice.id)
        .join(
            DeclarationLine,
            (DeclarationLine.buyer_id == Invoice.buyer_id)
            & (DeclarationLine.number == Invoice.number)
            & (DeclarationLine.kind == Invoice.kind),
        )
        .join(Declaration, Declaration.id == DeclarationLine.declaration_id)
        .where(Invoice.id.in_(numbers))
    )
    changed = (
        select(ImportChange.record_id)
        .join(ImportBatch, ImportBatch.id == ImportChange.batch_id)
        .where(
            ImportChange.kind == Invoice.__tablename__,
            ImportChange.record_id.in_(numbers),
            ImportBatch.undone_at.is_(None),
        )
    )
    return claimed, declared, changed


def split(
    session: Session, whole: Invoice, found: FallsDue, by: DueBy
) -> tuple[Invoice, ...]:
    """The document becomes its first part, and the others are added; what was set against it is set against them.

    `by`: whence the due dates of the parts are known. What is open is to be counted anew.
    """
    amounts = found.part_amounts(Money.of_fine(whole.amount_fine, whole.currency))
    shares = [(share, amount.fine) for share, amount in zip(found.parts, amounts, strict=True) if amount]  # fmt: skip
    disputed = whole.disputed_fine
    parts = [whole, *(_copy(whole) for _ in shares[1:])]
    names = _names(session, whole, len(shares))
    paper = whole.doc_no or whole.number
    for place, (part, (share, fine)) in enumerate(zip(parts, shares, strict=True), 1):
        mine = min(disputed, fine)
        disputed -= mine
        part.number, part.doc_no, part.part = names[place - 1], paper, place
        part.part_kind, part.due = share.kind.value, share.due
        part.due_by = by.value if share.due else DueBy.FILE.value
        # Nothing is open until it is counted: what was, may be more than the part.
        part.open_fine, part.disputed_fine = 0, mine
        part.amount_fine, part.net_fine, part.vat_fine = fine, None, None
    session.add_all(parts[1:])
    session.flush()  # papers and money name them
    _spread(session, parts)
    _papers(session, parts)
    return tuple(parts)


def _copy(row: Invoice) -> Invoice:
    names = [each.key for each in inspect(Invoice).column_attrs if each.key != "id"]
    return Invoice(**{name: getattr(row, name) for name in names})


def _names(session: Session, whole: Invoice, count: int) -> list[str]:
    """The numbers of their own, as a file's parts have them."""
    taken = set(
        session.scalars(
            select(Invoice.number).where(
                Invoice.buyer_id == whole.buyer_id,
                Invoice.kind == whole.kind,
                or_(
                    Invoice.number == whole.number,
                    Invoice.number.startswith(f"{whole.number} ", autoescape=True),
                ),
            )
        )
    )
    first, found = whole.number, [whole.number]
    for place in range(2, count + 1):
        name = f"{first} #{place}"
        while name in taken:
            name = f"{first} ({whole.issued}, {len(taken)}) #{place}"
            taken.add(name)
        found.append(name)
    return found


def _spread(session: Session, parts: Sequence[Invoice]) -> None:
    """What names the whole itself pays its parts in their order, money first; what exceeds them stays with the last."""
    whole = parts[0]
    paid = session.scalars(
        select(Payment)
        .where(Payment.buyer_id == whole.buyer_id, Payment.against == whole.number)
        .order_by(Payment.kind != CreditKind.RECEIPT.value, Payment.paid_on, Payment.id)
    ).all()
    own = [each for each in paid if is_exact(each.key) and each.currency == whole.currency]  # fmt: skip
    room = _room(session, parts) if own else {}
    for payment in own:
        _spread_one(session, payment, room)


def _room(session: Session, parts: Sequence[Invoice]) -> dict[str, int]:
    """What of each part is left by what names the paper: credit notes and receipts, which go on over its parts."""
    first = parts[0]
    key = invoice_key(first.buyer_id, first.number)
    items = ledger_items(session, buyer_ids=[first.buyer_id])
    named = (
        each for each in items.receipts if each.to and (each.to != key or each.also)
    )
    left = open_amounts(items.documents, named)
    return {
        each.number: left[invoice_key(each.buyer_id, each.number)].fine
        for each in parts
    }


def _spread_one(session: Session, payment: Payment, room: dict[str, int]) -> None:
    numbers = list(room)
    left, own = payment.amount_fine, payment.key
    shares: dict[str, int] = {}
    for number in numbers:
        mine = min(left, room[number])
        room[number] -= mine
        left -= mine
        if mine:
            shares[number] = mine
    if left:
        last = numbers[-1]
        shares[last] = shares.get(last, 0) + left
    prefix = own.removesuffix(numbers[0])
    for place, (number, fine) in enumerate(shares.items()):
        key = f"{prefix}{number}" if prefix != own else own
        if place == 0:
            payment.against, payment.amount_fine, payment.key = number, fine, key
            continue
        columns = [
            each.key for each in inspect(Payment).column_attrs if each.key != "id"
        ]
        more = Payment(**{name: getattr(payment, name) for name in columns})
        more.against, more.amount_fine = number, fine
        more.key = key if key != own else f"{own}#{place + 1}"
        session.add(more)


def _papers(session: Session, parts: Sequence[Invoice]) -> None:
    """The e-invoice of the document is that of every part."""
    kept = session.scalars(
        select(InvoiceDocument.document_id).where(
            InvoiceDocument.invoice_id == parts[0].id
        )
    ).all()
    session.add_all(
        InvoiceDocument(invoice_id=part.id, document_id=document)
        for part in parts[1:]
        for document in kept
    )
