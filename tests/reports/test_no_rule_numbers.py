"""No number of a rule, such as D13, R05 or 4.1 S7, reaches a person: not on paper and not in a workbook."""

import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import product
from pathlib import Path

import openpyxl
import pypdfium2 as pdfium
import pytest

from creditdesk.i18n import Language
from creditdesk.jobs import Progress
from creditdesk.presenters.claims.task_proposals import proposals
from creditdesk.reports import offered
from creditdesk.reports.report import FileKind, ReportAsked
from creditdesk.workspace import open_desk

TODAY = date(2028, 2, 29)
# Chapters of the rules (4.1, §4), duties D01 to D27, steps of a renewal R01 to R06, steps of the indemnity S1 to S13.
RULE = re.compile(
    r"(?<![\w-])(?:[DRW]\d\d[a-c]?|\d\d?\.\d\d? S\d\d?|S(?:[1-9]|1[0-3])|§ ?\d[\d.]*|rules\.md)(?![\w-])"
)


def texts(path: Path) -> Iterator[str]:
    """Every text of a file that a person reads."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        for sheet in book:
            for row in sheet.iter_rows(values_only=True):
                yield from (cell for cell in row if isinstance(cell, str) and not cell.startswith("="))  # fmt: skip
    elif path.suffix == ".pdf":
        with closing(pdfium.PdfDocument(path.read_bytes())) as pdf:
            for page in pdf:
                yield from page.get_textpage().get_text_bounded().splitlines()
    else:
        yield from (line for line in path.read_text("utf-8").splitlines() if not line.startswith("UID:"))  # fmt: skip


def numbers(path: Path) -> set[str]:
    """The lines of a file that name a rule by its number."""
    return {line for line in texts(path) if RULE.search(line)}


def test_a_rule_s_number_is_found_where_there_is_one() -> None:
    for line in ("D13", "R05 投保", "(4.1 S7)", "S13 = 5", "§4.3", "see rules.md 4"):
        assert RULE.search(line), line
    for line in ("INV-D13", "D130", "RD05", "S14", "2028-02-29", "4.10", "C07 合同"):
        assert not RULE.search(line), line


@pytest.mark.slow
def test_no_paper_of_the_sample_names_a_rule_by_its_number(
    demo: Path, tmp_path: Path
) -> None:
    path = tmp_path / "sample.creditdesk"
    shutil.copyfile(demo / path.name, path)
    desk = open_desk(path)
    client = desk.clients.all()[0].id
    buyer = int(desk.buyers.all(client)[0].id)
    claim = desk.claims.all(client)[0].id
    desk.tasks.take(claim, proposals(desk, claim, TODAY, "zh"))
    written = [demo / "claim-package.pdf", demo / "review.xlsx"]
    languages: tuple[Language, ...] = ("zh", "en")
    for language, report in product(languages, offered()):
        for kind in report.kinds:
            if kind is FileKind.PICTURE:
                continue  # drawn from the PDF
            out = tmp_path / f"{report.id} {language}.{kind}"
            told = ReportAsked(
                path=out, language=language, today=TODAY, client=client, buyer=buyer, on=TODAY,
                start=date(2027, 1, 1), end=date(2027, 12, 31),
            )  # fmt: skip
            assert report.make is not None
            report.make(desk, told, Progress())
            written.append(out)
    desk.close()
    kinds = {file.suffix for file in written}
    assert kinds == {".pdf", ".xlsx", ".ics"}
    assert {file.name: numbers(file) for file in written if numbers(file)} == {}
