from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import Rate
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
    decision_on,
    limit_reason,
)
from creditdesk.domain.cover.shipping import cover
from creditdesk.domain.ledger.allocation import Credit
from creditdesk.domain.policy.choices import LimitMode, LimitState, PaymentMethod

D = date.fromisoformat


def cny(amount: int) -> Money:
    return Money(Decimal(amount), "CNY")


SHIPMENT = CaseInvoice(
    id="S1",
    issued=D("2025-01-10"),
    due=D("2025-03-11"),
    amount=cny(80_000),
    payment_method=PaymentMethod.OA,
)
CASE = IndemnityCase(
    terms=IndemnityTerms(
        currency="CNY",
        insured_pct=Decimal(90),
        max_payment_term_days=90,
        mep_days=60,
        period=(D("2025-01-01"), D("2025-12-31")),
    ),
    date_of_loss=D("2025-06-30"),
    limits=(
        Limit(
            D("2025-01-01"),
            None,
            cny(100_000),
            payment_method=PaymentMethod.OA,
            max_term_days=60,
        ),
    ),
    invoices=(SHIPMENT,),
    credits=(Credit("P", D("2025-03-20"), cny(30_000), "S1"),),
    events=(CoverEvent(CoverEventKind.KNOWN_RISK, D("2025-06-01")),),
)


def test_what_is_open_is_covered_and_the_rest_of_the_limit_is_headroom() -> None:
    found = cover(CASE)
    (row,) = found.rows
    assert (row.open, row.covered, row.uncovered) == (cny(50_000), cny(50_000), cny(0))
    assert found.headroom == cny(50_000)
    assert not found.may_ship
    assert found.reasons == ("STOPPED", "KNOWN_RISK")
    assert found.stop_date == D("2025-05-10")


def test_arrears_that_are_paid_and_a_lifted_stop_let_one_ship_again() -> None:
    lifted = CoverEvent(CoverEventKind.STOP_LIFTED, D("2025-06-15"))
    found = cover(replace(CASE, events=(*CASE.events, lifted)))
    assert found.may_ship
    assert found.stop_date is None


def test_the_next_stop_is_announced() -> None:
    found = cover(replace(CASE, date_of_loss=D("2025-04-01"), events=()))
    assert found.may_ship
    assert (found.stop_date, found.next_stop) == (None, D("2025-05-10"))


def test_a_stop_is_announced_up_to_its_own_day() -> None:
    last_day = replace(CASE, date_of_loss=D("2025-05-10"), events=())
    assert (cover(last_day).stop_date, cover(last_day).next_stop) == (None, D("2025-05-10"))  # fmt: skip
    day_after = replace(last_day, date_of_loss=D("2025-05-11"))
    assert (cover(day_after).stop_date, cover(day_after).next_stop) == (D("2025-05-10"), None)  # fmt: skip


@pytest.mark.parametrize(
    ("approved", "used", "covered"),
    [
        (PaymentMethod.DP, PaymentMethod.OA, False),
        (PaymentMethod.OA, PaymentMethod.DP, True),
        (PaymentMethod.DA, PaymentMethod.OA, True),
        (PaymentMethod.LC_SIGHT, PaymentMethod.DP, False),
    ],
)
def test_a_limit_covers_less_risky_ways_of_payment(
    approved: PaymentMethod, used: PaymentMethod, *, covered: bool
) -> None:
    limit = replace(CASE.limits[0], payment_method=approved)
    shipment = replace(SHIPMENT, payment_method=used)
    (row,) = cover(replace(CASE, limits=(limit,), invoices=(shipment,))).rows
    assert row.reasons == (() if covered else ("METHOD",))


def test_a_term_longer_than_the_limits_is_not_covered() -> None:
    late = replace(SHIPMENT, due=D("2025-03-12"))
    (row,) = cover(replace(CASE, invoices=(late,))).rows
    assert row.reasons == ("TERM",)
    assert row.uncovered == cny(50_000)


def test_cover_of_a_group_goes_to_its_oldest_shipments() -> None:
    second = replace(SHIPMENT, id="S2", issued=D("2025-01-20"), due=D("2025-03-20"))
    for mode in LimitMode:
        case = replace(
            CASE,
            terms=replace(CASE.terms, limit_mode=mode),
            invoices=(second, SHIPMENT),
            credits=(),
        )
        covered = {row.id: row.covered for row in cover(case).rows}
        assert covered == {"S1": cny(80_000), "S2": cny(20_000)}


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2024-12-31", "BEFORE_LIMIT"),
        ("2025-01-01", None),
        ("2025-06-30", None),
        ("2025-07-01", "LIMIT_ZERO"),
        ("2026-01-01", "AFTER_EXPIRY"),
    ],
)
def test_the_decision_of_the_day_counts(day: str, reason: str | None) -> None:
    limits = (
        Limit(D("2025-01-01"), D("2025-12-31"), cny(100)),
        Limit(D("2025-06-01"), D("2025-12-31"), cny(50), LimitState.CANCELLED),
    )
    assert limit_reason(limits, D(day), notice_days=30) == reason
    assert limit_reason((), D(day)) == "NO_LIMIT"


