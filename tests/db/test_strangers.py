"""A desk that comes from somebody: what the program never made is refused by name, and can be taken out."""

from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlite

from creditdesk import glance
from creditdesk.db.connection import connect
from creditdesk.db.errors import DeskWithStrangers
from creditdesk.db.objects import missing, newest, objects
from creditdesk.services.clients import ClientCard
from creditdesk.workspace import open_desk, repair_desk

Files = Any  # the fixture of conftest, which tests can't import
AT = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - the desk keeps local time
STRANGERS = {
    "trigger spy": "CREATE TRIGGER spy AFTER INSERT ON client BEGIN DELETE FROM buyer; END",
    "view shadow": "CREATE VIEW shadow AS SELECT * FROM client",
    "table notes": "CREATE TABLE notes (x)",
    "index odd": "CREATE INDEX odd ON client (name)",
    "table clone": "CREATE VIRTUAL TABLE clone USING fts5(x)",
}


def test_the_list_of_objects_is_what_the_steps_make(files: Files) -> None:
    with closing(connect(files.made())) as connection:
        assert objects(connection.execute) == newest(), "run .ci/schema"


@pytest.mark.parametrize("passphrase", ["", "secret"])
@pytest.mark.parametrize("name", STRANGERS)
def test_what_the_program_never_made_is_refused_by_name(
    files: Files, name: str, passphrase: str
) -> None:
    path = files.made(passphrase=passphrase)
    files.run(path, STRANGERS[name], passphrase=passphrase)
    before = path.read_bytes()
    with pytest.raises(DeskWithStrangers) as refused:
        open_desk(path, passphrase)
    assert name in str(refused.value.places["names"]).split(", ")
    assert path.read_bytes() == before


def test_an_object_of_ours_that_says_something_else_is_a_stranger(files: Files) -> None:
    path = files.made()
    files.run(
        path,
        "DROP TRIGGER journal_entry_no_delete",
        "CREATE TRIGGER journal_entry_no_delete AFTER INSERT ON client BEGIN DELETE FROM buyer; END",
    )
    with pytest.raises(DeskWithStrangers, match="trigger journal_entry_no_delete"):
        open_desk(path)


def test_a_trigger_of_ours_that_is_gone_is_told_by_the_check(files: Files) -> None:
    path = files.made()
    files.run(path, "DROP TRIGGER journal_entry_no_delete")
    desk = open_desk(path)
    (problem,) = desk.check().problems
    desk.close()
    assert problem.places == (("what", "trigger journal_entry_no_delete"),)
    with closing(connect(path)) as connection:
        assert missing(objects(connection.execute), newest()) == (
            "trigger journal_entry_no_delete",
        )


def test_a_plain_desk_of_an_earlier_version_is_looked_at_before_it_is_brought_up_to_date(
    files: Files,
) -> None:
    path = files.folder / "old.creditdesk"
    _plain_copy(files.made(), path)
    with closing(sqlite.connect(str(path))) as connection:
        connection.execute(STRANGERS["trigger spy"])
        connection.execute("UPDATE alembic_version SET version_num = '0006'")
        connection.commit()
    with pytest.raises(DeskWithStrangers, match="trigger spy"):
        open_desk(path, backups=files.folder / "backups")
    assert not (files.folder / "backups").exists()


def test_a_schema_step_that_would_be_run_by_being_read_is_no_desk(files: Files) -> None:
    path = files.made()
    files.run(
        path,
        "DROP TABLE alembic_version",
        "CREATE VIEW alembic_version AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT max(i) AS version_num FROM n",
    )
    with pytest.raises(DeskWithStrangers) as refused:
        open_desk(path)
    assert "alembic_version" in str(refused.value)


@pytest.mark.parametrize("passphrase", ["", "secret"])
def test_strangers_are_taken_out_into_a_new_desk_with_all_rows(
    files: Files, passphrase: str
) -> None:
    path = files.made(passphrase=passphrase)
    desk = open_desk(path, passphrase)
    for number in range(30):
        desk.clients.add(ClientCard(name=f"明达{number}"))
    rows = desk.upkeep.info().rows
    desk.close()
    files.run(path, *STRANGERS.values(), passphrase=passphrase)
    before = path.read_bytes()
    made, names = repair_desk(path, passphrase, AT)
    assert made is not None
    assert made == files.folder / "desk-repaired-20261123-090000.creditdesk"
    assert set(STRANGERS) <= set(names)
    assert path.read_bytes() == before
    desk = open_desk(made, passphrase)
    assert desk.check().problems == ()
    assert desk.upkeep.info().rows == rows
    assert [hit.id for hit in desk.buyers.search("mingda7")] == [8]
    desk.close()
    assert sorted(each.name for each in files.folder.iterdir()) == sorted([path.name, made.name])  # fmt: skip


def test_a_desk_of_our_own_needs_no_repair(files: Files) -> None:
    path = files.made()
    assert repair_desk(path, "", AT) == (None, ())
    assert [each.name for each in files.folder.iterdir()] == [path.name]


def _plain_copy(path: Path, target: Path) -> None:
    with closing(connect(path)) as connection:
        connection.execute("ATTACH ? AS plain KEY ''", (str(target),))
        connection.execute("SELECT sqlcipher_export('plain')").fetchall()
        (number,) = connection.execute("PRAGMA application_id").fetchone()
        connection.execute(f"PRAGMA plain.application_id = {number}")
        connection.execute("DETACH plain")


def test_the_first_look_reads_nothing_of_a_desk_with_strangers(files: Files) -> None:
    path = files.made()
    assert glance.look(path, AT.date(), 5) is not None
    files.run(
        path,
        "ALTER TABLE client RENAME TO client_rows",
        "CREATE VIEW client AS SELECT * FROM client_rows",
    )
    assert glance.look(path, AT.date(), 5) is None
