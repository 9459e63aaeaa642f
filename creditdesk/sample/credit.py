"""What the sample knows of its buyers beside their ledgers: statements, registers, ratings, calls, decisions."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.forms import Of, Owner
from creditdesk.domain.credit.contacts import ContactWay, Direction, Promise
from creditdesk.domain.credit.credit_rules import UNGRADED, CreditRules, Level
from creditdesk.domain.credit.deciding import CreditVerdict
from creditdesk.domain.credit.facts import FactKind
from creditdesk.domain.credit.sheets import Sheet
from creditdesk.sample import names
from creditdesk.services.buyers import BuyerId
from creditdesk.services.credit import (
    NewContact,
    NewDecision,
    NewFact,
    NewGrade,
)
from creditdesk.workspace import Desk

_SHAPES = {
    "strong": {"equity": 1200, "debts": 800, "current": 1300, "short": 600, "stock": 300, "profit": 150, "flow": 110},
    "fair": {"equity": 800, "debts": 1486, "current": 1500, "short": 1000, "stock": 520, "profit": 180, "flow": 96},
    "weak": {"equity": 260, "debts": 1740, "current": 900, "short": 1180, "stock": 430, "profit": -90, "flow": -60},
}  # fmt: skip
"""In thousands, of the newest year."""
_KINDS = {
    0: "weak",
    1: "fair",
    2: "strong",
    3: "fair",
    5: "strong",
    6: "weak",
    8: "fair",
}
"""Which buyers of a client gave their statements, by place, and how they stand."""
_SHOWN = 8
"""The place of the buyer whose file is full."""


def files(desk: Desk, today: date) -> None:
    """The files of the first client's buyers."""
    owner = desk.clients.named(names.CLIENTS[0].name)
    desk.credit.keep_rules(
        owner,
        CreditRules(
            since=today - timedelta(days=30),
            currency="CNY",
            levels=(
                Level("销售经理", Decimal(100_000), 60),
                Level("总经理", Decimal(500_000), 90),
            ),
            report_from=Decimal(300_000),
            review_months={
                "A": 12,
                "B": 12,
                "C": 6,
                "D": 3,
                "E": 1,
                "F": 1,
                UNGRADED: 6,
            },
        ),
    )
    for place, kind in _KINDS.items():
        buyer = desk.buyers.named(owner, names.CLIENTS[0].buyers[place][0])
        for sheet in _sheets(kind, today, place):
            desk.credit.add_statement(buyer, sheet)
        for fact in _facts(buyer, kind, today):
            desk.credit.add_fact(fact, today)
        for ago in (365, 25):
            desk.credit.keep_score(buyer, today - timedelta(days=ago), today)
    _full(desk, desk.buyers.named(owner, names.CLIENTS[0].buyers[_SHOWN][0]), today)


def _sheets(kind: str, today: date, place: int) -> Iterator[Sheet]:
    shape = _SHAPES[kind]
    last = date(today.year - 1, 12, 31)
    for back, share in ((2, Decimal("0.86")), (1, Decimal("0.93")), (0, Decimal(1))):
        size = share * (1000 + 100 * (place % 3))
        assets = shape["equity"] + shape["debts"]
        values = {
            "current_assets": shape["current"], "inventory": shape["stock"], "prepayments": 80,
            "total_assets": assets, "current_liabilities": shape["short"], "total_liabilities": shape["debts"],
            "surplus_reserve": 60, "undistributed_profit": shape["equity"] // 3, "equity": shape["equity"],
            "sales": assets * 2, "profit_before_tax": shape["profit"], "interest": 45, "net_profit": shape["profit"],
            "operating_cash_flow": shape["flow"],
        }  # fmt: skip
        yield Sheet(
            period_end=last.replace(year=last.year - back),
            values={key: (value * size).quantize(Decimal("0.01")) for key, value in values.items()},
        )  # fmt: skip


def _facts(buyer: BuyerId, kind: str, today: date) -> Iterator[NewFact]:
    choices = {
        "strong": ("low", "leader", "3"),
        "fair": ("medium", "mid", "2"),
        "weak": ("sensitive", "small", "1"),
    }
    outlook, position, papers = choices[kind]
    for fact, days, value in (
        (FactKind.BUSINESS, 900, "other"),
        (FactKind.FOUNDED, 3200, ""),
        (FactKind.TRADING_SINCE, 1500, ""),
        (FactKind.SECTOR_OUTLOOK, 500, outlook),
        (FactKind.POSITION, 500, position),
        (FactKind.PAPERS, 500, papers),
        (FactKind.REGISTER_CLEAN, 17, "国家企业信用信息公示系统、中国执行信息公开网"),
        (FactKind.BALANCE_SENT, 60, ""),
        (FactKind.BALANCE_ANSWERED, 45, ""),
    ):
        on = today - timedelta(days=days)
        yield NewFact(buyer_id=buyer, kind=fact, on=on, value=value)


def _full(desk: Desk, buyer: BuyerId, today: date) -> None:
    """The file that shows everything a file can hold."""
    for key, value in {
        "buyer.legal_representative": "示例人甲", "buyer.industry": "家居零售", "buyer.size": "小型",
        "buyer.size_basis": "零售业，从业人员 46 人，营业收入 420 万元（上年度报告）", "buyer.buys": "智能家居控制模块",
        "buyer.securities": "股东连带保证 300,000.00，至次年 12 月 31 日",
        "buyer.retention_of_title": "合同第 9 条：货款付清前所有权归卖方",
    }.items():  # fmt: skip
        desk.particulars.set(Owner(of=Of.BUYER, id=buyer), key, value)
    desk.credit.add_grade(
        NewGrade(
            buyer_id=buyer, giver="示例征信", scheme="五级", value="3", direction=Direction.LOW_GOOD,
            as_of=today - timedelta(days=90),
        ),
        today,
    )  # fmt: skip
    called = desk.credit.add_contact(
        NewContact(
            buyer_id=buyer, way=ContactWay.CALL, on=today - timedelta(days=40), person="财务部",
            said="货款本月底前支付，门店装修占用资金。", promised_on=today - timedelta(days=25),
        ),
        today,
    )  # fmt: skip
    desk.credit.settle_promise(called, Promise.KEPT, today - timedelta(days=26), today)
    desk.credit.decide(
        NewDecision(
            buyer_id=buyer, verdict=CreditVerdict.INSURE, on=today - timedelta(days=20),
            reason="往来多年，对账及时；余额控制在限额内。", amount=Money(Decimal(200_000), "CNY"),
        ),
        today,
    )  # fmt: skip
