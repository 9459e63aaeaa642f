"""The loss from which a premium is paid back, by hand."""

from contextlib import nullcontext
from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.case import IndemnityTerms
from creditdesk.domain.insurers.what_if import OwnPolicy, Slower, WhatIf, break_even
from creditdesk.domain.insurers.what_if_checks import StressDaysWrong, check
from creditdesk.domain.policy.choices import AflBasis, DeductibleOrder, NqlType

_BEFORE = {"deductible_order": DeductibleOrder.BEFORE_PCT, "eel": Decimal(10000)}
_AFTER = {"deductible_order": DeductibleOrder.AFTER_PCT, "eel": Decimal(10000)}


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ({}, "50000.00"),
        # 10,000 are borne first, then 90 % are paid: 10,000 + 45,000 / 0.9; or 55,000 / 0.9.
        (_BEFORE, "60000.00"),
        (_AFTER, "61111.11"),
        # Nothing is paid up to the threshold, then all: the first cent above it.
        ({"nql": Decimal(80000), "nql_type": NqlType.FRANCHISE}, "80000.01"),
        ({"nql": Decimal(80000), "nql_type": NqlType.DEDUCT}, "130000.00"),
        ({"afl": Decimal(20000), "afl_basis": AflBasis.ERODED_BY_LOSS}, "70000.00"),
        # No loss brings more than the maximum.
        ({"max_liability": Decimal(44999)}, None),
        ({"max_liability": Decimal(45000)}, "50000.00"),
        ({"insured_pct": None}, None),
    ],
)
def test_the_loss_that_pays_the_premium_back(
    terms: dict[str, object], expected: str | None
) -> None:
    given = IndemnityTerms(**{"currency": "CNY", "insured_pct": Decimal(90), **terms})  # type: ignore[arg-type]
    found = break_even(given, Money(Decimal(45000), "CNY"))
    assert (found.plain if found is not None else None) == expected


@pytest.mark.parametrize(("days", "taken"), [(0, False), (1, True), (366, True), (367, False)])  # fmt: skip
def test_payments_are_at_most_a_year_later(days: int, *, taken: bool) -> None:
    day = date(2025, 12, 31)
    asked = WhatIf(1, "A", date(2025, 1, 1), day, (OwnPolicy("P"), OwnPolicy("Q")), (Slower(days),))  # fmt: skip
    with nullcontext() if taken else pytest.raises(StressDaysWrong):
        check(asked, day)


def test_no_premium_is_paid_back_at_once() -> None:
    found = break_even(
        IndemnityTerms(currency="CNY", insured_pct=Decimal(90)), Money.zero("CNY")
    )
    assert found == Money.zero("CNY")
