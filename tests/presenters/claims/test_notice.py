"""The overdue notice, without its window."""

from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from creditdesk.catalog.letters import OVERDUE_NOTICE
from creditdesk.jobs import ImmediateRunner, Progress
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.letters.letter import LetterPresenter
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.workspace import Desk, Workspace

EARLY = date(2025, 5, 5)


@pytest.fixture
def notice(filled: Desk, tmp_path: Path, wording: Wording) -> LetterPresenter:
    """In May, before the first deadline."""
    filled.recount(EARLY)
    preferences = PreferenceFile(tmp_path / "preferences.json")
    workspace = Workspace(filled, ImmediateRunner(), preferences, today=lambda: EARLY)
    policy, buyer = filled.policies.all(EARLY)[0].id, filled.buyers.all()[0].id
    return LetterPresenter(
        workspace, wording, OVERDUE_NOTICE, policy=policy, buyer=buyer
    )


def text_of(path: Path) -> str:
    pdf = pdfium.PdfDocument(path.read_bytes())
    try:
        return "".join(page.get_textpage().get_text_bounded() for page in pdf)
    finally:
        pdf.close()


def test_the_letter_speaks_the_insurers_language_until_another_is_chosen(
    notice: LetterPresenter, tmp_path: Path
) -> None:
    assert notice.language == "zh"
    notice.form.set("reason", "资金困难")
    assert notice.apply()
    letter = text_of(notice.writing(tmp_path / "zh.pdf")(Progress()))
    assert "可能损失通知书" in letter
    assert "资金困难" in letter
    notice.language = "en"
    assert "INV1" in text_of(notice.writing(tmp_path / "en.pdf")(Progress()))


def test_deadline_and_sum_are_said(notice: LetterPresenter) -> None:
    deadline = notice.aside.deadline
    assert deadline is not None
    assert deadline.text == (
        "Send by 9 May 2025 (in 4 days); last legal day 12 May 2025."
    )
    assert deadline.tone is Tone.WARNING
    assert notice.aside.sums == "2 invoices, open ¥\u00a0365,000.00"
    assert notice.invoices is not None
    assert [row.number for row in notice.invoices.rows] == ["INV1", "INV2"]


def test_the_file_name_keeps_no_sign_a_system_refuses(notice: LetterPresenter) -> None:
    assert notice.file_name == "Overdue notice DT-1 2025-05-05.pdf"


def test_recording_keeps_the_receipt_and_closes_the_duty(
    notice: LetterPresenter, filled: Desk, scan: Path
) -> None:
    notice.take_receipt(scan)
    form = notice.sent_form()
    form.set("on", "2025/5/4")
    form.set("way", "Courier")
    assert form.save()
    notice.recording()(Progress())
    notice.done()
    sent = filled.watch.notices()[0]
    assert (sent.sent_on, sent.way) == (date(2025, 5, 4), "Courier")
    assert sent.receipt_id is not None
    assert sent.invoices == ("INV1", "INV2")
    told = {"INV1", "INV2"}
    waiting = [
        duty
        for duty in filled.watch.open_duties()
        if duty.code == "D14" and told & set(duty.invoices)
    ]
    assert waiting == []


def test_a_notice_is_not_sent_tomorrow(notice: LetterPresenter) -> None:
    form = notice.sent_form()
    form.set("on", "2025-05-06")
    form.set("way", "Fax")
    assert not form.save()
    assert form.faulty == "on"


def test_nothing_overdue_is_said_instead_of_a_letter(
    filled: Desk, tmp_path: Path, wording: Wording
) -> None:
    day = date(2025, 1, 20)
    preferences = PreferenceFile(tmp_path / "preferences.json")
    workspace = Workspace(filled, ImmediateRunner(), preferences, today=lambda: day)
    policy, buyer = filled.policies.all(day)[0].id, filled.buyers.all()[0].id
    notice = LetterPresenter(
        workspace, wording, OVERDUE_NOTICE, policy=policy, buyer=buyer
    )
    assert notice.draft is None
    assert "nothing to notify" in notice.refused


def test_a_mandate_that_went_out_is_recorded_with_the_buyer(
    filled: Desk, tmp_path: Path, wording: Wording
) -> None:
    filled.recount(EARLY)
    preferences = PreferenceFile(tmp_path / "preferences.json")
    workspace = Workspace(filled, ImmediateRunner(), preferences, today=lambda: EARLY)
    policy, buyer = filled.policies.all(EARLY)[0].id, filled.buyers.all()[0].id
    letter = LetterPresenter(workspace, wording, "collection_mandate", policy=policy, buyer=buyer)  # fmt: skip
    assert letter.is_kept
    assert letter.aside.deadline is None
    assert letter.aside.sums
    form = letter.sent_form()
    form.set("way", "mail")
    assert form.save()
    letter.recording()(Progress())
    (event,) = filled.watch.events(buyer)
    assert (event.kind, event.happened_on) == ("MANDATE", EARLY)
    mandates = [each.state for each in filled.watch.duties_of(buyer_id=buyer) if each.code == "D17"]  # fmt: skip
    assert "done" in mandates
    assert "open" not in mandates


def test_the_firms_own_sentences_stand_in_letters_to_this_insurer_and_of_this_client(
    notice: LetterPresenter, filled: Desk, tmp_path: Path
) -> None:
    line = filled.policies.all(EARLY)[0]
    words = (
        f"{line.insurer}: 请回传盖章件 {{1}}\n{line.client}：联系人张会计\n别家: 不相干"
    )
    filled.upkeep.set({"letter_words": words})
    letter = text_of(notice.writing(tmp_path / "own.pdf")(Progress()))
    assert "请回传盖章件 {1}" in letter
    assert letter.index("请回传盖章件") < letter.index("联系人张会计")
    assert "不相干" not in letter
