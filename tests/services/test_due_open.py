"""Due dates nobody knows: told by wording and buyer, settled by an answer or a date. rules.md 14.1."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.db.errors import RecordMissing
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import DocumentKind, DraftDocument, DueBy
from creditdesk.domain.ledger.naming import part_name
from creditdesk.domain.ledger.term_answers import TermAnswerUnknown
from creditdesk.domain.ledger.terms import PartKind
from creditdesk.services.ledger import (
    DayToCountFromUnknown,
    DueBeforeIssue,
    InvoiceQuestion,
    TermsSettled,
    WordsGiveNoDay,
)
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
EOM = "月结60天"


def open_(office: Office, number: str, issued: str, amount: str = "100", **more: object) -> DraftDocument:  # fmt: skip
    """An invoice without a due date, under a wording that has two readings."""
    buyer = more.pop("buyer", "甲公司")
    made = office.invoice(number, issued, None, amount, buyer=buyer)
    changed: DraftDocument = replace(made, **{"term": EOM, **more})
    return changed


def take(office: Office, client: int, *documents: DraftDocument) -> None:
    office.desk.ledger.take_in(client, office.draft(*documents))


def dues(desk: Desk) -> dict[str, str]:
    ids = desk.ledger.invoice_ids(InvoiceQuestion(sort="number"))
    return {each.number: str(each.due or "") for each in desk.ledger.invoices(ids)}


def ids(desk: Desk) -> Mapping[str, int]:
    found = desk.ledger.invoices(desk.ledger.invoice_ids(InvoiceQuestion()))
    return {each.number: each.id for each in found}


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


@pytest.fixture
def client(office: Office) -> int:
    """May 10 and June 10 of one buyer, May 26 of another; what is paid, or no invoice, waits for nothing."""
    number: int = office.client()
    take(
        office,
        number,
        open_(office, "S1", "2026-05-10"),
        open_(office, "S2", "2026-06-10", "50.5"),
        open_(office, "S3", "2026-05-26", "30", buyer="乙公司"),
        open_(office, "S4", "2026-05-26", "7", buyer="乙公司", term=""),
        office.invoice("S5", "2026-05-26", "2026-06-26", "9", buyer="乙公司"),
        open_(office, "O1", "2026-01-01", "5", kind=DocumentKind.OPENING),
    )
    return number


def test_what_waits_is_told_by_wording_and_buyer(
    desk: Desk, office: Office, client: int
) -> None:
    other = office.client("另一企业")
    take(office, other, open_(office, "T1", "2026-05-10", "1"))
    told = [
        (each.client, each.words, each.buyer, each.count, each.open)
        for each in desk.ledger.open_due_dates()
    ]
    assert told == [
        ("另一企业", EOM, "甲公司", 1, (cny("1"),)),
        ("明达电子有限公司", "", "乙公司", 1, (cny("7"),)),
        ("明达电子有限公司", EOM, "乙公司", 1, (cny("30"),)),
        ("明达电子有限公司", EOM, "甲公司", 2, (cny("150.5"),)),
    ]
    mine = desk.ledger.open_due_dates(client)
    assert {each.client_id for each in mine} == {client}
    assert len(mine) == 3


def test_what_was_paid_waits_for_nothing(
    desk: Desk, office: Office, client: int
) -> None:
    take_paid = office.draft(
        office.paid("P1", "2026-06-30", "30", "S3", buyer="乙公司")
    )
    desk.ledger.take_in(client, take_paid)
    found = desk.ledger.open_due_dates(client)
    assert [(each.words, each.count) for each in found] == [("", 1), (EOM, 2)]


def test_an_answer_gives_every_document_of_the_wording_its_due_date(
    desk: Desk, client: int
) -> None:
    done = desk.ledger.settle_terms(client, EOM, "EOM_PLUS_N_DAYS")
    assert done == TermsSettled(moved=3, left=0, in_parts=0)
    # The end of May and 60 days, the end of June and 60 days; S5 keeps the file's own.
    assert dues(desk) == {
        "O1": "", "S1": "2026-07-30", "S2": "2026-08-29", "S3": "2026-07-30", "S4": "", "S5": "2026-06-26",
    }  # fmt: skip
    assert desk.ledger.answers(client) == {f"terms:{EOM}": "EOM_PLUS_N_DAYS"}
    assert [each.words for each in desk.ledger.open_due_dates(client)] == [""]


def test_an_answer_said_anew_moves_what_it_counted(desk: Desk, client: int) -> None:
    desk.ledger.settle_terms(client, EOM, "EOM_PLUS_N_DAYS")
    done = desk.ledger.settle_terms(client, EOM, "END_OF_NEXT_MONTH")
    assert done.moved == 3
    assert (dues(desk)["S1"], dues(desk)["S2"]) == ("2026-07-31", "2026-08-31")


@pytest.mark.parametrize(
    ("option", "kept"),
    [
        pytest.param("OPEN", {f"terms:{EOM}": "OPEN"}, id="left open"),
        pytest.param("", {}, id="taken back"),
    ],
)
def test_an_answer_that_leaves_it_open_takes_the_counted_dates_back(
    desk: Desk, client: int, option: str, kept: dict[str, str]
) -> None:
    desk.ledger.settle_terms(client, EOM, "EOM_PLUS_N_DAYS")
    done = desk.ledger.settle_terms(client, EOM, option)
    assert done == TermsSettled(moved=3, left=3, in_parts=0)
    assert (dues(desk)["S1"], dues(desk)["S5"]) == ("", "2026-06-26")
    assert desk.ledger.answers(client) == kept


def test_the_answer_for_a_buyer_goes_before_that_for_all(
    desk: Desk, client: int
) -> None:
    buyer = desk.buyers.named(client, "乙公司")
    desk.ledger.settle_terms(client, EOM, "END_OF_NEXT_MONTH", buyer)
    assert (dues(desk)["S1"], dues(desk)["S3"]) == ("", "2026-07-31")
    desk.ledger.settle_terms(client, EOM, "EOM_PLUS_N_DAYS")
    assert (dues(desk)["S1"], dues(desk)["S3"]) == ("2026-07-30", "2026-07-31")
    assert desk.ledger.answers(client) == {
        f"terms:{EOM}@乙公司": "END_OF_NEXT_MONTH",
        f"terms:{EOM}": "EOM_PLUS_N_DAYS",
    }


def test_no_answer_to_these_terms_changes_nothing(desk: Desk, client: int) -> None:
    with pytest.raises(TermAnswerUnknown):
        desk.ledger.settle_terms(client, EOM, "SOMEDAY")
    assert desk.ledger.answers(client) == {}
    assert dues(desk)["S1"] == ""


def test_a_wording_is_asked_with_the_days_it_gives_what_waits(
    desk: Desk, client: int
) -> None:
    asked = desk.ledger.term_question(client, EOM)
    assert asked is not None
    shown = {
        each.id: [dict(example.places)["due"] for example in each.examples]
        for each in asked.options
    }
    assert shown == {
        "END_OF_NEXT_MONTH": [date(2026, 7, 31), date(2026, 7, 31), date(2026, 8, 31)],
        "EOM_PLUS_N_DAYS": [date(2026, 7, 30), date(2026, 7, 30), date(2026, 8, 29)],
        "OPEN": [],
    }
    assert desk.ledger.term_question(client, "") is None


def test_a_document_is_split_into_its_parts_and_known_parts_are_dated(
    desk: Desk, office: Office
) -> None:
    client, words = office.client(), "30/70"
    take(
        office,
        client,
        open_(office, "W1", "2026-05-10", term=words),
        open_(office, "W2", "2026-05-11", "30", term=words, part=1),
        open_(office, "W2", "2026-05-11", "70", term=words, part=2),
    )
    done = desk.ledger.settle_terms(client, words, "NO_CREDIT|DAYS:60")
    assert done == TermsSettled(moved=4, left=0, in_parts=0)
    assert dues(desk) == {
        "W1": "2026-05-10", "W1 #2": "2026-07-09", "W2": "2026-05-11", "W2 #2": "2026-07-10",
    }  # fmt: skip
    assert [each.open for each in desk.ledger.open_items(client)] == [
        cny("30"), cny("30"), cny("70"), cny("70"),
    ]  # fmt: skip


def test_a_retention_falls_due_on_a_day_of_its_own(desk: Desk, office: Office) -> None:
    client = office.client()
    kept = open_(office, "R1", "2026-05-10", "5", part=2, part_kind=PartKind.RETENTION)
    take(office, client, open_(office, "R1", "2026-05-10", "95", part=1), kept)
    done = desk.ledger.settle_terms(client, EOM, "EOM_PLUS_N_DAYS")
    assert done == TermsSettled(moved=1, left=1, in_parts=0)
    assert dues(desk) == {"R1": "2026-07-30", "R1 #2": ""}


def test_a_person_says_when_an_invoice_falls_due(desk: Desk, client: int) -> None:
    desk.ledger.set_due_dates({ids(desk)["S4"]: date(2026, 8, 1)})
    assert dues(desk)["S4"] == "2026-08-01"
    desk.ledger.set_due_dates({ids(desk)["S4"]: None})
    assert dues(desk)["S4"] == ""
    with pytest.raises(DueBeforeIssue):
        desk.ledger.set_due_dates({ids(desk)["S4"]: date(2026, 5, 25)})
    assert client


def test_a_person_says_in_words_what_falls_due_in_parts(
    desk: Desk, client: int
) -> None:
    """S4, 7 of 26 May: 2.10 at once, 4.90 after 30 days; S1 keeps one day; both stay a person's."""
    done = desk.ledger.set_terms([ids(desk)["S4"]], "30%预付，70%开票后30天")
    assert done == TermsSettled(moved=2, left=0, in_parts=0)
    assert (dues(desk)["S4"], dues(desk)["S4 #2"]) == ("2026-05-26", "2026-06-25")
    amounts = {each.number: each.open for each in desk.ledger.open_items(client)}
    assert (amounts["S4"], amounts["S4 #2"]) == (cny("2.1"), cny("4.9"))
    assert desk.ledger.set_terms([ids(desk)["S1"]], "45天").moved == 1
    assert dues(desk)["S1"] == "2026-06-24"
    desk.ledger.settle_terms(client, EOM, "EOM_PLUS_N_DAYS")
    assert dues(desk)["S1"] == "2026-06-24"


