"""The contract review as a person walks through it, and the letter it makes."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from creditdesk.catalog.letters import INSURER_QUESTIONS
from creditdesk.domain.policy.contract_review import ReviewState
from creditdesk.jobs import Progress
from creditdesk.presenters.letters.letter import LetterPresenter
from creditdesk.presenters.letters.questions import QuestionDraft
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.policies.contract_review import (
    ContractReviewPresenter,
    QuestionLine,
)
from creditdesk.presenters.policies.schedule import VALUE
from creditdesk.workspace import Workspace


@pytest.fixture
def review(workspace: Workspace, english: Wording) -> ContractReviewPresenter:
    """The review of the one policy there is."""
    return ContractReviewPresenter(workspace, english, 1)


def shown(review: ContractReviewPresenter, code: str) -> QuestionLine:
    lines = (each for section in review.sections for each in section.lines)
    return next(line for line in lines if line.code == code)


def test_it_begins_with_the_first_question_and_its_values(
    review: ContractReviewPresenter,
) -> None:
    assert review.chosen == "R01"
    assert [line.key for line in review.values] == ["policyholder_id", "joint_insured"]
    assert "questions to look at" in review.progress
    assert shown(review, "R01").state == "not looked at yet"
    assert shown(review, "R08").state == "doesn't apply"
    assert review.state == ("not looked at yet", Tone.QUIET)


def test_an_answer_leads_to_the_next_question(review: ContractReviewPresenter) -> None:
    review.remark = "both companies"
    review.answer(ReviewState.AS_NEEDED)
    assert review.chosen == "R02"
    assert review.remark == ""
    assert shown(review, "R01").state == "as we need it"
    review.choose("R01")
    assert review.remark == "both companies"
    assert review.said.startswith("as we need it, answered on 23 Nov 2026 by ")


def test_a_typed_remark_stays_with_its_question(
    review: ContractReviewPresenter,
) -> None:
    review.remark = "ask the bank"
    assert review.is_unsaved()
    review.choose("R05")
    assert (review.chosen, review.remark) == ("R05", "")
    review.choose("R01")
    assert review.remark == "ask the bank"
    assert not review.is_unsaved()


def test_a_value_that_cannot_be_kept_holds_its_question(
    review: ContractReviewPresenter,
) -> None:
    review.choose("R26")
    review.edit("mep_days").set(VALUE, "many")
    review.choose("R27")
    assert review.chosen == "R26"


def test_a_value_is_entered_beside_its_question_and_outdates_its_answer(
    review: ContractReviewPresenter,
) -> None:
    review.choose("R26")
    review.answer(ReviewState.AS_NEEDED)
    review.choose("R26")
    form = review.edit("mep_days")
    form.set(VALUE, "90")
    assert form.save()
    review.reload()
    assert review.values[0].words == "90 days"
    assert review.values[0].origin == "checked"
    assert review.changes == ("Maximum extension period: was 60 days, is 90 days",)
    assert shown(review, "R26").state == "changed since"
    review.answer(ReviewState.AS_NEEDED)
    assert shown(review, "R26").state == "as we need it"


def test_when_every_question_is_answered_it_says_so(
    review: ContractReviewPresenter,
) -> None:
    while review.next_open():
        review.choose(review.next_open() or "")
        review.answer(ReviewState.NOT_APPLICABLE)
    assert review.progress == "Every question is answered."
    assert review.share_answered == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_letter_asks_what_is_to_be_asked_and_says_only_what_was_read(
    workspace: Workspace,
    language: str,
    tmp_path: Path,
    page_text: Callable[[Path], str],
) -> None:
    wording = Wording("zh" if language == "zh" else "en")
    review = ContractReviewPresenter(workspace, wording, 1)
    review.choose("R32")
    review.remark = "自 {insurer} 知悉之日 <b>"
    review.answer(ReviewState.ASK)
    review.choose("R09")
    review.answer(ReviewState.ASK)
    letter = LetterPresenter(workspace, wording, INSURER_QUESTIONS, policy=1)
    assert letter.said.endswith(("2 questions", "2 个问题"))
    assert letter.language == "zh"
    letter.language = wording.language
    written = letter.writing(tmp_path / "q.pdf")(Progress())
    text = page_text(written)
    assert letter.draft is not None
    assert isinstance(letter.draft, QuestionDraft)
    questions = letter.draft.questions(wording.language).questions
    for part in (*(each.question for each in questions), "自 {insurer} 知悉之日 <b>", "P-1"):  # fmt: skip
        assert "".join(part.split()) in text
    # The percentage was entered; the causes of loss are a template's.
    assert [len(each.understood) for each in questions] == [1, 0]
    assert letter.file_name.endswith("2026-11-23.pdf")


@pytest.fixture
def page_text() -> Callable[[Path], str]:
    """Every word of a paper, without spaces."""

    def read(path: Path) -> str:
        with pdfium.PdfDocument(path) as document:
            pages = [page.get_textpage().get_text_bounded() for page in document]
        return "".join("".join(pages).split())

    return read
