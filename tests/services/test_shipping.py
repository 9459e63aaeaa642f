"""May we still ship? With the facts, the way out, and the cover each invoice had when it left."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.discretionary import Basis
from creditdesk.domain.cover.limits import Reason
from creditdesk.domain.ledger.terms import PartKind
from creditdesk.i18n import LANGUAGES, Message, words
from creditdesk.models import BuyerEvent
from creditdesk.services.ledger import InvoiceQuestion
from creditdesk.services.policies import NewGround, PolicyId, Verdict
from creditdesk.services.policies.ground_values import (
    DiscretionaryKilled,
    EvidenceTooOld,
    GroundAmountTooHigh,
    NoDiscretionary,
)
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
D = date.fromisoformat
NOW = datetime(2025, 9, 10)  # noqa: DTZ001 - the desk keeps local time


def cny(amount: int) -> Money:
    return Money(Decimal(amount), "CNY")


def said(message: Message | None) -> str:
    """In English; both languages must come out whole."""
    assert message is not None
    for language in LANGUAGES:
        assert "{" not in words(language).say(message)
    return words("en").say(message)


def event(desk: Desk, client: int, buyer: int, kind: str, on: str) -> None:
    """Something somebody learned."""
    with desk._database.write() as session:
        session.add(
            BuyerEvent(
                client_id=client, buyer_id=buyer, kind=kind, happened_on=D(on), known_on=D(on),
                note="", recorded_at=NOW, who="",
            )
        )  # fmt: skip


@pytest.fixture
def insured(office: Office) -> tuple[int, int, int]:
    """Client, policy, buyer: M1's ledger under a limit of 500,000."""
    client, buyer = office.m1()
    policy = office.policy(client)
    office.limit(policy, buyer, "500000")
    return client, policy, buyer


def test_what_is_left_of_the_limit_may_be_shipped_until_the_first_thing_ends_it(
    desk: Desk, insured: tuple[int, int, int]
) -> None:
    answer = desk.policies.may_ship(insured[2], D("2025-03-01"))
    assert (answer.verdict, answer.room) == (Verdict.NO, cny(0))
    answer = desk.policies.may_ship(insured[2], D("2025-02-01"))
    assert (answer.verdict, answer.room) == (Verdict.YES, cny(161000))
    assert (answer.limit, answer.used) == (cny(500000), cny(339000))
    assert answer.until == D("2025-05-10")
    assert said(answer.until_why) == (
        "invoice INV1, due 2025-03-11, reaches the end of its extension"
    )
    assert answer.policy == "DT-1"
    assert answer.obstacles == ()


@pytest.mark.parametrize(
    ("asked", "verdict", "insured_amount"),
    [
        (80000, Verdict.YES, 80000),
        (161000, Verdict.YES, 161000),
        (200000, Verdict.PART, 161000),
    ],
)
def test_an_amount_is_answered_with_yes_part_or_no(
    desk: Desk,
    insured: tuple[int, int, int],
    asked: int,
    verdict: Verdict,
    insured_amount: int,
) -> None:
    answer = desk.policies.may_ship(insured[2], D("2025-02-01"), cny(asked))
    assert (answer.verdict, answer.insured) == (verdict, cny(insured_amount))
    assert [each.code for each in answer.obstacles] == (
        ["FULL"] if verdict is Verdict.PART else []
    )


def test_arrears_stop_with_the_invoice_and_what_has_to_be_paid(
    desk: Desk, insured: tuple[int, int, int]
) -> None:
    answer = desk.policies.may_ship(insured[2], D("2025-06-20"))
    assert (answer.verdict, answer.room) == (Verdict.NO, cny(0))
    (found,) = answer.obstacles
    assert found.code == Reason.STOPPED
    assert "INV1, due 2025-03-11" in said(found.said)
    assert "2025-05-10" in said(found.said)
    assert "365,000.00" in said(found.lifted_by)


