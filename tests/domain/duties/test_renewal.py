from datetime import date

import pytest

from creditdesk.catalog.calendars import work_calendar
from creditdesk.catalog.policies import template, watched_rules
from creditdesk.domain.base.counting import CountRule
from creditdesk.domain.duties.duties import Duties
from creditdesk.domain.duties.renewal import follows, has_steps, renewal
from creditdesk.domain.duties.rule_words import rule_words
from creditdesk.domain.policy.terms import PolicyTerms
from creditdesk.i18n import words

D = date.fromisoformat


def duties(template_id: str, **values: str) -> Duties:
    texts = {**template(template_id).texts, "period_end": "2026-12-31", **values}
    rules = watched_rules(template_id)
    return Duties(rules, PolicyTerms.read(texts), work_calendar("CN"))


def days(found: Duties) -> dict[str, str]:
    steps = renewal(found, D("2026-01-01")).steps
    return {each.code: each.unrolled.isoformat() for each in steps}


def test_the_timetable_runs_from_the_end_of_every_policy() -> None:
    """T-120, -90, -45, -30, -14 and T+30 of 31 December; nobody knows of a notice."""
    assert days(duties("sinosure-domestic")) == {
        "R01": "2026-09-02", "R02": "2026-10-02", "R03": "2026-11-16", "R04": "2026-12-01",
        "R05": "2026-12-17", "R06": "2027-01-30",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("values", "notice"),
    [
        pytest.param({"notice_days": "30"}, "2026-12-01", id="days entered"),
        pytest.param({"auto_renew": "true"}, "2026-11-01", id="renews by itself: two months"),
        pytest.param({"auto_renew": "true", "notice_days": "90"}, "2026-10-02", id="both"),
        pytest.param({"auto_renew": "false", "notice_days": "90"}, None, id="ends by itself"),
        pytest.param({}, None, id="nobody entered either"),
    ],
)  # fmt: skip
def test_the_notice_stands_where_the_policy_asks_for_one(
    values: dict[str, str], notice: str | None
) -> None:
    assert days(duties("sinosure-domestic", **values)).get("D27") == notice


def test_a_policy_that_asks_for_the_years_turnover_has_no_second_step_for_it() -> None:
    assert "R06" not in days(duties("coface-tradeliner"))


@pytest.mark.parametrize(
    ("on", "code"),
    [
        ("2026-01-01", "R01"),
        ("2026-09-02", "R01"),
        ("2026-09-03", "R02"),
        # T-90 is 2 October, a holiday: its last working day is 30 September.
        ("2026-09-30", "R02"),
        ("2026-10-01", "R03"),
        ("2026-12-18", "R06"),
        ("2027-01-31", None),
    ],
)
def test_the_next_step_is_the_first_that_is_not_past(on: str, code: str | None) -> None:
    found = renewal(duties("sinosure-domestic"), D(on)).next
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("on", "has"),
    [
        ("2025-12-31", False),
        ("2026-01-01", True),
        ("2026-12-31", True),
        ("2027-01-30", True),
        ("2027-01-31", False),
    ],
)
def test_a_policy_has_steps_until_thirty_days_after_its_end(
    on: str, *, has: bool
) -> None:
    assert has_steps(D("2026-01-01"), D("2026-12-31"), D(on)) is has


@pytest.mark.parametrize(
    ("start", "renews"),
    [
        ("2026-12-31", False),
        ("2027-01-01", True),
        ("2027-01-30", True),
        ("2027-01-31", False),
    ],
)
def test_a_policy_that_begins_within_thirty_days_of_the_end_renews(
    start: str, *, renews: bool
) -> None:
    assert follows(D("2026-12-31"), D(start)) is renews


def test_days_before_the_end_are_said_as_such() -> None:
    rule = CountRule.parse("PERIOD_END - 120 CD")
    assert rule.text == "PERIOD_END - 120 CD"
    assert words("en").say(rule_words(rule)) == "end of policy \u2212 120 days"


def test_only_calendar_days_are_counted_back() -> None:
    with pytest.raises(ValueError, match="3 M"):
        CountRule.parse("PERIOD_END - 3 M")


def test_what_is_due_at_once_is_added_to_its_start() -> None:
    said = words("en").say(rule_words(CountRule.parse("INSOLVENCY + IMMEDIATE")))
    assert said.endswith(" + at once")
