from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from creditdesk.domain.allocation import Credit, allocate
from creditdesk.domain.choices import (
    AflBasis,
    AllocationRule,
    DeductibleOrder,
    LimitMode,
    LimitState,
    NqlType,
)
from creditdesk.domain.cover import cover
from creditdesk.domain.indemnity import calculate
from creditdesk.domain.indemnity_case import IndemnityCase, IndemnityTerms, Invoice
from creditdesk.domain.limits import Limit
from creditdesk.domain.money import Money
from creditdesk.domain.rates import Rates, exact

T = TypeVar("T")
START = date(2025, 1, 1)
LOSS = date(2025, 10, 31)
days = st.integers(0, 330).map(lambda n: START + timedelta(days=n))
amounts = st.integers(0, 10**7).map(lambda n: Money.of_minor(n, "CNY"))
decimals = amounts.map(lambda money: money.amount)


@st.composite
def terms(draw: st.DrawFn) -> IndemnityTerms:
    order = draw(st.sampled_from(DeductibleOrder))
    retention = order is DeductibleOrder.MIN_RETENTION
    return IndemnityTerms(
        currency="CNY",
        insured_pct=Decimal(draw(st.integers(50, 100))),
        deductible_order=order,
        eel=Decimal(0) if retention else draw(decimals),
        min_retention=draw(decimals) if retention else Decimal(0),
        nql=draw(decimals),
        nql_type=draw(st.sampled_from(NqlType)),
        afl=draw(decimals),
        afl_basis=draw(st.sampled_from(AflBasis)),
        max_liability=draw(st.none() | decimals),
        single_buyer_cap=draw(st.none() | decimals),
        vat_insured=draw(st.booleans()),
        allocation_rule=draw(st.sampled_from(AllocationRule)),
        limit_mode=draw(st.sampled_from(LimitMode)),
        mep_days=draw(st.none() | st.integers(0, 90)),
        cancel_notice_days=draw(st.sampled_from([0, 30])),
    )


@st.composite
def cases(draw: st.DrawFn) -> IndemnityCase:
    invoices = []
    for number in range(draw(st.integers(0, 5))):
        issued = draw(days)
        due = issued + timedelta(days=draw(st.integers(0, 120)))
        invoices.append(
            Invoice(
                id=f"I{number}",
                issued=issued,
                due=due,
                amount=draw(amounts),
                vat_rate=Decimal(draw(st.sampled_from([0, 6, 13]))),
                disputed=draw(st.just(Decimal(0)) | decimals),
            )
        )
    names = st.none() | st.sampled_from([f"I{number}" for number in range(5)])
    credits_ = [
        Credit(
            f"P{number}", draw(days), draw(amounts), draw(names), draw(st.booleans())
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    limits = [
        Limit(draw(days), draw(st.none() | days), draw(amounts), draw(st.sampled_from(LimitState)))
        for _ in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    return IndemnityCase(
        terms=draw(terms()),
        date_of_loss=LOSS,
        limits=tuple(limits),
        invoices=tuple(invoices),
        credits=tuple(credits_),
    )


@given(cases())
def test_the_indemnity_exceeds_no_cap(case: IndemnityCase) -> None:
    answer = calculate(case)
    assert case.terms.insured_pct is not None
    share = answer.covered_loss.times(case.terms.insured_pct / 100).rounded()
    caps = [share, answer.covered_loss, answer.eligible_debt, answer.whole_debt]
    caps += [
        Money(cap, "CNY")
        for cap in (case.terms.max_liability, case.terms.single_buyer_cap)
        if cap is not None
    ]
    assert 0 <= answer.indemnity.minor <= min(cap.minor for cap in caps)
    if case.terms.limit_mode is LimitMode.REVOLVING:
        allowed = sum(limit.in_force.minor for limit in set(case.limits))
        assert answer.limit_applied.minor <= allowed


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(
    case: IndemnityCase, random: Random
) -> None:
    def shuffled(items: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(random.sample(items, len(items)))

    other = replace(
        case,
        invoices=shuffled(case.invoices),
        credits=shuffled(case.credits),
        limits=shuffled(case.limits),
    )
    assert calculate(other) == calculate(case)


@given(cases(), amounts)
def test_what_comes_after_the_loss_changes_nothing(
    case: IndemnityCase, amount: Money
) -> None:
    after = LOSS + timedelta(days=1)
    later = Credit("later", after, amount)
    invoice = Invoice(id="later too", issued=after, due=after, amount=amount)
    other = replace(
        case, credits=(*case.credits, later), invoices=(*case.invoices, invoice)
    )
    assert calculate(other).indemnity == calculate(case).indemnity


@given(cases(), amounts)
def test_under_one_limit_more_debt_never_lowers_the_indemnity(
    case: IndemnityCase, more: Money
) -> None:
    limit = Limit(START, None, Money.of_minor(10**7, "CNY"))
    simple = replace(
        case,
        terms=replace(case.terms, mep_days=None, limit_mode=LimitMode.REVOLVING),
        limits=(limit,),
    )
    extra = Invoice(id="extra", issued=LOSS, due=LOSS, amount=more)
    larger = replace(simple, invoices=(*simple.invoices, extra))
    assert calculate(simple).indemnity <= calculate(larger).indemnity


@given(cases())
def test_an_allocation_keeps_every_cent(case: IndemnityCase) -> None:
    debts = [invoice.debt for invoice in case.invoices]
    rule = case.terms.allocation_rule
    found = allocate(debts, case.credits, rule, Rates("CNY"))
    owed = sum((exact(debt.amount) for debt in debts), Fraction(0))
    received = sum((exact(item.amount) for item in case.credits), Fraction(0))
    assert sum(found.open.values()) == max(0, owed - received)
    assert all(left >= 0 for left in found.open.values())
    for debt in debts:
        shares = sum(part.amount for part in found.shares if part.debt == debt.id)
        assert exact(debt.amount) - shares == found.open[debt.id]


@given(cases())
def test_cover_and_headroom_stay_within_the_limit(case: IndemnityCase) -> None:
    found = cover(case)
    for row in found.rows:
        assert row.covered + row.uncovered == row.open
        assert 0 <= row.covered.minor <= row.open.minor
        assert not (row.reasons and row.covered)
    assert 0 <= found.headroom.minor <= found.limit.minor
    assert found.may_ship is not bool(found.reasons)


@given(cases())
def test_the_working_adds_up_to_the_insured_debt(case: IndemnityCase) -> None:
    steps = calculate(case).steps
    signed = {"S3": 1, "S4": 1, "S5": 1, "S6": -1}
    total = sum(
        step.amount.minor * signed[step.code]
        for step in steps
        if step.code in signed and step.amount is not None
    )
    assert total == 0
