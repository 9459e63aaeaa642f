"""Reads aged summaries: what each buyer owes by age, without documents (rules.md 11.6, `AGED_ONLY`)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from creditdesk.catalog.headings import Field, Headings, Word, headings, normalised
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import (
    AgedDraft,
    BuyerRef,
    DraftBalance,
    LedgerSource,
)
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.aged_layout import AgedLayout
from creditdesk.importers.columns.mapping import cell
from creditdesk.importers.columns.totals import HEADINGS_AGAIN, TOTAL_ROW
from creditdesk.importers.files import figures
from creditdesk.importers.files.cells import DamagedNumber, Row, Sheet, identifier, text
from creditdesk.importers.rows.joining import REPEATED
from creditdesk.jobs import Progress


def read(
    sheet: Sheet, layout: AgedLayout, day: date, currency: str, progress: Progress
) -> AgedDraft:
    """Every balance of the summary on its day. `currency`: for rows that name none."""
    balances: list[DraftBalance] = []
    rejected: list[Problem] = []
    skipped: list[Problem] = []
    own: dict[str, Decimal] = {}
    first, known, count = layout.head.first_data_row, headings(), 0
    rows = tuple(enumerate(sheet.rows[first:], first + 1))
    before: dict[Row, int] = {}
    for number, row in progress.each(rows, N_("Reading the rows"), 500):
        if not any(value is not None for value in row):
            continue
        count += 1
        if why := _no_buyer(row, layout, known):
            skipped.append(Problem(why, number))
            own = dict(_own_totals(row, layout)) or own
            continue
        if (original := before.setdefault(row, number)) != number:
            reason = Message.of(REPEATED, row=original)
            skipped.append(Problem(reason, number))
            continue
        try:
            balances += _balances(number, row, layout, currency)
        except _Refused as refused:
            rejected.append(
                Problem(refused.reason, number, refused.header, refused.value)
            )
    return AgedDraft(
        source=LedgerSource(
            file_name=sheet.file_name,
            digest=sheet.digest,
            sheet=sheet.name,
            header_row=layout.head.start + 1,
        ),
        as_of=day,
        balances=tuple(balances),
        rejected=tuple(rejected),
        skipped=tuple(skipped),
        columns={str(each.column): each.header for each in layout.brackets},
        rows_read=count,
        file_totals=own,
    )


class _Refused(Exception):
    def __init__(self, reason: Message, header: str, value: str) -> None:
        super().__init__(reason.text)
        self.reason, self.header, self.value = reason, header, value


def _no_buyer(row: Row, layout: AgedLayout, known: Headings) -> Message | None:
    for value in row:
        if isinstance(value, str) and known.says(value, Word.TOTAL, Word.SUBTOTAL):
            return Message.of(TOTAL_ROW, word=value.strip())
    columns = [column for column in (layout.name, layout.code) if column is not None]
    if not any(text(cell(row, column)) for column in columns):
        return Message(N_("The row names no buyer."))
    shown = {normalised(text(value)) for value in row if value is not None}
    if shown <= {normalised(part) for parts in layout.head.parts for part in parts}:
        return Message(HEADINGS_AGAIN)
    return None


def _own_totals(row: Row, layout: AgedLayout) -> Iterator[tuple[str, Decimal]]:
    columns = [(each.column, each.header) for each in layout.brackets]
    if layout.total is not None:
        columns.append((layout.total, Field.OPEN.value))
    for column, header in columns:
        try:
            figure = figures.amount(cell(row, column))
        except figures.NotAnAmount:
            continue
        if figure is not None:
            yield header, figure


def _balances(
    number: int, row: Row, layout: AgedLayout, currency: str
) -> list[DraftBalance]:
    buyer = _buyer(row, layout)
    code = _currency(row, layout, currency)
    found = [
        DraftBalance(
            row=number,
            buyer=buyer,
            place=place,
            header=each.header,
            from_days=each.start,
            to_days=each.end,
            amount=Money(figure, code).refined(),
        )
        for place, each in enumerate(layout.brackets)
        if (figure := _figure(row, each.column, each.header))
    ]
    _check_total(row, layout, found, code)
    return found


def _check_total(
    row: Row, layout: AgedLayout, found: list[DraftBalance], code: str
) -> None:
    """A row whose columns don't make its total has been misread or is wrong: which only the file's owner knows."""
    if layout.total is None:
        return
    header = layout.head.labels[layout.total]
    own = _figure(row, layout.total, header)
    read_ = Money.total((each.amount for each in found), code)
    if own is not None and Money(own, code).rounded() != read_.rounded():
        reason = Message.of(
            N_("Its columns make {sum}, not the total {total}."),
            sum=read_.plain, total=Money(own, code).plain,
        )  # fmt: skip
        raise _Refused(reason, header, f"{own:f}")


def _buyer(row: Row, layout: AgedLayout) -> BuyerRef:
    code = "" if layout.code is None else identifier(cell(row, layout.code))
    name = "" if layout.name is None else text(cell(row, layout.name))
    return BuyerRef(code=code, name=name or code)


def _currency(row: Row, layout: AgedLayout, currency: str) -> str:
    shown = "" if layout.currency is None else text(cell(row, layout.currency))
    return headings().currencies.get(normalised(shown), shown.upper()) or currency


def _figure(row: Row, column: int, header: str) -> Decimal | None:
    value = cell(row, column)
    if isinstance(value, DamagedNumber):
        reason = Message(
            N_("A number of more than 15 digits in a number cell is already damaged.")
        )
        raise _Refused(reason, header, str(value))
    try:
        return figures.amount(value)
    except figures.NotAnAmount as error:
        raise _Refused(
            Message(N_("This is not an amount.")), header, text(value)
        ) from error
