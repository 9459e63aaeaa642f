"""`desk passphrase`: set, changed, removed; checked before the old one is given up."""

from typing import Any

import pytest

from creditdesk.db import backup
from creditdesk.db.errors import BackupFailed
from creditdesk.db.sealing import is_protected

Shell = Any  # the fixture of conftest, which tests can't import
FIRST, SECOND = "the first secret", "账房的第二个好口令"


def given(patch: pytest.MonkeyPatch, old: str, new: str) -> None:
    patch.setenv("CREDITDESK_PASSPHRASE", old)
    patch.setenv("CREDITDESK_NEW_PASSPHRASE", new)


def test_a_passphrase_is_set_changed_and_removed_and_every_row_stays(
    full: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = full("desk", "info").json["rows"]
    given(monkeypatch, "", FIRST)
    assert full("desk", "passphrase").json == {"path": str(full.desk), "encrypted": True}  # fmt: skip
    assert is_protected(full.desk)
    monkeypatch.delenv("CREDITDESK_PASSPHRASE")
    assert full("desk", "info").error == "passphrase_needed"
    given(monkeypatch, FIRST, SECOND)
    assert full("desk", "passphrase").status == 0
    assert full("desk", "info").error == "passphrase_wrong"
    given(monkeypatch, SECOND, "")
    assert full("desk", "info").json["rows"] == rows
    assert full("desk", "check").json["ok"]
    assert full("desk", "passphrase", "--remove").json["encrypted"] is False
    monkeypatch.delenv("CREDITDESK_PASSPHRASE")
    assert full("desk", "info").json["rows"] == rows
    assert not is_protected(full.desk)


def test_a_short_passphrase_is_taken_only_where_it_is_meant(
    full: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(monkeypatch, "", "1234567")
    assert full("desk", "passphrase").error == "passphrase_weak"
    assert not is_protected(full.desk)
    assert full("desk", "passphrase", "--weak").status == 0
    assert is_protected(full.desk)


def test_a_wrong_old_passphrase_changes_nothing(
    full: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(monkeypatch, "", FIRST)
    assert full("desk", "passphrase").status == 0
    before = full.desk.read_bytes()
    given(monkeypatch, "wrong", SECOND)
    assert full("desk", "passphrase").error == "passphrase_wrong"
    assert full("desk", "passphrase", "--remove").error == "passphrase_wrong"
    assert full.desk.read_bytes() == before


def test_the_old_passphrase_stays_where_the_new_file_fails_its_check(
    full: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(monkeypatch, "", FIRST)

    def failing(*_: object) -> None:
        raise BackupFailed(path=full.desk, reason="as a test wants it")

    with monkeypatch.context() as patched:
        patched.setattr(backup, "_check", failing)
        assert full("desk", "passphrase").error == "backup_failed"
    monkeypatch.delenv("CREDITDESK_PASSPHRASE")
    assert full("desk", "check").json["ok"]
    assert sorted(each.name for each in full.desk.parent.glob("*.part*")) == []


def test_nobody_to_answer_is_told_the_name_of_the_variable(
    full: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CREDITDESK_NEW_PASSPHRASE", raising=False)
    said = full("desk", "passphrase")
    assert said.error == "passphrase_missing"
    assert "CREDITDESK_NEW_PASSPHRASE" in said.json["error"]["message"]


def test_a_restored_plain_backup_gets_the_passphrase_of_the_desk(
    full: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = full.folder / "copy.creditdesk"
    assert full("desk", "backup", copy).status == 0
    given(monkeypatch, "", FIRST)
    assert full("desk", "passphrase").status == 0
    monkeypatch.delenv("CREDITDESK_PASSPHRASE")
    assert full("desk", "restore", copy).error == "restore_unprotected"
    monkeypatch.setenv("CREDITDESK_PASSPHRASE", FIRST)
    assert full("desk", "restore", copy).status == 0
    assert is_protected(full.desk)
    assert full("desk", "check").json["ok"]
