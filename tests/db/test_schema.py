"""The schema: one file of steps that gives what the models say, and refuses what must never change."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import insert

from creditdesk.db import migrate
from creditdesk.db.connection import connect
from creditdesk.db.database import Database
from creditdesk.db.schema import HEAD
from creditdesk.models import (
    Base,
    Buyer,
    Claim,
    Client,
    CreditLimit,
    DiscretionaryGround,
    IndemnityRecord,
    JournalEntry,
    LimitRequest,
    Policy,
    PolicyVersion,
)

Files = Any  # the fixture of conftest, which tests can't import
Connection = Any
DAY = date(2026, 1, 1)
COUNT = "SELECT count(*) FROM {} WHERE who = 'x'"


@pytest.mark.parametrize("passphrase", ["", "secret"])
def test_the_steps_give_what_the_models_say(files: Files, passphrase: str) -> None:
    path = files.made(passphrase=passphrase)
    database = Database(path, passphrase, now=_now, who="")
    with database.read() as session:
        assert migrate.differences_from_models(session.connection()) == []
        assert migrate.revision_of(session.connection()) == HEAD
    database.close()


def test_a_missing_column_is_told(files: Files) -> None:
    path = files.made()
    files.run(path, "ALTER TABLE buyer DROP COLUMN note")
    database = Database(path, "", now=_now, who="")
    with database.read() as session:
        (difference,) = migrate.differences_from_models(session.connection())
    database.close()
    assert "note" in str(difference)


def test_every_amount_stands_beside_its_currency() -> None:
    for table in Base.metadata.sorted_tables:
        names = {column.name for column in table.columns}
        amounts = {name for name in names if name.endswith(("_minor", "_fine"))}
        # What an insurer paid on a claim is in the policy's own currency.
        if amounts and table.name != "claim":
            assert "currency" in names, table.name


@pytest.fixture
def kept(database: Database) -> Iterator[Connection]:
    """A desk with one row of everything that is kept for ever, and a connection around the program."""
    rows: list[tuple[type[Base], dict[str, Any]]] = [
        (Client, {"name": "A", "currency": "CNY", "created_at": _now()}),
        (Buyer, {"client_id": 1, "name": "B", "created_at": _now()}),
        (
            Policy,
            {
                "client_id": 1, "template": "t", "number": "P", "insurer": "I", "currency": "CNY",
                "period_start": DAY, "period_end": DAY, "created_at": _now(),
            },
        ),
        (PolicyVersion, {"policy_id": 1, "effective_from": DAY, "recorded_at": _now()}),
        (
            CreditLimit,
            {
                "policy_id": 1, "buyer_id": 1, "state": "APPROVED", "currency": "CNY", "amount_minor": 5,
                "effective_from": DAY, "recorded_at": _now(), "who": "x",
            },
        ),
        (
            LimitRequest,
            {
                "policy_id": 1, "buyer_id": 1, "kind": "NEW", "currency": "CNY", "amount_minor": 5, "sent_on": DAY,
                "way": "w", "content": {}, "state": "APPLIED", "recorded_at": _now(), "who": "x",
            },
        ),
        (
            DiscretionaryGround,
            {
                "policy_id": 1, "buyer_id": 1, "basis": "REPORT", "currency": "CNY", "amount_minor": 5,
                "evidence_date": DAY, "figures": {}, "recorded_at": _now(), "who": "x",
            },
        ),
        (
            Claim,
            {
                "number": "C", "client_id": 1, "buyer_id": 1, "policy_id": 1, "cause": "insolvency",
                "export": False, "date_of_loss": DAY, "state": "preparation", "opened_on": DAY,
            },
        ),
        (
            IndemnityRecord,
            {
                "claim_id": 1, "version_id": 1, "kept_at": _now(), "who": "x", "currency": "CNY",
                "amount_minor": 1, "rules": "r", "inputs": {}, "result": {}, "digest": "",
            },
        ),
        (JournalEntry, {"at": _now(), "who": "x", "what": "w", "subject": "s"}),
    ]  # fmt: skip
    with database.write() as session:
        for table, values in rows:
            session.execute(insert(table).values(**values))
    with closing(connect(database.path)) as connection:
        yield connection


@pytest.mark.parametrize(
    "table",
    [
        "indemnity_record",
        "journal_entry",
        "credit_limit",
        "limit_request",
        "discretionary_ground",
    ],
)
@pytest.mark.parametrize("statement", ["UPDATE {} SET who = 'me'", "DELETE FROM {}"])
def test_the_desk_itself_refuses_to_change_what_is_kept_for_ever(
    kept: Connection, table: str, statement: str
) -> None:
    with pytest.raises(sqlite.DatabaseError, match="kept for ever"):
        kept.execute(statement.format(table))
    counted = kept.execute(COUNT.format(table))
    assert counted.fetchall() == [(1,)]


def test_the_answer_to_a_request_is_added_to_what_was_sent(kept: Connection) -> None:
    kept.execute("UPDATE limit_request SET state = 'ANSWERED', answer = '4507:3'")
    with pytest.raises(sqlite.DatabaseError, match="kept for ever"):
        kept.execute("UPDATE limit_request SET amount_minor = 6")


def _now() -> datetime:
    return datetime(2026, 1, 1)  # noqa: DTZ001 - the desk keeps local time
