"""Backups after commands, and reading them again: what a script sees of it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from creditdesk import passphrases, paths

Shell = Any  # the fixture of conftest, which tests can't import
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def stored() -> list[Path]:
    folder = paths.data_folder() / "backups"
    return sorted(folder.iterdir()) if folder.is_dir() else []


def test_a_command_that_writes_leaves_a_backup_once_an_hour_and_one_that_reads_none(
    shell: Shell,
) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        assert shell("client", "list").status == 0
        assert stored() == []
        told = shell("client", "add", "甲")
        assert set(told.json) == {"id", "name", "warnings"}
        assert told.err == ""
        assert [each.name.split("-")[1] for each in stored()] == ["00001"]
        assert "-after-command-" in stored()[0].name
        clock.shift(timedelta(minutes=59))
        shell("client", "add", "乙")
        assert len(stored()) == 1
        clock.shift(timedelta(minutes=2))
        assert shell("client", "list").status == 0
        assert len(stored()) == 1
        shell("client", "add", "丙")
        assert len(stored()) == 2
        # The next day begins with a command that only reads.
        clock.shift(timedelta(days=1))
        assert shell("client", "list").status == 0
        assert shell("desk", "info").json["last_backup"] == str(stored()[-1])
        assert len(stored()) == 2


def test_a_backup_that_fails_leaves_the_command_done(shell: Shell) -> None:
    folder = paths.data_folder() / "backups"
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way", encoding="utf-8")
    told = shell("client", "add", "甲")
    assert told.status == 0
    assert told.json["name"] == "甲"
    assert told.err.startswith("Done, but the backup failed: ")
    assert len(shell("client", "list").json) == 1


def _day(path: Path) -> str:
    """What the name says, in whatever zone the test runs."""
    day = path.name.split("-")[2]
    return f"{day[:4]}-{day[4:6]}-{day[6:]}"


def test_backups_are_read_again_and_a_bad_one_is_told(shell: Shell) -> None:
    assert shell("desk", "verify-backups").json == {"ok": True, "backups": []}
    with time_machine.travel(AT, tick=False) as clock:
        shell("client", "add", "甲")
        clock.shift(timedelta(hours=2))
        shell("client", "add", "乙")
    first, second = stored()
    told = shell("desk", "verify-backups")
    assert told.status == 0
    assert told.json == {
        "ok": True,
        "backups": [
            {"file": str(each), "day": _day(each), "ok": True, "reason": None}
            for each in (second, first)
        ],
    }
    first.write_bytes(first.read_bytes()[:5000])
    bad = shell("desk", "verify-backups")
    assert bad.status == 1
    told = json.loads(bad.out)
    assert told["ok"] is False
    assert told["error"]["code"] == "backups_unsound"
    assert [each["ok"] for each in told["backups"]] == [True, False]
    assert told["backups"][1]["reason"].startswith("damaged: ")
    lines = shell("desk", "verify-backups", as_json=False)
    assert lines.out.splitlines()[0] == f"✓ {second}: in order"
    assert lines.out.splitlines()[1].startswith(f"⚠ {first}: damaged: ")
    assert "Backups that are not in order: 1." in lines.err


@pytest.mark.parametrize("harm", ["gone", "cut", "garbage", "beginning"])
def test_the_backups_of_a_desk_that_does_not_open_are_found_by_its_name(
    shell: Shell, harm: str
) -> None:
    shell("client", "add", "甲")
    (made,) = stored()
    whole = shell.desk.read_bytes()
    if harm == "gone":
        shell.desk.unlink()
    elif harm == "beginning":
        shell.desk.write_bytes(bytes(8192) + whole[8192:])
    else:
        shell.desk.write_bytes(whole[:5000] if harm == "cut" else b"nothing of ours")
    said = shell("desk", "verify-backups")
    assert said.status == 0
    assert [(each["file"], each["ok"]) for each in said.json["backups"]] == [(str(made), True)]  # fmt: skip
    assert bool(said.err) == (harm != "gone")
    assert shell.desk.exists() == (harm != "gone")
    made.write_bytes(made.read_bytes()[:5000])
    assert shell("desk", "verify-backups").error == "backups_unsound"


def test_backups_of_a_desk_that_is_gone_are_looked_for_where_one_says(
    shell: Shell, tmp_path: Path
) -> None:
    shell("client", "add", "甲")
    (made,) = stored()
    kept = tmp_path / "kept"
    kept.mkdir()
    made.rename(kept / made.name)
    shell.desk.unlink()
    assert shell("desk", "verify-backups").error == "no_backup_of_name"
    said = shell("desk", "verify-backups", "--folder", kept)
    assert [each["ok"] for each in said.json["backups"]] == [True]


def test_a_wrong_passphrase_is_no_damaged_desk(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(passphrases.NOW, "a long passphrase")
    shell.desk.unlink(missing_ok=True)
    shell("desk", "create", "--encrypt")
    shell("client", "add", "甲")
    assert shell("desk", "verify-backups").json["ok"] is True
    monkeypatch.setenv(passphrases.NOW, "another passphrase")
    assert shell("desk", "verify-backups").error == "passphrase_wrong"
    shell.desk.write_bytes(b"x" * 8192)
    monkeypatch.setenv(passphrases.NOW, "a long passphrase")
    assert [each["ok"] for each in shell("desk", "verify-backups").json["backups"]] == [True]  # fmt: skip


def test_info_reminds_of_the_second_place(shell: Shell) -> None:
    info = shell("desk", "info").json
    assert info["reminder"].startswith("All backups are in one place.")
    said = shell("desk", "info", as_json=False, lang="zh").out
    assert "U 盘" in said


@pytest.mark.parametrize("arguments", [("desk", "check"), ("desk", "backup", "x")])
def test_looking_at_the_desk_makes_no_automatic_backup(
    shell: Shell, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    given = [str(tmp_path / "x.creditdesk") if each == "x" else each for each in arguments]  # fmt: skip
    assert shell(*given).status == 0
    assert stored() == []
