"""Papers of another buyer are asked about before they are kept."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from creditdesk.domain.claim.claims import ClaimState
from creditdesk.services.claims import ClaimId, StepTaken
from creditdesk.services.claims.strangers import NumberOfAnother, PaperOfAnother
from creditdesk.services.claims.values import LossToCome
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 9, 10)
MINE, THEIRS, SELLER = "91330200144066234X", "91310000132260345P", "91440300708461136T"


@pytest.fixture
def claim(office: Office, desk: Desk) -> ClaimId:
    """A claim on a buyer with a number; the client has another buyer, 上海浦江贸易有限公司."""
    made: ClaimId
    made, _, buyer = office.claim()
    line = desk.claims.file(made, TODAY).line
    card = desk.buyers.file(buyer).card
    desk.buyers.change(buyer, replace(card, uscc=MINE))
    other = office.invoice("Z1", "2025-02-10", None, "5", buyer="上海浦江贸易有限公司", code="77")  # fmt: skip
    desk.ledger.take_in(line.client_id, office.draft(other))
    return made


def attach(
    office: Office, desk: Desk, claim: ClaimId, text: str, *, anyway: bool = False
) -> str:
    file = replace(office.file(b"a", "a.pdf"), text=text)
    return desk.claims.attach(claim, "C07", file, b"a", anyway=anyway).file_name


def test_a_paper_that_names_another_buyer_is_kept_anyway_only(
    office: Office, desk: Desk, claim: ClaimId
) -> None:
    buyer = desk.claims.file(claim, TODAY).line.buyer
    text = "购 销 合 同\n买方：上海浦江 贸易有限公司"
    with pytest.raises(PaperOfAnother) as asked:
        attach(office, desk, claim, text)
    assert "上海浦江贸易有限公司" in str(dict(asked.value.said.places)["other"])
    assert desk.claims.file(claim, TODAY).evidence == ()
    assert attach(office, desk, claim, text, anyway=True) == "a.pdf"
    for fine in (f"{text} {buyer}", "送货单", "", f"{text} {MINE}"):
        assert attach(office, desk, claim, fine) == "a.pdf"


def test_an_invoice_to_another_number_is_asked_about(
    office: Office, desk: Desk, claim: ClaimId
) -> None:
    buyer = desk.claims.file(claim, TODAY).line.buyer
    text = f"购买方 名称：{buyer} 统一社会信用代码：{THEIRS} 销售方 {SELLER}"
    with pytest.raises(NumberOfAnother) as asked:
        attach(office, desk, claim, text)
    assert THEIRS in str(dict(asked.value.said.places)["other"])
    right = text.replace(THEIRS, MINE)
    assert attach(office, desk, claim, right) == "a.pdf"
    # One number alone may be the seller's, whom the desk doesn't know.
    assert attach(office, desk, claim, f"购买方 名称：{buyer} {SELLER}") == "a.pdf"


def test_a_claim_is_prepared_but_not_filed_before_its_date_of_loss(
    office: Office, desk: Desk
) -> None:
    claim, _, _ = office.claim()  # its date of loss is 7 September
    day = date(2025, 9, 6)
    with pytest.raises(LossToCome):
        desk.claims.advance(claim, StepTaken(state=ClaimState.FILED, on=day))
    with pytest.raises(LossToCome):
        desk.claims.package(claim, day, final=True)
    assert desk.claims.package(claim, day).draft
    desk.claims.advance(claim, StepTaken(state=ClaimState.FILED, on=date(2025, 9, 7)))
    assert desk.claims.file(claim, TODAY).line.state is ClaimState.FILED
