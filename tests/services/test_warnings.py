"""Each of the 29 warnings: what fires it on a desk, and a twin that is as near and fires nothing of it (rules.md 7)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.catalog.warning_kinds import warning_kinds
from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.domain.credit.facts import FactKind
from creditdesk.domain.credit.outlooks import About, Move, NewOutlook
from creditdesk.domain.credit.sheets import Sheet
from creditdesk.services.buyers import BuyerCard
from creditdesk.services.credit import NewFact
from creditdesk.services.policies import LimitDecision
from creditdesk.services.watch import NewEvent
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 9, 10)
DAY = date(2025, 9, 1)
BUYER = "宁波海澜贸易有限公司"
Set = Callable[["Scene"], None]


class Scene:
    """One buyer of one client with a policy, to be filled."""

    def __init__(self, office: Office, desk: Desk) -> None:
        self.office, self.desk = office, desk
        self.client = office.client()
        self.policy = office.policy(self.client)
        self.books(("OLD", "2025-01-05", "2025-03-06", "1000", "2025-03-06"))
        self.buyer = desk.buyers.named(self.client, BUYER)

    def books(self, *lines: tuple[str, str, str, str, str]) -> None:
        """Invoices: number, issued, due, amount, and the day it was paid, empty: it is open."""
        items = []
        for number, issued, due, amount, paid in lines:
            items.append(self.office.invoice(number, issued, due, amount))
            if paid:
                items.append(self.office.paid(f"P-{number}", paid, amount, number))
        self.desk.ledger.take_in(self.client, self.office.draft(*items))

    def fact(self, kind: FactKind, value: str = "", on: date = DAY) -> None:
        new = NewFact(buyer_id=self.buyer, kind=kind, on=on, value=value)
        self.desk.credit.add_fact(new, TODAY)

    def event(self, kind: BuyerEventKind) -> None:
        told = NewEvent(buyer_id=self.buyer, kind=kind, happened_on=DAY, known_on=DAY)
        self.desk.watch.report(told, TODAY)

    def sheet(self, end: str, months: int = 12, **values: int) -> None:
        self.desk.credit.add_statement(
            self.buyer,
            Sheet(
                period_end=date.fromisoformat(end),
                months=months,
                values={key: Decimal(value) for key, value in values.items()},
            ),
        )

    def limit(self, state: str, amount: str, start: str = "2025-08-01") -> None:
        self.desk.policies.decide(
            LimitDecision(
                policy_id=self.policy,
                buyer_id=self.buyer,
                state=state,
                start=date.fromisoformat(start),
                amount=Money(Decimal(amount), "CNY"),
            )
        )

    def codes(self) -> dict[str, str]:
        found = self.desk.credit.warnings(self.client, TODAY)
        return {each.warned.kind.code: each.warned.level.effect.value for each in found}


def _late(days: int) -> Set:
    """An open invoice so many days past due."""
    due = TODAY - timedelta(days=days)
    issued = due - timedelta(days=60)
    line = ("L", issued.isoformat(), due.isoformat(), "500", "")
    return lambda scene: scene.books(line)


def _fact(kind: FactKind, value: str = "", on: date = DAY) -> Set:
    return lambda scene: scene.fact(kind, value, on)


def _event(kind: BuyerEventKind) -> Set:
    return lambda scene: scene.event(kind)


def _orders(before: str, last: str, *, slower: bool) -> Set:
    """A year of one order a month, then one in the last month; `slower`: the last money came 40 days late."""

    def fill(scene: Scene) -> None:
        lines = [("Y", "2024-09-05", "2024-10-05", before, "2024-10-05")]
        for month in range(10, 20):
            year, number = divmod(month - 1, 12)
            issued = date(2024 + year, number + 1, 5)
            due = issued + timedelta(days=30)
            lines.append((f"Y{month}", issued.isoformat(), due.isoformat(), before, due.isoformat()))  # fmt: skip
        late = "2025-08-14" if slower else "2025-07-05"
        lines.append(("Z", "2025-06-05", "2025-07-05", before, late))
        lines.append(("LAST", "2025-09-01", "2025-10-01", last, ""))
        scene.books(*lines)

    return fill


def _all(*sets: Set) -> Set:
    def fill(scene: Scene) -> None:
        for each in sets:
            each(scene)

    return fill


def _sheet(end: str, months: int, **values: int) -> Set:
    return lambda scene: scene.sheet(end, months, **values)


def _rising(*days: int) -> Set:
    """One payment in each of the last four months, so many days late."""

    def fill(scene: Scene) -> None:
        lines = []
        for place, late in enumerate(days):
            paid = date(2025, 6 + place, 5)
            due = paid - timedelta(days=late)
            issued = due - timedelta(days=30)
            lines.append((f"R{place}", issued.isoformat(), due.isoformat(), "1000", paid.isoformat()))  # fmt: skip
        scene.books(*lines)

    return fill


def _used(amount: str) -> Set:
    def fill(scene: Scene) -> None:
        scene.limit("APPROVED", "1000", "2025-01-01")
        scene.books(("U", "2025-08-15", "2025-10-14", amount, ""))

    return fill


def _limit(state: str, start: str) -> Set:
    return lambda scene: scene.limit(state, "900", start)


K, E = FactKind, BuyerEventKind
CASES: dict[str, tuple[Set, Set, str]] = {
    # The extension period of the policy is 60 days.
    "W01": (_late(45), _late(44), "N"),
    "W02": (_late(61), _late(60), "S"),
    "W03": (_event(E.EXTENSION_ASKED), _event(E.DEMAND_SERVED), "T"),
    "W04": (_event(E.BILL_REFUSED), _event(E.DEMAND_SERVED), "S"),
    "W05": (_event(E.REPUDIATION), _event(E.DEMAND_SERVED), "S"),
    "W06": (_fact(K.SUED), _fact(K.REGISTER_CLEAN, "裁判文书网"), "T"),
    "W07": (_event(E.INSOLVENCY), _fact(K.PUBLIC_NOTICE), "S"),
    "W08": (_fact(K.CONSUMPTION_LIMITED), _fact(K.SUED), "S"),
    "W09": (_rising(5, 6, 7, 8), _rising(5, 6, 6, 7), "N"),
    "W10": (_used("800"), _used("799"), "N"),
    # Of 3,000 in twelve months 900 in the last: 900 × 12 ÷ 3,000 = 3.6; the twin pays on the day.
    "W11": (
        _orders("100", "900", slower=True),
        _orders("100", "900", slower=False),
        "N",
    ),
    "W12": (
        _all(_orders("1000", "10", slower=False), _late(5)),
        _orders("1000", "10", slower=False),
        "N",
    ),
    # Sector 2.0: 1.59 is 20.5 % below, 1.60 exactly 20 %.
    "W13": (
        _all(
            _sheet("2024-12-31", 12, current_assets=159, current_liabilities=100),
            _fact(K.SECTOR_CURRENT_RATIO, "2"),
        ),
        _all(
            _sheet("2024-12-31", 12, current_assets=160, current_liabilities=100),
            _fact(K.SECTOR_CURRENT_RATIO, "2"),
        ),
        "N",
    ),
    # 365 of cost a year: 91 owed are 91 days; 60 in the sector.
    "W14": (
        _all(
            _sheet("2024-12-31", 12, payables=91, cost_of_sales=365),
            _fact(K.SECTOR_PAYABLE_DAYS, "60"),
        ),
        _all(
            _sheet("2024-12-31", 12, payables=90, cost_of_sales=365),
            _fact(K.SECTOR_PAYABLE_DAYS, "60"),
        ),
        "N",
    ),
    # 10 % of sales before: 8.5 % is 15 % less, 8.6 % is 14 %.
    "W15": (
        _all(
            _sheet("2023-12-31", 12, sales=1000, net_profit=100),
            _sheet("2024-12-31", 12, sales=1000, net_profit=85),
        ),
        _all(
            _sheet("2023-12-31", 12, sales=1000, net_profit=100),
            _sheet("2024-12-31", 12, sales=1000, net_profit=86),
        ),
        "N",
    ),
    # Reports within a year are cumulative. Quarters of −15, −5 and −1; the twin has 5, −5, −1.
    "W16": (
        _all(
            _sheet("2024-09-30", 9, operating_cash_flow=10),
            _sheet("2024-12-31", 12, operating_cash_flow=-5),
            _sheet("2025-03-31", 3, operating_cash_flow=-5),
            _sheet("2025-06-30", 6, operating_cash_flow=-6),
        ),
        _all(
            _sheet("2024-09-30", 9, operating_cash_flow=10),
            _sheet("2024-12-31", 12, operating_cash_flow=15),
            _sheet("2025-03-31", 3, operating_cash_flow=-5),
            _sheet("2025-06-30", 6, operating_cash_flow=-6),
        ),
        "N",
    ),
    # Stock turned 8 times, then 6: 25 % less; 6.1 times in the twin.
    "W17": (
        _all(
            _sheet("2023-12-31", 12, cost_of_sales=800, inventory=100),
            _sheet("2024-12-31", 12, cost_of_sales=600, inventory=100),
        ),
        _all(
            _sheet("2023-12-31", 12, cost_of_sales=800, inventory=100),
            _sheet("2024-12-31", 12, cost_of_sales=610, inventory=100),
        ),
        "N",
    ),
    "W18": (_fact(K.INPUT_PRICE, "15.1"), _fact(K.INPUT_PRICE, "15"), "N"),
    # Net assets 1,000: suits of 201 are above a fifth; a suit of three years ago counts no more.
    "W19": (
        _all(
            _sheet("2024-12-31", 12, equity=1000),
            _fact(K.SUED, "100"),
            _fact(K.ENFORCED, "101"),
        ),
        _all(
            _sheet("2024-12-31", 12, equity=1000),
            _fact(K.SUED, "200"),
            _fact(K.ENFORCED, "900", date(2022, 9, 1)),
        ),
        "T",
    ),
    "W20": (_fact(K.ASSETS_FROZEN), _fact(K.PUBLIC_NOTICE), "T"),
    "W21": (_fact(K.CONTROLLER), _fact(K.REGISTER_CHANGE), "N"),
    "W22": (_fact(K.PUBLIC_NOTICE), _fact(K.REGISTER_CLEAN, "信用公示系统"), "N"),
    "W23": (
        _fact(K.REGISTER_CHANGE),
        _fact(K.REGISTER_CHANGE, "", date(2024, 9, 10)),
        "N",
    ),
    "W24": (_fact(K.STAFF_FALL, "30"), _fact(K.STAFF_FALL, "29.9"), "N"),
    "W25": (
        _fact(K.BALANCE_SENT, "", date(2025, 8, 11)),
        _fact(K.BALANCE_SENT, "", date(2025, 8, 12)),
        "N",
    ),
    "W26": (
        _all(_limit("APPROVED", "2025-01-01"), _limit("REDUCED", "2025-08-01")),
        _limit("APPROVED", "2025-01-01"),
        "S",
    ),
    "W27": (_fact(K.DOWNGRADED), _fact(K.SECTOR_OUTLOOK, "low"), "N"),
    "W28": (_fact(K.THIRD_PARTY_PAYER), _fact(K.TRADING_SINCE), "N"),
    "W29": (_fact(K.DETAILS_CHANGED), _fact(K.NEW_CONTACT), "N"),
}


def test_every_warning_has_its_case() -> None:
    assert list(CASES) == [kind.code for kind in warning_kinds()]
    assert len(CASES) == 29


@pytest.mark.parametrize("code", CASES)
def test_it_fires(office: Office, desk: Desk, code: str) -> None:
    fires, _, effect = CASES[code]
    scene = Scene(office, desk)
    fires(scene)
    assert scene.codes().get(code) == effect


@pytest.mark.parametrize("code", CASES)
def test_its_twin_does_not(office: Office, desk: Desk, code: str) -> None:
    scene = Scene(office, desk)
    CASES[code][1](scene)
    assert code not in scene.codes()


def test_a_buyer_that_only_pays_fires_nothing(office: Office, desk: Desk) -> None:
    assert Scene(office, desk).codes() == {}


@pytest.mark.parametrize(
    ("code", "fill", "effect"),
    [
        pytest.param("W01", _late(60), "S", id="the last day of the extension period"),
        pytest.param("W07", _fact(K.STRUCK_OFF), "S", id="struck off"),
        pytest.param(
            "W16",
            _all(CASES["W16"][0], _late(5)),
            "T",
            id="three bad quarters and overdue",
        ),
        pytest.param(
            "W21",
            _fact(K.CONTROLLER_MATERIAL),
            "T",
            id="the controller's record bears on the buyer",
        ),
        pytest.param("W24", _fact(K.WAGES_UNPAID), "N", id="wages unpaid"),
        pytest.param("W25", _fact(K.LATE_DISPUTES), "N", id="late disputes"),
        pytest.param(
            "W19",
            _all(_sheet("2024-12-31", 12, equity=-5), _fact(K.SUED, "1")),
            "T",
            id="no net assets left",
        ),
    ],
)
def test_the_other_ways_it_fires(
    office: Office, desk: Desk, code: str, fill: Set, effect: str
) -> None:
    scene = Scene(office, desk)
    fill(scene)
    assert scene.codes().get(code) == effect


def test_what_ended_warns_no_more(office: Office, desk: Desk) -> None:
    scene = Scene(office, desk)
    scene.fact(K.DISHONEST)
    (line,) = desk.credit.facts(scene.buyer)
    desk.credit.end_fact(line.id, TODAY, TODAY)
    assert scene.codes() == {}


def test_an_answered_balance_confirmation_is_no_silence(
    office: Office, desk: Desk
) -> None:
    scene = Scene(office, desk)
    scene.fact(K.BALANCE_SENT, "", date(2025, 7, 1))
    assert scene.codes() == {"W25": "N"}
    (found,) = desk.credit.warnings(scene.client, TODAY)
    assert found.first_seen == date(2025, 7, 31)  # thirty days after it was sent
    scene.fact(K.BALANCE_ANSWERED, "", date(2025, 9, 9))
    assert scene.codes() == {}


def test_a_buyer_without_documents_is_warned_of_what_is_known_of_it(
    office: Office, desk: Desk
) -> None:
    scene = Scene(office, desk)
    scene.buyer = desk.buyers.add(scene.client, BuyerCard(name="新买方"))
    scene.fact(K.DISHONEST)
    assert scene.codes() == {"W08": "S"}


def _outlook(desk: Desk, about: About, subject: str, move: Move, day: date) -> int:
    note = NewOutlook(
        about=about, subject=subject, title="moved", source="A", as_of=day, move=move, rating="B"
    )  # fmt: skip
    return desk.library.add_outlook(note, DAY)


def test_a_lowered_rating_of_its_country_warns_of_a_buyer_until_it_is_raised(
    office: Office, desk: Desk
) -> None:
    scene = Scene(office, desk)
    card = desk.buyers.file(scene.buyer).card
    desk.buyers.change(scene.buyer, replace(card, country="CN"))
    _outlook(desk, About.COUNTRY, "DE", Move.DOWN, date(2025, 8, 1))
    assert "W27" not in scene.codes()
    lowered = _outlook(desk, About.COUNTRY, "cn", Move.DOWN, date(2025, 8, 1))
    assert scene.codes()["W27"] == "N"
    titles = [dict(each.title.places) for each in desk.credit.timeline(scene.buyer, TODAY, 50).entries]  # fmt: skip
    assert {"subject": "CN", "title": "moved"} in titles
    desk.library.void_outlook(lowered, "of another country")
    assert "W27" not in scene.codes()
    _outlook(desk, About.COUNTRY, "CN", Move.DOWN, date(2025, 8, 1))
    _outlook(desk, About.COUNTRY, "CN", Move.UP, date(2025, 9, 1))
    assert "W27" not in scene.codes()


def test_a_lowered_sector_warns_of_the_buyers_whose_file_names_it(
    office: Office, desk: Desk
) -> None:
    scene = Scene(office, desk)
    _outlook(desk, About.SECTOR, "钢铁", Move.DOWN, date(2025, 8, 1))
    assert "W27" not in scene.codes()
    scene.fact(K.SECTOR, "钢铁")
    assert scene.codes()["W27"] == "N"
