"""What a file leaves to a person is asked once, in words, with what each answer does; nothing is chosen beforehand."""

from collections.abc import Callable
from pathlib import Path

import pytest

from creditdesk.catalog.headings import Field
from creditdesk.jobs import Progress
from creditdesk.presenters.ledger.import_columns import FIELD_TITLES
from creditdesk.presenters.ledger.import_questions import ONCE, QuestionCard
from creditdesk.presenters.ledger.ledger_import import LedgerImportPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.workspace import Workspace

Writer = Callable[..., Path]
HEAD = ("客户编码", "客户名称", "单据编号", "单据日期", "付款条件", "应收金额", "未收金额", "包装")  # fmt: skip
ROWS = (
    ("001", "甲公司", "S1", "2026-05-10", "月结60天", "100", "100", "箱"),
    ("001", "甲公司", "S2", "2026-06-10", "月结60天", "200", "50", "箱"),
    ("002", "乙公司", "S3", "2026-05-26", "月结60天", "30", "30", "箱"),
    ("002", "乙公司", "S4", "2026-07-02", "面议", "7", "7", "箱"),
    ("002", "乙公司", "S5", "2026-07-02", "30天", "8", "8", "箱"),
)


@pytest.fixture
def page(workspace: Workspace, written: Writer) -> LedgerImportPresenter:
    return opened(workspace, written("应收.csv", HEAD, *ROWS))


def opened(workspace: Workspace, path: Path) -> LedgerImportPresenter:
    made = LedgerImportPresenter(workspace, Wording("en"))
    made.show_files(made.opening([path])(Progress()))
    return looked(made)


def looked(made: LedgerImportPresenter) -> LedgerImportPresenter:
    """What the page does after an answer: the file is checked again by itself."""
    made.show_files(made.checking()(Progress()))
    return made


def answer(
    page: LedgerImportPresenter, option: str, typed: str = "", scope: str = ""
) -> bool:
    page.questions.choose(option)
    page.questions.typed = typed
    page.questions.say_for(scope)
    done = page.questions.answer()
    if done:
        looked(page)
    return done


def asked(page: LedgerImportPresenter) -> QuestionCard:
    assert page.card is not None
    return page.card


def dues(page: LedgerImportPresenter) -> dict[str, str]:
    return {
        item.number: str(item.due or "open")
        for item in page.items.rows
        if item.what.text == "Invoice"
    }


def test_every_column_that_can_be_read_has_a_title() -> None:
    assert set(Field) <= set(FIELD_TITLES)


def test_a_question_says_whom_it_concerns_and_what_each_answer_does(
    page: LedgerImportPresenter,
) -> None:
    card = asked(page)
    assert page.badge == "2 questions"
    assert card.text == "When do documents with the term “月结60天” fall due?"
    assert card.reach == "Concerns 3 rows · open ¥\u00a0180.00 · 2 buyers"
    shown = {
        choice.option: [(each.number, each.issued, each.due) for each in choice.examples]
        for choice in card.choices
    }  # fmt: skip
    assert shown == {
        "END_OF_NEXT_MONTH": [
            ("S1", "10 May 2026", "31 Jul 2026"),
            ("", "10 Jun 2026", "31 Aug 2026"),
            ("", "26 May 2026", "31 Jul 2026"),
        ],
        "EOM_PLUS_N_DAYS": [
            ("S1", "10 May 2026", "30 Jul 2026"),
            ("", "10 Jun 2026", "29 Aug 2026"),
            ("", "26 May 2026", "30 Jul 2026"),
        ],
    }
    assert [scope.text for scope in card.scopes] == [
        "Only 甲公司 (2 rows)",
        "All buyers of this client (3 rows)",
        "Only this once",
    ]
    assert card.leave == "Leave it open: 3 rows come in with the due date open"
    assert (page.questions.chosen, page.may_act) == ("", False)


def test_an_answer_gives_its_rows_a_due_date_and_the_next_question_comes(
    page: LedgerImportPresenter,
) -> None:
    assert answer(page, "EOM_PLUS_N_DAYS")
    assert dues(page) == {
        "S1": "2026-07-30", "S2": "2026-08-29", "S3": "2026-07-30", "S4": "open", "S5": "2026-08-01",
    }  # fmt: skip
    assert asked(page).text == "When do documents with the term “面议” fall due?"
    assert page.badge == "1 question"
    assert [line.text for line in page.questions.lines] == [
        (
            "When do documents with the term “月结60天” fall due? "
            "60 days after the end of the month of the invoice date"
        )
    ]


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        pytest.param("", "", id="nothing typed"),
        pytest.param("soon", "soon", id="no number"),
        pytest.param("9000", "9000", id="more days than a term has"),
    ],
)
def test_what_is_typed_beside_an_answer_is_a_number_that_fits(
    page: LedgerImportPresenter, typed: str, fault: str
) -> None:
    answer(page, "EOM_PLUS_N_DAYS")
    assert not answer(page, "DAYS", typed)
    assert page.questions.fault
    assert fault in page.questions.fault
    assert asked(page).text == "When do documents with the term “面议” fall due?"


