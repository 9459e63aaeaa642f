"""The account between a client and one buyer over a period."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.parties import buyer_party, client_party, firm
from creditdesk.domain.money import Money
from creditdesk.domain.statement import Account, Entry, EntryKind, Statement
from creditdesk.models import Buyer, Invoice, Payment
from creditdesk.services.ledger.values import StatementPeriodWrong


def statement(session: Session, buyer_id: int, start: date, end: date) -> Statement:
    """Opening balance, every movement of the period, one account a currency; both ends included."""
    if end < start:
        raise StatementPeriodWrong(start=start, end=end)
    entries = sorted(
        _entries(session, buyer_id, end),
        key=lambda entry: (entry.on, entry.kind, entry.number),
    )
    currencies = dict.fromkeys(entry.amount.currency for entry in entries)
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
                code, [each for each in entries if each.amount.currency == code], start
            )
            for code in currencies
        ),
    )


def _account(currency: str, entries: list[Entry], start: date) -> Account:
    before = (entry.change for entry in entries if entry.on < start)
    return Account(
        opening=Money.total(before, currency),
        entries=tuple(entry for entry in entries if entry.on >= start),
    )


def _entries(session: Session, buyer_id: int, end: date) -> list[Entry]:
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
    return [
        *(
            Entry(
                on=row.issued,
                kind=EntryKind(row.kind),
                number=row.number,
                amount=Money.of_fine(row.amount_fine, row.currency),
                due=row.due,
                memo=row.memo,
            )
            for row in documents
        ),
        *(
            Entry(
                on=row.paid_on,
                kind=EntryKind.PAYMENT,
                number=row.against,
                amount=Money.of_fine(row.amount_fine, row.currency),
                memo=row.memo,
            )
            for row in payments
        ),
    ]
