"""A desk with one client, and files as its program might write them."""

import csv
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from creditdesk.jobs import ImmediateRunner
from creditdesk.preferences import PreferenceFile
from creditdesk.services.clients import ClientCard
from creditdesk.workspace import Desk, Workspace

TODAY = date(2026, 11, 23)
Rows = Sequence[Sequence[object]]
Writer = Callable[..., Path]


@pytest.fixture
def workspace(desk: Desk, tmp_path: Path) -> Workspace:
    """What the page gets."""
    client = desk.clients.add(ClientCard(name="明达电子"))
    preferences = PreferenceFile(tmp_path / "preferences.json")
    made = Workspace(desk, ImmediateRunner(), preferences, today=lambda: TODAY)
    made.client = client
    return made


@pytest.fixture
def written(tmp_path: Path) -> Writer:
    """Writes a text table."""

    def write(name: str, *rows: Sequence[object]) -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return path

    return write
