"""Which values of a policy matter now."""

from creditdesk.domain.policy.fields import BY_KEY
from creditdesk.domain.policy.needed import READ_BY, Reader, Use, needed

TEXTS = {
    "policy_type": "DOMESTIC_WT", "policy_currency": "CNY", "mep_days": "60", "overdue_rule": "DUE_DATE + 60 CD",
    "insured_pct": "90", "eel": "1000", "deductible_order": "", "insurer_branch": "Ningbo", "large_limit": "500000",
    "vat_insured": "true", "retention_insured": "false",
}  # fmt: skip


def test_nothing_matters_while_nothing_reads_it() -> None:
    assert needed(TEXTS, {}, {}) == {}


def test_open_invoices_need_the_terms_of_cover_and_not_those_of_a_loss() -> None:
    found = needed(TEXTS, {Use.COVER: 3}, {})
    assert found["mep_days"] == (Reader(Use.COVER, 3),)
    assert "eel" not in found
    assert "insurer_branch" not in found


def test_a_deadline_matters_while_something_waits_by_it() -> None:
    assert "overdue_rule" not in needed(TEXTS, {Use.DUTIES: 5}, {})
    found = needed(TEXTS, {Use.DUTIES: 5}, {"overdue_rule": 4})
    assert found["overdue_rule"] == (Reader(Use.DUTIES, 4),)


def test_an_empty_value_matters_only_where_it_must_be_entered() -> None:
    found = needed(TEXTS, {Use.ESTIMATE: 1}, {})
    # A deductible without the order of its deduction: nothing is computed.
    assert found["deductible_order"] == (Reader(Use.ESTIMATE, 1),)
    assert "afl" not in found


def test_limits_need_what_is_said_of_limits() -> None:
    assert list(needed(TEXTS, {Use.LIMITS: 2}, {})) == ["large_limit"]


def test_the_order_is_that_of_the_schedule() -> None:
    found = list(needed(TEXTS, dict.fromkeys(Use, 1), {}))
    assert found.index("insured_pct") < found.index("eel") < found.index("mep_days")


def test_every_use_reads_fields_there_are() -> None:
    assert set().union(*READ_BY.values()) <= BY_KEY.keys()
