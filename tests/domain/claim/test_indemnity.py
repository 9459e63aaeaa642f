from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import Rate, RateMissing, Rates, exact
from creditdesk.domain.claim.indemnity import calculate
from creditdesk.domain.cover.case import (
    CaseInvoice,
    DeductibleOrderMismatch,
    IndemnityCase,
    IndemnityTerms,
)
from creditdesk.domain.cover.limits import Discretionary, Limit
from creditdesk.domain.ledger.allocation import Credit, allocate
from creditdesk.domain.policy.choices import (
    AflBasis,
    AllocationRule,
    AttachmentBasis,
    DeductibleOrder,
    FxRule,
    LimitMode,
    LimitState,
    NqlType,
)
from creditdesk.domain.policy.terms import PolicyValuesMissing
from creditdesk.errors import UserError

D = date.fromisoformat


def money(amount: str | int, currency: str = "CNY") -> Money:
    return Money(Decimal(amount), currency)


def invoice(
    name: str, issued: str, due: str, amount: str | int, currency: str = "CNY"
) -> CaseInvoice:
    return CaseInvoice(
        id=name, issued=D(issued), due=D(due), amount=money(amount, currency)
    )


def paid(amount: str | int, on: str, to: str | None = None) -> Credit:
    return Credit("PAY " + on, D(on), money(amount), to)


def limit(
    amount: str | int,
    start: str = "2025-01-01",
    state: LimitState = LimitState.APPROVED,
) -> Limit:
    return Limit(D(start), None, money(amount), state)


TERMS = IndemnityTerms(currency="CNY", insured_pct=Decimal(90))
M1 = IndemnityCase(
    terms=replace(TERMS, vat_insured=True, mep_days=60),
    date_of_loss=D("2025-09-07"),
    limits=(limit(500_000),),
    invoices=(
        replace(
            invoice("INV1", "2025-01-10", "2025-03-11", 339_000), vat_rate=Decimal(13)
        ),
        replace(
            invoice("INV2", "2025-02-10", "2025-04-11", 226_000), vat_rate=Decimal(13)
        ),
        replace(
            invoice("INV3", "2025-03-20", "2025-05-19", 113_000),
            vat_rate=Decimal(13),
            disputed=Decimal(13_000),
        ),
    ),
    credits=(paid(200_000, "2025-04-20", "INV2"),),
)


def simple(balance: int, ceiling: int, **terms: object) -> IndemnityCase:
    return IndemnityCase(
        terms=replace(TERMS, **terms),  # type: ignore[arg-type]  # the fields' own types
        date_of_loss=D("2025-12-31"),
        limits=(limit(ceiling),),
        invoices=(invoice("I", "2025-03-01", "2025-05-01", balance),),
    )


def indemnity(case: IndemnityCase) -> str:
    return calculate(case).indemnity.plain


def with_terms(case: IndemnityCase, **terms: object) -> IndemnityCase:
    return replace(case, terms=replace(case.terms, **terms))  # type: ignore[arg-type]  # the fields' own types


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ({}, "418500.00"),
        (
            {"eel": Decimal(20_000), "deductible_order": DeductibleOrder.BEFORE_PCT},
            "400500.00",
        ),
        (
            {"eel": Decimal(20_000), "deductible_order": DeductibleOrder.AFTER_PCT},
            "398500.00",
        ),
        ({"vat_insured": False}, "370353.99"),
    ],
)
def test_m1_dispute_order_of_deductible_and_vat(
    terms: dict[str, object], expected: str
) -> None:
    assert indemnity(with_terms(M1, **terms)) == expected


def test_m1_rows_stop_and_sums() -> None:
    answer = calculate(M1)
    rows = {row.id: (row.residual.plain, row.eligible.plain) for row in answer.rows}
    assert rows == {
        "INV1": ("139000.00", "139000.00"),
        "INV2": ("226000.00", "226000.00"),
        "INV3": ("113000.00", "100000.00"),
    }
    assert answer.stop_date == D("2025-05-10")
    assert answer.whole_debt.plain == "478000.00"
    assert answer.eligible_debt.plain == "465000.00"
    assert answer.own_share.plain == "46500.00"
    assert answer.own_risk.plain == "59500.00"


M2 = replace(
    M1,
    invoices=(*M1.invoices, invoice("INV4", "2025-05-15", "2025-05-15", 90_400)),
    credits=(*M1.credits, paid(90_400, "2025-05-25", "INV4")),
)


