"""How the rows of one file are to be read, decided from whole columns before the first row."""

import dataclasses
from collections.abc import Mapping as Table
from dataclasses import dataclass

from creditdesk.catalog.calendars import work_calendar
from creditdesk.catalog.headings import Field, Headings, Word, headings, normalised
from creditdesk.domain.base.calendar import WEEKENDS_ONLY, WorkCalendar
from creditdesk.domain.ledger.asked import Answers
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.importers.columns.adjusting import adjusting
from creditdesk.importers.columns.currencies import currencies_named
from creditdesk.importers.columns.mapping import (
    AMOUNTS,
    DATES,
    Mapping,
    RowKind,
    cell,
    date_order,
    words,
)
from creditdesk.importers.columns.units import factors
from creditdesk.importers.files import figures
from creditdesk.importers.files.cells import Row, Sheet, text
from creditdesk.importers.files.dates import Convention, Decision, suspects

_UNASKED = WorkCalendar("CN", lambda _year: WEEKENDS_ONLY)
_DEBITS = (Field.AMOUNT, Field.AMOUNT_FC, Field.AMOUNT_LC)


class DatesAmbiguous(UserError):
    """Nothing in the file tells day and month apart."""

    message = N_(
        "The dates of {name} can be read day first or month first, for example {example}. "
        "Say which it is (on the command line: --day-first)."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The mapping with everything the columns decide.

    `currency`: what an amount is in that names none; `named`: what headings name, by field. `amounts`: the fields a
    row's amount is taken from, the first that holds one counts. `decision`: why the days are read in the order of
    `convention`. `by_account`: only rows of receivables accounts are documents, and receipts where
    `receipts_elsewhere`: each transaction has one row, and that of a receipt names the bank. `factors`: what amounts in
    万元 are multiplied by. `answers`: what a person said. `calendar`: in which terms count working days. `adjusts`: the
    columns of what lessened a debt without being a receipt. `signs`: see `Sheet`. `suspects`: places of true dates
    whose day and month Excel may have exchanged.
    """

    columns: Table[Field, int]
    headers: Table[str, str]
    kind: RowKind
    known: Headings
    currency: str
    decision: Decision
    convention: Convention
    amounts: tuple[Field, ...]
    decimal_comma: frozenset[Field] = frozenset()
    by_account: bool = False
    receipts_elsewhere: bool = False
    factors: Table[Field, int] = dataclasses.field(default_factory=dict)
    named: Table[Field, str] = dataclasses.field(default_factory=dict)
    answers: Answers = dataclasses.field(default_factory=dict)
    calendar: WorkCalendar = dataclasses.field(default_factory=lambda: _UNASKED)
    adjusts: tuple[Field, ...] = ()
    signs: Table[int, Table[int, str]] = dataclasses.field(default_factory=dict)
    suspects: frozenset[tuple[int, int]] = frozenset()

    @property
    def has_two_sides(self) -> bool:
        """Whether debit and credit stand in columns of their own, or a column says which."""
        return Field.DIRECTION in self.columns or _two_sides(self.known, self.headers)

    @property
    def takes_open(self) -> bool:
        """Whether the file has no amounts but what is still open."""
        return self.amounts == (Field.OPEN,)

    @property
    def counts_by_month(self) -> bool:
        """Whether vouchers are numbered anew every month, as Chinese ones are: January and May both have a 记-0003."""
        return not self.headers.get(Field.VOUCHER_NO, "").isascii()


def layout(
    sheet: Sheet,
    mapping: Mapping,
    currency: str,
    answers: Answers | None = None,
    calendar: WorkCalendar | None = None,
) -> Layout:
    """The layout of a sheet under a mapping. Raises `DatesAmbiguous`."""
    known, columns = headings(), mapping.columns
    rows = sheet.rows[mapping.head.first_data_row :]
    decision = date_order(sheet, mapping)
    named = currencies_named(mapping, known)
    if decision.ambiguous:
        raise DatesAmbiguous(name=sheet.file_name, example=decision.example)
    return Layout(
        columns=columns,
        headers=mapping.headers,
        kind=mapping.kind,
        known=known,
        currency=currency,
        decision=decision,
        convention=Convention(decision.order, sheet.epoch_1904),
        amounts=_amounts(columns, named),
        decimal_comma=_decimal_comma(rows, columns),
        by_account=_names_receivables(known, rows, columns),
        receipts_elsewhere=_receipts_elsewhere(known, rows, columns),
        factors=factors(sheet, mapping),
        named=named,
        answers=answers or {},
        calendar=calendar or _home(columns),
        adjusts=adjusting(sheet, mapping),
        signs={} if Field.CURRENCY in columns else sheet.signs,
        suspects=_suspects(sheet, mapping),
    )


def _suspects(sheet: Sheet, mapping: Mapping) -> frozenset[tuple[int, int]]:
    if mapping.day_first is not None:
        return frozenset()
    first = mapping.head.first_data_row
    columns = {mapping.columns[field] for field in DATES if field in mapping.columns}
    return frozenset(
        (first + place, column)
        for column in columns
        for place in suspects([cell(row, column) for row in sheet.rows[first:]])
    )


def _home(columns: Table[Field, int]) -> WorkCalendar:
    """China's calendar where terms may count its working days; it takes a while to load."""
    return work_calendar("CN") if Field.TERM in columns else _UNASKED


def is_receivable(known: Headings, account: str) -> bool:
    """Whether this account holds what buyers owe: by name, or by the number 1122. rules.md 11.6."""
    shown = normalised(account)
    return known.says(account, Word.RECEIVABLE) or shown.startswith(
        ("1122", "应收账款")
    )


def _two_sides(known: Headings, headers: Table[str, str]) -> bool:
    debit = next((normalised(headers[each]) for each in _DEBITS if each in headers), "")
    credit = normalised(headers.get(Field.PAID, ""))
    return any(
        len(word) > 1 and debit.startswith(word) for word in known.words[Word.DEBIT]
    ) and any(
        len(word) > 1 and credit.startswith(word) for word in known.words[Word.CREDIT]
    )


def _amounts(columns: Table[Field, int], named: Table[Field, str]) -> tuple[Field, ...]:
    """Where the currency is named its own amount counts; net and VAT or the open rest stand in for an amount."""
    order = [Field.AMOUNT, Field.AMOUNT_LC, Field.AMOUNT_FC]
    if Field.CURRENCY in columns or Field.AMOUNT_FC in named:
        order = [Field.AMOUNT_FC, Field.AMOUNT, Field.AMOUNT_LC]
    found = tuple(field for field in order if field in columns)
    if found or {Field.NET, Field.VAT} <= set(columns) or Field.OPEN not in columns:
        return found
    return (Field.OPEN,)


def _decimal_comma(
    rows: tuple[Row, ...], columns: Table[Field, int]
) -> frozenset[Field]:
    return frozenset(
        field
        for field in AMOUNTS
        if field in columns
        and figures.writes_decimal_comma(words(rows, columns[field]))
    )


def _names_receivables(
    known: Headings, rows: tuple[Row, ...], columns: Table[Field, int]
) -> bool:
    column = columns.get(Field.ACCOUNT)
    return column is not None and any(
        is_receivable(known, shown)
        for shown in {text(cell(row, column)) for row in rows}
    )


def _receipts_elsewhere(
    known: Headings, rows: tuple[Row, ...], columns: Table[Field, int]
) -> bool:
    """Whether receipts stand in the file, and never under the receivables they pay."""
    account, kind = columns.get(Field.ACCOUNT), columns.get(Field.DOC_TYPE)
    if account is None or kind is None:
        return False
    named = {(text(cell(row, kind)), text(cell(row, account))) for row in rows}
    accounts = [shown for what, shown in named if known.says(what, Word.RECEIPT)]
    return not any(is_receivable(known, shown) for shown in accounts)
