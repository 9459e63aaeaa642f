"""A client whose buyer owes three invoices, insured, with a claim being prepared, on 10 September 2025."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from creditdesk.jobs import ImmediateRunner, Progress
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.claims.claim_checklist import ClaimChecklistPresenter
from creditdesk.presenters.claims.claim_file import ClaimFilePresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.claims import ClaimId
from creditdesk.workspace import Desk, Workspace

TODAY = date(2025, 9, 10)


@pytest.fixture
def workspace(desk: Desk, tmp_path: Path) -> Workspace:
    """The desk as screens know it."""
    preferences = PreferenceFile(tmp_path / "preferences.json")
    return Workspace(desk, ImmediateRunner(), preferences, today=lambda: TODAY)


@pytest.fixture
def wording() -> Wording:
    """English, so that a test reads like the code."""
    return Wording("en")


@pytest.fixture
def shown(workspace: Workspace, claim: ClaimId, wording: Wording) -> ClaimFilePresenter:
    """The claim's page."""
    return ClaimFilePresenter(workspace, claim, wording)


@pytest.fixture
def checklist(
    workspace: Workspace, shown: ClaimFilePresenter, wording: Wording
) -> ClaimChecklistPresenter:
    """Its checklist, with the contract chosen."""
    made = ClaimChecklistPresenter(
        workspace.desk, shown.claim_id, wording, workspace.today
    )
    made.show(shown.file)
    made.choose("C07")
    return made


Attach = Callable[..., None]


@pytest.fixture
def attach(checklist: ClaimChecklistPresenter, shown: ClaimFilePresenter) -> Attach:
    """Attach files as the page does it."""

    def act(*paths: Path) -> None:
        attached = checklist.attaching(paths)(Progress())
        shown.reload()
        checklist.show(shown.file)
        checklist.tell(attached)

    return act


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A scanned page."""
    path = tmp_path / "合同.png"
    Image.new("RGB", (600, 800), "white").save(path)
    return path
