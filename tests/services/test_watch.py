"""The watch: duties found, moved, closed by what happened; notices that close them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from creditdesk.catalog import policies
from creditdesk.db.errors import RecordMissing, VoidReasonMissing
from creditdesk.domain.base.counting import Anchor, CountRule
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import ClaimState, RecoverySource
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.domain.duties.agenda import DutyLine
from creditdesk.domain.duties.duties import ADVERSE_NOTICE, DutyKind, Finder
from creditdesk.domain.ledger.terms import PartKind
from creditdesk.i18n import Bilingual
from creditdesk.services.claims import ClaimId, NewRecovery, StepTaken
from creditdesk.services.policies import PolicyId
from creditdesk.services.watch import DutyDone, NewEvent, SentNotice
from creditdesk.services.watch.finding import FINDERS
from creditdesk.services.watch.values import (
    EventInFuture,
    NothingLearned,
    NothingOverdue,
    SentInFuture,
    WaiverReasonMissing,
)
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 5, 20)
LATER = date(2025, 9, 30)


@pytest.fixture
def watched(office: Office, desk: Desk) -> tuple[int, int, int]:
    """The buyer of M1 under a policy: client, buyer, policy."""
    client, buyer = office.m1()
    policy = office.policy(client)
    office.limit(policy, buyer, "500000")
    desk.recount(TODAY)
    return client, buyer, policy


def found(desk: Desk, code: str, state: str = "open") -> list[DutyLine]:
    return [
        line
        for line in desk.watch.duties_of()
        if (line.code, line.state) == (code, state)
    ]


def one(desk: Desk, code: str, number: str, state: str = "open") -> DutyLine:
    (line,) = (line for line in found(desk, code, state) if number in line.invoices)
    return line


@pytest.mark.usefixtures("watched")
def test_watching_twice_writes_nothing_the_second_time(desk: Desk) -> None:
    told: list[frozenset[str]] = []
    desk.changed.connect(told.append)
    held = desk.upkeep.info().rows["duty"]
    assert desk.recount(TODAY) == 0
    assert told == []
    assert desk.upkeep.info().rows["duty"] == held


@pytest.mark.usefixtures("watched")
def test_every_overdue_invoice_has_its_notice_and_every_buyer_one_stop(
    desk: Desk,
) -> None:
    notices = {number for line in found(desk, "D14") for number in line.invoices}
    assert notices == {"INV1", "INV2", "INV3"}
    (stop,) = found(desk, "D13")
    assert stop.amount.plain == "478000.00"
    # M1's stop date, rules.md 4.9.
    assert stop.anchor_on == date(2025, 5, 10)


def test_a_moved_due_date_supersedes_the_duty_and_names_the_new_one(
    office: Office, desk: Desk, watched: tuple[int, int, int]
) -> None:
    client, _, _ = watched
    before = one(desk, "D14", "INV2")
    desk.ledger.take_in(
        client,
        office.draft(office.invoice("INV2", "2025-02-10", "2025-04-21", "226000")),
    )
    after = one(desk, "D14", "INV2")
    assert after.anchor_on == date(2025, 4, 21)
    assert (after.legal - before.legal).days in range(8, 13)
    with desk._database.raw() as connection:
        state, newer = connection.execute(
            "SELECT state, superseded_by FROM duty WHERE id = ?", before.ids
        ).fetchone()
    assert (state, newer) == ("superseded", after.ids[0])
    assert desk.recount(TODAY) == 0


def test_a_paid_invoice_closes_its_duties(
    office: Office, desk: Desk, watched: tuple[int, int, int]
) -> None:
    client, _, _ = watched
    desk.ledger.take_in(
        client,
        office.draft(office.paid("P9", "2025-05-19", "339000", "INV1")),
    )
    desk.recount(TODAY)
    assert {number for line in found(desk, "D14") for number in line.invoices} == {
        "INV2",
        "INV3",
    }
    assert one(desk, "D14", "INV1", "superseded").closed_on == TODAY
    (stop,) = found(desk, "D13")
    assert stop.anchor_on == date(2025, 6, 10)


def test_a_part_payment_moves_the_money_and_not_the_duty(
    office: Office, desk: Desk, watched: tuple[int, int, int]
) -> None:
    client, _, _ = watched
    before = one(desk, "D14", "INV3")
    desk.ledger.take_in(
        client, office.draft(office.paid("P9", "2025-05-19", "13000", "INV3"))
    )
    desk.recount(TODAY)
    after = one(desk, "D14", "INV3")
    assert after.ids == before.ids
    assert (before.amount.plain, after.amount.plain) == ("113000.00", "100000.00")


def test_a_notice_closes_its_duties_and_fixes_the_date_of_the_claim(
    desk: Desk, watched: tuple[int, int, int]
) -> None:
    _, buyer, policy = watched
    before = one(desk, "D20", "INV1")
    assert before.provisional
    draft = desk.watch.notice_draft(policy, buyer, TODAY)
    assert [(each.number, each.open.plain) for each in draft.invoices] == [
        ("INV1", "339000.00"),
        ("INV2", "26000.00"),
        ("INV3", "113000.00"),
    ]
    assert draft.deadline is not None
    assert draft.deadline.legal == min(line.legal for line in found(desk, "D14"))
    sent = SentNotice(sent_on=date(2025, 5, 19), way="快递")
    number = desk.watch.record_notice(policy, draft, buyer, sent, TODAY)
    assert found(desk, "D14") == []
    assert {line.closed_on for line in found(desk, "D14", "done")} == {
        date(2025, 5, 19)
    }
    desk.recount(TODAY)
    after = one(desk, "D20", "INV1")
    assert not after.provisional
    assert after.anchor_on == date(2025, 5, 19)
    assert one(desk, "D20", "INV1", "superseded").ids == before.ids
    assert found(desk, "D14") == []
    (notice,) = desk.watch.notices()
    assert (notice.id, notice.way, notice.invoices) == (
        number,
        "快递",
        ("INV1", "INV2", "INV3"),
    )
    assert desk.recount(TODAY) == 0


def test_a_notice_is_not_sent_tomorrow_nor_about_nothing(
    desk: Desk, watched: tuple[int, int, int]
) -> None:
    _, buyer, policy = watched
    draft = desk.watch.notice_draft(policy, buyer, TODAY)
    with pytest.raises(SentInFuture):
        desk.watch.record_notice(
            policy, draft, buyer, SentNotice(sent_on=date(2025, 5, 21), way=""), TODAY
        )
    with pytest.raises(NothingOverdue):
        desk.watch.notice_draft(policy, buyer, date(2025, 1, 10))
    assert desk.watch.notices() == ()


def test_what_was_sent_is_kept_as_proof(
    office: Office, desk: Desk, watched: tuple[int, int, int]
) -> None:
    client, buyer, policy = watched
    content = b"receipt"
    receipt = desk.watch.keep_paper(client, office.file(content, "签收.pdf"), content)
    draft = desk.watch.notice_draft(policy, buyer, TODAY)
    sent = SentNotice(sent_on=TODAY, way="快递", receipt=receipt)
    desk.watch.record_notice(policy, draft, buyer, sent, TODAY)
    (notice,) = desk.watch.notices(buyer_id=buyer)
    assert notice.receipt_id == receipt


@pytest.mark.usefixtures("watched")
def test_a_duty_is_waived_only_by_a_letter_and_stays_waived(desk: Desk) -> None:
    line = one(desk, "D14", "INV1")
    with pytest.raises(WaiverReasonMissing):
        desk.watch.waive(line.ids, TODAY, "  ")
    assert one(desk, "D14", "INV1") == line
    desk.watch.waive(line.ids, TODAY, "保险人 2025-05-18 来函")
    assert one(desk, "D14", "INV1", "waived").closed_on == TODAY
    desk.recount(TODAY)
    assert all("INV1" not in line.invoices for line in found(desk, "D14"))


@pytest.mark.usefixtures("watched")
def test_a_duty_done_by_hand_does_not_come_back(desk: Desk) -> None:
    (stop,) = found(desk, "D13")
    desk.watch.close(stop.ids, DutyDone(TODAY), TODAY)
    desk.recount(TODAY)
    assert found(desk, "D13") == []
    assert len(found(desk, "D13", "done")) == 1


def test_duties_of_an_import_taken_back_are_closed(
    desk: Desk, watched: tuple[int, int, int]
) -> None:
    client, _, _ = watched
    (batch,) = desk.ledger.batches(client)
    desk.ledger.undo(batch.id)
    desk.recount(TODAY)
    assert [line.code for line in desk.watch.open_duties() if line.invoices] == []
    assert desk.upkeep.check().ok


def test_a_limit_about_to_end_and_a_policy_about_to_end_are_watched(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    policy = office.policy(client)
    office.limit(policy, buyer, "5", end="2025-07-31")
    desk.recount(TODAY)
    (line,) = found(desk, "D04")
    assert (line.anchor_on, line.buyer_id) == (date(2025, 7, 31), buyer)
    office.limit(policy, buyer, "5", "2025-05-01", end="2025-12-31")
    desk.recount(TODAY)
    (line,) = found(desk, "D04")
    assert line.anchor_on == date(2025, 12, 31)
    codes = {line.code for line in desk.watch.open_duties() if line.buyer_id is None}
    assert codes


def test_among_several_policies_duties_follow_the_one_that_knows_the_buyer(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    known = office.policy(client, "KNOWN")
    office.policy(client, "NEWER", start="2025-01-02")
    office.limit(known, buyer, "500000")
    desk.recount(TODAY)
    owed = {line.policy_id for line in desk.watch.open_duties() if line.buyer_id}
    assert owed == {known}


def test_goods_shipped_outside_every_policy_have_no_duties(
    office: Office, desk: Desk
) -> None:
    client, _ = office.m1()
    office.policy(client, start="2025-03-01")
    desk.recount(TODAY)
    assert {number for line in found(desk, "D14") for number in line.invoices} == {
        "INV3"
    }


@pytest.mark.usefixtures("watched")
def test_far_days_break_nothing(desk: Desk) -> None:
    for day in (date(1900, 1, 1), date(2200, 12, 31)):
        desk.recount(day)
        desk.watch.open_duties()


def learned(
    desk: Desk, buyer: int, kind: BuyerEventKind, happened: str, known: str
) -> int:
    event = NewEvent(
        buyer_id=buyer,
        kind=kind,
        happened_on=date.fromisoformat(happened),
        known_on=date.fromisoformat(known),
    )
    number = desk.watch.report(event, TODAY)
    desk.recount(TODAY)
    return number


def test_an_insolvency_starts_the_clocks_of_notice_and_proof_of_debt(
    watched: tuple[int, int, int], desk: Desk
) -> None:
    _, buyer, _ = watched
    (before,) = found(desk, "D13")
    learned(desk, buyer, BuyerEventKind.INSOLVENCY, "2025-05-06", "2025-05-08")
    (proof,) = found(desk, "D19")
    assert (proof.anchor_on, proof.legal) == (date(2025, 5, 6), date(2025, 6, 5))
    (told,) = found(desk, "D15")
    assert told.anchor_on == date(2025, 5, 8)
    (stop,) = found(desk, "D13")
    assert (stop.anchor_on, before.anchor_on) == (date(2025, 5, 6), date(2025, 5, 10))
    (superseded,) = found(desk, "D13", "superseded")
    assert superseded.anchor_on == date(2025, 5, 10)


def test_what_was_a_mistake_is_voided_and_its_duties_with_it(
    watched: tuple[int, int, int], desk: Desk
) -> None:
    _, buyer, _ = watched
    number = learned(
        desk, buyer, BuyerEventKind.ADVERSE_INFO, "2025-05-08", "2025-05-08"
    )
    assert len(found(desk, "D15")) == 1
    with pytest.raises(VoidReasonMissing):
        desk.watch.void_event(number, " ")
    desk.watch.void_event(number, "another company of the same name")
    desk.recount(TODAY)
    assert found(desk, "D15") == []
    (line,) = desk.watch.events(buyer)
    assert line.id == number
    assert line.voided is not None
    assert line.voided.why == "another company of the same name"
    with pytest.raises(RecordMissing):
        desk.watch.void_event(number, "once more")


def test_nobody_reports_tomorrow(watched: tuple[int, int, int], desk: Desk) -> None:
    _, buyer, _ = watched
    with pytest.raises(EventInFuture, match="2025-05-21"):
        learned(desk, buyer, BuyerEventKind.KNOWN_RISK, "2025-05-21", "2025-05-21")


def test_a_mandate_closes_its_duty_on_the_day_it_was_given(
    watched: tuple[int, int, int], desk: Desk
) -> None:
    _, buyer, _ = watched
    assert found(desk, "D17") != []
    learned(desk, buyer, BuyerEventKind.MANDATE, "2025-05-12", "2025-05-12")
    assert found(desk, "D17") == []
    assert {line.closed_on for line in found(desk, "D17", "done")} == {
        date(2025, 5, 12)
    }


def test_a_waiver_keeps_the_insurers_letter_with_the_duty(
    watched: tuple[int, int, int], office: Office, desk: Desk
) -> None:
    client, _, _ = watched
    kept = desk.watch.keep_paper(client, office.file(b"letter"), b"letter")
    line = one(desk, "D14", "INV1")
    desk.watch.waive(line.ids, TODAY, "Letter of 19 May", kept)
    waived = one(desk, "D14", "INV1", "waived")
    assert (waived.closed_note, waived.document_id) == ("Letter of 19 May", kept)


def test_a_small_debt_needs_no_notice_where_the_policy_says_so(
    watched: tuple[int, int, int], desk: Desk
) -> None:
    _, _, policy = watched
    assert {n for line in found(desk, "D14") for n in line.invoices} >= {"INV3"}
    minimum = {"overdue_minimum": "200000"}
    desk.policies.set(PolicyId(policy), minimum, TODAY, confirmed=True)
    desk.recount(TODAY)
    left = {n for line in found(desk, "D14") for n in line.invoices}
    assert left == {"INV1"}


def claimed(office: Office, desk: Desk) -> ClaimId:
    """The claim of M1, filed and asked about."""
    claim: ClaimId
    claim, _, _ = office.claim()
    desk.claims.keep(claim, LATER)
    desk.claims.advance(claim, StepTaken(state=ClaimState.FILED, on=date(2025, 9, 12)))
    desk.claims.advance(claim, StepTaken(state=ClaimState.QUERY, on=date(2025, 9, 22)))
    desk.recount(LATER)
    return claim


def test_the_insurers_question_starts_a_clock_that_the_answer_stops(
    office: Office, desk: Desk
) -> None:
    claim = claimed(office, desk)
    (asked,) = found(desk, "D21")
    assert (asked.anchor_on, asked.legal) == (date(2025, 9, 22), date(2025, 10, 22))
    assert asked.amount.plain == "418500.00"
    answered = StepTaken(state=ClaimState.ACCEPTED, on=date(2025, 9, 29))
    desk.claims.advance(claim, answered)
    desk.recount(LATER)
    assert found(desk, "D21") == []
    assert [line.closed_on for line in found(desk, "D21", "done")] == [answered.on]


def test_money_after_the_loss_is_reported_and_the_insurers_share_handed_over(
    office: Office, desk: Desk
) -> None:
    claim = claimed(office, desk)
    came = NewRecovery(
        received_on=date(2025, 9, 25),
        source=RecoverySource.BUYER,
        gross=Money(Decimal(47800), "CNY"),
        costs=Money.zero("CNY"),
    )
    number = desk.claims.recover(claim, came, LATER)
    desk.recount(LATER)
    (share,) = found(desk, "D23")
    assert (share.anchor_on, share.amount.plain) == (date(2025, 9, 25), "41850.00")
    assert len(found(desk, "D22")) == 1
    desk.claims.remit(claim, number, date(2025, 9, 28))
    desk.recount(LATER)
    assert (found(desk, "D22"), found(desk, "D23")) == ([], [])


def test_buyers_who_owe_without_a_limit_are_one_duty(
    office: Office, desk: Desk
) -> None:
    client, _buyer = office.m1()
    office.policy(client)
    desk.recount(TODAY)
    (line,) = found(desk, "D02")
    assert (line.anchor_on, line.buyer_id) == (date(2025, 1, 10), None)
    assert line.amount.plain == "478000.00"


def test_every_condition_of_a_duty_has_its_finder() -> None:
    assert {*FINDERS} == {*Finder}


def test_a_new_row_of_a_known_condition_comes_to_today_without_a_line_of_code(
    office: Office, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = policies._duties()
    title = Bilingual(zh="清点库存", en="Count the stock")
    at_end = CountRule(Anchor.PERIOD_END)
    row = replace(known["L02"], code="X01", title=title, finder=Finder.EXPIRY, count=at_end)  # fmt: skip
    monkeypatch.setattr(policies, "_duties", lambda: {**known, "X01": row})
    office.policy(office.client())
    desk.recount(TODAY)
    (line,) = (each for each in desk.watch.agenda().lines if each.code == "X01")
    assert (line.title, line.legal) == (title, date(2025, 12, 31))
    assert line in desk.watch.agenda(kind=DutyKind.LIMIT).lines
    assert line not in desk.watch.agenda(kind=DutyKind.CLAIM).lines


def test_a_year_of_holidays_entered_by_the_firm_moves_the_dates(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    policy = office.policy(client)
    office.limit(policy, buyer, "500000")
    desk.recount(TODAY)
    (before,) = found(desk, "D13")
    assert before.safe == date(2025, 5, 9)
    desk.upkeep.set({"calendar_days": "CN 2025-05-08 2025-05-09 rest"})
    desk.recount(TODAY)
    (after,) = found(desk, "D13")
    assert (after.safe, after.calendar_known) == (date(2025, 5, 7), True)


def test_the_waiting_period_runs_from_the_notice_and_is_unknown_before_it(
    watched: tuple[int, int, int], desk: Desk
) -> None:
    _, buyer, policy = watched
    rule = {"waiting_period": "NOTICE_SENT + 4 M"}
    desk.policies.set(PolicyId(policy), rule, TODAY, confirmed=True)
    assert desk.watch.waiting_end(policy, buyer, "protracted_default", TODAY) is None
    draft = desk.watch.notice_draft(policy, buyer, TODAY)
    sent = SentNotice(sent_on=TODAY, way="x")
    desk.watch.record_notice(policy, draft, buyer, sent, TODAY)
    end = desk.watch.waiting_end(policy, buyer, "protracted_default", TODAY)
    assert end is not None
    assert (end.since, end.on, end.rule.text) == (TODAY, date(2025, 9, 20), "NOTICE_SENT + 4 M")  # fmt: skip


def test_a_waiting_period_from_the_due_date_runs_from_the_oldest_debt(
    watched: tuple[int, int, int], desk: Desk
) -> None:
    _, buyer, policy = watched
    rule = {"waiting_period": "DUE_DATE + 180 CD"}
    desk.policies.set(PolicyId(policy), rule, TODAY, confirmed=True)
    end = desk.watch.waiting_end(policy, buyer, "protracted_default", TODAY)
    assert end is not None
    assert (end.since, end.on) == (date(2025, 3, 11), date(2025, 9, 7))


@pytest.mark.parametrize(
    ("floor", "stop"),
    [
        pytest.param("0", date(2025, 5, 10), id="no floor: INV1, due 11 March"),
        pytest.param("350000", date(2025, 6, 10), id="339,000 + 26,000: INV2, due 11 April"),
        pytest.param("400000", date(2025, 7, 18), id="+ 113,000: INV3, due 19 May"),
        pytest.param("478000", None, id="478,000 do not exceed it"),
    ],
)  # fmt: skip
def test_deliveries_stop_for_the_invoice_that_takes_the_arrears_over_the_floor(
    watched: tuple[int, int, int], desk: Desk, floor: str, stop: date | None
) -> None:
    rules = {"stop_variant": "PAST_DUE", "stop_rule": "DUE_DATE + 60 CD", "stop_floor": floor}  # fmt: skip
    desk.policies.set(PolicyId(watched[2]), rules, TODAY, confirmed=True)
    assert [line.legal for line in found(desk, "D13a")] == ([stop] if stop else [])


def steps(desk: Desk) -> list[str]:
    return sorted(line.code for line in desk.watch.open_duties() if line.code[0] == "R")


@pytest.mark.usefixtures("watched")
def test_of_a_renewal_only_the_next_step_waits(desk: Desk) -> None:
    """The policy ends on 31 December 2025: T-120 is 2 September, T-90 2 October, T+30 30 January."""
    for on, step in (
        (TODAY, ["R01"]),
        (date(2025, 9, 3), ["R02"]),
        (date(2026, 1, 15), ["R06"]),
        (date(2026, 1, 31), []),
    ):
        desk.recount(on)
        assert steps(desk) == step


def test_a_renewed_policy_has_no_more_steps_before_its_end(
    office: Office, desk: Desk, watched: tuple[int, int, int]
) -> None:
    office.policy(watched[0], "DT-2", "2026-01-01", "2026-12-31")
    desk.recount(date(2025, 12, 1))
    assert steps(desk) == []
    (old,) = desk.watch.renewals(watched[0], date(2025, 12, 1))
    assert old.renewed_by == "DT-2"


def test_the_timetable_says_what_is_past_next_and_later(
    desk: Desk, watched: tuple[int, int, int]
) -> None:
    values = {"auto_renew": "true", "notice_days": "60"}
    desk.policies.set(PolicyId(watched[2]), values, TODAY, confirmed=True)
    (line,) = desk.watch.renewals(watched[0], date(2025, 10, 10))
    assert [(step.code, step.state) for step in line.steps] == [
        ("R01", "past"), ("R02", "past"), ("D27", "next"), ("R03", "later"), ("R04", "later"),
        ("R05", "later"), ("R06", "later"),
    ]  # fmt: skip
    assert (line.steps[2].legal, line.notice_days) == (date(2025, 10, 31), 60)


def test_a_retention_is_never_overdue_before_its_day(
    office: Office, desk: Desk, watched: tuple[int, int, int]
) -> None:
    """Due on 10 July; its first part is overdue since March."""
    client, _, _ = watched
    part = partial(replace, office.invoice("R", "2025-01-10", "2025-03-11", "95000"))
    kept_back = part(
        amount=Money(Decimal(5000), "CNY"), due=date(2025, 7, 10), part=2, part_kind=PartKind.RETENTION,
    )  # fmt: skip
    desk.ledger.take_in(
        client,
        office.draft(part(part=1, part_kind=PartKind.INSTALMENT), kept_back),
    )
    for day, overdue in ((TODAY, {"R"}), (LATER, {"R", "R #2"})):
        desk.move_to(day)
        desk.recount(day)
        late = {number for line in found(desk, "D14") for number in line.invoices}
        assert {number for number in late if number.startswith("R")} == overdue


def test_what_a_bill_was_taken_for_is_due_at_its_maturity_and_says_so(
    office: Office, desk: Desk, watched: tuple[int, int, int]
) -> None:
    """Due on 11 March by the invoice, on 10 July by the bill."""
    client, _, _ = watched
    bill = replace(
        office.invoice("B", "2025-01-10", "2025-07-10", "5000"),
        memo="票据：银行承兑汇票 2025-07-10",
    )
    desk.ledger.take_in(client, office.draft(bill))
    desk.recount(TODAY)
    assert not any("B" in line.invoices for line in found(desk, "D14"))
    desk.move_to(LATER)
    desk.recount(LATER)
    late = one(desk, "D14", "B")
    assert (late.anchor_on, late.bills) == (date(2025, 7, 10), ("B",))
    (today,) = (
        line
        for line in desk.watch.agenda(client).lines
        if line.code == "D14" and "B" in line.invoices
    )
    assert today.bills == ("B",)
    assert "INV1" not in one(desk, "D14", "INV1").bills


def test_adverse_information_is_told_once_and_closes_its_duty_until_it_is_voided(
    watched: tuple[int, int, int], desk: Desk
) -> None:
    _, buyer, policy = watched
    with pytest.raises(NothingLearned):
        desk.watch.adverse_draft(policy, buyer, TODAY)
    for kind, on in (
        (BuyerEventKind.ADVERSE_INFO, date(2025, 5, 12)),
        (BuyerEventKind.MANDATE, date(2025, 5, 13)),
        (BuyerEventKind.KNOWN_RISK, date(2025, 5, 25)),
    ):
        told = NewEvent(
            buyer_id=buyer, kind=kind, happened_on=on, known_on=on, note="x"
        )
        desk.watch.report(told, date(2025, 5, 25))
    draft = desk.watch.adverse_draft(policy, buyer, TODAY)
    (event,) = draft.events
    assert (event.known_on, draft.invoices) == (date(2025, 5, 12), ())
    sent = SentNotice(sent_on=TODAY, way="mail", code=ADVERSE_NOTICE)
    number = desk.watch.record_notice(policy, draft, buyer, sent, TODAY)
    (done,) = found(desk, "D15", "done")
    assert done.anchor_on == date(2025, 5, 12)
    with pytest.raises(NothingLearned):
        desk.watch.adverse_draft(policy, buyer, TODAY)
    # It names no invoice, so the overdue notice is still owed.
    assert found(desk, "D14")
    desk.watch.void_notice(number, "another buyer's")
    assert desk.watch.adverse_draft(policy, buyer, TODAY).events == (event,)
    open_ = [each.anchor_on for each in found(desk, "D15")]
    assert date(2025, 5, 12) in open_
