"""Two buyers that are one: proposed, merged, and made two again as they were."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlite
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from creditdesk.db.errors import RecordMissing
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.forms import Of, Owner
from creditdesk.domain.cover.codes import RequestKind
from creditdesk.domain.cover.discretionary import Basis
from creditdesk.domain.credit.answers import Answer
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.domain.credit.buyer_identity import Reason
from creditdesk.domain.credit.contacts import ContactWay, Direction
from creditdesk.domain.credit.deciding import CreditVerdict
from creditdesk.domain.credit.facts import FactKind
from creditdesk.domain.credit.sheets import Sheet
from creditdesk.domain.duties.tasks import Department, NewTask, TaskOrigin
from creditdesk.domain.insurers.contacts import Course, NewPartyContact, PartyKind
from creditdesk.domain.ledger.documents import (
    AgedDraft,
    BuyerRef,
    DraftBalance,
    LedgerSource,
)
from creditdesk.i18n import LANGUAGES, words
from creditdesk.readings.declarations import customers
from creditdesk.services.buyers import (
    BuyerCard,
    BuyerId,
    BuyerMerged,
    BuyersTwo,
    MergeId,
    MergeRefused,
    MergeUndone,
    MergeUnknown,
    UnmergeRefused,
)
from creditdesk.services.buyers.moving import OWNED
from creditdesk.services.credit import (
    NewAnswer,
    NewContact,
    NewDecision,
    NewFact,
    NewGrade,
)
from creditdesk.services.declarations import NewDeclaration
from creditdesk.services.ledger import BatchInUse, InvoiceQuestion
from creditdesk.services.ledger.receipt_values import Confirmation
from creditdesk.services.policies import NewGround, SentRequest
from creditdesk.services.watch import NewEvent, SentNotice
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 9, 10)
ONE, OTHER = "宁波海澜贸易有限公司", "宁波海澜贸易公司"
UNTOUCHED = {"journal_entry", "buyer_merge", "import_batch"}
HISTORY = {"duty", "invoice_cover"}
"""What follows from the facts is added to, never overwritten: its last word counts."""


def dump(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the desk but the journal and the merges."""
    with desk._database.raw() as connection:
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_%'"
            )
            if name not in UNTOUCHED | HISTORY
        ]
        last = {
            "duty": "SELECT policy_id, code, subject, buyer_id, invoice_id, anchor_on, legal, amount_minor, state"
            " FROM duty WHERE state <> 'superseded'",
            "invoice_cover": "SELECT invoice_id, policy_id, version_id, decision_id, ground_id, reasons, insured_minor"
            " FROM invoice_cover WHERE id IN (SELECT max(id) FROM invoice_cover GROUP BY invoice_id)",
        }
        return {
            name: sorted(connection.execute(each), key=repr)
            for name, each in last.items()
        } | {
            table: sorted(
                (
                    row
                    for row in connection.execute(f"SELECT rowid, * FROM {table}")  # noqa: S608 - our own names
                    # What every write leaves, see `db/traces`.
                    if not (table == "setting" and row[1].startswith("."))
                ),
                key=repr,
            )
            for table in tables
        }


def sound(desk: Desk) -> bool:
    return desk.upkeep.check().ok


def said(messages: Iterable[Any]) -> str:
    """The reasons in words, which must come out in both languages."""
    found = tuple(messages)
    for language in LANGUAGES:
        assert all("{" not in words(language).say(each) for each in found)
    return " ".join(words("en").say(each) for each in found)


def two(office: Office, desk: Desk) -> tuple[int, BuyerId, BuyerId]:
    """One customer under two names, with a ledger each."""
    client = office.client()
    desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("A1", "2025-01-10", "2025-03-11", "1000", buyer=ONE),
            office.invoice("A2", "2025-02-10", "2025-04-11", "500", buyer=ONE),
            office.paid("PA", "2025-03-01", "300", "A1", buyer=ONE),
        ),
    )
    desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("B1", "2025-01-15", "2025-03-16", "2000", buyer=OTHER, code="K7"),
            office.paid("PB", "2025-04-01", "1500", buyer=OTHER, code="K7"),
            name="二月.xlsx",
        ),
    )  # fmt: skip
    return client, desk.buyers.named(client, ONE), desk.buyers.named(client, OTHER)


def owed(desk: Desk, client: int) -> dict[int, str]:
    report = desk.ledger.aging(TODAY, client_id=client)
    return {
        buyer: figures["CNY"].outstanding.plain
        for buyer, figures in report.aging.by_buyer.items()
    }


