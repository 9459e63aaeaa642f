"""Reads a statement out of cells, by the names of its rows: pasted from a spreadsheet, or a file's (rules.md 6.1).

Chinese balance sheets stand in two halves side by side; in each, a name is followed by its line number and amounts.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from creditdesk.domain.base.calendar import day_of_month, months_later
from creditdesk.domain.credit.sheets import YEAR, Scheme, Sheet, SheetRow, Standard
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message

Cells = Sequence[Sequence[object]]
_FILLED_IN = re.compile(r"\([^()]*填列[^()]*\)")
_NOISE = re.compile(r"[\s　:：*△▲·\-—_（）()“”\"'’]+")
_ORDER = re.compile(
    r"^[一二三四五六七八九十]+[、.．]|^\d+[、.．](?=\D)|^(?:其中|减|加)"
)
_UNIT = re.compile(
    r"单位[:：]?\s*(?:人民币)?\s*(百万元|万元|千元|元)|(?:in|unit:?)\s+(millions?|thousands?)",
    re.IGNORECASE,
)
_UNITS = {"元": 1, "千元": 1000, "万元": 10000, "百万元": 1000000, "thousand": 1000, "million": 1000000}  # fmt: skip
_COMPANY = re.compile(
    r"(?:编制单位|编报单位|单位名称|公司名称|企业名称|纳税人名称|company)\s*[:：]\s*(\S.*)",
    re.IGNORECASE,
)
_DAY = re.compile(r"(20\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_MONTH = re.compile(r"(20\d\d)\s*[年./-]\s*(?:1\s*[-—~至]\s*)?(\d{1,2})\s*月")
_YEAR = re.compile(r"(20\d\d)\s*年(?:度|年报)?")
_NOW = (
    "期末余额",
    "期末数",
    "年末余额",
    "年末数",
    "期末",
    "本年累计金额",
    "本年累计数",
    "本年累计",
    "本年金额",
    "本年数",
    "本期金额",
    "本期数",
    "本期",
    "本年",
    "current year",
)
_BEFORE = (
    "年初余额",
    "年初数",
    "期初余额",
    "期初数",
    "上年年末余额",
    "上年末余额",
    "上年金额",
    "上年数",
    "上年同期金额",
    "上年同期",
    "上期金额",
    "上期数",
    "上年",
    "上期",
    "previous year",
    "prior year",
)
_SKIPPED = ("行次", "附注", "附注编号", "本月金额", "本月数", "本月", "note", "notes")
NOW, BEFORE = "now", "before"


class SheetUnread(UserError):
    """No row that a statement has."""

    message = N_(
        "No row of a balance sheet or income statement was found. The rows are found by their names, "
        "such as 资产总计 or Total assets."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFound:
    """What was read: values by column and row key; a column is NOW, BEFORE or a year such as "2024".

    `unit` None, `company` empty, `period_end` None: the paper doesn't say. `unread`: names that are no row of the
    forms, with their amounts left aside; `remarks`: what else a person should know.
    """

    columns: Mapping[str, Mapping[str, Decimal]]
    unit: int | None
    company: str
    period_end: date | None
    months: int | None
    unread: tuple[str, ...]
    remarks: tuple[Message, ...]


def plain_label(text: str) -> str:
    """A row's name without numbering, blanks, brackets and signs, so that papers' ways of writing it agree."""
    half = unicodedata.normalize("NFKC", text).casefold().strip()
    bare = _NOISE.sub("", _FILLED_IN.sub("", half))
    previous = ""
    while previous != bare:
        previous, bare = bare, _ORDER.sub("", bare).strip("、.．")
    return bare


def read_cells(cells: Cells, rows: Iterable[SheetRow]) -> SheetFound:
    """The statement in these cells. Raises `SheetUnread`."""
    names = {
        plain_label(name): row.key
        for row in rows
        for name in (row.title.zh, row.title.en, *row.names)
    }
    heads = _Heads()
    found: dict[str, dict[str, Decimal]] = {}
    unread: list[str] = []
    twice: list[str] = []
    for line in cells:
        if not any(
            isinstance(cell, str) and plain_label(cell) in names for cell in line
        ):
            heads.look(line)
        for label, amounts in _segments(line):
            key = names.get(plain_label(label))
            if key is None:
                if amounts and not heads.is_head(label):
                    unread.append(label.strip())
                continue
            for column, amount in heads.named(amounts):
                values = found.setdefault(column, {})
                if values.get(key, amount) != amount:
                    twice.append(label.strip())
                values.setdefault(key, amount)
    if not found:
        raise SheetUnread
    texts = [str(cell) for line in cells for cell in line if isinstance(cell, str)]
    end, months = _period(texts)
    remarks = []
    if twice:
        remarks.append(
            Message.of(
                N_("Stand twice with different amounts, the first was taken: {names}."),
                names="、".join(dict.fromkeys(twice)),
            )
        )
    return SheetFound(
        columns=found,
        unit=_unit(texts),
        company=_company(texts),
        period_end=end,
        months=months,
        unread=tuple(dict.fromkeys(unread)),
        remarks=tuple(remarks),
    )


def split(text: str) -> tuple[tuple[str, ...], ...]:
    """Pasted text as cells: tabs part them."""
    return tuple(tuple(line.split("\t")) for line in text.splitlines())


def amount_of(cell: object) -> Decimal | None:
    """A cell as an amount; None: it is none. Brackets mean negative, a dash or blank nothing."""
    if isinstance(cell, bool) or cell is None:
        return None
    text = unicodedata.normalize("NFKC", str(cell)).strip().replace("−", "-")
    negative = text.startswith("(") and text.endswith(")")
    bare = text.strip("()").replace(",", "").replace(" ", "").strip("¥￥$")
    if not re.fullmatch(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", bare, re.IGNORECASE):
        return None
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return None
    # A workbook gives 400.0 for 400.
    whole = number.to_integral_value()
    number = whole if whole == number else number
    return -number if negative else number


class _Heads:
    """What the columns are, as their headings say; a new heading below replaces it."""

    def __init__(self) -> None:
        self._said: dict[int, str] = {}

    def look(self, line: Sequence[object]) -> None:
        found = {}
        for place, cell in enumerate(line):
            said = _head(str(cell)) if isinstance(cell, str) else None
            if said is not None:
                found[place] = said
        if found and not any(amount_of(cell) for cell in line if not _is_year(cell)):
            self._said = found

    def is_head(self, label: str) -> bool:
        return _head(label) is not None

    def named(self, amounts: Sequence[tuple[int, Decimal]]) -> Iterator[tuple[str, Decimal]]:  # fmt: skip
        """The amounts of a segment by what their columns are; without headings the first counts as now."""
        if not self._said:
            if amounts:
                yield NOW, amounts[0][1]
            return
        for place, amount in amounts:
            column = self._said.get(place, "")
            if column:
                yield column, amount


def _is_year(cell: object) -> bool:
    return bool(re.fullmatch(r"20\d\d(?:\.0)?", str(cell).strip()))


def _head(text: str) -> str | None:
    """The column a heading names; empty: one that is left aside; None: no heading."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
    bare = re.sub(r"\s+", " ", text.strip().casefold())
    if plain in _SKIPPED:
        return ""
    if plain in _BEFORE or bare in _BEFORE:
        return BEFORE
    if plain in _NOW or bare in _NOW:
        return NOW
    year = re.fullmatch(r"(20\d\d)(?:年度?|\.0|年?12月31日|[-./]12[-./]31)?", plain)
    return year.group(1) if year else None


