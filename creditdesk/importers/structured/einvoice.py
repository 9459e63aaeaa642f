"""What an e-invoice means for the ledger, whatever syntax it is written in (EN 16931, rules.md 11.2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from creditdesk.domain.base.money import Money, is_currency
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    DraftPayment,
)
from creditdesk.i18n import N_, Message
from creditdesk.importers.files.xmltree import NotTaken, as_day, decimal
from creditdesk.importers.structured.document import StructuredFound

# UNTDID 1001: credit notes of every kind.
_CREDIT_NOTES = frozenset(
    {"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532"}
)
_CORRECTED = "384"
_NO_INVOICE = {
    "325": N_("{number} is a pro forma invoice: nothing is owed by it."),
    "310": N_("{number} is an offer: nothing is owed by it."),
}
_LONGEST_TERM = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class EinvoicePaper:
    """One e-invoice as its file writes it; a text is empty where the file says nothing.

    `lines`: the lines' net amounts. `extra`: charges less allowances of the whole document, signed. `order`: the
    contract or, without one, the order. `says_credit`: the syntax itself says credit note.
    """

    row: int
    number: str
    issued: str
    currency: str
    buyer: BuyerRef
    seller: BuyerRef
    due: str = ""
    delivered: str = ""
    type_code: str = ""
    says_credit: bool = False
    gross: str = ""
    net: str = ""
    vat: str = ""
    prepaid: str = ""
    rounding: str = ""
    payable: str = ""
    rates: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    order: str = ""
    term: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sums:
    """What the totals say, signed as written. `due`: what is left to pay."""

    whole: Decimal
    prepaid: Decimal
    due: Decimal
    net: Decimal | None
    vat: Decimal | None


def take(paper: EinvoicePaper, found: StructuredFound) -> None:
    """Add the invoice or credit note, and what was paid before it was written; a refusal is told by its line."""
    found.rows_read += 1
    found.issuer = paper.seller
    try:
        _take(paper, found)
    except NotTaken as wrong:
        found.rejected.append(wrong.at(paper.row))


def _take(paper: EinvoicePaper, found: StructuredFound) -> None:
    _complete(paper)
    if paper.type_code in _NO_INVOICE:
        found.skip(paper.row, _NO_INVOICE[paper.type_code], paper.number)
        return
    sums = _sums(paper)
    document = _document(paper, sums)
    if not document.amount:
        found.skip(paper.row, N_("{number} has no amount."), paper.number)
        return
    found.add(document)
    for text, places in _remarks(paper, sums, document):
        found.remark(paper.row, text, number=paper.number, **places)
    if document.kind is DocumentKind.INVOICE and sums.prepaid > 0:
        found.payments.append(_prepaid(document, sums))


def _complete(paper: EinvoicePaper) -> None:
    """Raises `NotTaken` for what no ledger can do without."""
    if not paper.number:
        raise NotTaken(Message(N_("The document has no number.")), "ID")
    if not (paper.buyer.name or paper.buyer.code):
        raise NotTaken(Message(N_("It names no customer.")), "Buyer")
    if not is_currency(paper.currency):
        reason = Message(N_("This is not a currency."))
        raise NotTaken(reason, "Currency", paper.currency)


def _sums(paper: EinvoicePaper) -> _Sums:
    """The totals; one that isn't stated is worked out of the others."""
    gross = _figure(paper.gross, "TaxInclusiveAmount")
    payable = _figure(paper.payable, "PayableAmount")
    net, vat = _figure(paper.net, "TaxExclusiveAmount"), _figure(paper.vat, "TaxAmount")
    rounding = _figure(paper.rounding, "PayableRoundingAmount") or Decimal(0)
    prepaid = _figure(paper.prepaid, "PrepaidAmount") or Decimal(0)
    if gross is None and net is not None and vat is not None:
        gross = net + vat
    if gross is not None:
        whole = gross + rounding
    elif payable is not None:
        whole = payable + prepaid
    else:
        raise NotTaken(Message(N_("The document has no total.")), "PayableAmount")
    due = whole - prepaid if payable is None else payable
    return _Sums(whole=whole, prepaid=prepaid, due=due, net=net, vat=vat)


