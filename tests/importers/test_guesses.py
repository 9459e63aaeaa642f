"""Headings nobody listed: likeness, content, and what is asked."""

from collections.abc import Sequence

import pytest

from creditdesk.catalog.headings import Field, headings
from creditdesk.domain.ledger.documents import BuyerRef
from creditdesk.i18n import words
from creditdesk.importers.aged import customers
from creditdesk.importers.columns.chosen import LedgerNotRecognised
from creditdesk.importers.columns.questions import questions
from creditdesk.importers.columns.recognise import draft, guess
from creditdesk.importers.files.cells import Cell, Sheet
from creditdesk.importers.rows import ledger
from creditdesk.jobs import Progress


def sheet(*rows: Sequence[Cell], name: str = "f.csv") -> Sheet:
    return Sheet(file_name=name, digest="0", rows=tuple(map(tuple, rows)))


ROWS = [
    ("Northwind", "A-1", "2026-01-05", 12.5),
    ("Contoso", "A-2", "2026-01-06", 13.5),
    ("Northwind", "A-3", "2026-01-07", 14.25),
    ("Contoso", "A-4", "2026-01-08", 99.0),
]


def test_a_misspelt_heading_is_taken_with_less_than_certainty() -> None:
    found = guess(
        sheet(("Custmer Name", "Invoice Numbr", "Invoice Date", "Amount"), *ROWS),
        headings(),
    )
    sure = {each.field: round(each.confidence, 2) for each in found.found}
    assert sure[Field.DOC_DATE] == 1.0
    assert 0.7 < sure[Field.BUYER_NAME] < 0.85
    assert found.headers["buyer_name"] == "Custmer Name"
    number = next(each for each in found.found if each.header == "Invoice Numbr")
    assert "is like invoicenumber" in words("en").say(number.reason)


def test_a_longer_heading_that_ends_in_a_known_one_is_taken() -> None:
    found = guess(
        sheet(("本单客户名称", "制单单据编号", "业务单据日期", "本单应收金额"), *ROWS),
        headings(),
    )
    assert set(found.columns) >= {Field.BUYER_NAME, Field.DOC_NO, Field.DOC_DATE}


def test_nothing_else_is_guessed_where_the_field_is_known() -> None:
    """`Unapplied Amount` looks like several amounts, and the amount is there already."""
    found = guess(
        sheet(
            ("Customer", "Invoice No", "Date", "Amount", "Unapplied Amount"),
            *((*row, 1.0) for row in ROWS),
        ),
        headings(),
    )
    assert {each.header for each in found.found} == {
        "Customer",
        "Invoice No",
        "Date",
        "Amount",
    }


UNKNOWN = sheet(("Kd", "Obj", "Wann", "Wieviel"), *ROWS)


def test_unknown_headings_are_refused_by_name_where_nobody_can_be_asked() -> None:
    with pytest.raises(LedgerNotRecognised):
        guess(UNKNOWN, headings())


def test_unknown_columns_are_proposed_by_what_they_hold_and_asked() -> None:
    found = draft(UNKNOWN, headings())
    assert {field.value: column for field, column in found.columns.items()} == {
        "buyer_name": 0,
        "doc_no": 1,
        "doc_date": 2,
        "amount": 3,
    }
    asked = questions(UNKNOWN, found, headings())
    assert {each.field for each in asked} == set(found.columns)
    assert all(each.proposed for each in asked)
    reasons = {each.field: words("en").say(each.why) for each in asked if each.field}
    assert reasons[Field.DOC_NO] == "it holds 4 numbers that never repeat"
    chosen = found
    for field, column in found.columns.items():
        chosen = chosen.corrected(field, column)
    assert questions(UNKNOWN, chosen, headings()) == ()


def test_two_columns_of_one_name_with_different_values_are_asked() -> None:
    rows = [(*row, row[3] + 1) for row in ROWS]
    twice = sheet(("Customer", "Invoice No", "Date", "Amount", "Amount"), *rows)
    (asked,) = questions(twice, guess(twice, headings()), headings())
    assert (asked.field, asked.columns) == (Field.AMOUNT, (3, 4))
    same = sheet(
        ("Customer", "Invoice No", "Date", "Amount", "Amount"),
        *((*row, row[3]) for row in ROWS),
    )
    assert questions(same, guess(same, headings()), headings()) == ()


def test_dates_that_read_both_ways_are_asked() -> None:
    rows = [("A", "1", "01/02/2026", 5.0), ("B", "2", "03/04/2026", 6.0)]
    both = sheet(("Customer", "Invoice No", "Date", "Amount"), *rows)
    (asked,) = questions(both, guess(both, headings()), headings())
    assert asked.field is None
    assert "01/02/2026" in words("en").say(asked.why)


def test_names_come_from_a_list_of_customers() -> None:
    people = customers.read(
        sheet(("id", "display_name", "VAT Number", "email"), ("7", "Acme GmbH", "DE1", "a@b"), name="people.csv")
    )  # fmt: skip
    assert people is not None
    assert people.by_code == {"7": BuyerRef(code="7", name="Acme GmbH", uscc="DE1")}
    rows = [("7", "1", "2026-01-02", 5.0), ("8", "2", "2026-01-03", 6.0)]
    codes = sheet(
        ("customer_id", "doc_number", "transaction_date", "total_amount"), *rows
    )
    found = ledger.read(codes, guess(codes, headings()), "USD", Progress())
    named = customers.named(found, [people])
    assert [(each.buyer.code, each.buyer.name) for each in named.documents] == [
        ("7", "Acme GmbH"),
        ("8", "8"),
    ]
    assert words("en").say(named.notes[0].reason) == (
        "The names of 1 buyers were taken from people.csv."
    )


def test_payment_terms_come_from_a_list_of_customers() -> None:
    people = customers.read(
        sheet(("客户编码", "客户名称", "付款条件"), ("7", "新名", "60天"), ("8", "乙", ""), name="客户.xlsx")
    )  # fmt: skip
    assert people is not None
    rows = sheet(
        ("客户编码", "客户名称", "单据编号", "单据日期", "应收金额"),
        ("7", "旧名", "1", "2026-01-02", 5.0),
        ("8", "乙", "2", "2026-01-02", 5.0),
    )
    found = ledger.read(rows, guess(rows, headings()), "CNY", Progress())
    named = customers.named(found, [people])
    told = [(each.buyer.name, each.buyer.term) for each in named.documents]
    assert told == [("旧名", "60天"), ("乙", "")]
    assert (
        words("zh").say(named.notes[0].reason) == "1 个买方的付款条件取自 客户.xlsx。"
    )


def test_a_name_the_ledger_gives_is_kept() -> None:
    people = customers.read(sheet(("客户编码", "客户名称"), ("7", "新名")))
    assert people is not None
    rows = sheet(
        ("客户编码", "客户名称", "单据编号", "单据日期", "应收金额"),
        ("7", "旧名", "1", "2026-01-02", 5.0),
    )
    found = ledger.read(rows, guess(rows, headings()), "CNY", Progress())
    assert customers.named(found, [people]) is found
