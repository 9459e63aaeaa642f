"""Opening a claim, without its window."""

from datetime import date

import pytest

from creditdesk.domain.claim.claims import Cause
from creditdesk.errors import UserError
from creditdesk.jobs import Progress
from creditdesk.presenters.claims.new_claim import NewClaimPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.workspace import Desk, Workspace


@pytest.fixture
def begun(filled: Desk, workspace: Workspace, wording: Wording) -> NewClaimPresenter:
    """The buyer is preset, as from Today."""
    buyer = filled.buyers.all()[0].id
    return NewClaimPresenter(workspace, wording, buyer)


def find(presenter: NewClaimPresenter) -> None:
    presenter.show(presenter.finding()(Progress()))


def test_the_buyer_brings_its_client(begun: NewClaimPresenter) -> None:
    assert [option.words for option in begun.clients] == ["明达电子有限公司"]
    assert begun.client is not None
    assert str(begun.buyer) in [option.value for option in begun.buyers]


def test_the_invoices_overdue_on_the_day_are_listed_and_ticked(
    begun: NewClaimPresenter,
) -> None:
    begun.type_day("2025-05-01")
    find(begun)
    assert [each.number for each in begun.invoices] == ["INV1", "INV2"]
    assert begun.sums == "2 invoices, open on the date of loss: ¥\u00a0365,000.00"


def test_an_unticked_invoice_is_left_out_of_sum_and_claim(
    begun: NewClaimPresenter, filled: Desk
) -> None:
    begun.type_day("20250907")
    find(begun)
    begun.tick("INV3", on=False)
    assert "2 invoices" in begun.sums
    claim = begun.open()
    numbers = [
        each.number for each in filled.claims.file(claim, date(2025, 9, 10)).invoices
    ]
    assert numbers == ["INV1", "INV2"]


def test_the_cause_chosen_is_the_claims(begun: NewClaimPresenter, filled: Desk) -> None:
    begun.type_day("2025-09-07")
    find(begun)
    begun.choose_cause(Cause.INSOLVENCY)
    begun.open()
    assert filled.claims.all()[0].cause is Cause.INSOLVENCY
    assert len({choice.said for choice in begun.causes}) == 4


def test_a_day_that_is_no_date_is_said(begun: NewClaimPresenter) -> None:
    begun.type_day("soon")
    assert "is no date" in begun.refused
    with pytest.raises(UserError, match="date of loss"):
        begun.open()


def test_nothing_ticked_opens_nothing(begun: NewClaimPresenter) -> None:
    begun.type_day("2025-01-20")
    find(begun)
    assert begun.nothing == "Nothing of this buyer was overdue on 20 Jan 2025."
    with pytest.raises(UserError, match="Tick at least one"):
        begun.open()


def test_another_client_forgets_the_buyer(begun: NewClaimPresenter) -> None:
    begun.choose_client("")
    assert begun.buyers == ()
    with pytest.raises(UserError, match="Choose the client"):
        begun.open()


def test_an_answer_for_another_day_is_dropped(begun: NewClaimPresenter) -> None:
    begun.type_day("2025-09-07")
    job = begun.finding()
    begun.type_day("2025-05-01")
    begun.show(job(Progress()))
    assert begun.invoices == ()
