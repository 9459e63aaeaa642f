"""When deliveries to a buyer first stopped within a time."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.case import CaseInvoice, IndemnityCase, IndemnityTerms
from creditdesk.domain.cover.limits import CoverEvent, CoverEventKind, Limit
from creditdesk.domain.cover.stop_days import first_stop
from creditdesk.domain.ledger.allocation import Credit

D = date.fromisoformat


def case(*events: CoverEvent) -> IndemnityCase:
    """One invoice, due on 11 March, never paid; deliveries may go on for 60 days more, to 10 May."""
    return IndemnityCase(
        terms=IndemnityTerms(currency="CNY", insured_pct=Decimal(90), mep_days=60),
        date_of_loss=D("2025-12-31"),
        limits=(Limit(D("2025-01-01"), None, Money(Decimal(500), "CNY")),),
        invoices=(
            CaseInvoice(
                id="S1",
                issued=D("2025-01-10"),
                due=D("2025-03-11"),
                amount=Money(Decimal(300), "CNY"),
            ),
        ),
        credits=(),
        events=events,
    )


@pytest.mark.parametrize(
    ("start", "end", "stopped"),
    [
        pytest.param("2025-02-01", "2025-04-30", None, id="the extension runs"),
        pytest.param("2025-02-01", "2025-05-10", None, id="its last day still may ship"),
        pytest.param("2025-02-01", "2025-05-11", "2025-05-10", id="over on the last day looked at"),
        pytest.param("2025-06-01", "2025-06-30", "2025-05-10", id="in force at the start already"),
    ],
)  # fmt: skip
def test_an_extension_that_ends_unpaid_stops(
    start: str, end: str, stopped: str | None
) -> None:
    found = first_stop(case(), D(start), D(end))
    assert found == (D(stopped) if stopped else None)


@pytest.mark.parametrize(
    ("paid_on", "stopped"),
    [
        pytest.param("2025-05-10", None, id="paid on its last day"),
        pytest.param("2025-06-01", "2025-05-10", id="paid after it stopped"),
    ],
)
def test_money_that_comes_later_undoes_no_stop(
    paid_on: str, stopped: str | None
) -> None:
    paid = Credit("P", D(paid_on), Money(Decimal(300), "CNY"), "S1")
    found = first_stop(replace(case(), credits=(paid,)), D("2025-02-01"), D("2025-06-30"))  # fmt: skip
    assert found == (D(stopped) if stopped else None)


@pytest.mark.parametrize(
    ("end", "stopped"), [("2025-03-20", None), ("2025-03-21", "2025-03-20")]
)
def test_an_event_stops_from_the_day_after_it_also_the_last_one(
    end: str, stopped: str | None
) -> None:
    known = CoverEvent(CoverEventKind.INSOLVENCY, D("2025-03-20"))
    found = first_stop(case(known), D("2025-02-01"), D(end))
    assert found == (D(stopped) if stopped else None)
