"""One row of a statement: its day, its amount, which way by its words, and the balance after it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from creditdesk.catalog.headings import normalised
from creditdesk.catalog.statements import Part, Said
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.bank import Side
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers.bank.layout import BankLayout, currency_of, day_and_time
from creditdesk.importers.bank.movements import Movement, marked
from creditdesk.importers.files import dates, figures
from creditdesk.importers.files.cells import Cell, Row, identifier, text

# A desk keeps ten-thousandths of the minor unit as whole numbers of eighteen digits.
_TOO_LARGE = 10**18
_NOTHING = frozenset({"", "/", "-", "--", "无"})


class RowRefused(Exception):
    """A row that can't be read, with the reason for the person."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.reason.text)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row whose day and amount are known, and in the end its way."""

    row: Row
    on: date
    time: str
    currency: str
    move: Movement


class RowReader:
    """Reads rows under one layout."""

    def __init__(self, layout: BankLayout) -> None:
        self._layout = layout

    def entry(self, number: int, row: Row) -> Entry:
        """What the row says. Raises `RowRefused`."""
        day, time = day_and_time(self._layout.cell(row, Part.DATE))
        on = self._day(number, day)
        currency, move = self._currency(number, row), self._move(number, row)
        if abs(money(move.amount, currency).fine) >= _TOO_LARGE:
            reason = N_("Its amount is larger than any account's; was another column meant?")  # fmt: skip
            raise self._refused(number, Part.AMOUNT, str(move.amount), reason)
        time = time or said(self._layout.cell(row, Part.TIME))
        return Entry(row, on, time, currency, move)

    def _day(self, number: int, cell: Cell) -> date:
        try:
            found = dates.day(cell, self._layout.convention)
        except dates.NotADate:
            found = None
        if found is None:
            raise self._refused(
                number, Part.DATE, cell, N_("It has no day that can be read.")
            )
        return found

    def _move(self, number: int, row: Row) -> Movement:
        (income, _), (expense, _) = (
            self._amount(number, row, part) for part in (Part.INCOME, Part.EXPENSE)
        )
        if income and expense:
            reason = N_("It has an amount in both columns, in and out.")
            raise self._refused(number, Part.INCOME, self._layout.cell(row, Part.INCOME), reason)  # fmt: skip
        if income or expense:
            way = Side.IN if income else Side.OUT
            return self._movement(number, row, way, income or expense, columns=True)
        amount, mark = self._amount(number, row, Part.AMOUNT)
        if amount is None:
            amount = income if income is not None else expense
        if amount is None:
            raise self._refused(number, Part.AMOUNT, None, N_("It has no amount."))
        if amount and Part.DIRECTION in self._layout.columns:
            mark = self._side(number, row)
        return self._movement(number, row, mark, amount, columns=False)

    def _movement(
        self,
        number: int,
        row: Row,
        way: Side | None,
        amount: Decimal | None,
        *,
        columns: bool,
    ) -> Movement:
        (net, _), (fee, _) = (self._amount(number, row, part) for part in (Part.NET, Part.FEE))  # fmt: skip
        if net is None and fee and amount:
            net = amount - abs(fee)
        return Movement(
            number=number,
            said=way,
            amount=amount or Decimal(),
            account=self.account_of(row),
            balance=self.balance(row),
            net=net,
            columns=columns,
        )

    def account_of(self, row: Row) -> tuple[str, str]:
        """In which line of balances a row stands: files hold several accounts and currencies."""
        own = name_of(self._layout.cell(row, Part.OWN_ACCOUNT))
        return own, said(self._layout.cell(row, Part.CURRENCY))

    def balance(self, row: Row) -> Decimal | None:
        """After the row; what overdraws the account is negative."""
        comma = bool(self._layout.decimal_comma)
        try:
            figure, mark = marked(self._layout.cell(row, Part.BALANCE), decimal_comma=comma)  # fmt: skip
        except figures.NotAnAmount:
            return None
        return -abs(figure) if figure is not None and mark is Side.OUT else figure

    def _side(self, number: int, row: Row) -> Side:
        cell = self._layout.cell(row, Part.DIRECTION)
        known, shown = self._layout.known, text(cell)
        if not normalised(shown) or known.says(shown, Said.NEUTRAL):
            return Side.NEUTRAL
        # 交通银行 writes `贷 Cr`.
        for word in (shown, *shown.split()):
            if known.says(word, Said.IN):
                return Side.IN
            if known.says(word, Said.OUT):
                return Side.OUT
        raise self._refused(
            number, Part.DIRECTION, cell, N_("It says neither in nor out.")
        )

    def _amount(
        self, number: int, row: Row, part: Part
    ) -> tuple[Decimal | None, Side | None]:
        cell = self._layout.cell(row, part)
        try:
            return marked(cell, decimal_comma=part in self._layout.decimal_comma)
        except figures.NotAnAmount:
            raise self._refused(
                number, part, cell, N_("Its amount can't be read.")
            ) from None

    def _currency(self, number: int, row: Row) -> str:
        cell = self._layout.cell(row, Part.CURRENCY)
        shown = said(cell)
        if not shown:
            return self._layout.currency
        found = currency_of(shown)
        if not found:
            raise self._refused(
                number, Part.CURRENCY, cell, N_("Its currency is not known.")
            )
        return found

    def _refused(self, number: int, part: Part, cell: Cell, reason: str) -> RowRefused:
        header = self._layout.headers.get(part.value, "")
        return RowRefused(Problem(Message(reason), number, header, text(cell)))

    def has_money(self, row: Row) -> bool:
        """Whether some figure stands where money in or out would."""
        return any(
            self._is_figure(self._layout.cell(row, part))
            for part in (Part.INCOME, Part.EXPENSE, Part.AMOUNT)
        )

    def has_day(self, row: Row) -> bool:
        """Whether it has a day that can be read."""
        day, _ = day_and_time(self._layout.cell(row, Part.DATE))
        try:
            return dates.day(day, self._layout.convention) is not None
        except dates.NotADate:
            return False

    def _is_figure(self, cell: Cell) -> bool:
        try:
            figure, _ = marked(cell, decimal_comma=bool(self._layout.decimal_comma))
        except figures.NotAnAmount:
            return False
        return figure is not None


def said(cell: Cell) -> str:
    """What a cell says; a stroke says nothing."""
    shown = " ".join(text(cell).split())
    return "" if shown in _NOTHING else shown


def name_of(cell: Cell) -> str:
    """A number that is a name; a stroke is none."""
    shown = identifier(cell)
    return "" if shown in _NOTHING else shown


def money(amount: Decimal, currency: str) -> Money:
    """Kept with the digits it has, but for more than the desk keeps."""
    found = Money(amount, currency)
    return found if found.refined() == found else found.refined()