def test_words_that_leave_a_day_open_settle_nothing(desk: Desk, client: int) -> None:
    number = ids(desk)["S4"]
    with pytest.raises(WordsGiveNoDay, match="面议"):
        desk.ledger.set_terms([number], "面议")
    with pytest.raises(WordsGiveNoDay):
        desk.ledger.set_terms([number], EOM)
    with pytest.raises(DayToCountFromUnknown, match=r"S4.*delivery"):
        desk.ledger.set_terms([number], "30%预付，70%发货后60天")
    with pytest.raises(RecordMissing):
        desk.ledger.set_terms([ids(desk)["O1"]], "30天")
    assert dues(desk)["S4"] == ""
    desk.ledger.settle_terms(client, EOM, "EOM_PLUS_N_DAYS")
    assert desk.ledger.set_terms([number], EOM).moved == 1
    assert dues(desk)["S4"] == "2026-07-30"


def test_an_answer_leaves_what_a_person_said(desk: Desk, client: int) -> None:
    desk.ledger.set_due_dates({ids(desk)["S1"]: date(2026, 8, 1)})
    assert desk.ledger.settle_terms(client, EOM, "EOM_PLUS_N_DAYS").moved == 2
    assert dues(desk)["S1"] == "2026-08-01"


@pytest.mark.parametrize(
    ("told", "by", "due"),
    [
        pytest.param(None, DueBy.FILE, "2026-08-01", id="a file without a date takes none away"),
        pytest.param("2026-09-09", DueBy.FILE, "2026-09-09", id="a file's own date wins"),
        pytest.param("2026-07-30", DueBy.TERM, "2026-08-01", id="a date counted by the term doesn't"),
    ],
)  # fmt: skip
def test_later_files_and_what_a_person_said(  # noqa: PLR0913, PLR0917 - the case and the fixtures
    desk: Desk, office: Office, client: int, told: str | None, by: DueBy, due: str
) -> None:
    desk.ledger.set_due_dates({ids(desk)["S1"]: date(2026, 8, 1)})
    day = date.fromisoformat(told) if told else None
    take(office, client, open_(office, "S1", "2026-05-10", due=day, due_by=by))
    assert dues(desk)["S1"] == due
    # What was kept is still a person's: an answer to the wording leaves it, as it leaves the file's.
    desk.ledger.settle_terms(client, EOM, "END_OF_NEXT_MONTH")
    assert dues(desk)["S1"] == due


