"""A desk of the first schema keeps the meaning of its limits when it is brought up to date."""

from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from creditdesk.db import migrate
from creditdesk.db.connection import APPLICATION_ID, connect
from creditdesk.db.database import Database
from creditdesk.domain.cover.limit_states import LimitStage
from creditdesk.workspace import open_desk

NOW = datetime(2026, 1, 1)  # noqa: DTZ001 - the desk keeps local time
ROWS = (
    "INSERT INTO client VALUES (1, 'A', '', 'CNY', '', '', '2026-01-01 00:00:00')",
    "INSERT INTO buyer VALUES (1, 1, '', 'B', '', 'CN', '', '', '', NULL, '2026-01-01 00:00:00')",
    "INSERT INTO buyer VALUES (2, 1, '', 'C', '', 'CN', '', '', '', NULL, '2026-01-01 00:00:00')",
    "INSERT INTO policy VALUES (1, 1, 't', 'P', 'I', 'CNY', '2026-01-01', '2026-12-31', '2026-01-01 00:00:00')",
    "INSERT INTO policy_version VALUES (1, 1, '2026-01-01', '', '2026-01-01 00:00:00')",
)
LIMIT = (
    "INSERT INTO credit_limit (policy_id, buyer_id, state, currency, amount_minor, requested_minor, effective_from, "
    "applied_on, payment_method, condition, decision_no, recorded_at, who) "
    "VALUES (1, ?, ?, 'CNY', ?, 50000, '2026-02-01', '2026-01-20', '', '', '', '2026-01-01 00:00:00', 'x')"
)


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A desk as the first version left it: one limit approved in part, one application."""
    path = tmp_path / "first.creditdesk"
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
        command.upgrade(config, "0001")
    database.close()
    with closing(connect(path, "")) as connection:
        for row in ROWS:
            connection.execute(row)
        connection.execute(LIMIT, (1, "APPROVED", 30000))
        connection.execute(LIMIT, (2, "APPLIED", 0))
        connection.commit()
    return path


def test_limits_of_the_first_version_keep_their_meaning(
    first: Path, tmp_path: Path
) -> None:
    desk = open_desk(first, backups=tmp_path / "backups")
    try:
        stages = {line.buyer: line.stage for line in desk.policies.limits()}
        assert stages == {"B": LimitStage.APPROVED_PART, "C": LimitStage.APPLIED}
        now = desk.policies.limits_now(date(2026, 3, 1))
        assert str(now[1].amount) == "CNY 300.00"
        assert (now[2].amount, now[2].asked_on) == (None, date(2026, 1, 20))
        assert desk.upkeep.check().problems == ()
    finally:
        desk.close()
