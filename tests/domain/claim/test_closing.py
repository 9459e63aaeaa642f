"""Looking back on claims, figures worked out by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import Decision
from creditdesk.domain.claim.closing import Passed, cycles


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


ONE = Passed(
    number="CL-1",
    insurer="甲保险",
    notified_on=date(2026, 1, 1),
    filed_on=date(2026, 2, 1),
    decided_on=date(2026, 3, 1),
    paid_on=date(2026, 3, 8),
    decision=Decision.REDUCED,
    claimed=cny("100"),
    paid=cny("80"),
    reasons=("通知迟延",),
)


def test_what_was_cut_is_claimed_less_paid() -> None:
    assert ONE.cut == cny("20")
    assert ONE.was_cut
    assert replace(ONE, paid=cny("120")).cut == cny("0")
    assert replace(ONE, paid=None).cut is None


def test_each_insurer_has_its_medians_and_the_reasons_that_come_again() -> None:
    slow = replace(
        ONE, number="CL-2", filed_on=date(2026, 2, 11), decided_on=date(2026, 4, 12), paid_on=None
    )  # fmt: skip
    refused = replace(
        slow, number="CL-3", decision=Decision.REFUSED, reasons=("未申报",), decided_on=date(2026, 2, 21)
    )  # fmt: skip
    waiting = replace(ONE, insurer="乙保险", decided_on=None, paid_on=None, decision=None, reasons=())  # fmt: skip
    second, first = cycles([ONE, slow, refused, waiting])
    # To file 31, 41, 41; to decide 28, 60, 10; paid once, after 7 days.
    assert (first.insurer, first.claims) == ("甲保险", 3)
    assert (first.to_file, first.to_decide, first.to_pay) == (41, 28, 7)
    assert (first.granted, first.decided) == (2, 3)
    assert first.again == (("通知迟延", 2),)
    assert (second.insurer, second.to_decide, second.whole) == ("乙保险", None, "0/0")
