"""The rows of a statement, one after the other: money received becomes a line, all else is told with its reason."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection
from decimal import Decimal

from creditdesk.catalog.headings import normalised
from creditdesk.catalog.statements import Part, Said
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.bank import BankLine, Side
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers.bank.direction import Anchor, Doubt, directions
from creditdesk.importers.bank.entries import (
    Entry,
    RowReader,
    RowRefused,
    money,
    name_of,
    said,
)
from creditdesk.importers.bank.layout import BankLayout
from creditdesk.importers.bank.movements import Way, as_said
from creditdesk.importers.files.cells import Cell, Row, filled, text

# 招商银行 and 建设银行 write name and account into one cell.
_NAME_AND_ACCOUNT = re.compile(r"(.*(?:[^\W\d_]|[)）]))[\s/]*([\d*]{9,})")
_ACCOUNT_AND_NAME = re.compile(r"([\d*]{9,})[\s/]+(.*[^\d\s].*)")
_PIECES = re.compile(r"[-—_/:：]")
_MASKED = re.compile(r"[*xX＊]{2,}")


class Rows:
    """What the rows read so far say. `counts` and `sums` are of every row, whatever became of it."""

    def __init__(self, layout: BankLayout, own_names: Collection[str]) -> None:
        self._layout = layout
        self._reader = RowReader(layout)
        self._own = {normalised(name) for name in (*own_names, layout.holder) if name}
        self._entries: list[Entry] = []
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
            entry = self._reader.entry(number, row)
        except RowRefused as refused:
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

    def _no_movement(self, entry: Entry) -> Message | None:
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
        if not money(entry.move.amount, entry.currency):
            return Message(N_("Its amount is zero."))
        return None

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

    def _count(self, entry: Entry, way: Way) -> None:
        self.counts[way.side] += 1
        self.sums[way.side, entry.currency] += way.amount

    def _sort(self, entry: Entry, way: Way) -> None:
        amount = money(way.amount, entry.currency)
        if way.side is Side.OUT:
            self._spend(amount)
        elif reason := self._no_receipt(entry.row, amount):
            self._leave(entry.move.number, reason)
        else:
            self.lines.append(self._line(entry, amount))

    def _anchor(self, number: int, row: Row) -> None:
        """A balance the next row goes on from, whatever this row is."""
        balance = self._reader.balance(row)
        if balance is not None:
            self._anchors.append(Anchor(number, balance, self._reader.account_of(row)))

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

    def _line(self, entry: Entry, amount: Money) -> BankLine:
        row = entry.row
        payer, account = self._payer(row)
        told = [said(cell) for cell in self._text_cells(row)]
        return BankLine(
            row=entry.move.number,
            booked_on=entry.on,
            time=entry.time,
            amount=amount,
            payer=payer,
            payer_account=account,
            payer_bank=said(self._layout.cell(row, Part.PAYER_BANK)),
            text=" · ".join(dict.fromkeys(each for each in told if each)),
            number=name_of(self._layout.cell(row, Part.NUMBER)),
        )

    def _payer(self, row: Row) -> tuple[str, str]:
        name = said(self._layout.cell(row, Part.PAYER))
        account = name_of(self._layout.cell(row, Part.PAYER_ACCOUNT))
        if account:
            return name, account
        if found := _NAME_AND_ACCOUNT.fullmatch(name):
            return found[1].strip(), found[2]
        if found := _ACCOUNT_AND_NAME.fullmatch(name):
            return found[2].strip(), found[1]
        return name, ""

    def _text_cells(self, row: Row) -> list[Cell]:
        return [row[column] for column in self._layout.texts if column < len(row)]

    def _is_footer(self, row: Row) -> bool:
        """A total, a line of small print, or nothing: no day, and a word for a total or no money."""
        if self._reader.has_day(row):
            return False
        if filled(row) <= 1:
            return True
        return any(self._layout.known.says(text(cell), Said.TOTAL) for cell in row) or (
            not self._reader.has_money(row) and not self._repeats_headings(row)
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
