"""Reads the XML of a fully digital invoice (数电票) as the tax platform delivers it. rules.md 11.2."""

from creditdesk.domain.ledger.documents import BuyerRef
from creditdesk.i18n import N_
from creditdesk.importers.files.xmltree import Node, every, first, line, words
from creditdesk.importers.structured.document import StructuredFound, XmlFormat
from creditdesk.importers.structured.einvoice import EinvoicePaper, take


def read(root: Node, name: str) -> StructuredFound:  # noqa: ARG001 - every reader is asked the same way
    """The one invoice of the file; amounts are renminbi."""
    found = StructuredFound()
    take(_paper(root), found)
    return found


def _paper(root: Node) -> EinvoicePaper:
    content = first(root, "EInvoiceData")
    basic = first(content, "BasicInformation")
    items = list(every(content, "IssuItemInformation"))
    return EinvoicePaper(
        row=line(root),
        number=words(root, "TaxSupervisionInfo", "InvoiceNumber")
        or words(root, "Header", "EIid"),
        issued=words(root, "TaxSupervisionInfo", "IssueTime")
        or words(basic, "RequestTime"),
        currency="CNY",
        buyer=BuyerRef(
            name=words(content, "BuyerInformation", "BuyerName"),
            uscc=words(content, "BuyerInformation", "BuyerIdNum"),
            country="CN",
        ),
        seller=BuyerRef(
            name=words(content, "SellerInformation", "SellerName"),
            uscc=words(content, "SellerInformation", "SellerIdNum"),
            country="CN",
        ),
        gross=words(basic, "TotalTax-includedAmount"),
        net=words(basic, "TotalAmWithoutTax"),
        vat=words(basic, "TotalTaxAm"),
        rates=tuple(_per_cent(words(each, "TaxRate")) for each in items),
        lines=tuple(filter(None, (words(each, "Amount") for each in items))),
        against=tuple(filter(None, (_red(content),))),
    )


def _red(content: Node | None) -> str:
    """The blue invoice a red-letter invoice takes back."""
    return words(
        content,
        "SpecificInformation",
        "RedEInvoice",
        "OriginalInvoiceNumber|OriginalInvoiceCode",
    )


def _per_cent(rate: str) -> str:
    """The platform writes 0.130000 for 13 %."""
    whole, point, part = rate.partition(".")
    part = part.ljust(2, "0")
    return f"{whole}{part[:2]}.{part[2:] or '0'}" if point else rate


FORMAT = XmlFormat(
    "einvoice-cn",
    N_("Fully digital invoice (数电票)"),
    roots=frozenset({"EInvoice"}),
    read=read,
    is_einvoice=True,
)
