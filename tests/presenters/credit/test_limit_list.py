"""An insurer's list of decisions: what its rows say, whose they are, and what is recorded of them."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.policy.choices import LimitState
from creditdesk.i18n import Message
from creditdesk.importers.files.cells import Row, Sheet
from creditdesk.intake.limit_list import DecisionListUnread, ListedDecision, listed
from creditdesk.jobs import Progress
from creditdesk.presenters.credit.limit_list import LimitListPresenter
from creditdesk.presenters.parts.pasted_list import RowState
from creditdesk.presenters.parts.wording import Wording
from creditdesk.workspace import Workspace

HEADS: Row = (
    "买方名称",
    "批复限额",
    "生效日期",
    "失效日期",
    "批复结果",
    "批复号",
    "经办",
)


def rows(*below: Row, heads: Row = HEADS) -> tuple[ListedDecision, ...]:
    return listed(Sheet(file_name="x", digest="0", rows=(heads, *below))).rows


def test_a_row_says_who_how_much_and_how_long() -> None:
    (found,) = rows(("宁波海澜", "150,000.00", "2026-11-01", "2027/3/10", "部分批准", "XE-1", "甲"))  # fmt: skip
    assert (found.row, found.buyer.name, found.amount) == (2, "宁波海澜", Decimal("150000.00"))  # fmt: skip
    assert (found.start, found.end) == (date(2026, 11, 1), date(2027, 3, 10))
    assert (found.state, found.number) == (LimitState.APPROVED, "XE-1")
    assert found.faults == ()


@pytest.mark.parametrize(
    ("written", "amount", "currency"),
    [
        ("50万", "500000", ""),
        ("USD 80,000", "80000", "USD"),
        ("¥120,000.50", "120000.50", "CNY"),
        ("人民币30万元", "300000", "CNY"),
        (80000.0, "80000", ""),
        ("", None, ""),
    ],
)
def test_amounts_as_insurers_write_them(
    written: str | float, amount: str | None, currency: str
) -> None:
    (found,) = rows(("A", written, "2026-11-01", "", "", "", ""))
    assert found.amount == (Decimal(amount) if amount else None)
    assert found.currency == currency
    assert found.faults == ()


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("拒绝", LimitState.REFUSED),
        ("不予批复", LimitState.REFUSED),
        ("撤销", LimitState.CANCELLED),
        ("Declined", LimitState.REFUSED),
        ("Approved on conditions", LimitState.APPROVED),
        ("", None),
    ],
)
def test_answers_as_insurers_write_them(written: str, state: LimitState | None) -> None:
    (found,) = rows(("A", "1", "2026-11-01", "", written, "", ""))
    assert found.state is state


def test_what_cannot_be_read_is_a_fault_of_its_row() -> None:
    (found,) = rows(("A", "viel", "morgen", "", "vielleicht", "", ""))
    assert [each.text for each in found.faults] == [
        "“{text}” is no amount", "“{text}” is no day, or could be two", "“{text}” is no decision that is known",
    ]  # fmt: skip


def test_a_day_that_could_be_two_is_no_day() -> None:
    (found,) = rows(("A", "1", "03/04/2026", "", "", "", ""))
    assert found.start is None
    assert found.faults


def test_titles_above_and_columns_nobody_reads() -> None:
    found = listed(
        Sheet(file_name="x", digest="0", rows=(("限额批复清单",), (), HEADS, ("A", "1", "", "", "", "", "甲")))
    )  # fmt: skip
    assert [each.row for each in found.rows] == [4]
    assert found.unread == ("经办",)


def test_a_table_of_something_else_is_refused_with_the_headings_that_are_known() -> (
    None
):
    with pytest.raises(DecisionListUnread) as refused:
        rows(("1", "2"), heads=("日期", "发票号"))
    assert "买方" in str(dict(refused.value.said.places)["headings"])


@pytest.fixture
def presenter(workspace: Workspace, english: Wording) -> LimitListPresenter:
    made = LimitListPresenter(workspace, english)
    made.choose_policy(1)
    return made


def take(presenter: LimitListPresenter, tmp_path: Path, *below: str) -> None:
    """A file of these lines, as it is pasted."""
    path = tmp_path / "list.csv"
    heads = "Buyer,Limit,Currency,Valid from,Valid until,Decision,Decision number"
    path.write_text("\n".join((heads, *below)), encoding="utf-8")
    presenter.take(presenter.reading(path)(Progress()))


def states(presenter: LimitListPresenter) -> list[RowState]:
    return [row.state for row in presenter.table.rows]


def why(presenter: LimitListPresenter) -> str:
    found = presenter.table.rows[0].why
    return Wording("en").message(found or Message(""))


def name(presenter: LimitListPresenter) -> str:
    return presenter.buyers[0][1]


def test_rows_are_recorded_in_one_go_and_are_there_the_next_time(
    presenter: LimitListPresenter, workspace: Workspace, tmp_path: Path
) -> None:
    buyer, called = presenter.buyers[0]
    line = f"{called},65000,CNY,2026-08-01,2026-12-31,Approved,XE-9"
    take(presenter, tmp_path, line, "Nobody Ltd,5000,CNY,2026-08-01,,Approved,")
    assert states(presenter) == [RowState.READY, RowState.BUYER]
    assert presenter.recording()(Progress()) == 1
    presenter.look()
    assert states(presenter) == [RowState.DONE, RowState.BUYER]
    newest = workspace.desk.policies.limits(policy_id=1, buyer_id=buyer)[0]
    assert (newest.amount, newest.decision_no) == (Money(Decimal(65000), "CNY"), "XE-9")
    take(presenter, tmp_path, line)
    assert states(presenter) == [RowState.KEPT]
    assert presenter.count == 0


def test_an_unknown_name_is_never_a_new_buyer_but_chosen(
    presenter: LimitListPresenter, tmp_path: Path
) -> None:
    before = len(presenter.buyers)
    take(presenter, tmp_path, "Nobody Ltd,5000,CNY,2026-08-01,,Approved,")
    presenter.choose_buyer(2, presenter.buyers[0][0])
    assert states(presenter) == [RowState.READY]
    assert presenter.recording()(Progress()) == 1
    assert len(presenter.buyers) == before


def test_so_high_a_limit_is_asked_about_once(
    presenter: LimitListPresenter, workspace: Workspace, tmp_path: Path
) -> None:
    owing = workspace.desk.policies.limits(policy_id=1)[0].buyer
    take(presenter, tmp_path, f"{owing},5000000000,CNY,2026-08-01,,Approved,")
    before = len(workspace.desk.policies.limits(policy_id=1))
    assert presenter.recording()(Progress()) == 0
    presenter.look()
    assert states(presenter) == [RowState.MEANT]
    assert "Were digits added?" in why(presenter)
    assert len(workspace.desk.policies.limits(policy_id=1)) == before
    assert presenter.recording()(Progress()) == 1


def test_a_row_without_a_day_waits_for_the_day_of_all(
    presenter: LimitListPresenter, tmp_path: Path
) -> None:
    take(presenter, tmp_path, f"{name(presenter)},5000,CNY,,,Approved,")
    assert presenter.needs_day
    assert why(presenter) == "it gives no day from which it counts"
    presenter.choose_start(date(2026, 8, 1))
    assert states(presenter) == [RowState.READY]


def test_an_approval_without_an_amount_is_none_and_a_refusal_needs_none(
    presenter: LimitListPresenter, tmp_path: Path
) -> None:
    take(
        presenter,
        tmp_path,
        f"{name(presenter)},,CNY,2026-08-01,,Approved,",
        f"{name(presenter)},,CNY,2026-09-01,,Refused,",
    )
    assert states(presenter) == [RowState.FAULTY, RowState.READY]


def test_without_a_policy_nothing_is_recorded(
    presenter: LimitListPresenter, tmp_path: Path
) -> None:
    presenter.choose_policy(None)
    take(presenter, tmp_path, "A,1,CNY,2026-08-01,,Approved,")
    assert presenter.count == 0
    assert why(presenter) == "choose the policy first"
