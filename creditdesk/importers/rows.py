"""Reads one row of a ledger under a mapping: a line, or the reason why not. domain.md 11.2, 11.6."""

import re
from collections.abc import Mapping as Table
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from creditdesk.catalog.headings import Field, Headings, Word, normalised
from creditdesk.domain.ledger import BuyerRef
from creditdesk.domain.money import Money
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers import dates, figures
from creditdesk.importers.cells import Cell, DamagedNumber, Row, identifier, text
from creditdesk.importers.dates import Convention
from creditdesk.importers.lines import Line, Role
from creditdesk.importers.recognise import Kind

_NUMBERS = (Field.DOC_NO, Field.EINVOICE_NO, Field.INVOICE_NO, Field.VOUCHER_NO)
_DAYS = re.compile(r"(?:net\s*)?(\d{1,3})\s*(?:days?|d|天|日)?", re.IGNORECASE)
_ISO_CURRENCY = re.compile(r"[A-Z]{3}")


class Refused(Exception):
    """Why a row can't be taken: the column's field, its value, the reason."""

    def __init__(self, field: Field | None, value: Cell, reason: Message) -> None:
        super().__init__(reason.text)
        self.field, self.value, self.reason = field, value, reason


class Skipped(Exception):
    """Why a row is no document."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.text)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the rows of one file are to be read. `currency`: what an amount without one is in."""

    columns: Table[Field, int]
    headers: Table[str, str]
    kind: Kind
    known: Headings
    currency: str
    convention: Convention
    decimal_comma: frozenset[Field] = frozenset()
    by_account: bool = False