def test_days_are_typed_also_in_full_width_digits(page: LedgerImportPresenter) -> None:
    answer(page, "EOM_PLUS_N_DAYS")
    assert answer(page, "DAYS", "４５")
    assert dues(page)["S4"] == "2026-08-16"
    assert (page.card, page.may_act) == (None, True)


def test_an_answer_for_one_buyer_leaves_the_others_to_be_asked(
    page: LedgerImportPresenter, workspace: Workspace
) -> None:
    answer(page, "EOM_PLUS_N_DAYS", scope="001")
    assert (dues(page)["S1"], dues(page)["S3"]) == ("2026-07-30", "open")
    assert asked(page).reach == "Concerns 1 row · open ¥\u00a030.00 · 1 buyer"
    answer(page, "END_OF_NEXT_MONTH")
    assert (dues(page)["S1"], dues(page)["S3"]) == ("2026-07-30", "2026-07-31")
    answer(page, "NO_CREDIT")
    page.taking_in()(Progress())
    assert workspace.client is not None
    assert workspace.desk.ledger.answers(workspace.client) == {
        "terms:月结60天@001": "EOM_PLUS_N_DAYS",
        "terms:月结60天": "END_OF_NEXT_MONTH",
        "terms:面议": "NO_CREDIT",
    }


def test_an_answer_for_this_once_is_not_kept(
    page: LedgerImportPresenter, workspace: Workspace
) -> None:
    answer(page, "EOM_PLUS_N_DAYS", scope=ONCE)
    answer(page, "NO_CREDIT")
    page.taking_in()(Progress())
    assert workspace.client is not None
    kept = workspace.desk.ledger.answers(workspace.client)
    assert kept == {"terms:面议": "NO_CREDIT"}


def test_left_open_rows_come_in_without_a_due_date(page: LedgerImportPresenter) -> None:
    for _ in range(2):
        assert page.questions.leave()
        looked(page)
    assert (page.card, page.may_act) == (None, True)
    assert ("Due date open", "4") in [(line.name, line.value) for line in page.outcome]
    assert page.taking_in()(Progress()).documents == 5


def test_a_changed_mind_is_asked_again(page: LedgerImportPresenter) -> None:
    answer(page, "EOM_PLUS_N_DAYS")
    assert page.questions.take_back("terms:月结60天")
    assert not page.may_act
    looked(page)
    assert asked(page).id == "terms:月结60天"
    assert dues(page)["S1"] == "open"


def test_nothing_is_taken_in_while_an_answer_is_being_read(
    page: LedgerImportPresenter,
) -> None:
    answer(page, "EOM_PLUS_N_DAYS")
    page.questions.choose("NO_CREDIT")
    assert page.questions.answer()
    assert not page.may_act
    looked(page)
    assert page.may_act


def test_columns_with_content_that_nobody_read_are_told(
    page: LedgerImportPresenter,
) -> None:
    assert page.unread == ("包装",)
    assert page.asked_field == "term"


def test_rows_of_a_question_that_is_left_stay_out_by_name(
    workspace: Workspace, written: Writer
) -> None:
    head = ("客户名称", "单据编号", "单据日期", "单据类型", "到期日", "应收金额")
    page = opened(
        workspace,
        written(
            "应收.csv",
            head,
            ("甲公司", "S1", "2026-05-10", "销售发票", "2026-06-10", "100"),
            ("甲公司", "S2", "2026-05-11", "特别单", "2026-06-10", "20"),
        ),
    )
    card = asked(page)
    assert card.leave == "Leave it: 1 row stays out"
    assert not page.questions.leave()
    assert (page.card, page.may_act) == (None, True)
    assert page.questions.lines[0].text.endswith("left unanswered")
    assert any(each.refused and "Row 3" in each.place for each in page.remarks)
    assert page.taking_in()(Progress()).documents == 1


def test_documents_a_list_no_longer_names_can_be_paid_on_a_day_that_is_typed(
    workspace: Workspace, written: Writer
) -> None:
    head = (*HEAD[:4], "到期日", *HEAD[5:7])
    one = ("001", "甲公司", "S1", "2026-05-10", "2026-06-10", "100", "100")
    two = ("001", "甲公司", "S2", "2026-05-11", "2026-06-11", "40", "40")
    opened(workspace, written("5月.csv", head, one, two)).taking_in()(Progress())
    page = opened(workspace, written("6月.csv", head, one))
    assert [choice.option for choice in asked(page).choices] == [
        "STILL_OPEN", "PAID:2026-05-10", "PAID:",
    ]  # fmt: skip
    assert asked(page).scopes == ()
    assert not answer(page, "PAID:", "yesterday")
    assert "yesterday" in page.questions.fault
    assert answer(page, "PAID:", "2026-06-30")
    assert page.act == "Import 1 payment"
    page.taking_in()(Progress())
    assert workspace.client is not None
    assert workspace.desk.ledger.answers(workspace.client) == {}
