"""The working of an indemnity: every figure has its line, and the lines add up (rules.md 4.1)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import Rate
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
from creditdesk.domain.ledger.allocation import Credit
from creditdesk.domain.policy.choices import (
    AflBasis,
    DeductibleOrder,
    LimitMode,
    NqlType,
)
from creditdesk.i18n import words

D = date.fromisoformat
TERMS = IndemnityTerms(currency="CNY", insured_pct=Decimal(90), vat_insured=True)


def cny(amount: int) -> Money:
    return Money(Decimal(amount), "CNY")


M1 = IndemnityCase(
    terms=replace(TERMS, mep_days=60),
    date_of_loss=D("2025-09-07"),
    limits=(Limit(D("2025-01-01"), None, cny(500_000)),),
    invoices=(
        CaseInvoice(id="INV1", issued=D("2025-01-10"), due=D("2025-03-11"), amount=cny(339_000)),
        CaseInvoice(id="INV2", issued=D("2025-02-10"), due=D("2025-04-11"), amount=cny(226_000)),
        CaseInvoice(id="INV3", issued=D("2025-03-20"), due=D("2025-05-19"), amount=cny(113_000),
                    disputed=Decimal(13_000)),
    ),
    credits=(Credit("PAY", D("2025-04-20"), cny(200_000), "INV2"),),
)  # fmt: skip


def told(case: IndemnityCase) -> list[str]:
    """Each line as `S7 label | figure | detail`."""
    say = words("en").say
    return [
        " | ".join(
            (
                f"{step.code} {say(step.label)}",
                step.amount.plain if step.amount is not None else "",
                say(step.detail) if step.detail else "",
            )
        )
        for step in calculate(case).steps
    ]


def with_terms(case: IndemnityCase, **terms: object) -> IndemnityCase:
    return replace(case, terms=replace(case.terms, **terms))  # type: ignore[arg-type]  # the fields' own types


def one_debt(amount: int, **terms: object) -> IndemnityCase:
    return with_terms(
        replace(M1, invoices=(replace(M1.invoices[0], amount=cny(amount)),), credits=()),
        mep_days=None,
        **terms,
    )  # fmt: skip


def test_m1_is_explained_line_by_line() -> None:
    assert told(M1) == [
        "S0 Date of loss 2025-09-07 |  | What is dated after this day is left out.",
        "S1 Invoices | 678000.00 | ",
        (
            "S2 Payments, by the policy's rule: Oldest due first | -200000.00 | "
            "The ledger sets the payments against other invoices: INV1, INV2 differ."
        ),
        "S3 Whole debt | 478000.00 | ",
        "S4 Less what is disputed, held until the dispute is settled | -13000.00 | ",
        (
            "S5 Stop of deliveries: 2025-05-10 was the last insured day |  | "
            "An invoice was still unpaid 60 days after its original due date."
        ),
        "S6 Insured debt | 465000.00 | ",
        (
            "S7 Under the limit of CNY 500,000.00 from 2025-01-01 | 465000.00 | "
            "INV1, INV2, INV3: insured debt CNY 465,000.00."
        ),
        "S8 Covered loss | 465000.00 | ",
        "S10 90 % of CNY 465,000.00 | 418500.00 | ",
        (
            "S14 Indemnity | 418500.00 | "
            "The insured bears CNY 46,500.00 of the covered loss, and CNY 59,500.00 of the whole debt."
        ),
    ]


def test_a_stop_that_an_event_brought_about_says_nothing_of_the_extension() -> None:
    insolvent = CoverEvent(CoverEventKind.INSOLVENCY, date(2025, 4, 1))
    lines = told(replace(M1, events=(insolvent,)))
    assert "S5 Stop of deliveries: 2025-04-01 was the last insured day |  | " in lines


def test_what_is_paid_needs_no_reason_why_it_is_not_insured() -> None:
    early = replace(M1.invoices[0], id="INV0", issued=D("2024-12-01"), due=D("2025-01-30"))  # fmt: skip
    before = replace(M1, invoices=(early, *M1.invoices))
    assert any("Not insured: INV0" in line for line in told(before))
    paid = Credit("FIRST", D("2025-01-20"), early.amount, "INV0", tied=True)
    settled = replace(before, credits=(paid, *M1.credits))
    assert not any("INV0" in line for line in told(settled) if line.startswith("S5"))


def test_a_threshold_is_told_and_takes_all_or_nothing() -> None:
    lost = told(one_debt(8_000, nql=Decimal(10_000)))
    nothing = (
        "S9 The loss does not exceed the threshold of CNY 10,000.00: nothing is paid"
    )
    assert f"{nothing} | -8000.00 | " in lost
    assert lost[-1].startswith("S14 Indemnity | 0.00")
    counted = told(one_debt(60_000, nql=Decimal(10_000)))
    assert "S9 The loss exceeds the threshold of CNY 10,000.00 and counts in full |  | " in counted  # fmt: skip
    deducted = told(one_debt(60_000, nql=Decimal(10_000), nql_type=NqlType.DEDUCT))
    assert "S9 Less the threshold of CNY 10,000.00 | -10000.00 | " in deducted
    assert "S10 90 % of CNY 50,000.00 | 45000.00 | " in deducted


def test_a_minimum_retention_that_bites_stands_in_place_of_the_percentage() -> None:
    order = DeductibleOrder.MIN_RETENTION
    bites = told(one_debt(60_000, min_retention=Decimal(10_000), deductible_order=order))  # fmt: skip
    assert bites[-2] == (
        "S10 CNY 60,000.00 less the minimum retention of CNY 10,000.00 | 50000.00 | "
        "The insured keeps at least that; its uninsured percentage would only be CNY 6,000.00."
    )
    idle = told(one_debt(60_000, min_retention=Decimal(5_000), deductible_order=order))
    assert idle[-2] == "S10 90 % of CNY 60,000.00 | 54000.00 | "
    even = told(one_debt(60_000, min_retention=Decimal(6_000), deductible_order=order))
    assert even[-2] == "S10 90 % of CNY 60,000.00 | 54000.00 | "


def test_the_first_loss_says_what_is_left_of_it() -> None:
    found = told(one_debt(60_000, afl=Decimal(100_000), afl_basis=AflBasis.ERODED_BY_INDEMNITY))  # fmt: skip
    assert found[-2] == (
        "S11 Less the aggregate first loss still left | -54000.00 | "
        "CNY 46,000.00 of it is left for later losses of the year."
    )


def test_a_part_under_the_discretionary_limit_has_its_own_percentage() -> None:
    early = CaseInvoice(id="INV0", issued=D("2024-12-01"), due=D("2025-01-30"), amount=cny(30_000))  # fmt: skip
    own = Discretionary(cny(20_000), D("2024-06-01"), Decimal(80))
    case = replace(
        one_debt(60_000), invoices=(early, *M1.invoices[:1]), discretionary=own
    )
    assert told(case)[-6:-1] == [
        "S7 Under the discretionary limit of CNY 20,000.00 | 20000.00 | INV0: insured debt CNY 30,000.00.",
        "S8 Covered loss | 359000.00 | ",
        "S10 90 % of CNY 339,000.00 | 305100.00 | ",
        "S10 80 % of CNY 20,000.00 | 16000.00 | ",
        "S11 Both parts together | 321100.00 | ",
    ]


def test_a_limit_used_shipment_by_shipment_names_each() -> None:
    lines = told(
        with_terms(
            replace(M1, limits=(Limit(D("2025-01-01"), None, cny(400_000)),)),
            limit_mode=LimitMode.STRICT,
            mep_days=None,
        )
    )
    assert [line for line in lines if line.startswith("S7")] == [
        (
            "S7 Under the limit of CNY 400,000.00 from 2025-01-01 | 139000.00 | "
            "INV1: insured debt CNY 139,000.00; on the day of shipment CNY 0.00 of the limit was in use."
        ),
        (
            "S7 Under the limit of CNY 400,000.00 from 2025-01-01 | 61000.00 | "
            "INV2: insured debt CNY 226,000.00; on the day of shipment CNY 339,000.00 of the limit was in use."
        ),
        (
            "S7 Under the limit of CNY 400,000.00 from 2025-01-01 | 0.00 | "
            "INV3: insured debt CNY 100,000.00; on the day of shipment CNY 400,000.00 of the limit was in use."
        ),
    ]


def test_an_invoice_in_another_currency_shows_its_rate() -> None:
    foreign = replace(M1.invoices[0], amount=Money(Decimal("100.10"), "EUR"))
    rate = Rate("EUR", D("2025-01-01"), Decimal("7.80"))
    lines = told(replace(one_debt(1), invoices=(foreign,), rates=(rate,)))
    assert "S3 INV1: EUR 100.10 at 7.8 is CNY 780.78 |  | " in lines
    assert "S3 Whole debt | 780.78 | EUR converted to CNY: Invoice date." in lines


def test_money_in_another_currency_is_told_at_the_rate_of_its_invoice() -> None:
    """40, 10 and 5 of 100 EUR at 7.8."""
    foreign = replace(M1.invoices[0], amount=Money(Decimal(100), "EUR"))
    paid = Credit("PAY", D("2025-04-20"), Money(Decimal(40), "EUR"))
    note = Credit("NOTE", D("2025-04-20"), Money(Decimal(10), "EUR"), "INV1", is_note=True)  # fmt: skip
    deposit = Credit("DEP", D("2025-04-20"), Money(Decimal(5), "EUR"), "INV1", tied=True)  # fmt: skip
    rate = Rate("EUR", D("2025-01-01"), Decimal("7.80"))
    case = replace(one_debt(1), invoices=(foreign,), credits=(paid, note, deposit), rates=(rate,))  # fmt: skip
    taken = [line.split(" | ")[1] for line in told(case) if line.startswith(("S1", "S2"))]  # fmt: skip
    assert taken[:4] == ["780.00", "-78.00", "-39.00", "-312.00"]


def test_what_is_fully_paid_takes_no_line_under_a_limit() -> None:
    paid = Credit("PAY", D("2025-04-20"), cny(678_000))
    lines = told(replace(M1, credits=(paid,)))
    assert not [line for line in lines if line.startswith(("S5", "S7"))]
    assert lines[-1].startswith("S14 Indemnity | 0.00")


def test_what_the_first_part_keeps_of_a_retention_the_second_need_not() -> None:
    early = CaseInvoice(id="INV0", issued=D("2024-12-01"), due=D("2025-01-30"), amount=cny(20_000))  # fmt: skip
    case = replace(
        one_debt(6_000, min_retention=Decimal(10_000), deductible_order=DeductibleOrder.MIN_RETENTION),
        discretionary=Discretionary(cny(20_000), D("2024-06-01"), Decimal(80)),
    )  # fmt: skip
    two = replace(case, invoices=(early, replace(M1.invoices[0], amount=cny(6_000))))
    assert [line.split(" | ")[1] for line in told(two)[-4:]] == [
        "0.00",
        "16000.00",
        "16000.00",
        "16000.00",
    ]


def test_the_sums_stand_out_among_the_lines() -> None:
    strong = {step.code for step in calculate(M1).steps if step.emphasis}
    assert strong == {"S3", "S6", "S8", "S14"}
