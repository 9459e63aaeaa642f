"""The care of the desk: the check finds what was tampered with and says it; each service writes its own."""

import ast
import inspect
import json
import textwrap
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import (
    Cause,
    ClaimState,
    Decision,
    ItemState,
    RecoverySource,
    Supplier,
)
from creditdesk.domain.claim.forms import Of, Owner
from creditdesk.domain.cover.codes import RequestKind
from creditdesk.domain.cover.discretionary import Basis
from creditdesk.domain.cover.limit_request import LimitRequestDraft
from creditdesk.domain.credit.answers import Answer
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.domain.credit.contacts import ContactWay, Direction, Promise
from creditdesk.domain.credit.credit_rules import CreditRules, Level
from creditdesk.domain.credit.deciding import CreditVerdict
from creditdesk.domain.credit.facts import FactKind
from creditdesk.domain.credit.outlooks import About, Move, NewOutlook
from creditdesk.domain.credit.sheets import Sheet
from creditdesk.domain.declare.declarations import DeclarationKind
from creditdesk.domain.duties.duties import OVERDUE_NOTICE
from creditdesk.domain.duties.tasks import Department, NewTask, TaskOrigin
from creditdesk.domain.insurers.contacts import Course, NewPartyContact, PartyKind
from creditdesk.domain.insurers.files import EntryKind, NewEntry
from creditdesk.domain.insurers.kept_quotes import NewQuote
from creditdesk.domain.ledger.bills import BillOutcome, BillWay
from creditdesk.domain.ledger.documents import (
    AgedDraft,
    BuyerRef,
    DocumentKind,
    DraftBalance,
    LedgerSource,
)
from creditdesk.domain.ledger.marks import Mark, marked
from creditdesk.domain.policy.contract_review import ReviewState
from creditdesk.domain.policy.premium_notes import NoteKind
from creditdesk.i18n import LANGUAGES, words
from creditdesk.models import Base
from creditdesk.services.backups import SECOND_PLACE
from creditdesk.services.buyers import BuyerCard, BuyerId
from creditdesk.services.claims import (
    Arranged,
    GivenAnswer,
    NewAddition,
    NewQuestion,
    NewRecovery,
    PaperMark,
    Ruling,
    StepTaken,
)
from creditdesk.services.clients import ClientCard
from creditdesk.services.credit import (
    Authority,
    NewAnswer,
    NewContact,
    NewDecision,
    NewFact,
    NewGrade,
)
from creditdesk.services.declarations import NewDeclaration
from creditdesk.services.ledger import InvoiceQuestion
from creditdesk.services.ledger.disputes import NewDispute, Settlement
from creditdesk.services.ledger.receipt_values import Confirmation, LineId, LineState
from creditdesk.services.letter_numbers import LETTER_PATTERN
from creditdesk.services.policies import NewGround, SentRequest
from creditdesk.services.premiums import NewNote
from creditdesk.services.tasks import TaskDone
from creditdesk.services.watch import DutyDone, DutyId, NewEvent, SentNotice
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
Act = Callable[[], Any]
Box = dict[str, Any]
Facts = Callable[..., dict[str, list[str]]]
AwayOf = Callable[..., Desk]
TODAY = date(2025, 9, 10)
DAY = date(2025, 8, 2)
OWNERS = {
    "client": "clients",
    "buyer": "buyers ledger",
    "buyer_alias": "ledger buyers",
    "buyer_merge": "buyers",
    "buyers_apart": "buyers",
    "import_batch": "ledger",
    "import_change": "ledger",
    "import_answer": "ledger",
    "import_profile": "ledger",
    "aged_balance": "ledger buyers",
    "control_figure": "ledger",
    "bank_line": "ledger buyers",
    "invoice": "ledger buyers",
    "invoice_document": "ledger",
    "payment": "ledger buyers",
    "bill_end": "ledger",
    "bill_transfer": "ledger",
    "dispute": "ledger",
    "policy": "policies",
    "policy_version": "policies",
    "policy_value": "policies",
    "review_answer": "policies",
    "credit_limit": "policies buyers",
    "limit_request": "policies buyers",
    "discretionary_ground": "policies buyers",
    "invoice_cover": "policies",
    "buyer_cover": "policies",
    "duty": "watch buyers",
    "notice": "watch buyers",
    "buyer_event": "watch buyers",
    "declaration": "declarations",
    "declaration_total": "declarations",
    "declaration_line": "declarations buyers",
    "premium_note": "premiums",
    "claim": "claims buyers",
    "claim_invoice": "claims",
    "claim_item": "claims",
    "claim_evidence": "claims",
    "checklist_addition": "claims",
    "indemnity_record": "claims",
    "package_record": "claims",
    "claim_step": "claims",
    "claim_question": "claims",
    "claim_payment": "claims",
    "claim_goods": "claims",
    "particular": "particulars buyers",
    "recovery": "claims",
    "task": "tasks buyers",
    "insurer_entry": "insurers",
    "insurer_quote": "insurers",
    "party_contact": "insurers buyers",
    "outlook_note": "library",
    "trip": "trips",
    "financial_statement": "credit buyers",
    "buyer_grade": "credit buyers",
    "buyer_fact": "credit buyers",
    "contact": "credit buyers",
    "score_record": "credit buyers",
    "credit_decision": "credit buyers",
    "credit_policy": "credit",
    "credit_authority": "credit",
    "warning_answer": "credit buyers",
    "document": "ledger claims watch policies declarations premiums",
    "file_content": "ledger claims watch policies declarations premiums",
    "setting": "upkeep backups",
    "journal_entry": "clients buyers ledger policies watch declarations premiums claims particulars tasks credit "
    "upkeep insurers library trips reviews letter_numbers",
}
"""Which services write a table. Foreign files and the journal are kept for whoever needs them; when two buyers turn
out to be one, what names them passes from one to the other whatever its table."""


