"""A workbook printed by a real LibreOffice, as evidence."""

from pathlib import Path

import openpyxl
import pypdfium2 as pdfium
import pytest

from creditdesk.domain.base.evidence import EvidenceState
from creditdesk.evidence import office
from creditdesk.importers.files import evidence
from creditdesk.jobs import Progress

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        office._program() is None, reason="LibreOffice is not installed here"
    ),
]


def test_a_workbook_becomes_pages_with_its_figures(tmp_path: Path) -> None:
    path = tmp_path / "对账单.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["发票号", "余额"])
    sheet.append(["INV-2025-001", 339000])
    sheet.column_dimensions["A"].width = 30
    book.save(path)
    looked = evidence.inspect(path)
    assert (looked.state, looked.pages) == (EvidenceState.OK, 1)
    shown = evidence.shown_pages(path.read_bytes(), path.name, looked.media, Progress())
    with pdfium.PdfDocument(shown.pdf) as document:
        text = document[0].get_textpage().get_text_bounded()
    for word in ("发票号", "INV-2025-001", "339000"):
        assert word in text
