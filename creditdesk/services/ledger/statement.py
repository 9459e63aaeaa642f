"""The account between a client and one buyer over a period."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.aging import Aging, AgingRow, age
from creditdesk.domain.ledger.bills import BillWay
from creditdesk.domain.ledger.documents import CreditKind, DocumentKind
from creditdesk.domain.ledger.marks import Mark, marked
from creditdesk.domain.ledger.naming import paid_names, part_name, references
from creditdesk.domain.ledger.statement import (
    Account,
    Ages,
    BalanceConfirmation,
    EntryKind,
    OpenDocument,
    OwedAccount,
    Statement,
    StatementEntry,
)
from creditdesk.i18n import Message
from creditdesk.models import BillTransfer, Buyer, Invoice, Payment
from creditdesk.readings.parties import buyer_party, client_party, firm
from creditdesk.readings.queries import (
    DocumentKey,
    PaperNumber,
    invoice_key,
    ledger_items,
    paper_numbers,
    part_names,
)
from creditdesk.services.ledger.values import StatementPeriodWrong

_WAYS = {
    BillWay.ENDORSED.value: Mark.ENDORSED,
    BillWay.DISCOUNTED.value: Mark.DISCOUNTED,
}
_PAID = {CreditKind.RECEIPT.value: EntryKind.PAYMENT}


def statement(session: Session, buyer_id: int, start: date, end: date) -> Statement:
    """Opening balance, every movement of the period, one account a currency; both ends included."""
    if end < start:
        raise StatementPeriodWrong(start=start, end=end)
    entries = sorted(
        _entries(session, buyer_id, end),
        key=lambda entry: (entry.on, entry.kind, entry.number),
    )
    currencies = dict.fromkeys(entry.amount.currency for entry in entries)
    items = ledger_items(session, buyer_ids=[buyer_id])
    aging = age(items.documents, items.receipts, end)
    client_id = session.scalars(
        select(Buyer.client_id).where(Buyer.id == buyer_id)
    ).one()
    return Statement(
        firm=firm(session),
        client=client_party(session, client_id),
        buyer=buyer_party(session, buyer_id),
        start=start,
        end=end,
        accounts=tuple(
            _account(
                code,
                [each for each in entries if each.amount.currency == code],
                start,
                _ages(aging, code),
            )
            for code in currencies
        ),
    )


def confirmation(session: Session, buyer_id: int, on: date) -> BalanceConfirmation:
    """What the buyer owes on a day, document by document."""
    items = ledger_items(session, buyer_ids=[buyer_id])
    aging = age(items.documents, items.receipts, on)
    papers = paper_numbers(session, buyer_ids=[buyer_id])
    client_id = session.scalars(
        select(Buyer.client_id).where(Buyer.id == buyer_id)
    ).one()
    return BalanceConfirmation(
        client=client_party(session, client_id),
        buyer=buyer_party(session, buyer_id),
        on=on,
        accounts=tuple(
            OwedAccount(
                documents=tuple(
                    _open_document(row, papers.get(row.id))
                    for row in aging.rows
                    if row.open.currency == code
                ),
                unapplied=sums.unapplied,
            )
            for code, sums in aging.by_currency.items()
            if sums.outstanding or sums.unapplied
        ),
    )


def _open_document(
    row: AgingRow[DocumentKey, int], paper: PaperNumber | None
) -> OpenDocument:
    return OpenDocument(
        number=paper.number if paper else row.id[1],
        issued=row.issued,
        due=row.due,
        open=row.open,
        days_overdue=row.days_overdue,
        due_open=_is_due_open(row),
        name=paper.name if paper else None,
    )


def _ages(aging: Aging[DocumentKey, int], currency: str) -> Ages:
    sums = aging.by_currency.get(currency)
    if sums is None:
        return Ages((), Money.zero(currency))
    waiting = (
        row.open
        for row in aging.rows
        if row.open.currency == currency and _is_due_open(row)
    )
    due_open = Money.total(waiting, currency)
    columns = tuple(zip(aging.names, sums.columns, strict=True))
    return Ages(columns, sums.unapplied, due_open or None)


def _passed_on(
    session: Session, buyer_id: int, end: date
) -> dict[int, tuple[Mark, str]]:
    """Bills that somebody else held at the end, in the ledger's words, by their invoice."""
    found = session.execute(
        select(BillTransfer.invoice_id, BillTransfer.way, BillTransfer.passed_on, BillTransfer.holder)
        .join(Invoice, Invoice.id == BillTransfer.invoice_id)
        .where(Invoice.buyer_id == buyer_id, BillTransfer.passed_on <= end)
    )  # fmt: skip
    return {
        number: (_WAYS[way], f"{on} {holder}".strip())
        for number, way, on, holder in found
    }


def _is_due_open(row: AgingRow[DocumentKey, int]) -> bool:
    return row.due_missing and row.id[2] == DocumentKind.INVOICE.value


def _account(
    currency: str, entries: list[StatementEntry], start: date, ages: Ages
) -> Account:
    before = (entry.change for entry in entries if entry.on < start)
    return Account(
        opening=Money.total(before, currency),
        entries=tuple(entry for entry in entries if entry.on >= start),
        ages=ages,
    )


def _entries(session: Session, buyer_id: int, end: date) -> list[StatementEntry]:
    documents = session.scalars(
        select(Invoice).where(Invoice.buyer_id == buyer_id, Invoice.issued <= end)
    )
    payments = session.scalars(
        select(Payment).where(
            Payment.buyer_id == buyer_id,
            Payment.paid_on <= end,
            Payment.amount_fine > 0,
        )
    )
    names = part_names(session, buyer_ids=[buyer_id])
    passed = _passed_on(session, buyer_id, end)

    def name(number: str) -> Message | None:
        return names.get(invoice_key(buyer_id, number))

    return [
        *(
            StatementEntry(
                on=row.issued,
                kind=EntryKind(row.kind),
                number=row.doc_no or row.number,
                amount=Money.of_fine(row.amount_fine, row.currency),
                due=row.due,
                memo=marked(row.memo, *passed[row.id])
                if row.id in passed
                else row.memo,
                name=part_name(row.doc_no or row.number, row.part, row.part_kind),
            )
            for row in documents
        ),
        *(
            StatementEntry(
                on=row.paid_on,
                kind=_PAID.get(row.kind) or EntryKind(row.kind),
                number="、".join(references(row.against)),
                name=paid_names(name, row.key, row.against) or None,
                amount=Money.of_fine(row.amount_fine, row.currency),
                memo=row.memo,
            )
            for row in payments
        ),
    ]
