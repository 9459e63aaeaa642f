"""Reads one row of a ledger: a line, or the reason why not. rules.md 11.2, 11.6."""

import re
from datetime import date, timedelta

from creditdesk.catalog.headings import Field, Word
from creditdesk.domain.ledger.documents import BuyerRef
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.layout import is_receivable
from creditdesk.importers.columns.mapping import NUMBERS, RowKind
from creditdesk.importers.rows.amounts import (
    AmountZero,
    disputed,
    split,
    stated,
    vat_rate,
)
from creditdesk.importers.rows.cells import RowCells
from creditdesk.importers.rows.lines import LedgerLine, Role
from creditdesk.importers.rows.red_letters import blue_number

_DAYS = re.compile(r"(?:net\s*)?(\d{1,3})\s*(?:days?|d|天|日)?", re.IGNORECASE)


class Skipped(Exception):
    """Why a row is no document."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.text)
        self.reason = reason


def line(row: RowCells) -> LedgerLine:
    """The row as values. Raises `Skipped` and `Refused`."""
    _skip_others(row)
    try:
        amount = stated(row)
    except AmountZero as zero:
        raise Skipped(Message(N_("The amount is zero."))) from zero
    number, voucher = _number(row), row.identifier(Field.VOUCHER_NO)
    if not number and not voucher and amount.role is not Role.PAYMENT:
        raise row.refused(NUMBERS, N_("The document number is missing."))
    day = _day(row)
    given = row.day(Field.DUE_DATE)
    net, vat = split(row, amount)
    whole, sign, own = amount.whole, amount.sign, row.layout.takes_open
    return LedgerLine(
        row=row.number,
        cells=row.row,
        role=amount.role,
        typed=amount.typed,
        buyer=_buyer(row),
        number=number
        or voucher_number(
            voucher, f"{day:%Y-%m}", counts_by_month=row.layout.counts_by_month
        ),
        day=day,
        amount=whole,
        exact=amount.exact,
        due=given or _by_term(row, day),
        due_given=given is not None,
        shipped=row.day(Field.SHIP_DATE),
        term=row.text(Field.TERM),
        paid=None if own else row.money(Field.PAID, whole.currency, sign),
        open=None if own else row.money(Field.OPEN, whole.currency, sign),
        settled=row.day(Field.SETTLED_DATE),
        disputed=disputed(row, whole),
        net=net,
        vat=vat,
        vat_rate=vat_rate(row),
        invoice_no=_invoice_number(row),
        against=row.identifier(Field.AGAINST) or _corrected(row, amount.role),
        contract=row.identifier(Field.CONTRACT),
        unissued=row.says(Field.STATUS, Word.DRAFT),
        memo=row.text(Field.MEMO),
    )


def _corrected(row: RowCells, role: Role) -> str:
    """The invoice a red-letter one names in its remark."""
    return blue_number(row.text(Field.MEMO)) if role is Role.CREDIT_NOTE else ""


def voucher_number(voucher: str, month: str, *, counts_by_month: bool) -> str:
    """The number of a document that has only its voucher's; `month` as in 2026-05. Empty where there is no voucher."""
    return f"{month} {voucher}" if voucher and counts_by_month else voucher


def term_days(shown: str) -> int | None:
    """The days of a payment term, None for any other term."""
    days = _DAYS.fullmatch(shown)
    return int(days[1]) if days else None


def _skip_others(row: RowCells) -> None:
    if row.says(Field.STATUS, Word.VOID) or row.says(Field.VOID, Word.VOID, Word.YES):
        raise Skipped(Message(N_("The document is void.")))
    if row.says(Field.DOC_TYPE, Word.OTHER):
        reason = N_("{type} is neither an invoice, a credit note nor a receipt.")
        raise Skipped(Message.of(reason, type=row.text(Field.DOC_TYPE)))
    if not row.layout.by_account or (
        row.layout.receipts_elsewhere and row.says(Field.DOC_TYPE, Word.RECEIPT)
    ):
        return
    account = row.text(Field.ACCOUNT)
    if not is_receivable(row.layout.known, account):
        reason = N_("The row belongs to the account {account}, not to receivables.")
        raise Skipped(Message.of(reason, account=account))


def _day(row: RowCells) -> date:
    fields: tuple[Field, ...] = (Field.DOC_DATE, Field.POST_DATE)
    if row.layout.kind is RowKind.PAYMENTS:
        fields = (*fields, Field.SETTLED_DATE)
    for field in fields:
        if found := row.day(field):
            return found
    raise row.refused(fields, N_("The date is missing."))


def _by_term(row: RowCells, day: date) -> date | None:
    """The date plus a term in days; any other term can't be counted."""
    days = term_days(row.text(Field.TERM))
    return None if days is None else day + timedelta(days=days)


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