AWAY = "on the train"
FOLLOWS = {"duty", "invoice_cover", "buyer_cover"}
"""What every change brings up to date."""
CHANGE = "UPDATE indemnity_record SET {} = replace({}, '1', '2')"


def _paid(desk: Desk, box: Box) -> None:
    ruling = Ruling(decision=Decision.APPROVED)
    taken = (
        StepTaken(state=ClaimState.FILED, on=TODAY),
        StepTaken(state=ClaimState.DECIDED, on=TODAY, ruling=ruling),
        StepTaken(state=ClaimState.PAID, on=TODAY, paid=Money(Decimal(9), "CNY")),
    )

    def take() -> None:
        for step in taken:
            desk.claims.advance(box["claim"], step)

    desk.do(take)


def tamper(desk: Desk, *statements: str) -> None:
    with desk._database.raw() as connection:
        for statement in statements:
            connection.execute(statement)


def said(desk: Desk) -> list[str]:
    """The problems in words, which must come out in both languages."""
    problems = desk.upkeep.check().problems
    for language in LANGUAGES:
        for problem in problems:
            assert "{" not in words(language).say(problem)
    return [words("en").say(problem) for problem in problems]


def test_a_tampered_open_amount_is_found_with_client_buyer_and_number(
    office: Office, desk: Desk
) -> None:
    office.m1()
    assert said(desk) == []
    tamper(desk, "UPDATE invoice SET open_fine = open_fine - 1 WHERE number = 'INV2'")
    (problem,) = said(desk)
    assert "明达电子有限公司, 宁波海澜贸易有限公司, INV2" in problem
    assert "26,000.00" in problem


def test_a_tampered_piece_of_evidence_is_found_by_its_name(
    office: Office, desk: Desk
) -> None:
    claim, _, _ = office.claim()
    desk.claims.attach(claim, "C07", office.file(b"contract"), b"contract")
    assert said(desk) == []
    tamper(desk, "UPDATE file_content SET content = CAST('Contract' AS BLOB)")
    assert said(desk) == [
        "The file 合同.pdf is not the one that was kept: its bytes have changed."
    ]


@pytest.mark.parametrize("column", ["inputs", "result", "digest"])
def test_a_tampered_calculation_is_found(
    office: Office, desk: Desk, column: str
) -> None:
    claim, _, _ = office.claim()
    desk.claims.keep(claim, TODAY)
    assert said(desk) == []
    tamper(
        desk,
        "DROP TRIGGER indemnity_record_no_update",
        CHANGE.format(column, column),
    )
    assert said(desk) == [
        "The schema lacks what this program made: trigger indemnity_record_no_update.",
        "Kept calculation 1 was altered after it was kept.",
    ]


def test_the_amount_of_a_kept_calculation_is_its_result(
    office: Office, desk: Desk
) -> None:
    claim, _, _ = office.claim()
    desk.claims.keep(claim, TODAY)
    tamper(
        desk,
        "DROP TRIGGER indemnity_record_no_update",
        "UPDATE indemnity_record SET amount_minor = amount_minor + 1",
    )
    assert said(desk) == [
        "The schema lacks what this program made: trigger indemnity_record_no_update.",
        "Kept calculation 1 was altered after it was kept.",
    ]


def test_a_row_that_names_nothing_is_found(office: Office, desk: Desk) -> None:
    office.m1()
    tamper(desk, "PRAGMA foreign_keys = OFF", "DELETE FROM client")
    assert any("names a client that is not there" in each for each in said(desk))


def test_a_changed_schema_is_found(desk: Desk) -> None:
    tamper(desk, "ALTER TABLE buyer DROP COLUMN note")
    (problem,) = said(desk)
    assert "schema" in problem


