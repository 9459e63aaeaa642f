"""Real files, taken in and read again from the desk: nothing differs while nobody changed anything."""

from datetime import date
from pathlib import Path

import pytest

from creditdesk.jobs import ImmediateRunner, Progress
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.ledger.ledger_import import LedgerImportPresenter
from creditdesk.presenters.ledger.reading_again import compare_again
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.clients import ClientCard
from creditdesk.workspace import Desk, Workspace

pytestmark = pytest.mark.real_data
FILES = (
    "03c_cn_sme_invoices/output_E103.csv",
    "04_ledger_exports/frappebooks_sales_invoices.csv",
    "04_ledger_exports/wave_invoices.csv",
    "04c_saft/saft_idemo599999999.xml",
)


@pytest.mark.parametrize("name", FILES)
def test_a_real_file_says_the_same_when_it_is_read_again(
    desk: Desk, tmp_path: Path, real_data: Path, name: str
) -> None:
    path = real_data / name
    if not path.is_file():
        pytest.skip(f"{name} is not among the real files here")
    client = desk.clients.add(ClientCard(name="明达电子"))
    preferences = PreferenceFile(tmp_path / "preferences.json")
    workspace = Workspace(
        desk, ImmediateRunner(), preferences, today=lambda: date(2026, 11, 23)
    )
    workspace.client = client
    presenter = LedgerImportPresenter(workspace, Wording("en"))
    presenter.show_files(presenter.opening([path])(Progress()))
    while presenter.asked is not None:
        presenter.answer(presenter.asked.answers[0][1])
    presenter.show_files(presenter.checking()(Progress()))
    (batch,) = presenter.taking_in()(Progress()).batches
    comparison = compare_again(desk, batch, Progress()).comparison
    assert comparison.same
    assert comparison.differences == ()
