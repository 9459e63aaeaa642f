"""The term agreed with a buyer: in its file, and dating documents only where a person said so. rules.md 14.1."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from creditdesk.domain.ledger.documents import DueBy
from creditdesk.services.buyers import BuyerId, BuyerTermUnclear, BuyerTermUnusable
from creditdesk.services.clients import ClientCard
from creditdesk.services.ledger import InvoiceQuestion
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
BUYER = "宁波海澜贸易有限公司"
EOM = "月结60天"


@pytest.fixture
def buyer(office: Office, desk: Desk) -> BuyerId:
    """N has neither day nor term, T a term of its own, D a due date, E a term nobody has settled."""
    client = office.client()
    desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("N", "2026-05-10", None, "100"),
            replace(office.invoice("T", "2026-05-10", "2026-08-08", "100"), term="90天", due_by=DueBy.TERM),
            office.invoice("D", "2026-05-10", "2026-05-20", "100"),
            replace(office.invoice("E", "2026-05-10", None, "100"), term=EOM),
        ),
    )  # fmt: skip
    return desk.buyers.named(client, BUYER)


def agree(desk: Desk, buyer: BuyerId, words: str, *, dates: bool = True) -> int:
    card = desk.buyers.file(buyer).card
    desk.buyers.change(buyer, replace(card, term=words, term_dates=dates))
    return desk.ledger.date_by_agreed(buyer)


def dues(desk: Desk) -> dict[str, str]:
    ids = desk.ledger.invoice_ids(InvoiceQuestion(sort="number"))
    return {each.number: str(each.due or "") for each in desk.ledger.invoices(ids)}


GIVEN = {"D": "2026-05-20", "E": "", "T": "2026-08-08"}


def test_a_term_in_the_file_alone_dates_nothing(desk: Desk, buyer: BuyerId) -> None:
    assert agree(desk, buyer, "60天", dates=False) == 0
    assert desk.buyers.file(buyer).card.term == "60天"
    assert dues(desk) == {**GIVEN, "N": ""}


def test_it_dates_what_gives_neither_day_nor_term_and_moves_with_it(
    office: Office, desk: Desk, buyer: BuyerId
) -> None:
    """10 May and 60 days; 3 months; and 1 June and 3 months for a file taken in later."""
    assert agree(desk, buyer, "60天") == 1
    assert dues(desk) == {**GIVEN, "N": "2026-07-09"}
    assert agree(desk, buyer, "3个月") == 1
    assert dues(desk) == {**GIVEN, "N": "2026-08-10"}
    client = desk.buyers.file(buyer).client_id
    later = office.invoice("N2", "2026-06-01", None, "5")
    desk.ledger.take_in(client, office.draft(later, name="六月.xlsx"))
    assert dues(desk)["N2"] == "2026-09-01"
    told = desk.ledger.take_in(client, office.draft(later, name="六月.xlsx"))
    assert told.invoices_updated == 0
    assert agree(desk, buyer, "3个月", dates=False) == 2
    assert dues(desk) == {**GIVEN, "N": "", "N2": ""}


def test_a_date_or_term_that_comes_later_goes_before_it(
    office: Office, desk: Desk, buyer: BuyerId
) -> None:
    agree(desk, buyer, "60天")
    client = desk.buyers.file(buyer).client_id
    own = replace(office.invoice("N", "2026-05-10", None, "100"), term=EOM)
    desk.ledger.take_in(client, office.draft(own, name="六月.xlsx"))
    assert dues(desk)["N"] == ""
    dated = office.invoice("N", "2026-05-10", "2026-05-31", "100")
    desk.ledger.take_in(client, office.draft(dated, name="七月.xlsx"))
    assert dues(desk)["N"] == "2026-05-31"
    assert agree(desk, buyer, "30天") == 0


def test_words_with_several_readings_are_asked_once(desk: Desk, buyer: BuyerId) -> None:
    """The month's end and 60 days, as was answered for this wording."""
    with pytest.raises(BuyerTermUnclear, match=EOM) as asked:
        agree(desk, buyer, EOM)
    assert "EOM_PLUS_N_DAYS" in [each.id for each in asked.value.offered]
    client = desk.buyers.file(buyer).client_id
    desk.ledger.settle_terms(client, EOM, "EOM_PLUS_N_DAYS", buyer)
    assert agree(desk, buyer, EOM) == 1
    assert dues(desk)["N"] == "2026-07-30"


