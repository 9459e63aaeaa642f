"""How many confirmations came back: the newest letter of each buyer, and an answer that isn't older."""

from datetime import date
from decimal import Decimal

from creditdesk.domain.credit.buyer_events import BuyerEvent, BuyerEventKind
from creditdesk.domain.credit.confirmations import returns

K = BuyerEventKind
SINCE = date(2025, 1, 1)


def event(kind: BuyerEventKind, on: str, number: int = 1) -> BuyerEvent:
    day = date.fromisoformat(on)
    return BuyerEvent(id=number, buyer_id=1, kind=kind, happened_on=day, known_on=day)


def test_answers_count_for_the_newest_letter() -> None:
    found = returns(
        {
            1: [event(K.BALANCE_SENT, "2025-02-01"), event(K.BALANCE_AGREED, "2025-02-10")],
            2: [event(K.BALANCE_SENT, "2025-02-01"), event(K.BALANCE_DIFFERS, "2025-02-01")],
            3: [event(K.BALANCE_SENT, "2025-02-01")],
            # Sent before the time asked about, and answered in it: not of this round.
            4: [event(K.BALANCE_SENT, "2024-12-31"), event(K.BALANCE_AGREED, "2025-02-10")],
            # An answer to an older letter is none to the newer.
            5: [
                event(K.BALANCE_SENT, "2025-01-05"), event(K.BALANCE_AGREED, "2025-01-20"),
                event(K.BALANCE_SENT, "2025-06-01"),
            ],
            # First it differed, then it was put right.
            6: [
                event(K.BALANCE_SENT, "2025-02-01"), event(K.BALANCE_DIFFERS, "2025-02-10", 2),
                event(K.BALANCE_AGREED, "2025-02-10", 3),
            ],
            7: [event(K.KNOWN_RISK, "2025-02-01")],
        },
        SINCE,
    )  # fmt: skip
    assert (found.sent, found.agreed, found.differing) == (
        (1, 2, 3, 5, 6),
        (1, 6),
        (2,),
    )
    assert found.waiting == (3, 5)
    assert found.rate == Decimal(60)


def test_without_a_letter_there_is_no_rate() -> None:
    assert returns({}, SINCE).rate is None