def test_names_that_differ_in_the_form_of_the_company_are_proposed_with_their_figures(
    office: Office, desk: Desk
) -> None:
    client, one, other = two(office, desk)
    (double,) = desk.buyers.doubles(client)
    assert (double.one.id, double.other.id) == (one, other)
    assert [each.reason for each in double.likeness.grounds] == [Reason.FORM]
    assert [str(each) for each in double.one.open] == ["CNY 1,200.00"]
    assert (double.other.documents, double.other.payments) == (1, 1)
    assert double.other.codes == ("K7",)
    assert double.other.files == ("二月.xlsx",)
    said(each.said for each in double.likeness.grounds)


def test_a_pair_somebody_said_is_two_is_not_proposed_again(
    office: Office, desk: Desk
) -> None:
    client, one, other = two(office, desk)
    desk.buyers.keep_apart(other, one)
    desk.buyers.keep_apart(one, other)
    assert desk.buyers.doubles(client) == ()


def test_codes_that_differ_by_leading_zeros_stay_two_and_are_asked_about(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    told = desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("A1", "2025-01-10", None, "10", buyer="甲公司", code="123"),
            office.invoice("A2", "2025-01-10", None, "10", buyer="甲公司", code="00123"),
        ),
    )  # fmt: skip
    assert told.buyers_added == 2
    assert (
        said(each.said for each in told.asked) == "Is 00123 the same customer as 123?"
    )
    (double,) = desk.buyers.doubles(client)
    question = double.likeness.question
    assert question is not None
    assert said([question]) == "Is 123 the same customer as 00123?"


def test_after_a_merge_one_buyer_owes_it_all_and_the_other_is_nowhere(
    office: Office, desk: Desk
) -> None:
    client, one, other = two(office, desk)
    plan = desk.buyers.merge_plan(one, other)
    assert plan.moves == {"invoice": 1, "payment": 1}
    assert plan.names == (OTHER,)
    assert plan.obstacles == ()
    desk.buyers.merge(one, other)
    assert [line.id for line in desk.buyers.all(client)] == [one]
    assert desk.buyers.named(client, OTHER) == one
    assert desk.buyers.named(client, "K7") == one
    assert [hit.id for hit in desk.buyers.search("海澜")] == [one]
    assert owed(desk, client) == {one: "1700.00"}
    assert {buyer.id for buyer in desk.ledger.known_buyers(client)} == {one}
    assert sound(desk)
    file = desk.buyers.file(one)
    assert (file.aliases, file.card.code) == ((OTHER,), "K7")
    assert desk.buyers.file(other) == file
    with pytest.raises(BuyerMerged):
        desk.buyers.change(other, BuyerCard(name=OTHER))
    (line,) = desk.buyers.merges(client)
    assert (line.keep, line.gone, line.gone_code) == (ONE, OTHER, "K7")
    assert dict(line.moves) == plan.moves


def test_a_later_ledger_with_the_old_code_or_name_finds_the_buyer_that_was_kept(
    office: Office, desk: Desk
) -> None:
    client, one, other = two(office, desk)
    desk.buyers.change(one, BuyerCard(name=ONE, code="K1"))
    desk.buyers.merge(one, other)
    told = desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("C1", "2025-05-10", None, "10", buyer="海澜", code="K7"),
            office.invoice("C2", "2025-05-10", None, "10", buyer=OTHER),
        ),
    )
    assert told.buyers_added == 0
    assert desk.buyers.file(one).other_codes == ("K7",)
    assert {line.number for line in _invoices(desk, client, one)} >= {"C1", "C2", "B1"}


def _invoices(desk: Desk, client: int, buyer: int) -> list[Any]:
    ids = desk.ledger.invoice_ids(InvoiceQuestion(client_id=client, buyer_id=buyer))
    return list(desk.ledger.invoices(ids))


