"""What a line becomes: a document, and the payment its own row or another one tells of. rules.md 11.6."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from creditdesk.catalog.headings import Field
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import (
    CreditKind,
    DocumentKind,
    DraftDocument,
    DraftPayment,
    DueBy,
)
from creditdesk.i18n import N_
from creditdesk.importers.rows.lines import LedgerLine, Role

_KINDS = {
    Role.INVOICE: DocumentKind.INVOICE,
    Role.CREDIT_NOTE: DocumentKind.CREDIT_NOTE,
    Role.REFUND: DocumentKind.REFUND,
}
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
    note = line.role is Role.CREDIT_NOTE
    rest = line.open if note and line.open is not None else line.amount
    whole = rest == line.amount
    return DraftDocument(
        row=line.row,
        buyer=line.buyer,
        number=line.number,
        kind=_KINDS[line.role],
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
        accepted=line.accepted,
        due_by=DueBy.TERM if line.due and not line.due_given else DueBy.FILE,
        part=line.part,
        part_kind=line.part_kind,
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
    """What an invoice's own row says was paid: its open amount, else its paid amount, else all when it is settled.

    What else lessened the debt is no receipt, and what the paid and the open amount don't explain is none either.
    """
    part = line.paid if line.open is None else line.amount - line.open
    if part is None and line.settled:
        part = line.amount - _adjusted(line)
    elif part is not None and line.open is not None:
        part -= _adjusted(line) + unexplained(line)
    if line.role is not Role.INVOICE or not part:
        return None
    return Received(part, line.settled or line.day, line.settled is not None)


def unexplained(line: LedgerLine) -> Money:
    """By how much less is open than the amount less what was paid and adjusted: nobody says why. Never negative."""
    if line.paid is None or line.open is None:
        return Money.zero(line.amount.currency)
    rest = line.amount - line.open - line.paid - _adjusted(line)
    return rest.floored() if line.paid.amount >= 0 else Money.zero(rest.currency)


def disagrees(line: LedgerLine) -> bool:
    """Whether the open amount is not the amount less what was paid and adjusted. rules.md 14.4."""
    if line.paid is None or line.open is None or line.role is not Role.INVOICE:
        return False
    return line.amount - line.paid - _adjusted(line) != line.open


def _adjusted(line: LedgerLine) -> Money:
    amounts = (money for _, money in line.adjustments)
    return Money.total(amounts, line.amount.currency)


def payments_of_invoice(line: LedgerLine) -> Iterator[DraftPayment]:
    """What an invoice's own row tells of money that came, and of what else lessened the debt."""
    money = received(line)
    if money is not None:
        state = "settled" if money.dated else "paid"
        yield _own(
            line, state, money.amount, CreditKind.RECEIPT, money.on, dated=money.dated
        )
    if line.role is not Role.INVOICE:
        return
    rest = unexplained(line)
    adjusted = (*line.adjustments, *(((CreditKind.OTHER, rest),) if rest else ()))
    for kind, amount in adjusted:
        yield _own(line, kind.value, amount, kind, line.day, dated=False)


def _own(  # noqa: PLR0913 - what makes a payment
    line: LedgerLine,
    key: str,
    amount: Money,
    kind: CreditKind,
    on: date,
    *,
    dated: bool,
) -> DraftPayment:
    return DraftPayment(
        row=line.row, buyer=line.buyer, key=f"{key}:{line.number}", paid_on=on, amount=amount, to=line.number,
        dated=dated, kind=kind, issued=line.day, part=line.part,
    )  # fmt: skip


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
        kind=line.credit,
    )
