"""Reads the case of `calc aging` and answers it (commands.md)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from creditdesk.cases.reading import CaseIdUsedTwice, CaseReferenceUnknown, Reader
from creditdesk.cli.words import day_json
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.aging import (
    AgingFigures,
    AgingRow,
    LedgerDocument,
    Receipt,
    age,
)
from creditdesk.domain.ledger.brackets import STANDARD_BRACKETS
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.ledger.terms import PartKind
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Language

_CURRENCY = "CNY"
_Key = tuple[str, int]
"""A document and which part of it, counted from 1 in the order of due dates; 0: the whole."""


class CaseKind(StrEnum):
    """What a document of the case is."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    OPENING = "opening"
    REFUND = "refund"
    ADJUSTMENT = "adjustment"


_NOTES = frozenset({CaseKind.CREDIT_NOTE, CaseKind.ADJUSTMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    amount: Money
    due: date | None
    kind: PartKind


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    """A document as the case has it; `against` is what an adjustment is `of`, too."""

    id: str
    buyer: str
    kind: CaseKind
    issued: date
    due: date | None
    amount: Money
    against: str | None
    parts: tuple[_Part, ...]

    @property
    def keys(self) -> tuple[_Key, ...]:
        """What of it is paid, in that order."""
        places = range(1, len(self.parts) + 1) if self.parts else (0,)
        return tuple((self.id, place) for place in places)


_Documents = dict[str, _Document]


class PartsDiffer(UserError):
    """The parts of a document are not the document."""

    message = N_("The parts of {id} add up to {parts}, but its amount is {amount}.")


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
        (
            item
            for each in documents.values()
            for item in _ledger_documents(each, documents)
        ),
        [*_adjustments(documents), *receipts],
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
        "invoices": [_row(row, documents) for row in found.rows],
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
    if found is None or found.kind in _NOTES:
        raise CaseReferenceUnknown(id=name, target=target)


def _document(reader: Reader) -> _Document:
    kind = reader.choice("kind", CaseKind, CaseKind.INVOICE)
    currency = reader.currency("currency", _CURRENCY)
    document = _Document(
        id=reader.text("id"),
        buyer=reader.text("buyer"),
        kind=kind,
        issued=reader.day("date"),
        due=reader.maybe_day("due"),
        amount=reader.money("amount", currency),
        against=_against(reader, kind),
        parts=_parts(reader, currency),
    )
    if kind is not CaseKind.INVOICE:
        reader.refuse("parts")
    if kind is CaseKind.OPENING:
        reader.refuse("due")
    reader.close()
    whole = Money.total((part.amount for part in document.parts), currency)
    if document.parts and whole != document.amount:
        raise PartsDiffer(id=document.id, parts=whole, amount=document.amount)
    return document


def _against(reader: Reader, kind: CaseKind) -> str | None:
    if kind is CaseKind.ADJUSTMENT:
        reader.refuse("against")
        return reader.text("of")
    reader.refuse("of")
    if kind is not CaseKind.CREDIT_NOTE:
        reader.refuse("against")
    return reader.reference("against")


def _parts(reader: Reader, currency: str) -> tuple[_Part, ...]:
    """In the order of their due dates; those without one last."""
    parts = [_part(each, currency) for each in reader.objects("parts", required=False)]
    return tuple(sorted(parts, key=lambda part: (part.due is None, part.due)))


def _part(reader: Reader, currency: str) -> _Part:
    part = _Part(
        amount=reader.money("amount", currency),
        due=reader.maybe_day("due"),
        kind=reader.any_case("kind", PartKind, PartKind.INSTALMENT),
    )
    reader.close()
    return part


def _ledger_documents(
    document: _Document, documents: _Documents
) -> Iterator[LedgerDocument[_Key, str]]:
    """As the rules take it: a debt for each part. An adjustment is none, but lessens one."""
    if document.kind is CaseKind.ADJUSTMENT:
        return
    to = documents[document.against].keys if document.against else ()
    whole = LedgerDocument(
        id=document.keys[0],
        buyer=document.buyer,
        kind=DocumentKind(document.kind),
        issued=document.issued,
        due=document.due,
        amount=document.amount,
        number=document.id,
        against=to[0] if to else None,
        also=to[1:],
    )
    if not document.parts:
        yield whole
    for key, part in zip(document.keys, document.parts, strict=False):
        yield replace(whole, id=key, due=part.due, amount=part.amount)


def _adjustments(documents: _Documents) -> Iterator[Receipt[_Key, str]]:
    """They take off like money that names its invoice, and are no receipt for all that (rules.md 14.2)."""
    for each in documents.values():
        if each.kind is CaseKind.ADJUSTMENT and each.against:
            first, *further = documents[each.against].keys
            yield Receipt(
                id=each.id,
                buyer=each.buyer,
                on=each.issued,
                amount=each.amount,
                to=first,
                also=tuple(further),
            )


def _receipt(reader: Reader, documents: _Documents) -> Receipt[_Key, str]:
    to = reader.reference("to")
    _check_reference(reader.where, to, documents)
    buyer = _buyer(reader, to, documents)
    keys = documents[to].keys if to is not None else ()
    receipt: Receipt[_Key, str] = Receipt(
        id=reader.text("id", reader.where),
        buyer=buyer,
        on=reader.day("date"),
        amount=reader.money("amount", _currency(reader, to, buyer, documents)),
        to=keys[0] if keys else None,
        also=keys[1:],
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
            "open_due": figures.due_open.plain,
        }
        for currency, figures in by_currency.items()
    }


def _row(row: AgingRow[_Key, str], documents: _Documents) -> dict[str, object]:
    name, place = row.id
    document = documents[name]
    part = document.parts[place - 1] if place else None
    return {
        "id": name,
        "kind": "part" if part else document.kind.value,
        "part": place or None,
        "part_kind": part.kind.value if part else None,
        "buyer": row.buyer,
        "currency": row.open.currency,
        "due": day_json(row.due),
        "open": row.open.plain,
        "days_overdue": row.days_overdue,
        "bucket": row.bucket,
        "due_missing": row.due_missing,
    }
