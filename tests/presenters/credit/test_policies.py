"""Policies: from a template, read as the paper, checked value by value, endorsed."""

from datetime import date
from typing import Any

import pytest

from creditdesk.domain.policy.fields import FIELDS
from creditdesk.presenters.parts.table import Table
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.policies.new_policy import NewPolicyPresenter
from creditdesk.presenters.policies.policies import PoliciesPresenter
from creditdesk.presenters.policies.policy_file import (
    PAGE,
    PolicyFilePresenter,
    ScheduleLine,
)
from creditdesk.presenters.policies.schedule import VALUE, entry_values, words_of
from creditdesk.workspace import Workspace


@pytest.fixture
def opened(workspace: Workspace, english: Wording) -> PolicyFilePresenter:
    """The one policy there is."""
    return PolicyFilePresenter(workspace, english, 1)


def line(presenter: PolicyFilePresenter, key: str) -> ScheduleLine:
    return next(
        each
        for section in presenter.sections
        for each in section.lines
        if each.key == key
    )


def texts(table: Table[Any], key: str) -> list[str]:
    """A column of a table as it is shown."""
    place = [each.key for each in table.columns].index(key)
    return [table.cell(row, place).text for row in range(table.count)]


def enter(presenter: PolicyFilePresenter, key: str, text: str) -> str:
    """Type a value; the answer is what stands against it."""
    form = presenter.edit(key)
    form.set(VALUE, text)
    if form.save():
        presenter.reload()
        return ""
    fault = form.fault_of(VALUE) or form.fault
    assert fault
    return Wording("en").message(fault)


def test_a_new_policy_starts_with_defaults_nobody_has_checked(
    workspace: Workspace, english: Wording
) -> None:
    presenter = NewPolicyPresenter(workspace, english)
    presenter.form.set("template", "sinosure-st-export")
    assert {each.name for each in presenter.main_values} >= {"Insured percentage"}
    assert presenter.must_ask
    presenter.form.set("number", "P-2")
    presenter.form.set("start", "2026-03-01")
    assert presenter.form.value("end") == "2027-02-28"
    assert presenter.form.save()
    assert presenter.made
    file = PolicyFilePresenter(workspace, english, presenter.made)
    assert line(file, "insured_pct").origin == "default"
    assert "defaults to check" in file.progress


def test_the_steps_of_the_renewal_stand_in_words_with_the_next_one_marked(
    opened: PolicyFilePresenter,
) -> None:
    """The 23rd of November, 38 days before the end."""
    assert texts(opened.renewal, "safe") == [
        "2 Sep 2026", "30 Sep 2026", "16 Nov 2026", "1 Dec 2026", "17 Dec 2026", "29 Jan 2027",
    ]  # fmt: skip
    assert texts(opened.renewal, "state") == ["past"] * 3 + ["next"] + ["later"] * 2
    assert texts(opened.renewal, "title")[3:5] == [
        "Renewal: settle it with the client",
        "Renewal: sign the new policy",
    ]
    assert texts(opened.renewal, "rule")[3] == "end of policy \u2212 30 days"
    assert opened.renewed == ""


def test_a_policy_that_is_renewed_says_so_and_one_long_over_has_no_steps(
    workspace: Workspace, english: Wording
) -> None:
    made = []
    for number, start in (("P-4", "2027-01-01"), ("P-5", "2020-01-01")):
        presenter = NewPolicyPresenter(workspace, english)
        for key, text in {
            "template": "sinosure-domestic",
            "number": number,
            "start": start,
        }.items():
            presenter.form.set(key, text)
        assert presenter.form.save()
        assert presenter.made
        made.append(presenter.made)
    assert PolicyFilePresenter(workspace, english, 1).renewed == "renewed as P-4"
    assert PolicyFilePresenter(workspace, english, made[1]).renewal.rows == []


def test_a_policy_that_ends_before_it_begins_is_asked_about(
    workspace: Workspace, english: Wording
) -> None:
    presenter = NewPolicyPresenter(workspace, english)
    for key, text in {
        "template": "sinosure-domestic", "number": "P-3", "start": "2027-01-01", "end": "2026-01-01",
    }.items():  # fmt: skip
        presenter.form.set(key, text)
    assert not presenter.form.save()
    fault = presenter.form.fault_of("end")
    assert fault
    assert "swapped" in english.message(fault)


def test_the_list_counts_what_nobody_has_checked(
    workspace: Workspace, english: Wording
) -> None:
    presenter = PoliciesPresenter(workspace, english)
    presenter.reload()
    assert presenter.table.rows[0].unconfirmed > 20
    assert "not yet checked" in presenter.subtitle


