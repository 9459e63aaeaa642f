"""Exports of many programs give their figures, or are refused by name; the layouts stand in the folder `programs`.

All data is made up in the way of the programs; nothing is told to the importer.
"""

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from creditdesk.catalog.headings import headings
from creditdesk.domain.ledger.documents import DocumentKind, LedgerDraft
from creditdesk.errors import UserError
from creditdesk.importers.aged import summary as aged
from creditdesk.importers.columns.questions import questions
from creditdesk.importers.files.cells import Cell, Row, Sheet
from creditdesk.importers.files.sheet import read as read_file
from creditdesk.intake import looking as intake
from creditdesk.intake.looking import Owner, Piece, Shape
from creditdesk.jobs import Progress

FOLDER = Path(__file__).parent / "programs"
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
_LONGEST_NUMBER = 14


@dataclass(frozen=True, slots=True)
class Layout:
    """One export. `gives`: what a right import says of it."""

    name: str
    options: dict[str, str]
    gives: str
    rows: tuple[tuple[str, ...], ...]


def layouts() -> Iterator[Layout]:
    for path in sorted(FOLDER.glob("*.txt")):
        for part in path.read_text(encoding="utf-8").split("\n### ")[1:]:
            first, *lines = part.splitlines()
            head, _, gives = first.partition(" => ")
            name, *words = head.split()
            options = {key: value for key, _, value in map(_parted, words)}
            rows = tuple(
                tuple(cell.strip() for cell in line.split("|"))
                for line in lines
                if line.strip()
            )
            yield Layout(name, options, gives.strip(), rows)


def _parted(word: str) -> tuple[str, str, str]:
    return word.partition("=")


ALL = {each.name: each for each in layouts()}


def cell(shown: str) -> Cell:
    """As a workbook holds it."""
    if shown.startswith("d:"):
        return date.fromisoformat(shown[2:])
    if shown.startswith("'"):
        return shown[1:]
    if _NUMBER.fullmatch(shown) and len(shown) <= _LONGEST_NUMBER:
        return float(shown)
    return shown or None


def as_sheet(layout: Layout) -> Sheet:
    rows = tuple(tuple(map(cell, row)) for row in layout.rows)
    return Sheet(file_name=f"{layout.name}.xlsx", digest="0", rows=rows)


def as_text(layout: Layout, folder: Path, encoding: str, separator: str) -> Sheet:
    lines = [
        separator.join(f'"{each}"' if separator in each else each for each in row)
        for row in layout.rows
    ]
    if "sepline" in layout.options:
        lines.insert(0, f"sep={separator}")
    path = folder / f"{layout.name}.csv"
    shown = "\r\n".join(lines).replace("'", "").replace("d:", "").replace("~", "")
    path.write_bytes(shown.encode(encoding))
    return read_file(path, None, None, None)


def opened(layout: Layout, folder: Path) -> Sheet:
    options = layout.options
    if not options.keys() & {"csv", "enc", "sep"}:
        return as_sheet(layout)
    separator = {"tab": "\t"}.get(options.get("sep", ","), options.get("sep", ","))
    return as_text(layout, folder, options.get("enc", "utf-8"), separator)


def told(sheet: Sheet, currency: str) -> str:
    """What the importer makes of it, in the words of the layouts."""
    piece = intake.look(Path(sheet.file_name), sheet, headings())
    if piece.fault is not None:
        return f"REFUSED:{type(piece.fault).__name__}"
    if piece.shape is Shape.AGED:
        return _aged(piece)
    if piece.shape is not Shape.LEDGER:
        return piece.shape.name
    assert piece.sheet is not None
    assert piece.mapping is not None
    asked = questions(piece.sheet, piece.mapping, headings())
    try:
        ((_, draft),) = intake.drafts([piece], Owner("C", currency), Progress())
    except UserError as refused:
        return f"REFUSED:{type(refused).__name__}"
    return f"{_given(draft)}{''.join(f' ?{each.field}' for each in asked)}"


def _aged(piece: Piece) -> str:
    assert piece.sheet is not None
    assert piece.aged is not None
    day = piece.as_of or date(2026, 1, 1)
    draft = aged.read(piece.sheet, piece.aged, day, "CNY", Progress())
    buyers = {each.buyer.code or each.buyer.name for each in draft.balances}
    total = sum((each.amount.amount for each in draft.balances), Decimal(0))
    assert not draft.rejected
    undated = "" if piece.as_of else " undated"
    return f"AGED {len(buyers)}b {total:.2f}{undated}"


def _given(draft: LedgerDraft) -> str:
    kinds = {
        DocumentKind.INVOICE: "i",
        DocumentKind.CREDIT_NOTE: "c",
        DocumentKind.OPENING: "o",
        DocumentKind.REFUND: "b",
    }
    amounts = [
        *((kinds[each.kind], each.amount) for each in draft.documents),
        *(("p", each.amount) for each in draft.payments),
    ]
    people = [
        *(each.buyer for each in draft.documents),
        *(each.buyer for each in draft.payments),
    ]
    words = [f"{len({each.code or each.name for each in people})}b"]
    for currency in sorted({amount.currency for _, amount in amounts}):
        words.append(currency)
        for kind in "ibcop":
            own = [
                amount.amount
                for what, amount in amounts
                if what == kind and amount.currency == currency
            ]
            if own:
                words.append(f"{len(own)}{kind} {sum(own, Decimal(0)):.2f}")
    return " ".join((*words, *([f"r{len(draft.rejected)}"] if draft.rejected else ())))


