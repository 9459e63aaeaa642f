from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import ZERO, Rate, Rates, exact
from creditdesk.domain.claim.indemnity import calculate
from creditdesk.domain.cover.case import (
    CaseInvoice,
    IndemnityCase,
    IndemnityTerms,
)
from creditdesk.domain.cover.limits import (
    CoverEvent,
    CoverEventKind,
    Discretionary,
    Limit,
)
from creditdesk.domain.cover.shipping import cover
from creditdesk.domain.ledger.allocation import Credit, allocate, open_on_days
from creditdesk.domain.policy.choices import (
    AflBasis,
    AllocationRule,
    DeductibleOrder,
    FxRule,
    LimitMode,
    LimitState,
    NqlType,
)

T = TypeVar("T")
START = date(2025, 1, 1)
LOSS = date(2025, 10, 31)
FOREIGN = ("CNY", "EUR", "JPY", "KWD")
days = st.integers(0, 330).map(lambda n: START + timedelta(days=n))
minor = st.integers(0, 10**7)
amounts = minor.map(lambda n: Money.of_minor(n, "CNY"))
decimals = amounts.map(lambda money: money.amount)
nothing = st.just(Decimal(0))
percents = st.integers(50, 100).map(Decimal)
names = st.none() | st.sampled_from([f"I{number}" for number in range(5)])


@st.composite
def terms(draw: st.DrawFn) -> IndemnityTerms:
    order = draw(st.sampled_from(DeductibleOrder))
    retention = order is DeductibleOrder.MIN_RETENTION
    return IndemnityTerms(
        currency="CNY",
        insured_pct=draw(percents),
        deductible_order=order,
        eel=Decimal(0) if retention else draw(decimals),
        min_retention=draw(decimals) if retention else Decimal(0),
        nql=draw(nothing | decimals),
        nql_type=draw(st.sampled_from(NqlType)),
        afl=draw(nothing | decimals),
        afl_used=draw(nothing | decimals),
        afl_basis=draw(st.sampled_from(AflBasis)),
        max_liability=draw(st.none() | decimals),
        max_liability_used=draw(nothing | decimals),
        single_buyer_cap=draw(st.none() | decimals),
        vat_insured=draw(st.booleans()),
        allocation_rule=draw(st.sampled_from(AllocationRule)),
        limit_mode=draw(st.sampled_from(LimitMode)),
        fx_rule=draw(st.sampled_from(FxRule)),
        max_payment_term_days=draw(st.none() | st.just(90)),
        mep_days=draw(st.none() | st.integers(0, 90)),
        period=draw(st.none() | st.just((START, date(2025, 9, 30)))),
        reduction_pct=draw(nothing | percents),
        cancel_notice_days=draw(st.sampled_from([0, 30])),
    )


@st.composite
def cases(draw: st.DrawFn, currencies: Sequence[str] = ("CNY",)) -> IndemnityCase:
    def money() -> Money:
        return Money.of_minor(draw(minor), draw(st.sampled_from(currencies)))

    def invoice(number: int) -> CaseInvoice:
        issued, amount = draw(days), money()
        return CaseInvoice(
            id=f"I{number}",
            issued=issued,
            due=issued + timedelta(days=draw(st.integers(0, 120))),
            amount=amount,
            shipped=draw(st.none() | days),
            vat_rate=Decimal(draw(st.sampled_from([0, 6, 13]))),
            disputed=draw(nothing | st.just(amount.amount)),
            seller_fault=draw(nothing | st.just(amount.amount / 2)),
            declared=draw(st.sampled_from([True, True, False])),
        )

    def limit() -> Limit:
        start = draw(days)
        end = draw(st.none() | st.just(start + timedelta(days=90)))
        return Limit(start, end, money(), draw(st.sampled_from(LimitState)))

    own = Discretionary(draw(amounts), START, draw(st.none() | percents), draw(st.none() | days))  # fmt: skip
    return IndemnityCase(
        terms=draw(terms()),
        date_of_loss=LOSS,
        limits=tuple(limit() for _ in range(draw(st.integers(0, 3)))),
        invoices=tuple(invoice(number) for number in range(draw(st.integers(0, 5)))),
        credits=tuple(
            Credit(f"P{number}", draw(days), money(), draw(names), draw(st.booleans()))
            for number in range(draw(st.integers(0, 4)))
        ),
        discretionary=draw(st.none() | st.just(own)),
        events=tuple(
            CoverEvent(draw(st.sampled_from(CoverEventKind)), draw(days))
            for _ in range(draw(st.integers(0, 2)))
        ),
        stop_date=draw(st.none() | days),
        claim_date=LOSS,
        rates=tuple(
            Rate(currency, START, Decimal(draw(st.integers(1, 10**6))) / 10**5)
            for currency in FOREIGN[1:]
        ),
    )


