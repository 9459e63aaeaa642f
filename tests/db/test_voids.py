"""What is void is left out of whatever a session reads, and older desks keep what they had taken back."""

import ast
import re
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Select, exists, func, insert, literal, select, union_all
from sqlalchemy.orm import aliased

import creditdesk
from creditdesk.db import migrate
from creditdesk.db.connection import APPLICATION_ID, connect
from creditdesk.db.database import Database
from creditdesk.db.standing import WITH_VOIDED
from creditdesk.models import (
    Base,
    BillEnd,
    BillTransfer,
    BuyerFact,
    BuyerGrade,
    ChecklistAddition,
    ClaimGoods,
    ClaimPayment,
    ClaimQuestion,
    Client,
    Contact,
    CreditAuthority,
    CreditDecision,
    CreditLimit,
    CreditPolicy,
    Dispute,
    Duty,
    FinancialStatement,
    InsurerEntry,
    InsurerQuote,
    Notice,
    OutlookNote,
    PartyContact,
    Policy,
    PremiumNote,
    ScoreRecord,
    Task,
    Voidable,
    WarningAnswer,
)
from creditdesk.workspace import open_desk

NOW = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - the desk keeps local time
DAY = date(2026, 1, 1)
VOIDED = {"voided_at": NOW, "voided_by": "x", "voided_why": "wrong"}
TABLES = (
    Client,
    Policy,
    CreditLimit,
    Notice,
    Duty,
    PremiumNote,
    BillEnd,
    BillTransfer,
    ChecklistAddition,
    ClaimGoods,
    ClaimPayment,
    ClaimQuestion,
    Dispute,
    Task,
    BuyerFact,
    BuyerGrade,
    Contact,
    CreditAuthority,
    CreditPolicy,
    CreditDecision,
    FinancialStatement,
    InsurerEntry,
    InsurerQuote,
    PartyContact,
    OutlookNote,
    ScoreRecord,
    WarningAnswer,
)
PLAIN = {
    "db/touched.py": "whose a row is, void or not: that it is void must be noticed too",
    "glance.py": "leaves void clients out itself; duties there are open ones, which no void policy has",
    "readings/agenda.py": (
        "open duties only: one that is void was closed, and a void policy has none; of bills it leaves void ends out"
    ),
}
"""Statements in plain SQL that name a table with void rows, and why they are right."""
NOTE = (
    "INSERT INTO premium_note VALUES ({number}, 1, 1, 'deposit', 'CNY', 500, '2026-02-01', '', "
    "NULL, NULL, {withdrawn}, '2026-01-01 00:00:00', 'x')"
)
WITHDRAWN = (
    "INSERT INTO journal_entry "
    "VALUES (1, '2026-01-15 10:00:00', 'Wang', 'withdrawn', 'premium_note', 1, 1, NULL, NULL)"
)


def policy(number: str) -> dict[str, object]:
    return {
        "client_id": 1, "template": "t", "number": number, "insurer": "I", "currency": "CNY",
        "period_start": DAY, "period_end": DAY, "created_at": NOW,
    }  # fmt: skip


@pytest.fixture
def mixed(database: Database) -> Database:
    """A client with one policy that stands and one that is void under the same number."""
    with database.write() as session:
        session.execute(insert(Client).values(name="A", currency="CNY", created_at=NOW))
        session.execute(insert(Policy).values(**policy("P"), **VOIDED))
        session.execute(insert(Policy).values(**policy("P")))
    return database


other = aliased(Policy)
POLICY_OF = Policy.client_id == Client.id


OUTER = select(other.id).outerjoin_from(Client, other, other.client_id == Client.id)
COUNTED = select(func.count()).where(POLICY_OF).scalar_subquery()
TWICE = union_all(select(Policy.id), select(Policy.id)).subquery()
THERE = select(Client.id).where(exists().where(POLICY_OF, Policy.id == 1))
AMONG = select(Client.id).where(literal(1).in_(select(Policy.id)))