def _document(paper: EinvoicePaper, sums: _Sums) -> DraftDocument:
    """Of a credit note only what it leaves to use is taken, as of one in a list with open amounts."""
    issued = as_day(paper.issued, "IssueDate")
    if issued is None:
        raise NotTaken(Message(N_("The document has no date.")), "IssueDate")
    noted = paper.says_credit or paper.type_code in _CREDIT_NOTES
    # A credit note below nothing takes a credit back, and is an invoice again.
    credit = noted != (sums.whole < 0)
    amount = abs(sums.due if noted else sums.whole)
    net, vat = _split(paper, sums, amount)
    return DraftDocument(
        row=paper.row,
        buyer=paper.buyer,
        number=paper.number,
        kind=DocumentKind.CREDIT_NOTE if credit else DocumentKind.INVOICE,
        issued=issued,
        amount=Money(amount, paper.currency).rounded(),
        due=as_day(paper.due, "DueDate"),
        shipped=as_day(paper.delivered, "ActualDeliveryDate"),
        term=paper.term[:_LONGEST_TERM],
        net=net,
        vat=vat,
        vat_rate=_rate(paper),
        against=paper.against[0] if credit and len(paper.against) == 1 else "",
        contract=paper.order,
    )


def _split(
    paper: EinvoicePaper, sums: _Sums, amount: Decimal
) -> tuple[Money | None, Money | None]:
    """Net and tax, where they add up to what is taken. rules.md 11.2."""
    if sums.net is None or sums.vat is None or abs(sums.net + sums.vat) != amount:
        return None, None
    currency = paper.currency
    return Money(abs(sums.net), currency).refined(), Money(
        abs(sums.vat), currency
    ).refined()


def _rate(paper: EinvoicePaper) -> Decimal | None:
    """The one rate of the document, in per cent."""
    if len(set(paper.rates)) != 1:
        return None
    try:
        rate = decimal(paper.rates[0], "Percent")
    except NotTaken:
        return None
    return rate if 0 <= rate < 100 else None


def _prepaid(document: DraftDocument, sums: _Sums) -> DraftPayment:
    """The same key as a paid column's, so that next month's list doesn't count it again."""
    return DraftPayment(
        row=document.row,
        buyer=document.buyer,
        key=f"paid:{document.number}",
        paid_on=document.issued,
        amount=Money(sums.prepaid, document.amount.currency).rounded(),
        to=document.number,
        dated=False,
    )


def _remarks(
    paper: EinvoicePaper, sums: _Sums, document: DraftDocument
) -> Iterator[tuple[str, dict[str, object]]]:
    """What a person should know about the document beside its figures."""
    currency = paper.currency
    left = sums.whole - sums.prepaid
    if left != sums.due:
        yield (
            N_("The totals of {number} leave {left} to pay, but it asks for {due}."),
            {"left": Money(left, currency), "due": Money(sums.due, currency)},
        )
    lines = _lines(paper)
    if lines is not None and sums.net is not None and lines != sums.net:
        yield (
            N_("The lines of {number} add up to {lines}, not to its net total {net}."),
            {"lines": Money(lines, currency), "net": Money(sums.net, currency)},
        )
    if document.kind is DocumentKind.CREDIT_NOTE and sums.prepaid:
        yield (
            N_(
                "The credit note {number} was partly settled before: {amount} of it is left."
            ),
            {"amount": document.amount},
        )
    if paper.type_code == _CORRECTED and document.kind is DocumentKind.INVOICE:
        yield (
            N_(
                "{number} corrects {invoices}: where it replaces that invoice, the old one must be credited."
            ),
            {"invoices": paper.against},
        )
    if document.kind is DocumentKind.CREDIT_NOTE and len(paper.against) > 1:
        yield (
            N_(
                "The credit note {number} names several invoices: {invoices}. It is set against none of them."
            ),
            {"invoices": paper.against},
        )


def _lines(paper: EinvoicePaper) -> Decimal | None:
    """What lines, charges and allowances add up to; None where one of them is no amount."""
    try:
        parts = [decimal(each, "Line") for each in (*paper.lines, *paper.extra)]
    except NotTaken:
        return None
    return sum(parts, Decimal(0)) if paper.lines else None


def _figure(written: str, element: str) -> Decimal | None:
    return decimal(written, element) if written else None
