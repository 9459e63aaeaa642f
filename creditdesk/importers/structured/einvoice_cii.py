"""Reads UN/CEFACT cross-industry invoices: Factur-X, ZUGFeRD 1 and 2, XRechnung CII."""

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
    words,
)
from creditdesk.importers.structured.document import StructuredFound, XmlFormat
from creditdesk.importers.structured.einvoice import EinvoicePaper, take

# ZUGFeRD 1 has longer names for the same things.
_HEADER = "ExchangedDocument|HeaderExchangedDocument"
_TRADE = "SupplyChainTradeTransaction|SpecifiedSupplyChainTradeTransaction"
_AGREEMENT = "ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement"
_DELIVERY = "ApplicableHeaderTradeDelivery|ApplicableSupplyChainTradeDelivery"
_SETTLEMENT = "ApplicableHeaderTradeSettlement|ApplicableSupplyChainTradeSettlement"
_SUMMATION = "SpecifiedTradeSettlementHeaderMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
_LINE_SUMMATION = "SpecifiedTradeSettlementLineMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
_LINE_SETTLEMENT = "SpecifiedLineTradeSettlement|SpecifiedSupplyChainTradeSettlement"
_DATE = "DateTimeString|DateTime|DateString"


def read(root: Node, name: str) -> StructuredFound:  # noqa: ARG001 - every reader is asked the same way
    """The one invoice of the file."""
    found = StructuredFound()
    take(_paper(root), found)
    return found


def _paper(root: Node) -> EinvoicePaper:
    header, trade = first(root, _HEADER), first(root, _TRADE)
    agreement = first(trade, _AGREEMENT)
    settlement = first(trade, _SETTLEMENT)
    sums = first(settlement, _SUMMATION)
    currency = words(settlement, "InvoiceCurrencyCode")
    return EinvoicePaper(
        row=line(root if header is None else header),
        number=words(header, "ID"),
        issued=words(header, "IssueDateTime", _DATE),
        currency=currency,
        buyer=_party(first(agreement, "BuyerTradeParty")),
        seller=_party(first(agreement, "SellerTradeParty")),
        due=_due(settlement),
        delivered=words(
            first(trade, _DELIVERY),
            "ActualDeliverySupplyChainEvent",
            "OccurrenceDateTime",
            _DATE,
        ),
        type_code=words(header, "TypeCode"),
        gross=_in(currency, sums, "GrandTotalAmount"),
        net=_in(currency, sums, "TaxBasisTotalAmount"),
        vat=_in(currency, sums, "TaxTotalAmount"),
        prepaid=words(sums, "TotalPrepaidAmount"),
        rounding=words(sums, "RoundingAmount"),
        payable=words(sums, "DuePayableAmount"),
        rates=tuple(
            words(each)
            for each in every(
                settlement,
                "ApplicableTradeTax",
                "RateApplicablePercent|ApplicablePercent",
            )
        ),
        lines=tuple(filter(None, _lines(trade))),
        extra=tuple(_extra(settlement)),
        against=tuple(
            dict.fromkeys(
                words(each)
                for each in every(
                    settlement, "InvoiceReferencedDocument", "IssuerAssignedID|ID"
                )
            )
        ),
        order=words(agreement, "ContractReferencedDocument", "IssuerAssignedID|ID")
        or words(agreement, "BuyerOrderReferencedDocument", "IssuerAssignedID|ID"),
        term=words(settlement, "SpecifiedTradePaymentTerms", "Description"),
    )


def _due(settlement: Node | None) -> str:
    """The one due date; payment in parts has several, and then none is the document's."""
    days = {
        words(each, _DATE)
        for each in every(settlement, "SpecifiedTradePaymentTerms", "DueDateDateTime")
    } - {""}
    return days.pop() if len(days) == 1 else ""


def _in(currency: str, sums: Node | None, name: str) -> str:
    """A total in the invoice's currency: a second one may give it in the tax office's."""
    amounts = list(children(sums, name))
    mine = [each for each in amounts if each.get("currencyID", currency) == currency]
    return words(next(iter(mine or amounts), None))


def _lines(trade: Node | None) -> Iterator[str]:
    for each in children(trade, "IncludedSupplyChainTradeLineItem"):
        yield words(each, _LINE_SETTLEMENT, _LINE_SUMMATION, "LineTotalAmount")


def _extra(settlement: Node | None) -> Iterator[str]:
    for each in children(settlement, "SpecifiedTradeAllowanceCharge"):
        amount = words(each, "ActualAmount")
        added = words(each, "ChargeIndicator").casefold() in ("true", "1")
        if amount:
            yield amount if added else f"-{amount}"
    for each in children(settlement, "SpecifiedLogisticsServiceCharge"):
        if amount := words(each, "AppliedAmount"):
            yield amount


def _party(party: Node | None) -> BuyerRef:
    """`ID` is the seller's own number of the customer, `GlobalID` somebody else's."""
    taxes = [
        words(each)
        for each in every(party, "SpecifiedTaxRegistration", "ID")
        if each.get("schemeID", "VA") == "VA"
    ]
    return BuyerRef(
        code=words(party, "ID"),
        name=words(party, "Name")
        or words(party, "SpecifiedLegalOrganization", "TradingBusinessName"),
        uscc=next(filter(None, taxes), "")
        or words(party, "SpecifiedLegalOrganization", "ID"),
        country=country(words(party, "PostalTradeAddress", "CountryID")),
    )


FORMAT = XmlFormat(
    "cii",
    N_("CII e-invoice (Factur-X, ZUGFeRD)"),
    roots=frozenset({"CrossIndustryInvoice", "CrossIndustryDocument"}),
    read=read,
    is_einvoice=True,
)
