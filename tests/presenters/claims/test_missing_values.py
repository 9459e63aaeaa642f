"""What the policy doesn't say stands against the calculation, and is said."""

from creditdesk.jobs import Progress
from creditdesk.presenters.claims.claim_file import ClaimFilePresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.claims import ClaimId
from creditdesk.services.policies.values import PolicyId
from creditdesk.workspace import Desk, Workspace


def test_a_value_the_policy_must_say_is_named(
    filled: Desk, claim: ClaimId, workspace: Workspace, wording: Wording
) -> None:
    policy = filled.policies.all(workspace.today())[0].id
    day = workspace.today()
    filled.policies.set(PolicyId(policy), {"vat_insured": ""}, day, confirmed=False)
    shown = ClaimFilePresenter(workspace, claim, wording)
    shown.show_estimate(shown.computing()(Progress()))
    assert shown.result == "not computable yet"
    assert len(shown.missing) == 1
    assert "VAT" in shown.missing[0]


def test_a_missing_rate_leads_to_where_rates_are_entered(
    filled: Desk, claim: ClaimId, workspace: Workspace, wording: Wording
) -> None:
    policy = filled.policies.all(workspace.today())[0].id
    shown = ClaimFilePresenter(workspace, claim, wording)
    shown.show_estimate(shown.computing()(Progress()))
    assert shown.mending[1:] == ("policy_file", {"policy": policy})
    day = workspace.today()
    filled.policies.set(
        PolicyId(policy), {"policy_currency": "EUR"}, day, confirmed=True
    )
    shown = ClaimFilePresenter(workspace, claim, wording)
    shown.show_estimate(shown.computing()(Progress()))
    assert shown.mending == ("Enter the rate", "settings", {})
