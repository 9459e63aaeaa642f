"""An insurer's service: the rows behind each bar, and the same on paper and in the workbook."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pypdfium2

from creditdesk.domain.base.money import Money
from creditdesk.domain.review.insurer import Behind, RecordPicture
from creditdesk.jobs import Progress
from creditdesk.presenters.insurers.record import InsurerRecordPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.policies import LimitDecision
from creditdesk.workspace import Workspace


def shown(workspace: Workspace, english: Wording) -> InsurerRecordPresenter:
    desk = workspace.desk
    (policy,) = desk.policies.all(workspace.today())
    decision = LimitDecision(
        policy_id=policy.id, buyer_id=desk.buyers.named(policy.client_id, "海澜"), state="REDUCED",
        start=date(2026, 5, 1), amount=Money(Decimal(300000), "CNY"), requested=Money(Decimal(500000), "CNY"),
    )  # fmt: skip
    desk.policies.decide(replace(decision, state="APPROVED"))
    made = InsurerRecordPresenter(workspace, english, policy.insurer)
    made.show(made.job()(Progress()))
    return made


def test_a_bar_leaves_its_rows_and_the_same_bar_again_leaves_all(
    workspace: Workspace, english: Wording
) -> None:
    part = shown(workspace, english)
    whole = part.table.count
    assert whole == 1
    part.choose("CNY", Behind.REFUSED)
    assert part.table.count == 0
    part.choose("CNY", Behind.PART)
    (row,) = part.table.rows
    assert (row[1].first, row[1].second) == (Money(Decimal(500000), "CNY"), Money(Decimal(300000), "CNY"))  # fmt: skip
    place = part.place_of(row[0])
    assert place is not None
    assert place[0] == "buyer_file"
    assert "In part CNY" in part.said
    part.choose("CNY", Behind.PART)
    assert part.table.count == whole


def test_screen_paper_workbook_and_the_insurers_file_say_the_same(
    workspace: Workspace, english: Wording, tmp_path: Path
) -> None:
    part = shown(workspace, english)
    service = workspace.desk.insurers.file(part.insurer).service
    assert service.answered == len(workspace.desk.insurers.answers(part.insurer)) == 1
    paper, book = tmp_path / "r.pdf", tmp_path / "r.xlsx"
    for path in (paper, book):
        part.writing(path)(Progress())
    with pypdfium2.PdfDocument(paper) as pdf:
        text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    cells = [cell.value for row in openpyxl.load_workbook(book).worksheets[0].iter_rows() for cell in row]  # fmt: skip
    (amounts,) = [each for each in part.pictures if each.key == (RecordPicture.AMOUNTS, "CNY")]  # fmt: skip
    assert [bar.figure for bar in amounts.bars] == ["0.00", "500,000.00", "0.00"]
    assert (amounts.bars[1].filled, amounts.bars[1].hatched) == (0.6, 0.4)
    for bar in amounts.bars:
        assert bar.figure in text
        assert bar.figure in cells
    assert 200000 in cells