def test_a_full_limit_says_so(office: Office, desk: Desk) -> None:
    client, buyer = office.m1()
    office.limit(office.policy(client), buyer, "300000")
    answer = desk.policies.may_ship(buyer, D("2025-02-01"))
    assert (answer.verdict, answer.room) == (Verdict.NO, cny(0))
    assert [each.code for each in answer.obstacles] == ["FULL"]


@pytest.mark.parametrize(
    ("state", "amount", "start", "end", "code"),
    [
        ("REFUSED", "0", "2025-01-01", None, Reason.LIMIT_ZERO),
        ("CANCELLED", "0", "2025-01-01", None, Reason.LIMIT_ZERO),
        ("APPROVED", "5000", "2025-02-02", None, Reason.BEFORE_LIMIT),
        ("APPROVED", "5000", "2025-01-01", "2025-01-31", Reason.AFTER_EXPIRY),
    ],
)
def test_refused_withdrawn_not_begun_and_ended_are_different_answers(  # noqa: PLR0913, PLR0917 - the columns of the table
    office: Office,
    desk: Desk,
    state: str,
    amount: str,
    start: str,
    end: str | None,
    code: Reason,
) -> None:
    client, buyer = office.m1()
    office.limit(office.policy(client), buyer, amount, start, state=state, end=end)
    answer = desk.policies.may_ship(buyer, D("2025-02-01"))
    assert (answer.verdict, answer.limit) == (Verdict.NO, None)
    (found,) = answer.obstacles
    assert found.code == code
    assert said(found.said)
    assert said(found.lifted_by)


def test_never_asked_is_not_zero(office: Office, desk: Desk) -> None:
    client, buyer = office.m1()
    assert desk.policies.may_ship(buyer, D("2025-02-01")).obstacles[0].code == "NO_POLICY"  # fmt: skip
    office.policy(client)
    (found,) = desk.policies.may_ship(buyer, D("2025-02-01")).obstacles
    assert found.code == Reason.NO_LIMIT
    late = desk.policies.may_ship(buyer, D("2026-02-01"))
    assert "DT-1 ended on 2025-12-31" in said(late.obstacles[0].said)


def test_what_somebody_learned_stops_and_an_insurers_word_lifts(
    desk: Desk, insured: tuple[int, int, int]
) -> None:
    client, _, buyer = insured
    event(desk, client, buyer, "INSOLVENCY", "2025-01-20")
    answer = desk.policies.may_ship(buyer, D("2025-02-01"))
    assert [each.code for each in answer.obstacles] == [Reason.STOPPED]
    assert "2025-01-20" in said(answer.obstacles[0].said)
    event(desk, client, buyer, "STOP_LIFTED", "2025-01-25")
    assert desk.policies.may_ship(buyer, D("2025-02-01")).verdict is Verdict.YES


def test_a_missing_rate_is_named_and_never_guessed(
    desk: Desk, insured: tuple[int, int, int]
) -> None:
    answer = desk.policies.may_ship(
        insured[2], D("2025-02-01"), Money(Decimal(1000), "USD")
    )
    assert answer.verdict is Verdict.UNKNOWN
    assert "USD to CNY" in said(answer.obstacles[0].said)
    desk.upkeep.set({"fx_rates": "2025-01-01 USD CNY 7"})
    answer = desk.policies.may_ship(
        insured[2], D("2025-02-01"), Money(Decimal(1000), "USD")
    )
    assert (answer.verdict, answer.insured) == (Verdict.YES, cny(7000))


def cover_of(desk: Desk, buyer: int) -> dict[str, tuple[Money, tuple[Reason, ...]]]:
    numbers = desk.ledger.invoice_ids(InvoiceQuestion(buyer_id=buyer))
    names: dict[int, str] = {
        line.id: line.number for line in desk.ledger.invoices(numbers)
    }
    return {
        names[record]: (kept.insured, kept.reasons)
        for record, kept in desk.policies.covers(buyer, D("2025-09-10")).items()
    }


def rows_of_cover(desk: Desk) -> int:
    return desk.upkeep.info().rows["invoice_cover"]


