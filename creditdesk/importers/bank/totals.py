"""What a statement says of itself, held against what was read: counts and sums above the lines, totals below them."""

import re
from collections.abc import Iterator
from decimal import Decimal

from creditdesk.catalog.headings import normalised
from creditdesk.catalog.statements import Part, Said
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.bank import OwnTotal, Side
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers.bank.layout import BankLayout, currency_of
from creditdesk.importers.bank.rows import Rows
from creditdesk.importers.files import figures
from creditdesk.importers.files.cells import Row, Sheet, text

# `收入：1笔 28.50元` and `共66笔记录` stand above the lines of 支付宝 and 微信支付.
_COUNT_AND_SUM = re.compile(
    r"(收入|支出|不计收支|中性交易)\s*[:：]\s*(\d+)\s*笔[\s,，]*([\d,.]+)\s*元?"
)
_RECORDS = re.compile(r"共\s*(\d+)\s*笔")
# `人民币合计` is a total of one currency.
_UNNAMED = re.compile(r"合计|总计")
_SIDES = {
    "收入": Side.IN,
    "支出": Side.OUT,
    "不计收支": Side.NEUTRAL,
    "中性交易": Side.NEUTRAL,
}
_TITLES = {
    Side.IN: N_("income"),
    Side.OUT: N_("expense"),
    Side.NEUTRAL: N_("neither income nor expense"),
    Side.ALL: N_("all records"),
}


def own_totals(sheet: Sheet, layout: BankLayout, rows: Rows) -> tuple[OwnTotal, ...]:
    """The counts and sums of the first lines and of the total rows."""
    return (
        *_above(sheet.rows[: layout.head.start], layout, rows),
        *_below(layout, rows),
    )


def notes(totals: tuple[OwnTotal, ...]) -> Iterator[Problem]:
    """What differs, and where the file itself is shortened: said first, because it explains the rest."""
    shortened = next((each for each in totals if _lacks_records(each)), None)
    if shortened:
        told = N_(
            "The file says it holds {said} records, but {read} stand in it: it was shortened after it was exported, "
            "so its own sums can't agree."
        )
        yield _problem(
            shortened, Message.of(told, said=shortened.count, read=shortened.read_count)
        )
    for each in totals:
        if each.agrees or each is shortened:
            continue
        yield _problem(each, _difference(each))


def _difference(each: OwnTotal) -> Message:
    title = Message(_TITLES[each.side])
    if each.count not in (None, each.read_count):
        return Message.of(
            N_("The file's own {side}: {said_count} records, {said}. Read: {read_count} records, {read}."),
            side=title, said_count=each.count, said=each.amount or "–",
            read_count=each.read_count, read=each.read_amount,
        )  # fmt: skip
    return Message.of(
        N_("The file's own total of {side} is {said}. Read: {read}."),
        side=title, said=each.amount or "–", read=each.read_amount,
    )  # fmt: skip


def _problem(each: OwnTotal, reason: Message) -> Problem:
    return Problem(reason, each.row)


def _lacks_records(each: OwnTotal) -> bool:
    return (
        each.side is Side.ALL
        and each.count is not None
        and each.count > each.read_count
    )


def _above(
    preamble: tuple[Row, ...], layout: BankLayout, rows: Rows
) -> Iterator[OwnTotal]:
    for number, row in enumerate(preamble, 1):
        shown = " ".join(text(cell) for cell in row)
        if records := _RECORDS.search(shown):
            yield OwnTotal(
                row=number, side=Side.ALL, count=int(records[1]), amount=None,
                read_count=sum(rows.counts.values()) + len(rows.rejected), read_amount=Money.zero(layout.currency),
            )  # fmt: skip
        for word, count, amount in _COUNT_AND_SUM.findall(shown):
            side = _SIDES[word]
            said = Money(Decimal(amount.replace(",", "")), layout.currency)
            yield _total(number, side, int(count), said, rows)


def _below(layout: BankLayout, rows: Rows) -> Iterator[OwnTotal]:
    for number, row in rows.footers:
        label = next(
            (text(cell) for cell in row if layout.known.says(text(cell), Said.TOTAL)),
            "",
        )
        if not normalised(label).endswith(
            ("合计", "总计", "total", "totals")
        ) or normalised(label).startswith("本页"):
            continue
        for part, side in ((Part.INCOME, Side.IN), (Part.EXPENSE, Side.OUT)):
            try:
                amount = figures.amount(
                    layout.cell(row, part), decimal_comma=part in layout.decimal_comma
                )
            except figures.NotAnAmount:
                continue
            if amount is not None:
                yield _total(
                    number,
                    side,
                    None,
                    Money(
                        amount, currency_of(_UNNAMED.sub("", label)) or layout.currency
                    ),
                    rows,
                )


def _total(
    row: int, side: Side, count: int | None, amount: Money, rows: Rows
) -> OwnTotal:
    return OwnTotal(
        row=row,
        side=side,
        count=count,
        amount=amount,
        read_count=rows.counts[side],
        read_amount=Money(rows.sums[side, amount.currency], amount.currency),
    )
