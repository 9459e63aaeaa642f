"""Slips of the pen in a schedule are asked about; what is usual is not."""

import pytest

from creditdesk.domain.policy.doubts import (
    LiabilityDoubtful,
    PercentageDoubtful,
    PeriodDoubtful,
    RateDoubtful,
    doubt,
)
from creditdesk.domain.policy.terms import to_enter
from creditdesk.errors import UserError

MULTIPLE = "MULT_PREMIUM_PAID"
OTHERS = {"max_liability": "1000000", "minimum_premium": "50000"}


@pytest.mark.parametrize(
    ("key", "text", "kind"),
    [
        ("mep_days", "0", PeriodDoubtful),
        ("mep_days", "721", PeriodDoubtful),
        ("mep_days", "720", None),
        ("max_payment_term_days", "0", PeriodDoubtful),
        ("max_payment_term_days", "180", None),
        ("max_invoicing_days", "0", None),
        ("insured_pct", "49.9", PercentageDoubtful),
        ("insured_pct", "50", None),
        ("insured_pct", "99", None),
        ("insured_pct", "100", PercentageDoubtful),
        ("dcl_pct", "40", PercentageDoubtful),
        ("stop_share_pct", "10", None),
        ("premium_rate", "5", RateDoubtful),
        ("premium_rate", "4.99", None),
        ("max_liability", "49999", LiabilityDoubtful),
        ("max_liability", "50000", None),
        ("minimum_premium", "1000001", LiabilityDoubtful),
        ("minimum_premium", "", None),
        ("mep_days", "", None),
        ("trade_activity", "0", None),
    ],
)
def test_what_is_mostly_a_slip_is_asked_about(
    key: str, text: str, kind: type[UserError] | None
) -> None:
    found = doubt(key, text, OTHERS)
    assert (type(found) if found else None) is kind


@pytest.mark.parametrize(
    ("texts", "missing", "there"),
    [
        pytest.param({"eel": "0"}, {"max_liability"}, {"deductible_order"}, id="no deductible"),
        pytest.param({"eel": "500"}, {"deductible_order"}, set(), id="deductible"),
        pytest.param({"max_liability_basis": MULTIPLE}, {"max_liability_multiple"}, {"max_liability"}, id="a multiple"),
        pytest.param({"declaration_mode": "NONE"}, set(), {"declaration_rule"}, id="nothing is declared"),
        pytest.param({"policy_type": "XOL"}, {"afl", "afl_basis"}, {"loss_payee"}, id="excess of loss"),
    ],
)  # fmt: skip
def test_what_must_be_entered_depends_on_what_else_the_policy_says(
    texts: dict[str, str], missing: set[str], there: set[str]
) -> None:
    keys = {field.key for field in to_enter(texts)}
    assert missing <= keys
    assert not there & keys


@pytest.mark.parametrize("key", ["max_liability", "minimum_premium"])
def test_a_liability_or_a_premium_alone_is_compared_with_nothing(key: str) -> None:
    assert doubt(key, "1", {}) is None
