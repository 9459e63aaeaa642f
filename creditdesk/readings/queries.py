"""Questions that several services ask: rows of the desk as values of the domain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from creditdesk.db.errors import RecordMissing
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.aging import LedgerDocument, Receipt
from creditdesk.domain.ledger.documents import CreditKind, DocumentKind
from creditdesk.domain.ledger.naming import (
    Name,
    Names,
    NumberedDocument,
    document_name,
    is_exact,
    part_name,
    references,
)
from creditdesk.i18n import Message
from creditdesk.models import Buyer, Client, Invoice, Payment, Setting

DocumentKey = tuple[int, str, str]
"""A document as the ledger knows it: buyer, own number, kind (a red-letter row may carry its invoice's number)."""
InvoiceNames = Names[DocumentKey, date]


@dataclass(frozen=True, slots=True)
class LedgerItems:
    """Documents and payments, ready for the rules; ids are `DocumentKey`s."""

    documents: tuple[LedgerDocument[DocumentKey, int], ...]
    receipts: tuple[Receipt[DocumentKey, int], ...]


@dataclass(frozen=True, slots=True)
class BuyerName:
    """A buyer as lists name it."""

    id: int
    client_id: int
    code: str
    name: str


def invoice_key(buyer: int, number: str) -> DocumentKey:
    """The key of an invoice: what payments and credit notes name."""
    return buyer, number, DocumentKind.INVOICE.value


def ledger_items(
    session: Session,
    *,
    client_id: int | None = None,
    buyer_ids: Sequence[int] | None = None,
) -> LedgerItems:
    """The ledger of one client, of some buyers, or of everyone."""
    names = invoice_names(session, client_id=client_id, buyer_ids=buyer_ids)
    return LedgerItems(
        _documents(session, names, client_id, buyer_ids),
        _receipts(session, names, client_id, buyer_ids),
    )


def invoice_names(
    session: Session,
    *,
    client_id: int | None = None,
    buyer_ids: Sequence[int] | None = None,
) -> InvoiceNames:
    """The numbers that several invoices share; of most ledgers none."""
    scope = _scope(Invoice, client_id, buyer_ids)
    shared = select(Invoice.buyer_id).where(Invoice.doc_no != "", *scope)
    found = session.execute(
        select(
            Invoice.buyer_id, Invoice.number, Invoice.doc_no, Invoice.issued, Invoice.due, Invoice.part
        ).where(Invoice.buyer_id.in_(shared), Invoice.kind == DocumentKind.INVOICE)
    )  # fmt: skip
    return Names(
        NumberedDocument(
            invoice_key(row.buyer_id, row.number), row.buyer_id, row.number, row.doc_no, row.issued, row.due, row.part
        )
        for row in found
    )  # fmt: skip


def named(
    names: InvoiceNames, buyer: int, against: str, on: date, *, exact: bool = False
) -> tuple[DocumentKey, ...]:
    """The invoices that a payment or credit note of a day names, in the order they are paid."""
    return tuple(
        key
        for number in references(against)
        for key in (not exact and names.several(buyer, number, on))
        or (invoice_key(buyer, number),)
    )


def _documents(
    session: Session,
    names: InvoiceNames,
    client_id: int | None,
    buyer_ids: Sequence[int] | None,
) -> tuple[LedgerDocument[DocumentKey, int], ...]:
    found = session.execute(
        select(
            Invoice.buyer_id,
            Invoice.number,
            Invoice.kind,
            Invoice.issued,
            Invoice.due,
            Invoice.currency,
            Invoice.amount_fine,
            Invoice.against,
        ).where(*_scope(Invoice, client_id, buyer_ids))
    )
    documents = []
    for buyer, number, kind, issued, due, currency, minor, against in found:
        first, *further = named(names, buyer, against, issued) if against else (None,)
        documents.append(
            LedgerDocument(
                id=(buyer, number, kind),
                buyer=buyer,
                kind=DocumentKind(kind),
                issued=issued,
                due=due,
                amount=Money.of_fine(minor, currency),
                against=first,
                also=tuple(filter(None, further)),
                number=number,
            )
        )
    return tuple(documents)


def _receipts(
    session: Session,
    names: InvoiceNames,
    client_id: int | None,
    buyer_ids: Sequence[int] | None,
) -> tuple[Receipt[DocumentKey, int], ...]:
    found = session.execute(
        select(
            Payment.id,
            Payment.buyer_id,
            Payment.paid_on,
            Payment.currency,
            Payment.amount_fine,
            Payment.against,
            Payment.key,
        ).where(*_scope(Payment, client_id, buyer_ids))
    )
    receipts = []
    for number, buyer, paid_on, currency, minor, against, key in found:
        to: tuple[DocumentKey | None, ...] = (None,)
        if against:
            to = named(names, buyer, against, paid_on, exact=is_exact(key))
        receipts.append(
            Receipt(
                id=number,
                buyer=buyer,
                on=paid_on,
                amount=Money.of_fine(minor, currency),
                to=to[0],
                also=tuple(filter(None, to[1:])),
            )
        )
    return tuple(receipts)


def silent_payments(session: Session, client_id: int) -> frozenset[int]:
    """Payments whose day the file didn't give, and what lessened a debt without being money."""
    found = session.scalars(
        select(Payment.id).where(
            Payment.client_id == client_id,
            or_(Payment.dated.is_(False), Payment.kind != CreditKind.RECEIPT.value),
        )
    )
    return frozenset(found)


def _scope(
    table: type[Invoice | Payment],
    client_id: int | None,
    buyer_ids: Sequence[int] | None,
) -> list[ColumnElement[bool]]:
    scope: list[ColumnElement[bool]] = []
    if client_id is not None:
        scope.append(table.client_id == client_id)
    if buyer_ids is not None:
        scope.append(table.buyer_id.in_(buyer_ids))
    return scope


def invoice_ids(
    session: Session,
    *,
    client_id: int | None = None,
    buyer_ids: Sequence[int] | None = None,
) -> dict[DocumentKey, int]:
    """The record of each document."""
    found = session.execute(
        select(Invoice.id, Invoice.buyer_id, Invoice.number, Invoice.kind).where(
            *_scope(Invoice, client_id, buyer_ids)
        )
    )
    return {(buyer, number, kind): record for record, buyer, number, kind in found}


def name_of(row: Invoice) -> Name:
    """What people call a document."""
    return document_name(row.number, row.part, row.part_kind)


@dataclass(frozen=True, slots=True)
class PaperNumber:
    """The number on the paper of a document that shares it, and which part of it this is; 0: the whole."""

    number: str
    part: int
    part_kind: str

    @property
    def name(self) -> Message | None:
        """What people call the part; None: it is a whole, called by its number."""
        return part_name(self.number, self.part, self.part_kind)


def part_names(
    session: Session,
    *,
    client_id: int | None = None,
    buyer_ids: Sequence[int] | None = None,
) -> dict[DocumentKey, Message]:
    """What people call the parts of documents; a whole is called by its number and isn't among them."""
    found = session.execute(
        select(
            Invoice.buyer_id, Invoice.number, Invoice.kind, Invoice.part, Invoice.part_kind
        ).where(Invoice.doc_no != "", *_scope(Invoice, client_id, buyer_ids))
    )  # fmt: skip
    return {
        (buyer, number, kind): name
        for buyer, number, kind, part, part_kind in found
        if (name := part_name(number, part, part_kind))
    }


def paper_numbers(
    session: Session,
    *,
    client_id: int | None = None,
    buyer_ids: Sequence[int] | None = None,
) -> dict[DocumentKey, PaperNumber]:
    """Of the documents that share their number with others; of most ledgers none."""
    found = session.execute(
        select(
            Invoice.buyer_id, Invoice.number, Invoice.kind, Invoice.doc_no, Invoice.part, Invoice.part_kind
        ).where(Invoice.doc_no != "", *_scope(Invoice, client_id, buyer_ids))
    )  # fmt: skip
    return {
        (buyer, number, kind): PaperNumber(doc_no, part, part_kind)
        for buyer, number, kind, doc_no, part, part_kind in found
    }


def last_shipments(
    session: Session,
    on: date,
    client_id: int | None = None,
    buyer_ids: Sequence[int] | None = None,
) -> dict[int, date]:
    """The last day goods left for each buyer, up to a day."""
    day = func.coalesce(Invoice.shipped, Invoice.issued)
    statement = select(Invoice.buyer_id, func.max(day)).where(
        Invoice.kind == DocumentKind.INVOICE.value,
        day <= on,
        *([] if buyer_ids is None else [Invoice.buyer_id.in_(buyer_ids)]),
    )
    if client_id is not None:
        buyers = select(Buyer.id).where(Buyer.client_id == client_id)
        statement = statement.where(Invoice.buyer_id.in_(buyers))
    found = session.execute(statement.group_by(Invoice.buyer_id))
    return {buyer: last for buyer, last in found}  # noqa: C416 - a result is no list of pairs


def buyer_names(session: Session, client_id: int | None = None) -> dict[int, BuyerName]:
    """The buyers of one client, or of all."""
    statement = select(Buyer.id, Buyer.client_id, Buyer.code, Buyer.name).where(
        Buyer.merged_into.is_(None)
    )
    if client_id is not None:
        statement = statement.where(Buyer.client_id == client_id)
    return {row.id: BuyerName(*row) for row in session.execute(statement)}


def client_names(session: Session) -> dict[int, str]:
    """All clients, by name."""
    found = session.execute(select(Client.id, Client.name).order_by(Client.name))
    return {row.id: row.name for row in found}


FX_RATES = "fx_rates"
"""The setting that keeps exchange rates, one line a rate."""


def setting(session: Session, key: str, default: str = "") -> str:
    """A choice of the desk."""
    row = session.get(Setting, key)
    return row.value if row else default


def settings(session: Session) -> dict[str, str]:
    """All choices of the desk; names that begin with a dot are the program's own (`db/traces`)."""
    chosen = select(Setting).where(~Setting.key.startswith("."))
    return {row.key: row.value for row in session.scalars(chosen)}


def the_client(session: Session, client_id: int) -> Client:
    """The client; raises `RecordMissing`."""
    found = session.get(Client, client_id)
    if found is None:
        raise RecordMissing(what=f"client {client_id}")
    return found
