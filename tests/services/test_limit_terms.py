"""The longest term of a decision in words: read like a ledger's, asked about like one, held against every invoice."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.limits import Reason
from creditdesk.errors import UserError
from creditdesk.i18n import words
from creditdesk.services.clients import ClientId
from creditdesk.services.policies import (
    LimitDecision,
    LimitLine,
    LimitTermUnclear,
    LimitTermUnusable,
)
from creditdesk.workspace import Desk
from tests.services.conftest import Office

BUYER = "宁波海澜贸易有限公司"
EOM = "月结60天"


def decided(
    office: Office,
    desk: Desk,
    term: str,
    answer: str = "",
    *,
    client: int | None = None,
) -> LimitLine:
    owner = client or client_of(office)
    policy = office.policy(ClientId(owner), values={"max_payment_term_days": "360"})
    buyer = desk.buyers.named(owner, BUYER)
    desk.policies.decide(
        LimitDecision(
            policy_id=policy, buyer_id=buyer, state="APPROVED", start=date(2025, 1, 1),
            amount=Money(Decimal(100000), "CNY"), max_term=term, max_term_as=answer, sure=True,
        )
    )  # fmt: skip
    (line,) = desk.policies.limits(buyer_id=buyer)
    return line


def client_of(
    office: Office,
    issued: str = "2025-05-10",
    due: str = "2025-07-30",
    shipped: str | None = None,
) -> ClientId:
    client = office.client()
    made = office.invoice("I1", issued, due, "1000")
    made = replace(made, shipped=date.fromisoformat(shipped) if shipped else None)
    office.desk.ledger.take_in(client, office.draft(made))
    return client


@pytest.mark.parametrize(
    ("term", "days"),
    [("60", 60), ("60天", 60), ("OA 90 days", 90), ("六十天", 60), ("款到发货", 0)],
)
def test_plain_days_are_kept_as_days(
    office: Office, desk: Desk, term: str, days: int
) -> None:
    line = decided(office, desk, term)
    assert (line.max_term_days, line.max_term) == (days, "")


@pytest.mark.parametrize(
    ("term", "answer", "due", "covered"),
    [
        ("3个月", "", "2025-08-10", True),
        ("3个月", "", "2025-08-11", False),
        (EOM, "EOM_PLUS_N_DAYS", "2025-07-30", True),
        (EOM, "EOM_PLUS_N_DAYS", "2025-07-31", False),
        (EOM, "END_OF_NEXT_MONTH", "2025-07-31", True),
        ("次月25日", "", "2025-06-25", True),
        ("次月25日", "", "2025-06-26", False),
        # Shipped on 20 May.
        ("货到30天", "", "2025-06-19", True),
        ("货到30天", "", "2025-06-20", False),
    ],
)
def test_every_invoice_is_held_against_the_day_the_words_give(  # noqa: PLR0913 - the columns of the table
    office: Office, desk: Desk, term: str, answer: str, due: str, *, covered: bool
) -> None:
    client = client_of(office, due=due, shipped="2025-05-20")
    line = decided(office, desk, term, answer, client=client)
    assert (line.max_term_days, line.max_term) == (None, term)
    desk.recount(date(2025, 6, 1))
    buyer = desk.buyers.named(client, BUYER)
    (found,) = desk.policies.covers(buyer, date(2025, 6, 1)).values()
    assert (Reason.TERM in found.reasons) is not covered


def test_words_with_several_readings_are_refused_until_one_is_chosen(
    office: Office, desk: Desk
) -> None:
    client = client_of(office)
    with pytest.raises(LimitTermUnclear) as refused:
        decided(office, desk, EOM, client=client)
    assert {each.id for each in refused.value.offered} == {
        "END_OF_NEXT_MONTH", "EOM_PLUS_N_DAYS", "N_DAYS_THEN_EOM",
    }  # fmt: skip
    assert EOM in words("zh").say(refused.value.said)


def test_what_was_answered_about_the_clients_files_counts_here(
    office: Office, desk: Desk
) -> None:
    client = client_of(office)
    desk.ledger.settle_terms(client, EOM, "N_DAYS_THEN_EOM")
    assert decided(office, desk, EOM, client=client).max_term == EOM


@pytest.mark.parametrize(
    "term", ["面议", "15个工作日", "验收后30天", "30%预付，70%发货后60天", "不知道"]
)
def test_what_gives_no_day_for_every_invoice_is_refused(
    office: Office, desk: Desk, term: str
) -> None:
    with pytest.raises(UserError) as refused:
        decided(office, desk, term)
    assert refused.type is LimitTermUnusable


def test_the_words_stand_among_the_conditions_of_a_shipment(
    office: Office, desk: Desk
) -> None:
    client = client_of(office)
    decided(office, desk, "3个月", client=client)
    buyer = desk.buyers.named(client, BUYER)
    told = desk.policies.may_ship(buyer, date(2025, 6, 1)).conditions
    assert any("3" in words("en").say(each) and "longer" in words("en").say(each) for each in told)  # fmt: skip


MONTHS = {"max_payment_term": "3个月"}
AFTER_EOM = {"max_payment_term": EOM, "eom_mode": "EOM_PLUS_N_DAYS"}
AT_EOM = {"max_payment_term": EOM, "eom_mode": "END_OF_NEXT_MONTH"}
BOTH = {**MONTHS, "max_payment_term_days": "60"}


@pytest.mark.parametrize(
    ("values", "due", "covered"),
    [
        pytest.param(MONTHS, "2025-08-10", True, id="three months"),
        pytest.param(MONTHS, "2025-08-11", False, id="three months and a day"),
        pytest.param(AFTER_EOM, "2025-07-30", True, id="the end of May and 60"),
        pytest.param(AFTER_EOM, "2025-07-31", False, id="and a day"),
        pytest.param(AT_EOM, "2025-07-31", True, id="the end of July"),
        pytest.param(BOTH, "2025-07-10", False, id="61 days where both count"),
    ],
)
def test_the_longest_term_of_a_policy_in_words_is_held_against_every_invoice(
    office: Office, desk: Desk, values: dict[str, str], due: str, *, covered: bool
) -> None:
    owner = client_of(office, due=due)
    policy = office.policy(owner, values={"max_payment_term_days": "", **values})
    buyer = desk.buyers.named(owner, BUYER)
    office.limit(policy, buyer, "9000")
    desk.recount(date(2025, 9, 10))
    (kept,) = desk.policies.covers(buyer, date(2025, 9, 10)).values()
    assert (Reason.TERM not in kept.reasons) == covered
    claim = desk.claims.estimate(office.claim_on(owner, buyer), date(2025, 9, 10))
    assert claim.indemnity is not None
    (row,) = claim.indemnity.rows
    assert (Reason.TERM not in row.reasons) == covered


@pytest.mark.parametrize(
    ("words_", "said"),
    [
        (EOM, "can be meant in several ways. First say at “Reading of “end of month””"),
        ("面议", "no longest term"),
        ("15个工作日", "no longest term"),
        ("收票后30天", "no longest term"),
    ],
)
def test_a_policys_words_that_give_no_day_are_refused(
    office: Office, words_: str, said: str
) -> None:
    with pytest.raises(UserError) as refused:
        office.policy(client_of(office), values={"max_payment_term": words_})
    assert said in words("en").say(refused.value.said)
