"""The review tells how much of what was due to be declared was declared (rules.md 9.2)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.domain.review.kpis import kpis
from creditdesk.services.declarations import NewDeclaration
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
START, END = date(2025, 1, 1), date(2025, 3, 31)
TODAY = date(2025, 7, 5)


def declared(desk: Desk, client: int) -> tuple[Decimal | None, bool | None]:
    book = desk.reviews.book(client, START, END, TODAY)
    found = next(each for each in kpis(book) if each.code == "declared")
    return found.value, found.good


@pytest.mark.parametrize(
    ("months", "share", "good"),
    [
        # January and February were due by the end of March: 339,000 and 226,000.
        pytest.param((1,), Decimal("0.6000"), False, id="one of two"),
        pytest.param((1, 2), Decimal("1.0000"), True, id="both"),
        pytest.param((1, 2, 3), Decimal("1.0000"), True, id="March is not due yet"),
    ],
)
def test_what_was_declared_of_what_was_due(
    office: Office,
    desk: Desk,
    months: tuple[int, ...],
    share: Decimal,
    good: bool,  # noqa: FBT001 - a case
) -> None:
    client, _ = office.m1()
    policy = office.policy(client)
    assert declared(desk, client) == (None, None)
    for month in months:
        end = date.fromordinal(date(2025, month + 1, 1).toordinal() - 1)
        desk.declarations.record(
            NewDeclaration(
                policy_id=policy, start=date(2025, month, 1), end=end, on=end
            ),
            TODAY,
        )
    assert declared(desk, client) == (share, good)
