"""The sales invoices and credit notes of a SAF-T file."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import DocumentKind, DraftDocument, DraftPayment
from creditdesk.i18n import N_, Message
from creditdesk.importers.files.xmltree import (
    Node,
    NotTaken,
    as_day,
    children,
    day,
    every,
    figure,
    first,
    line,
    words,
)
from creditdesk.importers.structured.saft_file import (
    SaftFile,
    Sums,
    one_of,
    signed_lines,
    taxed,
    totals_of,
)

_LINES = "Line|InvoiceLine"
_CREDIT_NOTES = frozenset({"NC", "381", "KS", "CREDITNOTE"})
# Paid when issued: invoice-receipt, simplified invoice, cash sale.
_PAID_AT_ONCE = frozenset({"FR", "FS", "VD"})
# Portugal's control totals leave these out too.
_NOT_OWED = {
    "A": N_("The file calls {number} cancelled."),
    "F": N_("{number} was replaced by the invoice made from it."),
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Amounts:
    """`gross` in the file's currency, signed as the totals say; `net`, `vat` None: not told or not adding up."""

    gross: Decimal
    net: Decimal | None
    vat: Decimal | None


def read(file: SaftFile, section: Node | None) -> None:
    """Every document of the section; what can't be taken is told by its line."""
    if section is None:
        return
    sums = Sums()
    for invoice in children(section, "Invoice"):
        sums.entries += 1
        file.found.rows_read += 1
        try:
            _take(file, invoice, sums)
        except NotTaken as wrong:
            file.found.rejected.append(wrong.at(line(invoice)))
    file.control(section, "SalesInvoices", sums)


def _take(file: SaftFile, invoice: Node, sums: Sums) -> None:
    number = words(invoice, "InvoiceNo")
    if not number:
        raise NotTaken(Message(N_("The document has no number.")), "InvoiceNo")
    status = words(invoice, "DocumentStatus", "InvoiceStatus")
    if status in _NOT_OWED:
        file.found.skip(line(invoice), _NOT_OWED[status], number)
        return
    signed = signed_lines(invoice, _LINES, "InvoiceLineAmount")
    sums.count(signed)
    document = _document(file, invoice, number, signed)
    if not document.amount:
        file.found.skip(line(invoice), N_("{number} has no amount."), number)
    elif file.found.add(document):
        _pay_at_once(file, invoice, document)


def _document(
    file: SaftFile, invoice: Node, number: str, signed: list[Decimal]
) -> DraftDocument:
    issued = day(invoice, "InvoiceDate")
    if issued is None:
        raise NotTaken(Message(N_("The document has no date.")), "InvoiceDate")
    amounts = _amounts(invoice, signed)
    credit = (
        words(invoice, "InvoiceType").replace(" ", "").upper() in _CREDIT_NOTES
        or amounts.gross < 0
        or sum(signed) < 0
    )
    due, term = _due(invoice)
    own = Money(abs(amounts.gross), file.currency).rounded()
    foreign = file.foreign(totals_of(invoice))
    if foreign is not None:
        file.booked[number] = (own.amount, foreign)
    split = foreign is None and amounts.net is not None and amounts.vat is not None
    return DraftDocument(
        row=line(invoice),
        buyer=file.customer(invoice, first(invoice, "CustomerInfo")),
        number=number,
        kind=DocumentKind.CREDIT_NOTE if credit else DocumentKind.INVOICE,
        issued=issued,
        amount=own if foreign is None else Money(abs(foreign.amount), foreign.currency),
        due=due,
        shipped=_shipped(invoice),
        term=term,
        net=_part(amounts.net, file.currency) if split else None,
        vat=_part(amounts.vat, file.currency) if split else None,
        vat_rate=_rate(invoice),
        against=_against(file, invoice, number) if credit else "",
        contract=one_of(
            words(each)
            for each in every(invoice, _LINES, "OrderReferences", "OriginatingON")
        ),
    )


def _amounts(invoice: Node, signed: list[Decimal]) -> _Amounts:
    """The document's own totals, else its lines and their tax, rounded once a document."""
    totals = totals_of(invoice)
    gross, net = figure(totals, "GrossTotal"), figure(totals, "NetTotal")
    vat = _tax(totals)
    if first(totals, "DocumentTotal") is not None:
        net, vat = _by_rate(totals, "TaxableValue"), _by_rate(totals, "Amount")
    if gross is None and net is not None and vat is not None:
        gross = net + vat
    if gross is None:
        if not signed:
            raise NotTaken(Message(N_("The document has no total.")), "GrossTotal")
        lines = children(invoice, _LINES)
        gross = sum(map(taxed, lines, signed), Decimal(0))
    adds_up = net is not None and vat is not None and net + vat == gross
    return _Amounts(
        gross=gross, net=net if adds_up else None, vat=vat if adds_up else None
    )


