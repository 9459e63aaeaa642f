"""Reads the documents of a debt: invoices, credit notes, deposits, payments, recoveries (commands.md, `indemnity`)."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import StrEnum

from creditdesk.cases.reading import CaseIdUsedTwice, CaseReferenceUnknown, Reader
from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.case import CaseInvoice
from creditdesk.domain.cover.limits import Reason
from creditdesk.domain.ledger.allocation import Credit
from creditdesk.domain.ledger.terms import PartKind
from creditdesk.domain.policy.choices import Cause, PaymentMethod

_INVOICE_KEYS = (
    "due", "shipped", "vat_rate", "disputed", "declared", "declared_on", "seller_fault", "insured_pct", "cause",
    "part_kind", "reasons", "vat_insured",
)  # fmt: skip


class CaseDocumentKind(StrEnum):
    """What a document is."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    PAYMENT = "payment"
    RECOVERY = "recovery"
    DEPOSIT = "deposit"
    OPENING = "opening"


def documents_of(
    documents: Iterable[Reader], currency: str
) -> tuple[tuple[CaseInvoice, ...], tuple[Credit, ...]]:
    """The invoices, and what reduces them."""
    invoices: list[CaseInvoice] = []
    credits_: list[Credit] = []
    for document in documents:
        kind = document.choice("kind", CaseDocumentKind)
        if kind in _DEBTS:
            invoices.append(_DEBTS[kind](document, currency))
        else:
            credits_.append(_CREDITS[kind](document, currency))
    ids = [item.id for item in invoices] + [item.id for item in credits_]
    check_ids(ids, invoices, credits_)
    return tuple(invoices), tuple(credits_)


def check_ids(
    ids: Iterable[str], invoices: Iterable[CaseInvoice], credits_: Iterable[Credit]
) -> None:
    """Refuse ids used twice, and references to invoices that aren't there."""
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise CaseIdUsedTwice(id=name)
        seen.add(name)
    targets = {invoice.id for invoice in invoices}
    for credit in credits_:
        for target in (credit.to, *credit.also):
            if target is not None and target not in targets:
                raise CaseReferenceUnknown(id=credit.id, target=target)


def invoice_of(document: Reader, policy_currency: str) -> CaseInvoice:
    """An invoice or shipment."""
    currency = document.currency("currency", policy_currency)
    result = CaseInvoice(
        id=document.text("id"),
        issued=document.day("date"),
        due=document.day("due"),
        amount=document.money("amount", currency),
        shipped=document.maybe_day("shipped"),
        vat_rate=document.percent("vat_rate", "0"),
        disputed=document.money("disputed", currency, "0").amount,
        seller_fault=document.money("seller_fault", currency, "0").amount,
        declared=document.flag("declared", default=True),
        declared_on=document.maybe_day("declared_on"),
        payment_method=document.maybe("payment_method", PaymentMethod),
        insured_pct=document.maybe_number("insured_pct"),
        cause=document.maybe_any_case("cause", Cause),
        is_retention=document.maybe("part_kind", PartKind) is PartKind.RETENTION,
        known_reasons=document.choices("reasons", Reason),
        vat_insured=document.maybe_flag("vat_insured"),
    )
    document.refuse("for", "against")
    _close(document)
    return result


def _opening(document: Reader, policy_currency: str) -> CaseInvoice:
    """What was owed before: nobody knows its documents nor when they were due, so it is owed and never insured."""
    issued = document.day("date")
    currency = document.currency("currency", policy_currency)
    result = CaseInvoice(
        id=document.text("id"),
        issued=issued,
        due=issued,
        amount=document.money("amount", currency),
        known_reasons=(Reason.OPENING,),
    )
    document.refuse("for", "against", *_INVOICE_KEYS)
    document.ignore("kind")
    document.close()
    return result


def _credit_note(document: Reader, currency: str) -> Credit:
    first, also = document.references("against")
    result = Credit(
        document.text("id"),
        document.day("date"),
        document.money("amount", document.currency("currency", currency)),
        to=first,
        is_note=True,
        also=also,
    )
    document.refuse("for")
    _close(document)
    return result


def payment_of(document: Reader, currency: str, name: str | None = None) -> Credit:
    """A payment; `name` stands in for an id it hasn't."""
    first, also = document.references("for")
    result = Credit(
        document.text("id", name),
        document.day("date"),
        document.money("amount", document.currency("currency", currency)),
        to=first,
        also=also,
    )
    document.refuse("against")
    _close(document)
    return result


def _payment(document: Reader, currency: str) -> Credit:
    return payment_of(document, currency)


def _deposit(document: Reader, currency: str) -> Credit:
    """Money tied to one invoice before the delivery."""
    key = "against" if document.has("against") else "for"
    document.refuse("for" if key == "against" else "against")
    first, also = document.references(key, required=True)
    result = Credit(
        document.text("id"),
        document.day("date"),
        document.money("amount", document.currency("currency", currency)),
        to=first,
        tied=True,
        also=also,
    )
    _close(document)
    return result


def _recovery(document: Reader, policy_currency: str) -> Credit:
    """Money from resale or securities before the loss: a payment of what is left after its costs.

    With `against` it is money for the goods of that invoice, and is tied to it.
    """
    currency = document.currency("currency", policy_currency)
    net = document.money("amount", currency) - document.money("costs", currency, "0")
    result = Credit(
        document.text("id"),
        document.day("date"),
        Money(max(Decimal(0), net.amount), currency),
        to=document.reference("for") or document.reference("against"),
        tied=document.has("against"),
    )
    if document.has("for"):
        document.refuse("against")
    document.ignore("kind", "against", *_INVOICE_KEYS)
    document.close()
    return result


def _close(document: Reader) -> None:
    """What only invoices have means nothing for other documents; costs only a recovery has."""
    document.ignore("kind", *_INVOICE_KEYS)
    if document.number("costs", "0"):
        document.refuse("costs")
    document.close()


_DEBTS: Mapping[CaseDocumentKind, Callable[[Reader, str], CaseInvoice]] = {
    CaseDocumentKind.INVOICE: invoice_of,
    CaseDocumentKind.OPENING: _opening,
}
_CREDITS: Mapping[CaseDocumentKind, Callable[[Reader, str], Credit]] = {
    CaseDocumentKind.CREDIT_NOTE: _credit_note,
    CaseDocumentKind.PAYMENT: _payment,
    CaseDocumentKind.RECOVERY: _recovery,
    CaseDocumentKind.DEPOSIT: _deposit,
}
