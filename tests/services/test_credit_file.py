"""The credit file: the worked buyer of rules.md 6.3 and 6.4 on a desk, its history, decisions, answers and duties."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from creditdesk.db.errors import RecordMissing, VoidReasonMissing
from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.answers import Answer
from creditdesk.domain.credit.contacts import ContactWay, Direction, Promise
from creditdesk.domain.credit.deciding import CreditVerdict, changes
from creditdesk.domain.credit.facts import FactKind, FactValueWrong
from creditdesk.domain.credit.ratios import ZModel
from creditdesk.domain.credit.scorecard import Group, fixed
from creditdesk.domain.credit.sheets import Sheet
from creditdesk.i18n import words
from creditdesk.services.buyers import BuyerCard
from creditdesk.services.credit import (
    AnswerReasonMissing,
    ApprovedAlready,
    Authority,
    DecisionAmountMissing,
    DecisionReasonMissing,
    DecisionTermsMissing,
    FactEndsBefore,
    GradeMissing,
    KeptInFuture,
    MonthsWrong,
    NewAnswer,
    NewContact,
    NewDecision,
    NewFact,
    NewGrade,
    NoPromise,
    PromiseDayMissing,
    RowUnknown,
    SaidMissing,
    StatementEmpty,
    StatementTwice,
    ToldHowMissing,
    WarningNotThere,
    WatchDayMissing,
)
from creditdesk.services.policies import Verdict
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 9, 10)
BUYER = "宁波海澜贸易有限公司"
YEAR = date(2024, 12, 31)
VECTOR = {
    "total_assets": 2000, "current_assets": 1200, "current_liabilities": 800, "surplus_reserve": 100,
    "undistributed_profit": 200, "profit_before_tax": 120, "interest": 40, "equity": 700, "total_liabilities": 1300,
    "sales": 3000, "inventory": 400, "prepayments": 80, "net_profit": 90, "operating_cash_flow": 50,
}  # fmt: skip
"""The figures of rules.md 6.1: EBIT 160 = 120 + 40, retained earnings 300 = 100 + 200."""
OTHER = VECTOR | {
    "total_assets": 2000000, "current_assets": 1200000, "current_liabilities": 800000, "surplus_reserve": 300000,
    "undistributed_profit": 0, "profit_before_tax": 120000, "interest": 40000, "equity": 830000,
    "intangible_assets": 30000, "total_liabilities": 1170000, "sales": 6000000, "inventory": 400000,
    "prepayments": 80000, "net_profit": 180000,
}  # fmt: skip
"""Tangible net worth 800,000 and turnover of 6 million (rules.md 6.4)."""
KNOWN = (
    (FactKind.BUSINESS, date(2017, 6, 1), "maker"),
    (FactKind.FOUNDED, date(2017, 6, 1), ""),
    (FactKind.REGISTER_CLEAN, date(2025, 8, 1), "国家企业信用信息公示系统"),
    (FactKind.SECTOR_OUTLOOK, date(2025, 1, 1), "medium"),
    (FactKind.POSITION, date(2025, 1, 1), "mid"),
    (FactKind.TRADING_SINCE, date(2021, 6, 1), ""),
    (FactKind.PAPERS, date(2025, 1, 1), "2"),
    (FactKind.BALANCE_SENT, date(2025, 7, 1), ""),
    (FactKind.BALANCE_ANSWERED, date(2025, 7, 16), ""),
)


def sheet(values: dict[str, int], unit: int = 1, **given: Any) -> Sheet:  # noqa: ANN401 - whatever a sheet has
    figures = {key: Decimal(value) for key, value in values.items()}
    return Sheet(**{"period_end": YEAR, "unit": unit, "values": figures, **given})


def worked(office: Office, desk: Desk) -> tuple[int, int]:
    """Twelve invoices of 113,000, 60 days: ten fell due, of which 8 were paid 11 to 14 days late and one 42, one is
    open for 12 days. 150 days of ten equal amounts: DBT 15; the last three months (14 + 14 + 12) ÷ 3."""
    client = office.client()
    late = {9: 11, 10: 11, 11: 12, 12: 12, 1: 11, 2: 42, 3: 11, 4: 14, 5: 14}
    items = []
    for month, days in late.items():
        issued = date(2024 if month > 8 else 2025, month, 15)
        due = issued + timedelta(days=60)
        paid = due + timedelta(days=days)
        items += [
            office.invoice(f"I{month}", issued.isoformat(), due.isoformat(), "113000"),
            office.paid(f"P{month}", paid.isoformat(), "113000", f"I{month}"),
        ]
    for number, issued in (("O", date(2025, 6, 30)), ("N1", date(2025, 7, 15)), ("N2", date(2025, 8, 15))):  # fmt: skip
        due = issued + timedelta(days=60)
        items.append(office.invoice(number, issued.isoformat(), due.isoformat(), "113000"))  # fmt: skip
    desk.ledger.take_in(client, office.draft(*items))
    buyer = desk.buyers.named(client, BUYER)
    policy = office.policy(client)
    office.limit(policy, buyer, "200000", state="APPROVED_PART")
    for kind, on, value in KNOWN:
        desk.credit.add_fact(NewFact(buyer_id=buyer, kind=kind, on=on, value=value), TODAY)  # fmt: skip
    return client, buyer


def test_the_worked_buyer_has_67_points_and_grade_b(office: Office, desk: Desk) -> None:
    _, buyer = worked(office, desk)
    desk.credit.add_statement(buyer, sheet(VECTOR, 10000))
    found = desk.credit.rating(buyer, TODAY)
    score = found.rating.score
    groups = {
        group: sum(
            each.points for each in score.points if each.indicator.group is group
        )
        for group in Group
    }
    assert groups == {
        Group.FINANCIAL: 22, Group.PAYMENT: 23, Group.POSITION: 12, Group.RELATIONSHIP: 10,
    }  # fmt: skip
    assert (score.raw, score.score, score.grade) == (67, 67, "B")
    assert score.completeness == Fraction(1)
    assert found.rating.model is ZModel.PRIVATE_MANUFACTURER
    z = found.rating.z[ZModel.PRIVATE_MANUFACTURER]
    assert z is not None
    assert fixed(z.value, 4) == "2.2422"
    assert (found.balance, found.limit) == (Money(Decimal(339000), "CNY"), Money(Decimal(200000), "CNY"))  # fmt: skip
    assert found.remarks == ()


def test_need_capacity_and_what_to_ask(office: Office, desk: Desk) -> None:
    _, buyer = worked(office, desk)
    desk.credit.add_statement(buyer, sheet(OTHER))
    found = desk.credit.rating(buyer, TODAY)
    assert found.rating.score.grade == "B"
    limits = found.limits
    assert [money and money.plain for money in (limits.need, limits.capacity, limits.own, limits.ask)] == [
        "278630.14", "280000.00", "224000.00", "280000.00",
    ]  # fmt: skip


def test_without_a_statement_the_score_says_what_is_missing(
    office: Office, desk: Desk
) -> None:
    _, buyer = worked(office, desk)
    found = desk.credit.rating(buyer, TODAY)
    assert (found.rating.score.score, found.rating.score.grade) == (45, "C")
    assert fixed(found.rating.score.completeness * 100, 0) == "65"
    assert found.limits.capacity is None
    (said,) = found.remarks
    assert words("zh").say(said).startswith("尚无财务报表")


def test_a_statement_in_another_currency_gives_no_capacity(
    office: Office, desk: Desk
) -> None:
    _, buyer = worked(office, desk)
    desk.credit.add_statement(buyer, replace(sheet(OTHER), currency="USD"))
    found = desk.credit.rating(buyer, TODAY)
    assert found.limits.capacity is None
    assert "USD" in words("en").say(found.remarks[0])


def test_half_a_year_counts_as_a_year_and_says_so(office: Office, desk: Desk) -> None:
    _, buyer = worked(office, desk)
    half = replace(sheet(OTHER), period_end=date(2025, 6, 30), months=6)
    desk.credit.add_statement(buyer, half)
    found = desk.credit.rating(buyer, TODAY)
    assert found.rating.annualised
    assert found.limits.capacity == Money(Decimal(280000), "CNY").rounded()
    assert (
        words("zh").say(found.remarks[0])
        == "截至 2025-06-30 的报表为 6 个月数，已年化。"
    )


def test_old_statements_count_half_and_a_young_company_is_c_at_best(
    office: Office, desk: Desk
) -> None:
    _, buyer = worked(office, desk)
    desk.credit.add_statement(buyer, sheet(VECTOR, period_end=date(2024, 3, 10)))
    assert desk.credit.rating(buyer, TODAY).rating.score.score == 67
    later = desk.credit.rating(buyer, TODAY + timedelta(days=1)).rating.score
    assert [each.cap.code for each in later.caps] == ["STATEMENT_AGE"]
    # 22 × 0.5 less than 67, and the debt of that day is one day older: 13 days.
    assert later.score == 56
    young = NewFact(buyer_id=buyer, kind=FactKind.FOUNDED, on=date(2024, 9, 11))
    desk.credit.add_fact(young, TODAY)
    score = desk.credit.rating(buyer, TODAY).rating.score
    assert [each.cap.code for each in score.caps] == ["I1"]
    assert (score.score, score.grade) == (64, "C")


def test_the_dishonest_keep_ten_points_at_most(office: Office, desk: Desk) -> None:
    _, buyer = worked(office, desk)
    desk.credit.add_statement(buyer, sheet(VECTOR))
    desk.credit.add_fact(NewFact(buyer_id=buyer, kind=FactKind.DISHONEST, on=TODAY), TODAY)  # fmt: skip
    score = desk.credit.rating(buyer, TODAY).rating.score
    assert (score.raw, score.score, score.grade) == (63, 10, "F")
    public = next(each for each in score.points if each.indicator.code == "I2")
    assert public.value == "serious"


def test_the_history_says_what_changed_between_two(office: Office, desk: Desk) -> None:
    _, buyer = worked(office, desk)
    desk.credit.keep_score(buyer, TODAY, TODAY)
    desk.credit.add_statement(buyer, sheet(VECTOR))
    desk.credit.keep_score(buyer, TODAY, TODAY)
    new, old = desk.credit.scores(buyer)
    assert (old.score, old.grade, old.completeness) == (45, "C", "65")
    assert (new.score, new.grade, new.completeness) == (67, "B", "100")
    found = {each.code: each for each in changes(old.points, new.points)}
    assert list(found) == ["F1", "F2", "F3", "F4", "F5", "F6", "F7"]
    assert found["F2"].before is not None
    assert found["F2"].after is not None
    assert (found["F2"].before.value, found["F2"].after.value) == ("", "1.5")
    assert (found["F2"].before.points, found["F2"].after.points) == (0, 4)
    desk.credit.void_score(new.id, "wrong statement")
    assert desk.credit.scores(buyer)[0].voided is not None
    with pytest.raises(KeptInFuture):
        desk.credit.keep_score(buyer, TODAY + timedelta(days=1), TODAY)


def test_a_kept_score_stays_as_it_was(office: Office, desk: Desk) -> None:
    _, buyer = worked(office, desk)
    desk.credit.add_statement(buyer, sheet(OTHER))
    desk.credit.keep_score(buyer, TODAY, TODAY)
    (line,) = desk.credit.statements(buyer)
    desk.credit.void_statement(line.id, "another company's")
    (kept,) = desk.credit.scores(buyer)
    assert kept.limits == {
        "need": "278630.14",
        "capacity": "280000.00",
        "own": "224000.00",
        "ask": "280000.00",
    }
    assert (kept.model, kept.version) == ("PRIVATE_MANUFACTURER", "2026-1")
    assert desk.credit.rating(buyer, TODAY).rating.score.score == 45


def test_a_decision_keeps_the_figures_and_waits_for_its_approval(
    office: Office, desk: Desk
) -> None:
    client, buyer = worked(office, desk)
    desk.credit.add_statement(buyer, sheet(OTHER))
    rule = Authority(amount=Money(Decimal(200000), "CNY"), approver="总经理", since=YEAR)  # fmt: skip
    desk.credit.authorize(client, rule)
    small = NewDecision(
        buyer_id=buyer, verdict=CreditVerdict.INSURE, on=TODAY, reason="老客户", amount=Money(Decimal(200000), "CNY"),
    )  # fmt: skip
    desk.credit.decide(small, TODAY)
    above = replace(small, amount=Money(Decimal("200000.01"), "CNY"))
    number = desk.credit.decide(above, TODAY)
    second, first = desk.credit.decisions(buyer)
    assert (first.waits, second.waits) == (False, True)
    assert second.approver == "总经理"
    assert second.figures == {
        "score": "73", "grade": "B", "completeness": "100", "need": "278630.14", "capacity": "280000.00",
        "own": "224000.00", "ask": "280000.00", "balance": "339000.00", "limit": "200000.00",
    }  # fmt: skip
    assert len(desk.credit.scores(buyer)) == 2
    desk.credit.approve(number, "陈总", TODAY, TODAY)
    (line,) = (each for each in desk.credit.decisions(buyer) if each.id == number)
    assert (line.waits, line.approved_by, line.approved_on) == (False, "陈总", TODAY)
    with pytest.raises(ApprovedAlready):
        desk.credit.approve(number, "陈总", TODAY, TODAY)
    with pytest.raises(ApprovedAlready):
        desk.credit.approve(first.id, "陈总", TODAY, TODAY)


def test_a_decision_needs_reason_amount_and_terms(office: Office, desk: Desk) -> None:
    _, buyer = worked(office, desk)
    bare = NewDecision(buyer_id=buyer, verdict=CreditVerdict.REFUSE, on=TODAY, reason=" ")  # fmt: skip
    with pytest.raises(DecisionReasonMissing):
        desk.credit.decide(bare, TODAY)
    with pytest.raises(DecisionAmountMissing):
        desk.credit.decide(replace(bare, reason="x", verdict=CreditVerdict.OWN_RISK), TODAY)  # fmt: skip
    terms = replace(bare, reason="x", verdict=CreditVerdict.TERMS, amount=Money(Decimal(1), "CNY"))  # fmt: skip
    with pytest.raises(DecisionTermsMissing):
        desk.credit.decide(terms, TODAY)
    desk.credit.decide(replace(bare, reason="x"), TODAY)
    assert desk.credit.decisions(buyer)[0].amount is None


def test_statements_are_refused_twice_empty_or_with_strange_rows(
    office: Office, desk: Desk
) -> None:
    _, buyer = worked(office, desk)
    number = desk.credit.add_statement(buyer, sheet(VECTOR))
    with pytest.raises(StatementTwice):
        desk.credit.add_statement(buyer, sheet(OTHER))
    desk.credit.void_statement(number, "wrong year")
    desk.credit.add_statement(buyer, sheet(OTHER))
    for wrong, refusal in (
        (sheet({}), StatementEmpty),
        (sheet({"ebit": 1}, period_end=TODAY), RowUnknown),
        (sheet(VECTOR, period_end=TODAY, months=25), MonthsWrong),
    ):
        with pytest.raises(refusal):
            desk.credit.add_statement(buyer, wrong)
    assert [each.voided is None for each in desk.credit.statements(buyer)] == [True, False]  # fmt: skip


def test_what_cant_be_right_in_a_statement_is_said(office: Office, desk: Desk) -> None:
    _, buyer = worked(office, desk)
    desk.credit.add_statement(buyer, sheet(OTHER))
    odd = sheet(
        VECTOR | {"equity": 690, "inventory": -5}, period_end=date(2023, 12, 31), months=6,
        company="上海另一家有限公司",
    )  # fmt: skip
    said = [words("en").say(each) for each in desk.credit.statement_doubts(buyer, odd)]
    assert said == [
        "Assets are 2000, but liabilities and equity are 1990 together.",
        "Inventory is negative: -5.",
        "The figures are a thousand times apart from those of 2024-12-31: are 元 and 万元 mixed?",
        f"The statement is of 上海另一家有限公司, the file is {BUYER}'s: is it another company's?",
        "The statement is of 6 months: sales, profit and cash flow are annualised where they are judged.",
    ]
    mixed = sheet(VECTOR | {"sales": 30_000_000})
    assert "元" in words("zh").say(desk.credit.statement_doubts(buyer, mixed)[0])
    fine = sheet(OTHER, company="宁波海澜贸易有限责任公司")
    assert desk.credit.statement_doubts(buyer, fine) == ()


def test_a_promise_needs_a_day_and_a_broken_one_is_an_incident(
    office: Office, desk: Desk
) -> None:
    _, buyer = worked(office, desk)
    call = NewContact(buyer_id=buyer, way=ContactWay.CALL, on=TODAY, said="月底前付", person="王经理")  # fmt: skip
    with pytest.raises(PromiseDayMissing):
        desk.credit.add_contact(replace(call, promised=Money(Decimal(5), "CNY")), TODAY)
    with pytest.raises(SaidMissing):
        desk.credit.add_contact(replace(call, said=" "), TODAY)
    plain = desk.credit.add_contact(call, TODAY)
    with pytest.raises(NoPromise):
        desk.credit.settle_promise(plain, Promise.KEPT, TODAY, TODAY)
    promised = desk.credit.add_contact(
        replace(call, promised_on=date(2025, 9, 5), promised=Money(Decimal(113000), "CNY")), TODAY,
    )  # fmt: skip
    before = desk.credit.rating(buyer, TODAY).rating.score.score
    desk.credit.settle_promise(promised, Promise.BROKEN, TODAY, TODAY)
    line = desk.credit.contacts(buyer)[0]
    assert (line.outcome, line.settled_on) == (Promise.BROKEN, TODAY)
    # One incident in twelve months: 1 of 3 points.
    assert desk.credit.rating(buyer, TODAY).rating.score.score == before - 2
    with pytest.raises(NoPromise):
        desk.credit.settle_promise(promised, Promise.KEPT, TODAY, TODAY)
    desk.credit.settle_promise(promised, Promise.OPEN, TODAY, TODAY)
    assert desk.credit.rating(buyer, TODAY).rating.score.score == before


def test_grades_of_others_stay_in_their_own_scheme(office: Office, desk: Desk) -> None:
    _, buyer = worked(office, desk)
    coface = NewGrade(
        buyer_id=buyer,
        giver="Coface",
        scheme="DRA",
        value="6",
        direction=Direction.HIGH_GOOD,
        as_of=YEAR,
    )
    with pytest.raises(GradeMissing):
        desk.credit.add_grade(replace(coface, scheme=" "), TODAY)
    score = desk.credit.rating(buyer, TODAY).rating.score.score
    desk.credit.add_grade(coface, TODAY)
    allianz = replace(
        coface,
        giver="Allianz",
        scheme="grade",
        value="4",
        direction=Direction.LOW_GOOD,
        as_of=TODAY,
    )
    number = desk.credit.add_grade(allianz, TODAY)
    assert [(each.giver, each.value, each.direction) for each in desk.credit.grades(buyer)] == [
        ("Allianz", "4", Direction.LOW_GOOD), ("Coface", "6", Direction.HIGH_GOOD),
    ]  # fmt: skip
    assert desk.credit.rating(buyer, TODAY).rating.score.score == score
    desk.credit.void_grade(number, "another buyer's")
    assert desk.credit.grades(buyer)[0].voided is not None


def test_facts_ask_for_their_kind_of_value(office: Office, desk: Desk) -> None:
    _, buyer = worked(office, desk)
    for kind, value in (
        (FactKind.STAFF_FALL, "a third"),
        (FactKind.POSITION, "king"),
        (FactKind.DISHONEST, "yes"),
        (FactKind.INPUT_PRICE, ""),
    ):
        with pytest.raises(FactValueWrong):
            desk.credit.add_fact(NewFact(buyer_id=buyer, kind=kind, on=TODAY, value=value), TODAY)  # fmt: skip
    number = desk.credit.add_fact(
        NewFact(buyer_id=buyer, kind=FactKind.SUED, on=TODAY, value="1,200,000"), TODAY
    )
    assert desk.credit.facts(buyer)[0].value == "1200000"
    with pytest.raises(FactEndsBefore):
        desk.credit.end_fact(number, TODAY - timedelta(days=1), TODAY)
    with pytest.raises(VoidReasonMissing):
        desk.credit.void_fact(number, " ")
    with pytest.raises(RecordMissing):
        desk.credit.add_fact(NewFact(buyer_id=999, kind=FactKind.SUED, on=TODAY), TODAY)


def warned(desk: Desk, client: int, code: str, on: date = TODAY) -> Any:  # noqa: ANN401 - a warning or None
    return next((each for each in desk.credit.warnings(client, on) if each.warned.kind.code == code), None)  # fmt: skip


def listed(desk: Desk, buyer: int, kind: FactKind, on: date = TODAY) -> int:
    return desk.credit.add_fact(NewFact(buyer_id=buyer, kind=kind, on=on), TODAY)


def test_an_answer_settles_a_warning_until_it_is_new_or_graver(
    office: Office, desk: Desk
) -> None:
    client, buyer = worked(office, desk)
    listed(desk, buyer, FactKind.CONTROLLER, date(2025, 9, 1))
    ignore = NewAnswer(buyer_id=buyer, code="W21", answer=Answer.IGNORE, on=TODAY, reason="已结清")  # fmt: skip
    with pytest.raises(AnswerReasonMissing):
        desk.credit.answer_warning(replace(ignore, reason=""), TODAY)
    with pytest.raises(WarningNotThere):
        desk.credit.answer_warning(replace(ignore, code="W22"), TODAY)
    desk.credit.answer_warning(ignore, TODAY)
    assert warned(desk, client, "W21").answer.reason == "已结清"
    listed(desk, buyer, FactKind.CONTROLLER_MATERIAL)
    found = warned(desk, client, "W21")
    assert (found.warned.level.effect.value, found.answer) == ("T", None)


def test_watching_ends_on_its_day(office: Office, desk: Desk) -> None:
    client, buyer = worked(office, desk)
    listed(desk, buyer, FactKind.PUBLIC_NOTICE)
    watch = NewAnswer(buyer_id=buyer, code="W22", answer=Answer.WATCH, on=TODAY)
    with pytest.raises(WatchDayMissing):
        desk.credit.answer_warning(watch, TODAY)
    desk.credit.answer_warning(replace(watch, until=date(2025, 9, 30)), TODAY)
    assert warned(desk, client, "W22", date(2025, 9, 30)).answer is not None
    assert warned(desk, client, "W22", date(2025, 10, 1)).answer is None


def test_an_answer_to_a_warning_without_a_first_day_holds_for_ninety_days(
    office: Office, desk: Desk
) -> None:
    client, buyer = worked(office, desk)
    told = NewAnswer(buyer_id=buyer, code="W10", answer=Answer.TELL, on=TODAY)
    with pytest.raises(ToldHowMissing):
        desk.credit.answer_warning(told, TODAY)
    desk.credit.answer_warning(replace(told, way="网上平台"), TODAY)
    assert warned(desk, client, "W10", TODAY + timedelta(days=90)).answer is not None
    assert warned(desk, client, "W10", TODAY + timedelta(days=91)).answer is None


def duties(desk: Desk, buyer: int) -> list[str]:
    return [
        each.code
        for each in desk.watch.open_duties()
        if each.buyer_id == buyer and each.code == "D15"
    ]


def test_what_the_insurer_has_to_be_told_is_a_duty_until_it_is_answered(
    office: Office, desk: Desk
) -> None:
    _, buyer = worked(office, desk)
    assert duties(desk, buyer) == []
    listed(desk, buyer, FactKind.PUBLIC_NOTICE)
    assert duties(desk, buyer) == []
    listed(desk, buyer, FactKind.SUED)
    assert duties(desk, buyer) == ["D15"]
    told = NewAnswer(buyer_id=buyer, code="W06", answer=Answer.TELL, on=TODAY, way="邮件")  # fmt: skip
    number = desk.credit.answer_warning(told, TODAY)
    assert duties(desk, buyer) == []
    desk.credit.void_answer(number, "not sent")
    assert duties(desk, buyer) == ["D15"]
    assert desk.recount(TODAY) == 0
    (line,) = (each for each in desk.credit.facts(buyer) if each.kind is FactKind.SUED)
    desk.credit.void_fact(line.id, "a namesake")
    assert duties(desk, buyer) == []


def test_a_stop_stands_in_the_shipping_answer_and_on_the_stop_list(
    office: Office, desk: Desk
) -> None:
    client, buyer = worked(office, desk)
    desk.policies.decide(_larger(desk, buyer))
    assert desk.policies.may_ship(buyer, TODAY).verdict is Verdict.YES
    listed(desk, buyer, FactKind.DISHONEST)
    stop = NewAnswer(
        buyer_id=buyer, code="W08", answer=Answer.STOP, on=TODAY, reason="列入失信名单", lifted_by="移出名单",
    )  # fmt: skip
    number = desk.credit.answer_warning(stop, TODAY)
    answer = desk.policies.may_ship(buyer, TODAY)
    assert answer.verdict is Verdict.NO
    assert (answer.obstacles[0].code, words("zh").say(answer.obstacles[0].said)) == (
        "OWN_STOP", "自 2025-09-10 起已由委托企业停止发货：列入失信名单",
    )  # fmt: skip
    assert desk.policies.may_ship(buyer, TODAY - timedelta(days=1)).verdict is Verdict.YES  # fmt: skip
    (line,) = desk.policies.stop_list(client, TODAY).stopped
    said, lifted_by = line.reasons[0]
    assert (line.name, words("zh").say(said)) == (
        BUYER,
        words("zh").say(answer.obstacles[0].said),
    )
    assert lifted_by is not None
    assert "移出名单" in words("zh").say(lifted_by)
    # It stands whatever becomes of the warning, until somebody lifts it.
    (fact,) = (each for each in desk.credit.facts(buyer) if each.kind is FactKind.DISHONEST)  # fmt: skip
    desk.credit.end_fact(fact.id, TODAY, TODAY)
    assert desk.policies.may_ship(buyer, TODAY).verdict is Verdict.NO
    desk.credit.void_answer(number, "移出名单")
    assert desk.policies.stop_list(client, TODAY).stopped == ()
    assert desk.policies.may_ship(buyer, TODAY).verdict is Verdict.YES


def _larger(desk: Desk, buyer: int) -> Any:  # noqa: ANN401 - a decision
    from creditdesk.services.policies import LimitDecision  # noqa: PLC0415

    policy = desk.policies.all(TODAY)[0].id
    amount = Money(Decimal(900000), "CNY")
    return LimitDecision(
        policy_id=policy,
        buyer_id=buyer,
        state="INCREASED",
        start=date(2025, 8, 1),
        amount=amount,
    )


def test_another_buyers_stop_is_its_own(office: Office, desk: Desk) -> None:
    client, buyer = worked(office, desk)
    other = desk.buyers.add(client, BuyerCard(name="别家"))
    listed(desk, other, FactKind.DISHONEST)
    stop = NewAnswer(buyer_id=other, code="W08", answer=Answer.STOP, on=TODAY, reason="x")  # fmt: skip
    desk.credit.answer_warning(stop, TODAY)
    assert [
        each.code
        for each in desk.policies.may_ship(buyer, TODAY).obstacles
        if each.code == "OWN_STOP"
    ] == []
    assert desk.credit.warnings(client, TODAY, buyer)[0].buyer_id == buyer
