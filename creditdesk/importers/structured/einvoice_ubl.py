"""Reads UBL 2 invoices and credit notes: EN 16931, Peppol BIS, XRechnung and their national kin."""

from collections.abc import Iterator

from creditdesk.domain.ledger.documents import BuyerRef
from creditdesk.i18n import N_
from creditdesk.importers.files.xmltree import (
    Node,
    children,
    country,
    every,
    first,
    line,
    local,
    words,
)
from creditdesk.importers.structured.document import StructuredFound, XmlFormat
from creditdesk.importers.structured.einvoice import EinvoicePaper, take

_TOTALS = "LegalMonetaryTotal|RequestedMonetaryTotal"
_LINES = "InvoiceLine|CreditNoteLine|DebitNoteLine"


def read(root: Node, name: str) -> StructuredFound:  # noqa: ARG001 - every reader is asked the same way
    """The one invoice of the file."""
    found = StructuredFound()
    take(_paper(root), found)
    return found


def _paper(root: Node) -> EinvoicePaper:
    totals = first(root, _TOTALS)
    currency = words(root, "DocumentCurrencyCode") or _currency_of(totals)
    return EinvoicePaper(
        row=line(root),
        number=words(root, "ID"),
        issued=words(root, "IssueDate"),
        currency=currency,
        buyer=_party(first(root, "AccountingCustomerParty")),
        seller=_party(first(root, "AccountingSupplierParty")),
        due=_due(root),
        delivered=words(root, "Delivery", "ActualDeliveryDate"),
        type_code=words(root, "InvoiceTypeCode|CreditNoteTypeCode"),
        says_credit=local(root) == "CreditNote",
        gross=words(totals, "TaxInclusiveAmount"),
        net=words(totals, "TaxExclusiveAmount"),
        vat=_tax(root, currency),
        prepaid=words(totals, "PrepaidAmount"),
        rounding=words(totals, "PayableRoundingAmount"),
        payable=words(totals, "PayableAmount"),
        rates=tuple(
            words(each, "Percent")
            for each in every(root, "TaxTotal", "TaxSubtotal", "TaxCategory")
        ),
        lines=tuple(
            filter(
                None,
                (words(each, "LineExtensionAmount") for each in children(root, _LINES)),
            )
        ),
        extra=tuple(_extra(root)),
        against=_different(
            words(each)
            for each in every(
                root, "BillingReference", "InvoiceDocumentReference", "ID"
            )
        ),
        order=words(root, "ContractDocumentReference", "ID")
        or words(root, "OrderReference", "ID"),
        term=words(root, "PaymentTerms", "Note"),
    )


def _due(root: Node) -> str:
    """The due date of the document; older programs put it beside the means or the terms of payment."""
    return (
        words(root, "DueDate")
        or words(root, "PaymentMeans", "PaymentDueDate")
        or words(root, "PaymentTerms", "PaymentDueDate")
    )


def _tax(root: Node, currency: str) -> str:
    """The tax in the document's currency: a second total may give it in the tax office's."""
    amounts = list(every(root, "TaxTotal", "TaxAmount"))
    mine = [each for each in amounts if each.get("currencyID", currency) == currency]
    return words(next(iter(mine or amounts), None))


def _currency_of(totals: Node | None) -> str:
    payable = first(totals, "PayableAmount")
    return "" if payable is None else payable.get("currencyID", "")


def _extra(root: Node) -> Iterator[str]:
    for each in children(root, "AllowanceCharge"):
        amount = words(each, "Amount")
        added = words(each, "ChargeIndicator").casefold() in ("true", "1")
        if amount:
            yield amount if added else f"-{amount}"


def _party(holder: Node | None) -> BuyerRef:
    """The legal name before the trading one; an id without a scheme is the seller's own number of the customer."""
    party = first(holder, "Party")
    legal = first(party, "PartyLegalEntity")
    ids = every(party, "PartyIdentification", "ID")
    codes = [words(each) for each in ids if not each.get("schemeID")]
    taxes = [
        words(each, "CompanyID")
        for each in children(party, "PartyTaxScheme")
        if words(each, "TaxScheme", "ID").upper() in ("VAT", "")
    ]
    return BuyerRef(
        code=codes[0] if codes else "",
        name=words(legal, "RegistrationName") or words(party, "PartyName", "Name"),
        uscc=next(filter(None, taxes), "") or words(legal, "CompanyID"),
        country=country(words(party, "PostalAddress", "Country", "IdentificationCode")),
    )


def _different(values: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, values)))


FORMAT = XmlFormat(
    "ubl",
    N_("UBL e-invoice (Peppol, XRechnung)"),
    roots=frozenset({"Invoice", "CreditNote", "DebitNote"}),
    read=read,
    space="oasis:names:specification:ubl",
    is_einvoice=True,
)
