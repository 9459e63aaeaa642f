"""A policy beside its paper: where its values stand there, what the paper leaves out, and which values matter now."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete

from creditdesk.db.errors import RecordMissing
from creditdesk.db.touched import Scope
from creditdesk.domain.policy.fields import BY_KEY
from creditdesk.domain.policy.needed import READ_BY, Reader, Use
from creditdesk.domain.policy.terms import PolicyTerms
from creditdesk.models import BuyerCover
from creditdesk.services.policies import PolicyId, ScheduleValue, Spot, covers
from creditdesk.services.policies.values import PolicyMustSay
from creditdesk.services.watch import finding
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
DAY = date(2025, 7, 1)
POLICY = PolicyId(1)
_DERIVED = frozenset({
    "auto_renew", "notice_days", "declaration_mode", "declaration_rule", "record_rule", "overdue_rule", "adverse_rule",
    "mandate_rule", "claim_rule", "minimum_premium",
})  # fmt: skip
"""Rules of deadlines, which matter by what waits for them, and what only a renewal or the premium reads."""


def value(desk: Desk, key: str, on: date = DAY) -> ScheduleValue:
    found = desk.policies.file(POLICY, on).schedule
    return next(each for each in found if each.field.key == key)


def paper(desk: Desk, office: Office, content: bytes) -> int:
    client = desk.clients.all()[0].id
    return desk.watch.keep_paper(client, office.file(content), content)


def test_a_place_on_the_paper_is_kept_with_the_value_and_goes_into_endorsements(
    filled: Desk, office: Office
) -> None:
    document = paper(filled, office, b"schedule")
    filled.policies.attach_paper(POLICY, DAY, document)
    spot = Spot(document, "3:40.0,62.5,30.0,6.0")
    filled.policies.confirm(POLICY, ("mep_days",), DAY, "3", spot)
    assert value(filled, "mep_days").spot == spot
    filled.policies.endorse(POLICY, date(2025, 8, 1), "E1")
    assert value(filled, "mep_days", date(2025, 9, 1)).spot == spot
    # A later value without a place is of no place.
    filled.policies.set(POLICY, {"mep_days": "45"}, DAY, confirmed=True, page="4")
    assert value(filled, "mep_days").spot is None


def test_each_version_has_its_paper(filled: Desk, office: Office) -> None:
    first, second = paper(filled, office, b"a"), paper(filled, office, b"b")
    filled.policies.attach_paper(POLICY, DAY, first)
    filled.policies.endorse(POLICY, date(2025, 8, 1), "E1")
    filled.policies.attach_paper(POLICY, date(2025, 9, 1), second)
    found = filled.policies.papers(POLICY)
    assert [each.document for each in found] == [first, second]
    assert found[1].effective_from == date(2025, 8, 1)
    # Another file takes the place of a version's.
    filled.policies.attach_paper(POLICY, date(2025, 9, 1), first)
    assert [each.document for each in filled.policies.papers(POLICY)] == [first]


def test_a_paper_the_desk_does_not_have_is_refused(filled: Desk) -> None:
    with pytest.raises(RecordMissing):
        filled.policies.attach_paper(POLICY, DAY, 999)


def test_what_the_paper_leaves_out_is_empty_and_settled(filled: Desk) -> None:
    filled.policies.set(POLICY, {"nql": "5000"}, DAY, confirmed=False)
    filled.policies.leave_out(POLICY, "nql", DAY, "5")
    found = value(filled, "nql")
    assert (found.text, found.left_out, found.page) == ("", True, "5")
    assert found.standing is None


def test_what_every_policy_says_cannot_be_left_out(filled: Desk) -> None:
    before = value(filled, "insured_pct").text
    with pytest.raises(PolicyMustSay):
        filled.policies.leave_out(POLICY, "insured_pct", DAY)
    assert value(filled, "insured_pct").text == before


def test_what_matters_now_names_what_reads_it(filled: Desk) -> None:
    found = filled.policies.needed(POLICY, DAY)
    assert found["mep_days"] == (Reader(Use.COVER, 3),)
    # All three invoices are past due on this day.
    assert found["nql"][0] == Reader(Use.ESTIMATE, 3)
    assert "insurer_branch" not in found
    early = filled.policies.needed(POLICY, date(2025, 3, 1))
    assert "nql" not in early


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The policy fields that are read from now on."""
    seen: set[str] = set()
    plain = PolicyTerms.__getattribute__

    class Noted(dict[str, Any]):
        def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - as a dict's
            seen.add(key)
            return super().get(key, default)

    def noting(self: PolicyTerms, name: str) -> Any:  # noqa: ANN401 - any attribute
        found = plain(self, name)
        if name in BY_KEY:
            seen.add(name)
        return (
            Noted(found) if name == "values" and isinstance(found, Mapping) else found
        )

    monkeypatch.setattr(PolicyTerms, "__getattribute__", noting)
    return seen


def test_whatever_the_days_work_reads_is_known_to_matter(
    filled: Desk, read: set[str]
) -> None:
    scope = Scope(filled.clients.all()[0].id)
    with filled._database.write() as session:
        session.execute(delete(BuyerCover))
        covers.find(session, scope, DAY, None)
        list(finding.find(session, scope, DAY, lambda: None))
    assert "mep_days" in read
    assert "overdue_rule" in read
    assert read - set().union(*READ_BY.values()) - _DERIVED == set()
