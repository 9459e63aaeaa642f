"""A client whose buyer owes three invoices, insured and declared by the month, on 10 September 2025."""

from datetime import date
from pathlib import Path

import pytest

from creditdesk.jobs import ImmediateRunner
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.parts.wording import Wording
from creditdesk.workspace import Desk, Workspace

TODAY = date(2025, 9, 10)


@pytest.fixture
def workspace(filled: Desk, tmp_path: Path) -> Workspace:
    """The desk as screens know it."""
    preferences = PreferenceFile(tmp_path / "preferences.json")
    return Workspace(filled, ImmediateRunner(), preferences, today=lambda: TODAY)


@pytest.fixture
def wording() -> Wording:
    """English, so that a test reads like the code."""
    return Wording("en")
