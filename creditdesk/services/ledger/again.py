"""Holds a file that was taken in before against what the desk says now."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.bank import BankStatement, keys
from creditdesk.domain.ledger.documents import AgedDraft, DocumentKind, LedgerDraft
from creditdesk.domain.ledger.naming import Name, document_name
from creditdesk.domain.ledger.rows import (
    DocumentRow,
    PaymentRow,
    document_rows,
    payment_rows,
)
from creditdesk.jobs import Progress
from creditdesk.models import BankLine, Buyer, ImportBatch, ImportChange, Invoice
from creditdesk.readings.queries import buyer_names, name_of
from creditdesk.services.ledger import aged, banked, changes, comparing
from creditdesk.services.ledger.comparing import Plan
from creditdesk.services.ledger.holdings import (
    DOCUMENT_FIELDS,
    PAYMENT_FIELDS,
    HeldDocument,
    HeldPayment,
    PaymentKey,
)
from creditdesk.services.ledger.import_values import (
    Comparison,
    Difference,
    FieldChange,
    ImportStanding,
    Record,
    SourceRow,
)
from creditdesk.services.ledger.values import BatchId, BatchUnknown

AnyDraft = LedgerDraft | AgedDraft | BankStatement
_AT_ONCE = 500
_HELD = HeldPayment._fields.index(PAYMENT_FIELDS[0])
_TOLD = PaymentRow._fields.index(PAYMENT_FIELDS[0])


def compare(
    session: Session, batch_id: BatchId, draft: AnyDraft, progress: Progress
) -> Comparison:
    """What of the file is still so, and what is not. Raises `BatchUnknown`."""
    batch = session.get(ImportBatch, batch_id)
    if batch is None:
        raise BatchUnknown(batch=batch_id)
    if isinstance(draft, AgedDraft):
        return _summary(session, batch.client_id, draft)
    if isinstance(draft, BankStatement):
        return _statement(session, batch.client_id, draft)
    return _ledger(session, batch, draft, progress)


def _ledger(
    session: Session, batch: ImportBatch, draft: LedgerDraft, progress: Progress
) -> Comparison:
    made = comparing.plan(session, batch.client_id, draft, progress)
    names = {
        number: each.name
        for number, each in buyer_names(session, batch.client_id).items()
    }
    once = _told_once(session, batch.client_id, draft, made)
    gone = [row for buyer, row in made.payments.added if (buyer, row.key) in once]
    changed = [
        (row, held)
        for row, held in made.payments.changed
        if once.get((held.buyer_id, held.key)) != held[_HELD:]
    ]
    by_invoice = _changers(session, batch, Record.INVOICE, [held.id for _, held in made.invoices.changed])  # fmt: skip
    by_payment = _changers(session, batch, Record.PAYMENT, [held.id for _, held in changed])  # fmt: skip
    days = [row.issued for row in document_rows(made.draft.documents)]
    found = [
        *(_gone(row, Record.INVOICE) for _, row in made.invoices.added),
        *(_other(row, held, names, by_invoice) for row, held in made.invoices.changed),
        *(_gone(row, Record.PAYMENT) for row in gone),
        *(_other(row, held, names, by_payment) for row, held in changed),
        *(_new(session, batch, made, (min(days), max(days))) if days else ()),
    ]
    return Comparison(
        same=made.invoices.same + made.payments.same + len(made.payments.changed) - len(changed),
        differences=tuple(found),
        banked=len(made.payments.added) - len(gone),
        start=date.fromisoformat(min(days)) if days else None,
        end=date.fromisoformat(max(days)) if days else None,
    )  # fmt: skip


def _told_once(
    session: Session, client_id: int, draft: LedgerDraft, made: Plan
) -> dict[PaymentKey, tuple[object, ...]]:
    """The file's payments without what was confirmed from bank statements, as they would be kept."""
    once = banked.told_once(session, client_id, draft)
    return {
        (made.buyers.of(row.buyer), row.key): row[_TOLD:]
        for row in payment_rows(once.payments)
    }


def _changers(
    session: Session, batch: ImportBatch, record: Record, numbers: Sequence[int]
) -> dict[int, SourceRow]:
    """The last import after this one that changed each record and still stands."""
    found: dict[int, SourceRow] = {}
    for at in range(0, len(numbers), _AT_ONCE):
        rows = session.execute(
            select(ImportChange.record_id, ImportBatch)
            .join(ImportBatch, ImportBatch.id == ImportChange.batch_id)
            .where(
                ImportChange.kind == record.value,
                ImportChange.record_id.in_(numbers[at : at + _AT_ONCE]),
                ImportBatch.id > batch.id,
                ImportBatch.undone_at.is_(None),
            )
            .order_by(ImportChange.id)
        )
        found |= {number: changes.source_row(later, None) for number, later in rows}
    return found


