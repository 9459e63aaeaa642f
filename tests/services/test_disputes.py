"""What a buyer contests is held, released or lost by its settlement, and nothing of a file takes that away."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.errors import UserError
from creditdesk.services.claims import ClaimId
from creditdesk.services.ledger import InvoiceQuestion
from creditdesk.services.ledger.disputes import (
    DisputeDayImpossible,
    DisputeId,
    DisputeNatureMissing,
    DisputeSettled,
    DisputeTooLarge,
    NewDispute,
    Settlement,
    UpheldTooLarge,
)
from creditdesk.services.ledger.values import BatchInUse
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 9, 10)
OPENED, ENDED = date(2025, 6, 1), date(2025, 9, 1)


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def invoice(desk: Desk, number: str) -> int:
    for each in desk.ledger.invoices(desk.ledger.invoice_ids(InvoiceQuestion())):
        if each.number == number:
            return each.id
    raise AssertionError(number)


def contest(
    desk: Desk, number: str, amount: str, on: date = OPENED, nature: str = "质量"
) -> DisputeId:
    record = invoice(desk, number)
    new = NewDispute(invoice_id=record, amount=cny(amount), opened_on=on, nature=nature)
    return desk.ledger.contest(new, TODAY)


def settle(desk: Desk, dispute: DisputeId, upheld: str, on: date = ENDED) -> None:
    end = Settlement(on=on, upheld=Decimal(upheld), outcome="仲裁裁决")
    desk.ledger.settle_dispute(dispute, end, TODAY)


def indemnity(desk: Desk, claim: ClaimId) -> str:
    made = desk.claims.estimate(claim, TODAY).indemnity
    assert made is not None
    return made.indemnity.plain


def held(desk: Desk, number: str) -> Money:
    (line,) = desk.ledger.invoices([invoice(desk, number)])
    return line.disputed


@pytest.mark.parametrize(
    ("upheld", "told"),
    [
        # 90 % of 465,000 and of what is released of the 13,000.
        ("13000", "430200.00"),
        ("10000", "427500.00"),
        ("0", "418500.00"),
    ],
)
def test_the_award_releases_what_is_owed_and_the_rest_is_never_insured(
    office: Office, desk: Desk, upheld: str, told: str
) -> None:
    claim, _, _ = office.claim()
    dispute = contest(desk, "INV3", "13000")
    assert (indemnity(desk, claim), held(desk, "INV3")) == ("418500.00", cny("13000"))
    settle(desk, dispute, upheld)
    assert (indemnity(desk, claim), held(desk, "INV3")) == (told, cny("0"))


def test_a_dispute_entered_by_mistake_leaves_what_the_ledger_said(
    office: Office, desk: Desk
) -> None:
    claim, _, _ = office.claim()
    first, second = contest(desk, "INV3", "50000"), contest(desk, "INV3", "3000")
    assert (indemnity(desk, claim), held(desk, "INV3")) == ("382500.00", cny("53000"))
    desk.ledger.void_dispute(second, "typed twice")
    assert held(desk, "INV3") == cny("50000")
    desk.ledger.void_dispute(first, "another invoice")
    assert (indemnity(desk, claim), held(desk, "INV3")) == ("418500.00", cny("13000"))
    voided = [each.voided for each in desk.ledger.disputes(invoice(desk, "INV3"))]
    assert [each and each.why for each in voided] == ["another invoice", "typed twice"]


def test_a_later_file_takes_nothing_away_that_a_person_keeps(
    office: Office, desk: Desk
) -> None:
    client, _ = office.m1()
    dispute = contest(desk, "INV1", "5000")
    row = office.invoice("INV1", "2025-01-10", "2025-03-11", "339000", disputed="0")
    desk.ledger.take_in(client, office.draft(row, columns={"disputed": "有争议"}))
    assert held(desk, "INV1") == cny("5000")
    settle(desk, dispute, "0")
    row = office.invoice("INV1", "2025-01-10", "2025-03-11", "339000", disputed="339000")  # fmt: skip
    desk.ledger.take_in(client, office.draft(row, columns={"disputed": "有争议"}))
    assert held(desk, "INV1") == cny("0")


@pytest.mark.parametrize(
    ("amount", "on", "nature", "refused"),
    [
        ("339000.01", OPENED, "质量", DisputeTooLarge),
        ("0", OPENED, "质量", DisputeTooLarge),
        ("1", OPENED, " ", DisputeNatureMissing),
        ("1", date(2025, 1, 9), "质量", DisputeDayImpossible),
        ("1", date(2025, 9, 11), "质量", DisputeDayImpossible),
    ],
)
def test_what_cannot_be_is_refused(  # noqa: PLR0913, PLR0917 - the case and the fixtures
    office: Office,
    desk: Desk,
    amount: str,
    on: date,
    nature: str,
    refused: type[UserError],
) -> None:
    office.m1()
    with pytest.raises(refused):
        contest(desk, "INV1", amount, on, nature)


def test_no_more_is_contested_than_was_invoiced_and_no_more_owed_than_was_contested(
    office: Office, desk: Desk
) -> None:
    office.m1()
    dispute = contest(desk, "INV1", "300000")
    with pytest.raises(DisputeTooLarge, match=r"39,000\.00"):
        contest(desk, "INV1", "39000.01")
    with pytest.raises(UpheldTooLarge):
        settle(desk, dispute, "300000.01")
    with pytest.raises(DisputeDayImpossible):
        settle(desk, dispute, "1", date(2025, 5, 31))
    settle(desk, dispute, "300000")
    with pytest.raises(DisputeSettled):
        settle(desk, dispute, "1")
    # All of it is owed: it can be contested anew.
    contest(desk, "INV1", "339000")


def test_an_import_is_not_taken_back_under_a_dispute(
    office: Office, desk: Desk
) -> None:
    office.m1()
    contest(desk, "INV1", "1")
    batch = desk.ledger.batches()[0].id
    with pytest.raises(BatchInUse, match="INV1"):
        desk.ledger.undo(batch)
