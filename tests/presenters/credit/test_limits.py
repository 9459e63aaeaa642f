"""Limits across buyers, requests to the insurer, and grounds of discretionary limits, on their screens."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.codes import RequestKind
from creditdesk.errors import UserError
from creditdesk.jobs import Progress
from creditdesk.presenters.credit.buyer_file import BuyerFilePresenter
from creditdesk.presenters.credit.discretionary import DiscretionaryPresenter
from creditdesk.presenters.credit.limit_entry import LimitEntryPresenter
from creditdesk.presenters.credit.limits import Keep, LimitsPresenter
from creditdesk.presenters.letters.letter import LetterPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerId
from creditdesk.services.policies import ANSWERED, SentRequest
from creditdesk.workspace import Workspace

Find = Callable[[str], BuyerId]
TODAY = date(2026, 11, 23)


def cny(amount: int) -> Money:
    return Money(Decimal(amount), "CNY")


@pytest.fixture
def listed(workspace: Workspace, english: Wording) -> LimitsPresenter:
    """The list of all limits."""
    presenter = LimitsPresenter(workspace, english)
    presenter.show(presenter.job()(Progress()))
    return presenter


def shown(presenter: LimitsPresenter, key: str) -> dict[str, str]:
    place = [column.key for column in presenter.table.columns].index(key)
    return {
        row.line.name[:2]: presenter.table.cell(number, place).text
        for number, row in enumerate(presenter.table.rows)
    }


def test_every_buyer_stands_in_the_list_with_state_and_next_step(
    listed: LimitsPresenter,
) -> None:
    assert shown(listed, "state") == {
        "海澜": "Increased",
        "嘉禾": "Cancelled",
        "Ha": "not applied for",
        "新客": "not applied for",
    }
    assert shown(listed, "left")["海澜"] == "100,000.00 over"
    assert shown(listed, "limit")["嘉禾"] == ""
    assert shown(listed, "next") == {
        "海澜": "ask for an increase",
        "嘉禾": "apply for a limit",
        "Ha": "apply for a limit",
        "新客": "",
    }


def test_the_list_is_narrowed_by_what_has_to_be_done(listed: LimitsPresenter) -> None:
    assert listed.chip(Keep.NONE) == "No limit  3"
    listed.narrow(Keep.OVER)
    assert list(shown(listed, "state")) == ["海澜"]
    listed.narrow(Keep.WAITING)
    assert listed.table.count == 0
    listed.narrow(None)
    assert listed.table.count == 4


def send(workspace: Workspace, buyer: BuyerId, kind: RequestKind, amount: int) -> int:
    policies = workspace.desk.policies
    draft = policies.request_draft(1, buyer, kind, TODAY)
    draft = replace(draft, amount=cny(amount))
    sent = SentRequest(sent_on=date(2026, 11, 3), way="快递")
    return policies.record_request(1, buyer, draft, sent, TODAY)


def test_a_request_that_waits_stands_in_list_and_file_until_it_is_answered(
    workspace: Workspace, english: Wording, buyer: Find, listed: LimitsPresenter
) -> None:
    number = send(workspace, buyer("海澜"), RequestKind.INCREASE, 600000)
    listed.show(listed.job()(Progress()))
    assert shown(listed, "asked")["海澜"] == "3 Nov 2026"
    assert shown(listed, "next")["海澜"] == "enter the answer"
    file = BuyerFilePresenter(workspace, english, buyer("海澜"))
    file.show(file.job()(Progress()))
    state = [column.key for column in file.requests.columns].index("state")
    assert file.requests.cell(0, state).text == "waiting for the answer · 20 days"

    entry = LimitEntryPresenter(workspace, english, 1, buyer("海澜"), number)
    assert entry.said.startswith("Answers the request of 3 Nov 2026")
    values = {key: entry.form.value(key) for key in ("state", "amount", "applied_on")}
    assert values == {"state": "INCREASED", "amount": "600,000.00", "applied_on": "2026-11-03"}  # fmt: skip
    entry.form.set("amount", "500000")
    entry.form.set("reason", "13")
    assert entry.form.save()
    file.show(file.job()(Progress()))
    assert file.requests.cell(0, state).text.startswith("approved, insurer's own limit")
    assert workspace.desk.policies.limits_now(TODAY)[buyer("海澜")].amount == cny(
        500000
    )


def test_a_refused_increase_is_an_answer_and_no_decision(
    workspace: Workspace, english: Wording, buyer: Find
) -> None:
    number = send(workspace, buyer("海澜"), RequestKind.INCREASE, 600000)
    entry = LimitEntryPresenter(workspace, english, 1, buyer("海澜"), number)
    entry.form.set("state", "REFUSED")
    assert entry.form.save()
    policies = workspace.desk.policies
    assert policies.limits_now(TODAY)[buyer("海澜")].amount == cny(400000)
    (line,) = policies.requests(buyer_id=buyer("海澜"))
    assert (line.state, line.answer) == (ANSWERED, "4507:3")


def test_a_request_is_taken_back_from_the_file(
    workspace: Workspace, english: Wording, buyer: Find
) -> None:
    send(workspace, buyer("海澜"), RequestKind.INCREASE, 600000)
    policies = workspace.desk.policies
    assert policies.limits_now(TODAY)[buyer("海澜")].asked_on is not None
    file = BuyerFilePresenter(workspace, english, buyer("海澜"))
    file.show(file.job()(Progress()))
    file.withdraw(file.standing.requests[0])
    assert policies.limits_now(TODAY)[buyer("海澜")].asked_on is None


@pytest.fixture
def asking(workspace: Workspace, english: Wording, buyer: Find) -> LetterPresenter:  # fmt: skip
    """An increase for 海澜."""
    return LetterPresenter(
        workspace, english, "limit_increase", policy=1, buyer=buyer("海澜")
    )


def test_a_letter_is_written_only_with_an_amount_that_makes_sense(
    asking: LetterPresenter, tmp_path: Path
) -> None:
    assert dict(asking.aside.facts)["Limit in force"] == "¥\u00a0400,000.00"
    assert not asking.apply()
    assert asking.form.fault_of("amount")
    asking.form.set("amount", "300000")
    assert not asking.apply()
    asking.form.set("amount", "600000")
    asking.form.set("reason", "旺季")
    assert asking.apply()
    path = asking.writing(tmp_path / "letter.pdf")(Progress())
    assert path.read_bytes().startswith(b"%PDF")


def test_recording_keeps_the_request_with_its_receipt(
    asking: LetterPresenter, workspace: Workspace, tmp_path: Path
) -> None:
    asking.form.set("amount", "600000")
    assert asking.apply()
    slip = tmp_path / "slip.txt"
    slip.write_text("SF123")
    asking.take_receipt(slip)
    form = asking.sent_form()
    form.set("way", "Courier")
    form.set("on", "2026-11-24")
    assert not form.save()
    form.set("on", "2026-11-20")
    assert form.save()
    asking.recording()(Progress())
    asking.done()
    (line,) = workspace.desk.policies.requests()
    assert (line.amount, line.way) == (cny(600000), "Courier")
    assert line.receipt_id is not None


def test_a_request_that_is_refused_keeps_no_receipt_either(
    asking: LetterPresenter, workspace: Workspace, buyer: Find, tmp_path: Path
) -> None:
    send(workspace, buyer("海澜"), RequestKind.INCREASE, 500000)
    asking.form.set("amount", "600000")
    assert asking.apply()
    slip = tmp_path / "slip.txt"
    slip.write_text("SF123")
    asking.take_receipt(slip)
    form = asking.sent_form()
    form.set("way", "Courier")
    assert form.save()
    with pytest.raises(UserError, match="still waits for its answer"):
        asking.recording()(Progress())
    assert workspace.desk.upkeep.info().rows["document"] == 0


def test_another_kind_of_request_keeps_what_was_typed(
    asking: LetterPresenter,
) -> None:
    asking.form.set("reason", "旺季")
    asking.choose("limit_cancellation")
    assert [field.key for field in asking.form.fields] == ["wanted_from", "reason"]
    assert asking.form.value("reason") == "旺季"
    assert asking.apply()
    asking.choose("limit_renewal")
    assert asking.form.value("currency") == "CNY"


def test_nothing_to_increase_is_said(
    workspace: Workspace, english: Wording, buyer: Find
) -> None:
    presenter = LetterPresenter(
        workspace, english, "limit_increase", policy=1, buyer=buyer("Hansa")
    )
    assert presenter.draft is None
    assert "Apply for a new one" in presenter.refused


def test_fewer_used_fields_are_offered_when_asked_for(
    workspace: Workspace, english: Wording, buyer: Find
) -> None:
    entry = LimitEntryPresenter(workspace, english, 1, buyer("海澜"))
    entry.form.set("amount", "")
    entry.show_more(more=True)
    for key, text in {
        "state": "INCREASED", "start": "2026-11-01", "temporary": "900000", "temporary_to": "2026-12-31",
        "insured_pct": "0.9",
    }.items():  # fmt: skip
        entry.form.set(key, text)
    assert not entry.form.save()
    assert entry.form.fault_of("insured_pct")
    entry.form.set("insured_pct", "80")
    assert entry.form.save()
    assert workspace.desk.policies.limits_now(TODAY)[buyer("海澜")].amount == cny(
        900000
    )


def test_a_state_that_can_not_follow_is_said_at_the_state(
    workspace: Workspace, english: Wording, buyer: Find
) -> None:
    entry = LimitEntryPresenter(workspace, english, 1, buyer("嘉禾"))
    entry.form.set("state", "SUSPENDED")
    entry.form.set("start", "2026-11-01")
    assert not entry.form.save()
    assert entry.form.fault_of("state")


def test_grounds_are_checked_against_the_ledger(
    workspace: Workspace, english: Wording, buyer: Find
) -> None:
    presenter = DiscretionaryPresenter(workspace, english, 1, buyer("Hansa"))
    with pytest.raises(UserError) as refused:
        presenter.job()(Progress())
    presenter.refuse(refused.value)
    assert "gives no discretionary limit" in presenter.refused
    policies = workspace.desk.policies
    policies.set(policies.all(TODAY)[0].id, {"dcl_amount": "50000"}, TODAY, confirmed=True)  # fmt: skip
    presenter = DiscretionaryPresenter(workspace, english, 1, buyer("嘉禾"))
    presenter.show(presenter.job()(Progress()))
    assert presenter.result.text == "Payment experience carries no limit."
    assert not presenter.may_keep
    assert "there is no limit for this buyer" in presenter.against[0]


def test_a_report_is_kept_and_shown_as_the_clients_own_limit(
    workspace: Workspace, english: Wording, buyer: Find, listed: LimitsPresenter
) -> None:
    policies = workspace.desk.policies
    policies.set(policies.all(TODAY)[0].id, {"dcl_amount": "50000"}, TODAY, confirmed=True)  # fmt: skip
    presenter = DiscretionaryPresenter(workspace, english, 1, buyer("新客户"))
    presenter.show(presenter.job()(Progress()))
    assert presenter.may_keep
    form = presenter.form
    form.set("basis", "REPORT")
    form.set("amount", "40000")
    assert not form.save()
    assert form.fault_of("evidence")
    form.set("evidence", "2026-10-01")
    assert form.save()
    presenter.keeping()(Progress())
    listed.show(listed.job()(Progress()))
    assert shown(listed, "state")["新客"] == "own 40,000.00"
    file = BuyerFilePresenter(workspace, english, buyer("新客户"))
    file.show(file.job()(Progress()))
    assert file.facts[0].words == "own ¥\u00a040,000.00"
