"""What a receipt may pay: by number, by amount, by payer; told with reasons, never more than is there."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.payers import Kinship, kinship
from creditdesk.domain.ledger.receipts import (
    BankReceipt,
    KnownBuyer,
    KnownPayment,
    OpenItem,
    ReceiptBooks,
    Suggestion,
    certain_ones,
    suggest,
)

ON = date(2026, 3, 10)
HAILAN = KnownBuyer(
    id=1, name="宁波海澜贸易有限公司", aliases=("Ningbo Hailan Trading Co., Ltd.",)
)
XINGHE = KnownBuyer(id=2, name="深圳星河照明（集团）有限责任公司")


def yuan(amount: str, currency: str = "CNY") -> Money:
    return Money(Decimal(amount), currency)


def item(  # noqa: PLR0913 - what an invoice has
    number: int,
    name: str,
    amount: str,
    due: str = "2026-03-01",
    *,
    buyer: int = 1,
    currency: str = "CNY",
    contract: str = "",
) -> OpenItem:
    return OpenItem(
        id=number,
        buyer=buyer,
        number=name,
        issued=date(2026, 1, 1),
        due=date.fromisoformat(due),
        open=yuan(amount, currency),
        contract=contract,
    )


def receipt(
    amount: str,
    payer: str = HAILAN.name,
    text: str = "",
    *,
    account: str = "",
    currency: str = "CNY",
) -> BankReceipt:
    return BankReceipt(
        on=ON, amount=yuan(amount, currency), payer=payer, account=account, text=text
    )


def asked(
    money: BankReceipt,
    *items: OpenItem,
    buyers: tuple[KnownBuyer, ...] = (HAILAN, XINGHE),
    payments: tuple[KnownPayment, ...] = (),
) -> tuple[Suggestion, ...]:
    return suggest(money, ReceiptBooks(items, buyers, payments))


def set_against(found: Suggestion) -> dict[int, str]:
    return {part.item: part.amount.plain for part in found.parts}


def said(found: Suggestion) -> str:
    return " ".join(reason.text for reason in found.reasons)


@pytest.mark.parametrize(
    ("payer", "name", "related"),
    [
        ("宁波海澜贸易有限公司", "宁波海澜贸易有限公司", Kinship.SAME),
        (
            "深圳星河照明(集团)有限责任公司",
            "深圳星河照明（集团）有限责任公司",
            Kinship.SAME,
        ),
        ("ＡＢＣ　Trading Co., Ltd.", "abc trading co ltd", Kinship.SAME),
        ("宁波海澜贸易有限责任公司", "宁波海澜贸易有限公司", Kinship.FORM),
        ("Hailan Trading Limited", "Hailan Trading Ltd", Kinship.FORM),
        ("宁波海澜贸易有限公司杭州分公司", "宁波海澜贸易有限公司", Kinship.BRANCH),
        ("宁波海澜贸易有限公司", "宁波海澜贸易有限公司杭州分公司", Kinship.BRANCH),
        ("宁波海澜物流有限公司", "宁波海澜贸易有限公司", Kinship.NONE),
        ("宁波海澜贸易有限公司仓库", "宁波海澜贸易有限公司", Kinship.NONE),
        ("宁波海澜物流有限公司杭州分公司", "宁波海澜贸易有限公司", Kinship.NONE),
        ("", "宁波海澜贸易有限公司", Kinship.NONE),
    ],
)
def test_a_payer_is_the_buyer_whatever_the_width_and_the_form_but_a_branch_is_not(
    payer: str, name: str, related: Kinship
) -> None:
    assert kinship(payer, name) is related


def test_one_invoice_of_the_amount_from_the_buyer_itself_is_certain() -> None:
    found = asked(
        receipt("1000"), item(1, "INV-2026-001", "1000"), item(2, "INV-2026-002", "700")
    )
    assert set_against(found[0]) == {1: "1000.00"}
    assert found[0].certain
    assert not found[0].third_party


@pytest.mark.parametrize(
    "text",
    ["货款 INV-2026-002", "付inv2026002款", "INV-2026-001/INV-2026-002余款"],
)
def test_a_text_that_names_an_invoice_decides_between_equal_amounts(text: str) -> None:
    items = (
        item(1, "INV-2026-001", "900"),
        item(2, "INV-2026-002", "1000"),
        item(3, "X-9", "1000"),
    )
    (first, *_) = asked(receipt("1000", text=text), *items)
    assert set_against(first) == {2: "1000.00"}
    assert first.certain


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("I2,I1", {2: "700.00", 1: "300.00"}),
        ("I1、I2", {1: "900.00", 2: "100.00"}),
        ("付 I2/I1 货款", {2: "700.00", 1: "300.00"}),
        ("I3", {3: "50.00"}),
    ],
)
def test_invoices_named_in_a_text_are_paid_in_its_order_and_the_rest_stays(
    text: str, parts: dict[int, str]
) -> None:
    items = (item(1, "I1", "900"), item(2, "I2", "700"), item(3, "I3", "50"))
    (first, *_) = asked(receipt("1000", text=text), *items)
    assert set_against(first) == parts
    assert first.rest == yuan("1000") - Money.total((yuan(each) for each in parts.values()), "CNY")  # fmt: skip


def test_the_last_digits_of_a_long_number_are_enough() -> None:
    (first, *_) = asked(
        receipt("500", text="发票尾号 34567"), item(1, "25332000000012334567", "500")
    )
    assert first.points == 95


def test_a_contract_in_the_text_names_all_its_invoices() -> None:
    items = (
        item(1, "A-100", "400", contract="HT-2025-88"),
        item(2, "A-101", "600", contract="HT-2025-88"),
        item(3, "A-102", "1000"),
    )
    (first, *_) = asked(receipt("1000", text="合同HT-2025-88货款"), *items)
    assert set_against(first) == {1: "400.00", 2: "600.00"}


def test_two_invoices_of_the_same_amount_are_told_and_nothing_is_certain() -> None:
    found = asked(
        receipt("1000"),
        item(1, "INV-2026-001", "1000"),
        item(2, "INV-2026-002", "1000"),
    )
    assert len(found) == 2
    assert all(each.ambiguous and not each.certain for each in found)
    assert "choose" in said(found[0])


def test_all_that_is_due_the_oldest_and_some_others_are_tried_as_sums() -> None:
    items = (
        item(1, "N-0001", "100", "2026-01-01"),
        item(2, "N-0002", "250", "2026-02-01"),
        item(3, "N-0003", "70", "2026-04-01"),
        item(4, "N-0004", "33", "2026-05-01"),
    )
    (due, *_) = asked(receipt("350"), *items)
    assert set_against(due) == {1: "100.00", 2: "250.00"}
    assert due.certain
    (oldest, *_) = asked(receipt("420"), *items)
    assert set_against(oldest) == {1: "100.00", 2: "250.00", 3: "70.00"}
    (some, *_) = asked(receipt("133"), *items)
    assert set_against(some) == {1: "100.00", 4: "33.00"}
    assert not some.certain


def test_a_little_less_than_an_invoice_may_be_bank_charges_and_is_never_certain() -> (
    None
):
    (first, *_) = asked(
        receipt("9980", currency="USD"), item(1, "INV-1001", "10000", currency="USD")
    )
    assert set_against(first) == {1: "9980.00"}
    assert "bank charges" in said(first)
    assert not first.certain
    (other, *_) = asked(receipt("20"), item(1, "INV-1001", "60"))
    assert "bank charges" not in said(other)


def test_what_fits_nothing_goes_to_the_oldest_due_first_and_is_not_certain() -> None:
    items = (
        item(1, "N-0001", "100", "2026-01-01"),
        item(2, "N-0002", "250", "2026-02-01"),
    )
    (first, *_) = asked(receipt("120"), *items)
    assert set_against(first) == {1: "100.00", 2: "20.00"}
    assert not first.certain


def test_a_surplus_stays_apart_and_touches_no_other_invoice() -> None:
    items = (item(1, "INV-2026-001", "100"), item(2, "INV-2026-002", "900"))
    (first, *_) = asked(receipt("150", text="INV-2026-001"), *items)
    assert set_against(first) == {1: "100.00"}
    assert first.rest.plain == "50.00"
    assert not first.certain


def test_a_third_party_that_names_the_invoice_is_flagged() -> None:
    (first, *_) = asked(
        receipt("1000", "张三", "INV-2026-001"), item(1, "INV-2026-001", "1000")
    )
    assert first.third_party
    assert not first.certain
    assert "receiver of the goods" in said(first)


def test_a_branch_of_the_buyer_is_a_third_party() -> None:
    (first, *_) = asked(
        receipt("1000", "宁波海澜贸易有限公司杭州分公司"),
        item(1, "INV-2026-001", "1000"),
    )
    assert first.third_party
    assert first.buyer == 1


def test_who_paid_for_a_buyer_before_is_known_and_still_asked_about() -> None:
    known = KnownBuyer(id=1, name=HAILAN.name, payers=frozenset({"张三"}))
    (first, *_) = asked(
        receipt("77", "张三"), item(1, "INV-2026-001", "1000"), buyers=(known,)
    )
    assert (first.buyer, first.third_party) == (1, True)


def test_an_account_that_paid_before_tells_the_buyer_where_the_bank_names_nobody() -> (
    None
):
    known = KnownBuyer(id=1, name=HAILAN.name, accounts=frozenset({"6217001"}))
    (first, *_) = asked(
        receipt("1000", "", account="6217001"),
        item(1, "INV-2026-001", "1000"),
        buyers=(known,),
    )
    assert first.certain


def test_a_name_in_the_text_stands_for_a_payer_the_statement_does_not_name() -> None:
    (first, *_) = asked(
        receipt("1000", "", "TT NINGBO HAILAN TRADING INV-2026-001"),
        item(1, "INV-2026-001", "1000"),
    )
    assert first.certain


def test_two_currencies_never_meet() -> None:
    (first, *_) = asked(
        receipt("1000", text="INV-2026-001"),
        item(1, "INV-2026-001", "1000", currency="USD"),
    )
    assert first.parts == ()
    assert first.rest.plain == "1000.00"
    assert first.points == 50  # the buyer's name alone
    assert asked(receipt("1000", "张三"), item(1, "A", "1000", currency="USD")) == ()


def test_a_payment_the_ledger_tells_of_already_is_warned_about() -> None:
    (first, *_) = asked(
        receipt("1000"),
        item(1, "INV-2026-001", "1000"),
        payments=(KnownPayment(1, date(2026, 3, 8), yuan("1000.00")),),
    )
    assert not first.certain
    assert "count twice" in said(first)


amounts = st.integers(1, 500_000).map(lambda cents: Decimal(cents) / 100)


@given(
    received=amounts,
    open_=st.lists(amounts, max_size=14),
    text=st.sampled_from(["", "INV-1001", "INV-1002 INV-1003", "货款"]),
    payer=st.sampled_from([HAILAN.name, "", "张三"]),
)
def test_no_suggestion_gives_out_more_than_came_in_or_than_an_invoice_is_open_for(
    received: Decimal, open_: list[Decimal], text: str, payer: str
) -> None:
    items = tuple(
        item(number, f"INV-{1000 + number}", str(amount))
        for number, amount in enumerate(open_, 1)
    )
    by_id = {each.id: each for each in items}
    for found in asked(receipt(str(received), payer, text), *items):
        used = Money.total((part.amount for part in found.parts), "CNY")
        assert used + found.rest == yuan(str(received))
        assert not found.rest.amount < 0
        assert len({part.item for part in found.parts}) == len(found.parts)
        for part in found.parts:
            assert yuan("0") < part.amount <= by_id[part.item].open


OLD = KnownBuyer(
    id=1, name=HAILAN.name, payers=frozenset({"张三"}), accounts=frozenset({"6217001"})
)


@pytest.mark.parametrize(
    ("payer", "account", "text", "points"),
    [
        pytest.param(HAILAN.name, "", "", 85, id="the buyer: 50 + 35"),
        pytest.param("宁波海澜贸易有限责任公司", "", "", 80, id="its form: 45 + 35"),
        pytest.param("", "6217001", "", 85, id="its account: 50 + 35"),
        pytest.param("", "", "宁波海澜贸易有限公司货款", 75, id="in the text: 40 + 35"),
        pytest.param("张三", "", "", 70, id="paid before: 35 + 35"),
        pytest.param("李四", "6217001", "", 70, id="from a known account: 35 + 35"),
        pytest.param("宁波海澜贸易有限公司杭州分公司", "", "", 65, id="a branch: 30 + 35"),
        pytest.param("李四", "", "", 35, id="nobody known: 0 + 35"),
        pytest.param("", "", "", 35, id="nobody named: 0 + 35"),
        pytest.param(HAILAN.name, "", "INV-2026-001", 95, id="names it: 50 + 45"),
        pytest.param("李四", "", "INV-2026-001", 45, id="names it, nobody known: 0 + 45"),
    ],
)  # fmt: skip
def test_points_are_those_of_the_payer_and_of_the_amount(
    payer: str, account: str, text: str, points: int
) -> None:
    (first, *_) = asked(
        receipt("1000", payer, text, account=account),
        item(1, "INV-2026-001", "1000"),
        buyers=(OLD,),
    )
    assert first.points == points
    assert first.confidence == Decimal(points) / 100


@pytest.mark.parametrize(
    ("amount", "text", "points"),
    [
        pytest.param("1250", "", 80, id="all that is due: 50 + 30"),
        pytest.param("1320", "", 80, id="the three oldest: 50 + 30"),
        pytest.param("320", "", 70, id="some: 50 + 20"),
        pytest.param("980", "", 65, id="charges of 2 %: 50 + 15"),
        pytest.param("979.99", "", 50, id="more than 2 %: 50 + 0"),
        pytest.param("600", "N-0001", 75, id="part of what it names: 50 + 25"),
        pytest.param("1100", "N-0001", 75, id="more than what it names: 50 + 25"),
    ],
)
def test_points_of_an_amount(amount: str, text: str, points: int) -> None:
    items = (
        item(1, "N-0001", "1000", "2026-01-01"),
        item(2, "N-0002", "250", "2026-02-01"),
        item(3, "N-0003", "70", "2026-04-01"),
    )
    (first, *_) = asked(receipt(amount, text=text), *items)
    assert first.points == points


@pytest.mark.parametrize(
    ("amount", "open_", "currency", "may_be"),
    [
        ("9950", "10000", "CNY", True),
        ("9949.99", "10000", "CNY", False),
        ("995000", "1000000", "JPY", True),
        ("994999", "1000000", "JPY", False),
    ],
)
def test_charges_are_fifty_at_most_or_five_thousand_where_there_are_no_cents(
    amount: str, open_: str, currency: str, *, may_be: bool
) -> None:
    (first, *_) = asked(
        receipt(amount, currency=currency), item(1, "N-0001", open_, currency=currency)
    )
    assert ("bank charges" in said(first)) is may_be


@pytest.mark.parametrize(
    ("on", "points"),
    [("2026-03-02", 85), ("2026-03-03", 42), ("2026-03-17", 42), ("2026-03-18", 85)],
)
def test_the_same_amount_within_a_week_counts_half(on: str, points: int) -> None:
    told = KnownPayment(buyer=1, on=date.fromisoformat(on), amount=yuan("1000"))
    (first, *_) = asked(
        receipt("1000"), item(1, "INV-2026-001", "1000"), payments=(told,)
    )
    assert (first.points, first.doubled) == (points, points == 42)
    assert first.certain is (points == 85)


def test_of_several_sums_two_are_told() -> None:
    """60 is 50 + 10, 20 + 40 and 20 + 10 + 30."""
    opens = ("50", "20", "10", "40", "30")
    items = [item(n, f"N-000{n}", each, f"2026-01-0{n}") for n, each in enumerate(opens, 1)]  # fmt: skip
    found = asked(receipt("60"), *items)
    assert [set_against(each) for each in found] == [
        {1: "50.00", 3: "10.00"},
        {2: "20.00", 4: "40.00"},
    ]


def test_charges_are_looked_for_on_every_invoice() -> None:
    items = (item(1, "N-0001", "100"), item(2, "N-0002", "1000"))
    (first, *_) = asked(receipt("990"), *items)
    assert set_against(first) == {2: "990.00"}


@pytest.mark.parametrize(
    ("digits", "named"),
    [
        pytest.param("4567", False, id="four are too few"),
        pytest.param("34567", True, id="five"),
        pytest.param("012334567", True, id="nine"),
        pytest.param("0012334567", False, id="ten are another number"),
        pytest.param("25332000000012334567", True, id="the whole number"),
    ],
)
def test_five_to_nine_last_digits_name_an_invoice(digits: str, *, named: bool) -> None:
    (first, *_) = asked(receipt("500", text=digits), item(1, "25332000000012334567", "500"))  # fmt: skip
    assert first.points == (95 if named else 85)


@pytest.mark.parametrize(
    ("number", "named"),
    [("A1", True), ("A12", True), ("12", False), ("123", False), ("1234", True)],
)
def test_a_short_number_names_an_invoice_only_with_a_letter(
    number: str, *, named: bool
) -> None:
    (first, *_) = asked(receipt("500", text=number), item(1, number, "500"))
    assert first.points == (95 if named else 85)


@pytest.mark.parametrize(
    ("names", "text", "found"),
    [
        pytest.param(("华为", "海尔集"), "货款 海尔集", {2}, id="after a shorter one"),
        pytest.param(("海尔集", "华为"), "货款 华为", set(), id="two signs say nothing at the end"),
        pytest.param(("海尔集", "华为"), "华为 货款", set(), id="two signs say nothing at the start"),
    ],
)  # fmt: skip
def test_a_text_names_whom_it_carries_if_the_name_is_long_enough(
    names: tuple[str, ...], text: str, found: set[int]
) -> None:
    known = [KnownBuyer(id=at, name=name) for at, name in enumerate(names, 1)]
    books = ReceiptBooks((), known)
    assert books.may_have_paid(receipt("1000", payer="", text=text)) == found


def test_of_several_suggestions_the_first_one_is_certain() -> None:
    line = 1
    (sure,) = asked(receipt("1000"), item(1, "INV-1001", "1000"))
    other = replace(sure, points=1)
    assert certain_ones({line: (sure, other)}) == {line: sure}


def test_a_number_of_letters_alone_is_a_word_and_names_nothing() -> None:
    """Nobody known, the amount of one: 0 + 35; named it would be 45."""
    (first, *_) = asked(
        receipt("1000", "李四", "RETENTION"),
        item(1, "RETENTION", "1000"),
        buyers=(OLD,),
    )
    assert first.points == 35