def test_the_trace_says_how_a_due_date_is_known(desk: Desk, buyer: BuyerId) -> None:
    agree(desk, buyer, "60天")
    asked = InvoiceQuestion(sort="number")
    lines = desk.ledger.invoices(desk.ledger.invoice_ids(asked))
    told = {each.number: desk.imports.invoice_trace(each.id) for each in lines}
    assert (told["N"].due_by, told["N"].agreed) == (DueBy.AGREED, "60天")
    assert (told["T"].due_by, told["T"].term) == (DueBy.TERM, "90天")


def test_a_list_of_customers_fills_a_card_that_has_no_term(
    office: Office, desk: Desk, buyer: BuyerId
) -> None:
    """It is kept and dates nothing; a term that stands there already stays."""
    client = desk.buyers.file(buyer).client_id
    for told, name in (("45天", "六月.xlsx"), ("90天", "七月.xlsx")):
        row = office.invoice("N", "2026-05-10", None, "100")
        ref = replace(row.buyer, term=told)
        desk.ledger.take_in(client, office.draft(replace(row, buyer=ref), name=name))
    card = desk.buyers.file(buyer).card
    assert (card.term, card.term_dates) == ("45天", False)
    (line,) = (each for each in desk.ledger.open_due_dates(client) if not each.words)
    assert (line.agreed, line.count) == ("45天", 1)
    assert dues(desk)["N"] == ""


PARTS = "30%预付，70%开票后60天"


def test_an_agreed_term_in_parts_splits_what_it_dates(
    office: Office, desk: Desk, buyer: BuyerId
) -> None:
    """100 of 10 May: 30 on the day itself, 70 after 60 days; another term moves the parts."""
    assert agree(desk, buyer, PARTS) == 2
    assert dues(desk) == {**GIVEN, "N": "2026-05-10", "N #2": "2026-07-09"}
    opened = {each.number: each.open.plain for each in desk.ledger.open_items(1)}
    assert (opened["N"], opened["N #2"]) == ("30.00", "70.00")
    later = office.invoice("N2", "2026-06-01", None, "10")
    client = desk.buyers.file(buyer).client_id
    desk.ledger.take_in(client, office.draft(later, name="六月.xlsx"))
    assert (dues(desk)["N2"], dues(desk)["N2 #2"]) == ("2026-06-01", "2026-07-31")
    again = desk.ledger.take_in(client, office.draft(later, name="六月.xlsx"))
    assert (again.invoices_added, again.invoices_updated) == (0, 0)
    assert agree(desk, buyer, "50%预付，50%开票后30天") == 2
    assert (dues(desk)["N #2"], dues(desk)["N2 #2"]) == ("2026-06-09", "2026-07-01")
    assert agree(desk, buyer, PARTS, dates=False) == 4
    assert {dues(desk)[each] for each in ("N", "N #2", "N2", "N2 #2")} == {""}


def test_shares_without_days_are_asked_with_a_number(
    desk: Desk, buyer: BuyerId
) -> None:
    with pytest.raises(BuyerTermUnclear) as asked:
        agree(desk, buyer, "30/70")
    assert [(each.id, each.wants) for each in asked.value.offered] == [
        ("NO_CREDIT|DAYS", (0, 1830))
    ]


def test_parts_that_ask_different_things_are_to_be_written_out(
    desk: Desk, buyer: BuyerId
) -> None:
    with pytest.raises(BuyerTermUnusable, match="60 days from invoice"):
        agree(desk, buyer, "50%月结60天，50%面议")


def test_the_readings_of_an_agreed_term_come_with_days_of_what_they_would_date(
    desk: Desk, buyer: BuyerId
) -> None:
    """N is of 10 May; a client without this buyer is asked by its other invoices, one without any by words alone."""
    client = desk.buyers.file(buyer).client_id
    for number in (buyer, None):
        asked = desk.ledger.agreed_question(client, EOM, number)
        assert asked is not None
        shown = {each.id: dict(each.examples[0].places)["due"] for each in asked.options if each.examples}  # fmt: skip
        assert shown == {
            "END_OF_NEXT_MONTH": date(2026, 7, 31), "EOM_PLUS_N_DAYS": date(2026, 7, 30),
        }  # fmt: skip
    other = desk.clients.add(ClientCard(name="另一企业"))
    bare = desk.ledger.agreed_question(other, EOM)
    assert bare is not None
    assert not any(each.examples for each in bare.options)
    assert desk.ledger.agreed_question(client, "60天", buyer) is None
