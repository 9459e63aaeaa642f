"""What the amounts of one row say: how much, in which currency, of which kind. rules.md 11.2, 11.6."""

import re
from dataclasses import dataclass
from decimal import Decimal

from creditdesk.catalog.headings import Field, Word, normalised
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import CreditKind
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.currencies import BARE_DOLLAR, of_cell, of_text
from creditdesk.importers.columns.layout import Layout
from creditdesk.importers.columns.mapping import RowKind
from creditdesk.importers.files import figures
from creditdesk.importers.rows.asking import (
    CREDIT_NOTE,
    INVOICE,
    RECEIPT,
    REFUND,
    dollar,
    kind_of,
)
from creditdesk.importers.rows.cells import Refused, RowCells
from creditdesk.importers.rows.lines import Role

_ISO_CURRENCY = re.compile(r"[A-Z]{3}")


_TYPED = {
    Word.CREDIT_NOTE: Role.CREDIT_NOTE,
    Word.RECEIPT: Role.PAYMENT,
    Word.DEPOSIT: Role.PAYMENT,
    Word.BILL: Role.PAYMENT,
    Word.REFUND: Role.REFUND,
}
_ADJUSTED = {
    Word.SET_OFF: CreditKind.SET_OFF,
    Word.WRITTEN_OFF: CreditKind.WRITTEN_OFF,
    Word.EXCHANGE: CreditKind.EXCHANGE,
}
_ADJUSTING = {
    Field.DISCOUNT: CreditKind.DISCOUNT,
    Field.WRITTEN_OFF: CreditKind.WRITTEN_OFF,
    Field.SET_OFF: CreditKind.SET_OFF,
}
_SAID = {
    INVOICE: Role.INVOICE,
    CREDIT_NOTE: Role.CREDIT_NOTE,
    RECEIPT: Role.PAYMENT,
    REFUND: Role.REFUND,
}


class AmountZero(Exception):
    """The row has an amount, and it is zero."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A row's amount: `whole` is positive, `sign` what stood before it, `exact` False when it had parts of a cent.

    `typed`: the role doesn't follow from the sign alone.
    """

    role: Role
    typed: bool
    whole: Money
    sign: int
    exact: bool
    credit: CreditKind = CreditKind.RECEIPT


def stated(row: RowCells) -> Stated:
    """The row's amount and what it is. Raises `Refused` and `AmountZero`."""
    figure, currency, in_credit = _figure(row)
    sign = -1 if figure < 0 else 1
    exact = Money(abs(figure), currency)
    whole = exact.refined()
    role, credit = _typed_role(row, sign, in_credit=in_credit)
    by_sign = Role.CREDIT_NOTE if sign < 0 else Role.INVOICE
    return Stated(
        role or by_sign,
        role is not None,
        whole,
        sign,
        whole.rounded().amount == exact.amount,
        credit,
    )


def adjustments(row: RowCells, amount: Stated) -> tuple[tuple[CreditKind, Money], ...]:
    """What columns of their own say lessened the debt without being a receipt. rules.md 14.2."""
    found = (
        (_ADJUSTING[field], row.money(field, amount.whole.currency, amount.sign))
        for field in row.layout.adjusts
    )
    return tuple(
        (kind, money) for kind, money in found if money is not None and money.amount > 0
    )


def split(row: RowCells, amount: Stated) -> tuple[Money | None, Money | None]:
    """Net and VAT where the row has both; they make the total to the cent. rules.md 11.2."""
    currency = amount.whole.currency
    net = row.money(Field.NET, currency, amount.sign)
    vat = row.money(Field.VAT, currency, amount.sign)
    if net is None or vat is None:
        return None, None
    if (net + vat).rounded() != amount.whole.rounded():
        reason = Message.of(
            N_("Net and VAT don't make the total: {net} and {vat} are not {whole}."),
            net=net.plain,
            vat=vat.plain,
            whole=amount.whole.plain,
        )
        raise Refused(Field.VAT, row.cell(Field.VAT), reason)
    return net, vat


def vat_rate(row: RowCells) -> Decimal | None:
    """In per cent, see `rate`."""
    return rate(row.text(Field.RATE))


def rate(shown: str) -> Decimal | None:
    """In per cent: 13, 13% and 0.13 are the same; a word such as 免税 is none."""
    try:
        found = figures.amount(shown.removesuffix("%"))
    except figures.NotAnAmount:
        return None
    return found * 100 if found is not None and 0 < found < 1 else found


