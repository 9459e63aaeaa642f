"""What happened to a buyer and was not lifted since."""

from datetime import date

import pytest

from creditdesk.domain.credit.buyer_events import (
    BuyerEvent,
    BuyerEventKind,
    not_lifted,
)

K = BuyerEventKind


def event(kind: BuyerEventKind, day: int) -> BuyerEvent:
    on = date(2025, 3, day)
    return BuyerEvent(id=1, buyer_id=1, kind=kind, happened_on=on, known_on=on)


@pytest.mark.parametrize(
    ("lifts", "standing"),
    [
        pytest.param([], [10, 12], id="never lifted"),
        pytest.param([9], [10, 12], id="lifted before"),
        pytest.param([10], [12], id="lifted on the day of the first"),
        pytest.param([11], [12], id="lifted between"),
        pytest.param([12], [], id="lifted on the day of the last"),
        pytest.param([11, 9], [12], id="the last lift counts"),
    ],
)
def test_an_event_stands_until_deliveries_are_let_go_on(
    lifts: list[int], standing: list[int]
) -> None:
    events = [event(K.INSOLVENCY, 10), event(K.KNOWN_RISK, 12)]
    found = not_lifted([*events, *(event(K.STOP_LIFTED, day) for day in lifts)])
    assert [each.known_on.day for each in found] == standing
