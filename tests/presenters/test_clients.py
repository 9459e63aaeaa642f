"""A client is made, corrected and listed as a person does it."""

from pathlib import Path

import pytest

from creditdesk.jobs import ImmediateRunner
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.desk.clients import ClientFormPresenter, ClientsPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.workspace import Desk, Workspace


@pytest.fixture
def workspace(desk: Desk, tmp_path: Path) -> Workspace:
    return Workspace(
        desk, ImmediateRunner(), PreferenceFile(tmp_path / "preferences.json")
    )


def made(
    workspace: Workspace, name: str, currency: str = "CNY", uscc: str = ""
) -> ClientFormPresenter:
    presenter = ClientFormPresenter(workspace, Wording("en"), None)
    for key, value in {"name": name, "currency": currency, "uscc": uscc}.items():
        presenter.form.set(key, value)
    presenter.form.save()
    return presenter


def test_a_new_client_is_listed_with_its_code_judged(workspace: Workspace) -> None:
    made(workspace, "泠越电子有限公司", uscc="9144030071526726XG")
    made(workspace, "砾石湾五金有限公司", uscc="91110000710931483R")
    listed = ClientsPresenter(workspace, Wording("en"))
    listed.reload()
    codes = {row.name: listed.table.columns[1].cell(row) for row in listed.table.rows}
    assert str(getattr(codes["泠越电子有限公司"], "text", "")).startswith("✓")
    assert str(getattr(codes["砾石湾五金有限公司"], "text", "")).startswith("⚠")


def test_a_name_twice_is_told_under_the_name(workspace: Workspace) -> None:
    made(workspace, "Same")
    second = made(workspace, "Same")
    assert second.made is None
    assert second.form.fault_of("name") is not None


def test_a_currency_that_is_none_is_told_under_the_currency(
    workspace: Workspace,
) -> None:
    assert (
        made(workspace, "Other", currency="yuan").form.fault_of("currency") is not None
    )


def test_a_known_client_is_corrected(workspace: Workspace, desk: Desk) -> None:
    number = made(workspace, "Before").made
    presenter = ClientFormPresenter(workspace, Wording("en"), number)
    presenter.form.set("name", "After")
    assert presenter.form.save()
    assert [line.name for line in desk.clients.all()] == ["After"]
