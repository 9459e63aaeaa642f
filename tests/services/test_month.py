"""A client's month: covered and uncovered make the balance, the reasons make the uncovered, and nothing is guessed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.review.month import NO_POLICY, OVER_LIMIT
from creditdesk.services.clients import ClientId
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
APRIL = date(2025, 4, 30)
KNOWN = {
    "max_liability_basis": "AMOUNT",
    "max_liability": "500000",
    "declaration_mode": "NONE",
}


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def books(office: Office) -> ClientId:
    """甲 owes 9,000 under a limit of 6,000; 乙 2,000 without a limit; 丙 1,000 under one, of which 400 were paid."""
    client: ClientId = office.client()
    office.desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("A1", "2025-02-10", "2025-04-11", "5000", buyer="甲公司"),
            office.invoice("A2", "2025-04-10", "2025-06-09", "4000", buyer="甲公司"),
            office.invoice("B", "2025-04-12", "2025-06-11", "2000", buyer="乙公司"),
            office.invoice("C", "2025-03-10", "2025-05-09", "1000", buyer="丙公司"),
            office.paid("P", "2025-04-20", "400", "C", buyer="丙公司"),
            office.invoice("U", "2025-03-10", "2025-05-09", "70", buyer="丙公司", currency="USD"),
        ),
    )  # fmt: skip
    return client


def insured(office: Office, client: int, values: dict[str, str]) -> None:
    policy = office.policy(client, values=values)
    for name, amount in (("甲公司", "6000"), ("丙公司", "1000")):
        office.limit(policy, office.desk.buyers.named(client, name), amount)


def test_the_figures_add_up_and_stand_beside_the_month_before(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("A1", "2025-02-10", "2025-04-11", "5000", buyer="甲公司"),
            office.invoice("A2", "2025-04-10", "2025-06-09", "4000", buyer="甲公司"),
            office.invoice("B", "2025-04-12", "2025-06-11", "2000", buyer="乙公司"),
            office.invoice("C", "2025-03-10", "2025-05-09", "1000", buyer="丙公司"),
            office.paid("P", "2025-04-20", "400", "C", buyer="丙公司"),
        ),
    )
    insured(office, client, KNOWN)
    found = desk.policies.month(client, APRIL, date(2025, 9, 10))
    assert found.now.on == APRIL
    assert found.before.on == date(2025, 3, 31)
    # 9,000 + 2,000 + 600, of which 6,000 + 600 are insured.
    assert (found.now.balance, found.now.covered) == (cny("11600"), cny("6600"))
    assert found.now.uncovered == cny("5000")
    assert (found.before.balance, found.before.covered) == (cny("6000"), cny("6000"))
    assert (found.now.overdue, found.before.overdue) == (cny("5000"), cny("0"))
    assert found.now.share == Decimal("43.1")
    gaps = {each.reason: (each.amount, each.buyers, each.largest) for each in found.gaps}  # fmt: skip
    assert gaps == {
        "NO_LIMIT": (cny("2000"), 1, "乙公司"),
        OVER_LIMIT: (cny("3000"), 1, "甲公司"),
    }
    # 90 % of 6,600
    assert (found.payable, found.missing) == (cny("5940.00"), ())
    assert found.choice is not None
    assert (found.choice.buyer, found.choice.over) == ("甲公司", cny("3000"))
    assert found.choice.ask == cny("10000")


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        (
            {**KNOWN, "max_liability": "", "max_liability_basis": "AMOUNT"},
            ["max_liability"],
        ),
        ({**KNOWN, "vat_insured": ""}, ["vat_insured"]),
    ],
)
def test_an_amount_that_rests_on_a_value_still_to_be_asked_is_not_given(
    office: Office, desk: Desk, values: dict[str, str], missing: list[str]
) -> None:
    client = books(office)
    insured(office, client, values)
    found = desk.policies.month(client, APRIL, date(2025, 9, 10))
    assert found.payable is None
    assert [each.key for each in found.missing] == missing


def test_the_most_the_policy_pays_is_its_maximum_liability(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("A1", "2025-02-10", "2025-04-11", "1000", buyer="甲公司"),
            office.invoice("C", "2025-02-10", "2025-04-11", "1000", buyer="丙公司"),
        ),
    )
    policy = office.policy(client, values={**KNOWN, "max_liability": "1000"})
    for line in desk.buyers.all(client):
        office.limit(policy, line.id, "1000")
    # 90 % of 2,000 would be 1,800.
    assert desk.policies.month(client, APRIL, APRIL).payable == cny("1000")


def test_without_a_policy_all_is_uncovered(office: Office, desk: Desk) -> None:
    client = books(office)
    found = desk.policies.month(client, APRIL, APRIL)
    assert (found.policy, found.payable, found.missing) == ("", None, ())
    assert [(each.reason, each.amount) for each in found.gaps] == [(NO_POLICY, cny("11600"))]  # fmt: skip
    assert found.besides == (Money(Decimal(70), "USD"),)


def test_a_month_that_runs_ends_today_and_says_what_was_done(
    office: Office, desk: Desk
) -> None:
    client = books(office)
    today = date(2026, 11, 23)  # by the desk's clock
    (deed,) = desk.policies.month(client, today, today).deeds
    assert (deed.what, deed.subject, deed.count) == ("taken in", "import_batch", 1)
    found = desk.policies.month(client, date(2025, 4, 3), date(2025, 4, 12))
    assert found.now.on == date(2025, 4, 12)
