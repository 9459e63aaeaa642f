"""How the rows of one statement are to be read: where the headings stand, what each means, whose account it is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from creditdesk.catalog.headings import headings, normalised
from creditdesk.catalog.statements import (
    Part,
    Said,
    StatementHeadings,
    statement_headings,
)
from creditdesk.domain.base.money import is_currency
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers.bank.movements import marked
from creditdesk.importers.bank.titles import is_journal
from creditdesk.importers.columns.heads import Head, heads, is_day, names
from creditdesk.importers.columns.layout import DatesAmbiguous
from creditdesk.importers.files import dates, figures
from creditdesk.importers.files.cells import (
    Cell,
    Row,
    Sheet,
    filled,
    text,
)
from creditdesk.importers.files.dates import Convention, Order

_SAMPLE = 60
_HOME = "CNY"
_AMOUNTS = (Part.INCOME, Part.EXPENSE, Part.AMOUNT)
_FIGURES = (*_AMOUNTS, Part.NET, Part.FEE, Part.BALANCE)
_SAYS_MORE = (Part.PAYER, Part.PAYER_ACCOUNT, Part.BALANCE, Part.TEXT, Part.NUMBER)
_DAY_AND_TIME = re.compile(
    r"\s*(\d[\d./年月日-]*\d日?)[\sT]+(\d{1,2}:\d{2}(?::\d{2})?)\S*\s*"
)
_FOURTEEN = re.compile(r"\s*(\d{8})([01]\d|2[0-3])([0-5]\d)([0-5]\d)\s*")
_ACCOUNT = re.compile(
    r"(?:账号|帐号|卡号|支付宝账户|微信号|account(?: number| no\.?)?)\s*[:：]?\s*([\w*@.-]{4,})",
    re.IGNORECASE,
)
_HOLDER = re.compile(
    r"(?:户名|账户名称|姓名|account name)\s*[:：]?\s*(\S+)", re.IGNORECASE
)
_CURRENCY = re.compile(r"(?:币种|货币|currency)\s*[:：]?\s*(\S+)", re.IGNORECASE)
_BRACKETED = re.compile(r"[(（\[]\s*([^()（）\[\]]+?)\s*[)）\]]")
_SIGNS = {"€": "EUR", "£": "GBP", "元": "", "US$": "USD", "HK$": "HKD"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BankLayout:
    """The columns of a statement and what its first lines say. `account` and `holder` are our own, maybe empty.

    `explicit`: its words leave no doubt which way money went. `journal`: it is the books' own, by its title.
    """

    head: Head
    columns: Mapping[Part, int]
    texts: tuple[int, ...]
    known: StatementHeadings
    convention: Convention
    currency: str
    account: str = ""
    holder: str = ""
    decimal_comma: frozenset[Part] = frozenset()
    explicit: bool = False
    journal: bool = False
    notes: tuple[Problem, ...] = ()

    @property
    def headers(self) -> dict[str, str]:
        """Heading by canonical name."""
        labels = self.head.labels
        found = {part.value: labels[column] for part, column in self.columns.items()}
        if self.texts:
            found[Part.TEXT.value] = ", ".join(labels[column] for column in self.texts)
        return found

    def cell(self, row: Row, part: Part) -> Cell:
        """The cell of a row, None where the sheet has no such column."""
        column = self.columns.get(part)
        return row[column] if column is not None and column < len(row) else None


def layout(
    sheet: Sheet, currency: str, *, day_first: bool | None = None
) -> BankLayout | None:
    """The layout of a statement, None for a sheet that is none. Raises `DatesAmbiguous`."""
    known = statement_headings()
    head, columns, texts = headings_of(sheet, known)
    if head is None or not is_enough(columns, texts):
        return None
    rows = sheet.rows[head.first_data_row :]
    if day_first is None:
        order = _order(sheet, _column(rows, columns[Part.DATE]))
    else:
        order = Order.DAY_FIRST if day_first else Order.MONTH_FIRST
    preamble = [
        " ".join(text(cell) for cell in row) for row in sheet.rows[: head.start]
    ]
    said = currency_of(_named(preamble, _CURRENCY)) or _in_heading(head, columns)
    comma = figures.writes_decimal_comma(
        cell for part in _FIGURES if part in columns for cell in _column(rows, columns[part])
    )  # fmt: skip
    return BankLayout(
        head=head,
        columns=columns,
        texts=texts,
        known=known,
        convention=Convention(order, sheet.epoch_1904),
        currency=said or currency,
        account=_named(preamble, _ACCOUNT),
        holder=_named(preamble, _HOLDER),
        decimal_comma=frozenset(_FIGURES) if comma else frozenset(),
        explicit=_is_explicit(head, columns, rows, known),
        journal=is_journal(sheet, known),
        notes=() if said else tuple(_notes(columns, currency)),
    )


def _is_explicit(
    head: Head,
    columns: Mapping[Part, int],
    rows: tuple[Row, ...],
    known: StatementHeadings,
) -> bool:
    """收入 and 支出, Paid in and out, a minus: unlike debit and credit they mean the same to banks and in books."""
    if Part.INCOME in columns:
        return not set(names(head.parts[columns[Part.INCOME]])) & known.two_sided
    if Part.DIRECTION in columns:
        said = {
            normalised(piece)
            for cell in _column(rows, columns[Part.DIRECTION])
            for piece in text(cell).split()
        }
        return not said & known.two_sided
    return any(map(_is_negative, _column(rows, columns[Part.AMOUNT])))


def _is_negative(cell: Cell) -> bool:
    try:
        figure, mark = marked(cell, decimal_comma=False)
    except figures.NotAnAmount:
        return text(cell).startswith(("-", "−"))
    return figure is not None and mark is None and figure < 0


def _in_heading(head: Head, columns: Mapping[Part, int]) -> str:
    """The currency in brackets behind an amount's heading: Betrag (€), Amount (USD)."""
    for part in _AMOUNTS:
        if part in columns and (found := _BRACKETED.search(head.labels[columns[part]])):
            return _SIGNS.get(found[1], "") or currency_of(found[1])
    return ""


