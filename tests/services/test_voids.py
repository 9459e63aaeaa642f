"""Wrong entries: each is voided once, with a reason, counts no more, is on no paper, and stays in the history."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2 as pdfium
import pytest

from creditdesk.db.errors import (
    RecordMissing,
    VoidAlready,
    VoidReasonMissing,
    VoidRestsOn,
)
from creditdesk.domain.base.money import Money
from creditdesk.domain.base.voiding import Voided
from creditdesk.domain.cover.codes import RequestKind
from creditdesk.domain.cover.limit_states import LimitStage
from creditdesk.domain.policy.premium_notes import NoteKind
from creditdesk.i18n import words
from creditdesk.jobs import Progress
from creditdesk.reports import annual_review, claim_package
from creditdesk.services.buyers import BuyerCard
from creditdesk.services.clients import ClientCard, ClientId
from creditdesk.services.ledger.receipt_values import Confirmation
from creditdesk.services.policies import LimitDecision, PolicyId, SentRequest
from creditdesk.services.policies.values import LimitLine
from creditdesk.services.premiums import NewNote
from creditdesk.services.watch import DutyDone, DutyId, SentNotice
from creditdesk.services.watch.values import DoneByEntry, DoneInFuture
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 9, 10)
HUGE = "5000000000000"
Void = Callable[[Desk, int, str], None]


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def huge(desk: Desk, policy: int, buyer: int, replaces: int | None = None) -> int:
    """A limit typed with seven digits too many, and the question answered without looking."""
    return desk.policies.decide(
        LimitDecision(
            policy_id=policy, buyer_id=buyer, state="APPROVED", start=date(2025, 1, 2),
            amount=cny(HUGE), sure=True, replaces=replaces,
        )
    )  # fmt: skip


def text_of(path: Path) -> str:
    with closing(pdfium.PdfDocument(path.read_bytes())) as pdf:
        return "".join(page.get_textpage().get_text_bounded() for page in pdf)


def insured(desk: Desk, buyer: int) -> dict[int, Money]:
    return {
        record: kept.insured
        for record, kept in desk.policies.covers(buyer, TODAY).items()
    }


def duties(desk: Desk, code: str, state: str) -> list[tuple[str, ...]]:
    """The documents of the duties of a kind that stand in a state, without those marked by mistake."""
    return [
        line.invoices
        for line in desk.watch.duties_of()
        if (line.code, line.state, line.voided) == (code, state, None)
    ]


def notified(desk: Desk, policy: int, buyer: int, on: date = TODAY) -> int:
    draft = desk.watch.notice_draft(policy, buyer, on)
    sent = SentNotice(sent_on=on, way="快递")
    return desk.watch.record_notice(policy, draft, buyer, sent, TODAY)


def a_limit(office: Office, _desk: Desk) -> int:
    client, buyer = office.m1()
    return int(office.limit(office.policy(client), buyer, "500000"))


def a_notice(office: Office, desk: Desk) -> int:
    client, buyer = office.m1()
    policy = office.policy(client)
    desk.move_to(TODAY)
    return notified(desk, policy, buyer)


def a_premium_note(office: Office, desk: Desk) -> int:
    new = NewNote(
        policy_id=office.policy(office.client()), kind=NoteKind.FEE, amount=cny("9"), due_on=TODAY
    )  # fmt: skip
    return desk.premiums.add_note(new)


def a_done_duty(office: Office, desk: Desk) -> int:
    a_limit(office, desk)
    desk.move_to(TODAY)
    (number, *_) = desk.watch.open_duties()[0].ids
    desk.watch.close([number], DutyDone(TODAY), TODAY)
    return number


def a_policy(office: Office, _desk: Desk) -> int:
    return int(office.policy(office.client()))


def a_client(office: Office, _desk: Desk) -> int:
    return int(office.client())


def void_limit(desk: Desk, number: int, why: str) -> None:
    desk.policies.void_limit(number, why)


def void_notice(desk: Desk, number: int, why: str) -> None:
    desk.watch.void_notice(number, why)


def undo_done(desk: Desk, number: int, why: str) -> None:
    desk.watch.undo_done([DutyId(number)], why)


def void_note(desk: Desk, number: int, why: str) -> None:
    desk.premiums.void(number, why)


def void_policy(desk: Desk, number: int, why: str) -> None:
    desk.policies.void(PolicyId(number), why)


def void_client(desk: Desk, number: int, why: str) -> None:
    desk.clients.void(ClientId(number), why)


@pytest.mark.parametrize(
    ("entered", "void"),
    [
        pytest.param(a_limit, void_limit, id="limit"),
        pytest.param(a_notice, void_notice, id="notice"),
        pytest.param(a_done_duty, undo_done, id="duty done"),
        pytest.param(a_premium_note, void_note, id="premium note"),
        pytest.param(a_policy, void_policy, id="policy"),
        pytest.param(a_client, void_client, id="client"),
    ],
)
def test_an_entry_is_voided_once_and_with_a_reason(
    office: Office, desk: Desk, entered: Callable[[Office, Desk], int], void: Void
) -> None:
    number = entered(office, desk)
    with pytest.raises(VoidReasonMissing):
        void(desk, number, "  ")
    void(desk, number, " typed twice ")
    assert desk.recount(desk.day) == 0
    with pytest.raises(VoidAlready, match="typed twice"):
        void(desk, number, "again")
    with pytest.raises(RecordMissing, match="999"):
        void(desk, 999, "no such thing")
    with desk._database.raw() as connection:
        (line,) = connection.execute(
            "SELECT who, after FROM journal_entry WHERE what = 'voided'"
        ).fetchall()
    assert line == (desk._database.who, '{"reason": "typed twice"}')
    assert desk.check().ok


def test_without_the_limit_shipments_are_covered_no_more_in_the_same_write(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    policy = office.policy(client)
    limit = office.limit(policy, buyer, "500000")
    desk.move_to(TODAY)
    before = insured(desk, buyer)
    # INV1 takes 339,000 of the limit of 500,000; of INV2, 226,000, there is room for 161,000; INV3 comes too late.
    assert sorted(each.amount for each in before.values()) == [0, 161000, 339000]
    desk.policies.void_limit(limit, "another buyer")
    assert set(insured(desk, buyer).values()) == {cny("0")}
    again = office.limit(policy, buyer, "500000")
    assert insured(desk, buyer) == before
    assert [each.id for each in desk.policies.limits(buyer_id=buyer)] == [again]


def test_a_limit_with_digits_too_many_is_only_in_the_history(
    office: Office, desk: Desk, tmp_path: Path
) -> None:
    client, buyer = office.m1()
    policy = office.policy(client)
    right = office.limit(policy, buyer, "500000")
    wrong = huge(desk, policy, buyer)
    assert desk.policies.limits_now(TODAY)[buyer].amount == cny(HUGE)
    desk.policies.void_limit(wrong, "seven digits too many")
    assert desk.policies.limits_now(TODAY)[buyer].amount == cny("500000")
    assert [each.id for each in desk.policies.limits(client_id=client)] == [right]
    history = desk.policies.limit_history(client_id=client)
    assert {each.id: each.voided is not None for each in history} == {right: False, wrong: True}  # fmt: skip
    assert voided_of(history, wrong).why == "seven digits too many"
    asked = desk.policies.request_draft(policy, buyer, RequestKind.INCREASE, TODAY)
    assert asked.in_force == cny("500000")
    assert desk.policies.may_ship(buyer, date(2025, 2, 1)).limit == cny("500000")
    book = desk.reviews.book(client, date(2025, 1, 1), date(2025, 12, 31), TODAY)
    path = tmp_path / "review.xlsx"
    annual_review.write(book, path, "zh", Progress())
    with closing(openpyxl.load_workbook(path)) as read:
        cells = {str(cell.value) for sheet in read for row in sheet for cell in row}
    assert "500000" in cells
    assert HUGE not in cells


def voided_of(history: tuple[LimitLine, ...], number: int) -> Voided:
    (found,) = (each.voided for each in history if each.id == number)
    assert found is not None
    return found


def test_a_limit_another_one_takes_the_place_of_stays(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    policy = office.policy(client)
    first = office.limit(policy, buyer, "500000")
    later = huge(desk, policy, buyer, replaces=first)
    with pytest.raises(VoidRestsOn) as refused:
        desk.policies.void_limit(first, "x")
    said = words("en").say(refused.value.said)
    assert said.endswith("the decision that counts from 2025-01-02 takes its place.")
    desk.policies.void_limit(later, "x")
    desk.policies.void_limit(first, "x")
    assert desk.policies.limits() == ()


def test_a_request_waits_again_when_its_answer_is_void(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    policy = office.policy(client)
    draft = desk.policies.request_draft(policy, buyer, RequestKind.NEW, TODAY)
    asked = desk.policies.record_request(
        policy, buyer, replace(draft, amount=cny("700000")), SentRequest(sent_on=TODAY, way="x"), TODAY
    )  # fmt: skip
    made = desk.policies.decide(
        LimitDecision(
            policy_id=policy, buyer_id=buyer, state="APPROVED", start=TODAY, amount=cny("700000"), answers=asked
        )
    )  # fmt: skip
    (line,) = desk.policies.requests(buyer_id=buyer)
    assert not line.is_open
    desk.policies.void_limit(made, "the answer to another request")
    (line,) = desk.policies.requests(buyer_id=buyer)
    assert (line.is_open, line.state, line.decision_id) == (True, LimitStage.APPLIED, None)  # fmt: skip


def test_a_kept_calculation_is_remarked_and_stays_as_it_is(
    office: Office, desk: Desk
) -> None:
    claim, _, buyer = office.claim()
    (limit,) = desk.policies.limits(buyer_id=buyer)
    assert desk.policies.limit_remarks(limit.id) == ()
    desk.claims.keep(claim, TODAY)
    shown = desk.claims.file(claim, TODAY).kept
    (remark,) = desk.policies.limit_remarks(limit.id)
    number = desk.claims.file(claim, TODAY).line.number
    assert number in words("en").say(remark)
    desk.policies.void_limit(limit.id, "another buyer")
    assert desk.claims.file(claim, TODAY).kept == shown
    assert desk.check().ok


def test_without_the_notice_its_duty_is_due_again_and_no_paper_names_it(
    office: Office, desk: Desk, tmp_path: Path
) -> None:
    claim, policy, buyer = office.claim()
    desk.move_to(TODAY)
    due = sorted(duties(desk, "D14", "open"))
    assert due
    told = date(2025, 9, 8)
    number = notified(desk, policy, buyer, told)
    assert duties(desk, "D14", "open") == []
    path = tmp_path / "claim.pdf"
    claim_package.write(desk.claims.package(claim, TODAY), path, "en", Progress())
    assert "2025-09-08" in text_of(path)
    desk.watch.void_notice(number, "never sent")
    assert sorted(duties(desk, "D14", "open")) == due
    assert duties(desk, "D14", "done") == []
    assert desk.watch.notices() == ()
    (line,) = desk.watch.notice_history()
    assert line.voided is not None
    assert line.voided.why == "never sent"
    package = desk.claims.package(claim, TODAY)
    assert package.notice_sent_on is None
    claim_package.write(package, path, "en", Progress())
    assert "2025-09-08" not in text_of(path)


def test_of_two_notices_the_other_one_keeps_the_duty_done(
    office: Office, desk: Desk
) -> None:
    _, policy, buyer = office.claim()
    desk.move_to(TODAY)
    first = notified(desk, policy, buyer, date(2025, 9, 8))
    notified(desk, policy, buyer, date(2025, 9, 9))
    desk.watch.void_notice(first, "a draft")
    assert duties(desk, "D14", "open") == []
    done = {
        line.closed_on
        for line in desk.watch.duties_of()
        if (line.code, line.state, line.voided) == ("D14", "done", None)
    }
    assert done == {date(2025, 9, 9)}


def test_a_duty_marked_by_mistake_is_open_again_and_the_mark_stays(
    office: Office, desk: Desk
) -> None:
    client, _ = office.m1()
    office.policy(client)
    desk.move_to(TODAY)
    line = desk.watch.open_duties()[0]
    paper = desk.watch.keep_paper(client, office.file(b"p"), b"p")
    with pytest.raises(DoneInFuture):
        desk.watch.close(line.ids, DutyDone(date(2025, 9, 11)), TODAY)
    done = DutyDone(date(2025, 9, 3), "by telephone", paper)
    desk.watch.close(line.ids, done, TODAY)
    (kept,) = (each for each in desk.watch.duties_of() if each.ids == line.ids)
    assert (kept.state, kept.closed_on, kept.closed_note, kept.document_id) == (
        "done", date(2025, 9, 3), "by telephone", paper,
    )  # fmt: skip
    desk.watch.undo_done(line.ids, "the other policy")
    (struck,) = (each for each in desk.watch.duties_of() if each.ids == line.ids)
    assert struck.voided is not None
    assert struck.voided.why == "the other policy"
    again = next(each for each in desk.watch.open_duties() if each.code == line.code)
    assert (again.legal, again.safe, again.invoices) == (line.legal, line.safe, line.invoices)  # fmt: skip
    assert desk.recount(TODAY) == 0


def test_a_duty_done_by_an_entry_names_it_instead(office: Office, desk: Desk) -> None:
    _, policy, buyer = office.claim()
    desk.move_to(TODAY)
    notified(desk, policy, buyer)
    (done, *_) = (each for each in desk.watch.duties_of() if each.code == "D14")
    with pytest.raises(DoneByEntry):
        desk.watch.undo_done(done.ids, "x")


def test_what_stands_under_a_policy_keeps_it(office: Office, desk: Desk) -> None:
    claim, policy, buyer = office.claim()
    notified(desk, policy, buyer)
    with pytest.raises(VoidRestsOn) as refused:
        desk.policies.void(policy, "x")
    said = words("zh").say(refused.value.said)
    assert (
        said
        == "保单 DT-1 不能作废，因为以下内容以它为依据：限额 1 条、致保险人的通知 1 份、索赔 1 件。"
    )
    assert desk.claims.file(claim, TODAY).line.policy == "DT-1"


def test_a_void_policy_leaves_no_duty_and_its_number_is_free(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    policy = office.policy(client)
    limit = office.limit(policy, buyer, "500000")
    desk.move_to(TODAY)
    assert desk.watch.open_duties()
    desk.policies.void_limit(limit, "another client's")
    desk.policies.void(policy, "another client's")
    assert desk.watch.open_duties() == ()
    assert desk.policies.all(TODAY) == ()
    assert desk.policies.in_force(client, date(2025, 6, 1)) == ()
    assert desk.buyers.search("DT-1") == ()
    (entry,) = desk.policies.voided(client)
    assert (entry.id, entry.name, entry.voided.why) == (policy, "DT-1", "another client's")  # fmt: skip
    assert {kept.policy for kept in desk.policies.covers(buyer, TODAY).values()} == {""}
    again = office.policy(client)
    assert [each.id for each in desk.policies.all(TODAY)] == [again]
    assert desk.check().ok


def test_a_client_with_a_history_stays_and_one_without_gives_its_name_back(
    office: Office, desk: Desk
) -> None:
    client, _ = office.m1()
    office.policy(client)
    with pytest.raises(VoidRestsOn) as refused:
        desk.clients.void(client, "x")
    said = words("zh").say(refused.value.said)
    assert said.endswith("以它为依据：买方 1 家、保单 1 份、已导入文件 1 份。")
    nobody = desk.clients.add(ClientCard(name="无此公司"))
    desk.clients.void(nobody, "typed twice")
    assert [each.id for each in desk.clients.all()] == [client]
    (entry,) = desk.clients.voided()
    assert (entry.name, entry.voided.why) == ("无此公司", "typed twice")
    assert desk.clients.add(ClientCard(name="无此公司")) != nobody


def test_a_voided_payment_is_in_no_ledger_and_the_history_tells_what_it_was(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    name = "宁波海澜贸易有限公司"
    desk.ledger.take_in_statement(client, office.statement(("2025-09-01", "339000", name)))  # fmt: skip
    (line,) = desk.ledger.bank_lines(client)
    (item,) = (each for each in desk.ledger.open_items(client) if each.number == "INV1")
    desk.ledger.confirm(line.id, Confirmation(buyer_id=buyer, parts=((item.id, cny("339000")),)))  # fmt: skip
    with pytest.raises(VoidReasonMissing):
        desk.ledger.void_payment(line.id, "")
    desk.ledger.void_payment(line.id, "another client's money")
    (again,) = (each for each in desk.ledger.open_items(client) if each.number == "INV1")  # fmt: skip
    assert again.open == cny("339000")
    assert desk.upkeep.info().rows["payment"] == 1
    (entry,) = desk.ledger.voided_payments(client)
    assert (entry.buyer, entry.amount) == (name, cny("339000"))
    assert [each[:2] for each in entry.against] == [("INV1", cny("339000"))]
    assert entry.voided.why == "another client's money"
    desk.ledger.confirm(line.id, Confirmation(buyer_id=buyer, parts=((item.id, cny("9")),)))  # fmt: skip
    assert desk.check().ok


def test_void_rows_go_with_a_buyer_that_turns_out_to_be_another(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    policy = office.policy(client)
    double = desk.buyers.add(client, BuyerCard(name="海澜贸易"))
    limit = office.limit(policy, double, "9")
    desk.policies.void_limit(limit, "wrong")
    merge = desk.buyers.merge(buyer, double)
    assert [each.id for each in desk.policies.limit_history(buyer_id=buyer)] == [limit]
    assert desk.check().ok
    desk.buyers.unmerge(merge)
    assert [each.id for each in desk.policies.limit_history(buyer_id=double)] == [limit]
    assert desk.check().ok


def test_a_buyer_whose_only_trace_is_a_void_limit_stays_when_its_import_goes(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    policy = office.policy(client)
    desk.policies.void_limit(office.limit(policy, buyer, "9"), "wrong")
    (batch,) = desk.ledger.batches(client)
    desk.ledger.undo(batch.id)
    assert [each.id for each in desk.buyers.all(client)] == [buyer]
    assert desk.check().ok
