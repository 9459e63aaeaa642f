"""Rows added in bulk touch the clients and buyers they are of, and are found by all indexes, as rows added singly."""

from collections.abc import Callable, Sequence

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from creditdesk.db import bulk, touched
from creditdesk.db.touched import Scope
from creditdesk.errors import Cancelled
from creditdesk.models import Payment
from creditdesk.services.clients import ClientCard
from creditdesk.workspace import Desk

_ONE = (
    "INSERT INTO payment (client_id, buyer_id, key, against, paid_on, dated, currency, amount_fine, memo)"
    " VALUES ({client}, {buyer}, 'one', '', '2026-01-01', 1, 'CNY', 1, '')"
)  # fmt: skip


def payments(client: int, buyers: Sequence[int]) -> dict[str, Sequence[bulk.Value]]:
    fixed: dict[str, bulk.Value] = {
        "against": "", "paid_on": "2026-01-01", "dated": 1, "currency": "CNY", "amount_fine": 1, "memo": "",
        "client_id": client,
    }  # fmt: skip
    return {
        "key": [f"receipt:{place}" for place in range(len(buyers))],
        "buyer_id": list(buyers),
        **{name: [value] * len(buyers) for name, value in fixed.items()},
    }


@pytest.fixture
def told(desk: Desk) -> Callable[[], list[Scope]]:
    """What each write since then touched."""
    found: list[Scope] = []
    follow = desk._database.follow
    assert follow is not None

    def listening(session: Session, _progress: object) -> None:
        found.extend(touched.scopes(session))

    desk._database.follow = listening

    def since() -> list[Scope]:
        result = list(found)
        found.clear()
        return result

    return since


def known(desk: Desk) -> tuple[int, list[int]]:
    client = desk.clients.add(ClientCard(name="Client"))
    with desk._database.write() as session:
        for name in ("A", "B", "C"):
            session.execute(
                text(
                    "INSERT INTO buyer (client_id, code, name, uscc, country, address, contact, note, created_at)"
                    " VALUES (:client, '', :name, '', '', '', '', '', '2026-01-01 00:00:00')"
                ),
                {"client": client, "name": name},
            )
        return client, list(session.scalars(text("SELECT id FROM buyer ORDER BY id")))


def test_rows_added_in_bulk_touch_their_buyers_and_no_others(
    desk: Desk, told: Callable[[], list[Scope]]
) -> None:
    client, (first, second, third) = known(desk)
    told()
    with desk._database.write() as session:
        bulk.add(session, Payment, payments(client, [first, third, first]))
    (scope,) = told()
    assert scope == Scope(client, frozenset({first, third}), frozenset({"payment"}))
    with desk._database.write() as session:
        session.execute(text(_ONE.format(client=client, buyer=second)))
    assert [each.buyers for each in told()] == [frozenset({second})]


def test_after_a_bulk_that_failed_single_rows_are_noticed_again(
    desk: Desk, told: Callable[[], list[Scope]]
) -> None:
    client, (first, second, _) = known(desk)
    twice = payments(client, [first, first]) | {"key": ["same", "same"]}
    told()
    with desk._database.write() as session:
        with pytest.raises(IntegrityError):
            bulk.add(session, Payment, twice)
        session.execute(text(_ONE.format(client=client, buyer=second)))
    (scope,) = told()
    assert second in (scope.buyers or ())


def test_after_a_write_that_was_undone_single_rows_are_noticed_again(
    desk: Desk, told: Callable[[], list[Scope]]
) -> None:
    client, (first, second, _) = known(desk)

    def undone() -> None:
        with desk._database.write() as session:
            bulk.add(session, Payment, payments(client, [first]))
            raise Cancelled

    with pytest.raises(Cancelled):
        undone()
    told()
    with desk._database.write() as session:
        session.execute(text(_ONE.format(client=client, buyer=second)))
    assert [each.buyers for each in told()] == [frozenset({second})]


def schema(desk: Desk) -> list[tuple[str, str]]:
    with desk._database.raw() as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        found = connection.execute("SELECT name, sql FROM sqlite_master").fetchall()
        return sorted((name, sql or "") for name, sql in found)


def add_many(desk: Desk, client: int, buyer: int, first: int, stop: int) -> list[str]:
    """Payments with these numbers, as an import adds them; the answer is the indexes there were meanwhile."""
    count = stop - first
    columns = payments(client, [buyer] * count)
    columns |= {"key": [f"receipt:{place}" for place in range(first, stop)]}
    with (
        desk._database.write() as session,
        bulk.indexed_afterwards(session, Payment, count, lambda: None),
    ):
        bulk.add(session, Payment, columns)
        return list(
            session.scalars(
                text(
                    "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'payment' AND sql NOT NULL"
                )
            )
        )


def test_an_import_larger_than_what_was_there_leaves_every_index_as_it_was(
    desk: Desk,
) -> None:
    client, (buyer, *_) = known(desk)
    before = schema(desk)
    assert add_many(desk, client, buyer, 0, 6_000) == []
    assert schema(desk) == before
    assert len(add_many(desk, client, buyer, 6_000, 11_999)) > 1
    assert schema(desk) == before


def test_what_is_added_twice_is_refused_and_no_index_is_lost(desk: Desk) -> None:
    client, (buyer, *_) = known(desk)
    add_many(desk, client, buyer, 0, 6_000)
    before = schema(desk)
    with pytest.raises(IntegrityError):
        add_many(desk, client, buyer, 5_999, 20_000)
    assert schema(desk) == before
    with desk._database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM payment")) == 6_000
