"""On which day an invoice was paid in full, and that nothing is settled that an aging leaves open."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.aging import LedgerDocument, Receipt, open_amounts
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.ledger.settled import settled_on

Document = LedgerDocument[str, str]


def invoice(
    name: str,
    due: int,
    amount: int,
    kind: DocumentKind = DocumentKind.INVOICE,
    against: str | None = None,
) -> Document:
    return LedgerDocument(
        id=name, buyer="B", kind=kind, issued=date(2025, 1, 1), due=date(2025, 2, due),
        amount=Money.of_minor(amount, "CNY"), against=against,
    )  # fmt: skip


def paid(name: int, on: int, amount: int, to: str | None = None) -> Receipt[str, str]:
    return Receipt(
        id=name, buyer="B", on=date(2025, 3, on), amount=Money.of_minor(amount, "CNY"), to=to
    )  # fmt: skip


def test_the_day_of_the_last_money_counts() -> None:
    documents = [invoice("A", 1, 100), invoice("B", 2, 100), invoice("C", 3, 100)]
    receipts = [paid(1, 9, 40, "B"), paid(2, 4, 60, "B"), paid(3, 20, 150)]
    # B by what names it; what names nothing pays A, and half of C.
    assert settled_on(documents, receipts) == {
        "B": date(2025, 3, 9),
        "A": date(2025, 3, 20),
    }


def test_nobody_knows_the_day_where_a_credit_note_or_a_silent_receipt_took_the_last() -> (
    None
):
    documents = [
        invoice("A", 1, 100),
        invoice("B", 2, 100),
        invoice("N", 2, 100, DocumentKind.CREDIT_NOTE, "A"),
    ]
    receipts = [paid(1, 4, 60, "B"), paid(2, 9, 40, "B")]
    assert settled_on(documents, receipts, silent={2}) == {"A": None, "B": None}
    assert settled_on(documents, receipts, silent={1}) == {
        "A": None,
        "B": date(2025, 3, 9),
    }


@given(
    st.lists(st.tuples(st.integers(1, 28), st.integers(1, 90)), max_size=5),
    st.lists(
        st.tuples(st.integers(1, 28), st.integers(1, 120), st.sampled_from([None, "0", "1", "9"])),
        max_size=6,
    ),
)  # fmt: skip
def test_settled_is_what_an_aging_leaves_nothing_open_of(
    owed: list[tuple[int, int]], money: list[tuple[int, int, str | None]]
) -> None:
    documents = [
        invoice(str(place), due, amount) for place, (due, amount) in enumerate(owed)
    ]
    receipts = [paid(place, *each) for place, each in enumerate(money)]
    left = open_amounts(documents, receipts)
    assert settled_on(documents, receipts).keys() == {
        name for name, amount in left.items() if not amount
    }
