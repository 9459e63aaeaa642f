"""What is open of each document once the payments are set against them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Protocol, TypeVar

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.aging import LedgerDocument, Receipt, open_amounts
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.ledger.rows import DocumentRow, PaymentRow
from creditdesk.readings.queries import DocumentKey, invoice_key
from creditdesk.services.ledger.holdings import HeldDocument, HeldPayment, PaymentKey

AnyDocument = DocumentRow | HeldDocument
AnyPayment = PaymentRow | HeldPayment
_INVOICE = DocumentKind.INVOICE.value
_T = TypeVar("_T")


class Paced(Protocol):
    """Goes through many things and lets the person know, and cancel, now and then."""

    def __call__(self, items: Iterable[_T], /) -> Iterator[_T]:
        """The same things."""


def open_fine(
    documents: Mapping[DocumentKey, AnyDocument],
    payments: Mapping[PaymentKey, AnyPayment],
    buyers: set[int],
    each: Paced,
) -> dict[DocumentKey, int]:
    """What is open of each document of these buyers, in fine units, as `domain.aging.open_amounts` has it.

    Where a buyer has invoices only and each payment names one of them, the rule comes down to a subtraction.
    """
    open_ = {
        key: document.amount_fine
        for key, document in each(documents.items())
        if key[0] in buyers
    }
    in_turn = {buyer for buyer, _, kind in open_ if kind != _INVOICE}
    for (buyer, _), payment in each(payments.items()):
        if buyer not in buyers:
            continue
        key = (buyer, payment.against, _INVOICE)
        paid = documents.get(key) if payment.against else None
        if paid is None or paid.currency != payment.currency:
            in_turn.add(buyer)
        else:
            open_[key] = max(0, open_[key] - payment.amount_fine)
    if in_turn:
        found = open_amounts(
            _documents(each(documents.items()), in_turn),
            _receipts(each(payments.items()), in_turn),
        )
        open_.update((key, amount.fine) for key, amount in found.items())
    return open_


def _documents(
    documents: Iterable[tuple[DocumentKey, AnyDocument]], buyers: set[int]
) -> Iterator[LedgerDocument[DocumentKey, int]]:
    for key, row in documents:
        if key[0] in buyers:
            yield LedgerDocument(
                id=key,
                buyer=key[0],
                kind=DocumentKind(row.kind),
                issued=date.fromisoformat(row.issued),
                due=date.fromisoformat(row.due) if row.due else None,
                amount=Money.of_fine(row.amount_fine, row.currency),
                against=invoice_key(key[0], row.against) if row.against else None,
                number=key[1],
            )


def _receipts(
    payments: Iterable[tuple[PaymentKey, AnyPayment]], buyers: set[int]
) -> Iterator[Receipt[DocumentKey, int]]:
    for key, row in payments:
        if key[0] in buyers:
            yield Receipt(
                id=key,
                buyer=key[0],
                on=date.fromisoformat(row.paid_on),
                amount=Money.of_fine(row.amount_fine, row.currency),
                to=invoice_key(key[0], row.against) if row.against else None,
            )