def test_info_counts_every_table(office: Office, desk: Desk) -> None:
    office.m1()
    info = desk.upkeep.info()
    assert set(info.rows) == {table.name for table in Base.metadata.sorted_tables}
    assert (info.rows["invoice"], info.rows["payment"]) == (3, 1)
    assert info.size == desk.path.stat().st_size


def test_a_setting_leaves_what_it_was_before(desk: Desk) -> None:
    told: list[frozenset[str]] = []
    desk.upkeep.set({"firm_name": "甲"})
    desk.changed.connect(told.append)
    desk.upkeep.set({"firm_name": "甲"})
    assert told == []
    desk.upkeep.set({"firm_name": "乙", "x": ""})
    assert desk.upkeep.settings() == {"firm_name": "乙"}
    with desk._database.raw() as connection:
        rows = connection.execute("SELECT before, after FROM journal_entry ORDER BY id")
        before, after = (json.loads(each) for each in rows.fetchall()[-1])
    assert (before, after) == ({"firm_name": "甲"}, {"firm_name": "乙"})


def _everything(office: Office, desk: Desk) -> list[tuple[str, Act]]:
    """One call of each public method that writes, in an order that works."""
    box: Box = {}

    def keep(name: str, act: Act) -> Act:
        def run() -> None:
            box[name] = act()

        return run

    return [
        ("clients", keep("client", office.client)),
        ("clients", lambda: desk.clients.change(box["client"], ClientCard(name="改名", contact="x"))),
        ("buyers", keep("extra", lambda: desk.buyers.add(box["client"], BuyerCard(name="手工")))),
        ("buyers", lambda: desk.buyers.change(box["extra"], BuyerCard(name="手工", note="x"))),
        ("buyers", keep("double", lambda: desk.buyers.add(box["client"], BuyerCard(name="手 工")))),
        ("buyers", lambda: desk.buyers.keep_apart(box["extra"], box["double"])),
        ("buyers", keep("merge", lambda: desk.buyers.merge(box["extra"], box["double"]))),
        ("buyers", lambda: desk.buyers.unmerge(box["merge"])),
        ("ledger", lambda: desk.ledger.take_in(box["client"], office.draft(
            office.invoice("INV1", "2025-01-10", "2025-03-11", "100", code="1"),
            office.paid("P", "2025-03-01", "1", "INV1", code="1")))),
        ("ledger", keep("told", lambda: desk.ledger.take_in(box["client"], office.draft(
            office.invoice("INV1", "2025-01-10", "2025-03-12", "100", code="1", buyer="别名"),
            office.invoice("INV2", "2025-01-10", "2025-03-12", "9", buyer="新"))))),
        ("ledger", lambda: desk.ledger.undo(box["told"].batch)),
        ("ledger", lambda: desk.ledger.take_in_statement(box["client"], office.statement(("2025-03-02", "9", "甲")))),
        ("ledger", lambda: desk.ledger.confirm(_line(desk, box), Confirmation(
            buyer_id=_buyer(desk, box), parts=((_item(desk, box), Money(Decimal(9), "CNY")),), word="agent"))),
        ("ledger", lambda: desk.ledger.void_payment(_line(desk, box, LineState.MATCHED), "another client's")),
        ("ledger", lambda: desk.ledger.confirm_all({_line(desk, box): Confirmation(
            buyer_id=_buyer(desk, box), parts=((_item(desk, box), Money(Decimal(8), "CNY")),), word="agent")})),
        ("ledger", lambda: desk.ledger.void_payment(_line(desk, box, LineState.MATCHED), "typed twice")),
        ("ledger", lambda: desk.ledger.set_aside(_line(desk, box), "interest")),
        ("ledger", lambda: desk.ledger.take_back(_line(desk, box, LineState.SET_ASIDE))),
        ("ledger", lambda: desk.ledger.set_aside(_line(desk, box), "interest")),
        ("ledger", lambda: desk.ledger.take_in(box["client"], office.draft(replace(
            office.invoice("R1", "2025-01-12", None, "3", code="1"), kind=DocumentKind.CREDIT_NOTE)))),
        ("ledger", lambda: desk.ledger.set_against(
            {desk.ledger.unassigned_credits(box["client"])[0].id: "INV1"})),
        ("ledger", lambda: desk.ledger.take_in(box["client"], office.draft(replace(
            office.invoice("B1", "2025-01-12", "2025-08-01", "3", code="1"), memo=marked("", Mark.BILL, "8-1"))))),
        ("ledger", keep("dispute", lambda: desk.ledger.contest(NewDispute(
            invoice_id=_billed(desk, box), amount=Money(Decimal(2), "CNY"), opened_on=DAY, nature="quality"), TODAY))),
        ("ledger", lambda: desk.ledger.settle_dispute(
            box["dispute"], Settlement(on=DAY, upheld=Decimal(1), outcome="award"), TODAY)),
        ("ledger", lambda: desk.ledger.void_dispute(box["dispute"], "another invoice")),
        ("ledger", keep("passed", lambda: desk.ledger.pass_bill_on(
            _billed(desk, box), BillWay.ENDORSED, date(2025, 8, 1), TODAY))),
        ("ledger", lambda: desk.ledger.void_bill_transfer(box["passed"], "still in the safe")),
        ("ledger", keep("bill", lambda: desk.ledger.end_bill(_billed(desk, box), BillOutcome.HONOURED, DAY, TODAY))),
        ("ledger", lambda: desk.ledger.void_bill_end(box["bill"], "another invoice's")),
        ("ledger", lambda: desk.ledger.end_bill(_billed(desk, box), BillOutcome.REFUSED, DAY, TODAY)),
        ("ledger", lambda: desk.ledger.take_in_aged(box["client"], AgedDraft(
            source=LedgerSource(file_name="账龄.xlsx", digest="1" * 64), as_of=TODAY, rows_read=1,
            balances=(DraftBalance(row=2, buyer=BuyerRef(code="1"), header="1-30", place=0, from_days=1, to_days=30,
                                   amount=Money(Decimal(7), "CNY")),)))),
        ("ledger", lambda: office.einvoice(box["client"], "E1")),
        ("ledger", lambda: desk.ledger.save_profile(box["client"], "p", {})),
        ("ledger", lambda: desk.ledger.keep_answers(box["client"], {"numbers": "BY_YEAR"})),
        ("ledger", lambda: desk.imports.keep_figures(box["client"], TODAY, {"CNY": Money(Decimal(9), "CNY")}, TODAY)),
        ("policies", keep("policy", lambda: office.policy(box["client"]))),
        ("policies", lambda: desk.policies.set(box["policy"], {"insured_pct": "80"}, TODAY, confirmed=True)),
        ("policies", lambda: desk.policies.confirm(box["policy"], ("mep_days",), TODAY)),
        ("policies", lambda: desk.policies.endorse(box["policy"], date(2025, 8, 1), "x")),
        ("policies", lambda: desk.policies.leave_out(box["policy"], "stop_floor", TODAY)),
        ("watch", keep("schedule", lambda: desk.watch.keep_paper(box["client"], office.file(b"policy"), b"policy"))),
        ("policies", lambda: desk.policies.attach_paper(box["policy"], TODAY, box["schedule"])),
        ("ledger", lambda: desk.ledger.take_in(box["client"], office.draft(replace(
            office.invoice("D1", "2025-02-10", None, "5", code="1"), term="月结60天")))),
        ("ledger", lambda: desk.ledger.settle_terms(box["client"], "月结60天", "EOM_PLUS_N_DAYS")),
        ("ledger", lambda: desk.ledger.set_due_dates({_invoice(desk, box, "D1"): date(2025, 4, 30)})),
        ("ledger", lambda: desk.ledger.set_terms([_invoice(desk, box, "D1")], "60天")),
        ("buyers", lambda: _agree(desk, box, "60")),
        ("ledger", lambda: desk.ledger.take_in(box["client"], office.draft(
            office.invoice("D2", "2025-02-10", None, "5", code="1")))),
        ("buyers", lambda: _agree(desk, box, "30")),
        ("ledger", lambda: desk.ledger.date_by_agreed(_buyer(desk, box))),
        ("policies", lambda: desk.policies.answer_question(box["policy"], "R10", ReviewState.ASK, TODAY)),
        ("policies", lambda: desk.policies.remark_question(box["policy"], "R10", "why", TODAY)),
        ("policies", lambda: office.limit(box["policy"], _buyer(desk, box), "500")),
        ("policies", keep("wrong", lambda: office.limit(box["policy"], _buyer(desk, box), "600"))),
        ("policies", lambda: desk.policies.void_limit(box["wrong"], "typed a digit too many")),
        ("policies", keep("asked", lambda: desk.policies.record_request(
            box["policy"], _buyer(desk, box), _asked(desk, box), SentRequest(sent_on=TODAY, way="x"), TODAY))),
        ("policies", lambda: desk.policies.answer_request(box["asked"], TODAY, "4507:6")),
        ("policies", lambda: desk.policies.withdraw_request(box["asked"], TODAY)),
        ("watch", keep("report", lambda: desk.watch.keep_paper(box["client"], office.file(b"l"), b"l"))),
        ("policies", lambda: desk.policies.set(box["policy"], {"dcl_amount": "50"}, TODAY, confirmed=True)),
        ("policies", lambda: desk.policies.keep_grounds(NewGround(
            policy_id=box["policy"], buyer_id=box["extra"], basis=Basis.REPORT, amount=Money(Decimal(9), "CNY"),
            evidence_date=TODAY, document=box["report"]), TODAY)),
        ("watch", keep("receipt", lambda: desk.watch.keep_paper(box["client"], office.file(b"r"), b"r"))),
        ("watch", lambda: desk.watch.record_notice(
            box["policy"], desk.watch.notice_draft(box["policy"], _buyer(desk, box), TODAY),
            _buyer(desk, box), SentNotice(sent_on=TODAY, way="x", receipt=box["receipt"]), TODAY)),
        ("watch", lambda: desk.watch.report(
            NewEvent(
                buyer_id=_buyer(desk, box), kind=BuyerEventKind.MANDATE,
                happened_on=TODAY, known_on=TODAY,
            ),
            TODAY,
        )),
        ("watch", lambda: desk.watch.void_event(desk.watch.events(_buyer(desk, box))[0].id, "typed twice")),
        ("watch", lambda: desk.watch.close(desk.watch.open_duties()[-1].ids, DutyDone(TODAY), TODAY)),
        ("watch", lambda: desk.watch.undo_done(_done_by_hand(desk), "not yet")),
        ("watch", lambda: desk.watch.void_notice(desk.watch.notices()[0].id, "not sent")),
        ("watch", lambda: desk.watch.waive(desk.watch.open_duties()[0].ids, TODAY, "letter")),
        ("declarations", keep("proof", lambda: desk.declarations.keep_proof(box["policy"], office.file(b"d"), b"d"))),
        ("declarations", lambda: desk.declarations.record(
            NewDeclaration(policy_id=box["policy"], start=date(2025, 1, 1), end=date(2025, 1, 31), on=TODAY,
                           proof=box["proof"]), TODAY)),
        ("declarations", lambda: desk.declarations.void(
            desk.declarations.period(box["policy"], DeclarationKind.TURNOVER, date(2025, 1, 1), TODAY).declared[0].id,
            TODAY, "x")),
        ("policies", lambda: desk.policies.set(box["policy"], {"deposit_premium": "9"}, TODAY, confirmed=True)),
        ("premiums", lambda: desk.premiums.take_plan(box["policy"], TODAY)),
        ("premiums", keep("paid", lambda: desk.premiums.keep_proof(box["policy"], office.file(b"p"), b"p"))),
        ("premiums", keep("note", lambda: desk.premiums.add_note(
            NewNote(policy_id=box["policy"], kind=NoteKind.DEPOSIT, amount=Money(Decimal(9), "CNY"), due_on=TODAY)))),
        ("premiums", lambda: desk.premiums.pay(box["note"], TODAY, TODAY, box["paid"])),
        ("premiums", lambda: desk.premiums.void(box["note"], "typed twice")),
        ("claims", keep("claim", lambda: office.claim_on(box["client"], _buyer(desk, box)))),
        ("claims", keep("file", lambda: desk.claims.attach(box["claim"], "C07", office.file(b"c"), b"c"))),
        ("claims", lambda: desk.claims.arrange(box["claim"], box["file"].id, Arranged(turns="90"))),
        ("claims", lambda: desk.claims.serve(box["claim"], box["file"].id, "C08")),
        ("claims", lambda: desk.claims.mark_paper(box["claim"], box["file"].id, PaperMark.CHECKED, TODAY)),
        ("claims", lambda: desk.claims.detach(box["claim"], box["file"].id)),
        ("claims", keep("item", lambda: desk.claims.add_item(NewAddition(title="x", suppliers=(Supplier.BANK,))))),
        ("claims", lambda: desk.claims.take_items(box["claim"])),
        ("claims", lambda: desk.claims.void_item(box["item"], "not asked for")),
        ("claims", lambda: desk.claims.set_item(box["claim"], "C08", ItemState.REQUESTED)),
        ("claims", lambda: desk.claims.set_narrative(box["claim"], "story")),
        ("particulars", lambda: desk.particulars.set(Owner(of=Of.CLAIM, id=box["claim"]), "claim.goods", "电容器")),
        ("claims", lambda: desk.claims.set_cause(box["claim"], (_claimed(desk, box),), Cause.REPUDIATION)),
        ("claims", lambda: desk.claims.set_loss_payee(box["claim"], (_claimed(desk, box),), "银行")),
        ("claims", lambda: desk.claims.set_joint_insured(box["claim"], (_claimed(desk, box),), "子公司")),
        ("claims", keep("goods", lambda: desk.claims.take_goods(box["claim"], NewRecovery(
            received_on=desk.claims.file(box["claim"], TODAY).line.date_of_loss, source=RecoverySource.RESALE,
            gross=Money(Decimal("0.07"), "CNY"), costs=Money.zero("CNY"), against=(_claimed(desk, box),))))),
        ("claims", lambda: desk.claims.void_goods(box["claim"], box["goods"], "x")),
        ("claims", lambda: desk.claims.note_provisional(box["claim"], Money(Decimal(2), "CNY"), TODAY)),
        ("claims", lambda: desk.claims.package(box["claim"], TODAY)),
        ("claims", lambda: desk.claims.keep(box["claim"], TODAY)),
        ("claims", lambda: desk.claims.record_package(
            box["claim"], file_name="a", digest="d", language="zh", pages=1, complete=True)),
        ("claims", lambda: desk.claims.advance(box["claim"], StepTaken(state=ClaimState.FILED, on=TODAY))),
        ("claims", lambda: box.update(asked=desk.claims.ask(box["claim"], NewQuestion(asked_on=TODAY, text="?")))),
        ("claims", lambda: desk.claims.answer(box["claim"], box["asked"], GivenAnswer(on=TODAY, text="!"))),
        ("claims", lambda: desk.claims.void_question(box["claim"], box["asked"], "x")),
        ("claims", lambda: desk.claims.take_back_step(box["claim"], "x")),
        ("claims", lambda: _paid(desk, box)),
        ("claims", lambda: box.update(paid=desk.claims.pay(box["claim"], Money(Decimal(1), "CNY"), TODAY))),
        ("claims", lambda: desk.claims.void_payment(box["claim"], box["paid"], "x")),
        ("claims", keep("recovered", lambda: desk.claims.recover(box["claim"], NewRecovery(
            received_on=TODAY, source=RecoverySource.BUYER, gross=Money(Decimal(9), "CNY"),
            costs=Money.zero("CNY")), TODAY))),
        ("claims", lambda: desk.claims.remit(box["claim"], box["recovered"], TODAY)),
        ("claims", lambda: desk.claims.void_recovery(box["claim"], box["recovered"], "x")),
        ("tasks", keep("task", lambda: desk.tasks.add(NewTask(
            client_id=box["client"], claim_id=box["claim"], text="x", department=Department.SALES)))),
        ("tasks", lambda: desk.tasks.take(box["claim"], (NewTask(
            client_id=box["client"], claim_id=box["claim"], text="y", department=Department.LEGAL,
            origin=TaskOrigin.ITEM, source="C12"),))),
        ("tasks", lambda: desk.tasks.learn(box["client"], (NewTask(
            client_id=box["client"], text="learned", department=Department.FIRM, origin=TaskOrigin.LESSON,
            source="D14/1/2026"),))),
        ("tasks", lambda: desk.tasks.give(box["task"], Department.LEGAL, "王", TODAY)),
        ("tasks", lambda: desk.tasks.finish(box["task"], TaskDone(TODAY, "sent"), TODAY)),
        ("tasks", lambda: desk.tasks.void(box["task"], "not sent")),
        ("insurers", keep("entry", lambda: desk.insurers.add_entry(NewEntry(
            insurer="某保险", kind=EntryKind.SOLVENCY, as_of=DAY, values={"core_pct": "60"}), TODAY))),
        ("insurers", lambda: desk.insurers.void_entry(box["entry"], "of another insurer")),
        ("insurers", keep("quote", lambda: desk.insurers.add_quote(NewQuote(
            client_id=box["client"], insurer="某保险", on=DAY, turnover=Money(Decimal(9), "CNY"),
            figures={"rate_pct": "0.2"})))),
        ("insurers", lambda: desk.insurers.void_quote(box["quote"], "another client's")),
        ("library", keep("outlook", lambda: desk.library.add_outlook(NewOutlook(
            about=About.COUNTRY, subject="cn", title="lowered", source="A", as_of=DAY, move=Move.DOWN, rating="B"),
            TODAY))),
        ("library", lambda: desk.library.void_outlook(box["outlook"], "of another country")),
        ("credit", keep("sheet", lambda: desk.credit.add_statement(
            _buyer(desk, box), Sheet(period_end=date(2024, 12, 31), values={"sales": Decimal(9)})))),
        ("credit", lambda: desk.credit.void_statement(box["sheet"], "another company's")),
        ("credit", keep("grade", lambda: desk.credit.add_grade(NewGrade(
            buyer_id=_buyer(desk, box), giver="D&B", scheme="PAYDEX", value="71",
            direction=Direction.HIGH_GOOD, as_of=TODAY), TODAY))),
        ("credit", lambda: desk.credit.void_grade(box["grade"], "of last year")),
        ("credit", keep("fact", lambda: desk.credit.add_fact(
            NewFact(buyer_id=_buyer(desk, box), kind=FactKind.SUED, on=DAY), TODAY))),
        ("credit", lambda: desk.credit.end_fact(box["fact"], TODAY, TODAY)),
        ("credit", lambda: desk.credit.void_fact(box["fact"], "of a namesake")),
        ("credit", keep("listed", lambda: desk.credit.add_fact(
            NewFact(buyer_id=_buyer(desk, box), kind=FactKind.DISHONEST, on=DAY), TODAY))),
        ("credit", keep("answered", lambda: desk.credit.answer_warning(NewAnswer(
            buyer_id=_buyer(desk, box), code="W08", answer=Answer.STOP, on=TODAY, reason="listed"), TODAY))),
        ("credit", lambda: desk.credit.void_answer(box["answered"], "taken off the list")),
        ("credit", keep("call", lambda: desk.credit.add_contact(NewContact(
            buyer_id=_buyer(desk, box), way=ContactWay.CALL, on=DAY, said="pays", promised_on=DAY), TODAY))),
        ("credit", lambda: desk.credit.settle_promise(box["call"], Promise.BROKEN, TODAY, TODAY)),
        ("credit", lambda: desk.credit.void_contact(box["call"], "another buyer's")),
        ("credit", keep("score", lambda: desk.credit.keep_score(_buyer(desk, box), TODAY, TODAY))),
        ("credit", lambda: desk.credit.void_score(box["score"], "too early")),
        ("credit", lambda: desk.credit.authorize(box["client"], Authority(
            amount=Money(Decimal(5), "CNY"), approver="总经理", since=DAY))),
        ("credit", keep("rules", lambda: desk.credit.keep_rules(box["client"], CreditRules(
            since=DAY, currency="CNY", levels=(Level("销售", Decimal(5)), Level("总经理")), review_months={"-": 1})))),
        ("credit", lambda: desk.credit.void_rules(box["rules"], "not signed")),
        ("credit", keep("decided", lambda: desk.credit.decide(NewDecision(
            buyer_id=_buyer(desk, box), verdict=CreditVerdict.INSURE, on=TODAY, reason="x",
            amount=Money(Decimal(9), "CNY")), TODAY))),
        ("credit", lambda: desk.credit.approve(box["decided"], "王", TODAY, TODAY)),
        ("credit", lambda: desk.credit.void_decision(box["decided"], "x")),
        ("insurers", keep("letter", lambda: desk.insurers.add_contact(NewPartyContact(
            kind=PartyKind.INSURER, party="A", way=ContactWay.MAIL, course=Course.OUT, on=DAY, said="asked",
            client_id=box["client"], buyer_id=_buyer(desk, box), follow_on=TODAY), TODAY))),
        ("insurers", lambda: desk.insurers.answer_contact(box["letter"], TODAY, "it comes", TODAY)),
        ("insurers", lambda: desk.insurers.void_contact(box["letter"], "another insurer's")),
        ("reviews", lambda: desk.reviews.record(box["client"], DAY, TODAY)),
        ("trips", lambda: desk.trips.take_out(desk.path.with_name("out.creditdesk"), [box["client"]], AWAY)),
        ("trips", lambda: desk.trips.give_up(desk.trips.out()[0].id, "the laptop was stolen")),
        ("upkeep", lambda: desk.upkeep.set({"firm_name": "x"})),
        ("upkeep", lambda: desk.upkeep.set({"firm_name": "x", SECOND_PLACE: str(desk.path.parent)})),
        ("upkeep", lambda: desk.upkeep.found_sound(TODAY)),
        ("upkeep", lambda: desk.upkeep.set({LETTER_PATTERN: "{year}-{client}-{n:03}"})),
        ("letter_numbers", keep("letter", lambda: desk.letter_numbers.give(box["client"], TODAY, "催款函", "A"))),
        ("letter_numbers", lambda: desk.letter_numbers.undo(box["letter"], "not sent")),
        ("backups", lambda: desk.backups.make("on-close")),
        ("backups", lambda: desk.backups.looked(TODAY, 0)),
        ("backups", desk.backups.put_off),
        ("policies", keep("odd", lambda: office.policy(box["client"], number="P-X"))),
        ("policies", lambda: desk.policies.void(box["odd"], "another client's")),
        ("clients", keep("nobody", lambda: desk.clients.add(ClientCard(name="无")))),
        ("clients", lambda: desk.clients.void(box["nobody"], "typed twice")),
    ]  # fmt: skip


