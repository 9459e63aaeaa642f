"""Premiums: what a policy costs by what was declared and by the ledger, what is paid, and what that means for cover."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.db.errors import VoidAlready, VoidReasonMissing
from creditdesk.domain.base.money import Money
from creditdesk.domain.policy.premium_notes import NoteKind
from creditdesk.domain.policy.premium_year import Basis
from creditdesk.i18n import words
from creditdesk.services.declarations import NewDeclaration
from creditdesk.services.policies import PolicyId
from creditdesk.services.premiums import NewNote
from creditdesk.services.premiums.values import (
    NoteAmountWrong,
    NoteCurrencyOdd,
    NoteUnknown,
    PaidInFuture,
)
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 5, 20)
COST = {
    "premium_rate": "0.5",
    "minimum_premium": "1000",
    "limit_fee": "300",
    "monitoring_fee": "200",
    "tax_rate": "6",
}


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def insured(office: Office, **values: str) -> int:
    client, buyer = office.m1()
    policy: int = office.policy(client, values={**COST, **values})
    office.limit(policy, buyer, "500000")
    return policy


def declare(desk: Desk, policy: int, month: int = 1) -> None:
    start = date(2025, month, 1)
    end = date.fromordinal(date(2025, month + 1, 1).toordinal() - 1)
    on = date(2025, month + 1, 10)
    desk.declarations.record(
        NewDeclaration(policy_id=policy, start=start, end=end, on=on), TODAY
    )


def add(desk: Desk, policy: int, amount: str, due: str, kind: NoteKind = NoteKind.DEPOSIT) -> int:  # fmt: skip
    return desk.premiums.add_note(
        NewNote(
            policy_id=policy,
            kind=kind,
            amount=cny(amount),
            due_on=date.fromisoformat(due),
        )
    )


def test_declared_and_ledger_turnover_each_give_a_premium_with_its_working(
    office: Office, desk: Desk
) -> None:
    policy = insured(office)
    declare(desk, policy)
    file = desk.premiums.file(policy, TODAY)
    assert file.basis is Basis.TURNOVER
    declared, ledger = file.by_declared, file.by_ledger
    assert declared.premium is not None
    assert (declared.base.plain, declared.premium.premium.plain) == ("339000.00", "1695.00")  # fmt: skip
    # 1,695 × 1.06 + 300 + 200
    assert declared.premium.total.plain == "2296.70"
    assert ledger is not None
    assert ledger.premium is not None
    assert (ledger.base.plain, ledger.premium.premium.plain) == ("678000.00", "3390.00")
    assert ledger.documents == 3


def test_each_line_of_the_working_names_its_clause_and_page(
    office: Office, desk: Desk
) -> None:
    policy = insured(office)
    for values, page in (({"premium_rate": "0.5"}, "4"), ({"minimum_premium": "1000"}, "5")):  # fmt: skip
        desk.policies.set(PolicyId(policy), values, TODAY, confirmed=True, page=page)
    declare(desk, policy)
    file = desk.premiums.file(policy, TODAY)
    for found in (file.by_declared, file.by_ledger):
        assert found is not None
        assert found.premium is not None
        told = [
            words("en").say(step.clause) if step.clause else ""
            for step in found.premium.steps
        ]
        assert told == [
            "Policy: Basis of the premium, Rate (page 4)", "Policy: Minimum premium (page 5)", "",
            "Policy: Tax on the premium", "Policy: Fee for a limit", "Policy: Monitoring fee", "",
        ]  # fmt: skip


def test_the_minimum_bites_while_little_is_declared(office: Office, desk: Desk) -> None:
    file = desk.premiums.file(insured(office), TODAY)
    assert file.by_declared.premium is not None
    assert file.by_declared.premium.minimum_bites
    assert file.by_declared.premium.premium.plain == "1000.00"


def test_a_missing_rate_is_said_and_the_rest_is_shown(
    office: Office, desk: Desk
) -> None:
    policy = insured(office)
    desk.policies.set(policy, {"premium_rate": ""}, TODAY, confirmed=True)  # type: ignore[arg-type]  # a number is enough
    file = desk.premiums.file(policy, TODAY)
    assert file.by_declared.premium is None
    assert file.by_declared.refused is not None


def test_limits_and_balances_can_be_what_the_rate_is_taken_of(
    office: Office, desk: Desk
) -> None:
    limits = desk.premiums.file(insured(office, premium_basis="LIMIT", premium_rate="2"), TODAY)  # fmt: skip
    assert limits.by_ledger is None
    assert limits.by_declared.base.plain == "500000.00"
    assert limits.by_declared.premium is not None
    assert limits.by_declared.premium.premium.plain == "10000.00"


def test_balances_are_added_up_over_the_months(office: Office, desk: Desk) -> None:
    policy = insured(
        office, premium_basis="BALANCE_MONTH_END", declaration_mode="BALANCE_MONTHLY"
    )
    declare(desk, policy, 1)
    declare(desk, policy, 2)
    file = desk.premiums.file(policy, TODAY)
    assert file.by_declared.base.plain == "904000.00"
    assert file.by_ledger is not None
    # January to April: 339, 565, 678 and 478 thousand.
    assert file.by_ledger.base.plain == "2060000.00"


def test_a_table_of_rates_looks_at_the_term_of_each_invoice(
    office: Office, desk: Desk
) -> None:
    table = '[{"max_term": 30, "rate": "0.1"}, {"method": "OA", "max_term": 60, "rate": "0.2"}]'
    file = desk.premiums.file(insured(office, rate_table=table), TODAY)
    assert len(file.rate_rows) == 2
    assert file.by_ledger is not None
    assert file.by_ledger.premium is not None
    assert file.by_ledger.premium.premium.plain == "1356.00"


def test_turnover_in_a_currency_without_a_rate_is_named_and_not_added(
    office: Office, desk: Desk
) -> None:
    policy = insured(office)
    client = desk.clients.all()[0].id
    desk.ledger.take_in(
        client,
        office.draft(office.invoice("U1", "2025-01-11", "2025-03-01", "100", currency="USD")),
    )  # fmt: skip
    ledger = desk.premiums.file(policy, TODAY).by_ledger
    assert ledger is not None
    assert ledger.unconverted == (Money(Decimal(100), "USD"),)
    assert ledger.base.plain == "678000.00"
    desk.upkeep.set({"fx_rates": "2025-01-01 USD CNY 7"})
    ledger = desk.premiums.file(policy, TODAY).by_ledger
    assert ledger is not None
    assert (ledger.unconverted, ledger.base.plain) == ((), "678700.00")


def test_a_note_is_a_duty_until_it_is_paid(office: Office, desk: Desk) -> None:
    policy = insured(office)
    note = add(desk, policy, "30000", "2025-05-25")
    desk.recount(TODAY)
    (duty,) = [each for each in desk.watch.open_duties() if each.code == "D10"]
    # 2025-05-25 is a Sunday.
    assert (duty.safe, duty.legal) == (date(2025, 5, 23), date(2025, 5, 26))
    assert duty.amount == cny("30000")
    file = desk.premiums.file(policy, TODAY)
    assert (file.noted, file.paid, file.owed) == (cny("30000"), cny("0"), cny("0"))
    desk.premiums.pay(note, TODAY, TODAY)
    desk.recount(TODAY)
    assert not [each for each in desk.watch.open_duties() if each.code == "D10"]
    assert desk.premiums.file(policy, TODAY).paid == cny("30000")


def test_the_payments_of_the_schedule_become_notes_once(
    office: Office, desk: Desk
) -> None:
    policy = insured(
        office,
        deposit_premium="30000",
        instalments='[{"due": "2025-07-01", "amount": "10000"}, {"due": "2025-10-01", "amount": "10000"}]',
    )
    add(desk, policy, "10000", "2025-07-01", NoteKind.INSTALMENT)
    assert [each.kind for each in desk.premiums.file(policy, TODAY).planned] == [
        NoteKind.DEPOSIT,
        NoteKind.INSTALMENT,
    ]
    assert len(desk.premiums.take_plan(policy, TODAY)) == 2
    file = desk.premiums.file(policy, TODAY)
    assert (file.planned, file.noted) == ((), cny("50000"))
    assert desk.premiums.take_plan(policy, TODAY) == ()


def test_a_note_not_paid_by_its_day_is_owed(office: Office, desk: Desk) -> None:
    policy = insured(office)
    add(desk, policy, "30000", "2025-05-01")
    assert desk.premiums.file(policy, TODAY).owed == cny("30000")


def test_a_voided_note_counts_no_more_and_stays_in_the_desk(
    office: Office, desk: Desk
) -> None:
    policy = insured(office)
    note = add(desk, policy, "30000", "2025-05-01")
    with pytest.raises(VoidReasonMissing):
        desk.premiums.void(note, " ")
    desk.premiums.void(note, "another client's")
    file = desk.premiums.file(policy, TODAY)
    assert (file.notes, file.noted, file.owed) == ((), cny("0"), cny("0"))
    (kept,) = file.voided
    assert kept.voided is not None
    assert (kept.id, kept.voided.why) == (note, "another client's")
    with pytest.raises(VoidAlready):
        desk.premiums.void(note, "once more")
    assert desk.upkeep.info().rows["premium_note"] == 1
    with pytest.raises(NoteUnknown):
        desk.premiums.pay(note, TODAY, TODAY)


def test_the_maximum_liability_follows_the_premium_paid(
    office: Office, desk: Desk
) -> None:
    policy = insured(
        office,
        max_liability_basis="MULT_PREMIUM_PAID",
        max_liability_multiple="30",
    )
    file = desk.premiums.file(policy, TODAY)
    assert file.maximum == cny("30000")
    assert file.counted_note is not None
    note = add(desk, policy, "5000", "2025-05-01")
    add(desk, policy, "700", "2025-05-01", NoteKind.FEE)
    assert desk.premiums.file(policy, TODAY).maximum == cny("0")
    desk.premiums.pay(note, date(2025, 5, 2), TODAY)
    file = desk.premiums.file(policy, TODAY)
    assert (file.maximum, file.counted) == (cny("150000"), cny("5000"))


def test_the_maximum_liability_follows_the_premium_earned(
    office: Office, desk: Desk
) -> None:
    policy = insured(
        office,
        max_liability_basis="MULT_PREMIUM_EARNED",
        max_liability_multiple="30",
    )
    assert desk.premiums.file(policy, TODAY).maximum == cny("30000")
    declare(desk, policy)
    assert desk.premiums.file(policy, TODAY).maximum == cny("50850")


@pytest.mark.parametrize(
    ("kind", "amount", "currency", "refusal"),
    [
        (NoteKind.DEPOSIT, "-1", "CNY", NoteAmountWrong),
        (NoteKind.ADJUSTMENT, "0", "CNY", NoteAmountWrong),
        (NoteKind.FEE, "1", "RM", NoteCurrencyOdd),
    ],
)
def test_a_note_that_can_not_be_is_refused(  # noqa: PLR0913, PLR0917 - a table of cases
    office: Office,
    desk: Desk,
    kind: NoteKind,
    amount: str,
    currency: str,
    refusal: type[Exception],
) -> None:
    policy = insured(office)
    with pytest.raises(refusal):
        desk.premiums.add_note(
            NewNote(policy_id=policy, kind=kind, amount=Money(Decimal(amount), currency), due_on=TODAY)
        )  # fmt: skip


def test_a_payment_of_tomorrow_is_refused(office: Office, desk: Desk) -> None:
    note = add(desk, insured(office), "1", "2025-05-01")
    with pytest.raises(PaidInFuture):
        desk.premiums.pay(note, date(2025, 5, 21), TODAY)
