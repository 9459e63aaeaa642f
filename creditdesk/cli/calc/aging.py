"""Reads the case of `calc aging` and answers it (commands.md)."""

from collections.abc import Mapping

from creditdesk.cli.calc.reading import CaseIdUsedTwice, CaseReferenceUnknown, Reader
from creditdesk.domain.ledger.aging import (
    AgingFigures,
    AgingRow,
    LedgerDocument,
    Receipt,
    age,
)
from creditdesk.domain.ledger.brackets import STANDARD_BRACKETS
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Language

_CURRENCY = "CNY"
_Documents = dict[str, LedgerDocument[str, str]]


class PaymentBuyerMissing(UserError):
    """A payment that could belong to several buyers."""

    message = N_(
        "{where} names neither a document nor a buyer. Say whose payment it is."
    )


class PaymentCurrencyMissing(UserError):
    """A payment that could be in several currencies."""

    message = N_("{where} has no currency, and the buyer's documents have several.")


def aging(case: Reader, _language: Language) -> dict[str, object]:
    """The open items on a day, by currency and by buyer."""
    documents = _documents(case)
    receipts = [
        _receipt(reader, documents)
        for reader in case.objects("payments", required=False)
    ]
    found = age(
        documents.values(),
        receipts,
        case.day("as_of"),
        case.whole_numbers("brackets", STANDARD_BRACKETS),
        case.days("grace_days", 0),
    )
    case.close()
    return {
        "as_of": found.as_of.isoformat(),
        "by_currency": _figures(found.by_currency, found.names),
        "by_buyer": {
            buyer: _figures(found.by_buyer[buyer], found.names)
            for buyer in sorted(found.by_buyer)
        },
        "invoices": [_row(row) for row in found.rows],
    }


def _documents(case: Reader) -> _Documents:
    documents: _Documents = {}
    for reader in case.objects("documents"):
        document = _document(reader)
        if document.id in documents:
            raise CaseIdUsedTwice(id=document.id)
        documents[document.id] = document
    for document in documents.values():
        _check_reference(document.id, document.against, documents)
    return documents


def _check_reference(name: str, target: str | None, documents: _Documents) -> None:
    if target is None:
        return
    found = documents.get(target)
    if found is None or found.kind is not DocumentKind.INVOICE:
        raise CaseReferenceUnknown(id=name, target=target)


def _document(reader: Reader) -> LedgerDocument[str, str]:
    kind = reader.choice("kind", DocumentKind, DocumentKind.INVOICE)
    if kind is DocumentKind.INVOICE:
        reader.refuse("against")
    document: LedgerDocument[str, str] = LedgerDocument(
        id=reader.text("id"),
        buyer=reader.text("buyer"),
        kind=kind,
        issued=reader.day("date"),
        due=reader.maybe_day("due"),
        amount=reader.money("amount", reader.currency("currency", _CURRENCY)),
        against=reader.reference("against"),
    )
    reader.close()
    return document


def _receipt(reader: Reader, documents: _Documents) -> Receipt[str, str]:
    to = reader.reference("to")
    _check_reference(reader.where, to, documents)
    buyer = _buyer(reader, to, documents)
    receipt: Receipt[str, str] = Receipt(
        id=reader.text("id", reader.where),
        buyer=buyer,
        on=reader.day("date"),
        amount=reader.money("amount", _currency(reader, to, buyer, documents)),
        to=to,
    )
    reader.close()
    return receipt


def _buyer(reader: Reader, to: str | None, documents: _Documents) -> str:
    """The buyer given, else the document's, else the only one there is."""
    given = reader.reference("buyer")
    if given is not None:
        return given
    if to is not None:
        return documents[to].buyer
    buyers = {document.buyer for document in documents.values()}
    if len(buyers) != 1:
        raise PaymentBuyerMissing(where=reader.where)
    return buyers.pop()


def _currency(reader: Reader, to: str | None, buyer: str, documents: _Documents) -> str:
    """The currency given, else the document's, else the only one of the buyer's documents."""
    reader.ignore("currency")
    if reader.has("currency"):
        return reader.currency("currency")
    if to is not None:
        return documents[to].amount.currency
    currencies = {
        item.amount.currency for item in documents.values() if item.buyer == buyer
    }
    if len(currencies) > 1:
        raise PaymentCurrencyMissing(where=reader.where)
    return currencies.pop() if currencies else _CURRENCY


def _figures(
    by_currency: Mapping[str, AgingFigures], names: tuple[str, ...]
) -> dict[str, object]:
    return {
        currency: {
            "outstanding": figures.outstanding.plain,
            **{
                name: column.plain
                for name, column in zip(names, figures.columns, strict=True)
            },
            "unapplied": figures.unapplied.plain,
            "balance": figures.balance.plain,
        }
        for currency, figures in by_currency.items()
    }


def _row(row: AgingRow[str, str]) -> dict[str, object]:
    return {
        "id": row.id,
        "buyer": row.buyer,
        "currency": row.open.currency,
        "open": row.open.plain,
        "days_overdue": row.days_overdue,
        "bucket": row.bucket,
        "due_missing": row.due_missing,
    }
