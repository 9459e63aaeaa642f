"""Declarations: what the ledger says of each period, what was declared, and the duties and refusals that follow."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.db.errors import VoidReasonMissing
from creditdesk.domain.base.money import Money
from creditdesk.domain.declare.declarations import DeclarationKind
from creditdesk.domain.declare.declared import State
from creditdesk.domain.ledger.documents import DraftDocument
from creditdesk.services.declarations import NewDeclaration, PeriodLine
from creditdesk.services.declarations.values import (
    CorrectedTwice,
    DeclarationUnknown,
    DeclaredBeforePeriod,
    DeclaredInFuture,
    NothingAsked,
    NothingNew,
    PeriodNotAsked,
    TotalsNeedOnePeriod,
)
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 5, 20)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.fixture
def policy(office: Office, desk: Desk) -> int:
    """M1 under a policy declared monthly, by the 15th of the next month."""
    client, _ = office.m1()
    made: int = office.policy(client, values={"insurable_turnover_est": "1000000"})
    desk.recount(TODAY)
    return made


def new(policy: int, month: str = "2025-01", on: str = "2025-02-14", **more: Any) -> NewDeclaration:  # noqa: ANN401 - a test's own words  # fmt: skip
    start = day(f"{month}-01")
    end = date(start.year, start.month % 12 + 1, 1) if start.month < 12 else date(start.year + 1, 1, 1)  # fmt: skip
    values: dict[str, Any] = {"start": start, "end": date.fromordinal(end.toordinal() - 1), **more}  # fmt: skip
    return NewDeclaration(policy_id=policy, on=day(on), way="Portal", **values)


def line(desk: Desk, month: int = 1, on: date = TODAY) -> PeriodLine:
    return next(
        each
        for each in desk.declarations.overview(on).periods
        if each.asked.period.start.month == month
    )


def states(desk: Desk, on: date = TODAY) -> list[State]:
    return [each.state for each in desk.declarations.overview(on).periods]


def found(desk: Desk, code: str, state: str = "open") -> list[date]:
    return sorted(
        each.anchor_on
        for each in desk.watch.duties_of()
        if (each.code, each.state) == (code, state)
    )


@pytest.mark.usefixtures("policy")
def test_every_month_that_has_begun_says_what_the_ledger_holds(desk: Desk) -> None:
    assert states(desk) == [State.LATE] * 4 + [State.RUNNING]
    january = line(desk)
    assert [each.plain for each in january.computed] == ["339000.00"]
    assert january.asked.deadline is not None
    assert january.asked.deadline.unrolled == day("2025-02-15")
    assert (january.documents, january.left_out) == (1, 0)


@pytest.mark.usefixtures("policy")
def test_each_month_is_a_duty_until_it_is_declared(desk: Desk, policy: int) -> None:
    ends = [day("2025-01-31"), day("2025-02-28"), day("2025-03-31"), day("2025-04-30"), day("2025-05-31")]  # fmt: skip
    assert found(desk, "D07") == ends
    desk.declarations.record(new(policy), TODAY)
    desk.recount(TODAY)
    assert found(desk, "D07") == ends[1:]
    assert found(desk, "D07", "done") == ends[:1]
    (done,) = [each for each in desk.watch.duties_of() if each.state == "done"]
    assert done.closed_on == day("2025-02-14")
    assert desk.recount(TODAY) == 0


@pytest.mark.usefixtures("policy")
def test_what_is_at_stake_is_what_was_shipped(desk: Desk) -> None:
    amounts = {
        each.anchor_on.month: each.amount.plain
        for each in desk.watch.duties_of()
        if each.code == "D07" and each.state == "open"
    }
    assert amounts == {1: "339000.00", 2: "226000.00", 3: "113000.00", 4: "0.00", 5: "0.00"}  # fmt: skip


def test_a_declaration_is_kept_with_its_documents_and_compared(
    desk: Desk, policy: int
) -> None:
    (number,) = desk.declarations.record(new(policy, reference="SB-1"), TODAY)
    january = line(desk)
    assert january.state is State.DECLARED
    assert [each.plain for each in january.declared] == ["339000.00"]
    file = desk.declarations.period(
        policy, DeclarationKind.TURNOVER, day("2025-01-01"), TODAY
    )
    (kept,) = file.declared
    assert (kept.id, kept.reference, kept.way, kept.who) == (number, "SB-1", "Portal", "tester")  # fmt: skip
    assert [each.key[1] for each in kept.lines] == ["INV1"]
    assert file.risks == ()


def test_a_late_declaration_says_how_late_and_what_was_overdue_by_then(
    desk: Desk, policy: int
) -> None:
    desk.declarations.record(new(policy, "2025-03", "2025-04-24"), TODAY)
    march = line(desk, 3)
    assert (march.state, march.late) == (State.DECLARED_LATE, 9)
    file = desk.declarations.period(
        policy, DeclarationKind.TURNOVER, day("2025-03-01"), TODAY
    )
    # INV1 was due on 2025-03-11; of its 339,000 nothing was paid by the 24th of April, the payment names INV2.
    assert [(each.number, each.days_overdue) for each in file.risks] == [("INV1", 44)]


@pytest.mark.usefixtures("policy")
def test_a_month_nobody_declared_warns_of_the_risk_of_today(
    desk: Desk, policy: int
) -> None:
    file = desk.declarations.period(
        policy, DeclarationKind.TURNOVER, day("2025-02-01"), TODAY
    )
    assert [each.number for each in file.risks] == ["INV1"]


def test_what_the_ledger_learns_later_differs_and_a_supplement_mends_it(
    office: Office, desk: Desk, policy: int
) -> None:
    desk.declarations.record(new(policy), TODAY)
    client = line(desk).client_id
    desk.ledger.take_in(
        client,
        office.draft(office.invoice("INV1B", "2025-01-20", "2025-03-20", "1000")),
    )
    desk.recount(TODAY)
    (forgotten,) = [each for each in desk.watch.open_duties() if each.code == "D07"]
    assert forgotten.anchor_on == day("2025-01-31")
    assert found(desk, "D07").count(day("2025-01-31")) == 1
    january = line(desk)
    assert (january.state, january.differences) == (State.DIFFERS, 1)
    file = desk.declarations.period(
        policy, DeclarationKind.TURNOVER, day("2025-01-01"), TODAY
    )
    (difference,) = file.differences
    assert difference.declared is None
    assert difference.now == Money(Decimal(1000), "CNY")
    assert [each.plain for each in file.still.values()] == ["1000.00"]
    desk.declarations.record(new(policy, on="2025-05-19"), TODAY)
    january = line(desk)
    assert january.state is State.DECLARED_LATE
    assert [each.plain for each in january.declared] == ["340000.00"]
    desk.recount(TODAY)
    assert day("2025-01-31") not in found(desk, "D07")
    with pytest.raises(NothingNew):
        desk.declarations.record(new(policy, on="2025-05-19"), TODAY)


def test_a_correction_takes_the_place_of_what_it_names_and_nothing_is_lost(
    desk: Desk, policy: int
) -> None:
    paper = (Money(Decimal(300000), "CNY"),)
    (first,) = desk.declarations.record(new(policy, totals=paper), TODAY)
    assert [each.plain for each in line(desk).declared] == ["300000.00"]
    (second,) = desk.declarations.record(
        new(policy, on="2025-05-19", corrects=first), TODAY
    )
    january = line(desk)
    # The insurer was told in time by what is corrected.
    assert january.state is State.DECLARED
    assert [each.plain for each in january.declared] == ["339000.00"]
    file = desk.declarations.period(
        policy, DeclarationKind.TURNOVER, day("2025-01-01"), TODAY
    )
    assert [each.id for each in file.declared] == [first, second]
    assert file.standing == {second}
    with pytest.raises(CorrectedTwice):
        desk.declarations.record(new(policy, on="2025-05-19", corrects=first), TODAY)


def test_an_entry_made_by_mistake_is_voided_and_the_duty_comes_back(
    desk: Desk, policy: int
) -> None:
    (number,) = desk.declarations.record(new(policy), TODAY)
    desk.recount(TODAY)
    assert day("2025-01-31") not in found(desk, "D07")
    with pytest.raises(VoidReasonMissing):
        desk.declarations.void(number, TODAY, " ")
    desk.declarations.void(number, TODAY, "wrong month")
    january = line(desk)
    assert (january.state, january.declared, january.declared_on) == (State.LATE, (), None)  # fmt: skip
    desk.recount(TODAY)
    assert day("2025-01-31") in found(desk, "D07")
    with pytest.raises(DeclarationUnknown):
        desk.declarations.void(number, TODAY, "again")
    (again,) = desk.declarations.record(new(policy, on="2025-05-19"), TODAY)
    assert line(desk).state is State.DECLARED_LATE
    desk.recount(TODAY)
    assert day("2025-01-31") not in found(desk, "D07")
    file = desk.declarations.period(
        policy, DeclarationKind.TURNOVER, day("2025-01-01"), TODAY
    )
    assert len(file.declared) == 3
    assert file.standing == {again}


def test_a_voided_supplement_is_missing_again(
    office: Office, desk: Desk, policy: int
) -> None:
    desk.declarations.record(new(policy), TODAY)
    client = line(desk).client_id
    desk.ledger.take_in(
        client,
        office.draft(office.invoice("INV1B", "2025-01-20", "2025-03-20", "1000")),
    )
    (supplement,) = desk.declarations.record(new(policy, on="2025-05-19"), TODAY)
    desk.recount(TODAY)
    assert day("2025-01-31") not in found(desk, "D07")
    desk.declarations.void(supplement, TODAY, "twice")
    desk.recount(TODAY)
    assert day("2025-01-31") in found(desk, "D07")


def test_what_is_left_out_on_purpose_is_not_taken_for_forgotten(
    desk: Desk, policy: int
) -> None:
    buyer = desk.buyers.named(line(desk).client_id, "宁波海澜贸易有限公司")
    key = (int(buyer), "INV1", "invoice")
    desk.declarations.record(new(policy, left_out=frozenset({key})), TODAY)
    january = line(desk)
    assert january.state is State.DECLARED
    assert january.left_out == 1
    assert [each.plain for each in january.declared] == ["0.00"]
    desk.declarations.record(new(policy, on="2025-05-19"), TODAY)
    assert [each.plain for each in line(desk).declared] == ["339000.00"]


def test_several_months_at_once_are_one_declaration_each(
    desk: Desk, policy: int
) -> None:
    kept = desk.declarations.record(
        new(policy, on="2025-04-15", end=day("2025-03-31")), TODAY
    )
    assert len(kept) == 3
    assert states(desk) == [
        State.DECLARED_LATE,
        State.DECLARED_LATE,
        State.DECLARED,
        State.LATE,
        State.RUNNING,
    ]
    (whole,) = desk.declarations.overview(TODAY).policies
    assert [each.plain for each in whole.declared] == ["678000.00"]
    assert whole.fulfilment == Decimal("0.678")
    assert whole.recorded


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"on": "2025-05-21"}, DeclaredInFuture),
        ({"on": "2024-12-31"}, DeclaredBeforePeriod),
        ({"end": day("2025-01-30")}, PeriodNotAsked),
        (
            {"end": day("2025-03-31"), "on": "2025-04-14", "totals": ()},
            TotalsNeedOnePeriod,
        ),
        ({"kind": DeclarationKind.BALANCE}, PeriodNotAsked),
    ],
)
def test_what_can_not_be_is_refused_in_words(
    desk: Desk, policy: int, changes: Mapping[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        desk.declarations.record(new(policy, **changes), TODAY)
    assert not line(desk).declared


def test_a_policy_without_declarations_says_so(office: Office, desk: Desk) -> None:
    client, _ = office.m1()
    policy = office.policy(client, values={"declaration_mode": "NONE"})
    assert desk.declarations.overview(TODAY).periods == ()
    with pytest.raises(NothingAsked):
        desk.declarations.record(new(policy), TODAY)
    desk.recount(TODAY)
    assert found(desk, "D07") == []


def test_each_day_of_shipment_is_its_own_duty(office: Office, desk: Desk) -> None:
    client, _ = office.m1()
    policy = office.policy(
        client,
        values={"declaration_mode": "PER_SHIPMENT", "declaration_rule": "SHIPMENT + 15 CD"},
    )  # fmt: skip
    desk.recount(TODAY)
    assert found(desk, "D07") == [day("2025-01-10"), day("2025-02-10"), day("2025-03-20")]  # fmt: skip
    desk.declarations.record(new(policy), TODAY)
    desk.recount(TODAY)
    assert found(desk, "D07") == [day("2025-02-10"), day("2025-03-20")]


def test_balances_are_what_was_open_at_each_month_end(
    office: Office, desk: Desk
) -> None:
    client, _ = office.m1()
    policy = office.policy(
        client,
        values={"declaration_mode": "BALANCE_MONTHLY", "declaration_rule": "MONTH_END + 20 DNM"},
    )  # fmt: skip
    desk.recount(TODAY)
    sums = [
        [each.plain for each in period.computed]
        for period in desk.declarations.overview(TODAY).periods
    ]
    assert sums == [["339000.00"], ["565000.00"], ["678000.00"], ["478000.00"], ["478000.00"]]  # fmt: skip
    assert len(found(desk, "D08")) == 5
    assert found(desk, "D07") == []
    file = desk.declarations.period(
        policy, DeclarationKind.BALANCE, day("2025-04-01"), TODAY
    )
    assert {line.row.number: line.amount.plain for line in file.computed.taken} == {
        "INV1": "339000.00",
        "INV2": "26000.00",
        "INV3": "113000.00",
    }


def test_money_nobody_assigned_makes_a_balance_smaller(
    office: Office, desk: Desk
) -> None:
    client, _ = office.m1()
    office.policy(client, values={"declaration_mode": "BALANCE_MONTHLY"})
    desk.ledger.take_in(
        client, office.draft(office.paid("P2", "2025-01-20", "400000", "INV1"))
    )
    january = line(desk)
    assert [each.plain for each in january.computed] == ["-61000.00"]


def test_the_year_is_asked_for_after_the_policy_has_ended(
    office: Office, desk: Desk
) -> None:
    client, _ = office.m1()
    office.policy(
        client,
        values={"declaration_mode": "ANNUAL", "declaration_rule": "PERIOD_END + 1 M"},
    )
    after = day("2026-01-10")
    desk.recount(after)
    (year,) = [each for each in desk.watch.duties_of() if each.code == "D09"]
    assert (year.state, year.legal) == ("open", day("2026-02-02"))
    desk.recount(day("2027-06-01"))
    assert found(desk, "D09") == []


def test_an_excluded_buyer_is_neither_declared_nor_at_stake(
    office: Office, desk: Desk
) -> None:
    client, _ = office.m1()
    office.policy(client, values={"excluded_buyers": '["宁波海澜贸易有限公司"]'})
    desk.recount(TODAY)
    january = line(desk)
    assert (january.computed, january.left_out) == ((), 1)
    assert {each.amount.plain for each in desk.watch.duties_of() if each.code == "D07"} == {"0.00"}  # fmt: skip


def test_an_endorsement_moves_only_later_days(desk: Desk, policy: int) -> None:
    desk.policies.endorse(policy, day("2025-03-01"), "批单 1")  # type: ignore[arg-type]  # a number is enough
    desk.policies.set(policy, {"declaration_rule": "MONTH_END + 20 DNM"}, day("2025-03-01"), confirmed=True)  # type: ignore[arg-type]  # fmt: skip
    days = [
        each.asked.deadline.unrolled.day
        for each in desk.declarations.overview(TODAY).periods
        if each.asked.deadline
    ]
    assert days == [15, 15, 20, 20, 20]


def test_a_take_in_of_declared_invoices_can_still_be_taken_back(
    desk: Desk, policy: int
) -> None:
    desk.declarations.record(new(policy), TODAY)
    client = line(desk).client_id
    (batch,) = desk.ledger.batches(client)
    desk.ledger.undo(batch.id)
    january = line(desk)
    assert (january.state, january.differences) == (State.DIFFERS, 1)
    assert desk.upkeep.check().problems == ()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "values",
    [
        pytest.param({}, id="everything"),
        pytest.param({"excluded_buyers": '["乙 有限公司"]'}, id="a buyer excluded"),
        pytest.param({"scope": "NON_LC_ALL"}, id="no letters of credit"),
        pytest.param({"vat_insured": "false"}, id="without VAT"),
    ],
)
def test_the_list_of_periods_says_what_each_period_says_document_by_document(
    office: Office, desk: Desk, values: Mapping[str, str], seed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311 - the same ledgers every time
    client = office.client()
    desk.ledger.take_in(client, office.draft(*_documents(office, dice)))
    policy = office.policy(client, values=values)
    desk.declarations.record(new(policy, "2025-02", "2025-03-10"), TODAY)
    desk.ledger.take_in(client, office.draft(office.invoice("LATE", "2025-02-11", None, "7")))  # fmt: skip
    lines = desk.declarations.overview(TODAY).periods
    assert len(lines) == 5
    for each in lines:
        file = desk.declarations.period(policy, each.asked.kind, each.asked.period.start, TODAY)  # fmt: skip
        assert each == replace(file.line, client=each.client)


def _documents(office: Office, dice: random.Random) -> list[DraftDocument]:
    """Invoices and credit notes of every kind, some with amounts finer than the currency."""
    made = []
    for number in range(60):
        issued = date(2024, 11, 1) + timedelta(days=dice.randrange(220))
        note = dice.random() < 0.2
        row = office.invoice(
            f"N{number}",
            issued.isoformat(),
            None,
            dice.choice(["10", "10.005", "0.0049", "33.33"]),
            buyer=dice.choice(["甲 有限公司", "乙 有限公司"]),
            currency=dice.choice(["CNY", "CNY", "USD"]),
            note=note,
            against=f"N{dice.randrange(60)}" if note and dice.random() < 0.7 else "",
        )
        shipped = issued + timedelta(days=dice.randrange(-20, 20)) if dice.random() < 0.4 else None  # fmt: skip
        term = dice.choice(["", "月结 30 天", "预付款", "L/C at sight"])
        made.append(replace(row, shipped=shipped, term=term))
    return made
