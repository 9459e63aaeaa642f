"""`report`: what the folder of reports holds is listed and written without another line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from openpyxl import load_workbook

from creditdesk import reports
from creditdesk.i18n import N_
from creditdesk.reports.report import Ask, FileKind, Report, ReportAsked, Sources

Shell = Callable[..., Any]
CLIENT, BUYER = "明达电子有限公司", "宁波海澜贸易有限公司"


def test_every_offered_report_is_listed_with_what_it_asks_for(full: Shell) -> None:
    found = {each["id"]: each for each in full("--lang", "en", "report", "list").json}
    assert set(found) == {
        "aging", "annual_review", "balance_letter", "credit", "credit_rules", "duty_calendar", "letter_register",
        "month", "portfolio", "renewal_questionnaire", "review_brief",
        "statement", "stop_list", "task_list", "work_list",
    }  # fmt: skip
    assert found["statement"]["kinds"] == ["pdf", "xlsx"]
    assert found["statement"]["asks"] == ["client", "buyer", "from", "to"]
    assert found["aging"]["title"] == "Aging"


@pytest.mark.parametrize(
    ("report", "name", "asked"),
    [
        ("aging", "a.xlsx", ("--on", "2025-09-10")),
        ("annual_review", "r.xlsx", ("--from", "2025-01-01", "--to", "2025-12-31")),
        ("balance_letter", "b.pdf", ("--buyer", BUYER, "--on", "2025-09-10")),
        ("statement", "s.pdf", ("--buyer", BUYER, "--from", "2025-01-01", "--to", "2025-09-10")),
        ("statement", "s.xlsx", ("--buyer", BUYER, "--from", "2025-01-01", "--to", "2025-09-10")),
        ("duty_calendar", "d.ics", ()),
    ],
)  # fmt: skip
def test_each_is_written_as_its_kind(
    full: Shell, tmp_path: Path, report: str, name: str, asked: tuple[str, ...]
) -> None:
    out = tmp_path / name
    told = full("report", "write", report, "--out", out, "--client", CLIENT, *asked)
    assert told.status == 0, told.err
    if out.suffix == ".pdf":
        with pikepdf.open(out) as pdf:
            assert len(pdf.pages) > 0
    elif out.suffix == ".xlsx":
        assert load_workbook(out).sheetnames
    else:
        assert out.read_text(encoding="utf-8").startswith("BEGIN:VCALENDAR")


def test_the_aging_is_the_one_the_ledger_command_writes(
    full: Shell, tmp_path: Path
) -> None:
    one, other = tmp_path / "one.xlsx", tmp_path / "other.xlsx"
    full("report", "write", "aging", "--client", CLIENT, "--on", "2025-09-10", "--out", one)  # fmt: skip
    full("ledger", "aging", "--client", CLIENT, "--as-of", "2025-09-10", "--by", "buyer", "--out", other)  # fmt: skip
    cells = [
        [[cell.value for cell in row] for row in load_workbook(path).worksheets[0].rows]
        for path in (one, other)
    ]
    assert cells[0] == cells[1]


def test_what_is_missing_or_misnamed_is_said(full: Shell, tmp_path: Path) -> None:
    out = tmp_path / "x.pdf"
    assert full("report", "write", "nothing", "--out", out).error == "report_unknown"
    assert full("report", "write", "aging", "--out", out).error == "report_kind_unknown"
    told = full("report", "write", "statement", "--client", CLIENT, "--out", out)
    assert told.error == "report_untold"
    told = full("report", "write", "statement", "--client", CLIENT, "--buyer", "没有", "--out", out)  # fmt: skip
    assert told.error == "buyer_unknown"
    assert not out.exists()


def test_a_new_report_is_one_module(
    full: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(desk: Sources, asked: ReportAsked, _progress: object) -> None:
        names = [each.name for each in desk.clients.all()]
        asked.path.write_text("".join(names), encoding="utf-8")

    new = Report("names", N_("Aging"), (FileKind.CALENDAR,), asks=(Ask.DAY,), make=make)
    monkeypatch.setattr(reports, "reports", lambda: (new,))
    assert [each["id"] for each in full("report", "list").json] == ["names"]
    out = tmp_path / "names.ics"
    assert full("report", "write", "names", "--out", out).status == 0
    assert CLIENT in out.read_text(encoding="utf-8")
