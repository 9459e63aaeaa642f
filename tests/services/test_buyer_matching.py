"""Which buyer a ledger means: by code, tax id, name, and the name as it is compared; all but the code is told."""

from dataclasses import replace
from typing import Any

import pytest

from creditdesk.domain.ledger.documents import BuyerRef, DraftDocument
from creditdesk.i18n import LANGUAGES, words
from creditdesk.services.buyers import BuyerCard
from creditdesk.services.ledger import TakenIn
from creditdesk.services.ledger.identity import Means
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
ONE, OTHER = "9144030071526726XG", "914403001922038216"  # rules.md 11.1
NAME = "海澜贸易有限公司"


def row(office: Office, number: str, ref: BuyerRef) -> DraftDocument:
    made: DraftDocument = office.invoice(number, "2025-01-10", None, "10")
    return replace(made, buyer=ref)


def take(office: Office, desk: Desk, client: int, *refs: BuyerRef) -> TakenIn:
    start = desk.upkeep.info().rows["invoice"]
    rows = [row(office, f"N{start + place}", ref) for place, ref in enumerate(refs)]
    return desk.ledger.take_in(client, office.draft(*rows))


def ref(name: str = "", code: str = "", uscc: str = "") -> BuyerRef:
    return BuyerRef(name=name, code=code, uscc=uscc)


@pytest.mark.parametrize(
    ("there", "told", "by"),
    [
        pytest.param(ref(NAME, "K1"), ref("改名后的公司", "K1"), None, id="code"),
        pytest.param(ref(NAME, uscc=ONE), ref("改名后的公司", uscc=ONE), Means.TAX_ID, id="tax id"),
        pytest.param(ref(NAME, "K1", ONE), ref("简称", uscc="44030071526726X"), Means.TAX_ID, id="old tax number"),
        pytest.param(ref(NAME), ref(NAME), None, id="name"),
        pytest.param(ref(NAME), ref("海澜 贸易有限责任公司"), Means.NORMAL_NAME, id="normal name"),
        pytest.param(ref(NAME), ref("海澜 贸易有限责任公司", "K1"), Means.NORMAL_NAME, id="normal name, first code"),
        pytest.param(ref(NAME, uscc=ONE), ref(NAME, uscc=OTHER), Means.NAME_NOT_TAX_ID, id="name against tax id"),
    ],
)  # fmt: skip
def test_a_known_buyer_is_found_and_told_unless_by_code_or_name(
    office: Office, desk: Desk, there: BuyerRef, told: BuyerRef, by: Means | None
) -> None:
    client = office.client()
    take(office, desk, client, there)
    taken = take(office, desk, client, told)
    assert taken.buyers_added == 0
    assert [each.by for each in taken.joined] == ([] if by is None else [by])
    for language in LANGUAGES:
        for each in taken.about_buyers:
            assert "{" not in words(language).say(each.reason)


@pytest.mark.parametrize(
    ("there", "told"),
    [
        pytest.param(ref(NAME, "K1"), ref(NAME, "K2"), id="two codes"),
        pytest.param(ref(NAME, "K1", ONE), ref(NAME, "K2", ONE), id="two codes, one tax id"),
        pytest.param(ref(NAME, uscc=ONE), ref("海澜 贸易有限公司", uscc=OTHER), id="two tax ids"),
        pytest.param(ref(NAME), ref(f"{NAME}上海分公司"), id="branch"),
        pytest.param(ref(NAME, uscc=ONE), ref(f"{NAME}上海分公司", uscc=ONE), id="branch, one tax id"),
        pytest.param(ref("海澜(上海)公司"), ref("海澜(北京)公司"), id="place in brackets"),
        pytest.param(ref(NAME, "123"), ref(NAME, "00123"), id="leading zeros"),
        pytest.param(ref("甲", uscc="0" * 18), ref("乙", uscc="0" * 18), id="no tax id at all"),
    ],
)  # fmt: skip
def test_companies_stay_apart(
    office: Office, desk: Desk, there: BuyerRef, told: BuyerRef
) -> None:
    client = office.client()
    assert take(office, desk, client, there, told).buyers_added == 2
    assert len(desk.buyers.all(client)) == 2


def test_a_tax_id_told_under_a_known_code_is_kept_until_the_import_is_taken_back(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    take(office, desk, client, ref(NAME, "K1"))
    buyer = desk.buyers.named(client, "K1")
    batch = take(office, desk, client, ref(NAME, "K1", ONE.lower())).batch
    assert desk.buyers.file(buyer).card.uscc == ONE
    assert [hit.id for hit in desk.buyers.search(ONE)] == [buyer]
    assert batch is not None
    desk.ledger.undo(batch)
    assert desk.buyers.file(buyer).card.uscc == ""


def test_a_tax_id_on_the_card_is_never_overwritten(office: Office, desk: Desk) -> None:
    client = office.client()
    buyer = desk.buyers.add(client, BuyerCard(name=NAME, code="K1", uscc=OTHER))
    take(office, desk, client, ref(NAME, "K1", ONE))
    assert desk.buyers.file(buyer).card.uscc == OTHER


def test_two_buyers_of_one_tax_id_are_not_told_by_it(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    take(office, desk, client, ref("甲", "K1", ONE), ref("乙", "K2", ONE))
    assert take(office, desk, client, ref("丙", uscc=ONE)).buyers_added == 1


def test_code_and_tax_id_of_a_new_buyer_may_come_in_a_later_row_of_the_same_file(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    taken = take(office, desk, client, ref(NAME), ref(NAME, "K1"), ref(NAME, "K1", ONE))
    assert taken.buyers_added == 1
    card = desk.buyers.file(desk.buyers.named(client, NAME)).card
    assert (card.code, card.uscc) == ("K1", ONE)
    assert desk.upkeep.check().ok