def test_each_invoice_keeps_the_cover_of_its_day_and_only_a_change_adds_a_row(
    office: Office, desk: Desk, insured: tuple[int, int, int]
) -> None:
    on = D("2025-09-10")
    held = rows_of_cover(desk)
    assert desk.recount(on) == 0
    assert rows_of_cover(desk) == held
    assert cover_of(desk, insured[2]) == {
        "INV1": (cny(339000), ()),
        "INV2": (cny(161000), ()),
        "INV3": (cny(0), ()),
    }
    office.limit(insured[1], insured[2], "600000", "2025-02-01", state="INCREASED")
    assert rows_of_cover(desk) == held + 2
    assert cover_of(desk, insured[2])["INV2"] == (cny(226000), ())
    assert cover_of(desk, insured[2])["INV3"] == (cny(35000), ())


def test_an_import_taken_back_takes_the_covers_of_its_invoices(
    desk: Desk, insured: tuple[int, int, int]
) -> None:
    desk.recount(D("2025-09-10"))
    (batch,) = desk.ledger.batches()
    desk.ledger.undo(batch.id)
    assert desk.policies.covers(insured[2], D("2025-09-10")) == {}
    assert rows_of_cover(desk) == 0
    assert desk.recount(D("2025-09-10")) == 0


@pytest.fixture
def reliable(office: Office) -> tuple[int, int, int]:
    """A buyer without any decision that paid three invoices in time, the last of them on 20 June 2025."""
    client = office.client()
    office.desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("A", "2025-01-10", "2025-03-11", "30000"),
            office.invoice("B", "2025-02-10", "2025-04-11", "20000"),
            office.invoice("C", "2025-05-01", "2025-06-30", "10000"),
            office.invoice("D", "2025-08-20", "2025-10-20", "9000"),
            office.paid("P1", "2025-03-01", "30000", "A"),
            office.paid("P2", "2025-05-20", "20000", "B"),
            office.paid("P3", "2025-06-20", "10000", "C"),
        ),
    )
    buyer = office.desk.buyers.named(client, "宁波海澜贸易有限公司")
    policy = office.policy(client, values={"dcl_amount": "45000", "dcl_pct": "80"})
    return client, policy, buyer


def test_experience_is_read_out_of_the_ledger_and_kept_with_its_evidence(
    desk: Desk, reliable: tuple[int, int, int]
) -> None:
    _, policy, buyer = reliable
    on = D("2025-09-10")
    looked = desk.policies.check_grounds(policy, buyer, on)
    assert looked.experience.highest == cny(50000)
    assert looked.experience.amount == cny(45000)
    assert looked.experience.evidence_date == D("2025-06-20")
    assert [each.number for each in looked.experience.in_time] == ["A", "B", "C"]
    before = desk.policies.may_ship(buyer, on)
    assert before.obstacles[0].code == Reason.NO_LIMIT
    assert "45,000.00" in said(before.obstacles[0].lifted_by)
    desk.policies.keep_grounds(
        NewGround(policy_id=policy, buyer_id=buyer, basis=Basis.EXPERIENCE), on
    )
    answer = desk.policies.may_ship(buyer, on)
    assert (answer.verdict, answer.room) == (Verdict.YES, cny(36000))
    assert (answer.ground_id, answer.evidence_date) == (1, D("2025-06-20"))
    (line,) = desk.policies.grounds(buyer)
    assert (line.amount, line.until, line.purchases) == (
        cny(45000),
        D("2026-06-20"),
        3,
    )


def test_what_kills_a_discretionary_limit(
    office: Office, desk: Desk, reliable: tuple[int, int, int]
) -> None:
    client, policy, buyer = reliable
    on = D("2025-09-10")
    new = NewGround(policy_id=policy, buyer_id=buyer, basis=Basis.EXPERIENCE)
    event(desk, client, buyer, "ADVERSE_INFO", "2025-07-01")
    with pytest.raises(DiscretionaryKilled) as refused:
        desk.policies.keep_grounds(new, on)
    assert "2025-07-01" in said(refused.value.said)
    office.limit(policy, buyer, "0", "2025-01-01", state="REFUSED")
    assert len(desk.policies.check_grounds(policy, buyer, on).forbidden) == 2


