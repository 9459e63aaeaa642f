"""Small ledgers as Excel and text files hold them."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

Rows = Sequence[Sequence[object]]
Writer = Callable[..., Path]
DATA = Path(__file__).parents[2] / ".." / "shared" / "data"


@pytest.fixture
def data() -> Path:
    """The folder of real files; a test that needs it is skipped on a plain clone."""
    if not DATA.is_dir():
        pytest.skip("the real files of ../shared/data are not here")
    return DATA


@pytest.fixture
def xlsx(tmp_path: Path) -> Writer:
    """Writes rows into the first sheet of a workbook, with merged ranges."""

    def write(rows: Rows, *merged: str, name: str = "ledger.xlsx") -> Path:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for row in rows:
            sheet.append(list(row))
        for cells in merged:
            sheet.merge_cells(cells)
        path = tmp_path / name
        book.save(path)
        book.close()
        return path

    return write


@pytest.fixture
def text_file(tmp_path: Path) -> Writer:
    """Writes rows as separated text in an encoding."""

    def write(
        rows: Rows,
        *,
        encoding: str = "utf-8",
        separator: str = ",",
        name: str = "ledger.csv",
    ) -> Path:
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=separator).writerows(rows)
        return path

    return write
