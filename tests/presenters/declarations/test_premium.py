"""The premium page, as a bookkeeper uses it."""

from datetime import date
from pathlib import Path

import pytest

from creditdesk.jobs import Progress
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.policies.premium import PremiumPresenter
from creditdesk.services.policies import PolicyId
from creditdesk.workspace import Workspace


@pytest.fixture
def shown(workspace: Workspace, wording: Wording) -> PremiumPresenter:
    policy = workspace.desk.policies.all(workspace.today())[0].id
    return PremiumPresenter(workspace, wording, policy)


def add(
    shown: PremiumPresenter,
    amount: str = "12,000",
    due: str = "2025-09-01",
    kind: str = "instalment",
) -> None:
    form = shown.note_form()
    for key, text in {
        "kind": kind,
        "amount": amount,
        "due": due,
        "reference": "B-1",
    }.items():
        form.set(key, text)
    assert form.save(), form.fault_of("amount")
    shown.reload()


def test_both_readings_stand_beside_each_other_with_their_working(
    shown: PremiumPresenter,
) -> None:
    declared, ledger = shown.readings
    assert (declared.title, ledger.title) == ("By what was declared", "By the ledger")
    assert declared.lines[0].amount == "0.00"
    # 678,000 at the template's 0.5 % is less than its minimum of 50,000.
    assert ledger.lines[0].amount == "3,390.00"
    assert [line.amount for line in ledger.lines if line.strong] == [
        "50,000.00",
        "53,000.00",
    ]
    assert "30 times" in shown.maximum[0]


def test_a_missing_rate_is_a_warning_and_not_an_empty_page(
    workspace: Workspace, shown: PremiumPresenter
) -> None:
    workspace.desk.policies.set(
        PolicyId(shown.file.policy_id),
        {"premium_rate": ""},
        workspace.today(),
        confirmed=True,
    )
    shown.reload()
    assert shown.readings[0].lines == ()
    assert "Rate" in shown.readings[0].warnings[0]


def test_a_table_of_rates_is_said(
    workspace: Workspace, shown: PremiumPresenter
) -> None:
    workspace.desk.policies.set(
        PolicyId(shown.file.policy_id),
        {"rate_table": '[{"max_term": 90, "rate": "0.7"}]'},
        workspace.today(),
        confirmed=True,
    )
    shown.reload()
    assert "table of 1 rates" in shown.basis
    assert shown.readings[1].lines[0].amount == "4,746.00"


def test_a_note_is_owed_until_it_is_paid(
    workspace: Workspace, shown: PremiumPresenter, tmp_path: Path
) -> None:
    add(shown)
    assert shown.chips == (("premium owed", "danger"),)
    assert shown.notes.cell(0, 4).tone is Tone.DANGER
    (note,) = shown.notes.rows
    shown.choose(note.id)
    assert shown.paying is not None
    assert shown.words_of(shown.paying).startswith("Instalment  ¥")
    proof = tmp_path / "回单.pdf"
    proof.write_bytes(b"%PDF-1.4 no more")
    shown.take_proof(proof)
    form = shown.paid_form()
    form.set("on", "2025-09-02")
    assert form.save()
    shown.paying_job()(Progress())
    shown.reload()
    shown.leave()
    assert not shown.chips
    assert shown.notes.cell(0, 5).text == "kept"
    done = [each for each in workspace.desk.watch.duties_of() if each.code == "D10"]
    assert [(each.state, each.closed_on) for each in done] == [
        ("done", date(2025, 9, 2))
    ]


def test_the_schedule_offers_its_payments(
    workspace: Workspace, shown: PremiumPresenter
) -> None:
    assert shown.plan == ""
    workspace.desk.policies.set(
        PolicyId(shown.file.policy_id),
        {"deposit_premium": "30000"},
        workspace.today(),
        confirmed=True,
    )
    shown.reload()
    assert shown.plan == "Enter 1 payment of the schedule"
    shown.take_plan()
    assert (shown.plan, shown.notes.count) == ("", 1)


def test_a_negative_instalment_is_refused_under_its_field(
    shown: PremiumPresenter,
) -> None:
    form = shown.note_form()
    for key, text in {
        "kind": "instalment",
        "amount": "-5",
        "due": "2025-09-01",
    }.items():
        form.set(key, text)
    assert not form.save()
    assert form.fault_of("amount") is not None


def test_a_voided_note_counts_no_more_and_is_struck_out(
    shown: PremiumPresenter,
) -> None:
    add(shown)
    note = shown.notes.rows[0].id
    shown.voiding(note, "another client's")(Progress())
    shown.reload()
    assert shown.chips == ()
    assert shown.notes.cell(0, 0).struck
    assert shown.notes.cell(0, 2).text.endswith(": another client's")
    assert list(shown.notes.values()) == []
    shown.choose(note)
    assert shown.paying is None


def test_a_payment_of_tomorrow_is_refused(shown: PremiumPresenter) -> None:
    add(shown)
    form = shown.paid_form()
    form.set("on", "2025-09-11")
    assert not form.save()
    assert form.fault_of("on") is not None
