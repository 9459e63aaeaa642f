"""`calc aging` with parts, adjustments and openings (rules.md 14.2, 14.5)."""

from typing import Any

import pytest

from creditdesk.cli.calc.command import answer
from creditdesk.errors import UserError

Json = dict[str, Any]  # JSON as a script writes it

INVOICE: Json = {
    "id": "I", "buyer": "A", "date": "2025-04-30", "amount": "1000",
    "parts": [
        {"amount": "100", "due": "2026-05-31", "kind": "RETENTION"},
        {"amount": "500", "due": "2025-05-31"},
        {"amount": "400", "due": "2025-06-15", "kind": "INSTALMENT"},
    ],
}  # fmt: skip
OPENING: Json = {
    "id": "O", "buyer": "A", "kind": "opening", "date": "2025-05-10", "amount": "200",
}  # fmt: skip
DISCOUNT: Json = {
    "id": "D", "buyer": "A", "kind": "adjustment", "date": "2025-05-20", "amount": "30", "of": "I",
}  # fmt: skip


def aged(documents: list[Json], *payments: Json) -> Json:
    case = {"as_of": "2025-06-30", "documents": documents, "payments": list(payments)}
    found = answer("aging", case, "en")
    assert isinstance(found, dict)
    return found


def opened(found: Json) -> list[tuple[str, Any, str, int]]:
    return [
        (row["id"], row["part"], row["open"], row["days_overdue"])
        for row in found["invoices"]
    ]


def test_a_document_is_aged_part_by_part() -> None:
    found = aged([INVOICE])
    assert opened(found) == [
        ("I", 1, "500.00", 30),
        ("I", 2, "400.00", 15),
        ("I", 3, "100.00", -335),
    ]
    figures = found["by_currency"]["CNY"]
    assert (figures["1-30"], figures["not_due"]) == ("900.00", "100.00")
    assert figures["outstanding"] == "1000.00"
    kinds = [(row["kind"], row["part_kind"]) for row in found["invoices"]]
    assert kinds == [("part", "INSTALMENT"), ("part", "INSTALMENT"), ("part", "RETENTION")]  # fmt: skip


def test_money_that_names_it_fills_its_parts_in_the_order_of_due_dates() -> None:
    found = aged([INVOICE], {"date": "2025-06-20", "amount": "600", "to": "I"})
    assert opened(found) == [("I", 2, "300.00", 15), ("I", 3, "100.00", -335)]


def test_what_exceeds_all_parts_stays_unapplied() -> None:
    later = {"id": "J", "buyer": "A", "date": "2025-06-01", "amount": "50"}
    found = aged([INVOICE, later], {"date": "2025-06-20", "amount": "1010", "to": "I"})
    assert opened(found) == [("J", None, "50.00", 29)]
    assert found["by_currency"]["CNY"]["unapplied"] == "10.00"


def test_money_without_a_name_finds_the_oldest_part_of_all() -> None:
    between = {"id": "J", "buyer": "A", "date": "2025-05-01", "due": "2025-06-10", "amount": "70"}  # fmt: skip
    found = aged([INVOICE, between], {"date": "2025-06-20", "amount": "560"})
    assert opened(found) == [
        ("J", None, "10.00", 20),
        ("I", 2, "400.00", 15),
        ("I", 3, "100.00", -335),
    ]


def test_an_adjustment_lessens_its_debt_and_pays_no_other() -> None:
    found = aged([INVOICE, OPENING, DISCOUNT])
    assert opened(found)[:2] == [("O", None, "200.00", 51), ("I", 1, "470.00", 30)]
    assert found["by_currency"]["CNY"]["outstanding"] == "1170.00"
    assert found["by_currency"]["CNY"]["unapplied"] == "0.00"


def test_an_opening_is_paid_before_what_is_older() -> None:
    late = {**OPENING, "date": "2025-06-05"}
    found = aged([INVOICE, late], {"date": "2025-06-20", "amount": "250"})
    assert opened(found)[0] == ("I", 1, "450.00", 30)
    opening = aged([INVOICE, OPENING])["invoices"][0]
    assert (opening["kind"], opening["due_missing"]) == ("opening", True)


def test_an_opening_may_be_named() -> None:
    found = aged([OPENING], {"date": "2025-06-20", "amount": "50", "to": "O"})
    assert opened(found) == [("O", None, "150.00", 51)]


def test_parts_whose_day_is_open_are_told_as_such() -> None:
    parts = [{"amount": "300", "due": None}, {"amount": "700", "due": "2025-06-01"}]
    found = aged([{**INVOICE, "parts": parts}])
    assert found["by_currency"]["CNY"]["open_due"] == "300.00"


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({**INVOICE, "amount": "999"}, "parts_differ"),
        ({**OPENING, "due": "2025-06-01"}, "case_value_wrong"),
        ({**OPENING, "parts": INVOICE["parts"]}, "case_value_wrong"),
        ({**DISCOUNT, "of": None}, "case_value_missing"),
        ({**DISCOUNT, "of": "X"}, "case_reference_unknown"),
        ({**DISCOUNT, "against": "I"}, "case_value_wrong"),
        ({**INVOICE, "of": "O"}, "case_value_wrong"),
    ],
)
def test_a_document_that_makes_no_sense_is_refused(document: Json, code: str) -> None:
    with pytest.raises(UserError) as refused:
        aged([document])
    assert refused.value.code == code