class RowReader:
    """Reads the cells of one row by field."""

    def __init__(self, layout: Layout, number: int, row: Row) -> None:
        self._layout, self._number, self._row = layout, number, row

    def line(self) -> Line:
        """The row as values. Raises `Skipped` or `Refused`."""
        self._skip_void()
        amount, currency = self._amount()
        role = self._role(amount)
        sign = -1 if amount < 0 else 1
        day = self._required_day()
        whole = Money(abs(amount), currency).rounded()
        net, vat = self._split(whole, currency, sign)
        own = self._amount_taken_from_open()
        return Line(
            row=self._number,
            cells=self._row,
            role=role,
            buyer=self._buyer(),
            number=self._document_number(required=role is not Role.PAYMENT),
            day=day,
            amount=whole,
            due=self._due(day),
            shipped=self._day(Field.SHIP_DATE),
            term=self._text(Field.TERM),
            paid=None if own else self._money(Field.PAID, currency, sign),
            open=None if own else self._money(Field.OPEN, currency, sign),
            settled=self._day(Field.SETTLED_DATE),
            disputed=self._disputed(whole),
            net=net,
            vat=vat,
            vat_rate=self._rate(),
            invoice_no=self._invoice_number(),
            against=self._identifier(Field.AGAINST),
            contract=self._identifier(Field.CONTRACT),
            memo=self._text(Field.MEMO),
        )

    def problem(self, refused: Refused) -> Problem:
        """The refusal with its place."""
        header = self._layout.headers.get(refused.field or "", "")
        return Problem(refused.reason, self._number, header, text(refused.value))

    def _cell(self, field: Field) -> Cell:
        column = self._layout.columns.get(field)
        if column is None or column >= len(self._row):
            return None
        value = self._row[column]
        if isinstance(value, DamagedNumber):
            reason = Message(
                N_(
                    "A number of more than 15 digits in a number cell is already damaged. "
                    "Format the column as text in the program it comes from and export again."
                )
            )
            raise Refused(field, value, reason)
        return value

    def _text(self, field: Field) -> str:
        return text(self._cell(field))

    def _identifier(self, field: Field) -> str:
        return identifier(self._cell(field))

    def _day(self, field: Field) -> date | None:
        value = self._cell(field)
        try:
            return dates.day(value, self._layout.convention)
        except dates.NotADate as error:
            raise Refused(field, value, Message(N_("This is not a date."))) from error

    def _figure(self, field: Field) -> Decimal | None:
        value = self._cell(field)
        try:
            return figures.amount(
                value, decimal_comma=field in self._layout.decimal_comma
            )
        except figures.NotAnAmount as error:
            reason = Message(N_("This is not an amount."))
            raise Refused(field, value, reason) from error

    def _money(self, field: Field, currency: str, sign: int = 1) -> Money | None:
        figure = self._figure(field)
        return None if figure is None else Money(sign * figure, currency).rounded()

    def _skip_void(self) -> None:
        known = self._layout.known
        if known.says(self._text(Field.STATUS), Word.VOID) or known.says(
            self._text(Field.VOID), Word.VOID, Word.YES
        ):
            raise Skipped(Message(N_("The document is void.")))
        account = self._text(Field.ACCOUNT)
        if self._layout.by_account and not is_receivable(known, account):
            reason = N_("The row belongs to the account {account}, not to receivables.")
            raise Skipped(Message.of(reason, account=account))

    def _required_day(self) -> date:
        fields = [Field.DOC_DATE, Field.POST_DATE]
        if self._layout.kind is Kind.PAYMENTS:
            fields.append(Field.SETTLED_DATE)
        for field in fields:
            if found := self._day(field):
                return found
        named = next((each for each in fields if each in self._layout.columns), None)
        raise Refused(named, None, Message(N_("The date is missing.")))

    def _due(self, day: date) -> date | None:
        """As given, else the date plus a term in days; any other term can't be counted."""
        given = self._day(Field.DUE_DATE)
        if given is not None:
            return given
        days = _DAYS.fullmatch(self._text(Field.TERM))
        return day + timedelta(days=int(days[1])) if days else None

    def _buyer(self) -> BuyerRef:
        code, name = self._identifier(Field.BUYER_CODE), self._text(Field.BUYER_NAME)
        if not code and not name:
            fields = (Field.BUYER_NAME, Field.BUYER_CODE)
            named = next(
                (each for each in fields if each in self._layout.columns), None
            )
            raise Refused(named, None, Message(N_("The buyer is missing.")))
        country = self._text(Field.COUNTRY)
        return BuyerRef(
            code=code,
            name=name or code,
            uscc=self._identifier(Field.BUYER_USCC),
            country="" if country.isdigit() else country,
        )

    def _document_number(self, *, required: bool) -> str:
        for field in _NUMBERS:
            if shown := self._identifier(field):
                if field is Field.INVOICE_NO:
                    return self._invoice_number()
                return shown
        if not required:
            return ""
        named = next((each for each in _NUMBERS if each in self._layout.columns), None)
        raise Refused(named, None, Message(N_("The document number is missing.")))

    def _invoice_number(self) -> str:
        """Old invoices are told apart by code and number, all-electronic ones by number alone. domain.md 11.2."""
        electronic = self._identifier(Field.EINVOICE_NO)
        if electronic:
            return electronic
        code, number = (
            self._identifier(Field.INVOICE_CODE),
            self._identifier(Field.INVOICE_NO),
        )
        return f"{code}-{number}" if code and number else number

    def _amount(self) -> tuple[Decimal, str]:
        """The amount with its sign, and its currency."""
        for field in self._amount_fields():
            figure = self._figure(field)
            if figure:
                local = field is Field.AMOUNT_LC
                return figure, self._layout.currency if local else self._currency()
        net, vat = self._figure(Field.NET), self._figure(Field.VAT)
        if (
            net is not None
            and vat is not None
            and Field.AMOUNT not in self._layout.columns
        ):
            return net + vat, self._currency()
        paid = self._figure(Field.PAID)
        if paid:
            return paid, self._currency()
        self._no_amount()
        return Decimal(0), self._currency()

    def _no_amount(self) -> None:
        fields = self._amount_fields()
        if any(self._figure(field) == 0 for field in fields):
            raise Skipped(Message(N_("The amount is zero.")))
        named = fields[0] if fields else None
        raise Refused(named, None, Message(N_("The amount is missing.")))

    def _amount_fields(self) -> list[Field]:
        columns = self._layout.columns
        order = [Field.AMOUNT, Field.AMOUNT_FC, Field.AMOUNT_LC]
        if Field.CURRENCY in columns:
            order = [Field.AMOUNT_FC, Field.AMOUNT, Field.AMOUNT_LC]
        found = [field for field in order if field in columns]
        if found or {Field.NET, Field.VAT} <= set(columns):
            return found
        return [Field.OPEN] if Field.OPEN in columns else []

    def _amount_taken_from_open(self) -> bool:
        return self._amount_fields() == [Field.OPEN]

    def _currency(self) -> str:
        shown = self._text(Field.CURRENCY)
        if not shown:
            return self._layout.currency
        code = self._layout.known.currencies.get(normalised(shown), shown.upper())
        if not _ISO_CURRENCY.fullmatch(code):
            reason = Message(N_("This is not a currency code."))
            raise Refused(Field.CURRENCY, shown, reason)
        return code

    def _role(self, amount: Decimal) -> Role:
        """By the document's type, by debit and credit, else by the sign."""
        known, kind = self._layout.known, self._layout.kind
        doc_type = self._text(Field.DOC_TYPE)
        if kind is Kind.CREDIT_NOTES or known.says(doc_type, Word.CREDIT_NOTE):
            return Role.CREDIT_NOTE
        if kind is Kind.PAYMENTS or known.says(doc_type, Word.RECEIPT):
            return Role.PAYMENT
        if self._stands_in_credit():
            if amount < 0:
                reason = Message(
                    N_("A negative receipt takes back another one. Enter it by hand.")
                )
                raise Refused(Field.PAID, self._cell(Field.PAID), reason)
            return Role.PAYMENT
        return Role.CREDIT_NOTE if amount < 0 else Role.INVOICE

    def _stands_in_credit(self) -> bool:
        """Whether the row has nothing but a paid amount, or says that it is a credit."""
        if self._layout.known.says(self._text(Field.DIRECTION), Word.CREDIT):
            return True
        own = [field for field in self._amount_fields() if field is not Field.OPEN]
        return bool(own) and not any(map(self._figure, own))

    def _split(
        self, whole: Money, currency: str, sign: int
    ) -> tuple[Money | None, Money | None]:
        """Net and VAT, which make the total to the cent. domain.md 11.2."""
        net = self._money(Field.NET, currency, sign)
        vat = self._money(Field.VAT, currency, sign)
        if net is None or vat is None:
            return None, None
        if net + vat != whole:
            reason = Message.of(
                N_(
                    "Net and VAT don't make the total: {net} and {vat} are not {whole}."
                ),
                net=net.plain,
                vat=vat.plain,
                whole=whole.plain,
            )
            raise Refused(Field.VAT, self._cell(Field.VAT), reason)
        return net, vat

    def _rate(self) -> Decimal | None:
        """In per cent: 13, 13% and 0.13 are the same; a word such as 免税 is none."""
        shown = self._text(Field.RATE).removesuffix("%")
        try:
            rate = figures.amount(shown)
        except figures.NotAnAmount:
            return None
        if rate is None:
            return None
        return rate * 100 if 0 < rate < 1 else rate

    def _disputed(self, whole: Money) -> Money | None:
        """Yes is the whole amount, no is nothing, an amount is that part."""
        shown, known = self._cell(Field.DISPUTED), self._layout.known
        if shown is None or known.says(text(shown), Word.NO):
            return None
        if known.says(text(shown), Word.YES):
            return whole
        figure = self._figure(Field.DISPUTED)
        return Money(abs(figure), whole.currency).rounded() if figure else None


def is_receivable(known: Headings, account: str) -> bool:
    """Whether this account holds what buyers owe: by name, or by the number 1122. domain.md 11.6."""
    shown = normalised(account)
    return known.says(account, Word.RECEIVABLE) or shown.startswith(
        ("1122", "应收账款")
    )
