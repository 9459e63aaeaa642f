"""Clients are taken out, both desks go on, and what comes back is what one desk would have had."""

import os
import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from creditdesk.db.errors import BackupFailed, VoidReasonMissing
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import Cause
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.domain.credit.contacts import ContactWay
from creditdesk.domain.duties.tasks import Department, NewTask, TaskOrigin
from creditdesk.domain.ledger.documents import DraftDocument, DraftPayment, LedgerDraft
from creditdesk.errors import UserError
from creditdesk.i18n import words
from creditdesk.models import Base
from creditdesk.services.buyers import BuyerId
from creditdesk.services.claims import NewClaim
from creditdesk.services.clients import ClientCard
from creditdesk.services.credit import NewContact
from creditdesk.services.ledger import BatchInUse, TakenIn
from creditdesk.services.policies import LimitDecision
from creditdesk.services.trips import (
    AwayAlready,
    AwayUnprotected,
    BroughtBack,
    BroughtDifferent,
    BroughtNewer,
    KeepUnknown,
    NobodyTaken,
    NotAway,
    NotTakenOut,
    Side,
    TakenFromAnother,
    TripUnknown,
)
from creditdesk.services.trips.kinds import KEYS
from creditdesk.services.trips.wording import NOUNS
from creditdesk.services.watch import NewEvent, SentNotice
from creditdesk.workspace import Desk, open_desk

Office = Any  # the fixture of conftest, which tests can't import
AwayOf = Callable[..., Desk]
Draft = DraftDocument | DraftPayment
Facts = Callable[..., dict[str, list[str]]]
TODAY = date(2025, 9, 10)
NAMES = tuple(f"{sign}方贸易有限公司" for sign in "甲乙丙丁戊己庚辛")
SEEDS = range(int(os.environ.get("CREDITDESK_TRIPS", "1")))
"""`.ci/trips` asks for a hundred."""
DAY = timedelta(days=1)
AWAY = "on the train"


class Work:
    """What happens on one of the two desks, drawn beforehand; `mine` is 0 or 1."""

    def __init__(self, mine: int, chance: random.Random) -> None:
        self.mine = mine
        drawn = chance.sample(sorted(ACTS), 8)
        self.acts = [(name, chance.randrange(len(NAMES))) for name in drawn]

    def run(self, office: Office) -> None:
        """Do all of it."""
        for place, (name, number) in enumerate(self.acts):
            ACTS[name](office, self.mine, place, number)


def _draft(office: Office, name: str, *items: Draft) -> LedgerDraft:
    draft: LedgerDraft = office.draft(*items, name=f"{name}.xlsx")
    return replace(draft, source=replace(draft.source, digest=name.ljust(64, "0")))


def _take(office: Office, name: str, *items: Draft) -> TakenIn:
    taken: TakenIn = office.desk.ledger.take_in(1, _draft(office, name, *items))
    return taken


def _done(desk: Desk) -> Counter[tuple[str, str]]:
    """What the journal says was done, how often."""
    with desk._database.read() as session:
        told = session.connection().exec_driver_sql(
            "SELECT what, subject FROM journal_entry"
        )
        return Counter((str(what), str(subject)) for what, subject in told)


def _buyer(office: Office, number: int) -> int:
    return int(office.desk.buyers.named(1, NAMES[number]))


def _mine(mine: int, number: int) -> int:
    """One of the first four buyers, which only this side touches."""
    return 2 * (number % 2) + mine


def _shared(number: int) -> int:
    """One of the last four, which both may touch."""
    return 4 + number % 4


def _import(office: Office, mine: int, place: int, number: int) -> None:
    _take(
        office, f"i{mine}{place}",
        office.invoice(f"N{mine}{place}", "2025-05-01", "2025-06-30", "700", buyer=NAMES[_shared(number)]),
        office.invoice(f"M{mine}{place}", "2025-03-01", "2025-04-30", "41.5", buyer=f"新{mine}{place}有限公司"),
    )  # fmt: skip


def _pay(office: Office, mine: int, place: int, number: int) -> None:
    number = _shared(number)
    paid = office.paid(
        f"P{mine}{place}", "2025-08-01", "55", f"B{number}", buyer=NAMES[number]
    )
    _take(office, f"p{mine}{place}", paid)


def _limit(office: Office, mine: int, place: int, number: int) -> None:
    start = date(2025, 2, 1) + DAY * (2 * place + mine)
    decision = LimitDecision(
        policy_id=1, buyer_id=_buyer(office, 4 + number % 2), state="APPROVED", start=start,
        amount=Money(Decimal(1000 + place), "CNY"), end=None,
    )  # fmt: skip
    office.desk.policies.decide(decision)