def disputed(row: RowCells, whole: Money) -> Money | None:
    """Yes is the whole amount, no is nothing, an amount is that part."""
    if row.says(Field.DISPUTED, Word.NO):
        return None
    if row.says(Field.DISPUTED, Word.YES):
        return whole
    part = row.money(Field.DISPUTED, whole.currency)
    return part if part and part.amount > 0 else None


def _figure(row: RowCells) -> tuple[Decimal, str, bool]:
    """The signed amount, its currency, and whether it stands alone in the paid column."""
    zero = False
    for field in row.layout.amounts:
        figure = row.figure(field)
        if figure:
            return figure, _currency(row, field), False
        zero = zero or figure is not None
        if zero and field is Field.AMOUNT_FC and row.layout.named:
            break  # the debt is the foreign one: what stands beside it in local money is no other
    if not row.layout.amounts:
        net, vat = row.figure(Field.NET), row.figure(Field.VAT)
        if net is not None and vat is not None and net + vat:
            return net + vat, _currency(row, Field.NET), False
    paid = row.figure(Field.PAID)
    if paid:
        return paid, _currency(row, Field.PAID), True
    if zero:
        raise AmountZero
    raise row.refused((*row.layout.amounts, Field.NET), N_("The amount is missing."))


def currency_code(layout: Layout, shown: str) -> str | None:
    """The ISO code of a currency as a cell shows it, the layout's for an empty cell; None: it is no currency."""
    if not shown:
        return layout.currency
    code = layout.known.currencies.get(normalised(shown), shown.upper())
    return code if _ISO_CURRENCY.fullmatch(code) else None


def _currency(row: RowCells, field: Field) -> str:
    """By its column, else by the amount's own cell, else by its heading, else the client's. rules.md 14.5."""
    shown = row.text(Field.CURRENCY)
    if shown:
        return _named_currency(row, shown)
    written = of_cell(row.cell(field), row.layout.currency) or of_text(
        row.sign(field), row.layout.currency
    )
    if written == BARE_DOLLAR:
        return dollar(row.layout.answers, row.cell(field), field)
    if written:
        return written
    return row.layout.named.get(field, row.layout.currency)


def _named_currency(row: RowCells, shown: str) -> str:
    """What the currency column says, a code, a name or a sign. Raises `Refused`."""
    code = currency_code(row.layout, shown) or of_text(shown, row.layout.currency)
    if code == BARE_DOLLAR:
        return dollar(row.layout.answers, shown, Field.CURRENCY)
    if code:
        return code
    reason = Message(N_("This is not a currency code."))
    raise Refused(Field.CURRENCY, shown, reason)


def _typed_role(
    row: RowCells, sign: int, *, in_credit: bool
) -> tuple[Role | None, CreditKind]:
    """By the kind of file, the document's type, debit and credit; None where only the sign can tell."""
    kind, credit = row.layout.kind, in_credit or row.says(Field.DIRECTION, Word.CREDIT)
    if kind is RowKind.CREDIT_NOTES:
        return Role.CREDIT_NOTE, CreditKind.RECEIPT
    for word, role in _TYPED.items():
        if row.says(Field.DOC_TYPE, word):
            return role, CreditKind.RECEIPT
    for word, adjustment in _ADJUSTED.items():
        if row.says(Field.DOC_TYPE, word):
            return _adjusting(row, in_credit=credit), adjustment
    said = _said_kind(row)
    if said is not None:
        return said, CreditKind.RECEIPT
    if kind is RowKind.PAYMENTS or credit:
        _no_reversal(row, sign)
        return Role.PAYMENT, CreditKind.RECEIPT
    return None, CreditKind.RECEIPT


def _adjusting(row: RowCells, *, in_credit: bool) -> Role:
    """Set off, written off, exchange differences are no invoices: the side they stand on says which way they go."""
    if in_credit:
        return Role.ADJUSTMENT
    if row.layout.has_two_sides:
        return Role.REFUND
    shown = row.text(Field.DOC_TYPE)
    text = N_(
        "{kind} is no invoice, and this list doesn't say whether it lessens or raises the debt. "
        "Export it with debit and credit, or enter it by hand."
    )
    raise Refused(Field.DOC_TYPE, shown, Message.of(text, kind=shown))


def _said_kind(row: RowCells) -> Role | None:
    """What a person said of a kind of document nobody knows; None: it is known, or the row has none."""
    shown = row.text(Field.DOC_TYPE)
    if not shown or row.layout.known.is_invoice(shown):
        return None
    return _SAID.get(kind_of(row.layout.answers, shown))


def _no_reversal(row: RowCells, sign: int) -> None:
    if sign < 0:
        fields = (Field.PAID, *row.layout.amounts)
        reason = N_("A negative receipt takes back another one. Enter it by hand.")
        raise row.refused(fields, reason)
