"""Insurers and quotes in the window: entries and quotes are typed, compared, printed and voided."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QLabel

from creditdesk.domain.insurers.files import EntryKind
from creditdesk.i18n import Language
from creditdesk.ui.insurers.pages.insurers import InsurersPage
from creditdesk.ui.insurers.pages.quotes import QuotesPage
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.workspace import Desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
Open = Callable[[Language], DeskWindow]


@pytest.mark.parametrize(("language", "said"), [("zh", "达标"), ("en", "meets them")])
def test_a_solvency_report_is_typed_and_judged(
    window: Open, desk: Desk, language: Language, said: str
) -> None:
    shell = window(language)
    shell.go("insurers")
    page = shell.page
    assert isinstance(page, InsurersPage)
    name = page.name.text()
    assert name
    page.start(EntryKind.SOLVENCY)
    band = page.bands[EntryKind.SOLVENCY]
    assert band.isVisibleTo(page)
    for key, text in (("core_pct", "160"), ("comprehensive_pct", "210"), ("risk_class", "AA")):  # fmt: skip
        band.form.inputs[key].typed.emit(text)
    band.form.save()
    file = desk.insurers.file(name)
    assert file.entries[0].values["comprehensive_pct"] == "210"
    assert page._presenter.table.rows[0].gate.value == "PASS"
    cells = page._presenter.table.columns[1].cell(file)
    assert said in str(cells)
    assert not band.isVisibleTo(page)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_quote_is_typed_compared_and_printed(
    window: Open, desk: Desk, tmp_path: Path, language: Language
) -> None:
    shell = window(language)
    shell.go("quotes")
    page = shell.page
    assert isinstance(page, QuotesPage)
    assert not page.grid.isEnabled()
    page.start()
    for key, text in (("insurer", "A <b>"), ("turnover", "48000000"), ("rate_pct", "0.25"), ("minimum", "96000"),
                      ("tax_pct", "6"), ("limits", "20"), ("limit_fee", "300"), ("monitoring", "0"),
                      ("collection_share", "0"), ("retained_loss", "0"), ("subsidy", "0")):  # fmt: skip
        page.band.form.inputs[key].typed.emit(text)
    assert page.band.save()
    (line,) = page._presenter.table.rows
    assert (line.total_cost.plain if line.total_cost else "") == "133200.00"
    told = "\n".join(each.text() for each in page.findChildren(QLabel))
    assert "48,000,000.00" in told
    out = tmp_path / "grid.pdf"
    page.write_to(out)
    pdf = pypdfium2.PdfDocument(out)
    assert "27.75" in pdf[0].get_textpage().get_text_range()
    pdf.close()
    (kept,) = desk.insurers.quotes(page._presenter.client or 0)
    page._presenter.voiding(kept.id, "typed twice")(None)  # type: ignore[arg-type]  # it takes no progress
    assert list(page._presenter.table.rows) == []
    assert not page.grid.isEnabled()
