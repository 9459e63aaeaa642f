"""What all tests share: no display, no person's own folders, small desks."""

import os
import shutil

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from creditdesk import paths
from creditdesk.workspace import Desk, create_desk, open_desk

REAL_DATA = Path(__file__).parents[2] / "shared" / "data"
NOW = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - the desk keeps local time


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the person who runs the tests is read or written."""
    home = tmp_path / "home"
    for name in ("data_folder", "config_folder", "log_folder"):
        monkeypatch.setattr(paths, name, lambda name=name: home / name)
    monkeypatch.delenv("CREDITDESK_PASSPHRASE", raising=False)


@pytest.fixture(scope="session")
def empty_desks(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """An empty desk file to copy, by passphrase: making one takes a fifth of a second."""

    @cache
    def made(passphrase: str) -> Path:
        path = tmp_path_factory.mktemp("empty") / "empty.creditdesk"
        create_desk(path, passphrase)
        return path

    return made


@pytest.fixture
def desk(tmp_path: Path, empty_desks: Callable[[str], Path]) -> Iterator[Desk]:
    """An empty desk."""
    path = tmp_path / "test.creditdesk"
    shutil.copyfile(empty_desks(""), path)
    opened = open_desk(
        path, now=lambda: NOW, who="tester", backups=tmp_path / "backups"
    )
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real files; tests that need it are skipped where it is missing."""
    if not REAL_DATA.is_dir():
        pytest.skip("the folder of real files is not beside this checkout")
    return REAL_DATA