def everything(office: Office, desk: Desk) -> tuple[int, BuyerId, BuyerId]:
    """The second of two buyers has something in every table that can name a buyer."""
    client, one, other = two(office, desk)
    policy = office.policy(client, values={"dcl_amount": "900"})
    office.limit(policy, other, "5000")
    draft = desk.policies.request_draft(policy, other, RequestKind.INCREASE, TODAY)
    draft = replace(draft, amount=Money(Decimal(9000), "CNY"))
    sent = SentRequest(sent_on=TODAY, way="邮寄")
    desk.policies.record_request(policy, other, draft, sent, TODAY)
    paper = desk.watch.keep_paper(client, office.file(b"r"), b"r")
    desk.policies.keep_grounds(
        NewGround(
            policy_id=policy, buyer_id=other, basis=Basis.REPORT, amount=Money(Decimal(9), "CNY"),
            evidence_date=date(2025, 2, 1), document=paper,
        ),
        date(2025, 2, 10),
    )  # fmt: skip
    desk.ledger.take_in_aged(client, aged_draft(OTHER))
    desk.ledger.take_in_statement(client, office.statement(("2025-05-02", "100", OTHER)))  # fmt: skip
    (line,) = desk.ledger.bank_lines(client)
    items = [item for item in desk.ledger.open_items(client) if item.buyer == other]
    paid = ((items[0].id, Money(Decimal(100), "CNY")),)
    desk.ledger.confirm(line.id, Confirmation(buyer_id=other, parts=paid))
    desk.recount(TODAY)
    for kind in (BuyerEventKind.ADVERSE_INFO, BuyerEventKind.EXTENSION_ASKED):
        told = NewEvent(buyer_id=other, kind=kind, happened_on=TODAY, known_on=TODAY)
        desk.watch.report(told, TODAY)
    desk.recount(TODAY)
    notice = desk.watch.notice_draft(policy, other, TODAY)
    desk.watch.record_notice(
        policy, notice, other, SentNotice(sent_on=TODAY, way="邮寄"), TODAY
    )
    desk.declarations.record(
        NewDeclaration(policy_id=policy, start=date(2025, 1, 1), end=date(2025, 1, 31), on=TODAY), TODAY
    )  # fmt: skip
    office.claim_on(client, other)
    for buyer, key in (
        (one, "buyer.phone"),
        (other, "buyer.phone"),
        (other, "buyer.industry"),
    ):
        desk.particulars.set(Owner(of=Of.BUYER, id=buyer), key, f"{key} {buyer}")
    desk.tasks.add(
        NewTask(
            client_id=client, buyer_id=other, department=Department.SALES, text="催款",
            origin=TaskOrigin.OWN, due_on=TODAY,
        )
    )  # fmt: skip
    _judged(desk, other)
    asked = NewPartyContact(
        kind=PartyKind.INSURER, party="A", way=ContactWay.MAIL, course=Course.OUT, on=TODAY, said="x",
        client_id=client, policy_id=policy, buyer_id=other,
    )  # fmt: skip
    desk.insurers.add_contact(asked, TODAY)
    desk.recount(TODAY)
    return client, one, other


def _judged(desk: Desk, buyer: int) -> None:
    """Something of every kind in the credit file."""
    credit = desk.credit
    sheet = Sheet(period_end=date(2024, 12, 31), values={"sales": Decimal(9)})
    credit.add_statement(buyer, sheet)
    grade = NewGrade(
        buyer_id=buyer, giver="D&B", scheme="PAYDEX", value="71", direction=Direction.HIGH_GOOD, as_of=TODAY,
    )  # fmt: skip
    credit.add_grade(grade, TODAY)
    fact = NewFact(buyer_id=buyer, kind=FactKind.DISHONEST, on=TODAY)
    credit.add_fact(fact, TODAY)
    said = NewContact(buyer_id=buyer, way=ContactWay.CALL, on=TODAY, said="x")
    credit.add_contact(said, TODAY)
    no = NewDecision(buyer_id=buyer, verdict=CreditVerdict.REFUSE, on=TODAY, reason="x")
    credit.decide(no, TODAY)
    stop = NewAnswer(buyer_id=buyer, code="W08", answer=Answer.STOP, on=TODAY, reason="x")  # fmt: skip
    credit.answer_warning(stop, TODAY)


def aged_draft(buyer: str) -> AgedDraft:
    """A summary of one line."""
    return AgedDraft(
        source=LedgerSource(file_name="账龄.xlsx", digest="1" * 64),
        as_of=TODAY,
        balances=(
            DraftBalance(
                row=2, buyer=BuyerRef(name=buyer), header="1-30", place=0, from_days=1, to_days=30,
                amount=Money(Decimal(7), "CNY"),
            ),
        ),
        rows_read=1,
    )  # fmt: skip


