"""What goods of a claim brought: it belongs to their invoice, before the loss and after it (14.7)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.db.errors import RecordMissing, VoidReasonMissing
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import Cause, RecoverySource
from creditdesk.services.claims import ClaimId, NewRecovery
from creditdesk.services.claims.values import (
    GoodsAboveInvoice,
    GoodsAfterLoss,
    GoodsBeforeInvoice,
    GoodsCostMore,
    GoodsCurrencyOther,
    GoodsInLedger,
    GoodsOfOneInvoice,
    InvoiceNotClaimed,
)
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 9, 10)
REFUSED = '[{"cause": "REPUDIATION", "limit_type": "NAMED", "insured_pct": "80"}]'


@pytest.fixture
def claim(office: Office, desk: Desk) -> ClaimId:
    """49,000 refused (70,000 less its deposit of 21,000), 36,000 overdue before; the loss on 7 September."""
    client = office.client()
    refused = office.invoice("1", "2025-04-01", "2025-06-30", "49000")
    older = office.invoice("2", "2025-01-10", "2025-03-11", "36000")
    note = office.invoice("N1", "2025-06-01", None, "500", against="1", note=True)
    desk.ledger.take_in(client, office.draft(refused, older, note))
    policy = office.policy(client, values={"risk_terms": REFUSED})
    buyer = desk.buyers.named(client, "宁波海澜贸易有限公司")
    office.limit(policy, buyer, "200000")
    made: ClaimId = office.claim_on(client, buyer)
    desk.claims.set_cause(made, ("1",), Cause.REPUDIATION)
    return made


def told(**changed: Any) -> NewRecovery:  # noqa: ANN401 - any field of it
    """10,000 for the goods of invoice 1, sold again for 1,000 of costs."""
    usual: dict[str, Any] = {
        "received_on": date(2025, 8, 1),
        "source": RecoverySource.RESALE,
        "gross": Money(Decimal(10000), "CNY"),
        "costs": Money(Decimal(1000), "CNY"),
        "against": ("1",),
    }
    return NewRecovery(**usual | changed)


def amount(desk: Desk, claim: ClaimId) -> str:
    found = desk.claims.estimate(claim, TODAY).indemnity
    assert found is not None
    return found.indemnity.plain


def test_what_goods_brought_lessens_their_invoice_alone(
    claim: ClaimId, desk: Desk
) -> None:
    """48,500 × 80 % + 36,000 × 90 %; with 9,000 net 39,500 × 80 % + 32,400; never taken off invoice 2, the older."""
    assert amount(desk, claim) == "71200.00"
    entry = desk.claims.take_goods(claim, told())
    assert amount(desk, claim) == "64000.00"
    (line,) = desk.claims.file(claim, TODAY).goods
    assert (line.id, line.net.plain, line.invoice) == (entry, "9000.00", "1")
    with pytest.raises(VoidReasonMissing):
        desk.claims.void_goods(claim, entry, " ")
    desk.claims.void_goods(claim, entry, "买方没有付款")
    assert amount(desk, claim) == "71200.00"
    (line,) = desk.claims.file(claim, TODAY).goods
    assert line.voided is not None
    assert line.voided.why == "买方没有付款"


def cny(amount: int) -> Money:
    return Money(Decimal(amount), "CNY")


IN_DOLLARS = {"gross": Money(Decimal(10), "USD"), "costs": Money.zero("USD")}


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        pytest.param({"against": ()}, GoodsOfOneInvoice, id="no invoice"),
        pytest.param({"against": ("1", "2")}, GoodsOfOneInvoice, id="two invoices"),
        pytest.param({"against": ("9",)}, InvoiceNotClaimed, id="another invoice"),
        pytest.param({"received_on": date(2025, 9, 8)}, GoodsAfterLoss, id="after the loss"),
        pytest.param({"received_on": date(2025, 3, 31)}, GoodsBeforeInvoice, id="before the invoice"),
        pytest.param({"costs": cny(10000)}, GoodsCostMore, id="nothing is left"),
        pytest.param({"gross": cny(50001)}, GoodsAboveInvoice, id="more than the invoice"),
        pytest.param(IN_DOLLARS, GoodsCurrencyOther, id="another currency"),
        pytest.param({"gross": cny(500), "costs": cny(0)}, GoodsInLedger, id="its credit note"),
        pytest.param({"gross": cny(600), "costs": cny(100)}, GoodsInLedger, id="its credit note, net"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_refused(
    claim: ClaimId, desk: Desk, changed: dict[str, Any], refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        desk.claims.take_goods(claim, told(**changed))
    assert desk.claims.file(claim, TODAY).goods == ()


def test_goods_of_the_day_of_the_loss_still_count(claim: ClaimId, desk: Desk) -> None:
    desk.claims.take_goods(claim, told(received_on=date(2025, 9, 7)))
    assert amount(desk, claim) == "64000.00"


def test_an_entry_of_another_claim_is_not_voided(claim: ClaimId, desk: Desk) -> None:
    with pytest.raises(RecordMissing):
        desk.claims.void_goods(claim, 7, "x")


def test_a_package_lists_goods_of_both_sides_of_the_loss_as_they_were_counted(
    claim: ClaimId, desk: Desk
) -> None:
    desk.claims.take_goods(claim, told())
    kept = desk.claims.keep(claim, TODAY)
    assert kept.indemnity is not None
    later = told(received_on=TODAY, source=RecoverySource.SALVAGE)
    desk.claims.recover(claim, later, TODAY)
    before, after = desk.claims.package(claim, TODAY).goods
    assert (before.kind, before.net.plain, before.insurer) == (RecoverySource.RESALE, "9000.00", None)  # fmt: skip
    assert after.insurer is not None
    assert (after.invoices, after.insurer.plain) == (("1",), "7200.00")  # 9,000 × 80 %