def _void_limit(office: Office, mine: int, place: int, number: int) -> None:
    office.desk.policies.void_limit(1 + mine, f"typed twice {place} {number}")


def _notice(office: Office, mine: int, place: int, number: int) -> None:
    buyer = _buyer(office, _mine(mine, number))
    draft = office.desk.watch.notice_draft(1, buyer, TODAY)
    office.desk.watch.record_notice(
        1, draft, buyer, SentNotice(sent_on=TODAY, way=f"mail {place}"), TODAY
    )


def _event(office: Office, mine: int, place: int, number: int) -> None:
    event = NewEvent(
        buyer_id=_buyer(office, _shared(number)), kind=BuyerEventKind.MANDATE, happened_on=TODAY - DAY * place,
        known_on=TODAY, note=f"{mine}",
    )  # fmt: skip
    office.desk.watch.report(event, TODAY)


def _claim(office: Office, mine: int, place: int, number: int) -> None:
    new = NewClaim(
        client_id=1, buyer_id=_buyer(office, _mine(mine, number)), cause=Cause.PROTRACTED_DEFAULT,
        date_of_loss=date(2025, 9, 7), today=TODAY,
    )  # fmt: skip
    claim = office.desk.claims.open(new)
    office.desk.claims.attach(
        claim, "C07", office.file(b"%d%d" % (mine, place)), b"%d%d" % (mine, place)
    )


def _contact(office: Office, mine: int, place: int, number: int) -> None:
    office.desk.credit.add_contact(
        NewContact(buyer_id=_buyer(office, number), way=ContactWay.CALL, on=TODAY, said=f"{mine} {place}"), TODAY
    )  # fmt: skip


def _task(office: Office, mine: int, place: int, number: int) -> None:
    text = f"{mine} {place} {number}"
    office.desk.tasks.add(
        NewTask(
            client_id=1, text=text, department=Department.SALES, origin=TaskOrigin.OWN
        )
    )


def _card(office: Office, mine: int, _place: int, number: int) -> None:
    buyer = _buyer(office, number % 4)
    card = office.desk.buyers.file(buyer).card
    changed = replace(card, note="said") if mine else replace(card, contact="told")
    office.desk.buyers.change(buyer, changed)


def _merge(office: Office, mine: int, _place: int, _number: int) -> None:
    office.desk.buyers.merge(_buyer(office, 4 + mine), _buyer(office, 6 + mine))


def _undo(office: Office, mine: int, _place: int, _number: int) -> None:
    batch = next(
        each
        for each in office.desk.ledger.batches(1)
        if each.file_name == f"x{mine}.xlsx"
    )
    # Where this side opened a claim on it before, it is refused on every desk.
    with suppress(BatchInUse):
        office.desk.ledger.undo(batch.id)


def _waive(office: Office, mine: int, place: int, number: int) -> None:
    buyer = _buyer(office, _mine(mine, number))
    found = [each for each in office.desk.watch.open_duties() if each.buyer_id == buyer]
    if found:
        office.desk.watch.waive(found[0].ids, TODAY, f"letter {place}")


ACTS: dict[str, Callable[[Office, int, int, int], None]] = {
    "import": _import, "pay": _pay, "limit": _limit, "void limit": _void_limit, "notice": _notice, "event": _event,
    "claim": _claim, "contact": _contact, "task": _task, "card": _card, "merge": _merge, "undo": _undo,
    "waive": _waive,
}  # fmt: skip


@pytest.fixture
def begun(office: Office, desk: Desk) -> Office:
    """A client with eight buyers, what they owe, a policy and two limits; beside another client."""
    client = office.client()
    office.client("砾石湾五金制品有限公司")
    _take(
        office, "base",
        *(
            office.invoice(f"B{number}", "2025-02-01", "2025-04-02", f"{1000 + number}", buyer=name)
            for number, name in enumerate(NAMES)
        ),
    )  # fmt: skip
    for mine in (0, 1):
        _take(
            office,
            f"x{mine}",
            office.invoice(
                f"X{mine}", "2025-05-01", "2025-07-01", "9", buyer=NAMES[mine]
            ),
        )
    policy = office.policy(client)
    for number in (0, 1):
        office.limit(policy, _buyer(office, number), "800")
    assert desk.recount(TODAY) == 0
    return office


def _copied(desk: Desk, path: Path) -> Desk:
    """Another desk with the same in it."""
    desk.upkeep.back_up(path)
    return open_desk(path, now=desk._database.now, who="tester", backups=path.parent)


