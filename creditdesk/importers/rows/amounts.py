"""What the amounts of one row say: how much, in which currency, of which kind. rules.md 11.2, 11.6."""

import re
from dataclasses import dataclass
from decimal import Decimal

from creditdesk.catalog.headings import Field, Word, normalised
from creditdesk.domain.base.money import Money
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.layout import Layout
from creditdesk.importers.columns.mapping import RowKind
from creditdesk.importers.files import figures
from creditdesk.importers.rows.cells import Refused, RowCells
from creditdesk.importers.rows.lines import Role

_ISO_CURRENCY = re.compile(r"[A-Z]{3}")


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


def stated(row: RowCells) -> Stated:
    """The row's amount and what it is. Raises `Refused` and `AmountZero`."""
    figure, currency, in_credit = _figure(row)
    sign = -1 if figure < 0 else 1
    exact = Money(abs(figure), currency)
    whole = exact.refined()
    role = _typed_role(row, sign, in_credit=in_credit)
    by_sign = Role.CREDIT_NOTE if sign < 0 else Role.INVOICE
    return Stated(
        role or by_sign,
        role is not None,
        whole,
        sign,
        whole.rounded().amount == exact.amount,
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
            local = field is Field.AMOUNT_LC
            return figure, row.layout.currency if local else _currency(row), False
        zero = zero or figure is not None
    if not row.layout.amounts:
        net, vat = row.figure(Field.NET), row.figure(Field.VAT)
        if net is not None and vat is not None and net + vat:
            return net + vat, _currency(row), False
    paid = row.figure(Field.PAID)
    if paid:
        return paid, _currency(row), True
    if zero:
        raise AmountZero
    raise row.refused((*row.layout.amounts, Field.NET), N_("The amount is missing."))


def currency_code(layout: Layout, shown: str) -> str | None:
    """The ISO code of a currency as a cell shows it, the layout's for an empty cell; None: it is no currency."""
    if not shown:
        return layout.currency
    code = layout.known.currencies.get(normalised(shown), shown.upper())
    return code if _ISO_CURRENCY.fullmatch(code) else None


def _currency(row: RowCells) -> str:
    shown = row.text(Field.CURRENCY)
    code = currency_code(row.layout, shown)
    if code is None:
        reason = Message(N_("This is not a currency code."))
        raise Refused(Field.CURRENCY, shown, reason)
    return code


def _typed_role(row: RowCells, sign: int, *, in_credit: bool) -> Role | None:
    """By the kind of file, the document's type, debit and credit; None where only the sign can tell."""
    kind = row.layout.kind
    if kind is RowKind.CREDIT_NOTES or row.says(Field.DOC_TYPE, Word.CREDIT_NOTE):
        return Role.CREDIT_NOTE
    if row.says(Field.DOC_TYPE, Word.RECEIPT):
        return Role.PAYMENT
    if kind is RowKind.PAYMENTS or in_credit or row.says(Field.DIRECTION, Word.CREDIT):
        _no_reversal(row, sign)
        return Role.PAYMENT
    return None


def _no_reversal(row: RowCells, sign: int) -> None:
    if sign < 0:
        fields = (Field.PAID, *row.layout.amounts)
        reason = N_("A negative receipt takes back another one. Enter it by hand.")
        raise row.refused(fields, reason)
