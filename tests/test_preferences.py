"""What a machine remembers: kept whole, and a damaged file counts as none."""

from pathlib import Path

import pytest

from creditdesk.preferences import PreferenceFile, Preferences


def test_nothing_chosen_is_chinese_in_the_system_s_look(tmp_path: Path) -> None:
    assert PreferenceFile(tmp_path / "none.json").now == Preferences("zh", "system", "")


def test_a_choice_is_there_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "preferences.json"
    kept = PreferenceFile(path).change(language="en", look="dark", last_desk="/桌/a")
    assert PreferenceFile(path).now == kept == Preferences("en", "dark", "/桌/a")
    PreferenceFile(path).change(language="zh")
    assert PreferenceFile(path).now == Preferences("zh", "dark", "/桌/a")
    assert [each.name for each in path.parent.iterdir()] == ["preferences.json"]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"\xff\xfe\x00", b"[]", b"null", b'"en"', b"[" * 100_000,
        b'{"language": "fr", "look": 3, "last_desk": null}', b'{"language": ["en"], "look": {}}',
    ],
)  # fmt: skip
def test_a_damaged_file_counts_as_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "preferences.json"
    path.write_bytes(content)
    assert PreferenceFile(path).now == Preferences()


def test_choices_that_can_t_be_kept_hold_for_this_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    file = PreferenceFile(tmp_path / "file" / "preferences.json")
    assert file.change(language="en").language == "en"
    assert file.now.language == "en"


def test_printer_and_copies_are_kept_and_nonsense_is_none(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    PreferenceFile(path).change(printer="Office", copies=3)
    assert (PreferenceFile(path).now.printer, PreferenceFile(path).now.copies) == ("Office", 3)  # fmt: skip
    path.write_text('{"printer": 7, "copies": 1000}', encoding="utf-8")
    assert (PreferenceFile(path).now.printer, PreferenceFile(path).now.copies) == ("", 1)  # fmt: skip
