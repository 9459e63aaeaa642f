from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.aging import (
    Aging,
    LedgerDocument,
    Receipt,
    age,
    open_amounts,
)
from creditdesk.domain.ledger.brackets import column_names
from creditdesk.domain.ledger.documents import DocumentKind

AS_OF = date(2025, 6, 30)
Document = LedgerDocument[str, str]
Payment = Receipt[str, str]


def cny(amount: str | int) -> Money:
    return Money(Decimal(amount), "CNY")


def invoice(
    name: str, due: date | None, amount: str = "100", buyer: str = "A"
) -> Document:
    return LedgerDocument(
        id=name,
        buyer=buyer,
        kind=DocumentKind.INVOICE,
        issued=date(2025, 1, 1),
        due=due,
        amount=cny(amount),
    )


def note(name: str, amount: str, against: str | None = None) -> Document:
    return LedgerDocument(
        id=name,
        buyer="A",
        kind=DocumentKind.CREDIT_NOTE,
        issued=date(2025, 2, 1),
        amount=cny(amount),
        against=against,
    )


def payment(
    amount: str, to: str | None = None, buyer: str = "A", on: date = AS_OF
) -> Payment:
    return Receipt(id="P", buyer=buyer, on=on, amount=cny(amount), to=to)


def opens(aging: Aging[str, str]) -> dict[str, Decimal]:
    return {row.id: row.open.amount for row in aging.rows}


@pytest.mark.parametrize(
    ("days", "grace", "bucket"),
    [
        pytest.param(-1, 0, "not_due", id="due tomorrow"),
        pytest.param(0, 0, "not_due", id="due today is not overdue"),
        pytest.param(1, 0, "1-30", id="first day"),
        pytest.param(30, 0, "1-30", id="last day of the first column"),
        pytest.param(31, 0, "31-60", id="first day of the second"),
        pytest.param(90, 0, "61-90", id="last named day"),
        pytest.param(91, 0, ">90", id="beyond"),
        pytest.param(5, 5, "not_due", id="inside the grace"),
        pytest.param(36, 5, "31-60", id="grace shifts the column, not the days"),
    ],
)
def test_an_invoice_stands_in_the_column_of_its_days(
    days: int, grace: int, bucket: str
) -> None:
    due = AS_OF - timedelta(days=days)
    (row,) = age([invoice("I", due)], [], AS_OF, grace_days=grace).rows
    assert (row.bucket, row.days_overdue) == (bucket, days)


def test_columns_are_named_after_their_brackets() -> None:
    assert column_names((30, 60, 90, 180)) == (
        "not_due",
        "1-30",
        "31-60",
        "61-90",
        "91-180",
        ">180",
    )


def test_a_document_without_due_date_is_aged_by_its_own_and_says_so() -> None:
    (row,) = age([invoice("I", None)], [], AS_OF).rows
    assert row.due_missing
    assert row.days_overdue == (AS_OF - date(2025, 1, 1)).days


def test_a_payment_on_the_day_counts_and_one_after_it_does_not() -> None:
    documents = [invoice("I", AS_OF)]
    later = payment("10", on=AS_OF + timedelta(days=1))
    assert opens(age(documents, [payment("30"), later], AS_OF)) == {"I": 70}
    assert open_amounts(documents, [payment("30"), later])["I"] == cny(60)


def test_what_exceeds_a_named_invoice_never_touches_another() -> None:
    documents = [invoice("I", AS_OF), invoice("J", AS_OF)]
    aging = age(documents, [payment("150", to="I")], AS_OF)
    assert opens(aging) == {"J": 100}
    assert aging.by_currency["CNY"].unapplied == cny(50)
    assert aging.by_currency["CNY"].balance == cny(50)


def test_a_payment_that_names_none_goes_to_the_oldest_due_of_its_buyer() -> None:
    older, newer = invoice("J", date(2025, 3, 1)), invoice("I", date(2025, 4, 1))
    other = invoice("X", date(2025, 1, 5), buyer="B")
    aging = age([newer, other, older], [payment("130")], AS_OF)
    assert opens(aging) == {"X": 100, "I": 70}


def test_a_surplus_is_unapplied() -> None:
    aging = age([invoice("I", AS_OF)], [payment("130")], AS_OF)
    figures = aging.by_buyer["A"]["CNY"]
    assert (figures.outstanding, figures.unapplied) == (cny(0), cny(30))


def test_a_credit_note_counts_only_for_the_invoice_it_names() -> None:
    documents = [invoice("I", AS_OF), note("C", "120", against="I"), note("D", "5")]
    aging = age(documents, [], AS_OF)
    assert opens(aging) == {}
    assert aging.by_currency["CNY"].unapplied == cny(25)
    assert open_amounts(documents, []) == {"I": cny(0), "C": cny(20), "D": cny(5)}


def test_money_for_an_invoice_of_a_later_day_is_unapplied_until_then() -> None:
    documents = [invoice("I", AS_OF)]
    before = date(2024, 12, 31)
    aging = age(documents, [payment("40", to="I", on=before)], before)
    assert aging.by_currency["CNY"].unapplied == cny(40)
    assert opens(age(documents, [payment("40", to="I", on=before)], AS_OF)) == {"I": 60}


