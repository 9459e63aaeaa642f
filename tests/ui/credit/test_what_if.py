"""The what-if page: policies side by side on the client's own ledger, and its case as a file."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from creditdesk.i18n import Language
from creditdesk.presenters.insurers.stress import StressKind
from creditdesk.ui.insurers.pages.what_if import WhatIfPage
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.whatif import replayed
from creditdesk.workspace import Desk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "load glyph failed")  # fmt: skip
Open = Callable[[Language], DeskWindow]
OTHER = {
    "template": "other-insurer", "name": "B", "insured_pct": "80", "premium_rate": "0.5", "minimum_premium": "1000",
    "tax_rate": "6", "mep_days": "60", "max_payment_term_days": "120", "vat_insured": "true",
    "retention_insured": "false",
}  # fmt: skip


def opened(shell: DeskWindow, client: int | None = 1) -> WhatIfPage:
    shell._workspace.choose(client)
    shell.go("what_if")
    page = shell.page
    assert isinstance(page, WhatIfPage)
    return page


def set_beside(page: WhatIfPage) -> None:
    page.start_other()
    for key, text in OTHER.items():
        page._presenter.other.form.set(key, text)
    page.other.form.save()
    assert page._presenter.policy_names[1].endswith("B")


def shown(page: WhatIfPage, key: str, policy: int) -> str:
    """A figure of the table."""
    table = page.result._result.table
    place = next(at for at, row in enumerate(table.rows) if row.key == key)
    return table.cell(place, policy + 1).text


def test_without_a_client_it_says_what_to_choose(window: Open) -> None:
    page = opened(window("en"), None)
    assert "Choose a client above" in page._said.text()
    assert not page.replay.isEnabled()


def test_it_shows_what_the_command_answers(window: Open, desk: Desk) -> None:
    page = opened(window("en"))
    set_beside(page)
    page.run()
    found = page._presenter.found
    assert found is not None
    answers = replayed(desk, page._presenter.asked())
    for place, answer in enumerate(answers):
        assert answer.premium is not None
        premium = f"{answer.premium.amount:,.2f}"
        assert shown(page, "premium", place) == premium
    assert len(page.result._result.charts) == 2


def test_a_stress_is_set_beside_what_happened_and_taken_out_again(
    window: Open,
) -> None:
    page = opened(window("en"))
    page.start_stress(StressKind.SLOWER)
    page._presenter.stress.form.set("days", "20")
    page.stress.form.save()
    assert list(page._presenter.stress_names) == ["Every payment comes 20 days later."]
    page._presenter.drop_stress(0)
    assert not page._presenter.stress_names


def test_two_policies_of_one_name_are_refused_at_the_form(window: Open) -> None:
    page = opened(window("en"))
    set_beside(page)
    page.start_other()
    for key, text in OTHER.items():
        page._presenter.other.form.set(key, text)
    page.other.form.save()
    assert len(page._presenter.policy_names) == 2


def test_the_other_policy_is_offered_in_the_currency_of_the_own(window: Open) -> None:
    page = opened(window("en"))
    page.start_other()
    for key, text in {**OTHER, "template": "coface-tradeliner"}.items():
        page._presenter.other.form.set(key, text)
    page.other.form.save()
    page.run()
    assert {shown(page, "currency", 0), shown(page, "currency", 1)} == {"CNY"}


def test_the_case_is_kept_and_opened_again(window: Open, tmp_path: Path) -> None:
    page = opened(window("zh"))
    set_beside(page)
    page.keep_to(tmp_path / "case.json")
    kept = json.loads((tmp_path / "case.json").read_text(encoding="utf-8"))
    assert [each.get("name") for each in kept["policies"]][1] == "B"
    again = opened(page._shell)  # type: ignore[arg-type]  # the window is the shell
    assert len(again._presenter.policy_names) == 1
    again.open_from(tmp_path / "case.json")
    assert again._presenter.asked() == page._presenter.asked()


def test_a_file_that_is_no_case_is_said(window: Open, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[1, 2", encoding="utf-8")
    shell = window("en")
    page = opened(shell)
    page.open_from(tmp_path / "x.json")
    assert shell._trouble.isVisible()
    assert len(page._presenter.policy_names) == 1


def test_the_page_for_the_client_is_written(window: Open, tmp_path: Path) -> None:
    page = opened(window("zh"))
    assert not page.print_.isEnabled()
    page.run()
    page.print_to(tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
