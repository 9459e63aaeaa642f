"""The lines of bank statements, what each may pay, and what is open. rules.md 4.3, 11.2."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import CreditKind, DocumentKind
from creditdesk.domain.ledger.naming import part_name
from creditdesk.domain.ledger.payers import plain
from creditdesk.domain.ledger.receipts import (
    BankReceipt,
    KnownBuyer,
    KnownPayment,
    OpenItem,
    ReceiptBooks,
    Suggestion,
    suggest,
)
from creditdesk.models import (
    BankLine,
    Buyer,
    BuyerAlias,
    Client,
    ImportBatch,
    Invoice,
    Payment,
)
from creditdesk.readings.queries import buyer_names, invoice_key, part_names
from creditdesk.services.ledger.receipt_values import (
    LineId,
    LineState,
    PaidPart,
    ReceiptLine,
)

_AROUND = timedelta(days=30)


def lines(
    session: Session, client_id: int | None, batch_id: int | None = None
) -> tuple[ReceiptLine, ...]:
    """Every line, or those of one statement, the newest first."""
    statement = (
        select(BankLine, Client.name, Buyer.name, ImportBatch.file_name)
        .join(Client, Client.id == BankLine.client_id)
        .join(ImportBatch, ImportBatch.id == BankLine.batch_id)
        .outerjoin(Buyer, Buyer.id == BankLine.buyer_id)
        .order_by(BankLine.booked_on.desc(), BankLine.id.desc())
    )
    if client_id is not None:
        statement = statement.where(BankLine.client_id == client_id)
    if batch_id is not None:
        statement = statement.where(BankLine.batch_id == batch_id)
    against = _against(session, client_id)
    return tuple(
        _line(line, client, buyer or "", file, against.get(line.id, ()))
        for line, client, buyer, file in session.execute(statement)
    )


def open_items(
    session: Session, client_id: int, buyer_id: int | None = None
) -> tuple[OpenItem, ...]:
    """The open invoices, oldest due first."""
    statement = select(
        Invoice.id, Invoice.buyer_id, Invoice.number, Invoice.issued, Invoice.due, Invoice.open_fine,
        Invoice.currency, Invoice.invoice_no, Invoice.contract, Invoice.part, Invoice.part_kind,
    ).where(
        Invoice.client_id == client_id,
        Invoice.kind == DocumentKind.INVOICE.value,
        Invoice.open_fine > 0,
    )  # fmt: skip
    if buyer_id is not None:
        statement = statement.where(Invoice.buyer_id == buyer_id)
    found = [
        OpenItem(
            id=row.id, buyer=row.buyer_id, number=row.number, issued=row.issued, due=row.due,
            open=Money.of_fine(row.open_fine, row.currency), invoice_no=row.invoice_no, contract=row.contract,
            name=part_name(row.number, row.part, row.part_kind),
        )
        for row in session.execute(statement)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda item: item.order))


def suggestions(
    session: Session, client_id: int
) -> dict[LineId, tuple[Suggestion, ...]]:
    """What each open line may pay, the best first."""
    waiting = session.scalars(
        select(BankLine).where(
            BankLine.client_id == client_id, BankLine.state == LineState.OPEN.value
        )
    ).all()
    if not waiting:
        return {}
    books = ReceiptBooks(
        open_items(session, client_id),
        known_buyers(session, client_id),
        _known_payments(session, client_id, waiting),
    )
    return {LineId(line.id): suggest(_receipt(line), books) for line in waiting}


def known_buyers(session: Session, client_id: int) -> tuple[KnownBuyer, ...]:
    """The buyers with their aliases, and the accounts and payers of lines confirmed before."""
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    statement = select(BuyerAlias.buyer_id, BuyerAlias.name).join(
        Buyer, Buyer.id == BuyerAlias.buyer_id
    )
    for buyer, name in session.execute(statement.where(Buyer.client_id == client_id)):
        aliases[buyer].append(name)
    accounts: defaultdict[int, set[str]] = defaultdict(set)
    payers: defaultdict[int, set[str]] = defaultdict(set)
    confirmed = select(
        BankLine.buyer_id, BankLine.payer, BankLine.payer_account, BankLine.third_party
    ).where(BankLine.client_id == client_id, BankLine.buyer_id.is_not(None))
    for found in session.execute(confirmed):
        whose, payer, account, third = found
        assert whose is not None  # noqa: S101 - asked for only those
        # A masked account is many accounts.
        if account and "*" not in account:
            accounts[whose].add(account)
        if third:
            payers[whose].add(plain(payer))
    return tuple(
        KnownBuyer(
            id=each.id, name=each.name, aliases=tuple(aliases[each.id]),
            accounts=frozenset(accounts[each.id]), payers=frozenset(payers[each.id]),
        )
        for each in buyer_names(session, client_id).values()
    )  # fmt: skip


def amount_of(line: BankLine) -> Money:
    """What came in."""
    return Money.of_fine(line.amount_fine, line.currency)


def _receipt(line: BankLine) -> BankReceipt:
    return BankReceipt(
        on=line.booked_on, amount=amount_of(line), payer=line.payer, account=line.payer_account,
        text=line.text,
    )  # fmt: skip


def _known_payments(
    session: Session, client_id: int, waiting: Sequence[BankLine]
) -> list[KnownPayment]:
    """What the ledger itself tells of around these days: a receipt may stand there already."""
    days = [line.booked_on for line in waiting]
    found = session.execute(
        select(
            Payment.buyer_id, Payment.paid_on, Payment.amount_fine, Payment.currency
        ).where(
            Payment.client_id == client_id,
            Payment.bank_line_id.is_(None),
            Payment.kind == CreditKind.RECEIPT.value,
            Payment.paid_on.between(min(days) - _AROUND, max(days) + _AROUND),
        )
    )
    return [
        KnownPayment(buyer, on, Money.of_fine(fine, currency))
        for buyer, on, fine, currency in found
    ]


def _against(
    session: Session, client_id: int | None
) -> dict[int, tuple[PaidPart, ...]]:
    """What each line was set against; a person chose each document itself."""
    names = part_names(session, client_id=client_id)
    statement = select(
        Payment.bank_line_id, Payment.buyer_id, Payment.against, Payment.amount_fine, Payment.currency
    ).where(Payment.bank_line_id.is_not(None))  # fmt: skip
    if client_id is not None:
        statement = statement.where(Payment.client_id == client_id)
    found: defaultdict[int, list[PaidPart]] = defaultdict(list)
    for line, buyer, number, fine, currency in session.execute(
        statement.order_by(Payment.id)
    ):
        assert line is not None  # noqa: S101 - asked for only those
        name = names.get(invoice_key(buyer, number))
        found[line].append(PaidPart(number, Money.of_fine(fine, currency), name))
    return {line: tuple(parts) for line, parts in found.items()}


def _line(
    line: BankLine,
    client: str,
    buyer: str,
    file: str,
    against: tuple[PaidPart, ...],
) -> ReceiptLine:
    return ReceiptLine(
        id=LineId(line.id), client_id=line.client_id, client=client, booked_on=line.booked_on, payer=line.payer,
        payer_account=line.payer_account, text=line.text, amount=amount_of(line), state=LineState(line.state),
        buyer_id=line.buyer_id, buyer=buyer, reason=line.reason, word=line.word, third_party=line.third_party,
        decided_at=line.decided_at, who=line.who, file_name=file, row=line.row, against=against,
    )  # fmt: skip
