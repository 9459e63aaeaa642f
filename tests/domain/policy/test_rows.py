"""The tables of a policy as values."""

from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.policy.rows import instalments
from creditdesk.domain.policy.tables import Instalment
from creditdesk.domain.policy.terms import PolicyTerms


def test_the_instalments_of_the_premium_stand_in_the_order_of_the_schedule() -> None:
    table = '[{"due": "2025-01-15", "amount": "600"}, {"due": "2025-07-15", "amount": "400"}]'  # fmt: skip
    terms = PolicyTerms.read({"policy_currency": "CNY", "instalments": table})
    assert instalments(terms.values, "CNY") == (
        Instalment(date(2025, 1, 15), Money(Decimal(600), "CNY")),
        Instalment(date(2025, 7, 15), Money(Decimal(400), "CNY")),
    )
    assert instalments({}, "CNY") == ()
