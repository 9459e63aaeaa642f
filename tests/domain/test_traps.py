"""The traps of rules.md 12, one by one: what a wrong program would answer stands beside the right figure."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from creditdesk.catalog.calendars import work_calendar
from creditdesk.catalog.policies import template
from creditdesk.domain.base.calendar import (
    EomMode,
    Offset,
    Unit,
    count,
    days_end_of_month,
)
from creditdesk.domain.base.counting import Anchor
from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import Rate
from creditdesk.domain.claim.indemnity import calculate
from creditdesk.domain.claim.recovery import Recovered, share
from creditdesk.domain.cover.case import (
    CaseInvoice,
    IndemnityCase,
    IndemnityTerms,
)
from creditdesk.domain.cover.limits import Discretionary, Limit, Reason
from creditdesk.domain.cover.shipping import cover
from creditdesk.domain.duties.duties import Deadline, Duties, Finder
from creditdesk.domain.ledger.allocation import Credit
from creditdesk.domain.policy.choices import (
    AflBasis,
    AllocationRule,
    DeductibleOrder,
    FxRule,
    LimitMode,
    LimitState,
    NqlType,
    RecoveryRule,
)
from creditdesk.domain.policy.terms import PolicyTerms, PolicyValuesMissing

D = date.fromisoformat
LOSS = D("2025-09-07")
SINCE = D("2025-01-01")
TERMS = IndemnityTerms(currency="CNY", insured_pct=Decimal(90), vat_insured=True)


def cny(amount: str | int) -> Money:
    return Money(Decimal(amount), "CNY")


def invoice(name: str, issued: str, due: str, amount: str | int) -> CaseInvoice:
    return CaseInvoice(id=name, issued=D(issued), due=D(due), amount=cny(amount))


def paid(on: str, amount: int, to: str | None = None) -> Credit:
    return Credit(f"paid {on}", D(on), cny(amount), to)


def limit(
    amount: int, start: str = "2025-01-01", state: LimitState = LimitState.APPROVED
) -> Limit:
    return Limit(D(start), None, cny(amount), state)


def duties(template_id: str, **values: str) -> Duties:
    found = template(template_id)
    terms = PolicyTerms.read({**found.texts, **values})
    return Duties(found.duties, terms, work_calendar(found.calendar))


def overdue(policy: Duties, code: str, known: dict[Anchor, date]) -> Deadline:
    """The duty of an invoice due 11 March 2025."""
    found = policy.overdue("INV1", D("2025-03-11"), None, known)
    return {item.code: item for item in found}[code]


def one(amount: str | int, **terms: object) -> IndemnityCase:
    """One debt of March 2025 under an ample limit."""
    return with_terms(
        IndemnityCase(
            terms=TERMS,
            date_of_loss=LOSS,
            limits=(limit(1_000_000),),
            invoices=(invoice("A", "2025-03-01", "2025-05-01", amount),),
        ),
        **terms,
    )


def with_terms(case: IndemnityCase, **terms: object) -> IndemnityCase:
    return replace(case, terms=replace(case.terms, **terms))  # type: ignore[arg-type]  # the fields' own types


def indemnity(case: IndemnityCase) -> str:
    return calculate(case).indemnity.plain


def reasons(case: IndemnityCase) -> dict[str, tuple[Reason, ...]]:
    return {row.id: row.reasons for row in calculate(case).rows}


M1 = IndemnityCase(
    terms=replace(TERMS, mep_days=60),
    date_of_loss=LOSS,
    limits=(limit(500_000),),
    invoices=(
        replace(invoice("INV1", "2025-01-10", "2025-03-11", 339_000), vat_rate=Decimal(13)),
        replace(invoice("INV2", "2025-02-10", "2025-04-11", 226_000), vat_rate=Decimal(13)),
        replace(
            invoice("INV3", "2025-03-20", "2025-05-19", 113_000), vat_rate=Decimal(13), disputed=Decimal(13_000)
        ),
    ),
    credits=(paid("2025-04-20", 200_000, "INV2"),),
)  # fmt: skip
M2 = replace(
    M1,
    invoices=(*M1.invoices, invoice("INV4", "2025-05-15", "2025-07-14", 90_400)),
    credits=(*M1.credits, paid("2025-05-25", 90_400, "INV4")),
)


def test_1_cover_is_that_of_the_shipment_date_and_not_todays() -> None:
    raised = limit(500_000, "2025-04-01", LimitState.INCREASED)
    case = replace(one(300_000), limits=(limit(100_000), raised))
    assert indemnity(case) == "90000.00"
    cancelled = limit(0, "2025-04-01", LimitState.CANCELLED)
    case = replace(one(300_000), limits=(limit(500_000), cancelled))
    assert indemnity(case) == "270000.00"


def test_2_the_claim_sets_payments_against_the_oldest_debt_whatever_the_bookkeeper_did() -> None:  # fmt: skip
    assert indemnity(M2) == "337140.00"
    booked = with_terms(M2, allocation_rule=AllocationRule.DESIGNATED)
    assert indemnity(booked) == "418500.00"
    found = calculate(M2)
    by_policy = {row.id: row.residual for row in found.rows}
    by_ledger = {row.id: row.ledger_residual for row in found.rows}
    assert (by_policy["INV1"], by_ledger["INV1"]) == (cny(48_600), cny(339_000))


def test_3_the_order_of_deductible_and_percentage_is_asked_and_never_guessed() -> None:
    before, after = DeductibleOrder.BEFORE_PCT, DeductibleOrder.AFTER_PCT
    excess = Decimal(5_000)
    assert indemnity(one(50_000, eel=excess, deductible_order=before)) == "40500.00"
    assert indemnity(one(50_000, eel=excess, deductible_order=after)) == "40000.00"
    with pytest.raises(PolicyValuesMissing):
        calculate(one(50_000, eel=excess))


def test_4_a_threshold_is_no_deductible_and_small_losses_leave_the_first_loss_whole() -> None:  # fmt: skip
    year = {"nql": Decimal(10_000), "afl": Decimal(100_000), "afl_basis": AflBasis.ERODED_BY_LOSS}  # fmt: skip
    small, large = calculate(one(10_000, **year)), calculate(one(110_000, **year))
    assert (small.indemnity, small.afl_eroded) == (cny(0), cny(0))
    assert (large.indemnity, large.afl_eroded) == (cny(9_000), cny(100_000))
    deducted = one(110_000, nql=Decimal(10_000), nql_type=NqlType.DEDUCT)
    assert indemnity(one(110_000, nql=Decimal(10_000))) == "99000.00"
    assert indemnity(deducted) == "90000.00"


def test_5_a_first_loss_eroded_by_loss_pays_ten_thousand_more_in_m4() -> None:
    year = {
        "nql": Decimal(10_000), "eel": Decimal(5_000), "deductible_order": DeductibleOrder.BEFORE_PCT,
        "afl": Decimal(100_000), "max_liability": Decimal(500_000),
    }  # fmt: skip
    claim_b = {AflBasis.ERODED_BY_INDEMNITY: 49_500, AflBasis.ERODED_BY_LOSS: 55_000}
    claim_c = {
        basis: calculate(one(120_000, **year, afl_basis=basis, afl_used=Decimal(used)))
        for basis, used in claim_b.items()
    }
    assert claim_c[AflBasis.ERODED_BY_INDEMNITY].indemnity == cny(53_000)
    assert claim_c[AflBasis.ERODED_BY_LOSS].indemnity == cny(63_000)


def test_6_vat_is_taken_off_each_invoice_and_not_off_the_total() -> None:
    without = with_terms(M1, vat_insured=False)
    assert indemnity(without) == "370353.99"
    assert calculate(without).eligible_debt == cny("411504.43")
    off_the_total = Money(Decimal(465_000) / Decimal("1.13"), "CNY").rounded()
    assert off_the_total == cny("411504.42")
    assert indemnity(M1) == "418500.00"


def test_7_the_extension_runs_from_the_original_due_date() -> None:
    """An agreed postponement changes no anchor: the original due date is what a rule is given."""
    stop = overdue(duties("atradius-modula"), "D13", {})
    assert (stop.anchor, stop.anchor_on) == (Anchor.MEP_END, D("2025-05-10"))
    assert calculate(M1).stop_date == D("2025-05-10")


def test_8_thirty_days_end_of_month_has_three_readings() -> None:
    def due(invoiced: str, days: int) -> list[str]:
        return [days_end_of_month(D(invoiced), days, mode).isoformat() for mode in EomMode]  # fmt: skip

    assert due("2026-07-02", 30) == ["2026-08-31", "2026-08-30", "2026-08-31"]
    assert due("2026-07-02", 60) == ["2026-09-30", "2026-09-29", "2026-08-31"]
    assert due("2026-01-31", 30) == ["2026-02-28", "2026-03-02", "2026-03-31"]


@pytest.mark.parametrize(
    ("rule", "notice"),
    [
        pytest.param("MEP_END + 30 CD", "2025-06-09", id="Atradius"),
        pytest.param("DUE_DATE + 30 CD | KNOWLEDGE + 7 CD", "2025-03-27", id="Coface BG"),
        pytest.param("DUE_DATE + 30 CD", "2025-04-10", id="Coface BE"),
        pytest.param("EXTENSION + 30 CD", "2025-04-11", id="KredEx"),
        pytest.param("DUE_DATE + 90 CD", "2025-06-09", id="EXIM"),
        pytest.param("DUE_DATE + 45 CD", "2025-04-25", id="Allianz CH by schedule"),
        pytest.param("DUE_DATE + 60 CD | KNOWLEDGE + 10 WD", "2025-04-03", id="Sinosure"),
    ],
)  # fmt: skip
def test_9_the_overdue_notice_has_seven_shapes(rule: str, notice: str) -> None:
    """With 60 days of extension, the insolvency known on 20 March."""
    policy = duties("sinosure-domestic", overdue_rule=rule)
    known = {Anchor.KNOWLEDGE: D("2025-03-20")}
    assert overdue(policy, "D14", known).unrolled == D(notice)


def test_10_the_law_rolls_a_deadline_forward_and_the_alarm_rolls_it_back() -> None:
    counted = count(D("2025-09-01"), [Offset(30, Unit.CALENDAR_DAYS)], work_calendar("CN"))  # fmt: skip
    assert counted.unrolled == D("2025-10-01")
    assert (counted.legal, counted.safe) == (D("2025-10-09"), D("2025-09-30"))


def test_11_when_money_clears_the_oldest_invoice_the_anchor_changes() -> None:
    day = replace(M1, date_of_loss=D("2025-04-25"), credits=())
    assert cover(day).next_stop == D("2025-05-10")
    cleared = replace(day, credits=(paid("2025-04-20", 339_000),))
    assert cover(cleared).next_stop == D("2025-06-10")


def test_12_paying_the_oldest_invoice_restarts_cover_for_what_is_shipped_after() -> None:  # fmt: skip
    shipped = (
        invoice("in the stop", "2025-05-15", "2025-07-14", 10_000),
        invoice("on the day of payment", "2025-05-20", "2025-07-19", 20_000),
    )
    case = replace(
        M1,
        limits=(limit(1_000_000),),
        invoices=(*M1.invoices[:1], *shipped),
        credits=(paid("2025-05-20", 339_000),),
    )
    assert reasons(case) == {
        "INV1": (),
        "in the stop": (Reason.STOPPED,),
        "on the day of payment": (),
    }
    assert indemnity(case) == "18000.00"
    assert indemnity(replace(case, credits=())) == "305100.00"


WITHDRAWN = limit(9, state=LimitState.CANCELLED)


@pytest.mark.parametrize(
    ("evidence", "adverse", "limits", "paid_out"),
    [
        pytest.param("2024-03-01", None, (), "9600.00", id="twelve months old"),
        pytest.param("2024-02-29", None, (), "0.00", id="older"),
        pytest.param("2025-03-02", None, (), "0.00", id="gathered after the shipment"),
        pytest.param("2025-01-01", "2025-03-01", (), "0.00", id="after adverse information"),
        pytest.param("2025-01-01", "2025-03-02", (), "9600.00", id="before it"),
        pytest.param("2025-01-01", None, (limit(0),), "0.00", id="after a zero decision"),
        pytest.param("2025-01-01", None, (WITHDRAWN,), "0.00", id="after a withdrawal"),
    ],
)  # fmt: skip
def test_13_a_discretionary_limit_rests_on_fresh_evidence_and_no_decision(
    evidence: str, adverse: str | None, limits: tuple[Limit, ...], paid_out: str
) -> None:
    own = Discretionary(cny(15_000), D(evidence), Decimal(80), D(adverse) if adverse else None)  # fmt: skip
    case = replace(one(12_000), limits=limits, discretionary=own)
    assert indemnity(case) == paid_out


def test_14_another_company_of_the_name_has_no_share_in_the_limit() -> None:
    branch = replace(M1.invoices[1], known_reasons=(Reason.WRONG_ENTITY,))
    case = replace(M1, invoices=(M1.invoices[0], branch), credits=())
    assert indemnity(case) == "305100.00"
    assert reasons(case)["INV2"] == (Reason.WRONG_ENTITY,)


def test_15_one_invoice_thirty_days_overdue_taints_what_is_shipped_next() -> None:
    found = template("sinosure-st-export")
    terms = IndemnityTerms.of(
        PolicyTerms.read({**found.texts, "policy_currency": "CNY", "insured_pct": "90", "vat_insured": "true"}),
        cause="protracted_default",
    )  # fmt: skip
    case = replace(
        M1,
        terms=replace(terms, period=None),
        invoices=(
            invoice("overdue", "2025-01-10", "2025-03-11", 100_000),
            invoice("the 30th day", "2025-04-10", "2025-06-09", 20_000),
            invoice("the day after", "2025-04-11", "2025-06-10", 50_000),
        ),
        credits=(),
    )
    assert reasons(case)["the day after"] == (Reason.KNOWN_RISK,)
    assert indemnity(case) == "108000.00"


@pytest.mark.parametrize(
    ("old", "paid_out"), [(300_000, "270000.00"), (170_000, "180000.00")]
)
def test_16_on_a_cut_the_old_balance_uses_the_new_limit_first(
    old: int, paid_out: str
) -> None:
    case = replace(
        M1,
        terms=TERMS,
        limits=(limit(500_000), limit(200_000, "2025-06-01", LimitState.REDUCED)),
        invoices=(
            invoice("old", "2025-03-01", "2025-05-01", 420_000),
            invoice("new", "2025-06-10", "2025-08-10", 50_000),
        ),
        credits=(paid("2025-07-01", 420_000 - old),),
    )
    assert indemnity(case) == paid_out


@pytest.mark.parametrize(
    ("mode", "paid_out"),
    [(LimitMode.STRICT, "36000.00"), (LimitMode.REVOLVING, "63000.00")],
)
def test_17_a_limit_is_used_shipment_by_shipment_or_as_a_balance(
    mode: LimitMode, paid_out: str
) -> None:
    case = replace(
        M1,
        terms=replace(TERMS, limit_mode=mode),
        limits=(limit(100_000),),
        invoices=(
            invoice("S1", "2025-01-01", "2025-03-01", 80_000),
            invoice("S2", "2025-01-15", "2025-03-15", 50_000),
        ),
        credits=(paid("2025-02-10", 60_000),),
    )
    assert indemnity(case) == paid_out


def test_18_what_was_not_declared_is_not_insured_and_a_day_late_is_late() -> None:
    silent = replace(M1.invoices[1], declared=False)
    case = replace(M1, invoices=(M1.invoices[0], silent), credits=())
    assert indemnity(case) == "305100.00"
    month = {Anchor.MONTH_END: D("2017-10-31")}
    (duty,) = duties("sinosure-st-export").after(Finder.DECLARATION, "2017-10", month)
    assert (D("2017-12-04") - duty.unrolled).days == 9


def test_19_a_maximum_in_times_of_the_premium_moves_and_open_reserves_use_it() -> None:
    values = {
        "policy_currency": "CNY", "insured_pct": "90", "max_liability_basis": "MULT_PREMIUM_PAID",
        "max_liability_multiple": "20",
    }  # fmt: skip
    policy = PolicyTerms.read(values)

    def paid_out(premium: int, used: int) -> str:
        terms = IndemnityTerms.of(
            policy,
            cause="insolvency",
            premium=cny(premium),
            max_liability_used=cny(used),
        )
        return indemnity(replace(one(300_000), terms=terms))

    paid_claims, reserves = 50_000, 40_000
    assert paid_out(18_000, 0) == "270000.00"
    assert paid_out(12_000, paid_claims) == "190000.00"
    assert paid_out(12_000, paid_claims + reserves) == "150000.00"
    assert paid_out(4_000, paid_claims + reserves) == "0.00"


def test_20_with_a_deductible_the_two_pro_rata_shares_differ() -> None:
    case = Recovered(
        amount=cny(100_000), costs=cny(8_000), indemnity=cny(398_500), rule=RecoveryRule.PRO_RATA,
        already_recovered=cny(0), whole_debt=cny(478_000), insured_debt=cny(465_000), insured_pct=Decimal(90),
    )  # fmt: skip
    insured = replace(case, rule=RecoveryRule.PRO_RATA_INSURED)
    assert (share(case).insurer, share(insured).insurer) == (cny("76698.74"), cny("80548.12"))  # fmt: skip
    without = replace(case, indemnity=cny(418_500))
    assert share(without).insurer == share(insured).insurer


def test_21_a_recovery_is_a_payment_up_to_the_loss_and_shared_after_it() -> None:
    before = replace(one(100_000), credits=(paid(LOSS.isoformat(), 20_000),))
    after = replace(one(100_000), credits=(paid("2025-09-08", 20_000),))
    assert (indemnity(before), indemnity(after)) == ("72000.00", "90000.00")
    shared = share(
        Recovered(
            amount=cny(20_000), costs=cny(0), indemnity=cny(90_000), rule=RecoveryRule.PRO_RATA,
            already_recovered=cny(0), whole_debt=cny(100_000),
        )
    )  # fmt: skip
    assert (shared.insurer, shared.insured) == (cny(18_000), cny(2_000))


def test_22_money_for_a_later_cash_sale_reduces_the_claim() -> None:
    assert calculate(M1).indemnity - calculate(M2).indemnity == cny(81_360)


def test_23_amounts_are_rounded_at_the_marked_steps_and_nowhere_else() -> None:
    lines = tuple(
        invoice(f"I{number}", "2025-03-01", "2025-05-01", "0.05") for number in range(3)
    )
    assert indemnity(replace(one(1), invoices=lines)) == "0.14"
    each = Money(Decimal("0.05") * Decimal("0.9"), "CNY").rounded()
    assert each.minor * 3 == 15, "a percentage rounded line by line"
    thirds = one("100.00", insured_pct=Decimal("66.67"), reduction_pct=Decimal("33.33"))
    assert indemnity(thirds) == "44.45"
    exact = Fraction(100) * Fraction("0.6667") * (1 - Fraction("0.3333"))
    assert round(exact, 4) == Fraction("44.4489")


@pytest.mark.parametrize(
    ("rule", "ceiling", "paid_out"),
    [
        (FxRule.DATE_OF_LOSS, 200_000, "166500.00"),
        (FxRule.INVOICE_DATE, 200_000, "171000.00"),
        (FxRule.LOWER_OF, 200_000, "166500.00"),
        (FxRule.INVOICE_DATE, 150_000, "135000.00"),
    ],
)
def test_24_one_claim_has_an_answer_for_each_day_of_the_rate(
    rule: FxRule, ceiling: int, paid_out: str
) -> None:
    def usd(amount: int) -> Money:
        return Money(Decimal(amount), "USD")

    foreign = invoice("EUR", "2025-03-01", "2025-05-01", 0)
    case = IndemnityCase(
        terms=replace(TERMS, currency="USD", fx_rule=rule),
        date_of_loss=LOSS,
        limits=(Limit(SINCE, None, usd(ceiling)),),
        invoices=(
            replace(foreign, amount=Money(Decimal(100_000), "EUR")),
            replace(foreign, id="USD", amount=usd(80_000)),
        ),
        rates=(
            Rate("EUR", D("2025-03-01"), Decimal("1.10")),
            Rate("EUR", D("2025-09-01"), Decimal("1.05")),
        ),
    )
    assert indemnity(case) == paid_out


def test_25_the_disputed_part_is_held_and_comes_back_with_the_award() -> None:
    held = calculate(M1)
    assert held.rows[-1].held == cny(13_000)
    assert held.rows[-1].reasons == ()
    settled = replace(M1, invoices=(*M1.invoices[:2], replace(M1.invoices[2], disputed=Decimal(0))))  # fmt: skip
    assert calculate(settled).indemnity - held.indemnity == cny(11_700)
