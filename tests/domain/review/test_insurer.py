"""An insurer's service in pictures, by hand-worked figures."""

from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.closing import Passed
from creditdesk.domain.review.insurer import (
    Behind,
    InsurerRecord,
    LimitAnswer,
    PremiumAsked,
    RecordPicture,
    record_charts,
)

DAY = date(2026, 12, 1)


def money(amount: int, currency: str = "CNY") -> Money:
    return Money(Decimal(amount), currency)


def answer(asked: int, granted: int, currency: str = "CNY") -> LimitAnswer:
    return LimitAnswer(
        client_id=1, client="C", buyer_id=1, buyer="B", policy="P", asked=money(asked, currency),
        granted=money(granted, currency), applied_on=date(2026, 3, 1), decided_on=date(2026, 3, 9),
    )  # fmt: skip


def premium(amount: int, paid: date | None) -> PremiumAsked:
    return PremiumAsked(
        client_id=1, client="C", policy_id=1, policy="P", amount=money(amount), due_on=DAY, paid_on=paid
    )  # fmt: skip


def claim(*days: str | None, paid: Money | None = None) -> Passed:
    told, filed, decided, settled = (date.fromisoformat(each) if each else None for each in days)  # fmt: skip
    return Passed(
        number="CL", insurer="A", notified_on=told, filed_on=filed, decided_on=decided, paid_on=settled,
        decision=None, claimed=None, paid=paid,
    )  # fmt: skip


Shown = dict[tuple[RecordPicture, str], list[tuple[Behind, int, int, object]]]


def charts(**parts: tuple[object, ...]) -> Shown:
    empty: dict[str, tuple[object, ...]] = {"answers": (), "claims": (), "premiums": ()}
    record = InsurerRecord(insurer="A", on=DAY, **{**empty, **parts})  # type: ignore[arg-type]  # its parts by name
    return {
        (each.picture, each.currency): [
            (bar.behind, int(bar.filled), int(bar.hatched), bar.figure) for bar in each.bars
        ]
        for each in record_charts(record)
    }  # fmt: skip


def test_answers_are_counted_over_all_currencies_and_amounts_stand_by_currency() -> None:  # fmt: skip
    given = (answer(100, 100), answer(100, 120), answer(200, 50), answer(70, 0))
    found = charts(answers=(*given, answer(9, 9, "USD")))
    assert found[RecordPicture.ANSWERS, ""] == [
        (Behind.FULL, 3, 0, 3), (Behind.PART, 1, 0, 1), (Behind.REFUSED, 0, 1, 1),
    ]  # fmt: skip
    assert found[RecordPicture.AMOUNTS, "CNY"] == [
        (Behind.FULL, 200, 0, money(200)), (Behind.PART, 50, 150, money(200)), (Behind.REFUSED, 0, 70, money(70)),
    ]  # fmt: skip
    assert found[RecordPicture.AMOUNTS, "USD"][0] == (Behind.FULL, 9, 0, money(9, "USD"))  # fmt: skip


def test_the_cycle_is_the_middle_of_the_claims_that_got_so_far() -> None:
    found = charts(claims=(
        claim("2026-01-01", "2026-01-11", "2026-02-11", None), claim("2026-01-01", "2026-01-31", None, None),
        claim(None, None, None, None),
    ))[RecordPicture.CYCLE, ""]  # fmt: skip
    assert found == [
        (Behind.TO_FILE, 20, 0, 20), (Behind.TO_DECIDE, 31, 0, 31), (Behind.TO_PAY, 0, 0, None),
    ]  # fmt: skip


def test_premium_owed_is_hatched_and_indemnity_stands_beside_it() -> None:
    found = charts(
        premiums=(premium(500, DAY), premium(300, None), premium(-100, DAY)),
        claims=(claim(None, None, None, "2026-10-01", paid=money(250)),),
    )[RecordPicture.PREMIUM, "CNY"]  # fmt: skip
    assert found == [(Behind.PREMIUM, 400, 300, money(700)), (Behind.INDEMNITY, 250, 0, money(250))]  # fmt: skip


def test_without_records_no_figure_is_shown_as_zero() -> None:
    assert charts() == {(RecordPicture.ANSWERS, ""): [], (RecordPicture.CYCLE, ""): []}
