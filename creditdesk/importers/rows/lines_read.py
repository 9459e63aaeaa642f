"""Reads one row of a ledger: a line, or the reason why not. rules.md 11.2, 11.6."""

from datetime import date

from creditdesk.catalog.headings import Field, Headings, Word, normalised
from creditdesk.domain.ledger.documents import BuyerRef
from creditdesk.domain.ledger.marks import ELECTRONIC, ON_PAPER, Mark, marked
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.layout import is_receivable
from creditdesk.importers.columns.mapping import NUMBERS, RowKind
from creditdesk.importers.rows.amounts import (
    AmountZero,
    adjustments,
    disputed,
    split,
    stated,
    vat_rate,
)
from creditdesk.importers.rows.asking import SKIP
from creditdesk.importers.rows.bills import bill_words
from creditdesk.importers.rows.cells import Refused, RowCells, is_nothing
from creditdesk.importers.rows.lines import LedgerLine, Role
from creditdesk.importers.rows.parts import parted, with_retention
from creditdesk.importers.rows.red_letters import blue_number
from creditdesk.importers.rows.terms import row_term


class Skipped(Exception):
    """Why a row is no document."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.text)
        self.reason = reason


def lines(row: RowCells) -> tuple[LedgerLine, ...]:
    """The row as values: one, or one for each part of its document. Raises `Skipped` and `Refused`."""
    whole = line(row)
    if whole.role is not Role.INVOICE:
        return (whole,)
    return with_retention(row, parted(row, whole))


def line(row: RowCells) -> LedgerLine:
    """The row as one value, whatever parts it has. Raises `Skipped` and `Refused`."""
    _skip_others(row)
    try:
        amount = stated(row)
    except AmountZero as zero:
        raise Skipped(Message(N_("The amount is zero."))) from zero
    number, voucher = _number(row), row.identifier(Field.VOUCHER_NO)
    if not number and not voucher and not amount.role.is_credit:
        raise row.refused(NUMBERS, N_("The document number is missing."))
    day = _day(row)
    given = row.lenient_day(Field.DUE_DATE)
    shipped, accepted = (
        row.lenient_day(Field.SHIP_DATE),
        row.lenient_day(Field.ACCEPT_DATE),
    )
    buyer = _buyer(row)
    net, vat = split(row, amount)
    whole, sign, own = amount.whole, amount.sign, row.layout.takes_open
    bill, matures = _bill(row)
    return LedgerLine(
        row=row.number,
        cells=row.row,
        role=amount.role,
        typed=amount.typed,
        buyer=buyer,
        number=number
        or voucher_number(
            voucher, f"{day:%Y-%m}", counts_by_month=row.layout.counts_by_month
        ),
        day=day,
        amount=whole,
        exact=amount.exact,
        due=matures or given or _by_term(row, buyer, day, shipped, accepted),
        due_given=bool(matures or given),
        shipped=shipped,
        accepted=accepted,
        term=row.text(Field.TERM),
        paid=None if own or bill else row.money(Field.PAID, whole.currency, sign),
        open=None if own or bill else row.money(Field.OPEN, whole.currency, sign),
        settled=None if bill else row.lenient_day(Field.SETTLED_DATE),
        disputed=disputed(row, whole),
        net=net,
        vat=vat,
        vat_rate=vat_rate(row),
        invoice_no=_invoice_number(row),
        against=row.identifier(Field.AGAINST) or _corrected(row, amount.role),
        contract=row.identifier(Field.CONTRACT),
        memo=_memo(row, bill, matures),
        adjustments=adjustments(row, amount),
        bill=bill,
        reversed=row.says(Field.STATUS, Word.REVERSED),
        credit=amount.credit,
        deposit=amount.role is Role.PAYMENT and row.says(Field.DOC_TYPE, Word.DEPOSIT),
    )


def _bill(row: RowCells) -> tuple[str, date | None]:
    """The bill a row was paid with, and its maturity: the debt stays open until it is honoured. rules.md 14.2."""
    if row.says(Field.DOC_TYPE, Word.BILL):
        matures = row.lenient_day(Field.BILL_DUE) or row.lenient_day(Field.DUE_DATE)
        return row.text(Field.DOC_TYPE), matures
    if not row.says(Field.METHOD, Word.BILL):
        return "", None
    return row.text(Field.METHOD), row.lenient_day(Field.BILL_DUE)


def _memo(row: RowCells, bill: str, matures: date | None) -> str:
    """The row's own, with the bill it was paid with and to whom it is assigned. rules.md 14.2."""
    memo = row.text(Field.MEMO)
    if bill:
        memo = marked(memo, Mark.BILL, bill_words(bill, matures))
    to = _assigned(row)
    if to is not None:
        memo = marked(memo, Mark.ASSIGNED, to)
    form = form_of(row.layout.known, row.text(Field.FORM))
    return marked(memo, Mark.SENT, form) if form else memo


