"""The library in the window: what is typed is kept, listed and voided."""

from collections.abc import Callable

import pytest

from creditdesk.i18n import Language
from creditdesk.ui.desk.pages.outlooks import OutlooksPage
from creditdesk.ui.window.main_window import DeskWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
TYPED = (("subject", "Turkey"), ("move", "down"), ("title", "Lira"), ("rating", "C"), ("source", "A <b>"))  # fmt: skip
Open = Callable[[Language], DeskWindow]


@pytest.mark.parametrize(("language", "said"), [("zh", "下调"), ("en", "Lowered")])
def test_a_note_on_a_country_is_typed_listed_and_voided(
    window: Open, language: Language, said: str
) -> None:
    shell = window(language)
    shell.go("outlooks")
    page = shell.page
    assert isinstance(page, OutlooksPage)
    assert not page.void.isEnabled()
    page.start()
    for key, text in TYPED:
        page.band.form.inputs[key].typed.emit(text)
    assert not page.band.save()
    page.band.form.inputs["subject"].typed.emit("tr")
    assert page.band.save()
    (row,) = page.presenter.table.rows
    assert (row.subject, row.rating, row.source) == ("TR", "C", "A <b>")
    cells = [str(each.cell(row)) for each in page.presenter.table.columns]
    assert any(said in each for each in cells)
    page.panel.view.selectRow(0)
    assert page.void.isEnabled()
    page.presenter.voiding(row.id, "another country's")(None)  # type: ignore[arg-type]  # it takes no progress
    page.recount()
    assert page.presenter.table.rows[0].voided is not None
    assert not page.presenter.may_void(row.id)