def test_a_merge_that_is_undone_leaves_every_row_as_it_was(
    office: Office, desk: Desk
) -> None:
    client, one, other = everything(office, desk)
    before = dump(desk)
    moves = desk.buyers.merge_plan(one, other).moves
    assert set(moves) == {table.__tablename__ for table in OWNED} | {"duty"}
    merge = desk.buyers.merge(one, other)
    assert dump(desk) != before
    assert sound(desk)
    desk.buyers.unmerge(merge)
    assert dump(desk) == before
    assert sound(desk)
    assert desk.buyers.merges(client)[0].undone_at is not None
    with pytest.raises(MergeUndone):
        desk.buyers.unmerge(merge)


def test_the_buyer_that_stays_keeps_what_it_knew_and_takes_what_it_lacked(
    office: Office, desk: Desk
) -> None:
    _, one, other = everything(office, desk)
    desk.buyers.merge(one, other)
    known = desk.particulars.of(Owner(of=Of.BUYER, id=one))
    assert known["buyer.phone"] == f"buyer.phone {one}"
    assert known["buyer.industry"] == f"buyer.industry {other}"


def test_after_a_month_of_work_on_the_merged_file_nothing_points_at_the_wrong_buyer(
    office: Office, desk: Desk
) -> None:
    _, one, other = everything(office, desk)
    merge = desk.buyers.merge(one, other)
    for day in (TODAY, date(2025, 10, 20), date(2025, 11, 20)):
        desk.recount(day)
        assert sound(desk)
    desk.buyers.unmerge(merge)
    desk.recount(date(2025, 11, 20))
    assert sound(desk)
    with desk._database.raw() as connection:
        strays = connection.execute(
            "SELECT count(*) FROM duty JOIN invoice ON invoice.id = duty.invoice_id "
            "WHERE duty.buyer_id <> invoice.buyer_id"
        ).fetchone()
        foreign = connection.execute(
            "SELECT count(*) FROM duty WHERE state = 'open' AND buyer_id = ? AND (subject = ? OR subject LIKE ?)",
            (one, str(other), f"{other}/%"),
        ).fetchone()
    assert (strays, foreign) == ((0,), (0,))


def test_the_desk_itself_refuses_to_move_history_without_a_merge(
    office: Office, desk: Desk
) -> None:
    _, one, other = everything(office, desk)
    tables = ("credit_limit", "limit_request", "discretionary_ground", "buyer_event", "declaration_line")  # fmt: skip
    with desk._database.raw() as connection:
        for table in tables:
            move = f"UPDATE {table} SET buyer_id = ? WHERE buyer_id = ?"  # noqa: S608 - our own names
            with pytest.raises(sqlite.Error, match="kept for ever"):
                connection.execute(move, (one, other))


def test_limits_events_and_notices_go_with_the_buyer_and_duties_are_not_told_twice(
    office: Office, desk: Desk
) -> None:
    client, one, other = two(office, desk)
    policy = office.policy(client)
    office.limit(policy, other, "5000")
    desk.recount(TODAY)
    assert desk.watch.open_duties(client)
    desk.buyers.merge(one, other)
    desk.recount(TODAY)
    duties = desk.watch.open_duties(client)
    assert {duty.buyer_id for duty in duties if duty.buyer_id} == {one}
    assert desk.policies.limits_now(TODAY, client)[one].amount is not None
    assert sound(desk)


@pytest.mark.parametrize("amount", ["2000", "1999"])
def test_the_same_number_on_both_is_refused_whether_the_figures_agree_or_not(
    office: Office, desk: Desk, amount: str
) -> None:
    client, one, other = two(office, desk)
    desk.ledger.take_in(
        client,
        office.draft(office.invoice("B1", "2025-01-15", "2025-03-16", amount, buyer=ONE)),
    )  # fmt: skip
    before = dump(desk)
    with pytest.raises(MergeRefused) as refused:
        desk.buyers.merge(one, other)
    told = said([refused.value.said])
    assert ("taken in twice" in told) == (amount == "2000")
    assert dump(desk) == before


def test_every_reason_against_a_merge_is_told_at_once(
    office: Office, desk: Desk
) -> None:
    client, one, other = two(office, desk)
    policy = office.policy(client)
    for buyer in (one, other):
        office.limit(policy, buyer, "5000")
        office.claim_on(client, buyer)
    desk.buyers.change(one, BuyerCard(name=ONE, uscc="9144030071526726XG"))
    desk.buyers.change(other, BuyerCard(name=OTHER, uscc="914403001922038216"))
    desk.ledger.take_in(
        client, office.draft(office.paid("PB", "2025-04-01", "1", buyer=ONE))
    )
    told = said(desk.buyers.merge_plan(one, other).obstacles)
    for piece in ("tax ids", "payment of", "policy DT-1", "Both have claims"):
        assert piece in told
    with pytest.raises(MergeRefused):
        desk.buyers.merge(one, other)


