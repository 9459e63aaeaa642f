"""What is open of each document once the payments are set against them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, TypeVar

from creditdesk.domain.ledger.debts import settle
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.ledger.naming import (
    Names,
    NumberedDocument,
    is_exact,
    references,
)
from creditdesk.domain.ledger.rows import DocumentRow, PaymentRow
from creditdesk.readings.queries import DocumentKey
from creditdesk.services.ledger.holdings import HeldDocument, HeldPayment, PaymentKey

AnyDocument = DocumentRow | HeldDocument
AnyPayment = PaymentRow | HeldPayment
_INVOICE = DocumentKind.INVOICE.value
_CREDIT_NOTE = DocumentKind.CREDIT_NOTE.value
_OPENING = DocumentKind.OPENING.value
_Account = tuple[int, str]
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
    """What is open of each document of these buyers, in fine units, as `aging.open_amounts` has it."""
    open_ = {
        key: row.amount_fine for key, row in each(documents.items()) if key[0] in buyers
    }

    def account_of(key: DocumentKey) -> _Account | None:
        row = documents.get(key)
        return (key[0], row.currency) if row else None

    def oldest_due(key: DocumentKey) -> tuple[str, str, str]:
        row = documents[key]
        first = "" if key[2] == _OPENING else row.due or row.issued
        return first, row.issued, key[1]

    names = _names(documents, buyers)

    def named(
        buyer: int, against: str, on: str, *, exact: bool = False
    ) -> tuple[DocumentKey, ...]:
        if not against:
            return ()
        return tuple(
            key
            for number in references(against)
            for key in (not exact and names.several(buyer, number, on))
            or ((buyer, number, _INVOICE),)
        )

    notes = sorted((key for key in open_ if key[2] == _CREDIT_NOTE), key=oldest_due)
    settle(
        open_,
        account_of,
        (
            (
                key,
                (key[0], documents[key].currency),
                open_[key],
                named(key[0], documents[key].against, documents[key].issued),
            )
            for key in notes
        ),
        (
            (
                (key[0], row.currency),
                row.amount_fine,
                named(key[0], row.against, row.paid_on, exact=is_exact(key[1])),
            )
            for key, row in each(payments.items())
            if key[0] in buyers
        ),
        lambda: sorted(
            (key for key in open_ if key[2] != _CREDIT_NOTE), key=oldest_due
        ),
    )
    return open_


def _names(
    documents: Mapping[DocumentKey, AnyDocument], buyers: set[int]
) -> Names[DocumentKey, str]:
    """The numbers that several invoices of these buyers share."""
    shared = any(row.doc_no for row in documents.values())
    return Names(
        NumberedDocument(key, key[0], key[1], row.doc_no, row.issued, row.due, row.part)
        for key, row in (documents if shared else {}).items()
        if key[2] == _INVOICE and key[0] in buyers
    )
