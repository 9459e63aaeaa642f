"""The one way to set money against debts gives what the three before it gave, whatever the ledger."""

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import Rate, Rates
from creditdesk.domain.ledger import aging, allocation
from creditdesk.domain.ledger.debts import Debt
from creditdesk.domain.ledger.documents import BuyerRef
from creditdesk.domain.ledger.rows import DocumentRow, PaymentRow
from creditdesk.domain.policy.choices import AllocationRule
from creditdesk.services.ledger.opening import open_fine


def _former(name: str) -> ModuleType:
    spec = spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


former_ledger: Any = _former("former_ledger")
former_allocation: Any = _former("former_allocation")

START = date(2025, 5, 15)
CURRENCIES = ("CNY", "USD", "JPY")
days = st.integers(0, 60).map(lambda n: START + timedelta(days=n))
fine = st.integers(0, 2_000_000) | st.integers(0, 300).map(lambda n: n * 10_000)
currencies = st.sampled_from(CURRENCIES)


@st.composite
def rows(draw: st.DrawFn) -> tuple[list[DocumentRow], list[PaymentRow]]:
    """Documents and payments of two buyers, dates and due dates often the same."""
    buyer = BuyerRef(name="甲")
    kinds = st.sampled_from(("invoice", "invoice", "credit_note"))
    number = st.sampled_from("ABCDEF")
    text = days.map(date.isoformat)
    documents = st.builds(
        lambda number, kind, issued, due, currency, fine, against: DocumentRow(
            2, buyer, number, kind, issued, due, None, "", currency, fine, 0, None, None, "", "",
            against, "", "",
        ),
        number, kinds, text, st.none() | text, currencies, fine, number | st.just(""),
    )  # fmt: skip
    payments = st.builds(
        lambda against, on, currency, fine: PaymentRow(
            2, buyer, "p", against, on, 1, currency, fine, ""
        ),
        number | st.sampled_from(("X", "", "", "")), text, currencies, fine,
    )  # fmt: skip
    return draw(st.lists(documents, max_size=10)), draw(st.lists(payments, max_size=8))


def _documents(module: ModuleType, documents: list[DocumentRow]) -> Iterator[Any]:
    for place, row in enumerate(documents):
        seen, buyer = row.seen(), place % 2
        yield module.LedgerDocument(
            id=(buyer, row.number, row.kind),
            buyer=buyer,
            kind=seen.kind,
            issued=seen.issued,
            due=seen.due,
            amount=seen.amount,
            against=(buyer, row.against, "invoice") if row.against else None,
            number=row.number,
        )


def _receipts(module: ModuleType, payments: list[PaymentRow]) -> Iterator[Any]:
    for place, row in enumerate(payments):
        seen, buyer = row.seen(), place % 2
        yield module.Receipt(
            id=place,
            buyer=buyer,
            on=seen.paid_on,
            amount=seen.amount,
            to=(buyer, row.against, "invoice") if row.against else None,
        )


def _unique(documents: list[DocumentRow]) -> list[DocumentRow]:
    kept = {
        (place % 2, row.number, row.kind): row for place, row in enumerate(documents)
    }
    even = [row for (buyer, _, _), row in kept.items() if buyer == 0]
    odd = [row for (buyer, _, _), row in kept.items() if buyer == 1]
    return [row for pair in zip(even, odd, strict=False) for row in pair]


def _told(aged: Any) -> Any:  # noqa: ANN401 - an aging of either module
    """Everything an aging says, with the order of the buyers."""
    figures = {
        buyer: {
            code: (part.open_count, part.outstanding, part.columns, part.unapplied)
            for code, part in mine.items()
        }
        for buyer, mine in aged.by_buyer.items()
    }
    totals = {
        code: (part.columns, part.unapplied) for code, part in aged.by_currency.items()
    }
    rows = [
        (
            each.id,
            each.buyer,
            each.issued,
            each.due,
            each.open,
            each.days_overdue,
            each.bucket,
        )
        for each in aged.rows
    ]
    return list(figures), figures, totals, aged.names, rows


@given(rows(), days, st.sampled_from([0, 5]))
@settings(deadline=None, max_examples=500)
def test_an_aging_is_what_it_was(
    ledger: tuple[list[DocumentRow], list[PaymentRow]], as_of: date, grace: int
) -> None:
    documents, payments = _unique(ledger[0]), ledger[1]
    now = aging.age(
        _documents(aging, documents),
        _receipts(aging, payments),
        as_of,
        grace_days=grace,
    )
    before = former_ledger.age(
        _documents(former_ledger, documents),
        _receipts(former_ledger, payments),
        as_of,
        grace_days=grace,
    )
    assert _told(now) == _told(before)
    assert aging.open_amounts(
        _documents(aging, documents), _receipts(aging, payments)
    ) == former_ledger.open_amounts(
        _documents(former_ledger, documents), _receipts(former_ledger, payments)
    )


@given(rows(), st.sets(st.sampled_from([0, 1])))
@settings(deadline=None, max_examples=500)
def test_what_an_import_leaves_open_is_what_it_was(
    ledger: tuple[list[DocumentRow], list[PaymentRow]], buyers: set[int]
) -> None:
    documents = {
        (place % 2, row.number, row.kind): row for place, row in enumerate(ledger[0])
    }
    payments = {(place % 2, f"p{place}"): row for place, row in enumerate(ledger[1])}
    before = former_ledger.open_fine(documents, payments, buyers, iter)
    assert open_fine(documents, payments, buyers, iter) == before


@st.composite
def debts(draw: st.DrawFn) -> tuple[list[Debt[str]], list[allocation.Credit]]:
    """One buyer's debts and credits, whole cents or finer, currencies crossing."""
    ids = st.sampled_from(["I0", "I1", "I2", "I10", "X", None, None])
    owed = [
        Debt(id=f"I{n}", issued=draw(days), due=draw(days), amount=Money.of_fine(draw(fine), draw(currencies)))
        for n in range(draw(st.integers(0, 11)))
    ]  # fmt: skip
    credits_ = [
        allocation.Credit(
            f"P{n}", draw(days), Money.of_fine(draw(fine), draw(currencies)), draw(ids), draw(st.booleans())
        )
        for n in range(draw(st.integers(0, 7)))
    ]  # fmt: skip
    return owed, credits_


@given(debts(), st.sampled_from(AllocationRule), st.lists(days, max_size=3))
@settings(deadline=None, max_examples=1000)
def test_a_policys_allocation_is_what_it_was(
    ledger: tuple[list[Debt[str]], list[allocation.Credit]],
    rule: AllocationRule,
    asked: list[date],
) -> None:
    owed, credits_ = ledger
    rates = Rates(
        "CNY",
        [Rate("USD", START, Decimal("7.1331")), Rate("JPY", START, Decimal("0.047"))],
    )
    was = [
        former_allocation.Debt(each.id, each.issued, each.due, each.amount)
        for each in owed
    ]
    paid = [
        former_allocation.Credit(each.id, each.on, each.amount, each.to, each.is_note)
        for each in credits_
    ]
    now = allocation.allocate(owed, credits_, rule, rates)
    before = former_allocation.allocate(was, paid, rule, rates)
    assert now.open == before.open
    assert list(now.open) == list(before.open)
    assert [(part.credit, part.debt, part.amount) for part in now.shares] == [
        (part.credit, part.debt, part.amount) for part in before.shares
    ]
    assert allocation.open_on_days(
        owed, credits_, rule, rates, asked
    ) == former_allocation.open_on_days(was, paid, rule, rates, asked)