def test_limits_that_follow_one_another_are_no_clash(
    office: Office, desk: Desk
) -> None:
    client, one, other = two(office, desk)
    policy = office.policy(client)
    office.limit(policy, one, "5000", "2025-01-01", end="2025-03-31")
    office.limit(policy, other, "6000", "2025-04-01")
    assert desk.buyers.merge_plan(one, other).obstacles == ()


def test_only_two_different_buyers_of_one_client_can_be_merged(
    office: Office, desk: Desk
) -> None:
    client, one, other = two(office, desk)
    stranger = desk.buyers.add(office.client("另一家"), BuyerCard(name=ONE))
    for pair in ((one, one), (one, stranger)):
        with pytest.raises(BuyersTwo):
            desk.buyers.merge(*pair)
    with pytest.raises(RecordMissing):
        desk.buyers.merge(one, BuyerId(999))
    desk.buyers.merge(one, other)
    with pytest.raises(BuyerMerged):
        desk.buyers.merge(other, one)
    with pytest.raises(MergeUnknown):
        desk.buyers.unmerge(MergeId(99))
    assert client


def test_an_invoice_imported_after_the_merge_stays_and_is_no_obstacle(
    office: Office, desk: Desk
) -> None:
    client, one, other = two(office, desk)
    merge = desk.buyers.merge(one, other)
    desk.ledger.take_in(
        client, office.draft(office.invoice("C1", "2025-05-10", None, "10", code="K7", buyer=OTHER))
    )  # fmt: skip
    desk.buyers.unmerge(merge)
    assert {line.number for line in _invoices(desk, client, one)} == {"A1", "A2", "C1"}
    assert {line.number for line in _invoices(desk, client, other)} == {"B1"}
    assert sound(desk)


def test_a_claim_on_moved_invoices_and_a_payment_for_them_keep_the_merge(
    office: Office, desk: Desk
) -> None:
    client, one, other = two(office, desk)
    policy = office.policy(client)
    office.limit(policy, other, "5000")
    merge = desk.buyers.merge(one, other)
    office.claim_on(client, one)
    desk.ledger.take_in(
        client, office.draft(office.paid("PC", "2025-06-01", "50", "B1", buyer=ONE))
    )
    with pytest.raises(UnmergeRefused) as refused:
        desk.buyers.unmerge(merge)
    told = said([refused.value.said])
    assert "claim" in told
    assert "the payment of CNY 50.00 on 2025-06-01 for B1" in told


def test_a_policy_that_names_the_one_that_went_still_means_the_buyer_that_was_kept(
    office: Office, desk: Desk
) -> None:
    client, one, other = two(office, desk)
    with desk._database.read() as session:
        before = customers(session, client)
        assert before[one].former == ()
    desk.buyers.merge(one, other)
    with desk._database.read() as session:
        after = customers(session, client)
    assert after[one].former == (OTHER, "K7", "")
    assert after[other] is after[one]


def test_the_desk_check_finds_what_a_merged_buyer_still_holds(
    office: Office, desk: Desk
) -> None:
    _, one, other = two(office, desk)
    desk.buyers.merge(one, other)
    with desk._database.raw() as connection:
        connection.execute("UPDATE payment SET buyer_id = ? WHERE key = 'PB'", (other,))
    told = said(desk.upkeep.check().problems)
    assert f"{OTHER} was merged into another buyer, but 1 rows of payment" in told


def test_a_chain_of_merges_is_undone_from_its_end(office: Office, desk: Desk) -> None:
    client, one, other = two(office, desk)
    third = desk.buyers.add(client, BuyerCard(name="海澜集团", code="K9"))
    before = dump(desk)
    first = desk.buyers.merge(other, one)
    second = desk.buyers.merge(third, other)
    assert desk.buyers.named(client, ONE) == third
    with pytest.raises(UnmergeRefused):
        desk.buyers.unmerge(first)
    desk.buyers.unmerge(second)
    desk.buyers.unmerge(first)
    assert dump(desk) == before


