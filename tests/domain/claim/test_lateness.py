"""The insurer is late after 30 days without a decision, and after 10 without the money it agreed to."""

from datetime import date

import pytest

from creditdesk.domain.claim.claims import Decision
from creditdesk.domain.claim.lateness import Lateness, lateness

FILED, DECIDED = date(2025, 6, 1), date(2025, 7, 1)
UNDECIDED = Lateness(undecided=True, since=FILED, days=31)
UNPAID = Lateness(undecided=False, since=DECIDED, days=11)


@pytest.mark.parametrize(
    ("decided", "decision", "paid", "on", "late"),
    [
        pytest.param(None, "", None, date(2025, 7, 1), None, id="the thirtieth day"),
        pytest.param(None, "", None, date(2025, 7, 2), UNDECIDED, id="the day after"),
        pytest.param(DECIDED, Decision.PARTIAL, None, date(2025, 7, 11), None, id="the tenth day"),
        pytest.param(DECIDED, Decision.PARTIAL, None, date(2025, 7, 12), UNPAID, id="not paid"),
        pytest.param(DECIDED, Decision.REFUSED, None, date(2025, 12, 1), None, id="refused"),
        pytest.param(DECIDED, Decision.SUSPENDED_DISPUTE, None, date(2025, 12, 1), None, id="suspended"),
        pytest.param(DECIDED, Decision.APPROVED, date(2025, 9, 1), date(2025, 12, 1), None, id="paid"),
    ],
)  # fmt: skip
def test_lateness_runs_from_filing_or_from_the_decision(
    decided: date | None,
    decision: str,
    paid: date | None,
    on: date,
    late: Lateness | None,
) -> None:
    found = lateness(filed=FILED, decided=decided, decision=decision, paid=paid, on=on)
    assert found == late


def test_nobody_is_late_with_what_was_not_filed() -> None:
    on = date(2026, 1, 1)
    assert lateness(filed=None, decided=None, decision="", paid=None, on=on) is None