def form_of(known: Headings, shown: str) -> str:
    """Whether such a cell says that the invoice is electronic or on paper; empty: neither, or nothing."""
    if known.says(shown, Word.ELECTRONIC) or known.says(shown, Word.YES):
        return ELECTRONIC
    return (
        ON_PAPER
        if known.says(shown, Word.ON_PAPER) or known.says(shown, Word.NO)
        else ""
    )


def _assigned(row: RowCells) -> str | None:
    """To whom the document is assigned; empty where the row says only that it is, None where it isn't."""
    said, to = row.text(Field.ASSIGNED), row.text(Field.ASSIGNEE)
    to = "" if is_unassigned(row.layout.known, to) else to
    if row.says(Field.ASSIGNED, Word.NO) or (is_unassigned(row.layout.known, said) and not to):  # fmt: skip
        return None
    return to or ("" if row.says(Field.ASSIGNED, Word.YES) else said)


def is_unassigned(known: Headings, shown: str) -> bool:
    """Whether such a cell says that a document is assigned to nobody."""
    return not shown or is_nothing(known, shown) or known.says(shown, Word.NO)


def _corrected(row: RowCells, role: Role) -> str:
    """The invoice a red-letter one names in its remark."""
    return blue_number(row.text(Field.MEMO)) if role is Role.CREDIT_NOTE else ""


def voucher_number(voucher: str, month: str, *, counts_by_month: bool) -> str:
    """The number of a document that has only its voucher's; `month` as in 2026-05. Empty where there is no voucher."""
    return f"{month} {voucher}" if voucher and counts_by_month else voucher


def _skip_others(row: RowCells) -> None:
    if row.says(Field.STATUS, Word.VOID) or row.says(Field.VOID, Word.VOID, Word.YES):
        raise Skipped(Message(N_("The document is void.")))
    if row.says(Field.STATUS, Word.DRAFT):
        status = row.text(Field.STATUS)
        raise Skipped(
            Message.of(N_("A draft ({status}) is no debt yet."), status=status)
        )
    if row.says(Field.DOC_TYPE, Word.RECOVERED):
        shown = row.text(Field.DOC_TYPE)
        text = N_(
            "{kind} is no invoice: enter the money as a receipt, on the debt that was written off."
        )
        raise Refused(Field.DOC_TYPE, shown, Message.of(text, kind=shown))
    if row.says(Field.DOC_TYPE, Word.OTHER) or _left_out(row):
        reason = N_("{type} is neither an invoice, a credit note nor a receipt.")
        raise Skipped(Message.of(reason, type=row.text(Field.DOC_TYPE)))
    if not row.layout.by_account or (
        row.layout.receipts_elsewhere
        and row.says(Field.DOC_TYPE, Word.RECEIPT, Word.DEPOSIT)
    ):
        return
    account = row.text(Field.ACCOUNT)
    if not is_receivable(row.layout.known, account):
        reason = N_("The row belongs to the account {account}, not to receivables.")
        raise Skipped(Message.of(reason, account=account))


def _left_out(row: RowCells) -> bool:
    """Whether a person said that documents of this kind are something else."""
    shown = row.text(Field.DOC_TYPE)
    return bool(shown) and row.layout.answers.get(f"kind:{normalised(shown)}") == SKIP


def _day(row: RowCells) -> date:
    fields: tuple[Field, ...] = (Field.DOC_DATE, Field.POST_DATE)
    if row.layout.kind is RowKind.PAYMENTS:
        fields = (*fields, Field.SETTLED_DATE)
    for field in fields:
        if found := row.day(field):
            return found
    raise row.refused(fields, N_("The date is missing."))


def _by_term(
    row: RowCells,
    buyer: BuyerRef,
    day: date,
    shipped: date | None,
    accepted: date | None,
) -> date | None:
    """The date by the words of the term, where they settle it. rules.md 14.1."""
    found = row_term(row.layout, row.text(Field.TERM), buyer, day, shipped, accepted)
    return found.due if found else None


def _buyer(row: RowCells) -> BuyerRef:
    code, name = row.identifier(Field.BUYER_CODE), row.text(Field.BUYER_NAME)
    if not code and not name:
        raise row.refused(
            (Field.BUYER_NAME, Field.BUYER_CODE), N_("The buyer is missing.")
        )
    country = row.text(Field.COUNTRY)
    return BuyerRef(
        code=code,
        name=name or code,
        uscc=row.identifier(Field.BUYER_USCC),
        country="" if country.isdigit() else country,
    )


def _number(row: RowCells) -> str:
    """The document's own number, else its invoice number; empty where there is neither."""
    return row.identifier(Field.DOC_NO) or _invoice_number(row)


def _invoice_number(row: RowCells) -> str:
    """Old invoices are told apart by code and number, all-electronic ones by number alone. rules.md 11.2."""
    number = row.identifier(Field.EINVOICE_NO)
    if number:
        return number
    code, number = (
        row.identifier(Field.INVOICE_CODE),
        row.identifier(Field.INVOICE_NO),
    )
    return f"{code}-{number}" if code and number else number
