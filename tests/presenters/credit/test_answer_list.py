"""Answers to balance confirmations: what their rows say, held against the ledger, and what is recorded of them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.i18n import Message
from creditdesk.importers.files.cells import Row, Sheet
from creditdesk.intake.answer_list import AnswerListUnread, ListedAnswer, listed
from creditdesk.jobs import Progress
from creditdesk.presenters.credit.answer_list import AnswerListPresenter
from creditdesk.presenters.parts.pasted_list import RowState
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerId
from creditdesk.services.watch import NewEvent
from creditdesk.workspace import Workspace

Find = Callable[[str], BuyerId]
AGREES, DIFFERS = BuyerEventKind.BALANCE_AGREED, BuyerEventKind.BALANCE_DIFFERS
HEADS: Row = ("客户名称", "回函金额", "是否相符", "回函日期", "备注", "经办")
DAY = date(2026, 10, 31)


def rows(*below: Row, heads: Row = HEADS) -> tuple[ListedAnswer, ...]:
    return listed(Sheet(file_name="x", digest="0", rows=(heads, *below))).rows


def test_a_row_says_who_how_much_whether_it_agrees_and_when() -> None:
    (found,) = rows(("海澜", "¥480,000.00", "不符", "2026/11/3", "少一张票", "甲"))
    assert (found.buyer.name, found.amount, found.currency) == ("海澜", Decimal("480000.00"), "CNY")  # fmt: skip
    assert (found.kind, found.on, found.note) == (DIFFERS, date(2026, 11, 3), "少一张票")  # fmt: skip
    assert found.faults == ()


@pytest.mark.parametrize(
    ("written", "kind"),
    [("相符", AGREES), ("√", AGREES), ("Yes", AGREES), ("信息不符", DIFFERS), ("否", DIFFERS), ("", None)],
)  # fmt: skip
def test_answers_as_people_write_them(written: str, kind: BuyerEventKind | None) -> None:  # fmt: skip
    (found,) = rows(("海澜", "1", written, "2026-11-03", "", ""))
    assert found.kind is kind


def test_what_can_not_be_read_is_a_fault_and_no_answer() -> None:
    (found,) = rows(("海澜", "viel", "差不多", "03/04/2026", "", ""))
    assert (found.kind, found.amount, found.on) == (None, None, None)
    assert [each.text for each in found.faults] == [
        "“{text}” is no amount", "“{text}” is no answer that is known", "“{text}” is no day, or could be two",
    ]  # fmt: skip


def test_a_table_of_something_else_is_refused() -> None:
    with pytest.raises(AnswerListUnread):
        rows(("1", "2"), heads=("日期", "发票号"))


@pytest.fixture
def page(workspace: Workspace, english: Wording) -> AnswerListPresenter:
    return AnswerListPresenter(workspace, english)


def take(page: AnswerListPresenter, tmp_path: Path, *below: str) -> None:
    path = tmp_path / "answers.csv"
    heads = "Buyer,Confirmed amount,Currency,Result,Date,Remarks"
    path.write_text("\n".join((heads, *below)), encoding="utf-8")
    page.take(page.reading(path)(Progress()))


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def states(page: AnswerListPresenter) -> list[RowState]:
    return [row.state for row in page.table.rows]


def why(page: AnswerListPresenter) -> str:
    return plain(Wording("en").message(page.table.rows[0].why or Message("")))


def notes(workspace: Workspace, buyer: int) -> list[tuple[str, str]]:
    return [
        (each.kind, plain(each.note)) for each in workspace.desk.watch.events(buyer)
    ]


def send(workspace: Workspace, buyer: int) -> None:
    told = NewEvent(buyer_id=buyer, kind=BuyerEventKind.BALANCE_SENT, happened_on=DAY, known_on=DAY)  # fmt: skip
    workspace.desk.watch.report(told, workspace.today())


def test_an_amount_alone_is_judged_by_the_ledger_of_the_day_that_was_asked(
    page: AnswerListPresenter, workspace: Workspace, buyer: Find, tmp_path: Path
) -> None:
    send(workspace, buyer("海澜"))
    take(
        page,
        tmp_path,
        "海澜 有限公司,500000,,,2026-11-03,",
        "嘉禾 有限公司,55000,,,2026-11-04,one is missing",
    )
    assert states(page) == [RowState.FAULTY, RowState.FAULTY]
    assert why(page) == "say of which day the balances were asked: it gives only an amount"  # fmt: skip
    page.choose_balance_day(DAY)
    assert states(page) == [RowState.READY, RowState.READY]
    assert [row.why is None for row in page.table.rows] == [True, False]
    assert page.recording()(Progress()) == 2
    whole = "confirmed ¥ 500,000.00, ledger ¥ 500,000.00 on 31 Oct 2026"
    less = "confirmed ¥ 55,000.00, ledger ¥ 60,000.00 on 31 Oct 2026; one is missing"
    assert notes(workspace, buyer("海澜"))[0] == (AGREES, whole)
    assert notes(workspace, buyer("嘉禾"))[0] == (DIFFERS, less)
    assert page._of(page.table.rows[1]).ours == Money(Decimal(60000), "CNY")


def test_an_answer_that_its_own_amount_denies_is_asked_about_once(
    page: AnswerListPresenter, workspace: Workspace, buyer: Find, tmp_path: Path
) -> None:
    page.choose_balance_day(DAY)
    take(page, tmp_path, "海澜 有限公司,480000,CNY,Agreed,2026-11-03,")
    before = notes(workspace, buyer("海澜"))
    assert states(page) == [RowState.READY]
    assert why(page).startswith("it says “agrees”, and names")
    assert page.recording()(Progress()) == 0
    page.look()
    assert states(page) == [RowState.MEANT]
    asked = "names ¥ 480,000.00 where the ledger has ¥ 500,000.00 on 31 Oct 2026"
    assert why(page) == f"it says “agrees”, and {asked}"
    assert notes(workspace, buyer("海澜")) == before
    assert page.recording()(Progress()) == 1
    assert notes(workspace, buyer("海澜"))[0][0] == AGREES


def test_without_a_day_of_the_balances_an_answer_is_kept_with_its_amount(
    page: AnswerListPresenter, workspace: Workspace, buyer: Find, tmp_path: Path
) -> None:
    take(page, tmp_path, "Hansa 有限公司,8000,EUR,Agreed,2026-11-03,")
    assert page.recording()(Progress()) == 1
    assert notes(workspace, buyer("Hansa"))[0] == (AGREES, "confirmed € 8,000.00")


def test_the_same_answer_is_not_recorded_twice_and_a_voided_one_is(
    page: AnswerListPresenter, workspace: Workspace, buyer: Find, tmp_path: Path
) -> None:
    line = "海澜 有限公司,,,Agreed,2026-11-03,"
    take(page, tmp_path, line)
    assert page.recording()(Progress()) == 1
    page.look()
    assert states(page) == [RowState.DONE]
    take(page, tmp_path, line)
    assert states(page) == [RowState.KEPT]
    workspace.desk.watch.void_event(workspace.desk.watch.events(buyer("海澜"))[0].id, "wrong slip")  # fmt: skip
    take(page, tmp_path, line)
    assert states(page) == [RowState.READY]


def test_a_row_without_a_day_waits_for_the_day_of_all_and_a_day_to_come_is_refused(
    page: AnswerListPresenter, workspace: Workspace, tmp_path: Path
) -> None:
    take(page, tmp_path, "海澜 有限公司,,,Agreed,,")
    assert page.needs_day
    assert why(page) == "it gives no day on which it was answered"
    page.choose_answered(date(2026, 11, 24))
    assert page.recording()(Progress()) == 0
    page.look()
    assert states(page) == [RowState.FAULTY]
    page.choose_answered(workspace.today())
    assert states(page) == [RowState.READY]


def test_nobody_known_is_chosen_and_neither_answer_nor_amount_is_nothing(
    page: AnswerListPresenter, buyer: Find, tmp_path: Path
) -> None:
    take(
        page,
        tmp_path,
        "Nobody Ltd,,,Agreed,2026-11-03,",
        "海澜 有限公司,,,,2026-11-03,",
    )
    assert states(page) == [RowState.BUYER, RowState.FAULTY]
    page.choose_buyer(2, buyer("新客户"))
    assert states(page) == [RowState.READY, RowState.FAULTY]


def test_another_currency_is_never_held_against_the_ledgers(
    page: AnswerListPresenter, tmp_path: Path
) -> None:
    page.choose_balance_day(DAY)
    take(page, tmp_path, "海澜 有限公司,500000,USD,,2026-11-03,")
    (row,) = page.table.rows
    assert page._of(row).theirs == Money(Decimal(500000), "USD")
    assert page._of(row).ours == Money.zero("USD")
    assert page._of(row).kind is DIFFERS


def test_without_a_client_nothing_is_recorded(
    page: AnswerListPresenter, tmp_path: Path
) -> None:
    page.choose_client(None)
    take(page, tmp_path, "海澜 有限公司,,,Agreed,2026-11-03,")
    assert page.count == 0
    assert why(page) == "choose the client first"