def test_a_checked_value_keeps_the_page_of_the_paper(
    opened: PolicyFilePresenter,
) -> None:
    before = opened.file.line.unconfirmed
    opened.page = "3"
    opened.confirm("mep_days")
    opened.reload()
    assert line(opened, "mep_days").origin == "checked, page 3"
    assert opened.file.line.unconfirmed == before - 1


def test_a_value_is_entered_with_its_page_and_counts_as_checked(
    opened: PolicyFilePresenter,
) -> None:
    form = opened.edit("mep_days")
    form.set(VALUE, "９０")
    form.set(PAGE, "5")
    assert form.save()
    opened.reload()
    assert line(opened, "mep_days").words == "90 days"
    assert line(opened, "mep_days").origin == "checked, page 5"
    assert opened.page == "5"


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        pytest.param("insured_pct", "0.9", "fraction", id="fraction"),
        pytest.param("insured_pct", "190", "between 0 and 100", id="too much"),
        pytest.param("single_buyer_cap", "USD 500,000", "USD", id="other currency"),
        pytest.param("single_buyer_cap", "$ 500,000", "USD", id="other sign"),
        pytest.param("single_buyer_cap", "viel", "no amount", id="no amount"),
        pytest.param("policy_currency", "RMB元", "three letters", id="no currency"),
        pytest.param("period_end", "2025-12-31", "swapped", id="dates swapped"),
        pytest.param("policy_no", " ", "Fill in", id="number taken away"),
    ],
)
def test_what_cannot_be_meant_is_caught_at_the_field(
    opened: PolicyFilePresenter, key: str, text: str, said: str
) -> None:
    assert said in enter(opened, key, text)


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("mep_days", "0", "unusual"),
        ("max_payment_term_days", "800", "unusual"),
        ("insured_pct", "100", "50 to 95"),
        ("premium_rate", "5", "per mille"),
        ("max_liability", "5000", "minimum premium of 50000"),
    ],
)
def test_what_is_mostly_a_slip_is_asked_once_and_taken_when_kept_again(
    opened: PolicyFilePresenter, key: str, text: str, said: str
) -> None:
    form = opened.edit(key)
    form.set(VALUE, text)
    assert not form.save()
    fault = form.fault_of(VALUE)
    assert fault
    assert said in Wording("en").message(fault)
    assert form.save()
    opened.reload()
    assert line(opened, key).origin == "checked"


def test_the_list_and_the_page_count_the_same_missing_values(
    workspace: Workspace, english: Wording, opened: PolicyFilePresenter
) -> None:
    presenter = PoliciesPresenter(workspace, english)
    presenter.reload()
    lines = opened.lines.values()
    missing = sum(each.is_open and not each.checkable for each in lines)
    assert presenter.table.rows[0].to_enter == missing > 0
    assert f"{missing} to enter" in opened.progress
    assert presenter.table.rows[0].unconfirmed == sum(each.checkable for each in lines)


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("insured_pct", "90 %", "90\u00a0%"),
        ("single_buyer_cap", "￥５００，０００", "¥\u00a0500,000.00"),
        ("single_buyer_cap", "CNY 1,000", "¥\u00a01,000.00"),
        ("vat_insured", "true", "Yes"),
        ("excluded_buyers", "甲公司\n乙公司", "甲公司, 乙公司"),
        ("period_end", "2027-01-31", "31 Jan 2027"),
    ],
)
def test_values_are_read_as_people_write_them(
    opened: PolicyFilePresenter, key: str, text: str, words: str
) -> None:
    assert not enter(opened, key, text)
    assert line(opened, key).words == words


def test_a_deadline_is_entered_in_parts_and_said_as_a_rule(
    opened: PolicyFilePresenter,
) -> None:
    form = opened.edit("claim_rule")
    assert form.value("anchor") == "NOTICE_SENT"
    for key, text in {"anchor": "DUE_DATE", "n1": "180", "unit1": "CD", "n2": "90"}.items():  # fmt: skip
        form.set(key, text)
    assert not form.save()
    assert form.fault
    form.set("unit2", "CD")
    assert form.save()
    opened.reload()
    assert line(opened, "claim_rule").words == "due date + 180 days + 90 days"


def test_causes_of_loss_are_ticked(opened: PolicyFilePresenter) -> None:
    form = opened.edit("causes")
    form.set("REPUDIATION", "true")
    assert form.save()
    opened.reload()
    assert line(opened, "causes").words == "Insolvency, Protracted default, Repudiation"


def test_the_next_value_that_waits_is_found_round_the_schedule(
    opened: PolicyFilePresenter,
) -> None:
    first = opened.next_open()
    assert first == "insurer_id"
    last = opened.next_open("tax_rate")
    assert last == first


