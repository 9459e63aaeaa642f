from datetime import date

import pytest

from creditdesk.catalog.calendars import work_calendar
from creditdesk.catalog.policies import template
from creditdesk.domain.base.counting import Anchor
from creditdesk.domain.duties.duties import Deadline, Duties, Finder
from creditdesk.domain.policy.terms import PolicyTerms

D = date.fromisoformat


def duties(template_id: str, **values: str) -> Duties:
    found = template(template_id)
    terms = PolicyTerms.read({**found.texts, **values})
    return Duties(found.duties, terms, work_calendar(found.calendar))


def by_code(deadlines: tuple[Deadline, ...]) -> dict[str, Deadline]:
    return {item.code: item for item in deadlines}


def test_stop_and_notice_of_m1() -> None:
    found = by_code(duties("atradius-modula").overdue("INV1", D("2025-03-11")))
    assert found["D13"].unrolled == found["D13"].legal == D("2025-05-10")
    assert found["D13"].safe == D("2025-05-09")
    assert found["D14"].unrolled == D("2025-06-09")
    assert (found["D14"].anchor, found["D14"].anchor_on) == (
        Anchor.MEP_END,
        D("2025-05-10"),
    )


@pytest.mark.parametrize(
    ("template_id", "notice"),
    [
        ("atradius-modula", "2025-06-09"),
        ("coface-tradeliner", "2025-04-10"),
        ("exim-multi", "2025-06-09"),
        ("sinosure-domestic", "2025-05-10"),
    ],
)
def test_each_insurer_counts_its_own_notice(template_id: str, notice: str) -> None:
    found = by_code(duties(template_id).overdue("INV1", D("2025-03-11")))
    assert found["D14"].unrolled == D(notice)


def test_the_claim_window_runs_from_the_notice_and_is_provisional_before_it() -> None:
    policy = duties("sinosure-domestic")
    before = by_code(policy.overdue("INV1", D("2025-03-11")))["D20"]
    assert (before.unrolled, before.provisional) == (D("2025-09-10"), True)
    sent = by_code(policy.overdue("INV1", D("2025-03-11"), D("2025-04-01")))["D20"]
    assert (sent.unrolled, sent.provisional) == (D("2025-08-01"), False)


def test_a_claim_that_runs_from_the_policys_end_needs_its_period() -> None:
    without = duties("single-buyer").overdue("I", D("2025-03-11"))
    assert "D20" not in by_code(without)
    policy = duties("single-buyer", period_end="2025-12-31")
    found = by_code(policy.overdue("I", D("2025-03-11")))
    assert found["D20"].unrolled == D("2026-12-31")


def test_the_policys_own_rule_wins_over_the_templates() -> None:
    policy = duties("atradius-modula", overdue_rule="DUE_DATE + 10 WD")
    found = by_code(policy.overdue("INV1", D("2025-03-11")))
    assert found["D14"].unrolled == D("2025-03-25")


def test_the_published_declaration_was_due_on_the_25th() -> None:
    facts = {Anchor.MONTH_END: D("2017-10-31")}
    (found,) = duties("sinosure-st-export").after(Finder.DECLARATION, "2017-10", facts)
    assert (found.code, found.unrolled) == ("D07", D("2017-11-25"))
    assert found.safe == D("2017-11-24")


def test_renewal_notice_comes_before_the_end() -> None:
    policy = duties("atradius-modula", period_end="2025-12-31")
    found = by_code(policy.after(Finder.RENEWAL, "policy", {}))
    assert found["D27"].unrolled == D("2025-11-01")


@pytest.mark.parametrize(
    ("home", "rule", "until"),
    [
        pytest.param("CN", "", "2055-12-31", id="China: thirty years after the year's end"),
        pytest.param("", "", "2030-06-30", id="elsewhere: five years after the policy's end"),
        pytest.param("", "PERIOD_END + 120 M", "2035-06-30", id="the policy says more"),
        pytest.param("", "PERIOD_END + 24 M", "2030-06-30", id="the policy says less"),
        pytest.param("CN", "PERIOD_END + 120 M", "2055-12-31", id="the longer of policy and law"),
    ],
)  # fmt: skip
def test_records_are_kept_as_long_as_the_longer_of_policy_and_law_says(
    home: str, rule: str, until: str
) -> None:
    found = template("sinosure-domestic")
    values = {**found.texts, "period_end": "2025-06-30", "record_rule": rule}
    policy = Duties(found.duties, PolicyTerms.read(values), work_calendar("CN"), home)
    kept = by_code(policy.after(Finder.EXPIRY, "policy", {}))["D26"]
    assert kept.unrolled == D(until)


