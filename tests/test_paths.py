import importlib
import sys
from pathlib import Path

import pytest

from creditdesk import bootstrap, paths

# What the shared fixtures put in the places of a test's own.
_SHIPPED = ("data_folder", "config_folder", "log_folder", "by_now")


@pytest.fixture
def carried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a frozen program, and the real functions that tell where things are."""
    program = tmp_path / "U 盘 100%" / "CreditDesk"
    program.mkdir(parents=True)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program / "CreditDesk.exe"))
    fresh = importlib.util.spec_from_file_location("paths_as_shipped", paths.__file__)
    assert fresh
    assert fresh.loader
    shipped = importlib.util.module_from_spec(fresh)
    fresh.loader.exec_module(shipped)
    for name in _SHIPPED:
        monkeypatch.setattr(paths, name, getattr(shipped, name))
    return program


def test_a_program_with_the_marker_beside_it_keeps_everything_beside_it(
    carried: Path,
) -> None:
    (carried / paths.PORTABLE).touch()
    assert paths.data_folder() == carried / "data"
    assert paths.config_folder() == carried / "data" / "settings"
    assert paths.log_folder() == carried / "data" / "logs"
    assert paths.default_desk() == carried / "data" / "desk.creditdesk"
    assert paths.private_folder().parent == carried / "data"


def test_the_desk_of_a_stick_is_found_under_its_next_letter(carried: Path) -> None:
    (carried / paths.PORTABLE).touch()
    desk = carried / "data" / "我的.creditdesk"
    desk.parent.mkdir()
    desk.touch()
    before = Path("/elsewhere/CreditDesk/data")
    assert paths.by_now(before / desk.name) == desk
    assert paths.by_now(before / "other.creditdesk") == before / "other.creditdesk"
    assert paths.by_now(before.parent / desk.name) == before.parent / desk.name
    (carried / paths.PORTABLE).unlink()
    assert paths.by_now(before / desk.name) == before / desk.name


def test_an_installed_program_keeps_nothing_beside_it(carried: Path) -> None:
    for folder in (paths.data_folder(), paths.config_folder(), paths.log_folder()):
        assert carried not in folder.parents


def test_the_marker_counts_for_a_frozen_program_only(
    carried: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (carried / paths.PORTABLE).touch()
    monkeypatch.delattr(sys, "frozen")
    assert carried not in paths.data_folder().parents


def windows(patch: pytest.MonkeyPatch) -> list[Path | None]:
    """The desks windows are asked for."""
    asked: list[Path | None] = []

    def opened(desk: Path | None) -> int:
        asked.append(desk)
        return 0

    patch.setattr(bootstrap, "open_window", opened)
    return asked


@pytest.mark.parametrize(
    ("given", "desk"),
    [
        ([], ""),
        (["D:\\代账\\我的 100%.creditdesk"], "D:\\代账\\我的 100%.creditdesk"),
        (["/Volumes/盘/DESK.CREDITDESK"], "/Volumes/盘/DESK.CREDITDESK"),
        (["--desk", "a.creditdesk"], "a.creditdesk"),
        (["--lang", "en"], ""),
    ],
)
def test_a_desk_alone_opens_the_window_on_it(
    monkeypatch: pytest.MonkeyPatch, given: list[str], desk: str
) -> None:
    asked = windows(monkeypatch)
    assert bootstrap.main(given) == 0
    assert asked == [Path(desk) if desk else None]


@pytest.mark.parametrize("given", [["a.xlsx"], ["demo", "--help"], ["a.creditdesk", "b.creditdesk"]])  # fmt: skip
def test_anything_else_is_a_command(
    monkeypatch: pytest.MonkeyPatch, given: list[str]
) -> None:
    asked = windows(monkeypatch)
    bootstrap.main(given)
    assert asked == []
