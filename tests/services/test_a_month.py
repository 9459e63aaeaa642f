"""A real month: one client, three files in three layouts, terms in words, instalments, a bill, a slip of the pen.

At each step the agings, the statement, the duties, the answer to "may we still ship?" and the claim tell the same money
and the same days; the figures are worked out by hand.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from creditdesk.catalog.headings import headings
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import Cause
from creditdesk.domain.policy.choices import LimitState
from creditdesk.intake.looking import drafts, look
from creditdesk.intake.opening import open_file
from creditdesk.intake.taking_in import owner_of
from creditdesk.jobs import Progress
from creditdesk.services.claims import NewClaim
from creditdesk.services.clients import ClientId
from creditdesk.services.ledger import TakenIn
from creditdesk.services.policies import LimitDecision, Verdict
from creditdesk.workspace import Desk
from tests.services.conftest import Office

OPEN_LIST = """客户名称,单据号,单据日期,付款条件,应收金额,未收金额
甲公司,A1,2026-01-10,30天,1000,1000
甲公司,A2,2026-01-20,月结60天,2000,2000
"""
INSTALMENTS = """往来单位,单号,开票日期,到期日,价税合计
甲公司,B1,2026-02-01,2026-03-01,300
甲公司,B1,2026-02-01,2026-04-01,300
甲公司,B1,2026-02-01,2026-05-01,400
"""
BILLS = """客户,发票号,发票日期,到期日,金额,收款日期,收款金额,结算方式,汇票到期日
甲公司,C1,2026-02-10,2026-03-12,500,2026-03-02,500,银行承兑汇票,2026-08-01
"""
BUYER = "甲公司"


def take(
    desk: Desk, client: ClientId, path: Path, text: str, said: Mapping[str, str] | None = None
) -> TakenIn:  # fmt: skip
    path.write_text(text, encoding="utf-8")
    card = next(each for each in desk.clients.all() if each.id == client)
    piece = look(path, open_file(path, Progress()), headings())
    ((_, draft),) = drafts([piece], owner_of(card, desk.ledger, said), Progress())
    return desk.ledger.take_in(client, draft, path)


def agreed(desk: Desk, client: ClientId, on: date) -> dict[str, str]:
    """What is owed, overdue and without a due date on a day; every view of it says the same."""
    summed = desk.ledger.balances(on, client_id=client).aging
    listed = desk.ledger.aging(on, client_id=client).aging
    assert summed.by_currency == listed.by_currency
    (sums,) = summed.by_currency.values()
    buyer = desk.buyers.named(client, BUYER)
    statement = desk.ledger.statement(buyer, date(2026, 1, 1), on)
    (account,) = statement.accounts
    assert account.ages.balance == sums.balance
    confirmed = desk.ledger.confirmation(buyer, on).accounts[0]
    assert sum(each.open.amount for each in confirmed.documents) == sums.outstanding.amount  # fmt: skip
    overdue = [row.open.amount for row in listed.rows if row.is_overdue]
    assert sum(each.open.amount for each in confirmed.documents if each.is_overdue) == sum(overdue)  # fmt: skip
    return {
        "owed": sums.outstanding.plain,
        "overdue": f"{sum(overdue):.2f}",
        "open": sums.due_open.plain,
    }


def notices(desk: Desk, client: ClientId) -> list[tuple[tuple[str, ...], str]]:
    """The documents an overdue notice is due for, with the first safe day."""
    found = [each for each in desk.watch.open_duties(client) if each.code == "D14"]
    return [(tuple(sorted(each.invoices)), each.safe.isoformat()) for each in found]


def test_a_month_of_one_client(office: Office, desk: Desk, tmp_path: Path) -> None:
    client = office.client()
    desk.move_to(date(2026, 3, 2))
    policy = office.policy(client, start="2026-01-01", end="2026-12-31")

    # The first list: one term is plain, of the other nobody knows the day yet.
    told = take(desk, client, tmp_path / "应收.csv", OPEN_LIST)
    assert (told.invoices_added, told.open_due_dates) == (2, 1)
    assert [each.id for each in told.questions] == ["terms:月结60天"]
    buyer = desk.buyers.named(client, BUYER)
    office.limit(policy, buyer, "20000", "2026-01-01")
    assert agreed(desk, client, date(2026, 3, 2)) == {
        "owed": "3000.00", "overdue": "1000.00", "open": "2000.00",
    }  # fmt: skip
    # 2026-02-09 + 60 days is Friday 2026-04-10. Of the open one no duty states a day.
    assert notices(desk, client) == [(("A1",), "2026-04-10")]
    answer = desk.policies.may_ship(buyer, date(2026, 3, 2))
    assert (answer.verdict, answer.until) == (Verdict.YES, date(2026, 4, 10))
    assert answer.room is not None
    assert answer.room.plain == "17000.00"

    # The answer makes 2026-04-01 of it: the month's end, 2026-01-31, and 60 days.
    again = take(
        desk, client, tmp_path / "应收.csv", OPEN_LIST, {"terms:月结60天": "EOM_PLUS_N_DAYS"}
    )  # fmt: skip
    assert (again.invoices_updated, again.open_due_dates) == (1, 0)
    assert agreed(desk, client, date(2026, 3, 2))["open"] == "0.00"

    # Three instalments and a bill: 1,000 in parts, 500 that are no cash before August.
    assert take(desk, client, tmp_path / "分期.csv", INSTALMENTS).invoices_added == 1
    assert take(desk, client, tmp_path / "票据.csv", BILLS).payments_added == 0
    assert agreed(desk, client, date(2026, 3, 2)) == {
        "owed": "4500.00", "overdue": "1300.00", "open": "0.00",
    }  # fmt: skip
    assert agreed(desk, client, date(2026, 4, 2)) == {
        "owed": "4500.00", "overdue": "3600.00", "open": "0.00",
    }  # fmt: skip
    # B1's first part was due on 2026-03-01: 60 days on is Thursday 2026-04-30.
    assert notices(desk, client) == [(("A1", "B1"), "2026-04-10")]

    # A month on: A1 is paid, and deliveries stop for the first part of B1 instead.
    desk.move_to(date(2026, 4, 3))
    take(
        desk, client, tmp_path / "收款.csv",
        '客户,单据类型,单据号,单据日期,金额,核销单号\n甲公司,收款单,P1,2026-04-02,1150,"A1,B1"\n',
    )  # fmt: skip
    # 1,000 for A1, 150 of B1's first part.
    assert agreed(desk, client, date(2026, 4, 3)) == {
        "owed": "3350.00", "overdue": "2450.00", "open": "0.00",
    }  # fmt: skip
    answer = desk.policies.may_ship(buyer, date(2026, 4, 3))
    assert (answer.verdict, answer.until) == (Verdict.YES, date(2026, 4, 30))
    assert answer.room is not None
    assert answer.room.plain == "16650.00"

    # A slip of the pen: a limit with two digits too many is asked about, kept, and voided again.
    slip = LimitDecision(
        policy_id=policy, buyer_id=buyer, state=LimitState.APPROVED, start=date(2026, 4, 1), end=None,
        amount=Money(Decimal(2000000), "CNY"), sure=True,
    )  # fmt: skip
    wrong = desk.policies.decide(slip)
    widened = desk.policies.may_ship(buyer, date(2026, 4, 3))
    assert widened.room is not None
    assert widened.room.plain == "1996650.00"
    desk.policies.void_limit(wrong, "多敲了两个零")
    answer = desk.policies.may_ship(buyer, date(2026, 4, 3))
    assert answer.room is not None
    assert answer.room.plain == "16650.00"

    # A claim on the day sees the same debt.
    claim = desk.claims.open(
        NewClaim(
            client_id=client, buyer_id=buyer, cause=Cause.INSOLVENCY, date_of_loss=date(2026, 4, 3),
            today=date(2026, 4, 3),
        )
    )  # fmt: skip
    estimate = desk.claims.estimate(claim, date(2026, 4, 3))
    assert estimate.indemnity is not None
    assert estimate.indemnity.whole_debt.plain == "3350.00"
    assert estimate.indemnity.indemnity.plain == "3015.00"