def currency_of(shown: str) -> str:
    """The ISO code of a currency as banks write it; empty for what is none."""
    named = headings().currencies.get(normalised(shown), "")
    code = shown.strip().upper()
    return named or (code if is_currency(code) else "")


def day_and_time(cell: Cell) -> tuple[Cell, str]:
    """A day with the time behind it, taken apart: `20260105 10:11:12` and `20260105101112` too."""
    if not isinstance(cell, str):
        return cell, ""
    if found := _DAY_AND_TIME.fullmatch(cell):
        return found[1], found[2]
    if found := _FOURTEEN.fullmatch(cell):
        return found[1], ":".join(found.groups()[1:])
    return cell, ""


def _order(sheet: Sheet, days: list[Cell]) -> Order | None:
    decision = dates.decide(day_and_time(cell)[0] for cell in days)
    if decision.ambiguous:
        raise DatesAmbiguous(name=sheet.file_name, example=decision.example)
    return decision.order


def _notes(columns: Mapping[Part, int], currency: str) -> Iterator[Problem]:
    if Part.CURRENCY not in columns and currency != _HOME:
        told = N_(
            "The statement has no column of currencies: its amounts were taken as {currency}."
        )
        yield Problem(Message.of(told, currency=currency))


def _named(preamble: list[str], pattern: re.Pattern[str]) -> str:
    return next((found[1] for row in preamble if (found := pattern.search(row))), "")


def is_enough(columns: Mapping[Part, int], texts: tuple[int, ...]) -> bool:
    """A day, money whose way is told, and something that tells whose it was."""
    money = Part.INCOME in columns or Part.AMOUNT in columns
    return (
        Part.DATE in columns and money and bool(texts or set(_SAYS_MORE) & set(columns))
    )


