"""What a client's ledger holds, as rows by their natural keys."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.queries import DocumentKey, invoice_key
from creditdesk.domain.aging import LedgerDocument, Receipt
from creditdesk.domain.ledger import DocumentKind
from creditdesk.domain.money import Money
from creditdesk.models import Invoice, Payment

Row = dict[str, Any]
PaymentKey = tuple[int, str]
DOCUMENT_FIELDS = (
    "kind", "issued", "due", "shipped", "term", "currency", "amount_fine", "disputed_fine", "net_fine",
    "vat_fine", "vat_rate", "invoice_no", "against", "contract", "memo",
)  # fmt: skip
PAYMENT_FIELDS = ("against", "paid_on", "dated", "currency", "amount_fine", "memo")


@dataclass(slots=True)
class Changes:
    """Rows of one table: to add, to change (with what they were), and how many stay as they are."""

    added: list[Row] = field(default_factory=list)
    changed: list[tuple[Row, Row]] = field(default_factory=list)
    same: int = 0


class Holdings:
    """The client's documents and payments by natural key, as rows."""

    def __init__(self, session: Session | None = None, client_id: int = 0) -> None:
        self.invoices: dict[DocumentKey, Row] = {}
        self.payments: dict[PaymentKey, Row] = {}
        if session is None:
            return
        columns = [
            getattr(Invoice, name)
            for name in ("id", "buyer_id", "number", "open_fine", *DOCUMENT_FIELDS)
        ]
        for row in session.execute(
            select(*columns).where(Invoice.client_id == client_id)
        ).mappings():
            self.invoices[document_key(dict(row))] = dict(row)
        columns = [
            getattr(Payment, name)
            for name in ("id", "buyer_id", "key", *PAYMENT_FIELDS)
        ]
        for row in session.execute(
            select(*columns).where(Payment.client_id == client_id)
        ).mappings():
            self.payments[row["buyer_id"], row["key"]] = dict(row)

    def with_changes(self, invoices: Changes, payments: Changes) -> "Holdings":
        """The ledger as it will be."""
        merged = Holdings()
        merged.invoices = {
            **self.invoices,
            **{document_key(row): row for row in changed_rows(invoices)},
        }
        merged.payments = {
            **self.payments,
            **{_payment_row_key(row): row for row in changed_rows(payments)},
        }
        return merged

    def items(
        self, buyers: set[int]
    ) -> tuple[list[LedgerDocument[DocumentKey, int]], list[Receipt[DocumentKey, int]]]:
        """Documents and payments of these buyers, ready for the rules."""
        documents = [
            _as_document(key, row)
            for key, row in self.invoices.items()
            if key[0] in buyers
        ]
        receipts = [
            _as_receipt(key, row)
            for key, row in self.payments.items()
            if key[0] in buyers
        ]
        return documents, receipts


def document_key(row: Row) -> DocumentKey:
    """What tells a document's row again."""
    return row["buyer_id"], row["number"], row["kind"]


def _payment_row_key(row: Row) -> PaymentKey:
    return row["buyer_id"], row["key"]


def changed_rows(changes: Changes) -> list[Row]:
    """The rows to add and those to change, as they will be."""
    return [*changes.added, *(after for after, _ in changes.changed)]


def _as_document(key: DocumentKey, row: Row) -> LedgerDocument[DocumentKey, int]:
    return LedgerDocument(
        id=key,
        buyer=key[0],
        kind=DocumentKind(row["kind"]),
        issued=row["issued"],
        due=row["due"],
        amount=Money.of_fine(row["amount_fine"], row["currency"]),
        against=invoice_key(key[0], row["against"]) if row["against"] else None,
        number=key[1],
    )


def _as_receipt(key: PaymentKey, row: Row) -> Receipt[DocumentKey, int]:
    return Receipt(
        id=key,
        buyer=key[0],
        on=row["paid_on"],
        amount=Money.of_fine(row["amount_fine"], row["currency"]),
        to=invoice_key(key[0], row["against"]) if row["against"] else None,
    )