def test_m2_money_for_later_cash_deliveries_reduces_the_claim() -> None:
    assert indemnity(M2) == "337140.00"
    designated = with_terms(M2, allocation_rule=AllocationRule.DESIGNATED)
    assert indemnity(designated) == "418500.00"


def test_both_allocations_are_returned() -> None:
    rows = {row.id: row for row in calculate(M2).rows}
    assert rows["INV4"].residual.plain == "90400.00"
    assert rows["INV4"].ledger_residual.plain == "0.00"
    assert rows["INV4"].reasons == ("STOPPED",)


@pytest.mark.parametrize(("old", "expected"), [(300, "270000.00"), (170, "180000.00")])
def test_m3_the_old_balance_uses_the_cut_limit_first(old: int, expected: str) -> None:
    case = IndemnityCase(
        terms=TERMS,
        date_of_loss=D("2025-12-31"),
        limits=(
            limit(500_000),
            limit(200_000, "2025-06-01", LimitState.REDUCED),
        ),
        invoices=(
            invoice("OLD", "2025-03-01", "2025-05-01", 420_000),
            invoice("NEW", "2025-06-10", "2025-08-10", 50_000),
        ),
        credits=(paid(420_000 - old * 1000, "2025-07-01"),),
    )
    assert indemnity(case) == expected


@pytest.mark.parametrize(
    ("basis", "figures"),
    [
        (
            AflBasis.ERODED_BY_INDEMNITY,
            [
                (0, 100_000),
                (0, 50_500),
                (53_000, 0),
                (355_500, 0),
                (91_500, 0),
            ],
        ),
        (
            AflBasis.ERODED_BY_LOSS,
            [
                (0, 100_000),
                (0, 45_000),
                (63_000, 0),
                (355_500, 0),
                (81_500, 0),
            ],
        ),
    ],
)
def test_m4_a_year_with_threshold_deductible_first_loss_and_maximum(
    basis: AflBasis, figures: list[tuple[int, int]]
) -> None:
    afl_used = ml_used = Decimal(0)
    found = []
    for loss in (8_000, 60_000, 120_000, 400_000, 300_000):
        case = simple(
            loss,
            1_000_000,
            nql=Decimal(10_000),
            eel=Decimal(5_000),
            deductible_order=DeductibleOrder.BEFORE_PCT,
            afl=Decimal(100_000),
            afl_used=afl_used,
            afl_basis=basis,
            max_liability=Decimal(500_000),
            max_liability_used=ml_used,
        )
        answer = calculate(case)
        afl_used += answer.afl_eroded.amount
        ml_used += answer.indemnity.amount
        found.append((int(answer.indemnity.amount), int(100_000 - afl_used)))
    assert found == figures


@pytest.mark.parametrize(
    ("rule", "ceiling", "expected"),
    [
        (FxRule.DATE_OF_LOSS, 200_000, "166500.00"),
        (FxRule.INVOICE_DATE, 200_000, "171000.00"),
        (FxRule.LOWER_OF, 200_000, "166500.00"),
        (FxRule.DATE_OF_LOSS, 150_000, "135000.00"),
        (FxRule.INVOICE_DATE, 150_000, "135000.00"),
    ],
)
def test_m5_the_day_of_the_rate_changes_the_claim(
    rule: FxRule, ceiling: int, expected: str
) -> None:
    case = IndemnityCase(
        terms=replace(TERMS, currency="USD", fx_rule=rule),
        date_of_loss=D("2025-12-31"),
        limits=(Limit(D("2025-01-01"), None, money(ceiling, "USD")),),
        invoices=(
            invoice("E", "2025-03-01", "2025-05-01", 100_000, "EUR"),
            invoice("U", "2025-03-01", "2025-05-01", 80_000, "USD"),
        ),
        rates=(
            Rate("EUR", D("2025-03-01"), Decimal("1.10")),
            Rate("EUR", D("2025-12-31"), Decimal("1.05")),
        ),
    )
    assert indemnity(case) == expected


def test_m7_and_p3_the_limit_binds() -> None:
    assert indemnity(simple(800_000, 500_000)) == "450000.00"


def test_p2_the_limit_does_not_bind() -> None:
    assert indemnity(simple(950_000, 1_000_000)) == "855000.00"


