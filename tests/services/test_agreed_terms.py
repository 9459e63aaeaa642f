"""The term agreed with a buyer: in its file, and dating documents only where a person said so. rules.md 14.1."""

from dataclasses import replace
from typing import Any

import pytest

from creditdesk.domain.ledger.documents import DueBy
from creditdesk.services.buyers import BuyerId, BuyerTermUnclear
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
