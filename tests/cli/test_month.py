"""The monthly report: one page a client, and the workbook holds the figures of the paper."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
import time_machine

Shell = Callable[..., Any]
CLIENT = "明达电子有限公司"


@pytest.fixture(autouse=True)
def _september() -> Iterator[None]:
    with time_machine.travel(datetime(2025, 9, 10, 12, tzinfo=UTC), tick=True):
        yield


def pages_of(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in pdf]


SAID = {
    "zh": ("信保月报2025-09", "为什么有", "和上月比", "本所本月做了什么", "委托企业签收（盖章）"),
    "en": (
        "Creditinsurancereportofthemonth2025-09", "isnotinsured", "Comparedwiththemonthbefore",
        "Whatwedidinthemonth", "Receivedbytheclient(seal)",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("language", "said"), SAID.items())
def test_paper_and_workbook_say_the_same(
    full: Shell, tmp_path: Path, language: str, said: tuple[str, ...]
) -> None:
    paper, book = tmp_path / "m.pdf", tmp_path / "m.xlsx"
    for path in (paper, book):
        about = ("--client", CLIENT, "--on", "2025-09-10")
        told = full("report", "write", "month", *about, "--out", path, lang=language)
        assert told.status == 0, told.out
    (text,) = pages_of(paper)
    for each in said:
        assert each in text
    sheet = openpyxl.load_workbook(book, data_only=True).worksheets[0]
    figures = [
        Decimal(str(cell.value)).quantize(Decimal("0.01"))
        for row in sheet.iter_rows(min_col=2, max_col=3, max_row=9)
        for cell in row
        if isinstance(cell.value, int | float)
    ]
    assert len(figures) == 10
    for figure in figures:
        assert f"{figure:,.2f}" in text or f"{figure:,.1f}%" in text


def test_all_clients_get_a_page_each(full: Shell, tmp_path: Path) -> None:
    full("client", "add", "第二家有限公司")
    out = tmp_path / "all.pdf"
    assert full("report", "write", "month", "--out", out).status == 0
    found = pages_of(out)
    assert len(found) == 2
    assert sum("第二家有限公司" in each for each in found) == 1
