"""Each of the 29 warnings: what fires it at its threshold, and what just doesn't."""

from datetime import date
from decimal import Decimal

import pytest

from creditdesk.catalog.warning_kinds import warning_kinds
from creditdesk.domain.credit.warnings import Observed, Warned, warned

SINCE = date(2026, 3, 1)
Facts = dict[str, str | bool]


def found(facts: Facts) -> tuple[Warned, ...]:
    return warned(
        warning_kinds(),
        {
            name: Observed(value if isinstance(value, bool) else Decimal(value), SINCE)
            for name, value in facts.items()
        },
    )


CASES: list[tuple[str, str, Facts, Facts]] = [
    ("W01", "N", {"days_to_mep": "15"}, {"days_to_mep": "16"}),
    ("W01", "N", {"days_to_mep": "1"}, {"days_to_mep": "16"}),
    ("W01", "S", {"days_to_mep": "0"}, {"days_to_mep": "16"}),
    ("W02", "S", {"days_to_mep": "-1"}, {"days_to_mep": "16"}),
    ("W03", "T", {"extension_asked": True}, {"extension_asked": False}),
    ("W04", "S", {"bill_refused": True}, {"bill_refused": False}),
    ("W05", "S", {"goods_refused": True}, {"goods_refused": False}),
    ("W06", "T", {"sued": True}, {"sued": False}),
    ("W07", "S", {"insolvent": True}, {"insolvent": False}),
    ("W08", "S", {"dishonest": True}, {"dishonest": False}),
    ("W09", "N", {"dbt_rise": "10.1"}, {"dbt_rise": "10"}),
    ("W09", "N", {"months_rising": "3"}, {"months_rising": "2"}),
    ("W10", "N", {"limit_used_pct": "80"}, {"limit_used_pct": "79.9"}),
    ("W10", "N", {"limit_used_pct": "100.1"}, {"limit_used_pct": "79.9"}),
    ("W11", "N", {"orders_ratio": "2.1", "slower": True}, {"orders_ratio": "2", "slower": True}),
    ("W12", "N", {"orders_ratio": "0.29", "overdue": True}, {"orders_ratio": "0.29", "overdue": False}),
    ("W13", "N", {"current_ratio_below_pct": "20.1"}, {"current_ratio_below_pct": "20"}),
    ("W14", "N", {"payable_days_over": "31"}, {"payable_days_over": "30"}),
    ("W15", "N", {"margin_fall_pct": "15"}, {"margin_fall_pct": "14.9"}),
    ("W16", "N", {"negative_quarters": "3"}, {"negative_quarters": "2", "overdue": True}),
    ("W16", "T", {"negative_quarters": "3", "overdue": True}, {"negative_quarters": "2"}),
    ("W17", "N", {"stock_turn_fall_pct": "25"}, {"stock_turn_fall_pct": "24"}),
    ("W18", "N", {"input_price_pct": "15.1"}, {"input_price_pct": "15"}),
    ("W19", "T", {"suits_pct": "20.1"}, {"suits_pct": "20"}),
    ("W20", "T", {"assets_frozen": True}, {"assets_frozen": False}),
    ("W21", "N", {"controller_record": True}, {"controller_material": True}),
    ("W21", "T", {"controller_record": True, "controller_material": True}, {}),
    ("W22", "N", {"public_notice": True}, {"public_notice": False}),
    ("W23", "N", {"register_changes": "1"}, {"register_changes": "0"}),
    ("W24", "N", {"staff_fall_pct": "30"}, {"staff_fall_pct": "29"}),
    ("W24", "N", {"wages_unpaid": True}, {"wages_unpaid": False}),
    ("W25", "N", {"days_silent": "30"}, {"days_silent": "29"}),
    ("W25", "N", {"evasive": True}, {"evasive": False}),
    ("W26", "S", {"limit_cut": True}, {"limit_cut": False}),
    ("W27", "N", {"downgraded": True}, {"downgraded": False}),
    ("W28", "N", {"third_party_payer": True}, {"third_party_payer": False}),
    ("W29", "N", {"details_changed": True}, {"details_changed": False}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "effect", "fires", "quiet"), CASES)
def test_a_warning_fires_alone_and_its_twin_does_not(
    code: str, effect: str, fires: Facts, quiet: Facts
) -> None:
    (warning,) = found(fires)
    assert (warning.kind.code, warning.level.effect.value) == (code, effect)
    assert warning.observed.since == SINCE
    assert found(quiet) == ()


def test_there_are_29_and_every_one_has_a_case() -> None:
    codes = [kind.code for kind in warning_kinds()]
    assert codes == [f"W{number:02}" for number in range(1, 30)]
    assert {code for code, *_ in CASES} == set(codes)


def test_nothing_known_warns_of_nothing() -> None:
    assert found({}) == ()


def test_an_insurer_is_told_of_what_also_stops() -> None:
    tell = {kind.code for kind in warning_kinds() if any(each.tell for each in kind.levels)}  # fmt: skip
    assert tell == {"W02", "W04", "W05", "W07", "W08"}


def test_the_level_reached_is_told_with_its_threshold() -> None:
    (near,) = found({"days_to_mep": "7"})
    (full,) = found({"limit_used_pct": "101"})
    assert (near.level.threshold, full.level.threshold) == (Decimal(7), Decimal(100))
