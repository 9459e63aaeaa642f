"""The quick ways of the ledger give what the rules give, and a cancelled import leaves nothing behind."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.aging import LedgerDocument, Receipt, open_amounts
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    DraftPayment,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.domain.ledger.rows import DocumentRow, PaymentRow, Rows
from creditdesk.errors import Cancelled
from creditdesk.jobs import Progress, Step
from creditdesk.services.ledger.opening import open_fine
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
DAY = date(2026, 1, 5)
KINDS = tuple(kind.value for kind in DocumentKind)


class CancelAt(Progress):
    """Somebody who cancels at a step; counts them."""

    def __init__(self, at: int = 0) -> None:
        self.said: list[Step] = []
        self._at = at
        super().__init__(self._heard)

    def _heard(self, step: Step) -> None:
        self.said.append(step)
        if len(self.said) == self._at:
            self.cancel()


def draft(count: int) -> LedgerDraft:
    """Invoices of some buyers, each second one paid in part."""
    documents = [
        DraftDocument(
            row=number + 2,
            buyer=BuyerRef(code=f"K{number % 7}", name=f"客户{number % 7}"),
            number=f"XS{number}",
            kind=DocumentKind.INVOICE,
            issued=DAY,
            due=DAY + timedelta(days=number % 90) if number % 3 else None,
            amount=Money(Decimal(number + 1), "CNY"),
        )
        for number in range(count)
    ]
    payments = [
        DraftPayment(
            row=each.row,
            buyer=each.buyer,
            key=f"paid:{each.number}",
            paid_on=DAY,
            amount=Money(Decimal(1), "CNY"),
            to=each.number,
            dated=False,
        )
        for each in documents[::2]
    ]
    return LedgerDraft(
        source=LedgerSource(file_name="a.xlsx", digest="0" * 64),
        documents=tuple(documents),
        payments=tuple(payments),
        columns={"paid": "已收"},
        rows_read=count,
    )


def test_a_cancelled_import_leaves_nothing_behind_wherever_it_is_cancelled(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    heard = CancelAt()
    told = draft(10_100)
    before = desk.upkeep.info().rows
    with pytest.raises(Cancelled):
        desk.ledger.take_in(client, told, progress=CancelAt(1))
    desk.ledger.compare(client, told, heard)
    for at in range(len(heard.said) + 1, len(heard.said) + 10):
        cancelled = CancelAt(at)
        with pytest.raises(Cancelled):
            desk.ledger.take_in(client, told, progress=cancelled)
        assert cancelled.said[-1].what.text.startswith("Writing")
    assert desk.upkeep.info().rows == before
    whole = CancelAt()
    assert desk.ledger.take_in(client, told, progress=whole).invoices_added == 10_100
    written = [
        step.done
        for step in whole.said
        if step.what.text == "Writing the invoices" and step.total
    ]
    # The last are the indexes, made once all are there.
    assert written[:4] == [0, 5_000, 10_000, 10_100]
    assert set(written[4:]) == {10_100}
    assert desk.upkeep.check().ok


def test_what_is_taken_in_as_rows_is_what_is_taken_in_as_values(
    office: Office, desk: Desk
) -> None:
    values = draft(300)
    rows = LedgerDraft(
        source=values.source,
        documents=Rows(tuple(map(DocumentRow.of, values.documents))),
        payments=Rows(tuple(map(PaymentRow.of, values.payments))),
        columns=values.columns,
        rows_read=300,
    )
    assert rows == values
    client = office.client()
    first = desk.ledger.take_in(client, values)
    again = desk.ledger.take_in(client, rows)
    assert again.batch is None
    assert again.totals == first.totals
    assert (again.invoices_unchanged, again.payments_unchanged) == (300, 150)


def test_a_large_change_is_written_and_taken_back_to_what_it_was(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    desk.ledger.take_in(client, draft(60))
    before = desk.ledger.aging(DAY).aging
    lower = [_halved(each) for each in map(DocumentRow.of, draft(60).documents)]
    changed = LedgerDraft(
        source=LedgerSource(file_name="b.xlsx", digest="1" * 64),
        documents=Rows(lower),
        columns={"amount": "金额"},
        rows_read=60,
    )
    told = desk.ledger.take_in(client, changed)
    assert told.invoices_updated == 60
    assert told.batch is not None
    assert desk.upkeep.check().ok
    desk.ledger.undo(told.batch)
    assert desk.ledger.aging(DAY).aging == before
    assert desk.upkeep.check().ok


def _halved(row: DocumentRow) -> DocumentRow:
    return row._replace(amount_fine=row.amount_fine // 2, due=None, term="面议")


@st.composite
def accounts(draw: st.DrawFn) -> tuple[list[DocumentRow], list[PaymentRow]]:
    """Documents and payments of two buyers in two currencies, as they come."""
    buyer = BuyerRef(name="甲")
    currency = st.sampled_from(("CNY", "USD"))
    fine = st.integers(0, 50)
    number = st.sampled_from("ABCDE")
    days = st.integers(0, 9).map(lambda day: (DAY + timedelta(days=day)).isoformat())
    document = st.builds(
        lambda number, kind, issued, due, currency, fine, against: DocumentRow(
            2, buyer, number, kind, issued, due, None, "", currency, fine, 0, None, None, "", "", against, "", "",
            None, "", "", 0,
        ),
        number, st.sampled_from((KINDS[0], *KINDS)), days, st.none() | days, currency, fine, st.sampled_from(("", "A")),
    )  # fmt: skip
    payment = st.builds(
        lambda against, day, currency, fine: PaymentRow(
            2, buyer, "", 0, "p", against, day, 1, currency, fine, ""
        ),
        st.sampled_from("ABCDEX") | st.just(""), days, currency, fine,
    )  # fmt: skip
    return draw(st.lists(document, max_size=8)), draw(st.lists(payment, max_size=6))


@given(accounts())
@settings(deadline=None)
def test_what_is_open_by_subtraction_is_what_the_rule_says(
    account: tuple[list[DocumentRow], list[PaymentRow]],
) -> None:
    documents = {
        (place % 2, row.number, row.kind): row for place, row in enumerate(account[0])
    }
    payments = {(place % 2, f"p{place}"): row for place, row in enumerate(account[1])}
    quick = open_fine(documents, payments, {0, 1}, iter)
    rule = open_amounts(_values(documents), _receipts(payments))
    assert quick == {key: amount.fine for key, amount in rule.items()}


def _values(rows: Any) -> Iterator[LedgerDocument[Any, int]]:  # noqa: ANN401 - rows by their keys
    for key, row in rows.items():
        value = row.seen()
        yield LedgerDocument(
            id=key,
            buyer=key[0],
            kind=value.kind,
            issued=value.issued,
            due=value.due,
            amount=value.amount,
            against=(key[0], row.against, KINDS[0]) if row.against else None,
            number=key[1],
        )


def _receipts(rows: Any) -> Iterator[Receipt[Any, int]]:  # noqa: ANN401 - rows by their keys
    for key, row in rows.items():
        value = row.seen()
        yield Receipt(
            id=key,
            buyer=key[0],
            on=value.paid_on,
            amount=value.amount,
            to=(key[0], row.against, KINDS[0]) if row.against else None,
        )