def _agree(desk: Desk, box: Box, words: str) -> None:
    buyer = BuyerId(_buyer(desk, box))
    card = desk.buyers.file(buyer).card
    desk.buyers.change(buyer, replace(card, term=words, term_dates=True))


def _claimed(desk: Desk, box: Box) -> str:
    return desk.claims.file(box["claim"], TODAY).invoices[0].number


def _asked(desk: Desk, box: Box) -> LimitRequestDraft:
    draft = desk.policies.request_draft(
        box["policy"], _buyer(desk, box), RequestKind.INCREASE, TODAY
    )
    return replace(draft, amount=Money(Decimal(700), "CNY"))


def _line(desk: Desk, box: Box, state: LineState = LineState.OPEN) -> LineId:
    found = desk.ledger.bank_lines(box["client"])
    return next(each.id for each in found if each.state is state)


def _billed(desk: Desk, box: Box) -> int:
    items = desk.ledger.open_items(box["client"])
    return next(each.id for each in items if each.number == "B1")


def _item(desk: Desk, box: Box) -> int:
    items = desk.ledger.open_items(box["client"])
    return next(each.id for each in items if each.number == "INV1")


def _done_by_hand(desk: Desk) -> tuple[DutyId, ...]:
    done = (each for each in desk.watch.duties_of() if each.state == "done")
    return next(each for each in done if each.code != OVERDUE_NOTICE).ids


