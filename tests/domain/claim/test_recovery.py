from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.recovery import (
    Earlier,
    InsuredInvoice,
    Recovered,
    RecoveryValueMissing,
    share,
)
from creditdesk.domain.policy.choices import RecoveryRule
from creditdesk.i18n import words


def cny(amount: str | int) -> Money:
    return Money(Decimal(amount), "CNY")


M6 = Recovered(
    amount=cny(100_000),
    costs=cny(8_000),
    indemnity=cny(418_500),
    rule=RecoveryRule.PRO_RATA,
    already_recovered=cny(0),
    whole_debt=cny(478_000),
    insured_debt=cny(465_000),
    insured_pct=Decimal(90),
    invoices=(
        InsuredInvoice("B", date(2025, 4, 11), cny(226_000), cny(226_000)),
        InsuredInvoice("A", date(2025, 3, 11), cny(80_000), cny(40_000)),
    ),
)


@pytest.mark.parametrize(
    ("rule", "indemnity", "insurer", "insured"),
    [
        ("PRO_RATA", 418_500, "80548.12", "11451.88"),
        ("PRO_RATA", 398_500, "76698.74", "15301.26"),
        ("PRO_RATA_INSURED", 398_500, "80548.12", "11451.88"),
        ("INSURER_FIRST", 418_500, "92000.00", "0.00"),
        ("CHRONOLOGICAL", 418_500, "46800.00", "45200.00"),
    ],
)
def test_m6_each_rule_shares_its_own_way(
    rule: str, indemnity: int, insurer: str, insured: str
) -> None:
    case = replace(M6, rule=RecoveryRule(rule), indemnity=cny(indemnity))
    found = share(case)
    assert (found.insurer.plain, found.insured.plain) == (insurer, insured)


def test_m7_the_share_is_what_was_paid_of_the_whole_debt() -> None:
    case = replace(
        M6,
        amount=cny(10_000),
        costs=cny(0),
        indemnity=cny(450_000),
        whole_debt=cny(800_000),
    )
    assert share(case).insurer.plain == "5625.00"


def test_the_insurer_gets_no_more_than_it_paid() -> None:
    case = replace(M6, already_recovered=cny(418_000))
    assert share(case).insurer.plain == "500.00"


@pytest.mark.parametrize(
    ("rule", "insurer", "insured"),
    [
        # 5,000 came in and cost 6,000: 1,000 × 418,500 ÷ 478,000 is 875.52.
        ("PRO_RATA", "-875.52", "-124.48"),
        ("PRO_RATA_INSURED", "-875.52", "-124.48"),
        # Who gets money first bears no more of the costs, nor does the oldest invoice.
        ("INSURER_FIRST", "-875.52", "-124.48"),
        ("CHRONOLOGICAL", "-875.52", "-124.48"),
    ],
)
def test_costs_above_what_came_in_are_borne_by_both(
    rule: str, insurer: str, insured: str
) -> None:
    case = replace(M6, rule=RecoveryRule(rule), amount=cny(5_000), costs=cny(6_000))
    found = share(case)
    assert found.net == cny(-1_000)
    assert (found.insurer.plain, found.insured.plain) == (insurer, insured)


def test_costs_are_borne_even_when_the_insurer_has_had_all_back() -> None:
    case = replace(M6, amount=cny(0), costs=cny(1_000), already_recovered=cny(418_500))
    assert share(case).insurer.plain == "-875.52"


# The claim of rules.md 14.7. A refused shipment of 40,000 at 80 %, and 36,000 overdue before at 90 %.
MIXED = replace(
    M6,
    costs=cny(0),
    indemnity=cny(64_400),
    whole_debt=cny(76_000),
    insured_debt=cny(76_000),
    insured_pct=Decimal(80),
    invoices=(
        InsuredInvoice("1", date(2025, 5, 1), cny(40_000), cny(40_000)),
        InsuredInvoice("2", date(2025, 3, 1), cny(36_000), cny(36_000), Decimal(90)),
    ),
)


@pytest.mark.parametrize(
    ("rule", "amount", "insurer"),
    [
        # 7,600 × 64,400 ÷ 76,000, and the same by 84.7368 % of it.
        ("PRO_RATA", 7_600, "6440.00"),
        ("PRO_RATA_INSURED", 7_600, "6440.00"),
        # 36,000 × 90 % and 4,000 × 80 %.
        ("CHRONOLOGICAL", 40_000, "35600.00"),
        ("INSURER_FIRST", 40_000, "40000.00"),
    ],
)
def test_each_invoice_is_shared_by_its_own_percentage(
    rule: str, amount: int, insurer: str
) -> None:
    case = replace(MIXED, rule=RecoveryRule(rule), amount=cny(amount))
    assert share(case).insurer.plain == insurer


def test_a_mean_percentage_is_told_to_four_places() -> None:
    """64,400 ÷ 76,000 is 84.73684 %."""
    case = replace(MIXED, rule=RecoveryRule.PRO_RATA_INSURED, amount=cny(7_600))
    told = " ".join(
        words("en").say(each.detail) for each in share(case).steps if each.detail
    )
    assert "× 84.7368 %." in told


