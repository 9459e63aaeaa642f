"""Facts and statements with the file that shows them, entered in the window."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from creditdesk.domain.credit.contacts import ContactWay
from creditdesk.jobs import Progress
from creditdesk.presenters.credit.buyer_file import BuyerFilePresenter
from creditdesk.presenters.credit.log_part import EntryKind
from creditdesk.presenters.parts.attaching import take
from creditdesk.presenters.parts.held_paper import PaperBeingRead
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerId
from creditdesk.services.credit import NewContact
from creditdesk.workspace import Workspace

Find = Callable[[str], BuyerId]
ROWS = (
    ("资产负债表", "单位：万元"),
    ("编制单位：宁波海澜贸易有限公司", "2025年12月31日"),
    ("项目", "期末余额"),
    ("流动资产合计", 120),
    ("资产总计", 200),
    ("负债合计", 130),
    ("所有者权益合计", 70),
    ("神秘项目", 5),
)


@pytest.fixture
def file(workspace: Workspace, english: Wording, buyer: Find) -> BuyerFilePresenter:
    made = BuyerFilePresenter(workspace, english, buyer("海澜"))
    made.show(made.job()(Progress()))
    return made


def test_a_register_check_is_kept_with_its_picture(
    file: BuyerFilePresenter, workspace: Workspace, tmp_path: Path
) -> None:
    shot = tmp_path / "公示系统.png"
    shot.write_bytes(b"\x89PNG\r\n\x1a\n")
    form = file.log.start(EntryKind.FACT)
    form.set("kind", "REGISTER_CLEAN")
    form.set("value", "公示系统")
    file.log.paper.choose(shot)
    with pytest.raises(PaperBeingRead):
        file.log.paper.keep(file.file.client_id)
    file.log.paper.reading()(Progress())
    assert form.save()
    (kept,) = workspace.desk.credit.facts(file.buyer)
    assert kept.document_id is not None
    file.log.paper.choose(None)
    form = file.log.start(EntryKind.FACT)
    form.set("kind", "SUED")
    assert form.save()
    assert workspace.desk.credit.facts(file.buyer)[0].document_id is None


def test_a_statement_from_a_file_fills_the_form_and_is_kept_with_the_file(
    file: BuyerFilePresenter, workspace: Workspace, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.worksheets[0].append(row)
    path = tmp_path / "报表.xlsx"
    book.save(path)
    part = file.statements
    part.take(part.reading(path)(Progress()))
    shown = [part.form.value(key) for key in ("end", "months", "unit")]
    assert shown[0] == "2025-12-31"
    assert shown[2] == "10000"
    assert "4 figures read" in part.found_words
    assert "神秘项目" in part.found_words
    assert not part.form.save()  # what doesn't fit is asked about once
    assert part.form.save()
    (line,) = workspace.desk.credit.statements(file.buyer)
    assert line.document_id is not None
    total = line.sheet.value("total_assets")
    assert total == 2_000_000
    assert part.found_words == ""


def test_the_papers_of_the_file_are_listed_opened_and_saved(
    file: BuyerFilePresenter, workspace: Workspace, tmp_path: Path
) -> None:
    part = file.papers
    assert part.table.count == 0
    desk, client = workspace.desk, file.file.client_id
    for day, name, content in (
        (1, "demand.txt", "pay"),
        (2, "numbers.xlsx", "PK, no book"),
    ):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        looked, kept = take(path, Progress(), megabytes=10)
        new = NewContact(
            buyer_id=file.buyer, way=ContactWay.LETTER, on=date(2026, 9, day), said="x",
            document=desk.watch.keep_paper(client, looked, kept),
        )  # fmt: skip
        desk.credit.add_contact(new, workspace.today())
    file.show(file.job()(Progress()))
    rows = [[part.table.cell(line, column).text for column in range(3)] for line in range(2)]  # fmt: skip
    assert rows == [
        ["2 Sep 2026", "Letter", "numbers.xlsx"],
        ["1 Sep 2026", "Letter", "demand.txt"],
    ]
    book, letter = (each.digest for each in part.table.rows)
    # Only what nothing could be run of is given to the system's own program.
    assert (part.may_open(letter), part.may_open(book)) == (True, False)
    copy = part.opening(letter)(Progress())
    assert (copy.suffix, copy.read_text(encoding="utf-8")) == (".txt", "pay")
    part.close()
    assert not copy.exists()
    saved = part.saving(book, tmp_path / part.file_name(book))(Progress())
    assert saved.read_text(encoding="utf-8") == "PK, no book"
