"""The yearly review, without its window."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from creditdesk.errors import UserError
from creditdesk.jobs import Progress
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.reviews.reviews import ReviewsPresenter
from creditdesk.services.clients import ClientCard
from creditdesk.workspace import Desk, Workspace


@pytest.fixture
def review(filled: Desk, workspace: Workspace, wording: Wording) -> ReviewsPresenter:
    """The only client's policy year, counted."""
    assert filled.clients.all()
    presenter = ReviewsPresenter(workspace, wording)
    presenter.show(presenter.counting()(Progress()))
    return presenter


def test_the_period_is_the_policy_year_up_to_today(review: ReviewsPresenter) -> None:
    assert (review.start, review.end) == (date(2025, 1, 1), date(2025, 9, 10))
    assert "明达电子有限公司 · 1 Jan 2025 to 10 Sep 2025" in review.said


def test_each_figure_has_a_value_and_a_light_in_words(review: ReviewsPresenter) -> None:
    lines = {line.title: line for line in review.kpis}
    assert len(lines) == 22
    use = lines["Use of limits"]
    assert (use.value, use.light.text) == ("95.6\u00a0%", "⚠ look at it")
    assert use.light.tone is Tone.WARNING
    assert lines["Limits approved (amount)"].value == "no data"
    assert lines["Loss ratio (paid)"].light.text == "✓ healthy"


def test_edited_sentences_are_what_the_workbook_says(
    review: ReviewsPresenter, tmp_path: Path
) -> None:
    assert not review.is_edited()
    review.write_finding(0, "海澜 has stopped paying.")
    review.write_action(2, "")
    assert review.is_edited()
    path = review.writing(tmp_path / review.file_name)(Progress())
    assert not review.is_edited()
    book = openpyxl.load_workbook(path)
    cells = {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
    book.close()
    assert "1. 海澜 has stopped paying." in cells
    assert f"2. {review.findings[1]}" in cells


def test_swapped_dates_are_refused_in_words(review: ReviewsPresenter) -> None:
    review.type_period("2025-09-10", "2025-01-01")
    with pytest.raises(UserError, match="swapped") as caught:
        review.counting()(Progress())
    review.refuse(caught.value)
    assert "Were the dates swapped?" in review.refused
    assert review.kpis == ()


def test_a_date_that_is_none_is_said(review: ReviewsPresenter) -> None:
    review.type_period("2025-01-01", "later")
    assert "is no date" in review.refused


def test_with_several_clients_one_is_chosen_first(
    filled: Desk, workspace: Workspace, wording: Wording
) -> None:
    filled.clients.add(ClientCard(name="瑞丰五金"))
    presenter = ReviewsPresenter(workspace, wording)
    assert presenter.client is None
    with pytest.raises(UserError, match="Choose the client"):
        presenter.counting()
    presenter.choose(presenter.clients[-1].value)
    assert presenter.client is not None