def test_the_code_of_the_one_that_went_may_be_given_away_and_then_keeps_the_merge(
    office: Office, desk: Desk
) -> None:
    client, one, other = two(office, desk)
    desk.buyers.change(one, BuyerCard(name=ONE, code="K1"))
    merge = desk.buyers.merge(one, other)
    desk.buyers.add(client, BuyerCard(name="第三家", code="K7"))
    with pytest.raises(UnmergeRefused) as refused:
        desk.buyers.unmerge(merge)
    assert "the code K7 of 第三家" in said([refused.value.said])


def test_an_import_that_brought_a_merged_buyer_is_not_taken_back(
    office: Office, desk: Desk
) -> None:
    client, one, other = two(office, desk)
    merge = desk.buyers.merge(one, other)
    for batch in desk.ledger.batches(client):
        with pytest.raises(BatchInUse) as refused:
            desk.ledger.undo(batch.id)
        assert OTHER in said([refused.value.said])
    desk.buyers.unmerge(merge)
    for batch in desk.ledger.batches(client):
        desk.ledger.undo(batch.id)
    assert desk.buyers.all(client) == ()
    assert desk.buyers.merges(client) == ()
    assert sound(desk)


def test_an_import_between_is_taken_back_and_the_merge_can_still_be_undone(
    office: Office, desk: Desk
) -> None:
    client, one, other = two(office, desk)
    batch = desk.ledger.take_in(
        client, office.draft(office.invoice("B2", "2025-05-15", None, "70", buyer=OTHER))
    ).batch  # fmt: skip
    merge = desk.buyers.merge(one, other)
    assert batch is not None
    desk.ledger.undo(batch)
    desk.buyers.unmerge(merge)
    assert owed(desk, client) == {one: "1200.00", other: "500.00"}
    assert sound(desk)


def test_thousands_of_buyers_give_their_doubles_without_comparing_all_with_all(
    office: Office, desk: Desk, steps: Callable[[Callable[[], object]], int]
) -> None:
    def compared(count: int) -> int:
        client = office.client(f"客户{count}")
        drafts = [
            office.invoice(f"N{place}", "2025-01-10", None, "1", buyer=company(place), code=f"{place}")
            for place in range(1, count + 1)
        ]  # fmt: skip
        drafts.append(
            office.invoice("X", "2025-01-10", None, "1", buyer="另一家", code="0042")
        )
        desk.ledger.take_in(client, office.draft(*drafts))
        (double,) = desk.buyers.doubles(client)
        assert double.likeness.question is not None
        return steps(lambda: desk.buyers.doubles(client))

    assert compared(2_000) < 6 * compared(500)


def company(place: int) -> str:
    """Ten thousand names that are not alike."""
    signs = (0x4E00 + place % 101, 0x5200 + place // 101, 0x5800 + place * 7 % 97, 0x6200 + place * 3 % 89)  # fmt: skip
    return "".join(map(chr, signs)) + "有限公司"


ROW = st.tuples(
    st.sampled_from([ONE, OTHER]),
    st.integers(1, 9),
    st.integers(1, 999),
    st.sampled_from(["invoice", "note", "paid"]),
    st.integers(0, 9),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(rows=st.lists(ROW, min_size=2, max_size=14))
def test_any_ledger_ages_the_same_after_a_merge_was_undone(
    office: Office, desk: Desk, rows: list[tuple[str, int, int, str, int]]
) -> None:
    client = office.client(f"客户{len(desk.clients.all())}")
    items = [office.invoice("FIRST", "2025-01-01", None, "5", buyer=name) for name in (ONE,)]  # fmt: skip
    items.append(office.invoice("SECOND", "2025-01-01", None, "5", buyer=OTHER))
    for place, (name, day, amount, kind, against) in enumerate(rows):
        to = f"N{against}" if against < len(rows) else ""
        on = f"2025-02-0{day}"
        if kind == "paid":
            items.append(office.paid(f"P{place}", on, str(amount), to, buyer=name))
        else:
            note = kind == "note"
            items.append(
                office.invoice(
                    f"N{place}", on, None, str(amount), buyer=name, note=note, against=to if note else ""
                )
            )  # fmt: skip
    desk.ledger.take_in(client, office.draft(*items))
    one, other = (desk.buyers.named(client, name) for name in (ONE, OTHER))
    before = (owed(desk, client), dump(desk))
    merge = desk.buyers.merge(one, other)
    assert set(owed(desk, client)) <= {one}
    assert sound(desk)
    desk.buyers.unmerge(merge)
    assert (owed(desk, client), dump(desk)) == before
    assert sound(desk)
