"""Desk files as the tests of the database open and harm them."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from creditdesk.db.connection import connect
from creditdesk.db.database import Database

NOW = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - the desk keeps local time


class Files:
    """Makes desk files, and reaches into them without the program."""

    def __init__(self, folder: Path, empty: Callable[[str], Path]) -> None:
        self.folder = folder
        self._empty = empty

    def made(self, name: str = "desk", passphrase: str = "") -> Path:
        """A new empty desk."""
        path = self.folder / f"{name}.creditdesk"
        shutil.copyfile(self._empty(passphrase), path)
        return path

    def run(self, path: Path, *statements: str, passphrase: str = "") -> None:
        """Statements the program would never send."""
        with closing(connect(path, passphrase)) as connection:
            for statement in statements:
                connection.execute(statement)

    def asked(self, path: Path, question: str, passphrase: str = "") -> list[Any]:
        """What the file itself says."""
        with closing(connect(path, passphrase)) as connection:
            return list(connection.execute(question).fetchall())


@pytest.fixture
def files(tmp_path: Path, empty_desks: Callable[[str], Path]) -> Files:
    """A folder for desk files."""
    return Files(tmp_path, empty_desks)


@pytest.fixture
def database(files: Files) -> Iterator[Database]:
    """An open, empty desk file."""
    opened = Database(files.made(), "", now=lambda: NOW, who="tester")
    yield opened
    opened.close()