def test_money_goes_to_what_falls_due_first_once_that_is_known(
    desk: Desk, office: Office
) -> None:
    client = office.client()
    take(
        office,
        client,
        open_(office, "A1", "2026-05-10"),
        office.invoice("A2", "2026-05-20", "2026-06-01", "100", buyer="甲公司"),
    )
    free = office.paid("P1", "2026-08-01", "100", "", buyer="甲公司")
    desk.ledger.take_in(client, office.draft(free))
    left = {
        each.number: each.open
        for each in desk.ledger.invoices(desk.ledger.invoice_ids(InvoiceQuestion()))
    }
    assert left == {"A1": cny("0"), "A2": cny("100")}
    desk.ledger.set_due_dates({ids(desk)["A1"]: date(2026, 7, 30)})
    left = {
        each.number: each.open
        for each in desk.ledger.invoices(desk.ledger.invoice_ids(InvoiceQuestion()))
    }
    assert left == {"A1": cny("100"), "A2": cny("0")}
    assert desk.check().ok


def test_papers_say_that_the_day_is_open_and_tell_the_sum(
    desk: Desk, client: int
) -> None:
    buyer = desk.buyers.named(client, "乙公司")
    (account,) = desk.ledger.statement(
        buyer, date(2026, 1, 1), date(2026, 12, 31)
    ).accounts
    open_days = {each.number: each.is_due_open for each in account.entries}
    assert open_days == {"S3": True, "S4": True, "S5": False}
    assert account.ages.due_open == cny("37")
    (owed,) = desk.ledger.confirmation(buyer, date(2026, 12, 31)).accounts
    assert owed.due_open == cny("37")
    assert owed.balance == cny("46")


