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
from creditdesk.importers.bank.direction import Anchor, Doubt, directions
from creditdesk.importers.bank.layout import BankLayout, currency_of, day_and_time
from creditdesk.importers.bank.movements import Movement, Way, as_said, marked
from creditdesk.importers.files import dates, figures
from creditdesk.importers.files.cells import Cell, Row, filled, identifier, text

# 招商银行 and 建设银行 write name and account into one cell.
_NAME_AND_ACCOUNT = re.compile(r"(.*(?:[^\W\d_]|[)）]))[\s/]*([\d*]{9,})")
_ACCOUNT_AND_NAME = re.compile(r"([\d*]{9,})[\s/]+(.*[^\d\s].*)")
_PIECES = re.compile(r"[-—_/:：]")
_MASKED = re.compile(r"[*xX＊]{2,}")
_NOTHING = frozenset({"", "/", "-", "--", "无"})


class _Refused(Exception):
    """A row that can't be read, with the reason for the person."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.reason.text)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row whose day and amount are known, and in the end its way."""

    row: Row
    on: date
    time: str
    currency: str
    move: Movement


class Rows:
    """What the rows read so far say. `counts` and `sums` are of every row, whatever became of it."""

    def __init__(self, layout: BankLayout, own_names: Collection[str]) -> None:
        self._layout = layout
        self._own = {normalised(name) for name in (*own_names, layout.holder) if name}
        self._entries: list[_Entry] = []
        self._anchors: list[Anchor] = []
        self.lines: list[BankLine] = []
        self.left_out: list[Problem] = []
        self.rejected: list[Problem] = []
        self.footers: list[tuple[int, Row]] = []
        self.counts: Counter[Side] = Counter()
        self.sums: defaultdict[tuple[Side, str], Decimal] = defaultdict(Decimal)
        self.spent: dict[str, Money] = {}
        self.spent_count = 0
        self.read = 0
        self.notes: tuple[Problem, ...] = ()
        self.proven = False

    def take(self, number: int, row: Row) -> None:
        """Read one row; `number` counts from 1. Which way it goes is known once all are read: see `finish`."""
        if self._is_footer(row):
            self.footers.append((number, row))
            self._anchor(number, row)
            return
        self.read += 1
        if self._repeats_headings(row):
            self._leave(number, Message(N_("The headings again.")))
            return
        if self._is_carried_over(row):
            self._leave(number, Message(N_("A total or a balance, no movement.")))
            self._anchor(number, row)
            return
        try:
            entry = self._entry(number, row)
        except _Refused as refused:
            if undone := self._undone(row):
                self._leave(number, undone)  # what waits has no day yet
            else:
                self.rejected.append(refused.problem)
            self._anchor(number, row)
            return
        if reason := self._no_movement(entry):
            self._count(entry, as_said(entry.move))
            self._leave(number, reason)
            self._anchor(number, row)
        else:
            self._entries.append(entry)

    def _no_movement(self, entry: _Entry) -> Message | None:
        if reason := self._undone(entry.row):
            return reason
        if self._is_exchange(entry.row):
            return Message(N_("An exchange between own currencies, no receipt."))
        if entry.move.said is Side.NEUTRAL:
            return Message(
                N_(
                    "Neither income nor expense by the statement itself, such as a move between own accounts."
                )
            )
        return None if entry.move.amount else Message(N_("Its amount is zero."))

    def finish(self, doubt: Doubt) -> None:
        """All rows are read: decide which way each went. Raises `BalanceDisagrees`."""
        moves = [entry.move for entry in self._entries]
        found = directions(moves, self._anchors, doubt)
        self.notes, self.proven = found.notes, found.proven
        for entry in self._entries:
            number = entry.move.number
            way = found.ways.get(number)
            if way is None:
                reason = N_("Nothing tells whether it came in or went out.")
                self.rejected.append(Problem(Message(reason), number))
                continue
            self._count(entry, way)
            self._sort(entry, way)
        self.left_out.sort(key=lambda problem: problem.row or 0)
        self.rejected.sort(key=lambda problem: problem.row or 0)

    def _count(self, entry: _Entry, way: Way) -> None:
        self.counts[way.side] += 1
        self.sums[way.side, entry.currency] += way.amount

    def _sort(self, entry: _Entry, way: Way) -> None:
        amount = _money(way.amount, entry.currency)
        if way.side is Side.OUT:
            self._spend(amount)
        elif reason := self._no_receipt(entry.row, amount):
            self._leave(entry.move.number, reason)
        else:
            self.lines.append(self._line(entry, amount))

    def _anchor(self, number: int, row: Row) -> None:
        """A balance the next row goes on from, whatever this row is."""
        balance = self._balance(row)
        if balance is not None:
            self._anchors.append(Anchor(number, balance, self._account_of(row)))

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

    def _no_receipt(self, row: Row, amount: Money) -> Message | None:
        if amount.amount < 0:
            return Message(N_("A receipt that was taken back: its amount is negative."))
        if refund := self._refund(row):
            return Message.of(N_("A refund of our own spending ({word})."), word=refund)
        payer, account = self._payer(row)
        if normalised(payer) in self._own or self._is_own(account):
            return Message(N_("A transfer from an account of our own."))
        return None

    def _is_own(self, account: str) -> bool:
        """Two numbers with their middle hidden may be anybody's."""
        own = self._layout.account
        return bool(own) and account == own and not _MASKED.search(own)

    def _is_exchange(self, row: Row) -> bool:
        kind = self._layout.cell(row, Part.KIND)
        return self._layout.known.says(text(kind), Said.EXCHANGE)

    def _refund(self, row: Row) -> str:
        """The word that makes it one: 退款 alone or as a part of 商户消费-退款, never within a sentence."""
        cells = [self._layout.cell(row, Part.KIND), *self._text_cells(row)]
        for shown in map(text, cells):
            for piece in (shown, *_PIECES.split(shown)):
                if self._layout.known.says(piece, Said.REFUND):
                    return piece.strip()
        return ""

    def _line(self, entry: _Entry, amount: Money) -> BankLine:
        row = entry.row
        payer, account = self._payer(row)
        said = [_said(cell) for cell in self._text_cells(row)]
        return BankLine(
            row=entry.move.number,
            booked_on=entry.on,
            time=entry.time,
            amount=amount,
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
        return _Entry(
            row,
            on,
            time or _said(self._layout.cell(row, Part.TIME)),
            self._currency(number, row),
            self._move(number, row),
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

    def _move(self, number: int, row: Row) -> Movement:
        (income, _), (expense, _) = (
            self._amount(number, row, part) for part in (Part.INCOME, Part.EXPENSE)
        )
        if income and expense:
            reason = N_("It has an amount in both columns, in and out.")
            raise self._refused(number, Part.INCOME, self._layout.cell(row, Part.INCOME), reason)  # fmt: skip
        if income or expense:
            said = Side.IN if income else Side.OUT
            return self._movement(number, row, said, income or expense, columns=True)
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
        said: Side | None,
        amount: Decimal | None,
        *,
        columns: bool,
    ) -> Movement:
        (net, _), (fee, _) = (self._amount(number, row, part) for part in (Part.NET, Part.FEE))  # fmt: skip
        if net is None and fee and amount:
            net = amount - abs(fee)
        return Movement(
            number=number,
            said=said,
            amount=amount or Decimal(),
            account=self._account_of(row),
            balance=self._balance(row),
            net=net,
            columns=columns,
        )

    def _account_of(self, row: Row) -> tuple[str, str]:
        """In which line of balances a row stands: files hold several accounts and currencies."""
        own = _number(self._layout.cell(row, Part.OWN_ACCOUNT))
        return own, _said(self._layout.cell(row, Part.CURRENCY))

    def _balance(self, row: Row) -> Decimal | None:
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

    def _is_carried_over(self, row: Row) -> bool:
        """本月合计 and 过次页 are no lines though they have a day; somebody who pays may be called Total."""
        payer = self._layout.columns.get(Part.PAYER)
        return any(
            self._layout.known.says(text(cell), Said.TOTAL)
            for column, cell in enumerate(row)
            if isinstance(cell, str) and column != payer
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