@pytest.mark.parametrize("layout", ALL.values(), ids=lambda each: each.name)
def test_a_programs_export_gives_its_figures(layout: Layout, tmp_path: Path) -> None:
    found = told(opened(layout, tmp_path), layout.options.get("cur", "CNY"))
    if layout.gives == "REFUSED":
        assert found.startswith("REFUSED:")
    else:
        assert found == layout.gives


Change = Callable[[Sheet, random.Random], Sheet]
LEDGERS = ("suda_open", "cosmic_ar_detail", "etax_base", "hand_simple", "kis_pro_ar")
# By sections and by age: here the order of the columns is part of what they say.
ORDERED = ("qbo_translist", "xero_aged_detail", "hkj_aux_ledger", "hand_aged")


def _with(sheet: Sheet, rows: Iterable[Row]) -> Sheet:
    return replace(sheet, rows=tuple(rows))


def _head(sheet: Sheet) -> int:
    """The row of the headings: the first with many cells."""
    return next(
        at
        for at, row in enumerate(sheet.rows)
        if sum(each is not None for each in row) > 4
    )


def titled(sheet: Sheet, chance: random.Random) -> Sheet:
    above: Sequence[Row] = (
        ("我方公司",), ("编制单位：我方公司", None, "单位：元"), (), ("打印日期：2026-03-31",),
    )  # fmt: skip
    return _with(sheet, (*above[: chance.randint(1, 4)], *sheet.rows))


def with_blank_rows(sheet: Sheet, chance: random.Random) -> Sheet:
    first = _head(sheet) + 1
    rows = list(sheet.rows)
    for _ in range(3):
        rows.insert(chance.randint(first, len(rows)), (None,) * 3)
    return _with(sheet, rows)


def with_columns_shuffled(sheet: Sheet, chance: random.Random) -> Sheet:
    width = max(map(len, sheet.rows))
    order = list(range(width))
    chance.shuffle(order)
    padded = [(*row, *(None,) * (width - len(row))) for row in sheet.rows]
    head = _head(sheet)
    return _with(
        sheet,
        (*padded[:head], *(tuple(row[at] for at in order) for row in padded[head:])),
    )


def without_total(sheet: Sheet, _chance: random.Random) -> Sheet:
    return _with(sheet, (row for row in sheet.rows if "合计" not in row))


def with_a_row_twice(sheet: Sheet, chance: random.Random) -> Sheet:
    first = _head(sheet) + 1
    dated = [
        at
        for at, row in enumerate(sheet.rows)
        if at >= first and sum(each is not None for each in row) > 5
        and any(str(each).startswith("20") for each in row)
    ]  # fmt: skip
    at = chance.choice(dated)
    return _with(sheet, (*sheet.rows[: at + 1], *sheet.rows[at:]))


def with_subtotals(sheet: Sheet, chance: random.Random) -> Sheet:
    rows = list(sheet.rows)
    at = chance.randint(_head(sheet) + 2, len(rows))
    rows.insert(at, ("小计", *(None,) * 4, 12345.0, 12345.0, 12345.0))
    return _with(sheet, rows)


def with_other_spelling(sheet: Sheet, chance: random.Random) -> Sheet:
    head = _head(sheet)
    rows = list(sheet.rows)

    def spelled(shown: Cell) -> Cell:
        if not isinstance(shown, str):
            return shown
        ways = (f" {shown} ", f"{shown}：", "　".join(shown), f"*{shown}", f"{shown}\n")
        return chance.choice(ways)

    rows[head] = tuple(map(spelled, rows[head]))
    return _with(sheet, rows)


CHANGES: tuple[Change, ...] = (
    titled, with_blank_rows, with_columns_shuffled, without_total, with_a_row_twice, with_subtotals,
    with_other_spelling,
)  # fmt: skip


GENTLE: tuple[Change, ...] = (
    titled,
    with_blank_rows,
    without_total,
    with_other_spelling,
)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    ("name", "change"),
    [
        *((name, change) for name in LEDGERS for change in CHANGES),
        *((name, change) for name in ORDERED for change in GENTLE),
    ],
    ids=lambda each: getattr(each, "__name__", each),
)
def test_what_people_do_to_a_file_changes_none_of_its_figures(
    name: str, change: Change, seed: int
) -> None:
    chance = random.Random(f"{name} {change.__name__} {seed}")  # noqa: S311 - a test
    assert told(change(as_sheet(ALL[name]), chance), "CNY") == ALL[name].gives


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("name", ["hand_simple", "etax_base"])
def test_a_list_says_the_same_in_any_encoding(
    name: str, encoding: str, separator: str, tmp_path: Path
) -> None:
    sheet = as_text(ALL[name], tmp_path, encoding, separator)
    assert told(sheet, "CNY") == ALL[name].gives