def with_terms(case: IndemnityCase, **changes: object) -> IndemnityCase:
    return replace(case, terms=replace(case.terms, **changes))  # type: ignore[arg-type]  # the fields' own types


@given(cases(FOREIGN))
def test_the_indemnity_exceeds_no_cap(case: IndemnityCase) -> None:
    """rules.md 4.1 S6–S13: the percentage of the covered loss, each cap, what is left of the maximum liability."""
    answer, terms = calculate(case), case.terms
    assert terms.insured_pct is not None
    own = case.discretionary.pct if case.discretionary else None
    most = max(terms.insured_pct, own or terms.insured_pct)
    caps = [
        answer.covered_loss.times(most / 100).rounded(),
        answer.covered_loss,
        answer.eligible_debt,
        answer.whole_debt,
    ]
    if terms.single_buyer_cap is not None:
        caps.append(Money(terms.single_buyer_cap, "CNY"))
    if terms.max_liability is not None:
        left = max(Decimal(0), terms.max_liability - terms.max_liability_used)
        caps.append(Money(left, "CNY"))
    assert 0 <= answer.indemnity.minor <= min(cap.minor for cap in caps)
    assert answer.own_share + answer.indemnity == answer.covered_loss
    assert answer.own_risk + answer.indemnity == answer.whole_debt


@given(cases())
def test_what_is_covered_fits_the_limits(case: IndemnityCase) -> None:
    """rules.md 4.1 S7: a group never takes more than its limit less what older groups use of it."""
    answer = calculate(with_terms(case, limit_mode=LimitMode.REVOLVING))
    allowed = sum(limit.in_force.minor for limit in set(case.limits))
    if case.discretionary:
        allowed += case.discretionary.amount.minor
    assert answer.limit_applied.minor <= allowed


@given(cases(FOREIGN))
def test_the_first_loss_erodes_by_no_more_than_is_left_of_it(
    case: IndemnityCase,
) -> None:
    terms = case.terms
    eroded = calculate(case).afl_eroded
    assert terms.afl is not None
    assert 0 <= eroded.amount <= max(Decimal(0), terms.afl - terms.afl_used)


@given(cases(FOREIGN), st.randoms(use_true_random=False))
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
        events=shuffled(case.events),
        rates=shuffled(case.rates),
    )
    assert calculate(other) == calculate(case)
    assert cover(other) == cover(case)


@given(cases(FOREIGN), amounts)
def test_what_comes_after_the_loss_changes_nothing(
    case: IndemnityCase, amount: Money
) -> None:
    after = LOSS + timedelta(days=1)
    later = Credit("later", after, amount)
    invoice = CaseInvoice(id="later too", issued=after, due=after, amount=amount)
    other = replace(
        case, credits=(*case.credits, later), invoices=(*case.invoices, invoice)
    )
    assert calculate(other).indemnity == calculate(case).indemnity


@given(cases(), amounts, days, st.integers(0, 120))
def test_under_one_decision_another_unpaid_invoice_never_lowers_the_indemnity(
    case: IndemnityCase, more: Money, issued: date, term: int
) -> None:
    """True where one decision holds all along, used as a revolving limit, and the extension period stops nothing.

    The tests below show why. Pro rata is left out too: a cent that goes to another invoice can round its VAT away.
    """
    simple = replace(
        with_terms(
            case,
            mep_days=None,
            limit_mode=LimitMode.REVOLVING,
            allocation_rule=AllocationRule.OLDEST_DUE_FIRST,
        ),
        limits=(Limit(START, None, Money.of_minor(10**7, "CNY")),),
        discretionary=None,
    )
    extra = CaseInvoice(id="extra", issued=issued, due=issued + timedelta(term), amount=more)  # fmt: skip
    larger = replace(simple, invoices=(*simple.invoices, extra))
    assert calculate(simple).indemnity <= calculate(larger).indemnity


def debt(name: str, issued: date, amount: int, **more: object) -> CaseInvoice:
    due = issued + timedelta(days=30)
    invoice = CaseInvoice(id=name, issued=issued, due=due, amount=Money(Decimal(amount), "CNY"))  # fmt: skip
    return replace(invoice, **more)  # type: ignore[arg-type]  # the fields' own types


def paid_without_and_with(
    extra: CaseInvoice, *others: CaseInvoice, limits: Sequence[tuple[date, int]], **terms: object
) -> tuple[str, str]:  # fmt: skip
    case = IndemnityCase(
        terms=replace(IndemnityTerms(currency="CNY", insured_pct=Decimal(100), vat_insured=True), **terms),  # type: ignore[arg-type]  # the fields' own types
        date_of_loss=LOSS,
        limits=tuple(Limit(start, None, Money(Decimal(amount), "CNY")) for start, amount in limits),
        invoices=others,
    )  # fmt: skip
    larger = replace(case, invoices=(*others, extra))
    return calculate(case).indemnity.plain, calculate(larger).indemnity.plain


