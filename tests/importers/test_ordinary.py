"""Rows read by columns and rows read one by one: the same draft, whatever stands in them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creditdesk.domain.ledger.documents import LedgerDraft
from creditdesk.importers.columns.chosen import mapped
from creditdesk.importers.columns.layout import DatesAmbiguous, Layout
from creditdesk.importers.columns.mapping import RowKind
from creditdesk.importers.files.cells import Cell, DamagedNumber, Row, Sheet
from creditdesk.importers.rows import ledger
from creditdesk.importers.rows.ordinary import Ordinary
from creditdesk.jobs import Progress

_DAMAGED = DamagedNumber("1234567890123456")
_SOME_DAYS = tuple(date(2026, 1, 1) + timedelta(days=days) for days in range(40))
_AMOUNTS: tuple[Cell, ...] = (
    *(88.5, 11.5, 100.0, 0.0, -12.5, 1.2345, 1e-7, 1e14, 0.1 + 0.2, 99999999999.99),
    *("1,234.50", "(3.00)", "¥12", "1.234,56", "n/a", "abc", "0", "1e5"),
    *(None, "", True, _DAMAGED),
)
_DAYS: tuple[Cell, ...] = (
    *("2026-01-05", "2026年1月5日", "20260105", "13/1/2026", "soon"),
    *(46027.0, 20260105.0, 0.0, 12.0, None, "", False, date(1900, 1, 1)),
)
_NUMBERS: tuple[Cell, ...] = (
    *(1001.0, "１００２", " XS001 ", "合计", None, "", True, _DAMAGED),
)
_BUYERS: tuple[Cell, ...] = (
    *("甲公司", "乙公司", "合计贸易", "Ａ公司", 7.0, None, "", "小计"),
)
_OTHERS: dict[str, tuple[Cell, ...]] = {
    "buyer_code": ("K1", "K2", 12.0, None),
    "due_date": (*_SOME_DAYS, *_DAYS),
    "ship_date": _DAYS,
    "post_date": _DAYS,
    "settled_date": (*_SOME_DAYS, *_DAYS),
    "term": ("30 days", "60天", "net 10", "月结", 45.0, None),
    "currency": ("CNY", "人民币", "usd", "JPY", "KWD", "?", None),
    "amount_fc": _AMOUNTS,
    "net": _AMOUNTS,
    "vat": _AMOUNTS,
    "rate": ("13%", 0.13, 13.0, "免税", None, "x"),
    "paid": _AMOUNTS,
    "open": _AMOUNTS,
    "disputed": ("是", "否", "yes", "no", 12.0, None),
    "direction": ("借", "贷", None),
    "doc_type": ("销售发票", "红字发票", "收款单", "采购发票", None),
    "status": ("正常", "作废", "草稿", "已审核", None),
    "void": ("是", "否", None),
    "account": ("1122", "应收账款", "6001 收入", 1122.01, None),
    "against": ("XS001", 1001.0, None),
    "contract": ("HT-1", 5.0, None),
    "invoice_no": _NUMBERS,
    "invoice_code": ("3100", 3200.0, None),
    "einvoice_no": ("25312000000012345678", None),
    "voucher_no": _NUMBERS,
    "country": ("CN", "156", 156.0, None),
    "buyer_uscc": ("91310000MA1K35XJ4C", 9.0, None),
    "memo": ("第一批", 3.5, True, None),
}
_SAMPLES: dict[str, tuple[Cell, ...]] = {
    "buyer_name": _BUYERS,
    "doc_no": _NUMBERS,
    "doc_date": _DAYS,
    "amount": _AMOUNTS,
    **_OTHERS,
}
_NEEDED = ("buyer_name", "doc_no", "doc_date", "amount")


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """A ledger with some columns and rows, most of them as ordinary as can be."""
    fields = draw(st.lists(st.sampled_from(sorted(_OTHERS)), max_size=5, unique=True))
    own_number = st.integers(1, 60).map(lambda number: f"XS{number:03}")
    cents = st.integers(1, 10**9).map(lambda cents: cents / 100)
    tame = st.tuples(st.just("丙公司"), own_number, st.sampled_from(_SOME_DAYS), cents)
    wild = st.tuples(*(st.sampled_from(_SAMPLES[field]) for field in _NEEDED))
    more = st.tuples(*(st.sampled_from(_OTHERS[field]) for field in fields))
    row = st.builds(lambda needed, rest: (*needed, *rest), tame | wild, more)
    rows: list[Row] = draw(st.lists(row, min_size=1, max_size=12))
    if draw(st.booleans()):
        rows.append(("合计", None, None, 100.0))
    repeated = draw(st.lists(st.sampled_from(rows), max_size=2))
    return _sheet((*_NEEDED, *fields), (*rows, *repeated))


def _sheet(head: Sequence[str], rows: Sequence[Row]) -> Sheet:
    return Sheet(file_name="a.xlsx", digest="0" * 64, rows=(tuple(head), *rows))


def _draft(sheet: Sheet, kind: RowKind = RowKind.LEDGER) -> LedgerDraft | str:
    named = {str(name): str(name) for name in sheet.rows[0]}
    mapping = replace(mapped(sheet, named), kind=kind)
    try:
        return ledger.read(sheet, mapping, "CNY", Progress())
    except DatesAmbiguous as ambiguous:
        return str(ambiguous)


def _same_both_ways(sheet: Sheet, kind: RowKind = RowKind.LEDGER) -> None:
    by_columns = _draft(sheet, kind)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "ordinary", lambda *_: Ordinary())
        row_by_row = _draft(sheet, kind)
    assert by_columns == row_by_row


@given(sheet=sheets(), kind=st.sampled_from(RowKind))
@settings(deadline=None, max_examples=200)
def test_reading_by_columns_and_reading_row_by_row_give_the_same_draft(
    sheet: Sheet, kind: RowKind
) -> None:
    _same_both_ways(sheet, kind)


@pytest.mark.parametrize("field", _SAMPLES)
@pytest.mark.parametrize("beside", ["memo", "due_date", "paid", "settled_date"])
def test_one_cell_of_any_kind_changes_nothing_of_that(field: str, beside: str) -> None:
    tame: dict[str, Cell] = {
        "buyer_name": "丙公司",
        "doc_no": "XS",
        "doc_date": date(2026, 1, 5),
        "amount": 100.0,
        "memo": "批",
        "due_date": date(2026, 2, 5),
        "paid": 30.0,
        "settled_date": date(2026, 3, 5),
    }
    head = dict.fromkeys((*_NEEDED, beside, field))
    rows = []
    for place, value in enumerate(_SAMPLES[field]):
        cells = {**tame, "doc_no": f"XS{place}", field: value}
        rows.append(tuple(cells.get(name) for name in head))
    _same_both_ways(_sheet(tuple(head), rows))
    for row in rows:
        _same_both_ways(_sheet(tuple(head), [row]))


def test_net_and_vat_make_the_amount_or_the_row_is_refused_either_way() -> None:
    head = (*_NEEDED, "net", "vat")
    for net in _AMOUNTS:
        for vat in _AMOUNTS:
            row = ("丙公司", "XS1", date(2026, 1, 5), 100.0, net, vat)
            _same_both_ways(_sheet(head, [row]))


def test_only_what_is_ordinary_is_read_by_columns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[int] = []
    careful = ledger._take  # the one that reads a row by itself

    def take(how: Layout, number: int, row: Row, harvest: ledger._Harvest) -> None:
        told.append(number)
        careful(how, number, row, harvest)

    monkeypatch.setattr(ledger, "_take", take)
    day = date(2026, 1, 5)
    sheet = _sheet(
        _NEEDED,
        [
            ("甲", "A", day, 1.0),
            ("甲", "B", day, 2.0),
            ("甲", "B", day, 3.0),
            ("甲", "C", day, -4.0),
            ("甲", "A2", day, None),
            ("合计", None, None, 10.0),
        ],
    )
    found = _draft(sheet)
    assert isinstance(found, LedgerDraft)
    assert told == [3, 4, 5, 6, 7]
    assert [each.number for each in found.documents] == ["A", "B", "C"]


def test_an_ordinary_row_is_joined_with_a_row_that_had_to_be_read_by_itself() -> None:
    day = date(2026, 1, 5)
    sheet = _sheet(_NEEDED, [("甲", "A", day, 5.0), ("甲", "A", day, -2.0)])
    found = _draft(sheet)
    assert isinstance(found, LedgerDraft)
    assert [each.amount.plain for each in found.documents] == ["3.00"]


@pytest.mark.parametrize(
    "amount", [0.01, 0.07, 1.15, 4.35, 1234567.89, 9999999999999.99, 0.3, 1.1 * 3]
)
def test_a_number_cell_becomes_whole_units_as_its_decimals_say(amount: float) -> None:
    found = _draft(_sheet(_NEEDED, [("甲", "A", date(2026, 1, 5), amount)]))
    assert isinstance(found, LedgerDraft)
    assert f"{found.documents[0].amount.amount.normalize():f}" == f"{amount:.15g}"
