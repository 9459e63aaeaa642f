"""Balances without documents are shown where they belong, apart from what can be claimed."""

from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import Cause
from creditdesk.domain.ledger.documents import (
    AgedDraft,
    BuyerRef,
    DraftBalance,
    LedgerSource,
)
from creditdesk.jobs import Progress
from creditdesk.presenters.claims.new_claim import NewClaimPresenter
from creditdesk.presenters.credit.buyer_file import BuyerFilePresenter
from creditdesk.presenters.ledger.receivables import ReceivablesPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.workspace import Workspace

DAY = date(2026, 10, 31)


def taken_in(workspace: Workspace) -> None:
    assert workspace.client is not None
    balances = tuple(
        DraftBalance(
            row=2,
            buyer=BuyerRef(name="Northwind"),
            place=place,
            header=header,
            from_days=None,
            to_days=None,
            amount=Money(Decimal(amount), "CNY"),
        )
        for place, (header, amount) in enumerate([("未到期", "5.5"), ("90天以上", "2")])
    )
    source = LedgerSource(file_name="账龄.xlsx", digest="d")
    draft = AgedDraft(source=source, as_of=DAY, balances=balances)
    workspace.desk.ledger.take_in_aged(workspace.client, draft)


def test_receivables_show_them_apart(workspace: Workspace) -> None:
    taken_in(workspace)
    page = ReceivablesPresenter(workspace, Wording("zh"))
    page.show(page.job()(Progress()))
    assert page.buyers.count == 0
    (line,) = page.summaries.rows
    assert page.summaries.cell(0, 4).text == "未到期 5.50、90天以上 2.00"
    assert line.total.plain == "7.50"
    (said,) = page.buyers.footer
    assert (
        said
        == "人民币  账龄表（无单据）合计 7.50：只用于账龄，不能索赔，也不在其他清单中"
    )
    page.set_day(date(2026, 10, 30))
    page.show(page.job()(Progress()))
    assert page.summaries.count == 0


def test_the_buyers_file_and_a_new_claim_say_what_is_missing(
    workspace: Workspace,
) -> None:
    taken_in(workspace)
    (buyer,) = workspace.desk.buyers.all()
    file = BuyerFilePresenter(workspace, Wording("en"), buyer.id)
    facts = {fact.name: fact.words for fact in file.facts}
    assert facts["By summary of 31 Oct 2026, without documents"] == "¥\u00a07.50"
    claim = NewClaimPresenter(workspace, Wording("en"), buyer.id)
    claim.cause, claim.day = Cause.PROTRACTED_DEFAULT, date(2026, 11, 1)
    assert claim.nothing.endswith("import the invoices behind it to claim them.")
