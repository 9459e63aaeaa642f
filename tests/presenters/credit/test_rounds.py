"""Papers to many at once: of several clients, one file each or one of all, cancelled half way, and what was done."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path

import openpyxl
import pikepdf
import pypdfium2
import pytest

from creditdesk.catalog.letters import letters
from creditdesk.domain.base.money import Money
from creditdesk.errors import Cancelled
from creditdesk.jobs import Progress, Step
from creditdesk.presenters.letters.letter_draft import About
from creditdesk.presenters.letters.round_page import RoundPresenter
from creditdesk.presenters.letters.round_papers import MONTH, PAPERS
from creditdesk.presenters.parts.table import Cell
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerId
from creditdesk.services.clients import ClientCard
from creditdesk.services.letter_numbers import LETTER_PATTERN
from creditdesk.services.watch.values import NothingOverdue
from creditdesk.workspace import Workspace

Find = Callable[[str], BuyerId]


def opened(workspace: Workspace, say: Wording, paper: str) -> RoundPresenter:
    page = RoundPresenter(workspace, say, paper)
    page.show(page.job()(Progress()))
    return page


def becomes(page: RoundPresenter) -> dict[str, str]:
    (column,) = [each for each in page.table.columns if each.key == "gets"]
    cells = {row.whose: column.cell(row) for row in page.table.rows}
    return {name: cell.text if isinstance(cell, Cell) else cell for name, cell in cells.items()}  # fmt: skip


def listed(path: Path) -> list[list[object]]:
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_every_client_gets_its_monthly_report_in_a_file_of_its_own(
    workspace: Workspace, english: Wording, tmp_path: Path
) -> None:
    workspace.desk.clients.add(ClientCard(name="另一家"))
    page = opened(workspace, english, MONTH)
    assert page.said == "2 papers will be written"
    assert page.form.save()
    done = page.writing(tmp_path, None)(Progress())
    assert sorted(path.stem.split()[-1] for _, path in done.written) == ["另一家", "明达电子"]  # fmt: skip
    assert all(path.parent == done.list.parent for _, path in done.written)
    page.take_done(done)
    assert page.said == "2 papers written"
    assert becomes(page)["另一家"] == "written: Monthly report to the client 另一家.pdf"


def test_one_pdf_of_all_has_every_page_and_a_bookmark_each(
    workspace: Workspace, english: Wording, tmp_path: Path
) -> None:
    workspace.desk.clients.add(ClientCard(name="另一家"))
    page = opened(workspace, english, MONTH)
    page.form.set("files", "one")
    assert page.form.save()
    done = page.writing(tmp_path, None)(Progress())
    assert done.whole is not None
    assert {path for _, path in done.written} == {done.whole}
    assert [each.name for each in done.list.parent.glob("*.pdf")] == [done.whole.name]
    with pikepdf.open(done.whole) as pdf, pdf.open_outline() as outline:
        assert len(pdf.pages) == 2
        assert {each.title for each in outline.root} == {"另一家", "明达电子"}


def test_notices_go_out_under_the_policy_that_asks_and_close_the_duty(
    workspace: Workspace, english: Wording, buyer: Find, tmp_path: Path
) -> None:
    page = opened(workspace, english, "overdue_notice")
    told = becomes(page)
    assert told["海澜 有限公司"].startswith("will be written; send by ")
    line = next(row for row in page.table.rows if row.buyer_id == buyer("海澜"))
    assert (line.items, line.days, line.policy) == (1, 96, "P-1")
    assert line.amounts == (Money(Decimal(200000), "CNY"),)
    page.form.set("sent_on", workspace.today().isoformat())
    assert page.form.save()
    done = page.writing(tmp_path, [line.key])(Progress())
    assert [each.buyer for each, _ in done.written] == ["海澜 有限公司"]
    page.show(page.job()(Progress()))
    page.take_done(done)
    assert becomes(page)["海澜 有限公司"].startswith("written: ")
    again = opened(workspace, english, "overdue_notice")
    assert again.table.get(line.key) is None
    assert becomes(again)["海澜 有限公司"].startswith(
        "none: no notice is due: the insurer was told before"
    )


def test_statements_of_a_period_go_to_every_buyer_with_an_account(
    workspace: Workspace, english: Wording, tmp_path: Path
) -> None:
    page = opened(workspace, english, "statement")
    assert [each.key for each in page.form.fields] == ["from", "to", "files"]
    assert [row.buyer for row in page.table.rows] == ["Hansa 有限公司", "嘉禾 有限公司", "海澜 有限公司"]  # fmt: skip
    assert page.form.save()
    done = page.writing(tmp_path, None)(Progress())
    assert len(done.written) == 3
    page.form.set("from", "2026-12-01")
    page.form.set("to", "2026-01-01")
    assert page.form.save()
    refused = page.writing(tmp_path, None)(Progress())
    assert not refused.written
    assert all(line.refused is not None for line in refused.refused)
    page.take_done(refused)
    assert page.said == "0 papers written; 3 not, with the reason in their rows"


@pytest.mark.parametrize("files", ["each", "one"])
def test_what_was_done_before_cancelling_stays_and_is_listed(
    workspace: Workspace, english: Wording, tmp_path: Path, files: str
) -> None:
    page = opened(workspace, english, "statement")
    page.form.set("files", files)
    assert page.form.save()

    def tell(step: Step) -> None:
        if step.total == 3 and step.done == 2:
            progress.cancel()

    progress = Progress(tell)
    done = page.writing(tmp_path, None)(progress)
    assert done.cancelled
    names = [row.buyer for row in page.table.rows]
    assert [line.buyer for line, _ in done.written] == names[:2]
    assert all(path.exists() for _, path in done.written)
    (rest,) = done.refused
    assert rest.buyer == names[2]
    rows = listed(done.list)
    assert [row[-1] for row in rows if row[1] == names[2]] == ["cancelled before its turn"]  # fmt: skip


def test_cancelled_before_the_first_nothing_is_left(
    workspace: Workspace, english: Wording, tmp_path: Path
) -> None:
    page = opened(workspace, english, "statement")
    assert page.form.save()
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        page.writing(tmp_path, None)(progress)
    assert [each for each in tmp_path.iterdir() if each.is_dir()] == []


def test_two_buyers_of_one_name_get_two_files(
    workspace: Workspace, english: Wording, tmp_path: Path
) -> None:
    page = opened(workspace, english, "statement")
    lines = page.table.rows
    asked = page._round
    twins = [lines[0], replace(lines[1], buyer=lines[0].buyer)]
    paths = asked.targets(tmp_path, twins)
    assert len(set(paths.values())) == 2


@pytest.mark.parametrize("paper", list(PAPERS))
def test_every_paper_can_be_written_to_many(
    workspace: Workspace, english: Wording, tmp_path: Path, paper: str
) -> None:
    page = opened(workspace, english, paper)
    assert page.form.save()
    done = page.writing(tmp_path, None)(Progress())
    assert done.written
    assert [str(line.refused) for line in done.refused if line.refused is None] == []


def test_a_notice_speaks_the_insurers_language_whatever_the_buyers_country(
    workspace: Workspace, english: Wording, buyer: Find
) -> None:
    desk, hansa = workspace.desk, buyer("Hansa")
    card = replace(desk.buyers.file(hansa).card, country="DE")
    desk.buyers.change(hansa, card)
    about = partial(About.of, desk, today=workspace.today(), say=english, policy=1, buyer=hansa)  # fmt: skip
    assert about(letters()["overdue_notice"]).language == "zh"
    assert about(letters()["reminder_1"]).language == "en"


def test_each_letter_of_a_round_has_its_number_and_one_that_fails_gives_it_back(
    workspace: Workspace, english: Wording, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    workspace.desk.upkeep.set({LETTER_PATTERN: "{year}/{n:03}"})
    page = opened(workspace, english, "balance_confirmation")
    assert page.form.save()
    done = page.writing(tmp_path / "a", None)(Progress())
    kept = workspace.desk.letter_numbers.all()
    assert [each.number for each in kept] == ["2026/001", "2026/002", "2026/003"]
    assert [each.about for each in kept] == [line.buyer for line, _ in done.written]
    with pypdfium2.PdfDocument(done.written[1][1]) as pdf:
        assert "2026/002" in pdf[0].get_textpage().get_text_bounded()

    def broken(*_what: object) -> None:
        raise NothingOverdue(buyer="x", on=workspace.today())

    monkeypatch.setattr("creditdesk.reports.letter.write", broken)
    failed = page.writing(tmp_path / "b", None)(Progress())
    assert not failed.written
    undone = [each for each in workspace.desk.letter_numbers.all() if each.undone]
    assert [each.number for each in undone] == ["2026/004", "2026/005", "2026/006"]
