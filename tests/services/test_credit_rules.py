"""A client's own credit rules: who approves what, departures with who allowed them, reviews as duties, the paper."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from creditdesk.db.errors import VoidAlready
from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.contacts import Direction
from creditdesk.domain.credit.credit_rules import (
    UNGRADED,
    CreditRules,
    Departure,
    DepartureUnallowed,
    Level,
    LevelMissing,
    LevelsOdd,
    RhythmWrong,
    approver,
    review_due,
)
from creditdesk.domain.credit.deciding import CreditVerdict
from creditdesk.reports import credit_rules
from creditdesk.services.buyers import BuyerId
from creditdesk.services.credit import Authority, DecisionLine, NewDecision, NewGrade
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 9, 10)
BUYER = "宁波海澜贸易有限公司"
RULES = CreditRules(
    since=date(2025, 1, 1),
    currency="CNY",
    levels=(
        Level("销售经理", Decimal(100000), 60),
        Level("总经理", Decimal(500000), 90),
    ),
    report_from=Decimal(300000),
    report_months=6,
    review_months={"B": 12, UNGRADED: 6},
)


@pytest.fixture
def buyer(office: Office, desk: Desk) -> BuyerId:
    client = office.client()
    desk.ledger.take_in(
        client, office.draft(office.invoice("A", "2025-08-01", "2025-09-30", "100000"))
    )
    office.policy(client)
    desk.move_to(TODAY)
    desk.credit.keep_rules(client, RULES)
    return desk.buyers.named(client, BUYER)


def decided(desk: Desk, buyer: BuyerId, amount: int, **more: Any) -> DecisionLine:  # noqa: ANN401 - of a decision
    new = NewDecision(
        buyer_id=buyer, verdict=CreditVerdict.INSURE, on=TODAY, reason="x",
        amount=Money(Decimal(amount), "CNY"), **more,
    )  # fmt: skip
    number = desk.credit.decide(new, TODAY)
    return next(each for each in desk.credit.decisions(buyer) if each.id == number)


@pytest.mark.parametrize(
    ("amount", "days", "who"),
    [
        pytest.param(100000, 60, "", id="the first level alone"),
        pytest.param(100001, 60, "总经理", id="more money"),
        pytest.param(100000, 61, "总经理", id="a longer term"),
        pytest.param(500001, None, "总经理", id="beyond all"),
    ],
)
def test_the_level_that_reaches_so_far_approves(
    amount: int, days: int | None, who: str
) -> None:
    assert approver(RULES, Decimal(amount), days) == who


def test_a_decision_waits_for_the_level_its_amount_or_term_needs(
    desk: Desk, buyer: BuyerId
) -> None:
    assert not decided(desk, buyer, 90000, term_days=60).waits
    line = decided(desk, buyer, 90000, term_days=60)
    assert line.departures == ()
    assert decided(desk, buyer, 200000).approver == "总经理"


def test_a_departure_is_refused_until_somebody_allows_it_and_kept_with_who_did(
    desk: Desk, buyer: BuyerId
) -> None:
    with pytest.raises(DepartureUnallowed):
        decided(desk, buyer, 600000, term_days=91)
    line = decided(desk, buyer, 600000, term_days=91, allowed_by="董事会")
    assert line.departures == (
        Departure.ABOVE_ALL,
        Departure.NO_REPORT,
        Departure.OVER_STATUTORY,
    )
    assert line.allowed_by == "董事会"


def test_a_rating_on_file_that_is_young_enough_is_enough(
    desk: Desk, buyer: BuyerId
) -> None:
    with pytest.raises(DepartureUnallowed):
        decided(desk, buyer, 300000)
    rating = NewGrade(
        buyer_id=buyer,
        giver="某征信",
        scheme="x",
        value="1",
        direction=Direction.HIGH_GOOD,
        as_of=date(2025, 3, 9),
    )
    desk.credit.add_grade(rating, TODAY)
    with pytest.raises(DepartureUnallowed):
        decided(desk, buyer, 300000)
    desk.credit.add_grade(replace(rating, as_of=date(2025, 3, 10)), TODAY)
    assert decided(desk, buyer, 300000).departures == ()


def test_no_credit_at_all_departs_from_nothing(desk: Desk, buyer: BuyerId) -> None:
    refused = NewDecision(
        buyer_id=buyer,
        verdict=CreditVerdict.REFUSE,
        on=TODAY,
        reason="x",
        term_days=400,
    )
    desk.credit.decide(refused, TODAY)
    assert desk.credit.decisions(buyer)[0].departures == ()


def test_the_review_is_a_duty_and_a_new_score_moves_it(
    desk: Desk, buyer: BuyerId
) -> None:
    (duty,) = [
        each
        for each in desk.watch.duties_of(buyer_id=buyer)
        if each.code == "B06" and each.state == "open"
    ]
    assert duty.legal <= date(2025, 7, 1)
    desk.credit.keep_score(buyer, TODAY, TODAY)
    (duty,) = [
        each
        for each in desk.watch.duties_of(buyer_id=buyer)
        if each.code == "B06" and each.state == "open"
    ]
    assert duty.anchor_on == date(2026, 3, 10)


@pytest.mark.parametrize(
    ("last", "grade", "due"),
    [
        pytest.param(date(2025, 8, 31), "B", date(2026, 8, 31), id="by its grade"),
        pytest.param(None, None, date(2025, 7, 1), id="never scored"),
        pytest.param(date(2025, 8, 31), "A", None, id="a grade without rhythm"),
    ],
)
def test_reviews_count_from_the_last_score(
    last: date | None, grade: str | None, due: date | None
) -> None:
    assert review_due(RULES, last, grade) == due


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"levels": ()}, LevelMissing),
        ({"levels": (Level(" ", Decimal(1)),)}, LevelMissing),
        ({"levels": (Level("a", Decimal(2)), Level("b", Decimal(2)))}, LevelsOdd),
        ({"levels": (Level("a"), Level("b", Decimal(2)))}, LevelsOdd),
        ({"review_months": {"Q": 1}}, RhythmWrong),
        ({"review_months": {"B": 61}}, RhythmWrong),
    ],
)
def test_rules_nobody_could_follow_are_refused(
    desk: Desk, buyer: BuyerId, change: dict[str, Any], error: type[Exception]
) -> None:
    client = desk.buyers.file(buyer).client_id
    with pytest.raises(error):
        desk.credit.keep_rules(client, replace(RULES, **change))
    assert desk.credit.credit_rules(client, TODAY) == RULES


def test_before_their_day_there_are_none(desk: Desk, buyer: BuyerId) -> None:
    assert (
        desk.credit.credit_rules(desk.buyers.file(buyer).client_id, date(2024, 12, 31))
        is None
    )


def test_they_are_printed_as_the_clients_own(tmp_path: Path) -> None:
    out = tmp_path / "x.pdf"
    credit_rules.write("明达电子有限公司", RULES, TODAY, out, "zh")
    with pypdfium2.PdfDocument(out) as pdf:
        text = "".join(
            "".join(page.get_textpage().get_text_bounded() for page in pdf).split()
        )
    for words in (
        "信用管理制度",
        "销售经理",
        "100,000.00",
        "总经理",
        "90",
        "300,000.00",
        "60天",
        "12个月",
    ):
        assert words in text, words


def test_rules_kept_by_mistake_are_voided_and_those_before_hold_again(
    desk: Desk, buyer: BuyerId
) -> None:
    client = desk.buyers.file(buyer).client_id
    wrong = replace(
        RULES, since=date(2025, 9, 1), levels=(Level("王经理"),), report_from=None
    )
    number = desk.credit.keep_rules(client, wrong)
    assert decided(desk, buyer, 900000).approver == ""
    desk.credit.void_rules(number, "not signed")
    assert desk.credit.credit_rules(client, TODAY) == RULES
    newest, oldest = desk.credit.credit_rules_history(client)
    assert newest.voided is not None
    assert (newest.voided.why, newest.rules.since) == ("not signed", date(2025, 9, 1))
    assert (oldest.voided, oldest.rules) == (None, RULES)
    with pytest.raises(VoidAlready):
        desk.credit.void_rules(number, "again")


def test_what_is_decided_alone_is_said_by_the_rules_where_there_are_any(
    desk: Desk, buyer: BuyerId
) -> None:
    client = desk.buyers.file(buyer).client_id
    plain = Authority(amount=Money(Decimal(7), "CNY"), approver="店长", since=TODAY)
    desk.credit.authorize(client, plain)
    found = desk.credit.authority(client, TODAY)
    assert found is not None
    assert (found.amount, found.approver) == (Money(Decimal(100000), "CNY"), "总经理")
    desk.credit.keep_rules(
        client, replace(RULES, since=TODAY, levels=(Level("王经理"),))
    )
    assert desk.credit.authority(client, TODAY) is None
    for line in desk.credit.credit_rules_history(client):
        desk.credit.void_rules(line.id, "not signed")
    assert desk.credit.authority(client, TODAY) == plain