def test_an_endorsement_keeps_the_terms_before_it(opened: PolicyFilePresenter) -> None:
    opened.endorsement.set("from", "2026-07-01")
    opened.endorsement.set("reason", "批单 3")
    assert opened.endorsement.save()
    opened.reload()
    assert not enter(opened, "insured_pct", "95")
    assert [chip.words for chip in opened.versions] == [
        "1 Jan 2026  as signed",
        "1 Jul 2026  批单 3",
    ]
    assert line(opened, "insured_pct").words == "95\u00a0%"
    opened.choose(date(2026, 1, 1))
    assert line(opened, "insured_pct").words == "90\u00a0%"


def test_any_day_shows_the_terms_that_were_in_force_on_it(
    opened: PolicyFilePresenter,
) -> None:
    opened.endorsement.set("from", "2026-07-01")
    opened.endorsement.set("reason", "批单 3")
    opened.endorsement.save()
    opened.reload()
    enter(opened, "insured_pct", "95")
    assert line(opened, "insured_pct").was == "90\u00a0%"
    assert opened.changes == 1
    assert not opened.look_on("2026-06-30")
    assert line(opened, "insured_pct").words == "90\u00a0%"
    assert [chip.shown for chip in opened.versions] == [True, False]
    assert (opened.changes, opened.said_of_day) == (0, "")
    assert not opened.look_on("2027-03-01")
    assert opened.said_of_day == "ended before this day"
    assert not opened.look_on("2025-03-01")
    assert opened.said_of_day == "not begun on this day"
    assert opened.look_on("gestern")
    assert not opened.look_on("")
    assert opened.on == date(2025, 3, 1)


def test_a_value_an_endorsement_takes_away_says_what_it_was(
    opened: PolicyFilePresenter,
) -> None:
    opened.endorsement.set("from", "2026-07-01")
    opened.endorsement.set("reason", "x")
    opened.endorsement.save()
    opened.reload()
    enter(opened, "dispute_tolerance_pct", "10")
    assert line(opened, "dispute_tolerance_pct").was == "empty"
    enter(opened, "premium_rate", "")
    assert line(opened, "premium_rate").was == "0.5\u00a0%"
    assert opened.changes == 2


def test_checking_an_old_version_does_not_turn_the_period_back(
    opened: PolicyFilePresenter,
) -> None:
    opened.endorsement.set("from", "2026-07-01")
    opened.endorsement.set("reason", "extended")
    opened.endorsement.save()
    opened.reload()
    enter(opened, "period_end", "2027-06-30")
    opened.choose(date(2026, 1, 1))
    opened.confirm("mep_days")
    opened.reload()
    assert opened.file.line.end == date(2027, 6, 30)


def test_an_endorsement_before_the_policy_is_refused_at_its_date(
    opened: PolicyFilePresenter,
) -> None:
    opened.endorsement.set("from", "2025-07-01")
    opened.endorsement.set("reason", "x")
    assert not opened.endorsement.save()
    assert opened.endorsement.fault_of("from")


def test_a_changed_number_is_the_policys_number_unless_another_has_it(
    workspace: Workspace, english: Wording, opened: PolicyFilePresenter
) -> None:
    assert not enter(opened, "policy_no", "P-9")
    assert opened.file.line.number == "P-9"
    new = NewPolicyPresenter(workspace, english)
    for key, text in {"template": "sinosure-domestic", "number": "P-10", "start": "2026-01-01"}.items():  # fmt: skip
        new.form.set(key, text)
    assert new.form.save()
    assert "already has" in enter(opened, "policy_no", "P-10")


def test_the_duties_say_how_they_are_counted_under_the_terms_shown(
    opened: PolicyFilePresenter,
) -> None:
    duties = {duty.title: duty for duty in opened.duties}
    assert duties["Stop shipping"].rule == (
        "the earliest of: end of extension, insolvency, limit withdrawn, collection mandate, claim filed"
    )
    assert "Stop shipping (share of arrears)" not in duties
    assert duties["Stop shipping"].consequence


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_value_of_a_policy_has_words_and_can_be_entered_again(
    workspace: Workspace, opened: PolicyFilePresenter, language: str
) -> None:
    wording = Wording("zh" if language == "zh" else "en")
    file = workspace.desk.policies.file(opened.policy, date(2026, 11, 23))
    assert [each.field for each in file.schedule] == list(FIELDS)
    for each in file.schedule:
        assert bool(words_of(each.field, each.text, "CNY", wording)) is bool(each.text)
        assert entry_values(each.field, each.text) is not None
