"""Buyers that belong together: of one group, named as related, led by one person."""

from typing import Any

from creditdesk.domain.claim.forms import Of, Owner
from creditdesk.i18n import words
from creditdesk.services.buyers import BuyerCard
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import


def told(desk: Desk, buyer: int) -> dict[str, list[str]]:
    english = words("en")
    return {each.name: [english.say(why) for why in each.why] for each in desk.buyers.relatives(buyer)}  # fmt: skip


def entered(desk: Desk, buyer: int, key: str, value: str) -> None:
    desk.particulars.set(Owner(of=Of.BUYER, id=buyer), f"buyer.{key}", value)


def test_group_names_and_leaders_relate_buyers_of_one_client(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    other = office.client("别家有限公司")
    buyers = {}
    for name in (
        "甲贸易有限公司",
        "乙贸易有限公司",
        "丙贸易有限公司",
        "丁贸易有限公司",
    ):
        buyers[name[0]] = desk.buyers.add(client, BuyerCard(name=name))
    foreign = desk.buyers.add(other, BuyerCard(name="戊贸易有限公司"))
    assert told(desk, buyers["甲"]) == {}
    for buyer in (buyers["甲"], buyers["乙"], foreign):
        entered(desk, buyer, "group", "海澜 集团")
    entered(desk, buyers["乙"], "group", "海澜集团")
    entered(desk, buyers["甲"], "related", "丙贸易有限公司\n没有的公司\n戊贸易有限公司")
    entered(desk, buyers["丁"], "related", "甲贸易有限公司")
    entered(desk, buyers["乙"], "legal_representative", "示例人")
    entered(desk, buyers["甲"], "legal_representative", "示例人")
    assert told(desk, buyers["甲"]) == {
        "乙贸易有限公司": ["group 海澜集团", "legal representative 示例人"],
        "丙贸易有限公司": ["named as related"],
        "丁贸易有限公司": ["names this buyer as related"],
    }
    assert told(desk, buyers["丙"]) == {"甲贸易有限公司": ["names this buyer as related"]}  # fmt: skip
    entered(desk, buyers["甲"], "group", "")
    assert told(desk, buyers["甲"])["乙贸易有限公司"] == ["legal representative 示例人"]
    assert told(desk, foreign) == {}


def test_a_merged_buyer_is_no_relative_and_what_is_known_of_it_counts_for_the_other(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    names = ("甲贸易有限公司", "乙贸易有限公司", "丙贸易有限公司")
    keep, gone, third = (desk.buyers.add(client, BuyerCard(name=each, code=each[0])) for each in names)  # fmt: skip
    for buyer in (keep, gone):
        entered(desk, buyer, "group", "海澜集团")
    entered(desk, gone, "related", "丙贸易有限公司")
    entered(desk, third, "related", "乙贸易有限公司")
    assert set(told(desk, keep)) == {"乙贸易有限公司"}
    desk.buyers.merge(keep, gone)
    assert told(desk, keep) == {"丙贸易有限公司": ["named as related"]}
    assert told(desk, third) == {"甲贸易有限公司": ["named as related"]}
