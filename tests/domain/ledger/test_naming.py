"""Which of the documents that share a number a reference means (rules.md 11.6)."""

from datetime import date

import pytest

from creditdesk.domain.ledger.naming import (
    Names,
    NumberedDocument,
    paid_names,
    references,
)
from creditdesk.i18n import Message


def document(  # noqa: PLR0913 - what a document has
             key: int, issued: str, due: str | None, *, number: str = "", doc_no: str = "7", part: int = 0,
             buyer: int = 1) -> NumberedDocument[int, date]:  # fmt: skip
    due_on = date.fromisoformat(due) if due else None
    return NumberedDocument(
        key, buyer, number or f"7#{key}", doc_no, date.fromisoformat(issued), due_on, part
    )  # fmt: skip


DOCUMENTS = (
    document(1, "2024-01-10", "2024-02-10"),
    document(2, "2025-01-10", "2025-03-10", part=2),
    document(3, "2025-01-10", "2025-02-10", part=1),
    document(4, "2025-01-10", None),
    document(5, "2026-01-10", "2026-02-10"),
    document(6, "2027-01-10", "2027-02-10"),
    document(7, "2025-01-10", "2025-02-10", buyer=2),
    document(8, "2025-01-10", "2025-02-10", number="8", doc_no=""),
)


@pytest.mark.parametrize(
    ("on", "meant"),
    [
        pytest.param("2025-06-30", (3, 2, 4, 1, 5, 6), id="the newest up to the day, its parts by due date"),
        pytest.param("2025-01-10", (3, 2, 4, 1, 5, 6), id="issued on the day"),
        pytest.param("2025-01-09", (1, 3, 2, 4, 5, 6), id="issued the day after: then the next"),
        pytest.param("2023-12-31", (1, 3, 2, 4, 5, 6), id="all are later: the first one first"),
        pytest.param("2028-01-01", (6, 5, 3, 2, 4, 1), id="all are earlier: the last one first"),
    ],
)  # fmt: skip
def test_a_shared_number_means_the_newest_document_up_to_the_day(
    on: str, meant: tuple[int, ...]
) -> None:
    names = Names(DOCUMENTS)
    assert names.several(1, "7", date.fromisoformat(on)) == meant
    assert names.several(2, "7", date.fromisoformat(on)) == (7,)
    assert names.several(1, "8", date.fromisoformat(on)) == ()
    assert names.several(3, "7", date.fromisoformat(on)) == ()


def test_several_numbers_are_named_in_their_order() -> None:
    assert references("") == ()
    assert references("A") == ("A",)


@pytest.mark.parametrize(
    ("payment_key", "in_words"),
    [
        pytest.param("row:4", True, id="its own row tells of it"),
        pytest.param("receipt:4", False, id="a bank's text names the paper"),
    ],
)
def test_a_part_is_told_in_words_where_the_payment_means_it(
    payment_key: str,
    in_words: bool,  # noqa: FBT001 - a case of the table
) -> None:
    part = Message.of("7, second part")
    named = paid_names({"7#2": part}.get, payment_key, "7#2")
    assert named == (part if in_words else "7#2")