def _invoice(desk: Desk, box: Box, number: str) -> int:
    asked = InvoiceQuestion(client_id=box["client"], text=number)
    return desk.ledger.invoice_ids(asked)[0]


def _buyer(desk: Desk, box: Box) -> int:
    return desk.buyers.named(box["client"], "1")


def _changing(service: type) -> set[str]:
    """The public methods of a service that write, themselves or by another of its methods."""
    bodies = {
        name: ast.unparse(ast.parse(textwrap.dedent(inspect.getsource(method))))
        for name, method in inspect.getmembers(service, inspect.isfunction)
    }
    found = {name for name, body in bodies.items() if "_db.write(" in body}
    for _ in bodies:
        found |= {
            name
            for name, body in bodies.items()
            if any(f"self.{each}(" in body for each in found)
        }
    return {name for name in found if not name.startswith("_")}


PIPELINE = {"follow", "move_to", "moved_to"}
"""What the desk itself calls when facts were written or a day begins."""


def test_every_public_change_is_followed_by_what_follows_from_it(
    office: Office, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: set[tuple[str, str]] = set()
    services = {name: type(getattr(desk, name)) for name in Desk.__annotations__}
    assert len(services) == 20
    changing = {
        (kind, method)
        for kind in services.values()
        for method in _changing(kind) - PIPELINE
    }

    def noting(kind: type, method: str) -> Act:
        real = getattr(kind, method)

        def noted(*given: object, **named: object) -> object:
            called.add((kind.__name__, method))
            return real(*given, **named)

        return noted

    for kind, method in changing:
        monkeypatch.setattr(kind, method, noting(kind, method))
    for service, act in _everything(office, desk):
        act()
        assert desk.recount(TODAY) == 0, service
    never = {(kind.__name__, method) for kind, method in changing} - called
    assert never == set(), (
        f"public changes without a case in _everything: {sorted(never)}"
    )
    assert desk.check().ok


def test_every_service_writes_only_the_tables_it_owns(
    office: Office, desk: Desk
) -> None:
    written: dict[str, set[str]] = {}
    for service, act in _everything(office, desk):
        told: list[frozenset[str]] = []
        disconnect = desk.changed.connect(told.append)
        act()
        disconnect()
        assert len(told) == 1, service
        written.setdefault(service, set()).update(*told)
    for service, tables in written.items():
        owned = {table for table, by in OWNERS.items() if service in by.split()}
        assert tables - FOLLOWS <= owned, service
    assert set().union(*written.values()) == set(OWNERS)
    assert set(OWNERS) == {table.name for table in Base.metadata.sorted_tables}
    assert said(desk) == []


def test_everything_that_can_be_done_away_comes_back_as_if_it_had_been_done_here(
    office: Office, desk: Desk, facts: Facts, away_of: AwayOf, other_desk: Desk
) -> None:
    client = office.client("砾石湾五金制品有限公司")
    away = away_of(desk, client, who="tester")
    for service, act in _everything(type(office)(away), away):
        if service != "trips":  # nobody leaves a desk that is away itself
            act()
    found = desk.bring_back(away.path, AWAY)
    assert found.conflicts == ()
    assert said(desk) == []
    assert desk.check().ok
    there = type(office)(other_desk)
    there.client("砾石湾五金制品有限公司")
    for _, act in _everything(there, other_desk):
        act()
    mine, theirs = facts(desk, "journal_entry"), facts(other_desk, "journal_entry")
    assert mine.keys() == theirs.keys()
    for table in mine:
        assert mine[table] == theirs[table], table
    assert desk.bring_back(away.path, AWAY).already
    assert facts(desk, "journal_entry") == mine


def test_a_year_of_odd_cents_stays_sound_through_take_ins_and_undos(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    for month in range(1, 7):
        day = date(2025, month, 1)
        amounts = [Decimal(100 + month * 7 + place) / 3 for place in range(20)]
        desk.ledger.take_in(
            client,
            office.draft(
                *(
                    office.invoice(
                        f"N{place}", day.isoformat(), (day + timedelta(days=place)).isoformat(),
                        f"{amount:.2f}", buyer=f"B{place % 3}",
                    )
                    for place, amount in enumerate(amounts)
                ),
                *(
                    office.paid(f"P{month}-{place}", day.isoformat(), f"{amount / 2:.2f}", buyer=f"B{place % 3}")
                    for place, amount in enumerate(amounts[::4])
                ),
            ),
        )  # fmt: skip
    batches = desk.ledger.batches(client)
    assert len(batches) == 6
    for batch in batches:
        assert said(desk) == []
        desk.ledger.undo(batch.id)
    assert said(desk) == []
    assert desk.upkeep.info().rows["invoice"] == 0