def _segments(line: Sequence[object]) -> Iterator[tuple[str, list[tuple[int, Decimal]]]]:  # fmt: skip
    """Each name of the line with the amounts that follow it, by their places."""
    label, amounts = "", list[tuple[int, Decimal]]()
    for place, cell in enumerate(line):
        amount = amount_of(cell)
        if amount is not None:
            amounts.append((place, amount))
        elif isinstance(cell, str) and cell.strip() and cell.strip() not in {"-", "—", "--", "/"}:  # fmt: skip
            if label:
                yield label, amounts
            label, amounts = cell, []
    if label:
        yield label, amounts


def _unit(texts: Iterable[str]) -> int | None:
    for text in texts:
        found = _UNIT.search(text)
        if found:
            word = (found.group(1) or found.group(2)).casefold().rstrip("s")
            return _UNITS[word]
    return None


def _company(texts: Iterable[str]) -> str:
    for text in texts:
        found = _COMPANY.search(text)
        if found:
            return re.split(r"\s{2,}|单位[:：]|\t|20\d\d年", found.group(1).strip())[0].strip()  # fmt: skip
    return ""


def _period(texts: Iterable[str]) -> tuple[date | None, int | None]:
    """The end of the period and its months from its beginning in January, as the title says; None: it doesn't."""
    for pattern in (_DAY, _MONTH):
        for text in texts:
            found = pattern.search(text)
            if found and 1 <= int(found.group(2)) <= YEAR:
                month = int(found.group(2))
                return day_of_month(date(int(found.group(1)), month, 1), 31), month
    for text in texts:
        found = _YEAR.fullmatch(text.strip())
        if found:
            return date(int(found.group(1)), YEAR, 31), YEAR
    return None, None


