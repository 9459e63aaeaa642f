"""The day a buyer's limit ended (rules.md 4.3, switch date)."""

from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.limits import Limit, limit_end
from creditdesk.domain.policy.choices import LimitState

D = date.fromisoformat
LOSS = D("2025-09-07")


def limit(start: str, end: str | None = None, state: str = "APPROVED") -> Limit:
    amount = Money(Decimal(100 if state == "APPROVED" else 0), "CNY")
    return Limit(D(start), D(end) if end else None, amount, LimitState(state))


FIRST = limit("2025-01-01")


@pytest.mark.parametrize(
    ("limits", "notice", "ended"),
    [
        pytest.param([], 0, None, id="never any"),
        pytest.param([FIRST], 0, None, id="in force"),
        pytest.param([limit("2025-01-01", "2025-06-30")], 0, "2025-07-01", id="expired"),
        pytest.param([limit("2025-01-01", "2025-09-07")], 0, None, id="its last day"),
        pytest.param([limit("2025-01-01", "2025-09-06")], 0, "2025-09-07", id="ended on the day itself"),
        pytest.param([FIRST, limit("2025-05-01", None, "CANCELLED")], 0, "2025-05-01", id="cancelled"),
        pytest.param([FIRST, limit("2025-05-01", None, "CANCELLED")], 30, "2025-05-31", id="after notice"),
        pytest.param([FIRST, limit("2025-09-08", None, "CANCELLED")], 0, None, id="after the loss"),
        pytest.param([FIRST, limit("2025-05-01", None, "SUSPENDED")], 0, None, id="suspended"),
        pytest.param([limit("2025-05-01", None, "REFUSED")], 0, None, id="never granted"),
        pytest.param([limit("2025-01-01", "2025-03-31"), limit("2025-05-01")], 0, None, id="granted again"),
        pytest.param([FIRST, limit("2025-02-01", "2025-03-31")], 0, None, id="the older one holds on"),
    ],
)  # fmt: skip
def test_it_is_the_first_day_without_a_limit(
    limits: list[Limit], notice: int, ended: str | None
) -> None:
    assert limit_end(limits, LOSS, notice) == (D(ended) if ended else None)
