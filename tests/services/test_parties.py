"""Clients and buyers: entered, corrected, found by name."""

from typing import Any

import pytest

from creditdesk.db.errors import RecordMissing
from creditdesk.services.buyers import (
    BuyerCard,
    BuyerCodeTaken,
    BuyerId,
    BuyerNameEmpty,
    BuyerUnknown,
)
from creditdesk.services.clients import (
    ClientCard,
    ClientExists,
    ClientId,
    ClientNameEmpty,
    ClientUnknown,
    CurrencyUnknown,
)
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
HOSTILE = [
    "<b>A & B</b>",
    "=cmd()",
    "\"'; DROP TABLE client; --",
    "two\nlines",
    "😀 emoji {name}",
    "%s {0}",
    "长" * 10_000,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_text_whatever_it_says(desk: Desk, name: str) -> None:
    client = desk.clients.add(ClientCard(name=name))
    buyer = desk.buyers.add(client, BuyerCard(name=name, note=name))
    assert desk.clients.named(name) == client
    assert desk.buyers.named(client, name) == buyer
    assert desk.buyers.file(buyer).card.note == name
    assert {found.title for found in desk.buyers.search(name[:20])} <= {name}


def test_a_client_is_known_once(desk: Desk) -> None:
    desk.clients.add(ClientCard(name=" 甲 "))
    other = desk.clients.add(ClientCard(name="乙"))
    with pytest.raises(ClientExists):
        desk.clients.add(ClientCard(name="甲"))
    with pytest.raises(ClientExists):
        desk.clients.change(other, ClientCard(name="甲"))
    desk.clients.change(other, ClientCard(name="乙", contact="王会计"))
    assert [line.contact for line in desk.clients.all()] == ["王会计", ""]


def test_what_is_no_client_is_refused(desk: Desk) -> None:
    with pytest.raises(ClientNameEmpty):
        desk.clients.add(ClientCard(name="  "))
    for currency in ("", "RM", "RMBX", "¥¥¥", "C1Y"):
        with pytest.raises(CurrencyUnknown):
            desk.clients.add(ClientCard(name="甲", currency=currency))
    with pytest.raises(ClientUnknown, match="none yet"):
        desk.clients.named("甲")
    with pytest.raises(RecordMissing):
        desk.clients.change(ClientId(9), ClientCard(name="甲"))


def test_a_code_belongs_to_one_buyer_of_a_client(office: Office, desk: Desk) -> None:
    client, other = office.client("甲"), office.client("乙")
    first = desk.buyers.add(client, BuyerCard(name="A", code="7"))
    second = desk.buyers.add(client, BuyerCard(name="B", code="8"))
    desk.buyers.add(other, BuyerCard(name="A", code="7"))
    with pytest.raises(BuyerCodeTaken):
        desk.buyers.add(client, BuyerCard(name="C", code=" 7 "))
    with pytest.raises(BuyerCodeTaken):
        desk.buyers.change(second, BuyerCard(name="B", code="7"))
    desk.buyers.change(first, BuyerCard(name="A2", code="7"))
    with pytest.raises(BuyerNameEmpty):
        desk.buyers.change(first, BuyerCard(name=" "))
    assert desk.buyers.named(client, "A2") == first


def test_an_unknown_buyer_is_told_with_those_close_to_it(
    office: Office, desk: Desk
) -> None:
    client, _ = office.m1()
    with pytest.raises(BuyerUnknown, match="宁波海澜贸易有限公司"):
        desk.buyers.named(client, "宁波海蓝")
    with pytest.raises(BuyerUnknown, match="nothing"):
        desk.buyers.named(client, "%")
    with pytest.raises(RecordMissing):
        desk.buyers.file(BuyerId(99))


def test_the_search_opens_buyers_clients_policies_claims_and_invoices(
    office: Office, desk: Desk
) -> None:
    office.claim()

    def kinds(asked: str) -> list[str]:
        return [found.kind for found in desk.buyers.search(asked)]

    assert kinds("明达") == ["client"]
    assert set(kinds("nbhl")) == {"buyer", "claim"}
    assert kinds("DT-1") == ["policy"]
    assert kinds("CL-20") == ["claim"]
    assert kinds("INV") == ["invoice"] * 3
    assert kinds("inv1") == ["invoice"]
    for asked in ('"', "a OR", "*", "%", "", "I", "\ud800"):
        kinds(asked)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param("226000", ["INV2 226000.00 26000.00"], id="what was invoiced"),
        pytest.param("26,000.00", ["INV2 226000.00 26000.00"], id="what is open"),
        pytest.param("￥ １１３，０００元", ["INV3 113000.00"], id="as a form writes it"),
        pytest.param("CNY 113000", ["INV3 113000.00"], id="with its currency"),
        pytest.param("113000.5", [], id="another amount"),
        pytest.param("2260000000", [], id="the same digits"),
        pytest.param("22600000", [], id="the same digits of a currency without a minor unit"),
        pytest.param("0226000", [], id="no amount starts so"),
        pytest.param("99999999999999999999999", [], id="more than any ledger has"),
    ],
)  # fmt: skip
def test_a_typed_amount_finds_what_was_invoiced_and_what_is_open(
    office: Office, desk: Desk, asked: str, found: list[str]
) -> None:
    office.m1()
    hits = [hit for hit in desk.buyers.search(asked) if hit.amounts]
    told = [" ".join([str(hit.title), *(each.plain for each in hit.amounts)]) for hit in hits]  # fmt: skip
    assert told == found
    assert {hit.kind for hit in hits} <= {"invoice"}


def test_short_numbers_are_no_amounts_but_what_has_a_point_is(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    short = office.invoice("A1", "2025-01-10", "2025-03-11", "12.5")
    office.desk.ledger.take_in(client, office.draft(short))
    assert [hit.kind for hit in desk.buyers.search("12.5")] == ["invoice"]
    assert desk.buyers.search("12") == ()