def test_adverse_information_ends_a_discretionary_limit_that_was_kept(
    desk: Desk, reliable: tuple[int, int, int]
) -> None:
    client, policy, buyer = reliable
    new = NewGround(policy_id=policy, buyer_id=buyer, basis=Basis.EXPERIENCE)
    desk.policies.keep_grounds(new, D("2025-09-10"))
    event(desk, client, buyer, "ADVERSE_INFO", "2025-09-15")
    assert desk.policies.may_ship(buyer, D("2025-09-14")).verdict is Verdict.YES
    (found,) = desk.policies.may_ship(buyer, D("2025-09-15")).obstacles
    assert found.code == Reason.DCL_UNJUSTIFIED
    assert said(found.said)


def test_a_report_needs_its_amount_and_a_day_within_twelve_months(
    desk: Desk, reliable: tuple[int, int, int]
) -> None:
    _, policy, buyer = reliable

    def keep(amount: int, day: str) -> None:
        desk.policies.keep_grounds(
            NewGround(
                policy_id=policy, buyer_id=buyer, basis=Basis.REPORT, amount=cny(amount), evidence_date=D(day)
            ),
            D("2025-09-10"),
        )  # fmt: skip

    with pytest.raises(EvidenceTooOld):
        keep(10000, "2024-09-09")
    with pytest.raises(EvidenceTooOld):
        keep(10000, "2025-09-11")
    with pytest.raises(GroundAmountTooHigh):
        keep(45001, "2025-09-01")
    keep(40000, "2025-09-01")
    # The delivery of August left before the report was there: it is not covered, and takes up no room.
    assert desk.policies.may_ship(buyer, D("2025-09-10")).room == cny(40000)
    assert desk.policies.may_ship(buyer, D("2025-08-31")).verdict is Verdict.NO


def test_without_the_right_there_is_no_discretionary_limit(
    desk: Desk, insured: tuple[int, int, int]
) -> None:
    with pytest.raises(NoDiscretionary):
        desk.policies.check_grounds(insured[1], insured[2], D("2025-09-10"))


def test_a_buyer_the_policy_leaves_out_is_never_covered(
    desk: Desk, insured: tuple[int, int, int]
) -> None:
    _, policy, buyer = insured
    excluded = '["宁波海澜贸易有限公司"]'
    day = D("2025-01-01")
    desk.policies.set(PolicyId(policy), {"excluded_buyers": excluded}, day, confirmed=True)  # fmt: skip
    answer = desk.policies.may_ship(buyer, D("2025-02-01"))
    assert (answer.verdict, answer.room) == (Verdict.NO, cny(0))
    assert [each.code for each in answer.obstacles] == [Reason.EXCLUDED_BUYER]
    assert cover_of(desk, buyer)["INV1"] == (cny(0), (Reason.EXCLUDED_BUYER,))


def test_a_limit_that_has_to_be_renewed_says_until_when(
    desk: Desk, insured: tuple[int, int, int]
) -> None:
    _, policy, buyer = insured
    desk.policies.set(PolicyId(policy), {"limit_life_months": "2"}, D("2025-01-01"), confirmed=True)  # fmt: skip
    answer = desk.policies.may_ship(buyer, D("2025-01-05"))
    assert answer.until == D("2025-03-01")
    answer = desk.policies.may_ship(buyer, D("2025-04-01"))
    assert "had to be renewed by 2025-03-01" in said(answer.conditions[0])


def test_a_known_risk_is_told_with_and_without_what_the_insurer_may_refuse(
    office: Office, desk: Desk
) -> None:
    """INV1 and INV2 are 565,000; of INV3 100,000 are undisputed and left after the risk was known; limit 700,000."""
    client, buyer = office.m1()
    policy = office.policy(client)
    office.limit(policy, buyer, "700000")
    event(desk, client, buyer, "KNOWN_RISK", "2025-03-01")
    answer = desk.policies.may_ship(buyer, D("2025-03-25"))
    assert (answer.verdict, answer.room, answer.used) == (Verdict.NO, cny(0), cny(565000))  # fmt: skip
    assert (answer.used_unless_refused, answer.room_unless_refused) == (cny(665000), cny(35000))  # fmt: skip
    assert answer.used_if_declared is None
    (known,) = answer.obstacles
    assert "may refuse" in said(known.said)