@pytest.mark.parametrize(
    ("asked", "standing", "whole"),
    [
        pytest.param(select(Policy.id), [2], [1, 2], id="columns"),
        pytest.param(select(other.id), [2], [1, 2], id="another name"),
        pytest.param(select(func.count()).select_from(Policy), [1], [2], id="count"),
        pytest.param(select(func.count(Policy.id)), [1], [2], id="count of a column"),
        pytest.param(select(Policy.id).join(Client), [2], [1, 2], id="join"),
        pytest.param(OUTER, [2], [1, 2], id="outer join"),
        pytest.param(THERE, [], [1], id="exists"),
        pytest.param(AMONG, [], [1], id="in"),
        pytest.param(select(COUNTED).select_from(Client), [1], [2], id="a column"),
        pytest.param(select(TWICE), [2, 2], [1, 1, 2, 2], id="union"),
    ],
)
def test_a_void_row_is_in_no_shape_of_statement_unless_it_is_asked_for(
    mixed: Database, asked: Select[int], standing: list[int], whole: list[int]
) -> None:
    for open_ in (mixed.read, mixed.write, mixed.trial):
        with open_() as session:
            assert sorted(session.scalars(asked)) == standing
            everything = session.scalars(asked, execution_options=WITH_VOIDED)
            assert sorted(everything) == whole
            assert session.get(Policy, 1) is None


def test_every_table_with_void_rows_is_left_out_by_the_session() -> None:
    voidable = {table for table in Base.__subclasses__() if issubclass(table, Voidable)}
    assert voidable == set(TABLES)


def test_statements_in_plain_sql_that_name_such_a_table_are_known() -> None:
    root = Path(creditdesk.__file__).parent
    names = "|".join(table.__tablename__ for table in TABLES)
    naming = re.compile(rf"\b(FROM|JOIN|UPDATE|INTO)\s+({names})\b")
    found = set()
    for path in root.rglob("*.py"):
        place = path.relative_to(root).as_posix()
        if place.startswith("db/migrations"):
            continue
        texts = (
            node.value
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )
        if any(naming.search(text) for text in texts):
            found.add(place)
    assert found == set(PLAIN)


def test_the_number_of_a_void_policy_is_free_and_no_two_that_stand_share_one(
    mixed: Database,
) -> None:
    with closing(connect(mixed.path)) as connection:
        with pytest.raises(Exception, match="UNIQUE"):
            connection.execute("UPDATE policy SET voided_at = NULL WHERE id = 1")
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_notes_withdrawn_before_are_void_with_who_did_it(tmp_path: Path) -> None:
    path = tmp_path / "before.creditdesk"
    path.touch()
    with closing(connect(path, "")) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")  # fmt: skip
    database = Database(path, "", now=lambda: NOW, who="")
    config = Config()
    folder = Path(migrate.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    with database.write() as session:
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "0005")
    database.close()
    with closing(connect(path, "")) as connection:
        for row in (
            "INSERT INTO client VALUES (1, 'A', '', 'CNY', '', '', '2026-01-01 00:00:00')",
            "INSERT INTO policy VALUES (1, 1, 't', 'P', 'I', 'CNY', '2026-01-01', '2026-12-31', '2026-01-01 00:00:00')",
            "INSERT INTO policy_version VALUES (1, 1, '2026-01-01', '', '2026-01-01 00:00:00')",
            NOTE.format(number=1, withdrawn="'2026-01-15'"),
            NOTE.format(number=2, withdrawn="NULL"),
            WITHDRAWN,
        ):  # fmt: skip
            connection.execute(row)
        connection.commit()
    desk = open_desk(path, backups=tmp_path / "backups")
    with desk._database.read() as session:
        assert list(session.scalars(select(PremiumNote.id))) == [2]
        whole = select(PremiumNote.voided_at, PremiumNote.voided_by).where(PremiumNote.id == 1)  # fmt: skip
        found = session.execute(whole, execution_options=WITH_VOIDED).one()
    assert tuple(found) == (datetime(2026, 1, 15), "Wang")  # noqa: DTZ001 - the desk keeps local time
    desk.close()
