"""The list of declarations and one period's paper, as a bookkeeper uses them."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from creditdesk.domain.declare.declarations import DeclarationKind
from creditdesk.domain.declare.declared import State
from creditdesk.i18n import LANGUAGES
from creditdesk.jobs import Progress
from creditdesk.presenters.declarations.declaration import DeclarationPresenter
from creditdesk.presenters.declarations.declarations import DeclarationsPresenter
from creditdesk.presenters.parts.form import Form
from creditdesk.presenters.parts.table import Table, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.policies import PolicyId
from creditdesk.workspace import Workspace


@pytest.fixture
def listed(workspace: Workspace, wording: Wording) -> DeclarationsPresenter:
    made = DeclarationsPresenter(workspace, wording, None)
    made.show(made.reading()(Progress()))
    return made


def period(
    workspace: Workspace, wording: Wording, month: int = 1
) -> DeclarationPresenter:
    policy = workspace.desk.policies.all(workspace.today())[0].id
    return DeclarationPresenter(
        workspace, wording, policy, DeclarationKind.TURNOVER, date(2025, month, 1)
    )


def cells(table: Table[object], key: str) -> list[str]:
    column = [each.key for each in table.columns].index(key)
    return [table.cell(row, column).text for row in range(table.count)]


def send(shown: DeclarationPresenter, on: str = "2025-09-09", **typed: str) -> Form:
    """Fill in the form and record."""
    form = shown.sent_form()
    for key, text in {"on": on, "way": "Courier", **typed}.items():
        form.set(key, text)
    assert form.save(), form.fault
    shown.recording()(Progress())
    shown.done()
    return form


def test_every_month_is_a_row_with_its_day_and_its_state(
    listed: DeclarationsPresenter,
) -> None:
    table: Table[object] = listed.table  # type: ignore[assignment]  # rows are only looked at
    assert cells(table, "until")[-1] == "January 2025"
    assert cells(table, "state") == [
        "still running",
        "to be declared",
        *["late, not declared"] * 7,
    ]
    assert cells(table, "computed")[-3:] == [
        "¥\u00a0113,000.00",
        "¥\u00a0226,000.00",
        "¥\u00a0339,000.00",
    ]
    assert listed.subtitle == "8 periods wait"
    assert listed.table.footer == ["Renminbi  by the ledger 678,000.00, declared 0.00"]


def test_the_oldest_late_period_comes_first_and_only_what_waits_can_be_shown(
    listed: DeclarationsPresenter,
) -> None:
    assert listed.next is not None
    assert listed.next.asked.period.start == date(2025, 1, 1)
    listed.keep_waiting(only=True)
    assert {row.state for row in listed.table.rows} == {State.LATE, State.TO_DECLARE}


def test_a_declared_month_shows_green_and_an_agreed_turnover_its_share(
    workspace: Workspace, wording: Wording, listed: DeclarationsPresenter
) -> None:
    policy = workspace.desk.policies.all(workspace.today())[0].id
    workspace.desk.policies.set(
        PolicyId(policy),
        {"insurable_turnover_est": "1000000"},
        workspace.today(),
        confirmed=True,
    )
    send(period(workspace, wording))
    listed.show(listed.reading()(Progress()))
    row = listed.table.get((policy, "turnover/2025-01-01"))
    assert row is not None
    assert row.state is State.DECLARED_LATE
    (said,) = listed.summary
    assert said.startswith("DT/1: 33.9\u00a0% of the agreed ¥\u00a01,000,000.00")


def test_a_desk_without_policies_says_what_is_missing(
    workspace: Workspace, wording: Wording
) -> None:
    workspace.choose(999)
    shown = DeclarationsPresenter(workspace, wording, None)
    shown.show(shown.reading()(Progress()))
    assert shown.next is None
    assert "Enter a policy first" in shown.empty


def test_a_policy_that_does_not_say_how_it_is_declared_is_pointed_out(
    workspace: Workspace, wording: Wording
) -> None:
    policy = workspace.desk.policies.all(workspace.today())[0].id
    workspace.desk.policies.set(
        PolicyId(policy), {"declaration_mode": ""}, workspace.today(), confirmed=True
    )
    shown = DeclarationsPresenter(workspace, wording, int(policy))
    shown.show(shown.reading()(Progress()))
    assert shown.table.count == 0
    assert "Declaration by" in shown.empty


def test_a_period_lists_its_documents_and_says_what_speaks_against_lateness(
    workspace: Workspace, wording: Wording
) -> None:
    shown = period(workspace, wording, 3)
    assert shown.title == "Shipments  March 2025"
    assert shown.chips == (("late, not declared", "danger"),)
    assert shown.deadline.tone is Tone.DANGER
    assert [
        (row.key[1], shown.documents.cell(0, 6).text) for row in shown.documents.rows
    ] == [("INV3", "to be declared")]
    assert any("INV1" in each for each in shown.warnings)
    assert [each[1] for each in shown.sums] == ["¥\u00a0113,000.00"]


def test_recording_closes_the_duty_and_keeps_the_proof(
    workspace: Workspace, wording: Wording, tmp_path: Path
) -> None:
    shown = period(workspace, wording)
    proof = tmp_path / "回执.pdf"
    proof.write_bytes(b"%PDF-1.4 no more")
    shown.take_proof(proof)
    send(shown, reference="SB-1")
    (kept,) = shown.history.rows
    assert (kept.reference, kept.document_id is not None) == ("SB-1", True)
    assert shown.chips[0][0].startswith("declared 2")
    assert not shown.may_declare
    duties = [each for each in workspace.desk.watch.duties_of() if each.code == "D07"]
    assert [each.anchor_on for each in duties if each.state == "done"] == [
        date(2025, 1, 31)
    ]


def test_a_document_can_be_left_out_and_taken_in_again(
    workspace: Workspace, wording: Wording
) -> None:
    shown = period(workspace, wording)
    (row,) = shown.documents.rows
    form = shown.sent_form()
    assert form.value("total_CNY") == "339,000.00"
    assert shown.toggle(row.key)
    shown.refill(form)
    assert shown.documents.cell(0, 6).text == "left out by hand"
    assert form.value("total_CNY") == "0.00"
    assert shown.toggle(row.key)
    shown.refill(form)
    assert form.value("total_CNY") == "339,000.00"
    assert not shown.toggle((1, "nothing", "invoice"))


def test_what_is_typed_stays_when_the_paper_changes_and_totals_follow_it(
    workspace: Workspace, wording: Wording
) -> None:
    shown = period(workspace, wording)
    form = shown.sent_form()
    form.set("way", "Fax")
    shown.toggle(shown.documents.rows[0].key)
    shown.refill(form)
    assert (form.value("way"), form.value("total_CNY")) == ("Fax", "0.00")
    assert form.is_dirty()
    form.set("total_CNY", "5")
    shown.refill(form)
    assert form.value("total_CNY") == "5"
    shown.restart(form)
    assert not form.is_dirty()


def test_a_total_typed_from_paper_differs_and_is_corrected_later(
    workspace: Workspace, wording: Wording
) -> None:
    shown = period(workspace, wording)
    send(shown, total_CNY="300000")
    assert shown.file.line.state is State.DIFFERS
    assert [each[1] for each in shown.sums][-1] == "¥\u00a039,000.00"
    assert "correct it" in shown.offer
    shown.correct(whole=True)
    assert shown.may_declare
    send(shown)
    assert [each[1] for each in shown.sums][-1] == "none"
    assert [shown.history.cell(row, 6).text for row in range(2)].count("stands") == 1


def test_an_entry_made_by_mistake_is_voided_and_struck_out(
    workspace: Workspace, wording: Wording
) -> None:
    shown = period(workspace, wording)
    send(shown)
    (kept,) = shown.history.rows
    assert shown.may_void(kept.id)
    shown.voiding(kept.id, "wrong month")(Progress())
    shown.reload()
    assert not shown.may_void(kept.id)
    (line,) = shown.history.rows
    assert line.id == kept.id
    assert shown.history.cell(0, 0).struck
    assert shown.history.cell(0, 4).text.endswith(": wrong month")
    assert list(shown.history.values()) == []
    assert shown.chips == (("late, not declared", "danger"),)


def test_a_day_to_come_is_refused_under_its_field(
    workspace: Workspace, wording: Wording
) -> None:
    form = period(workspace, wording).sent_form()
    for key, text in {"on": "2025-09-11", "way": "Fax"}.items():
        form.set(key, text)
    assert not form.save()
    assert form.fault_of("on") is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_is_written_as_what_its_name_ends_in(
    workspace: Workspace, wording: Wording, tmp_path: Path, language: str
) -> None:
    shown = period(workspace, wording)
    shown.language = "zh" if language == "zh" else "en"
    pdf, book = tmp_path / "a.pdf", tmp_path / "a.xlsx"
    shown.writing(pdf)(Progress())
    shown.writing(book)(Progress())
    assert pdf.read_bytes().startswith(b"%PDF")
    sheet = load_workbook(book).worksheets[0]
    assert any(cell.value == 339000 for row in sheet.iter_rows() for cell in row)
    assert shown.file_name.endswith("DT-1 2025-01-01")