@pytest.mark.parametrize(
    ("rule", "amount", "insurer"),
    [
        # Goods of invoice 1 resold for 9,000: 80 % of them.
        ("PRO_RATA", 9_000, "7200.00"),
        ("PRO_RATA_INSURED", 9_000, "7200.00"),
        ("CHRONOLOGICAL", 9_000, "7200.00"),
        ("INSURER_FIRST", 9_000, "9000.00"),
        # 40,000 at 80 % fill it; 7,600 are left for all: 32,000 + 6,440.
        ("PRO_RATA", 47_600, "38440.00"),
        # The same left for the oldest, invoice 2: 32,000 + 6,840.
        ("CHRONOLOGICAL", 47_600, "38840.00"),
        # Both are filled, and 1,000 more belong to the insured: 32,000 + 32,400.
        ("CHRONOLOGICAL", 77_000, "64400.00"),
    ],
)
def test_money_for_an_invoice_by_name_is_shared_as_that_one_was_insured(
    rule: str, amount: int, insurer: str
) -> None:
    case = replace(MIXED, rule=RecoveryRule(rule), amount=cny(amount), against=frozenset({"1"}))  # fmt: skip
    assert share(case).insurer.plain == insurer


def test_all_invoices_by_name_leave_the_rest_to_the_insured() -> None:
    by_age = replace(MIXED, rule=RecoveryRule.CHRONOLOGICAL)
    case = replace(by_age, amount=cny(77_000), against=frozenset({"1", "2"}))
    found = share(case)
    assert (found.insurer.plain, found.insured.plain) == ("64400.00", "12600.00")


def test_by_age_the_next_recovery_goes_on_where_the_last_one_ended() -> None:
    """30,000 were shared before: 6,000 are open of invoice 2 at 90 %, then 4,000 of invoice 1 at 80 %."""
    case = replace(
        MIXED,
        rule=RecoveryRule.CHRONOLOGICAL,
        amount=cny(10_000),
        before=(Earlier(cny(30_000)),),
    )
    assert share(case).insurer.plain == "8600.00"
    assert told(case)[3:5] == [
        "R4 2: CNY 6,000.00 × insured CNY 36,000.00 ÷ open CNY 36,000.00 × 90 % for the insurer |  | ",
        "R4 1: CNY 4,000.00 × insured CNY 40,000.00 ÷ open CNY 40,000.00 × 80 % for the insurer |  | ",
    ]


def test_by_age_money_for_an_invoice_by_name_has_filled_that_one() -> None:
    """9,000 were for invoice 1: 36,000 × 90 % are open of invoice 2, and 31,000 × 80 % of invoice 1."""
    before = (Earlier(cny(9_000), frozenset({"1"})), Earlier(cny(-500)))
    case = replace(MIXED, rule=RecoveryRule.CHRONOLOGICAL, amount=cny(67_000), before=before)  # fmt: skip
    assert share(case).insurer.plain == "57200.00"


def test_an_invoice_that_was_filled_leaves_the_rest_to_the_rule() -> None:
    """Of invoice 1 10,000 were open: 8,000; the other 10,000 × 64,400 ÷ 76,000 are 8,473.68."""
    case = replace(
        MIXED,
        rule=RecoveryRule.PRO_RATA,
        amount=cny(20_000),
        against=frozenset({"1"}),
        before=(Earlier(cny(30_000), frozenset({"1"})), Earlier(cny(40_000))),
    )
    assert share(case).insurer.plain == "16473.68"


def test_a_rule_without_its_figure_is_refused() -> None:
    with pytest.raises(RecoveryValueMissing):
        share(replace(M6, rule=RecoveryRule.PRO_RATA_INSURED, insured_pct=None))


@given(
    st.integers(0, 10**8),
    st.integers(0, 10**6),
    st.integers(0, 10**8),
    st.sampled_from(RecoveryRule),
)
def test_the_two_shares_add_up_to_the_net_recovery(
    amount: int, costs: int, indemnity: int, rule: RecoveryRule
) -> None:
    case = replace(
        M6,
        amount=Money.of_minor(amount, "CNY"),
        costs=Money.of_minor(costs, "CNY"),
        indemnity=Money.of_minor(indemnity, "CNY"),
        rule=rule,
    )
    found = share(case)
    assert found.insurer + found.insured == found.net
    assert found.net.minor == amount - costs
    if amount >= costs:
        assert 0 <= found.insurer.minor <= indemnity
        assert found.insured.minor >= 0
    else:
        assert found.insurer.minor <= 0
        assert found.insured.minor <= 0


def told(case: Recovered) -> list[str]:
    """Each line as `R4 label | figure | detail`."""
    say = words("en").say
    return [
        " | ".join(
            (
                f"{step.code} {say(step.label)}",
                step.amount.plain if step.amount is not None else "",
                say(step.detail) if step.detail else "",
            )
        )
        for step in share(case).steps
    ]


def test_the_working_shows_the_fraction_and_the_cap() -> None:
    assert told(replace(M6, already_recovered=cny(400_000)))[2:] == [
        "R3 To be shared | 92000.00 | ",
        (
            "R4 Insurer's share, by the rule: Pro rata | 80548.12 | "
            "CNY 92,000.00 × indemnity CNY 418,500.00 ÷ whole debt CNY 478,000.00."
        ),
        "R4 No more than the indemnity less what the insurer has had back | 18500.00 | ",
        "R5 The insured's share | 73500.00 | ",
    ]


def test_the_working_by_age_names_each_invoice_that_is_filled() -> None:
    case = replace(M6, rule=RecoveryRule.CHRONOLOGICAL)
    assert told(case)[3:5] == [
        "R4 A: CNY 80,000.00 × insured CNY 40,000.00 ÷ open CNY 80,000.00 × 90 % for the insurer |  | ",
        "R4 B: CNY 12,000.00 × insured CNY 226,000.00 ÷ open CNY 226,000.00 × 90 % for the insurer |  | ",
    ]