def test_currencies_never_meet() -> None:
    euro: Payment = Receipt(
        id="P", buyer="A", on=AS_OF, amount=Money(Decimal(5), "EUR")
    )
    aging = age([invoice("I", AS_OF)], [euro], AS_OF)
    assert opens(aging) == {"I": 100}
    assert aging.by_currency["EUR"].unapplied.amount == 5


def test_four_times_the_documents_are_four_times_the_work(
    steps: Callable[[Callable[[], object]], int],
) -> None:
    def aged(count: int) -> int:
        documents = [
            invoice(f"I{n}", AS_OF - timedelta(days=n % 200), buyer=f"B{n % 50}")
            for n in range(count)
        ]
        receipts = [payment("7", buyer=f"B{n % 50}") for n in range(count // 5)]
        return steps(lambda: age(documents, receipts, AS_OF))

    assert aged(4_000) < 5 * aged(1_000)


days = st.integers(0, 60).map(lambda n: date(2025, 5, 15) + timedelta(days=n))
amounts = st.integers(0, 300).map(lambda n: Money.of_minor(n, "CNY"))


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[list[Document], list[Payment]]:
    names = [f"I{n}" for n in range(draw(st.integers(0, 6)))]
    documents = [
        LedgerDocument(
            id=name,
            buyer=draw(st.sampled_from("AB")),
            kind=DocumentKind.INVOICE,
            issued=draw(days),
            due=draw(st.none() | days),
            amount=draw(amounts),
        )
        for name in names
    ]
    targets = st.none() | st.sampled_from(names) if names else st.none()
    documents += [
        LedgerDocument(
            id=f"C{n}",
            buyer=draw(st.sampled_from("AB")),
            kind=DocumentKind.CREDIT_NOTE,
            issued=draw(days),
            amount=draw(amounts),
            against=draw(targets),
        )
        for n in range(draw(st.integers(0, 3)))
    ]
    receipts = [
        Receipt(
            id=n,
            buyer=draw(st.sampled_from("AB")),
            on=draw(days),
            amount=draw(amounts),
            to=draw(targets),
        )
        for n in range(draw(st.integers(0, 5)))
    ]
    return documents, receipts


@given(ledgers(), days)
def test_the_balance_is_what_was_invoiced_less_what_came_in(
    ledger: tuple[list[Document], list[Payment]], as_of: date
) -> None:
    documents, receipts = ledger
    known = [item for item in documents if item.issued <= as_of]
    signed = sum(
        item.amount.minor * (1 if item.kind is DocumentKind.INVOICE else -1)
        for item in known
    ) - sum(item.amount.minor for item in receipts if item.on <= as_of)
    figures = age(documents, receipts, as_of).by_currency
    assert sum(part.balance.minor for part in figures.values()) == signed
    for part in figures.values():
        assert Money.total(part.columns, "CNY") == part.outstanding
        assert part.unapplied.minor >= 0


@given(ledgers(), days, st.randoms())
def test_the_order_of_the_input_changes_nothing(
    ledger: tuple[list[Document], list[Payment]], as_of: date, shuffler: object
) -> None:
    documents, receipts = ledger
    expected = age(documents, receipts, as_of)
    shuffle = shuffler.shuffle  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    shuffle(documents)
    shuffle(receipts)
    assert age(documents, receipts, as_of) == expected


@given(ledgers(), days, amounts)
def test_a_later_payment_never_changes_an_earlier_aging(
    ledger: tuple[list[Document], list[Payment]], as_of: date, amount: Money
) -> None:
    documents, receipts = ledger
    later: Payment = Receipt(
        id="L", buyer="A", on=as_of + timedelta(days=1), amount=amount
    )
    assert age(documents, [*receipts, later], as_of) == age(documents, receipts, as_of)


@pytest.mark.parametrize(
    ("due", "overdue"),
    [
        pytest.param(date(2025, 7, 1), False, id="due tomorrow"),
        pytest.param(AS_OF, False, id="due today"),
        pytest.param(date(2025, 6, 29), True, id="due yesterday"),
        pytest.param(None, False, id="nobody knows"),
    ],
)
def test_an_invoice_due_today_is_not_overdue(
    due: date | None, *, overdue: bool
) -> None:
    (row,) = age([invoice("I", due)], [], AS_OF).rows
    assert row.is_overdue is overdue


@pytest.mark.parametrize("kind", [DocumentKind.OPENING, DocumentKind.REFUND])
def test_what_never_has_a_due_date_is_no_open_one(kind: DocumentKind) -> None:
    besides = replace(invoice("O", None, "70"), kind=kind)
    sums = age([besides, invoice("I", None, "50")], [], AS_OF).by_currency["CNY"]
    assert (sums.outstanding, sums.due_open) == (cny(120), cny(50))


def test_invoices_without_a_due_date_and_all_others_are_counted_and_summed() -> None:
    items = [invoice("I", None), invoice("J", None, "50"), invoice("K", AS_OF, "30")]
    aging = age([*items, invoice("L", None, "5", buyer="B")], [payment("10", buyer="B")], AS_OF)  # fmt: skip
    whole, own = aging.by_currency["CNY"], aging.by_buyer["A"]["CNY"]
    assert (own.open_count, own.outstanding, own.due_open) == (3, cny(180), cny(150))
    assert (whole.open_count, whole.outstanding, whole.due_open) == (
        3,
        cny(180),
        cny(150),
    )
    assert whole.unapplied == cny(5)
    assert whole.balance == cny(175)
