"""What the parts of a SAF-T reader share: its currency, its customers, sums of lines, control totals."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from creditdesk.domain.base.money import Money, is_currency
from creditdesk.domain.ledger.documents import BuyerRef
from creditdesk.i18n import N_, Message
from creditdesk.importers.files.xmltree import (
    Node,
    NotTaken,
    children,
    figure,
    first,
    words,
)
from creditdesk.importers.structured.document import ControlTotal, StructuredFound

_ENTRIES = {
    "SalesInvoices": N_("Sales invoices, number"),
    "Payments": N_("Payments, number"),
}
_DEBIT = {
    "SalesInvoices": N_("Sales invoices, debit lines"),
    "Payments": N_("Payments, debit lines"),
}
_CREDIT = {
    "SalesInvoices": N_("Sales invoices, credit lines"),
    "Payments": N_("Payments, credit lines"),
}


@dataclass(slots=True)
class Sums:
    """Debit and credit lines of what counts, and how many documents there are."""

    entries: int = 0
    debit: Decimal = Decimal(0)
    credit: Decimal = Decimal(0)

    def count(self, signed: list[Decimal]) -> None:
        """Add a document's lines; a credit is positive, a debit negative."""
        self.credit += sum((each for each in signed if each > 0), Decimal(0))
        self.debit -= sum((each for each in signed if each < 0), Decimal(0))


@dataclass(slots=True)
class SaftFile:
    """The file being read. `booked`: what an invoice in a foreign currency is worth in the file's own."""

    found: StructuredFound
    currency: str
    customers: dict[str, BuyerRef]
    booked: dict[str, tuple[Decimal, Money]] = field(default_factory=dict)

    def customer(self, *holders: Node | None) -> BuyerRef:
        """Who a document names. Raises `NotTaken`."""
        for holder in holders:
            if code := words(holder, "CustomerID"):
                return self.customers.get(code) or BuyerRef(
                    code=code, name=words(holder, "Name")
                )
        name = next(filter(None, (words(each, "Name") for each in holders)), "")
        if not name:
            raise NotTaken(Message(N_("It names no customer.")), "CustomerID")
        return BuyerRef(name=name)

    def foreign(self, totals: Node | None) -> Money | None:
        """The total in the document's own currency where it isn't the file's. Raises `NotTaken`."""
        code = words(totals, "Currency", "CurrencyCode")
        amount = figure(totals, "Currency", "CurrencyAmount")
        if amount is None or code == self.currency or not is_currency(code):
            return None
        return Money(amount, code).rounded()

    def control(self, section: Node | None, name: str, sums: Sums) -> None:
        """Hold what was read against what the section says of itself."""
        for element, titles, read, currency in (
            ("NumberOfEntries", _ENTRIES, Decimal(sums.entries), ""),
            ("TotalDebit", _DEBIT, sums.debit, self.currency),
            ("TotalCredit", _CREDIT, sums.credit, self.currency),
        ):
            try:
                stated = figure(section, element)
            except NotTaken as wrong:
                text = N_("The control total {element} is no number: {value}.")
                self.found.remark(None, text, element=element, value=wrong.value)
                continue
            if stated is not None:
                control = ControlTotal(
                    name=Message(titles[name]),
                    stated=stated,
                    read=read,
                    currency=currency,
                )
                self.found.controls.append(control)


def signed_lines(document: Node, names: str, amount: str) -> list[Decimal]:
    """The lines' amounts, credits positive, debits negative. Raises `NotTaken`."""
    return [_signed(line, amount) for line in children(document, names)]


def _signed(line: Node, amount: str) -> Decimal:
    credit, debit = figure(line, "CreditAmount"), figure(line, "DebitAmount")
    if credit is not None or debit is not None:
        return (credit or Decimal(0)) - (debit or Decimal(0))
    value = figure(line, amount) or Decimal(0)
    return -value if words(line, "DebitCreditIndicator").upper() == "D" else value


def taxed(line: Node, signed: Decimal) -> Decimal:
    """A line with its tax, unrounded. Raises `NotTaken`."""
    rate = figure(line, "Tax", "TaxPercentage")
    return signed * (1 + (rate or Decimal(0)) / 100)


def one_of(values: Iterator[str]) -> str:
    """What all of them say, empty where they differ or say nothing."""
    said = set(filter(None, values))
    return said.pop() if len(said) == 1 else ""


def totals_of(document: Node) -> Node | None:
    """Where the totals of a document stand."""
    return first(document, "DocumentTotals|InvoiceDocumentTotals")
