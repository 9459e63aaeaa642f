"""Receipts without a window: what waits, what one of them may pay, what confirming it does."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.errors import UserError
from creditdesk.importers.bank.direction import View
from creditdesk.jobs import ImmediateRunner, Job, Progress
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.ledger.receipt_choice import ReceiptChoice
from creditdesk.presenters.ledger.receipts import ReceiptsPresenter
from creditdesk.presenters.ledger.receivables import ReceivablesPresenter
from creditdesk.presenters.ledger.statement_import import StatementImport
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.clients import ClientCard
from creditdesk.services.ledger import InvoiceQuestion
from creditdesk.workspace import Desk, Workspace

T = TypeVar("T")
TODAY = date(2026, 11, 23)
HEAD = "账号：6222 户名：明达电子\n交易日期,收入金额,支出金额,账户余额,对方户名,摘要\n"
LINES = """2026-11-01,1000.00,,1,海澜贸易有限公司,货款 INV-0001
2026-11-02,700.00,,1,张三,INV-0002
2026-11-03,300.00,,1,海澜贸易有限公司,往来款
2026-11-04,12.34,,1,,结息
2026-11-05,,99.00,1,房东,房租
2026-11-06,50.00,,1,明达电子,调拨
"""
Take = Callable[[str], StatementImport]


def run(job: Job[T]) -> T:
    return job(Progress())


def invoice(number: str, amount: str) -> DraftDocument:
    return DraftDocument(
        row=2,
        buyer=BuyerRef(name="海澜贸易有限公司"),
        number=number,
        kind=DocumentKind.INVOICE,
        issued=date(2026, 6, 1),
        due=date(2026, 8, 19),
        amount=Money(Decimal(amount), "CNY"),
    )


@pytest.fixture
def workspace(desk: Desk, tmp_path: Path) -> Workspace:
    client = desk.clients.add(ClientCard(name="明达电子"))
    documents = (invoice("INV-0001", "1000"), invoice("INV-0002", "700"))
    source = LedgerSource(file_name="应收.xlsx", digest="d")
    desk.ledger.take_in(client, LedgerDraft(source=source, documents=documents))
    preferences = PreferenceFile(tmp_path / "preferences.json")
    return Workspace(desk, ImmediateRunner(), preferences, today=lambda: TODAY)


@pytest.fixture
def take(workspace: Workspace, tmp_path: Path) -> Take:
    """Reads and takes in a statement of these lines."""

    def taken(lines: str) -> StatementImport:
        path = tmp_path / "对账单.csv"
        path.write_text(HEAD + lines, encoding="gb18030")
        made = StatementImport(workspace, Wording("zh"))
        made.begin(path)
        made.show(run(made.reading()))
        run(made.taking_in())
        return made

    return taken


@pytest.fixture
def screen(workspace: Workspace, take: Take) -> ReceiptsPresenter:
    take(LINES)
    presenter = ReceiptsPresenter(workspace, Wording("zh"))
    presenter.show(run(presenter.job()))
    return presenter


def choice(screen: ReceiptsPresenter, payer: str) -> ReceiptChoice:
    line = next(row for row in screen.waiting.rows if row.payer == payer)
    screen.choose(line.id)
    assert screen.choice is not None
    return screen.choice


def open_of(workspace: Workspace) -> dict[str, str]:
    ledger = workspace.desk.ledger
    lines = ledger.invoices(ledger.invoice_ids(InvoiceQuestion()))
    return {each.number: each.open.plain for each in lines}


def again(screen: ReceiptsPresenter) -> None:
    screen.show(run(screen.job()))


def test_a_statement_says_what_it_holds_before_it_is_taken_in(take: Take) -> None:
    made = take(LINES)
    assert dict(made.facts)["新收款"] == "4"
    assert [place for place, _, _ in made.remarks] == ["第 8 行"]
    assert made.act == "导入 4 笔收款"


def test_a_statement_that_cannot_be_read_says_why(
    workspace: Workspace, tmp_path: Path
) -> None:
    made = StatementImport(workspace, Wording("en"))
    path = tmp_path / "x.csv"
    path.write_text("Date,Description,Credit,Debit,Balance\n02/01/2026,A,5,,5\n")
    made.begin(path)
    with pytest.raises(UserError) as refused:
        run(made.reading())
    made.refuse(refused.value)
    assert made.asks_order
    made.show(run(made.reading(day_first=True)))
    assert made.may_act
    made.leave()
    assert made.path is None


def test_a_statement_whose_balance_fits_neither_reading_asks_whose_debit_it_is(
    workspace: Workspace, tmp_path: Path
) -> None:
    made = StatementImport(workspace, Wording("zh"))
    path = tmp_path / "x.csv"
    path.write_text(
        "日期,对方户名,摘要,借方,贷方,余额\n2025-06-01,甲,货款,9,,9\n2025-06-02,乙,租,,4,7\n"
    )
    made.begin(path)
    with pytest.raises(UserError) as refused:
        run(made.reading())
    made.refuse(refused.value)
    assert (made.asks_view, made.asks_order) == (True, False)
    made.show(run(made.reading(view=View.BOOKS)))
    assert not made.asks_view
    assert dict(made.facts)["新收款"] == "1"


def test_the_first_line_is_looked_at_with_its_suggestion_taken_over(
    screen: ReceiptsPresenter, workspace: Workspace
) -> None:
    assert [row.amount.plain for row in screen.waiting.rows] == [
        "1000.00",
        "700.00",
        "300.00",
        "12.34",
    ]
    first = choice(screen, "海澜贸易有限公司")
    assert [(row.item.number, row.typed) for row in first.rows] == [
        ("INV-0001", "1,000.00"),
        ("INV-0002", ""),
    ]
    assert first.may_confirm_at_once
    run(screen.confirming())
    assert open_of(workspace) == {"INV-0001": "0.00", "INV-0002": "700.00"}
    again(screen)
    assert screen.waiting.count == 3
    assert screen.decided.count == 1
    assert screen.choice is not None
    assert screen.choice.line.payer == "张三"
    run(screen.voiding(screen.decided.rows[0].id, "another invoice"))
    assert open_of(workspace)["INV-0001"] == "1000.00"


def test_a_third_party_is_asked_about_before_it_can_be_confirmed(
    screen: ReceiptsPresenter,
) -> None:
    third = choice(screen, "张三")
    assert third.third_party
    assert third.obstacle
    assert not third.may_confirm_at_once
    third.say_why("股东代付")
    assert not third.obstacle
    run(screen.confirming())
    again(screen)
    row = screen.decided.rows[0]
    assert (row.third_party, row.word) == (True, "股东代付")
    became = screen.decided.cell(0, 4).text
    assert "第三方付款：股东代付" in became


def test_amounts_are_read_checked_and_summed(screen: ReceiptsPresenter) -> None:
    line = choice(screen, "海澜贸易有限公司")
    items = [row.item.id for row in line.rows]
    line.type_amount(items[0], "１００")
    line.type_amount(items[1], "250.50")
    assert (line.allocated.plain, line.rest.plain) == ("350.50", "649.50")
    assert line.rest_words
    line.type_amount(items[1], "701")
    assert "700.00" in line.rows[1].fault
    line.type_amount(items[1], "viel")
    assert line.rows[1].fault
    assert line.obstacle
    line.type_amount(items[0], "1000")
    line.type_amount(items[1], "700")
    assert line.rest.amount < 0
    assert line.obstacle == line.rest_words
    line.choose_buyer(None)
    assert line.obstacle


def test_what_is_being_typed_outlives_a_reload_and_the_next_line_follows_a_decided_one(
    screen: ReceiptsPresenter,
) -> None:
    third = choice(screen, "张三")
    third.say_why("股东")
    again(screen)
    assert screen.choice is third
    run(screen.confirming())
    again(screen)
    assert screen.choice is not None
    assert screen.choice.line.amount.plain == "300.00"


def test_what_nobody_can_place_is_set_aside_with_a_reason(
    screen: ReceiptsPresenter,
) -> None:
    line = choice(screen, "")
    assert line.suggestions == ()
    run(screen.setting_aside("银行利息"))
    again(screen)
    assert "银行利息" in screen.decided.cell(0, 4).text


def test_all_certain_ones_are_told_before_they_are_confirmed_together(
    screen: ReceiptsPresenter, workspace: Workspace
) -> None:
    assert len(screen.certain) == 1
    assert "INV-0001" in screen.certain_words
    run(screen.confirming_all())
    assert open_of(workspace)["INV-0001"] == "0.00"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_cell_and_reason_can_be_said(
    workspace: Workspace, take: Take, language: str
) -> None:
    take(LINES)
    wording = Wording("zh" if language == "zh" else "en")
    presenter = ReceiptsPresenter(workspace, wording)
    presenter.show(run(presenter.job()))
    shown = [
        presenter.waiting.cell(row, column).text
        for row in range(4)
        for column in range(6)
    ]
    assert all(isinstance(text, str) for text in shown)
    for suggestions in presenter.found.suggestions.values():
        for each in suggestions:
            assert all(wording.message(reason) for reason in each.reasons)
    assert presenter.waiting.footer


def test_receivables_say_how_many_receipts_wait(
    workspace: Workspace, take: Take
) -> None:
    screen = ReceivablesPresenter(workspace, Wording("zh"))
    assert screen.receipts == "收款核对"
    take(LINES)
    assert screen.receipts == "收款核对（4）"