def _by_rate(totals: Node | None, name: str) -> Decimal:
    """Lithuania gives no total but one for each tax rate."""
    parts = (figure(each, name) for each in children(totals, "DocumentTotal"))
    return sum(filter(None, parts), Decimal(0))


def _tax(totals: Node | None) -> Decimal | None:
    payable = figure(totals, "TaxPayable")
    if payable is not None:
        return payable
    found = [
        figure(each, "TaxAmount|DebitTaxAmount|CreditTaxAmount")
        for each in children(totals, "TaxInformationTotals")
    ]
    given = [each for each in found if each is not None]
    return sum(given, Decimal(0)) if given else None


def _part(value: Decimal | None, currency: str) -> Money | None:
    return None if value is None else Money(abs(value), currency).refined()


def _due(invoice: Node) -> tuple[date | None, str]:
    """The due date the document states, and its payment terms in words where they are no date."""
    stated = day(invoice, "DueDate")
    terms = [
        words(invoice, "PaymentTerms"),
        *map(words, every(totals_of(invoice), "Settlement", "PaymentTerms")),
    ]
    said = next(filter(None, terms), "")
    if _DAY.fullmatch(said):
        return stated or as_day(said, "PaymentTerms"), ""
    return stated, said


def _shipped(invoice: Node) -> date | None:
    """When the goods left, else when they were to arrive."""
    return (
        day(invoice, "MovementStartTime")
        or day(invoice, "ShipFrom", "DeliveryDate")
        or day(invoice, "ShipTo", "DeliveryDate")
    )


def _rate(invoice: Node) -> Decimal | None:
    """The one rate of all lines, in per cent."""
    paths = ("Tax", "TaxInformation")
    said = one_of(
        words(each)
        for path in paths
        for each in every(invoice, _LINES, path, "TaxPercentage")
    )
    try:
        return Decimal(said) if said and Decimal(said) < 100 else None
    except ArithmeticError:
        return None


def _against(file: SaftFile, invoice: Node, number: str) -> str:
    """The invoice a credit note belongs to, where all its lines name one."""
    named = [
        words(each)
        for path in (("Reference",), ("CreditNote", "Reference"))
        for each in every(invoice, _LINES, "References", *path)
    ]
    named += [
        words(each) for each in every(invoice, "References", "Reference|RefInvoiceNo")
    ]
    different = sorted(set(filter(None, named)))
    if len(different) > 1:
        text = N_(
            "The credit note {number} names several invoices: {invoices}. It is set against none of them."
        )
        file.found.remark(line(invoice), text, number=number, invoices=tuple(different))
        return ""
    return different[0] if different else ""


def _pay_at_once(file: SaftFile, invoice: Node, document: DraftDocument) -> None:
    """An invoice-receipt is paid by what it says itself."""
    if words(invoice, "InvoiceType") not in _PAID_AT_ONCE:
        return
    means = list(every(totals_of(invoice), "Payment"))
    if not means:
        text = N_(
            "{number} is an invoice-receipt, but the file doesn't say what was paid: it is taken as open."
        )
        file.found.remark(line(invoice), text, number=document.number)
    gross = figure(totals_of(invoice), "GrossTotal")
    paid = [figure(each, "PaymentAmount") or Decimal(0) for each in means]
    whole = sum(paid, Decimal(0)) == gross
    if document.number in file.booked and not whole:
        text = N_(
            "What was paid on {number} at once is given in another currency and was left out."
        )
        file.found.remark(line(invoice), text, number=document.number)
        return
    foreign = document.number in file.booked
    amounts = [document.amount] if foreign else [Money(each, file.currency).rounded() for each in paid]  # fmt: skip
    for place, (each, amount) in enumerate(zip(means, amounts, strict=False), 1):
        if amount.amount <= 0:
            continue
        again = f"#{place}" if place > 1 else ""
        payment = DraftPayment(
            row=line(each),
            buyer=document.buyer,
            key=f"receipt:{document.number}{again}",
            paid_on=day(each, "PaymentDate") or document.issued,
            amount=amount,
            to=document.number,
            memo=words(each, "PaymentMechanism"),
        )
        file.found.payments.append(payment)