def test_the_cover_kept_of_a_known_risk_shows_both_amounts(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    policy = office.policy(client)
    office.limit(policy, buyer, "700000")
    event(desk, client, buyer, "KNOWN_RISK", "2025-03-01")
    desk.recount(D("2025-03-25"))
    kept = sorted(
        desk.policies.covers(buyer, D("2025-03-25")).values(),
        key=lambda each: each.insured.amount,
    )
    assert [(each.insured, each.otherwise) for each in kept] == [
        (cny(0), cny(113000)),
        (cny(226000), None),
        (cny(339000), None),
    ]


def test_a_policy_without_an_extension_never_says_that_one_is_over(
    office: Office, desk: Desk
) -> None:
    """Deliveries may go on until thirty days past due: 11 March + 30 days."""
    client, buyer = office.m1()
    rules = {
        "mep_days": "",
        "stop_variant": "PAST_DUE",
        "stop_rule": "DUE_DATE + 30 CD",
    }
    policy = office.policy(client)
    desk.policies.set(PolicyId(policy), rules, D("2025-01-01"), confirmed=True)
    office.limit(policy, buyer, "700000")
    before = desk.policies.may_ship(buyer, D("2025-03-25"))
    assert said(before.until_why) == "invoice INV1, due 2025-03-11, is then 30 days past due"  # fmt: skip
    (stopped,) = desk.policies.may_ship(buyer, D("2025-04-15")).obstacles
    assert "last insured day for shipping was 2025-04-10" in said(stopped.said)
    assert "extension" not in said(stopped.said) + said(stopped.lifted_by)


def test_only_arrears_above_the_floor_stop_deliveries(
    office: Office, desk: Desk
) -> None:
    """Of INV1 339,000 is open for more than thirty days on 15 April."""
    client, buyer = office.m1()
    policy = office.policy(client)
    office.limit(policy, buyer, "700000")
    for floor, verdict in (("339000", Verdict.YES), ("338999", Verdict.NO)):
        rules = {"stop_variant": "PAST_DUE", "stop_rule": "DUE_DATE + 30 CD", "stop_floor": floor}  # fmt: skip
        desk.policies.set(PolicyId(policy), rules, D("2025-01-01"), confirmed=True)
        answer = desk.policies.may_ship(buyer, D("2025-04-15"))
        assert answer.verdict is verdict


@pytest.mark.parametrize(
    ("says", "used", "reasons", "told"),
    [
        ("true", 5650, (), 0),
        ("false", 0, (Reason.RETENTION,), 0),
        ("", 0, (Reason.RETENTION_UNSAID,), 1),
    ],
)
def test_a_retention_takes_up_the_limit_only_where_the_policy_insures_it(  # noqa: PLR0913, PLR0917 - the columns of the table
    office: Office, desk: Desk, says: str, used: int, reasons: tuple[Reason, ...], told: int
) -> None:  # fmt: skip
    client = office.client()
    kept_back = replace(
        office.invoice("I", "2025-01-10", "2026-01-10", "5650"),
        part=2, part_kind=PartKind.RETENTION,
    )  # fmt: skip
    desk.ledger.take_in(client, office.draft(kept_back))
    buyer = desk.buyers.named(client, "宁波海澜贸易有限公司")
    policy = office.policy(client, values={"retention_insured": says, "max_payment_term_days": "400"})  # fmt: skip
    office.limit(policy, buyer, "10000")
    answer = desk.policies.may_ship(buyer, D("2025-02-01"))
    assert (answer.verdict, answer.used) == (Verdict.YES, cny(used))
    notes = [said(each) for each in answer.conditions if "retention" in said(each)]
    assert len(notes) == told
    assert all("I · retention" in each for each in notes)
    desk.recount(D("2025-09-10"))
    assert cover_of(desk, buyer)["I #2"] == (cny(used), reasons)
