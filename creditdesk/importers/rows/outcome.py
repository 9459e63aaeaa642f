"""What a line becomes: a document, and the payment its own row or another one tells of. rules.md 11.6."""

from dataclasses import dataclass
from datetime import date

from creditdesk.catalog.headings import Field
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import DocumentKind, DraftDocument, DraftPayment
from creditdesk.i18n import N_
from creditdesk.importers.rows.lines import LedgerLine, Role

_HIGHER = N_("More is open than the document's amount.")
_DISPUTED = N_("More is disputed than the document's amount.")
_OTHER_SIGN = N_("What is open of the credit note has another sign than its amount.")


@dataclass(frozen=True, slots=True)
class Received:
    """Money on an invoice by its own row: how much, when, and whether the row knows when."""

    amount: Money
    on: date
    dated: bool


def document(line: LedgerLine) -> DraftDocument:
    """The invoice or credit note of a line.

    Of a credit note with an open amount only that rest is taken: what was used of it already stands in the open amounts
    of the invoices. A split and a dispute belong to the whole amount.
    """
    invoice = line.role is Role.INVOICE
    rest = line.amount if invoice or line.open is None else line.open
    whole = rest == line.amount
    return DraftDocument(
        row=line.row,
        buyer=line.buyer,
        number=line.number,
        kind=DocumentKind.INVOICE if invoice else DocumentKind.CREDIT_NOTE,
        issued=line.day,
        amount=rest,
        due=line.due,
        shipped=line.shipped,
        term=line.term,
        disputed=line.disputed if whole else None,
        net=line.net if whole else None,
        vat=line.vat if whole else None,
        vat_rate=line.vat_rate,
        invoice_no=line.invoice_no,
        against=line.against,
        contract=line.contract,
        memo=line.memo,
    )


def contradiction(line: LedgerLine) -> tuple[Field, Money | None, str] | None:
    """The amount of a line that its own amount does not allow, and why; None where all of them agree."""
    if line.disputed is not None and line.amount < line.disputed:
        return Field.DISPUTED, line.disputed, _DISPUTED
    if line.role is Role.INVOICE:
        money = received(line)
        if money is None or money.amount.amount >= 0:
            return None
        return (
            (Field.PAID, line.paid, _HIGHER)
            if line.open is None
            else (Field.OPEN, line.open, _HIGHER)
        )
    if line.open is not None and line.amount < line.open:
        return Field.OPEN, line.open, _HIGHER
    if line.open is not None and line.open.amount < 0:
        return Field.OPEN, line.open, _OTHER_SIGN
    return None


def received(line: LedgerLine) -> Received | None:
    """What an invoice's own row says was paid: its open amount, else its paid amount, else all when it is settled."""
    part = line.paid if line.open is None else line.amount - line.open
    if part is None and line.settled:
        part = line.amount
    if line.role is not Role.INVOICE or not part:
        return None
    return Received(part, line.settled or line.day, line.settled is not None)


def payment_of_invoice(line: LedgerLine) -> DraftPayment | None:
    """The payment an invoice's own row tells of."""
    money = received(line)
    if money is None:
        return None
    return DraftPayment(
        row=line.row,
        buyer=line.buyer,
        key=f"{'settled' if money.dated else 'paid'}:{line.number}",
        paid_on=money.on,
        amount=money.amount,
        to=line.number,
        dated=money.dated,
        issued=line.day,
    )


def payment(line: LedgerLine, key: str, to: str) -> DraftPayment:
    """A payment with a row of its own."""
    return DraftPayment(
        row=line.row,
        buyer=line.buyer,
        key=key,
        paid_on=line.day,
        amount=line.amount,
        to=to,
        memo=line.memo,
    )