def test_p1_what_the_seller_caused_is_taken_off_first() -> None:
    case = simple(200_000, 200_000)
    spoiled = replace(case.invoices[0], seller_fault=Decimal(20_000))
    answer = calculate(replace(case, invoices=(spoiled,)))
    assert answer.indemnity.plain == "162000.00"
    assert answer.own_share.plain == "18000.00"


@pytest.mark.parametrize(
    ("order", "expected"),
    [("BEFORE_PCT", "40500.00"), ("AFTER_PCT", "40000.00")],
)
def test_p6_the_order_of_deductible_and_percentage(order: str, expected: str) -> None:
    case = simple(
        50_000,
        100_000,
        eel=Decimal(5_000),
        deductible_order=DeductibleOrder(order),
    )
    assert indemnity(case) == expected


@pytest.mark.parametrize(
    ("own", "paid", "with_refund"),
    [
        (25, "75000.00", "88793.10"),
        (30, "70000.00", "83793.10"),
        (35, "65000.00", "78793.10"),
        (40, "60000.00", "73793.10"),
    ],
)
def test_p8_where_the_tax_office_refunds_vat_the_seller_gets_it_besides(
    own: int, paid: str, with_refund: str
) -> None:
    """The source prints the totals without cents; the refund is 100,000 × 16 ÷ 116."""
    case = simple(100_000, 100_000, insured_pct=Decimal(100 - own), vat_insured=True)
    taxed = replace(case, invoices=(replace(case.invoices[0], vat_rate=Decimal(16)),))
    assert indemnity(taxed) == paid
    without = calculate(with_terms(taxed, vat_insured=False))
    refund = without.whole_debt - without.eligible_debt
    assert refund.plain == "13793.10"
    assert (calculate(taxed).indemnity + refund).plain == with_refund


@pytest.mark.parametrize(
    ("mode", "expected"),
    [(LimitMode.STRICT, "36000.00"), (LimitMode.REVOLVING, "63000.00")],
)
def test_m8_strict_and_revolving(mode: LimitMode, expected: str) -> None:
    case = IndemnityCase(
        terms=replace(TERMS, limit_mode=mode),
        date_of_loss=D("2025-12-31"),
        limits=(limit(100_000),),
        invoices=(
            invoice("S1", "2025-01-01", "2025-03-01", 80_000),
            invoice("S2", "2025-01-15", "2025-03-15", 50_000),
        ),
        credits=(paid(60_000, "2025-02-10"),),
    )
    assert indemnity(case) == expected


@pytest.mark.parametrize(
    ("evidence", "adverse", "expected", "reasons"),
    [
        ("2024-06-01", None, "9600.00", ()),
        ("2024-03-01", None, "9600.00", ()),
        ("2024-02-01", None, "0.00", ("DCL_UNJUSTIFIED",)),
        ("2025-03-02", None, "0.00", ("DCL_UNJUSTIFIED",)),
        ("2024-06-01", "2025-03-01", "0.00", ("DCL_UNJUSTIFIED",)),
    ],
)
def test_m9_a_discretionary_limit_needs_fresh_grounds(
    evidence: str, adverse: str | None, expected: str, reasons: tuple[str, ...]
) -> None:
    own = Discretionary(
        money(15_000), D(evidence), Decimal(80), D(adverse) if adverse else None
    )
    case = replace(simple(12_000, 0), limits=(), discretionary=own)
    answer = calculate(case)
    assert answer.indemnity.plain == expected
    assert answer.rows[0].reasons == reasons


def test_a_zero_decision_kills_the_discretionary_limit() -> None:
    own = Discretionary(money(15_000), D("2025-01-01"))
    case = replace(simple(12_000, 0), discretionary=own)
    assert calculate(case).rows[0].reasons == ("LIMIT_ZERO",)


@pytest.mark.parametrize(
    ("amount", "kind", "expected"),
    [
        (10_000, NqlType.FRANCHISE, "0.00"),
        (10_001, NqlType.FRANCHISE, "9000.90"),
        (10_001, NqlType.DEDUCT, "0.90"),
    ],
)
def test_a_threshold_is_a_franchise_unless_the_policy_deducts_it(
    amount: int, kind: NqlType, expected: str
) -> None:
    case = simple(amount, 50_000, nql=Decimal(10_000), nql_type=kind)
    assert indemnity(case) == expected


