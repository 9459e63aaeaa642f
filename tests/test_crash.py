"""What is left of a bug: a report and a sentence, whatever the disk says."""

from pathlib import Path

import pytest

from creditdesk import crash, paths


def test_a_bug_leaves_a_report_and_a_sentence_that_names_it(tmp_path: Path) -> None:
    error = ZeroDivisionError("bytes that are no text: \udcff")
    report = crash.keep(type(error), error, None)
    assert report is not None
    assert "ZeroDivisionError" in report.read_text(encoding="utf-8")
    assert str(report) in crash.sentence(report)
    assert tmp_path in report.parents


def test_a_full_disk_leaves_the_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(paths, "log_folder", lambda: tmp_path / "file" / "log")
    assert crash.keep(ValueError, ValueError(), None) is None
    assert crash.sentence(None)