def test_an_opening_balance_has_no_day_that_could_be_open(
    desk: Desk, client: int
) -> None:
    buyer = desk.buyers.named(client, "甲公司")
    (owed,) = desk.ledger.confirmation(buyer, date(2026, 12, 31)).accounts
    assert {each.number: each.due_open for each in owed.documents} == {
        "O1": False, "S1": True, "S2": True,
    }  # fmt: skip
    assert owed.due_open == cny("150.5")


def test_a_notice_leaves_them_out_and_says_what_is_open_besides(
    desk: Desk, office: Office, client: int
) -> None:
    policy = office.policy(client, start="2026-01-01", end="2026-12-31")
    buyer = desk.buyers.named(client, "乙公司")
    draft = desk.watch.notice_draft(policy, buyer, date(2026, 9, 1))
    assert [each.number for each in draft.invoices] == ["S5"]
    assert draft.due_open == (cny("37"),)
    desk.ledger.settle_terms(client, EOM, "EOM_PLUS_N_DAYS")
    draft = desk.watch.notice_draft(policy, buyer, date(2026, 9, 1))
    assert [each.number for each in draft.invoices] == ["S5", "S3"]
    assert draft.due_open == (cny("7"),)


def test_papers_name_parts_by_the_number_on_the_paper(
    desk: Desk, office: Office
) -> None:
    client = office.client()
    take(
        office,
        client,
        open_(office, "W2", "2026-05-11", "30", due=date(2026, 5, 11), part=1),
        open_(office, "W2", "2026-05-11", "70", due=date(2026, 7, 10), part=2),
    )
    buyer = desk.buyers.named(client, "甲公司")
    (owed,) = desk.ledger.confirmation(buyer, date(2026, 12, 31)).accounts
    names = [part_name("W2", 1, ""), part_name("W2", 2, "")]
    assert [each.name for each in owed.documents] == names
    period = date(2026, 1, 1), date(2026, 12, 31)
    (account,) = desk.ledger.statement(buyer, *period).accounts
    assert [each.name for each in account.entries] == names


def test_the_overdue_ones_hold_none_of_which_nobody_knows(
    desk: Desk, client: int
) -> None:
    late = InvoiceQuestion(client_id=client, overdue_on=date(2026, 12, 31))
    found = desk.ledger.invoices(desk.ledger.invoice_ids(late))
    # The opening balance has no due date and counts from its own.
    assert {each.number for each in found} == {"O1", "S5"}
    assert desk.ledger.invoice_totals(late)["CNY"].open == cny("14")


@pytest.mark.parametrize(
    ("contract", "due"),
    [("发货后30天", "2026-06-11"), ("次月25日", "2026-06-25"), ("3个月", "2026-08-10")],
)
def test_what_the_contract_says_is_answered_in_its_words(
    desk: Desk, office: Office, contract: str, due: str
) -> None:
    client = office.client()
    shipped = date(2026, 5, 12)
    take(office, client, open_(office, "K1", "2026-05-10", term="按合同", shipped=shipped))  # fmt: skip
    desk.ledger.settle_terms(client, "按合同", f"WORDS:{contract}")
    assert dues(desk) == {"K1": due}
    # It holds for later files of the client, too.
    question = desk.ledger.term_question(client, "按合同")
    assert question is not None
    assert question.takes(f"WORDS:{contract}")


@pytest.mark.parametrize("contract", ["月结60天", "另议", ""])
def test_words_that_leave_a_question_answer_none(
    desk: Desk, client: int, contract: str
) -> None:
    with pytest.raises(TermAnswerUnknown):
        desk.ledger.settle_terms(client, "按合同", f"WORDS:{contract}")


def test_a_contract_may_make_parts_of_a_document(desk: Desk, office: Office) -> None:
    client = office.client()
    take(office, client, open_(office, "K1", "2026-05-10", term="按合同", shipped=date(2026, 5, 12)))  # fmt: skip
    desk.ledger.settle_terms(client, "按合同", "WORDS:30%预付，70%发货后60天")
    assert dues(desk) == {"K1": "2026-05-10", "K1 #2": "2026-07-11"}