def _gone(row: DocumentRow | PaymentRow, record: Record) -> Difference:
    return Difference(
        standing=ImportStanding.GONE,
        record=record,
        buyer=row.buyer.name or row.buyer.code,
        name=_name(row),
        amount=_amount(row),
        row=row.row,
    )


def _name(row: DocumentRow | PaymentRow) -> Name:
    if isinstance(row, DocumentRow):
        return document_name(row.number, row.part, row.part_kind)
    return document_name(row.against, row.part, "")


def _other(
    row: DocumentRow | PaymentRow,
    held: HeldDocument | HeldPayment,
    names: Mapping[int, str],
    by: Mapping[int, SourceRow],
) -> Difference:
    is_document = isinstance(row, DocumentRow)
    fields = DOCUMENT_FIELDS if is_document else PAYMENT_FIELDS
    file, desk = row._asdict(), held._asdict()
    return Difference(
        standing=ImportStanding.DIFFERENT,
        record=Record.INVOICE if is_document else Record.PAYMENT,
        buyer=names.get(held.buyer_id, ""),
        name=_name(row),
        amount=_amount(row),
        row=row.row,
        id=held.id,
        fields=tuple(
            FieldChange(
                name, changes.value_of(name, file), changes.value_of(name, desk)
            )
            for name in fields
            if file[name] != desk[name]
        ),
        by=by.get(held.id),
    )


def _new(
    session: Session, batch: ImportBatch, made: Plan, days: tuple[str, str]
) -> Iterator[Difference]:
    """The desk's documents of the file's days that the file does not tell of."""
    told = {
        (made.buyers.of(row.buyer), row.number, row.kind)
        for row in document_rows(made.draft.documents)
    }
    start, end = map(date.fromisoformat, days)
    found = session.execute(
        select(Invoice, Buyer.name, ImportBatch)
        .join(Buyer, Buyer.id == Invoice.buyer_id)
        .outerjoin(ImportBatch, ImportBatch.id == Invoice.batch_id)
        .where(Invoice.client_id == batch.client_id, Invoice.issued.between(start, end))
        .order_by(Invoice.id)
    )
    for row, buyer, brought in found:
        if (row.buyer_id, row.doc_no or row.number, row.kind) not in told:
            yield Difference(
                standing=ImportStanding.NEW,
                record=Record.INVOICE,
                buyer=buyer,
                name=name_of(row),
                amount=_signed(row.kind, row.amount_fine, row.currency),
                id=row.id,
                by=changes.source_row(brought, row.row) if brought else None,
            )


def _amount(row: DocumentRow | PaymentRow) -> Money:
    kind = row.kind if isinstance(row, DocumentRow) else ""
    return _signed(kind, row.amount_fine, row.currency)


def _signed(kind: str, fine: int, currency: str) -> Money:
    """A credit note takes off."""
    sign = -1 if kind == DocumentKind.CREDIT_NOTE.value else 1
    return Money.of_fine(sign * fine, currency)


def _summary(session: Session, client_id: int, draft: AgedDraft) -> Comparison:
    """An aged summary's figures against the desk's of its day."""
    rows, there = aged.held_against(session, client_id, draft)
    names = buyer_names(session, client_id)
    refs = {each.row: each.buyer.name or each.buyer.code for each in draft.balances}
    found = []
    for (buyer, currency, place), row in rows.items():
        held = there.get((buyer, currency))
        fine = None if held is None else held.get(place, 0)
        if fine == row["amount_fine"]:
            continue
        amount = Money.of_fine(row["amount_fine"], currency)
        now = None if fine is None else Money.of_fine(fine, currency)
        found.append(
            Difference(
                standing=ImportStanding.GONE if now is None else ImportStanding.DIFFERENT,
                record=Record.BALANCE,
                buyer=names[buyer].name if buyer in names else refs[row["row"]],
                name=row["header"],
                amount=amount,
                row=row["row"],
                fields=() if now is None else (FieldChange("amount_fine", amount, now),),
            )
        )  # fmt: skip
    return Comparison(
        same=len(rows) - len(found),
        differences=tuple(found),
        start=draft.as_of,
        end=draft.as_of,
    )


def _statement(
    session: Session, client_id: int, statement: BankStatement
) -> Comparison:
    """A bank's lines against those the desk holds."""
    held = set(
        session.scalars(select(BankLine.key).where(BankLine.client_id == client_id))
    )
    told = list(zip(keys(statement), statement.lines, strict=True))
    gone = [line for key, line in told if key not in held]
    days = [line.booked_on for _, line in told]
    return Comparison(
        same=len(told) - len(gone),
        differences=tuple(
            Difference(
                standing=ImportStanding.GONE, record=Record.LINE, buyer=line.payer, name=line.text, amount=line.amount,
                row=line.row,
            )
            for line in gone
        ),
        start=min(days, default=None),
        end=max(days, default=None),
    )  # fmt: skip