@pytest.mark.parametrize("seed", SEEDS)
def test_interleaved_work_gives_the_facts_of_one_desk_whichever_comes_first(
    begun: Office, tmp_path: Path, facts: Facts, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same draws every time
    sides = [Work(mine, chance) for mine in (0, 1)]
    office = type(begun)
    copies = [
        _copied(begun.desk, tmp_path / f"{place}.creditdesk") for place in range(4)
    ]
    for order, desk in zip(((0, 1), (1, 0)), copies[:2], strict=True):
        for mine in order:
            sides[mine].run(office(desk))
    for home, desk in enumerate(copies[2:]):
        path = tmp_path / f"away-{home}.creditdesk"
        desk.trips.take_out(path, [1], AWAY)
        sides[home].run(office(desk))
        away = open_desk(
            path, AWAY, now=desk._database.now, who="tester", backups=tmp_path
        )
        sides[1 - home].run(office(away))
        dry = desk.bring_back(path, AWAY, dry_run=True)
        found = desk.bring_back(path, AWAY)
        assert (found.conflicts, dry.conflicts) == ((), ())
        assert {**dry.taken, "duty": 0} == {**found.taken, "duty": 0}
        assert found.taken
        assert desk.check().problems == ()
        away.close()
    told = [facts(desk, "journal_entry") for desk in copies]
    for table in told[0]:
        for other in told[1:]:
            lacking = Counter(told[0][table]) - Counter(other[table])
            too_many = Counter(other[table]) - Counter(told[0][table])
            assert (table, lacking, too_many) == (table, {}, {}), [
                each.acts for each in sides
            ]
    done = [_done(desk) for desk in copies]
    assert done[0] == done[1] <= done[2]
    assert done[0] <= done[3]
    for desk in copies:
        desk.close()


def test_every_table_has_a_word_for_a_question_and_its_columns_are_there() -> None:
    for table in Base.metadata.sorted_tables:
        if table.name not in {
            "buyer_cover",
            "file_content",
            "invoice_cover",
            "journal_entry",
            "trip",
        }:
            assert NOUNS[table.name]
    for kind, key in KEYS.items():
        assert set(key) <= set(kind.__table__.columns.keys()), kind


def _open(desk: Desk, number: str) -> str:
    """What is open of an invoice."""
    (found,) = [each for each in desk.ledger.open_items(1) if each.number == number]
    return found.open.plain


def _said(found: BroughtBack) -> list[tuple[str, str, str]]:
    say = words("en").say
    return [
        (say(each.what), say(each.here.said), say(each.there.said))
        for each in found.conflicts
    ]


def test_what_both_entered_differently_is_asked_and_the_rest_is_taken(
    begun: Office, away_of: AwayOf
) -> None:
    away = away_of(begun.desk, 1)
    there = type(begun)(away)
    _take(
        begun,
        "h",
        begun.invoice("T", "2025-05-01", "2025-07-01", "1500", buyer=NAMES[0]),
    )
    _take(there, "a", begun.invoice("T", "2025-05-01", "2025-07-01", "1000", buyer=NAMES[0]),
          begun.invoice("U", "2025-05-01", "2025-07-01", "7", buyer=NAMES[0]))  # fmt: skip
    found = begun.desk.bring_back(away.path, AWAY)
    assert _said(found) == [
        ("Ledger document: T · 甲方贸易有限公司", "CNY 1,500.00", "CNY 1,000.00")
    ]
    assert (_open(begun.desk, "T"), _open(begun.desk, "U")) == ("1500.00", "7.00")
    again = begun.desk.bring_back(away.path, AWAY)
    assert (again.already, again.taken, _said(again)) == (True, {}, _said(found))
    (asked,) = again.conflicts
    kept = begun.desk.bring_back(away.path, AWAY, {asked.id: Side.THERE})
    assert (kept.conflicts, _open(begun.desk, "T")) == ((), "1000.00")
    assert begun.desk.bring_back(away.path, AWAY).already
    assert begun.desk.check().problems == ()


def test_here_leaves_what_is_here_and_is_not_asked_again(
    begun: Office, away_of: AwayOf, facts: Facts
) -> None:
    away = away_of(begun.desk, 1)
    limit = LimitDecision(
        policy_id=1, buyer_id=_buyer(begun, 2), state="APPROVED", start=TODAY, end=None,
        amount=Money(Decimal(5000), "CNY"),
    )  # fmt: skip
    begun.desk.policies.decide(limit)
    away.policies.decide(replace(limit, amount=Money(Decimal(6000), "CNY")))
    (asked,) = begun.desk.bring_back(away.path, AWAY).conflicts
    begun.desk.bring_back(away.path, AWAY, {asked.id: Side.HERE})
    assert begun.desk.bring_back(away.path, AWAY).conflicts == ()
    rows = [
        row
        for row in facts(begun.desk)["credit_limit"]
        if "effective_from=2025-09-10" in row
    ]
    assert ["amount_minor=500000" in row for row in rows] == [True]


def test_there_voids_the_limit_that_gives_way(
    begun: Office, away_of: AwayOf, facts: Facts
) -> None:
    away = away_of(begun.desk, 1)
    limit = LimitDecision(
        policy_id=1, buyer_id=_buyer(begun, 2), state="APPROVED", start=TODAY, end=None,
        amount=Money(Decimal(5000), "CNY"),
    )  # fmt: skip
    begun.desk.policies.decide(limit)
    away.policies.decide(replace(limit, amount=Money(Decimal(6000), "CNY")))
    (asked,) = begun.desk.bring_back(away.path, AWAY).conflicts
    begun.desk.bring_back(away.path, AWAY, {asked.id: Side.THERE})
    rows = [
        row
        for row in facts(begun.desk)["credit_limit"]
        if "effective_from=2025-09-10" in row
    ]
    told = sorted(
        ("amount_minor=500000" in row, "voided_at=True" in row) for row in rows
    )
    assert told == [(False, False), (True, True)]


def test_cards_are_joined_column_by_column_and_asked_where_both_wrote(
    begun: Office, away_of: AwayOf
) -> None:
    away = away_of(begun.desk, 1)
    buyer = BuyerId(_buyer(begun, 0))
    card = begun.desk.buyers.file(buyer).card
    begun.desk.buyers.change(buyer, replace(card, contact="王", note="ours"))
    away.buyers.change(buyer, replace(card, address="苏州", note="theirs"))
    found = begun.desk.bring_back(away.path, AWAY)
    assert [each.id for each in found.conflicts] == [f"buyer-{buyer}"]
    assert begun.desk.buyers.file(buyer).card == replace(
        card, contact="王", note="ours"
    )
    begun.desk.bring_back(away.path, AWAY, {f"buyer-{buyer}": Side.THERE})
    assert begun.desk.buyers.file(buyer).card == replace(
        card, contact="", address="苏州", note="theirs"
    )


def test_a_void_stands_whatever_the_other_side_did(
    begun: Office, away_of: AwayOf
) -> None:
    begun.desk.credit.add_contact(
        NewContact(buyer_id=_buyer(begun, 0), way=ContactWay.CALL, on=TODAY, said="x"), TODAY
    )  # fmt: skip
    (line,) = begun.desk.credit.contacts(_buyer(begun, 0))
    away = away_of(begun.desk, 1)
    away.credit.void_contact(line.id, "typed twice")
    assert begun.desk.bring_back(away.path, AWAY).conflicts == ()
    (line,) = begun.desk.credit.contacts(_buyer(begun, 0))
    assert line.voided
    assert line.voided.why == "typed twice"


def test_an_import_taken_back_there_goes_here_unless_something_rests_on_it(
    begun: Office, away_of: AwayOf
) -> None:
    away = away_of(begun.desk, 1)
    _undo(type(begun)(away), 0, 0, 0)
    claim = NewClaim(
        client_id=1, buyer_id=_buyer(begun, 0), cause=Cause.PROTRACTED_DEFAULT, date_of_loss=date(2025, 9, 7),
        today=TODAY, numbers=("X0",),
    )  # fmt: skip
    begun.desk.claims.open(claim)
    found = begun.desk.bring_back(away.path, AWAY)
    assert [each.id.rpartition("-")[2] for each in found.conflicts] == ["used"]
    assert _open(begun.desk, "X0") == "9.00"


def test_a_claim_whose_number_is_taken_gets_another(
    begun: Office, away_of: AwayOf
) -> None:
    away = away_of(begun.desk, 1)
    _claim(begun, 0, 0, 0)
    _claim(type(begun)(away), 1, 0, 0)
    found = begun.desk.bring_back(away.path, AWAY)
    assert found.renumbered == (("CL-2025-001", "CL-2025-001-2"),)
    assert {each.number for each in begun.desk.claims.all()} == {
        "CL-2025-001",
        "CL-2025-001-2",
    }


def test_a_new_client_and_its_books_come_back_too(
    begun: Office, away_of: AwayOf
) -> None:
    away = away_of(begun.desk, 1)
    there = type(begun)(away)
    new = away.clients.add(ClientCard(name="路上签的有限公司"))
    away.ledger.take_in(
        new,
        _draft(
            there,
            "n",
            there.invoice("R1", "2025-05-01", "2025-07-01", "88", buyer="丑方"),
        ),
    )
    begun.desk.bring_back(away.path, AWAY)
    number = begun.desk.clients.named("路上签的有限公司")
    assert [each.name for each in begun.desk.buyers.all(number)] == ["丑方"]
    assert number == 3


def test_other_clients_do_not_leave(begun: Office, away_of: AwayOf) -> None:
    away = away_of(begun.desk, 1)
    assert [each.name for each in away.clients.all()] == ["明达电子有限公司"]
    assert "砾石湾".encode() not in away.path.read_bytes()
    assert [each.clients for each in begun.desk.trips.out()] == [("明达电子有限公司",)]
    begun.desk.bring_back(away.path, AWAY)
    assert begun.desk.trips.out() == ()


def test_what_can_not_be_brought_back_is_refused_in_words(
    begun: Office, away_of: AwayOf, other_desk: Desk, tmp_path: Path
) -> None:
    desk = begun.desk
    before = tmp_path / "before.creditdesk"
    desk.upkeep.back_up(before)
    away = away_of(desk, 1)
    early = tmp_path / "early.creditdesk"
    away.upkeep.back_up(early)
    _contact(type(begun)(away), 1, 0, 0)
    desk.bring_back(away.path, AWAY)
    with pytest.raises(BroughtNewer):
        desk.bring_back(early, AWAY)
    with pytest.raises(TakenFromAnother):
        other_desk.bring_back(away.path, AWAY)
    with pytest.raises(NotTakenOut):
        desk.bring_back(before, "")
    with pytest.raises(KeepUnknown):
        desk.bring_back(away.path, AWAY, {"invoice-1": Side.HERE})
    copy = open_desk(early, AWAY, now=desk._database.now, who="copy", backups=tmp_path)
    for place in range(3):
        _contact(type(begun)(copy), 1, place, 1)
    with pytest.raises(BroughtDifferent):
        desk.bring_back(early, AWAY)
    copy.close()
    old = open_desk(before, now=desk._database.now, who="old", backups=tmp_path)
    with pytest.raises(TripUnknown):
        old.bring_back(away.path, AWAY)
    old.close()
    with pytest.raises(AwayAlready):
        away.trips.take_out(tmp_path / "x.creditdesk", [1], AWAY)
    with pytest.raises(NobodyTaken):
        desk.trips.take_out(tmp_path / "x.creditdesk", [], AWAY)
    with pytest.raises(AwayUnprotected):
        desk.trips.take_out(tmp_path / "x.creditdesk", [1], "short")
    assert not (tmp_path / "x.creditdesk").exists()
    assert desk.check().problems == ()


def test_a_trip_that_could_not_begin_leaves_nothing(
    begun: Office, tmp_path: Path
) -> None:
    folder = tmp_path / "x.creditdesk"
    folder.mkdir()
    with pytest.raises(UserError):
        begun.desk.trips.take_out(folder, [1], AWAY)
    assert begun.desk.trips.out() == ()
    assert list(folder.iterdir()) == []


def test_what_is_given_up_is_expected_no_more_and_comes_back_all_the_same(
    begun: Office, away_of: AwayOf
) -> None:
    desk = begun.desk
    away = away_of(desk, 1)
    (out,) = desk.trips.out()
    with pytest.raises(VoidReasonMissing):
        desk.trips.give_up(out.id, " ")
    desk.trips.give_up(out.id, "手提电脑被盗")
    assert desk.trips.out() == ()
    with pytest.raises(NotAway):
        desk.trips.give_up(out.id, "手提电脑被盗")
    _contact(type(begun)(away), 1, 0, 0)
    assert sum(desk.bring_back(away.path, AWAY).taken.values()) > 0
    assert desk.check().problems == ()


def test_of_a_desk_with_broken_rows_nobody_leaves(
    begun: Office, tmp_path: Path
) -> None:
    with begun.desk._database.raw() as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("UPDATE invoice SET batch_id = 999 WHERE number = 'B0'")
    with pytest.raises(BackupFailed):
        begun.desk.trips.take_out(tmp_path / "x.creditdesk", [1], AWAY)
    assert begun.desk.trips.out() == ()
    assert not (tmp_path / "x.creditdesk").exists()
