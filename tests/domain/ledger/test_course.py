"""What was open through time is what an aging of each day has open."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.aging import LedgerDocument, Receipt, age
from creditdesk.domain.ledger.course import open_course
from creditdesk.domain.ledger.documents import DocumentKind

START = date(2025, 1, 1)


def cny(amount: int) -> Money:
    return Money(Decimal(amount), "CNY")


def day(at: int) -> date:
    return START + timedelta(days=at)


def document(
    number: str, at: int, amount: int, **more: object
) -> LedgerDocument[str, int]:
    given: dict[str, object] = {
        "kind": DocumentKind.INVOICE,
        "due": day(at + 30),
        "buyer": 1,
        **more,
    }
    return LedgerDocument(id=number, issued=day(at), amount=cny(amount), **given)  # type: ignore[arg-type]


def test_payments_before_and_after_an_invoice_by_hand() -> None:
    found = open_course(
        [document("A", 10, 100), document("N", 20, 30, kind=DocumentKind.CREDIT_NOTE, against="A")],
        [
            Receipt(id=1, buyer=1, on=day(5), amount=cny(20), to="A"),
            Receipt(id=2, buyer=1, on=day(40), amount=cny(70), to="A"),
        ],
    )  # fmt: skip
    assert found == {
        "A": ((day(10), cny(80).fine), (day(20), cny(50).fine), (day(40), 0))
    }


def test_money_that_names_nothing_goes_to_the_oldest_of_the_day() -> None:
    """What is due first may come later: until then the money is the other's."""
    documents = [document("A", 0, 100, due=day(60)), document("B", 20, 50, due=day(30))]
    found = open_course(documents, [Receipt(id=1, buyer=1, on=day(10), amount=cny(50))])
    assert found["A"] == (
        (day(0), cny(100).fine),
        (day(10), cny(50).fine),
        (day(20), cny(100).fine),
    )
    assert found["B"] == ((day(20), 0),)


@pytest.mark.parametrize("seed", range(12))
def test_every_day_is_as_its_aging(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - invented figures
    documents, receipts = [], []
    for at in range(12):
        buyer = dice.randrange(3)
        kind = dice.choice(
            (
                DocumentKind.INVOICE,
                DocumentKind.INVOICE,
                DocumentKind.OPENING,
                DocumentKind.CREDIT_NOTE,
            )
        )
        against = (
            f"D{dice.randrange(12)}"
            if kind is DocumentKind.CREDIT_NOTE and dice.random() < 0.7
            else None
        )
        documents.append(
            document(
                f"D{at}",
                dice.randrange(60),
                dice.randrange(1, 200),
                buyer=buyer,
                kind=kind,
                against=against,
            )
        )
    for at in range(14):
        names = [
            f"D{dice.randrange(14)}"
            for _ in range(dice.randrange(3 if seed % 2 else 1, 4) if seed % 3 else 1)
        ]
        receipts.append(
            Receipt(
                id=at, buyer=dice.randrange(3), on=day(dice.randrange(90)), amount=cny(dice.randrange(1, 150)),
                to=names[0] if names else None, also=tuple(names[1:]),
            )
        )  # fmt: skip
    found = open_course(documents, receipts)
    for at in range(100):
        then = {
            key: next((fine for on, fine in reversed(steps) if on <= day(at)), 0)
            for key, steps in found.items()
        }
        rows = {row.id: row.open.fine for row in age(documents, receipts, day(at)).rows}
        assert {key: fine for key, fine in then.items() if fine} == rows