def test_of_two_decisions_the_later_counts() -> None:
    first = Limit(D("2025-01-01"), None, cny(100))
    later = Limit(D("2025-02-01"), None, cny(200), LimitState.INCREASED)
    assert decision_on((later, first), D("2025-03-01"), 0) == later
    assert decision_on((later, first), D("2025-01-31"), 0) == first


def test_of_two_decisions_of_one_day_the_lower_counts() -> None:
    """Nobody can say which came last: the careful reading."""
    high = Limit(D("2025-01-01"), None, cny(200))
    low = replace(high, amount=cny(100))
    assert decision_on((high, low), D("2025-03-01"), 0) == low
    assert decision_on((low, high), D("2025-03-01"), 0) == low
    withdrawn = replace(high, state=LimitState.SUSPENDED)
    assert decision_on((low, withdrawn), D("2025-03-01"), 0) == withdrawn


def reasons_of(case: IndemnityCase, *shipped: str) -> list[tuple[str, ...]]:
    """Why shipments of these days are not covered, of 1 each and due far off."""
    shipments = tuple(
        CaseInvoice(id=day, issued=D(day), due=D("2025-12-31"), amount=cny(1))
        for day in shipped
    )
    terms = replace(case.terms, max_payment_term_days=None)
    rows = cover(replace(case, terms=terms, invoices=shipments, credits=())).rows
    found = {row.id: row.reasons for row in rows}
    return [found[day] for day in shipped]


OPEN = replace(CASE, limits=(Limit(D("2025-01-01"), D("2025-05-31"), cny(100)),), events=())  # fmt: skip


def test_a_limit_holds_on_its_first_and_on_its_last_day() -> None:
    days = ("2024-12-31", "2025-01-01", "2025-05-31", "2025-06-01")
    found = reasons_of(replace(OPEN, terms=replace(CASE.terms, period=None)), *days)
    assert found == [("BEFORE_LIMIT",), (), (), ("AFTER_EXPIRY",)]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (CoverEventKind.KNOWN_RISK, "KNOWN_RISK"),
        (CoverEventKind.INSOLVENCY, "STOPPED"),
        (CoverEventKind.LIMIT_WITHDRAWN, "STOPPED"),
    ],
)
def test_the_day_of_a_stop_is_the_last_insured_one_and_a_lift_counts_from_its_own(
    kind: CoverEventKind, reason: str
) -> None:
    """rules.md 2.3 D13, 3.2: no stop event before the day of shipment."""
    days = ("2025-02-10", "2025-02-11", "2025-03-09", "2025-03-10")
    stop = CoverEvent(kind, D("2025-02-10"))
    lift = CoverEvent(CoverEventKind.STOP_LIFTED, D("2025-03-10"))
    found = reasons_of(replace(OPEN, events=(stop, lift)), *days)
    assert found == [(), (reason,), (reason,), ()]
    same_day = CoverEvent(CoverEventKind.STOP_LIFTED, stop.on)
    assert reasons_of(replace(OPEN, events=(stop, same_day)), "2025-02-11") == [()]


def test_a_given_stop_date_is_the_last_insured_day() -> None:
    case = replace(OPEN, stop_date=D("2025-02-10"))
    assert reasons_of(case, "2025-02-10", "2025-02-11") == [(), ("STOPPED",)]


def test_own_evidence_counts_from_its_day_and_for_twelve_months() -> None:
    own = Discretionary(cny(100), D("2024-02-29"))
    case = replace(OPEN, limits=(), discretionary=own)
    days = ("2025-02-28", "2025-03-01")
    found = reasons_of(replace(case, terms=replace(CASE.terms, period=None)), *days)
    assert found == [(), ("DCL_UNJUSTIFIED",)]
    young = replace(case, discretionary=replace(own, evidence_date=D("2025-02-10")))
    assert reasons_of(young, "2025-02-09", "2025-02-10") == [("DCL_UNJUSTIFIED",), ()]


def test_there_is_no_headroom_below_nothing_once_a_limit_was_cut() -> None:
    cut = Limit(D("2025-04-01"), None, cny(30_000), LimitState.REDUCED)
    found = cover(replace(CASE, limits=(*CASE.limits, cut)))
    assert found.rows[0].covered == cny(50_000)
    assert (found.limit, found.headroom) == (cny(30_000), cny(0))


