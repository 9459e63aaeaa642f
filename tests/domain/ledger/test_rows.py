"""Documents and payments of a draft go through their rows, and to another process, without loss."""

import pickle
from dataclasses import replace
from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    DraftPayment,
)
from creditdesk.domain.ledger.rows import DocumentRow, PaymentRow, Rows
from creditdesk.domain.ledger.terms import PartKind

BUYER = BuyerRef(code="B1", name="Acme")
ON = date(2025, 3, 1)


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


BARE = DraftDocument(
    row=1,
    buyer=BUYER,
    number="A1",
    kind=DocumentKind.INVOICE,
    issued=ON,
    amount=cny("113"),
)
FULL = replace(
    BARE,
    due=date(2025, 4, 1),
    shipped=date(2025, 2, 28),
    term="30 days",
    disputed=cny("13"),
    net=cny("100"),
    vat=cny("13"),
    vat_rate=Decimal("13.5"),
    invoice_no="25332",
    against="A0",
    contract="HT1",
    memo="x",
    part=2,
    part_kind=next(iter(PartKind)),
    accepted=date(2025, 3, 2),
)
PAID = DraftPayment(row=2, buyer=BUYER, key="k", paid_on=ON, amount=cny("5"))


def test_a_document_comes_back_from_its_row_as_it_was() -> None:
    assert DocumentRow.of(BARE).seen() == BARE
    assert DocumentRow.of(FULL).seen() == FULL


def test_a_payment_comes_back_from_its_row_as_it_was() -> None:
    full = replace(PAID, to="A1", dated=False, memo="x", issued=ON, part=3)
    assert PaymentRow.of(PAID).seen() == PAID
    assert PaymentRow.of(full).seen() == full
    assert (PAID.part, PaymentRow.of(full).seen().part) == (0, 3)


def test_the_number_on_the_paper_is_the_one_that_several_share() -> None:
    row = DocumentRow.of(BARE)
    assert row.paper_number == "A1"
    assert row._replace(doc_no="A").paper_number == "A"


def test_rows_arrive_in_another_process_as_they_were_sent() -> None:
    sent = Rows(tuple(DocumentRow.of(replace(BARE, row=at)) for at in range(10_001)))
    arrived = pickle.loads(pickle.dumps(sent))  # noqa: S301 - our own
    assert [each.row for each in arrived] == list(range(10_001))
    assert pickle.loads(pickle.dumps(Rows[DraftDocument](()))) == ()  # noqa: S301 - our own
    (alone,) = pickle.loads(pickle.dumps(Rows((DocumentRow.of(BARE),))))  # noqa: S301 - our own
    assert alone == BARE
