"""Contacts with insurers and brokers: kept, expected answers on Today, requests asked for, papers with their digest."""

import hashlib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.contacts import ContactWay
from creditdesk.domain.insurers.contacts import (
    Course,
    NewPartyContact,
    PaperOfNobody,
    PartyKind,
    WaitingLimit,
)
from creditdesk.jobs import Progress
from creditdesk.presenters.desk.search import SearchPresenter
from creditdesk.presenters.insurers.relations import RelationsPresenter, chase_text
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.watch.besides import besides
from creditdesk.services.policies import LimitDecision
from creditdesk.workspace import Workspace

DAY = date(2026, 11, 23)


def shown(workspace: Workspace, english: Wording) -> RelationsPresenter:
    made = RelationsPresenter(workspace, english)
    made.reload()
    return made


def apply(workspace: Workspace, on: date) -> None:
    """A limit is asked for and nobody answers."""
    desk = workspace.desk
    (policy,) = desk.policies.all(workspace.today())
    desk.policies.decide(
        LimitDecision(
            policy_id=policy.id, buyer_id=desk.buyers.named(policy.client_id, "Hansa"), state="APPLIED", start=on,
            amount=Money(Decimal(0), "CNY"), requested=Money(Decimal(90000), "CNY"),
        )
    )  # fmt: skip


def test_a_contact_waits_until_its_answer_came(
    workspace: Workspace, english: Wording
) -> None:
    part = shown(workspace, english)
    part.start()
    for key, text in {
        "kind": "broker", "party": "恒信经纪", "way": "CALL", "course": "out", "said": "asks for a better wording",
        "follow_on": (DAY - timedelta(days=3)).isoformat(), "on": (DAY - timedelta(days=9)).isoformat(),
    }.items():  # fmt: skip
        part.form.set(key, text)
    assert part.form.save()
    part.reload()
    (row,) = part.table.rows
    assert (row.kind, row.client_id, row.waits, row.is_late(DAY)) == (PartyKind.BROKER, None, True, True)  # fmt: skip
    assert part.said == "1 answer expected · 1 late"
    (line,) = besides(workspace.desk, None, DAY, english)
    assert (line.late, line.where) == (True, {"contact": row.id})
    part.start_answer(row.id)
    part.answer_form.set("on", (DAY - timedelta(days=10)).isoformat())
    part.answer_form.set("answer", "agreed")
    assert not part.answer_form.save()
    part.answer_form.set("on", DAY.isoformat())
    assert part.answer_form.save()
    assert besides(workspace.desk, None, DAY, english) == ()
    part.reload()
    assert not part.may_answer(row.id)
    part.voiding(row.id, "another broker")(Progress())
    part.reload()
    (row,) = part.table.rows
    assert row.voided is not None


def test_a_letter_is_kept_with_its_digest_and_only_with_a_client(
    workspace: Workspace, english: Wording, tmp_path: Path
) -> None:
    letter, out = tmp_path / "来函.txt", tmp_path / "saved.txt"
    letter.write_text("we will look at it", encoding="utf-8")
    part = shown(workspace, english)
    part.start()
    part.paper.choose(letter)
    part.paper.reading()(Progress())
    for key, text in {"party": "A", "way": "LETTER", "course": "in", "said": "they look at it"}.items():  # fmt: skip
        part.form.set(key, text)
    assert not part.form.save()
    assert part.form.faulty == "client"
    part.form.set("client", str(workspace.desk.clients.all()[0].id))
    assert part.form.save()
    part.reload()
    (row,) = part.table.rows
    digest = hashlib.sha256(letter.read_bytes()).hexdigest()
    assert (row.file_name, row.digest, row.course) == ("来函.txt", digest, Course.IN)
    assert part.may_open(row.id)
    part.saving(row.id, out)(Progress())
    assert out.read_bytes() == letter.read_bytes()
    with pytest.raises(PaperOfNobody):
        workspace.desk.insurers.add_contact(
            NewPartyContact(
                kind=PartyKind.INSURER, party="A", way=ContactWay.MAIL, course=Course.IN, on=DAY, said="x", document=1
            ),
            DAY,
        )  # fmt: skip


def test_a_request_beyond_fourteen_days_is_asked_for_and_then_is_no_more(
    workspace: Workspace, english: Wording
) -> None:
    apply(workspace, DAY - timedelta(days=15))
    part = shown(workspace, english)
    (waits,) = part.waiting
    assert waits.slow
    (line,) = besides(workspace.desk, None, DAY, english)
    assert line.title.startswith("Limit for Hansa")
    part.start_asking(waits.limit)
    assert "waiting for 15 days" in part.form.value("said")
    assert "CNY 90,000.00" in part.form.value("said")
    assert part.form.save()
    part.reload()
    (row,) = part.table.rows
    assert (row.buyer_id, row.follow_on) == (waits.limit.buyer_id, DAY + timedelta(days=7))  # fmt: skip
    (waits,) = part.waiting
    assert not waits.slow
    assert "asked for its answer" in waits.said
    assert [each.where for each in besides(workspace.desk, None, DAY, english)] == [{"contact": row.id}]  # fmt: skip


@pytest.mark.parametrize(
    ("waited", "usual", "slow"),
    [(14, None, False), (15, None, True), (6, 5, True), (5, 5, False), (15, 30, True)],
)
def test_slow_is_beyond_the_usual_days_and_never_later_than_fourteen(
    waited: int, usual: int | None, slow: bool, english: Wording  # noqa: FBT001 - a case of the table
) -> None:  # fmt: skip
    limit = WaitingLimit(
        client_id=1, client="C", policy_id=1, policy="P", insurer="A", buyer_id=1, buyer="B", amount=None,
        asked_on=DAY - timedelta(days=waited), usual=usual, asked_after=False,
    )  # fmt: skip
    assert limit.is_slow(DAY) is slow
    assert "no amount" in chase_text(limit, DAY, english)


def test_search_finds_a_contact_by_what_was_said(
    workspace: Workspace, english: Wording
) -> None:
    new = NewPartyContact(
        kind=PartyKind.INSURER, party="A", way=ContactWay.VISIT, course=Course.OUT, on=DAY, said="续保费率 0.3 %",
    )  # fmt: skip
    number = workspace.desk.insurers.add_contact(new, DAY)
    search = SearchPresenter(workspace.desk.buyers, english, ())
    search.ask("续保费率")
    (found,) = search.found
    assert (found.place, found.where) == ("relations", {"contact": number})