@pytest.mark.parametrize(
    ("retention", "expected"), [(5_000, "90000.00"), (15_000, "85000.00")]
)
def test_the_insured_keeps_the_larger_of_retention_and_its_share(
    retention: int, expected: str
) -> None:
    case = simple(
        100_000,
        100_000,
        min_retention=Decimal(retention),
        deductible_order=DeductibleOrder.MIN_RETENTION,
    )
    assert indemnity(case) == expected


def test_reduction_and_cap_come_last() -> None:
    assert indemnity(simple(1000, 5000, reduction_pct=Decimal(10))) == "810.00"
    assert indemnity(simple(1000, 5000, single_buyer_cap=Decimal(500))) == "500.00"


def test_every_missing_value_is_named_at_once() -> None:
    case = with_terms(
        M1, insured_pct=None, vat_insured=None, eel=Decimal(1), afl=Decimal(1)
    )
    with pytest.raises(PolicyValuesMissing) as refused:
        calculate(case)
    assert refused.value.places["keys"] == (
        "insured_pct",
        "vat_insured",
        "deductible_order",
        "afl_basis",
    )


@pytest.mark.parametrize(
    "terms",
    [
        {"insured_pct": Decimal("0.9")},
        {"insured_pct": Decimal(1)},
        {"insured_pct": Decimal(101)},
    ],
)
def test_a_fraction_is_no_percentage(terms: dict[str, object]) -> None:
    with pytest.raises(UserError):
        calculate(with_terms(M1, **terms))


def test_an_order_that_fits_no_deductible_is_refused() -> None:
    both = with_terms(
        M1,
        eel=Decimal(1),
        min_retention=Decimal(1),
        deductible_order=DeductibleOrder.AFTER_PCT,
    )
    with pytest.raises(DeductibleOrderMismatch):
        calculate(both)


def test_a_missing_rate_is_refused() -> None:
    foreign = invoice("E", "2025-03-01", "2025-05-01", 1, "EUR")
    with pytest.raises(RateMissing):
        calculate(replace(M1, invoices=(foreign,)))


def test_paying_the_arrears_lifts_the_stop_for_later_shipments_only() -> None:
    case = IndemnityCase(
        terms=replace(TERMS, mep_days=30),
        date_of_loss=D("2025-12-31"),
        limits=(limit(500_000),),
        invoices=(
            invoice("A", "2025-01-01", "2025-02-01", 100),
            invoice("B", "2025-03-04", "2025-12-01", 100),
            invoice("C", "2025-03-10", "2025-12-01", 100),
            invoice("X", "2025-03-03", "2025-12-01", 100),
        ),
        credits=(paid(100, "2025-03-10"),),
    )
    reasons = {row.id: row.reasons for row in calculate(case).rows}
    assert reasons == {"A": (), "X": (), "B": ("STOPPED",), "C": ()}


def test_a_ledger_finer_than_cents_is_computed_exactly() -> None:
    """Converted ledgers carry up to four digits more than their currency."""
    case = simple(0, 1_000)
    lines = tuple(
        replace(invoice(f"I{n}", "2025-03-01", "2025-05-01", "33.3350"), shipped=None)
        for n in range(3)
    )
    part = Credit("P", D("2025-06-01"), money("33.3375"))
    for rule in AllocationRule:
        found = calculate(
            with_terms(
                replace(case, invoices=lines, credits=(part,)), allocation_rule=rule
            )
        )
        left = sum(found.allocation.open.values())
        assert left == Fraction("66.6675")
        rounding = len(lines) * Fraction("0.005")
        assert abs(exact(found.whole_debt) - left) <= rounding


@pytest.mark.parametrize("rule", AllocationRule)
def test_money_in_another_currency_is_used_up_to_the_last_fraction(
    rule: AllocationRule,
) -> None:
    """A share rounded to a cent can be more than an invoice still owes: the rest goes on."""
    debts = [
        invoice("A", "2025-01-01", "2025-02-01", "0.04", "USD"),
        invoice("B", "2025-01-01", "2025-02-01", "0.08"),
        invoice("C", "2025-01-01", "2025-02-01", "0.05"),
    ]
    received = [
        Credit(f"P{n}", D("2025-03-01"), Money(Decimal(amount), currency))
        for n, (amount, currency) in enumerate(
            [("0.01", "USD"), ("0.09", "CNY"), ("0.03", "USD")]
        )
    ]
    rates = Rates("CNY", [Rate("USD", D("2025-01-01"), Decimal("7.13"))])
    found = allocate(debts, received, rule, rates)
    value = {"A": Fraction("7.13"), "B": Fraction(1), "C": Fraction(1)}
    left = sum(value[name] * amount for name, amount in found.open.items())
    owed = 4 * Fraction("0.0713") + Fraction("0.13")
    assert left == owed - 4 * Fraction("0.0713") - Fraction("0.09")
    assert min(found.open.values()) >= 0


