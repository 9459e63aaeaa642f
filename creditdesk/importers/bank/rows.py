"""The rows of a statement, one after the other: money received becomes a line, all else is told with its reason."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from creditdesk.catalog.headings import normalised
from creditdesk.catalog.statements import Part, Said
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.bank import BankLine, Side
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers.bank.layout import BankLayout, currency_of, day_and_time
from creditdesk.importers.files import dates, figures
from creditdesk.importers.files.cells import Cell, Row, filled, identifier, text

# 招商银行 and 建设银行 write name and account into one cell.
_NAME_AND_ACCOUNT = re.compile(r"(.*(?:[^\W\d_]|[)）]))[\s/]*([\d*]{9,})")
_ACCOUNT_AND_NAME = re.compile(r"([\d*]{9,})[\s/]+(.*[^\d\s].*)")
_PIECES = re.compile(r"[-—_/:：]")
_NOTHING = frozenset({"", "/", "-", "--", "无"})


class _Refused(Exception):
    """A row that can't be read, with the reason for the person."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.reason.text)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row whose day, way and amount are known."""

    on: date
    time: str
    side: Side
    amount: Money


class Rows:
    """What the rows read so far say. `counts` and `sums` are of every row, whatever became of it."""

    def __init__(self, layout: BankLayout, own_names: Collection[str]) -> None:
        self._layout = layout
        self._own = {normalised(name) for name in (*own_names, layout.holder) if name}
        self.lines: list[BankLine] = []
        self.left_out: list[Problem] = []
        self.rejected: list[Problem] = []
        self.footers: list[tuple[int, Row]] = []
        self.counts: Counter[Side] = Counter()
        self.sums: defaultdict[tuple[Side, str], Decimal] = defaultdict(Decimal)
        self.spent: dict[str, Money] = {}
        self.spent_count = 0
        self.read = 0

    def take(self, number: int, row: Row) -> None:
        """Read one row; `number` counts from 1."""
        if self._is_footer(row):
            self.footers.append((number, row))
            return
        self.read += 1
        if self._repeats_headings(row):
            self._leave(number, Message(N_("The headings again.")))
            return
        try:
            entry = self._entry(number, row)
        except _Refused as refused:
            self.rejected.append(refused.problem)
            return
        self.counts[entry.side] += 1
        self.sums[entry.side, entry.amount.currency] += entry.amount.amount
        self._sort(number, row, entry)

    def _sort(self, number: int, row: Row, entry: _Entry) -> None:
        if reason := self._undone(row):
            self._leave(number, reason)
        elif entry.side is Side.OUT:
            self._spend(entry.amount)
        elif reason := self._no_receipt(row, entry):
            self._leave(number, reason)
        else:
            self.lines.append(self._line(number, row, entry))

    def _spend(self, amount: Money) -> None:
        before = self.spent.get(amount.currency, Money.zero(amount.currency))
        self.spent[amount.currency] = before + amount
        self.spent_count += 1

    def _leave(self, number: int, reason: Message) -> None:
        self.left_out.append(Problem(reason, number))

    def _undone(self, row: Row) -> Message | None:
        status = text(self._layout.cell(row, Part.STATUS))
        begins = status.split("(")[0].split("（")[0]  # 已退款(￥20.00)
        if not self._layout.known.says(begins, Said.NOT_DONE):
            return None
        return Message.of(
            N_("Its state is {status}: no money stayed with us."), status=status
        )

    def _no_receipt(self, row: Row, entry: _Entry) -> Message | None:
        if entry.side is Side.NEUTRAL:
            return Message(
                N_(
                    "Neither income nor expense by the statement itself, such as a move between own accounts."
                )
            )
        if entry.amount.amount < 0:
            return Message(N_("A receipt that was taken back: its amount is negative."))
        if refund := self._refund(row):
            return Message.of(N_("A refund of our own spending ({word})."), word=refund)
        payer, account = self._payer(row)
        if normalised(payer) in self._own or account == self._layout.account != "":
            return Message(N_("A transfer from an account of our own."))
        return None

    def _refund(self, row: Row) -> str:
        """The word that makes it one: 退款 alone or as a part of 商户消费-退款, never within a sentence."""
        cells = [self._layout.cell(row, Part.KIND), *self._text_cells(row)]
        for shown in map(text, cells):
            for piece in (shown, *_PIECES.split(shown)):
                if self._layout.known.says(piece, Said.REFUND):
                    return piece.strip()
        return ""

    def _line(self, number: int, row: Row, entry: _Entry) -> BankLine:
        payer, account = self._payer(row)
        said = [_said(cell) for cell in self._text_cells(row)]
        return BankLine(
            row=number,
            booked_on=entry.on,
            time=entry.time,
            amount=entry.amount,
            payer=payer,
            payer_account=account,
            payer_bank=_said(self._layout.cell(row, Part.PAYER_BANK)),
            text=" · ".join(dict.fromkeys(each for each in said if each)),
            number=_number(self._layout.cell(row, Part.NUMBER)),
        )

    def _payer(self, row: Row) -> tuple[str, str]:
        name = _said(self._layout.cell(row, Part.PAYER))
        account = _number(self._layout.cell(row, Part.PAYER_ACCOUNT))
        if account:
            return name, account
        if found := _NAME_AND_ACCOUNT.fullmatch(name):
            return found[1].strip(), found[2]
        if found := _ACCOUNT_AND_NAME.fullmatch(name):
            return found[2].strip(), found[1]
        return name, ""

    def _text_cells(self, row: Row) -> list[Cell]:
        return [row[column] for column in self._layout.texts if column < len(row)]

    def _entry(self, number: int, row: Row) -> _Entry:
        day, time = day_and_time(self._layout.cell(row, Part.DATE))
        on = self._day(number, day)
        side, amount = self._money(number, row)
        return _Entry(
            on, time or _said(self._layout.cell(row, Part.TIME)), side, amount
        )

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

    def _money(self, number: int, row: Row) -> tuple[Side, Money]:
        income, expense = (
            self._amount(number, row, part) for part in (Part.INCOME, Part.EXPENSE)
        )
        if income or expense:
            side, amount = (Side.IN, income) if income else (Side.OUT, expense)
            assert amount is not None  # noqa: S101 - one of them is an amount
            return side, _money(amount, self._currency(number, row))
        amount = self._amount(number, row, Part.AMOUNT)
        if amount is None:
            raise self._refused(number, Part.AMOUNT, None, N_("It has no amount."))
        currency = self._currency(number, row)
        if Part.DIRECTION not in self._layout.columns:
            side = Side.OUT if amount < 0 else Side.IN
            return side, _money(abs(amount), currency)
        side = self._side(number, row)
        # 中国银行 writes what goes out with a minus and with 往账.
        kept = abs(amount) if side is Side.OUT else amount
        return side, _money(kept, currency)

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

    def _amount(self, number: int, row: Row, part: Part) -> Decimal | None:
        cell = self._layout.cell(row, part)
        try:
            return figures.amount(
                cell, decimal_comma=part in self._layout.decimal_comma
            )
        except figures.NotAnAmount:
            raise self._refused(
                number, part, cell, N_("Its amount can't be read.")
            ) from None

    def _currency(self, number: int, row: Row) -> str:
        cell = self._layout.cell(row, Part.CURRENCY)
        shown = _said(cell)
        if not shown:
            return self._layout.currency
        found = currency_of(shown)
        if not found:
            raise self._refused(
                number, Part.CURRENCY, cell, N_("Its currency is not known.")
            )
        return found

    def _refused(self, number: int, part: Part, cell: Cell, reason: str) -> _Refused:
        header = self._layout.headers.get(part.value, "")
        return _Refused(Problem(Message(reason), number, header, text(cell)))

    def _is_footer(self, row: Row) -> bool:
        """A total, a line of small print, or nothing: no day, and a word for a total or no money."""
        day, _ = day_and_time(self._layout.cell(row, Part.DATE))
        try:
            if dates.day(day, self._layout.convention) is not None:
                return False
        except dates.NotADate:
            pass
        if filled(row) <= 1:
            return True
        return any(self._layout.known.says(text(cell), Said.TOTAL) for cell in row) or (
            not any(
                _is_figure(self._layout.cell(row, part))
                for part in (Part.INCOME, Part.EXPENSE, Part.AMOUNT)
            )
            and not self._repeats_headings(row)
        )

    def _repeats_headings(self, row: Row) -> bool:
        column = self._layout.columns[Part.DATE]
        shown = text(self._layout.cell(row, Part.DATE))
        return bool(shown) and normalised(shown) == normalised(
            self._layout.head.labels[column]
        )


def _said(cell: Cell) -> str:
    shown = " ".join(text(cell).split())
    return "" if shown in _NOTHING else shown


def _number(cell: Cell) -> str:
    shown = identifier(cell)
    return "" if shown in _NOTHING else shown


def _money(amount: Decimal, currency: str) -> Money:
    """Kept with the digits it has, but for more than the desk keeps."""
    found = Money(amount, currency)
    return found if found.refined() == found else found.refined()


def _is_figure(cell: Cell) -> bool:
    try:
        return figures.amount(cell) is not None
    except figures.NotAnAmount:
        return False