def test_a_duty_without_its_fact_has_no_deadline() -> None:
    assert duties("sinosure-domestic").after(Finder.INSOLVENCY, "buyer", {}) == ()


@pytest.mark.parametrize(
    ("rule", "notice"),
    [
        pytest.param("MEP_END + 30 CD", "2025-06-09", id="Atradius"),
        pytest.param("DUE_DATE + 30 CD | KNOWLEDGE + 7 CD", "2025-03-27", id="Coface BG"),
        pytest.param("DUE_DATE + 30 CD", "2025-04-10", id="Coface BE"),
        pytest.param("EXTENSION + 30 CD", "2025-04-11", id="KredEx"),
        pytest.param("DUE_DATE + 90 CD", "2025-06-09", id="EXIM"),
        pytest.param("DUE_DATE + 45 CD", "2025-04-25", id="Allianz CH, 45 days by schedule"),
        pytest.param("DUE_DATE + 60 CD | KNOWLEDGE + 10 WD", "2025-04-03", id="Sinosure"),
    ],
)  # fmt: skip
def test_the_seven_shapes_of_the_overdue_notice(rule: str, notice: str) -> None:
    """Due 11 March, 60 days of extension, insolvency known on 20 March (rules.md 2.3 D14)."""
    policy = duties("sinosure-domestic", overdue_rule=rule)
    known = {Anchor.KNOWLEDGE: D("2025-03-20")}
    found = by_code(policy.overdue("INV1", D("2025-03-11"), None, known))
    assert found["D14"].unrolled == D(notice)


def test_the_way_that_counted_is_the_one_shown() -> None:
    policy = duties("sinosure-domestic")
    late = by_code(policy.overdue("INV1", D("2025-03-11")))["D14"]
    assert late.rule.text == "DUE_DATE + 60 CD"
    known = {Anchor.KNOWLEDGE: D("2025-03-20")}
    told = by_code(policy.overdue("INV1", D("2025-03-11"), None, known))["D14"]
    assert (told.rule.text, told.anchor_on) == ("KNOWLEDGE + 10 WD", D("2025-03-20"))


@pytest.mark.parametrize(
    ("template_id", "code", "stop"),
    [
        ("atradius-modula", "D13", "2025-05-10"),
        ("exim-multi", "D13a", "2025-06-09"),
        ("sinosure-st-export", "D13c", "2025-04-10"),
        # The day the overdue notice is due, not the end of the 60 days.
        ("coface-tradeliner", "D13a", "2025-04-10"),
    ],
)
def test_each_insurer_stops_deliveries_in_its_own_way(
    template_id: str, code: str, stop: str
) -> None:
    found = duties(template_id).overdue("buyer", D("2025-03-11"))
    (stopped,) = (item for item in found if item.code.startswith("D13"))
    assert (stopped.code, stopped.unrolled) == (code, D(stop))


def test_an_insolvency_stops_deliveries_before_the_extension_ends() -> None:
    known = {Anchor.INSOLVENCY: D("2025-03-14")}
    found = by_code(
        duties("atradius-modula").overdue("buyer", D("2025-03-11"), None, known)
    )
    assert (found["D13"].anchor, found["D13"].unrolled) == (
        Anchor.INSOLVENCY,
        D("2025-03-14"),
    )


def test_debt_that_is_not_due_is_counted_from_what_is_known_alone() -> None:
    policy = duties("sinosure-domestic")
    known = {Anchor.KNOWLEDGE: D("2025-03-20"), Anchor.INSOLVENCY: D("2025-03-18")}
    found = by_code(policy.overdue("INV1", None, None, known))
    assert found["D14"].unrolled == D("2025-04-03")
    assert found["D13"].unrolled == D("2025-03-18")
    assert "D17" not in found


@pytest.mark.parametrize(
    ("template_id", "days"),
    [("atradius-modula", 60), ("exim-multi", 90), ("sinosure-st-export", 30), ("single-buyer", 0),
     ("coface-tradeliner", 30)],
)  # fmt: skip
def test_the_days_deliveries_may_go_on_come_from_the_stop_rule(
    template_id: str, days: int
) -> None:
    assert PolicyTerms.read(template(template_id).texts).stop_days == days