def test_of_shipments_of_one_day_what_was_paid_in_advance_leaves_the_limit_to_the_next() -> None:  # fmt: skip
    """rules.md 4.1 S7, STRICT: what was open of the earlier ones on the day, that day's money included."""
    second = replace(SHIPMENT, id="S2")
    case = replace(
        CASE,
        terms=replace(CASE.terms, limit_mode=LimitMode.STRICT),
        invoices=(SHIPMENT, second),
        credits=(Credit("P", SHIPMENT.issued, cny(30_000), "S1"),),
    )
    covered = {row.id: row.covered for row in cover(case).rows}
    assert covered == {"S1": cny(50_000), "S2": cny(50_000)}


def _shipment(name: str, issued: str, due: str, amount: int) -> CaseInvoice:
    return CaseInvoice(id=name, issued=D(issued), due=D(due), amount=cny(amount))


@pytest.mark.parametrize(
    ("floor", "second", "stopped"),
    [
        pytest.param(0, 600, "2025-05-10", id="no floor: the oldest stops"),
        pytest.param(2_000, 600, "2025-06-08", id="1,500 and 600 are more than 2,000 together"),
        pytest.param(2_000, 500, None, id="2,000 does not exceed 2,000"),
    ],
)  # fmt: skip
def test_deliveries_stop_only_above_the_floor_of_all_arrears(
    floor: int, second: int, stopped: str | None
) -> None:
    """Due 11 March and 9 April, 60 days each: 10 May and 8 June are the last days."""
    case = replace(
        CASE,
        terms=replace(CASE.terms, stop_floor=Decimal(floor)),
        invoices=(
            _shipment("S1", "2025-01-10", "2025-03-11", 1_500),
            _shipment("S2", "2025-02-08", "2025-04-09", second),
        ),
        credits=(),
        events=(),
    )
    found = cover(case)
    assert found.stop_date == (D(stopped) if stopped else None)
    assert found.may_ship is (stopped is None)


def test_arrears_in_another_currency_count_at_its_rate() -> None:
    """300 dollars at 7 are 2,100, more than 2,000."""
    dollars = Money(Decimal(300), "USD")
    abroad = replace(_shipment("S1", "2025-01-10", "2025-03-11", 1), amount=dollars)
    case = replace(
        CASE,
        terms=replace(CASE.terms, stop_floor=Decimal(2_000)),
        invoices=(abroad,),
        credits=(),
        events=(),
        rates=(Rate("USD", D("2025-01-01"), Decimal(7)),),
    )
    assert cover(case).stop_date == D("2025-05-10")


def test_what_is_invoiced_on_the_very_day_can_bring_the_next_stop() -> None:
    case = replace(
        CASE,
        date_of_loss=D("2025-01-10"),
        invoices=(_shipment("S1", "2025-01-10", "2025-03-11", 1_500),),
        credits=(),
        events=(),
    )
    assert cover(case).next_stop == D("2025-05-10")


def test_the_next_stop_is_when_the_arrears_exceed_the_floor() -> None:
    case = replace(
        CASE,
        terms=replace(CASE.terms, stop_floor=Decimal(2_000)),
        date_of_loss=D("2025-04-20"),
        invoices=(
            _shipment("S1", "2025-01-10", "2025-03-11", 1_500),
            _shipment("S2", "2025-02-08", "2025-04-09", 600),
        ),
        credits=(),
        events=(),
    )
    found = cover(case)
    assert (found.next_stop, found.stopping) == (D("2025-06-08"), "S2")


def test_what_was_shipped_after_the_risk_was_known_is_shown_with_and_without() -> None:
    """The insurer may refuse S2; if it doesn't, 50,000 + 20,000 are covered."""
    late = CaseInvoice(
        id="S2", issued=D("2025-06-10"), due=D("2025-08-01"), amount=cny(20_000)
    )
    case = replace(
        CASE, terms=replace(CASE.terms, mep_days=None), invoices=(SHIPMENT, late)
    )
    first, second = cover(case).rows
    assert (first.covered, first.unless_refused) == (cny(50_000), cny(50_000))
    assert second.reasons == ("KNOWN_RISK",)
    assert (second.covered, second.unless_refused) == (cny(0), cny(20_000))


def test_an_undeclared_shipment_is_covered_for_nothing_and_would_be_if_declared() -> (
    None
):
    case = replace(CASE, invoices=(replace(SHIPMENT, declared=False),), events=())
    (row,) = cover(case).rows
    assert (row.covered, row.if_declared) == (cny(0), cny(50_000))
