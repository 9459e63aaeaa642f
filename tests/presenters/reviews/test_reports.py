"""The Reports page asks what a report needs, and writes it."""

from datetime import date
from pathlib import Path

import pikepdf
import pytest

from creditdesk.i18n import words
from creditdesk.jobs import ImmediateRunner, Progress
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.reviews.reports import ReportsPresenter
from creditdesk.reports.report import FileKind
from creditdesk.services.buyers import BuyerCard
from creditdesk.workspace import Desk, Workspace

TODAY = date(2025, 9, 7)


@pytest.fixture
def presenter(filled: Desk, tmp_path: Path) -> ReportsPresenter:
    workspace = Workspace(
        filled, ImmediateRunner(), PreferenceFile(tmp_path / "p.json"), today=lambda: TODAY
    )  # fmt: skip
    workspace.choose(filled.clients.all()[0].id)
    return ReportsPresenter(workspace, Wording("en"))


def test_the_form_is_what_the_report_asks_for(presenter: ReportsPresenter) -> None:
    presenter.choose("statement")
    labels = [each.label for each in presenter.form.fields]
    assert labels == ["Client", "Buyer", "Period from", "Period to"]
    assert [words for _, words in presenter.kinds] == ["Save as PDF…", "Save as Excel…"]
    presenter.choose("aging")
    assert [each.label for each in presenter.form.fields] == ["Client", "As of"]
    assert presenter.form.value("on") == "2025-09-07"
    assert presenter.file_name(FileKind.WORKBOOK) == "Aging 2025-09-07.xlsx"


def test_what_was_typed_stays_where_the_next_report_asks_for_it_too(
    presenter: ReportsPresenter,
) -> None:
    presenter.choose("statement")
    presenter.form.set("buyer", "B1")
    presenter.choose("balance_letter")
    assert presenter.form.value("buyer") == "B1"


def test_a_buyer_that_is_not_there_is_said_under_its_field(
    presenter: ReportsPresenter,
) -> None:
    presenter.choose("balance_letter")
    assert not presenter.is_told()
    assert presenter.form.faulty == "buyer"
    presenter.form.set("buyer", "nobody")
    assert not presenter.is_told()
    assert presenter.form.faulty == "buyer"


def test_the_letter_is_written_for_the_buyer_named(
    presenter: ReportsPresenter, tmp_path: Path
) -> None:
    presenter.choose("balance_letter")
    presenter.form.set("buyer", "B1")
    assert presenter.is_told()
    path = tmp_path / "letter.pdf"
    said = presenter.writing(path)(Progress())
    assert words("en").say(said) == f"The report is saved as {path}."
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 2


def test_names_that_no_font_has_are_told_with_the_saved_paper(
    presenter: ReportsPresenter, filled: Desk, tmp_path: Path
) -> None:
    client = filled.clients.all()[0].id
    for place in range(5):
        filled.buyers.add(client, BuyerCard(name=f"A{place} \U0001f600"))
    presenter.choose("aging")
    assert presenter.is_told()
    said = words("en").say(presenter.writing(tmp_path / "aging.pdf")(Progress()))
    assert "No font on this computer has \U0001f600 of “A0 \U0001f600”" in said
    assert said.endswith("So it is with 2 more names.")
    book = words("en").say(presenter.writing(tmp_path / "aging.xlsx")(Progress()))
    assert book == f"The report is saved as {tmp_path / 'aging.xlsx'}."
