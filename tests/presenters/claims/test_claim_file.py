"""The page of a claim, without its window."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import ClaimState, Decision, ItemState
from creditdesk.domain.claim.excerpts import PageBeyond
from creditdesk.domain.credit.contacts import ContactWay
from creditdesk.importers.files.evidence import PasswordWrong
from creditdesk.jobs import Progress
from creditdesk.presenters.claims import claim_figures
from creditdesk.presenters.claims.claim_checklist import (
    ClaimChecklistPresenter,
    ReasonMissing,
)
from creditdesk.presenters.claims.claim_file import ClaimFilePresenter
from creditdesk.presenters.claims.claim_progress import next_steps, progress_form
from creditdesk.presenters.parts.attaching import FileNotReadable, take
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.claims import (
    ClaimId,
    EvidenceLine,
    PaperMark,
    Ruling,
    StepTaken,
)
from creditdesk.services.credit import NewContact
from creditdesk.services.policies.values import PolicyId
from creditdesk.workspace import Desk, Workspace

Attach = Callable[..., None]
TODAY = date(2025, 9, 10)


def texts(table: object, column: str) -> list[str]:
    place = [each.key for each in table.columns].index(column)  # type: ignore[attr-defined]  # any table
    return [table.cell(row, place).text for row in range(table.count)]  # type: ignore[attr-defined]  # any table


def test_the_head_names_claim_buyer_policy_cause_and_dates(
    shown: ClaimFilePresenter,
) -> None:
    assert shown.title == "CL-2025-001  宁波 <b>海澜</b> 有限公司"
    assert "Protracted default · loss on 7 Sep 2025 · file by" in shown.said
    assert shown.chips[0] == ("Being prepared", "warning")
    assert shown.language == "zh"


def test_whether_a_limit_was_in_force_is_told_before_a_calculation_is_kept(
    desk: Desk, claim: ClaimId
) -> None:
    def verdicts() -> dict[str, str]:
        found = desk.claims.file(claim, TODAY).findings
        return {finding.code: finding.verdict.value for finding in found}

    before = verdicts()
    assert before["limit_in_force"] == "good"
    desk.claims.keep(claim, TODAY)
    after = verdicts()
    assert after["limit_in_force"] == "good"
    assert after["declared_and_paid"] == "unknown"


def test_without_a_kept_calculation_todays_is_shown_as_not_kept(
    shown: ClaimFilePresenter,
) -> None:
    assert shown.calculation is None
    shown.show_estimate(shown.computing()(Progress()))
    assert shown.calculation_title == "Calculation (not kept yet)"
    assert shown.result == "¥\u00a0430,200.00"


def test_a_kept_calculation_says_when_the_desk_has_moved_on(
    shown: ClaimFilePresenter, filled: Desk
) -> None:
    shown.keeping()(Progress())
    shown.reload()
    assert shown.calculation_title == "Calculation (kept 23 Nov 2026)"
    policy = filled.policies.all(TODAY)[0].id
    filled.policies.set(PolicyId(policy), {"insured_pct": "80"}, TODAY, confirmed=True)
    shown.show_estimate(shown.computing()(Progress()))
    assert shown.result == "¥\u00a0430,200.00"
    assert "382,400.00" in shown.differs


def test_the_short_calculation_leads_from_the_debt_to_the_result(
    shown: ClaimFilePresenter, wording: Wording
) -> None:
    shown.show_estimate(shown.computing()(Progress()))
    assert shown.calculation is not None
    lines = claim_figures.in_short(shown.calculation, wording)
    assert [line.amount for line in lines] == [
        "478,000.00", "478,000.00", "478,000.00", "430,200.00",
    ]  # fmt: skip
    said = claim_figures.both_ways(shown.calculation, wording)
    assert "INV1, INV2 differ" in said
    assert texts(shown.allocations, "policy") == [
        "139,000.00",
        "226,000.00",
        "113,000.00",
    ]
    assert texts(shown.allocations, "ledger") == [
        "339,000.00",
        "26,000.00",
        "113,000.00",
    ]


def test_the_tests_not_met_come_first_and_the_met_ones_are_counted(
    shown: ClaimFilePresenter, wording: Wording
) -> None:
    lines = claim_figures.readiness(shown.file.findings, wording)
    assert len(lines) == 10
    order = [line.verdict.text[0] for line in lines]
    assert order == sorted(order, key="⚠?✓".index)
    assert claim_figures.met(shown.file.findings) == order.count("✓")


def test_a_payment_after_the_date_of_loss_is_said_not_to_count(
    shown: ClaimFilePresenter,
) -> None:
    late = replace(shown.payments.rows[0], paid_on=date(2025, 9, 8))
    shown.payments.show([*shown.payments.rows, late])
    assert texts(shown.payments, "paid_on") == [
        "20 Apr 2025", "8 Sep 2025  after the date of loss, not counted",
    ]  # fmt: skip
    assert shown.payments.footer == ["Renminbi  paid up to the date of loss 200,000.00"]


def test_the_story_is_kept(shown: ClaimFilePresenter) -> None:
    shown.save_narrative("  买方资金困难。 ")
    shown.reload()
    assert shown.file.narrative == "买方资金困难。"


def test_the_course_shows_what_happened_newest_first(
    shown: ClaimFilePresenter, filled: Desk
) -> None:
    filled.claims.advance(
        shown.claim_id, StepTaken(state=ClaimState.FILED, on=date(2025, 9, 12))
    )
    shown.reload()
    assert texts(shown.moments, "what") == ["Claim filed", "Claim opened"]
    assert "in 20 days" not in shown.said


def test_a_file_is_kept_under_its_item_and_makes_it_complete(
    checklist: ClaimChecklistPresenter, attach: Attach, scan: Path
) -> None:
    attach(scan)
    assert checklist.told == (("1 file attached to C07.", Tone.DONE),)
    row = checklist.items.get("C07")
    assert row is not None
    assert row.state is ItemState.PRESENT
    assert texts(checklist.files, "name") == ["合同.png"]
    assert texts(checklist.files, "pages") == ["1"]


def test_what_can_not_be_printed_is_kept_and_said(
    checklist: ClaimChecklistPresenter, attach: Attach, tmp_path: Path
) -> None:
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    attach(broken)
    sentence, tone = checklist.told[0]
    assert sentence.startswith("坏.pdf is kept, but can't be printed:")
    assert tone is Tone.DANGER
    assert texts(checklist.files, "state") == ["⚠ can not be printed"]


def test_a_paper_is_bound_in_part_and_marked_as_checked(
    checklist: ClaimChecklistPresenter,
    shown: ClaimFilePresenter,
    attach: Attach,
    tmp_path: Path,
) -> None:
    names = []
    for name, pages in (("合同.pdf", 3), ("订单.pdf", 2)):
        with pikepdf.new() as pdf:
            for _ in range(pages):
                pdf.add_blank_page()
                pdf.pages[-1].contents_add(b"0 0 50 50 re f")
            pdf.save(tmp_path / name)
        names.append(tmp_path / name)
    attach(*names)
    assert texts(checklist.files, "state") == ["✓ can be printed, received"] * 2

    def line(place: int) -> EvidenceLine:
        shown.reload()
        checklist.show(shown.file)
        found = checklist.line(checklist.files.key(place))
        assert found is not None
        return found

    checklist.papers.bind(line(0), "1,3", "90")
    checklist.papers.mark(line(0), PaperMark.CHECKED, on=True)
    checklist.papers.mark(line(0), PaperMark.SEALED, on=True)
    first = line(0)
    assert texts(checklist.files, "pages") == ["2 / 3", "2"]
    assert texts(checklist.files, "state")[0] == "✓ can be printed, checked, sealed"
    assert first.checked_on == shown.today
    contract = checklist.items.get("C07")
    assert contract is not None
    assert checklist.place(first.id) == (first, 1, 2)
    checklist.papers.move(first, 2)
    assert line(1).file_name == "合同.pdf"
    with pytest.raises(PageBeyond):
        checklist.papers.bind(line(1), "4", "")
    checklist.papers.mark(line(1), PaperMark.CHECKED, on=False)
    line(1)
    assert texts(checklist.files, "state")[1] == "✓ can be printed, sealed"


def test_a_protected_pdf_is_opened_by_its_password_alone(
    checklist: ClaimChecklistPresenter, shown: ClaimFilePresenter, tmp_path: Path
) -> None:
    path = tmp_path / "锁.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].contents_add(b"0 0 50 50 re f")
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user="geheim"))
    attached = checklist.attaching([path])(Progress())
    ((asked, line),) = attached.locked
    assert asked == path
    with pytest.raises(PasswordWrong):
        checklist.unlocking(path, line, "falsch")(Progress())
    shown.reload()
    checklist.show(shown.file)
    assert texts(checklist.files, "state") == ["⚠ can not be printed"]
    opened = checklist.unlocking(path, line, "geheim")(Progress())
    shown.reload()
    checklist.show(shown.file)
    checklist.tell(opened)
    assert texts(checklist.files, "state") == ["✓ can be printed, received"]
    assert texts(checklist.files, "name") == ["锁.pdf"]
    assert opened.locked == ()


def test_the_same_file_twice_is_said(
    checklist: ClaimChecklistPresenter, attach: Attach, scan: Path
) -> None:
    attach(scan)
    checklist.choose("C08")
    attach(scan)
    assert checklist.told[0][0] == (
        "合同.png is the same file as 合同.png under C07; it is bound once."
    )


def test_a_missing_file_does_not_stop_the_others(
    checklist: ClaimChecklistPresenter, attach: Attach, scan: Path, tmp_path: Path
) -> None:
    attach(tmp_path / "fort.pdf", scan)
    assert "There is no file" in checklist.told[0][0]
    assert texts(checklist.files, "name") == ["合同.png"]


def test_a_file_the_system_refuses_is_said_in_words(
    checklist: ClaimChecklistPresenter,
    attach: Attach,
    scan: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def locked(_path: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", locked)
    attach(scan)
    refused = FileNotReadable(name="合同.png")
    assert checklist.told == ((str(refused), Tone.DANGER),)


def test_the_desk_s_own_limit_decides_what_is_too_large(
    workspace: Workspace,
    checklist: ClaimChecklistPresenter,
    attach: Attach,
    tmp_path: Path,
) -> None:
    workspace.desk.upkeep.set({"evidence_mb": "1"})
    large = tmp_path / "scan.png"
    large.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(1024 * 1024))
    attach(large)
    ((said, tone),) = checklist.told
    assert "scan.png has 2 MB; a piece of evidence may have 1 MB" in said
    assert tone is Tone.DANGER
    assert not checklist.files.rows


def test_a_cancelled_attachment_keeps_the_files_before_it(
    checklist: ClaimChecklistPresenter, shown: ClaimFilePresenter, scan: Path
) -> None:
    progress = Progress()
    job = checklist.attaching([scan, scan])
    told: list[object] = []

    def stop_after_the_first(step: object) -> None:
        told.append(step)
        if getattr(step, "done", 0) == 1:
            progress.cancel()

    progress._tell = stop_after_the_first
    attached = job(progress)
    assert len(attached.lines) == 1
    shown.reload()
    assert len(shown.file.evidence) == 1
    assert "Stopped before 合同.png" in Wording("en").message(attached.refused[0])


def test_an_item_can_be_said_to_be_asked_for_with_a_remark(
    checklist: ClaimChecklistPresenter, shown: ClaimFilePresenter
) -> None:
    checklist.say("requested", "缺 2 份")
    shown.reload()
    checklist.show(shown.file)
    row = checklist.chosen
    assert row is not None
    assert (row.state, row.note) == (ItemState.REQUESTED, "缺 2 份")
    assert checklist.state == "requested"


def test_an_item_is_not_waived_without_the_insurers_word(
    checklist: ClaimChecklistPresenter,
) -> None:
    with pytest.raises(ReasonMissing, match="C07"):
        checklist.say("waived", " ")


def test_a_file_is_handed_to_the_viewer_only_as_what_it_is(
    checklist: ClaimChecklistPresenter, attach: Attach, scan: Path, tmp_path: Path
) -> None:
    program = tmp_path / "合同.exe"
    program.write_bytes(scan.read_bytes())
    unknown = tmp_path / "setup.bin"
    unknown.write_bytes(b"MZ")
    attach(program, unknown)
    lines = {line.file_name: line for line in checklist.files.rows}
    copy = checklist.copy_to_open(lines["合同.exe"])
    assert copy is not None
    assert copy.suffix == ".png"
    assert checklist.copy_to_open(lines["setup.bin"]) is None
    checklist.close()
    assert not copy.exists()


def test_a_removed_file_leaves_the_checklist(
    checklist: ClaimChecklistPresenter,
    shown: ClaimFilePresenter,
    attach: Attach,
    scan: Path,
) -> None:
    attach(scan)
    checklist.remove(checklist.files.rows[0].id)
    shown.reload()
    checklist.show(shown.file)
    assert checklist.files.count == 0


def test_the_next_steps_are_those_the_workflow_allows(
    workspace: Workspace, shown: ClaimFilePresenter, wording: Wording
) -> None:
    line = shown.file.line
    form = progress_form(workspace.desk.claims, line, "CNY", TODAY, wording)
    words = [option.words for option in form.fields[0].options]
    assert "Claim filed" in words
    assert "Indemnity paid" not in words
    assert next_steps(ClaimState.CLOSED) == ()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        pytest.param({"state": "filed", "on": "2025-09-11"}, "on", id="a day to come"),
        pytest.param({"state": "query", "decision": "refused"}, "decision", id="decided before it is"),
        pytest.param({"state": "decided"}, "decision", id="decided, but what"),
        pytest.param({"state": "decided", "decision": "approved", "reduction": "20"}, "reduction", id="not reduced"),
        pytest.param({"state": "decided", "decision": "reduced", "reduction": "20"}, "reduction", id="no reason"),
    ],
)  # fmt: skip
def test_a_step_that_can_not_be_is_refused_under_its_field(
    workspace: Workspace,
    shown: ClaimFilePresenter,
    typed: dict[str, str],
    field: str,
) -> None:
    claims, line = workspace.desk.claims, shown.file.line
    if typed["state"] != "filed":
        claims.advance(line.id, StepTaken(state=ClaimState.FILED, on=TODAY))
        line = claims.all()[0]
    form = progress_form(claims, line, "CNY", TODAY, Wording("en"))
    for key, text in typed.items():
        form.set(key, text)
    assert not form.save()
    assert form.faulty == field


def test_a_payment_of_the_insurer_is_kept_with_its_amount(
    workspace: Workspace, claim: ClaimId, wording: Wording
) -> None:
    claims = workspace.desk.claims
    claims.advance(claim, StepTaken(state=ClaimState.FILED, on=TODAY))
    claims.advance(
        claim,
        StepTaken(
            state=ClaimState.DECIDED,
            on=TODAY,
            ruling=Ruling(decision=Decision.APPROVED),
        ),
    )
    form = progress_form(claims, claims.all()[0], "CNY", TODAY, wording)
    form.set("state", "paid")
    assert not form.save()
    assert form.faulty == "paid"
    form.set("state", "closed")
    form.set("paid", "1")
    assert not form.save()
    assert form.faulty == "paid"
    form.set("state", "paid")
    form.set("paid", "418,500")
    assert form.save()
    assert claims.all()[0].paid == Money(Decimal(418500), "CNY")


def test_a_paper_of_the_buyers_file_is_attached_by_a_click(
    checklist: ClaimChecklistPresenter,
    shown: ClaimFilePresenter,
    filled: Desk,
    tmp_path: Path,
) -> None:
    assert checklist.file_offer == ""
    letter = tmp_path / "demand & answer.pdf"
    paper = pikepdf.new()
    paper.add_blank_page()
    paper.save(letter)
    looked, content = take(letter, Progress(), megabytes=10)
    line = shown.file.line
    for day, said in ((1, "pays on the 20th"), (2, "says so again")):
        kept = filled.watch.keep_paper(line.client_id, looked, content)
        new = NewContact(
            buyer_id=line.buyer_id, way=ContactWay.LETTER, on=date(2025, 9, day), said=said, document=kept,
        )  # fmt: skip
        filled.credit.add_contact(new, TODAY)
    later = NewContact(
        buyer_id=line.buyer_id, way=ContactWay.CALL, on=date(2025, 9, 3), said="no paper"
    )  # fmt: skip
    filled.credit.add_contact(later, TODAY)
    checklist.show(filled.claims.file(shown.claim_id, TODAY))
    # The same bytes are offered once, with the newest entry they show.
    assert checklist.file_offer == "From the buyer's file (1)"
    (offered,) = checklist.of_file
    assert checklist.file_words(offered) == "2 Sep 2025  Letter  demand & answer.pdf"
    attached = checklist.attaching_of_file(offered)(Progress())
    assert [(each.item, each.file_name) for each in attached.lines] == [("C07", "demand & answer.pdf")]  # fmt: skip
    checklist.show(filled.claims.file(shown.claim_id, TODAY))
    assert checklist.file_offer == ""
