"""Due dates nobody knows: on Today with the money behind them, settled by wording or by a date, and never guessed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from creditdesk.errors import UserError
from creditdesk.jobs import Progress
from creditdesk.presenters.ledger.buyer_documents import document_columns
from creditdesk.presenters.ledger.due_open import DueOpenPresenter, NoDocumentChosen
from creditdesk.presenters.ledger.ledger_import import LedgerImportPresenter
from creditdesk.presenters.ledger.receivables import ReceivablesPresenter
from creditdesk.presenters.parts.table import Cell
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.watch.today import TodayPresenter
from creditdesk.services.clients import ClientCard
from creditdesk.services.ledger import InvoiceLine, InvoiceQuestion, WordsGiveNoDay
from creditdesk.workspace import Workspace

Writer = Callable[..., Path]
HEAD = ("客户编码", "客户名称", "单据编号", "单据日期", "付款条件", "应收金额")
ROWS = (
    ("001", "甲公司", "S1", "2026-05-10", "月结60天", "100"),
    ("001", "甲公司", "S2", "2026-06-10", "月结60天", "50.5"),
    ("002", "乙公司", "S3", "2026-05-26", "月结60天", "30"),
    ("002", "乙公司", "S4", "2026-07-02", "面议", "7"),
    ("002", "乙公司", "S5", "2026-07-02", "30天", "8"),
)


@pytest.fixture
def page(workspace: Workspace, written: Writer) -> DueOpenPresenter:
    """What an import left open."""
    taking = LedgerImportPresenter(workspace, Wording("en"))
    taking.show_files(taking.opening([written("应收.csv", HEAD, *ROWS)])(Progress()))
    taking.show_files(taking.checking()(Progress()))
    while taking.questions.leave():
        taking.show_files(taking.checking()(Progress()))
    taking.taking_in()(Progress())
    return shown(workspace)


def shown(workspace: Workspace, client: int | None = None) -> DueOpenPresenter:
    made = DueOpenPresenter(workspace, Wording("en"), client)
    made.reload()
    return made


def documents(workspace: Workspace) -> dict[str, InvoiceLine]:
    ledger = workspace.desk.ledger
    found = ledger.invoices(ledger.invoice_ids(InvoiceQuestion()))
    return {each.number: each for each in found}


def test_what_waits_stands_by_wording_with_its_documents(
    page: DueOpenPresenter,
) -> None:
    lines = [(row.words, row.buyer, row.count) for row in page.lines.rows]
    assert lines == [("月结60天", "乙公司", 1), ("月结60天", "甲公司", 2), ("面议", "乙公司", 1)]  # fmt: skip
    assert page.lines.footer == ["¥\u00a0187.50"]
    assert page.subtitle.startswith("4 open invoices without a due date")
    assert [row.number for row in page.documents.rows] == ["S3"]
    card = page.terms.card
    assert card is not None
    assert card.reach == "3 documents · open ¥\u00a0180.50 · 2 buyers"
    assert [scope.text for scope in card.scopes] == [
        "All buyers of this client",
        "Only 乙公司",
    ]
    assert page.terms.chosen == ""


def test_one_answer_settles_every_document_of_the_wording(
    page: DueOpenPresenter, workspace: Workspace
) -> None:
    page.terms.choose("EOM_PLUS_N_DAYS")
    assert page.terms.answer()
    done = page.settling()(Progress())
    assert Wording("en").message(page.told(done)) == "3 due dates set."
    page.reload()
    assert [row.words for row in page.lines.rows] == ["面议"]
    assert str(documents(workspace)["S2"].due) == "2026-08-29"


def test_an_answer_for_the_one_buyer_leaves_the_others(
    page: DueOpenPresenter, workspace: Workspace
) -> None:
    page.terms.choose("EOM_PLUS_N_DAYS")
    page.terms.say_for(str(page.chosen.buyer_id if page.chosen else ""))
    assert page.terms.answer()
    page.settling()(Progress())
    found = documents(workspace)
    assert (found["S3"].due, found["S1"].due) == (date(2026, 7, 30), None)


def test_days_are_typed_and_must_be_days(
    page: DueOpenPresenter, workspace: Workspace
) -> None:
    page.choose((workspace.client, "面议", documents(workspace)["S4"].buyer_id))
    page.terms.choose("DAYS")
    page.terms.typed = "soon"
    assert not page.terms.answer()
    assert "soon" in page.terms.fault
    page.terms.typed = "45"
    assert page.terms.answer()
    page.settling()(Progress())
    assert str(documents(workspace)["S4"].due) == "2026-08-16"


def test_a_date_is_typed_for_the_chosen_documents(
    page: DueOpenPresenter, workspace: Workspace
) -> None:
    s4 = documents(workspace)["S4"].id
    with pytest.raises(NoDocumentChosen):
        page.dating([], "2026-08-01")
    with pytest.raises(UserError):
        page.dating([s4], "2026-13-01")
    with pytest.raises(WordsGiveNoDay, match="soon"):
        page.dating([s4], "soon")(Progress())
    assert page.dating([s4], "2026-08-01")(Progress()).moved == 1
    assert str(documents(workspace)["S4"].due) == "2026-08-01"


def test_terms_are_typed_for_the_chosen_documents(
    page: DueOpenPresenter, workspace: Workspace
) -> None:
    s4 = documents(workspace)["S4"]
    done = page.dating([s4.id], "30% in advance, 70% 60 days from invoice")(Progress())
    assert page.told(done).text == "{moved} due dates set."
    assert done.moved == 2
    assert documents(workspace)["S4"].due == s4.issued


def test_with_all_clients_the_sums_stand_by_client(
    page: DueOpenPresenter, workspace: Workspace, written: Writer
) -> None:
    first = page.lines.rows[0].client
    other = workspace.desk.clients.add(ClientCard(name="另一企业"))
    taking = LedgerImportPresenter(workspace, Wording("en"))
    taking.client = other
    taking.show_files(taking.opening([written("乙.csv", HEAD, ROWS[0])])(Progress()))
    taking.show_files(taking.checking()(Progress()))
    taking.questions.leave()
    taking.show_files(taking.checking()(Progress()))
    taking.taking_in()(Progress())
    workspace.choose(None)
    everyone = shown(workspace)
    assert set(everyone.lines.footer) == {
        f"{first}  ¥\u00a0187.50",
        "另一企业  ¥\u00a0100.00",
    }
    assert shown(workspace, other).lines.footer == ["¥\u00a0100.00"]


def test_today_tells_each_client_with_the_money_behind_it(
    page: DueOpenPresenter, workspace: Workspace
) -> None:
    today = TodayPresenter(workspace, Wording("en"))
    today.reload()
    today.show_figures(today.figures_job()(Progress()))
    (line,) = today.settle
    client = page.lines.rows[0].client
    assert (line.client_id, line.count) == (workspace.client, 4)
    assert line.title == "4 invoices: due date open"
    assert line.subject == f"{client} · “月结60天”, “面议”"
    assert line.money == "¥\u00a0187.50"


def test_lists_say_that_the_day_is_open_and_count_no_days_from_a_guess(
    page: DueOpenPresenter, workspace: Workspace
) -> None:
    assert page.lines.rows
    found = documents(workspace)
    columns = {
        each.key: each
        for each in document_columns(Wording("en"), date(2026, 11, 23), lambda _id: None)
    }  # fmt: skip

    def shows(key: str, number: str) -> str:
        cell = columns[key].cell(found[number])
        return cell.text if isinstance(cell, Cell) else cell

    assert [shows("due", each) for each in ("S1", "S5")] == ["day open", "1 Aug 2026"]  # fmt: skip
    assert [shows("days", each) for each in ("S1", "S5")] == ["", "114 days"]


def test_receivables_lead_there_and_tell_the_sum(
    page: DueOpenPresenter, workspace: Workspace
) -> None:
    assert page.lines.rows
    receivables = ReceivablesPresenter(workspace, Wording("en"))
    receivables.show(receivables.job()(Progress()))
    assert receivables.due_open == "Due date open (4)"
    (line,) = receivables.buyers.footer
    assert line.endswith("of it due date open 187.50")
    shown_open = {row.name: row.figures.due_open.plain for row in receivables.buyers.rows}  # fmt: skip
    assert shown_open == {"甲公司": "150.50", "乙公司": "37.00"}
