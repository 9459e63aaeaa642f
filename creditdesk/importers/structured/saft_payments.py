"""What the customers of a SAF-T file paid, and which invoices it settles."""

from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import BuyerRef, DraftPayment
from creditdesk.i18n import N_, Message
from creditdesk.importers.files.xmltree import (
    Node,
    NotTaken,
    children,
    day,
    figure,
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

_LINES = "Line|PaymentLine"


def read(file: SaftFile, section: Node | None) -> None:
    """Every payment of the section; what can't be taken is told by its line."""
    if section is None:
        return
    sums = Sums()
    for payment in children(section, "Payment"):
        sums.entries += 1
        file.found.rows_read += 1
        try:
            _take(file, payment, sums)
        except NotTaken as wrong:
            file.found.rejected.append(wrong.at(line(payment)))
    file.control(section, "Payments", sums)


def _take(file: SaftFile, payment: Node, sums: Sums) -> None:
    number = words(payment, "PaymentRefNo")
    if not number:
        raise NotTaken(Message(N_("The payment has no number.")), "PaymentRefNo")
    if words(payment, "DocumentStatus", "PaymentStatus") == "A":
        file.found.skip(line(payment), N_("The file calls {number} cancelled."), number)
        return
    signed = signed_lines(payment, _LINES, "PaymentLineAmount")
    sums.count(signed)
    lines = list(children(payment, _LINES))
    if _to_supplier(payment, lines):
        text = N_("{number} was paid to a supplier.")
        file.found.skip(line(payment), text, number)
        return
    buyer = file.customer(payment, *lines)
    total = _total(file, payment, signed)
    if total.amount <= 0:
        text = N_("{number} brings no money in.")
        file.found.skip(line(payment), text, number)
        return
    _discount(file, payment, number)
    _write(file, payment, buyer, _parts(file, payment, lines, signed, total))


def _to_supplier(payment: Node, lines: list[Node]) -> bool:
    named = (payment, *lines)
    return any(words(each, "SupplierID") for each in named) and not any(
        words(each, "CustomerID") for each in named
    )


def _total(file: SaftFile, payment: Node, signed: list[Decimal]) -> Money:
    """The total of the payment, else what its means of payment add up to, else its lines."""
    foreign = file.foreign(totals_of(payment))
    if foreign is not None:
        return foreign
    means = [
        figure(each, "PaymentAmount") for each in children(payment, "PaymentMethod")
    ]
    given = [each for each in means if each is not None]
    total = figure(totals_of(payment), "GrossTotal")
    if total is None:
        total = sum(given or signed, Decimal(0))
    return Money(total, file.currency).rounded()


def _parts(
    file: SaftFile,
    payment: Node,
    lines: list[Node],
    signed: list[Decimal],
    total: Money,
) -> dict[str, Money]:
    """How much goes to which invoice; an empty number: nobody says.

    Lines give amounts with or without tax: the way that adds up to the total counts, else the total is shared out in
    proportion.
    """
    pays = [_invoice(each) for each in lines]
    named = list(dict.fromkeys(filter(None, pays)))
    if len(named) < 2 or not all(pays):
        return {named[0] if len(named) == 1 and all(pays) else "": total}
    with_tax = list(map(taxed, lines, signed))
    for amounts in (signed, with_tax):
        parts = {each: _sum(pays, amounts, each, total.currency) for each in named}
        exact = Money.total(parts.values(), total.currency) == total
        if exact and all(part.amount > 0 for part in parts.values()):
            return parts
    positive = {each: part for each, part in parts.items() if part.amount > 0}
    if not positive:
        return {"": total}
    text = N_(
        "The lines of {number} don't add up to its total; it was shared out among its invoices in proportion."
    )
    file.found.remark(line(payment), text, number=words(payment, "PaymentRefNo"))
    shares = total.split([part.amount for part in positive.values()])
    return dict(zip(positive, shares, strict=True))


def _invoice(node: Node) -> str:
    """The one invoice a line settles: an element of its own, or the text of the reference."""
    sources = list(children(node, "SourceDocumentID"))
    named = one_of(words(each, "OriginatingON") for each in sources)
    plain = [words(each) for each in sources if not len(each)]
    return named or one_of(iter(plain))


def _sum(pays: list[str], amounts: list[Decimal], invoice: str, currency: str) -> Money:
    mine = (amount for to, amount in zip(pays, amounts, strict=True) if to == invoice)
    return Money(sum(mine, Decimal(0)), currency).rounded()


def _discount(file: SaftFile, payment: Node, number: str) -> None:
    """A discount for paying early is no money: the person decides about the rest that stays open."""
    given = figure(totals_of(payment), "Settlement", "SettlementAmount")
    if given:
        text = N_(
            "{number} grants a discount of {amount}. It is no money received: what it leaves open needs a credit note."
        )
        amount = Money(given, file.currency)
        file.found.remark(line(payment), text, number=number, amount=amount)


def _write(
    file: SaftFile, payment: Node, buyer: BuyerRef, parts: dict[str, Money]
) -> None:
    number = words(payment, "PaymentRefNo")
    paid_on = _paid_on(payment)
    for invoice, part in parts.items():
        key = f"receipt:{number}:{invoice}" if len(parts) > 1 else f"receipt:{number}"
        file.found.payments.append(
            DraftPayment(
                row=line(payment),
                buyer=buyer,
                key=key,
                paid_on=paid_on,
                amount=_in_its_currency(file, payment, invoice, part),
                to=invoice,
                memo=words(payment, "Description"),
            )
        )


def _paid_on(payment: Node) -> date:
    """The day the money came, where all means of payment give one day, else the day of the receipt."""
    days = {day(each, "PaymentDate") for each in children(payment, "PaymentMethod")} - {
        None
    }
    found = days.pop() if len(days) == 1 else None
    found = found or day(payment, "TransactionDate")
    if found is None:
        raise NotTaken(Message(N_("The payment has no date.")), "TransactionDate")
    return found


def _in_its_currency(file: SaftFile, payment: Node, invoice: str, part: Money) -> Money:
    """Receipts are booked in the file's currency: one for a foreign invoice counts at the rate of the invoice."""
    own, foreign = file.booked.get(invoice, (Decimal(0), part))
    if foreign.currency == part.currency or not own:
        return part
    text = N_(
        "{number} pays {invoice} with {amount}, counted at the rate the invoice was booked at."
    )
    file.found.remark(
        line(payment), text, number=words(payment, "PaymentRefNo"), invoice=invoice, amount=part
    )  # fmt: skip
    return Money(foreign.amount * part.amount / own, foreign.currency).rounded()
