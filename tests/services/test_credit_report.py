"""The credit report: its figures are those the screen asks for, and the timeline holds what happened."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.forms import Of, Owner
from creditdesk.domain.credit.contacts import ContactWay, Direction
from creditdesk.domain.credit.deciding import VERDICT_TITLES, CreditVerdict
from creditdesk.domain.credit.facts import FactKind
from creditdesk.domain.credit.scorecard import fixed
from creditdesk.domain.credit.sheets import Sheet
from creditdesk.i18n import Language, words
from creditdesk.reports import credit_report
from creditdesk.reports.credit_file import credit_file
from creditdesk.services.buyers import BuyerId
from creditdesk.services.credit import (
    Authority,
    NewContact,
    NewDecision,
    NewFact,
    NewGrade,
)
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 9, 10)
BUYER = "宁波海澜贸易有限公司"


@pytest.fixture
def buyer(office: Office, desk: Desk) -> BuyerId:
    """One invoice paid 12 days late, one open for 12 days, one not due; a limit of 200,000."""
    client = office.client()
    desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("A", "2025-04-01", "2025-05-31", "100000"),
            office.paid("P", "2025-06-12", "100000", "A"),
            office.invoice("O", "2025-06-30", "2025-08-29", "36160"),
            office.invoice("N", "2025-08-15", "2025-10-14", "45200"),
        ),
    )
    found = desk.buyers.named(client, BUYER)
    office.limit(office.policy(client), found, "200000", state="APPROVED_PART")
    return found


def texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [
            "".join(page.get_textpage().get_text_bounded().split()).replace(
                "\u00a0", ""
            )
            for page in pdf
        ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_verdict_prints_what_the_screen_asks(
    desk: Desk, buyer: BuyerId, tmp_path: Path, language: Language
) -> None:
    file = credit_file(desk, buyer, TODAY)
    out = tmp_path / "x.pdf"
    pages = credit_report.write(file, out, language)
    first, *rest = texts(out)
    assert len(rest) == pages - 1
    screen = desk.credit.rating(buyer, TODAY)
    assert screen.balance == Money(Decimal("81360.00"), "CNY")
    assert screen.overdue == Money(Decimal("36160.00"), "CNY")
    for figure in ("81,360.00", "36,160.00", "40.7%"):
        assert figure in first
    index = screen.rating.payments
    assert index is not None
    assert fixed(index.index, 0) in first
    assert words(language)("Insufficient data").replace(" ", "") in first
    whole = "".join(rest)
    for point in screen.rating.score.points:
        assert f"{point.points}/{point.indicator.max}" in whole
    assert file.ship == desk.policies.may_ship(buyer, TODAY)


def test_the_months_of_the_chart_make_up_the_year(desk: Desk, buyer: BuyerId) -> None:
    paying = desk.credit.rating(buyer, TODAY).paying
    assert len(paying.months) == 12
    assert paying.months[-1].end == TODAY
    whole = sum((each.amount for each in paying.months), Decimal(0))
    assert whole == Decimal(136160)
    weighed = sum(
        each.figures.dbt * Fraction(each.amount)
        for each in paying.months
        if each.figures
    )
    assert paying.year is not None
    assert weighed / Fraction(whole) == paying.year.dbt == 12
    (july,) = [each for each in paying.months if each.end == date(2025, 8, 10)]
    assert july.figures is None
    assert july.amount == 0


def test_missing_data_is_named_and_what_is_entered_is_printed(
    desk: Desk, buyer: BuyerId, tmp_path: Path
) -> None:
    said = {words("zh").say(each) for each in credit_file(desk, buyer, TODAY).missing}
    assert {"财务报表", "法定代表人", "约定账期", "公示查询", "征信机构或保险人的评级"} <= said  # fmt: skip
    client = desk.buyers.file(buyer).client_id
    desk.particulars.set(Owner(of=Of.BUYER, id=buyer), "buyer.legal_representative", "某甲")  # fmt: skip
    desk.credit.add_fact(
        NewFact(
            buyer_id=buyer,
            kind=FactKind.REGISTER_CLEAN,
            on=date(2025, 8, 1),
            value="公示系统",
        ),
        TODAY,
    )
    desk.credit.add_grade(
        NewGrade(
            buyer_id=buyer,
            giver="某征信",
            scheme="DRA",
            value="6",
            direction=Direction.HIGH_GOOD,
            as_of=date(2025, 7, 1),
        ),
        TODAY,
    )
    desk.credit.add_contact(
        NewContact(
            buyer_id=buyer,
            way=ContactWay.CALL,
            on=date(2025, 9, 1),
            said="月底付",
            promised_on=date(2025, 9, 30),
        ),
        TODAY,
    )
    figures = {"total_assets": Decimal(2000), "equity": Decimal(700), "sales": Decimal(3000)}  # fmt: skip
    desk.credit.add_statement(buyer, Sheet(period_end=date(2024, 12, 31), unit=1000, values=figures))  # fmt: skip
    desk.credit.authorize(
        client,
        Authority(
            amount=Money(Decimal(1000), "CNY"),
            approver="总经理",
            since=date(2025, 1, 1),
        ),
    )
    desk.credit.decide(
        NewDecision(
            buyer_id=buyer,
            verdict=CreditVerdict.INSURE,
            on=TODAY,
            reason="对账及时",
            amount=Money(Decimal(150000), "CNY"),
        ),
        TODAY,
    )
    file = credit_file(desk, buyer, TODAY)
    left = {words("zh").say(each) for each in file.missing}
    assert not {"财务报表", "法定代表人", "公示查询", "征信机构或保险人的评级"} & left  # fmt: skip
    out = tmp_path / "x.pdf"
    credit_report.write(file, out, "zh")
    first, *rest = texts(out)
    verdict = words("zh")(VERDICT_TITLES[CreditVerdict.INSURE])
    assert f"2025-09-10决定：{verdict}，至多CNY150,000.00。" in first
    assert "该决定待总经理批准。" in first
    whole = "".join(rest)
    told = (
        "某甲",
        "公示系统",
        "某征信",
        "DRA",
        "月底付",
        "2,000",
        "150.0%",
        "对账及时",
        "待总经理批准",
    )
    for said_ in told:
        assert said_ in whole, said_


def test_what_came_later_is_not_in_a_report_of_an_earlier_day(
    desk: Desk, buyer: BuyerId
) -> None:
    late = NewFact(buyer_id=buyer, kind=FactKind.SUED, on=date(2025, 9, 5))
    desk.credit.add_fact(late, TODAY)
    assert credit_file(desk, buyer, date(2025, 9, 4)).facts == ()
    assert len(credit_file(desk, buyer, date(2025, 9, 5)).facts) == 1


def test_the_timeline_is_newest_first_and_counts_the_rest(
    desk: Desk, buyer: BuyerId
) -> None:
    whole = desk.credit.timeline(buyer, TODAY, 50)
    days = [each.on for each in whole.entries]
    assert days == sorted(days, reverse=True)
    said = [words("en").say(each.title) for each in whole.entries]
    assert said[0] == "Invoice N"
    assert "Money received CNY 100,000.00" in said
    assert any(each.startswith("Insurer's limit") for each in said)
    assert whole.earlier == 0
    short = desk.credit.timeline(buyer, TODAY, 2)
    assert short.entries == whole.entries[:2]
    assert short.earlier == len(whole.entries) - 2
    assert desk.credit.timeline(buyer, date(2025, 4, 1), 9).entries[-1].on <= date(2025, 4, 1)  # fmt: skip