class PeriodMissing(UserError):
    """Nothing says which period it is."""

    message = N_("Nothing in it says which period the statement is of. Enter its last day.")  # fmt: skip


class UnitMissing(UserError):
    """元 or 万元: a guess would be wrong ten thousand times."""

    message = N_("Nothing in it says whether the figures are in 元 or 万元. Choose the unit.")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSaid:
    """What a person says of a statement beside its cells; None: as the paper says."""

    period_end: date | None = None
    months: int | None = None
    unit: int | None = None
    currency: str = "CNY"
    standard: Standard = Standard.ENTERPRISES
    scheme: Scheme = Scheme.CHINESE


def sheets_of(found: SheetFound, said: SheetSaid) -> tuple[Sheet, ...]:
    """The statements in what was read, the newest period first. Raises `PeriodMissing`, `UnitMissing`.

    A column of the year before counts only beside a whole year: of a shorter period nobody says how long it was.
    """
    unit = said.unit or found.unit
    if unit is None:
        raise UnitMissing
    end = said.period_end or found.period_end
    months = said.months or found.months or YEAR
    made = []
    for column, values in found.columns.items():
        if column == NOW:
            if end is None:
                raise PeriodMissing
            period = end, months
        elif column == BEFORE:
            if end is None or months != YEAR:
                continue
            period = months_later(end, -YEAR), YEAR
        else:
            period = date(int(column), YEAR, 31), YEAR
        made.append(
            Sheet(
                period_end=period[0],
                months=period[1],
                unit=unit,
                currency=said.currency,
                standard=said.standard,
                scheme=said.scheme,
                company=found.company,
                values=values,
            )
        )
    return tuple(sorted(made, key=lambda each: each.period_end, reverse=True))


def joined(parts: Sequence[SheetFound]) -> SheetFound:
    """Balance sheet, income and cash flow statement that stand on sheets of their own, as one."""
    columns: dict[str, dict[str, Decimal]] = {}
    for part in parts:
        for column, values in part.columns.items():
            columns.setdefault(column, {}).update(
                {key: value for key, value in values.items() if key not in columns.get(column, {})}
            )  # fmt: skip
    units = {part.unit for part in parts if part.unit is not None}
    remarks = tuple(each for part in parts for each in part.remarks)
    if len(units) > 1:
        remarks = (*remarks, Message(N_("The sheets name different units: 元 and 万元 may be mixed.")))  # fmt: skip
    first = [*(part for part in parts if part.unit is not None), parts[0]][0]
    return SheetFound(
        columns=columns,
        unit=first.unit if len(units) < 2 else None,
        company=next((part.company for part in parts if part.company), ""),
        period_end=max((part.period_end for part in parts if part.period_end), default=None),
        months=next((part.months for part in parts if part.months), None),
        unread=tuple(dict.fromkeys(name for part in parts for name in part.unread)),
        remarks=remarks,
    )  # fmt: skip
