"""Documents and what lessened them, in a bookkeeper's words: number and part, kind, and a due date nobody knows."""

from collections.abc import Mapping
from datetime import date

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.bills import BillOutcome, BillWay
from creditdesk.domain.ledger.documents import CreditKind, DocumentKind
from creditdesk.domain.ledger.marks import Mark, mark_of
from creditdesk.i18n import N_
from creditdesk.presenters.parts.credit_words import late_cell
from creditdesk.presenters.parts.table import Cell, Tone, Totals, summed
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import CurrencyTotals, InvoiceLine

KINDS = {
    DocumentKind.INVOICE: N_("Invoice"),
    DocumentKind.CREDIT_NOTE: N_("Credit note"),
    DocumentKind.OPENING: N_("Opening balance"),
    DocumentKind.REFUND: N_("Refund to the buyer"),
}
CREDITS = {
    CreditKind.RECEIPT: N_("Payment"),
    CreditKind.SET_OFF: N_("Set off"),
    CreditKind.WRITTEN_OFF: N_("Written off"),
    CreditKind.DISCOUNT: N_("Discount"),
    CreditKind.EXCHANGE: N_("Exchange difference"),
    CreditKind.OTHER: N_("Other reduction"),
}
"""What lessens a debt: only the first is money that came."""


_MARKS = {
    Mark.BILL: N_("{document} · paid with a bill"),
    Mark.ASSIGNED: N_("{document} · assigned"),
}


_ENDS = {
    BillOutcome.HONOURED.value: N_("{document} · bill honoured"),
    BillOutcome.REFUSED.value: N_("{document} · bill refused"),
}


_WAYS = {
    BillWay.ENDORSED.value: N_("{document} · bill endorsed away"),
    BillWay.DISCOUNTED.value: N_("{document} · bill discounted"),
}


def document_totals(totals: Mapping[str, CurrencyTotals]) -> tuple[Totals, ...]:
    """Under a list of documents; credit notes stand negative in both columns."""
    return summed(
        {
            code: {"amount": each.amount, "open": each.open}
            for code, each in totals.items()
        }
    )


def number_words(row: InvoiceLine, say: Wording) -> str:
    """The number on the paper with its part, and whether a bill was taken for it or it is assigned."""
    words = say.name(row.called)
    for mark, text in _MARKS.items():
        if mark_of(row.memo, mark) is not None:
            told = _bill_words(row) if mark is Mark.BILL else text
            words = say(told, document=words)
    return words


def _bill_words(row: InvoiceLine) -> str:
    """What became of the bill; until that is known, whether the client still holds it."""
    held = _WAYS.get(row.bill_way, _MARKS[Mark.BILL])
    return _ENDS.get(row.bill_end, held)


def number_cell(row: InvoiceLine, say: Wording, more: str = "") -> Cell:
    """The number; its memo and `more` stand in the hint below it."""
    words = number_words(row, say)
    return Cell(words, hint="\n".join(filter(None, (words, row.memo, more))))


def document_kind(row: InvoiceLine, say: Wording) -> str:
    """What kind of document it is."""
    return say(KINDS[DocumentKind(row.kind)])


def is_due_open(row: InvoiceLine) -> bool:
    """Whether it is an invoice whose due date nobody knows."""
    return row.due is None and row.kind == DocumentKind.INVOICE.value


def due_cell(row: InvoiceLine, say: Wording) -> Cell:
    """When it falls due; an opening balance, a refund and a credit note have no such day."""
    if not is_due_open(row):
        return Cell(say.day(row.due))
    hint = say(N_("Nobody knows yet when it falls due."))
    return Cell(say(N_("day open")), Tone.WARNING, hint)


def overdue_cell(row: InvoiceLine, as_of: date, say: Wording) -> Cell:
    """How long it is overdue; nothing where nobody knows."""
    if row.due is None or row.kind == DocumentKind.CREDIT_NOTE.value or not row.open:
        return Cell("")
    return late_cell((as_of - row.due).days, say)


def signed(row: InvoiceLine, amount: Money) -> Money:
    """A credit note takes off."""
    return -amount if row.kind == DocumentKind.CREDIT_NOTE.value else amount
