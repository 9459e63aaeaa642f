"""The list of claims, without its window."""

from datetime import date

from creditdesk.domain.claim.claims import ClaimState
from creditdesk.presenters.claims.claims import ClaimsPresenter
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.claims import ClaimId, StepTaken
from creditdesk.services.watch import SentNotice
from creditdesk.workspace import Desk, Workspace

TODAY = date(2025, 9, 10)


def test_a_claim_in_preparation_says_how_far_its_last_safe_day_is_off(
    filled: Desk, claim: ClaimId, workspace: Workspace, wording: Wording
) -> None:
    policy, buyer = filled.policies.all(TODAY)[0].id, filled.claims.all()[0].buyer_id
    draft = filled.watch.notice_draft(policy, buyer, TODAY)
    sent = SentNotice(sent_on=date(2025, 6, 1), way="快递")
    filled.watch.record_notice(policy, draft, buyer, sent, TODAY)
    filled.recount(TODAY)
    filled.claims.keep(claim, TODAY)
    presenter = ClaimsPresenter(workspace, wording)
    presenter.reload()
    shown = {
        column.key: presenter.table.cell(0, place)
        for place, column in enumerate(presenter.table.columns)
    }
    assert presenter.said == "1 claim, 1 still to be filed"
    assert shown["state"].text == "Being prepared"
    assert shown["claimed"].text == "¥\u00a0430,200.00"
    assert shown["file_by"].text == "30 Sep 2025  in 20 days"
    assert shown["file_by"].tone is Tone.WARNING
    assert presenter.table.footer == ["Renminbi  claimed 430,200.00"]


def test_a_filed_claim_waits_no_longer(
    filled: Desk, claim: ClaimId, workspace: Workspace, wording: Wording
) -> None:
    filled.claims.advance(claim, StepTaken(state=ClaimState.FILED, on=TODAY))
    presenter = ClaimsPresenter(workspace, wording)
    presenter.reload()
    assert presenter.waiting == 0


def test_an_empty_list_says_nothing(workspace: Workspace, wording: Wording) -> None:
    presenter = ClaimsPresenter(workspace, wording)
    presenter.reload()
    assert presenter.said == ""