@pytest.mark.parametrize(
    ("amounts", "payment", "left"),
    [
        pytest.param((100, 200, 300), "100", ("83.33", "166.67", "250.00"), id="the cent to the largest remainder"),
        pytest.param((100, 100, 100), "100", ("66.66", "66.67", "66.67"), id="a tie to the first number"),
        pytest.param((100, 200, 300), "0.01", ("100.00", "200.00", "299.99"), id="a single cent"),
        pytest.param((100, 200, 300), "700", ("0.00", "0.00", "0.00"), id="more than all debt"),
    ],
)  # fmt: skip
def test_pro_rata_shares_cents_by_largest_remainder_then_by_number(
    amounts: tuple[int, ...], payment: str, left: tuple[str, ...]
) -> None:
    """rules.md 4.3."""
    debts = [
        invoice(f"I{place}", "2025-01-01", "2025-02-01", amount)
        for place, amount in enumerate(amounts)
    ]
    credits_ = [paid(payment, "2025-03-01")]
    found = allocate(debts, credits_, AllocationRule.PRO_RATA, Rates("CNY"))
    assert tuple(found.open.values()) == tuple(map(Fraction, left))


@pytest.mark.parametrize("mode", LimitMode)
def test_four_times_the_invoices_of_a_buyer_are_far_from_sixteen_times_the_work(
    mode: LimitMode, steps: Callable[[Callable[[], object]], int]
) -> None:
    def calculated(count: int) -> int:
        case = _long_case(mode, count)
        return steps(lambda: calculate(case))

    assert calculated(400) < 10 * calculated(100)


def _long_case(mode: LimitMode, count: int) -> IndemnityCase:
    days = [D("2025-01-01") + timedelta(days=number // 10) for number in range(count)]
    return IndemnityCase(
        terms=replace(TERMS, limit_mode=mode, mep_days=60),
        date_of_loss=D("2025-12-31"),
        limits=(limit(50_000),),
        invoices=tuple(
            CaseInvoice(id=str(number), issued=day, due=day + timedelta(30), amount=money("100.01"))
            for number, day in enumerate(days)
        ),
        credits=tuple(
            Credit(f"P{number}", day + timedelta(days=40), money(99))
            for number, day in enumerate(days)
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("basis", "shipped", "loss", "covered"),
    [
        (AttachmentBasis.RISK_ATTACHING, "2025-12-31", "2026-03-01", True),
        (AttachmentBasis.RISK_ATTACHING, "2024-12-31", "2025-06-01", False),
        (AttachmentBasis.LOSS_OCCURRING, "2025-12-31", "2026-03-01", False),
        (AttachmentBasis.LOSS_OCCURRING, "2024-12-31", "2025-06-01", True),
    ],
)
def test_the_period_is_that_of_the_delivery_or_of_the_loss(
    basis: AttachmentBasis, shipped: str, loss: str, *, covered: bool
) -> None:
    """rules.md 2.1, attachment basis."""
    year = (D("2025-01-01"), D("2025-12-31"))
    case = replace(
        simple(100, 100, period=year, attachment_basis=basis),
        date_of_loss=D(loss),
        limits=(limit(100, "2024-01-01"),),
        invoices=(invoice("I", shipped, shipped, 100),),
    )
    (row,) = calculate(case).rows
    assert row.reasons == (() if covered else ("OUT_OF_PERIOD",))


@pytest.mark.parametrize(
    ("shipped", "late"),
    [("2025-01-30", False), ("2025-01-29", True), (None, False)],
)
def test_an_invoice_written_too_long_after_the_delivery_is_not_insured(
    shipped: str | None, *, late: bool
) -> None:
    """rules.md 2.3 D11: within 30 days, the last one included."""
    case = simple(100, 100, max_invoicing_days=30)
    delivered = replace(case.invoices[0], shipped=D(shipped) if shipped else None)
    (row,) = calculate(replace(case, invoices=(delivered,))).rows
    assert row.reasons == (("LATE_INVOICE",) if late else ())
