"""What of each shipment was insured on the day it left (rules.md 3.2, 3.3): figures worked out by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import Rate
from creditdesk.domain.cover.case import (
    CaseInvoice,
    ClaimDateMissing,
    IndemnityCase,
    IndemnityTerms,
)
from creditdesk.domain.cover.limits import (
    CoverEvent,
    CoverEventKind,
    Discretionary,
    Limit,
    Reason,
)
from creditdesk.domain.cover.when_shipped import covers_when_shipped
from creditdesk.domain.ledger.allocation import Credit
from creditdesk.domain.policy.choices import (
    AttachmentBasis,
    FxRule,
    LimitMode,
    LimitState,
)

D = date.fromisoformat
DOLLARS = (
    Rate("USD", D("2025-01-01"), Decimal(7)),
    Rate("USD", D("2025-03-10"), Decimal(8)),
)
TERMS = IndemnityTerms(currency="CNY", insured_pct=Decimal(90))
STRICT = replace(TERMS, limit_mode=LimitMode.STRICT)


def money(amount: int | str, currency: str = "CNY") -> Money:
    return Money(Decimal(amount), currency)


def sold(
    name: str, on: str, amount: int, due: str = "2025-06-30", currency: str = "CNY"
) -> CaseInvoice:
    return CaseInvoice(
        id=name, issued=D(on), due=D(due), amount=money(amount, currency)
    )


def paid(amount: int, on: str, to: str | None = None) -> Credit:
    return Credit(f"P {on}", D(on), money(amount), to)


def limit(amount: int, start: str = "2025-01-01", currency: str = "CNY", end: str | None = None) -> Limit:  # fmt: skip
    return Limit(D(start), D(end) if end else None, money(amount, currency))


def case(*invoices: CaseInvoice, limits: tuple[Limit, ...] = (limit(400),), terms: IndemnityTerms = TERMS,
         credits_: tuple[Credit, ...] = (), discretionary: Discretionary | None = None) -> IndemnityCase:  # fmt: skip
    return IndemnityCase(
        terms=terms,
        date_of_loss=D("2025-05-31"),
        limits=limits,
        invoices=invoices,
        credits=credits_,
        discretionary=discretionary,
        rates=DOLLARS,
    )


def insured(asked: IndemnityCase) -> dict[str, str]:
    return {each.id: each.insured.plain for each in covers_when_shipped(asked)}


A, B, C = (
    sold("A", "2025-03-01", 300),
    sold("B", "2025-03-05", 200),
    sold("C", "2025-03-20", 250),
)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param(case(A, B, C), {"A": "300.00", "B": "100.00", "C": "0.00"}, id="what is left of the limit"),
        pytest.param(
            case(A, B, C, credits_=(paid(300, "2025-03-20"),)),
            {"A": "300.00", "B": "100.00", "C": "200.00"}, id="paid on the day of shipment: 400 - 200"),
        pytest.param(
            case(A, B, C, credits_=(paid(250, "2025-03-10"),)),
            {"A": "300.00", "B": "100.00", "C": "150.00"}, id="all that is open counts: 400 - 50 - 200"),
        pytest.param(
            case(A, B, C, credits_=(paid(250, "2025-03-10"),), terms=STRICT),
            {"A": "300.00", "B": "100.00", "C": "250.00"}, id="strict, only what was insured: 400 - 50 - 100"),
        pytest.param(
            case(A, B, replace(C, shipped=D("2025-02-20"))),
            {"C": "250.00", "A": "150.00", "B": "0.00"}, id="by the day of shipment, not of the invoice"),
        pytest.param(
            case(A, sold("Z", "2025-05-31", 400), credits_=(paid(300, "2025-05-31"),)),
            {"A": "300.00", "Z": "400.00"}, id="paid and shipped on the last day"),
        pytest.param(
            case(A, sold("Z", "2025-06-01", 50)), {"A": "300.00"}, id="shipped after the last day"),
        pytest.param(
            case(A, sold("Z", "2025-04-01", 200), limits=(limit(400), limit(600, "2025-04-01"))),
            {"A": "300.00", "Z": "200.00"}, id="raised on the day"),
    ],
)  # fmt: skip
def test_a_shipment_is_insured_for_the_room_its_limit_had_left(
    asked: IndemnityCase, expected: dict[str, str]
) -> None:
    assert insured(asked) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param(
            case(sold("U", "2025-03-01", 100, currency="USD"), limits=(limit(1000),)),
            {"U": "700.00"}, id="an invoice: 100 x 7"),
        pytest.param(
            case(sold("U", "2025-03-01", 100, currency="USD"), sold("V", "2025-03-15", 100, currency="USD"),
                 limits=(limit(1000),)),
            {"U": "700.00", "V": "300.00"}, id="an earlier one: 1000 - 100 x 7"),
        pytest.param(
            case(sold("X", "2025-03-15", 900), limits=(limit(100, currency="USD"),)),
            {"X": "800.00"}, id="a limit: 100 x 8"),
    ],
)  # fmt: skip
def test_another_currency_is_taken_at_the_rate_of_its_day(
    asked: IndemnityCase, expected: dict[str, str]
) -> None:
    assert insured(asked) == expected


@pytest.mark.parametrize(
    ("rate", "vat_insured", "expected"),
    [
        pytest.param(13, False, "200.00", id="226 without the 13 % in it"),
        pytest.param(1, False, "223.76", id="226 without the 1 % in it: 223.7624"),
        pytest.param(0, False, "226.00", id="no tax"),
        pytest.param(13, True, "226.00", id="tax insured"),
    ],
)
def test_tax_that_is_not_insured_is_taken_out(
    *, rate: int, vat_insured: bool, expected: str
) -> None:
    item = replace(sold("T", "2025-03-01", 226), vat_rate=Decimal(rate))
    assert insured(case(item, terms=replace(TERMS, vat_insured=vat_insured))) == {"T": expected}  # fmt: skip


OWN = Discretionary(money(500), evidence_date=D("2025-01-01"))


def test_the_own_limit_and_the_decided_one_have_rooms_of_their_own() -> None:
    later = limit(400, "2025-03-20")
    items = (sold("A", "2025-03-01", 300), sold("B", "2025-03-05", 300), sold("C", "2025-03-20", 350))  # fmt: skip
    asked = case(*items, limits=(later,), discretionary=OWN)
    assert insured(asked) == {"A": "300.00", "B": "200.00", "C": "350.00"}
    covers = covers_when_shipped(asked)
    assert [each.discretionary for each in covers] == [True, True, False]
    assert [each.limit for each in covers] == [None, None, later]


def test_what_is_not_covered_takes_no_room_and_says_why() -> None:
    asked = case(A, C, limits=(limit(400, "2025-03-02"),))
    early, late = covers_when_shipped(asked)
    assert (early.insured, early.reasons) == (money("0.00"), (Reason.BEFORE_LIMIT,))
    assert (late.insured, late.reasons) == (money("250.00"), ())


def test_an_own_limit_without_grounds_carried_nothing() -> None:
    old = replace(OWN, evidence_date=D("2025-03-02"))
    (found,) = covers_when_shipped(case(A, limits=(), discretionary=old))
    assert found.reasons == (Reason.DCL_UNJUSTIFIED,)
    assert not found.discretionary


def test_without_any_limit_nothing_is_insured_even_where_the_lack_is_waived() -> None:
    asked = replace(case(A, limits=()), waived=frozenset({Reason.NO_LIMIT}))
    assert insured(asked) == {"A": "0.00"}


def test_a_withdrawn_limit_has_no_room() -> None:
    withdrawn = replace(limit(400), state=LimitState.CANCELLED)
    (found,) = covers_when_shipped(case(A, limits=(withdrawn,)))
    assert (found.insured, found.reasons) == (money("0.00"), (Reason.LIMIT_ZERO,))


@pytest.mark.parametrize(
    ("rule", "claimed", "expected"),
    [
        pytest.param(FxRule.INVOICE_DATE, None, "700.00", id="1 March: 7"),
        pytest.param(FxRule.MONTH_END, None, "800.00", id="31 March: 8"),
        pytest.param(FxRule.DATE_OF_LOSS, None, "800.00", id="31 May: 8"),
        pytest.param(FxRule.LOWER_OF, None, "700.00", id="the lower of 7 and 8"),
        pytest.param(FxRule.CLAIM_DATE, "2025-03-09", "700.00", id="9 March: 7"),
        pytest.param(FxRule.CLAIM_DATE, "2025-03-10", "800.00", id="10 March: 8"),
    ],
)
def test_an_invoice_is_worth_what_the_policys_day_of_the_rate_makes_it(
    rule: FxRule, claimed: str | None, expected: str
) -> None:
    item = sold("U", "2025-03-01", 100, currency="USD")
    terms = replace(TERMS, fx_rule=rule)
    asked = case(item, limits=(limit(1000),), terms=terms)
    assert insured(replace(asked, claim_date=D(claimed) if claimed else None)) == {"U": expected}  # fmt: skip


def test_only_another_currency_needs_the_day_of_the_claim() -> None:
    terms = replace(TERMS, fx_rule=FxRule.CLAIM_DATE)
    assert insured(case(A, terms=terms)) == {"A": "300.00"}
    with pytest.raises(ClaimDateMissing):
        insured(case(sold("U", "2025-03-01", 1, currency="USD"), terms=terms))


@pytest.mark.parametrize(
    ("declared_on", "event", "counts"),
    [
        pytest.param("2025-04-10", None, True, id="in time"),
        pytest.param("2025-05-31", None, True, id="on the last day"),
        pytest.param("2025-06-01", None, False, id="after the last day"),
        pytest.param("2025-04-10", CoverEventKind.INSOLVENCY, True, id="on the day of a stop"),
        pytest.param("2025-04-11", CoverEventKind.INSOLVENCY, False, id="after a stop"),
        pytest.param("2025-04-10", CoverEventKind.KNOWN_RISK, True, id="on the day the risk was known"),
        pytest.param("2025-04-11", CoverEventKind.KNOWN_RISK, False, id="after the risk was known"),
        pytest.param("2025-04-11", CoverEventKind.ADVERSE_INFO, True, id="what stops nothing"),
    ],
)  # fmt: skip
def test_a_declaration_counts_up_to_the_stop_the_risk_and_the_loss(
    declared_on: str, event: CoverEventKind | None, *, counts: bool
) -> None:
    """rules.md 14.7."""
    events = (CoverEvent(event, D("2025-04-10")),) if event else ()
    asked = replace(case(replace(A, declared_on=D(declared_on))), events=events)
    (found,) = covers_when_shipped(asked)
    assert found.reasons == (() if counts else (Reason.NOT_DECLARED,))
    (never,) = covers_when_shipped(case(replace(A, declared=False)))
    assert never.reasons == (Reason.NOT_DECLARED,)


@pytest.mark.parametrize(
    ("basis", "expected"),
    [
        pytest.param(AttachmentBasis.RISK_ATTACHING, {"B": "200.00"}, id="A left before the period and takes no room"),
        pytest.param(AttachmentBasis.LOSS_OCCURRING, {"A": "300.00", "B": "100.00"}, id="the day A left is no matter"),
    ],
)  # fmt: skip
def test_what_left_outside_the_period_is_judged_where_its_day_is_no_matter(
    basis: AttachmentBasis, expected: dict[str, str]
) -> None:
    terms = replace(TERMS, period=(D("2025-03-04"), D("2025-12-31")), attachment_basis=basis)  # fmt: skip
    found = covers_when_shipped(case(A, B, terms=terms), {"B"})
    assert {each.id: each.insured.plain for each in found} == expected