def headings_of(
    sheet: Sheet, known: StatementHeadings
) -> tuple[Head | None, dict[Part, int], tuple[int, ...]]:
    """The place for the headings under which most is recognised; of equals the upper, shallower one."""
    best: tuple[Head | None, dict[Part, int], tuple[int, ...]] = (None, {}, ())
    score = (False, 0)
    for head in heads(sheet):
        columns, texts = _recognised(sheet, head, known)
        new = (is_enough(columns, texts), len(columns) + len(texts))
        if new > score:
            best, score = (head, columns, texts), new
    return best


def _recognised(
    sheet: Sheet, head: Head, known: StatementHeadings
) -> tuple[dict[Part, int], tuple[int, ...]]:
    sample = _sample(sheet, head)
    found: dict[Part, int] = {}
    for part in Part:
        if part is Part.TEXT:
            continue
        for column in _candidates(head, known.fields[part]):
            if column not in found.values() and _holds(
                part, _column(sample, column), known
            ):
                found[part] = column
                break
    if Part.INCOME in found:
        found.pop(Part.AMOUNT, None)
    if Part.DIRECTION not in found:
        _direction_by_kind(found, sample, known)
    texts = sorted(_candidates(head, known.fields[Part.TEXT]))
    return found, tuple(column for column in texts if column not in found.values())


def _direction_by_kind(
    found: dict[Part, int], sample: list[Row], known: StatementHeadings
) -> None:
    """中国银行 writes 来账 and 往账 under 交易类型."""
    if Part.KIND not in found:
        return
    values = [
        text(cell) for cell in _column(sample, found[Part.KIND]) if cell is not None
    ]
    if values and all(known.says(value, Said.IN, Said.OUT) for value in values):
        found[Part.DIRECTION] = found[Part.KIND]


def _candidates(head: Head, aliases: tuple[str, ...]) -> list[int]:
    """Columns that may be this, the best heading first; equal headings from the left."""
    ranked = [
        (aliases.index(name), column)
        for column, parts in enumerate(head.parts)
        for name in names(parts)[:2]
        if name in aliases
    ]
    return list(dict.fromkeys(column for _, column in sorted(ranked)))


def _sample(sheet: Sheet, head: Head) -> list[Row]:
    first = head.first_data_row
    rows = [row for row in sheet.rows[first : first + 5 * _SAMPLE] if filled(row) > 1]
    return rows[:_SAMPLE]


def _holds(part: Part, cells: list[Cell], known: StatementHeadings) -> bool:
    """Whether what stands in the column can be this; an empty column can be anything but the day."""
    values = [cell for cell in cells if cell is not None and cell != ""]
    if part is Part.DATE:
        good = sum(map(_is_day, values))
        return bool(values) and 2 * good >= len(values)
    if part in _AMOUNTS:
        good = sum(map(_is_amount, values))
        return 2 * good >= len(values)
    if part is Part.DIRECTION:
        good = sum(_tells_way(text(value), known) for value in values)
        return 2 * good >= len(values)
    return True


def _tells_way(shown: str, known: StatementHeadings) -> bool:
    """交通银行 writes `贷 Cr`."""
    words = (shown, *shown.split())
    return not normalised(shown) or any(
        known.says(word, Said.IN, Said.OUT, Said.NEUTRAL) for word in words
    )


def _is_amount(cell: Cell) -> bool:
    for comma in (False, True):
        try:
            marked(cell, decimal_comma=comma)
        except figures.NotAnAmount:
            continue
        return True
    return False


def _is_day(cell: Cell) -> bool:
    day, _ = day_and_time(cell)
    return is_day(day)


def _column(rows: tuple[Row, ...] | list[Row], column: int) -> list[Cell]:
    return [row[column] if column < len(row) else None for row in rows]
