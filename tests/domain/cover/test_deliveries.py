"""Deliveries have stopped, will stop or go on: one of them, by the stop and the last shipment."""

from datetime import date

import pytest

from creditdesk.domain.cover.deliveries import Deliveries

ON, STOP, NEXT = date(2025, 9, 10), date(2025, 8, 1), date(2025, 10, 1)


@pytest.mark.parametrize(
    ("stop", "next_stop", "last", "said"),
    [
        pytest.param(STOP, None, STOP, "stopped_on", id="shipped on the last insured day"),
        pytest.param(STOP, NEXT, None, "stopped_on", id="never shipped"),
        pytest.param(STOP, None, date(2025, 8, 2), "delivered_on", id="shipped although stopped"),
        pytest.param(None, NEXT, date(2025, 9, 9), "stops_on", id="a stop to come"),
        pytest.param(None, None, date(2025, 9, 9), "no_stop_on", id="no stop"),
    ],
)  # fmt: skip
def test_one_sentence_is_true(
    stop: date | None, next_stop: date | None, last: date | None, said: str
) -> None:
    found = Deliveries(on=ON, stop=stop, next_stop=next_stop, last=last)
    names = ("stopped_on", "stops_on", "delivered_on", "no_stop_on")
    assert [name for name in names if getattr(found, name)] == [said]
