"""What is left of a bug: a report and a sentence, whatever the disk says; never a text or a value of the desk."""

import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from creditdesk import crash, paths
from creditdesk.services.clients import ClientCard
from creditdesk.workspace import Desk

NAME = "甲方绝密公司"


def _kept(error: BaseException) -> str:
    report = crash.keep(type(error), error, error.__traceback__)
    assert report is not None
    return report.read_text(encoding="utf-8")


def test_a_bug_leaves_a_report_and_a_sentence_that_names_it(tmp_path: Path) -> None:
    error = ZeroDivisionError("bytes that are no text: \udcff")
    report = crash.keep(type(error), error, None)
    assert report is not None
    assert "builtins.ZeroDivisionError" in report.read_text(encoding="utf-8")
    assert str(report) in crash.sentence(report)
    assert tmp_path in report.parents
    assert report.stat().st_mode & 0o077 == 0


def test_a_full_disk_leaves_the_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(paths, "log_folder", lambda: tmp_path / "file" / "log")
    assert crash.keep(ValueError, ValueError(), None) is None
    assert crash.sentence(None)


def _looked_up(where: dict[str, str], customer: str) -> str:
    return where[customer]


def test_a_report_says_where_and_what_kind_and_nothing_of_the_rows() -> None:
    try:
        try:
            _looked_up({}, NAME)
        except KeyError as missing:
            raise ValueError(f"no limit for {NAME}") from missing
    except ValueError as error:
        told = _kept(error)
    assert NAME not in told
    assert told.index("builtins.KeyError") < told.index("builtins.ValueError")
    assert "_looked_up" in told
    assert "test_crash.py:" in told
    assert "no limit for" not in told
    assert "return where" not in told
    assert f"Python {sys.version_info.major}." in told


def test_a_row_the_desk_refuses_is_not_in_the_report(desk: Desk) -> None:
    desk.clients.add(ClientCard(name=NAME))
    database = desk._database
    with pytest.raises(IntegrityError) as caught, database.write() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO client (id, name) SELECT id, name || ? FROM client", (NAME,)
        )
    assert "sqlalchemy.exc.IntegrityError" in (told := _kept(caught.value))
    assert "sqlcipher3" in told
    assert NAME not in told
    assert "INSERT" not in told


def test_several_errors_at_once_are_all_told_and_a_hidden_one_is_not() -> None:
    try:
        try:
            _looked_up({}, NAME)
        except KeyError:
            raise ExceptionGroup(NAME, [TypeError(NAME), OSError(NAME)]) from None
    except ExceptionGroup as error:
        told = _kept(error)
    assert "builtins.TypeError" in told
    assert "builtins.OSError" in told
    assert "KeyError" not in told
    assert NAME not in told


def test_the_home_folder_is_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path(__file__).parents[1])
    try:
        _looked_up({}, "")
    except KeyError as error:
        told = _kept(error)
    assert "~/tests/test_crash.py:" in told.replace("\\", "/")
    assert str(Path(__file__).parents[1] / "tests") not in told