def test_more_old_debt_uses_a_later_limit_first_and_can_lower_the_indemnity() -> None:
    """rules.md 4.1 S7: all older insured debt counts against a later decision, uncapped."""
    later = date(2025, 6, 1)
    assert paid_without_and_with(
        debt("extra", START, 100),
        debt("A", START, 100),
        debt("B", later, 100),
        limits=[(START, 100), (later, 200)],
    ) == ("200.00", "100.00")


def test_an_older_unpaid_invoice_can_stop_deliveries_and_lower_the_indemnity() -> None:
    """rules.md 2.3 D13."""
    assert paid_without_and_with(
        debt("extra", START, 10),
        debt("B", date(2025, 6, 1), 100),
        limits=[(START, 1000)],
        mep_days=60,
    ) == ("100.00", "10.00")


def test_a_disputed_delivery_uses_a_limit_taken_shipment_by_shipment() -> None:
    """rules.md 4.1 S7, STRICT: what is open counts against the headroom, insured or held."""
    assert paid_without_and_with(
        debt("extra", START, 100, disputed=Decimal(100)),
        debt("B", date(2025, 6, 1), 100),
        limits=[(START, 100)],
        limit_mode=LimitMode.STRICT,
    ) == ("100.00", "0.00")


@given(cases(FOREIGN))
def test_an_allocation_keeps_every_cent(case: IndemnityCase) -> None:
    """Whatever the rule and the currencies: what is open is what was owed less what came in, to the last fraction."""
    debts = case.invoices
    rates = Rates("CNY", case.rates)
    found = allocate(debts, case.credits, case.terms.allocation_rule, rates)
    rate = {debt.id: rates.on(debt.amount.currency, LOSS) for debt in debts}
    owed = sum((exact(debt.amount) * rate[debt.id] for debt in debts), ZERO)
    received = sum(
        (exact(item.amount) * rates.on(item.amount.currency, LOSS) for item in case.credits),
        ZERO,
    )  # fmt: skip
    left = sum((amount * rate[name] for name, amount in found.open.items()), ZERO)
    assert left == max(0, owed - received)
    assert all(amount >= 0 for amount in found.open.values())
    for debt in debts:
        shares = sum(part.amount for part in found.shares if part.debt == debt.id)
        assert exact(debt.amount) - shares == found.open[debt.id]


@given(cases(FOREIGN), st.integers(0, 330))
def test_what_was_open_on_a_day_is_the_allocation_of_what_came_by_then(
    case: IndemnityCase, after: int
) -> None:
    debts, rule = case.invoices, case.terms.allocation_rule  # fmt: skip
    rates, day = Rates("CNY", case.rates), START + timedelta(days=after)
    known = [credit for credit in case.credits if credit.on <= day]
    found = open_on_days(debts, case.credits, rule, rates, [START, day, LOSS])
    assert found[day] == allocate(debts, known, rule, rates).open


@given(cases(FOREIGN))
def test_cover_and_headroom_stay_within_the_limit(case: IndemnityCase) -> None:
    found = cover(case)
    for row in found.rows:
        assert row.covered + row.uncovered == row.open
        assert 0 <= row.covered.minor <= row.open.minor
        assert not (row.reasons and row.covered)
    assert 0 <= found.headroom.minor <= found.limit.minor
    assert found.may_ship is not bool(found.reasons)


@given(cases(FOREIGN))
def test_the_working_adds_up_to_the_insured_debt(case: IndemnityCase) -> None:
    steps = calculate(case).steps
    signed = {"S3": 1, "S4": 1, "S5": 1, "S6": -1}
    total = sum(
        step.amount.minor * signed[step.code]
        for step in steps
        if step.code in signed and step.amount is not None
    )
    assert total == 0


@given(cases())
def test_the_working_leads_from_the_invoices_to_the_indemnity(
    case: IndemnityCase,
) -> None:
    """In one currency the column of figures adds up, subtotal by subtotal."""
    answer = calculate(case)
    figures: dict[str, list[Money]] = {}
    for step in answer.steps:
        if step.amount is not None:
            figures.setdefault(step.code, []).append(step.amount)

    def total(*codes: str) -> Money:
        return Money.total((each for code in codes for each in figures.get(code, [])), "CNY")  # fmt: skip

    assert total("S1", "S2") == total("S3") == answer.whole_debt
    assert total("S3", "S4", "S5") == total("S6") == answer.eligible_debt
    assert total("S7") == total("S8") == answer.covered_loss
    assert figures["S14"] == [answer.indemnity]
