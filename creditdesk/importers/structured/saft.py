"""Reads SAF-T audit files (OECD, Portugal, Norway, Romania, Lithuania): sales invoices and what customers paid."""

import re
from collections.abc import Iterator

from creditdesk.domain.base.money import is_currency
from creditdesk.domain.ledger.documents import BuyerRef
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.importers.files.xmltree import (
    Node,
    children,
    country,
    every,
    first,
    words,
)
from creditdesk.importers.structured import saft_invoices, saft_payments
from creditdesk.importers.structured.document import StructuredFound, XmlFormat
from creditdesk.importers.structured.saft_file import SaftFile

_CURRENCIES = {"pt": "EUR", "no": "NOK", "ro": "RON", "lt": "EUR"}
# Portugal's number of the consumer who gives none: many customers of a file carry it.
_NOBODY = "999999990"


class SaftWithoutInvoices(UserError):
    """An audit file that lists no document of a customer."""

    message = N_(
        "{name} is a SAF-T file, and it holds {what}, but no sales invoices and no payments of customers. "
        "Export it again with the source documents, or export the list of open items."
    )


class SaftWithoutCurrency(UserError):
    """Amounts without a currency."""

    message = N_(
        "{name} doesn't say in which currency its amounts are. Export it again."
    )


def read(root: Node, name: str) -> StructuredFound:
    """Customers, invoices and payments. Raises `SaftWithoutInvoices` and `SaftWithoutCurrency`."""
    found = StructuredFound(variant=_country(root))
    sales = first(root, "SourceDocuments", "SalesInvoices")
    paid = first(root, "SourceDocuments", "Payments")
    if not [*children(sales, "Invoice"), *children(paid, "Payment")]:
        raise SaftWithoutInvoices(name=name, what=_holds(root))
    header = first(root, "Header")
    stated = words(header, "CurrencyCode") or words(header, "DefaultCurrencyCode")
    currency = stated if is_currency(stated) else _CURRENCIES.get(found.variant, "")
    if not currency:
        raise SaftWithoutCurrency(name=name)
    customers = dict(_customers(root))
    found.customers.extend(customers.values())
    found.issuer = _issuer(header)
    file = SaftFile(found, currency, customers)
    saft_invoices.read(file, sales)
    saft_payments.read(file, paid)
    return found


def _country(root: Node) -> str:
    """Whose variant it is, in small letters; empty for the plain standard."""
    space = str(root.tag).rpartition("}")[0]
    named = re.search(r":([A-Z]{2})(?:[_:]|$)", space)
    if named:
        return named[1].lower()
    if "vmi.lt" in space:
        return "lt"
    return country(words(root, "Header", "AuditFileCountry")).lower()


def _holds(root: Node) -> Message:
    entries = list(every(root, "GeneralLedgerEntries", "Journal", "Transaction"))
    if entries:
        text = N_("a general ledger of {count} entries")
        return Message.of(text, count=len(entries))
    return Message(N_("master data"))


def _customers(root: Node) -> Iterator[tuple[str, BuyerRef]]:
    master = first(root, "MasterFiles")
    for holder in (master, first(master, "Customers")):
        for customer in children(holder, "Customer"):
            code = words(customer, "CustomerID")
            yield code, _party(customer, code)


def _party(node: Node, code: str) -> BuyerRef:
    """A customer. Its name and numbers stand in it, or in its company structure."""
    structure = first(node, "CompanyStructure")
    inner = node if structure is None else structure
    numbers = (
        words(inner, "CustomerTaxID"),
        words(inner, "TaxRegistration", "TaxRegistrationNumber"),
        words(inner, "VATRegistrationNumber"),
        words(inner, "RegistrationNumber"),
    )
    tax = next(filter(None, numbers), "")
    return BuyerRef(
        code=code,
        name=words(inner, "CompanyName|Name"),
        uscc="" if tax == _NOBODY else tax,
        country=country(words(inner, "BillingAddress|Address", "Country"))
        or country(words(inner, "Country")),
    )


def _issuer(header: Node | None) -> BuyerRef | None:
    company = first(header, "Company")
    holder = header if company is None else company
    name = words(holder, "CompanyName|Name")
    tax = words(holder, "TaxRegistrationNumber") or words(holder, "RegistrationNumber")
    return BuyerRef(name=name, uscc=tax) if name or tax else None


FORMAT = XmlFormat(
    "saft",
    N_("SAF-T audit file"),
    roots=frozenset({"AuditFile", "iSAFFile"}),
    read=read,
)
